"""Entity tags and conditional requests (specification, section 8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.dump import untouched
from tests.hydra.things import WRITABLE, first_state, made, needed
from tests.hydra.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person


def etag(person: Person, path: str) -> str:
    """The current tag of an item."""
    tag: str = person.get(path).headers["etag"]
    return tag


def test_every_answer_with_an_item_has_its_strong_tag(alice: Person, subtests: pytest.Subtests) -> None:
    for collection in WRITABLE:
        with subtests.test(collection=collection):
            _every_answer_with_an_item_has_its_strong_tag(alice, collection)


def _every_answer_with_an_item_has_its_strong_tag(alice: Person, collection: str) -> None:
    created = alice.post(f"/api/{collection}", needed(alice, collection))
    path = created.headers["location"]
    assert re.fullmatch(r'"[\x21\x23-\x7e]+"', created.headers["etag"])
    assert created.headers["etag"] == etag(alice, path)
    changed = alice.patch(path, {"name": "Another", "title": "Another", "enabled": False})
    assert changed.headers["etag"] == etag(alice, path) != created.headers["etag"]


def test_a_user_has_a_tag(anyone: Person) -> None:
    path = f"/api/users/{anyone.user.id}"
    assert anyone.get(path, headers={"if-none-match": etag(anyone, path)}).status_code == 304


PAYLOADS = [
    '{"second":1,"a":2}',
    '{"n":1e2}',
    '{"n":1.0,"m":-0.0,"big":1e300}',
    '{"n":0.1,"m":12345678901234567890}',
    '{"é":"\\u00e9","x":["\\ud83e\\uddf5"]}',
]


def test_a_payload_has_one_tag_however_it_is_asked(house: House, subtests: pytest.Subtests) -> None:
    for payload in PAYLOADS:
        with subtests.test(payload=payload):
            _a_payload_has_one_tag_however_it_is_asked(house, payload)


def _a_payload_has_one_tag_however_it_is_asked(house: House, payload: str) -> None:
    task = made(house.alice, "contact_tasks")["@id"]
    changed = house.alice.patch(task, content=b'{"payload":' + payload.encode() + b"}")
    assert changed.headers["etag"] == etag(house.alice, task)
    again = house.alice.patch(task, {"title": "x"}, headers={"if-match": changed.headers["etag"]})
    assert again.status_code == 200


CHANGES: dict[str, Callable[[Person, dict[str, Any]], object]] = {
    "the company is renamed": lambda who, contact: who.patch(
        f"/api/companies/{contact['companyId']}", {"name": "Renamed"}
    ),
    "the state is renamed": lambda who, contact: who.patch(contact["pipelineState"]["@id"], {"name": "Renamed"}),
    "the company is deleted": lambda who, contact: who.delete(f"/api/companies/{contact['companyId']}"),
    "the state is deleted": lambda who, contact: who.delete(contact["pipelineState"]["@id"]),
    "it is moved": lambda who, contact: who.patch(contact["@id"] + "/pipeline-state"),
    "it is extended": lambda who, contact: who.post(contact["@id"] + "/extend", {"text": "x"}),
    "it is changed": lambda who, contact: who.patch(contact["@id"], {"position": "Buyer"}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_contact_has_another_tag_when(alice: Person, change: Callable[[Person, dict[str, Any]], object]) -> None:
    contact = made(alice, "contacts", company="Halden", pipelineState=first_state(alice)["id"])
    before = etag(alice, contact["@id"])
    change(alice, contact)
    assert etag(alice, contact["@id"]) != before
    assert alice.get(contact["@id"], headers={"if-none-match": before}).status_code == 200


def test_what_bore_a_deleted_tag_has_another_tag(alice: Person) -> None:
    label = made(alice, "tags")["@id"]
    paths = [made(alice, name, tags=[label])["@id"] for name in ("contacts", "contact_tasks", "deals")]
    before = [etag(alice, path) for path in paths]
    alice.patch(label, {"name": "Renamed"})
    assert [etag(alice, path) for path in paths] == before
    alice.delete(label)
    after = [etag(alice, path) for path in paths]
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_other_representations_change_with_what_they_show(alice: Person) -> None:
    pipeline, company = made(alice, "pipelines")["@id"], made(alice, "companies", name="Halden")["@id"]
    before = [etag(alice, path) for path in (pipeline, company)]
    made(alice, "pipeline_states", pipeline=pipeline)
    made(alice, "contacts", company="Halden")
    after = [etag(alice, path) for path in (pipeline, company)]
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_nothing_changed_is_the_same_tag(alice: Person) -> None:
    contact = made(alice, "contacts", company="Halden")
    before = etag(alice, contact["@id"])
    assert alice.patch(contact["@id"], contact).headers["etag"] == before
    assert alice.patch(contact["@id"]).headers["etag"] == before


def test_what_the_caller_has_already_is_not_sent_again(anyone: Person) -> None:
    path = made(anyone, "contacts")["@id"]
    tag = etag(anyone, path)
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*", f'W/"x",{tag} '):
        for method in ("GET", "HEAD"):
            answer = anyone.request(method, path, headers={"if-none-match": known})
            assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
            assert "content-type" not in answer.headers
    for other in ('"other"', tag.strip('"'), tag.upper(), "", '"*"'):
        assert anyone.get(path, headers={"if-none-match": other}).status_code == 200


WRITES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("PATCH", "", {"name": "Another"}),
    ("POST", "/extend", {"text": "x"}),
    ("PATCH", "/pipeline-state", {}),
    ("DELETE", "", {}),
)


@pytest.mark.parametrize(("method", "action", "body"), WRITES)
def test_a_write_under_another_tag_changes_nothing(
    house: House, method: str, action: str, body: dict[str, Any]
) -> None:
    alice = house.alice
    path = made(alice, "contacts", pipelineState=first_state(alice)["id"])["@id"]
    old = etag(alice, path)
    alice.patch(path, {"position": "Buyer"})
    with untouched(house):
        for stale in (old, '"other"', f"W/{etag(alice, path)}", f'{old}, "other"', "", "nonsense"):
            answer = alice.request(method, path + action, json=body, headers={"if-match": stale})
            assert problem(answer)[0] == 412
    for current in ("*", etag(alice, path)):
        again = made(alice, "contacts")["@id"] if current == "*" else path
        listed = f'"other", {current}' if current != "*" else current
        answer = alice.request(method, again + action, json=body, headers={"if-match": listed})
        assert answer.status_code in {200, 204}


def test_every_class_keeps_the_condition(house: House, subtests: pytest.Subtests) -> None:
    for collection in WRITABLE:
        with subtests.test(collection=collection):
            _every_class_keeps_the_condition(house, collection)


def _every_class_keeps_the_condition(house: House, collection: str) -> None:
    item = made(house.alice, collection)["@id"]
    body = {"name": "Another", "title": "Another"}
    with untouched(house):
        for method in ("PATCH", "DELETE"):
            answer = house.alice.request(method, item, json=body, headers={"if-match": '"other"'})
            assert problem(answer)[0] == 412
    changed = house.alice.patch(item, body, headers={"if-match": etag(house.alice, item)})
    assert changed.status_code == 200
    assert house.alice.delete(item, headers={"if-match": changed.headers["etag"]}).status_code == 204


def test_without_a_condition_the_last_write_wins(alice: Person, bob: Person) -> None:
    path = made(alice, "contacts")["@id"]
    for person, name in ((alice, "one"), (bob, "two"), (alice, "three")):
        assert person.patch(path, {"name": name}).status_code == 200
    assert bob.get(path).json()["name"] == "three"


def test_a_missing_item_is_missing_under_any_condition(anyone: Person) -> None:
    path = made(anyone, "contacts")["@id"]
    anyone.delete(path)
    for method in ("PATCH", "DELETE"):
        for condition in ("*", '"x"'):
            assert anyone.request(method, path, json={}, headers={"if-match": condition}).status_code in {404, 412}
    assert anyone.get(path, headers={"if-none-match": "*"}).status_code == 404
