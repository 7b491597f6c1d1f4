"""People in running text: "I met Tobias Merriweather, who is Operations Director at Calder Vale Breweries".

A sentence is cut at its small words (pronouns, articles, prepositions, verbs that introduce people). What lies between
them are candidates, and the small words before a candidate speak for what it is, whatever its own words are. So it
works on dictated text too, where no capitals help.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction.labels import field_of
from carnet.assist.extraction.names import person
from carnet.assist.extraction.phones import MASK
from carnet.assist.extraction.scoring import Clues
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.words import CIVILITIES, DAYS_AND_MONTHS, GREETINGS, INSTITUTIONS, PARTICLES, SENTENCE_WORDS
from carnet.core.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF: Final = frozenset("of de du des d di del della dei delle dell dello von vom der fur for en in au aux a la al les le and et und y e & the zu zur per para".split())
_CUES: Final = {
    "name": "its|it's|name's|name is|named|called|appelle|nomme|nommee|heisst|llama|llamo|chiama|chiamo|i'm|i am|je suis|this is|here is|c'est|ici|soy|sono|ich bin|hier ist|madame|monsieur|mme|m|mr|mrs|ms|herr|herrn|frau|senor|"
    "senora|signor|signora|dr|met|meet|spoke|spoke to|spoke with|talked|talk to|talking to|with|avec|mit|con|contact|contacto|contatto|kontakt|ask for|try|call|called|rencontre|vu|voir|appeler|rappeler|conoci|incontrato|"
    "getroffen|gesprochen|parlato|hable|is now|will be|sera|to|from|name|nom|heiss|by|par|von|spricht|hier spricht|w|contacter|contact is|parle|contatti|sentito|visto|connu|joindre|named is",
    "position": "is the|is a|is an|is our|is their|was the|she's the|he's the|she's a|he's a|she's|he's|who's the|who's|who is|she is|he is|i'm the|as|as a|as the|as an|as their|as our|est la|est le|est|elle est|il est|c'est le|c'est la|c'est notre|"
    "qui est|comme|en tant que|ist|ist die|ist der|sie ist|er ist|als|es la|es el|es|como|e la|e il|e|come|our|their|notre|leur|nouveau|nouvelle|new|neuer|neue|nueva|nuevo|nuova|nuovo|l'actuel|the|le|la|i'm|je suis|soy|sono|ich bin|"
    "became|devient|promoted to|nommee|nomme|role|job|poste|title|works as|travaille comme|arbeitet als|trabaja como|lavora come|working as",
    "company": "at|from|for|over at|chez|bei|beim|presso|with|works for|works at|joined|rejoint|societe|entreprise|firma|empresa|azienda|ditta|societa|company|of|de|du|de la|des|d|di|del|della|dell|dei|von|vom|von der|der|bei der|der firma|en|pour|"
    "de la societe|de l'entreprise|groupe|group|au sein de|aus|para|per|agence|agency|l'agence|a la|by|working for|working at|represents|represente|runs|owns|owner of",
}
_STRONG: Final = {
    "name": frozenset("it's|name's|name is|named|appelle|nomme|nommee|heisst|llama|llamo|chiama|chiamo|this is|ici|soy|sono|ich bin|hier ist|madame|monsieur|mme|mr|mrs|ms|herr|herrn|frau|senor|senora|signor|signora|met|je suis|i'm|i am|spoke|spoke with|spoke to|c'est|ask for|try|hier spricht".split("|")),
    "position": frozenset("is the|is our|is their|she's the|he's the|as the|as a|as an|as|est la|est le|ist die|es la|es el|e la|e il|elle est|il est|sie ist|er ist|our|notre|nouveau|nouvelle|new|neue|neuer|nuevo|nueva|nuova|nuovo|works as|als|who is|qui est|role|poste|title|who's the|she is|he is|i'm the|i am the|je suis le|je suis la|ich bin der|ich bin die|soy el|soy la|sono il|sono la".split("|")),
    "company": frozenset("at|from|over at|chez|bei|beim|presso|works for|works at|joined|rejoint|societe|firma|empresa|azienda|ditta|de la societe|bei der|der firma|au sein de|company|working for|working at|entreprise|travaille pour|travaille chez|arbeite bei|arbeite fur|trabajo en|trabajo para|lavoro per|lavoro in|work for|work at|works with".split("|")),
}
_ALL_CUES: Final = {kind: frozenset(cues.split("|")) for kind, cues in _CUES.items()}
_VERBS: Final = frozenset(
    "met meet spoke talked talk talking called call calling try ask contact contacts runs run works work working handles wants wanted said says asked joined named name names knows heads leads owns sent gave got left phone number email mail "
    "cell mobile website address reach reached reaching hope just off new old note self okay ok hey alors puis rencontre vu voir appelle appelles nomme nommee travaille joindre rappeler appeler contacter parle gere dirige souhaite veut numero "
    "portable telephone adresse courriel hier gestern messe gesprochen getroffen heisst arbeitet leitet nummer telefon handy mailadresse ayer conoci llama llamo trabaja dirige quiere correo movil telefono ieri incontrato parlato chiama chiamo "
    "lavora cellulare numero la mail est neuer kontakt contacto contatto nuovo nuevo yesterday today tomorrow demain aujourd'hui heute manana domani oggi last week semaine salon expo fair conference trade show spelled quick long great nice at over chez bei beim presso to us ho ici after before around pour para per moi toi lui him her me là-bas la-bas nearby locally firma societe azienda ditta empresa firm c'est bin its spricht rencontrer plus tard note down up out w phone-number y o ou or until back then there then et and e und "
    "best good add please update updated crm lead client customer prospect regarding re fwd tel phone fax speak speaking".split()
)
_AFTER_OF: Final = frozenset({"la", "le", "les", "the", "der"})
_TAKES_ARTICLE: Final = frozenset({"de", "a", "of", "for", "in", "en", "von", "et", "and", "y", "&"})
_PLACING: Final = frozenset({"a", "in", "en", "au", "aux", "im", "zu", "for", "pour", "fur", "para"})
_SAYS_I: Final = frozenset({"je suis", "i'm", "i am", "ich bin", "soy", "sono", "im"})
_AT: Final = frozenset({"at", "chez", "bei", "presso", "over"})
_CHAT = re.compile(r"^\s*(?:\[[^\]]{4,30}\]|\(?\d{1,2}[/.:-]\d{1,2}[^A-Za-z]{0,20}(?:[AP]M)?\)?\s?[-–]?)\s*([^:\n]{1,40}):\s|^\s*([A-ZÀ-Þ][\w'-]{1,20}(?: [A-ZÀ-Þ][\w'-]{1,20})?)\s?(?:\[\d{1,2}:\d{2}\]|\(\d{1,2}:\d{2}\)|:)\s(?=\S)")
_TOKEN = re.compile(rf"[^\W_](?:[\w.'’&-]*[\w])?\.?(?<![^\W\d_]{{4}}\.)|&|@|[,;:()!?–—\"“”|]|\.(?=\s|$)|\s-\s|{MASK}+|\n")
_LONGEST_SPAN = 6
_NEAR, _FAR = 3, 4
_FAINT = -0.6
_SURELY = 0.9
_MOST_SPANS = 240


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring words, with the small words that stand before them."""

    start: int
    end: int
    text: str
    cue: str
    """What precedes: up to three small words, or a sign."""
    follows: str


