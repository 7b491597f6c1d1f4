"""Items that aren't there, paths that lead nowhere, and what an error looks like (specification, sections 5 and 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core.errors import CarnetError, Fault
from carnet.dialects.hydra.errors import CODES, WORDS
from carnet.dialects.hydra.tongue import Hydra
from carnet.http import errors as http
from carnet.settings import Settings
from carnet.store.database import StoreFullError, StoreUnavailableError
from tests.hydra.dump import untouched
from tests.hydra.things import NOTHING, WRITABLE, made
from tests.hydra.wire import bearer, send
from tests.hydra.wording import BLANK, CHOICE, EMAIL, problem, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carnet.http.operations import Operation
    from tests.conftest import House, Person

OPERATIONS = [operation for operation in Hydra(Settings()).operations if "{id}" in operation.path]
NO_IDS = (
    *("7", "0", "-1", "nonsense", "null", "undefined", "*", "%20", "%00", "%FF", "é", "a b", "..", "%2e%2e", ";"),
    NOTHING[:-1],
    NOTHING + "0",
    NOTHING.replace("-", ""),
    "{" + NOTHING + "}",
    "%20" + NOTHING,
    "x" * 2_000,
    "g" + NOTHING[1:],
    NOTHING.replace("0", "\u0660"),
)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_an_id_that_is_none_is_never_anything_but_404(any_house: House, operation: Operation) -> None:
    headers = [bearer(any_house.alice)]
    with untouched(any_house):
        for record_id in NO_IDS:
            path = "/api" + operation.path.replace("{id}", record_id)
            answer = send(any_house, operation.method, path, headers=headers, body=[b"{}"])
            assert problem(answer) == (404, "Invalid uri variables."), record_id
        path = "/api" + operation.path.replace("{id}", NOTHING)
        answer = send(any_house, operation.method, path, headers=headers, body=[b"{}"])
        assert problem(answer) == (404, "Not Found")


@pytest.mark.parametrize(
    "path",
    [
        *("nothing", "contact", "Contacts", "contacts/", "contacts//", f"contacts/{NOTHING}/", f"contacts/{NOTHING}/x"),
        *(f"contacts/{NOTHING}/extend/", "contacts/a%2Fb", "docs/", "docs.xml", "openapi.yaml", "index", "index.html"),
        *("deal", "Notes", "tags/", "contexts", "contexts/", "contexts/a/b", "%2e%2e/api", "//contacts", ".", "api"),
    ],
)
def test_a_path_that_leads_nowhere(any_house: House, path: str) -> None:
    for headers in ([], [bearer(any_house.alice)]):
        for method in ("GET", "POST", "PATCH", "DELETE"):
            answer = send(any_house, method, f"/api/{path}", headers=headers, body=[b"{}"])
            assert problem(answer) == (404, "Not Found")


def test_a_second_delete_finds_nothing(alice: Person) -> None:
    for collection in WRITABLE:
        path = made(alice, collection)["@id"]
        gone = alice.delete(path)
        assert (gone.status_code, gone.content, "content-type" in gone.headers) == (204, b"", False)
        for method in ("GET", "PATCH", "DELETE"):
            assert problem(alice.request(method, path, json={})) == (404, "Not Found")


def test_several_violations_are_told_in_one_breath(anyone: Person) -> None:
    answer = anyone.post("/api/contacts", {"name": "", "emails": ["x"], "status": "x"})
    assert violations(answer) == {"name": BLANK, "emails[0]": EMAIL, "status": CHOICE}
    told = answer.json()
    assert told["detail"] == f"name: {BLANK}\nemails[0]: {EMAIL}\nstatus: {CHOICE}"
    codes = [each["code"] for each in told["violations"]]
    assert told["type"] == f"/validation_errors/0={codes[0]};1={codes[1]};2={codes[2]}"


def test_errors_are_problems_in_both_formats(anyone: Person) -> None:
    for accept in ("application/ld+json", "application/json", "application/problem+json", "*/*"):
        headers = {"accept": accept}
        assert problem(anyone.get(f"/api/contacts/{NOTHING}", headers=headers)) == (404, "Not Found")
        assert violations(anyone.post("/api/contacts", {}, headers=headers)) == {"name": BLANK}


def test_open_documents_do_not_mind_a_bad_credential(any_house: House) -> None:
    for path in ("/api", "/api/docs.jsonld", "/api/contexts/Contact", "/api/openapi.json"):
        for headers in (
            {"authorization": "Bearer x.y"},
            {"authorization": "nonsense"},
            {"x-workspace-slug": "nowhere"},
        ):
            assert any_house.request("GET", path, headers=headers).status_code == 200


def kinds(of: type[Exception]) -> Iterator[type[Exception]]:
    """Every kind of an error."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_there_are_words_for_every_error() -> None:
    worded = {"InvalidError", "UnauthenticatedError"}
    own = {kind for kind in kinds(CarnetError) if kind.__module__.startswith(("carnet.core", "carnet.http"))}
    assert {kind.__name__ for kind in own if kind not in WORDS} == worded
    assert {StoreUnavailableError, StoreFullError, http.MalformedError} <= WORDS.keys()
    assert CODES.keys() == set(Fault)
    codes = [code for code, _ in CODES.values()]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(("failure", "status"), [(StoreUnavailableError, 503), (StoreFullError, 507)])
def test_a_database_that_fails_is_a_server_error_without_its_inside(
    any_house: House, monkeypatch: pytest.MonkeyPatch, failure: type[Exception], status: int
) -> None:
    async def failing(*_: Any, **__: Any) -> None:
        message = "disk I/O error at /var/lib/carnet.db: INSERT INTO contacts"
        raise failure(message)

    monkeypatch.setattr(any_house.store, "write", failing)
    told, detail = problem(any_house.alice.post("/api/contacts", {"name": "x"}))
    assert told == status
    assert not {"disk", "/var/lib", "INSERT"} & set(detail.split())
    assert any_house.alice.get("/api/contacts").status_code == 200
