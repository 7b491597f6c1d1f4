"""Writing the invented notebook, in slices between which a running server gets its turn."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from carnet.cli.fiction.inventing import Inventor
from carnet.cli.opening import now
from carnet.core import contacts, deals, notes, pipelines, tags, tasks
from carnet.core.contacts import ContactDraft
from carnet.core.deals import DealDraft
from carnet.core.notes import NoteDraft
from carnet.core.paging import Asked
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role
from carnet.core.tasks import TaskDraft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from carnet.cli.fiction.inventing import Person
    from carnet.cli.opening import Notebook
    from carnet.store.database import Database

_SEED = 2026
_STATES = 100


def load(notebook: Notebook, people: int, owed: int) -> None:
    """Write so many contacts and tasks into the first workspace."""
    loading = _Loading(notebook)
    with Progress(
        TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    ) as progress:
        loading.run(progress, people, owed)
    typer.echo(f"{notebook.first.slug} has {people} more contacts and {owed} more tasks, with deals, notes and tags.")


class _Loading:
    """One loading under way."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._chance = random.Random(_SEED)  # noqa: S311 - chance with a seed, nothing secret
        self._now = now()
        rights = ROLE_RIGHTS[Role.OWNER]
        self._actor = Actor(notebook.first.id, notebook.owner.id, rights, notebook.first.time_zone)
        self._slice = _SLICE_ON_POSTGRES if notebook.settings.on_postgres else _SLICE_ON_SQLITE

    def run(self, progress: Progress, people: int, owed: int) -> None:
        """Make the people, then what is owed to them."""
        states = self._notebook.read(pipelines.page_of_states, self._actor, Asked(limit=_STATES)).items
        inventor = Inventor(
            self._chance,
            people=people,
            states=[state.id for state in states],
            owner_id=self._actor.user_id,
            now=self._now,
            tags=self._notebook.store.write_now(self._actor.workspace_id, _tag, self._actor, self._now),
        )
        known = [inventor.person() for _ in range(people)]
        ids = list(self._written(progress, "contacts", people, (person.draft for person in known)))
        for what, count, invent in (
            ("tasks", owed, inventor.task),
            ("deals", people // _PEOPLE_OF_A_DEAL, inventor.deal),
            ("notes", people // _PEOPLE_OF_A_NOTE, inventor.note),
        ):
            for _ in self._written(progress, what, count, self._hanging(invent, known, ids, count)):
                pass

    def _hanging(
        self, invent: Callable[[Person, str], Any], known: list[Person], ids: list[str], count: int
    ) -> Iterator[Any]:
        """So many of something, each of somebody."""
        for _ in range(count):
            at = self._chance.randrange(len(known))
            yield invent(known[at], ids[at])

    def _written(self, progress: Progress, what: str, count: int, drafts: Iterator[Any]) -> Iterator[str]:
        """Write the drafts; give the ids that they get."""
        bar = progress.add_task(what, total=count)
        while some := list(islice(drafts, self._slice)):
            yield from self._notebook.store.write_now(self._actor.workspace_id, _create, self._actor, some, self._now)
            progress.advance(bar, len(some))
            time.sleep(_PAUSE_SECONDS)


# A slice is some tens of milliseconds of writing. SQLite has no queue for its one writer: whoever waits looks again
# every few milliseconds, and would hardly ever find the file free if slice followed slice at once.
_SLICE_ON_SQLITE = 200
_SLICE_ON_POSTGRES = 50
_PAUSE_SECONDS = 0.005


_PEOPLE_OF_A_DEAL, _PEOPLE_OF_A_NOTE = 4, 2
_TAGS = ("press", "supplier", "regular", "newsletter", "partner", "fair")
_MAKERS: dict[type, Callable[..., Any]] = {
    ContactDraft: contacts.create,
    TaskDraft: tasks.create,
    DealDraft: deals.create,
    NoteDraft: notes.create,
}


def _create(db: Database, actor: Actor, drafts: list[Any], moment: datetime) -> list[str]:
    return [_MAKERS[type(draft)](db, actor, draft, now=moment).id for draft in drafts]


def _tag(db: Database, actor: Actor, moment: datetime) -> list[str]:
    """The tags of the invented notebook, which are made where they aren't there."""
    return [tags.find_or_create(db, actor, name, now=moment).id for name in _TAGS]
