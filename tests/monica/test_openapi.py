"""The OpenAPI document and its page: every operation, and real answers against what is declared."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import pytest

from carnet.dialects.monica.operations import OPERATIONS
from tests.monica.schemas import faults
from tests.monica.things import API, call, furnished, path_of, sound, within

if TYPE_CHECKING:
    from carnet.http.operations import Operation
    from tests.conftest import House


@pytest.fixture
def document(any_house: House) -> dict[str, Any]:
    """The document, read without a token."""
    answer = any_house.request("GET", API + "/openapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    found: dict[str, Any] = answer.json()
    return found


def told_of(document: dict[str, Any], operation: Operation) -> dict[str, Any]:
    """What the document says of an operation."""
    found: dict[str, Any] = document["paths"][API + operation.path][operation.method.lower()]
    return found


def test_it_has_the_frame_of_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["security"] == [{"bearer": []}]
    assert document["components"]["securitySchemes"]["bearer"] == {"type": "http", "scheme": "bearer"}
    assert document["servers"] == [{"url": "/"}]


def test_every_operation_is_there_and_nothing_else(document: dict[str, Any]) -> None:
    told = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert told == {(operation.method, API + operation.path) for operation in OPERATIONS}
    names = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    references = {each["$ref"] for each in within(document) if "$ref" in each}
    assert references
    used = {reference.removeprefix("#/components/schemas/") for reference in references}
    assert used <= schemas.keys()
    assert schemas.keys() <= used
    assert not [name for name in schemas if name.endswith("Out")]


def test_parameters_are_those_that_are_read(document: dict[str, Any]) -> None:
    for operation in OPERATIONS:
        parameters = told_of(document, operation).get("parameters", [])
        named = {each["name"] for each in parameters if each["in"] == "path"}
        assert named == set(re.findall(r"\{(\w+)\}", operation.path))
        asked = {each["name"] for each in parameters if each["in"] == "query"}
        if operation.about.kind == "list":
            assert asked >= {"page", "limit", "sort"}
        sorts = [each["schema"]["enum"] for each in parameters if each["name"] == "sort"]
        assert sorts in ([], [[sign + word for word in operation.about.sorts for sign in ("", "-")]])


def test_bodies_are_the_forms(document: dict[str, Any]) -> None:
    for operation in OPERATIONS:
        form = operation.about.form
        told = told_of(document, operation).get("requestBody", {"content": {}})
        if form is None or not form.fields:
            assert told == {"content": {}}
            continue
        assert set(told["content"]) == {"application/json", "application/x-www-form-urlencoded", "multipart/form-data"}
        for each in told["content"].values():
            assert set(each["schema"]["properties"]) == {field.wire for field in form.fields}
            required = {field.wire for field in form.fields if field.required}
            assert set(each["schema"].get("required", [])) == required


def test_real_answers_are_as_declared(any_house: House, document: dict[str, Any]) -> None:
    furnished(any_house.alice)
    assert faults({"$ref": "#/components/schemas/Task"}, {"id": "1"}, document)
    for operation in sorted(OPERATIONS, key=lambda operation: operation.method == "DELETE"):
        if operation.method != "DELETE" and operation.about.media == "application/json":
            body = sound(any_house.alice, operation)
            answer = call(any_house.alice, operation.method, path_of(operation), body)
            assert answer.status_code == operation.status, (operation.name, answer.text)
            (status,) = [code for code in told_of(document, operation)["responses"] if code.startswith("2")]
            assert status == str(operation.status)
            schema = told_of(document, operation)["responses"][status]["content"]["application/json"]["schema"]
            assert faults(schema, answer.json(), document) == [], operation.name


def test_bodies_that_are_sound_are_declared_so(any_house: House, document: dict[str, Any]) -> None:
    furnished(any_house.alice)
    for operation in OPERATIONS:
        told = told_of(document, operation).get("requestBody")
        if told is not None:
            schema = told["content"]["application/json"]["schema"]
            body = sound(any_house.alice, operation)
            assert faults(schema, body, document) == [], operation.name
            assert "nonsense" not in schema["properties"]


def test_refusals_are_as_declared(any_house: House, document: dict[str, Any]) -> None:
    furnished(any_house.alice)
    for operation in OPERATIONS:
        if operation.right is None:
            continue
        responses = told_of(document, operation)["responses"]
        answers = [
            any_house.request(operation.method, API + path_of(operation)),
            call(any_house.alice, operation.method, path_of(operation, "987654")),
            call(any_house.alice, operation.method, path_of(operation) + "?limit=x"),
        ]
        for answer in answers:
            if answer.status_code >= 400:
                told = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
                assert faults(told, answer.json(), document) == [], operation.name


def test_the_page_shows_every_operation(any_house: House, document: dict[str, Any]) -> None:
    answer = any_house.request("GET", API + "/openapi")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for path, item in document["paths"].items():
        assert escape(path) in answer.text
        for operation in item.values():
            assert f"id={operation['operationId']}" in answer.text
