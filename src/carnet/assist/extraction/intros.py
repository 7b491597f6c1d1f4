"""People who say in a sentence who they are, or of whom a note says it: "I'm Omar Benitez from Pixel Orchard"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from carnet.assist.extraction.names import person
from carnet.assist.extraction.words import SENTENCE_WORDS
from carnet.core.search import fold

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"(?:{_CAPITAL}[\w'’.-]*|(?:d|l|d’|O)['’]{_CAPITAL}[\w'’-]*)"
_NAME = rf"(?P<name>{_WORD}(?:[ ](?:(?:de|du|des|la|le|van|von|der|den|del|da|di|bin|al|el|Mc|ter|zu)[ ]){{0,2}}{_WORD}){{0,4}})"
_FIRM = rf"(?P<company>{_WORD}(?:[ ](?:(?:de|du|des|la|le|les|of|the|and|et|und|y|e|&|d'|à|für|fur|di|del|della|\+|-)[ ]){{0,2}}(?:{_WORD}|\d{{1,4}})){{0,6}})"
_TITLE = r"(?P<position>[^\W\d_][\w'’&/ -]{2,60}?)"
_ARTICLE = r"(?:the |la |le |l['’]|les |der |dem |das |die |une |un |a |an |el |il |lo |los )?"
_SORT = r"(?:(?:société|entreprise|coopérative|association|agence|cabinet|start-?up|groupe|mairie|studio|company|firm|agency|team at|firma|agentur|empresa|azienda|ditta|società|compañía|maison|boutique|librairie)[ ])?"
_AT: Final = (
    r"(?:(?:from|at|of|with|over at|out of|de chez|chez|de la part de|pour|de la|de l['’]|du|de|d['’]|von der|von|vom|aus|bei der|bei|beim|der|des|del|della|dell['’]|di|da|dal|presso|en|para|à la|au sein de|"
    r"working for|working at|i work (?:for|at)|je travaille (?:pour|chez|à|au sein de)|travaillant (?:pour|chez)|je représente|representing|ich arbeite (?:bei|für)|trabajo (?:en|para)|lavoro (?:per|presso))[ ]?)"
)
_OWN: Final = (
    r"(?:(?:je suis|c['’]est|je m['’]appelle|moi c['’]est|mon nom est|ici|je me présente|i am|i['’]m|this is|my name is|my name['’]s|it['’]s|name['’]s|ich bin|mein name ist|ich heiße|hier ist|hier spricht|"
    r"soy|me llamo|mi nombre es|le escribe|habla|sono|mi chiamo|il mio nome è|mi presento)[ :,]{1,3})"
)
_MET: Final = (
    r"(?:(?:(?:spoke|talked|met|meeting|call|chat|lunch|coffee|discussed|catch-?up|follow(?:ed)? up|intro|connect(?:ed)?|speak|talk|emailed)(?: (?:to|with|up with|w/))?|called|saw|met up with|contact|"
    r"voir avec|rencontr[ée]e?s?|vu|appel(?:er|é)?|rappeler|parlé (?:à|avec)|échangé avec|discuté avec|rdv avec|rendez-vous avec|contacter|recontacter|relancer|déjeuner avec|échange avec|entretien avec|"
    r"gespräch mit|telefonat mit|treffen mit|getroffen|hablé con|reunión con|llamar a|conocí a|incontrato|parlato con|chiamare|sentire|incontro con)[ :]{1,3})"
)
_CIVIL = r"(?:(?:M|Mme|Mr|Mrs|Ms|Dr|Herrn?|Frau|Sr|Sra|Sig|Dott|Mlle|Pr|Prof|Me)\.?(?:ra)?[ ])?"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.UNICODE)
    for pattern in (
        rf"(?i:{_OWN}|{_MET}){_CIVIL}{_NAME},? (?:and )?(?i:i['’]m |i am |je suis |ich bin |soy |sono )?(?i:{_ARTICLE}){_TITLE},? (?i:at|from|of|with|for|chez|bei|de chez|pour|en|presso|de|di|by|@|à|du|della|del) (?i:{_ARTICLE}{_SORT}){_FIRM}",
        rf"(?i:{_OWN}|{_MET}){_CIVIL}{_NAME},? ?(?:et |and |und |y |e )?(?i:{_AT}{_ARTICLE}{_SORT}){_FIRM}",
        rf"(?i:{_OWN}|{_MET}){_CIVIL}{_NAME} ?\((?:de |from |chez |of )?{_FIRM}\)",
        rf"(?i:{_OWN}){_CIVIL}{_NAME}",
        rf"(?i:{_MET}){_CIVIL}{_NAME}(?=[ ,.(;:–-]|$)",
        rf"(?:^|[\W]){_CIVIL}{_NAME},? (?i:from|at|de chez|chez|of|bei|de la société|presso) (?i:{_ARTICLE}{_SORT}){_FIRM}",
    )
)
_STOP = frozenset("monday tuesday wednesday thursday friday lundi mardi mercredi jeudi vendredi today pour merci the i je wir ich on at bonjour hello hi".split())
_SENTENCES = re.compile(r"(?<=[^\W\d_]{4}[.!?])\s+|(?<=[!?])\s+|;\s+")
_LONGEST = 400


class Introduction(NamedTuple):
    """Who a sentence is about, and where in it the name stands."""

    name: str
    company: str | None
    position: str | None
    is_own: bool


def find(line: str) -> Introduction | None:
    """The person that the sentences of a line introduce."""
    sentences = _SENTENCES.split(" ".join(line[:_LONGEST].split()))
    return next(filter(None, map(_introduced, sentences)), None)


def _introduced(line: str) -> Introduction | None:
    for nth, pattern in enumerate(_PATTERNS):
        for match in pattern.finditer(line):
            held = match.groupdict()
            name = held["name"].rstrip(".")
            known = person(name)
            if known is None or fold(name.split()[0]) in _STOP or (not known.is_surnamed and (nth != 3 or "." in name)):  # noqa: PLR2004
                continue
            company = held.get("company")
            position = held.get("position")
            if position and (len(position.split()) > 6 or re.search(r"\d", position)):  # noqa: PLR2004
                continue
            if position and fold(position.split()[0]) in SENTENCE_WORDS:
                continue
            company = company.rstrip(".") if company and fold(company.split()[0]) not in _STOP else None
            return Introduction(name, company, position, is_own=nth in {0, 1, 2, 3})
    return None
