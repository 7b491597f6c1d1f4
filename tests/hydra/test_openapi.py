"""The OpenAPI document and its page: every operation, and real answers against what is declared."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import pytest

from carnet.dialects.hydra.tongue import Hydra
from carnet.settings import Settings
from tests.hydra import posting
from tests.hydra.fields import CHOICES, CLASSES, FIELDS, ONLY_ON_POST, READ_ONLY, REQUIRED
from tests.hydra.posting import latest_event, queued
from tests.hydra.schemas import faults, resolved
from tests.hydra.things import IN_BULK, NOTHING, WRITABLE, another, first_state, made, needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from carnet.http.operations import Operation
    from tests.conftest import House, Person

OPERATIONS = Hydra(Settings()).operations
BODIES = {"application/json", "application/ld+json", "application/merge-patch+json"}
CLASS_OF = {collection: name for name, collection in CLASSES.items()}


@pytest.fixture
def document(any_house: House) -> dict[str, Any]:
    """The document, read without a token."""
    answer = any_house.request("GET", "/api/openapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
    found: dict[str, Any] = answer.json()
    return found


def told_of(document: dict[str, Any], operation: Operation) -> dict[str, Any]:
    """What the document says of an operation."""
    found: dict[str, Any] = document["paths"]["/api" + operation.path][operation.method.lower()]
    return found


def parameters(told: dict[str, Any], place: str) -> dict[str, dict[str, Any]]:
    """An operation's parameters in a place."""
    return {each["name"]: each for each in told.get("parameters", ()) if each["in"] == place}


