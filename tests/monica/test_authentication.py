"""Who may ask, in which workspace, and what is checked first (specification, section 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carnet.core import tokens, users, workspaces
from carnet.core.permissions import Role
from carnet.dialects.monica.operations import OPERATIONS
from tests.conftest import NOW
from tests.monica.things import API, NOT_FOUND, call, each, made, path_of, plain, refusal

if TYPE_CHECKING:
    from tests.conftest import House, Person

UNAUTHENTICATED = (401, "Unauthenticated.")
OPEN = {"/openapi.json", "/openapi"}


def test_no_token_is_needed_for_the_documents_alone() -> None:
    assert {operation.path for operation in OPERATIONS if operation.right is None} == OPEN


def test_without_a_token_every_operation_says_so_in_json(any_house: House) -> None:
    for operation in OPERATIONS:
        if operation.path not in OPEN:
            path = API + path_of(operation, "1")
            for accept in ("text/html", "*/*", "application/json"):
                answer = any_house.request(operation.method, path, headers={"accept": accept})
                assert plain(answer) == UNAUTHENTICATED, operation.name
                assert answer.headers["content-type"] == "application/json"
                assert "location" not in answer.headers


@pytest.mark.parametrize("path", ["/openapi.json", "/openapi", "/openapi.json/", "/openapi/"])
def test_the_documents_are_there_for_all(any_house: House, path: str) -> None:
    assert any_house.request("GET", API + path).status_code == 200


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_the_scheme_is_taken_in_any_case(anyone: Person, scheme: str) -> None:
    header = {"authorization": f"{scheme} {anyone.token.bearer}"}
    assert anyone.house.request("GET", API + "/tasks", headers=header).status_code == 200


@pytest.mark.parametrize(
    "sent",
    ["", "Bearer", "Bearer ", "Bearer x", "Bearer x.y", "Basic {}", "{}", "Bearer {}x", "Bearer x{}", "Token {}"],
)
def test_a_bad_token_is_as_good_as_none(anyone: Person, sent: str) -> None:
    header = {"authorization": sent.format(anyone.token.bearer)}
    for path in ("/tasks", "/foo"):
        assert plain(anyone.house.request("GET", API + path, headers=header)) == UNAUTHENTICATED


@pytest.mark.parametrize("elsewhere", ["?api_token={}", "?access_token={}", "?token={}"])
def test_a_token_in_the_query_is_none(anyone: Person, elsewhere: str) -> None:
    path = API + "/tasks" + elsewhere.format(anyone.token.bearer)
    assert plain(anyone.house.request("GET", path)) == UNAUTHENTICATED


def test_a_revoked_token_ends_at_once(house: House) -> None:
    assert call(house.alice, "GET", "/me").status_code == 200
    house.store.write_now(workspaces.ALL, tokens.revoke, house.alice.token.id, now=NOW)
    assert plain(call(house.alice, "GET", "/me")) == UNAUTHENTICATED


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/foo"),
        ("DELETE", "/tasks"),
        ("GET", "/tasks?limit=101"),
        ("GET", "/tasks?sort=x"),
        ("GET", "/tasks/999"),
        ("POST", "/tasks"),
        ("GET", ""),
        ("OPTIONS", "/tasks"),
        ("GET", "/../tasks"),
    ],
)
def test_the_token_is_checked_before_all_else(any_house: House, method: str, path: str) -> None:
    broken = {"content": b"{", "headers": {"content-type": "application/json"}} if method == "POST" else {}
    assert plain(any_house.request(method, API + path, **broken)) == UNAUTHENTICATED


def test_a_token_speaks_for_its_own_workspace_whatever_is_asked(house: House) -> None:
    made(house.mallory, "/tasks", title="Theirs")
    made(house.alice, "/tasks", title="Ours")
    for slug in ("other", "main", "nowhere", ""):
        answer = call(house.alice, "GET", "/tasks?workspace=other", headers={"x-workspace-slug": slug})
        assert [task["title"] for task in answer.json()["data"]] == ["Ours"]


def test_everybody_of_a_workspace_sees_all_of_it(house: House) -> None:
    made(house.alice, "/tasks", title="Hers")
    made(house.bob, "/tasks", title="His")
    for person in (house.alice, house.bob, house.rita):
        assert each(person, "/tasks", "title") == ["Hers", "His"]


def test_a_token_of_two_workspaces_speaks_for_the_first(house: House) -> None:
    house.store.write_now(house.other.id, lambda db: users.join(db, house.other.id, house.alice.user, Role.MEMBER))
    both = house.store.write_now(
        workspaces.ALL, tokens.create, house.alice.user, [house.other, house.main], name="two", now=NOW
    )
    made(house.mallory, "/tasks", title="Theirs")
    header = {"authorization": f"Bearer {both.bearer}"}
    (task,) = house.request("GET", API + "/tasks", headers=header).json()["data"]
    assert task["title"] == "Theirs"


def test_the_order_of_the_checks(anyone: Person) -> None:
    """Sort, limit, body, the path's record, the fields, the records that they name."""
    made(anyone, "/tasks")
    broken = {"content": b"{", "headers": {"content-type": "application/json"}}

    def code(method: str, path: str, body: object = None, **options: object) -> int:
        return refusal(call(anyone, method, path, body, **options))[2]

    assert code("PUT", "/tasks/9?sort=x&limit=x", **broken) == 39
    assert code("PUT", "/tasks/9?limit=x", **broken) == 30
    assert code("PUT", "/tasks/9", **broken) == 37
    assert code("PUT", "/tasks/9", {"title": 5, "contact_id": 9}) == 31
    assert code("PUT", "/tasks/1", {"title": 5, "completed": 1, "contact_id": 9}) == 32
    assert code("PUT", "/tasks/1", {"title": "x", "completed": 1, "contact_id": 9}) == 31
    assert code("GET", "/tasks/9?sort=x&limit=x") == 39
    assert code("GET", "/contacts/9/tasks?limit=x") == 30
    assert refusal(call(anyone, "GET", "/contacts/9/tasks")) == NOT_FOUND
