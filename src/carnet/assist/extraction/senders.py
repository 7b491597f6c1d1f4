"""Whose letter it is: which part of a correspondence is read, and whom its header names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carnet.assist.extraction import emails
from carnet.assist.extraction.roles import Role, role_of

if TYPE_CHECKING:
    from carnet.assist.extraction.letters import Part

_FIGURES = re.compile(r"\d(?:[ ().\-/]{0,3}\d){7,}")
_DATED = re.compile(
    r"^.*?\d{1,2}\s?[:h.]\s?\d{2}(?::\d\d)?\s?(?:[AP]\.?M\.?)?(?:\s?\([^)]{0,20}\)|\s[+-]\d{4}|\sUhr)?,?\s*(?=\S)|"
    r"^(?:on|le|am|el|il)\b.{0,60}?\d{4},?\s*(?:à|at|um|a las|alle)?\s*",
    re.IGNORECASE,
)
_VIA = re.compile(
    r"\s(?:via|par l'intermédiaire de|on behalf of|im auftrag von|au nom de|en nombre de|per conto di)\s.*$",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\s(?:wrote|a écrit|schrieb|escribió|ha scritto|scrisse|schreef)\b.*$", re.IGNORECASE)


def part_to_read(parts: list[Part]) -> Part:
    """The part that tells of a contact: the writer's own, or what was forwarded where the writer tells nothing."""
    first = parts[0]
    if first.sender is not None or _tells(first):
        return first
    for part in parts[1:]:
        if part.is_forwarded and (part.sender is not None or _tells(part)):
            return part
    if any(role_of(line) not in {Role.BLANK, Role.NOISE, Role.GREETING, Role.PROSE} for line in first.lines):
        return first
    return next((part for part in parts if part.sender is not None or _tells(part)), first)


def _tells(part: Part) -> bool:
    """Whether a part names an e-mail address or a number outside its sentences."""
    own = {Role.PLAIN, Role.CLOSING, Role.ASIDE}
    told = [
        line
        for line in part.lines
        if ("@" in line or _FIGURES.search(line))
        and (role_of(line) in own or ("@" in line and role_of(line) is Role.PROSE))
    ]
    return bool(told)


def line_of_sender(sender: str) -> str:
    """The sender of a header as a line of its own: name, then address."""
    text = " ".join(sender.replace("[mailto:", "<").replace("mailto:", "").replace("]", ">").split())
    text = _WROTE.sub("", text)
    if found := emails.find(text):
        address = found[0]
        name = text[: address.start].rstrip("<([ \"'")
        name = _DATED.sub("", name) if re.search(r"\d{1,2}\s?[:h.]\s?\d{2}|\d{4}", name) else name
        name = _VIA.sub("", name).strip(" ,;<>\"'“”«»:")
        return f"{name} | {address.address}" if name else address.address
    return _VIA.sub("", _DATED.sub("", text)).strip(" ,;<>\"'“”:")
