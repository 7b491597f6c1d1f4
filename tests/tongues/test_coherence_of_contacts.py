"""People and companies, three tongues: whatever is done to them in any of them, all three tell the same of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from urllib.parse import quote

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from tests.tongues import drawn
from tests.tongues.acting import Acting, act, action
from tests.tongues.expected_people import (
    GENDERS,
    LEAD_STATUSES,
    NOTIFIED,
    OF_BOTH,
    OF_LEADS,
    Company,
    Hanging,
    Person,
    Tag,
    World,
    seen_in_monica,
)
from tests.tongues.speech import GONE, MISSING, Speech, moment, nth, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import House

MOST_PEOPLE, MOST_COMPANIES, MOST_TAGS, MOST_GENDERS, MOST_HANGING = 4, 3, 3, 5, 5
HYDRA = {
    "linkedinUrl": "linkedin",
    "additionalInfo": "description",
    "meetingContext": "meeting",
    "isLead": "is_lead",
    "companyId": "company",
    "pipelineState": "state",
}
"""The model's names of the fields of `/api` that it calls otherwise."""
CLEARED: dict[str, Any] = {"emails": (), "phones": (), "tags": (), "status": "pending", "is_lead": False}
"""What null makes of a field that can't be without a value."""
YSUITE = {"cstaddress": "address", "cstnotes": "description"}
PATHS = {"task": "/contact_tasks", "note": "/notes"}


