"""Facts in the other language, word by word; what isn't known for certain is not translated at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from carnet.assist.drafting.kinds import Fact
from carnet.assist.drafting.lexicon import ADJECTIVES, DAYS, ENGLISH_PHRASES, FRENCH_PHRASES, MONTHS, NOUNS
from carnet.assist.drafting.marks import after, begins_with_vowel, marked, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.assist.drafting.kinds import Language, Line, Plan

_ENGLISH_OF: Final = {french: english for english, french, _gender in reversed(NOUNS)}
_FRENCH_OF: Final = {english: (french, gender) for english, french, gender in reversed(NOUNS)}
_DAY_OF: Final = {english.lower(): french for french, english in DAYS.items()}
_MONTH_OF: Final = {english.lower(): french for french, english in MONTHS.items()}
_FRENCH_ADJECTIVES: Final = {
    form: english
    for english, (man, woman, _before) in ADJECTIVES.items()
    for form in (man, woman, man + "s", woman + "s")
} | {"nouvel": "new", "nouveaux": "new"}
_KEPT: Final = re.compile(r"[#\d][\w/.,:%€$£-]*|[A-Z][\w.&/-]*-?\d[\w-]*|[€$£%,()&-]")
_NAME: Final = re.compile(r"[A-ZÀ-Þ][\w'-]*")
_DETERMINERS: Final = {"the", "a", "an", "our", "my", "your"}
_LONGEST, _LONGEST_TERM = 400, 4


def english_of(phrase: str) -> str | None:
    """A French phrase in English; None where a word of it isn't known."""
    text = re.sub(r"\b([ldnLD])'", r"\1' ", spoken(phrase, "vous"))
    text = re.sub(
        r"\b(\d{1,2}) ?h(?:eures?)? ?(\d\d)\b", r"\1:\2", re.sub(r"\b(\d{1,2}) ?h(?:eures?)?\b(?! ?\d)", r"\1:00", text)
    )
    ago = re.search(r"\bil y a (.+)$", text)
    if ago is not None:
        before, span = english_of(text[: ago.start()].strip()) if ago.start() else "", english_of(ago[1])
        return f"{before} {span} ago".strip() if span and before is not None else None
    words: list[str] = text.split()
    said: list[str] = []
    at = 0
    while at < len(words):
        taken, english = _next_english(words, at, said)
        if not taken:
            return None
        said.append(english)
        at += taken
    return re.sub(r" ([,)])", r"\1", " ".join(filter(None, said)))


def _next_english(words: list[str], at: int, said: list[str]) -> tuple[int, str]:
    """How many French words were read from a place on, none if they aren't known, and what they are in English."""
    word = words[at]
    following = words[at + 1].lower() if at + 1 < len(words) else ""
    found = _noun_in_english(words, at) or _moment_in_english(word.lower(), following, said)
    found = found or _small_in_english(word.lower(), following)
    return found or ((1, word) if _KEPT.fullmatch(word) or _NAME.fullmatch(word) else (0, ""))


def _noun_in_english(words: list[str], at: int) -> tuple[int, str] | None:
    for count in range(min(_LONGEST_TERM, len(words) - at), 0, -1):
        piece = " ".join(words[at : at + count]).lower().replace("' ", "'")
        if piece in FRENCH_PHRASES:
            return count, FRENCH_PHRASES[piece]
        if piece in _ENGLISH_OF:
            following = words[at + count].lower() if at + count < len(words) else ""
            if following in _FRENCH_ADJECTIVES:
                return count + 1, f"{_FRENCH_ADJECTIVES[following]} {_ENGLISH_OF[piece]}"
            return count, _ENGLISH_OF[piece]
    return None


def _moment_in_english(word: str, following: str, said: list[str]) -> tuple[int, str] | None:
    if word in DAYS:
        if following in {"prochain", "dernier"}:
            return 2, f"{'next' if following == 'prochain' else 'last'} {DAYS[word]}"
        return 1, DAYS[word] if said and said[-1] == "on" else f"on {DAYS[word]}"
    if word in {"de", "le", "du", "des"} and following in DAYS:
        return 1, ""
    if word == "depuis":
        is_date = re.fullmatch(r"(?:19|20)\d\d", following) or following in {"le", *DAYS}
        return 1, "since" if is_date else "for"
    if word in {"du", "le", "au"} and following[:1].isdigit():
        return 1, "on"
    return (1, MONTHS[word]) if word in MONTHS else None


