"""What stands around a figure: labels, the words by which it is refused, and figures that are no telephone number."""

from __future__ import annotations

import re
from typing import NamedTuple

from carnet.assist.extraction.labels import field_of, is_qualifier
from carnet.core.search import fold

MASK = "\ufffc"
"""Stands for what another reader took out of a line, character by character."""
_REACH, _LONGEST_ABBREVIATION, _MOST_LABEL_WORDS = 64, 12, 5
"""How many characters before a number may speak of it, and how many words its label may have."""
_TEL_AND_FAX = re.compile(
    r"\btel(?:ephone|efono|efon)?\W{1,4}(?:fax|f\b)|fax\W{1,3}tel|phone ?/ ?fax|tel\W{1,3}(?:et|&|und|e|y) ?fax"
)
_DATE = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)?\d\d|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2})(?![\d/]|"
    r"[.-]\d)(?:[ T,]{1,3}\d{1,2}(?=[:h]))?"
)
_YEARS = re.compile(r"\b(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)\b(?![ .-]?\d)")
_TIME = re.compile(
    r"\b\d{1,2} ?[:hH] ?\d{2}(?::\d\d)?\b(?:\s?[-–]\s?\d{1,2} ?[:hH] ?\d{2}\b)?|\b\d{1,2} ?h ?[-–/àa] ?\d{1,2} ?h\b"
)
_AMOUNT = re.compile(
    r"[$€£] ?\d[\d ,.']{0,16}|\b\d[\d ,.']{0,16} ?(?:€|\$|£|EUR\b|USD\b|CHF\b|euros?\b|HT\b|TTC\b|%|kg\b|m²|km\b)"
)
EXTENSION = re.compile(
    r"\s{0,3}[,;(]?\s{0,3}(?:ext|extn|extension|x|poste|post|int|interno|dw|durchwahl|app|anexo|#|option|opt|"
    r"nebenstelle)[.:]{0,2}\s?-?\d{1,6}\)?",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:siret|siren|tva|vat|iban|bic|swift|rcs|hrb|hra|ust\w*|uid|p\.? ?iva|c\.?f|cod\.? ?fisc\w*|codice fiscale|cif|nif|"
    r"nie|dni|abn|acn|ein|tin|gst\w*|kvk|naf|ape|ice|inpi|rpps|adeli|finess|kbo|bce|steuer-?(?:n\w*|id)|sort code|blz|ccc|"
    r"nr|num|\w{3,}nr|id|isbn|meeting id|company (?:no|number)|"
    r"npi|bar (?:no|number)|nmls|dre|rge|orias|cnpj|rfc|cuit|btw|pesel|regon|nip|mwst|wee|duns|eori|crn|capital social|"
    r"au capital|order|orders|commande|bestell\w*|pedido|ordine|facture|invoice|rechnung\w*|factura|fattura|dossier|ticket|"
    r"tracking|colis|ref|reference|licen[cs]e|licencia|lic|devis|quote|angebot\w*|presupuesto|(?<!service )(?<!espace )client|customer|kunden\w*|(?<!al )cliente|"
    r"contrat|contract|vertrag\w*|case|file|membership|mitglied\w*|auftrag\w*|registration|registrierung\w*|registro|"
    r"immatriculation|matricule|serial|serie|lot|patent|passcode|pin|code|charity|comptes?|accounts?|acct|konto\w*|cuenta|conto|"
    r"routing|policy|police|credit|card|carte|article|art|po)\b"
    r"(?!,?\s+(?:managers?|executive|director|services?|success|care|support|relations?|officer|coordinator|lead|rep\w*|"
    r"consultant|advis\w*|specialist|clerk|analyst|administrator|engineer|payable|receivable))|#|"
    r"\bn[°º]|\bche-|\bregistr|(?<!tel )(?<!phone )(?<!mobile )(?<!cell )(?<!contact )\bno\."
)
"""Words that make a figure another's: of the state, the bank, an order. Not in titles: "Account Manager" has a telephone."""
_NUMBERED = re.compile(r"^(?:n[°º]|no\.?|num(?:ero|ber)? (?:de |of )?)\s?|\s(?:n[°ºo]|no\.|num(?:ero|ber)|id|nr)\.?$")
_NUMBER_OF = re.compile(
    r"\b(?:numero\b|num\b\.?|n[°º]) ?(?:d['’]|de |du |of |della |di |del |de la )?([^\W\d_]{3,}(?: [^\W\d_]+){0,2}) ?:\W*$|"
    r"((?:[^\W\d_']{2,} ){1,2})(?:number|nummer) ?:\W*$"
)
_CALLING = frozenset(
    "call callback back best new neue night after hours toll free his her their ihre seine meine unsere".split()
)
_CALLS = re.compile(
    r"\b(?:call|calls|calling|ring|reach|text|dial|phone|phones|telephone|mobile|cell|number|line|appel\w*|joindre|"
    r"joignable|rappel\w*|telephon\w*|numero|portable|chiam\w*|telefon\w*|llam\w*|erreich\w*|anruf\w*|ruf\w*|"
    r"ruckfragen|tel|sms|whatsapp|contact\w*|movil|cellulare|handy|gsm|localizable|marcar|contatt\w*)\b"
)


