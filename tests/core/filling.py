"""A house full of records, in all of which chance chose from the same few words, people, moments and links."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from carnet.core import companies, contacts, deals, notes, pipelines, tags, tasks, users
from carnet.core.companies import CompanyDraft
from carnet.core.contacts import ContactChanges, ContactDraft
from carnet.core.deals import DealDraft
from carnet.core.notes import NoteChanges, NoteDraft
from carnet.core.paging import Asked
from carnet.core.permissions import Role
from carnet.core.pipelines import PipelineDraft, StateDraft
from carnet.core.tags import TagDraft
from carnet.core.tasks import Kind, Priority, Status, TaskChanges, TaskDraft, Type
from tests.conftest import NOW
from tests.core.narrowed import AMOUNTS, DAYS, MOMENTS, WORDS

if TYPE_CHECKING:
    from carnet.store.database import Database
    from tests.conftest import House


class _Filling:
    """Records of every noun, in which chance chose from the same few words and moments."""

    def __init__(self, db: Database, house: House) -> None:
        self.db = db
        self.alice = house.alice.actor
        self.chance = random.Random(20260203)
        self.people = [house.alice.user.id, house.rita.user.id, None, *(self._member(name) for name in ("Éric", "éa"))]
        self.tags = [tags.create(db, self.alice, TagDraft(name=word), now=NOW).id for word in WORDS]
        partners = pipelines.create(db, self.alice, PipelineDraft(name="Partners"), now=NOW)
        pipelines.create_state(db, self.alice, StateDraft(name="Met", pipeline_id=partners.id), now=NOW)
        self.states = [each.id for each in pipelines.page_of_states(db, self.alice, Asked()).items]
        self.employers = [self._company(word, at) for word, at in zip([*WORDS[:3], "Plain"], MOMENTS, strict=True)]

    def _member(self, name: str) -> str:
        user = users.create(self.db, f"{name}@carnet.example", name=name, now=NOW)
        users.join(self.db, self.alice.workspace_id, user, Role.READER)
        return user.id

    def _some_tags(self) -> list[str]:
        return self.chance.sample(self.tags, self.chance.choice([0, 0, 1, 3]))

    def _company(self, word: str, at: Any) -> str:
        draft = CompanyDraft(
            name=word,
            website=word if word in WORDS else None,
            emails=[f"{self.chance.choice('aoz')}@halden.example"],
            tag_ids=self._some_tags(),
        )
        return companies.create(self.db, self.alice, draft, now=at).id

    def add_one_of_each(self) -> None:
        choice, now = self.chance.choice, self.chance.choice(MOMENTS[1:])
        someone = self._contact(now)
        sold = self._deal(someone, now)
        self._task(someone, sold, now)
        links: dict[str, Any] = {
            "contact_id": choice([None, someone]),
            "company_id": choice([None, *self.employers]),
            "deal_id": choice([None, sold]),
        }
        if any(links.values()):
            draft = NoteDraft(text=choice(WORDS), title=choice([None, *WORDS]), **links)
            made = notes.create(self.db, self.alice, draft, now=now)
            notes.change(self.db, self.alice, made.id, NoteChanges(is_favorite=choice([True, False])), now=MOMENTS[3])

    def _contact(self, now: Any) -> str:
        choice = self.chance.choice
        draft = ContactDraft(
            name=choice(WORDS),
            nickname=choice([None, "Plain"]),
            emails=choice([(), ("zoe@halden.example",), ("a%b@x", "Zoë@x")]),
            phones=choice([(), ("+33 6.12",), ("12", "ss")]),
            position=choice([None, *WORDS]),
            description=choice([None, "中"]),
            status=choice(list(contacts.Status)),
            company_id=choice([None, *self.employers]),
            state_id=choice([None, *self.states]),
            owner_id=choice(self.people),
            tag_ids=self._some_tags(),
            is_lead=choice([True, False]),
            do_not_email=choice([True, False, False]),
            is_partial=choice([True, False]),
            extras=choice([None, {"ysuite": {"lead_source": choice(["Fair", "fair", "Éz"])}, "monica": {}}]),
        )
        made = contacts.create(self.db, self.alice, draft, now=now)
        if self.chance.random() < 0.3:
            contacts.change(self.db, self.alice, made.id, ContactChanges(website="x"), now=MOMENTS[3])
        return made.id

    def _deal(self, someone: str, now: Any) -> str:
        choice = self.chance.choice
        draft = DealDraft(
            title=choice(WORDS),
            description=choice([None, *WORDS]),
            source=choice([None, "Fair", "fair", "Éz", "éa"]),
            amount_cents=choice([None, *AMOUNTS]),
            status=choice([None, *deals.Status]),
            expected_close_on=choice([None, *DAYS]),
            contact_id=choice([None, someone]),
            company_id=choice([None, *self.employers]),
            state_id=choice([None, *self.states]),
            owner_id=choice(self.people),
            tag_ids=self._some_tags(),
        )
        return deals.create(self.db, self.alice, draft, now=now).id

    def _task(self, someone: str, sold: str, now: Any) -> None:
        choice = self.chance.choice
        starts_at, due_at = sorted((choice([None, *MOMENTS]), choice([None, *MOMENTS])), key=lambda at: at or NOW)
        draft = TaskDraft(
            title=choice(WORDS),
            description=choice([None, *WORDS]),
            type=choice(list(Type)),
            kind=choice(list(Kind)),
            status=choice(list(Status)),
            priority=choice(list(Priority)),
            contact_id=choice([None, someone]),
            company_id=choice([None, *self.employers]),
            deal_id=choice([None, sold]),
            assignee_id=choice(self.people),
            tag_ids=self._some_tags(),
            starts_at=starts_at,
            due_at=due_at,
            all_day=due_at is not None and choice([True, False]),
        )
        made = tasks.create(self.db, self.alice, draft, now=now)
        if choice([True, False]):
            tasks.change(self.db, self.alice, made.id, TaskChanges(payload={"a": 1}), now=MOMENTS[3])


def fill(db: Database, house: House) -> None:
    """Add two dozen of most nouns."""
    filling = _Filling(db, house)
    for _ in range(24):
        filling.add_one_of_each()
