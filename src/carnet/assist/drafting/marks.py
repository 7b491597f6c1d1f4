"""How a wording becomes a sentence: its tone, its facts, and the form of address.

A wording is written with five signs:

- `[vous|tu]` in French: the form for each form of address;
- `<formal|plain|casual>`, or `<formal|others>`: the words for each tone;
- `{fact}`: a fact; `{de fact}` and `{à fact}` contract with its article, `{bare fact}` leaves the article out,
  `{?fact}` writes nothing but counts as the fact;
- `~with facts^without~`: what is written where the facts in it are all known, and where they aren't.

Facts hold no sign but the one for the form of address, which is written `⟦vous|tu⟧` so that what people type never
means anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carnet.assist.drafting.kinds import Address, Language, Tone

_TONES: Final[Mapping[str, int]] = {"formal": 0, "plain": 1, "casual": 2}
_FORMS = re.compile(r"\u27e6([^\u27e6\u27e7|]*)\|([^\u27e6\u27e7|]*)\u27e7")
_IN_BRACKETS = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_IN_ANGLES = re.compile(r"<([^<>]*)>")
_OPTIONAL = re.compile(r"~([^~^]*)(?:\^([^~]*))?~")
_SLOT = re.compile(r"\{(\?|de |à |bare )?(\w+)\}")
_ARTICLE: Final = {
    "fr": re.compile(
        r"^(?:(?:le|la|les|un|une|des|notre|nos|mon|ma|mes|\u27e6[^\u27e7]*\u27e7) |l['\u2019])", re.IGNORECASE
    ),
    "en": re.compile(r"^(?:the|a|an|our|my|your) ", re.IGNORECASE),
}
_CONTRACTED: Final = {
    "de": (("le ", "du "), ("les ", "des ")),
    "à": (("le ", "au "), ("les ", "aux ")),
}
_MUTE: Final = "aeiouyhàâäéèêëîïôöùûüœæ"
_ASPIRATED: Final = ("hui", "haut", "hui", "huit", "hangar", "hasard", "onz", "oui", "héros", "yaourt", "hall")


def marked(vous: str, tu: str) -> str:
    """What is said with vous and with tu, as a part of a fact."""
    return f"\u27e6{vous}|{tu}\u27e7"


def spoken(text: str, address: Address) -> str:
    """The text in one form of address."""
    if "\u27e6" not in text:
        return text
    return _FORMS.sub(r"\1" if address == "vous" else r"\2", text)


def without_marks(text: str) -> str:
    """A text that somebody typed, without the signs that would mean something here."""
    return text.replace("\u27e6", "[").replace("\u27e7", "]")


def begins_with_vowel(word: str) -> bool:
    """Whether French elides before the word."""
    lowered = word.lstrip("\u27e6«\"'(").lower()
    return lowered[:1] in _MUTE and lowered[:1] != "" and not lowered.startswith(_ASPIRATED)


def after(preposition: str, phrase: str) -> str:
    """A French phrase after `de` or `à`, contracted with its article or elided: "du devis", "d'un acompte"."""
    lowered = phrase.lower()
    for article, contracted in _CONTRACTED[preposition]:
        if lowered.startswith(article):
            return contracted + phrase[len(article) :]
    if preposition == "de" and lowered.startswith("des "):
        phrase = phrase[4:]
    if preposition == "de" and begins_with_vowel(phrase):
        return f"d'{phrase}"
    return f"{preposition} {phrase}"


def bare(phrase: str, language: Language) -> str:
    """A phrase without its article."""
    return _ARTICLE[language].sub("", phrase, count=1)


def written(wording: str, facts: Mapping[str, str], language: Language, tone: Tone, address: Address) -> str:
    """The sentence that a wording makes, beginning with a capital; empty where the wording is."""

    def fact(match: re.Match[str]) -> str:
        how, phrase = (match[1] or "").strip(), facts.get(match[2], "")
        if how == "?" or not phrase:
            return ""
        if how == "bare":
            return bare(phrase, language)
        return after(how, phrase) if how else phrase

    def optional(match: re.Match[str]) -> str:
        is_known = all(slot[2] in facts for slot in _SLOT.finditer(match[1]))
        return match[1] if is_known else match[2] or ""

    def toned(match: re.Match[str]) -> str:
        choices = match[1].split("\x00")
        return choices[min(_TONES[tone], len(choices) - 1)]

    text = _IN_BRACKETS.sub("\u27e6\\1\x01\\2\u27e7", wording).replace("|", "\x00").replace("\x01", "|")
    text = _IN_ANGLES.sub(toned, text)
    text = _OPTIONAL.sub(optional, text)
    return capitalised(spoken(_SLOT.sub(fact, text), address))


def capitalised(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def like(model: str, word: str) -> str:
    """The word with a first letter as large as the model's."""
    return capitalised(word) if model[:1].isupper() else word