@dataclass(slots=True)
class Told:
    """Whom running text is about."""

    name: str | None = None
    position: str | None = None
    company: str | None = None
    points: float = 0.0


_ELIDED = re.compile(r"^(?:s|m|t|j|n|l|d|qu)'(?=\w{2})")


class _Word:
    def __init__(self, text: str) -> None:
        self.text = text
        text = "at" if text == "@" else text
        self.text = text
        self.folded = _ELIDED.sub("", fold(text).replace("’", "'").strip("."))
        self.is_sign = not any(map(str.isalnum, text))
        self.is_small = self.folded in SENTENCE_WORDS or self.folded in _VERBS or self.folded in GREETINGS or self.folded in _ARTICLES
        if text.isupper() and len(text) > 1:
            self.is_small = False
        elif text[:1].isupper() and (len(text) > 1 or self.folded not in {"i", "a"}):
            self.is_small = self.folded in _ALWAYS_SMALL
        self.is_of = self.folded in _OF
        self.is_capital = text[:1].isupper()
        if self.folded in {"entreprise", "agence"} and "'" in text.replace("’", "'"):
            self.is_small = True
        if re.match(r"[dlDL]['’][^\W\d_]", text) and text[2].isupper():  # "d'Ici" goes on with a name
            self.is_capital, self.is_small = True, False


