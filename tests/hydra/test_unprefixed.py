"""The other spelling, without `hydra:` (specification, sections 6 and 20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.fields import CLASSES
from tests.hydra.things import made

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House

TERMS = (
    *("Collection", "member", "totalItems", "view", "PartialCollectionView", "first", "last", "previous", "next"),
    *("search", "IriTemplate", "template", "mapping", "IriTemplateMapping", "variable", "variableRepresentation"),
    *("Error", "title", "description"),
)
LINKING = {"member", "view", "first", "last", "previous", "next"}


@pytest.fixture
def plain(new_house: Callable[..., House]) -> House:
    """A house that speaks without the prefix."""
    return new_house(hydra_prefix=False)


def without_prefix(value: Any) -> Any:
    """A document as it would read without `hydra:` in keys and types; IRIs stay as they are."""
    if isinstance(value, dict):
        return {name.removeprefix("hydra:"): _typed(name, each) for name, each in value.items()}
    return [without_prefix(each) for each in value] if isinstance(value, list) else value


def _typed(name: str, value: Any) -> Any:
    if name != "@type":
        return without_prefix(value)
    return [each.removeprefix("hydra:") for each in value] if isinstance(value, list) else value.removeprefix("hydra:")


def test_collections(plain: House, any_house: House) -> None:
    houses = (plain, any_house)
    for house in houses:
        for _ in range(3):
            made(house.alice, "companies")
    for path in ("/api/companies", "/api/companies?itemsPerPage=1&page=2", "/api/companies?name=zzz"):
        shown = [house.alice.get(path) for house in houses]
        collection, prefixed = (answer.json() for answer in shown)
        assert "hydra:" not in shown[0].text
        for each in (collection, prefixed):
            each["member" if each is collection else "hydra:member"] = []
        assert collection == without_prefix(prefixed)
        assert collection["@type"] == "Collection"
        assert collection["search"]["mapping"][0]["@type"] == "IriTemplateMapping"


def test_items_are_the_same_in_both(plain: House, any_house: House) -> None:
    keys = [list(made(house.alice, "contact_tasks")) for house in (plain, any_house)]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/contacts?page=0"),
        ("GET", "/api/nothing"),
        ("PUT", "/api/contacts"),
        ("POST", "/api/contacts"),
        ("POST", "/api/contact_tasks"),
    ],
)
def test_errors(plain: House, any_house: House, method: str, path: str) -> None:
    answer, prefixed = (house.alice.request(method, path) for house in (plain, any_house))
    assert "hydra:" not in answer.text
    assert answer.json() == without_prefix(prefixed.json())
    assert answer.status_code == prefixed.status_code
    assert answer.json()["@type"] in {"Error", "ConstraintViolation"}


def test_an_error_about_the_credential(plain: House) -> None:
    told = plain.request("GET", "/api/contacts").json()
    assert (told["@type"], told["code"], told["message"]) == ("Error", 401, told["detail"])


@pytest.mark.parametrize("name", [*CLASSES, "Entrypoint", "Error", "ConstraintViolation", "ConstraintViolationList"])
def test_contexts_carry_the_terms_before_their_own(plain: House, any_house: House, name: str) -> None:
    context, prefixed = (
        house.request("GET", f"/api/contexts/{name}").json()["@context"] for house in (plain, any_house)
    )
    own = {key: value for key, value in prefixed.items() if key not in {"@vocab", "hydra"} and ":" not in key}
    for term in TERMS:
        iri = f"hydra:{term}"
        assert context[term] == own.get(term, {"@id": iri, "@type": "@id"} if term in LINKING else iri), term
    assert {key: context[key] for key in own} == own
    assert context.keys() == prefixed.keys() | set(TERMS)
    order = list(context)
    fresh = [key for key in own if key not in TERMS]
    assert all(order.index(key) > order.index(term) for key in fresh for term in TERMS if term not in own)


def test_a_title_of_a_task_is_its_own(plain: House) -> None:
    assert plain.request("GET", "/api/contexts/ContactTask").json()["@context"]["title"] == "ContactTask/title"


def test_the_documentation(plain: House, any_house: House) -> None:
    docs, prefixed = (house.request("GET", "/api/docs.jsonld").json() for house in (plain, any_house))
    terms = docs.pop("@context")
    prefixed.pop("@context")
    assert docs == without_prefix(prefixed)
    assert all(isinstance(each, dict) and "@context" not in each for each in terms)
    assert terms[1]["supportedClass"] == "hydra:supportedClass"
