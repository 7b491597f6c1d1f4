"""The optional model: whatever speaks OpenAI's chat completions. It may suggest; without it nothing is missing.

It has no tools, follows no redirect and uses no proxy: a text goes to the address that was set, and nowhere else.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from enum import IntEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
import structlog

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Collection, Coroutine, Mapping

    import httpx

    from carnet.settings import Settings

DEADLINE = 10.0
"""Seconds that a question may take, with all its fallbacks."""
LARGEST_ANSWER = 64 * 1024
MOST_AT_ONCE = 4
"""Questions that wait at the same time. The next one gets no answer, so that a slow server holds up nobody else."""
PATIENCE = 3
"""So many questions in a row that used up their time let the model rest."""
REST = 30.0
_MOST_OBJECTS = 20
_MAY_LIKE_ANOTHER = frozenset({400, 404, 405, 415, 422, 500, 501})
"""Statuses by which servers refuse a manner; after others there is no use in asking again."""
log = structlog.get_logger("carnet.assist")


class Manner(IntEnum):
    """How an answer's shape is asked for, the strictest first. Servers know some of them."""

    SCHEMA = 0
    JSON = 1
    TEXT = 2
    """Nothing but the messages: what every server takes."""


class NoAnswerError(Exception):
    """The model gave nothing that can be used; the message says why, without what was asked."""


class Model:
    """A model at an address. It may be asked from several threads, but never from an event loop."""

    def __init__(self, url: str, name: str, key: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.manner = Manner.SCHEMA
        """The strictest manner that the server hasn't refused yet."""
        self._url = _completions(url)
        self._name = name
        self._key = key
        self._clock = clock
        self._room = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._late = 0
        self._rests_until = 0.0
        self._context: ssl.SSLContext | None = None

    def __repr__(self) -> str:
        return f"Model({self._name!r})"

    def ask(
        self, system: str, data: str, schema: Mapping[str, Any], deadline: float = DEADLINE
    ) -> dict[str, Any] | None:
        """An object that has at least one of the schema's properties; None where there is no such answer in time.

        The deadline is in seconds. Nothing of the answer is checked but its being an object. Raises nothing.
        """
        if self._clock() < self._rests_until or not self._room.acquire(blocking=False):
            return None
        try:
            answer = _within(self._answer(system, data, schema), deadline)
        except TimeoutError:
            self._note_late()
            log.warning("the model was too slow", model=self._name, seconds=deadline)
            return None
        except Exception as error:  # noqa: BLE001 - whatever an answer is made of, the caller does without
            # Of an error its name alone: its words may hold headers or a part of the answer.
            why = str(error) if isinstance(error, NoAnswerError) else type(error).__name__
            log.warning("the model gave no answer", model=self._name, why=why)
            return None
        finally:
            self._room.release()
        self._late = 0
        return answer

    def _note_late(self) -> None:
        self._late += 1
        if self._late >= PATIENCE:
            self._late = 0
            self._rests_until = self._clock() + REST

    async def _answer(self, system: str, data: str, schema: Mapping[str, Any]) -> dict[str, Any]:
        import httpx  # noqa: PLC0415 - where no model is set, it is never needed

        is_refused = False
        async with httpx.AsyncClient(verify=self._trust(), trust_env=False, timeout=None) as client:  # noqa: S113 - `_within` holds the time of everything
            for manner in list(Manner)[self.manner :]:
                status, body = await self._post(client, _question(manner, self._name, system, data, schema))
                if status == HTTPStatus.OK:
                    found = _object_in(_content(body), schema["properties"])
                    if found is not None:
                        self.manner = max(self.manner, manner) if is_refused else self.manner
                        return found
                elif status in _MAY_LIKE_ANOTHER:
                    is_refused = is_refused or status < HTTPStatus.INTERNAL_SERVER_ERROR
                else:
                    raise NoAnswerError(f"status {status}")
        raise NoAnswerError("no manner of asking brought an object with the names of the schema")

    async def _post(self, client: httpx.AsyncClient, question: dict[str, Any]) -> tuple[int, bytes]:
        headers = {"content-type": "application/json", "accept": "application/json", "accept-encoding": "identity"}
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        # Not msgspec, which refuses half characters: json writes them as escapes.
        async with client.stream("POST", self._url, content=json.dumps(question).encode(), headers=headers) as answer:
            if answer.status_code != HTTPStatus.OK:
                return answer.status_code, b""
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise NoAnswerError("it is packed, which was not asked for")
            body = bytearray()
            async for part in answer.aiter_raw():
                body += part
                if len(body) > LARGEST_ANSWER:
                    raise NoAnswerError(f"it is longer than {LARGEST_ANSWER} bytes")
        return HTTPStatus.OK, bytes(body)

    def _trust(self) -> ssl.SSLContext | bool:
        """The authorities that the library knows and those of this machine, which may vouch for a server at home."""
        import httpx  # noqa: PLC0415 - as above

        if not self._url.startswith("https:"):
            return False
        if self._context is None:
            self._context = httpx.create_ssl_context(trust_env=False)
            self._context.load_default_certs()
        return self._context


def model_of(settings: Settings) -> Model | None:
    """The model that the settings name, if any."""
    return Model(settings.llm_url, settings.llm_model, settings.llm_key) if settings.llm_url else None


def _completions(url: str) -> str:
    """The address that questions go to: of a server, of its API (`…/v1`), or whole."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/") or "/v1"
    if not path.endswith("/chat/completions"):
        path += "/chat/completions"
    return parts._replace(path=path).geturl()


def _within(call: Coroutine[Any, Any, dict[str, Any]], deadline: float) -> dict[str, Any]:
    """Run a coroutine to its end, however its server drips. Raises TimeoutError.

    `asyncio.run` would wait for a name that is still being looked up; closing the loop leaves that thread behind.
    """
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(asyncio.wait_for(call, deadline))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _question(manner: Manner, name: str, system: str, data: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    said = [{"role": "system", "content": system}, {"role": "user", "content": data}]
    question: dict[str, Any] = {"model": name, "messages": said} if name else {"messages": said}
    if manner is Manner.TEXT:
        return question  # some models refuse even a temperature
    question |= {"temperature": 0, "stream": False}
    if manner is Manner.JSON:
        return {**question, "response_format": {"type": "json_object"}}
    described = {"name": "answer", "strict": True, "schema": schema}
    return {**question, "response_format": {"type": "json_schema", "json_schema": described}}


class _Part(msgspec.Struct):
    text: str = ""


class _Message(msgspec.Struct):
    content: str | list[_Part] | None = None


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


def _content(body: bytes) -> str:
    """What a completion says, without the thinking that some models put before it; empty where it isn't one."""
    try:
        choices = msgspec.json.decode(body, type=_Completion).choices
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    content = choices[0].message.content if choices else ""
    text = content if isinstance(content, str) else "".join(part.text for part in content or ())
    return text.rpartition("</think>")[2]


def _object_in(content: str, names: Collection[str]) -> dict[str, Any] | None:
    """The first JSON object in a text that has one of the names: models put fences and sentences around it."""
    decoder = json.JSONDecoder()
    at = content.find("{")
    for _ in range(_MOST_OBJECTS):
        if at < 0:
            break
        try:
            found, _end = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and any(name in found for name in names):
            return found
        at = content.find("{", at + 1)
    return None
