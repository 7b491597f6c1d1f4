"""Links between records, in bodies and in answers (specification, section 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.dump import untouched
from tests.hydra.things import DUE, NOTHING, first_state, listed, made
from tests.hydra.wording import MISSING, UUID, problem, violations, wrong_type

if TYPE_CHECKING:
    from tests.conftest import House, Person

RELATIONS = (
    ("contacts", "pipelineState", "pipeline_states"),
    ("contacts", "owner", "users"),
    ("contact_tasks", "contact", "contacts"),
    ("contact_tasks", "company", "companies"),
    ("contact_tasks", "deal", "deals"),
    ("contact_tasks", "assignee", "users"),
    ("pipeline_states", "pipeline", "pipelines"),
    ("deals", "contact", "contacts"),
    ("deals", "company", "companies"),
    ("deals", "pipelineState", "pipeline_states"),
    ("deals", "owner", "users"),
    ("notes", "contact", "contacts"),
    ("notes", "company", "companies"),
    ("notes", "deal", "deals"),
)


def target(person: Person, collection: str) -> dict[str, Any]:
    """A record to link to."""
    if collection == "users":
        member: dict[str, Any] = listed(person, "/api/users")["hydra:member"][-1]
        return member
    return made(person, collection)


def linked(record: dict[str, Any], field: str) -> Any:
    """The IRI that a record shows, embedded or not."""
    shown = record.get(field)
    return shown["@id"] if isinstance(shown, dict) else shown


def test_every_spelling_of_a_link_is_read(house: House, subtests: pytest.Subtests) -> None:
    for collection, field, to in RELATIONS:
        with subtests.test(collection=collection, field=field, to=to):
            _every_spelling_of_a_link_is_read(house, collection, field, to)


def _every_spelling_of_a_link_is_read(house: House, collection: str, field: str, to: str) -> None:
    other = target(house.alice, to)
    iri, uuid = other["@id"], other["id"]
    spellings: tuple[Any, ...] = (
        iri,
        uuid,
        uuid.upper(),
        f"/api/{to}/{uuid.upper()}",
        f" {iri} ",
        f"http://carnet.example{iri}",
        {"@id": iri},
        {**other, "name": "not looked at", "odd": []},
        {"@id": iri, "@type": "Thing"},
    )
    for spelling in spellings:
        item = made(house.alice, collection, **{field: spelling})
        assert linked(item, field) == iri, spelling
        assert linked(house.alice.get(item["@id"]).json(), field) == iri


@pytest.mark.parametrize(("collection", "field", "to"), RELATIONS)
def test_a_link_that_cannot_be_read_is_an_invalid_iri(any_house: House, collection: str, field: str, to: str) -> None:
    alice = any_house.alice
    other, item = target(alice, to), made(alice, collection)
    wrong_kind = "/api/companies/" if to != "companies" else "/api/contacts/"
    spellings = (
        "nonsense",
        "7",
        other["id"][:-1],
        other["id"] + "0",
        other["id"].replace("-", ""),
        "{" + other["id"] + "}",
        "urn:uuid:" + other["id"],
        wrong_kind + other["id"],
        f"/api/{to}",
        f"/api/{to}/",
        f"/api/{to}/{other['id']}/",
        f"/api/{to}/{other['id']}?a=b",
        f"/{to}/{other['id']}",
        "Ünïcode",
    )
    with untouched(any_house):
        for spelling in spellings:
            refusal = (400, f'Invalid IRI "{spelling}".')
            whole = {"@id": spelling, "@type": other["@type"]}
            for value in (spelling, whole):
                needs = {name: item[name] for name in ("name", "title", "text", "dueDate", "contact") if name in item}
                assert problem(alice.post(f"/api/{collection}", {**needs, field: value})) == refusal
                if field != "pipeline":
                    assert problem(alice.patch(item["@id"], {field: value})) == refusal


def test_a_link_to_nothing_is_not_found(house: House, subtests: pytest.Subtests) -> None:
    for collection, field, to in RELATIONS:
        with subtests.test(collection=collection, field=field, to=to):
            _a_link_to_nothing_is_not_found(house, collection, field, to)


def _a_link_to_nothing_is_not_found(house: House, collection: str, field: str, to: str) -> None:
    alice = house.alice
    item = made(alice, collection)
    needs = {name: item[name] for name in ("name", "title", "text", "dueDate", "contact") if name in item}
    refusal = (400, f'Item not found for "/api/{to}/{NOTHING}".')
    with untouched(house):
        for value in (NOTHING, f"/api/{to}/{NOTHING}", {"@id": f"/api/{to}/{NOTHING}"}, NOTHING.upper()):
            assert problem(alice.post(f"/api/{collection}", {**needs, field: value})) == refusal
            if field != "pipeline":
                assert problem(alice.patch(item["@id"], {field: value})) == refusal


TAGGED = ("contacts", "contact_tasks", "deals")


def test_every_spelling_of_a_tag_is_read(house: House) -> None:
    alice = house.alice
    one, two = (made(alice, "tags") for _ in range(2))
    spellings: tuple[Any, ...] = (
        one["@id"],
        one["id"],
        one["id"].upper(),
        f" {one['@id']} ",
        f"http://carnet.example{one['@id']}",
        {"@id": one["@id"]},
        {**one, "name": "not looked at"},
    )
    for collection in TAGGED:
        for spelling in spellings:
            item = made(alice, collection, tags=[two["@id"], spelling, spelling])
            assert item["tags"] == [two["@id"], one["@id"]], spelling
            assert alice.get(item["@id"]).json()["tags"] == item["tags"]


def test_a_tag_that_is_none_is_refused(house: House) -> None:
    alice = house.alice
    tag = made(alice, "tags")["@id"]
    items = [made(alice, collection, tags=[tag])["@id"] for collection in TAGGED]
    wrong = ("nonsense", "", f"/api/contacts/{NOTHING}", f"{tag}/", f"{tag}?a=b", "/api/tags/")
    with untouched(house):
        for item in items:
            for nothing in (NOTHING, f"/api/tags/{NOTHING}", {"@id": f"/api/tags/{NOTHING}"}):
                refusal = (400, f'Item not found for "/api/tags/{NOTHING}".')
                assert problem(alice.patch(item, {"tags": [tag, nothing]})) == refusal
            for spelling in wrong:
                assert problem(alice.patch(item, {"tags": [tag, spelling]})) == (400, f'Invalid IRI "{spelling}".')
            for given, value in ((5, "integer"), ([tag], "array"), (True, "boolean"), (None, "null")):
                assert problem(alice.patch(item, {"tags": [tag, given]})) == wrong_type("tags[1]", "string", value)


def test_an_empty_text_unlinks(house: House) -> None:
    alice = house.alice
    state, user = first_state(alice)["@id"], target(alice, "users")["@id"]
    for nothing in ("", " ", None):
        contact = made(alice, "contacts", pipelineState=state, owner=user)
        after = alice.patch(contact["@id"], {"pipelineState": nothing, "owner": nothing}).json()
        assert not {"pipelineState", "owner"} & after.keys()
        assert not {"pipelineState", "owner"} & made(alice, "contacts", pipelineState=nothing, owner=nothing).keys()


def test_an_empty_object_or_one_without_an_iri_is_refused(any_house: House) -> None:
    contact = made(any_house.alice, "contacts")["@id"]
    with untouched(any_house):
        wrong: tuple[dict[str, Any], ...] = ({}, {"@id": None}, {"@id": 5}, {"@id": []}, {"name": "First talk"})
        for value in wrong:
            assert problem(any_house.alice.patch(contact, {"owner": value}))[0] == 400


def test_an_embedded_record_has_an_iri_and_a_type_but_no_context(anyone: Person) -> None:
    state = first_state(anyone)
    contact = made(anyone, "contacts", pipelineState=state["id"])
    expected = {"@id": state["@id"], "@type": "PipelineState", "id": state["id"], "name": state["name"]}
    assert contact["pipelineState"] == expected
    assert listed(anyone, "/api/contacts")["hydra:member"][0]["pipelineState"] == expected


def test_a_company_id_takes_a_uuid_and_names_what_is_wrong(house: House) -> None:
    alice = house.alice
    company = made(alice, "companies", name="Halden")
    for spelling in (company["id"], company["id"].upper(), company["@id"]):
        linked_now = made(alice, "contacts", companyId=spelling)
        assert (linked_now["companyId"], linked_now["company"]) == (company["id"], "Halden")
    contact = made(alice, "contacts")
    with untouched(house):
        for wrong in ("7", "nonsense", f"/api/contacts/{company['id']}"):
            assert violations(alice.patch(contact["@id"], {"companyId": wrong})) == {"companyId": UUID}
        assert violations(alice.patch(contact["@id"], {"companyId": NOTHING})) == {"companyId": MISSING}
        assert violations(alice.post("/api/contacts", {"name": "x", "companyId": NOTHING})) == {"companyId": MISSING}
        # A contact is no company, although both may be looked up by one kind of id.
        assert violations(alice.patch(contact["@id"], {"companyId": contact["id"]})) == {"companyId": MISSING}


def test_ids_in_upper_case_are_found(house: House) -> None:
    alice = house.alice
    task = made(alice, "contact_tasks", dueDate=DUE)
    path = f"/api/contact_tasks/{task['id'].upper()}"
    assert alice.get(path).json() == task
    assert alice.patch(path, {"title": "Again"}).json()["@id"] == task["@id"]
    assert alice.delete(path).status_code == 204
    assert alice.get(task["@id"]).status_code == 404
