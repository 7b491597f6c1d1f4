"""Entrypoint, contexts and documentation (specification, section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.fields import CLASSES, FIELDS, IRI, MANY, ONLY_ON_POST, READ_ONLY, REQUIRED, TARGETS
from tests.hydra.wording import problem

if TYPE_CHECKING:
    from tests.conftest import House

HYDRA = "http://www.w3.org/ns/hydra/core#"
VOCAB = "http://carnet.example/api/docs.jsonld#"
BASE = {"@vocab": VOCAB, "hydra": HYDRA}
PAGES = {f"hydra:{page}": {"@id": f"hydra:{page}", "@type": "@id"} for page in ("next", "first", "last", "previous")}


def document(house: House, path: str) -> dict[str, Any]:
    """A document, read without a token."""
    answer = house.request("GET", path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def key(name: str) -> str:
    """A class's name in the entrypoint."""
    return name[0].lower() + name[1:]


def fields(collection: str) -> list[str]:
    """Every field of a class."""
    return [*FIELDS.get(collection, {}), *READ_ONLY[collection]]


def links(collection: str, field: str) -> bool:
    """Whether a field holds IRIs."""
    return FIELDS.get(collection, {}).get(field) == IRI or field in MANY


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/index.jsonld"])
def test_the_entrypoint_has_a_key_for_each_collection(any_house: House, path: str) -> None:
    found = document(any_house, path)
    collections = {key(name): f"/api/{collection}" for name, collection in sorted(CLASSES.items())}
    assert found == {"@context": "/api/contexts/Entrypoint", "@id": "/api", "@type": "Entrypoint", **collections}
    assert list(found) == ["@context", "@id", "@type", *sorted(collections)]
    assert all(any_house.alice.get(iri).status_code == 200 for iri in collections.values())


@pytest.mark.parametrize("suffix", ["", ".jsonld"])
def test_the_context_of_the_entrypoint(any_house: House, suffix: str) -> None:
    terms = {key(name): {"@id": f"Entrypoint/{key(name)}", "@type": "@id"} for name in CLASSES}
    assert document(any_house, f"/api/contexts/Entrypoint{suffix}") == {"@context": BASE | terms}


@pytest.mark.parametrize(("name", "collection"), CLASSES.items())
def test_the_context_of_a_class_has_its_pages_and_its_fields(any_house: House, name: str, collection: str) -> None:
    terms = {
        field: {"@id": f"{name}/{field}", "@type": "@id"} if links(collection, field) else f"{name}/{field}"
        for field in fields(collection)
    }
    found = document(any_house, f"/api/contexts/{name}")
    assert found == document(any_house, f"/api/contexts/{name}.jsonld") == {"@context": BASE | PAGES | terms}
    assert list(found["@context"])[:6] == [*BASE, *PAGES]


@pytest.mark.parametrize("name", ["Error", "ConstraintViolation", "ConstraintViolationList"])
def test_the_contexts_of_errors_hold_the_base_alone(any_house: House, name: str) -> None:
    assert document(any_house, f"/api/contexts/{name}") == {"@context": BASE}


@pytest.mark.parametrize(
    "name", ["Nothing", "contact", "CONTACT", "Contacts", "", "%00", "..%2FContact", "Contact.xml", "é"]
)
def test_another_context_is_not_found(any_house: House, name: str) -> None:
    assert problem(any_house.request("GET", f"/api/contexts/{name}")) == (404, "Not Found")


def described(house: House) -> dict[str, dict[str, Any]]:
    """The classes of the documentation by their `@id`."""
    found = document(house, "/api/docs.jsonld")["hydra:supportedClass"]
    assert len({each["@id"] for each in found}) == len(found)
    return {each["@id"]: each for each in found}


def test_the_frame_of_the_documentation(any_house: House) -> None:
    found = document(any_house, "/api/docs.jsonld")
    assert found == document(any_house, "/api/docs")
    classes = found.pop("hydra:supportedClass")
    assert found.pop("hydra:description", "x")
    assert found == {
        "@context": [
            {
                "hydra": HYDRA,
                "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
                "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
                "xsd": "http://www.w3.org/2001/XMLSchema#",
                "owl": "http://www.w3.org/2002/07/owl#",
                "schema": "http://schema.org/",
                "expects": {"@id": "hydra:expects", "@type": "@vocab"},
                "returns": {"@id": "hydra:returns", "@type": "@vocab"},
            },
            {
                "@vocab": VOCAB,
                "label": "rdfs:label",
                "domain": {"@id": "rdfs:domain", "@type": "@id"},
                "range": {"@id": "rdfs:range", "@type": "@id"},
            },
        ],
        "@id": "/api/docs.jsonld",
        "@type": "hydra:ApiDocumentation",
        "hydra:title": "Carnet",
        "hydra:entrypoint": {"@id": "/api"},
    }
    assert [each["@id"] for each in classes] == [*(f"#{name}" for name in sorted(CLASSES)), "#Entrypoint"]


