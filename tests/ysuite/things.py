"""Records that tests make for `/v1`, and what only the core can make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import companies, contacts, deals, pipelines, tags, tasks, tokens, workspaces
from carnet.core.companies import CompanyDraft
from carnet.core.contacts import ContactDraft
from carnet.core.deals import DealDraft
from carnet.core.paging import Asked
from carnet.core.pipelines import PipelineDraft, StateDraft
from carnet.core.tags import TagDraft
from carnet.core.tasks import TaskDraft
from tests.conftest import NOW, Person
from tests.ysuite.client import Client

if TYPE_CHECKING:
    from carnet.core.companies import Company
    from carnet.core.contacts import Contact
    from carnet.core.deals import Deal
    from carnet.core.permissions import Actor
    from carnet.core.pipelines import Pipeline, State
    from carnet.core.tags import Tag
    from carnet.core.tasks import Task
    from carnet.store.database import Database
    from tests.conftest import House

START = "2026-07-15T10:00:00"
END = "2026-07-15T11:00:00"
HUGE = 10**30
"""A number that no database holds."""


def person(client: Client, name: str = "Inès Aubry", **said: Any) -> int:
    """The cstid of a new person."""
    cstid: int = client.made("/contacts", {"cstname": name, "contact_type": 1, **said})["cstid"]
    return cstid


def company(client: Client, name: str = "Halden Ateliers", **said: Any) -> int:
    """The cstid of a new company."""
    cstid: int = client.made("/contacts", {"cstname": name, "contact_type": 2, **said})["cstid"]
    return cstid


def lead(client: Client, name: str = "Odile Sarr", **said: Any) -> int:
    """The cstid of a new lead."""
    cstid: int = client.made("/leads", {"cstname": name, **said})["cstid"]
    return cstid


def task(client: Client, title: str = "Send the samples", **said: Any) -> int:
    """The activity_id of a new task, on a person of its own where nothing is said."""
    if not {"cstid", "deal_id"} & said.keys():
        said["cstid"] = person(client)
    body = {"title": title, "start_datetime": START, **said}
    activity_id: int = client.made("/tasks", body)["activity_id"]
    return activity_id


def deal(client: Client, name: str = "Forty chairs", **said: Any) -> int:
    """The deal_id of a new deal, with a company of its own where nothing is said."""
    if "cstid" not in said:
        said["cstid"] = company(client)
    deal_id: int = client.made("/deals", {"deal_name": name, "pipeline_id": 1, **said})["deal_id"]
    return deal_id


def tag(client: Client, name: str = "vip") -> int:
    """The tag_id of a new tag."""
    made: Tag = client.person.does(tags.create, TagDraft(name=name))
    return made.number


def pipeline(client: Client, name: str, *stages: str) -> int:
    """The pipeline_id of a new pipeline with some stages."""
    made: Pipeline = client.person.does(pipelines.create, PipelineDraft(name=name))
    for stage in stages:
        client.person.does(pipelines.create_state, StateDraft(name=stage, pipeline_id=made.id))
    return made.number


def stages(client: Client, pipeline_id: int) -> list[int]:
    """The stage_ids of a pipeline, in order."""
    found = next(row for row in client.rows("/pipelines") if row["pipeline_id"] == pipeline_id)
    return [stage["stage_id"] for stage in found["stages"]]


def core_contact(client: Client, name: str = "Inès Aubry", **said: Any) -> Contact:
    """A person made by another face."""
    made: Contact = client.person.does(contacts.create, ContactDraft(name=name, **said))
    return made


def core_company(client: Client, name: str = "Halden Ateliers", **said: Any) -> Company:
    """A company made by another face."""
    made: Company = client.person.does(companies.create, CompanyDraft(name=name, **said))
    return made


def core_task(client: Client, title: str = "Send the samples", **said: Any) -> Task:
    """A task made by another face."""
    made: Task = client.person.does(tasks.create, TaskDraft(title=title, **said))
    return made


def core_deal(client: Client, title: str = "Forty chairs", **said: Any) -> Deal:
    """A deal made by another face."""
    made: Deal = client.person.does(deals.create, DealDraft(title=title, **said))
    return made


def core_state(client: Client, name: str, **said: Any) -> State:
    """A stage made by another face."""
    made: State = client.person.does(pipelines.create_state, StateDraft(name=name, **said))
    return made


def kept_task(client: Client, activity_id: int) -> Task:
    """A task as the core has it."""
    return _kept(client, tasks.page, activity_id)  # type: ignore[no-any-return]


def kept_contact(client: Client, cstid: int) -> Contact:
    """A person as the core has them."""
    return _kept(client, contacts.page, cstid)  # type: ignore[no-any-return]


def kept_company(client: Client, cstid: int) -> Company:
    """A company as the core has it."""
    return _kept(client, companies.page, cstid)  # type: ignore[no-any-return]


def kept_deal(client: Client, deal_id: int) -> Deal:
    """A deal as the core has it."""
    return _kept(client, deals.page, deal_id)  # type: ignore[no-any-return]


def _kept(client: Client, page: Any, number: int) -> Any:
    found = client.person.sees(page, Asked(limit=10_000)).items
    return next(record for record in found if record.number == number)


def in_zone(house: House, zone: str) -> Client:
    """Alice's client in a workspace of another time zone."""
    slug = zone.lower().replace("/", "-").replace("_", "-")

    def found(db: Database) -> tuple[Any, Actor]:
        place = workspaces.create(db, slug, house.alice.user, now=NOW, time_zone=zone)
        token = tokens.create(db, house.alice.user, [place], name=zone, now=NOW)
        return token, tokens.authenticate(db, token.access_key, token.secret_key, slug=None, now=NOW)

    token, actor = house.store.write_now(workspaces.ALL, found)
    return Client(Person(house, house.alice.user, actor, token))
