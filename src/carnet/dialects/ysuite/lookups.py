"""What numbers in bodies and filters stand for: pipelines with their stages, users, tags (specification, section 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from carnet.core import pipelines, tags, users
from carnet.core.paging import Page
from carnet.core.permissions import Right
from carnet.core.search import fold
from carnet.dialects.ysuite.about import About, Asks, Kind
from carnet.dialects.ysuite.lists import OLDEST_FIRST, PAGING, Filters, Query, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.paging import Asked
    from carnet.core.permissions import Actor
    from carnet.core.pipelines import Pipeline
    from carnet.core.tags import Tag
    from carnet.core.users import Member
    from carnet.http.messages import Answer, Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database


class StageOut(msgspec.Struct):
    """A stage of a pipeline on the wire."""

    stage_id: int
    stage_name: str
    position: int


class PipelineOut(msgspec.Struct):
    """A pipeline on the wire."""

    pipeline_id: int
    pipeline_name: str
    is_default: bool
    stages: list[StageOut]


class UserOut(msgspec.Struct):
    """A user on the wire."""

    user_id: int
    name: str
    email: str | None


class TagOut(msgspec.Struct):
    """A tag on the wire."""

    tag_id: int
    tag_name: str


def _pipelines_out(db: Database, actor: Actor, found: Sequence[Pipeline]) -> list[PipelineOut]:
    stages: dict[str, list[StageOut]] = {pipeline.id: [] for pipeline in found}
    for state in pipelines.states_in(db, actor, list(stages)):
        stages[state.pipeline_id].append(StageOut(state.number, state.name, state.position))
    return [PipelineOut(pipeline.number, pipeline.name, pipeline.is_default, stages[pipeline.id]) for pipeline in found]


def _users_out(_db: Database, _actor: Actor, found: Sequence[Member]) -> list[UserOut]:
    return [UserOut(member.number, member.name or f"User {member.number}", member.email or None) for member in found]


def _tags_out(_db: Database, _actor: Actor, found: Sequence[Tag]) -> list[TagOut]:
    return [TagOut(tag.number, tag.name) for tag in found]


def _list_pipelines(db: Database, actor: Actor, request: Request) -> Answer:
    query, filters = _asked(request)
    return listed(db, actor, query, filters, OLDEST_FIRST, pipelines.page, _pipelines_out)


def _list_users(db: Database, actor: Actor, request: Request) -> Answer:
    query, filters = _asked(request)
    return listed(db, actor, query, filters, OLDEST_FIRST, _page_of_users, _users_out)


def _page_of_users(db: Database, actor: Actor, asked: Asked) -> Page[Member]:
    """A page of the members, of whom a workspace has few, so that their names need no index to be searched."""
    sought = fold(asked.filters.get("name", [""])[0])
    found = [member for member in users.members(db, actor) if sought in fold(member.name)]
    return Page(found[asked.offset : asked.offset + asked.limit], len(found))


def _list_tags(db: Database, actor: Actor, request: Request) -> Answer:
    query, filters = _asked(request)
    return listed(db, actor, query, filters, OLDEST_FIRST, tags.page, _tags_out)


def _asked(request: Request) -> tuple[Query, Filters]:
    query, filters = Query(request), Filters()
    query.settle()
    filters.search("name", query.text("search"))
    return query, filters


def _looked_up(noun: str, path: str, right: Right, answer: type[msgspec.Struct]) -> Asks:
    return Asks(About(noun=noun, kind=Kind.LIST, answer=answer), path, right, right)


def operations() -> list[Operation]:
    """What can be looked up."""
    kinds = (
        ("Pipeline", "/pipelines", Right.READ_PIPELINES, PipelineOut, _list_pipelines),
        ("User", "/users", Right.READ_CONTACTS, UserOut, _list_users),
        ("Tag", "/tags", Right.READ_TAGS, TagOut, _list_tags),
    )
    return [_looked_up(noun, path, right, answer).list(work, PAGING) for noun, path, right, answer, work in kinds]