RANGES = {
    "array": "xsd:array",
    "integer": "xsd:integer",
    "float": "xsd:decimal",
    "boolean": "xsd:boolean",
    "string": "xsd:string",
}
OTHER_RANGES = {
    "payload": None,
    "dueDate": "xsd:dateTime",
    "startDate": "xsd:dateTime",
    "completedAt": "xsd:dateTime",
    "closedAt": "xsd:dateTime",
    "expectedCloseDate": "xsd:date",
    "createdAt": "xsd:dateTime",
    "updatedAt": "xsd:dateTime",
    "contactsCount": "xsd:integer",
    "isDefault": "xsd:boolean",
}


def expected_property(name: str, collection: str, field: str) -> dict[str, Any]:
    """A field as the documentation describes it."""
    iri = f"#{name}/{field}"
    found: dict[str, Any] = {"@id": iri, "@type": "rdf:Property", "domain": f"#{name}", "label": field}
    kind = FIELDS.get(collection, {}).get(field, "string")
    if field in MANY:
        return found | {"@type": "hydra:Link", "range": f"#{MANY[field]}"}
    if kind == IRI:
        return found | {"@type": "hydra:Link", "range": f"#{TARGETS[field]}", "owl:maxCardinality": 1}
    told = OTHER_RANGES.get(field, RANGES[kind]) if kind != "object" else None
    return found | ({"range": told} if told else {})


@pytest.mark.parametrize(("name", "collection"), CLASSES.items())
def test_every_property_of_a_class(any_house: House, name: str, collection: str) -> None:
    told = described(any_house)[f"#{name}"]
    assert (told["@type"], told["hydra:title"]) == ("hydra:Class", name)
    properties = {each["hydra:title"]: each for each in told["hydra:supportedProperty"]}
    assert properties.keys() == set(fields(collection))
    assert len(properties) == len(told["hydra:supportedProperty"])
    for field, each in properties.items():
        each.pop("hydra:description", None)
        assert each == {
            "@type": "hydra:SupportedProperty",
            "hydra:title": field,
            "hydra:required": field in REQUIRED.get(collection, ()),
            "hydra:readable": True,
            "hydra:writeable": field in FIELDS.get(collection, {}),
            "hydra:property": expected_property(name, collection, field),
        }


def operation(action: str, method: str, title: str, **more: str) -> dict[str, Any]:
    """An operation as the documentation describes it."""
    kinds = ["hydra:Operation", f"schema:{action}Action"]
    return {"@type": kinds, "hydra:method": method, "hydra:title": title, **more}


@pytest.mark.parametrize("name", CLASSES)
def test_every_operation_of_a_class(any_house: House, name: str) -> None:
    expected = [operation("Find", "GET", f"get{name}", returns=name)]
    if name != "User":
        expected += [
            operation("Update", "PATCH", f"patch{name}", expects=name, returns=name),
            operation("Delete", "DELETE", f"delete{name}", returns="owl:Nothing"),
        ]
    assert described(any_house)[f"#{name}"]["hydra:supportedOperation"] == expected


def test_the_entrypoint_is_described_like_the_others(any_house: House) -> None:
    told = described(any_house)["#Entrypoint"]
    properties = {each["hydra:title"]: each for each in told.pop("hydra:supportedProperty")}
    assert told == {
        "@id": "#Entrypoint",
        "@type": "hydra:Class",
        "hydra:title": "Entrypoint",
        "hydra:supportedOperation": {
            "@type": "hydra:Operation",
            "hydra:method": "GET",
            "hydra:title": "index",
            "returns": "Entrypoint",
        },
    }
    assert properties.keys() == {f"get{name}Collection" for name in CLASSES}
    for name in CLASSES:
        title = f"get{name}Collection"
        operations = [operation("Find", "GET", title, returns="hydra:Collection")]
        if name != "User":
            operations.append(operation("Create", "POST", f"post{name}Collection", expects=name, returns=name))
        member = {"owl:onProperty": {"@id": "hydra:member"}, "owl:allValuesFrom": {"@id": f"#{name}"}}
        assert properties[title] == {
            "@type": "hydra:SupportedProperty",
            "hydra:title": title,
            "hydra:readable": True,
            "hydra:writeable": False,
            "hydra:property": {
                "@id": f"#Entrypoint/{key(name)}",
                "@type": "hydra:Link",
                "domain": "#Entrypoint",
                "owl:maxCardinality": 1,
                "range": [{"@id": "hydra:Collection"}, {"owl:equivalentClass": member}],
                "hydra:supportedOperation": operations,
            },
        }


def test_documents_hold_nothing_of_any_workspace(house: House) -> None:
    paths = ("/api", "/api/docs.jsonld", "/api/contexts/Contact", "/api/openapi.json", "/api/openapi")
    before = [house.request("GET", path).content for path in paths]
    house.alice.post("/api/contacts", {"name": "Inès Aubry", "company": "Halden"})
    assert [house.request("GET", path).content for path in paths] == before
    assert [house.mallory.get(path).content for path in paths] == before


def test_what_is_written_once_is_documented_as_writable() -> None:
    for collection, field in ONLY_ON_POST:
        assert field in FIELDS[collection]
