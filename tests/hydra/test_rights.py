"""Every operation has a right, and whoever lacks it does nothing (specification, sections 1 and 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import tokens, users, workspaces
from carnet.core.permissions import ROLE_RIGHTS, SCOPES, Right, Role
from carnet.dialects.hydra.tongue import Hydra
from carnet.settings import Settings
from tests.conftest import NOW
from tests.hydra import posting
from tests.hydra.dump import untouched
from tests.hydra.posting import latest_event, queued
from tests.hydra.things import WRITABLE, another, made, needed
from tests.hydra.wording import problem

if TYPE_CHECKING:
    import httpx

    from carnet.http.operations import Operation
    from tests.conftest import House, Person

OPERATIONS = Hydra(Settings()).operations
GUARDED = [operation for operation in OPERATIONS if operation.right is not None]
OPEN = {"/api", "/api/", "/api/index.jsonld", "/api/docs", "/api/docs.jsonld", "/api/openapi", "/api/openapi.json"}
DENIED = (403, "Access Denied.")
NOTHING_SENT = (401, "Full authentication is required to access this resource.")


def test_every_operation_but_the_open_documents_has_a_right() -> None:
    unguarded = {"/api" + operation.path for operation in OPERATIONS if operation.right is None}
    assert unguarded == OPEN | {"/api/contexts/{name}"}
    for operation in GUARDED:
        assert isinstance(operation.right, Right)
        reads = operation.method == "GET"
        assert operation.right.verb == ("read" if reads else "write"), operation.name


def test_the_right_is_that_of_the_class() -> None:
    nouns = {
        "Email": "emails",
        "Contact": "contacts",
        "User": "contacts",
        "ContactTask": "tasks",
        "Company": "companies",
        "Deal": "deals",
        "Note": "notes",
        "Tag": "tags",
        "Pipeline": "pipelines",
        "PipelineState": "pipelines",
        "Webhook": "webhooks",
    }
    for operation in GUARDED:
        assert operation.right is not None
        noun = "Email" if "/emails/" in operation.path else operation.about.described.name
        assert operation.right.value.partition(":")[0] == nouns[noun], operation.name


@dataclass
class Desk:
    """A house with a record of every class, of which every operation can be asked."""

    house: House
    items: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)
    session: str = ""
    """That of a mail which hasn't left yet."""
    other: str = ""
    """Another contact."""
    event: str = ""
    """That of a change which can be taken back."""

    def lay(self) -> None:
        """Put a new record of every class there."""
        for name in WRITABLE:
            self.bodies[name] = needed(self.house.alice, name)
            self.items[name] = made(self.house.alice, name)["id"]
        self.items["users"] = self.house.alice.user.id
        self.session = queued(self.house.alice, self.items["contacts"])
        self.house.alice.patch(f"/api/contacts/{self.items['contacts']}", {"position": self.session})
        self.other = made(self.house.alice, "contacts")["id"]
        self.event = latest_event(self.house.alice)

    def ask(self, operation: Operation, token: str | None) -> httpx.Response:
        """Ask an operation of a record that is there, with a body that is sound."""
        name = operation.about.described.collection.removeprefix("/api/")
        path = "/api" + operation.path.replace("{id}", self.items[name]).replace("{sessionId}", self.session)
        path = path.replace("{eventId}", self.event)
        options: dict[str, Any] = {"headers": {"authorization": f"Bearer {token}"} if token else {}}
        if operation.method in {"POST", "PATCH"}:
            body = another(name, self.bodies[name]) if operation.method == "POST" else {}
            options["json"] = {"text": "x", **body}
        if operation.name == "confirmContact":
            ready = self.house.request("POST", "/api/contacts/prepare", **{**options, "json": {"text": "Inès"}})
            options["json"] = {
                "confirmationToken": ready.json().get("confirmationToken", "x"),
                "overrides": {"name": "x"},
            }
        if operation.name in posting.BODIES and operation.method == "POST":
            options["json"] = {**posting.BODIES[operation.name]}
            options["json"] |= {"sessionId": self.session} if operation.name == "takeBackEmail" else {}
        if operation.path.endswith("/bulk"):
            options["json"] = {"items": []}
        if operation.name == "mergeContact":
            options["json"] = {"other": self.other}
        answer = self.house.request(operation.method, path, **options)
        ends = operation.name in {"takeBackEmail", "undoEvent", "mergeContact"} and answer.status_code == 200
        if answer.status_code == 204 or ends:
            self.lay()
        return answer


@pytest.fixture
def desk(house: House) -> Desk:
    """A desk that is laid."""
    laid = Desk(house)
    laid.lay()
    return laid


