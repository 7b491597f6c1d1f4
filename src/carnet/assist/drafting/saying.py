"""An act as sentences of a mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting.kinds import Fact, Line
from carnet.assist.drafting.lists import words_in
from carnet.assist.drafting.phrases import INFINITIVE, MEETING, determined, fact, noun_phrase, own, turned
from carnet.assist.drafting.reading import flat

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.assist.drafting.acts import Act
    from carnet.assist.drafting.kinds import Language

_THAT: Final = re.compile(r"(?:(?:simplement|bien|aussi|juste) )?(?:que |qu')|that ")
_QUESTION: Final = re.compile(
    r"(?:si |s'|quand|ou |comment|combien|pourquoi|quel|qui |ce qu|a quel|de quel|whether|if |when|"
    r"where|how|what|why|which|who)"
)
_REASON: Final = re.compile(r"(?:pour|de|du|des|d'|for|on)(?: |(?<='))")
_BECAUSE: Final = re.compile(
    r"(?:(?:à|to) \w+ )?(?:que |qu'|car |parce que |parce qu'|puisque |because |that |as |since )"
)
_CAN: Final = re.compile(
    r"(?:si |s')(?:il|elle|ils|elles) (?:peut|pourrait|peuvent|pourraient|veut bien|voudrait bien|"
    r"accepterait de|accepte de) |(?:if|whether) (?:she|he|they) (?:can|could|would|would be able to|"
    r"might) "
)
_LOWERED: Final = words_in("Le La Les Un Une Des Son Sa Ses Notre Nos Mon Ma Mes The A An Our My Her His Their")


def line(wording: str, act: Act, rest: str | None = None) -> Line:
    """A sentence of the wordings that says the rest of an act."""
    rest = act.rest if rest is None else rest
    if rest.split(" ")[0] in _LOWERED:
        rest = rest[:1].lower() + rest[1:]
    return Line(wording=wording, facts={"what": fact(rest, act.language)} if rest else {})


def lines_of(act: Act) -> tuple[Line, ...]:
    """The sentences that do an act within a mail that is about something else; none where nothing can be said."""
    say = _SAYINGS.get(act.kind)
    return say(act) if say is not None else (own(act.rest, act.language),) if act.rest else ()


def without_that(rest: str, language: Language) -> str:
    """A clause without its conjunction, turned: "qu'il peut et qu'il doit" is "vous pouvez et vous devez"."""
    clause = turned(rest, language)
    clause = re.sub(
        r"^(?:(?:simplement|bien|aussi|juste|également|lui|also) )*(?:que |qu'|that )", "", clause, flags=re.IGNORECASE
    )
    return re.sub(r" (et|and|mais|but),? (?:que |qu'|that )", r" \1 ", clause)


def because(act: Act) -> Fact | None:
    """What one thanks for, is sorry for, or is congratulated on, with its preposition; None where it isn't said."""
    rest = _reason_in(act)
    if not rest:
        return None
    folded = flat(rest)
    if act.language == "en":
        for_what = "on" if act.kind == "congratulate" else "for"
        folded = re.sub(r"^(?:on|for|about|regarding)\b ?", "", folded)
        rest = rest[len(rest) - len(folded) :]
        if re.match(r"(?:that|because|as|since)\b", folded):
            return None
        return fact(f"{for_what} {_determined_reason(rest)}", "en") if rest else None
    if re.match(r"(?:d'|de |du |des )", folded) and act.kind == "thank":
        return fact(rest, "fr")
    rest = re.sub(r"^(?:pour|de|d')(?: |(?<='))", "", rest, flags=re.IGNORECASE)
    rest = re.sub(r"^du ", "le ", re.sub(r"^des ", "les ", rest, flags=re.IGNORECASE), flags=re.IGNORECASE)
    if re.match(r"(?:que|qu'|car|parce)\b", flat(rest)):
        return None
    is_verb = INFINITIVE.match(flat(rest)) and not re.match(r"(?:l[ea]s?|l'|son|sa) ?\w+", flat(rest))
    return fact("pour " + (rest if is_verb else determined(rest, "fr")), "fr") if rest else None


def _reason_in(act: Act) -> str:
    """The rest without a name before its preposition: "inès pour sa visite"."""
    if _REASON.match(act.flat):
        return act.rest
    named = re.match(r"(?:[^\W\d_]+ ){1,3}?(?=" + _REASON.pattern + ")", act.flat)
    return act.rest[named.end() :] if named is not None else act.rest


