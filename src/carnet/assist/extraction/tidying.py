"""Lines without what programs put around words: addresses repeated in brackets, markdown, bullets and rules."""

from __future__ import annotations

import json
import re

from carnet.assist.extraction.labels import field_of, label_of, with_words_for_signs
from carnet.assist.extraction.mending import is_scanned, mended

_PICTURE = re.compile(
    r"\[(?:cid:|image|logo|photo|inline|https?://[^\]\s]{1,300}\.(?:png|jpe?g|gif))[^\]]{0,300}\]|<image\d+\.\w{3,4}>",
    re.IGNORECASE,
)
_MARKDOWN_IMAGE = re.compile(r"!\[[^\]]{0,200}\]\([^)\s]{0,500}\)")
_MARKDOWN_LINK = re.compile(r"\[([^\]\[]{1,200})\]\(<?((?:https?://|mailto:|tel:|www\.)[^)\s>]{1,1000})>?\)")
_ECHO = re.compile(
    r"\s?<(mailto|tel|callto|sip|skype):([^<>]{0,300})>|\s?\[(mailto|tel|callto):([^\]\[]{0,300})\]", re.IGNORECASE
)
_BEHIND = re.compile(r"(?<=[^\s<])[ ]?<(https?://[^<>\s]{1,1000})>")
_AT = re.compile(r"\s?[\[({<]\s?(?:at|ät|arobase|arrobas?|chiocciola|a|@)\s?[\])}>]\s?", re.IGNORECASE)
_DOT = re.compile(r"\s?[\[({]\s?(?:dot|point|punkt|punto|\.)\s?[\])}]\s?", re.IGNORECASE)
_SPELT = re.compile(
    r"\b([\w.+-]{1,64}) (?:at|AT|arobase) ([\w-]{1,63}(?:\.[\w-]{1,63})?) (?:dot|DOT|point) (\w{2,10})\b"
)
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*\n]{1,200}?)(?<=[^\s*_])\1(?![\w*_])")
_RULE = re.compile(r"[\s\-_=*~─━═—–·•.+#<>|]{0,200}")
_BULLET = re.compile(r"^[ \t]*(?:[•◦▪▸►▶●○■□✦✧★☆➤→»‣⁃✔✓–—*~+|#>\\-]{1,6}[ \t]+)+")
_TRAILING = re.compile(r"[ \t]+[✦✧★☆•~*|─═—]{1,6}[ \t]*$")
_PICTOGRAM = re.compile("[\U0001f000-\U0001faff\u2600-\u26ff\u2700-\u27bf\u2b00-\u2bff\ufe0f\u200d]")
_SPACES = re.compile("[\u00a0\u2002-\u200a\u202f\u3000]")
_LABELS = re.compile(
    r"(?<=\S)[ ,;|]{1,3}(?=(?:pr[ée]nom|nom|soci[ée]t[ée]|entreprise|fonction|poste|adresse|first name|last name|name|"
    r"company|organi[sz]ation|job title|title|position|address|vorname|nachname|firma|adresse|anschrift|funktion|"
    r"nombre|apellidos?|empresa|cargo|puesto|direcci[óo]n|nome|cognome|azienda|ruolo|indirizzo|e-?mail|mail|"
    r"t[ée]l(?:[ée]phone)?|phone|mobile|portable|website|site)\s?:\s)",
    re.IGNORECASE,
)
_BEHIND_SIGN = re.compile(r"(?<=\S)\s{0,3}[|;•·—–]\s{0,3}(?=([^\W\d_][^:|;•·—–\n]{1,29}?)\s?:(?!//))\1")
_PARTED = frozenset(
    {
        "name",
        "family",
        "given",
        "company",
        "position",
        "address",
        "street",
        "code",
        "city",
        "place",
        "country",
        "website",
    }
)
_UNENDED = re.compile(
    r"\s(?:of|de|des|du|d['’]|de la|de l['’]|la|le|les|für|der|von|for|and|et|und|&|di|della|del|dei|delle|y|e|zur|zum|"
    r"à|aux|au|en)$"
)
_LONGEST_BROKEN = 60
_MOST_VALUES = 200
_JSON = re.compile(r"^\s*\{?\s*\"([\w -]{1,40})\"\s*:\s*\[?\"?(.*?)\"?\]?\s*[,}]*\s*$")


