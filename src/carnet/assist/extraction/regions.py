"""From which country a text speaks: a national number means nothing until that is known.

Each trace votes: country codes, the suffixes of domains, the shape of postcodes and numbers, countries, legal forms and
the language. A Swiss 079 is a French number too, so a number is only turned into an international one where the votes
are clear; otherwise it stays as it was written, which is never wrong.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Final

from carnet.assist.extraction.countries import COUNTRIES, STATES
from carnet.core.search import fold

_STRONG, _FAIR, _WEAK = 3.0, 2.0, 1.0
_CLEAR_VOTES, _CLEAR_LEAD = 2.0, 1.0
_MOST = 5
OVERSEAS: Final = ("GP", "RE", "MQ", "GF")
"""Whose national numbers a French text gives without their code: no number of France begins as they do."""
_STATE_NAMES: Final = (
    r"(?:Alabama|Arizona|California|Colorado|Florida|Georgia|Illinois|Massachusetts|Michigan|Minnesota|Ohio|Oregon|"
    r"Pennsylvania|Texas|Washington)"
)
_SHAPES: Final = (
    (r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", "GB", _STRONG),
    (r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b", "CA", _STRONG),
    (r"\b[AC-FHKNPRTV-Y]\d[\dW] ?(?=\d{0,3}[A-Z])[AC-FHKNPRTV-Y\d]{4}\b", "IE", _STRONG),
    (rf"\b{STATES}\.?,? \d{{5}}(?:-\d{{4}})?\b", "US", _STRONG),
    (rf"\b{_STATE_NAMES},? \d{{5}}\b", "US", _STRONG),
    (r"\b(?:NSW|VIC|QLD|TAS|ACT|W\.?A\.?|S\.?A\.?|NT),? \d{4}\b", "AU", _STRONG),
    (r"\bCH[ -]?\d{4}\b", "CH", _STRONG),
    (r"\bL[ -]\d{4}\b", "LU", _STRONG),
    (r"\bD[ -]\d{5}\b", "DE", _STRONG),
    (r"\bA[ -]\d{4}\b", "AT", _STRONG),
    (r"\bB[ -]\d{4}\b", "BE", _STRONG),
    (r"\bF[ -]\d{5}\b", "FR", _STRONG),
    (r"\bI[ -]\d{5}\b", "IT", _STRONG),
    (r"\bE[ -]\d{5}\b", "ES", _STRONG),
    (r"\b\d{4} ?[A-Z]{2}\b(?! ?\d)", "NL", _WEAK),
    (r"\b971\d\d\b(?= )", "GP", _STRONG),
    (r"\b972\d\d\b(?= )", "MQ", _STRONG),
    (r"\b973\d\d\b(?= )", "GF", _STRONG),
    (r"\b974\d\d\b(?= )", "RE", _STRONG),
    (r"\b976\d\d\b(?= )", "YT", _STRONG),
    (r"(?i)\bcedex\b|\b(?:SIRET|SIREN|APE|NAF|RCS)\b", "FR", _FAIR),
    (r"(?<![\d.])0[1-9](?:[ .-]\d\d){4}(?![ .-]?\d)", "FR", _FAIR),
    (r"(?<![\d+])\(\d{3}\) ?\d{3}[-. ]\d{4}\b|(?<![\d+.-])[2-9]\d{2}[-.]\d{3}[-.]\d{4}\b", "US", _FAIR),
    (r"(?<![\d+])0(?:\d{4} \d{3} ?\d{3}|(?:20|1\d1|11\d) \d{3,4} \d{4}|7\d{3} \d{3} ?\d{3})\b", "GB", 1.5),
    (r"(?<![\d+])0(?:7[5-9]|[2-6]\d) \d{3} \d\d \d\d\b", "CH", 1.5),
    (r"(?<![\d+])04\d\d[ /.]\d\d[ .]\d\d[ .]\d\d\b|(?<![\d+])0\d{1,2}/\d{2,3}[. ]\d\d[. ]\d\d\b", "BE", 1.5),
    (r"(?<![\d+])04\d\d \d{3} \d{3}\b", "AU", 1.5),
    (r"\bABN\b|(?<!\()\bPty\b", "AU", _STRONG),
    (r"\(Pty\)", "ZA", _STRONG),
    (r"\bPte\b", "SG", _STRONG),
    (r"\bPvt\b|\bGSTIN\b", "IN", _STRONG),
    (r"(?i)\bde C\.? ?V\.?", "MX", _STRONG),
    (r"(?i)\bS\.? ?à ?r\.? ?l\b", "LU", _WEAK),
    (r"\bS\.? ?r\.? ?l\.?|\bS\.? ?p\.? ?A\b|\bP\.? ?IVA\b", "IT", _FAIR),
    (r"\bS\.? ?L\. ?U?\b|\bC\.?I\.?F\b", "ES", _FAIR),
    (r"\bGmbH\b|\bUSt|\bHRB\b|\bUG \(", "DE", 0.8),
    (r"\bCHF\b|\bCHE-\d", "CH", _STRONG),
    (r"£|\bLtd\b|\bLLP\b|\bVAT (?:no|reg)", "GB", 0.8),
    (r"\bInc\b|\bLLC\b|\bCorp\b", "US", 0.8),
    (r"\bSARL\b|\bSAS\b|\bEURL\b", "FR", _WEAK),
    (r"\bB\.?V\b", "NL", _FAIR),
    (r"\bApS\b", "DK", _STRONG),
    (r"\bOyj?\b", "FI", _STRONG),
    (r"(?i)\bsp\.? ?z ?o\.? ?o\b", "PL", _STRONG),
    (r"(?i)\b(?:Québec|Quebec|Ontario|Alberta|Manitoba)\b|\b(?:ON|QC|BC|AB),? (?=[A-Z]\d)", "CA", _FAIR),
)  # fmt: skip
_COMPILED: Final = tuple((re.compile(pattern), region, votes) for pattern, region, votes in _SHAPES)
_MARKERS: Final = {
    "fr": (
        "le la les des du et est une nous vous je pour avec cordialement bonjour merci rue tel societe chez sur au "
        "directeur directrice responsable boulevard place"
    ),
    "en": (
        "the and of for with you we is regards thanks hi hello street road best kind sincerely manager director suite "
        "from please to your phone"
    ),
    "de": (
        "der die das und mit fur ist wir sie grussen grusse freundlichen strasse herr frau bei viele telefon guten tag "
        "leiter leiterin mobil von"
    ),
    "es": (
        "el los las del y con para es saludos un usted calle avda gracias hola telefono director directora jefe movil "
        "correo"
    ),
    "it": (
        "il gli della dei e con per sono saluti cordiali via piazza grazie buongiorno telefono direttore responsabile "
        "cell di"
    ),
}
_WORDS: Final = {tongue: frozenset(words.split()) for tongue, words in _MARKERS.items()}
_LETTERS: Final = {
    "fr": re.compile(r"[éèêàçœ]|\w(?:eur|euse|ière|ique)\b", re.IGNORECASE),
    "de": re.compile(r"[äöüß]|\w(?:ung|keit|schaft|leiter|leiterin|erei|meister|meisterin|platz)\b", re.IGNORECASE),
    "es": re.compile(r"[ñ¿¡]|ó\w|\wción\b|\w(?:dad|ero|ista)\b", re.IGNORECASE),
    "it": re.compile(r"[òìù]|\w(?:zione|tore|trice|mente|ità)\b", re.IGNORECASE),
}
"""Letters and endings that tell a language where its small words don't."""
_HOMES: Final = {
    "fr": {"FR": 1.0, "BE": 0.3, "CH": 0.3, "CA": 0.2},
    "en": {"US": 0.8, "GB": 0.7, "CA": 0.2, "AU": 0.2, "IE": 0.1},
    "de": {"DE": 1.0, "AT": 0.3, "CH": 0.3},
    "es": {"ES": 1.0, "MX": 0.3, "AR": 0.2},
    "it": {"IT": 1.0, "CH": 0.2},
}