def reason_apart(act: Act) -> tuple[Line, ...]:
    """What follows "because" as a sentence of its own."""
    clause = _BECAUSE.match(act.flat)
    return (own(act.rest[clause.end() :], act.language),) if clause is not None and clause.end() < len(act.rest) else ()


def _determined_reason(rest: str) -> str:
    return rest if rest.split(" ", maxsplit=1)[0].endswith("ing") else determined(rest, "en")


def _reason(wording: str) -> Callable[[Act], tuple[Line, ...]]:
    def say(act: Act) -> tuple[Line, ...]:
        reason = because(act)
        if reason is None and _THAT.match(act.flat):
            return (Line(wording=wording), own(act.rest, act.language))
        return (Line(wording=wording, facts={"what": reason} if reason else {}),)

    return say


def _tell(act: Act) -> tuple[Line, ...]:  # noqa: PLR0911 - each thing that may be told
    folded, rest = act.flat, act.rest
    if _THAT.match(folded):
        return (own(without_that(rest, act.language), act.language),)
    if re.match(r"de |d'", folded) and INFINITIVE.match(re.sub(r"^(?:de |d')", "", folded)):
        return (line("act.please", act, re.sub(r"^(?:de |d')", "", rest)),)
    if act.language == "en" and folded.startswith("to "):
        return (line("act.please", act, rest[3:]),)
    if re.match(r"(?:de |d'|du |des |about |of )", folded):
        return (line("act.inform", act, noun_phrase(rest, act.language)),)
    if not rest:
        return ()
    if folded in {"hi", "hello", "bonjour", "coucou", "salut"}:
        return (Line(wording="act.news"),)
    if act.language == "en" and rest.startswith("not to "):
        return (own(f"Please do not {rest[7:]}", "en"),)
    is_clause = re.search(
        (
            r"\b(?:est|sont|a|ont|sera|seront|suis|ai|avons|sommes|vais|is|are|was|were|has|have|will|can|we|"
            r"i|je|nous|on)\b"
        ),
        folded,
    )
    return (own(rest, act.language),) if is_clause or rest.endswith((".", "!", "?")) else (line("act.note", act),)


def _announce(act: Act) -> tuple[Line, ...]:
    if act.language == "en" and act.flat.startswith("that "):
        return (own(act.rest[5:], "en"),)
    return (line("act.announce", act, _without_to(act.rest)),) if act.rest else ()


def _without_to(rest: str) -> str:
    return re.sub(r"(?: (?:à|to) (?:[A-ZÉÈ]\w+|him|her|them|lui|elle))$", "", rest)


def _ask(act: Act) -> tuple[Line, ...]:  # noqa: PLR0911 - each thing that may be asked
    folded, rest = act.flat, act.rest
    if not rest:
        return ()
    if re.match(
        (
            r"(?:de )?(?:ses|leurs) nouvelles|(?:comment (?:il|elle) va|how (?:she|he) is(?: doing)?$|how "
            r"(?:she|he)'s doing)"
        ),
        folded,
    ):
        return (Line(wording="act.news"),)
    able = _CAN.match(folded)
    if able is not None and (act.language == "en" or INFINITIVE.match(folded[able.end() :])):
        return (line("act.please", act, rest[able.end() :]),)
    if _QUESTION.match(folded):
        return (line("act.know", act),)
    without = re.sub(r"^(?:de |d'|to )", "", rest)
    if without != rest and (act.language == "en" or INFINITIVE.match(flat(without))):
        return (line("act.please", act, without),)
    if act.language == "en":
        about = re.sub(r"^about ", "", rest)
        if about != rest:
            return (line("act.know", act, f"more about {about}"),)
        return (line("act.need", act, determined(re.sub(r"^for ", "", rest), "en")),)
    if act.flat.startswith(("que ", "qu'")):
        return (line("act.want", act, re.sub(r"^(?:que |qu')", "que ", rest)),)
    return (line("act.need", act, determined(rest, "fr")),)


def _confirm(act: Act) -> tuple[Line, ...]:
    rest = act.rest if _THAT.match(act.flat) else determined(act.rest, act.language)
    return (line("act.confirm", act, rest),) if rest else ()


def _remind(act: Act) -> tuple[Line, ...]:
    rest = act.rest
    if not rest:
        return ()
    if act.language == "fr":
        return (line("act.remind", act, rest if _THAT.match(act.flat) else noun_phrase(rest, "fr")),)
    if not re.match(r"(?:that|of|about|when|where|how)\b", rest):
        rest = f"of {determined(rest, 'en')}"
    return (line("act.remind", act, rest),)