class Tidied:
    """The lines of a text, with the addresses that stood behind its words."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.links: list[tuple[str, str]] = []


def tidied(text: str) -> Tidied:
    """The lines as a person reads them. A line that only ruled the text off is empty, `--` alone stays."""
    result = Tidied()
    lines = _parted(text).split("\n")
    addresses = " ".join(line for line in lines if "@" in line or "©" in line).casefold()
    scanned = is_scanned(text)
    for line in lines:
        result.lines.append(_tidy(line, result.links, addresses, scanned=scanned))
    result.lines = _rejoined(result.lines)
    return result


def _rejoined(lines: list[str]) -> list[str]:
    """Lines whose end tells that they go on: at a hyphen within a word, or at a small word that needs another."""
    kept: list[str] = []
    for line in lines:
        before = kept[-1] if kept else ""
        if not before or len(before) > _LONGEST_BROKEN or not line or "@" in before + line or re.search(r"\d", before):
            kept.append(line)
        elif re.search(r"[^\W\d_]{3}-$", before) and re.match(r"[a-zà-ÿ]{2,}", line):
            kept[-1] = before[:-1] + line
        elif _UNENDED.search(before) and line[0].isalpha() and label_of(line) is None and len(before.split()) > 1:
            kept[-1] = f"{before} {line}"
        else:
            kept.append(line)
    return kept


def _parted(text: str) -> str:
    """The text with a line for each value of a JSON object, and for each label of several on one line."""
    if text.lstrip()[:1] in {"{", "["} and '":' in text:
        text = _in_lines(text)
    lines = _with_headings(text.split("\n"))
    return "\n".join(_LABELS.sub("\n", _labels_apart(line)) if line.count(":") > 1 else line for line in lines)


def _labels_apart(line: str) -> str:
    """`Company:Kestrel|Role:Engineer`: a line for each label behind a sign, whatever the label is called."""
    return _BEHIND_SIGN.sub(lambda match: "\n" + match[1] if field_of(match[1]) in _PARTED else match[0], line)


def _with_headings(lines: list[str]) -> list[str]:
    """A table whose first line names its columns, as a line for each cell of its first row; further rows are other people's."""
    for nth in range(len(lines) - 1):
        for sign in (";", "\t", ",", "|"):
            heads, cells = (_cells(each, sign) for each in lines[nth : nth + 2])
            is_table = len(heads) > 2 and len(heads) == len(cells) and all(field_of(head) for head in heads)
            if is_table and not any(field_of(cell) for cell in cells if cell):
                return [
                    *lines[:nth],
                    *(f"{head}: {cell}" for head, cell in zip(heads, cells, strict=True)),
                    *(line for line in lines[nth + 2 :] if len(_cells(line, sign)) != len(heads)),
                ]
    return lines


def _cells(line: str, sign: str) -> list[str]:
    return [cell.strip(" \"'") for cell in line.strip().strip("|").split(sign)] if sign in line else []


def _in_lines(text: str) -> str:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return text
    lines: list[str] = []
    stack: list[tuple[str, object]] = [("", held)]
    while stack and len(lines) < _MOST_VALUES:
        key, value = stack.pop()
        if isinstance(value, dict):
            stack.extend((_key_within(key, str(inner)), each) for inner, each in reversed(value.items()))
        elif isinstance(value, list):
            stack.extend((key, each) for each in reversed(value))
        elif value not in {None, ""}:
            lines.append(f"{re.sub(r'(?<=[a-z])(?=[A-Z])|_', ' ', key)}: {value}")
    return "\n".join(lines)


def _key_within(outer: str, inner: str) -> str:
    """The name of a company's `name` is a company's."""
    return outer if inner in {"name", "value", "number"} and field_of(outer) else inner


def _tidy(line: str, links: list[tuple[str, str]], addresses: str, *, scanned: bool) -> str:
    line = with_words_for_signs(_SPACES.sub(" ", line))
    line = _MARKDOWN_IMAGE.sub(" ", _PICTURE.sub(" ", line)) if "[" in line or "<" in line else line
    if "](" in line:
        line = _MARKDOWN_LINK.sub(lambda match: _linked(match[1], match[2], links), line)
    if "<" in line or "[" in line:
        line = _ECHO.sub(lambda match: _echo(match, line), line)
        line = _BEHIND.sub(lambda match: _behind(match, links), line)
    line = mended(_PICTOGRAM.sub(" ", line), addresses, scanned=scanned)
    line = _SPELT.sub(r"\1@\2.\3", _DOT.sub(".", _AT.sub("@", line)) if _AT.search(line) else line)
    stripped = line.strip()
    if stripped in {"--", "—"}:
        return "--"
    if _RULE.fullmatch(line):
        return ">" * stripped.count(">") if stripped.startswith(">") and not stripped.strip("> ") else ""
    if line.lstrip().startswith(">"):
        return line.strip()
    if match := _JSON.match(line):
        line = f"{match[1]}: {match[2]}"
    line = _EMPHASIS.sub(r"\2", line) if "*" in line or "_" in line else line
    return _TRAILING.sub("", _BULLET.sub("", line)).strip()


def _linked(words: str, href: str, links: list[tuple[str, str]]) -> str:
    scheme, _, rest = href.partition(":")
    if scheme.lower() in {"mailto", "tel"}:
        return words if rest in words or scheme == "tel" else f"{words} {rest}"
    links.append((href, words))
    return words


def _echo(match: re.Match[str], line: str) -> str:
    """`jane@x.example<mailto:jane@x.example>` says it once; an address that stands only there is kept."""
    scheme, value = (match[1] or match[3]).lower(), (match[2] or match[4]).split("?")[0].strip()
    before = line[: match.start()]
    is_said = value.casefold() in before.casefold()
    if scheme in {"tel", "callto"} and sum(map(str.isdigit, before[-30:])) >= 6:
        is_said = True
    return " " if is_said or scheme in {"sip", "skype"} else f" <{value}>"


def _behind(match: re.Match[str], links: list[tuple[str, str]]) -> str:
    words = match.string[max(0, match.start() - 100) : match.start()].split("|")[-1].split("  ")[-1].strip()
    links.append((match[1], words))
    return " "
