"""Where a request came in, which only trusted proxies may say."""

from __future__ import annotations

from typing import Any

import pytest

from carnet import settings
from carnet.http.addresses import Addresses

PROXY = {"CARNET_TRUSTED_PROXIES": "10.0.0.0/8, 127.0.0.1"}


def _scope(client: str = "10.1.2.3", **headers: str) -> dict[str, Any]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"scheme": "http", "server": ("127.0.0.1", 8000), "client": (client, 5), "headers": named}


@pytest.mark.parametrize(
    ("environment", "scope", "expected"),
    [
        ({}, _scope(host="crm.example"), "http://crm.example"),
        ({}, _scope(host="[::1]:8000"), "http://[::1]:8000"),
        ({}, _scope(host='x"><script>'), "http://127.0.0.1:8000"),
        ({}, _scope(), "http://127.0.0.1:8000"),
        ({}, _scope(host="a", x_forwarded_host="evil", x_forwarded_proto="https"), "http://a"),
        (PROXY, _scope(host="a", x_forwarded_host="b", x_forwarded_proto="https"), "https://b"),
        (PROXY, _scope(host="a", x_forwarded_host="b, c", x_forwarded_proto="HTTPS, http"), "https://b"),
        (PROXY, _scope(host="a", x_forwarded_proto="gopher"), "http://a"),
        (PROXY, _scope(client="192.0.2.1", host="a", x_forwarded_host="evil"), "http://a"),
        ({"CARNET_PUBLIC_URL": "https://p/x"}, _scope(host="a"), "https://p/x"),
    ],
)
def test_the_base_of_absolute_addresses(environment: dict[str, str], scope: dict[str, Any], expected: str) -> None:
    assert Addresses(settings.read(environment)).base_url(scope) == expected


@pytest.mark.parametrize(
    ("scope", "local"),
    [
        (_scope(client="127.0.0.1"), True),
        (_scope(client="::1"), True),
        (_scope(client="10.1.2.3"), False),
        (_scope(client="127.0.0.1", x_forwarded_for="127.0.0.1"), False),
        (_scope(client="a name"), False),
        ({**_scope(), "client": None}, False),
    ],
)
def test_who_comes_from_this_machine(scope: dict[str, Any], local: bool) -> None:  # noqa: FBT001 - a row of the table
    assert Addresses(settings.read({})).is_local(scope) is local
