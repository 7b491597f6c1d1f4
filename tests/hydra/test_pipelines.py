"""Pipelines and their states (specification, section 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.dump import untouched
from tests.hydra.things import WRITABLE, first_state, listed, made, names
from tests.hydra.wording import NOT_VALID, problem, violations

if TYPE_CHECKING:
    from tests.conftest import House, Person


def default(person: Person) -> dict[str, Any]:
    """The workspace's default pipeline."""
    (pipeline,) = [each for each in listed(person, "/api/pipelines")["hydra:member"] if each["isDefault"]]
    found: dict[str, Any] = pipeline
    return found


def test_a_new_workspace_has_one_pipeline_with_states_from_0(alice: Person) -> None:
    for collection in {*WRITABLE} - {"pipelines", "pipeline_states"}:
        assert listed(alice, f"/api/{collection}")["hydra:totalItems"] == 0
    assert names(alice, "/api/pipelines", "isDefault") == [True]
    positions = names(alice, "/api/pipeline_states", "position")
    assert positions == list(range(len(positions)))
    assert len(positions) >= 1


def test_the_shape_of_the_specification(alice: Person) -> None:
    state = made(alice, "pipeline_states", name="Signed")
    pipeline = default(alice)
    assert state == {
        "@context": "/api/contexts/PipelineState",
        "@id": f"/api/pipeline_states/{state['id']}",
        "@type": "PipelineState",
        "id": state["id"],
        "name": "Signed",
        "color": "#3B82F6",
        "position": len(pipeline["states"]) - 1,
        "pipeline": pipeline["@id"],
        "kind": "open",
        "createdAt": state["createdAt"],
        "updatedAt": state["updatedAt"],
    }
    assert pipeline["states"][-1] == state["@id"]


def test_a_new_pipeline_is_empty_and_last(alice: Person) -> None:
    answer = alice.post("/api/pipelines", {"name": "Partners", "isDefault": True, "states": ["x"]})
    partners = answer.json()
    assert answer.status_code == 201
    assert (partners["@type"], partners["isDefault"], partners["states"]) == ("Pipeline", False, [])
    assert partners["position"] > default(alice)["position"]
    assert names(alice, "/api/pipelines")[-1] == "Partners"


def test_states_stand_in_the_order_of_their_positions(alice: Person) -> None:
    pipeline = made(alice, "pipelines")["@id"]
    for position in (None, 5, None, 0, 5):
        made(alice, "pipeline_states", pipeline=pipeline, position=position, name=f"at {position}")
    states = listed(alice, "/api/pipeline_states", params={"pipeline": pipeline})["hydra:member"]
    assert [state["position"] for state in states] == [0, 0, 5, 5, 6]
    assert alice.get(pipeline).json()["states"] == [state["@id"] for state in states]
    moved = alice.patch(states[0]["@id"], {"position": 9}).json()
    assert moved["position"] == 9
    assert alice.get(pipeline).json()["states"][-1] == moved["@id"]


def test_pipelines_come_by_position_and_their_states_by_pipeline(alice: Person) -> None:
    first = default(alice)
    partners = made(alice, "pipelines", name="Partners")
    later = made(alice, "pipeline_states", pipeline=partners["@id"], position=0)
    assert listed(alice, "/api/pipeline_states")["hydra:member"][-1]["@id"] == later["@id"]
    alice.patch(first["@id"], {"position": 9})
    assert names(alice, "/api/pipelines") == ["Partners", first["name"]]
    assert listed(alice, "/api/pipeline_states")["hydra:member"][0]["@id"] == later["@id"]


COLOURS = ["#10B981", "#10b981", "#000000", "#FFFFFF"]


def test_a_colour_has_six_digits(alice: Person, subtests: pytest.Subtests) -> None:
    for color in COLOURS:
        with subtests.test(color=color):
            _a_colour_has_six_digits(alice, color)


