"""Making up people, the companies they work for and the tasks owed to them, by chance with a seed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from carnet.cli.fiction.english import AMERICAN, BRITISH
from carnet.cli.fiction.french import FRENCH
from carnet.core import contacts, deals
from carnet.core.contacts import ContactDraft
from carnet.core.deals import DealDraft
from carnet.core.notes import NoteDraft
from carnet.core.search import fold
from carnet.core.tasks import Priority, Status, TaskDraft, Type

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from carnet.cli.fiction.tongue import Tongue

# How many of eight people speak each.
_TONGUES = {FRENCH: 4, BRITISH: 3, AMERICAN: 1}
_PEOPLE_OF_A_COMPANY = 8

# How often a task of the past, and one still to come, is open, in progress, completed, cancelled, a no-show.
_PAST = (2, 1, 14, 2, 1)
_COMING = (14, 3, 1, 1, 0)
_PRIORITIES = (8, 2, 4, 2, 1)
_DEALS = (6, 3, 1)
"""How often a deal is open, won, lost."""
_CLOSING = (-40, 120)
"""The first and the last day on which a deal may close, from today."""
_DAYS = (-240, 150, 10)
"""The first and the last day on which something is due, from today, and the busiest."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up, and the language in which they are spoken of."""

    draft: ContactDraft
    tongue: Tongue


