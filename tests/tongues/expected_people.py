"""What people, companies and tags should be, and what each tongue should show of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

GENDERS = {1: ("Man", "M"), 2: ("Woman", "F"), 3: ("Rather not say", "O")}
"""Those of a new workspace, by their numbers."""
LEAD_STATUSES = {
    "pending": "New",
    "enriched": "New",
    "contacted": "Contacted",
    "qualified": "Qualified",
    "converted": "Converted",
    "lost": "Lost",
}
STATUSES = list(LEAD_STATUSES)
NOTIFIED = {"cstemailnotify": True, "cstsmsnotify": True, "cst_whatsapp_notify": True}
OF_BOTH = {"cstmobile_country_id": None, "ct_taxnumber": None, **NOTIFIED}
"""What YSUITE alone knows of a person or a company, where nobody said it."""
OF_LEADS = {
    "lead_source": None,
    "lead_industry": None,
    "lead_company_name": None,
    "lead_assignmentgroup": None,
    "brand_id": None,
}


@dataclass(frozen=True)
class Day:
    """A day of somebody's life, as Monica knows it."""

    date: str
    is_age_based: bool = False
    is_year_unknown: bool = False


@dataclass(frozen=True)
class Tag:
    """What a tag should be."""

    id: str
    number: int
    name: str
    color: str | None = None


@dataclass(frozen=True)
class Person:
    """What a person should be. Links are ids; `parts` are first, middle and last name where they are kept apart."""

    id: str
    number: int
    name: str
    parts: tuple[str, str | None, str | None] | None = None
    nickname: str | None = None
    gender: int | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    company: str | None = None
    position: str | None = None
    address: str | None = None
    website: str | None = None
    linkedin: str | None = None
    description: str | None = None
    meeting: str | None = None
    status: str = "pending"
    state: str | None = None
    owner: str | None = None
    is_lead: bool = False
    is_partial: bool = False
    tags: tuple[str, ...] = ()
    born: Day | None = None
    is_dead: bool = False
    died: Day | None = None
    kept: dict[str, Any] = field(default_factory=dict)
    """What YSUITE said, and nobody else knows."""

    @property
    def names(self) -> tuple[str, str | None, str | None]:
        """First, middle and last name as Monica shows them."""
        if self.parts is not None:
            return self.parts
        first, _, last = self.name.partition(" ")
        return first, None, last.strip() or None


@dataclass(frozen=True)
class Company:
    """What a company should be."""

    id: str
    number: int
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    website: str | None = None
    linkedin: str | None = None
    industry: str | None = None
    size: str | None = None
    address: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Hanging:
    """A task or a note on a person, a company or both."""

    noun: str
    id: str
    text: str
    person: str | None = None
    company: str | None = None


