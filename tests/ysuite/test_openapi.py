"""The OpenAPI document and its page, which need no credential (specification, section 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.dialects.ysuite.about import Kind
from carnet.dialects.ysuite.operations import OPERATIONS
from tests.ysuite.fields import REQUIRED, bodies
from tests.ysuite.things import deal, lead, person, tag, task

if TYPE_CHECKING:
    from tests.conftest import House
    from tests.ysuite.client import Client

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def document(house: House) -> dict[str, Any]:
    answer = house.request("GET", "/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    described: dict[str, Any] = answer.json()
    return described


def fits(value: Any, schema: dict[str, Any], schemas: dict[str, Any]) -> bool:
    """Whether a value is as a schema says: types, required and unknown keys, members."""
    if "$ref" in schema:
        return fits(value, schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "anyOf" in schema:
        return any(fits(value, each, schemas) for each in schema["anyOf"])
    if "const" in schema:
        return bool(value == schema["const"])
    kind = schema["type"]
    kinds = kind if isinstance(kind, list) else [kind]
    if not any(type(value) in _TYPES[each] for each in kinds):
        return False
    if isinstance(value, dict):
        properties = schema["properties"]
        return set(schema["required"]) <= value.keys() <= properties.keys() and all(
            fits(each, properties[name], schemas) for name, each in value.items()
        )
    return not isinstance(value, list) or all(fits(each, schema["items"], schemas) for each in value)


def test_every_operation_is_described(any_house: House) -> None:
    described = document(any_house)
    assert described["openapi"] == "3.1.0"
    found = {(path, method) for path, item in described["paths"].items() for method in item}
    assert found == {("/v1" + operation.path, operation.method.lower()) for operation in OPERATIONS}
    names = [item[method]["operationId"] for item in described["paths"].values() for method in item]
    assert len(names) == len(set(names))
    for item in described["paths"].values():
        for operation in item.values():
            assert operation["summary"]
            assert "200" in operation["responses"]
    assert described["security"] == [{"accessKey": [], "secretKey": []}, {"bearer": []}]
    for path in ("/v1/openapi.json", "/v1/openapi"):
        assert described["paths"][path]["get"]["security"] == []


def test_every_reference_leads_somewhere(any_house: House) -> None:
    described = document(any_house)
    schemas = described["components"]["schemas"]

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if "$ref" in value:
                assert value["$ref"].rpartition("/")[2] in schemas
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(described)


def test_real_answers_are_as_described(client: Client) -> None:
    described = document(client.house)
    schemas = described["components"]["schemas"]
    vip = tag(client)
    numbers = {
        "/tasks": task(client, tags=[vip], assigned_user_id=2, deal_id=deal(client)),
        "/contacts": person(client, cst_tag_id=[vip], cstmobile_country_id=1),
        "/deals": deal(client, tag_ids=[vip], deal_amount=5, deal_expected_close_date="2026-07-15"),
        "/leads": lead(client, tag_ids=[vip]),
    }
    good = bodies(client)
    seen = set()
    for operation in sorted(OPERATIONS, key=lambda each: each.about.kind is Kind.DELETE):
        if operation.about.kind is Kind.DOCUMENT:
            continue
        number = numbers.get(operation.path.removesuffix("/{id}"), 0)
        body = good[operation.path] if operation.about.kind is Kind.CREATE else None
        answer = client.request(operation.method, operation.path.replace("{id}", str(number)), body)
        responses = described["paths"]["/v1" + operation.path][operation.method.lower()]["responses"]
        schema = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
        assert answer.status_code == 200
        assert fits(answer.json(), schema, schemas), (operation.name, answer.text)
        seen.add(operation.about.kind)
    assert seen == set(Kind) - {Kind.DOCUMENT}
    for refused, name in ((client.get("/tasks/999"), "Error"), (client.post("/tasks", {}), "Refusal")):
        assert fits(refused.json(), schemas["Error"], schemas) is (name == "Error")
    refusal = client.post("/tasks", {}).json()
    assert set(schemas["Refusal"]["required"]) == set(refusal)


def test_bodies_name_what_is_required(any_house: House) -> None:
    paths = document(any_house)["paths"]
    for path, names in REQUIRED.items():
        schema = paths["/v1" + path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert schema["required"] == list(names)
        if path != "/leads":
            changed = paths[f"/v1{path}/{{id}}"]["put"]["requestBody"]["content"]["application/json"]["schema"]
            assert "required" not in changed


def test_the_page_shows_the_document_and_loads_nothing(any_house: House) -> None:
    answer = any_house.request("GET", "/v1/openapi")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for operation in OPERATIONS:
        assert f"/v1{operation.path}" in answer.text
    for word in ("<script", "http://", "https://", "<link", "<img"):
        assert word not in answer.text


def test_a_head_of_both_is_open_too(anyone: Client) -> None:
    for path in ("/v1/openapi.json", "/v1/openapi"):
        answer = anyone.house.request("HEAD", path)
        assert (answer.status_code, answer.content) == (200, b"")
