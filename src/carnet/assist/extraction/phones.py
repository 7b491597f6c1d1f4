"""Telephone numbers: runs of digits that a country's numbering plan has room for, and that nothing says are another's.

Candidates are found by one expression whose cost is the length of the line; phonenumbers judges them. VAT, bank and
order numbers are refused by the words before them, and by being no valid number (a merely possible one is taken only
beside a label, or where it stands alone and is grouped as telephone numbers are).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from carnet.assist.extraction.figures import EXTENSION, MASK, Context, context_of, is_glued, label_after, without_others
from carnet.assist.extraction.regions import OVERSEAS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phonenumbers import PhoneNumber

    from carnet.assist.extraction.regions import Regions

_RUN = re.compile(r"(?:\+ ?|\(\+ ?)?\(?\d(?:[ \t().\-–‐‑/]{0,4}\d){5,}")
_NEIGHBOURS = ("FR", "GB", "US", "ES", "IT", "DE", "CH", "BE")
_NATIONAL_LENGTHS = range(8, 13)
_GROUPED_NANP = re.compile(r"1?[ .-]?\(?[2-9]\d{2}\)?[ .-]{1,3}[2-9]\d{2}[ .-]{1,3}\d{4}")


class Found(NamedTuple):
    """A number in a line, with its label and its extension; a fax or a refused number has nothing written."""

    start: int
    end: int
    written: str | None
    sureness: float


def find(line: str, regions: Regions, inherited: str | None = None, *, is_prose: bool = False) -> list[Found]:
    """The numbers of a line without its e-mail and web addresses; `inherited` is the label of the line before."""
    line = without_others(line)
    found: list[Found] = []
    previous = Context(inherited if inherited in {"phone", "fax", "refused"} else None, 0)
    at = 0
    for run in _RUN.finditer(line):
        context = context_of(line, run.start(), at, previous)
        numbers = [] if is_glued(line, run) else list(_numbers(run, line, regions, context, is_prose=is_prose))
        end = numbers[-1][1] if numbers else run.end()
        for nth, (start, stop, written, sureness) in enumerate(numbers):
            after = label_after(line, stop)
            if extension := EXTENSION.match(line, stop):
                stop = end = extension.end()  # noqa: PLW2901
            kind = "fax" if after == "fax" or (nth and context.is_paired) else context.kind
            begin = context.start if nth == 0 else start
            found.append(Found(begin, stop, None if kind in {"fax", "refused"} else written, sureness))
        if not numbers and context.kind in {"fax", "refused"}:
            found.append(Found(context.start, run.end(), None, 0.0))
        previous, at = context, max(end, run.start() + 1)
    return found


def written(text: str, regions: Regions) -> str | None:
    """A number that its source calls one: international where the country is clear, else as it was written."""
    text = re.sub(r";.*", "", re.sub(r"\(0\)", " ", text))
    text = EXTENSION.sub("", text).strip()
    digits = sum(map(str.isdigit, text))
    if not 3 <= digits <= 17:
        return None
    number = _parsed(text, regions)
    if number is None:
        return " ".join(text.split())
    return _shown(number, text, regions)


def _numbers(
    run: re.Match[str], line: str, regions: Regions, context: Context, *, is_prose: bool
) -> Iterator[tuple[int, int, str | None, float]]:
    """The whole run as one number, or what its separators part."""
    pieces = _pieces(run)
    for start, end in pieces:
        text = line[start:end]
        if context.kind in {"fax", "refused"}:
            yield start, end, None, 0.0
            continue
        judged = _judged(
            text,
            regions,
            context,
            is_alone=_is_alone(line, run, context),
            is_whole=text == line.strip(),
            is_prose=is_prose,
        )
        if judged is not None:
            yield start, end, *judged


def _pieces(run: re.Match[str]) -> list[tuple[int, int]]:
    text, offset = run[0], run.start()
    for separator in (r"\s{0,3}/\s{0,3}|\s{2,}|\s[-–]\s", r"\s(?=\+|00|0\d)|-(?=\+)"):
        cuts = [match.span() for match in re.finditer(separator, text)]
        if not cuts:
            continue
        bounds = [0, *(edge for cut in cuts for edge in cut), len(text)]
        pieces = list(zip(bounds[::2], bounds[1::2], strict=True))
        digits = [sum(map(str.isdigit, text[start:end])) for start, end in pieces]
        if min(digits) >= 7 or ("/" in text and digits[0] >= 9 and max(digits[1:]) <= 3 and sum(digits) > 10):
            return [(start + offset, end + offset) for start, end in pieces]
    return [run.span()]


def _is_alone(line: str, run: re.Match[str], context: Context) -> bool:
    """Whether nothing else stands in the number's part of the line."""
    before = line[: context.start].rstrip(" ")
    after = line[run.end() :].lstrip()
    return (not before or before[-1] in "|;•·,–-/)\t" + MASK or line[: context.start].endswith("   ")) and (
        not after or after[0] in "|;•·,–-/(" + MASK or line[run.end() : run.end() + 2] in {"  ", "\t"}
    )