class World:
    """Everything that should be there, by its id."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.companies: dict[str, Company] = {}
        self.tags: dict[str, Tag] = {}
        self.hanging: dict[str, Hanging] = {}
        self.states: dict[str, str] = {}
        """The names of the pipeline's states."""
        self.genders = dict(GENDERS)
        self.users: dict[str, tuple[int, str]] = {}
        """The numbers and names of who works here."""

    # ---- /api ----

    def person_in_hydra(self, person: Person) -> dict[str, Any]:
        state = {"@id": f"/api/pipeline_states/{person.state}", "@type": "PipelineState"}
        state |= {"id": person.state, "name": self.states[person.state]} if person.state is not None else {}
        return _given(
            {
                "@id": f"/api/contacts/{person.id}",
                "@type": "Contact",
                "id": person.id,
                "name": person.name,
                "emails": list(person.emails),
                "company": self.companies[person.company].name if person.company is not None else None,
                "companyId": person.company,
                "position": person.position,
                "phones": list(person.phones),
                "address": person.address,
                "website": person.website,
                "linkedinUrl": person.linkedin,
                "additionalInfo": person.description,
                "meetingContext": person.meeting,
                "status": person.status,
                "pipelineState": state if person.state is not None else None,
                "tags": [f"/api/tags/{tag}" for tag in person.tags],
                "owner": f"/api/users/{person.owner}" if person.owner is not None else None,
                "isLead": person.is_lead,
            }
        )

    def company_in_hydra(self, company: Company) -> dict[str, Any]:
        return _given(
            {
                "@id": f"/api/companies/{company.id}",
                "@type": "Company",
                "id": company.id,
                "name": company.name,
                "website": company.website,
                "linkedinUrl": company.linkedin,
                "industry": company.industry,
                "size": company.size,
                "address": company.address,
                "description": company.description,
                "emails": list(company.emails),
                "phones": list(company.phones),
                "contactsCount": sum(person.company == company.id for person in self.people.values()),
            }
        )

    def tag_in_hydra(self, tag: Tag) -> dict[str, Any]:
        told = {"@id": f"/api/tags/{tag.id}", "@type": "Tag", "id": tag.id, "name": tag.name, "color": tag.color}
        return _given(told)

    # ---- /monica/api ----

    def person_in_monica(self, person: Person) -> dict[str, Any]:
        """Of an answer to `with=contactfields`, what `seen_in_monica` takes."""
        first_name, middle_name, last_name = person.names
        gender, gender_type = self.genders[person.gender] if person.gender is not None else (None, None)
        told = {
            "id": person.number,
            "uuid": person.id,
            "first_name": first_name,
            "middle_name": middle_name,
            "last_name": last_name,
            "nickname": person.nickname,
            "complete_name": person.name,
            "gender": gender,
            "gender_type": gender_type,
            "is_partial": person.is_partial,
            "is_dead": person.is_dead,
            "birthdate": _known(person.born),
            "deceased_date": _known(person.died),
        }
        if person.is_partial:
            return told
        return told | {
            "description": person.description,
            "career": (person.position, self.companies[person.company].name if person.company is not None else None),
            "how_you_met": person.meeting,
            "tags": [(self.tags[tag].number, self.tags[tag].name) for tag in person.tags],
            "contact_fields": [*person.emails, *person.phones],
            "hanging": tuple(
                sum(each.noun == noun and each.person == person.id for each in self.hanging.values())
                for noun in ("note", "task")
            ),
        }

    # ---- /v1 ----

    def person_in_ysuite(self, person: Person) -> dict[str, Any]:
        kept = {**OF_BOTH, **{name: value for name, value in person.kept.items() if name in OF_BOTH}}
        return {
            "cstid": person.number,
            "cstname": person.name,
            "contact_type": 1,
            "cstemail": _first(person.emails),
            "cstmobile": _first(person.phones),
            "cstaddress": person.address,
            "cstnotes": person.description,
            "contact_parent": self.companies[person.company].number if person.company is not None else None,
            "cst_tag_id": [self.tags[tag].number for tag in person.tags],
            **kept,
        }

    def company_in_ysuite(self, company: Company) -> dict[str, Any]:
        return {
            "cstid": company.number,
            "cstname": company.name,
            "contact_type": 2,
            "cstemail": _first(company.emails),
            "cstmobile": _first(company.phones),
            "cstaddress": company.address,
            "cstnotes": company.description,
            "contact_parent": None,
            "cst_tag_id": [self.tags[tag].number for tag in company.tags],
            **OF_BOTH,
            **company.kept,
        }

    def lead_in_ysuite(self, person: Person) -> dict[str, Any]:
        assigned, owner = self.users[person.owner] if person.owner is not None else (None, None)
        kept = {name: value for name, value in person.kept.items() if name in OF_LEADS}
        return {
            "cstid": person.number,
            "ct_number": f"LED-{person.number:04}",
            "cstname": person.name,
            "cstemail": _first(person.emails),
            "lead_status": LEAD_STATUSES[person.status],
            "owner": owner,
            "cstmobile": _first(person.phones),
            "cstmobile_country_id": person.kept.get("cstmobile_country_id"),
            "cstaddress": person.address,
            "cstnotes": person.description,
            "lead_assignedto": assigned,
            "tag_ids": [self.tags[tag].number for tag in person.tags],
            **OF_LEADS,
            **kept,
        }


def seen_in_monica(told: dict[str, Any]) -> dict[str, Any]:
    """What a full contact tells that the model knows of, after `with=contactfields`."""
    plain = [
        "id",
        "uuid",
        "first_name",
        "middle_name",
        "last_name",
        "nickname",
        "complete_name",
        "gender",
        "gender_type",
        "is_partial",
        "is_dead",
    ]
    information = told["information"]
    seen = {name: told[name] for name in plain} | information["dates"]
    if told["is_partial"]:
        return seen
    counted = told["statistics"]
    return seen | {
        "description": told["description"],
        "career": (information["career"]["job"], information["career"]["company"]),
        "how_you_met": information["how_you_met"]["general_information"],
        "tags": [(tag["id"], tag["name"]) for tag in told["tags"]],
        "contact_fields": [contact_field["content"] for contact_field in told["contactFields"]],
        "hanging": (counted["number_of_notes"], counted["number_of_tasks"]),
    }


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _first(texts: tuple[str, ...]) -> str | None:
    return texts[0] if texts else None


def _known(day: Day | None) -> dict[str, Any]:
    if day is None:
        return {"is_age_based": None, "is_year_unknown": None, "date": None}
    return {
        "is_age_based": day.is_age_based,
        "is_year_unknown": day.is_year_unknown,
        "date": f"{day.date}T00:00:00Z",
    }
