"""A request as operations see it, and the answer as it leaves."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core.errors import UnauthenticatedError
from carnet.http.cors import Cors
from carnet.http.credentials import bearer
from carnet.http.messages import Answer, Request, deliver

if TYPE_CHECKING:
    from starlette.types import Message


def _request(query: bytes = b"", **headers: str) -> Request:
    named = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    return Request({"method": "GET", "path": "/", "headers": named, "query_string": query}, "http://x")


@pytest.mark.parametrize(
    ("query", "read"),
    [
        (b"", []),
        (b"a=1&b=2&a=3", [("a", "1"), ("b", "2"), ("a", "3")]),
        (b"a=&b&=c", [("a", ""), ("b", ""), ("", "c")]),
        (b"a%5B%5D=x+y%20z", [("a[]", "x y z")]),
        (b"a=%C3%A9&b=\xc3\xa9", [("a", "é"), ("b", "é")]),
        (b"a=%FF&b=\xff", [("a", "\ufffd"), ("b", "\ufffd")]),
        (b"a=1;b=2", [("a", "1;b=2")]),
    ],
)
def test_a_query_is_read_in_its_order(query: bytes, read: list[tuple[str, str]]) -> None:
    request = _request(query)
    assert request.query == read
    assert request.query is request.query


def test_it_comes_at_a_whole_second() -> None:
    now = _request().now
    assert (now.microsecond, now.utcoffset()) == (0, timedelta())


def test_a_header_that_is_not_there_is_empty() -> None:
    request = _request(accept="text/plain")
    assert (request.header(b"accept"), request.header(b"if-match")) == ("text/plain", "")


@pytest.mark.parametrize(
    "header", ["Bearer key.secret", "bearer key.secret", "BEARER   key.secret ", " Bearer key.secret"]
)
def test_a_bearer_token_has_two_halves(header: str) -> None:
    assert bearer(_request(authorization=header)) == ("key", "secret")


def test_the_secret_is_what_follows_the_first_point() -> None:
    assert bearer(_request(authorization="Bearer a.b.c")) == ("a", "b.c")


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer key", "Bearer .secret", "Bearer key.", "Basic key.secret", "key.secret"]
)
def test_another_header_is_none(header: str) -> None:
    with pytest.raises(UnauthenticatedError) as refusal:
        bearer(_request(authorization=header))
    assert refusal.value.anything_sent
    with pytest.raises(UnauthenticatedError) as refusal:
        bearer(_request())
    assert not refusal.value.anything_sent


def _delivered(answer: Answer, method: str = "GET") -> tuple[dict[bytes, bytes], bytes]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(deliver(answer, {"method": method}, send))
    return dict(sent[0]["headers"]), sent[1]["body"]


def test_an_answer_says_how_long_it_is() -> None:
    headers, body = _delivered(Answer(200, b"abc", media_type=b"text/plain"))
    assert (headers, body) == ({b"content-type": b"text/plain", b"content-length": b"3"}, b"abc")
    assert _delivered(Answer(200, media_type=b"text/plain")) == ({b"content-length": b"0"}, b"")


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_that_has_no_body_has_no_length(status: int) -> None:
    assert _delivered(Answer(status)) == ({}, b"")


def test_to_head_an_answer_keeps_its_body_to_itself() -> None:
    headers, body = _delivered(Answer(200, b"abc", media_type=b"text/plain"), "HEAD")
    assert (headers[b"content-length"], body) == (b"3", b"")


def _cors(*origins: str) -> Cors:
    return Cors(origins, accepted="authorization", exposed="etag")


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        (("*",), "https://a.example", b"*"),
        (("*",), "", b"*"),
        (("https://a.example", "*"), "https://b.example", b"*"),
        (("https://a.example",), "https://a.example", b"https://a.example"),
        (("https://a.example",), "https://A.example", None),
        (("https://a.example",), "https://a.example.evil", None),
        (("https://a.example",), "null", None),
        (("https://a.example",), "", None),
        ((), "https://a.example", None),
    ],
)
def test_pages_of_the_named_sites_may_call(origins: tuple[str, ...], origin: str, allowed: bytes | None) -> None:
    headers: dict[bytes, Any] = dict(_cors(*origins).headers(origin))
    assert headers.get(b"access-control-allow-origin") == allowed
    assert (headers.get(b"vary") == b"Origin") is ("*" not in origins)
    assert b"access-control-allow-credentials" not in headers
    preflight = _cors(*origins).preflight(origin)
    assert preflight.status == 204
    assert dict(preflight.headers).get(b"access-control-allow-origin") == allowed
