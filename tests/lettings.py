"""PostgreSQL databases with people in them, each of which is let to one test after the other."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATE = "carnet_template"
FURNISHED = "carnet_furnished"


def of_database(address: str, name: str) -> str:
    """The address of another database of the server."""
    return address.replace("/postgres?", f"/{name}?")


def copy(address: str, template: str, name: str) -> str:
    """Make a database like another one; its address."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return of_database(address, name)


def keep_furniture(address: str) -> None:
    """Lay a copy of every row aside in the database, for `Lettings` to put back."""
    with psycopg.connect(address) as connection:
        connection.execute("CREATE SCHEMA furniture")
        for table in _tables(connection):
            connection.execute(f"CREATE TABLE furniture.{table} AS TABLE public.{table}")


class Lettings:
    """The furnished databases of a server. To put one back into order takes a hundredth of the time of a new one."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._vacant: list[_Lodging] = []
        self._let: dict[str, _Lodging] = {}
        self._names = (f"lodging_{number}" for number in itertools.count())

    def let(self) -> str:
        """The address of a database in which there is the furniture only."""
        lodging = self._vacant.pop() if self._vacant else _Lodging(copy(self._address, FURNISHED, next(self._names)))
        self._let[lodging.address] = lodging
        return lodging.address

    def take_back(self, address: str) -> None:
        """Put a database in order, so that it can be let again; one that can't be is left as it is."""
        lodging = self._let.pop(address)
        try:
            lodging.put_in_order()
        except psycopg.Error:
            lodging.connection.close()
        else:
            self._vacant.append(lodging)

    def close(self) -> None:
        """Leave every database."""
        for lodging in (*self._vacant, *self._let.values()):
            lodging.connection.close()


class _Lodging:
    def __init__(self, address: str) -> None:
        self.address = address
        self.connection = psycopg.connect(address, autocommit=True)
        self._order = "; ".join(_order(self.connection))

    def put_in_order(self) -> None:
        with self.connection.transaction():
            self.connection.execute(self._order)


def _order(connection: psycopg.Connection) -> Iterator[str]:
    yield "SET LOCAL lock_timeout = '2s'"
    yield "SET LOCAL session_replication_role = replica"  # rows may go before those that lead to them
    tables = _tables(connection)
    for table in tables:
        yield f"DELETE FROM public.{table}"  # noqa: S608 - its name is out of the catalogue
    for table in tables:
        yield f"INSERT INTO public.{table} SELECT * FROM furniture.{table}"  # noqa: S608 - likewise


def _tables(connection: psycopg.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
