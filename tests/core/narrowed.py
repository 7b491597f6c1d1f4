"""What each filter of a list says, in plain Python: walks through all filters hold the lists against it."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from carnet.core import companies, contacts, deals, directory, notes, tags, tasks
from carnet.core.search import fold
from tests.conftest import NOW
from tests.core.things import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[[Any, Any], bool]
    """Whether a record is among what is left by a value."""

MOMENTS = [NOW + timedelta(hours=hours) for hours in (-49, 0, 1, 30)]
DAYS = [NOW.date() + timedelta(days=days) for days in (-3, -2, 0, 1, 9)]
AMOUNTS = [0, 1, 99_99, 10**15]
ZONES = [ZoneInfo(name) for name in ("UTC", "Pacific/Apia", "America/Los_Angeles")]
WORDS = ["Zoé", "Øre", "a%b", "田中", "ss"]
TEXTS = {"name", "title", "emails", "phones", "position", "company", "text", "search", "name_or_email"}
"""Filters by a list of texts, of which one must be held."""
QUERIES = {"q", "any_word", "email_begins", "phone_begins"}
"""Filters by one text."""


def _among(name: str) -> Holds:
    return lambda each, values: getattr(each, name) in values


def _tagged(each: Any, values: Any) -> bool:
    return any(tag_id in values for tag_id in each.tag_ids or ())


def _is(name: str) -> Holds:
    return lambda each, wanted: getattr(each, name) is wanted


def _there(name: str) -> Holds:
    return lambda each, wanted: bool(getattr(each, name) not in (None, [])) is wanted


def _digits(phones: list[str]) -> list[str]:
    return ["".join(filter(str.isdigit, phone)) for phone in phones]


def _said(each: Any, name: str) -> str:
    if name == "phones":
        return "\n".join([*each.phones, *_digits(each.phones)])
    value = getattr(each, name)
    return "\n".join(value) if isinstance(value, list) else value or ""


def _text(*names: str) -> Holds:
    """Any of the texts stands in any of the fields."""
    return lambda each, texts: any(fold(text) in fold(_said(each, name)) for text in texts for name in names)


def _words(*names: str, enough: Callable[[list[bool]], bool] = all) -> Holds:
    """Every word, or enough of them, stands in one of the fields."""

    def holds(each: Any, query: str) -> bool:
        found = [any(word in fold(_said(each, name)) for name in names) for word in fold(query).split()]
        return enough(found)

    return holds


def _begins(lines: Callable[[Any], list[str]]) -> Holds:
    return lambda each, text: any(fold(line).startswith(fold(text)) for line in lines(each) or [""])


def _compared(name: str) -> dict[str, Holds]:
    def hold(relation: Callable[[Any, Any], bool]) -> Holds:
        return lambda each, other: getattr(each, name) is not None and relation(getattr(each, name), other)

    words = {"before": le, "strictly_before": lt, "after": ge, "strictly_after": gt}
    return {f"{name}_{word}": hold(relation) for word, relation in words.items()}


def _due_day(relation: Callable[[Any, Any], bool]) -> Holds:
    """An all-day task is due on its day wherever one is, another on the day that it is then in the zone."""

    def holds(each: Any, value: tuple[date, ZoneInfo]) -> bool:
        day, zone = value
        if each.due_at is None:
            return False
        return relation(each.due_at.astimezone(UTC if each.all_day else zone).date(), day)

    return holds


def _own_or_free(each: Any, value: tuple[bool, str]) -> bool:
    mine, user_id = value
    return (each.assignee_id in {None, user_id}) is mine


_of_a_contact = ("name", "nickname", "position", "description", "emails", "phones", "company")

MODEL: dict[Any, dict[str, Holds]] = {
    contacts: {
        **{name: _among(name) for name in ("id", "status", "company_id", "state_id", "owner_id")},
        **{name: _text(name) for name in ("name", "emails", "phones", "position", "company")},
        "name_is": lambda each, values: fold(each.name) in values,
        "name_or_email": _text("name", "emails"),
        "q": _words(*_of_a_contact),
        "any_word": _words(*_of_a_contact, enough=any),
        "email_begins": _begins(lambda each: each.emails),
        "phone_begins": _begins(lambda each: [*each.phones, *_digits(each.phones)]),
        "tag_ids": _tagged,
        "is_lead": _is("is_lead"),
        "is_partial": _is("is_partial"),
        "do_not_email": _is("do_not_email"),
        **{f"has_{what}": _there(f"{what}_id") for what in ("company", "state")},
        "has_emails": _there("emails"),
        **_compared("created_at"),
        **_compared("updated_at"),
    },
    companies: {
        "id": _among("id"),
        "name": _text("name"),
        "q": _words("name", "website", "emails", "phones"),
        "tag_ids": _tagged,
        "has_website": _there("website"),
        **_compared("created_at"),
    },
    directory: {
        "kind": _among("kind"),
        "search": _text("name", "emails"),
    },
    tasks: {
        **{name: _among(name) for name in ("id", "number", "contact_id", "company_id", "deal_id", "assignee_id")},
        **{name: _among(name) for name in ("type", "kind", "status", "priority")},
        "title": _text("title"),
        "q": _words("title", "description"),
        "tag_ids": _tagged,
        "due_day_from": _due_day(ge),
        "due_day_to": _due_day(le),
        "is_completed": _is("is_completed"),
        **{f"has_{what}": _there(what) for what in ("completed_at", "description")},
        "has_assignee": _there("assignee_id"),
        "is_own_or_free": _own_or_free,
        **{
            name: holds for field in ("due_at", "starts_at", "completed_at") for name, holds in _compared(field).items()
        },
    },
    deals: {
        **{name: _among(name) for name in ("id", "number", "status", "contact_id", "company_id", "state_id")},
        **{name: _among(name) for name in ("pipeline_id", "owner_id")},
        "title": _text("title"),
        "text": _text("title", "description"),
        "q": _words("title", "description"),
        "tag_ids": _tagged,
        **{f"has_{what}": _there(f"{what}_id") for what in ("contact", "company")},
        **{
            name: holds
            for field in ("amount_cents", "expected_close_on", "created_at")
            for name, holds in _compared(field).items()
        },
    },
    notes: {
        **{name: _among(name) for name in ("id", "contact_id", "company_id", "deal_id")},
        "q": _words("title", "text"),
        "has_contact": _there("contact_id"),
        "has_title": _there("title"),
        **_compared("created_at"),
    },
    tags: {"id": _among("id"), "name": _text("name")},
}


def values_of(name: str, everything: list[Any]) -> list[Any]:
    """What a filter may be asked for."""
    if name.endswith(("_before", "_after")):
        return _COMPARED.get(name.partition("_")[0], [*MOMENTS, NOW + timedelta(microseconds=1)])
    if name.startswith("due_day_"):
        return [(day, zone) for day in (*DAYS, date.min, date.max) for zone in ZONES]
    if name == "is_own_or_free":
        assignees = {each.assignee_id for each in everything} - {None}
        return [(mine, user_id) for mine in (True, False) for user_id in (*sorted(assignees), NOTHING)]
    if name in TEXTS:
        return [[word] for word in (*WORDS, "zoe", "o", "%", "_", "halden", "336", "+33")] + [["zoe", "plain"], []]
    if name in QUERIES:
        return [
            *WORDS,
            "",
            "zo",
            "ZOE",
            "o",
            "%",
            "_",
            "\\",
            "zoe@halden",
            "336",
            "+33 6.",
            "+33 ss",
            "plain 中 zoe",
            "x",
        ]
    return [True, False] if name.startswith(("has_", "is_", "do_")) else _held(name, everything)


_COMPARED: dict[str, list[Any]] = {"amount": [*AMOUNTS, 2, 10**15 + 1], "expected": DAYS}


def _held(name: str, everything: list[Any]) -> list[Any]:
    """Some and all of what the records have, nothing, and what none of them has."""
    if name == "tag_ids":
        held = sorted({tag_id for each in everything for tag_id in each.tag_ids or ()})
    else:
        held = sorted({fold(each.name) if name == "name_is" else getattr(each, name) for each in everything} - {None})
    if name == "number":
        return [*([each] for each in held[:3]), held, [77_777, 2**63 - 1], []]
    unknown = NOTHING if name.endswith(("_id", "_ids")) or name == "id" else "unknown"
    return [*([each] for each in held[:3]), held, [unknown], []]


def held_by(model: dict[str, Holds], filters: dict[str, Any], everything: list[Any]) -> list[Any]:
    """The records that all these filters leave, in their order."""
    return [each for each in everything if all(model[name](each, value) for name, value in filters.items())]
