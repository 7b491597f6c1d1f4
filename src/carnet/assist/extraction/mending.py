"""What scanners and copying break: figures read as letters, letters set apart, addresses with a gap in them."""

from __future__ import annotations

import re
from typing import Final

from carnet.assist.extraction import links

_MISREAD = re.compile(r"(?<![^\W\d_])[+(]?(?:\d|[OoIl](?=[\dOoIl]))(?:[ ().\-/]{0,3}[\dOoIl]){7,18}(?![^\W\d_])")
_FIGURES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})
_LETTERS = str.maketrans({"1": "l", "|": "l", "0": "O"})
_APART = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){3,40}(?: {2,6}(?:[^\W\d_]|&)(?: [^\W\d_]| \.){0,40}){0,8}(?!\S)")
_ENDINGS: Final = (
    r"(?:com\.\s?\w\w(?!\w)|co\.\s?uk|org\.\s?uk|ac\.\s?uk|com|net|org|info|biz|edu|gov|eu|io|co|fr|de|at|ch|es|it|be|"
    r"lu|nl|uk|ie|ca|us|example|test)"
)
_BEFORE_AT = re.compile(
    r"(?<=[a-z0-9])[ ]@[ ]?(?=[a-z0-9-]+(?:\s?[.,]\s?[a-z]{2,})+)|(?<=[a-z0-9])@[ ](?=[a-z0-9-]+\.[a-z]{2,})"
)
_AFTER_AT = re.compile(
    rf"@[\w-]{{1,60}}(?:(?:,|\s\.\s?|\.\s)(?:[\w-]{{1,60}}\.)?{_ENDINGS}|"
    rf"-\s(?:[\w-]{{1,60}}\.){{1,2}}{_ENDINGS})(?![\w.@-]\w)"
)
_WWW = re.compile(
    rf"\bwww\s?[.,]\s?[\w-]{{1,60}}(?:\s?[.,]\s?[\w-]{{1,60}}){{0,2}}\s?[.,]\s?{_ENDINGS}\b", re.IGNORECASE
)
_TORN = re.compile(
    r"(\bwww ?\. ?[\w-]{2,60}(?:\.com?)?|[a-z0-9]@[\w-]{2,60}(?:\.com?)?)(?: ?\. | \.)([a-z]{2,20})(?![\w.@-])"
)
_SPACED = re.compile(
    r"(?<!\S)(?:[a-z0-9_-]{1,30} \. )?[a-z0-9_.-]{1,40} ?@ ?[a-z0-9-]{2,40}(?: ?\. ?[a-z0-9-]{2,20}){1,2}(?![\w@])"
)
_LOUD_L = re.compile(r"(?<![\w@.])[A-ZÀ-Þ]+(?:l[A-ZÀ-Þ]+)*l[A-ZÀ-Þ]{2,}(?:l[A-ZÀ-Þ]+)*(?!\w)")
_MISREAD_AT = re.compile(r"(?<=[a-z0-9])\s?[©®]\s?(?=((?:[a-z0-9-]{2,60}\.){1,3}[a-z]{2,20})\b)")
_MISREAD_CODE = re.compile(r"(?<![\w])(?=[\dOIl]{5}(?!\w))(?=\w*[OIl])(?:[OIl]*\d){2,5}[OIl]*(?!\w)")
_MISREAD_FIGURE = re.compile(r"(?<![\w.@-])(?=[OlI]*\d[OlI]*\d|\dO+(?!\w))(?=\d*[OlI])[\dOlI]{2,5}(?![\w@-])")
_MISREAD_NUMBER = re.compile(r"^(\d{1,3})[lI](?= [^\W\d_])|(?<= )(\d{1,3})[lI]$")
_MISREAD_ZERO = re.compile(r"^(\d{1,3})O(?= [^\W\d_])")
_MIXED = re.compile(r"(?<![\d.,])\d{2,4}(?:[.,]\d{2,4}){2,5}(?![\d.,])")
_LOUD_APART = re.compile(r"[A-ZÀ-Þ&'’-]{2,}(?: {2,4}[A-ZÀ-Þ&'’-]{2,}){1,6}")
_MISREAD_NAME = re.compile(
    r"(?<![\w@./-])(?=[^\W_]{5,}|[^\W_]*[a-z])(?:[01][^\W\d_]{3,}|[^\W\d_]{2,}[01][^\W\d_]+|"
    r"[^\W\d_][01][^\W\d_]{3,})(?![\w@./])|(?<![\w@./])[^\W\d_]1[^\W\d_]{4,}(?![\w@./])|(?<![\w@./])[A-ZÀ-Þ]{2,}0[A-ZÀ-Þ]*(?![\w@./])|(?<![\w@./])[A-ZÀ-Þ]0[A-ZÀ-Þ]{2,}(?![\w@./])"
)
_WITHIN = re.compile(r"(?<![\w@./-])[^\W\d_]+[01]+[^\W\d_]{2,}|[^\W\d_]{3,}1(?![\w@./-])|(?<![\w+])\d*[OoIl]\d{2,}")
_SCANNED = re.compile(
    r"(?<![\w@./])(?:[01](?=[^\W\d_]{2})|[^\W\d_])(?:[^\W\d_]|[01](?=[01]?[^\W\d_])){1,30}[01]?(?![\w@])"
)
_SCANNED_CODE = re.compile(r"\b([A-Z]{1,2}\d{1,2}) [lI]([A-Z]{2})\b")
_LEAST_MISREAD, _LONGEST_SCAN = 2, 4_000
_IS_I = re.compile(
    r"[bcdfghjkmnpqrstvwxz]1[bcdfghjklmnpqrstvwxz]|[dhjkmnqstvwxz]1(?![aei]l)|[bcdgsv]1[aou]|1ll", re.IGNORECASE
)
_MISREAD_COM = re.compile(r"(?<=[\w-])\.(?:corn|c0m|c0rn|con)\b")
_MISREAD_WORD = re.compile(r"\b(T[eé][1|]|E-mai[1|]|Emai[1|]|Mobi[1|]e|0ffice|Fax[1|]?|Ce[1|]{2})(?=\W)")
_LONG_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])—(?=[a-zà-ÿ])")
_CODE_BEHIND = re.compile(r"(?<=[^\W\d_]{2})-(?=\d{5} [A-ZÀ-Þ])")
_TORN_INITIALS = re.compile(r"(?<=\b[A-Z]) \.(?=[A-Z]\b)")
_GAP = re.compile(r"(?<=\w) ([,.])(?=\s)")
_LEADING_L = re.compile(r"(?<![\w'’@./-])l(?=[nNmMtTrRsSgGvV][a-zà-ÿA-Z.])")
"""No word of the five languages begins so: "lnh." and "lngénieur" begin with an I."""


