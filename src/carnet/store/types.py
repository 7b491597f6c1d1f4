"""The kinds of column, and how each of the two databases holds them.

SQLAlchemy only writes the SQL; values go to the drivers through the converters named here, so that every
conversion stands in one place per database.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import BigInteger, Text, TypeDecorator
from sqlalchemy.dialects import postgresql

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine


class _Kind(TypeDecorator[Any]):
    """Text on SQLite, `on_postgres` on PostgreSQL."""

    impl = Text
    cache_ok = True
    on_postgres: TypeEngine[Any] = Text()

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return self.on_postgres if dialect.name == "postgresql" else Text()


class Identity(_Kind):
    """A UUID: 36 lower-case characters in Python and on SQLite, `uuid` on PostgreSQL."""

    cache_ok = True
    on_postgres = postgresql.UUID(as_uuid=False)


class Word(_Kind):
    """Text that is compared or sorted: byte by byte on both, so that both give the same order."""

    cache_ok = True
    on_postgres = Text(collation="C")


class Instant(_Kind):
    """A moment, aware and in UTC; ISO text with six decimals on SQLite, which sorts by time."""

    cache_ok = True
    on_postgres = postgresql.TIMESTAMP(timezone=True)


class Day(_Kind):
    """A calendar day in nobody's zone."""

    cache_ok = True
    on_postgres = postgresql.DATE()


class Document(_Kind):
    """A JSON object, kept as it was sent; never a list, which PostgreSQL's driver would bind as an array."""

    cache_ok = True
    on_postgres = postgresql.JSON()


class Strings(_Kind):
    """A list of texts in their order: JSON on SQLite, an array on PostgreSQL."""

    cache_ok = True
    on_postgres = postgresql.ARRAY(Text())


class Identities(_Kind):
    """A list of UUIDs bound as one value: JSON on SQLite, an array on PostgreSQL."""

    cache_ok = True
    on_postgres = postgresql.ARRAY(postgresql.UUID(as_uuid=False))


class Numbers(_Kind):
    """A list of integers bound as one value: JSON on SQLite, an array on PostgreSQL."""

    cache_ok = True
    on_postgres = postgresql.ARRAY(BigInteger())


_encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder().decode


def _instant_text(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _day_text(value: date) -> str:
    return value.isoformat()


def _json_text(value: object) -> str:
    return _encode(value).decode()


def _json(value: dict[str, object]) -> object:
    from psycopg.types.json import Json  # noqa: PLC0415 - a SQLite user never loads the driver

    return Json(value, dumps=_encode)


TO_DRIVER: dict[str, dict[type, Callable[[Any], Any]]] = {
    "sqlite": {
        Instant: _instant_text,
        Day: _day_text,
        Document: _json_text,
        Strings: _json_text,
        Identities: _json_text,
        Numbers: _json_text,
    },
    "postgresql": {Document: _json},
}
FROM_DRIVER: dict[str, dict[type, Callable[[Any], Any]]] = {
    "sqlite": {Document: decode, Strings: decode},
    "postgresql": {},
}