def _judged(
    text: str, regions: Regions, context: Context, *, is_alone: bool, is_whole: bool, is_prose: bool
) -> tuple[str, float] | None:
    import phonenumbers  # noqa: PLC0415  - its tables are read with the first number

    bare = re.sub(r"\(0\)", " ", text).strip()
    digits = sum(map(str.isdigit, bare))
    if not (6 if bare.startswith("+") else 7) <= digits <= 15 or bare.count("(") > 2:
        return None
    number = _parsed(bare, regions)
    if number is None and (context.kind == "phone" or is_whole):
        number = _grouped_elsewhere(bare)
    if number is None or (digits < 8 and context.kind != "phone"):
        return None
    is_valid = phonenumbers.is_valid_number(number)
    leads = bare[0] in "+0(" or _GROUPED_NANP.fullmatch(bare) is not None
    is_grouped = re.search(r"\d[ .()/-]{1,3}\d", bare) is not None
    if context.is_told and not (is_grouped and leads):
        return None  # "Badge no: 4045550166" says itself that it is something else
    if context.kind == "phone":
        is_taken = is_valid or phonenumbers.is_possible_number(number)
        sureness = 0.99 if is_valid else 0.85
    elif is_valid:
        is_taken = (leads and (is_grouped or is_alone)) or (is_alone and (is_grouped or not is_prose) and digits >= 9)
        sureness = 0.95 if leads else 0.8
    else:
        is_taken = is_alone and is_grouped and bare[0] in "+0" and digits in _NATIONAL_LENGTHS and not is_prose
        is_taken = is_taken or _is_grouped_as_usual(number, bare)
        is_taken = is_taken and phonenumbers.is_possible_number(number)
        sureness = 0.7
    return (_shown(number, bare, regions), sureness) if is_taken else None


def _is_grouped_as_usual(number: PhoneNumber, text: str) -> bool:
    """Whether the figures are grouped as the country groups them, which chance seldom does."""
    import phonenumbers  # noqa: PLC0415

    style = (
        phonenumbers.PhoneNumberFormat.INTERNATIONAL
        if text.startswith("+")
        else phonenumbers.PhoneNumberFormat.NATIONAL
    )
    usual = re.findall(r"\d+", phonenumbers.format_number(number, style))
    groups = re.findall(r"\d+", text)
    return len(usual) > 1 < len(groups) and len("".join(usual)) > 8 and groups[0] == usual[0] and text[0] in "+0"


def _usual_groups(number: PhoneNumber) -> list[str]:
    import phonenumbers  # noqa: PLC0415

    return re.findall(r"\d+", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))


def _parsed(text: str, regions: Regions) -> PhoneNumber | None:
    """The number in the first likely region where it is valid, else in the first where it is possible."""
    import phonenumbers  # noqa: PLC0415

    if re.match(r"00[1-9]", text):
        text = "+" + text[2:]
    possible = valid = None
    for region in [None] if text.lstrip("( ").startswith("+") else regions.ranked:
        try:
            number = phonenumbers.parse(text.lstrip("( "), region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            # Of several countries, the one that groups its figures so: 044 555 01 23 isn't French, though it could be.
            if region is None or re.findall(r"\d+", text) == _usual_groups(number):
                return number
            valid = valid or number
        if possible is None and phonenumbers.is_possible_number(number):
            possible = number
    return valid or possible


def _grouped_elsewhere(text: str) -> PhoneNumber | None:
    """The number in a country that nothing in the text tells of, where it is grouped as usual there."""
    import phonenumbers  # noqa: PLC0415

    groups = re.findall(r"\d+", text)
    for region in _NEIGHBOURS if len(groups) > 2 else ():
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and _usual_groups(number) == groups:
            return number
    return None


def _shown(number: PhoneNumber, text: str, regions: Regions) -> str:
    import phonenumbers  # noqa: PLC0415

    is_told = text.lstrip("( ").startswith(("+", "00"))
    homes = (regions.ranked[0], *OVERSEAS) if regions.ranked[0] == "FR" else regions.ranked[:1]
    is_home = number.country_code in {phonenumbers.country_code_for_region(region) for region in homes}
    if is_told or (regions.is_clear and is_home):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return " ".join(text.split())
