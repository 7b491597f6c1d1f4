"""Formats asked for and sent (specification, section 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hydra.things import NOTHING, made
from tests.hydra.wire import bearer, send
from tests.hydra.wording import problem

if TYPE_CHECKING:
    from tests.conftest import House, Person

LD = "application/ld+json; charset=utf-8"
JSON = "application/json; charset=utf-8"
_FORMATS = '"application/ld+json", "application/json"'
DOCUMENTS = ("/api", "/api/", "/api/index.jsonld", "/api/docs", "/api/docs.jsonld", "/api/contexts/Contact")


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("*/*", LD),
        ("application/*", LD),
        ("application/ld+json", LD),
        ('application/ld+json; profile="http://www.w3.org/ns/json-ld#expanded"', LD),
        ("APPLICATION/LD+JSON", LD),
        ("application/json", JSON),
        ("Application/JSON; charset=utf-8", JSON),
        ("application/problem+json", LD),
        ("application/json, application/ld+json", JSON),
        ("application/ld+json, application/json", LD),
        ("application/ld+json;q=0.5, application/json;q=0.9", JSON),
        ("application/json;q=0.5, application/ld+json;q=0.9", LD),
        ("text/csv, application/json;q=0.1", JSON),
        ("text/html, application/xhtml+xml, */*;q=0.8", LD),
        ("application/json, text/plain, */*", JSON),
        ("application/ld+json;q=0, application/json", JSON),
        ("application/ld+json;q=0, */*;q=0.1", JSON),
        ("application/ld+json;q=0.2, */*;q=0.9", JSON),
        ("application/json;q=0.2, application/ld+json;q=0.2", JSON),
        ("application/problem+json, application/json", JSON),
        ("application/json, application/problem+json", JSON),
        ("application/ld+json, application/n-quads;q=0.9, text/turtle;q=0.8", LD),
        (" , application/json", JSON),
        ("", LD),
    ],
)
def test_the_format_wanted_most_is_answered(anyone: Person, accept: str, answered: str) -> None:
    for path in (f"/api/contacts/{made(anyone, 'contacts')['id']}", "/api/contacts"):
        answer = anyone.get(path, headers={"accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, answered)


def test_without_a_wish_json_ld_is_answered(any_house: House) -> None:
    answer = send(any_house, "GET", "/api/contacts", headers=[bearer(any_house.alice)])
    assert (answer.status_code, answer.headers["content-type"]) == (200, LD)


def test_both_formats_hold_the_same_document(anyone: Person) -> None:
    contact = made(anyone, "contacts", company="Halden Ateliers")["@id"]
    for path in (contact, "/api/contacts", "/api/contacts?itemsPerPage=1&name=in"):
        as_ld, as_json = (anyone.get(path, headers={"accept": f"application/{kind}"}) for kind in ("ld+json", "json"))
        assert as_ld.content == as_json.content


def test_writes_answer_in_the_format_wanted(anyone: Person) -> None:
    wish = {"accept": "application/json"}
    answer = anyone.post("/api/contacts", {"name": "Inès"}, headers=wish)
    assert (answer.status_code, answer.headers["content-type"]) == (201, JSON)
    answer = anyone.patch(answer.headers["location"], {"name": "Agnès"}, headers=wish)
    assert (answer.status_code, answer.headers["content-type"]) == (200, JSON)


@pytest.mark.parametrize("wanted", ["text/csv", "application/hal+json", "text/html", "image/*", "*/json", "nonsense"])
def test_what_nobody_has_is_refused(anyone: Person, wanted: str) -> None:
    sentence = f'Requested format "{wanted}" is not supported. Supported MIME types are {_FORMATS}.'
    for method, path in (("GET", "/api/contacts"), ("POST", "/api/contacts"), ("DELETE", f"/api/contacts/{NOTHING}")):
        answer = anyone.request(method, path, headers={"accept": wanted})
        assert problem(answer) == (406, sentence)


def test_a_refused_wish_writes_nothing(anyone: Person) -> None:
    assert anyone.post("/api/contacts", {"name": "Inès"}, headers={"accept": "text/csv"}).status_code == 406
    assert anyone.get("/api/contacts").json()["hydra:totalItems"] == 0


@pytest.mark.parametrize("accept", ["*/*", "application/ld+json", "application/json", "application/problem+json"])
def test_documents_are_json_ld_for_every_wish(any_house: House, accept: str) -> None:
    for path in DOCUMENTS:
        answer = any_house.request("GET", path, headers={"accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, LD), path


def test_documents_in_no_format_that_we_have_are_refused(any_house: House) -> None:
    for path in DOCUMENTS:
        assert any_house.request("GET", path, headers={"accept": "text/csv"}).status_code == 406


def test_people_get_a_page_of_the_documentation(any_house: House) -> None:
    for path in ("/api", "/api/docs"):
        answer = any_house.request("GET", path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.text.startswith("<!doctype html>")


@pytest.mark.parametrize(("suffix", "answered"), [(".jsonld", LD), (".json", JSON)])
def test_a_suffix_chooses_the_format(anyone: Person, suffix: str, answered: str) -> None:
    contact = made(anyone, "contacts")["@id"]
    for path in ("/api/contacts", contact):
        for accept in ("*/*", "application/json", "application/ld+json", "text/csv"):
            answer = anyone.get(path + suffix + "?page=1", headers={"accept": accept})
            assert (answer.status_code, answer.headers["content-type"]) == (200, answered)
            assert answer.content == anyone.get(path).content


@pytest.mark.parametrize("suffix", [".xml", ".csv", ".html", ".JSON", ".jsonld.jsonld", ".", ".json/"])
def test_an_unknown_suffix_leads_nowhere(anyone: Person, suffix: str) -> None:
    contact = made(anyone, "contacts")["@id"]
    for path in ("/api/contacts", contact):
        assert anyone.get(path + suffix).status_code == 404


def test_a_suffix_chooses_nothing_for_writes(anyone: Person) -> None:
    assert anyone.post("/api/contacts.jsonld", {"name": "Inès"}).status_code in {404, 405}
    assert anyone.get("/api/contacts").json()["hydra:totalItems"] == 0


TAKEN = (
    "application/json",
    "application/ld+json",
    "application/merge-patch+json",
    "application/json; charset=utf-8",
    'Application/LD+JSON;profile="x"',
)


@pytest.mark.parametrize("sent", TAKEN)
def test_json_under_each_of_its_names_is_read_by_every_write(anyone: Person, sent: str) -> None:
    headers = {"content-type": sent}
    contact = anyone.post("/api/contacts", content=b'{"name":"In\xc3\xa8s"}', headers=headers)
    assert contact.json()["name"] == "Inès"
    path = contact.headers["location"]
    assert anyone.patch(path, content=b'{"position":"Buyer"}', headers=headers).json()["position"] == "Buyer"
    assert anyone.post(path + "/extend", content=b'{"text":"x"}', headers=headers).status_code == 200
    assert anyone.patch(path + "/pipeline-state", content=b"{}", headers=headers).status_code == 200


def test_a_body_of_no_type_is_read_as_json(any_house: House) -> None:
    as_alice = bearer(any_house.alice)
    answer = send(any_house, "POST", "/api/contacts", headers=[as_alice], body=[b'{"na', b'me":"In\xc3\xa8s"}'])
    assert (answer.status_code, answer.json()["name"]) == (201, "Inès")
    assert send(any_house, "PATCH", answer.headers["location"], headers=[as_alice]).status_code == 200


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ("text/csv", "text/csv"),
        ("application/json-patch+json", "application/json-patch+json"),
        ("application/x-www-form-urlencoded; charset=utf-8", "application/x-www-form-urlencoded"),
        ("text/plain;charset=UTF-8", "text/plain"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_body_of_another_type_is_refused(anyone: Person, sent: str, named: str) -> None:
    contact = made(anyone, "contacts")["@id"]
    sentence = (
        f'The content-type "{named}" is not supported. '
        f'Supported MIME types are {_FORMATS}, "application/merge-patch+json".'
    )
    for method, path in (
        ("POST", "/api/contacts"),
        ("PATCH", contact),
        ("POST", contact + "/extend"),
        ("PATCH", contact + "/pipeline-state"),
    ):
        answer = anyone.request(method, path, content=b"x", headers={"content-type": sent})
        assert problem(answer) == (415, sentence)


def test_the_type_of_no_body_is_never_refused(anyone: Person) -> None:
    contact = made(anyone, "contacts")["@id"]
    headers = {"content-type": "text/csv"}
    assert anyone.patch(contact, headers=headers).status_code == 200
    assert anyone.patch(contact + "/pipeline-state", headers=headers).status_code == 200


@pytest.mark.parametrize("sent", ["text/csv", "application/ld+json", "multipart/form-data", "nonsense"])
def test_reads_and_deletes_ignore_the_content_type(anyone: Person, sent: str) -> None:
    contact = made(anyone, "contacts")["@id"]
    headers = {"content-type": sent}
    for method, path, status in (
        ("GET", "/api/contacts", 200),
        ("HEAD", contact, 200),
        ("GET", "/api/docs.jsonld", 200),
        ("DELETE", contact, 204),
    ):
        assert anyone.request(method, path, content=b"a,b\n", headers=headers).status_code == status
