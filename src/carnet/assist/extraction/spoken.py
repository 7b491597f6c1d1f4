"""Dictated text as it would have been typed: addresses with "dot" and "at", numbers in words, "new line"."""

from __future__ import annotations

import re
from typing import Final

from carnet.assist.extraction import links
from carnet.assist.extraction.regions import tongue_of
from carnet.core.search import fold

_LINE = re.compile(
    r"[ ,.]*\b(?:new ?line|next line|à la ligne|a la ligne|retour à la ligne|nouvelle ligne|neue zeile|nächste zeile|"
    r"nueva l[ií]nea|punto y aparte|a capo|nuova riga)\b[ ,.]*",
    re.IGNORECASE,
)
_COLON = re.compile(r"\s+(?:colon|deux[ -]points|doppelpunkt|dos puntos|due punti)\b[ ,.]*", re.IGNORECASE)
_COMMA = re.compile(r"\s+(?:comma|virgule|komma|coma|virgola)\b,?", re.IGNORECASE)
_SIGNS = re.compile(
    r"\b(?:comma|virgule|komma|virgola)\b.{0,200}\b(?:comma|full stop|period|virgule|point final|komma|virgola)\b",
    re.IGNORECASE | re.DOTALL,
)
_STOP = re.compile(r"\s+(?:full stop|point final|punto final)\b[ ,.]*", re.IGNORECASE)
_AT: Final = r"(?:at|at sign|arobase|arrobase|arobas|arroba|chiocciola|klammeraffe|ät|et|a commercial|@)"
_SURE_AT = re.compile(r"(?:arr?obase?|arroba|chiocciola|klammeraffe|a commercial|@|at sign|ät)$", re.IGNORECASE)
_DOT: Final = r"(?:dot|point|punkt|punto|period)"
_DASH: Final = r"(?:dash|hyphen|minus|tiret(?: du (?:six|6)| haut)?|bindestrich|gui[oó]n(?: medio)?|trattino)"
_LOW: Final = (
    r"(?:underscore|tiret (?:bas|du bas|du huit|du 8)|unterstrich|gui[oó]n bajo|barra baja|trattino basso|underscore)"
)
_SIGN = re.compile(rf"\s+(?:(?P<low>{_LOW})|(?P<dot>{_DOT})|(?P<dash>{_DASH}))\s+", re.IGNORECASE)
_PART: Final = rf"[\w.+-]{{1,40}}(?:\s+(?:{_LOW}|{_DOT}|{_DASH})\s+[\w.+-]{{1,40}}){{0,4}}"
_ADDRESS = re.compile(
    rf"(?P<local>(?:(?<!\w)[a-z]\s+){{0,12}}{_PART})\s+(?P<at>{_AT})\s+(?P<domain>(?:[\w-]{{1,30}}\s+){{0,2}}?[\w.-]{{1,40}}(?:\s+(?:{_DASH})\s+[\w-]{{1,30}}){{0,3}}(?:\s+{_DOT}\s+[\w-]{{2,20}}){{1,3}}|[\w-]{{1,40}}(?:\.[\w-]{{2,20}}){{1,3}})"
    rf"(?!\s+{_AT}\s+[\w-]{{1,40}}(?:\s+[\w-]{{1,40}})?(?:\s+{_DOT}\s|\.)\w|\w)",
    re.IGNORECASE,
)
_SITE = re.compile(
    rf"\b(?:(?P<www>www|w w w|triple w|tre vu|drei w|tres uves "
    rf"dobles)\s+{_DOT}\s+)?(?P<host>[\w-]{{2,40}}(?:\s+{_DASH}\s+[\w-]{{2,30}}){{0,2}})\s+{_DOT}\s+(?P<end>com|fr|"
    rf"org|net|de|es|it|ch|be|io|eu|at|co {_DOT} uk|co\.uk|ca)\b",
    re.IGNORECASE,
)
_MAIL_WORD = re.compile(r"(?:e-?mail|mail|courriel|adresse|address|correo|write|[ée]crire)\b[^@]{0,40}$", re.IGNORECASE)
_NAMED = re.compile(
    r"[ ,.]*\b((?i:pr[ée]nom|nom(?: de famille)?|first name|last name|vorname|nachname|apellidos?|cognome))\s+(?=[A-ZÀ-Þ])"
)
_TOLD = re.compile(
    r"[ ,.]*(?<!chez )(?<!de )(?<!la )(?<!son )(?<!his )(?<!her )\b((?i:company|organisation|organization|job title|title|position|phone|mobile|cell|email|"
    r"société|entreprise|fonction|poste|téléphone|portable|mail|firma|telefon|handy|empresa|cargo|puesto|teléfono|móvil|"
    r"correo|azienda|ruolo|cellulare|telefono))\s+(?!(?:c'est|est|is|ist|es|è)\b)(?=[^\W_])"
)
"""What else is said with its label where a first and a last name are."""
_SPELT = re.compile(
    r",?\s*\(?(?:that'?s |spelled |spelt |ça s'écrit |épelé |j'épelle |buchstabiert |se escribe |si scrive |with "
    r")?(?<![\w'])(?:(?:deux |double |doppel|zwei |dos |doble |due |doppia )?[A-Za-z][ .-]+){3,24}[A-Za-z]\b\)?(?=[\s,.;]|$)"
)
_NUMBERS: Final = {
    "en": (
        "zero:0 oh:0 o:0 nought:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 niner:9 ten:10 "
        "eleven:11 twelve:12 thirteen:13 fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 "
        "twenty:20 thirty:30 forty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90 hundred:00 double:x2 triple:x3 "
        "plus:+"
    ),
    "fr": (
        "zero:0 un:1 une:1 deux:2 trois:3 quatre:4 cinq:5 six:6 sept:7 huit:8 neuf:9 dix:10 onze:11 douze:12 treize:13 "
        "quatorze:14 quinze:15 seize:16 vingt:20 vingts:20 trente:30 quarante:40 cinquante:50 soixante:60 septante:70 "
        "huitante:80 octante:80 nonante:90 cent:00 plus:+ double:x2"
    ),
    "de": (
        "null:0 eins:1 ein:1 zwei:2 zwo:2 drei:3 vier:4 funf:5 sechs:6 sieben:7 acht:8 neun:9 zehn:10 elf:11 zwolf:12 "
        "dreizehn:13 vierzehn:14 funfzehn:15 sechzehn:16 siebzehn:17 achtzehn:18 neunzehn:19 zwanzig:20 dreissig:30 "
        "vierzig:40 funfzig:50 sechzig:60 siebzig:70 achtzig:80 neunzig:90 hundert:00 plus:+ doppel:x2"
    ),
    "es": (
        "cero:0 uno:1 un:1 dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 diez:10 once:11 doce:12 "
        "trece:13 catorce:14 quince:15 dieciseis:16 diecisiete:17 dieciocho:18 diecinueve:19 veinte:20 veintiuno:21 "
        "veintidos:22 veintitres:23 veinticuatro:24 veinticinco:25 veintiseis:26 veintisiete:27 veintiocho:28 "
        "veintinueve:29 treinta:30 cuarenta:40 cincuenta:50 sesenta:60 setenta:70 ochenta:80 noventa:90 mas:+ doble:x2"
    ),
    "it": (
        "zero:0 uno:1 due:2 tre:3 quattro:4 cinque:5 sei:6 sette:7 otto:8 nove:9 dieci:10 undici:11 dodici:12 "
        "tredici:13 quattordici:14 quindici:15 sedici:16 diciassette:17 diciotto:18 diciannove:19 venti:20 trenta:30 "
        "quaranta:40 cinquanta:50 sessanta:60 settanta:70 ottanta:80 novanta:90 piu:+ doppio:x2"
    ),
}
_VALUES: Final = {tongue: dict(pair.split(":") for pair in words.split()) for tongue, words in _NUMBERS.items()}
_GERMAN = re.compile(r"(ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)und(\w+)")
_ITALIAN = re.compile(
    r"(vent|trent|quarant|cinquant|sessant|settant|ottant|novant)[ai]?(uno|due|tre|quattro|cinque|sei|sette|otto|nove)"
)
_AND: Final = {"fr": "et", "es": "y", "de": "und", "it": "e", "en": "and"}
_LEAST_DIGITS = 7
_Token = tuple[int, int, str, bool]
"""Where a word stands, the word folded, and whether a comma stands before it."""
_TOKEN = re.compile(r"\+|\d+|[^\W\d_]+")


