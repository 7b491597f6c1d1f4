"""Opening the notebook as every command does: settings, migrations, the first start, then the store."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from carnet import migrations
from carnet import settings as environment
from carnet.core import beginning, workspaces
from carnet.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from carnet.core.users import User
    from carnet.core.workspaces import Workspace
    from carnet.settings import Settings
    from carnet.store.database import Store


@dataclass(frozen=True, slots=True)
class Notebook:
    """An open notebook, with its first workspace and that one's owner."""

    settings: Settings
    store: Store
    first: Workspace
    owner: User

    def change(self, work: Callable[..., Any], *args: Any, **named: Any) -> Any:  # noqa: ANN401 - what the work gives
        """Change what stands above workspaces."""
        return self.store.write_now(workspaces.ALL, work, *args, **named)

    def read(self, work: Callable[..., Any], *args: Any, **named: Any) -> Any:  # noqa: ANN401
        """Read."""
        return self.store.read_now(work, *args, **named)


def now() -> datetime:
    """This moment, in whole seconds, as requests have it."""
    return datetime.now(UTC).replace(microsecond=0)


@contextmanager
def opened(data: Path | None, database_url: str | None) -> Iterator[Notebook]:
    """The notebook that the options or the environment name; made where there is none."""
    with opened_with(environment.read(data=data, database_url=database_url)) as notebook:
        yield notebook


@contextmanager
def opened_with(settings: Settings) -> Iterator[Notebook]:
    """The notebook of these settings."""
    migrations.upgrade(settings)
    store = open_store(settings)
    try:
        yield Notebook(settings, store, *_first(store, settings))
    finally:
        store.close()


def _first(store: Store, settings: Settings) -> tuple[Workspace, User]:
    """The first workspace and its owner. They are looked for first, so that reading waits for no writer."""
    found = store.read_now(beginning.find_first)
    if found is not None:
        for workspace_id in store.read_now(workspaces.unseeded):
            store.write_now(workspace_id, beginning.seed, workspace_id, now=now())
    return found or store.write_now(workspaces.ALL, beginning.begin, language=settings.language, now=now())