def token_with(house: House, scopes: tuple[str, ...], person: Person | None = None) -> str:
    """A token of somebody's with these scopes."""
    user = (person or house.alice).user
    new = house.store.write_now(workspaces.ALL, tokens.create, user, [house.main], name="x", scopes=scopes, now=NOW)
    return new.bearer


def test_without_a_token_nothing_is_done(desk: Desk) -> None:
    with untouched(desk.house):
        for operation in GUARDED:
            assert problem(desk.ask(operation, None)) == NOTHING_SENT, operation.name
    for operation in OPERATIONS:
        if operation.right is None:
            path = "/api" + operation.path.replace("{name}", "Contact")
            assert desk.house.request(operation.method, path).status_code == 200


def test_without_its_scope_a_token_is_denied(desk: Desk) -> None:
    every = {right.value for right in Right}
    assert every <= SCOPES.keys()
    for operation in GUARDED:
        assert operation.right is not None
        right = operation.right.value
        without = token_with(desk.house, tuple(sorted(every - {right})))
        with untouched(desk.house):
            assert problem(desk.ask(operation, without)) == DENIED, operation.name
        enough = token_with(desk.house, tuple({right, right.replace(":write", ":read"), *BESIDE.get(right, ())}))
        assert desk.ask(operation, enough).status_code == operation.status, operation.name


BESIDE = {"emails:read": ("contacts:read",), "emails:write": ("contacts:read",)}
"""What an e-mail is to a contact, who must be read."""
WHO_MAY_READ: dict[str, tuple[tuple[str, ...] | None, bool]] = {
    "a reader": (None, True),
    "a reading token": (("read",), True),
    "a token without scopes": ((), False),
    "a metrics token": (("metrics",), False),
}


@pytest.mark.parametrize("who", WHO_MAY_READ)
def test_who_may_only_read_writes_nothing(desk: Desk, who: str) -> None:
    scopes, may_read = WHO_MAY_READ[who]
    token = desk.house.rita.token.bearer if scopes is None else token_with(desk.house, scopes)
    with untouched(desk.house):
        for operation in GUARDED:
            answer = desk.ask(operation, token)
            if operation.method == "GET" and may_read and not (scopes is None and _is_the_owners(operation)):
                assert answer.status_code == 200
            else:
                assert problem(answer) == DENIED, operation.name


def test_a_writing_token_of_a_reader_writes_nothing(desk: Desk) -> None:
    token = token_with(desk.house, ("write",), desk.house.rita)
    with untouched(desk.house):
        for operation in GUARDED:
            assert problem(desk.ask(operation, token)) == DENIED


def _is_the_owners(operation: Operation) -> bool:
    return operation.right not in ROLE_RIGHTS[Role.MEMBER]


def test_a_member_does_all_that_an_owner_does_here_but_with_webhooks(desk: Desk) -> None:
    for person in (desk.house.alice, desk.house.bob):
        for operation in GUARDED:
            denied = person is desk.house.bob and _is_the_owners(operation)
            assert desk.ask(operation, person.token.bearer).status_code == (403 if denied else operation.status)
            assert "webhooks" in operation.path or not denied


@pytest.mark.parametrize("refusal", ["revoked", "expired"])
def test_a_dead_token_is_refused_by_every_operation(desk: Desk, refusal: str) -> None:
    store, alice, reach = desk.house.store, desk.house.alice.user, [desk.house.main]
    ends = NOW if refusal == "expired" else None
    token = store.write_now(workspaces.ALL, tokens.create, alice, reach, name="x", expires_at=ends, now=NOW)
    if refusal == "revoked":
        store.write_now(workspaces.ALL, tokens.revoke, token.id, now=NOW)
    with untouched(desk.house):
        for operation in GUARDED:
            assert problem(desk.ask(operation, token.bearer)) == (401, "Invalid credentials.")


def test_a_role_given_in_one_workspace_counts_there_alone(house: House) -> None:
    house.store.write_now(workspaces.ALL, users.join, house.other.id, house.rita.user, Role.MEMBER)
    places = [house.main, house.other]
    token = house.store.write_now(workspaces.ALL, tokens.create, house.rita.user, places, name="x", now=NOW)
    for slug, status in (("main", 403), ("other", 201)):
        headers = {"authorization": f"Bearer {token.bearer}", "x-workspace-slug": slug}
        assert house.request("POST", "/api/contacts", json={"name": "x"}, headers=headers).status_code == status


def test_readers_have_no_right_to_write() -> None:
    assert {right.verb for right in ROLE_RIGHTS[Role.READER]} == {"read"}
