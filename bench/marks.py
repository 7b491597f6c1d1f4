"""Marks what was extracted against what a person labelled: by field, exact texts, and one figure over all fields.

A corpus is JSON lines of `{id, lang, kind, region, text, expected, accept, optional}`, fields as `/api` names them:
`accept` holds other right answers, `optional` what is right if given and not missed if absent. Names, companies and
positions are compared without case, accents and punctuation (companies without their legal form as well), telephone
numbers as numbers, sites and profiles without scheme and query, addresses by the words they share.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import phonenumbers

from carnet.assist.extraction import Extraction
from carnet.core.search import fold

FIELDS = ("name", "emails", "phones", "company", "position", "address", "website", "linkedinUrl")
_LISTS = frozenset({"emails", "phones"})
_NAMES = {"linkedinUrl": "linkedin_url"}
_FORMS = frozenset(
    [
        "sas",
        "sasu",
        "sarl",
        "eurl",
        "sa",
        "snc",
        "sci",
        "scop",
        "selarl",
        "scp",
        "srl",
        "spa",
        "gmbh",
        "ag",
        "kg",
        "ohg",
        "og",
        "ug",
        "mbh",
        "inc",
        "llc",
        "llp",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "pte",
        "pty",
        "pvt",
        "sl",
        "slu",
        "cv",
        "sprl",
        "bv",
        "nv",
        "sagl",
        "oy",
        "ab",
        "as",
        "aps",
        "sal",
    ]
)
_SPELT_FORM = re.compile(
    r"\b(?:s\.? ?a\.? de c\.? ?v|s\.? ?à ?r\.? ?l|s\.a\.l|s\.r\.l|s\.p\.a|s\.n\.c|s\.l|s\.a)\b\.?", re.IGNORECASE
)
_ALIKE = 0.8
"""The share of common words from which on two addresses are one."""


class Gold(msgspec.Struct):
    """A text and what a person found in it."""

    id: str
    text: str
    expected: dict[str, Any]
    region: str = "US"
    """How national numbers of the labels are read; an extractor never sees it."""
    lang: str = ""
    kind: str = ""
    accept: dict[str, list[str]] = {}
    optional: dict[str, list[str]] = {}


@dataclass
class Marks:
    """Right, wrong and missed values of each field, and the texts of which nothing is wrong or missed."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    exact: int = 0
    texts: int = 0
    faults: dict[str, list[str]] = field(default_factory=dict)
    """The fields that aren't right, by the text's id."""

    def f1(self, *names: str) -> float:
        """The harmonic mean of precision and recall over some fields, or over all."""
        counted = names or FIELDS
        right = sum(self.right[name] for name in counted)
        slips = sum(self.wrong[name] + self.missed[name] for name in counted)
        return 2 * right / (2 * right + slips) if right + slips else 1.0

    def share(self, kind: str, name: str) -> float:
        """Precision for `wrong`, recall for `missed`."""
        slips = self.wrong if kind == "wrong" else self.missed
        return self.right[name] / ((self.right[name] + slips[name]) or 1)


def read(file: Path) -> list[Gold]:
    """The texts of a corpus."""
    lines = file.read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Gold) for line in lines if line.strip()]


def mark(gold: Gold, found: Extraction, marks: Marks) -> None:
    """Add a text's marks to those of the others."""
    faults = [name for name in FIELDS if not (_mark_list if name in _LISTS else _mark_one)(gold, found, name, marks)]
    marks.texts += 1
    marks.exact += not faults
    if faults:
        marks.faults[gold.id] = faults


def _mark_list(gold: Gold, found: Extraction, name: str, marks: Marks) -> bool:
    def key(value: str) -> str:
        return _number(value, gold.region) if name == "phones" else value.strip().lower()

    expected = {key(value) for value in gold.expected.get(name) or []}
    optional = {key(value) for value in gold.optional.get(name, [])} - expected
    given = {key(value) for value in getattr(found, name)} - optional
    accepted = {key(value) for value in gold.accept.get(name, [])}
    if given <= expected | accepted and len(given) == len(expected):
        expected = given
    marks.right[name] += len(expected & given)
    marks.wrong[name] += len(given - expected)
    marks.missed[name] += len(expected - given)
    return given == expected


def _mark_one(gold: Gold, found: Extraction, name: str, marks: Marks) -> bool:
    value = getattr(found, _NAMES.get(name, name))
    wanted = gold.expected.get(name)
    rights = [wanted, *gold.accept.get(name, [])] if wanted else []
    if value and any(_same(name, value, right) for right in rights):
        marks.right[name] += 1
        return True
    is_optional = not rights and any(_same(name, value or "", right) for right in gold.optional.get(name, []))
    if is_optional or not (rights or value):
        return True
    marks.wrong[name] += bool(value)
    marks.missed[name] += bool(rights)
    return False


def _same(name: str, one: str, other: str) -> bool:
    if name == "address":
        first, second = Counter(_words(one)), Counter(_words(other))
        return 2 * (first & second).total() >= _ALIKE * (first.total() + second.total()) > 0
    keys = {"company": _company, "website": _site, "linkedinUrl": _profile}
    key = keys.get(name, lambda value: " ".join(_words(value)))
    return key(one) == key(other)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text).replace("’", "'"))


def _company(text: str) -> str:
    words = _words(_SPELT_FORM.sub(" ", text))
    return " ".join([word for word in words if word not in _FORMS] or words)


def _number(text: str, region: str) -> str:
    try:
        number = phonenumbers.parse(text.replace("(0)", ""), region)
    except phonenumbers.NumberParseException:
        return re.sub(r"\D", "", text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _site(text: str) -> str:
    bare = re.sub(r"^[a-z]+://|^www\.", "", text.strip().lower())
    return re.split(r"[?#]", bare.removeprefix("www."), maxsplit=1)[0].rstrip("/")


def _profile(text: str) -> str:
    match = re.search(r"linkedin\.com/(?:in|pub)/([^/?#\s]+)", text.lower())
    return match[1] if match else _site(text)