class Context(NamedTuple):
    """What stands before a number."""

    kind: str | None
    """`phone`, `fax`, `refused`, or None where nothing stands before the number."""
    start: int
    is_told: bool = False
    """Whether a label stands before it that no telephone has."""
    is_paired: bool = False
    """Whether its label speaks of a fax too, which the next number would be: "Tel. / Fax: … / …"."""


def is_refusal(line: str) -> bool:
    """Whether a line is nothing but a word that makes the figure below it another's, as `SIREN` and `VAT no.` do."""
    return _REFUSED.fullmatch(_NUMBERED.sub("", fold(line).strip(" .:*#"))) is not None


def without_others(line: str) -> str:
    """The line with dates, times and amounts masked."""
    for pattern in (_DATE, _YEARS, _TIME, _AMOUNT):
        line = pattern.sub(lambda match: MASK * len(match[0]), line)
    return line


def is_glued(line: str, run: re.Match[str]) -> bool:
    """A number within a longer code, such as `0612345678-A` or `1Z9998`."""
    before, after = line[: run.start()], line[run.end() : run.end() + 2]
    if before[-1:].isalpha():
        word = re.search(r"[^\W\d_]+$", before[-20:])
        if word is None or field_of(word[0]) != "phone":
            return True
    if before[-1:] in {"#", "_", "@"} or (
        before[-1:] in {",", ".", "-", "/"}
        and before[-2:-1].isalnum()
        and field_of(re.findall(r"[^\W_]*$", before[-20:-1])[0]) != "phone"
    ):
        return True
    if re.match(r"[-/]?[^\W\d_]|_|[-/,.]\d", after) is None:
        return False
    return EXTENSION.match(line, run.end()) is None


def context_of(line: str, start: int, after: int, previous: Context) -> Context:
    """What the words between `after` and a number say of it: the nearest one decides."""
    segment, begin = _segment(line, start, after)
    folded = fold(segment)
    if not re.search(r"[^\W\d_]|#|°|º", folded):
        # Nothing but a sign: what was said of the number before goes on, as in "Tel. 01 … / 06 …".
        is_close = segment.strip() in {"", "/", "-", "–", "et", "&", ",", "or", "ou", "und", "("}
        kind = "fax" if previous.is_paired else previous.kind
        return Context(kind if is_close else None, start)
    return _told(segment, folded, begin) or _weighed(segment, folded, start, begin)


def _told(segment: str, folded: str, begin: int) -> Context | None:
    """The context that a label makes."""
    if _counts_something(folded):
        return Context("refused", begin)
    if _TEL_AND_FAX.search(folded):
        return Context("phone", begin, is_paired=folded.find("fax") > 0)
    return _labelled(segment, folded, begin)


def _weighed(segment: str, folded: str, start: int, begin: int) -> Context:
    """The context that other words make, of which the nearest decides."""
    refused = max((match.end() for match in _REFUSED.finditer(folded)), default=None)
    called = max((match.start() for match in _CALLS.finditer(folded)), default=None)
    # "au sujet du devis mon numéro est le …" is a telephone's, "policy number …" a policy's.
    if refused is not None and (called is None or called <= refused + 1):
        return Context("refused", begin)
    if called is not None:
        return Context("phone", start)
    return Context(None, start, is_told=segment.rstrip().endswith(":"))