class Contacts(Speech, Acting):
    """Random work on a few people and companies in all three tongues."""

    def __init__(self, house: House) -> None:
        Speech.__init__(self, house)
        Acting.__init__(self)
        self.world = World()
        self.numbers: set[int] = set()
        self.latest = 0
        self.steps = 0

    @property
    def people(self) -> dict[str, Person]:
        return self.world.people

    @property
    def companies(self) -> dict[str, Company]:
        return self.world.companies

    @property
    def tags(self) -> dict[str, Tag]:
        return self.world.tags

    @initialize()
    def look_round(self) -> None:
        self.world.states = {row["id"]: row["name"] for row in self.all_in_hydra("/pipeline_states")}
        numbers = {row["email"]: row["user_id"] for row in self.in_ysuite("/users")}
        for row in self.all_in_hydra("/users"):
            self.world.users[row["id"]] = (numbers[row["email"]], row["name"])

    # ---- people are born ----

    @action(lambda self: len(self.people) < MOST_PEOPLE, name=drawn.names, said=drawn.people_in_hydra)
    def create_person_in_hydra(self, name: str, said: dict[str, Any]) -> None:
        answer = told(self.hydra("POST", "/contacts", {"name": name, **self._in_hydra(said)}), 201)
        number = self.in_ysuite("/contacts?pageSize=100&type=1")[0]["cstid"]
        self._keep(self._after_hydra(Person(answer["id"], number, name), said))

    @action(lambda self: len(self.people) < MOST_PEOPLE, first=drawn.parts, said=drawn.people_in_monica, gender=drawn.perhaps(st.sampled_from(["woman", "MAN", "x"])),
          born=drawn.births, is_dead=drawn.flags, died=drawn.deaths, email=drawn.perhaps(drawn.emails))  # fmt: skip
    def create_person_in_monica(
        self, first: str, said: dict[str, Any], gender: str | None, born: drawn.Life, is_dead: bool, died: drawn.Life,
        email: str | None,
    ) -> None:  # fmt: skip
        said = self._in_monica(said)
        body = {"first_name": first, "is_deceased": is_dead, **drawn.of_life(born, died), **said}
        body |= {"gender": gender} if gender is not None else {}
        body |= {"email": email} if email is not None else {}
        answer = told(self.monica("POST", "/contacts", body), 201)["data"]
        parts = (first, said.get("middle_name"), said.get("last_name"))
        person = Person(answer["uuid"], answer["id"], " ".join(filter(None, parts)), parts)
        self._keep(
            replace(
                person,
                nickname=said.get("nickname"),
                description=said.get("description"),
                gender=said.get("gender_id") or {"woman": 2, "MAN": 1}.get(gender or ""),
                is_partial=said.get("is_partial", False),
                emails=(email,) if email is not None else (),
                born=born[1],
                is_dead=is_dead,
                died=died[1] if is_dead else None,
            )
        )

    @action(lambda self: len(self.people) < MOST_PEOPLE, name=drawn.short_names, said=drawn.contacts_in_ysuite,
          where=drawn.perhaps(drawn.places))  # fmt: skip
    def create_person_in_ysuite(self, name: str, said: dict[str, Any], where: int | None) -> None:
        employer = nth(self.companies, where) if where is not None and self.companies else None
        body = {"cstname": name, "contact_type": 1, **self._in_ysuite(said)}
        body |= {"contact_parent": employer.number} if employer is not None else {}
        answer = told(self.ysuite("POST", "/contacts", body))["data"]
        assert answer["cstname"] == name
        person = Person(self._person_id(answer["cstid"]), answer["cstid"], name)
        self._keep(replace(self._told(person, said), company=employer.id if employer is not None else None))

    @action(
        lambda self: len(self.people) < MOST_PEOPLE,
        name=drawn.short_names,
        said=drawn.leads_in_ysuite,
    )
    def create_lead_in_ysuite(self, name: str, said: dict[str, Any]) -> None:
        owner = list(self.world.users)[said["lead_assignedto"] % 3] if "lead_assignedto" in said else None
        body = {"cstname": name, **self._in_ysuite(said)}
        body |= {"lead_assignedto": self.world.users[owner][0]} if owner is not None else {}
        answer = told(self.ysuite("POST", "/leads", body))["data"]
        person = Person(self._person_id(answer["cstid"]), answer["cstid"], name, is_lead=True, owner=owner)
        self._keep(self._told(person, said))

    # ---- people change ----

    @action(lambda self: self.people, 3, who=drawn.places, name=drawn.perhaps(drawn.names), said=drawn.people_in_hydra)
    def change_person_in_hydra(self, who: int, name: str | None, said: dict[str, Any]) -> None:
        person = nth(self.people, who)
        body = self._in_hydra(said, person) | ({"name": name} if name is not None else {})
        told(self.hydra("PATCH", f"/contacts/{person.id}", body))
        self._keep(self._after_hydra(_renamed(person, name), said))

    @action(
        lambda self: self.people,
        who=drawn.places,
        text=drawn.words,
        field=st.sampled_from(["additionalInfo", "meetingContext"]),
    )
    def extend_in_hydra(self, who: int, text: str, field: str) -> None:
        person = nth(self.people, who)
        told(self.hydra("POST", f"/contacts/{person.id}/extend", {"text": text, "field": field}))
        held = getattr(person, HYDRA[field])
        self._keep(replace(person, **{HYDRA[field]: f"{held}\n{text}" if held is not None else text}))

    @action(lambda self: self.people, who=drawn.places, where=drawn.perhaps(drawn.places))
    def move_in_hydra(self, who: int, where: int | None) -> None:
        person = nth(self.people, who)
        state = list(self.world.states)[where % len(self.world.states)] if where is not None else None
        told(self.hydra("PATCH", f"/contacts/{person.id}/pipeline-state", {"stateId": state}))
        self._keep(replace(person, state=state))

    @action(lambda self: self.people, 3, who=drawn.places, first=drawn.perhaps(drawn.parts), said=drawn.people_in_monica, born=drawn.births,
          is_dead=st.none() | drawn.flags, died=drawn.deaths, verb=st.sampled_from(["PUT", "PATCH"]))  # fmt: skip
    def change_person_in_monica(
        self, who: int, first: str | None, said: dict[str, Any], born: drawn.Life, is_dead: bool | None,
        died: drawn.Life, verb: str,
    ) -> None:  # fmt: skip
        person = nth(self.people, who)
        held_first, held_middle, held_last = person.names
        first, said = first or held_first, self._in_monica(said)
        body = {"first_name": first, **drawn.of_life(born, died), **said}
        body |= {"is_deceased": is_dead} if is_dead is not None else {}
        told(self.monica(verb, f"/contacts/{person.number}", body))
        parts = (first, said.get("middle_name", held_middle), said.get("last_name", held_last))
        is_dead = person.is_dead if is_dead is None else is_dead
        after = replace(person, born=born[1], is_dead=is_dead, died=died[1] if is_dead else None)
        if parts != person.names:
            after = replace(after, parts=parts, name=" ".join(filter(None, parts)))
        after = replace(
            after, **{name: said[name] for name in ("nickname", "description", "is_partial") if name in said}
        )
        if said.get("gender_id", 0) != 0:
            after = replace(after, gender=said["gender_id"])
        self._keep(after)

    @action(
        lambda self: self.people,
        2,
        who=drawn.places,
        said=drawn.fields(job=drawn.perhaps(drawn.words), company=drawn.perhaps(drawn.employers)),
    )
    def set_work_in_monica(self, who: int, said: dict[str, Any]) -> None:
        person = nth(self.people, who)
        told(self.monica("PUT", f"/contacts/{person.number}/work", said))
        after = replace(person, position=said.get("job", person.position))
        self._keep(self._after_hydra(after, {"company": said["company"]} if "company" in said else {}))

    @action(lambda self: self.people, 3, who=drawn.places, name=drawn.perhaps(drawn.names), said=drawn.contacts_in_ysuite,
          where=st.just(...) | drawn.perhaps(drawn.places))  # fmt: skip
    def change_person_in_ysuite(self, who: int, name: str | None, said: dict[str, Any], where: Any) -> None:
        person = nth(self.people, who)
        body = self._in_ysuite(said) | ({"cstname": name} if name is not None else {})
        after = self._told(_renamed(person, name), said)
        if where is not ... and self.companies:
            employer = nth(self.companies, where) if where is not None else None
            body["contact_parent"] = employer.number if employer is not None else None
            after = replace(after, company=employer.id if employer is not None else None)
        answer = self.ysuite("PUT", f"/contacts/{person.number}", body)
        if name is not None and len(name) > 100 and name != person.name:
            assert list(told(answer, 422)["errors"]) == ["cstname"]
            return
        told(answer)
        self._keep(after)

    @action(lambda self: self.people, 3, who=drawn.places, tongue=drawn.tongues)
    def send_person_back(self, who: int, tongue: str) -> None:
        """What a client has read of a person it may send back, and nothing is another than it was."""
        person = nth(self.people, who)
        held = self.hydra("GET", f"/contacts/{person.id}")
        if tongue == "hydra":
            told(self.hydra("PATCH", f"/contacts/{person.id}", held.json()))
        elif tongue == "ysuite":
            told(self.ysuite("PUT", f"/contacts/{person.number}", self.in_ysuite(f"/contacts/{person.number}")))
        else:
            shown = self.in_monica(f"/contacts/{person.number}")
            named = ("first_name", "middle_name", "last_name", "nickname", "description", "is_partial")
            body = {name: shown[name] for name in named if name in shown}
            body |= drawn.of_life(drawn.as_life(person.born), drawn.as_life(person.died))
            told(self.monica("PUT", f"/contacts/{person.number}", body | {"is_deceased": shown["is_dead"]}))
        assert self.hydra("GET", f"/contacts/{person.id}").headers["etag"] == held.headers["etag"]

    # ---- companies ----

    @action(lambda self: len(self.companies) < MOST_COMPANIES, name=drawn.companies, said=drawn.companies_in_hydra)
    def create_company_in_hydra(self, name: str, said: dict[str, Any]) -> None:
        answer = told(self.hydra("POST", "/companies", {"name": name, **said}), 201)
        number = self.in_ysuite("/contacts?pageSize=100&type=2")[0]["cstid"]
        self._keep(self._after_hydra(Company(answer["id"], number, name), said))

    @action(
        lambda self: len(self.companies) < MOST_COMPANIES,
        name=drawn.short_companies,
        said=drawn.contacts_in_ysuite,
    )
    def create_company_in_ysuite(self, name: str, said: dict[str, Any]) -> None:
        body = {"cstname": name, "contact_type": 2, **self._in_ysuite(said)}
        number = told(self.ysuite("POST", "/contacts", body))["data"]["cstid"]
        self._keep(self._told(Company(self._new_company()["id"], number, name), said))

    @action(
        lambda self: self.companies,
        2,
        which=drawn.places,
        name=drawn.perhaps(drawn.companies),
        said=drawn.companies_in_hydra,
    )
    def change_company_in_hydra(self, which: int, name: str | None, said: dict[str, Any]) -> None:
        company = nth(self.companies, which)
        told(self.hydra("PATCH", f"/companies/{company.id}", said | ({"name": name} if name is not None else {})))
        self._keep(self._after_hydra(replace(company, name=name or company.name), said))

    @action(
        lambda self: self.companies,
        2,
        which=drawn.places,
        name=drawn.perhaps(drawn.companies),
        said=drawn.contacts_in_ysuite,
    )
    def change_company_in_ysuite(self, which: int, name: str | None, said: dict[str, Any]) -> None:
        company = nth(self.companies, which)
        body = self._in_ysuite(said) | ({"cstname": name} if name is not None else {})
        answer = self.ysuite("PUT", f"/contacts/{company.number}", body)
        if name is not None and len(name) > 100 and name != company.name:
            assert list(told(answer, 422)["errors"]) == ["cstname"]
            return
        told(answer)
        self._keep(self._told(replace(company, name=name or company.name), said))

    @action(lambda self: self.companies, 2, which=drawn.places, tongue=drawn.tongues)
    def send_company_back(self, which: int, tongue: str) -> None:
        company = nth(self.companies, which)
        held = self.hydra("GET", f"/companies/{company.id}")
        if tongue == "hydra":
            told(self.hydra("PATCH", f"/companies/{company.id}", held.json()))
        elif tongue == "ysuite":
            told(self.ysuite("PUT", f"/contacts/{company.number}", self.in_ysuite(f"/contacts/{company.number}")))
        else:  # which knows no companies of this sort
            body = {"first_name": "x", "is_birthdate_known": False, "is_deceased_date_known": False}
            told(self.monica("GET", f"/contacts/{company.number}"), 404)
            told(self.monica("PUT", f"/contacts/{company.number}", body), 404)
            told(self.monica("DELETE", f"/contacts/{company.number}"), 404)
        assert self.hydra("GET", f"/companies/{company.id}").headers["etag"] == held.headers["etag"]

    # ---- tags ----

    @action(
        lambda self: len(self.tags) < MOST_TAGS,
        2,
        name=drawn.labels,
        color=st.none() | st.just("#10B981"),
        in_monica=drawn.flags,
    )
    def create_tag(self, name: str, color: str | None, in_monica: bool) -> None:
        known = self._tag_named(name)
        if in_monica:
            answer = told(self.monica("POST", "/tags", {"name": name}), 201)["data"]
            assert known is None or answer["id"] == known.number
            self._keep(known or Tag(answer["uuid"], answer["id"], name))
        elif known is not None:
            told(self.hydra("POST", "/tags", {"name": name}), 422)
        else:
            body = {"name": name, **({"color": color} if color is not None else {})}
            tag_id = told(self.hydra("POST", "/tags", body), 201)["id"]
            self._keep(Tag(tag_id, max(row["tag_id"] for row in self.in_ysuite("/tags?pageSize=100")), name, color))

    @action(lambda self: self.tags, which=drawn.places, name=drawn.labels, in_monica=drawn.flags)
    def rename_tag(self, which: int, name: str, in_monica: bool) -> None:
        tag, known = nth(self.tags, which), self._tag_named(name)
        status = 200 if known is None or known.id == tag.id else 422
        if in_monica:
            told(self.monica("PUT", f"/tags/{tag.number}", {"name": name}), status)
        else:
            told(self.hydra("PATCH", f"/tags/{tag.id}", {"name": name}), status)
        if status == 200:
            self._keep(replace(tag, name=name))

    @action(lambda self: self.tags, 2, which=drawn.places, in_monica=drawn.flags)
    def delete_tag(self, which: int, in_monica: bool) -> None:
        tag = nth(self.tags, which)
        told(self.monica("DELETE", f"/tags/{tag.number}") if in_monica else self.hydra("DELETE", f"/tags/{tag.id}"),
             200 if in_monica else 204)  # fmt: skip
        del self.tags[tag.id]
        for held in [*self.people.values(), *self.companies.values()]:
            self._keep(replace(held, tags=tuple(each for each in held.tags if each != tag.id)))

    @action(
        lambda self: self.people and len(self.tags) < MOST_TAGS,
        2,
        who=drawn.places,
        labels=st.lists(drawn.labels, min_size=1, max_size=2),
    )
    def set_tags_in_monica(self, who: int, labels: list[str]) -> None:
        person = nth(self.people, who)
        told(self.monica("POST", f"/contacts/{person.number}/setTags", {"tags": labels}))
        shown = {_key(row["name"]): row for row in self.in_monica("/tags?limit=100")}
        for label in labels:
            row = shown[_key(label)]
            if self._tag_named(label) is None:
                self._keep(Tag(row["uuid"], row["id"], label))
            person = replace(person, tags=_unique([*person.tags, row["uuid"]]))
        self._keep(person)

    @action(lambda self: self.people and self.tags, who=drawn.places, which=drawn.perhaps(drawn.places))
    def unset_tags_in_monica(self, who: int, which: int | None) -> None:
        person = nth(self.people, who)
        if which is None:
            told(self.monica("POST", f"/contacts/{person.number}/unsetTags"))
            self._keep(replace(person, tags=()))
        else:
            tag = nth(self.tags, which)
            told(self.monica("POST", f"/contacts/{person.number}/unsetTag", {"tags": [tag.number]}))
            self._keep(replace(person, tags=tuple(each for each in person.tags if each != tag.id)))

    # ---- genders, which only Monica knows ----

    @action(lambda self: len(self.world.genders) < MOST_GENDERS, name=drawn.words, letter=st.sampled_from("MFOUN"))
    def create_gender(self, name: str, letter: str) -> None:
        answer = told(self.monica("POST", "/genders", {"name": name, "type": letter}), 201)["data"]
        self.world.genders[answer["id"]] = (name, letter)

    @action(lambda self: len(self.world.genders) > len(GENDERS), which=drawn.places)
    def delete_gender(self, which: int) -> None:
        made = [number for number in self.world.genders if number not in GENDERS]
        gone = made[which % len(made)]
        told(self.monica("DELETE", f"/genders/{gone}"))
        del self.world.genders[gone]
        for person in self.people.values():
            self._keep(replace(person, gender=person.gender if person.gender != gone else None))

    # ---- what hangs on people and companies ----

    @action(
        lambda self: (self.people or self.companies) and len(self.world.hanging) < MOST_HANGING,
        2,
        noun=drawn.nouns,
        text=drawn.words,
        who=drawn.perhaps(drawn.places),
        where=drawn.perhaps(drawn.places),
    )
    def hang_in_hydra(self, noun: str, text: str, who: int | None, where: int | None) -> None:
        person = nth(self.people, who) if who is not None and self.people else None
        company = nth(self.companies, where) if where is not None and self.companies else None
        links = {"contact": f"/api/contacts/{person.id}"} if person is not None else {}
        links |= {"company": f"/api/companies/{company.id}"} if company is not None else {}
        body = {"text": text} if noun == "note" else {"title": text, "dueDate": "2026-05-01"}
        answer = self.hydra("POST", PATHS[noun], body | links)
        if not links:
            told(answer, 422)
            return
        hanging_id = told(answer, 201)["id"]
        self.world.hanging[hanging_id] = Hanging(noun, hanging_id, text, person and person.id, company and company.id)

    @action(
        lambda self: self.people and len(self.world.hanging) < MOST_HANGING,
        noun=drawn.nouns,
        text=drawn.words,
        who=drawn.places,
    )
    def hang_in_monica(self, noun: str, text: str, who: int) -> None:
        person = nth(self.people, who)
        body = {"contact_id": person.number, ("body" if noun == "note" else "title"): text}
        answer = told(self.monica("POST", f"/{noun}s", body), 201 if noun == "note" else 200)["data"]
        self.world.hanging[answer["uuid"]] = Hanging(noun, answer["uuid"], text, person.id)

    @action(
        lambda self: (self.people or self.companies) and len(self.world.hanging) < MOST_HANGING,
        title=drawn.words,
        who=drawn.places,
    )
    def hang_in_ysuite(self, title: str, who: int) -> None:
        party = nth({**self.people, **self.companies}, who)
        body = {"title": title, "start_datetime": "2026-05-01T10:00:00", "cstid": party.number}
        number = told(self.ysuite("POST", "/tasks", body))["data"]["activity_id"]
        task_id = self.in_monica(f"/tasks/{number}")["uuid"]
        link = {"person" if isinstance(party, Person) else "company": party.id}
        self.world.hanging[task_id] = Hanging("task", task_id, title, **link)

    # ---- and go ----

    @action(lambda self: self.people, who=drawn.places, tongue=drawn.tongues)
    def delete_person(self, who: int, tongue: str) -> None:
        person = nth(self.people, who)
        path = f"/contacts/{person.id if tongue == 'hydra' else person.number}"
        told(getattr(self, tongue)("DELETE", path), GONE[tongue])
        del self.people[person.id]
        self._let_go("person", person.id)
        self._require_gone(person, f"/contacts/{person.id}")
        told(getattr(self, tongue)("DELETE", path), MISSING[tongue])

    @action(lambda self: self.companies, which=drawn.places, in_ysuite=drawn.flags)
    def delete_company(self, which: int, in_ysuite: bool) -> None:
        company = nth(self.companies, which)
        if in_ysuite:
            told(self.ysuite("DELETE", f"/contacts/{company.number}"))
        else:
            told(self.hydra("DELETE", f"/companies/{company.id}"), 204)
        del self.companies[company.id]
        for person in self.people.values():
            self._keep(replace(person, company=person.company if person.company != company.id else None))
        self._let_go("company", company.id)
        self._require_gone(company, f"/companies/{company.id}")

    # ---- what all three must say, always ----

    @invariant()
    def all_tell_the_same_of_people(self) -> None:
        in_hydra = {row["id"]: row for row in self.all_in_hydra("/contacts")}
        in_monica = {row["uuid"]: row for row in self.in_monica("/contacts?limit=100&with=contactfields")}
        assert in_hydra.keys() == self.people.keys()
        assert in_monica.keys() == {person.id for person in self.people.values() if not person.is_partial}
        for person in self.people.values():
            hydra, ysuite = in_hydra[person.id], self.in_ysuite(f"/contacts/{person.number}")
            monica = in_monica.get(person.id) or self.in_monica(f"/contacts/{person.number}?with=contactfields")
            created_at = moment(hydra.pop("createdAt"))
            assert created_at == moment(monica["created_at"]) == moment(ysuite.pop("cstcreated_on"))
            assert moment(hydra.pop("updatedAt")) == moment(monica["updated_at"])
            assert hydra == self.world.person_in_hydra(person)
            assert seen_in_monica(monica) == self.world.person_in_monica(person)
            assert ysuite == self.world.person_in_ysuite(person)

    @invariant()
    def all_tell_the_same_of_companies(self) -> None:
        in_hydra = {row["id"]: row for row in self.all_in_hydra("/companies")}
        assert in_hydra.keys() == self.companies.keys()
        for company in self.companies.values():
            hydra, ysuite = in_hydra[company.id], self.in_ysuite(f"/contacts/{company.number}")
            assert moment(hydra.pop("createdAt")) == moment(ysuite.pop("cstcreated_on"))
            del hydra["updatedAt"]
            assert hydra == self.world.company_in_hydra(company)
            assert ysuite == self.world.company_in_ysuite(company)

    @invariant()
    def people_and_companies_share_their_numbers(self) -> None:
        rows = self.in_ysuite("/contacts?pageSize=100")
        assert {row["cstid"]: row["contact_type"] for row in rows} == {
            **{person.number: 1 for person in self.people.values()},
            **{company.number: 2 for company in self.companies.values()},
        }
        numbers = [row["cstid"] for row in rows]
        assert numbers == sorted(set(numbers), reverse=True)
        assert all(number > self.latest for number in set(numbers) - self.numbers), "a number was given twice"
        self.numbers = set(numbers)
        self.latest = max([self.latest, *numbers])

    @invariant()
    def leads_are_the_people_marked_as_such(self) -> None:
        rows = {row["cstid"]: row for row in self.in_ysuite("/leads?pageSize=100")}
        assert rows.keys() == {person.number for person in self.people.values() if person.is_lead}
        for person in self.people.values():
            if person.is_lead:
                lead = self.in_ysuite(f"/leads/{person.number}")
                assert lead.items() >= rows[person.number].items()
                del lead["cstcreated_on"]
                assert lead == self.world.lead_in_ysuite(person)
        word = nth(LEAD_STATUSES, self.steps)
        assert {row["cstid"] for row in self.in_ysuite(f"/leads?pageSize=100&lead_status={word}")} == {
            number for number, row in rows.items() if row["lead_status"] == word
        }

    @invariant()
    def all_tell_the_same_of_tags(self) -> None:
        tags = self.tags.values()
        in_hydra = self.all_in_hydra("/tags")
        for row in in_hydra:
            del row["createdAt"], row["updatedAt"]
        assert {row["id"]: row for row in in_hydra} == {tag.id: self.world.tag_in_hydra(tag) for tag in tags}
        in_monica = [(row["uuid"], row["id"], row["name"]) for row in self.in_monica("/tags?limit=100")]
        assert sorted(in_monica) == sorted((tag.id, tag.number, tag.name) for tag in tags)
        in_ysuite = {row["tag_id"]: row["tag_name"] for row in self.in_ysuite("/tags?pageSize=100")}
        assert in_ysuite == {tag.number: tag.name for tag in tags}

    @invariant()
    def all_tell_the_same_of_what_hangs_on_them(self) -> None:
        tasks, notes = (
            {each.id: each for each in self.world.hanging.values() if each.noun == noun} for noun in ("task", "note")
        )
        for path, text, found in (("/contact_tasks", "title", tasks), ("/notes", "text", notes)):
            assert {
                (row["id"], row[text], row.get("contact"), row.get("company")) for row in self.all_in_hydra(path)
            } == {
                (
                    each.id,
                    each.text,
                    f"/api/contacts/{each.person}" if each.person is not None else None,
                    f"/api/companies/{each.company}" if each.company is not None else None,
                )
                for each in found.values()
            }
        assert {(row["uuid"], row["body"], row["contact"]["uuid"]) for row in self.in_monica("/notes?limit=100")} == {
            (note.id, note.text, note.person) for note in notes.values() if note.person is not None
        }
        in_monica = self.in_monica("/tasks?limit=100")
        assert {(row["uuid"], row["title"], (row["contact"] or {}).get("uuid")) for row in in_monica} == {
            (task.id, task.text, task.person) for task in tasks.values()
        }
        numbers = {row["uuid"]: row["id"] for row in in_monica}
        assert {(row["activity_id"], row["cstid"]) for row in self.in_ysuite("/tasks?pageSize=100")} == {
            (numbers[task.id], self._number(task.person, task.company)) for task in tasks.values()
        }

    @invariant()
    def all_find_somebody_by_name_and_by_tag(self) -> None:
        """One way to find one person after each step, for there are many."""
        self.steps += 1
        if self.people:
            person, name = nth(self.people, self.steps), quote(nth(self.people, self.steps).name[:100])
            way = self.steps % 3
            if way == 0:
                assert person.id in {row["id"] for row in self.all_in_hydra(f"/contacts?name={name}")}
            elif way == 1:
                assert person.number in {row["cstid"] for row in self.in_ysuite(f"/contacts?search={name}")}
            else:
                found = {row["id"] for row in self.in_monica(f"/contacts?limit=100&query={name}")}
                assert (person.number in found) != person.is_partial
        if self.tags:
            tag = nth(self.tags, self.steps)
            bearers = {person.id: person for person in self.people.values() if tag.id in person.tags}
            if self.steps % 2:
                assert {row["id"] for row in self.all_in_hydra(f"/contacts?tags={tag.id}")} == bearers.keys()
            else:
                assert {row["uuid"] for row in self.in_monica(f"/tags/{tag.number}/contacts")} == {
                    person.id for person in bearers.values() if not person.is_partial
                }

    def teardown(self) -> None:
        for noun in ("contacts", "companies", "tags", "contact_tasks", "notes"):
            for row in self.all_in_hydra(f"/{noun}"):
                told(self.hydra("DELETE", f"/{noun}/{row['id']}"), 204)
        for number in self.world.genders.keys() - GENDERS.keys():
            told(self.monica("DELETE", f"/genders/{number}"))

    # ---- helpers ----

    def _keep(self, record: Any) -> None:
        kinds: dict[type, dict[str, Any]] = {Person: self.people, Company: self.companies, Tag: self.tags}
        kinds[type(record)][record.id] = record

    def _number(self, person: str | None, company: str | None) -> int | None:
        if person is not None:
            return self.people[person].number
        return self.companies[company].number if company is not None else None

    def _person_id(self, number: int) -> str:
        return str(self.in_monica(f"/contacts/{number}")["uuid"])

    def _new_company(self) -> dict[str, Any]:
        """The one company that the model doesn't know yet."""
        (row,) = (row for row in self.all_in_hydra("/companies") if row["id"] not in self.companies)
        return row

    def _employer(self, name: str | None) -> str | None:
        """The company of a name: the oldest one, in any case, or the one that was just made."""
        if name is None:
            return None
        for company in sorted(self.companies.values(), key=lambda company: company.number):
            if company.name.casefold() == name.casefold():
                return company.id
        row = self._new_company()
        (number,) = (
            row["cstid"]
            for row in self.in_ysuite("/contacts?pageSize=100&type=2")
            if row["cstid"] not in {company.number for company in self.companies.values()}
        )
        self._keep(Company(row["id"], number, name))
        return str(row["id"])

    def _tag_named(self, name: str) -> Tag | None:
        return next((tag for tag in self.tags.values() if _key(tag.name) == _key(name)), None)

    def _some_tags(self, chosen: list[int] | None) -> tuple[str, ...]:
        known = list(self.tags)
        return tuple(dict.fromkeys(known[place % len(known)] for place in chosen or ())) if known else ()

    def _meant(self, said: Mapping[str, Any], held: Any = None) -> dict[str, Any]:
        """What a body of `/api` says, with ids for the places in it; `held` is whom it changes."""
        kinds = {"companyId": self.companies, "pipelineState": self.world.states, "owner": self.world.users}
        meant = dict(said)
        for name in said.keys() & kinds.keys():
            ids: list[str] = list(kinds[name])  # type: ignore[call-overload]
            if said[name] == drawn.HELD:
                meant[name] = getattr(held, HYDRA.get(name, name), None)
            elif said[name] is not None:
                meant[name] = ids[said[name] % len(ids)] if ids else None
        if said.get("tags") is not None:
            meant["tags"] = self._some_tags(said["tags"])
        return meant

    def _in_hydra(self, said: Mapping[str, Any], held: Any = None) -> dict[str, Any]:
        """A body of `/api`."""
        body = self._meant(said, held)
        for name, noun in (("pipelineState", "pipeline_states"), ("owner", "users")):
            if body.get(name) is not None:
                body[name] = f"/api/{noun}/{body[name]}"
        if body.get("tags") is not None:
            body["tags"] = [f"/api/tags/{tag}" for tag in body["tags"]]
        return body

    def _after_hydra(self, held: Any, said: Mapping[str, Any]) -> Any:
        """A person or a company after such a body.

        A `companyId` beats a `company`; null counts where there is something to clear.
        """
        meant = self._meant(said, held)
        if "company" in meant:
            name = meant.pop("company")
            if meant.get("companyId") is None and ("companyId" not in meant or held.company is None):
                meant["companyId"] = self._employer(name)
        return replace(
            held,
            **{
                HYDRA.get(name, name): CLEARED.get(HYDRA.get(name, name))
                if value is None
                else tuple(value)
                if isinstance(value, list)
                else value
                for name, value in meant.items()
            },
        )

    def _in_monica(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """A body of `/monica/api`, with a gender's number for the place of one; the first one is none."""
        genders = [0, *self.world.genders]
        body = dict(said)
        if said.get("gender_id") is not None:
            body["gender_id"] = genders[said["gender_id"] % len(genders)]
        return body

    def _in_ysuite(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """A body of `/v1`, with what the places in it stand for."""
        body = {name: value for name, value in said.items() if name != "lead_assignedto"}
        for name in body.keys() & {"cst_tag_id", "tag_ids"}:
            if body[name] is not None:
                body[name] = [self.tags[tag].number for tag in self._some_tags(body[name])]
        return body

    def _told(self, held: Any, said: Mapping[str, Any]) -> Any:
        """A person or a company after such a body."""
        after = replace(held, **{YSUITE[name]: value for name, value in said.items() if name in YSUITE})
        for wire, name in (("cstemail", "emails"), ("cstmobile", "phones")):
            if wire in said:
                after = replace(after, **{name: _first_replaced(getattr(held, name), said[wire])})
        for name in said.keys() & {"cst_tag_id", "tag_ids"}:
            after = replace(after, tags=self._some_tags(said[name]))
        kept = {name: value for name, value in said.items() if name in OF_BOTH or name in OF_LEADS}
        kept |= {name: True for name in NOTIFIED if name in kept and kept[name] is None}
        return replace(after, kept={**held.kept, **kept})

    def _let_go(self, link: str, record_id: str) -> None:
        """What hung on a record goes with it, unless it hangs on something else."""
        for each in [each for each in self.world.hanging.values() if getattr(each, link) == record_id]:
            after = replace(each, **{link: None})
            if after.person is None and after.company is None:
                del self.world.hanging[each.id]
                told(self.hydra("GET", f"{PATHS[each.noun]}/{each.id}"), 404)
            else:
                self.world.hanging[each.id] = after

    def _require_gone(self, gone: Person | Company, path: str) -> None:
        told(self.hydra("GET", path), 404)
        for answer in (
            self.monica("GET", f"/contacts/{gone.number}"),
            self.monica("GET", f"/contacts/{gone.number}/notes"),
        ):
            told(answer, 404)
        for noun in ("contacts", "leads"):
            told(self.ysuite("GET", f"/{noun}/{gone.number}"), 400)


def _renamed(person: Person, name: str | None) -> Person:
    """With another display name, of which no parts are known."""
    return person if name in {None, person.name} else replace(person, name=name, parts=None)


def _first_replaced(held: tuple[str, ...], first: str | None) -> tuple[str, ...]:
    """With another first one, which is the only one that YSUITE knows; without it the second is the first."""
    rest = tuple(each for each in held[1:] if each != first)
    return rest if first is None else (first, *rest)


def _key(name: str) -> str:
    """What makes two tags the same."""
    return normalize("NFC", name.casefold())


def _unique(ids: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def test_whatever_is_done_to_contacts_in_three_tongues_all_tell_the_same(house: House) -> None:
    act(Contacts, house, count=12)
