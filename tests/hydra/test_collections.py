"""Pages of collections (specification, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts, tasks
from carnet.core.contacts import ContactDraft
from carnet.core.tasks import TaskDraft
from tests.hydra.fields import CLASSES
from tests.hydra.things import listed, made, names
from tests.hydra.wording import problem

if TYPE_CHECKING:
    from tests.conftest import House, Person

COLLECTIONS = {collection: kind for kind, collection in CLASSES.items()}
HUGE = "1" + "0" * 400


def people(person: Person, number: int) -> list[str]:
    """That many contacts, as a list shows them: newest first."""
    made_now = [person.does(contacts.create, ContactDraft(name=f"n{at % 7}")) for at in range(number)]
    return [contact.id for contact in reversed(made_now)]


def ids(collection: dict[str, Any]) -> list[str]:
    """The ids of a page."""
    return [member["id"] for member in collection["hydra:member"]]


@pytest.mark.parametrize(("name", "kind"), COLLECTIONS.items())
def test_a_collection_has_its_keys_in_order(alice: Person, name: str, kind: str) -> None:
    if name != "users":
        made(alice, name)
    path = f"/api/{name}"
    collection = listed(alice, path)
    assert list(collection) == ["@context", "@id", "@type", "hydra:totalItems", "hydra:member", "hydra:search"]
    assert collection["@context"] == f"/api/contexts/{kind}"
    assert (collection["@id"], collection["@type"]) == (path, "hydra:Collection")
    assert collection["hydra:totalItems"] == len(collection["hydra:member"])
    for member in collection["hydra:member"]:
        assert list(member)[:3] == ["@id", "@type", "id"]
        assert (member["@id"], member["@type"]) == (f"{path}/{member['id']}", kind)
        item = alice.get(member["@id"]).json()
        assert list(item)[:4] == ["@context", "@id", "@type", "id"]
        assert item == {"@context": f"/api/contexts/{kind}", **member}
    assert listed(alice, path + "?page=1&q=zzz&order[name]=asc")["@id"] == path


def test_three_pages_of_thirty(house: House) -> None:
    everyone = people(house.alice, 61)
    views = []
    for page, expected in ((1, everyone[:30]), (2, everyone[30:60]), (3, everyone[60:])):
        collection = listed(house.alice, f"/api/contacts?page={page}")
        assert list(collection)[5:] == ["hydra:view", "hydra:search"]
        assert (collection["hydra:totalItems"], ids(collection)) == (61, expected)
        views.append(collection["hydra:view"])
    ends = {"hydra:first": "/api/contacts?page=1", "hydra:last": "/api/contacts?page=3"}
    view = {"@type": "hydra:PartialCollectionView", **ends}
    assert views == [
        {"@id": "/api/contacts?page=1", **view, "hydra:next": "/api/contacts?page=2"},
        {
            "@id": "/api/contacts?page=2",
            **view,
            "hydra:previous": "/api/contacts?page=1",
            "hydra:next": "/api/contacts?page=3",
        },
        {"@id": "/api/contacts?page=3", **view, "hydra:previous": "/api/contacts?page=2"},
    ]
    assert listed(house.alice, "/api/contacts")["hydra:view"] == views[0]


def test_a_page_past_the_end_is_empty(house: House) -> None:
    people(house.alice, 31)
    for page in ("3", "4", "1000000", "9" * 18, "9" * 19, HUGE):
        for more in ("", "&name=n", "&order[name]=asc"):
            collection = listed(house.alice, f"/api/contacts?page={page}{more}")
            assert (collection["hydra:totalItems"], collection["hydra:member"]) == (31, [])
            view = collection["hydra:view"]
            assert "hydra:next" not in view
            assert view["hydra:last"].endswith("page=2")
            assert view["hydra:previous"].endswith("page=2")
    nothing = listed(house.alice, "/api/companies?page=7")
    assert (nothing["hydra:totalItems"], nothing["hydra:member"], "hydra:view" in nothing) == (0, [], False)


@pytest.mark.parametrize(
    "page", ["0", "-1", "", "%20", "x", "1.0", "1e1", "0x1", "٣", "1%00", "null", "00", "-" + HUGE]
)
def test_what_is_no_page_is_refused(anyone: Person, page: str) -> None:
    for name in COLLECTIONS:
        answer = anyone.get(f"/api/{name}?page={page}")
        assert problem(answer) == (400, "Page should not be less than 1")


@pytest.mark.parametrize("limit", ["-1", "", "x", "1.0", "1e1", "٣", "1%00", "-" + HUGE])
def test_what_is_no_limit_is_refused(anyone: Person, limit: str) -> None:
    for name in COLLECTIONS:
        answer = anyone.get(f"/api/{name}?itemsPerPage={limit}")
        assert problem(answer) == (400, "Limit should not be less than 0")


def test_leading_zeros_count_for_nothing(anyone: Person) -> None:
    people(anyone, 3)
    assert len(ids(listed(anyone, "/api/contacts?page=" + "0" * 30 + "1"))) == 3
    assert len(ids(listed(anyone, "/api/contacts?itemsPerPage=" + "0" * 30 + "2"))) == 2
    assert problem(anyone.get("/api/contacts?page=" + "0" * 30)) == (400, "Page should not be less than 1")


def test_a_page_has_as_many_items_as_asked_up_to_a_hundred(house: House) -> None:
    everyone = people(house.alice, 101)
    for asked, given in (("1", 1), ("7", 7), ("100", 100), ("101", 100), ("5000", 100), (HUGE, 100)):
        for more in ("", "&name=n"):
            collection = listed(house.alice, f"/api/contacts?itemsPerPage={asked}{more}")
            assert (ids(collection), collection["hydra:totalItems"]) == (everyone[:given], 101)


def test_no_items_at_all_have_the_true_total(house: House) -> None:
    people(house.alice, 5)
    for path in (
        "/api/contacts?itemsPerPage=0",
        "/api/contacts?itemsPerPage=0&page=2",
        "/api/contacts?itemsPerPage=0&name=n",
    ):
        collection = listed(house.alice, path)
        assert (collection["hydra:totalItems"], collection["hydra:member"]) == (5, [])
        assert "hydra:view" in collection


@pytest.mark.parametrize(
    "ignored", ["pagination=false", "pagination=0", "partial=true", "partial=1", "odd=1", "order=asc"]
)
def test_what_is_unknown_changes_nothing(anyone: Person, ignored: str) -> None:
    everyone = people(anyone, 31)
    collection = listed(anyone, f"/api/contacts?{ignored}")
    assert (ids(collection), collection["hydra:totalItems"]) == (everyone[:30], 31)
    assert collection["hydra:view"]["hydra:next"] == f"/api/contacts?{ignored}&page=2"


def test_one_page_has_a_view_only_where_more_than_the_page_is_asked(anyone: Person) -> None:
    people(anyone, 3)
    for path in ("/api/contacts", "/api/contacts?page=1", "/api/contacts?page=2"):
        assert "hydra:view" not in listed(anyone, path)
    for query, shown in (
        ("itemsPerPage=30", "itemsPerPage=30"),
        ("name=n&page=1", "name=n"),
        ("order[name]=asc", "order%5Bname%5D=asc"),
        ("odd", "odd="),
        ("name=zzz", "name=zzz"),
    ):
        view = listed(anyone, f"/api/contacts?{query}")["hydra:view"]
        assert view == {"@id": f"/api/contacts?{shown}", "@type": "hydra:PartialCollectionView"}


def test_links_keep_the_other_parameters_encoded_and_end_with_the_page(anyone: Person) -> None:
    people(anyone, 3)
    query = "page=2&order%5Bname%5D=asc&itemsPerPage=1&odd=a%20b%26c%3Dd&odd=%C3%A9%2F%3F&name[]=N"
    view = listed(anyone, f"/api/contacts?{query}")["hydra:view"]
    kept = "order%5Bname%5D=asc&itemsPerPage=1&odd=a%20b%26c%3Dd&odd=%C3%A9%2F%3F&name%5B%5D=N"
    links = {"@id": 2, "hydra:first": 1, "hydra:last": 3, "hydra:previous": 1, "hydra:next": 3}
    assert {name: view[name] for name in links} == {
        name: f"/api/contacts?{kept}&page={page}" for name, page in links.items()
    }


def test_members_newest_first(alice: Person) -> None:
    for collection, field in (("contacts", "name"), ("companies", "name"), ("deals", "title"), ("notes", "text")):
        for text in ("b", "a", "c"):
            made(alice, collection, **{field: text})
        assert names(alice, f"/api/{collection}", field) == ["c", "a", "b"]


def test_tags_by_name(alice: Person) -> None:
    for name in ("b", "É", "a", "D", "e"):
        made(alice, "tags", name=name)
    assert names(alice, "/api/tags") == ["a", "b", "D", "É", "e"]


def test_tasks_by_due_date_then_id(house: House) -> None:
    alice = house.alice
    dates = ("2026-03-01", "2026-01-01", None, "2026-02-01", "2026-01-01", None)
    made_now = []
    for at, due in enumerate(dates):
        if due is None:
            made_now.append(alice.does(tasks.create, TaskDraft(title=str(at))).id)
        else:
            made_now.append(made(alice, "contact_tasks", title=str(at), dueDate=due)["id"])
    expected = [made_now[at] for at in (1, 4, 3, 0, 2, 5)]
    assert ids(listed(alice, "/api/contact_tasks")) == expected
    assert ids(listed(alice, "/api/contact_tasks?title[]=")) == expected


def walked(person: Person, path: str) -> list[dict[str, Any]]:
    """Every member, by following `next` from the first page."""
    members: list[dict[str, Any]] = []
    total = None
    while path:
        collection = listed(person, path)
        members += collection["hydra:member"]
        assert total in {None, collection["hydra:totalItems"]}
        total = collection["hydra:totalItems"]
        path = collection.get("hydra:view", {}).get("hydra:next")
        assert len(members) <= total
    assert len(members) == total
    return members


@pytest.mark.parametrize("name", [each for each in COLLECTIONS if each != "users"])
def test_walking_shows_each_exactly_once_in_every_order(house: House, name: str) -> None:
    alice = house.alice
    for at in range(17):
        made(alice, name, **_likeness(name, at))
    everything = {member["id"] for member in listed(alice, f"/api/{name}?itemsPerPage=100")["hydra:member"]}
    mapping = listed(alice, f"/api/{name}")["hydra:search"]["hydra:mapping"]
    orders = [each["variable"] for each in mapping if each["variable"].startswith("order[")]
    assert orders
    for order in ["", *(f"&{order}={way}" for order in orders for way in ("asc", "DESC"))]:
        members = walked(alice, f"/api/{name}?itemsPerPage=4{order}")
        assert {member["id"] for member in members} == everything, order
        assert len(members) == len(everything)


def _likeness(name: str, at: int) -> dict[str, Any]:
    """Records of which several look alike."""
    if name == "contact_tasks":
        return {"title": f"t{at % 3}", "dueDate": f"2026-01-0{at % 3 + 1}"}
    if name == "deals":
        some_amount = {"amount": at % 3} if at % 4 else {}
        return {"title": f"t{at % 3}", "expectedCloseDate": f"2026-01-0{at % 3 + 1}"} | some_amount
    if name in {"notes", "tags", "webhooks"}:
        return {}
    return {"name": f"n{at % 3}"} | ({"position": at % 3} if name.startswith("pipeline") else {})
