"""Idempotency keys: a POST that comes twice under one key has one effect and one answer.

The key is claimed in the same transaction as the effect, before it, so a refused request leaves the key free and a
second one can never slip in between.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, delete, select, update

from carnet.core.errors import ConflictError, Fault, InvalidError, KeyReusedError, Violation
from carnet.http.messages import Answer
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import statement, upsert

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.sql.expression import Delete, Update

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database
    from carnet.store.statements import Clause

REMEMBERED = timedelta(hours=24)
_LONGEST_RUN = timedelta(seconds=30)
_LONGEST = 255
_LARGEST_SUCCESS = 299
_table = tables.idempotency


class _Remembered(msgspec.Struct, frozen=True, array_like=True):
    fingerprint: str
    created_at: datetime
    status: int | None
    headers: dict[str, str] | None
    body: str | None


@statement(str)
def _claim() -> Clause:
    names = ("workspace_id", "token_id", "key", "fingerprint", "created_at")
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return upsert(_table, values, ("workspace_id", "token_id", "key"), returning=_table.c.key)


@statement(_Remembered)
def _known() -> Select[Any]:
    names = _Remembered.__struct_fields__
    return select(*(_table.c[name] for name in names)).where(*_of_key())


@statement()
def _keep() -> Update:
    names = ("status", "headers", "body")
    return update(_table).where(*_of_key()).values({name: bindparam(f"new_{name}") for name in names})


@statement()
def _release() -> Delete:
    return delete(_table).where(*_of_key())


@statement()
def _forget() -> Delete:
    return delete(_table).where(
        within(_table), _table.c.created_at < bindparam("before", type_=_table.c.created_at.type)
    )


def _of_key() -> list[Any]:
    return [within(_table), _table.c.token_id == bindparam("of_token"), _table.c.key == bindparam("of_key")]


def key_of(request: Request) -> str | None:
    """The request's key. Raises InvalidError for one that isn't 1 to 255 visible characters."""
    raw = request.headers.get(b"idempotency-key")
    if raw is None or request.method != "POST":
        return None
    key = raw.decode("latin-1")
    if not 0 < len(key) <= _LONGEST or not all("!" <= character <= "~" for character in key):
        raise InvalidError([Violation("Idempotency-Key", Fault.NOT_VALID)])
    return key


def known_answer(db: Database, actor: Actor, request: Request) -> Answer | None:
    """The answer that the request's key has already; nothing is claimed. Raises as `key_of` and `recall` do."""
    key = key_of(request)
    if key is None:
        return None
    known = db.find(_known(), workspace_id=actor.workspace_id, of_token=actor.token_id, of_key=key)
    if known is None or known.created_at < request.now - REMEMBERED:
        return None
    return _said_again(known, _fingerprint(request), request.now)


def recall(db: Database, actor: Actor, request: Request, key: str) -> Answer | None:
    """Claim the key for this request, or give the answer that it has already.

    Raises KeyReusedError where the key came with another method, path, query or body.
    """
    db.run(_forget(), workspace_id=actor.workspace_id, before=request.now - REMEMBERED)
    fingerprint = _fingerprint(request)
    claimed = db.find(
        _claim(),
        workspace_id=actor.workspace_id,
        token_id=actor.token_id,
        key=key,
        fingerprint=fingerprint,
        created_at=request.now,
    )
    if claimed is not None:
        return None
    known = db.one(_known(), workspace_id=actor.workspace_id, of_token=actor.token_id, of_key=key)
    return _said_again(known, fingerprint, request.now)


def _said_again(known: _Remembered, fingerprint: str, now: datetime) -> Answer:
    if known.fingerprint != fingerprint:
        raise KeyReusedError
    if known.status is None and now - known.created_at < _LONGEST_RUN:
        message = "The first request with this Idempotency-Key is still running."
        raise ConflictError(message)
    answer = Answer(known.status or 200, (known.body or "").encode())
    headers = known.headers or {}
    answer.media_type = headers.pop("content-type", "").encode() or answer.media_type
    for name, value in headers.items():
        answer.add(name.encode(), value)
    answer.add(b"idempotency-replayed", "true")
    return answer


def release(db: Database, actor: Actor, key: str) -> None:
    """Forget a key that was claimed, so that the request can be corrected under it."""
    db.run(_release(), workspace_id=actor.workspace_id, of_token=actor.token_id, of_key=key)


def remember(db: Database, actor: Actor, key: str, answer: Answer, *, is_running: bool = False) -> None:
    """Keep a successful answer under the key that was claimed for it.

    Of a request that `is_running`, what is kept holds where its end is never heard of.
    """
    if answer.status > _LARGEST_SUCCESS:
        release(db, actor, key)
        return
    headers = {name.decode(): value.decode("latin-1") for name, value in answer.headers}
    headers["content-type"] = answer.media_type.decode()
    db.run(
        _keep(),
        workspace_id=actor.workspace_id,
        of_token=actor.token_id,
        of_key=key,
        new_status=None if is_running else answer.status,
        new_headers=headers,
        new_body=answer.body.decode(),
    )


def _fingerprint(request: Request) -> str:
    told = b"\n".join((request.method.encode(), request.path.encode(), request.query_string, request.body))
    return hashlib.sha256(told).hexdigest()