def typed(text: str) -> str:
    """The text as it would have been typed; what wasn't dictated stays as it is."""
    tongue = _tongue(text)
    if _LINE.search(text) or len(_COLON.findall(text)) > 1 or _SIGNS.search(text):
        text = _STOP.sub(". ", text)
        text = _COMMA.sub(",", _COLON.sub(": ", _LINE.sub("\n", text)))
    if len(_NAMED.findall(text)) > 1:
        text = _TOLD.sub(r"\n\1: ", _NAMED.sub(r"\n\1: ", text))
    text = "\n".join(_with_figures(line, tongue) for line in text.split("\n"))
    if re.search(rf"\b(?:{_DOT}|{_AT})\b", text, re.IGNORECASE):
        text = "\n".join(_with_addresses(line) for line in text.split("\n"))
    return text


def _tongue(text: str) -> str:
    """The language of the numbers, which is that of the text where they tell nothing."""
    words = [part for word in fold(text[:4_000]).split() for part in word.strip(",.").split("-")]
    counts = {tongue: sum(word in values for word in words) for tongue, values in _VALUES.items()}
    home = tongue_of(text)
    return max(counts, key=lambda tongue: (counts[tongue], tongue == home))


def is_dictated(text: str) -> bool:
    """Whether a text has the marks of dictation."""
    folded = fold(text[:4_000])
    if re.search(rf"\w\s+{_DOT}\s+\w", folded) and re.search(rf"\w\s+{_AT}\s+\w", folded):
        return True
    values = _VALUES[_tongue(text)]
    if _LINE.search(text[:4_000]) or _SIGNS.search(text[:4_000]) or len(_COLON.findall(text[:4_000])) > 1:
        return True
    return sum(part in values for word in folded.split() for part in word.strip(",.").split("-")) >= 5


