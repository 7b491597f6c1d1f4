"""What an order to add something adds, as sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting.acts import act_of
from carnet.assist.drafting.kinds import Fact, Line
from carnet.assist.drafting.phrases import own, turned
from carnet.assist.drafting.reading import flat, language_of, unquoted
from carnet.assist.drafting.saying import lines_of, without_that

if TYPE_CHECKING:
    from carnet.assist.drafting.kinds import Language

_UNTOLD: Final = re.compile(
    r"(?:(?:un|une|a|an) (?:\w+ )?(?:question|phrase|paragraphe?|sentence|line|mot|word|note|blague|joke|anecdote) )?"
    r"(?:sur|about|concernant|au sujet|a propos|regarding) |(?:un|une|a|an) (?:\w+ )?(?:question|"
    r"phrase|paragraphe?|sentence|line|blague|joke|anecdote)$"
)
"""What names a subject and doesn't say what to write about it."""
_THAT: Final = re.compile(r"(?:(?:aussi|egalement|bien|lui|also) )*(?:que |qu'|that )")
_SENTENCE: Final = re.compile(
    r"(?:je|j'|nous|on|c'est|il|elle|merci|vous|tu|i|i'm|i'll|we|we're|we'll|it|please|thank|thanks|"
    r"you|here|this|there)(?: |'|(?<=')|$)|.*[.!?]$|.*\b(?:est|sont|sera|is|are|will|suis|ai)\b"
)
_POSTSCRIPT: Final = re.compile(r"(?:un |a )?(?:ps|p\.s\.|post-scriptum)(?: :|:| disant| saying)? ?(?:que |qu'|that )?")


def lines_to_add(value: str, language: Language) -> tuple[Line, ...]:  # noqa: PLR0911 - each way to say something
    """The sentences that the words of an order make; none where there are no words."""
    value = value.strip(" :,")
    if not any(map(str.isalnum, value)) or _UNTOLD.match(flat(value)):
        return ()
    speaks = language_of(value, language)
    folded = flat(value)
    postscript = _POSTSCRIPT.match(folded)
    if postscript is not None and postscript.end() < len(value):
        said = own(value[postscript.end() :], speaks).own
        if said is not None:
            return (
                Line(own=Fact(fr=f"P.-S. : {said.fr}" if said.fr else None, en=f"P.S. {said.en}" if said.en else None)),
            )
    if _THAT.match(folded):
        return (own(without_that(value, speaks), speaks),)
    if value[:1] in '"«\u201c':
        return (own(unquoted(value), speaks),)
    act = act_of(re.sub(r"^(?:pour|to|un|une|a|an|my|mes|nos|our) (?=\w)", "", value), speaks) or act_of(value, speaks)
    if act is not None and act.kind not in {"reconnect", "span", "birthday"} and (lines := lines_of(act)):
        return lines
    if _SENTENCE.match(folded):
        return (own(unquoted(value), speaks),)
    noted = Fact(fr=turned(value, "fr")) if speaks == "fr" else Fact(en=turned(value, "en"))
    return (Line(wording="act.note", facts={"what": noted}),)
