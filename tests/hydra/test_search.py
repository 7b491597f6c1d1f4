"""`hydra:search`: what a collection says that it can be asked (specification, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.fields import FIELDS, READ_ONLY
from tests.hydra.parameters import FILTERS, expected
from tests.hydra.things import listed

if TYPE_CHECKING:
    from tests.conftest import Person


def search(person: Person, collection: str) -> dict[str, Any]:
    """A collection's `hydra:search`."""
    found: dict[str, Any] = listed(person, f"/api/{collection}")["hydra:search"]
    return found


@pytest.mark.parametrize("collection", FILTERS)
def test_every_filter_is_listed(anyone: Person, collection: str) -> None:
    variables = [entry["variable"] for entry in search(anyone, collection)["hydra:mapping"]]
    assert len(set(variables)) == len(variables)
    assert {variable for variable in variables if not variable.endswith("[]")} == expected(collection)
    assert {variable.removesuffix("[]") for variable in variables} == expected(collection)


# Filters with a name of their own, and the field that each is about.
ABOUT = {"mine": "assignee", "dueDay": "dueDate"}


@pytest.mark.parametrize("collection", [*FILTERS, "users"])
def test_the_template_names_the_mapping(anyone: Person, collection: str) -> None:
    found = search(anyone, collection)
    assert list(found) == ["@type", "hydra:template", "hydra:variableRepresentation", "hydra:mapping"]
    assert (found["@type"], found["hydra:variableRepresentation"]) == ("hydra:IriTemplate", "BasicRepresentation")
    variables = ",".join(entry["variable"] for entry in found["hydra:mapping"])
    assert found["hydra:template"] == f"/api/{collection}{{?{variables}}}"


@pytest.mark.parametrize("collection", [*FILTERS, "users"])
def test_every_property_is_a_field_of_the_class(anyone: Person, collection: str) -> None:
    fields = {"id", *FIELDS.get(collection, {}), *READ_ONLY[collection]}
    for entry in search(anyone, collection)["hydra:mapping"]:
        assert list(entry) == ["@type", "variable", "property", "required"]
        assert (entry["@type"], entry["required"]) == ("IriTemplateMapping", False)
        assert entry["property"] in fields, entry
        named = entry["variable"].removesuffix("[]").replace("]", "").split("[")
        if named[0] != "q":
            about = named[1] if named[0] in {"exists", "order"} else ABOUT.get(named[0], named[0])
            assert entry["property"] == about