class Inventor:
    """Makes up one notebook, always the same one for the same chance."""

    def __init__(
        self,
        chance: random.Random,
        *,
        people: int,
        states: Sequence[str],
        owner_id: str,
        now: datetime,
        tags: Sequence[str] = (),
    ) -> None:
        """Prepare for so many `people`, who may be in the pipeline's `states` and bear `tags`; the owner knows them."""
        self._tags = tags
        self._chance = chance
        self._states = states
        self._owner_id = owner_id
        self._now = now
        self._today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        self._addresses: Counter[str] = Counter()
        self._companies = {tongue: self._named(tongue, people // _PEOPLE_OF_A_COMPANY + 1) for tongue in _TONGUES}

    def _named(self, tongue: Tongue, count: int) -> list[str]:
        """So many companies, or all that the words make."""
        names = [kind.format(root) for kind in tongue.companies for root in tongue.roots]
        return self._chance.sample(names, min(count, len(names)))

    def person(self) -> Person:
        """Somebody, most probably with work."""
        chance = self._chance
        tongue = chance.choices(list(_TONGUES), list(_TONGUES.values()))[0]
        is_woman = self._happens(0.5)
        given, family = chance.choice(tongue.women if is_woman else tongue.men), chance.choice(tongue.families)
        company = chance.choice(self._companies[tongue]) if self._happens(0.85) else None
        position = chance.choice(tongue.positions)[0 if is_woman else 1] if company else None
        status = chance.choice(list(contacts.Status))
        draft = ContactDraft(
            name=f"{given} {family}",
            given_name=given,
            family_name=family,
            emails=self._emails(f"{given}.{family}", company, tongue),
            phones=[self._phone(tongue) for _ in range(chance.choices((0, 1, 2), (2, 7, 1))[0])],
            company=company,
            position=position,
            address=self._address(tongue) if self._happens(0.5) else None,
            website=f"https://{_host(company)}.example" if company and self._happens(0.3) else None,
            description=chance.choice(tongue.remarks) if self._happens(0.25) else None,
            meeting_context=chance.choice(tongue.meetings) if self._happens(0.4) else None,
            status=status,
            state_id=chance.choice(self._states) if self._happens(0.6) else None,
            owner_id=self._owner_id,
            is_lead=status is contacts.Status.PENDING and self._happens(0.5),
            tag_ids=chance.sample(self._tags, chance.randint(1, 2)) if self._tags and self._happens(0.4) else None,
        )
        return Person(draft, tongue)

    def _emails(self, name: str, company: str | None, tongue: Tongue) -> list[str]:
        """An address at work, or one at home, or both; now and then none."""
        at_work = [self._address_of_mail(name, f"{_host(company)}.example")] if company else []
        at_home = self._happens(0.15 if company else 0.9)
        return at_work + ([self._address_of_mail(name, tongue.mail_host)] if at_home else [])

    def _address_of_mail(self, name: str, host: str) -> str:
        """An address that nobody was given before."""
        local = _host(name, keeping=".")
        self._addresses[f"{local}@{host}"] += 1
        namesakes = self._addresses[f"{local}@{host}"]
        return f"{local}{namesakes}@{host}" if namesakes > 1 else f"{local}@{host}"

    def _phone(self, tongue: Tongue) -> str:
        digits = f"{self._chance.randrange(10_000):04}"
        return self._chance.choice(tongue.phones).format(*digits)

    def _address(self, tongue: Tongue) -> str:
        chance = self._chance
        return f"{chance.randint(1, 180)} {chance.choice(tongue.streets)}, {chance.choice(tongue.towns)}"

    def task(self, person: Person, contact_id: str) -> TaskDraft:
        """Something owed to a person: mostly done where it was due, mostly open where it will be."""
        chance = self._chance
        errand = chance.choice(person.tongue.errands)
        due_at = None if self._happens(0.05) else self._due()
        is_past = due_at is not None and due_at < self._now
        status = chance.choices(list(Status), _PAST if is_past else _COMING)[0]
        if status is Status.NO_SHOW and errand.type not in {Type.CALL, Type.MEETING}:
            status = Status.CANCELLED
        is_meeting = errand.type is Type.MEETING
        return TaskDraft(
            title=errand.title.format(name=person.draft.name, matter=chance.choice(errand.matters)),
            description=errand.note if self._happens(0.6) else None,
            contact_id=contact_id,
            type=errand.type,
            status=status,
            priority=chance.choices(list(Priority), _PRIORITIES)[0],
            starts_at=due_at - timedelta(hours=1) if due_at and is_meeting else None,
            due_at=due_at,
            all_day=due_at is not None and not is_meeting and self._happens(0.2),
            completed_at=self._completed(due_at) if status is Status.COMPLETED else None,
            assignee_id=self._owner_id if self._happens(0.7) else None,
        )

    def deal(self, person: Person, contact_id: str) -> DealDraft:
        """Something that may be sold to a person."""
        chance = self._chance
        status = chance.choices(list(deals.Status), _DEALS)[0]
        closes_on = (self._today + timedelta(days=chance.randint(*_CLOSING))).date()
        return DealDraft(
            title=chance.choice(person.tongue.deals),
            amount_cents=chance.randint(2, 180) * 5_000,
            status=status,
            probability=chance.randint(1, 9) * 10 if status is deals.Status.OPEN else None,
            expected_close_on=closes_on if self._happens(0.8) else None,
            contact_id=contact_id,
            state_id=chance.choice(self._states) if status is deals.Status.OPEN and self._happens(0.9) else None,
            owner_id=self._owner_id,
        )

    def note(self, person: Person, contact_id: str) -> NoteDraft:
        """Something to remember of a person."""
        return NoteDraft(text=self._chance.choice(person.tongue.notes), contact_id=contact_id)

    def _due(self) -> datetime:
        """A quarter of an hour of a working day."""
        day = self._today + timedelta(days=int(self._chance.triangular(*_DAYS)))
        day -= timedelta(days=max(0, day.weekday() - 4))
        return day + timedelta(hours=8, minutes=15 * self._chance.randint(0, 40))

    def _completed(self, due_at: datetime | None) -> datetime:
        """Up to three days before it was due, and never later than now."""
        return min(due_at or self._now, self._now) - timedelta(days=self._chance.randint(0, 3))

    def _happens(self, share: float) -> bool:
        return self._chance.random() < share


def _host(name: str | None, *, keeping: str = "") -> str:
    """A name as it stands in an address: `Bélizance & Filles` gives `belizance-filles`."""
    return re.sub(f"[^a-z0-9{keeping}]+", "-", fold(name or "")).strip("-")
