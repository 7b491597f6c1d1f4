"""Pipelines at `/api/pipelines` and their states at `/api/pipeline_states`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import pipelines, removal
from carnet.core.permissions import Right
from carnet.core.pipelines import (
    DEFAULT_COLOR,
    Pipeline,
    PipelineChanges,
    PipelineDraft,
    State,
    StateChanges,
    StateDraft,
    StateKind,
)
from carnet.dialects.hydra import filters
from carnet.dialects.hydra.classes import Class, read
from carnet.dialects.hydra.fields import COLOR, Choice, Flag, Formed, Text
from carnet.dialects.hydra.items import Face, Item, moment
from carnet.dialects.hydra.links import Links, Relation
from carnet.dialects.hydra.quantities import Instant, Whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_PIPELINES = "/api/pipelines"
_STATES = "/api/pipeline_states"

PIPELINE = Class(
    name="Pipeline",
    collection=_PIPELINES,
    about="the workspace's pipelines, by position",
    fields=(
        Text("name", required=True),
        Whole("position"),
        Flag("isDefault", "is_default", writable=False),
        Links("states", "/api/pipeline_states", "PipelineState", writable=False),
        Instant("createdAt", "created_at", writable=False),
        Instant("updatedAt", "updated_at", writable=False),
    ),
    parameters=(
        filters.Partial("name"),
        filters.Link("id", "id", _PIPELINES),
        filters.Order({"position": "position", "name": "name"}),
    ),
)
STATE = Class(
    name="PipelineState",
    collection=_STATES,
    about="the states of all pipelines, by pipeline and position",
    fields=(
        Text("name", required=True),
        Formed("color", form=COLOR, empty=DEFAULT_COLOR),
        Whole("position"),
        Relation("pipeline", "pipeline_id", _PIPELINES, "Pipeline", once=True),
        Choice("kind", "kind", StateKind, StateKind.OPEN),
        Instant("createdAt", "created_at", writable=False),
        Instant("updatedAt", "updated_at", writable=False),
    ),
    parameters=(
        filters.Partial("name"),
        filters.Link("id", "id", _STATES),
        filters.Link("pipeline", "pipeline_id", _PIPELINES),
        filters.Order({"position": "position", "name": "name"}),
    ),
)


class PipelineOut(msgspec.Struct, kw_only=True, omit_defaults=True, rename="camel"):
    """A pipeline on the wire."""

    context: str | None = msgspec.field(name="@context", default=None)
    iri: str = msgspec.field(name="@id")
    kind: str = msgspec.field(name="@type")
    id: str
    name: str
    position: int
    is_default: bool
    states: list[str]
    created_at: str
    updated_at: str


class StateOut(msgspec.Struct, kw_only=True, omit_defaults=True, rename="camel"):
    """A pipeline state on the wire."""

    context: str | None = msgspec.field(name="@context", default=None)
    iri: str = msgspec.field(name="@id")
    type: str = msgspec.field(name="@type")
    id: str
    name: str
    color: str
    position: int
    pipeline: str
    kind: StateKind
    created_at: str
    updated_at: str


def _show_pipelines(db: Database, actor: Actor, found: Sequence[Pipeline]) -> list[PipelineOut]:
    states: dict[str, list[str]] = {pipeline.id: [] for pipeline in found}
    for state in pipelines.states_in(db, actor, list(states)) if states else []:
        states[state.pipeline_id].append(f"{_STATES}/{state.id}")
    return [
        PipelineOut(
            iri=f"{_PIPELINES}/{pipeline.id}",
            kind="Pipeline",
            id=pipeline.id,
            name=pipeline.name,
            position=pipeline.position,
            is_default=pipeline.is_default,
            states=states[pipeline.id],
            created_at=moment(pipeline.created_at),
            updated_at=moment(pipeline.updated_at),
        )
        for pipeline in found
    ]


def _show_states(_db: Database, _actor: Actor, found: Sequence[State]) -> list[StateOut]:
    return [
        StateOut(
            iri=f"{_STATES}/{state.id}",
            type="PipelineState",
            id=state.id,
            name=state.name,
            color=state.color,
            position=state.position,
            pipeline=f"{_PIPELINES}/{state.pipeline_id}",
            kind=state.kind,
            created_at=moment(state.created_at),
            updated_at=moment(state.updated_at),
        )
        for state in found
    ]


def _named(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, but for what null or nothing leaves to the core: where a record stands, its colour."""
    return {name: value for name, value in said.items() if value is not None}


def _create(db: Database, actor: Actor, body: dict[str, Any], request: Request) -> Pipeline:
    draft = PipelineDraft(**_named(read(PIPELINE, body, creating=True)))
    return pipelines.create(db, actor, draft, now=request.now)


def _change(db: Database, actor: Actor, pipeline: Pipeline, body: dict[str, Any], request: Request) -> Pipeline:
    changes = PipelineChanges(**_named(read(PIPELINE, body, before=pipeline)))
    return pipelines.change(db, actor, pipeline.id, changes, now=request.now)


def _create_state(db: Database, actor: Actor, body: dict[str, Any], request: Request) -> State:
    draft = StateDraft(**_named(read(STATE, body, creating=True)))
    return pipelines.create_state(db, actor, draft, now=request.now)


def _change_state(db: Database, actor: Actor, state: State, body: dict[str, Any], request: Request) -> State:
    changes = StateChanges(**_named(read(STATE, body, before=state)))
    return pipelines.change_state(db, actor, state.id, changes, now=request.now)


FACES = (
    Face(
        described=PIPELINE,
        reads=Right.READ_PIPELINES,
        writes=Right.WRITE_PIPELINES,
        show=_show_pipelines,
        page=pipelines.page,
        get=pipelines.get,
        create=_create,
        change=_change,
        remove=removal.remove_pipeline,
    ),
    Face(
        described=STATE,
        reads=Right.READ_PIPELINES,
        writes=Right.WRITE_PIPELINES,
        show=_show_states,
        page=pipelines.page_of_states,
        get=pipelines.get_state,
        create=_create_state,
        change=_change_state,
        remove=removal.remove_state,
    ),
)


def operations(*, prefix: bool) -> list[Operation]:
    """What can be asked of pipelines and states."""
    return [operation for face in FACES for operation in Item(face, prefix=prefix).operations()]
