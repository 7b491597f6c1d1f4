"""Ids of another workspace are ids of nothing, in every operation there is (specification, section 1).

The tests walk the operation table and the tables of fields and filters, so that a new one fails here until it has
what its test needs: a body in `BODIES`, or a stranger's record in `stranger`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.dialects.hydra import filters
from carnet.dialects.hydra.links import Relation, Tags, Uuid
from carnet.dialects.hydra.operations import CLASSES
from carnet.dialects.hydra.tongue import Hydra
from carnet.settings import Settings
from tests.hydra import posting
from tests.hydra.dump import untouched
from tests.hydra.posting import queued
from tests.hydra.things import NOTHING, first_state, listed, made, needed

if TYPE_CHECKING:
    import httpx
    import pytest

    from carnet.dialects.hydra.classes import Class
    from carnet.http.operations import Operation
    from tests.conftest import House, Person

OPERATIONS = Hydra(Settings()).operations
ON_ITEMS = [operation for operation in OPERATIONS if "{id}" in operation.path]
BODIES: dict[str, Any] = {
    **{f"get{each.name}": None for each in CLASSES},
    **{f"patch{each.name}": {"name": "Another", "title": "Another"} for each in CLASSES},
    **{f"delete{each.name}": None for each in CLASSES},
    "extendContact": {"text": "x"},
    "moveContact": {},
    "getContactTimeline": None,
    "mergeContact": {},
    "getWebhookAttempts": None,
    "replayWebhook": {},
    **posting.BODIES,
}
"""What each operation on an item is sent."""
COLLECTIONS = {each.name: each.collection for each in CLASSES}


def stranger(house: House, class_name: str) -> str:
    """The id of a record of that class in Mallory's workspace."""
    mallory = house.mallory
    if class_name == "User":
        return mallory.user.id
    if class_name == "PipelineState":
        return str(first_state(mallory)["id"])
    return str(made(mallory, COLLECTIONS[class_name].removeprefix("/api/"))["id"])


def own(person: Person, described: Class) -> str:
    """The id of a record of the class in the person's own workspace."""
    if described.name == "User":
        return person.user.id
    return str(made(person, described.collection.removeprefix("/api/"))["id"])


def shown(answer: httpx.Response, *ids: str) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
    """All of an answer but the ids that it repeats and the request's own."""
    content = answer.content
    for each in ids:
        content = content.replace(each.encode(), b"ID").replace(each.upper().encode(), b"ID")
    headers = [(name, value) for name, value in answer.headers.raw if name not in {b"x-request-id", b"content-length"}]
    return answer.status_code, content, headers


def test_in_a_path(house: House, subtests: pytest.Subtests) -> None:
    for operation in ON_ITEMS:
        with subtests.test(operation.name):
            _in_a_path(house, operation)


def _in_a_path(house: House, operation: Operation) -> None:
    theirs = stranger(house, operation.about.described.name)
    body, alice = BODIES[operation.name], house.alice
    mine = own(alice, operation.about.described)
    session = queued(alice, mine) if "/emails/" in operation.path else ""
    if operation.name == "takeBackEmail":
        body = {"sessionId": session}
    if operation.name == "mergeContact":
        body = {"other": own(alice, operation.about.described)}

    def ask(record_id: str, **headers: str) -> httpx.Response:
        path = "/api" + operation.path.replace("{id}", record_id).replace("{sessionId}", session)
        return alice.request(operation.method, path, headers=headers, **({"json": body} if body is not None else {}))

    with untouched(house):
        for spelled in (str, str.upper):
            for headers in ({}, {"if-match": "*"}, {"if-none-match": "*"}, {"accept": "application/json"}):
                answer = ask(spelled(theirs), **headers)
                assert answer.status_code == 404
                assert shown(answer, theirs) == shown(ask(spelled(NOTHING), **headers), NOTHING)
    assert ask(mine).status_code in {200, 204}


LINKS = [
    (each, field)
    for each in CLASSES
    for field in each.fields
    if field.writable and isinstance(field, (Relation, Uuid, Tags))
]


def test_every_field_that_takes_an_iri_is_walked() -> None:
    walked = {(each.name, field.wire) for each, field in LINKS}
    told = {
        (each.name, field.wire)
        for each in CLASSES
        for field in each.fields
        if field.writable
        and {"iri-reference", "uuid"} & {field.json.get("format"), dict(field.json.get("items") or {}).get("format")}
    }
    assert walked == told
    assert len(walked) >= 10


def test_in_a_body(house: House, subtests: pytest.Subtests) -> None:
    for described, field in LINKS:
        with subtests.test(f"{described.name}.{field.wire}"):
            _in_a_body(house, described, field)


def _in_a_body(house: House, described: Class, field: Any) -> None:
    alice, name = house.alice, described.collection.removeprefix("/api/")
    target = CLASS_OF[field.wire]
    collection = COLLECTIONS[target]
    theirs, item, body = stranger(house, target), made(alice, name)["@id"], needed(alice, name)

    def refusals(record_id: str) -> list[tuple[int, bytes, list[tuple[bytes, bytes]]]]:
        answers = []
        for spelling in (record_id, record_id.upper(), f"{collection}/{record_id}"):
            value = [spelling] if isinstance(field, Tags) else spelling
            answers.append(alice.post(described.collection, {**body, field.wire: value}))
            if not field.once:
                answers.append(alice.patch(item, {field.wire: value}))
        assert {answer.status_code for answer in answers} <= {400, 422}
        return [shown(answer, record_id) for answer in answers]

    with untouched(house):
        assert refusals(theirs) == refusals(NOTHING)


