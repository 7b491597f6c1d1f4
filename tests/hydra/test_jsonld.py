"""Every answer as a JSON-LD processor reads it (specification, sections 6 and 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pyld import jsonld

from tests.hydra.fields import CLASSES
from tests.hydra.things import made

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.conftest import House

BASE = "http://carnet.example"
HYDRA = "http://www.w3.org/ns/hydra/core#"
VOCAB = f"{BASE}/api/docs.jsonld#"
XSD = "http://www.w3.org/2001/XMLSchema#"
Node = dict[str, Any]


@pytest.fixture(params=[True, False], ids=["prefixed", "plain"])
def there(request: pytest.FixtureRequest, new_house: Callable[..., House]) -> House:
    """A house in each of the two spellings."""
    return new_house(hydra_prefix=request.param)


def expanded(house: House, answer: httpx.Response) -> Node:
    """The one node of an answer, its contexts read from the application without a token."""

    def load(url: str, _options: Any) -> Node:
        assert url.startswith(f"{BASE}/api/contexts/"), url
        context = house.request("GET", url.removeprefix(BASE), headers={"accept": "application/ld+json"})
        assert context.status_code == 200
        assert context.headers["content-type"].startswith("application/ld+json")
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": context.json(),
        }

    url = f"{BASE}{answer.request.url.raw_path.decode()}"
    (node,) = jsonld.expand(answer.json(), {"base": url, "documentLoader": load})
    found: Node = node
    return found


def value(node: Node, term: str) -> Any:
    """The one value of a property."""
    (found,) = node[term]
    return found.get("@id", found.get("@value"))


def test_an_item(there: House) -> None:
    state = first_state_of(there)
    contact = made(there.alice, "contacts", company="Halden", pipelineState=state, owner=there.alice.user.id)
    node = expanded(there, there.alice.get(contact["@id"]))
    assert node["@id"] == f"{BASE}{contact['@id']}"
    assert node["@type"] == [f"{VOCAB}Contact"]
    assert value(node, f"{VOCAB}Contact/name") == "Inès Aubry"
    assert value(node, f"{VOCAB}Contact/owner") == f"{BASE}/api/users/{there.alice.user.id}"
    (embedded,) = node[f"{VOCAB}Contact/pipelineState"]
    assert embedded["@id"] == f"{BASE}/api/pipeline_states/{state}"
    assert embedded["@type"] == [f"{VOCAB}PipelineState"]


def first_state_of(house: House) -> str:
    """The id of a state, in either spelling."""
    found = house.alice.get("/api/pipeline_states").json()
    state: str = found.get("hydra:member", found.get("member"))[0]["id"]
    return state


def test_a_task_has_a_title_of_its_own(there: House) -> None:
    task = made(there.alice, "contact_tasks", title="Call", payload={"a": {"title": 1}}, assignee=there.bob.user.id)
    node = expanded(there, there.alice.get(task["@id"]))
    assert value(node, f"{VOCAB}ContactTask/title") == "Call"
    assert value(node, f"{VOCAB}ContactTask/contact") == f"{BASE}{task['contact']}"
    assert value(node, f"{VOCAB}ContactTask/assignee") == f"{BASE}/api/users/{there.bob.user.id}"


def test_what_hangs_on_a_deal(there: House) -> None:
    alice = there.alice
    tags = [made(alice, "tags")["@id"] for _ in range(2)]
    deal = made(alice, "deals", amount=12500.5, tags=tags, contact=made(alice, "contacts", tags=tags)["@id"])
    node = expanded(there, alice.get(deal["@id"]))
    assert value(node, f"{VOCAB}Deal/amount") == 12500.5
    assert value(node, f"{VOCAB}Deal/contact") == f"{BASE}{deal['contact']}"
    assert node[f"{VOCAB}Deal/tags"] == [{"@id": BASE + tag} for tag in tags]
    note = expanded(there, alice.get(made(alice, "notes", deal=deal["@id"], title="Linen")["@id"]))
    assert value(note, f"{VOCAB}Note/deal") == f"{BASE}{deal['@id']}"
    assert value(note, f"{VOCAB}Note/title") == "Linen"
    task = expanded(there, alice.get(made(alice, "contact_tasks", deal=deal["@id"], tags=tags)["@id"]))
    assert value(task, f"{VOCAB}ContactTask/deal") == f"{BASE}{deal['@id']}"
    assert task[f"{VOCAB}ContactTask/tags"] == [{"@id": BASE + tag} for tag in tags]


@pytest.mark.parametrize("name", ["companies", "deals", "notes", "pipelines", "pipeline_states", "tags", "users"])
def test_every_other_class(there: House, name: str) -> None:
    if name != "users":
        made(there.alice, name)
    collection = expanded(there, there.alice.get(f"/api/{name}"))
    for member in collection[f"{HYDRA}member"]:
        node = expanded(there, there.alice.get(member["@id"].removeprefix(BASE)))
        assert node["@id"] == member["@id"]
        assert node["@type"] == member["@type"]
        assert all(term.startswith((VOCAB, "@")) for term in node)


def test_a_collection_links_its_pages(there: House) -> None:
    for _ in range(5):
        made(there.alice, "contacts")
    answer = there.alice.get("/api/contacts?itemsPerPage=2&page=2&order[name]=asc")
    node = expanded(there, answer)
    assert node["@id"] == f"{BASE}/api/contacts"
    assert node["@type"] == [f"{HYDRA}Collection"]
    assert value(node, f"{HYDRA}totalItems") == 5
    assert [member["@type"] for member in node[f"{HYDRA}member"]] == [[f"{VOCAB}Contact"]] * 2
    (view,) = node[f"{HYDRA}view"]
    assert view["@type"] == [f"{HYDRA}PartialCollectionView"]
    for term, page in (("first", 1), ("previous", 1), ("next", 3), ("last", 3)):
        (link,) = view[f"{HYDRA}{term}"]
        assert link == {"@id": f"{BASE}/api/contacts?itemsPerPage=2&order%5Bname%5D=asc&page={page}"}


def test_a_collection_tells_how_to_search_it(there: House) -> None:
    node = expanded(there, there.alice.get("/api/contacts"))
    (search,) = node[f"{HYDRA}search"]
    assert search["@type"] == [f"{HYDRA}IriTemplate"]
    assert value(search, f"{HYDRA}template").startswith("/api/contacts{?name,")
    assert len(search[f"{HYDRA}mapping"]) > 10


@pytest.mark.parametrize("path", ["/api/contacts?page=0", "/api/nothing", f"/api/contacts/{'0' * 36}"])
def test_an_error(there: House, path: str) -> None:
    answer = there.alice.get(path)
    node = expanded(there, answer)
    assert node["@type"] == [f"{HYDRA}Error"]
    assert value(node, f"{HYDRA}description") == answer.json()["detail"]
    assert value(node, f"{HYDRA}title") == "An error occurred"


def test_an_error_about_the_credential(there: House) -> None:
    node = expanded(there, there.request("GET", "/api/contacts"))
    assert value(node, f"{HYDRA}description").startswith("Full authentication is required")


def test_a_violation(there: House) -> None:
    answer = there.alice.post("/api/contacts", {"name": "", "emails": ["x"]})
    node = expanded(there, answer)
    assert node["@type"] == [f"{VOCAB}ConstraintViolation"]
    assert value(node, f"{HYDRA}description") == answer.json()["detail"]
    assert len(node[f"{VOCAB}violations"]) == 2


def test_the_entrypoint(there: House) -> None:
    node = expanded(there, there.request("GET", "/api"))
    assert (node["@id"], node["@type"]) == (f"{BASE}/api", [f"{VOCAB}Entrypoint"])
    assert value(node, f"{VOCAB}Entrypoint/contactTask") == f"{BASE}/api/contact_tasks"


def test_the_documentation(there: House) -> None:
    node = expanded(there, there.request("GET", "/api/docs.jsonld"))
    assert (node["@id"], node["@type"]) == (f"{BASE}/api/docs.jsonld", [f"{HYDRA}ApiDocumentation"])
    assert value(node, f"{HYDRA}entrypoint") == f"{BASE}/api"
    classes = {each["@id"]: each for each in node[f"{HYDRA}supportedClass"]}
    assert classes.keys() == {f"{VOCAB}{name}" for name in (*CLASSES, "Entrypoint")}
    task = classes[f"{VOCAB}ContactTask"]
    properties = {value(each, f"{HYDRA}title"): each for each in task[f"{HYDRA}supportedProperty"]}
    (due,) = properties["dueDate"][f"{HYDRA}property"]
    assert due["@id"] == f"{VOCAB}ContactTask/dueDate"
    assert value(due, "http://www.w3.org/2000/01/rdf-schema#range") == f"{XSD}dateTime"
    (contact,) = properties["contact"][f"{HYDRA}property"]
    assert contact["@type"] == [f"{HYDRA}Link"]
    assert value(contact, "http://www.w3.org/2000/01/rdf-schema#range") == f"{VOCAB}Contact"
    (tags,) = properties["tags"][f"{HYDRA}property"]
    assert tags["@type"] == [f"{HYDRA}Link"]
    assert value(tags, "http://www.w3.org/2000/01/rdf-schema#range") == f"{VOCAB}Tag"
    returned = {value(each, f"{HYDRA}returns") for each in task[f"{HYDRA}supportedOperation"]}
    assert returned == {f"{VOCAB}ContactTask", "http://www.w3.org/2002/07/owl#Nothing"}


def test_the_terms_of_fields_are_the_properties_documented(there: House) -> None:
    documented = expanded(there, there.request("GET", "/api/docs.jsonld"))
    known = {
        each[f"{HYDRA}property"][0]["@id"]
        for described in documented[f"{HYDRA}supportedClass"]
        for each in described[f"{HYDRA}supportedProperty"]
    }
    state = first_state_of(there)
    items = (
        made(there.alice, "contacts", company="x", pipelineState=state, owner=there.alice.user.id, position="y"),
        made(there.alice, "contact_tasks", completed=True, payload={}),
        made(there.alice, "companies", website="x"),
        made(
            there.alice, "deals", amount=1.5, expectedCloseDate="2026-09-30", status="lost", probability=0, source="x"
        ),
        made(there.alice, "notes", title="x"),
        made(there.alice, "tags", color="#10B981"),
        {"@id": f"/api/pipeline_states/{state}"},
    )
    for item in items:
        node = expanded(there, there.alice.get(item["@id"]))
        assert {term for term in node if not term.startswith("@")} <= known | _also_id(node)


def _also_id(node: Node) -> set[str]:
    """`id` repeats `@id` for people; it is no property of a class."""
    return {term for term in node if term == f"{VOCAB}id"}
