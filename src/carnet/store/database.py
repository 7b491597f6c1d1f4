"""What the core is given to work on, and the store that gives it: one interface with two bodies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from carnet.settings import Settings
    from carnet.store.statements import Bound, Statement
    from carnet.store.trigrams import Trigrams

T = TypeVar("T")
P = ParamSpec("P")


class StoreUnavailableError(Exception):
    """The database can't be reached, or didn't answer before our deadline; nothing is known to be stored."""


class StoreFullError(Exception):
    """There is no room left to write; reading goes on."""


class Database(ABC):
    """One open transaction (or, for a read, one connection). Core functions touch nothing else."""

    dialect: str
    trigrams: Trigrams

    @abstractmethod
    def fetch(self, bound: Bound, values: dict[str, Any]) -> list[Any]:
        """Run a statement and give all its rows, as the driver makes them."""

    def all(self, statement: Statement[T], **values: Any) -> list[T]:  # noqa: ANN401 - values of any column
        """Every row of a statement."""
        bound = statement.bound(self.dialect)
        return statement.read(bound.rows(self.fetch(bound, bound.values(values))))

    def find(self, statement: Statement[T], **values: Any) -> T | None:  # noqa: ANN401
        """The first row of a statement, or None."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None

    def one(self, statement: Statement[T], **values: Any) -> T:  # noqa: ANN401
        """The row of a statement that always has one, such as a count."""
        return self.all(statement, **values)[0]

    def counted(self, statement: Statement[T], **values: Any) -> tuple[list[T], int | None]:  # noqa: ANN401
        """Every row of a statement whose last column is a total, the same in each; None where there is no row."""
        bound = statement.bound(self.dialect)
        rows = bound.rows(self.fetch(bound, bound.values(values)))
        return statement.read(rows), rows[0][-1] if rows else None

    @abstractmethod
    def moment(self) -> AbstractContextManager[None]:
        """Show what is read inside as it was at one moment, whatever is written meanwhile, as a change does anyway."""

    @abstractmethod
    def piece(self) -> AbstractContextManager[None]:
        """A piece of a change: what it wrote is taken back where it raises, and the rest of the change goes on."""

    def run(self, statement: Statement[Any], **values: Any) -> None:  # noqa: ANN401
        """Run a statement that gives nothing."""
        bound = statement.bound(self.dialect)
        self.fetch(bound, bound.values(values))


class Store(Protocol):
    """Runs core functions: the one place that begins and commits.

    A function given to it takes the database first, touches nothing else, and may be run again.
    """

    async def read(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short, indexed read."""

    async def read_apart(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read that may take long, where it keeps no other request waiting."""

    async def write(
        self, workspace_id: int, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a change, alone in its workspace, and return once it is on disk. What it raises leaves no trace."""

    def read_now(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read from a thread without an event loop: the command line, jobs, tests."""

    def write_now(
        self, workspace_id: int, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a change from a thread without an event loop."""

    @property
    def is_alive(self) -> bool:
        """Whether changes can still be made."""

    def close(self) -> None:
        """Finish what was accepted and let the database go."""


def open_store(settings: Settings) -> Store:
    """Open the store that the settings name; its tables must be there (see `carnet.migrations`)."""
    if settings.on_postgres:
        from carnet.store.postgres import PostgresStore  # noqa: PLC0415 - only where it is used

        return PostgresStore(settings.database_url)
    from carnet.store.sqlite import SqliteStore  # noqa: PLC0415

    return SqliteStore(settings.database_file)