def _small_in_english(word: str, following: str) -> tuple[int, str] | None:
    pair = _FRENCH_PAIRS.get((word, following))
    if pair is not None:
        return 2, pair
    fixed = _FRENCH_SMALL.get(word, _FRENCH_ADJECTIVES.get(word))
    if fixed is None:
        return None
    is_before_vowel = _ENGLISH_OF.get(following, "x")[0] in "aeiou"
    return 1, "an" if fixed == "a" and is_before_vowel else fixed


_FRENCH_PAIRS: Final = {
    ("de", "la"): "of the", ("de", "l'"): "of the", ("à", "la"): "at the", ("à", "l'"): "at the",
    ("d'", "un"): "of a", ("d'", "une"): "of a",
}  # fmt: skip
_FRENCH_SMALL: Final = {
    "le": "the", "la": "the", "les": "the", "l'": "the", "un": "a", "une": "a", "notre": "our", "nos": "our",
    "mon": "my", "ma": "my", "mes": "my", "votre": "your", "vos": "your", "du": "of the", "des": "of the",
    "de": "of", "d'": "of", "au": "at the", "aux": "at the", "à": "at", "deux": "two", "trois": "three",
    "dix": "ten", "quinze": "fifteen", "quelques": "a few", "ce": "this", "cette": "this",
}  # fmt: skip


def french_of(phrase: str) -> str | None:
    """An English phrase in French; None where a word of it isn't known."""
    text = re.sub(r"\b(\d{1,2}) ?(am|pm)\b", _hour, phrase, flags=re.IGNORECASE)
    text = re.sub(r"\b(\d{1,2}):(\d\d)\b", lambda match: f"{match[1]}h" + (match[2] if match[2] != "00" else ""), text)
    words: list[str] = re.sub(r"([,()])", r" \1 ", text).split()
    said: list[str] = []
    at = 0
    while at < len(words):
        taken, french = _next_french(words, at, is_within=bool(said))
        if not taken:
            return None
        said.append(french)
        at += taken
    joined = " ".join(filter(None, said))
    for preposition in ("de", "à"):
        joined = re.sub(rf"\b{preposition} ((?:le|les) \S+)", lambda match: after(preposition, match[1]), joined)  # noqa: B023
    return re.sub(r"\bl' ", "l'", re.sub(r" ([,)])", r"\1", joined))


def _hour(match: re.Match[str]) -> str:
    return f"{int(match[1]) % 12 + (12 if match[2].lower() == 'pm' else 0)}h"


def _next_french(words: list[str], at: int, *, is_within: bool) -> tuple[int, str]:
    """How many English words were read from a place on, none if they aren't known, and what they are in French."""
    kept = words[at]
    word, following = kept.lower(), words[at + 1].lower() if at + 1 < len(words) else ""
    found = _phrase_in_french(words, at, is_within=is_within) or _moment_in_french(word, following, is_within=is_within)
    if found is None and word in {"since", "for", "in"} and not is_within:
        return 1, "depuis"
    if found is None and word in {"at", "to", "of", "on", "about", "from"} and following:
        return 1, {"at": "à", "to": "à", "about": "sur", "on": "sur"}.get(word, "de")
    found = found or _french_noun(words, at)
    is_name = _KEPT.fullmatch(kept) or (_NAME.fullmatch(kept) and word not in _DETERMINERS)
    return found or ((1, kept) if is_name else (0, ""))


def _phrase_in_french(words: list[str], at: int, *, is_within: bool) -> tuple[int, str] | None:
    for count in range(min(_LONGEST_TERM + 1, len(words) - at), 0, -1):
        piece = " ".join(words[at : at + count]).lower()
        is_span = (
            piece == "for" and not is_within and re.match(r"an?$|\d|one$|two$|three$", " ".join(words[at + 1 : at + 2]))
        )
        if piece in ENGLISH_PHRASES and not is_span:
            return count, ENGLISH_PHRASES[piece]
    return None


