"""Pipelines and the states that contacts and deals move through."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import BigInteger, bindparam, func, select

from carnet.core import records
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.filters import OneOf, Text
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.core.search import fold
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from sqlalchemy import Select

    from carnet.store.database import Database

DEFAULT_COLOR = "#3B82F6"
LAST_POSITION = 1_000_000
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


class StateKind(StrEnum):
    """What it means for a deal to be in a state."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Pipeline(msgspec.Struct, frozen=True, array_like=True):
    """A pipeline."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    name: str
    position: int
    is_default: bool


class PipelineDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a pipeline at its birth."""

    name: str
    position: int | None = None


class PipelineChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a pipeline that exists."""

    name: str | UnsetType = UNSET
    position: int | UnsetType = UNSET


class State(msgspec.Struct, frozen=True, array_like=True):
    """A state of a pipeline."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    pipeline_id: str
    name: str
    color: str
    position: int
    kind: StateKind


class StateDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a state at its birth; without a pipeline it joins the default one."""

    name: str
    pipeline_id: str | None = None
    color: str = DEFAULT_COLOR
    position: int | None = None
    kind: StateKind = StateKind.OPEN


class StateChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a state that exists."""

    name: str | UnsetType = UNSET
    color: str | UnsetType = UNSET
    position: int | UnsetType = UNSET
    kind: StateKind | UnsetType = UNSET


PIPELINE: Noun[Pipeline] = Noun(
    "pipeline",
    tables.pipelines,
    Pipeline,
    made="pipelines_made",
    kept="pipelines_kept",
    derived=lambda pipeline: {"name_folded": fold(pipeline.name)},
)
STATE: Noun[State] = Noun(
    "pipeline_state",
    tables.pipeline_states,
    State,
    made="pipeline_states_made",
    kept="pipeline_states_kept",
    derived=lambda state: {"name_folded": fold(state.name)},
    links={"pipeline_id": "pipeline"},
    needs=(frozenset({"pipeline_id"}),),
)


def pipelines_of() -> Select[Any]:
    """The pipelines of a workspace."""
    return select(*columns(tables.pipelines, Pipeline)).where(within(tables.pipelines))


def states_of() -> Select[Any]:
    """The states of a workspace, of all its pipelines."""
    return select(*columns(tables.pipeline_states, State)).where(within(tables.pipeline_states))


_p, _s = tables.pipelines.c, tables.pipeline_states.c
_pipeline_position = (
    select(_p.position)
    .where(_p.workspace_id == _s.workspace_id, _p.id == _s.pipeline_id)
    .correlate(tables.pipeline_states)
    .scalar_subquery()
)

PIPELINES: Listing[Pipeline] = Listing(
    tables.pipelines,
    Pipeline,
    pipelines_of,
    filters={"name": Text(tables.pipelines, _p.name_folded), "id": OneOf(_p.id)},
    orders={"position": _p.position, "name": _p.name_folded},
    natural=(("position", False), ("number", False)),
    kept="pipelines_kept",
)
STATES: Listing[State] = Listing(
    tables.pipeline_states,
    State,
    states_of,
    filters={
        "name": Text(tables.pipeline_states, _s.name_folded),
        "id": OneOf(_s.id),
        "pipeline_id": OneOf(_s.pipeline_id),
    },
    orders={
        "position": _s.position,
        "name": _s.name_folded,
        "pipeline_position": _pipeline_position,
        "pipeline": _s.pipeline_id,
    },
    natural=(("pipeline_position", False), ("pipeline", False), ("position", False), ("number", False)),
    kept="pipeline_states_kept",
)


@statement(Pipeline)
def _pipeline() -> Select[Any]:
    return pipelines_of().where(_p.id == bindparam("id"))


@statement(Pipeline)
def _default() -> Select[Any]:
    return pipelines_of().where(_p.is_default)


