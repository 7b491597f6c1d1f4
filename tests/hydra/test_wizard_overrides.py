"""What is said beside a pasted text takes the place of what was found in it (specification, section 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, pipelines, tags
from carnet.core.companies import CompanyDraft
from carnet.core.paging import Asked
from carnet.core.tags import TagDraft
from tests.hydra.dump import untouched
from tests.hydra.pasting import CARD, UNKNOWN, confirm, prepare, prepared, violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person


def test_overrides_replace_whole_fields_and_null_takes_one_away(alice: Person) -> None:
    overrides = {"emails": ["new@halden.example"], "position": None, "unknown": 1, "status": "qualified"}
    found = prepared(alice, overrides=overrides)
    assert found["contact"]["emails"] == ["new@halden.example"]
    assert found["contact"]["status"] == "qualified"
    assert "position" not in found["contact"]
    contact = confirm(alice, found["confirmationToken"], overrides={"company": None}).json()
    assert contact["emails"] == ["new@halden.example"]
    assert contact["status"] == "qualified"
    assert "company" not in contact
    assert "position" not in contact


def test_overrides_of_confirm_beat_those_of_prepare(alice: Person) -> None:
    found = prepared(alice, overrides={"name": "Ines A."})
    assert confirm(alice, found["confirmationToken"], overrides={"name": "I. Aubry"}).json()["name"] == "I. Aubry"


def test_a_blank_override_takes_a_field_away_as_null_does(alice: Person) -> None:
    found = prepared(
        alice, overrides={"company": " ", "pipelineState": "", "owner": " ", "companyId": "", "website": ""}
    )
    assert found["contact"].keys() == {"name", "emails", "position", "phones"}
    assert "Halden" not in found["summary"]
    assert "company" not in confirm(alice, found["confirmationToken"]).json()


def test_confidence_is_of_what_was_found_and_stays(alice: Person) -> None:
    found = prepared(alice, overrides={"name": "Ines A.", "position": None, "company": " ", "emails": []})
    assert found["confidence"].keys() == {"phones"}


@pytest.fixture
def firms(alice: Person) -> list[str]:
    """The ids of two companies: Orme and Vale."""
    return [alice.does(companies.create, CompanyDraft(name=name)).id for name in ("Orme", "Vale")]


@pytest.mark.parametrize(
    ("first", "last", "made"),
    [
        (lambda ids: {"companyId": ids[0]}, lambda _: {}, "Orme"),
        (lambda ids: {"companyId": ids[0]}, lambda _: {"company": "Vale"}, "Vale"),
        (lambda ids: {"companyId": ids[0]}, lambda _: {"company": None}, None),
        (lambda ids: {"companyId": ids[0]}, lambda _: {"company": ""}, None),
        (lambda ids: {"companyId": ids[0]}, lambda ids: {"companyId": ids[1]}, "Vale"),
        (lambda ids: {"companyId": ids[0]}, lambda ids: {"companyId": ids[1], "company": "Orme"}, "Vale"),
        (lambda ids: {"companyId": ids[0], "company": None}, lambda _: {}, "Orme"),
        (lambda _: {"company": "Vale"}, lambda ids: {"companyId": ids[0]}, "Orme"),
        (lambda _: {"companyId": " "}, lambda _: {"companyId": ""}, "Halden Ateliers"),
        (lambda _: {"companyId": None}, lambda _: {"companyId": None}, "Halden Ateliers"),
    ],
)
def test_of_a_company_and_its_id_the_last_said_counts(
    alice: Person, firms: list[str], first: Callable[..., Any], last: Callable[..., Any], made: str | None
) -> None:
    token = prepared(alice, overrides=first(firms))["confirmationToken"]
    assert confirm(alice, token, overrides=last(firms)).json().get("company") == made


def test_bad_overrides_are_named_under_their_own_path(alice: Person) -> None:
    overrides = {"emails": ["ok@x.example", "nobody"], "name": " ", "status": "odd"}
    with untouched(alice.house):
        paths = [path for path, _ in violations(prepare(alice, {"text": CARD, "overrides": overrides}))]
    assert paths == ["overrides.name", "overrides.emails[1]", "overrides.status"]


def _strange_links(house: House) -> dict[str, Any]:
    """Links of Mallory's workspace, and what is said of each in Alice's."""
    state = house.mallory.sees(pipelines.page_of_states, Asked()).items[0].id
    tag = house.mallory.does(tags.create, TagDraft(name="Fair")).id
    return {
        "pipelineState": (f"/api/pipeline_states/{state}", f"/api/pipeline_states/{state}"),
        "tags": ([f"/api/tags/{tag}"], f"/api/tags/{tag}"),
        "owner": (house.mallory.user.id, f"/api/users/{house.mallory.user.id}"),
    }


@pytest.mark.parametrize("name", ["pipelineState", "tags", "owner"])
def test_links_that_lead_nowhere_are_refused_at_both_steps(house: House, name: str) -> None:
    value, iri = _strange_links(house)[name]
    token = prepared(house.alice)["confirmationToken"]
    with untouched(house):
        for answer in (
            prepare(house.alice, {"text": CARD, "overrides": {name: value}}),
            confirm(house.alice, token, overrides={name: value}),
        ):
            assert (answer.status_code, answer.json()["detail"]) == (400, f'Item not found for "{iri}".')
    assert confirm(house.alice, token).status_code == 201


def test_a_company_of_others_is_refused_at_both_steps(house: House) -> None:
    strange = house.mallory.does(companies.create, CompanyDraft(name="Orme")).id
    token = prepared(house.alice)["confirmationToken"]
    overrides = {"companyId": strange}
    with untouched(house):
        answer = prepare(house.alice, {"text": CARD, "overrides": overrides})
        assert violations(answer) == [("overrides.companyId", UNKNOWN)]
        assert violations(confirm(house.alice, token, overrides=overrides)) == [("overrides.companyId", UNKNOWN)]