def test_in_the_body_of_a_move(house: House) -> None:
    contact = made(house.alice, "contacts", pipelineState=first_state(house.alice)["id"])["@id"]
    theirs = stranger(house, "PipelineState")
    with untouched(house):
        told = [
            shown(house.alice.patch(contact + "/pipeline-state", {"stateId": each}), each) for each in (theirs, NOTHING)
        ]
    assert told[0] == told[1]
    assert told[0][0] == 422


LEDGER = {"mergeContact", "getDuplicateContacts", "getEvents", "getEvent", "undoEvent", "getContactTimeline"}
"""What tests/hydra/test_ledger.py and test_merging.py ask."""


WEBHOOKS = {"getWebhookAttempts", "replayWebhook"}
"""What tests/webhooks asks."""
BULK = {operation.name for operation in OPERATIONS if operation.path.endswith("/bulk")}
"""What tests/hydra/test_bulk.py asks."""


def test_every_body_that_is_no_class_is_known_here() -> None:
    actions = {operation.name for operation in OPERATIONS if operation.about.kind == "action"}
    assert actions == {
        "extendContact",
        "moveContact",
        "prepareContact",
        "confirmContact",
        *posting.BODIES,
        *LEDGER,
        *WEBHOOKS,
        *BULK,
    }


FILTERS = [
    (each, parameter) for each in CLASSES for parameter in each.parameters if isinstance(parameter, filters.Link)
]
CLASS_OF = {
    "contact": "Contact",
    "company": "Company",
    "companyId": "Company",
    "assignee": "User",
    "owner": "User",
    "pipeline": "Pipeline",
    "pipelineState": "PipelineState",
    "deal": "Deal",
    "tags": "Tag",
}


def test_in_a_filter(house: House, subtests: pytest.Subtests) -> None:
    for described, parameter in FILTERS:
        with subtests.test(f"{described.name}.{parameter.wire}"):
            _in_a_filter(house, described, parameter)


def _in_a_filter(house: House, described: Class, parameter: Any) -> None:
    target = described.name if parameter.wire == "id" else CLASS_OF[parameter.wire]
    theirs = stranger(house, target)
    own(house.alice, described)
    folder = COLLECTIONS[target]
    for record_id in (theirs, NOTHING):
        for value in (record_id, f"{folder}/{record_id}"):
            for spelling in (
                f"{parameter.wire}={value}",
                f"{parameter.wire}[]={value}",
                f"{parameter.wire}[0]={value}",
            ):
                found = listed(house.alice, f"{described.collection}?{spelling}")
                assert (found["hydra:totalItems"], found["hydra:member"]) == (0, []), spelling


def test_a_list_shows_nothing_of_another_workspace(house: House, subtests: pytest.Subtests) -> None:
    for described in CLASSES:
        with subtests.test(described.name):
            _a_list_shows_nothing_of_another_workspace(house, described)


def _a_list_shows_nothing_of_another_workspace(house: House, described: Class) -> None:
    theirs = stranger(house, described.name)
    ours = own(house.alice, described)
    queries = ["", "?itemsPerPage=100&page=1"] + [
        f"?{variable}={value}"
        for parameter in described.parameters
        for variable in parameter.variables()
        for value in ("a", "asc", "true", "1900-01-01", "2100-01-01")
    ]
    for query in queries:
        text = house.alice.get(described.collection + query).text
        assert theirs not in text, query
    assert ours in house.alice.get(described.collection).text
    assert theirs in house.mallory.get(described.collection).text


def test_a_company_of_the_same_name_elsewhere_is_another(house: House) -> None:
    theirs = made(house.mallory, "companies", name="Halden")
    contact = made(house.alice, "contacts", company="Halden")
    assert contact["companyId"] != theirs["id"]
    assert house.mallory.get(theirs["@id"]).json()["contactsCount"] == 0


def test_a_tag_of_the_same_name_elsewhere_takes_nothing(house: House) -> None:
    theirs = made(house.mallory, "tags", name="Supplier")
    ours = made(house.alice, "tags", name="supplier")
    assert ours["id"] != theirs["id"]
    assert house.alice.post("/api/tags", {"name": "SUPPLIER"}).status_code == 422
    assert listed(house.mallory, "/api/tags")["hydra:totalItems"] == 1


def test_a_record_made_elsewhere_lands_there(house: House) -> None:
    made(house.mallory, "contacts")
    made(house.mallory, "pipeline_states")
    assert listed(house.alice, "/api/contacts")["hydra:totalItems"] == 0
    mine = listed(house.alice, "/api/pipeline_states")["hydra:totalItems"]
    assert listed(house.mallory, "/api/pipeline_states")["hydra:totalItems"] == mine + 1