_ARTICLES = frozenset("the a an le la les un une l der die das den dem ein eine einen el los las il lo gli i uno una nouveau nouvelle new neue neuer neuen our their his her its our".split())
_ALWAYS_SMALL = (SENTENCE_WORDS | GREETINGS | _VERBS | _ARTICLES) - PARTICLES - frozenset("will may can mark grace rose son don van".split())


def tell(lines: list[str], clues: Clues, known: str | None = None) -> Told:
    """The person of whom sentences tell, with position and company; empty where nobody is introduced."""
    words = [_Word(token) for line in lines for token in [*_TOKEN.findall(_CHAT.sub(" ", line)), "\n"]][:1_500]
    has_capitals = sum(word.is_capital for word in words) > 1
    spans = list(_spans(words))[:_MOST_SPANS]
    names = _best(spans, lambda span: _of_name(span, words, clues, has_capitals=has_capitals), 8)
    if known is not None:
        names = [(Span(0, 0, known, "", ""), 1.0)]
    told = Told()
    for name, name_points in names:
        positions = _best(spans, lambda span: _of_position(span, clues, words), 14, _FAINT)
        companies = _best(spans, lambda span: _of_company(span, clues, words, has_capitals=has_capitals), 14, _FAINT)
        for position, position_points in [*positions, (None, 0.0)]:
            for company, company_points in [*companies, (None, 0.0)]:
                chosen = [span for span in (name, position, company) if span is not None]
                if any(_overlap(one, other) for nth, one in enumerate(chosen) for other in chosen[nth + 1 :]):
                    continue
                points = name_points + position_points + company_points
                if position is not None and company is not None and 0 < company.start - position.end <= _NEAR:
                    points += 0.8 + 0.6 * (company.cue in {",", "-", "–"})
                if position is not None and position.start - name.end > _FAR and _cued(position.cue, "position") < 1.7:  # noqa: PLR2004
                    points -= 1.0
                points -= sum(weight * min(20, abs(other.start - name.end)) for other, weight in ((position, 0.09), (company, 0.05)) if other is not None)
                if company is not None and set(name.text.casefold().split()[1:]) & set(company.text.casefold().split()):
                    points += 1.0
                if points > told.points:
                    shown = name.text if name.text[:1].isupper() else name.text.title()
                    told = Told(shown, position.text if position else None, company.text if company else None, points)
    return told


def _best(spans: list[Span], score: object, most: int, least: float = 0.0) -> list[tuple[Span, float]]:
    scored = [(span, points) for span in spans if (points := score(span)) > least]  # type: ignore[operator]
    return sorted(scored, key=lambda pair: -pair[1])[:most]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _spans(words: list[_Word]) -> Iterator[Span]:
    """All stretches of up to six words that begin and end with a word of weight."""
    for start, first in enumerate(words):
        if first.is_sign or first.is_small or (first.is_of and not first.is_capital):
            continue
        for end in range(start + 1, min(start + _LONGEST_SPAN, len(words)) + 1):
            last = words[end - 1]
            if last.is_sign and last.text != "&" or (last.is_small and not last.is_of):
                break
            if last.folded in _AFTER_OF and not last.is_capital and end - start > 1 and words[end - 2].folded not in _TAKES_ARTICLE:
                break  # "dans la base la directrice" are two things
            if last.is_of and not (last.is_capital and end - start > 1) or last.text == "&":
                continue
            follows = words[end].text if end < len(words) else "\n"
            yield Span(start, end, " ".join(word.text for word in words[start:end]).replace(" ' ", "'").rstrip("."), _cue(words, start), follows)


def _cue(words: list[_Word], start: int) -> str:
    before: list[str] = []
    sorts = 0
    for word in reversed(words[max(0, start - 4) : start]):
        if word.is_sign and word.text != MASK:
            if not before and word.text in {",", "(", ":", "–", "—", "\n", '"', "“"} or word.text.strip() == "-":
                before.append(word.text.strip() or "\n")
            break
        is_sort = not before and not word.is_capital and word.is_sign is False and not word.is_small and not word.is_of and words[start].is_capital
        if is_sort and not sorts:
            sorts += 1
            continue  # "à la copropriété Les Acacias": the sort of company is no part of its cue
        if not (word.is_small or word.is_of or word.folded in CIVILITIES or "'" in word.folded):
            if not before:
                before.append("*")
            break
        before.append(word.folded)
    return " ".join(reversed(before))


