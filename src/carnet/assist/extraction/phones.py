"""Telephone numbers: runs of digits that a country's numbering plan has room for, and that nothing says are another's.

Candidates are found by one expression whose cost is the length of the line; phonenumbers judges them. VAT, bank and
order numbers are refused by the words before them, and by being no valid number (a merely possible one is taken only
beside a label, or where it stands alone and is grouped as telephone numbers are).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from carnet.assist.extraction.labels import field_of
from carnet.core.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phonenumbers import PhoneNumber

    from carnet.assist.extraction.regions import Regions

MASK = "\ufffc"
"""Stands for what another reader took out of a line, character by character."""
_RUN = re.compile(r"(?:\+ ?|\(\+ ?)?\(?\d(?:[ \t().\-–‐‑/]{0,4}\d){5,}")
_DATE = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)?\d\d|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2})(?![\d/]|[.-]\d)(?:[ T,]{1,3}\d{1,2}(?=[:h]))?"
)
_YEARS = re.compile(r"\b(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)\b(?![ .-]?\d)")
_TIME = re.compile(r"\b\d{1,2} ?[:hH] ?\d{2}(?::\d\d)?\b(?:\s?[-–]\s?\d{1,2} ?[:hH] ?\d{2}\b)?|\b\d{1,2} ?h ?[-–/àa] ?\d{1,2} ?h\b")
_AMOUNT = re.compile(r"[$€£] ?\d[\d ,.']{0,16}|\b\d[\d ,.']{0,16} ?(?:€|\$|£|EUR\b|USD\b|CHF\b|euros?\b|HT\b|TTC\b|%|kg\b|m²|km\b)")
_EXTENSION = re.compile(
    r"\s{0,3}[,;(]?\s{0,3}(?:ext|extn|extension|x|poste|post|int|interno|dw|durchwahl|app|anexo|#|option|opt|nebenstelle)[.:]{0,2}\s?-?\d{1,6}\)?",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"siret|siren|\btva\b|\bvat\b|\biban\b|\bbic\b|\bswift\b|\brcs\b|\bhrb\b|\bhra\b|\bust|\buid\b|p\.? ?iva|\bc\.?f\b|cod.{0,8}fisc|\bcif\b|"
    r"\bnif\b|\bnie\b|\bdni\b|\babn\b|\bacn\b|\bein\b|\btin\b|\bgst|\bkvk\b|\bnaf\b|\bape\b|\bice\b|\binpi\b|\brpps\b|\badeli\b|\bfiness\b|\bkbo\b|\bbce\b|"
    r"steuer|compte|account|\bacct|routing|sort code|\bblz\b|\bkonto|\bccc\b|\bcuenta|\bconto\b|order|commande|bestell|pedido|ordin|facture|invoice|rechnung|factura|"
    r"fattura|dossier|ticket|tracking|colis|\bref|\breference|licen[cs]e|licencia|devis|quote|angebot|presupuesto|client|customer|kunden|cliente|contrat|contract|"
    r"vertrag|\bpo\b|\bcase\b|\bfile\b|capital|membership|mitglied|\bn[°º]|(?<!tel )(?<!phone )(?<!mobile )(?<!cell )(?<!contact )\bno\.|\w*nr\b|auftrag|\bnum\.|#|"
    r"registr|immatric|matricule|serial|serie|\blot\b|\bid\b|isbn|patent|meeting id|passcode|pin\b|\bcode\b|charity|company (?:no|number)|\bnpi\b|"
    r"\bbar (?:no|number)|\bnmls\b|\bdre\b|\brge\b|orias|\bcnpj\b|\brfc\b|\bcuit\b|\bref\.?:|\bcredit|\bcard\b|carte|\bbtw\b|\bpesel\b|\bregon\b|\bnip\b|"
    r"mwst|\bche-|\bwee\b|\bduns\b|\beori\b|\bcrn\b|\bart\.|policy|police"
)
_CALLS = re.compile(
    r"\b(?:call|calls|calling|ring|reach|text|dial|phone|phones|telephone|mobile|cell|number|line|appel\w*|joindre|joignable|rappel\w*|telephon\w*|numero|portable|"
    r"chiam\w*|telefon\w*|llam\w*|erreich\w*|anruf\w*|ruf\w*|ruckfragen|tel|sms|whatsapp|contact\w*|movil|cellulare|handy|gsm|localizable|marcar|contatt\w*)\b"
)
_LETTER_LABELS = frozenset("t m p d o c h".split())
_NATIONAL_LENGTHS = range(8, 13)
_GROUPED_NANP = re.compile(r"1?[ .-]?\(?[2-9]\d{2}\)?[ .-]{1,3}[2-9]\d{2}[ .-]{1,3}\d{4}")


class Found(NamedTuple):
    """A number in a line, with its label and its extension; a fax or a refused number has nothing written."""

    start: int
    end: int
    written: str | None
    sureness: float


class _Context(NamedTuple):
    kind: str | None
    """`phone`, `fax`, `refused`, or None where nothing stands before the number."""
    start: int
    is_told: bool = False
    """Whether a label stands before it that no telephone has."""


def find(line: str, regions: Regions, inherited: str | None = None, *, is_prose: bool = False) -> list[Found]:
    """The numbers of a line in which e-mail and web addresses are masked; `inherited` is the label of the line before."""
    line = _without_other_figures(line)
    found: list[Found] = []
    previous = _Context(inherited if inherited in {"phone", "fax"} else None, 0)
    at = 0
    for run in _RUN.finditer(line):
        context = _context(line, run.start(), at, previous)
        numbers = [] if _is_glued(line, run) else list(_numbers(run, line, regions, context, is_prose=is_prose))
        end = numbers[-1][1] if numbers else run.end()
        for nth, (start, stop, written, sureness) in enumerate(numbers):
            after = _after(line, stop)
            if extension := _EXTENSION.match(line, stop):
                stop = end = extension.end()  # noqa: PLW2901
            kind = "fax" if after == "fax" else context.kind
            begin = context.start if nth == 0 else start
            found.append(Found(begin, stop, None if kind in {"fax", "refused"} else written, sureness))
        if not numbers and context.kind in {"fax", "refused"}:
            found.append(Found(context.start, run.end(), None, 0.0))
        previous, at = context, max(end, run.start() + 1)
    return found


def written(text: str, regions: Regions) -> str | None:
    """A number that its source calls one: international where the country is clear, else as it was written."""
    text = re.sub(r";.*", "", re.sub(r"\(0\)", " ", text))
    text = _EXTENSION.sub("", text).strip()
    digits = sum(map(str.isdigit, text))
    if not 3 <= digits <= 17:  # noqa: PLR2004
        return None
    number = _parsed(text, regions)
    if number is None:
        return " ".join(text.split())
    return _shown(number, text, regions)


def _without_other_figures(line: str) -> str:
    for pattern in (_DATE, _YEARS, _TIME, _AMOUNT):
        line = pattern.sub(lambda match: MASK * len(match[0]), line)
    return line


def _is_glued(line: str, run: re.Match[str]) -> bool:
    """A number within a longer code, such as `0612345678-A` or `1Z9998`."""
    before, after = line[: run.start()], line[run.end() : run.end() + 2]
    if before[-1:].isalpha():
        word = re.search(r"[^\W\d_]+$", before[-20:])
        if word is None or field_of(word[0]) != "phone":
            return True
    if before[-1:] in {"#", "_", "@"} or (before[-1:] in {",", ".", "-", "/"} and before[-2:-1].isalnum() and field_of(re.findall(r"[^\W_]*$", before[-20:-1])[0]) != "phone"):
        return True
    if re.match(r"[-/]?[^\W\d_]|_|[-/,.]\d", after) is None:
        return False
    return _EXTENSION.match(line, run.end()) is None


def _context(line: str, start: int, after: int, previous: _Context) -> _Context:
    """What the words before a number say of it: the nearest one decides."""
    before = line[max(after, start - 48) : start]
    cut = max((before.rfind(sign) for sign in "|;\t•·" + MASK), default=-1)
    cut = max(cut, before.rfind(". "), before.rfind("! "), before.rfind("? ")) if len(before.rsplit(". ", 1)[0]) > 12 else cut  # noqa: PLR2004
    if before.count(",") and len(before.rsplit(",", 1)[1].strip()) > 2:  # noqa: PLR2004
        cut = max(cut, before.rfind(","))
    segment = before[cut + 1 :]
    begin = start - len(segment)
    if not segment.strip() and cut >= 0 and before[cut] in "\t|":
        cell = before[:cut].rstrip("\t |")
        segment = cell[max(cell.rfind("\t"), cell.rfind("|")) + 1 :]
        begin = max(after, start - 48) + len(cell) - len(segment)
        if field_of(segment) not in {"phone", "fax"} and not _REFUSED.search(fold(segment)):
            return _Context(None, start)
    folded = fold(segment)
    if not re.search(r"[^\W\d_]|#|°|º", folded):
        is_close = not segment.strip() or segment.strip() in {"/", "-", "–", "et", "&", ",", "or", "ou", "und", "("}
        return _Context(previous.kind if is_close and (after or previous.kind) else None, start)
    if re.search(r"\btel(?:ephone|efono|efon)?\W{1,4}(?:fax|f\b)|fax\W{1,3}tel|phone ?/ ?fax|tel\W{1,3}(?:et|&|und|e|y) ?fax", folded):
        return _Context("phone", begin)
    matches = list(re.finditer(r"[^\W\d_]+|#|[°º]", segment))[-5:]
    first = _start_of_label(segment, [match.start() for match in matches])
    if first < len(segment) and field_of(segment[first:]) in {"phone", "fax"} and len(segment[first:].strip(" .:(")) > 1:
        return _Context(field_of(segment[first:]), begin + first)
    for distance, match in enumerate(reversed(matches)):
        word, kind = match[0], field_of(match[0])
        if len(word) == 1 and kind in {"phone", "fax"} and not distance == 0:
            kind = None
        if len(word) == 1 and kind in {"phone", "fax"} and not (
            word.isupper() or segment.strip(" ([") == word or re.search(rf"\b{word}\s?[.:]", segment)
        ):
            kind = None
        if kind == "fax" or (kind == "phone" and (distance == 0 or not _REFUSED.search(folded))):
            return _Context(kind, begin + min(first, match.start()))
        if _REFUSED.search(fold(word)):
            break
    if _REFUSED.search(folded):
        return _Context("refused", begin)
    if _CALLS.search(folded) or re.search(r":\s*$", segment) and field_of(segment) == "phone":
        return _Context("phone", begin if field_of(segment) == "phone" else start)
    return _Context(None, start, is_told=segment.rstrip().endswith(":"))


def _start_of_label(segment: str, starts: list[int]) -> int:
    """Where the longest label at the segment's end begins: "John Tel. direct" begins at "Tel."."""
    return next((start for start in starts if field_of(segment[start:]) in {"phone", "fax"}), len(segment))


