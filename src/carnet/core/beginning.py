"""The first start: a workspace `main`, its owner and a pipeline, so that there is something to serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carnet.core import users, workspaces
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role

if TYPE_CHECKING:
    from datetime import datetime

    from carnet.core.users import User
    from carnet.core.workspaces import Workspace
    from carnet.store.database import Database

FIRST_SLUG = "main"
OWNER_EMAIL = "owner@localhost"


def find_first(db: Database) -> tuple[Workspace, User] | None:
    """The first workspace and its owner; None before the first start."""
    found = workspaces.everyone(db)
    return (found[0], users.owner(db, found[0].id)) if found else None


def seed(db: Database, workspace_id: int, *, now: datetime) -> None:
    """Give a workspace of an earlier Carnet the words that new ones have, in its owner's name."""
    owner = users.owner(db, workspace_id)
    workspaces.seed(db, Actor(workspace_id, owner.id, ROLE_RIGHTS[Role.OWNER], "UTC"), now=now)


def begin(db: Database, *, language: str, now: datetime) -> tuple[Workspace, User]:
    """The first workspace and its owner; made where there is none."""
    found = find_first(db)
    if found is not None:
        return found
    owner = users.create(db, OWNER_EMAIL, name="Owner", now=now)
    return workspaces.create(db, FIRST_SLUG, owner, language=language, now=now), owner
