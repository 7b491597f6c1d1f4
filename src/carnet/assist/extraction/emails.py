"""E-mail addresses: where a line holds one, and whether it is one. No name server is asked."""

from __future__ import annotations

import re
from typing import NamedTuple

_AROUND = frozenset("._%+'-!#$&*/=?^`{|}~")
_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 253
_ROLE = re.compile(
    r"^(?:dpo|privacy|gdpr|rgpd|datenschutz|unsubscribe|desinscription|abmelden|no-?reply|ne-?pas-?repondre|donotreply|"
    r"postmaster|mailer-daemon|abuse|bounces?|lopd|privacidad|protection-?donnees|data-?protection|"
    r"proteccion-?datos)\b",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """An e-mail address in a line."""

    start: int
    end: int
    address: str


def find(line: str) -> list[Found]:
    """The addresses of a line: around each `@` as far as an address can reach, so that the cost is the line's."""
    found: list[Found] = []
    at = line.find("@")
    while at >= 0:
        start, end = _reach(line, at, found[-1].end if found else 0)
        if valid_address := valid(line[start:end]):
            found.append(Found(start, end, valid_address))
        at = line.find("@", max(end, at + 1))
    return found


def _reach(line: str, at: int, after: int) -> tuple[int, int]:
    start, lowest = at, max(after, at - _LONGEST_LOCAL)
    while start > lowest and (line[start - 1].isalnum() or line[start - 1] in "._%+'-&"):
        start -= 1
    while start < at and line[start] in _AROUND - {"_"}:
        start += 1
    end, highest = at + 1, min(len(line), at + 1 + _LONGEST_DOMAIN)
    while end < highest and (line[end].isalnum() or line[end] in ".-"):
        end += 1
    while end > at and line[end - 1] in ".-":
        end -= 1
    return start, end


def valid(text: str) -> str | None:
    """The address as it was written, if it can be one; a domain of one label or with a number for its end can't."""
    text = text.strip().strip("<>\"'")
    local, at, domain = text.rpartition("@")
    ending = domain.rpartition(".")[2]
    if not at or not local or "." not in domain or ending.isdigit() or len(ending) < 2 or len(text) > 320:
        return None
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  - read with the first address

    try:
        # Reserved domains such as `.example` pass: whether mail arrives there is not for us to say.
        validate_email(text, check_deliverability=False, test_environment=True)
    except (EmailNotValidError, UnicodeError, ValueError):
        return None
    return text


def is_of_a_function(address: str) -> bool:
    """Whether an address serves a duty such as data protection or unsubscribing, never a person to be written to."""
    return _ROLE.match(address.replace("é", "e")) is not None