def _cued(cue: str, kind: str) -> float:
    """2 for words that tell the kind, 1 for words that allow it, 0 for others."""
    words = cue.split()
    if kind == "name" and len(words) > 1 and words[-1] in {"di", "de", "of", "for", "von", "del"}:
        words = words[:-1]
    tails = {" ".join(words[-count:]) for count in (1, 2, 3)}
    if tails & _STRONG[kind]:
        return 2.0
    # An article or a possessive may stand between the telling word and what it tells.
    bare = [word for word in words if word not in {"the", "a", "an", "la", "le", "l", "les", "der", "die", "das", "dem", "el", "il", "lo", "our", "un", "une", "now", "nouveau", "nouvelle", "new", "local", "neue"}]
    tails |= {" ".join(bare[-count:]) for count in (1, 2, 3)}
    if tails & _STRONG[kind]:
        return 1.7
    return 1.0 if tails & _ALL_CUES[kind] else 0.0


def _of_name(span: Span, words: list[_Word], clues: Clues, *, has_capitals: bool) -> float:
    shown = span.text if span.text[:1].isupper() or has_capitals else span.text.title()
    known = person(shown)
    inner = words[span.start : span.end]
    if (known is None and not span.text.islower()) or any(field_of(word.text) and len(word.text) > 1 and not word.is_capital for word in inner):
        return -1.0
    is_small = has_capitals and not all(word.is_capital or word.folded in PARTICLES for word in inner)
    if is_small:
        known = person(span.text.title())
        if known is None or any(word.is_capital for word in inner) or clues.local(known.name) < _SURELY:
            return -1.0
    if known is None:
        return -1.0
    content = [word for word in known.words if word not in PARTICLES]
    local = clues.local(known.name)
    cue = _cued(span.cue, "name")
    traits = traits_of(shown)
    points = 3.2 * local + 1.1 * cue + 0.8 * (span.cue.split(" ")[-1] in CIVILITIES) - 1.0
    after = [word.folded for word in words[span.end : span.end + 2]]
    # "Dave from Lumen Tile called": a given name alone, where a sentence begins with it and says whence.
    begins = len(content) == 1 and span.cue in {"", "\n", "."} and after[:1] and after[0] in {"from", "de", "von", "da", "di", "chez", "at"} and span.end + 1 < len(words) and words[span.end + 1].is_capital
    points += 3.4 * bool(begins)
    # "Pascale Hénin, je suis gestionnaire": who is named says "I" next.
    points += 1.5 * (span.follows == "," and " ".join(word.folded for word in words[span.end + 1 : span.end + 3]) in _SAYS_I or (span.follows == "," and words[span.end + 1 : span.end + 2] != [] and words[span.end + 1].folded in _SAYS_I))
    points += {1: -1.6, 2: 1.0, 3: 0.4}.get(len(content), -0.6)
    if not has_capitals and len(content) > 2 and local < 0.9:  # noqa: PLR2004
        points -= 1.5
    if has_capitals and span.end < len(words) and words[span.end].is_capital and not words[span.end].is_small and not words[span.end].is_sign:
        points -= 1.2
    if span.start and has_capitals and words[span.start - 1].is_capital and not words[span.start - 1].is_small and not words[span.start - 1].is_sign and words[span.start - 1].folded not in CIVILITIES:
        points -= 1.2
    if not has_capitals and cue == 0 and local < 0.5:  # noqa: PLR2004
        return -1.0
    points -= 2.5 * traits.is_firm + 1.8 * traits.is_institution + 1.5 * traits.is_ranked + 0.4 * traits.is_doer * (local < 0.5) + 2.0 * traits.is_place  # noqa: PLR2004
    points -= 1.8 * (_cued(span.cue, "company") == 2.0 and cue < 1.5) + 1.5 * (clues.domain(span.text) > 0.7 and local < 0.5)  # noqa: PLR2004
    points -= 1.5 * any(word in DAYS_AND_MONTHS for word in content[:1])
    points += 0.3 * (span.follows in {",", "(", MASK}) - 0.02 * min(span.start, 50)
    return points