def tongue_of(text: str) -> str:
    """The language of a text by its small words; English where they tell nothing."""
    words = Counter(re.findall(r"[^\W\d_]+", fold(text)[:8_000]))
    counts = {tongue: sum(words[word] for word in marked) for tongue, marked in _WORDS.items()}
    for tongue, pattern in _LETTERS.items():
        counts[tongue] += len(pattern.findall(text[:8_000]))
    return max(counts, key=lambda tongue: counts[tongue]) if any(counts.values()) else "en"


class Regions:
    """The countries that a text may speak from, the likeliest first."""

    def __init__(self, text: str, hosts: list[str]) -> None:
        self.tongue = tongue_of(text)
        votes: defaultdict[str, float] = defaultdict(float)
        for home, weight in _HOMES[self.tongue].items():
            votes[home] += weight
        for pattern, region, weight in _COMPILED:
            if pattern.search(text):
                votes[region] += weight
        self._vote_by_hosts(votes, hosts)
        self._vote_by_codes(votes, text)
        folded = " " + " ".join(re.findall(r"[^\W_]+|-", fold(text))) + " "
        for country, region in COUNTRIES.items():
            if f" {country} " in folded:
                votes[region] += _FAIR
        ranked = sorted(votes.items(), key=lambda vote: -vote[1])
        self.ranked = [region for region, _ in ranked[:_MOST]]
        if self.ranked[0] == "FR":
            self.ranked += [region for region in OVERSEAS if region not in self.ranked]
        self.is_clear = ranked[0][1] >= _CLEAR_VOTES and (len(ranked) < 2 or ranked[0][1] - ranked[1][1] >= _CLEAR_LEAD)

    @staticmethod
    def _vote_by_hosts(votes: dict[str, float], hosts: list[str]) -> None:
        from carnet.assist.extraction.links import country_of  # noqa: PLC0415

        for region in {region for host in hosts if (region := country_of(host))}:
            votes[region] += _STRONG

    @staticmethod
    def _vote_by_codes(votes: dict[str, float], text: str) -> None:
        import phonenumbers  # noqa: PLC0415  - its tables are read with the first text

        codes = re.findall(r"(?:\+|\b00) ?\(?([1-9]\d{0,2})[ .()/\-]{0,3}(\d[\d ().\-]{5,16})", text)
        for code, rest in codes[:10]:
            try:
                number = phonenumbers.parse(f"+{code}{rest}")
            except phonenumbers.NumberParseException:
                continue
            region = phonenumbers.region_code_for_number(number)
            region = region or phonenumbers.region_code_for_country_code(number.country_code or 0)
            if region and region not in {"ZZ", "001"}:
                votes[region] += _STRONG