def _after(line: str, end: int) -> str | None:
    """A label behind the number, as in `(626) 555-9157 - phone` or `03 53 01 44 01 (fax)`."""
    match = re.match(r"\s{0,3}[-–(]\s?([^\W\d_]{1,10})\b\)?(?!\s?[:.]?\s?[(+\d])", line[end : end + 24])
    return field_of(match[1]) if match else None


def _numbers(
    run: re.Match[str], line: str, regions: Regions, context: _Context, *, is_prose: bool
) -> Iterator[tuple[int, int, str | None, float]]:
    """The whole run as one number, or what its separators part."""
    pieces = _pieces(run)
    for start, end in pieces:
        text = line[start:end]
        if context.kind in {"fax", "refused"}:
            yield start, end, None, 0.0
            continue
        judged = _judged(text, regions, context, is_alone=_is_alone(line, run, context), is_prose=is_prose)
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
        if min(digits) >= 7 or ("/" in text and digits[0] >= 9 and max(digits[1:]) <= 3 and sum(digits) > 10):  # noqa: PLR2004
            return [(start + offset, end + offset) for start, end in pieces]
    return [run.span()]


def _is_alone(line: str, run: re.Match[str], context: _Context) -> bool:
    """Whether nothing else stands in the number's part of the line."""
    before = line[: context.start].rstrip()
    after = line[run.end() :].lstrip()
    return (not before or before[-1] in "|;•·,–-/)" + MASK) and (not after or after[0] in "|;•·,–-/(" + MASK or line[run.end() : run.end() + 2] in {"  ", "\t"})