def _a_colour_has_six_digits(alice: Person, color: str) -> None:
    state = made(alice, "pipeline_states", color=color)
    assert state["color"] == color
    for nothing in (None, "", "  "):
        assert alice.patch(state["@id"], {"color": color}).json()["color"] == color
        assert alice.patch(state["@id"], {"color": nothing}).json()["color"] == "#3B82F6"
        assert made(alice, "pipeline_states", color=nothing)["color"] == "#3B82F6"


NO_COLOURS = ["#fff", "red", "10B981", "#10B98", "#10B9811", "#GGGGGG", "#10B981;", "rgb(1,2,3)"]


def test_another_colour_is_refused(house: House, subtests: pytest.Subtests) -> None:
    for color in NO_COLOURS:
        with subtests.test(color=color):
            _another_colour_is_refused(house, color)


def _another_colour_is_refused(house: House, color: str) -> None:
    state = made(house.alice, "pipeline_states")["@id"]
    with untouched(house):
        assert violations(house.alice.post("/api/pipeline_states", {"name": "x", "color": color})) == {
            "color": NOT_VALID
        }
        assert violations(house.alice.patch(state, {"color": color})) == {"color": NOT_VALID}


@pytest.mark.parametrize("collection", ["pipelines", "pipeline_states"])
def test_a_position_is_a_whole_number_from_0(house: House, collection: str) -> None:
    alice = house.alice
    item = made(alice, collection, position=0)
    assert item["position"] == 0
    assert alice.patch(item["@id"], {"position": None}).json()["position"] == 0
    with untouched(house):
        for wrong in ("-1", "-10" + "0" * 400, "10" + "0" * 400, "2147483648", "9223372036854775808"):
            body = b'{"name":"x","position":' + wrong.encode() + b"}"
            assert violations(alice.post(f"/api/{collection}", content=body)).keys() == {"position"}
            assert violations(alice.patch(item["@id"], content=body)).keys() == {"position"}


def test_a_state_never_leaves_its_pipeline(alice: Person) -> None:
    partners, state = made(alice, "pipelines")["@id"], first_state(alice)
    for other in (partners, None, "nonsense", 7, {"@id": partners}):
        assert alice.patch(state["@id"], {"pipeline": other}).json()["pipeline"] == state["pipeline"]


def test_a_deleted_state_leaves_its_contacts(alice: Person) -> None:
    state = first_state(alice)
    contact = made(alice, "contacts", pipelineState=state["@id"])
    assert alice.delete(state["@id"]).status_code == 204
    assert alice.get(state["@id"]).status_code == 404
    assert "pipelineState" not in alice.get(contact["@id"]).json()
    assert state["@id"] not in default(alice)["states"]


def test_a_deleted_pipeline_takes_its_states_and_leaves_its_contacts(alice: Person) -> None:
    pipeline = made(alice, "pipelines")["@id"]
    states = [made(alice, "pipeline_states", pipeline=pipeline)["@id"] for _ in range(2)]
    contacts = [made(alice, "contacts", pipelineState=state)["@id"] for state in states]
    assert alice.delete(pipeline).status_code == 204
    assert {alice.get(path).status_code for path in (pipeline, *states)} == {404}
    assert all("pipelineState" not in alice.get(contact).json() for contact in contacts)


def test_the_default_pipeline_stays(house: House) -> None:
    pipeline = default(house.alice)["@id"]
    with untouched(house):
        assert problem(house.alice.delete(pipeline))[0] == 409


def test_a_new_name_shows_in_contacts(alice: Person) -> None:
    state = first_state(alice)["@id"]
    contact = made(alice, "contacts", pipelineState=state)["@id"]
    alice.patch(state, {"name": "Renamed"})
    assert alice.get(contact).json()["pipelineState"]["name"] == "Renamed"


def test_a_workspace_whose_last_state_was_deleted_still_works(alice: Person) -> None:
    for state in default(alice)["states"]:
        assert alice.delete(state).status_code == 204
    assert default(alice)["states"] == []
    assert listed(alice, "/api/pipeline_states")["hydra:member"] == []
    assert made(alice, "pipeline_states")["position"] == 0
