"""What can be read without a tool, and the beginnings that a person can pick."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from carnet.mcp import tasks
from tests.hydra.things import NOTHING, made
from tests.mcp.asking import error, result, used, with_scopes

if TYPE_CHECKING:
    from tests.conftest import House, Person

TODAY = "carnet://tasks/today"


def held(person: Person, uri: str, **options: Any) -> Any:
    """What a resource holds."""
    (contents,) = result(person, "resources/read", {"uri": uri}, **options)["contents"]
    assert (contents["uri"], contents["mimeType"]) == (uri, "application/json")
    return json.loads(contents["text"])


def test_they_are_listed(anyone: Person) -> None:
    (today,) = result(anyone, "resources/list")["resources"]
    assert today["uri"] == TODAY
    (contact,) = result(anyone, "resources/templates/list")["resourceTemplates"]
    assert contact["uriTemplate"] == "carnet://contacts/{id}"


def test_a_contact_is_what_the_tool_gives(anyone: Person) -> None:
    contact = made(anyone, "contacts")["id"]
    assert held(anyone, f"carnet://contacts/{contact}") == used(anyone, "contact_get", id=contact)


def test_todays_tasks_are_those_due_today_or_before_for_me_or_nobody(anyone: Person) -> None:
    now = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    for title, days, more in (
        ("late", -9, {}),
        ("today", 0, {"assignee": anyone.user.id}),
        ("today, all day", 0, {"allDay": True}),
        ("tomorrow, all day", 1, {"allDay": True}),
        ("later", 3, {}),
        ("Bob's", 0, {"assignee": anyone.house.bob.user.id}),
        ("done", 0, {"completed": True}),
    ):
        made(anyone, "contact_tasks", title=title, dueDate=(now + timedelta(days=days)).isoformat(), **more)
    found = held(anyone, TODAY)
    assert [task["title"] for task in found["items"]] == ["late", "today, all day", "today"]
    assert (found["total"], found["date"]) == (3, now.date().isoformat())


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue", "UTC"])
def test_today_is_where_the_workspace_is(any_house: House, zone: str) -> None:
    class Asking:
        """A caller of whom only this is asked."""

        now = datetime(2026, 2, 3, 23, 30, tzinfo=UTC)
        actor = any_house.alice.actor.__class__(1, "", frozenset(), zone)

    assert tasks.today(Asking()) == Asking.now.astimezone(ZoneInfo(zone)).date().isoformat()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "uri",
    ["", "x", "carnet://", "carnet://contacts/", "carnet://contacts/x", "carnet://tasks", "http://x.example/", "\0"],
)
def test_what_is_no_resource_is_not_found(anyone: Person, uri: str) -> None:
    assert error(anyone, "resources/read", {"uri": uri}) == (-32002, "Resource not found")


def test_a_strangers_contact_is_no_resource(any_house: House) -> None:
    theirs = made(any_house.mallory, "contacts")["id"]
    for contact in (theirs, NOTHING):
        told = error(any_house.alice, "resources/read", {"uri": f"carnet://contacts/{contact}"})
        assert told == (-32002, "Resource not found")


def test_resources_need_their_scopes(anyone: Person) -> None:
    contact, options = made(anyone, "contacts")["id"], with_scopes(anyone, "contacts:read")
    assert held(anyone, f"carnet://contacts/{contact}", **options)["id"] == contact
    for method, params in (("resources/read", {"uri": TODAY}), ("prompts/get", {"name": "prepare_my_day"})):
        assert error(anyone, method, params, **options) == (-32600, "Access Denied.")


def test_prompts_come_with_what_they_are_about(anyone: Person) -> None:
    assert [each["name"] for each in result(anyone, "prompts/list")["prompts"]] == ["prepare_my_day", "draft_follow_up"]
    contact = made(anyone, "contacts", name="Inès Aubry")
    day = result(anyone, "prompts/get", {"name": "prepare_my_day"})["messages"]
    assert day[0]["content"]["resource"]["uri"] == TODAY
    assert day[1]["content"]["text"].startswith("Prepare my day. It is 20")
    assert [each["role"] for each in day] == ["user", "user"]
    for spelled in (contact["id"], contact["@id"]):
        arguments = {"contactId": spelled, "about": "the samples"}
        about, words = result(anyone, "prompts/get", {"name": "draft_follow_up", "arguments": arguments})["messages"]
        assert json.loads(about["content"]["resource"]["text"])["name"] == "Inès Aubry"
        assert f"(contactId {contact['id']})" in words["content"]["text"]
        assert "the samples" in words["content"]["text"]


@pytest.mark.parametrize(
    ("params", "code", "told"),
    [
        ({"name": "nothing"}, -32602, "Unknown prompt: nothing"),
        ({"name": "draft_follow_up"}, -32602, "This was refused. contactId: This value should not be blank."),
        ({"name": "draft_follow_up", "arguments": {"contactId": "x"}}, -32602, 'This was refused. contactId: "x" is'),
        ({"name": "draft_follow_up", "arguments": {"contactId": NOTHING}}, -32002, "Resource not found"),
        (
            {"name": "prepare_my_day", "arguments": {"x": "y"}},
            -32602,
            "This was refused. x: There is no such argument.",
        ),
    ],
)
def test_a_prompt_that_cant_be_had_is_refused(anyone: Person, params: dict[str, Any], code: int, told: str) -> None:
    answered, words = error(anyone, "prompts/get", params)
    assert (answered, words[: len(told)]) == (code, told)