def _judged(text: str, regions: Regions, context: _Context, *, is_alone: bool, is_prose: bool) -> tuple[str, float] | None:
    import phonenumbers  # noqa: PLC0415  - its tables are read with the first number

    bare = re.sub(r"\(0\)", " ", text).strip()
    digits = sum(map(str.isdigit, bare))
    if not 6 <= digits <= 15 or bare.count("(") > 2:  # noqa: PLR2004
        return None
    number = _parsed(bare, regions)
    if number is None or (digits < 8 and context.kind != "phone"):  # noqa: PLR2004
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
        is_taken = (leads and (is_grouped or is_alone)) or (is_alone and (is_grouped or not is_prose) and digits >= 9)  # noqa: PLR2004
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

    style = phonenumbers.PhoneNumberFormat.INTERNATIONAL if text.startswith("+") else phonenumbers.PhoneNumberFormat.NATIONAL
    usual = re.findall(r"\d+", phonenumbers.format_number(number, style))
    groups = re.findall(r"\d+", text)
    return len(usual) > 1 < len(groups) and len("".join(usual)) > 8 and groups[0] == usual[0] and text[0] in "+0"  # noqa: PLR2004


def _parsed(text: str, regions: Regions) -> PhoneNumber | None:
    """The number in the first likely region where it is valid, else in the first where it is possible."""
    import phonenumbers  # noqa: PLC0415

    if re.match(r"00[1-9]", text):
        text = "+" + text[2:]
    possible = None
    for region in ([None] if text.lstrip("( ").startswith("+") else regions.ranked):
        try:
            number = phonenumbers.parse(text.lstrip("( "), region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
        if possible is None and phonenumbers.is_possible_number(number):
            possible = number
    return possible


def _shown(number: PhoneNumber, text: str, regions: Regions) -> str:
    import phonenumbers  # noqa: PLC0415

    is_told = text.lstrip("( ").startswith(("+", "00"))
    first = phonenumbers.region_code_for_country_code(number.country_code)
    is_home = bool(regions.ranked) and (
        regions.ranked[0] == first or phonenumbers.country_code_for_region(regions.ranked[0]) == number.country_code
    )
    if is_told or (regions.is_clear and is_home):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return " ".join(text.split())
