"""The user's own words as passages: a greeting, paragraphs of sentences, and an ending. Every step is linear."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from carnet.assist.drafting.reading import flat, unquoted

LONGEST: Final = 200_000
"""Characters that a mail may come to."""
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(])(?:M|MM|Mr|Mrs|Ms|Mme|Mlle|Dr|Pr|St|no|n°|p|e\.g|i\.e|etc|vs|cf|art|[A-Z])\.$"
)
_END: Final = re.compile(r"[.!?\u2026]+[\"»\u201d)]?(?=\s)")
GREETING: Final = re.compile(
    r"(?:bonjour|bonsoir|salut|coucou|cher|chere|chers|cheres|madame|monsieur|mesdames|messieurs|mon "
    r"cher|ma chere|dear|hello|hi|hey|good (?:morning|afternoon|evening)|to whom|greetings)\b"
)
SIGN_OFF: Final = re.compile(
    r"(?:(?:bien |tres |plus )?cordialement|bien a (?:vous|toi)|amicalement|amities|a bientot|a tres "
    r"bientot|bonne (?:journee|soiree|semaine)|belle journee|sinceres salutations|"
    r"salutations|respectueusement|je vous prie d'agreer|veuillez|kind(?:est)? regards|best|regards|"
    r"sincerely|yours|warm(?:est)? regards|cheers|many thanks|thanks|all the best|"
    r"with (?:kind|best|warm) regards|respectfully|merci,|bises|see you|take care|talk soon|speak "
    r"soon|chaleureusement|bien sincerement)\b"
)
_LONGEST_GREETING, _LONGEST_ENDING, _MOST_ENDINGS = 80, 200, 2
_FIGURE, _QUESTION, _NAME = 3, 4, 2
"""What weighs in a sentence."""


@dataclass
class Passages:
    """A body in its parts."""

    greeting: str
    paragraphs: list[str]
    ending: str

    @property
    def body(self) -> str:
        """The whole again."""
        return "\n\n".join(filter(None, (self.greeting, *self.paragraphs, self.ending)))


def passages_of(body: str) -> Passages:
    """A body parted by its empty lines; the first and the last part may be a greeting and an ending."""
    parts = [
        part.strip("\n") for part in re.split(r"\n[ \t]*\n\s*", body.replace("\r\n", "\n").strip()) if part.strip()
    ]
    greeting = ending = ""
    if parts:
        first, _, rest = parts[0].partition("\n")
        if len(first) <= _LONGEST_GREETING and GREETING.match(flat(first)):
            is_alone = first.rstrip().endswith((",", "!", ":")) or not re.search(r"[.?]", first)
            if is_alone:
                greeting = first.rstrip()
                parts[:1] = [rest] if rest.strip() else []
    if parts and greeting + "".join(parts):
        ending = _take_ending(parts)
    return Passages(greeting, parts, ending)


def _take_ending(parts: list[str]) -> str:
    for count in range(1, _MOST_ENDINGS + 1):
        if len(parts) < count:
            break
        lines = parts[-count].split("\n")
        for nth, line in enumerate(lines):
            is_closing = (
                SIGN_OFF.match(flat(line[:60])) and len(line) <= _LONGEST_ENDING and (nth or len(parts) > count)
            )
            if is_closing and len("\n".join(lines[nth:])) <= _LONGEST_ENDING * 2:
                taken = "\n".join(lines[nth:]) + ("\n\n" + parts[-1] if count == _MOST_ENDINGS else "")
                if count == _MOST_ENDINGS and len(parts[-1]) > _LONGEST_ENDING:
                    continue
                parts[-count:] = ["\n".join(lines[:nth])] if nth else []
                return taken
    return ""


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == "." and _ABBREVIATED.search(text[max(start, match.end() - 8) : match.end()]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    if text[start:].strip():
        found.append(text[start:].strip())
    return found


def shortened(text: str) -> str:
    """A paragraph without its least sentences: those that name, count and ask the least; at least half go on.

    A paragraph of one sentence is as it was.
    """
    parts = sentences(text)
    keep = (len(parts) + 1) // 2
    ranked = sorted(range(len(parts)), key=lambda nth: (-_weight(parts[nth]), nth))[:keep]
    return " ".join(parts[nth] for nth in sorted(ranked)) if keep < len(parts) else text


def _weight(sentence: str) -> int:
    names = len(re.findall(r"(?<=[\w,] )[A-ZÀ-Þ][\w-]+", sentence))
    return (
        _FIGURE * len(re.findall(r"\d+", sentence))
        + _QUESTION * sentence.count("?")
        + _NAME * names
        + _QUESTION * ("@" in sentence)
    )


def swapped(text: str, old: str, new: str) -> tuple[str, int]:
    """The text with whole words replaced, and how often; in any case where there is no exact match."""
    left, right = r"(?<!\w)" if old[:1].isalnum() else "", r"(?!\w)" if old[-1:].isalnum() else ""
    found = re.subn(f"{left}{re.escape(old)}{right}", lambda _match: new, text)
    if found[1]:
        return found
    return re.subn(f"{left}{re.escape(old)}{right}", lambda match: _cased(match[0], new), text, flags=re.IGNORECASE)


def _cased(model: str, new: str) -> str:
    return new[:1].upper() + new[1:] if model[:1].isupper() else new


def one_line(value: str) -> str:
    """The words of a header or greeting: on one line, and only if they say something."""
    value = (
        unquoted(" ".join(value.split())).rstrip(".") if not value.rstrip().endswith("...") else " ".join(value.split())
    )
    return value if any(map(str.isalnum, value)) else ""


def greeting_of(value: str) -> str:
    """Words as a greeting, with the sign that ends it."""
    value = one_line(value)
    return value if not value or value.endswith((",", "!", ":")) else f"{value},"


def words_meant(value: str) -> str:
    """The words that an order to leave something out means, without the article before them."""
    article = re.match(r"(?:de |d'|du |des )?(?:the |la |le |les |l')?(?=\w)", value.lower())
    return value[article.end() :] if article is not None else value
