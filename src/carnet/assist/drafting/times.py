"""Moments in a phrase: "jeudi à 14h", "next week", "on 12 March at 10:30"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting.reading import flat

if TYPE_CHECKING:
    from carnet.assist.drafting.kinds import Language

_JOURS: Final = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_MOIS: Final = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
_DAYS: Final = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?"
_MONTHS: Final = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_FRENCH_UNIT: Final = (
    rf"(?:(?:le |ce |des |avant |d'ici (?:a )?|jusqu'a )?{_JOURS}(?: prochain| dernier| matin| "
    rf"apres-midi| soir| midi| en huit)*(?: \d{{1,2}}(?:er)?(?: {_MOIS})?)?(?: \d{{4}})?"
    rf"|(?:des |avant |d'ici )?(?:apres-)?demain(?: matin| soir| apres-midi| midi)?|aujourd'hui|"
    rf"(?:d'ici |avant )?(?:la |cette |en )semaine(?: prochaine| suivante| du \d{{1,2}}(?: {_MOIS})?)?"
    rf"|(?:le mois|le trimestre) (?:prochain|suivant)|l'annee prochaine|ce mois-ci|(?:en |debut |fin |"
    rf"mi-|courant ){_MOIS}(?: \d{{4}})?|(?:en |des |d'ici |avant )?(?:le |la |en |au )?(?:debut|"
    rf"fin)(?: de| du| d')? ?(?:semaine|mois|annee)(?: prochaine?)?"
    rf"|(?:dans|d'ici) (?:les |la |une |un |deux |trois |quelques |\d+ )?(?:prochaine?s? )?(?:jours?|"
    rf"semaines?|mois|heures?|quinzaine)(?: a venir| qui viennent)?|ces (?:jours-ci|prochains jours)|"
    rf"(?:le |au |des le |avant le |du )?\d{{1,2}}(?:er)? {_MOIS}(?: \d{{4}})?"
    r"|(?:le |au |avant le |du )?\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|(?:a |vers |de |entre |des |avant "
    r")?\d{1,2} ?h(?:eures?)?\b ?(?:[0-5]\d)?(?: ?(?:-|a|et) ?\d{1,2} ?h ?(?:\d\d)?)?|(?:a |vers |de "
    r")?\d{1,2}[h:]\d\d\b|ce (?:matin|soir|midi)|cet apres-midi|a midi|le matin|l'apres-midi|le soir|"
    r"prochainement|bientot)"
)
_ENGLISH_UNIT: Final = (
    rf"(?:(?:on |by |before |after |until |from )?(?:this |next |last |the following )?{_DAYS}(?: "
    rf"(?:morning|afternoon|evening|night|noon))?(?:,? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?! ?(?:am|"
    rf"pm|:))(?: (?:of )?{_MONTHS})?)?(?: next)?"
    rf"|(?:by |before |until )?tomorrow(?: morning| afternoon| evening| night)?|(?:later )?today|"
    rf"tonight|(?:(?:some ?time|early|later|late|by|before|the end of|at the end of|by the end of|end "
    rf"of) )*(?:this|next|the following|the) (?:week|month|quarter|year|morning|afternoon|"
    rf"evening)\b(?: after next)?"
    rf"|(?:on |by |before |until )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTHS}(?:,? \d{{4}})?|"
    rf"(?:on |by |before |until )?{_MONTHS} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?|(?:in |"
    rf"by |early |late |mid-|early in |before ){_MONTHS}(?: \d{{4}})?"
    r"|(?:at |around |from |by |before )?\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.|o'clock)(?!\w)|"
    r"(?:at |around |by )\d{1,2}(?:[:.h]\d\d)?\b(?! ?%)|\d{1,2}:\d\d\b|(?:over |in |within )the "
    r"(?:coming|next)(?: few| two| three)? (?:days|weeks|months)|(?:in|within) (?:an?|one|two|three|a "
    r"few|\d+) (?:days?|weeks?|months?|hours?)|(?:on |by )?\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|at noon|"
    r"soon|one of these days|(?:in the )(?:morning|afternoon|evening))"
)
_FRENCH: Final = re.compile(
    rf"(?<![\w-])(?:{_FRENCH_UNIT})(?:,? (?:ou |et |a |vers |puis |entre )?(?:{_FRENCH_UNIT}))*(?![\w-])"
)
_ENGLISH: Final = re.compile(
    rf"(?<![\w-])(?:{_ENGLISH_UNIT})(?:,? (?:or |and |at |from |to )?(?:{_ENGLISH_UNIT}))*(?![\w-])"
)


def begins(text: str) -> bool:
    """Whether a phrase begins with a moment."""
    folded = flat(text[:60])
    return _FRENCH.match(folded) is not None or _ENGLISH.match(folded) is not None


def parted(phrase: str, language: Language) -> tuple[str, str, str]:
    """A phrase as what precedes its first moment, the moment, and what follows; the moment may be empty."""
    match = (_FRENCH if language == "fr" else _ENGLISH).search(flat(phrase))
    if match is None:
        return phrase, "", ""
    before, after = phrase[: match.start()].rstrip(" ,"), phrase[match.end() :].lstrip(" ,")
    return before, phrase[match.start() : match.end()].strip(), after


def placed(moment: str, language: Language) -> str:
    """A moment as it stands in a sentence: "le 12 mars", "on Thursday"."""
    folded = flat(moment)
    if language == "fr":
        return f"le {moment}" if re.match(rf"\d{{1,2}}(?:er)? {_MOIS}|\d{{1,2}}/", folded) else moment
    if re.match(rf"{_DAYS}\b|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTHS}|{_MONTHS} \d|\d{{1,2}}/", folded):
        return f"on {moment}"
    if re.match(r"\d{1,2}(?::\d\d)? ?(?:am|pm|o'clock)|\d{1,2}:\d\d", folded):
        return f"at {moment}"
    return moment
