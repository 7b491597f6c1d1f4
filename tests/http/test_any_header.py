"""Whatever stands in a header, it is understood as something or as nothing."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as some

from carnet import settings as environment
from carnet.http.addresses import Addresses
from carnet.http.negotiation import preferred

quickly = settings(max_examples=60, deadline=None, derandomize=True, database=None)
OFFERED = ("application/ld+json", "application/json", "text/csv")

anything = some.text(some.characters(max_codepoint=0xFF), max_size=40)
weights = some.sampled_from(
    ["", ";q=1", ";q=0.5", ";q=0", ";Q=0.3", "; q = 0.7", ";q=nan", ";q=inf", ";q=-1", ";q=x", ";a=b;q=0.2"]
)
kinds = some.sampled_from([*OFFERED, "*/*", "application/*", "text/*", "*", "a", ""])
headers = some.lists(some.tuples(kinds, weights).map("".join) | anything, max_size=5).map(", ".join)


@quickly
@given(accept=headers)
def test_a_format_is_chosen_or_none(accept: str) -> None:
    assert preferred(accept, OFFERED) in {*OFFERED, None}


@quickly
@given(accept=headers)
def test_what_is_refused_outright_is_never_chosen(accept: str) -> None:
    refused = f"text/csv;q=0, {accept.replace('text/csv', 'x/y')}"
    assert preferred(refused, OFFERED) != "text/csv"


@quickly
@given(accept=some.lists(some.sampled_from(["x/y", "image/*", "application/xml;q=0.9"]), min_size=1).map(",".join))
def test_what_nobody_speaks_is_not_answered(accept: str) -> None:
    assert preferred(accept, OFFERED) is None


@quickly
@given(
    host=anything | some.sampled_from(["a:99999", "a:123456", "[::1]", "[::1", "a@b", "a/b", "a?b", "a#b", "é.example"])
)
def test_an_address_is_never_more_than_scheme_host_and_port(host: str) -> None:
    named = [(b"host", host.encode("latin-1")), (b"x-forwarded-host", host.encode("latin-1"))]
    scope = {"scheme": "https", "headers": named, "client": ("10.0.0.1", 1), "server": ("127.0.0.1", 8000)}
    for settings_ in ({}, {"CARNET_TRUSTED_PROXIES": "10.0.0.0/8"}):
        base = Addresses(environment.read(settings_)).base_url(scope)
        assert re.fullmatch(r"https://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~-]+)(:\d{1,5})?", base)


def test_a_proxy_may_be_one_address_or_a_network_of_either_kind() -> None:
    trusted = Addresses(environment.read({"CARNET_TRUSTED_PROXIES": "192.0.2.7 2001:db8::/32"}))
    named = [(b"host", b"inside"), (b"x-forwarded-host", b"outside")]
    for client, host in (
        ("192.0.2.7", "outside"),
        ("192.0.2.8", "inside"),
        ("2001:db8::1", "outside"),
        ("::1", "inside"),
    ):
        scope = {"scheme": "http", "headers": named, "client": (client, 1), "server": None}
        assert trusted.base_url(scope) == f"http://{host}"
    assert trusted.base_url({"scheme": "http", "headers": named, "client": None, "server": None}) == "http://inside"
    assert trusted.base_url({"scheme": "http", "headers": [], "client": None, "server": None}) == "http://localhost"
