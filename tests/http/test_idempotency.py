"""Idempotency keys at the level of the shared room: one effect, one answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies
from carnet.core.errors import ConflictError, InvalidError
from carnet.core.paging import Asked
from carnet.http import messages
from carnet.http.idempotency import key_of
from carnet.http.messages import Answer
from tests.core.dump import untouched
from tests.http.tongue import spoken

if TYPE_CHECKING:
    from tests.conftest import House
    from tests.http.wire import Said, Wire

PATH = "/plain/companies"


def _keyed(wire: Wire, body: bytes = b"Halden", key: str = "k", path: str = PATH, **more: Any) -> Said:
    return wire.send("POST", path, body, idempotency_key=key, **more)


def _made(house: House) -> int:
    total: int = house.alice.sees(companies.page, Asked()).total
    return total


def _assert_replayed(first: Said, again: Said) -> None:
    assert "idempotency-replayed" not in first.headers
    assert again.headers.pop("idempotency-replayed") == "true"
    assert (again.status, again.body, again.headers) == (first.status, first.body, first.headers)


def test_the_second_is_told_what_the_first_was(house: House) -> None:
    wire = spoken(house)
    first = _keyed(wire)
    with untouched(house):
        _assert_replayed(first, _keyed(wire))
    assert _made(house) == 1


def test_of_many_at_once_one_has_an_effect(house: House) -> None:
    wire = spoken(house)
    said = wire.together(*(("POST", PATH, b"Halden", {"idempotency_key": "k"}) for _ in range(20)))
    assert {(each.status, each.body) for each in said} == {(201, b"1 Halden")}
    assert sum("idempotency-replayed" not in each.headers for each in said) == 1
    assert _made(house) == 1


def test_another_request_under_the_key_is_refused(house: House) -> None:
    wire = spoken(house)
    _keyed(wire)
    with untouched(house):
        for other in (
            _keyed(wire, b"Morel"),
            _keyed(wire, path="/plain/again"),
            _keyed(wire, path=PATH + "?x=1"),
            _keyed(wire, b"Halden "),
        ):
            assert other.status == 409


def test_each_token_and_each_key_is_its_own(house: House) -> None:
    wire = spoken(house)
    said = [_keyed(wire), _keyed(wire, key="K"), _keyed(wire, token=house.bob.token.bearer)]
    said.append(_keyed(wire, token=house.mallory.token.bearer))
    assert [each.body for each in said] == [b"1 Halden", b"2 Halden", b"3 Halden", b"1 Halden"]


def test_a_refusal_leaves_the_key_free(house: House) -> None:
    wire = spoken(house)
    with untouched(house):
        assert _keyed(wire, b" ").status == 422
        assert _keyed(wire, b"x" * 101).status == 413
    _assert_replayed(_keyed(wire), _keyed(wire))


def test_so_does_a_failure(house: House) -> None:
    errors: list[Exception] = []

    def work(db: Any, actor: Any, request: Any) -> Answer:
        made = companies.create(db, actor, companies.CompanyDraft(name="Halden"), now=request.now)
        for error in errors:
            raise error
        return Answer(201, str(made.number).encode())

    wire = spoken(house, work=work)
    with untouched(house):
        for error, status in ((ConflictError("not yet"), 409), (ZeroDivisionError(), 500)):
            errors[:] = [error]
            assert _keyed(wire).status == status
    errors.clear()
    assert _keyed(wire).body == b"1"
    assert _made(house) == 1


def test_an_answer_that_is_no_success_is_not_remembered(house: House) -> None:
    answers = [Answer(409, b"busy"), Answer(201, b"made")]
    wire = spoken(house, work=lambda _db, _actor, _request: answers.pop(0))
    assert _keyed(wire).body == b"busy"
    made = _keyed(wire)
    assert (made.status, made.body) == (201, b"made")
    _assert_replayed(made, _keyed(wire))


def test_it_is_remembered_for_a_day(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = spoken(house)
    first = _keyed(wire)
    _turn_the_clock(monkeypatch, timedelta(hours=23, minutes=59))
    _assert_replayed(first, _keyed(wire))
    _turn_the_clock(monkeypatch, timedelta(hours=24, minutes=1))
    assert _keyed(wire, b"Morel").body == b"2 Morel"


def _turn_the_clock(monkeypatch: pytest.MonkeyPatch, ahead: timedelta) -> None:
    then = datetime.now(UTC) + ahead

    class Later(datetime):
        @classmethod
        def fromtimestamp(cls, _timestamp: float, tz: Any = None) -> Any:
            return then.astimezone(tz).replace(microsecond=0)

    monkeypatch.setattr(messages, "datetime", Later)


@pytest.mark.parametrize("key", ["!", "~", "x" * 255, 'a"b', "\\", "%00"])
def test_a_key_is_of_visible_characters(key: str) -> None:
    assert key_of(_request("POST", key)) == key


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a b", "\t", "\x7f", "\xe9", "a\x00"])
def test_another_is_refused(key: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        key_of(_request("POST", key))
    assert refusal.value.violations[0].field == "Idempotency-Key"


@pytest.mark.parametrize("method", ["GET", "PATCH", "PUT", "DELETE"])
def test_only_a_post_has_one(method: str) -> None:
    assert key_of(_request(method, "k")) is None
    assert key_of(_request("POST", None)) is None


def _request(method: str, key: str | None) -> messages.Request:
    headers = [(b"idempotency-key", key.encode("latin-1"))] if key is not None else []
    return messages.Request({"method": method, "path": "/", "headers": headers, "query_string": b""}, "http://x")