def _with_addresses(line: str) -> str:
    line = _SPELT.sub(lambda match: match[0] if _before_at(line, match.end()) else " ", line)
    line = _ADDRESS.sub(lambda match: _address(match, line), line)
    return _SITE.sub(_site, line)


def _before_at(line: str, end: int) -> bool:
    """Letters that are spelled before an "at" are the address itself."""
    return re.match(rf"\w*\s+(?:{_AT}|{_DOT})\b", line[end:], re.IGNORECASE) is not None


def _joined(words: str) -> str:
    words = _SIGN.sub(lambda match: "_" if match["low"] else "." if match["dot"] else "-", f" {words} ")
    return fold(re.sub(r"\s+", "", words))


def _address(match: re.Match[str], line: str) -> str:
    local, domain = match["local"], _joined(match["domain"])
    parts = links.address(domain)
    is_sure = (
        _SURE_AT.search(match["at"]) is not None
        or _SIGN.search(f" {local} ") is not None
        or "." in local
        or len(local.split()) > 3
    )
    if parts is None or not (is_sure or _MAIL_WORD.search(line[: match.start("at")])):
        return match[0]
    words = local.split()
    # Of words before the address that aren't parted by a spoken sign, only letters said one by one belong to it.
    return f"{_joined(' '.join(words))}@{domain}"


def _site(match: re.Match[str]) -> str:
    if not match["www"] and re.search(r"[@]", match.string[max(0, match.start() - 1) : match.start()]):
        return match[0]
    return f"{'www.' if match['www'] else ''}{_joined(match['host'])}.{_joined(match['end'])}"