def _counts_something(folded: str) -> bool:
    """Whether a label counts what no telephone has: "Numéro d'adhérent :", "Passport number:"."""
    match = _NUMBER_OF.search(folded)
    if match is None:
        return False
    return not any(is_qualifier(word) or word in _CALLING for word in re.findall(r"[^\W\d_]+", match[1] or match[2]))


def _segment(line: str, start: int, after: int) -> tuple[str, int]:
    """The words before a number that may speak of it, and where they begin: back to a bar, a stop or a comma."""
    lowest = max(after, start - _REACH)
    before = line[lowest:start]
    cut = max(before.rfind(sign) for sign in "|;\t•·" + MASK)
    if len(before.rsplit(". ", 1)[0]) > _LONGEST_ABBREVIATION:
        cut = max(cut, *(before.rfind(stop) for stop in (". ", "! ", "? ")))
    if "," in before and len(before.rsplit(",", 1)[1].strip()) > 2:
        cut = max(cut, before.rfind(","))
    segment = before[cut + 1 :]
    if segment.strip() or cut < 0 or before[cut] not in "\t|":
        return segment, start - len(segment)
    # The cell before says what the cell with the number is.
    cell = before[:cut].rstrip("\t |")
    segment = cell[max(cell.rfind("\t"), cell.rfind("|")) + 1 :]
    is_telling = field_of(segment) in {"phone", "fax"} or _REFUSED.search(fold(segment)) is not None
    return (segment, lowest + len(cell) - len(segment)) if is_telling else ("", start)


def _labelled(segment: str, folded: str, begin: int) -> Context | None:
    """The context that a label in the words makes, if there is one."""
    matches = list(re.finditer(r"[^\W\d_]+|#|[°º]", segment))[-_MOST_LABEL_WORDS:]
    first = _start_of_label(segment, [match.start() for match in matches])
    kind = field_of(segment[first:]) if len(segment[first:].strip(" .:(")) > 1 else None
    if kind in {"phone", "fax"}:
        return Context(kind, begin + first)
    for distance, match in enumerate(reversed(matches)):
        word, kind = match[0], field_of(match[0])
        if len(word) == 1 and not _is_letter_label(word, segment, distance):
            kind = None
        if kind in {"phone", "fax"} and not _is_near(segment[match.end() :]):
            break
        if kind == "fax" or (kind == "phone" and (distance == 0 or not _REFUSED.search(folded))):
            return Context(kind, begin + min(first, match.start()))
        if _REFUSED.search(fold(word)):
            break
    return None


def _is_near(rest: str) -> bool:
    """Whether what stands between a label and a number lets the label speak of it."""
    if any(map(str.isdigit, rest)):
        return False  # the label has had its number
    is_led = rest.rstrip().endswith(":") or re.fullmatch(r"\W*(?:\([^()]*\))?\W*", rest) is not None
    return is_led or all(len(word) < 3 or is_qualifier(word) for word in re.findall(r"[^\W\d_]+", rest))


def _is_letter_label(letter: str, segment: str, distance: int) -> bool:
    """Whether one letter is a label: next to the number, and a capital, alone, or with a stop or a colon."""
    is_shaped = letter.isupper() or segment.strip(" ([") == letter
    return distance == 0 and (is_shaped or re.search(rf"\b{re.escape(letter)}\s?[.:]", segment) is not None)


def _start_of_label(segment: str, starts: list[int]) -> int:
    """Where the longest label at the segment's end begins: "John Tel. direct" begins at "Tel."."""
    return next((start for start in starts if field_of(segment[start:]) in {"phone", "fax"}), len(segment))


def label_after(line: str, end: int) -> str | None:
    """A label behind the number, as in `(626) 555-9157 - phone` or `03 53 01 44 01 (fax)`."""
    match = re.match(r"\s{0,3}[-–(]\s?([^\W\d_]{1,10})\b\)?(?!\s?[:.]?\s?[(+\d])", line[end : end + 24])
    return field_of(match[1]) if match else None
