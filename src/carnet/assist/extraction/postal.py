"""The shapes of postal addresses: postcodes, streets and rooms of the countries that are read, and their order."""

from __future__ import annotations

import re
from enum import Enum, auto

from carnet.assist.extraction.countries import COUNTRIES, STATES
from carnet.core.search import fold


class Piece(Enum):
    """What a piece of an address is."""

    STREET = auto()
    CODE = auto()
    """A postcode, with or without its city."""
    ROOM = auto()
    """A building, floor, suite or box: part of an address, never the whole of one."""
    COUNTRY = auto()
    NUMBERED = auto()
    """Words and a house number, which is a street only beside a postcode: "Lange Laube 3"."""
    NUMBER = auto()
    """A house number alone, parted from its street by a comma."""
    WAY = auto()
    """A street without a number, which is one only beside a number or before a postcode: "Cathedral Close"."""
    FAINT_CODE = auto()
    """A postcode of a shape that years and figures have as well: it needs a street beside it."""
    PLACE = auto()
    """Words alone, which are a place only between or beside other pieces."""


_LONGEST_PIECE, _MOST_STREET_WORDS = 90, 7
_CITY = r"[^\W\d_][^\W\d_'’.\-]*(?:[ '’.\-/]{1,3}[^\W\d_]+\.?){0,5}"
_AFTER = r"(?:\s?\(.{1,25}\))?(?:\s(?:cedex|CEDEX|Cedex)(?:\s\d{1,2})?)?"
_PREFIX = r"(?:F|D|A|CH|L|B|I|E|NL|FL|LUX|FR|DE|AT|BE|IT|ES|DK|SE|FI|N|DE?|MC|P|PT)"
_CODES = (
    rf"{_PREFIX}[ -]{{1,2}}\d{{4,5}}(?:[ ,]{{1,2}}{_CITY}{_AFTER})?",
    rf"(?:CP |C\.P\. ?)?\d{{5}},? {{1,3}}{_CITY}{_AFTER}(?: ?[(,] ?[A-Z]{{2}}\)?)?",
    rf"\d{{4}},? {{1,3}}{_CITY}{_AFTER}",
    rf"\d{{4}} ?[A-Z]{{2}},? {{1,3}}{_CITY}",
    rf"\d{{3}} \d{{2}},? {{1,3}}{_CITY}",
    rf"\d{{2}}-\d{{3}},? {{1,3}}{_CITY}",
    rf"\d{{4}}-\d{{3}},? {{1,3}}{_CITY}",
    rf"(?:{_CITY}[ ,]{{1,3}})?[A-Z]{{1,2}}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}",
    rf"(?:{_CITY}(?:\s?\(.{{1,20}}\))?[ ,]{{1,3}})?(?:[A-Z]{{2}},?[ ]{{1,3}})?[A-Z]\d[A-Z][ -]{{0,2}}\d[A-Z]\d",
    rf"(?:{_CITY}[ ,]{{1,3}})?{STATES}\.?,? {{1,3}}\d{{5}}(?:-\d{{4}})?",
    rf"(?:{_CITY}[ ,]{{1,3}})?(?:NSW|VIC|QLD|TAS|ACT|WA|SA|NT|N\.S\.W\.|Vic|Qld) {{1,3}}\d{{4}}",
    rf"(?:{_CITY}[ ,]{{1,3}})?[AC-FHKNPRTV-Y]\d[\dW] ?(?=\d{{0,3}}[A-Z])[AC-FHKNPRTV-Y\d]{{4}}",
    rf"{_CITY}[ ,-]{{1,3}}\d{{6}}(?:[ ,]{{1,2}}{_CITY})?",
    rf"{_CITY}[ ,-]{{1,3}}\d{{3}} \d{{3}}(?:[ ,]{{1,2}}{_CITY})?",
    rf"{_CITY}[ ,]{{1,3}}\d{{4,5}}(?:-\d{{3,4}})?",
    r"\d{5}(?:-\d{3,4})?",
    r"〒?\d{3}-\d{4}",
    rf"[A-Z]\d{{4}}[A-Z]{{3}},? {{1,3}}{_CITY}",
    rf"{_CITY}[ ,]{{1,3}}\d{{3}}-\d{{4}}",
    rf"{_CITY}[ ,]{{1,3}}(?:CEDEX|Cedex|cedex)(?:\s\d{{1,2}})?",
    rf"\d{{2}} B\.?P\.? \d{{1,5}} {_CITY}(?: \d{{1,2}})?",
)
_INLINE_CODE = re.compile(rf"(.*[^\W\d_].* \d{{1,4}} ?/?[a-zA-Z]?),? (?:[A-Z]{{1,2}}-)?\d{{4,5}} {_CITY}{_AFTER}")
_BRACKETED = re.compile(r"(.*\d) ?\((?:[^\W\d_]+\.? ?[\w-]{1,5}|[^()]{1,20})\)")
_SURE_CODES = frozenset({0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 17, 19, 20})
_CODE = tuple(re.compile(pattern) for pattern in _CODES)
_STREET_WORD = re.compile(
    r"\b(?:rue|avenue|av|ave|boulevard|bd|bld|blvd|boul|place|pl|chemin|ch|route|rte|impasse|allees?|quai|cours|square|"
    r"passage|sentier|faubourg|fbg|esplanade|promenade|rond-point|montee|traverse|voie|venelle|ruelle|mail|parvis|"
    r"villa|lotissement|lot|hameau|lieu-?dit|street|str|road|rd|lane|ln|drive|dr|court|ct|sq|way|terrace|terr?|close|"
    r"crescent|cres|parkway|pkwy|highway|hwy|row|mews|wharf|gardens|grove|circle|cir|trail|trl|pike|plaza|alley|"
    r"broadway|turnpike|expressway|loop|bypass|st|hill|walk|green|yard|rise|quay|calle|avda|avenida|plaza|pza|paseo|"
    r"p[º°]|ctra|carretera|camino|ronda|travesia|glorieta|rambla|calzada|carrer|passeig|via|viale|v\.le|corso|c\.so|"
    r"piazza|p\.?zza|piazzale|largo|vicolo|strada|contrada|localita|loc|frazione|fraz|lungo\w+|borgo|salita|loop|"
    r"galleria|cra|carrera|transversal|diagonal|rua|praca|ulica|ul|straat|laan|plein|kade|gracht|vej|gade|gatan|"
    r"vagen)\b\.?|\w{2,}(?:strasse|str\.|str\b|weg|platz|allee|gasse|ring|damm|ufer|steig|chaussee|graben|markt|hof|"
    r"wall|straat|laan|plein|kade|gracht|vej|gade|gatan|vagen)\b|\b(?:gasse|platz|weg|ring|allee|damm|ufer|steig|"
    r"chaussee|graben|markt)\b|^c/|\bc/ |^(?:strasse|strasze)\b|\bp[º°] |^(?:am|an der|an den|im|in der|auf der|auf "
    r"dem|zum|zur|unter den|hinter|vor dem|alte[rs]?|neue[rs]?) .{2,30}\d"
)
_ENDING_STREET = re.compile(
    r"\b(?:street|st|road|rd|lane|close|court|square|way|terrace|crescent|row|mews|wharf|gardens|grove|quay|yard|hill|"
    r"walk|green|drive|avenue|place|broadway|rise|plaza|parkway|highway|circle|boulevard)\.?$"
)
_NUMBER = re.compile(
    r"^(?:n[º°o]\.? ?)?\d{1,5}(?: ?[-–/] ?\d{1,5})?(?: ?(?:bis|ter|quater|[a-dA-D]))?[\s,]|[\s,.º°](?:n[º°o]\.? "
    r"?)?\d{1,4}(?:[-–/ ]{1,3}\d{1,4})?(?: ?/?(?:bis|ter|[a-zA-Z]))?(?:[ /-]?\d{0,3})?$|\bs/n\b|\bsnc\b|\b(?:blk|block|"
    r"lot|unit|plot)\.? ?\d|\d\w? ?# ?\d"
)
_ROOM = re.compile(
    r"^(?:(?:b\.?p|c\.?s|tsa|boite postale|postfach|apartado|apdo|casella postale|c\.?p|p\.? ?o\.? ?box|postbus|bte|"
    r"boite|box|postboks)\.?(?: de correos)? ?(?:n[º°] ?)?\d{1,7}|(?:bat(?:iment)?|bldg|building|block|immeuble|imm|"
    r"tour|tower|residence|res|etage|stock|floor|fl|level|suite|ste|unit|room|rm|apt|apartment|appt|apt|porte|bureau|"
    r"office|hall|halle|aufgang|haus|edificio|edif|planta|piso|oficina|of|local|puerta|nave|portal|bloque|esc|escalera|"
    r"scala|interno|piano|palazzo|palazzina|etg|top|stiege|sector|plot|parcela|lote|manzana|mz|lot|stand|dept|house|"
    r"entree|hangar|quartier|mailstop|ms|studio|penthouse|wing|phase|survey|no|nr|shop|flat)\.? ?(?:n[º°]\.? "
    r"?)?#?[\w-]{1,5}$|\d{1,3} ?(?:st|nd|rd|th|e|er|eme|ere|o|a|º|ª|°|\.)\.? ?(?:floor|fl|etage|og|stock|stockwerk|"
    r"planta|piso|piano|izq|dcha|[a-d]|izquierda|derecha)?\.?\b.{0,12}$|(?:z\.?(?:i|a|ac|ae)\.?|zone (?:industrielle|"
    r"artisanale|d'activites?|commerciale|portuaire)|parc (?:d'activites?|technologique|industriel|des|de|d')|pol(?:\.|"
    r"igono) ?(?:ind(?:\.|ustrial)?)?|parque (?:empresarial|tecnologico|industrial)|gewerbegebiet|gewerbepark|"
    r"industriegebiet|industriepark|zona (?:industriale|artigianale|industrial)|industrial (?:estate|park|area)|"
    r"business (?:park|centre|center)|technology park|science park|centre commercial|col(?:onia|\.)|barrio|"
    r"urb(?:anizacion|\.)|espace|technopole|pole)\b.{0,50}$|(?:.{2,40} )?(?:industrial estate|business park|science "
    r"park|trading estate|retail park|enterprise park|technology park|office park|industrial park|house|building|"
    r"buildings|tower|centre|center|chambers|arcade|mall|ground floor|first floor|second floor|third floor|floor "
    r"\d{1,2})$|(?:rez-de-chaussee|rdc|entresol|sous-sol|eg|dg)$|#\d{1,4}(?:-\d{1,4})?(?: .{2,40})?$|\d{1,2}/?f$|c/o .{2,40}$)"
)
_HOUSE = re.compile(
    r"house$|building$|buildings$|tower$|centre$|center$|chambers$|arcade$|mall$|pole |espace |parc |the "
)
_ONLY_NUMBER = re.compile(r"(?:n[º°o]\.? ?)?\d{1,5} ?/?(?:bis|ter|quater|[a-d])?(?: ?[-/] ?\d{1,5})?")
_LEADING_STREET = re.compile(
    r"(?:rue|avenue|av|boulevard|boul|bd|chemin|ch|route|rte|impasse|allees?|quai|place|pl|cours|square|passage|"
    r"esplanade|promenade|faubourg|fbg|sentier|montee|venelle|ruelle|traverse|voie|mail|parvis|rond-point|lieu-?dit|via|viale|corso|piazza|piazzale|"
    r"largo|vicolo|strada|calle|avenida|avda|plaza|paseo|carretera|ctra|camino|ronda|galleria)\b\.? ?[^\W\d]|c/ "
    r"?[^\W\d]"
)
_WORDS = re.compile(r"[^\W\d_].{0,60}$")


