"""A letter and the letters within it: who wrote which lines, so that a quoted sender is never taken for the writer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from carnet.assist.extraction import emails
from carnet.core.search import fold

_FROM = "from|de|von|da|expediteur|absender|remitente|mittente|sender|van"
_OTHER_KEYS = (
    "to|a|an|para|cc|cci|bcc|ccn|kopie|copie|sent|envoye|envoye le|gesendet|enviado|enviado el|inviato|date|datum|"
    "fecha|data|subject|objet|sujet|betreff|asunto|oggetto|reply-to|repondre a|antwort an|importance|attachments|"
    "pieces jointes|received|message-id|return-path|mime-version|content-type|x-mailer|priorite|aan|onderwerp|"
    "responder a|rispondi a|delivered-to|organization"
)
_KEY = re.compile(rf"\s*({_FROM}|{_OTHER_KEYS})\s?:(?!//)\s?(.*)$")
_SEPARATOR = re.compile(
    r"[\s\-_=*>]*(?:begin |debut du |inicio del |inizio |anfang der )?(original message|original appointment|forwarded "
    r"message|message d'origine|message original|message transfere|message transmis|ursprungliche nachricht|"
    r"originalnachricht|weitergeleitete nachricht|mensaje original|mensaje reenviado|messaggio originale|messaggio "
    r"inoltrato|forwarded by|transfere par|reply above this line|original-nachricht|urspr\. nachricht)\b.{0,60}"
)
_INTRO_END = re.compile(
    r"(?:wrote|a ecrit|schrieb|escribio|ha scritto|scrisse|a ecrit le message suivant|schreef|geschrieben|"
    r"said)\s?:?\s*$|(?:schrieb|wrote).{0,120}:$"
)
_INTRO_START = re.compile(
    r"\s*(?:on|le|am|el|il|em|op|>?\s*on)\s.{0,300}\d|.{0,200}<[^<>\s]{3,100}@[^<>\s]{3,100}>|\s*\S.{0,80}$"
)
_INTRO_DATED = re.compile(r"\s*(?:on|le|am|el|il|op)\b[^:]{0,20}\d{1,4}")
_MOST_INTRO_LINES = 3


@dataclass(slots=True)
class Part:
    """The lines of one writer, and what the header above them says of the writer."""

    lines: list[str] = field(default_factory=list)
    sender: str | None = None
    is_forwarded: bool = False
    is_quoted: bool = False
    has_signs: bool = False

    @property
    def is_empty(self) -> bool:
        return self.sender is None and not any(line.strip() for line in self.lines)


def _key(line: str) -> tuple[str, str] | None:
    match = _KEY.match(fold(line)[:400])
    if match is None:
        return None
    return match[1], line[line.index(":") + 1 :].strip()


def _is_from(key: str) -> bool:
    return key in _FROM.split("|")


def parts_of(lines: list[str]) -> list[Part]:
    """The letters of a text, the newest first as programs write them. At least one."""
    parts = [Part()]
    at, is_forward = 0, False
    while at < len(lines):
        line, depth = _unquoted(lines[at])
        folded = fold(line)
        if _SEPARATOR.fullmatch(folded):
            is_forward = True
            parts.append(Part(is_forwarded=True, is_quoted=True))
            at += 1
        elif header := _header(lines, at):
            sender, length = header
            is_first = parts == [Part()]
            if is_first or (is_forward and parts[-1].is_empty):
                parts[-1].sender = sender
            else:
                parts.append(Part(sender=sender, is_forwarded=is_forward or _is_only_note(parts[0]), is_quoted=True))
            is_forward = False
            at += length
        elif length := _introduction(lines, at):
            parts.append(Part(sender=" ".join(_unquoted(each)[0] for each in lines[at : at + length]), is_quoted=True))
            at += length
        else:
            _put(parts, line, depth)
            at += 1
    return parts


def _is_only_note(part: Part) -> bool:
    return not any("@" in line for line in part.lines)


def _put(parts: list[Part], line: str, depth: int) -> None:
    """Hand a line to its writer: what follows a quotation unquoted is the first writer's own again."""
    if depth > 1:
        return
    if depth and not parts[-1].is_quoted:
        parts.append(Part(is_quoted=True))
    if depth:
        parts[-1].has_signs = True
    elif parts[-1].has_signs and line.strip():
        parts[0].lines.append(line)
        return
    parts[-1].lines.append(line)


def _unquoted(line: str) -> tuple[str, int]:
    depth = 0
    text = line.lstrip()
    while text.startswith(">") and depth < 10:
        depth += 1
        text = text[1:].lstrip()
    return (text, depth) if depth else (line, 0)


def _header(lines: list[str], at: int) -> tuple[str, int] | None:
    """The sender that a block of header lines names, and how many lines it takes."""
    sender, keys, length = None, 0, 0
    for line in lines[at : at + 14]:
        text = _unquoted(line)[0].strip(" *")
        key = _key(text)
        if key is None:
            is_folded = (
                keys
                and text
                and emails.find(text)
                and len(text) < 200
                and not re.search(r"[^\W\d_]{3,} [^\W\d_]{3,} [^\W\d_]{3,} [^\W\d_]{3,}", text)
            )
            if not is_folded and not (keys == 1 and sender and not text and length == 1):
                break
        else:
            keys += 1
            if _is_from(key[0]) and sender is None:
                sender = key[1]
        length += 1
    first = _key(_unquoted(lines[at])[0].strip(" *"))
    if first is None or sender is None or keys < 2:
        is_lone = first is not None and _is_from(first[0]) and emails.find(first[1]) and keys == 1
        return (first[1], 1) if is_lone and first else None
    return sender, length


def _introduction(lines: list[str], at: int) -> int:
    """How many lines `On Tuesday … wrote:` takes, or none."""
    joined = ""
    for length in range(1, _MOST_INTRO_LINES + 1):
        if at + length > len(lines):
            return 0
        line = _unquoted(lines[at + length - 1])[0]
        if not line.strip() or (length > 1 and _INTRO_DATED.match(fold(line))):
            return 0  # a line that begins with a date is the introduction itself, and what is above it is not
        joined = f"{joined} {fold(line)}"[-600:]
        if _INTRO_END.search(joined):
            is_dated = _INTRO_DATED.match(joined) is not None
            return length if is_dated or "@" in joined else 0
        if length == 1 and not (_INTRO_DATED.match(joined) or "@" in joined):
            return 0
    return 0
