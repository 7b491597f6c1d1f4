"""The wizard: a pasted text is prepared, then confirmed (specification, section 14)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from carnet.core import captures, tokens, workspaces
from carnet.http import idempotency
from carnet.store import tables
from carnet.store.statements import statement
from tests.assist.stub import Stub
from tests.conftest import NOW, Person
from tests.hydra.dump import untouched
from tests.hydra.pasting import BLANK, CARD, DEAD, SIGNATURE, confirm, prepare, prepared, violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.sql.elements import TextClause

    from tests.conftest import House


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


@pytest.mark.parametrize(
    ("overrides", "summary"),
    [
        ({"name": "Ann\nLee", "address": "1 Main St\n\nTown"}, "Ann Lee, 1 Main St Town"),
        ({"additionalInfo": "Prefers linen\nand letters"}, "Prefers linen and letters"),
        ({"additionalInfo": "x" * 101}, "x" * 100),
        ({"additionalInfo": " "}, "Nothing was found."),
    ],
)
def test_a_summary_is_one_line(anyone: Person, overrides: dict[str, str], summary: str) -> None:
    assert prepared(anyone, "12345", overrides=overrides)["summary"] == summary


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


def test_a_token_works_once(alice: Person) -> None:
    token = prepared(alice)["confirmationToken"]
    assert confirm(alice, token).status_code == 201
    with untouched(alice.house):
        assert violations(confirm(alice, token)) == [("confirmationToken", DEAD)]


def test_a_token_may_be_pasted_with_blanks_around(alice: Person) -> None:
    assert confirm(alice, f" {prepared(alice)['confirmationToken']}\n").status_code == 201


def test_a_token_serves_each_program_of_its_user(alice: Person) -> None:
    assert confirm(_another_token(alice), prepared(alice)["confirmationToken"]).status_code == 201


def _another_token(person: Person, scopes: tuple[str, ...] = ("read", "write")) -> Person:
    house, write = person.house, person.house.store.write_now
    token = write(workspaces.ALL, tokens.create, person.user, [house.main], name="another", scopes=scopes, now=NOW)
    return Person(house, person.user, person.actor, token)


@pytest.mark.parametrize("token", ["cw_", "cw_\0", "ключ", "\N{KEY}", "x" * 3_000_000, "../../etc/passwd"])
def test_odd_tokens_are_dead(anyone: Person, token: str) -> None:
    assert violations(confirm(anyone, token)) == [("confirmationToken", DEAD)]


def test_a_token_is_of_its_user_and_workspace_alone(house: House) -> None:
    token = prepared(house.alice)["confirmationToken"]
    for stranger in (house.bob, house.mallory):
        assert violations(confirm(stranger, token)) == [("confirmationToken", DEAD)]
    assert violations(confirm(house.alice, "cw_unknown")) == [("confirmationToken", DEAD)]
    assert confirm(house.alice, token).status_code == 201


def test_readers_may_neither_prepare_nor_confirm(rita: Person) -> None:
    assert prepare(rita, {"text": CARD}).status_code == 403
    assert confirm(rita, "cw_x").status_code == 403


def test_who_may_write_alone_learns_of_no_duplicates(alice: Person) -> None:
    alice.post("/api/contacts", {"name": "Inès Aubry"})
    assert prepared(alice)["duplicates"]
    writer = _another_token(alice, ("contacts:write",))
    found = prepared(writer)
    assert found["duplicates"] == []
    assert found["warnings"] == ["Who it may be already was not looked up: this token may not read contacts."]
    assert confirm(writer, found["confirmationToken"]).status_code == 201


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


def test_confirming_sweeps_too(alice: Person) -> None:
    prepared(alice)
    token = prepared(alice)["confirmationToken"]
    alice.house.store.write_now(workspaces.ALL, lambda db: db.run(_age_all_but(), kept=captures._hashed(token)))
    assert confirm(alice, token).status_code == 201
    assert alice.house.store.read_now(lambda db: db.all(_captures())) == []


@statement()
def _age_all_but() -> TextClause:
    return text("UPDATE captures SET expires_at = created_at WHERE secret_hash <> :kept")


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


@pytest.fixture
def stub() -> Iterator[Stub]:
    stub = Stub()
    yield stub
    stub.close()


def test_what_comes_again_under_its_key_is_not_read_again(
    new_house: Callable[..., House], stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub.says({"name": None})
    alice = new_house(llm_url=stub.url).alice
    headers = {"idempotency-key": "one"}
    first, again = (alice.post("/api/contacts/prepare", {"text": SIGNATURE}, headers=headers) for _ in range(2))
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["content-type"] == first.headers["content-type"]
    assert alice.post("/api/contacts/prepare", {"text": CARD + "."}, headers=headers).status_code == 422
    assert len(stub.heard) == 1
    monkeypatch.setattr(idempotency, "REMEMBERED", timedelta(days=-1))
    assert (
        "idempotency-replayed" not in alice.post("/api/contacts/prepare", {"text": SIGNATURE}, headers=headers).headers
    )
    assert len(stub.heard) == 2


def test_a_lost_answer_of_confirm_is_given_again_under_its_key(alice: Person) -> None:
    body, headers = {"confirmationToken": prepared(alice)["confirmationToken"]}, {"idempotency-key": "one"}
    first, again = (alice.post("/api/contacts/confirm", body, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert alice.get("/api/contacts").json()["hydra:totalItems"] == 1
