"""Where a request came in, and from whom. Forwarding headers count only from proxies that the settings trust."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Scope

    from carnet.settings import Settings

_HOST = re.compile(r"[A-Za-z0-9._~\-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_LONGEST_HOST = 255
_FORWARDING = frozenset({b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"})


class Addresses:
    """Tells a request's own base URL and whether it comes from this machine."""

    def __init__(self, settings: Settings) -> None:
        self._public_url = settings.public_url
        self._trusted = settings.trusted_proxies
        self._is_trusted = lru_cache(256)(self._trusts)

    def base_url(self, scope: Scope) -> str:
        """Scheme, host and port (and the public URL's path), without a slash at the end."""
        if self._public_url:
            return self._public_url
        scheme, host, forwarded = scope["scheme"], b"", {}
        for name, value in scope["headers"]:
            if name == b"host":
                host = value
            elif self._trusted and name in _FORWARDING:
                forwarded[name] = value
        if forwarded and self._comes_from_proxy(scope):
            host = _first(forwarded.get(b"x-forwarded-host", host))
            proto = _first(forwarded.get(b"x-forwarded-proto", b"")).decode("latin-1").lower()
            scheme = proto if proto in {"http", "https"} else scheme
        return _joined(scheme, host if len(host) <= _LONGEST_HOST else b"", scope.get("server"))

    def is_local(self, scope: Scope) -> bool:
        """Whether the request comes from this machine itself, and through no proxy."""
        client = scope.get("client")
        if client is None or any(name in _FORWARDING for name, _ in scope["headers"]):
            return False
        try:
            return ip_address(client[0]).is_loopback
        except ValueError:
            return False

    def _comes_from_proxy(self, scope: Scope) -> bool:
        client = scope.get("client")
        return client is not None and self._is_trusted(client[0])

    def _trusts(self, host: str) -> bool:
        try:
            address = ip_address(host)
        except ValueError:
            return False
        return any(address in network for network in self._trusted)


def _first(value: bytes) -> bytes:
    return value.partition(b",")[0].strip()


@lru_cache(1024)
def _joined(scheme: str, host: bytes, server: tuple[str, int] | None) -> str:
    name = host.decode("latin-1")
    if not _HOST.fullmatch(name):
        name = f"{server[0]}:{server[1]}" if server and server[1] else "localhost"
    return f"{scheme}://{name}"