def _with_figures(line: str, tongue: str) -> str:
    """The line with runs of number words as figures, where they make a telephone number."""
    values = _VALUES[tongue]
    tokens = [
        (match.start(), match.end(), fold(match[0]), "," in line[max(0, match.start() - 3) : match.start()])
        for match in _TOKEN.finditer(line)
    ]
    kept, at, nth = [], 0, 0
    while nth < len(tokens):
        digits, end = _run(tokens, nth, values, tongue, line)
        if sum(map(str.isdigit, digits)) >= _LEAST_DIGITS and end > nth + 2:
            kept.append(f"{line[at : tokens[nth][0]]}tel {digits}")
            at = tokens[end - 1][1]
            nth = end
        else:
            nth += 1
    kept.append(line[at:])
    return "".join(kept)


def _run(tokens: list[_Token], nth: int, values: dict[str, str], tongue: str, line: str) -> tuple[str, int]:
    """The figures that a run of number words says, and the token after it."""
    digits, repeat, first = "", 1, nth
    has_words = False
    while nth < len(tokens):
        start, _, word, _ = tokens[nth]
        if nth > first and not re.fullmatch(r"[\s,.\-–/()]{0,4}", line[tokens[nth - 1][1] : start]):
            break
        value = word if word.isdigit() or word == "+" else values.get(word) or _compound(word, tongue, values)
        if value is None:
            break
        has_words = has_words or not word.isdigit()
        nth += 1
        if value.startswith("x"):
            repeat = int(value[1])
            continue
        if value == "00" and not digits:
            break
        if value == "10" and tongue == "fr" and nth < len(tokens) and values.get(tokens[nth][2]) in {"7", "8", "9"}:
            value, nth = f"1{values[tokens[nth][2]]}", nth + 1
        elif len(value) == 2 and value[1] == "0" and not word.isdigit() and value != "00":
            value, nth = _with_units(value, tokens, nth, values, tongue)
        elif value == "4" and tongue == "fr" and nth < len(tokens) and tokens[nth][2] in {"vingt", "vingts"}:
            value, nth = _with_units("80", tokens, nth + 1, values, tongue)
        digits += value * repeat
        repeat = 1
    return (digits, nth) if has_words else ("", nth)


def _with_units(tens: str, tokens: list[_Token], nth: int, values: dict[str, str], tongue: str) -> tuple[str, int]:
    """Add up "vingt et un" and "thirty four"; in French sixty and eighty go on to nineteen."""
    after = nth
    if after < len(tokens) and tokens[after][2] == _AND[tongue]:
        after += 1
    value = values.get(tokens[after][2]) if after < len(tokens) and not tokens[after][3] else None
    if value == "4" and tongue == "fr" and after + 1 < len(tokens) and tokens[after + 1][2] in {"vingt", "vingts"}:
        return tens, nth
    highest = 19 if tongue == "fr" and tens in {"60", "80"} else 9
    if (
        tens == "10"
        or value is None
        or not value.isdigit()
        or not 1 <= int(value) <= highest
        or (highest == 9 and len(value) > 1)
    ):
        return tens, nth
    if value == "10" and after + 1 < len(tokens) and values.get(tokens[after + 1][2]) in {"7", "8", "9"}:
        return str(int(tens) + 10 + int(values[tokens[after + 1][2]])), after + 2
    return str(int(tens) + int(value)), after + 1


def _compound(word: str, tongue: str, values: dict[str, str]) -> str | None:
    if tongue == "de" and (match := _GERMAN.fullmatch(word)) and match[2] in values:
        return str(int(values[match[2]]) + int(values[match[1]]))
    if tongue == "it" and (match := _ITALIAN.fullmatch(word)):
        tens = next(value for name, value in values.items() if name.startswith(match[1]) and value[-1] == "0")
        return str(int(tens) + int(values[match[2]]))
    return None
