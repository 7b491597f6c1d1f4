"""The wizard: a pasted text is prepared, then confirmed (specification, section 14)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from carnet.core import captures, workspaces
from carnet.store import tables
from carnet.store.statements import statement
from tests.hydra.dump import untouched

if TYPE_CHECKING:
    import httpx
    from sqlalchemy.sql.elements import TextClause

    from tests.conftest import House, Person

SIGNATURE = "Tomasz Król\nHead of Sales, Brenn Optics\n+48 600 000 003\ntomasz@brenn.example"
CARD = """BEGIN:VCARD
VERSION:3.0
FN:Inès Aubry
N:Aubry;Inès;;;
ORG:Halden Ateliers
TITLE:Buyer
EMAIL:ines@halden.example
EMAIL:i.aubry@mail.example
TEL:+33 6 39 98 00 01
END:VCARD"""
BLANK = "c1051bb4-d103-4f74-8988-acbcafc7fdc3"
DEAD = "3c1f0a52-6a0e-4c4f-9d3e-5f2b8d7e1a02"


def prepare(person: Person, body: Any) -> httpx.Response:
    return person.post("/api/contacts/prepare", body)


def confirm(person: Person, token: str, **more: Any) -> httpx.Response:
    return person.post("/api/contacts/confirm", {"confirmationToken": token, **more})


def prepared(person: Person, pasted: str = CARD, **more: Any) -> dict[str, Any]:
    answer = prepare(person, {"text": pasted, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def violations(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    return [(each["propertyPath"], each["code"]) for each in answer.json()["violations"]]


def test_the_published_example_is_prepared_and_confirmed(alice: Person) -> None:
    found = prepared(alice, SIGNATURE, overrides={"meetingContext": "Lyon fair"})
    assert found["summary"] == "Tomasz Król, Head of Sales at Brenn Optics, tomasz@brenn.example, +48 600 000 003"
    assert found["contact"] == {
        "name": "Tomasz Król",
        "company": "Brenn Optics",
        "position": "Head of Sales",
        "emails": ["tomasz@brenn.example"],
        "phones": ["+48 600 000 003"],
        "meetingContext": "Lyon fair",
    }
    assert found["extractor"] == "rules"
    assert found["confidence"].keys() == {"name", "company", "position", "emails", "phones"}
    assert all(0 < each <= 1 for each in found["confidence"].values())
    answer = confirm(alice, found["confirmationToken"], overrides={"name": "Tomek Król"})
    assert answer.status_code == 201
    contact = answer.json()
    assert answer.headers["location"] == contact["@id"]
    assert (contact["@type"], contact["name"], contact["meetingContext"]) == ("Contact", "Tomek Król", "Lyon fair")
    assert contact["company"] == "Brenn Optics"


def test_a_prepared_answer_has_all_keys_and_is_plain_json(alice: Person) -> None:
    answer = prepare(alice, {"text": CARD})
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    keys = "summary confirmationToken contact duplicates expiresAt confidence extractor warnings"
    assert list(answer.json()) == keys.split()
    assert answer.json()["duplicates"] == answer.json()["warnings"] == []


def test_preparing_makes_no_contact_and_no_event(alice: Person) -> None:
    with untouched(alice.house, but=frozenset({"captures"})):
        prepared(alice)


def test_of_nothing_found_there_is_still_a_summary(alice: Person) -> None:
    found = prepared(alice, "12345")
    assert found["summary"]
    assert "name" not in found["contact"]


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


@pytest.mark.parametrize("body", [{}, {"text": None}, {"text": ""}, {"text": " \n"}, {"overrides": {"name": "x"}}])
def test_a_text_is_needed(alice: Person, body: Any) -> None:
    assert violations(prepare(alice, body)) == [("text", BLANK)]


@pytest.mark.parametrize("body", [{}, {"confirmationToken": None}, {"confirmationToken": "  "}])
def test_a_token_is_needed(alice: Person, body: Any) -> None:
    assert violations(alice.post("/api/contacts/confirm", body)) == [("confirmationToken", BLANK)]


@pytest.mark.parametrize(("name", "value"), [("text", 3), ("text", ["x"]), ("overrides", "x"), ("overrides", [])])
def test_values_of_another_type_are_refused(alice: Person, name: str, value: Any) -> None:
    answer = prepare(alice, {"text": CARD, name: value})
    assert answer.status_code == 400
    assert f'"{name}" attribute' in answer.json()["detail"]


def test_bad_overrides_are_named_under_their_own_path(alice: Person) -> None:
    overrides = {"emails": ["ok@x.example", "nobody"], "name": " ", "status": "odd"}
    with untouched(alice.house):
        paths = [path for path, _ in violations(prepare(alice, {"text": CARD, "overrides": overrides}))]
    assert paths == ["overrides.name", "overrides.emails[1]", "overrides.status"]


def test_a_token_works_once(alice: Person) -> None:
    token = prepared(alice)["confirmationToken"]
    assert confirm(alice, token).status_code == 201
    with untouched(alice.house):
        assert violations(confirm(alice, token)) == [("confirmationToken", DEAD)]


def test_a_token_is_of_its_user_and_workspace_alone(house: House) -> None:
    token = prepared(house.alice)["confirmationToken"]
    for stranger in (house.bob, house.mallory):
        assert violations(confirm(stranger, token)) == [("confirmationToken", DEAD)]
    assert violations(confirm(house.alice, "cw_unknown")) == [("confirmationToken", DEAD)]
    assert confirm(house.alice, token).status_code == 201


def test_readers_may_neither_prepare_nor_confirm(rita: Person) -> None:
    assert prepare(rita, {"text": CARD}).status_code == 403
    assert confirm(rita, "cw_x").status_code == 403


@statement()
def _age() -> TextClause:
    return text("UPDATE captures SET expires_at = created_at")


def test_a_token_lives_for_half_an_hour(alice: Person) -> None:
    assert timedelta(minutes=30) == captures.LIFE
    token = prepared(alice)["confirmationToken"]
    alice.house.store.write_now(workspaces.ALL, lambda db: db.run(_age()))
    assert violations(confirm(alice, token)) == [("confirmationToken", DEAD)]


def test_expired_captures_are_swept_away(alice: Person) -> None:
    prepared(alice)
    alice.house.store.write_now(workspaces.ALL, lambda db: db.run(_age()))
    prepared(alice)
    assert alice.house.store.read_now(lambda db: len(db.all(_captures()))) == 1


@statement(tuple)
def _captures() -> Any:
    return tables.captures.select()


def test_a_refused_confirm_leaves_the_token_usable(alice: Person) -> None:
    token = prepared(alice, "call +33 6 39 98 00 01")["confirmationToken"]
    with untouched(alice.house):
        assert violations(confirm(alice, token)) == [("name", BLANK)]
        assert violations(confirm(alice, token, overrides={"emails": ["nobody"]}))[0][0] == "overrides.emails[0]"
    assert confirm(alice, token, overrides={"name": "Somebody"}).json()["phones"] == ["+33 6 39 98 00 01"]


def test_of_fifty_confirms_at_once_one_makes_the_contact(house: House) -> None:
    token = prepared(house.alice)["confirmationToken"]
    body = {"confirmationToken": token}
    answers = house.together(*[(house.alice, "POST", "/api/contacts/confirm", body)] * 50)
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 49
    assert house.alice.get("/api/contacts").json()["hydra:totalItems"] == 1


def test_duplicates_are_ranked_by_what_they_share(alice: Person) -> None:
    for body in (
        {"name": "INES AUBRY"},
        {"name": "Somebody else", "phones": ["0639980001"]},
        {"name": "Inès Aubry", "emails": ["INES@halden.example"]},
        {"name": "Nobody", "emails": ["xines@halden.example"]},
    ):
        alice.post("/api/contacts", body)
    found = prepared(alice)
    assert [each["name"] for each in found["duplicates"]] == ["Inès Aubry", "Somebody else", "INES AUBRY"]
    assert found["duplicates"][0]["@id"] == f"/api/contacts/{found['duplicates'][0]['id']}"


def test_strangers_are_no_duplicates(house: House) -> None:
    house.mallory.post("/api/contacts", {"name": "Inès Aubry"})
    assert prepared(house.alice)["duplicates"] == []


def test_only_a_hash_of_the_token_is_kept(alice: Person) -> None:
    token = prepared(alice)["confirmationToken"]
    rows = alice.house.store.read_now(lambda db: db.all(_captures()))
    assert token not in str(rows)


def test_a_text_of_more_than_a_million_characters_is_too_long(alice: Person) -> None:
    assert violations(prepare(alice, {"text": "x" * 1_000_001}))[0][0] == "text"


def test_what_was_left_unread_is_said(alice: Person) -> None:
    assert prepared(alice, SIGNATURE + "\n" + "more\n" * 100_000)["warnings"]


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_prepare_is_no_contact(alice: Person, method: str) -> None:
    assert alice.request(method, "/api/contacts/prepare").status_code == 405


def test_a_request_that_comes_twice_under_one_key_is_answered_alike(alice: Person) -> None:
    headers = {"idempotency-key": "one"}
    first, second = (alice.post("/api/contacts/prepare", {"text": CARD}, headers=headers).json() for _ in range(2))
    assert first["confirmationToken"] == second["confirmationToken"]
