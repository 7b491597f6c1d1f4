"""What the words of a segment look like: the traits by which a name, a title and a firm differ, in five languages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from carnet.assist.extraction.countries import COUNTRIES
from carnet.assist.extraction.names import Person, has_civility, person
from carnet.assist.extraction.words import (
    BEGINNING_FORMS,
    DAYS_AND_MONTHS,
    INSTITUTIONS,
    LEGAL_FORMS,
    PARTICLES,
    RANKS,
    SCHOOLS,
    SENTENCE_WORDS,
)
from carnet.core.search import fold

# Words that end so are mostly somebody who does something: this holds for trades that no list has.
_DOERS = re.compile(
    r"(?:eur|euse|rice|ier|iere|iste|logue|ecte|aire|ienne?|[ps]able|ptable|ante?"  # French
    r"|er|or|ist|ian|yst|man|woman|tive|eer|ary|ect|(?<!m)ent"  # English
    r"|erin|orin|istin|entin|eurin|leitung|kraft|mann|frau|wart|wirt|beauftragte[rn]?|beraterin|kauffrau|chefin|chef"  # German
    r"|dora?|[ts]ora|ista|er[oa]|ente|ari[oa]|log[oa]|nic[oa]|ad[oa]"  # Spanish
    r"|tore|trice|iere|ier[ai]|sabile|at[oa]|olare)$"  # Italian
)
_AGENTS = re.compile(r"(?:er|or|eur|ist|ian|yst|man|woman|iste|mann|frau|in)$")
_ROMANCE_AGENTS = re.compile(
    r"(?:[td]eur|teuse|trice|[ps]table|sable|sabile|tore|[td]ora?|iste|iere|icien|icienne|logue|nico|nica)$|"
    r"^(?:charge|attache|delegue|employe|associe|prepose|encarregad[oa]|encargad[oa]|incaricat[oa]|addett[oa])e?$"
)
_SHOPS = re.compile(r"(?:erie|eries|eria|erei)$")
"""Where something is made or sold: boucherie, Bäckerei, libreria. (Valérie is shorter.)"""
_SHORTEST_SHOP = 8
_CHIEF = re.compile(
    r"^C[A-Z]{1,2}O$|^[ESA]?VP$|^(?:MD|GM|DG|DGA|DAF|DRH|DSI|RSSI|PDG|PM|PMO|QA|HR|RH|IT|DPO|CEO|GF|PA)$"
)
_NUMERAL = re.compile(r"^(?:I{1,3}|IV|V|\d(?:st|nd|rd|th)?)$")
_OF = frozenset(
    "of de du des d en di del della dei delle fur der die das the for a au aux la le les et and und y e in im "
    "zu zur al".split()
)
_HEAD_ENDS = frozenset({"of", "for", "in", "fur", "at", "de", "des", "du", "di", "und", "and", "et"})
_DEPARTMENTS = frozenset(
    "service services departement department dept direction pole division team unit branch abteilung bereich referat "
    "ufficio departamento dpto area reparto equipe sezione section filiale secteur antenne sucursal delegacion "
    "niederlassung standort campus faculty faculte fakultat".split()
)
_SPELT_FORMS = frozenset({"sarl", "sadecv", "spzoo", "coltd", "srl", "spa", "sas", "sapi", "sapidecv"})
_ARTICLES = frozenset(
    "the le la les un une your votre notre our we der die das ein eine el los las il lo gli i nos vos my mon".split()
)
_FAMILY = re.compile(
    r"(?:&|\+|\bet|\band|\bund|\by|\be)\s(?:sons?|fils|filles?|co\b|cie|partners?|associ\w*|brothers|frères|söhne|sohn|"
    r"töchter|hijos?|figli|hermanos|daughters?|partner|freunde|company)",
    re.IGNORECASE,
)


class Traits(NamedTuple):
    """The traits of a text."""

    words: tuple[str, ...]
    person: Person | None
    has_civility: bool
    is_mixed: bool
    """Has words in capitals beside capitalised ones, as in "Vincent PRÉVOST"."""
    is_loud: bool
    is_doer: bool
    """One of its leading or closing words ends as those do that name who does something."""
    does: bool
    """Any of its words ends so, which says less."""
    is_ranked: bool
    has_of: bool
    is_lowering: bool
    """Begins with a capital and goes on in small letters, as titles do in Romance languages."""
    is_firm: bool
    """Has a legal form, or "& Sons"."""
    is_institution: bool
    is_school: bool
    is_department: bool
    is_place: bool
    has_figures: bool
    begins_small: bool
    has_article: bool
    has_ampersand: bool
    is_called: bool
    """Ends as an appeal or a motto does."""
    sentence_share: float


@lru_cache(maxsize=2048)
def traits_of(text: str) -> Traits:
    """The traits of a segment."""
    raw = re.findall(r"[^\W_](?:[^\s,;()|]*[^\W_])?\.?", text)
    words = tuple(fold(word).strip(".'’") for word in raw)
    bare = [word.replace(".", "") for word in words]
    content = [word for word in raw if fold(word) not in _OF and len(word) > 1]
    loud = [word for word in raw if len(word) > 2 and word.isupper()]
    titled = [word for word in raw if len(word) > 2 and word[0].isupper() and not word.isupper()]
    institution = [
        word for word in bare if word in INSTITUTIONS or (len(word) >= _SHORTEST_SHOP and _SHOPS.search(word))
    ]
    # "Harbor Lights Foundation" ends, and "Groupe Sarment" begins, with what it is: neither does anything.
    first = re.split(r"[,(–—|]|\s-\s|\s/\s", text)[0]
    is_doer = not _is_body(first) and _is_doer(first)
    is_ranked = any(word in RANKS for word in bare) or any(_CHIEF.match(word.strip(".,")) for word in raw)
    return Traits(
        words=words,
        person=person(text),
        has_civility=has_civility(text),
        is_mixed=bool(loud) and bool(titled) and not is_doer,
        is_loud=bool(loud) and not titled and text.upper() == text,
        is_doer=is_doer,
        does=any(
            len(word) > 4 and word not in INSTITUTIONS and word not in LEGAL_FORMS and _DOERS.search(word)
            for word in bare
        ),
        is_ranked=is_ranked or (len(raw) > 1 and _NUMERAL.match(raw[-1]) is not None and _is_doer(" ".join(raw[:-1]))),
        has_of=any(
            word in {"of", "de", "du", "des", "d", "di", "del", "della", "fur"} or word.startswith("d'")
            for word in words[1:]
        ),
        is_lowering=len(content) > 1
        and content[0][0].isupper()
        and content[1][0].islower()
        and sum(word[0].islower() for word in content[1:]) >= 0.5 * (len(content) - 1),
        is_firm=_is_firm(raw, bare) or _FAMILY.search(text) is not None,
        is_institution=bool(institution),
        is_school=not SCHOOLS.isdisjoint(bare),
        is_department=(bool(words) and bare[0] in _DEPARTMENTS)
        or (len(bare) > 1 and bare[-1] in {"team", "department", "division", "dept", "branch", "unit"}),
        is_place=any(fold(part).strip(" .()") in COUNTRIES for part in text.split(","))
        or (len(bare) == 1 and bare[0] in DAYS_AND_MONTHS),
        has_figures=any(map(str.isdigit, text)),
        begins_small=text[:1].islower(),
        has_article=bool(words) and words[0].split("'")[0] in _ARTICLES and len(words) > 1,
        has_ampersand="&" in text or " + " in text,
        is_called=text[-1:] in "!?…",
        sentence_share=sum(word in SENTENCE_WORDS and word not in PARTICLES for word in raw) / max(1, len(words)),
    )


def _is_body(text: str) -> bool:
    """Whether a text begins or ends with what it is, as "Groupe Sarment" and "Harbor Lights Foundation" do."""
    words = text.split()
    bare = [fold(word).strip(".,'") for word in words]
    if len(bare) < 2:
        return False
    begins = bare[0] in INSTITUTIONS and not _AGENTS.search(bare[-1])
    return begins or (bare[-1] in INSTITUTIONS and words[-1][0].isupper())


def _is_doer(text: str) -> bool:
    """Titles have their head first in Romance languages, last (or before "of") in Germanic ones."""
    raw = re.findall(r"[^\W\d_][\w'’-]*", text)
    bare = [fold(word) for word in raw]
    stop = next((nth for nth, word in enumerate(bare) if word in _HEAD_ENDS and nth), len(bare))
    is_romance = len(bare) > 1 and raw[1][:1].islower() and raw[0][:1].isupper() and bare[1] not in _HEAD_ENDS
    if bare and len(bare[0]) > 5 and _ROMANCE_AGENTS.search(bare[0]):
        return True
    heads = set(bare[:1]) if is_romance else {*bare[:stop][-1:], *bare[-1:]}
    if stop < len(bare) or text[:1].islower():
        heads.add(bare[0])
    heads |= {part for word in heads for part in word.split("-")}
    return any(
        len(word) > 4 and word not in INSTITUTIONS and word not in LEGAL_FORMS and _DOERS.search(word) for word in heads
    )


def _is_firm(raw: list[str], bare: list[str]) -> bool:
    """A legal form stands last, or first in French; short ones must be written as forms are, not as words."""
    if len(bare) < 2:
        return False
    for nth, word in enumerate(bare):
        is_edge = nth > 0 or word in BEGINNING_FORMS
        if (
            word in LEGAL_FORMS
            and is_edge
            and (len(word) > 3 or raw[nth][:1].isupper() or "." in raw[nth][:-1])
            and word not in {"co", "company"}
        ):
            return (
                word not in {"a/s", "as", "sa", "se", "ab", "ev"}
                or raw[nth].replace(".", "").replace("/", "")[:2].isupper()
                or "." in raw[nth][:-1]
            )
    tails = {"".join(bare[-count:]) for count in (2, 3, 4)}
    return not tails.isdisjoint(_SPELT_FORMS) or bare[-1] in {"co", "cie", "company"}
