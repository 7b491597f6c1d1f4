"""What a clause of an instruction wants the mail to do: thank, ask, remind, offer, and in whose words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting import acts_en, acts_fr, conjugation, times
from carnet.assist.drafting.reading import flat, politely

if TYPE_CHECKING:
    from carnet.assist.drafting.kinds import Language

_TITLE: Final = r"(?:(?:Mme|Mlle|M\.|Madame|Monsieur|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Maître) )"
_NAMED: Final = re.compile(
    rf"^(?!I\b|I')(?:(?:à|to) )?(?:{_TITLE}?(?:[A-ZÉÈÀÂÎÔÇ][\w'\u2019-]+ ?){{1,4}}|{_TITLE})"
    r"(?=(?:pour|de|du|des|d'|que|qu'|si|s'|à|au|aux|une?|la|le|les|l'|mon|notre|nos|quand|where|when|"
    r"for|that|whether|if|to|about|on|of|an?|the|our|my|her|his)\b|[,:.]|$)"
)
_CALLED: Final = re.compile(
    r"^(?:(?:(?:a|to|au|with|avec) )?(?:him|her|them|elle|lui|le client|la cliente|client|cliente|mon "
    r"contact|ce client|cette cliente|ma cliente|mon client|"
    r"the client|the customer|my client|my contact|this contact|this client|toute? l'equipe|tout le monde)\b[ ,]?)"
)


_SHORTEST_ORDER: Final = 4
_OF_THINGS: Final = frozenset({"introduce", "send", "announce", "recommend"})
"""Acts whose object may be a name."""
_APART: Final = re.compile(
    r"(?:$|(?:for|that|to|whether|if|of|about|on|when|where|how|what|why|the|an?|our|my|some|invoice|"
    r"in|at|by|with|and|know|\d|[^\w\s]|us|all|happy|well|good|it|i|we|she|he|because|as|since)\b|"
    r"[^\w])"
)
_WISHES: Final = re.compile(r"(?:bonn?e? |joyeu(?:x|ses?) |meilleurs voeux|happy |merry |good luck|best wishes)")
_ORDERED: Final = re.compile(
    r"^\w+-(?:lui|la|le|les|leur|moi|nous)\b|^(?:ecri[st]|redige|prepare|fais|envoie|write|draft|prepare|make) "
    r"|^(?!je |j'|nous |on |il |elle |i |we |it |the |le |la |les |l'|un |une |notre |nos |mon |ma |mes |our |my |an? |"
    r"son |sa |ses |his |her |their |votre |vos |ton |ta |tes |your |you |tu |vous |this |that |ce |"
    r"c'|cette |there |she |he |they )"
    r"\S+ (?:.{0,60} )?(?:lui|son|sa|ses|leurs?|her|him|them|his|their|myself|me|us)\b"
)
"""What is said to us about the reader, and so is no sentence for the reader."""
_JOINED: Final = re.compile(r"^(?:to|and|et) (?=\w)")
_CLAUSE: Final = re.compile(r"que |qu'|that ")


@dataclass(frozen=True, slots=True)
class Act:
    """A thing that the mail is to do, with the words that follow its verb."""

    kind: str
    rest: str = ""
    language: Language = "fr"
    verb: str = ""
    """What named it, folded."""

    @property
    def flat(self) -> str:
        """The rest in small letters without accents."""
        return flat(self.rest)


def act_of(clause: str, language: Language) -> Act | None:
    """The act that a clause orders in a language; None where it orders none that is known."""
    asked = politely(clause)
    for _ in range(3):
        heading = (acts_fr.HEADING if language == "fr" else acts_en.HEADING).match(flat(asked))
        if heading is None or heading.end() >= len(asked) or not heading[0]:
            break
        asked = _without_person(asked[heading.end() :].lstrip(" :,"))
        asked = _JOINED.sub("", asked)
        if _CLAUSE.match(flat(asked)):
            return Act("tell", asked, language, "")
    folded = flat(asked)
    for kind, pattern in acts_fr.ACTS if language == "fr" else acts_en.ACTS:
        match = pattern.match(folded)
        if match is None:
            continue
        named = match.groupdict().get("rest")
        rest = asked[match.start("rest") : match.end("rest")] if named is not None else ""
        rest = _without_person(rest) if kind not in _OF_THINGS else rest[_whom_end(rest) :]
        return Act(kind, rest.strip(" ,:"), language, folded[: match.start("rest")])
    return None


def begins_act(text: str, language: Language) -> bool:
    """Whether an act begins where a text does."""
    return act_of(text, language) is not None


def wanted(clause: str, language: Language) -> Act:
    """What a clause wants that no verb we know begins: a wish, a sentence to write as it is, or a subject."""
    asked = politely(clause)
    first, _, rest = asked.partition(" ")
    folded, following = flat(first), flat(rest).partition(" ")[0]
    if language == "en":
        if folded in acts_en.OTHER_VERBS and following:
            return Act("want", _without_person(asked[:1].lower() + asked[1:], keep=True), "en")
    elif (
        conjugation.infinitive(first)
        and (following in acts_fr.AFTER_ORDERS or first.endswith("ez"))
        and len(first) > _SHORTEST_ORDER
    ):
        return Act("want", f"{conjugation.infinitive(first)} {rest}", "fr")
    if _WISHES.match(flat(asked)):
        return Act("own", f"{asked.rstrip(' .!')}{' !' if language == 'fr' else '!'}", language)
    if _ORDERED.search(flat(asked)):
        return Act("unknown", asked, language)
    is_sentence = (acts_fr.SENTENCE if language == "fr" else acts_en.SENTENCE).search(flat(asked)) is not None
    return Act("own" if is_sentence or asked.endswith("?") else "about", asked, language)


def _without_person(rest: str, *, keep: bool = False) -> str:
    """The rest without the reader's name or pronoun at its beginning."""
    if keep:
        return rest
    rest = rest.lstrip(" ,:")
    called = _whom_end(rest)
    if called:
        return rest[called:].lstrip(" ,")
    named = _NAMED.match(rest[:120])
    return rest[named.end() :].lstrip(" ,") if named is not None and not times.begins(rest) else rest


def _whom_end(rest: str) -> int:
    """Where the pronoun for the reader ends that a phrase begins with, or 0."""
    called = _CALLED.match(flat(rest[:60]))
    # "her visit" is no pronoun: what follows one is a phrase of its own, or nothing.
    if called is None or (called[0].strip(" ,").endswith("her") and not _APART.match(flat(rest[called.end() :]))):
        return 0
    return called.end()
