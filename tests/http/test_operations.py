"""The way that every request takes, whatever its tongue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies
from carnet.core.paging import Asked
from carnet.http import operations
from tests.http.tongue import Plain, spoken
from tests.http.wire import GONE, pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House
    from tests.http.wire import Wire


@pytest.fixture
def any_house(new_house: Callable[..., House]) -> House:
    return new_house()


@pytest.fixture
def wire(any_house: House) -> Wire:
    return spoken(any_house)


def _made(house: House) -> list[str]:
    return [each.name for each in house.alice.sees(companies.page, Asked()).items]


def test_a_request_is_read_answered_and_finished(house: House) -> None:
    wire = spoken(house)
    made = wire.send("POST", "/plain/companies", b"Halden")
    assert (made.status, made.body) == (201, b"1 Halden")
    assert made.headers["location"] == "/plain/companies/1"
    shown = wire.send("GET", "/plain/companies")
    assert (shown.status, shown.body) == (200, b"1")
    for said in (made, shown):
        assert said.headers["x-plain"] == "yes"
        assert said.headers["x-request-id"] == "r1"
        assert said.headers["content-type"] == "text/plain"
        assert said.headers["content-length"] == str(len(said.body))


def test_head_is_answered_as_get_without_its_body(wire: Wire) -> None:
    shown, head = wire.send("GET", "/plain/companies"), wire.send("HEAD", "/plain/companies")
    assert head.body == b""
    assert (head.status, head.headers) == (shown.status, shown.headers)


def test_each_path_tells_its_methods(wire: Wire) -> None:
    assert wire.send("GET", "/plain/companies").headers["allow"] == "DELETE, GET, HEAD, POST"
    for method in ("PATCH", "OPTIONS", "get", "TRACE"):
        refused = wire.send(method, "/plain/companies")
        assert (refused.status, refused.headers["allow"]) == (405, "DELETE, GET, HEAD, POST")
    assert wire.send("POST", "/plain/open").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path", ["/plain", "/plain/", "/plain/companies/", "/plain/nothing", "/other", "/plain//companies"]
)
def test_where_there_is_no_operation_the_tongue_says_so(wire: Wire, path: str) -> None:
    said = wire.send("GET", path)
    assert (said.status, said.headers["x-plain"]) == (404, "yes")


def test_what_needs_no_token_asks_for_none(wire: Wire) -> None:
    assert wire.send("GET", "/plain/open", token="").body == b"None"


def test_without_a_token_the_body_is_not_even_read(wire: Wire) -> None:
    said = wire.send("POST", "/plain/companies", pieces(b"x", b"y"), token="wrong.wrong")
    assert (said.status, said.read) == (401, 0)


def test_a_format_that_is_not_spoken_is_refused_before_anything_else(wire: Wire) -> None:
    said = wire.send("POST", "/plain/companies", b"Halden", token="wrong.wrong", accept="image/png")
    assert (said.status, said.read) == (406, 0)
    assert wire.send("POST", "/plain/companies", b"Halden", content_type="text/strange").status == 415
    assert _made(wire.house) == []


@pytest.mark.parametrize(("size", "status"), [(0, 422), (1, 201), (100, 201), (101, 413), (10_000, 413)])
def test_a_body_has_a_limit(any_house: House, size: int, status: int) -> None:
    wire, body = spoken(any_house), b"x" * size
    for sent in (body, pieces(body), pieces(body[:50], body[50:]), pieces(*(b"x" for _ in range(size)), b"")):
        assert wire.send("POST", "/plain/companies", sent).status == status
    declared = wire.send("POST", "/plain/companies", body, content_length=str(size))
    assert declared.status == status
    assert set(_made(any_house)) <= {body.decode()}


@pytest.mark.parametrize("declared", ["101", "99999999999999999999", "-1", "x", "1e1", "\xb2"])
def test_a_length_over_the_limit_or_none_at_all_is_refused_unread(wire: Wire, declared: str) -> None:
    said = wire.send("POST", "/plain/companies", b"Halden", content_length=declared)
    assert (said.status, said.read) == (413, 0)


def test_a_large_body_is_not_read_to_its_end(wire: Wire) -> None:
    said = wire.send("POST", "/plain/companies", pieces(*(b"x" * 60 for _ in range(50))))
    assert (said.status, said.read) == (413, 2)


def test_a_body_in_pieces_is_put_together(wire: Wire) -> None:
    assert wire.send("POST", "/plain/companies", pieces(b"Hal", b"", b"den")).body == b"1 Halden"


@pytest.mark.parametrize("before", [[], pieces(b"Hal", b"den")[:1], pieces(b"a", b"b", b"c")[:2]])
def test_who_hangs_up_is_not_answered_and_has_done_nothing(wire: Wire, before: list[Any]) -> None:
    said = wire.send("POST", "/plain/companies", [*before, GONE])
    assert (said.status, said.body) == (0, b"")
    assert _made(wire.house) == []


def test_who_does_not_go_on_is_told_so(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "BODY_SECONDS", 0.05)
    said = wire.send("POST", "/plain/companies", pieces(b"Hal", b"den")[:1])
    assert said.status == 408
    assert _made(wire.house) == []


def test_what_nobody_foresaw_is_logged_and_said_without_its_inside(
    wire: Wire, capsys: pytest.CaptureFixture[str]
) -> None:
    said = wire.send("DELETE", "/plain/companies")
    assert (said.status, said.body) == (500, b"something broke")
    logged = capsys.readouterr().out
    assert "a secret of the inside" in logged
    assert "r1" in logged


def test_a_refusal_is_no_accident_and_is_not_logged(wire: Wire, capsys: pytest.CaptureFixture[str]) -> None:
    assert wire.send("POST", "/plain/companies", b" ").status == 422
    assert capsys.readouterr().out == ""


def test_a_read_that_may_take_long_runs_apart(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    ways: list[str] = []

    def noting(way: str) -> Any:
        usual = getattr(wire.house.store, way)

        async def noted(*asked: Any) -> Any:
            ways.append(way)
            return await usual(*asked)

        return noted

    for way in ("read", "read_apart"):
        monkeypatch.setattr(wire.house.store, way, noting(way))
    for path in ("/plain/far", "/plain/far?deep=1", "/plain/companies?x=1"):
        assert wire.send("GET", path).body == b"0"
    assert ways == ["read", "read_apart", "read"]


def test_every_request_counts_once(any_house: House) -> None:
    wire = spoken(any_house, rate=3)
    statuses = [wire.send(*asked).status for asked in (("GET", "/plain/companies"), ("POST", "/plain/companies", b"x"))]
    assert [*statuses, wire.send("GET", "/plain/companies").status] == [200, 201, 200]
    for asked in (("GET", "/plain/companies"), ("POST", "/plain/companies", b"y")):
        refused = wire.send(*asked)
        assert refused.status == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert wire.send("GET", "/plain/companies", token=any_house.bob.token.bearer).status == 200
    assert wire.send("GET", "/plain/open").status == 200
    assert _made(any_house) == ["x"]


def test_a_change_is_made_in_the_workspace_that_was_named(any_house: House) -> None:
    wire = spoken(any_house)
    assert wire.send("POST", "/plain/companies", b"x", token=any_house.mallory.token.bearer).status == 201
    assert _made(any_house) == []
    assert wire.house.mallory.sees(companies.page, Asked()).total == 1


def test_the_routes_are_the_operations(any_house: House) -> None:
    wire = spoken(any_house)
    for operation in Plain().operations:
        assert wire.send(operation.method, "/plain" + operation.path, b"x").status not in {404, 405}


def test_many_at_once_are_each_answered_with_their_own(house: House) -> None:
    wire = spoken(house)
    said = wire.together(*(("POST", "/plain/companies", f"Company {n}".encode(), {}) for n in range(40)))
    assert {each.status for each in said} == {201}
    assert [each.body.partition(b" ")[2] for each in said] == [f"Company {n}".encode() for n in range(40)]
    assert len({each.body.partition(b" ")[0] for each in said}) == 40