def is_scanned(text: str) -> bool:
    """Whether several words of a text have a figure where a letter belongs, as only a scanner writes them."""
    return len(_WITHIN.findall(text, 0, _LONGEST_SCAN)) >= _LEAST_MISREAD


def mended(line: str, addresses: str = "", *, scanned: bool = False) -> str:
    """The line without what a scanner broke. `addresses` are the text's e-mail lines: they know how a name is spelt."""
    if scanned:
        line = _SCANNED.sub(lambda match: _letters(match[0], addresses), line)
    if "@" in line or "©" in line or "®" in line:
        line = _MISREAD_COM.sub(".com", _MISREAD_AT.sub(_sign, line))
        line = _SPACED.sub(_unspaced, line)
        line = _BEFORE_AT.sub(lambda match: _gap(match, line), line)
        line = _AFTER_AT.sub(lambda match: re.sub(r"\s", "", match[0]).replace(",", "."), line)
    if "www" in line or "@" in line:
        line = _TORN.sub(_joined, re.sub(r"\bwww (?=\.\w)", "www", line))
    if "www" in line or "WWW" in line:
        line = _WWW.sub(lambda match: re.sub(r"\s", "", match[0]).replace(",", "."), line)
    if "," in line and "." in line:
        line = _MIXED.sub(lambda match: match[0].replace(",", ".") if "." in match[0] else match[0], line)
    if any(sign in line for sign in "OoIl"):
        line = _MISREAD.sub(_figures, line)
        line = _MISREAD_NUMBER.sub(lambda match: f"{match[1] or match[2]}1", line)
        line = _MISREAD_ZERO.sub(r"\g<1>0", line)
        line = _MISREAD_FIGURE.sub(lambda match: match[0].translate(_FIGURES), line)
        line = _MISREAD_CODE.sub(lambda match: match[0].translate(_FIGURES), line)
        line = _SCANNED_CODE.sub(r"\1 1\2", line)
        line = _LEADING_L.sub("I", line)
        line = _LOUD_L.sub(lambda match: match[0].replace("l", "I"), line)
    line = line.replace("l<", "K") if "l<" in line else line
    if "1" in line or "|" in line or "0" in line:
        line = _MISREAD_NAME.sub(lambda match: _letters(match[0], addresses), line)
        line = _MISREAD_WORD.sub(lambda match: match[0].translate(_LETTERS), line)
    line = _APART.sub(lambda match: re.sub(r" {2,}", " ", re.sub(r"(?<=\S) (?=\S)", "", match[0])), line)
    if "  " in line and _LOUD_APART.fullmatch(line.strip()):
        line = " ".join(line.split())
    line = _CODE_BEHIND.sub(" - ", _LONG_HYPHEN.sub("-", line)) if "-" in line or "—" in line else line
    line = _TORN_INITIALS.sub(".", line) if " ." in line else line
    return _GAP.sub(r"\1", line)


def _gap(match: re.Match[str], line: str) -> str:
    """`CTO @ acme.example` is a place of work, `oliver.lark @acme.example` an address."""
    before = re.search(r"[^\s|,;:<(]+$", line[: match.start()])
    is_address = match[0] != " @ " or (before is not None and ("." in before[0] or "_" in before[0]))
    return "@" if is_address else match[0]


def _unspaced(match: re.Match[str]) -> str:
    """An address whose every dot stands apart, as in `ana . ruiz @ acme . example`."""
    whole = match[0].replace(" ", "")
    return whole if " . " in match[0] and links.address(whole.rpartition("@")[2]) else match[0]


def _joined(match: re.Match[str]) -> str:
    """The host put together, where the word after the gap is an ending of hosts."""
    host = f"{match[1]}.{match[2]}".replace(" ", "")
    parts = links.address(host.rpartition("@")[2].removeprefix("www."))
    is_whole = parts is not None and parts.registered not in {"co", "com"}
    return host if is_whole else match[0]


def _sign(match: re.Match[str]) -> str:
    return "@" if links.address(match[1]) else match[0]


def _letters(word: str, addresses: str) -> str:
    if "0" not in word and "1" not in word:
        return word
    for one in "il":
        if (whole := word.replace("1", one)) != word and len(word) > 3 and whole.casefold() in addresses:
            return whole.replace("0", "o")
    one = "I" if word.startswith("1") or word.isupper() else "i" if _IS_I.search(word) else "l"
    return word.replace("1", one).replace("0", "O" if word.startswith("0") or word.upper() == word else "o")


def _figures(match: re.Match[str]) -> str:
    digits = sum(map(str.isdigit, match[0]))
    return match[0].translate(_FIGURES) if digits >= 6 and digits < len(match[0]) else match[0]