@statement(State)
def _state() -> Select[Any]:
    return states_of().where(_s.id == bindparam("id"))


@statement(State)
def _states_in() -> Select[Any]:
    return states_of().where(is_one_of(_s.pipeline_id, "pipeline_ids")).order_by(_s.position, _s.number)


@statement(int)
def _next_position(*, of_pipeline: bool) -> Select[Any]:
    table = tables.pipeline_states if of_pipeline else tables.pipelines
    last = select(func.coalesce(func.max(table.c.position) + 1, 0, type_=BigInteger)).where(within(table))
    return last.where(_s.pipeline_id == bindparam("pipeline_id")) if of_pipeline else last


def get(db: Database, actor: Actor, pipeline_id: str) -> Pipeline:
    """A pipeline; NotFoundError where there is none."""
    require(actor, Right.READ_PIPELINES)
    pipeline = db.find(_pipeline(), workspace_id=actor.workspace_id, id=pipeline_id)
    if pipeline is None:
        raise NotFoundError("pipeline", pipeline_id)
    return pipeline


def get_state(db: Database, actor: Actor, state_id: str) -> State:
    """A state; NotFoundError where there is none."""
    require(actor, Right.READ_PIPELINES)
    state = db.find(_state(), workspace_id=actor.workspace_id, id=state_id)
    if state is None:
        raise NotFoundError("pipeline_state", state_id)
    return state


def page(db: Database, actor: Actor, asked: Asked) -> Page[Pipeline]:
    """A page of pipelines, by their position."""
    require(actor, Right.READ_PIPELINES)
    return PIPELINES.page(db, actor, asked)


def page_of_states(db: Database, actor: Actor, asked: Asked) -> Page[State]:
    """A page of states, by their pipeline and their position in it."""
    require(actor, Right.READ_PIPELINES)
    return STATES.page(db, actor, asked)


def states_in(db: Database, actor: Actor, pipeline_ids: list[str]) -> list[State]:
    """The states of some pipelines, each pipeline's in order; for who may read pipelines, or is shown one just made."""
    if Right.WRITE_PIPELINES not in actor.rights:
        require(actor, Right.READ_PIPELINES)
    return db.all(_states_in(), workspace_id=actor.workspace_id, pipeline_ids=pipeline_ids)


def create(db: Database, actor: Actor, draft: PipelineDraft, *, now: datetime) -> Pipeline:
    """Make a pipeline without states. Raises InvalidError for a blank name or a position out of range."""
    require(actor, Right.WRITE_PIPELINES)
    _check(draft)
    return _create(db, actor, draft, now=now)


def _create(db: Database, actor: Actor, draft: PipelineDraft, *, now: datetime, is_default: bool = False) -> Pipeline:
    position = draft.position
    if position is None:
        position = db.one(_next_position(of_pipeline=False), workspace_id=actor.workspace_id)
    number = records.next_number(db, actor, PIPELINE)
    position = min(position, LAST_POSITION)
    pipeline = Pipeline(actor.workspace_id, new_id(), number, 1, now, now, draft.name, position, is_default)
    records.add(db, actor, PIPELINE, pipeline, now=now)
    return pipeline


def change(db: Database, actor: Actor, pipeline_id: str, changes: PipelineChanges, *, now: datetime) -> Pipeline:
    """Change what is named of a pipeline. Raises InvalidError as `create` does."""
    require(actor, Right.WRITE_PIPELINES)
    _check(changes)
    return records.change(db, actor, PIPELINE, get(db, actor, pipeline_id), records.said(changes), now=now)


def find_state(db: Database, actor: Actor, state_id: str) -> State | None:
    """The state of an id, for those who may move records through it; None where there is none."""
    return db.find(_state(), workspace_id=actor.workspace_id, id=state_id)


def first_state(db: Database, actor: Actor, pipeline_id: str) -> State | None:
    """The state that a pipeline begins with, for those who may move records into it; None where it has none."""
    return db.find(_states_in(), workspace_id=actor.workspace_id, pipeline_ids=[pipeline_id])


