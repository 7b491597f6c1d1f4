"""Appending to a contact and moving it through its pipeline (specification, section 15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.dump import untouched
from tests.hydra.fields import JSON
from tests.hydra.things import NOTHING, first_state, made
from tests.hydra.wording import BLANK, CHOICE, MISSING, UUID, problem, violations, wrong_type

if TYPE_CHECKING:
    from tests.conftest import House, Person


def test_the_example_of_the_specification(alice: Person) -> None:
    contact = made(alice, "contacts", meetingContext="Lyon fair")
    answer = alice.post(contact["@id"] + "/extend", {"text": "Allergic to deadlines", "field": "meetingContext"})
    expected = {**contact, "meetingContext": "Lyon fair\nAllergic to deadlines"}
    assert answer.status_code == 200
    assert answer.json() | {"updatedAt": ""} == expected | {"updatedAt": ""}
    assert alice.get(contact["@id"]).json() == answer.json()


@pytest.mark.parametrize("field", ["additionalInfo", "meetingContext"])
def test_a_text_goes_on_a_line_of_its_own(alice: Person, field: str) -> None:
    path = made(alice, "contacts")["@id"]
    for text, expected in (("one", "one"), (" two\n", "one\ntwo"), ("<b>\n3</b>", "one\ntwo\n<b>\n3</b>")):
        assert alice.post(path + "/extend", {"text": text, "field": field}).json()[field] == expected


@pytest.mark.parametrize("body", [{"text": "x"}, {"text": "x", "field": None}])
def test_without_a_field_it_is_additional_info(anyone: Person, body: dict[str, Any]) -> None:
    shown = anyone.post(made(anyone, "contacts")["@id"] + "/extend", body).json()
    assert shown["additionalInfo"] == "x"
    assert "meetingContext" not in shown


def test_what_cannot_be_appended_is_refused(house: House) -> None:
    path = made(house.alice, "contacts", additionalInfo="kept")["@id"] + "/extend"
    with untouched(house):
        for blank in ({}, {"text": None}, {"text": ""}, {"text": " \n\u00a0"}):
            assert violations(house.alice.post(path, blank)) == {"text": BLANK}
        for field in ("", "name", "additionalinfo", "description", "nonsense"):
            assert violations(house.alice.post(path, {"text": "x", "field": field})) == {"field": CHOICE}
        assert violations(house.alice.post(path, {"field": "x"})) == {"text": BLANK, "field": CHOICE}
        for given, value in JSON.items():
            if given != "string":
                assert problem(house.alice.post(path, {"text": value})) == wrong_type("text", "string", given)
                answer = house.alice.post(path, {"text": "x", "field": value})
                assert problem(answer) == wrong_type("field", "string", given)


def test_a_text_grows_to_its_limit_and_no_further(house: House) -> None:
    path = made(house.alice, "contacts", additionalInfo="x" * 65_530)["@id"] + "/extend"
    with untouched(house):
        answer = house.alice.post(path, {"text": "12345"})
        assert violations(answer).keys() == {"text"}
    assert len(house.alice.post(path, {"text": "1234"}).json()["additionalInfo"]) == 65_535
    with untouched(house):
        assert violations(house.alice.post(path, {"text": "1"})).keys() == {"text"}


def moved(person: Person, contact: str, **options: Any) -> dict[str, Any]:
    """The answer to a move, which is plain JSON whatever is asked for."""
    answers = [
        person.patch(contact + "/pipeline-state", headers={"accept": accept}, **options)
        for accept in ("application/ld+json", "application/json", "*/*")
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["content-type"] for answer in answers} == {"application/json; charset=utf-8"}
    assert len({answer.content for answer in answers}) == 1
    shown: dict[str, Any] = answers[0].json()
    assert list(shown) == ["id", "name", "company", "status", "pipelineState"]
    return shown


def test_a_contact_moves_into_a_state(alice: Person) -> None:
    state = first_state(alice)
    contact = made(alice, "contacts", company="Halden Ateliers", status="qualified")
    expected = {
        "id": contact["id"],
        "name": "Inès Aubry",
        "company": "Halden Ateliers",
        "status": "qualified",
        "pipelineState": {"id": state["id"], "name": state["name"]},
    }
    for spelling in (state["id"], state["id"].upper(), state["@id"]):
        assert moved(alice, contact["@id"], json={"stateId": spelling}) == expected
        assert alice.get(contact["@id"]).json()["pipelineState"]["@id"] == state["@id"]
        assert moved(alice, contact["@id"]) == {**expected, "pipelineState": None}


@pytest.mark.parametrize(
    "options",
    [{"json": {"stateId": None}}, {"json": {"state": NOTHING}}, {"json": {}}, {}, {"content": b"  "}],
)
def test_null_or_nothing_takes_a_contact_out_of_its_pipeline(anyone: Person, options: dict[str, Any]) -> None:
    contact = made(anyone, "contacts", pipelineState=first_state(anyone)["id"])["@id"]
    shown = moved(anyone, contact, **options)
    assert (shown["company"], shown["pipelineState"]) == (None, None)
    told = anyone.patch(contact + "/pipeline-state").content
    assert b'"company":null,"status":"pending","pipelineState":null' in told
    assert "pipelineState" not in anyone.get(contact).json()


def test_after_a_refusal_the_contact_is_where_it_was(house: House) -> None:
    alice = house.alice
    contact = made(alice, "contacts", pipelineState=first_state(alice)["id"])
    path = contact["@id"] + "/pipeline-state"
    other_kind = f"/api/contacts/{contact['id']}"
    with untouched(house):
        for wrong in ("7", "nonsense", other_kind, first_state(alice)["id"][:-1]):
            assert violations(alice.patch(path, {"stateId": wrong})) == {"stateId": UUID}
        for missing in (NOTHING, f"/api/pipeline_states/{NOTHING}", contact["id"]):
            assert violations(alice.patch(path, {"stateId": missing})) == {"stateId": MISSING}
        for given, value in JSON.items():
            if given != "string":
                assert problem(alice.patch(path, {"stateId": value})) == wrong_type("stateId", "string", given)
        assert problem(alice.patch(path, content=b"{")) == (400, "Syntax error")
    assert alice.get(contact["@id"]).json() == contact


@pytest.mark.parametrize(("method", "action"), [("POST", "extend"), ("PATCH", "pipeline-state")])
def test_actions_on_nothing_are_not_found(anyone: Person, method: str, action: str) -> None:
    body = {"text": "x"}
    assert problem(anyone.request(method, f"/api/contacts/{NOTHING}/{action}", json=body)) == (404, "Not Found")
    assert problem(anyone.request(method, f"/api/contacts/7/{action}", json=body)) == (404, "Invalid uri variables.")
    path = made(anyone, "contacts")["@id"] + f"/{action}"
    for other in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} - {method}:
        answer = anyone.request(other, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, method)