def within(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a document."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from within(each)


def test_it_has_the_frame_of_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document.keys() <= {"openapi", "info", "servers", "security", "paths", "components", "tags"}
    assert {"title", "version"} <= document["info"].keys()
    assert document["components"]["securitySchemes"] == {"bearer": {"type": "http", "scheme": "bearer"}}
    assert document["security"] == [{"bearer": []}]


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = {each["$ref"] for each in within(document) if "$ref" in each}
    assert references
    assert all(resolved(document, reference) for reference in references)
    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert {reference for reference in references if "/schemas/" in reference} == schemas


def test_it_tells_of_every_operation_and_of_no_other(document: dict[str, Any]) -> None:
    asked = {(operation.method.lower(), "/api" + operation.path) for operation in OPERATIONS}
    told = {(method, path) for path, item in document["paths"].items() for method in item}
    assert told == asked
    names = [each["operationId"] for item in document["paths"].values() for each in item.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_each_operation_is_told_whole(document: dict[str, Any], operation: Operation) -> None:
    told = told_of(document, operation)
    assert told["summary"]
    assert told["tags"]
    assert (told.get("security") == []) == (operation.right is None)
    in_path = parameters(told, "path")
    assert in_path.keys() == set(re.findall(r"\{(\w+)\}", operation.path))
    assert all(each["required"] is True for each in in_path.values())
    for each in told.get("parameters", ()):
        assert each.keys() <= {"name", "in", "required", "schema", "description"}
        assert each["schema"]
    assert ("requestBody" in told) == (operation.method in {"POST", "PATCH"} and operation.name != "undoEvent")
    if "requestBody" in told:
        assert told["requestBody"]["content"].keys() == BODIES
    assert all(re.fullmatch(r"[1-5]\d\d", status) for status in told["responses"])
    for answer in told["responses"].values():
        assert "$ref" in answer or answer["description"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_each_operation_tells_its_headers_and_answers(document: dict[str, Any], operation: Operation) -> None:
    told = told_of(document, operation)
    headers = parameters(told, "header").keys()
    is_item = "{id}" in operation.path and operation.about.has_etag
    assert ("X-Workspace-Slug" in headers) == (operation.right is not None)
    assert ("Idempotency-Key" in headers) == (operation.method == "POST")
    assert ("If-Match" in headers) == (is_item and operation.method != "GET")
    assert ("If-None-Match" in headers) == (is_item and operation.method == "GET")
    expected = {str(operation.status)}
    if operation.right is not None:
        expected |= {"401", "403", "406", "429"}
    if "{" in operation.path:
        expected |= {"404"}
    if operation.method in {"POST", "PATCH"}:
        expected |= {"400", "413", "415", "422"}
    if "If-Match" in headers:
        expected |= {"412"}
    if "If-None-Match" in headers:
        expected |= {"304"}
    assert expected <= told["responses"].keys()


@pytest.mark.parametrize("collection", CLASS_OF)
def test_a_list_tells_every_parameter(anyone: Person, document: dict[str, Any], collection: str) -> None:
    told = parameters(document["paths"][f"/api/{collection}"]["get"], "query")
    search = anyone.get(f"/api/{collection}").json()["hydra:search"]["hydra:mapping"]
    assert told.keys() == {"page", "itemsPerPage", *(each["variable"] for each in search)}


@pytest.mark.parametrize("collection", WRITABLE)
def test_bodies_and_items_tell_every_field(document: dict[str, Any], collection: str) -> None:
    name, schemas = CLASS_OF[collection], document["components"]["schemas"]
    draft, changes, item = (schemas[name + suffix]["properties"] for suffix in ("Draft", "Changes", ""))
    assert draft.keys() == set(FIELDS[collection])
    assert changes.keys() == {field for field in FIELDS[collection] if (collection, field) not in ONLY_ON_POST}
    assert item.keys() == {"@context", "@id", "@type", "id", *FIELDS[collection], *READ_ONLY[collection]}
    assert set(schemas[f"{name}Draft"].get("required", ())) == set(REQUIRED[collection])
    for (of, field), words in CHOICES.items():
        if of == collection:
            assert {word for word in draft[field]["enum"] if word} == set(words)


def _of_webhooks(person: Person) -> Iterator[tuple[str, str, httpx.Response]]:
    hook, told = made(person, "webhooks")["@id"], "/api/webhooks/{id}"
    yield "get", told + "/attempts", person.get(hook + "/attempts")
    for body in ({}, {"event": NOTHING}, {"event": 7}, {"event": "x"}):
        yield "post", told + "/replay", person.post(hook + "/replay", body)


def answers(person: Person) -> Iterator[tuple[str, str, httpx.Response]]:
    """Real answers, each with its method and the path of its operation."""
    state = first_state(person)["id"]
    contact = made(
        *(person, "contacts"),
        company="Halden",
        emails=["a@b"],
        pipelineState=state,
        owner=person.user.id,
        position="x",
    )
    task = {"payload": {"a": [1]}, "completed": True, "startDate": "2026-01-01", "assignee": person.user.id}
    tag = made(person, "tags", color="#10B981")["@id"]
    deal = made(
        *(person, "deals"),
        amount=12500.5,
        probability=40,
        expectedCloseDate="2026-09-30",
        status="won",
        description="x",
        source="x",
        contact=contact["@id"],
        company=contact["companyId"],
        pipelineState=state,
        owner=person.user.id,
        tags=[tag],
    )
    made(person, "contact_tasks", contact=contact["@id"], deal=deal["@id"], tags=[tag], description="x", **task)
    made(person, "notes", contact=contact["@id"], company=contact["companyId"], deal=deal["@id"], title="x")
    for item in (tag, deal["@id"]):
        yield "get", item.rpartition("/")[0] + "/{id}", person.get(item)
    for collection in CLASS_OF:
        path = f"/api/{collection}"
        item = made(person, collection)["@id"] if collection in WRITABLE else f"{path}/{person.user.id}"
        for query in ("", "?itemsPerPage=1&page=1", "?page=0"):
            yield "get", path, person.get(path + query)
        yield "get", path + "/{id}", person.get(item)
        yield "get", path + "/{id}", person.get(f"{path}/{NOTHING}")
        if collection in WRITABLE:
            yield "post", path, person.post(path, needed(person, collection))
            yield "post", path, person.post(path, {})
            yield "post", path, person.post(path, content=b"{")
            if collection in IN_BULK:
                for items in (
                    {"items": [needed(person, collection), {}]},
                    {"items": 7},
                    {"items": [{}, 7], "atomic": True},
                ):
                    yield "post", path + "/bulk", person.post(path + "/bulk", items)
            yield "patch", path + "/{id}", person.patch(item, {"name": "x", "title": "x"})
            yield "patch", path + "/{id}", person.patch(item, {}, headers={"if-match": '"x"'})
            yield "delete", path + "/{id}", person.delete(item)
    yield from _of_webhooks(person)
    path = "/api/contacts/{id}/"
    yield "get", "/api/contacts/{id}", person.get(contact["@id"])
    ready = person.post("/api/contacts/prepare", {"text": "Inès Aubry\nines@halden.example"})
    yield "post", "/api/contacts/prepare", ready
    yield "post", "/api/contacts/prepare", person.post("/api/contacts/prepare", {})
    token = {"confirmationToken": ready.json()["confirmationToken"]}
    for _ in range(2):
        yield "post", "/api/contacts/confirm", person.post("/api/contacts/confirm", token)
    yield "post", path + "extend", person.post(contact["@id"] + "/extend", {"text": "x"})
    yield "post", path + "extend", person.post(contact["@id"] + "/extend", {"field": "x"})
    yield "patch", path + "pipeline-state", person.patch(contact["@id"] + "/pipeline-state", {"stateId": state})
    yield "patch", path + "pipeline-state", person.patch(contact["@id"] + "/pipeline-state", {})
    yield from answers_to_emails(person, contact)
    yield "post", path + "merge", person.post(contact["@id"] + "/merge", {"other": made(person, "contacts")["id"]})
    yield "post", path + "merge", person.post(contact["@id"] + "/merge", {})
    yield "get", "/api/contacts/duplicates", person.get("/api/contacts/duplicates")
    yield "get", path + "timeline", person.get(contact["@id"] + "/timeline")
    yield "get", path + "timeline", person.get(contact["@id"] + "/timeline?before=x")
    person.patch(contact["@id"], {"position": "Weaver"})
    event = latest_event(person)
    yield "get", "/api/events", person.get("/api/events")
    yield "get", "/api/events/{eventId}", person.get(f"/api/events/{event}")
    for _ in range(2):
        yield "post", "/api/events/{eventId}/undo", person.post(f"/api/events/{event}/undo")
    yield "get", "/api/contacts", person.house.request("GET", "/api/contacts")
    for open_to_all in ("/api", "/api/docs.jsonld", "/api/openapi.json", "/api/openapi"):
        yield "get", open_to_all, person.house.request("GET", open_to_all)
    yield "get", "/api/contexts/{name}", person.get("/api/contexts/Contact")


def answers_to_emails(person: Person, contact: dict[str, Any]) -> Iterator[tuple[str, str, httpx.Response]]:
    """What is answered to e-mails of a contact."""
    path = "/api/contacts/{id}/"
    emails = contact["@id"] + "/emails/"
    session = queued(person, contact["id"])
    for name, body in posting.BODIES.items():
        verb = {"takeBackEmail": "take-back"}.get(name, name.removesuffix("Email"))
        sent = {"sessionId": session} if name == "takeBackEmail" else body
        for each in (sent, {}) if body is not None else ():
            yield "post", path + f"emails/{verb}", person.post(emails + verb, each)
    yield "get", path + "emails/{sessionId}/eml", person.get(f"{emails}{session}/eml")


def test_real_answers_are_as_declared(anyone: Person, document: dict[str, Any]) -> None:
    asked = set()
    for method, path, answer in answers(anyone):
        asked.add((method, path))
        declared = document["paths"][path][method]["responses"]
        assert str(answer.status_code) in declared, (method, path, answer.status_code)
        response = declared[str(answer.status_code)]
        response = resolved(document, response["$ref"]) if "$ref" in response else response
        if answer.content:
            media_type = answer.headers["content-type"].partition(";")[0]
            assert media_type in response["content"], (method, path)
            if media_type not in {"text/html", "message/rfc822"}:
                assert faults(response["content"][media_type]["schema"], answer.json(), document) == [], (method, path)
        else:
            assert "content" not in response
    missing = {(each.method.lower(), "/api" + each.path) for each in OPERATIONS} - asked
    assert missing <= {("get", "/api/"), ("get", "/api/index.jsonld"), ("get", "/api/docs")}


@pytest.mark.parametrize("collection", WRITABLE)
def test_a_body_that_is_taken_is_as_declared(anyone: Person, document: dict[str, Any], collection: str) -> None:
    name = CLASS_OF[collection]
    body = needed(anyone, collection)
    whole = made(anyone, collection)
    nulls = {field: None for field in FIELDS[collection] if field not in REQUIRED[collection]} | body
    for schema, sent in (
        (f"{name}Draft", body),
        (f"{name}Draft", nulls),
        (f"{name}Changes", {}),
        (f"{name}Changes", whole),
    ):
        assert faults(document["components"]["schemas"][schema], sent, document) == []
        answer = (
            anyone.post(f"/api/{collection}", another(collection, sent))
            if "Draft" in schema
            else anyone.patch(whole["@id"], sent)
        )
        assert answer.status_code < 300


def test_the_page_shows_every_operation_and_loads_nothing(any_house: House, document: dict[str, Any]) -> None:
    answer = any_house.request("GET", "/api/openapi", headers={"accept": "text/html,*/*;q=0.8"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = answer.text
    for path, item in document["paths"].items():
        for method, told in item.items():
            assert re.search(rf">{method.upper()}</\w+>\s*<code>{re.escape(path)}</code>", page)
            assert escape(told["summary"]) in page
    for name in document["components"]["schemas"]:
        assert re.search(rf'\bid="?{name}\b', page)
    assert not re.search(r"<(?:script|link|img|iframe|object|embed)\b|\bsrc=|@import|url\(", page)
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(re.findall(r'\bid="?([\w.]+)', page))


def test_the_plain_spelling_is_declared_too(new_house: Any) -> None:
    house: House = new_house(hydra_prefix=False)
    document = house.request("GET", "/api/openapi.json").json()
    schema = document["components"]["schemas"]["ContactCollection"]
    made(house.alice, "contacts")
    assert faults(schema, house.alice.get("/api/contacts?itemsPerPage=1").json(), document) == []
    assert "hydra:" not in str(schema)
