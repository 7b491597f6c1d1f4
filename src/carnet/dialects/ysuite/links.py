"""The records that a body names by their numbers; one that isn't there is a complaint about its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import directory, records, tags, users
from carnet.dialects.ysuite.errors import UNKNOWN

if TYPE_CHECKING:
    from carnet.core.directory import Party
    from carnet.core.permissions import Actor
    from carnet.core.records import Noun
    from carnet.dialects.ysuite.bodies import Said
    from carnet.store.database import Database


def parties(db: Database, actor: Actor, said: Said, *wires: str) -> dict[str, Party]:
    """The people and companies that fields name, in one statement."""
    named = {wire: said[wire] for wire in wires if said.get(wire) is not None}
    known = directory.by_numbers(db, actor, named.values()) if named else {}
    for wire, number in named.items():
        if number not in known:
            said.complain(wire, UNKNOWN)
    return {wire: known[number] for wire, number in named.items() if number in known}


def record(db: Database, actor: Actor, said: Said, wire: str, noun: Noun[Any]) -> str | None:
    """The id of the record that a field names; None where it names none."""
    number = said.get(wire)
    if number is None:
        return None
    found = records.ids_of(db, actor, noun, [number]).get(number)
    if found is None:
        said.complain(wire, UNKNOWN)
    return found


def user(db: Database, actor: Actor, said: Said, wire: str) -> str | None:
    """The id of the user that a field names; None where it names none."""
    number = said.get(wire)
    if number is None:
        return None
    member = users.member_by_number(db, actor, number)
    if member is None:
        said.complain(wire, UNKNOWN)
    return member.id if member is not None else None


def tagged(db: Database, actor: Actor, said: Said, wire: str) -> list[str]:
    """The ids of the tags that a field lists."""
    numbers = said.get(wire) or []
    known = records.ids_of(db, actor, tags.NOUN, numbers)
    if any(number not in known for number in numbers):
        said.complain(wire, UNKNOWN)
    return [known[number] for number in numbers if number in known]
