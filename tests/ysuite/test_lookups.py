"""Pipelines, users and tags (specification, section 9), and what is outside the dialect (section 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carnet.core import companies, contacts, deals, pipelines, tags, tasks
from carnet.core.companies import CompanyDraft
from carnet.core.contacts import ContactDraft
from carnet.core.deals import DealDraft
from carnet.core.paging import Asked
from carnet.core.pipelines import StateChanges
from carnet.core.tags import TagDraft
from carnet.core.tasks import TaskDraft
from tests.hydra.dump import untouched
from tests.ysuite.client import refused
from tests.ysuite.things import core_state, pipeline, stages, tag

if TYPE_CHECKING:
    from tests.ysuite.client import Client


def test_a_workspace_has_a_pipeline_with_stages_and_a_user_from_its_beginning(client: Client, stranger: Client) -> None:
    for each in (client, stranger):
        lines = each.rows("/pipelines")
        assert [line["pipeline_id"] for line in lines] == [1]
        assert list(lines[0]) == ["pipeline_id", "pipeline_name", "is_default", "stages"]
        assert lines[0]["is_default"] is True
        assert lines[0]["stages"][0] == {"stage_id": 1, "stage_name": "New contact", "position": 0}
        assert [stage["stage_id"] for stage in lines[0]["stages"]] == [1, 2, 3, 4, 5]
        assert each.rows("/users")[0]["user_id"] == 1


def test_pipelines_come_by_id_and_their_stages_in_order(client: Client) -> None:
    line = pipeline(client, "Amber", "Begin", "Middle", "End")
    bare = pipeline(client, "Bare")
    begin, middle, end = stages(client, line)
    state = client.person.sees(pipelines.page_of_states, Asked(limit=100)).items
    last = next(each for each in state if each.number == end)
    client.person.does(pipelines.change_state, last.id, StateChanges(position=0))
    first = next(each for each in state if each.number == begin)
    client.person.does(pipelines.change_state, first.id, StateChanges(position=7))
    assert stages(client, line) == [end, middle, begin]
    rows = client.rows("/pipelines")
    assert [(row["pipeline_id"], row["pipeline_name"], row["is_default"]) for row in rows] == [
        (1, "Sales", True),
        (line, "Amber", False),
        (bare, "Bare", False),
    ]
    assert rows[2]["stages"] == []
    assert core_state(client, "More").number in stages(client, 1)


def test_users_have_a_name_and_an_email(client: Client) -> None:
    assert client.rows("/users") == [
        {"user_id": 1, "name": "Alice", "email": "alice@carnet.example"},
        {"user_id": 2, "name": "Bob", "email": "bob@carnet.example"},
        {"user_id": 3, "name": "Rita", "email": "rita@carnet.example"},
    ]


def test_tags_of_everything_are_one_list(client: Client) -> None:
    numbers = [tag(client, name) for name in ("zebra", "Ant", "Éclair")]
    assert client.rows("/tags") == [
        {"tag_id": numbers[0], "tag_name": "zebra"},
        {"tag_id": numbers[1], "tag_name": "Ant"},
        {"tag_id": numbers[2], "tag_name": "Éclair"},
    ]
    person = client.person
    every = [person.does(tags.create, TagDraft(name=f"tag {at}")).id for at in range(4)]
    person.does(contacts.create, ContactDraft(name="x", tag_ids=[every[0]]))
    person.does(companies.create, CompanyDraft(name="x", tag_ids=[every[1]]))
    person.does(deals.create, DealDraft(title="x", tag_ids=[every[2]]))
    person.does(tasks.create, TaskDraft(title="x", tag_ids=[every[3]]))
    assert client.read("/contacts/1")["cst_tag_id"] == [4]
    assert client.read("/contacts/2")["cst_tag_id"] == [5]
    assert client.read("/deals/1")["tag_ids"] == [6]
    assert client.read("/tasks/1")["tags"] == [7]


@pytest.mark.parametrize("noun", ["invoices", "estimates"])
def test_invoices_and_estimates_are_no_part_of_this_server(anyone: Client, noun: str) -> None:
    message = f"{noun.capitalize()} are not part of this server."
    with untouched(anyone.house):
        for path in (f"/{noun}", f"/{noun}/", f"/{noun}/1", f"/{noun}/1/lines/2", f"/{noun}/x?pageSize=0"):
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
                answer = anyone.request(method, path, content=b"{broken")
                assert refused(answer) == (404, message)
            assert anyone.request("HEAD", path).status_code == 404
        for path in (f"/{noun}x", f"/{noun[:-1]}", f"/x/{noun}", f"/{noun.upper()}"):
            assert refused(anyone.get(path)) == (404, "Not found.")