def piece_of(text: str) -> Piece | None:
    """What a text between separators is, as a piece of an address; None where it can be no part of one."""
    text = text.strip(" ,;.–-")
    if len(text) < 2 or len(text) > _LONGEST_PIECE:
        return Piece.NUMBER if len(text) == 1 and text.isdigit() else None
    folded = fold(text).replace("’", "'")
    if folded.strip("()") in COUNTRIES:
        return Piece.COUNTRY
    head, _, tail = text.rpartition(" ")
    if head and fold(tail).strip("()") in COUNTRIES and any(map(str.isdigit, head)):
        return piece_of(head)  # "36015 SCHIO (VI) ITALY"
    if match := _INLINE_CODE.fullmatch(text):
        return piece_of(match[1])  # "Largo Treves 1 20121 Milano"
    if match := _BRACKETED.fullmatch(text):
        return piece_of(match[1]) or Piece.PLACE
    return _numbered_piece(text, folded) or _piece_of_words(text, folded)


def _numbered_piece(text: str, folded: str) -> Piece | None:
    shapes = {nth for nth, pattern in enumerate(_CODE) if pattern.fullmatch(text)}
    has_number = _NUMBER.search(folded) is not None
    piece = None
    if shapes & _SURE_CODES:
        piece = Piece.CODE
    elif has_number and _STREET_WORD.search(folded):
        piece = Piece.STREET
    elif _ROOM.match(folded):
        is_named = _HOUSE.search(folded) is not None and not any(map(str.isdigit, folded))
        piece = Piece.PLACE if is_named else Piece.ROOM
    elif shapes:
        piece = Piece.FAINT_CODE
    elif _ONLY_NUMBER.fullmatch(folded):
        piece = Piece.NUMBER
    elif has_number and len(folded.split()) <= _MOST_STREET_WORDS and text[:1].isalnum():
        piece = Piece.NUMBERED
    return piece


def _piece_of_words(text: str, folded: str) -> Piece | None:
    if _LEADING_STREET.match(folded) or (_ENDING_STREET.search(folded) and text[0].isupper()):
        return Piece.WAY
    is_place = _WORDS.match(text) is not None and text[:1].isupper() and not any(map(str.isdigit, text))
    return Piece.PLACE if is_place else None


def place(city: str, region: str, code: str, *, is_code_last: bool) -> str:
    """City, region and postcode in the order of their country."""
    if is_code_last or not code or re.search(r"[A-Za-z]", code):
        return ", ".join(filter(None, (city, " ".join(filter(None, (region, code))))))
    return ", ".join(filter(None, (" ".join(filter(None, (code, city))), region)))