def _moment_in_french(word: str, following: str, *, is_within: bool) -> tuple[int, str] | None:
    if word in {"last", "next"} and following in _DAY_OF:
        return 2, f"{_DAY_OF[following]} {'dernier' if word == 'last' else 'prochain'}"
    if word in {"on", "this"} and following in _DAY_OF:
        return 2, ("de " if is_within else "") + _DAY_OF[following]
    if word in {"on", "by"} and following[:1].isdigit():
        return 1, "du" if is_within else "le"
    known = _DAY_OF.get(word) or _MONTH_OF.get(word)
    return (1, known) if known is not None else None


def _french_noun(words: list[str], start: int) -> tuple[int, str] | None:
    """A noun with its article and adjective: "your new position" is "votre nouveau poste"."""
    at, determiner, adjective = start, "", ""
    if words[at].lower() in _DETERMINERS:
        determiner, at = words[at].lower(), at + 1
    if at < len(words) and words[at].lower() in ADJECTIVES:
        adjective, at = words[at].lower(), at + 1
    for count in range(min(2, len(words) - at), 0, -1):
        found = _FRENCH_OF.get(" ".join(words[at : at + count]).lower())
        if found is None:
            continue
        noun, gender = found
        is_plural = noun.endswith("s") and " ".join(words[at : at + count]).lower().endswith("s") and noun != "devis"
        man, woman, is_before = ADJECTIVES.get(adjective, ("", "", False))
        described = woman if gender == "f" else man
        if described == "nouveau" and begins_with_vowel(noun):
            described = "nouvel"
        if is_plural and described:
            described = "nouveaux" if described == "nouveau" else described.rstrip("s") + "s"
        phrase = f"{described} {noun}" if is_before else f"{noun} {described}"
        return at + count - start, _determined(determiner, phrase.strip(), gender, is_plural=is_plural)
    return None


def _determined(determiner: str, phrase: str, gender: str, *, is_plural: bool) -> str:
    is_elided = begins_with_vowel(phrase)
    is_woman = gender == "f"
    if determiner in {"a", "an"}:
        return f"{'une' if is_woman else 'un'} {phrase}"
    if determiner == "your":
        tu = "tes" if is_plural else "ta" if is_woman and not is_elided else "ton"
        return f"{marked('vos' if is_plural else 'votre', tu)} {phrase}"
    if determiner == "our":
        return f"{'nos' if is_plural else 'notre'} {phrase}"
    if determiner == "my":
        return f"{'mes' if is_plural else 'ma' if is_woman and not is_elided else 'mon'} {phrase}"
    if is_plural:
        return f"les {phrase}"
    return f"l'{phrase}" if is_elided else f"{'la' if is_woman else 'le'} {phrase}"


_TRANSLATORS: Final[dict[Language, Callable[[str], str | None]]] = {"en": english_of, "fr": french_of}


def translated(plan: Plan, language: Language) -> tuple[Plan, tuple[str, ...]]:
    """A plan in another language, and the phrases in it that could not be translated."""
    failed: list[str] = []

    def fact(given: Fact) -> Fact:
        here, there = (given.fr, given.en) if language == "en" else (given.en, given.fr)
        if there is not None or here is None:
            return given
        found = _TRANSLATORS[language](here) if len(here) <= _LONGEST else None
        if found is None:
            failed.append(spoken(here, plan.address))
            return given
        return Fact(fr=given.fr, en=found) if language == "en" else Fact(fr=found, en=given.en)

    def line(given: Line) -> Line:
        if given.own is not None:
            return msgspec.structs.replace(given, own=fact(given.own))
        return msgspec.structs.replace(given, facts={name: fact(each) for name, each in given.facts.items()})

    paragraphs = tuple(
        msgspec.structs.replace(each, lines=tuple(line(given) for given in each.lines)) for each in plan.paragraphs
    )
    topic = line(plan.topic)
    changed = msgspec.structs.replace(plan, language=language, paragraphs=paragraphs, topic=topic)
    return changed, tuple(dict.fromkeys(failed))
