"""Deals with their notes, tasks and tags: whatever is done to them in any tongue, all tell the same of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from tests.tongues import drawn
from tests.tongues.acting import Acting, act, action
from tests.tongues.expected_deals import About, Deal, Party, Sales, State, User
from tests.tongues.speech import GONE, Speech, nth, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import House

MOST_DEALS, MOST_PARTIES, MOST_TAGS, MOST_ABOUT, MOST_STATES = 3, 4, 3, 3, 7
UNKNOWN_DATES = {"is_birthdate_known": False, "is_deceased": False, "is_deceased_date_known": False}
HYDRA = {"expectedCloseDate": "closes_on", "pipelineState": "state", "amount": "cents"}
"""The model's names of the fields of `/api` that it calls otherwise."""
YSUITE = {
    "deal_name": "title",
    "deal_description": "description",
    "deal_source": "source",
    "deal_expected_close_date": "closes_on",
}
NOUNS = {"contact": "contacts", "company": "companies", "deal": "deals", "pipelineState": "pipeline_states"}
NOUNS |= {"owner": "users"}


class Deals(Speech, Acting):
    """Random work on a few deals, and on what is noted and to be done about them, in all three tongues."""

    def __init__(self, house: House) -> None:
        Speech.__init__(self, house)
        Acting.__init__(self)
        self.sales = Sales()
        self.closed: dict[str, str] = {}
        self.steps = 0

    @property
    def deals(self) -> dict[str, Deal]:
        return self.sales.deals

    # ---- what is there from the beginning ----

    @initialize()
    def look_round(self) -> None:
        partners = told(self.hydra("POST", "/pipelines", {"name": "Partners"}), 201)["@id"]
        told(self.hydra("POST", "/pipelines", {"name": "Empty"}), 201)
        for kind in ("open", "won", "lost"):
            self._add_state(partners, kind)
        self.partners = str(partners)
        self._look_at_states()
        names = {row["user_id"]: row["name"] for row in self.in_ysuite("/users")}
        numbers = {row["email"]: row["user_id"] for row in self.in_ysuite("/users")}
        for row in self.all_in_hydra("/users"):
            number = numbers[row["email"]]
            self.sales.users[row["id"]] = User(row["id"], number, names[number])
        self.currency = "EUR"
        for tongue in ("hydra", "ysuite"):
            self._add_party(tongue, "Halden Ateliers", is_company=True)
            self._add_party(tongue, "Inès Aubry", is_company=False)
            self._add_tag(f"of {tongue}", in_monica=False)

    @action(lambda self: len(self.sales.states) < MOST_STATES, kind=st.sampled_from(["open", "won", "lost"]))
    def create_state(self, kind: str) -> None:
        self._add_state(self.partners, kind)
        self._look_at_states()

    @action(place=drawn.places)
    def delete_state(self, place: int) -> None:
        mine = {state.id: state for state in self.sales.states.values() if state.pipeline == self._pipelines()[-2]}
        if mine:
            gone = nth(mine, place)
            told(self.hydra("DELETE", f"/pipeline_states/{gone.id}"), 204)
            self._look_at_states()
            assert gone.id not in self.sales.states
            for deal in self.deals.values():
                self._keep(replace(deal, state=deal.state if deal.state != gone.id else None))

    @action(
        lambda self: len(self.sales.parties) < MOST_PARTIES,
        name=drawn.words,
        is_company=drawn.flags,
        tongue=drawn.tongues,
    )
    def create_party(self, name: str, is_company: bool, tongue: str) -> None:
        self._add_party(tongue, name, is_company=is_company)

    @action(lambda self: len(self.sales.tags) < MOST_TAGS, in_monica=drawn.flags)
    def create_tag(self, in_monica: bool) -> None:
        self._add_tag(f"tag {self.steps}", in_monica=in_monica)

    # ---- deals ----

    @action(lambda self: len(self.deals) < MOST_DEALS, title=drawn.names, said=drawn.deals_in_hydra)
    def create_in_hydra(self, title: str, said: dict[str, Any]) -> None:
        said = {name: value for name, value in said.items() if value is not None and value != drawn.HELD}
        answer = told(self.hydra("POST", "/deals", {"title": title, **self._in_hydra(said)}), 201)
        deal = Deal(answer["id"], self.in_ysuite("/deals?pageSize=100")[0]["deal_id"], title, self.currency)
        after = self._after_hydra(deal, said)
        self._keep(replace(after, status=said.get("status", after.status)))

    @action(
        lambda self: self.sales.parties and len(self.deals) < MOST_DEALS,
        2,
        title=drawn.words,
        pipeline=drawn.places,
        who=drawn.places,
        said=drawn.deals_in_ysuite,
    )
    def create_in_ysuite(self, title: str, pipeline: int, who: int, said: dict[str, Any]) -> None:
        said = {name: value for name, value in said.items() if value is not None}
        said |= {"deal_name": title, "pipeline_id": pipeline, "cstid": who}
        body = {name: value for name, value in self._in_ysuite(said).items() if value is not None}
        answer = self.ysuite("POST", "/deals", body)
        deal, faults = self._after_ysuite(Deal("", 0, "", self.currency), body)
        if faults:
            assert set(told(answer, 422)["errors"]) == faults
            return
        made = told(answer)["data"]
        (found,) = (row["id"] for row in self.all_in_hydra("/deals") if row["id"] not in self.deals)
        self._keep(replace(deal, id=found, number=made["deal_id"]))

    @action(lambda self: self.deals, 3, which=drawn.places, title=drawn.perhaps(drawn.names), said=drawn.deals_in_hydra)
    def change_in_hydra(self, which: int, title: str | None, said: dict[str, Any]) -> None:
        deal = nth(self.deals, which)
        said = {**said, "status": deal.status} if said.get("status") == drawn.HELD else said
        told(self.hydra("PATCH", f"/deals/{deal.id}", self._in_hydra(said, deal) | ({"title": title} if title else {})))
        after = self._after_hydra(replace(deal, title=title or deal.title), said)
        status = said.get("status", deal.status) or "open"
        self._keep(replace(after, status=status if status != deal.status else after.status))

    @action(lambda self: self.deals, 4, which=drawn.places, said=drawn.changes_in_ysuite)
    def change_in_ysuite(self, which: int, said: dict[str, Any]) -> None:
        deal = nth(self.deals, which)
        body = self._in_ysuite(said, deal)
        answer = self.ysuite("PUT", f"/deals/{deal.number}", body)
        after, faults = self._after_ysuite(deal, body)
        if faults:
            assert set(told(answer, 422)["errors"]) == faults
        else:
            assert told(answer)["data"] == self.sales.deal_in_ysuite(after)
            self._keep(after)

    @action(lambda self: self.deals, 2, which=drawn.places, in_ysuite=drawn.flags)
    def send_deal_back(self, which: int, in_ysuite: bool) -> None:
        """What a client has read of a deal it may send back, and nothing is another than it was."""
        deal = nth(self.deals, which)
        held = self.hydra("GET", f"/deals/{deal.id}")
        if in_ysuite:
            told(self.ysuite("PUT", f"/deals/{deal.number}", self.in_ysuite(f"/deals/{deal.number}")))
        else:
            told(self.hydra("PATCH", f"/deals/{deal.id}", held.json()))
        assert self.hydra("GET", f"/deals/{deal.id}").headers["etag"] == held.headers["etag"]

    # ---- notes ----

    @action(
        lambda self: len(self.sales.notes) < MOST_ABOUT,
        text=drawn.words,
        title=drawn.perhaps(drawn.words),
        links=drawn.links,
    )
    def note_in_hydra(self, text: str, title: str | None, links: dict[str, Any]) -> None:
        note = self._linked(About("", 0, text, title=title), links)
        body = {"text": text, "title": title, **self._in_hydra(links)}
        answer = self.hydra("POST", "/notes", body)
        if note.hangs:
            note = replace(note, id=told(answer, 201)["id"])
            self.sales.notes[note.id] = note
        else:
            told(answer, 422)

    @action(
        lambda self: self.sales.people and len(self.sales.notes) < MOST_ABOUT,
        text=drawn.note_texts,
        who=drawn.places,
        is_favorite=drawn.flags,
    )
    def note_in_monica(self, text: str, who: int, is_favorite: bool) -> None:
        party = nth(self.sales.people, who)
        body = {"body": text, "contact_id": party.number, "is_favorited": is_favorite}
        made = told(self.monica("POST", "/notes", body), 201)["data"]
        note = About(made["uuid"], made["id"], text, contact=party.id, is_favorite=is_favorite)
        self.sales.notes[note.id] = note

    @action(
        lambda self: self.sales.notes,
        2,
        which=drawn.places,
        said=drawn.fields(text=drawn.words, title=drawn.perhaps(drawn.words)),
        links=drawn.links,
    )
    def change_note_in_hydra(self, which: int, said: dict[str, Any], links: dict[str, Any]) -> None:
        note = nth(self.sales.notes, which)
        answer = self.hydra("PATCH", f"/notes/{note.id}", {**said, **self._in_hydra(links)})
        after = self._linked(replace(note, **said), links)
        told(answer, 200 if after.hangs else 422)
        self.sales.notes[note.id] = after if after.hangs else note

    @action(
        lambda self: any(note.contact for note in self.sales.notes.values()),
        3,
        which=drawn.places,
        text=drawn.words,
        who=drawn.perhaps(drawn.places),
        mark=drawn.perhaps(drawn.flags),
    )
    def change_note_in_monica(self, which: int, text: str, who: int | None, mark: bool | None) -> None:
        note = nth({note.id: note for note in self.sales.notes.values() if note.contact is not None}, which)
        named = nth(self.sales.people, who).id if who is not None else note.contact
        body = {"body": text, "contact_id": self.sales.number(named)}
        body |= {"is_favorited": mark} if mark is not None else {}
        answer = self.monica("PUT", f"/notes/{self._number_in_monica('notes', note)}", body)
        if named != note.contact:
            told(answer, 404)
            return
        told(answer)
        mark = note.is_favorite if mark is None else mark
        self.sales.notes[note.id] = replace(note, text=text, is_favorite=mark)

    @action(lambda self: self.sales.notes, which=drawn.places, in_monica=drawn.flags)
    def send_note_back(self, which: int, in_monica: bool) -> None:
        note = nth(self.sales.notes, which)
        held = self.hydra("GET", f"/notes/{note.id}")
        if not in_monica:
            told(self.hydra("PATCH", f"/notes/{note.id}", held.json()))
        elif note.contact is not None:
            path = f"/notes/{self._number_in_monica('notes', note)}"
            shown = self.in_monica(path)
            told(self.monica("PUT", path, {**shown, "contact_id": shown["contact"]["id"]}))
        assert self.hydra("GET", f"/notes/{note.id}").headers["etag"] == held.headers["etag"]

    @action(lambda self: self.sales.notes, which=drawn.places, in_monica=drawn.flags)
    def delete_note(self, which: int, in_monica: bool) -> None:
        note = nth(self.sales.notes, which)
        if in_monica and note.contact is not None:
            told(self.monica("DELETE", f"/notes/{self._number_in_monica('notes', note)}"))
        else:
            told(self.hydra("DELETE", f"/notes/{note.id}"), 204)
        del self.sales.notes[note.id]

    # ---- tasks ----

    @action(
        lambda self: len(self.sales.tasks) < MOST_ABOUT, title=drawn.words, links=drawn.links, tags=drawn.some_places
    )
    def task_in_hydra(self, title: str, links: dict[str, Any], tags: list[int]) -> None:
        task = self._linked(About("", 0, title, tags=self._some_tags(tags)), links)
        body = {"title": title, "dueDate": "2026-05-01T10:00:00Z", **self._in_hydra({**links, "tags": tags})}
        answer = self.hydra("POST", "/contact_tasks", body)
        if not task.hangs:
            told(answer, 422)
            return
        if task.deal is not None and task.contact is None and task.company is None:
            task = replace(task, contact=self.deals[task.deal].contact)
        task = replace(task, id=told(answer, 201)["id"])
        self.sales.tasks[task.id] = replace(task, number=self._number_in_monica("tasks", task))

    @action(
        lambda self: (self.sales.parties or self.deals) and len(self.sales.tasks) < MOST_ABOUT,
        title=drawn.words,
        who=drawn.perhaps(drawn.places),
        deal=drawn.perhaps(drawn.places),
        tags=drawn.some_places,
    )
    def task_in_ysuite(self, title: str, who: int | None, deal: int | None, tags: list[int]) -> None:
        party = nth(self.sales.parties, who) if who is not None and self.sales.parties else None
        about = nth(self.deals, deal) if deal is not None and self.deals else None
        body: dict[str, Any] = {"title": title, "start_datetime": "2026-05-01T10:00:00"}
        body |= {"tags": [self.sales.tags[tag] for tag in self._some_tags(tags)]}
        body |= {"cstid": party.number} if party is not None else {}
        body |= {"deal_id": about.number} if about is not None else {}
        answer = self.ysuite("POST", "/tasks", body)
        if party is None and about is None:
            assert set(told(answer, 422)["errors"]) == {"cstid", "deal_id"}
            return
        number = told(answer)["data"]["activity_id"]
        task_id = self.in_monica(f"/tasks/{number}")["uuid"]
        task = About(task_id, number, title, deal=about.id if about is not None else None, tags=self._some_tags(tags))
        self.sales.tasks[task_id] = _with(task, party)

    @action(
        lambda self: self.sales.tasks,
        2,
        which=drawn.places,
        title=drawn.perhaps(drawn.words),
        links=drawn.links,
        tags=drawn.perhaps(drawn.some_places),
    )
    def change_task_in_hydra(
        self, which: int, title: str | None, links: dict[str, Any], tags: list[int] | None
    ) -> None:
        task = nth(self.sales.tasks, which)
        body = self._in_hydra(links) | ({"title": title} if title is not None else {})
        body |= self._in_hydra({"tags": tags}) if tags is not None else {}
        answer = self.hydra("PATCH", f"/contact_tasks/{task.id}", body)
        after = self._linked(replace(task, text=title or task.text), links)
        after = replace(after, tags=self._some_tags(tags) if tags is not None else task.tags)
        told(answer, 200 if after.hangs else 422)
        self.sales.tasks[task.id] = after if after.hangs else task

    @action(lambda self: self.sales.tasks, 4, which=drawn.places, who=st.just(...) | drawn.perhaps(drawn.places),
          deal=st.just(...) | drawn.perhaps(drawn.places), tags=drawn.perhaps(drawn.some_places))  # fmt: skip
    def change_task_in_ysuite(self, which: int, who: Any, deal: Any, tags: list[int] | None) -> None:
        task = nth(self.sales.tasks, which)
        after, body = task, dict[str, Any]()
        if who is not ...:
            party = nth(self.sales.parties, who) if who is not None and self.sales.parties else None
            body["cstid"] = party.number if party is not None else None
            if body["cstid"] != self.sales.number(task.contact or task.company):
                after = _with(after, party)
        if deal is not ...:
            about = nth(self.deals, deal) if deal is not None and self.deals else None
            body["deal_id"] = about.number if about is not None else None
            after = replace(after, deal=about.id if about is not None else None)
        if tags is not None:
            body["tags"] = [self.sales.tags[tag] for tag in self._some_tags(tags)]
            after = replace(after, tags=self._some_tags(tags))
        answer = self.ysuite("PUT", f"/tasks/{task.number}", body)
        if after.hangs:
            told(answer)
            self.sales.tasks[task.id] = after
        else:
            assert set(told(answer, 422)["errors"]) == {"cstid", "deal_id"}

    @action(lambda self: self.sales.tasks, which=drawn.places, tongue=drawn.tongues)
    def send_task_back(self, which: int, tongue: str) -> None:
        task = nth(self.sales.tasks, which)
        held = self.hydra("GET", f"/contact_tasks/{task.id}")
        if tongue == "hydra":
            told(self.hydra("PATCH", f"/contact_tasks/{task.id}", held.json()))
        elif tongue == "ysuite":
            told(self.ysuite("PUT", f"/tasks/{task.number}", self.in_ysuite(f"/tasks/{task.number}")))
        else:
            shown = self.in_monica(f"/tasks/{task.number}")
            body = {**shown, "contact_id": (shown["contact"] or {}).get("id", 0)}
            told(self.monica("PUT", f"/tasks/{task.number}", body))
        assert self.hydra("GET", f"/contact_tasks/{task.id}").headers["etag"] == held.headers["etag"]

    # ---- and go ----

    @action(lambda self: self.deals, which=drawn.places, in_ysuite=drawn.flags)
    def delete_deal(self, which: int, in_ysuite: bool) -> None:
        deal = nth(self.deals, which)
        if in_ysuite:
            told(self.ysuite("DELETE", f"/deals/{deal.number}"))
        else:
            told(self.hydra("DELETE", f"/deals/{deal.id}"), 204)
        del self.deals[deal.id]
        self._let_go("deal", deal.id)
        told(self.hydra("GET", f"/deals/{deal.id}"), 404)
        told(self.ysuite("GET", f"/deals/{deal.number}"), 400)

    @action(lambda self: self.sales.parties, who=drawn.places, tongue=drawn.tongues)
    def delete_party(self, who: int, tongue: str) -> None:
        party = nth(self.sales.parties, who)
        if tongue == "monica" and party.is_company:
            tongue = "ysuite"
        noun = "companies" if party.is_company and tongue == "hydra" else "contacts"
        path = f"/{noun}/{party.id if tongue == 'hydra' else party.number}"
        told(getattr(self, tongue)("DELETE", path), GONE[tongue])
        del self.sales.parties[party.id]
        link = "company" if party.is_company else "contact"
        for deal in self.deals.values():
            if getattr(deal, link) == party.id:
                self._keep(replace(deal, **{link: None}))
        self._let_go(link, party.id)

    @action(lambda self: self.sales.tags, which=drawn.places, in_monica=drawn.flags)
    def delete_tag(self, which: int, in_monica: bool) -> None:
        tag = list(self.sales.tags)[which % len(self.sales.tags)]
        if in_monica:
            told(self.monica("DELETE", f"/tags/{self.sales.tags[tag]}"))
        else:
            told(self.hydra("DELETE", f"/tags/{tag}"), 204)
        del self.sales.tags[tag]
        for deal in self.deals.values():
            self._keep(replace(deal, tags=tuple(each for each in deal.tags if each != tag)))
        for task in self.sales.tasks.values():
            self.sales.tasks[task.id] = replace(task, tags=tuple(each for each in task.tags if each != tag))

    # ---- what all three must say, always ----

    @invariant()
    def both_tell_the_same_of_deals(self) -> None:
        self.steps += 1
        in_hydra = {row["id"]: row for row in self.all_in_hydra("/deals")}
        rows = self.in_ysuite("/deals?pageSize=100")
        newest_first = sorted(self.deals.values(), key=lambda deal: -deal.number)
        assert in_hydra.keys() == self.deals.keys()
        assert rows == [self.sales.row_in_ysuite(deal) for deal in newest_first]
        was_closed, self.closed = self.closed, {}
        for deal in self.deals.values():
            hydra, ysuite = in_hydra[deal.id], self.in_ysuite(f"/deals/{deal.number}")
            del hydra["createdAt"], hydra["updatedAt"]
            if deal.status != "open":
                self.closed[deal.id] = hydra.pop("closedAt")
                assert was_closed.get(deal.id, self.closed[deal.id]) == self.closed[deal.id]
            assert hydra == self.sales.deal_in_hydra(deal)
            assert ysuite == self.sales.deal_in_ysuite(deal)

    @invariant()
    def both_find_the_same_deals(self) -> None:
        if not self.deals:
            return
        deal = nth(self.deals, self.steps)
        asked = {
            "cstid": self.sales.number(deal.party),
            "pipeline_id": self.sales.pipeline(deal),
            "deal_current_stage": self.sales.states[deal.state].number if deal.state is not None else None,
            "deal_owner_id": self.sales.users[deal.owner].number if deal.owner is not None else None,
        }
        name, value = list(asked.items())[self.steps % len(asked)]
        if value is not None:
            rows = [self.sales.deal_in_ysuite(each) for each in self.deals.values()]
            alike = {row["deal_id"] for row in rows if row[name] == value}
            assert {row["deal_id"] for row in self.in_ysuite(f"/deals?pageSize=100&{name}={value}")} == alike
        for link in ("contact", "company"):
            linked = getattr(deal, link)
            if linked is not None:
                alike = {each.id for each in self.deals.values() if getattr(each, link) == linked}
                assert {row["id"] for row in self.all_in_hydra(f"/deals?{link}={linked}")} == alike

    @invariant()
    def both_tell_the_same_of_notes(self) -> None:
        notes = self.sales.notes
        in_hydra = {row["id"]: row for row in self.all_in_hydra("/notes")}
        assert {
            note_id: (row["text"], row.get("title"), {name: row.get(name) for name in ("contact", "company", "deal")})
            for note_id, row in in_hydra.items()
        } == {note.id: (note.text, note.title, self.sales.links_in_hydra(note)) for note in notes.values()}
        in_monica = {row["uuid"]: row for row in self.in_monica("/notes?limit=100")}
        assert {
            note_id: (row["body"], row["is_favorited"], row["favorited_at"] is not None, row["contact"]["uuid"])
            for note_id, row in in_monica.items()
        } == {
            note.id: (note.text, note.is_favorite, note.is_favorite, note.contact)
            for note in notes.values()
            if note.contact is not None
        }

    @invariant()
    def all_tell_the_same_of_tasks(self) -> None:
        tasks = self.sales.tasks
        assert {
            row["id"]: (row["title"], row["tags"], {name: row.get(name) for name in ("contact", "company", "deal")})
            for row in self.all_in_hydra("/contact_tasks")
        } == {
            task.id: (task.text, [f"/api/tags/{tag}" for tag in task.tags], self.sales.links_in_hydra(task))
            for task in tasks.values()
        }
        assert {
            row["uuid"]: (row["id"], row["title"], (row["contact"] or {}).get("uuid"))
            for row in self.in_monica("/tasks?limit=100")
        } == {task.id: (task.number, task.text, task.contact) for task in tasks.values()}
        assert {
            row["activity_id"]: (row["title"], row["cstid"], row["deal_id"], row["tags"])
            for row in self.in_ysuite("/tasks?pageSize=100")
        } == {
            task.number: (
                task.text,
                self.sales.number(task.contact or task.company),
                self.deals[task.deal].number if task.deal is not None else None,
                [self.sales.tags[tag] for tag in task.tags],
            )
            for task in tasks.values()
        }

    @invariant()
    def monica_counts_what_hangs_on_people(self) -> None:
        assert {
            row["uuid"]: (row["statistics"]["number_of_notes"], row["statistics"]["number_of_tasks"])
            for row in self.in_monica("/contacts?limit=100")
        } == {
            party: tuple(
                sum(each.contact == party for each in found.values()) for found in (self.sales.notes, self.sales.tasks)
            )
            for party in self.sales.people
        }

    def teardown(self) -> None:
        for noun in ("deals", "contacts", "companies", "tags", "contact_tasks", "notes", "pipelines"):
            for row in self.all_in_hydra(f"/{noun}"):
                if not row.get("isDefault"):
                    told(self.hydra("DELETE", f"/{noun}/{row['id']}"), 204)

    # ---- helpers ----

    def _keep(self, deal: Deal) -> None:
        self.deals[deal.id] = deal

    def _add_state(self, pipeline: str, kind: str) -> None:
        told(self.hydra("POST", "/pipeline_states", {"name": kind, "kind": kind, "pipeline": pipeline}), 201)

    def _add_party(self, tongue: str, name: str, *, is_company: bool) -> None:
        if tongue == "hydra":
            told(self.hydra("POST", "/companies" if is_company else "/contacts", {"name": name}), 201)
        elif tongue == "monica" and not is_company:
            told(self.monica("POST", "/contacts", {"first_name": name, **UNKNOWN_DATES}), 201)
        else:
            told(self.ysuite("POST", "/contacts", {"cstname": name, "contact_type": 2 if is_company else 1}))
        newest = self.in_ysuite("/contacts?pageSize=100")[0]
        assert (newest["cstname"], newest["contact_type"]) == (name, 2 if is_company else 1)
        rows = self.all_in_hydra("/companies" if is_company else "/contacts")
        (found,) = (row["id"] for row in rows if row["id"] not in self.sales.parties)
        self.sales.parties[found] = Party(found, newest["cstid"], is_company)

    def _add_tag(self, name: str, *, in_monica: bool) -> None:
        answer = (
            self.monica("POST", "/tags", {"name": name}) if in_monica else self.hydra("POST", "/tags", {"name": name})
        )
        tag = told(answer, 201)
        (row,) = (row for row in self.in_ysuite("/tags?pageSize=100") if row["tag_name"] == name)
        self.sales.tags[tag["data"]["uuid"] if in_monica else tag["id"]] = row["tag_id"]

    def _pipelines(self) -> list[int]:
        """The numbers of the default pipeline, of the one with many states and of the empty one."""
        return [row["pipeline_id"] for row in self.in_ysuite("/pipelines")]

    def _look_at_states(self) -> None:
        """Learn the states from both tongues that know them, which must agree."""
        in_hydra = iter(self.all_in_hydra("/pipeline_states"))
        self.sales.states = {}
        for pipeline in self.in_ysuite("/pipelines"):
            for stage in pipeline["stages"]:
                row = next(in_hydra)
                assert (row["name"], row["position"]) == (stage["stage_name"], stage["position"])
                state = State(row["id"], stage["stage_id"], pipeline["pipeline_id"], row["kind"])
                self.sales.states[state.id] = state
        assert not list(in_hydra)

    def _number_in_monica(self, noun: str, about: About) -> int:
        return next(row["id"] for row in self.in_monica(f"/{noun}?limit=100") if row["uuid"] == about.id)

    def _some_tags(self, chosen: list[int] | None) -> tuple[str, ...]:
        known = list(self.sales.tags)
        return tuple(dict.fromkeys(known[place % len(known)] for place in chosen or ())) if known else ()

    def _meant(self, said: Mapping[str, Any], deal: Deal | None = None) -> dict[str, Any]:
        """What the places in a body of `/api` stand for, of a deal that may be there already."""
        kinds: dict[str, dict[str, Any]] = {
            "contact": self.sales.people,
            "company": self.sales.companies,
            "deal": self.deals,
            "pipelineState": self.sales.states,
            "owner": self.sales.users,
        }
        meant = dict(said)
        for name in said.keys() & kinds.keys():
            known = kinds[name]
            if said[name] == drawn.HELD:
                meant[name] = getattr(deal, HYDRA.get(name, name), None)
            else:
                meant[name] = nth(known, said[name]).id if said[name] is not None and known else None
        if "tags" in said:
            meant["tags"] = self._some_tags(said["tags"])
        return meant

    def _in_hydra(self, said: Mapping[str, Any], deal: Deal | None = None) -> dict[str, Any]:
        """A body of `/api`."""
        body = self._meant(said, deal)
        for name in body.keys() & NOUNS.keys():
            body[name] = f"/api/{NOUNS[name]}/{body[name]}" if body[name] is not None else None
        return body | ({"tags": [f"/api/tags/{tag}" for tag in body["tags"]]} if "tags" in body else {})

    def _linked(self, about: About, links: Mapping[str, Any]) -> About:
        return replace(about, **self._meant(links))

    def _after_hydra(self, deal: Deal, said: Mapping[str, Any]) -> Deal:
        """A deal after such a body, but for the status that it says."""
        meant = self._meant(said, deal)
        plain = {
            HYDRA.get(name, name): value for name, value in meant.items() if name not in {"status", "pipelineState"}
        }
        if plain.get("cents") is not None:
            plain["cents"] = round(plain["cents"] * 100)
        if "currency" in plain:
            plain["currency"] = (plain["currency"] or self.currency).upper()
        after = replace(deal, **plain)
        if "pipelineState" in meant:
            after = after.moved(
                self.sales.states[meant["pipelineState"]] if meant["pipelineState"] is not None else None
            )
        return after

    def _in_ysuite(self, said: Mapping[str, Any], deal: Deal | None = None) -> dict[str, Any]:
        """A body of `/v1`, with what the places in it stand for, of a deal that may be there already."""
        shown = self.sales.deal_in_ysuite(deal) if deal is not None else {}
        pipelines = self._pipelines()
        kinds: dict[str, list[int]] = {
            "cstid": [party.number for party in self.sales.parties.values()],
            "deal_contact_id": [party.number for party in self.sales.parties.values()],
            "deal_owner_id": [user.number for user in self.sales.users.values()],
            "deal_assignedto": [user.number for user in self.sales.users.values()],
            "pipeline_id": pipelines,
            "deal_current_stage": [state.number for state in self.sales.states.values()],
        }
        body = dict(said)
        for name in said.keys() & kinds.keys():
            known = kinds[name]
            if said[name] == drawn.HELD:
                body[name] = shown.get(name)
                continue
            body[name] = known[said[name] % len(known)] if said[name] is not None and known else None
        if body.get("tag_ids") is not None:
            body["tag_ids"] = [self.sales.tags[tag] for tag in self._some_tags(said["tag_ids"])]
        return body

    def _after_ysuite(self, deal: Deal, body: Mapping[str, Any]) -> tuple[Deal, set[str]]:
        """A deal after such a body, and the fields that it can't take so. What is sent as it is shown is no change."""
        shown = self.sales.deal_in_ysuite(deal) if deal.id else {}
        said = {name: value for name, value in body.items() if value != shown.get(name)}
        faults: set[str] = set()
        after = replace(deal, **{YSUITE[name]: value for name, value in said.items() if name in YSUITE})
        if "deal_amount" in said:
            amount = said["deal_amount"]
            after = replace(after, cents=round(amount * 100) if amount is not None else None)
        if "tag_ids" in said:
            ids = {number: tag for tag, number in self.sales.tags.items()}
            after = replace(after, tags=tuple(ids[number] for number in said["tag_ids"] or ()))
        after = self._assigned(after, said)
        after = self._put_with(after, body, said, faults)
        return self._staged(after, body, said, faults), faults

    def _assigned(self, deal: Deal, said: Mapping[str, Any]) -> Deal:
        """With its owner, who is whom it is assigned to where it has none."""
        ids = {user.number: user.id for user in self.sales.users.values()}
        kept = {name: value for name, value in said.items() if name in {"deal_amount_currency", "deal_assignedto"}}
        deal = replace(deal, kept={**deal.kept, **kept})
        if "deal_owner_id" in said:
            return replace(deal, owner=ids.get(said["deal_owner_id"] or 0))
        return replace(deal, owner=deal.owner or ids.get(said.get("deal_assignedto") or 0))

    def _put_with(self, deal: Deal, body: Mapping[str, Any], said: Mapping[str, Any], faults: set[str]) -> Deal:
        """With a company and perhaps one of its people, or with a person alone."""
        known = {party.number: party for party in self.sales.parties.values()}
        party, contact = known.get(said.get("cstid") or 0), known.get(said.get("deal_contact_id") or 0)
        if "cstid" in said and party is None:
            faults.add("cstid")
        if contact is not None and contact.is_company:
            faults.add("deal_contact_id")
            return deal
        after = (
            replace(deal, contact=contact.id if contact is not None else None) if "deal_contact_id" in said else deal
        )
        if party is not None and party.is_company:
            return replace(after, company=party.id)
        if party is not None:
            if body.get("deal_contact_id") not in {None, party.number}:
                faults.add("deal_contact_id")
            return replace(after, contact=party.id, company=None)
        if "cstid" not in said and deal.company is None and deal.contact is not None and after.contact != deal.contact:
            faults.add("deal_contact_id")
        return after

    def _staged(self, deal: Deal, body: Mapping[str, Any], said: Mapping[str, Any], faults: set[str]) -> Deal:
        """In the stage that is named, else in the first one of the pipeline that is named."""
        if not said.keys() & {"pipeline_id", "deal_current_stage"}:
            return deal
        pipeline = said.get("pipeline_id", self.sales.pipeline(deal))
        of_it = {state.number: state for state in self.sales.states.values() if state.pipeline == pipeline}
        number = body.get("deal_current_stage")
        if number is None or (pipeline is None and "pipeline_id" in said):
            if not of_it:
                faults.add("pipeline_id")
                return deal
            return deal.moved(next(iter(of_it.values())))
        if number not in of_it:
            faults.add("deal_current_stage")
            return deal
        return deal.moved(of_it[number])

    def _let_go(self, link: str, record_id: str) -> None:
        """What was about a record goes with it, unless it is about something else."""
        for noun, found in (("notes", self.sales.notes), ("contact_tasks", self.sales.tasks)):
            for each in [each for each in found.values() if getattr(each, link) == record_id]:
                after = replace(each, **{link: None})
                if after.hangs:
                    found[each.id] = after
                else:
                    del found[each.id]
                    told(self.hydra("GET", f"/{noun}/{each.id}"), 404)


def _with(task: About, party: Party | None) -> About:
    """With another `cstid`, which takes the place of the one that YSUITE showed."""
    if party is None:
        return replace(task, contact=None, company=None)
    if party.is_company:
        return replace(task, contact=None, company=party.id)
    return replace(task, contact=party.id, company=task.company if task.contact is not None else None)


def test_whatever_is_done_to_deals_in_three_tongues_all_tell_the_same(house: House) -> None:
    act(Deals, house, count=14)
