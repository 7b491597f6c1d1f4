"""`carnet demo`: people who don't exist, in French and English, and the tasks owed to them.

Names are common first and family names thrown together, companies are made up, addresses of mail end in `.example` and
phones come from the ranges that numbering authorities reserve for fiction. The same numbers give the same notebook.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from carnet.cli import invention
from carnet.cli.opening import now
from carnet.core import contacts, pipelines, tasks
from carnet.core.contacts import ContactDraft
from carnet.core.paging import Asked
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role
from carnet.core.search import fold

if TYPE_CHECKING:
    from datetime import datetime

    from rich.progress import TaskID

    from carnet.cli.opening import Notebook
    from carnet.core.tasks import TaskDraft
    from carnet.store.database import Database

_SEED = 2026
_SLICE = 250
"""Records written at once: some tens of milliseconds, so that a server on the same notebook goes on."""


def load(notebook: Notebook, people: int, owed: int) -> None:
    """Write so many contacts and tasks into the first workspace."""
    _Loading(notebook, random.Random(_SEED)).run(people, owed)  # noqa: S311 - chance with a seed, nothing secret


class _Loading:
    """One loading under way."""

    def __init__(self, notebook: Notebook, chance: random.Random) -> None:
        self._notebook = notebook
        self._chance = chance
        self._now = now()
        rights = ROLE_RIGHTS[Role.OWNER]
        self._actor = Actor(notebook.first.id, notebook.owner.id, rights, notebook.first.time_zone)

    def run(self, people: int, owed: int) -> None:
        """Make the people, then what is owed to them."""
        columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns) as progress:
            drafts = self._people(people)
            known = self._write(progress, progress.add_task("contacts", total=people), drafts)
            self._write(progress, progress.add_task("tasks", total=owed), self._tasks(known, owed))

    def _write(self, progress: Progress, bar: TaskID, drafts: list[ContactDraft] | list[TaskDraft]) -> list[str]:
        made: list[str] = []
        for start in range(0, len(drafts), _SLICE):
            some = drafts[start : start + _SLICE]
            made += self._notebook.store.write_now(self._actor.workspace_id, _create, self._actor, some, self._now)
            progress.advance(bar, len(some))
        return made

    def _people(self, count: int) -> list[ContactDraft]:
        states = self._notebook.read(pipelines.page_of_states, self._actor, Asked(limit=100)).items
        companies = invention.companies(self._chance, max(5, count // 8))
        return [self._person(number, companies, [state.id for state in states]) for number in range(count)]

    def _person(self, number: int, companies: list[str], states: list[str]) -> ContactDraft:
        chance = self._chance
        tongue = chance.choice(invention.TONGUES)
        given, family = chance.choice(tongue.given), chance.choice(tongue.family)
        company = chance.choice(companies) if chance.random() < 0.85 else None  # noqa: PLR2004 - most people work somewhere
        host = fold(company or "mail").replace(" & ", "-").replace(" ", "-").replace("'", "")
        local = fold(f"{given}.{family}").replace(" ", "-").replace("'", "")
        return ContactDraft(
            name=f"{given} {family}",
            given_name=given,
            family_name=family,
            emails=[f"{local}{number}@{host}.example"],
            phones=[tongue.phone(chance)] if chance.random() < 0.8 else [],  # noqa: PLR2004
            company=company,
            position=chance.choice(tongue.positions) if company else None,
            address=tongue.address(chance) if chance.random() < 0.5 else None,  # noqa: PLR2004
            meeting_context=chance.choice(tongue.meetings) if chance.random() < 0.4 else None,  # noqa: PLR2004
            status=chance.choice(list(contacts.Status)),
            state_id=chance.choice(states) if chance.random() < 0.6 else None,  # noqa: PLR2004
            owner_id=self._actor.user_id,
        )

    def _tasks(self, known: list[str], count: int) -> list[TaskDraft]:
        return [self._task(self._chance.choice(known)) for _ in range(count)]

    def _task(self, contact_id: str) -> TaskDraft:
        chance = self._chance
        tongue = chance.choice(invention.TONGUES)
        kind, title, description = chance.choice(tongue.tasks)
        due_at = self._due()
        is_past = due_at is not None and due_at < self._now
        status = chance.choices(list(tasks.Status), _PAST if is_past else _COMING)[0]
        return tasks.TaskDraft(
            title=f"{title} {chance.choice(tongue.things)}",
            description=description if chance.random() < 0.6 else None,  # noqa: PLR2004
            contact_id=contact_id,
            type=kind,
            status=status,
            priority=chance.choices(list(tasks.Priority), (8, 2, 4, 2, 1))[0],
            due_at=due_at,
            completed_at=due_at if is_past and status is tasks.Status.COMPLETED else None,
            assignee_id=self._actor.user_id if chance.random() < 0.7 else None,  # noqa: PLR2004
        )

    def _due(self) -> datetime | None:
        """A quarter of an hour of a working day, from a year ago to half a year ahead; one task in twenty has none."""
        if self._chance.random() < 0.05:  # noqa: PLR2004
            return None
        day = self._now.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(
            days=self._chance.randint(-365, 180)
        )
        return day + timedelta(minutes=15 * self._chance.randint(0, 40))


# How often a task is open, in progress, completed, cancelled, a no-show.
_PAST = (2, 1, 14, 2, 1)
_COMING = (14, 3, 1, 1, 0)


def _create(db: Database, actor: Actor, drafts: list[ContactDraft] | list[TaskDraft], moment: datetime) -> list[str]:
    made: list[str] = []
    for draft in drafts:
        if isinstance(draft, ContactDraft):
            made.append(contacts.create(db, actor, draft, now=moment).id)
        else:
            made.append(tasks.create(db, actor, draft, now=moment).id)
    return made
