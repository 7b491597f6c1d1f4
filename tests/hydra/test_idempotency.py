"""Idempotency keys (specification, section 8)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import tokens, users
from carnet.core.permissions import Role
from carnet.http import idempotency
from tests.conftest import NOW
from tests.hydra.dump import untouched
from tests.hydra.things import WRITABLE, listed, made, needed
from tests.hydra.wording import BLANK, problem, violations

if TYPE_CHECKING:
    import httpx

    from carnet.http.messages import Request
    from tests.conftest import House, Person

BODY = {"name": "Inès Aubry", "company": "Halden"}
REUSED = 422


def keyed(
    person: Person, body: Any = None, *, key: str = "k1", path: str = "/api/contacts", **more: str
) -> httpx.Response:
    """A POST under a key."""
    return person.post(path, body if body is not None else BODY, headers={"idempotency-key": key, **more})


def count(person: Person, collection: str = "contacts") -> int:
    """How many records a collection has."""
    total: int = listed(person, f"/api/{collection}?itemsPerPage=0")["hydra:totalItems"]
    return total


def assert_replays(first: httpx.Response, again: httpx.Response) -> None:
    """Hold that the second answer is the first one told again."""
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for name in ("location", "etag", "link", "content-type"):
        assert again.headers.get(name) == first.headers.get(name)


def test_the_same_again_has_one_effect(house: House) -> None:
    first = keyed(house.alice)
    with untouched(house):
        for _ in range(3):
            assert_replays(first, keyed(house.alice))
    assert (first.status_code, count(house.alice)) == (201, 1)


@pytest.mark.parametrize("collection", WRITABLE)
def test_every_class_takes_a_key(anyone: Person, collection: str) -> None:
    body, path = needed(anyone, collection), f"/api/{collection}"
    first, again = (keyed(anyone, body, path=path) for _ in range(2))
    assert first.status_code == 201
    assert_replays(first, again)


def test_an_extension_under_a_key_is_appended_once(alice: Person) -> None:
    path = made(alice, "contacts")["@id"] + "/extend"
    first, again = (keyed(alice, {"text": "x"}, path=path) for _ in range(2))
    assert_replays(first, again)
    assert again.json()["additionalInfo"] == "x"


def test_the_answer_is_told_again_even_when_the_record_has_changed_or_gone(alice: Person) -> None:
    first = keyed(alice)
    alice.patch(first.headers["location"], {"name": "Another"})
    assert_replays(first, keyed(alice))
    alice.delete(first.headers["location"])
    assert_replays(first, keyed(alice))
    assert count(alice) == 0


def test_a_key_with_another_body_or_path_is_refused(house: House) -> None:
    alice = house.alice
    keyed(alice)
    contact = made(alice, "contacts")["@id"]
    with untouched(house):
        for answer in (
            keyed(alice, {**BODY, "position": "Buyer"}),
            keyed(alice, {}),
            keyed(alice, BODY, path="/api/companies"),
            keyed(alice, BODY, path=contact + "/extend"),
        ):
            assert problem(answer)[0] == REUSED
    assert count(alice, "companies") == 1


def test_a_refused_request_can_be_corrected_under_its_key(house: House) -> None:
    with untouched(house):
        assert violations(keyed(house.alice, {"name": ""})) == {"name": BLANK}
        assert problem(keyed(house.alice, {"name": 5}))[0] == 400
        assert keyed(house.alice, path="/api/contacts/7/extend").status_code == 404
        assert keyed(house.alice, accept="text/csv").status_code == 406
        assert keyed(house.rita).status_code == 403
    first = keyed(house.alice)
    assert_replays(first, keyed(house.alice))


def test_each_token_has_its_own_keys(alice: Person, bob: Person, mallory: Person) -> None:
    answers = [keyed(person) for person in (alice, bob, mallory)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.headers["location"] for answer in answers}) == 3
    assert not any("idempotency-replayed" in answer.headers for answer in answers)


def test_each_workspace_has_its_own_keys(house: House) -> None:
    both = [house.main, house.other]
    house.store.write_now(0, _join, house)
    token = house.store.write_now(0, tokens.create, house.alice.user, both, name="both", now=NOW)
    headers = {"authorization": f"Bearer {token.bearer}"}
    answers = [keyed(house.alice, **headers, **{"x-workspace-slug": slug}) for slug in ("main", "other")]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].headers["location"] != answers[1].headers["location"]


def _join(db: Any, house: House) -> None:
    users.join(db, house.other.id, house.alice.user, Role.MEMBER)


@pytest.mark.parametrize("key", ["x", "!", "~" * 255, "b7a0d1c2-1111-4222-8333-444455556666", '"quoted"'])
def test_a_key_is_1_to_255_visible_characters(anyone: Person, key: str) -> None:
    first, again = (keyed(anyone, key=key) for _ in range(2))
    assert first.status_code == 201
    assert_replays(first, again)


@pytest.mark.parametrize("key", ["", "x" * 256, "a b", "a\tb", "\x7f", "é"])
def test_another_key_is_refused(any_house: House, key: str) -> None:
    with untouched(any_house):
        answer = any_house.alice.post("/api/contacts", BODY, headers={"idempotency-key": key.encode("latin-1")})
        assert answer.status_code in {400, 422}


def test_a_key_counts_on_posts_alone(alice: Person) -> None:
    path = keyed(alice).headers["location"]
    headers = {"idempotency-key": "k1"}
    for name in ("one", "two", "one"):
        assert alice.patch(path, {"name": name}, headers=headers).json()["name"] == name
    assert alice.get(path, headers=headers).status_code == 200
    assert alice.delete(path, headers=headers).status_code == 204
    assert alice.delete(path, headers=headers).status_code == 404


def test_a_key_is_forgotten_after_a_day(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    first = keyed(alice)
    _turn_the_clock(monkeypatch, timedelta(hours=23, minutes=59))
    assert_replays(first, keyed(alice))
    _turn_the_clock(monkeypatch, timedelta(hours=24, minutes=1))
    second = keyed(alice)
    assert (second.status_code, "idempotency-replayed" in second.headers) == (201, False)
    assert second.headers["location"] != first.headers["location"]
    assert keyed(alice, {"name": "Another"}).status_code == REUSED


def _turn_the_clock(monkeypatch: pytest.MonkeyPatch, ahead: timedelta) -> None:
    def later(db: Any, actor: Any, request: Request, key: str) -> Any:
        request.now += ahead
        return _recall(db, actor, request, key)

    monkeypatch.setattr(idempotency, "recall", later)


_recall = idempotency.recall
