"""The courier: takes one signed delivery to its receiver, by HTTP, and no further."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from carnet import __version__
from carnet.core.deliveries import Result
from carnet.core.webhooks import PREFIX
from carnet.jobs.addresses import RefusedError, checked

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from ipaddress import IPv4Network, IPv6Network

    from carnet.core.deliveries import Parcel
    from carnet.core.events import Event

    Resolve = Callable[[str, int], Awaitable[list[str]]]

TIMEOUT = 10.0
"""Seconds for all of an attempt: less than what a lease outlives its renewal by, so who has lost it has ended."""
_HOSTS_AT_ONCE = 4
_encode = msgspec.json.Encoder().encode


class Resolver:
    """Looks names up in threads of its own, so that a name server that doesn't answer keeps nobody else waiting."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_HOSTS_AT_ONCE, "carnet-names")

    async def __call__(self, host: str, port: int) -> list[str]:
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _look_up, host, port)
        return list(dict.fromkeys(str(address[0]) for *_, address in found))

    def close(self) -> None:
        """Look nothing up any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int) -> list[Any]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class Courier:
    """Takes deliveries to their receivers."""

    def __init__(
        self,
        allowed: tuple[IPv4Network | IPv6Network, ...],
        *,
        resolve: Resolve,
        timeout: float = TIMEOUT,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._timeout = timeout
        self._context = context

    async def take(self, parcel: Parcel, now: datetime) -> Result:
        """One attempt, which never raises for what the receiver or the way to it does."""
        began = time.monotonic()
        status, wait = None, None
        try:
            async with asyncio.timeout(self._timeout):
                status, wait = await self._post(parcel, now)
            answer = f"Answered {status}."
        except TimeoutError:
            answer = f"No answer within {self._timeout:g} seconds."
        except RefusedError:
            answer = "The address isn't a public one, nor in a network that CARNET_WEBHOOK_ALLOW names."
        except Exception as error:  # noqa: BLE001 - whatever else happens on the way, it is tried again
            answer = _reason(error)
        return Result(
            status=status, answer=answer, milliseconds=int(1_000 * (time.monotonic() - began)), retry_after=wait
        )

    async def _post(self, parcel: Parcel, now: datetime) -> tuple[int, timedelta | None]:
        """The status of the answer, whose body is left unread, and how long the receiver wants to be left alone."""
        import httpcore  # noqa: PLC0415 - loaded with the first delivery

        url = httpcore.URL(parcel.webhook.url.partition("#")[0])
        host = url.host.decode("ascii")
        port = url.port or (443 if url.scheme == b"https" else 80)
        found = checked(await self._resolve(host.strip("[]"), port), self._allowed)
        if not found:
            raise OSError(f"{host} has no address")
        if self._context is None and url.scheme == b"https":
            import httpx  # noqa: PLC0415

            self._context = httpx.create_ssl_context()
        body = body_of(parcel.event)
        headers = {
            "host": parcel.webhook.url.partition("://")[2].partition("/")[0].partition("?")[0],
            "content-type": "application/json",
            "content-length": str(len(body)),
            "user-agent": f"Carnet/{__version__}",
            "connection": "close",
            **signed(parcel.event.id, parcel.secret, body, now),
        }
        backend = fixed(found)
        async with httpcore.AsyncConnectionPool(
            ssl_context=self._context, network_backend=backend, max_connections=1, http2=False
        ) as pool:
            request = pool.stream("POST", url, headers=list(headers.items()), content=body)
            async with request as response:
                return response.status, _asked(response.headers)


def body_of(event: Event) -> bytes:
    """What is told of an event: the same bytes each time."""
    told = {
        "type": event.kind,
        "timestamp": event.at,
        "data": {
            "id": event.id,
            "sequence": event.number,
            "noun": event.noun,
            "recordId": event.record_id,
            "userId": event.user_id,
            "before": event.before,
            "after": event.after,
            "partOf": event.part_of,
            "undoes": event.undoes,
        },
    }
    return _encode(told)


def signed(event_id: str, secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of the Standard Webhooks specification, version 1 (HMAC-SHA256)."""
    moment = str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix(PREFIX))
    content = b".".join((event_id.encode(), moment.encode(), body))
    signature = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    return {"webhook-id": event_id, "webhook-timestamp": moment, "webhook-signature": f"v1,{signature}"}


def fixed(addresses: list[str]) -> Any:  # noqa: ANN401 - a backend of httpcore, which is imported late
    """A network in which every host has these addresses: nothing is resolved a second time."""
    import httpcore  # noqa: PLC0415

    class Fixed(httpcore.AnyIOBackend):
        async def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,  # noqa: ASYNC109 - so the library calls it
            local_address: str | None = None,
            socket_options: Any = None,  # noqa: ANN401
        ) -> httpcore.AsyncNetworkStream:
            del host
            for address in addresses[:-1]:
                with suppress(httpcore.ConnectError):
                    return await super().connect_tcp(address, port, timeout, local_address, socket_options)
            return await super().connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    return Fixed()


def _asked(headers: list[tuple[bytes, bytes]]) -> timedelta | None:
    """The seconds of a Retry-After."""
    for name, value in headers:
        if name.lower() == b"retry-after" and value.isdigit():
            return timedelta(seconds=int(value[:9]))
    return None


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
