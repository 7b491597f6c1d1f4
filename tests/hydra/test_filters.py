"""What narrows contacts and companies: every kind of filter (specification, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carnet.core.search import fold
from tests.hydra.things import NOTHING, first_state, made, names
from tests.hydra.wire import bearer, send

if TYPE_CHECKING:
    from tests.conftest import House, Person


@pytest.fixture
def reader(house: House) -> Person:
    """Rita, who reads what Alice has written down."""
    alice = house.alice
    state = first_state(alice)["id"]
    made(
        alice,
        "contacts",
        name="Inès Aubry",
        emails=["ines@halden.example", "i.aubry@mail.example"],
        phones=["+33 6 00 00 00 01"],
        company="Halden Ateliers",
        position="Buyer",
        pipelineState=state,
        owner=alice.user.id,
    )
    made(
        alice, "contacts", name="Tomasz Król", emails=["tomasz@brenn.example"], company="Brenn Optics", position="Head"
    )
    made(
        alice, "contacts", name="AUBREY Straße", phones=["06.11.22.33.44"], status="lost", isLead=True, doNotEmail=True
    )
    made(alice, "contacts", name="100% O'Neil_x", status="qualified", position="Head of Łódź", owner=house.bob.user.id)
    return house.rita


INES, TOMASZ, AUBREY, NEIL = "Inès Aubry", "Tomasz Król", "AUBREY Straße", "100% O'Neil_x"
EVERYBODY = [NEIL, AUBREY, TOMASZ, INES]

CASES: dict[str, list[str]] = {
    # Partial: in any case, with or without accents, anywhere in the text.
    "name=aub": [AUBREY, INES],
    "name=AUB": [AUBREY, INES],
    "name=ines": [INES],
    "name=INÈS": [INES],
    "name=krol": [TOMASZ],
    "name=s%20aub": [INES],
    "name=y%20s": [AUBREY],
    "name=strasse": [AUBREY],
    "name=e": [NEIL, AUBREY, INES],
    "name=zzz": [],
    "name=%25": [NEIL],
    "name=_": [NEIL],
    "name=0%25%20O": [NEIL],
    "name='": [NEIL],
    "name=%5C": [],
    "name=*": [],
    "emails=halden": [INES],
    "emails=MAIL.example": [INES],
    "emails=%40brenn": [TOMASZ],
    "phones=%2B33%206": [INES],
    "phones=0611": [AUBREY],
    "phones=11.22": [AUBREY],
    "phones=33600": [INES],
    "company=ateliers": [INES],
    "company=OPTICS": [TOMASZ],
    "position=head": [NEIL, TOMASZ],
    "position=lodz": [NEIL],
    # Several values are alternatives, several filters all hold.
    "name[]=ines&name[]=krol": [TOMASZ, INES],
    "name[0]=ines&name[1]=krol": [TOMASZ, INES],
    "name[7]=ines&name[]=krol&name=neil": [NEIL, TOMASZ, INES],
    "name[]=zzz&name[]=ines": [INES],
    "name=aub&position=buyer": [INES],
    "name=aub&position=head": [],
    "company[]=halden&company[]=brenn": [TOMASZ, INES],
    # Exact.
    "status=pending": [TOMASZ, INES],
    "status[]=lost&status[]=qualified": [NEIL, AUBREY],
    "status[0]=lost&status[1]=qualified": [NEIL, AUBREY],
    "status=enriched": [],
    "status[]=nonsense&status[]=lost": [AUBREY],
    # Boolean.
    "isLead=true": [AUBREY],
    "isLead=1": [AUBREY],
    "doNotEmail=true": [AUBREY],
    "doNotEmail=false": [NEIL, TOMASZ, INES],
    "isLead=false": [NEIL, TOMASZ, INES],
    "isLead=0": [NEIL, TOMASZ, INES],
    # Exists.
    "exists[company]=true": [TOMASZ, INES],
    "exists[company]=false": [NEIL, AUBREY],
    "exists[pipelineState]=true": [INES],
    "exists[pipelineState]=0": [NEIL, AUBREY, TOMASZ],
    "exists[emails]=1": [TOMASZ, INES],
    "exists[emails]=false": [NEIL, AUBREY],
    "exists[company]=false&exists[emails]=false&isLead=1": [AUBREY],
    # Full text: every word, anywhere.
    "q=aub": [AUBREY, INES],
    "q=AUBRY%20halden": [INES],
    "q=buyer": [INES],
    "q=%20": EVERYBODY,
    "q=brenn.example": [TOMASZ],
    "q=0611223344": [AUBREY],
    "q=ines%20zzz": [],
    "q=straße": [AUBREY],
    # A tag that no record bears.
    f"tags={NOTHING}": [],
    f"tags=/api/tags/{NOTHING}": [],
    # Unknown parameters and impossible values are ignored.
    "name=": EVERYBODY,
    "name[]=": EVERYBODY,
    "name[x]=ines": EVERYBODY,
    "name[][]=ines": EVERYBODY,
    "name[=ines": EVERYBODY,
    "NAME=ines": EVERYBODY,
    "status=nonsense": EVERYBODY,
    "status=LOST": EVERYBODY,
    "status=": EVERYBODY,
    "isLead=maybe": EVERYBODY,
    "isLead=": EVERYBODY,
    "exists[company]=perhaps": EVERYBODY,
    "exists[nonsense]=true": EVERYBODY,
    "exists=true": EVERYBODY,
    "createdAt[before]=soon": EVERYBODY,
    "createdAt[around]=2020-01-01": EVERYBODY,
    "createdAt=2020-01-01": EVERYBODY,
    "order[nonsense]=asc": EVERYBODY,
    "order[name]=sideways": EVERYBODY,
    "owner=": EVERYBODY,
    "website=x&address=x&originId=7&@id=x": EVERYBODY,
    "name=ines%00": EVERYBODY,
    "&&&=&=x&": EVERYBODY,
}


def test_contacts_are_narrowed(reader: Person) -> None:
    found = {query: names(reader, f"/api/contacts?{query}") for query in CASES}
    assert found == CASES


def test_bytes_that_are_no_text_match_nothing(reader: Person) -> None:
    assert names(reader, "/api/contacts?name=%FF%C3") == []


def test_percent_encoding_is_undone_once(reader: Person) -> None:
    for query in (
        "n%61me=%69nes",
        "name=%2569nes&name=ines",
        "name%5B%5D=ines",
        "name%5b0%5d=ines",
        "na%6De=in%C3%A8s",
    ):
        assert names(reader, f"/api/contacts?{query}") == [INES]


def test_a_relation_is_named_by_iri_or_by_uuid(house: House) -> None:
    alice = house.alice
    state, company = first_state(alice), made(alice, "companies", name="Halden")
    one = made(alice, "contacts", name="one", pipelineState=state["id"], company="Halden", owner=house.bob.user.id)
    made(alice, "contacts", name="two")
    tag = made(alice, "tags")["id"]
    alice.patch(one["@id"], {"tags": [made(alice, "tags")["id"], tag]})
    relations = {"pipelineState": state["id"], "companyId": company["id"], "owner": house.bob.user.id, "id": one["id"]}
    relations["tags"] = tag
    folders = {"pipelineState": "pipeline_states", "companyId": "companies", "owner": "users", "id": "contacts"}
    folders["tags"] = "tags"
    for field, uuid in relations.items():
        iri = f"/api/{folders[field]}/{uuid}"
        spellings = (uuid, uuid.upper(), iri, iri.replace("/", "%2F"), f"http://carnet.example{iri}")
        for spelling in spellings:
            assert names(alice, f"/api/contacts?{field}={spelling}") == ["one"], (field, spelling)
        assert names(alice, f"/api/contacts?{field}[]={NOTHING}&{field}[]={uuid}") == ["one"]
        assert names(alice, f"/api/contacts?{field}[0]={uuid}&{field}[1]={iri}") == ["one"]
        assert names(alice, f"/api/contacts?{field}={NOTHING}") == []
        assert names(alice, f"/api/contacts?{field}=/api/{folders[field]}/{NOTHING}") == []


def test_several_tags_are_alternatives(alice: Person) -> None:
    one, two, three = (made(alice, "tags")["id"] for _ in range(3))
    for name, tags in (("none", []), ("one", [one]), ("both", [one, two]), ("two", [two])):
        made(alice, "contacts", name=name, tags=tags)
    cases = {
        f"tags={one}": ["both", "one"],
        f"tags[]={one}&tags[]={two}": ["two", "both", "one"],
        f"tags[0]=/api/tags/{two}&name=o": ["two", "both"],
        f"tags={three}": [],
        "tags=nonsense": [],
        f"tags[]=nonsense&tags[]={two}": ["two", "both"],
        "tags=": ["two", "both", "one", "none"],
    }
    assert {query: names(alice, f"/api/contacts?{query}") for query in cases} == cases
    alice.delete(f"/api/tags/{one}")
    assert names(alice, f"/api/contacts?tags[]={one}&tags[]={two}") == ["two", "both"]


def test_a_hundred_ids_are_found_at_once(alice: Person) -> None:
    made_now = [made(alice, "contacts", name=str(at))["@id"] for at in range(5)]
    query = "&".join(f"id[{at}]={made_now[at % 4]}" for at in range(100))
    assert names(alice, f"/api/contacts?{query}") == ["3", "2", "1", "0"]


def test_more_than_ten_alternatives_are_all_looked_for(alice: Person) -> None:
    for at in range(15):
        made(alice, "contacts", name=f"n{chr(97 + at)}x")
    query = "&".join(f"name[]=n{chr(97 + at)}x" for at in range(15))
    assert len(names(alice, f"/api/contacts?{query}")) == 15


def test_words_of_a_search_are_all_looked_for(alice: Person) -> None:
    text = " ".join(f"word{chr(97 + at)}" for at in range(15))
    made(alice, "contacts", name=text)
    assert names(alice, f"/api/contacts?q={text}") == [text]
    assert names(alice, f"/api/contacts?q={text}%20missing") == []


@pytest.mark.parametrize("length", [255, 2_000, 20_000, 64_000])
def test_long_queries_find_nothing_and_break_nothing(house: House, length: int) -> None:
    made(house.alice, "contacts")
    text = "n%C3%A9" * (length // 7)
    for query in (
        f"name={text}",
        f"q={text}",
        f"company={text}",
        f"emails[]={'n' * length}",
        f"name={'%25' * (length // 3)}",
        f"id={text}",
        "&".join(f"q=word{at}" for at in range(length // 10)),
        "&".join(f"name[]=word{at}" for at in range(length // 14)),
        "&".join([f"id[]={NOTHING}"] * (length // 42)),
    ):
        answer = send(house, "GET", f"/api/contacts?{query}", headers=[bearer(house.rita)])
        assert (answer.status_code, answer.json()["hydra:member"]) == (200, []), query[:40]
    for ignored in ("&".join(["odd=1"] * (length // 6)), "&" * length, f"{text}={text}"):
        answer = send(house, "GET", f"/api/contacts?{ignored}", headers=[bearer(house.rita)])
        assert (answer.status_code, answer.json()["hydra:totalItems"]) == (200, 1), ignored[:40]


def test_companies_are_narrowed(alice: Person) -> None:
    for name, website in (("Kvist & Sønner", "kvist.example"), ("Halden", None), ("HALDEN ateliers", "halden.example")):
        made(alice, "companies", name=name, website=website, emails=["post@north.example"])
    cases = {
        "name=sonner": ["Kvist & Sønner"],
        "name=halden": ["HALDEN ateliers", "Halden"],
        "q=kvist.example": ["Kvist & Sønner"],
        "q=north%20halden": ["HALDEN ateliers", "Halden"],
        "exists[website]=true": ["HALDEN ateliers", "Kvist & Sønner"],
        "exists[website]=false": ["Halden"],
        "name[]=kvist&name[]=ateliers": ["HALDEN ateliers", "Kvist & Sønner"],
        "createdAt[after]=2100-01-01": [],
        "createdAt[before]=2100-01-01&name=kv": ["Kvist & Sønner"],
        f"id={NOTHING}": [],
    }
    assert {query: names(alice, f"/api/companies?{query}") for query in cases} == cases


def test_pipelines_and_states_are_narrowed(alice: Person) -> None:
    partners = made(alice, "pipelines", name="Partners")
    state = made(alice, "pipeline_states", name="Été signé", pipeline=partners["@id"])
    for query in ("name=PART", f"id={partners['id']}", f"id[]={partners['@id']}&id[]={NOTHING}"):
        assert names(alice, f"/api/pipelines?{query}") == ["Partners"]
    for query in ("name=ete%20s", f"id={state['id']}", f"pipeline={partners['id']}", f"pipeline[]={partners['@id']}"):
        assert names(alice, f"/api/pipeline_states?{query}") == ["Été signé"]
    orders = {
        "position]=desc": ["Partners", "Sales"],
        "name]=desc": ["Sales", "Partners"],
        "name]=asc": ["Partners", "Sales"],
    }
    assert {query: names(alice, f"/api/pipelines?order[{query}") for query in orders} == orders
    states = names(alice, "/api/pipeline_states?order[name]=asc")
    assert states == sorted(states, key=fold)
    positions = names(alice, "/api/pipeline_states?order[position]=desc", "position")
    assert positions == sorted(positions, reverse=True)
    for query in ("name=zzz", f"pipeline={NOTHING}", f"id={partners['id']}"):
        assert names(alice, f"/api/pipeline_states?{query}") == []


def test_users_are_found_by_id(house: House) -> None:
    bob = house.bob.user.id
    assert names(house.alice, f"/api/users?id[]={bob}&id[]={house.mallory.user.id}") == ["Bob"]
