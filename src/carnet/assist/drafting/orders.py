"""What a clause of an instruction orders about the draft itself: shorter, in French, another subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from carnet.assist.drafting.lists import words_in
from carnet.assist.drafting.orders_en import ENGLISH
from carnet.assist.drafting.orders_fr import FRENCH
from carnet.assist.drafting.passages import SIGN_OFF
from carnet.assist.drafting.reading import flat, politely, unquoted

ADDRESS: Final = re.compile(r"[^\s<>,;:\"«»()]{1,64}@[^\s<>,;:\"«»()]{1,255}")
_ORDINALS: Final = {
    "premier": 1, "premiere": 1, "1er": 1, "1ere": 1, "first": 1, "1st": 1, "deuxieme": 2, "second": 2, "seconde": 2,
    "2e": 2, "2eme": 2, "2nd": 2, "troisieme": 3, "third": 3, "3e": 3, "3eme": 3, "3rd": 3, "quatrieme": 4,
    "fourth": 4, "4e": 4, "4eme": 4, "4th": 4, "cinquieme": 5, "fifth": 5, "5e": 5, "5eme": 5, "5th": 5,
    "dernier": -1, "derniere": -1, "last": -1, "final": -1, "avant-dernier": -2, "avant-derniere": -2,
    "penultimate": -2, "opening": 1, "closing": -1,
}  # fmt: skip
_LONGEST_SIGN_OFF, _MOST_WORDS = 3, 40
_NUMBERS: Final = {"un": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "twice": 2}
_NTH: Final = "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True))
_PLACE: Final = re.compile(
    rf"\b(?:(?P<nth>{_NTH}|second to last) (?P<noun>paragraphe?s?|phrases?|sentences?|lines?|lignes?)\b|"
    rf"(?P<kind>paragraphe?|phrase|sentence) (?:n ?[o°]? ?|number |no\.? ?|#)?(?P<digit>\d{{1,2}}|one|"
    rf"two|three|four|un|deux|trois|quatre)\b"
    rf"|(?P<other>paragraphe?|phrase|sentence) (?P<after>{_NTH})\b)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph, or a sentence of one or of the whole, counted from 1, or from the end by -1."""

    paragraph: int | None = None
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A thing to do to a draft."""

    kind: str
    value: str = ""
    other: str = ""
    place: Place | None = None
    at_start: bool = False
    source: str = ""
    """The clause, as it is shown to the user."""


def place_in(folded: str) -> Place | None:
    """The paragraph or sentence that a clause names."""
    paragraph = sentence = None
    for match in _PLACE.finditer(folded):
        noun = match["noun"] or match["kind"] or match["other"]
        if match["digit"]:
            nth = _NUMBERS.get(match["digit"], 0) or int(match["digit"])
        else:
            nth = _ORDINALS.get(match["nth"] or match["after"], -2)
        if noun.startswith("para"):
            paragraph = nth
        else:
            sentence = nth
    return Place(paragraph, sentence) if paragraph or sentence else None


def order_of(clause: str) -> Order | None:
    """The order that a clause gives; None where it gives none that is known."""
    asked = politely(clause)
    folded = flat(asked)
    for kind, pattern in (*FRENCH, *ENGLISH):
        match = pattern.match(folded)
        if match is not None:
            return _order(kind, match, asked, clause)
    return None


def begins_order(text: str) -> bool:
    """Whether an order begins where a text does."""
    return order_of(text) is not None


def _order(kind: str, match: re.Match[str], asked: str, clause: str) -> Order:
    def group(name: str) -> str:
        found = match.groupdict().get(name)
        return unquoted(asked[match.start(name) : match.end(name)]) if found else ""

    folded = match.string
    value, other = group("value"), group("other")
    place = place_in(folded) if kind in _PLACED else None
    if kind == "undo":
        counted = re.search(r"\b(\d{1,2}|deux|two|trois|three|twice)\b", folded)
        value = str(_NUMBERS.get(counted[1], 0) or counted[1]) if counted else "1"
    elif kind in {"add", "add_sentence"}:
        at_start = re.search(r",? (?:au debut|en premier|at the (?:beginning|start|top))$", flat(value))
        at_end = re.search(r",? (?:a la fin|en conclusion|at the (?:end|bottom))$", flat(value))
        edge = at_start or at_end
        return Order(
            kind,
            unquoted(value[: edge.start()] if edge else value),
            at_start=bool(at_start) or bool(group("top")),
            source=clause,
        )
    if kind == "signature" and SIGN_OFF.match(flat(value)) and len(value.split()) <= _LONGEST_SIGN_OFF:
        kind = "sign_off"
    return Order(kind, value, other, place, source=clause)


_PLACED: Final = frozenset({"shorten", "lengthen", "delete"})


_FILLERS: Final = words_in("""
    tout toute tous encore peux pourrais fois paragraphe paragraphs paragraph phrase phrases sentence sentences mail
    email e-mail message texte text version please merci thanks s'il plait possible moitie half third tiers avec dans
    pour that this them elle contact client madame monsieur lines lignes mots words about environ quelques trop beaucoup
    really vraiment draft brouillon with from your overall globalement ensemble whole the bit les des une
""")
_KNOWN: Final = frozenset(
    word
    for _kind, pattern in (*FRENCH, *ENGLISH)
    for word in re.findall(r"[a-z]{3,}", re.sub(r"\\[a-zA-Z]", " ", pattern.pattern))
)
_SHORTEST_STEM: Final = 4


def words_beyond(order: Order) -> tuple[str, ...]:
    """The words of an order that no order knows, so that nothing is passed over in silence."""
    words = re.findall(r"[^\W\d_]{4,}", order.source)[:_MOST_WORDS]
    return tuple(word for word in words if not _is_known(flat(word)))


def _is_known(word: str) -> bool:
    if word in _KNOWN or word in _FILLERS or word in _ORDINALS or word in _NUMBERS:
        return True
    return any(word.startswith(stem) for stem in _KNOWN if len(stem) >= _SHORTEST_STEM)