def _of_position(span: Span, clues: Clues, words: list[_Word]) -> float:
    traits = traits_of(span.text)
    if traits.person is not None and clues.local(traits.person.name) > 0.5 or field_of(span.text) or traits.is_firm or any(word.folded in DAYS_AND_MONTHS for word in words[span.start : span.end]):  # noqa: PLR2004
        return -1.0
    cue = _cued(span.cue, "position")
    points = 1.2 * traits.is_doer + 1.2 * traits.is_ranked + 0.9 * cue + 0.9 * (span.cue[-1:] in {",", "("}) - 1.6
    ends = span.follows in {",", ")", "\n", ".", ";"} or span.follows.startswith(MASK)
    points += (1.0 if cue >= 1.7 else 0.5) * ends + 0.5 * (not ends and _follows_company(span, words)) + 0.3 * (span.end - span.start - 1)  # noqa: PLR2004
    follower = words[span.end] if span.end < len(words) else None
    points -= 0.8 * (follower is not None and follower.is_capital and not follower.is_small and not follower.is_sign)
    points += 0.7 * (traits.does and not traits.is_doer)
    points -= 3.0 * (clues.domain(span.text) > 0.6) + 0.8 * traits.is_institution * (not traits.is_ranked)  # noqa: PLR2004
    points -= 1.3 * (not (traits.is_doer or traits.is_ranked)) + 1.0 * (_cued(span.cue, "company") == 2.0) + 1.2 * traits.has_figures  # noqa: PLR2004
    inner = words[span.start : span.end]
    # "Anders Holm, purchasing at Fjordline": its place alone tells a title.
    points += 1.3 * ((span.cue == "," or cue >= 1.7) and span.end < len(words) and words[span.end].folded in _AT)  # noqa: PLR2004
    if not inner[0].is_capital and any(word.is_capital and not word.text.isupper() for word in inner):
        points -= 1.4  # "directrice de Tessuti Brianza": the capital begins the company
    return points


def _follows_company(span: Span, words: list[_Word]) -> bool:
    if span.end + 1 < len(words) and words[span.end].is_of and not words[span.end + 1].is_capital:
        return False
    return span.end < len(words) and words[span.end].folded in {"at", "chez", "bei", "presso", "over", "from", "for", "of", "de", "du", "di", "del", "della", "en", "von", "von der", "who", "qui", "and", "et"}


def _of_company(span: Span, clues: Clues, words: list[_Word], *, has_capitals: bool) -> float:
    traits = traits_of(span.text)
    inner = words[span.start : span.end]
    if has_capitals and not all(word.is_capital or (word.is_of and word.folded not in _PLACING) or word.text == "&" or word.text[:1].isdigit() for word in inner):
        return -1.0
    if any(len(word.text) > 1 and field_of(word.text) and not word.is_capital for word in inner) or any(word.folded in DAYS_AND_MONTHS for word in inner[:1]):
        return -1.0
    cue = _cued(span.cue, "company")
    domain = clues.domain(span.text)
    points = 3.6 * domain if domain >= 0.45 else 0.0  # noqa: PLR2004
    points += 1.3 * cue + 2.0 * traits.is_firm + 0.9 * traits.is_institution - 1.2 - 0.9 * traits.is_doer * (domain < 0.45) - 0.9 * traits.is_ranked  # noqa: PLR2004
    if traits.person is not None:
        points -= 3.0 * clues.local(traits.person.name) * (domain < 0.9)  # noqa: PLR2004
    if cue == 0 and domain < 0.45 and not traits.is_firm and span.cue not in {"(", ",", "-", "–"}:  # noqa: PLR2004
        return -1.0
    goes_on = span.end < len(words) and not words[span.end].is_small and not words[span.end].is_sign and not words[span.end].is_of
    points -= 1.2 * (goes_on and (words[span.end].is_capital or not has_capitals))
    points += 1.2 * (span.cue == "(" and has_capitals) + 0.4 * (span.cue in {",", "-", "–"} and has_capitals)
    joins_on = span.end + 1 < len(words) and words[span.end].folded in {"&", "e", "y", "et", "und", "and"} and words[span.end + 1].is_capital
    points -= 0.9 * joins_on
    points -= 1.0 * (span.start > 0 and words[span.start - 1].is_capital and not words[span.start - 1].is_small and not words[span.start - 1].is_sign)
    points -= 0.9 * any(word.folded in {"for", "pour", "fur", "para"} for word in inner)
    points -= 1.6 * (span.end < len(words) and words[span.end].folded in {"fair", "expo", "conference", "meetup", "summit", "messe"}) + 2.0 * traits.is_place
    points += (0.3 if domain < 0.45 else 0.1) * (span.end - span.start - 1)  # noqa: PLR2004
    return points
