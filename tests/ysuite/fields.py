"""The lists, fields and filters that the specification has, and bodies that every create takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import contacts, deals, tags, tasks
from carnet.core.contacts import ContactDraft
from carnet.core.deals import DealDraft
from carnet.core.tags import TagDraft
from carnet.core.tasks import TaskDraft
from tests.ysuite.things import START, company, deal, person, pipeline, task

if TYPE_CHECKING:
    from tests.ysuite.client import Client

KEYS = {
    "/tasks": "activity_id",
    "/contacts": "cstid",
    "/deals": "deal_id",
    "/leads": "cstid",
    "/pipelines": "pipeline_id",
    "/users": "user_id",
    "/tags": "tag_id",
}
"""Every list, with the key of its rows."""

STRINGS = {
    "/tasks": ("title", "description"),
    "/contacts": ("cstname", "cstemail", "cstmobile", "cstaddress", "ct_taxnumber", "cstnotes"),
    "/deals": ("deal_name", "deal_source", "deal_description"),
    "/leads": (
        *("cstname", "cstemail", "cstmobile", "cstaddress", "cstnotes"),
        *("lead_source", "lead_industry", "lead_company_name"),
    ),
}
INTEGERS = {
    "/tasks": ("deal_id", "cstid", "priority", "status", "assigned_user_id"),
    "/contacts": ("contact_type", "cstmobile_country_id", "contact_parent"),
    "/deals": (
        *("pipeline_id", "cstid", "deal_amount_currency", "deal_owner_id", "deal_assignedto", "deal_contact_id"),
    ),
    "/leads": ("cstmobile_country_id", "lead_assignedto", "lead_assignmentgroup", "brand_id"),
}
FLAGS = {"/contacts": ("cstemailnotify", "cstsmsnotify", "cst_whatsapp_notify")}
NUMBERS = {"/deals": ("deal_amount",)}
TIMES = {"/tasks": ("start_datetime", "end_datetime")}
DAYS = {"/deals": ("deal_expected_close_date",)}
TAG_LISTS = {"/tasks": ("tags",), "/contacts": ("cst_tag_id",), "/deals": ("tag_ids",), "/leads": ("tag_ids",)}
REFERENCES = {
    "/tasks": ("deal_id", "cstid", "assigned_user_id", "tags"),
    "/contacts": ("contact_parent", "cst_tag_id"),
    "/deals": ("pipeline_id", "cstid", "deal_owner_id", "deal_assignedto", "deal_contact_id", "tag_ids"),
    "/leads": ("lead_assignedto", "tag_ids"),
}
LIMITS = {
    "/tasks": {"title": 150},
    "/contacts": {"cstname": 100, "cstaddress": 255, "ct_taxnumber": 50, "cstnotes": 2000},
    "/deals": {"deal_name": 255},
    "/leads": {"cstname": 100, "cstaddress": 255, "cstnotes": 2000},
}
REQUIRED = {
    "/tasks": ("title", "start_datetime"),
    "/contacts": ("cstname", "contact_type"),
    "/deals": ("deal_name", "pipeline_id", "cstid"),
    "/leads": ("cstname",),
}


INTEGER_FILTERS = {
    "/tasks": ("status", "priority", "assigned_user_id", "cstid", "deal_id"),
    "/contacts": ("type",),
    "/deals": ("pipeline_id", "deal_current_stage", "cstid", "deal_owner_id"),
}


def bodies(client: Client) -> dict[str, dict[str, Any]]:
    """A body that every create takes."""
    cstid = company(client)
    return {
        "/tasks": {"title": "x", "start_datetime": START, "cstid": cstid},
        "/contacts": {"cstname": "x", "contact_type": 1},
        "/deals": {"deal_name": "x", "pipeline_id": 1, "cstid": cstid},
        "/leads": {"cstname": "x"},
    }


def written(client: Client) -> dict[str, str]:
    """A record that every change can be tried on, by the list that it is in."""
    return {
        "/tasks": f"/tasks/{task(client)}",
        "/contacts": f"/contacts/{person(client)}",
        "/deals": f"/deals/{deal(client)}",
    }


def fill(client: Client, number: int) -> None:
    """A few records of every list."""
    for at in range(number):
        client.person.does(contacts.create, ContactDraft(name=f"lead {at}", is_lead=True))
        client.person.does(deals.create, DealDraft(title=f"deal {at}"))
        client.person.does(tags.create, TagDraft(name=f"tag {at}"))
        client.person.does(tasks.create, TaskDraft(title=f"title {at}"))
        pipeline(client, f"line {at}")