def create_state(db: Database, actor: Actor, draft: StateDraft, *, now: datetime) -> State:
    """Make a state, after the last one of its pipeline where no position is given.

    Raises InvalidError for a blank name, a colour that isn't `#RRGGBB` or a position out of range, and
    NoSuchReferenceError for a pipeline that isn't there.
    """
    require(actor, Right.WRITE_PIPELINES)
    _check(draft)
    pipeline_id = draft.pipeline_id
    if pipeline_id is None:
        pipeline_id = db.one(_default(), workspace_id=actor.workspace_id).id
    elif not records.exists(db, actor, PIPELINE, pipeline_id):
        raise NoSuchReferenceError("pipeline_id", "pipeline", pipeline_id)
    position = draft.position
    if position is None:
        position = db.one(_next_position(of_pipeline=True), workspace_id=actor.workspace_id, pipeline_id=pipeline_id)
    number = records.next_number(db, actor, STATE)
    state = State(
        actor.workspace_id,
        new_id(),
        number,
        1,
        now,
        now,
        pipeline_id,
        draft.name,
        draft.color,
        min(position, LAST_POSITION),
        draft.kind,
    )
    records.add(db, actor, STATE, state, now=now)
    return state


def change_state(db: Database, actor: Actor, state_id: str, changes: StateChanges, *, now: datetime) -> State:
    """Change what is named of a state; its pipeline stays. Raises InvalidError as `create_state` does."""
    require(actor, Right.WRITE_PIPELINES)
    _check(changes)
    return records.change(db, actor, STATE, get_state(db, actor, state_id), records.said(changes), now=now)


def create_default(db: Database, actor: Actor, language: str, *, now: datetime) -> None:
    """Give a new workspace its pipeline, with states in the user's language."""
    name, states = _DEFAULTS.get(language, _DEFAULTS["en"])
    pipeline = _create(db, actor, PipelineDraft(name=name), now=now, is_default=True)
    for state_name, color, kind in states:
        create_state(db, actor, StateDraft(name=state_name, pipeline_id=pipeline.id, color=color, kind=kind), now=now)


def is_color(text: str) -> bool:
    """Whether the text is a colour as `#RRGGBB`."""
    return _COLOR.fullmatch(text) is not None


def _check(draft: PipelineDraft | PipelineChanges | StateDraft | StateChanges) -> None:
    values = records.said(draft)
    faults = []
    if not values.get("name", "-").strip():
        faults.append(Violation("name", Fault.BLANK))
    if not is_color(values.get("color", DEFAULT_COLOR)):
        faults.append(Violation("color", Fault.NOT_VALID))
    position = values.get("position")
    if position is not None and not 0 <= position <= LAST_POSITION:
        faults.append(Violation("position", Fault.OUT_OF_RANGE, (0, LAST_POSITION)))
    if faults:
        raise InvalidError(faults)


_DEFAULTS: dict[str, tuple[str, tuple[tuple[str, str, StateKind], ...]]] = {
    "en": (
        "Sales",
        (
            ("New contact", "#3B82F6", StateKind.OPEN),
            ("First talk", "#8B5CF6", StateKind.OPEN),
            ("Proposal", "#F59E0B", StateKind.OPEN),
            ("Won", "#10B981", StateKind.WON),
            ("Lost", "#6B7280", StateKind.LOST),
        ),
    ),
    "fr": (
        "Ventes",
        (
            ("Nouveau contact", "#3B82F6", StateKind.OPEN),
            ("Premier échange", "#8B5CF6", StateKind.OPEN),
            ("Proposition", "#F59E0B", StateKind.OPEN),
            ("Gagné", "#10B981", StateKind.WON),
            ("Perdu", "#6B7280", StateKind.LOST),
        ),
    ),
}