def _propose(act: Act) -> tuple[Line, ...]:
    if not act.rest:
        return ()
    if act.flat.startswith("that "):
        return (line("act.propose", act),)
    lines = (line("act.propose", act, act.rest),)
    return (*lines, Line(wording="act.suits")) if MEETING[act.language].search(act.flat) else lines


def _send(act: Act) -> tuple[Line, ...]:
    to_us = re.match(r"(?:me|us) ", act.rest) if act.language == "en" else re.search(r"-(moi|nous) ?$", act.verb)
    if to_us is not None and act.rest:
        sent = "m'envoyer" if to_us[0].startswith("-moi") else "nous envoyer"
        asked = f"send {act.rest}" if act.language == "en" else f"{sent} {act.rest}"
        return (line("act.please", act, asked),)
    return (line("act.send", act, determined(_without_to(act.rest), act.language)),) if act.rest else ()


def _welcome(act: Act) -> tuple[Line, ...]:
    return (own(f"Welcome {act.rest.rstrip(' .!')}".rstrip() + "!", "en"),)


def _invite(act: Act) -> tuple[Line, ...]:
    rest = act.rest
    if act.language == "en":
        return (line("act.invite", act, rest if rest.startswith(("to ", "for ")) else f"to {rest}"),) if rest else ()
    if not rest.startswith(("à ", "au ", "aux ", "pour ")):
        where = re.search(r" (?=(?:à|au|aux|pour) )", rest)
        rest = rest[where.end() :] if where is not None else rest
    rest = re.sub(r"^aux ", "les ", re.sub(r"^au ", "le ", re.sub(r"^(?:à|pour) ", "", rest)))
    return (line("act.invite", act, rest),) if rest else ()


def _must(verb: str, verbe: str) -> Callable[[Act], tuple[Line, ...]]:
    def say(act: Act) -> tuple[Line, ...]:
        rest = determined(act.rest, act.language)
        if act.language == "fr":
            rest = re.sub(r"^(?:le|la) (?=rendez-vous|rdv|réunion|visio|démo|rencontre)", "notre ", rest)
        else:
            rest = re.sub(r"^the (?=meeting|call|appointment|demo)", "our ", rest)
        return (line("act.must", act, f"{verbe if act.language == 'fr' else verb} {rest}"),) if rest else ()

    return say


def _with(wording: str, *, article: bool = True) -> Callable[[Act], tuple[Line, ...]]:
    def say(act: Act) -> tuple[Line, ...]:
        rest = determined(act.rest, act.language) if article else act.rest
        return (line(wording, act, rest),) if rest else ()

    return say


_SAYINGS: Final[dict[str, Callable[[Act], tuple[Line, ...]]]] = {
    "thank": _reason("thank_you.thank_too"),
    "sorry": _reason("apology.opener"),
    "congratulate": _reason("congratulate.opener"),
    "birthday": lambda _act: (Line(wording="birthday.opener"),),
    "reconnect_news": lambda _act: (Line(wording="act.news"),),
    "reconnect": lambda _act: (),
    "call_me": lambda act: (
        (line("act.call_me", act, ""),)
        if not act.rest
        else (Line(wording="act.call_me", facts={"when": fact(act.rest, act.language)}),)
    ),
    "ask": _ask,
    "tell": _tell,
    "announce": _announce,
    "remind": _remind,
    "remember": lambda act: (line("act.remember", act),),
    "remind_to": lambda act: (line("act.remember", act),),
    "propose": _propose,
    "propose_to": lambda act: (line("act.offer_to", act, re.sub(r"^s'", "nous ", re.sub(r"^se ", "nous ", act.rest))),),
    "offer_to": lambda act: (line("act.offer_to", act),),
    "offer": _with("act.offer", article=False),
    "meet": _propose,
    "introduce": _with("act.present"),
    "send": _send,
    "confirm": _confirm,
    "invite": _invite,
    "wish": _with("act.wish", article=False),
    "accept": _with("act.accept"),
    "decline": _with("act.decline"),
    "cancel": _must("cancel", "annuler"),
    "postpone": _must("postpone", "reporter"),
    "received": lambda act: (line("act.received", act, noun_phrase(act.rest, act.language)),) if act.rest else (),
    "welcome": _welcome,
    "recommend": _with("act.recommend", article=False),
    "want": lambda act: (line("act.want", act),),
    "about": lambda act: (line("act.about", act, determined(act.rest, act.language)),) if act.rest else (),
    "chase": lambda act: (
        Line(
            wording="follow_up.opener",
            facts={"what": fact(noun_phrase(act.rest, act.language), act.language)} if act.rest else {},
        ),
    ),
}
