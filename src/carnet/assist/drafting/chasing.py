"""Invoices, quotes and meetings that are followed up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting import phrases, times
from carnet.assist.drafting.composition import line
from carnet.assist.drafting.kinds import Fact
from carnet.assist.drafting.phrases import as_it_is, fact
from carnet.assist.drafting.reading import flat
from carnet.assist.drafting.rendering import sayable

if TYPE_CHECKING:
    from carnet.assist.drafting.acts import Act
    from carnet.assist.drafting.composition import Composition
    from carnet.assist.drafting.kinds import Language

_SENT: Final = re.compile(
    r" (?:(?:que )?(?:je|nous|on)? ?(?:l'|lui |leur )?(?:avons |ai |a )?(?:envoyee?s?|transmise?s?|"
    r"adressee?s?|remise?s?|recue?s?|faite?s?)|date|(?:that )?(?:i|we)(?: have|'ve)? (?:sent|gave|"
    r"emailed|made)|sent|from|of) ?(?=.)"
)
_DUE: Final = re.compile(
    r"(?:(?:l'|d')?(?:echeance|date limite)|(?:the )?(?:due date|deadline|it (?:is|was) due)|due)(?: "
    r"(?:est|etait|is|was|fixee|prevue|of))* ?(?P<due>.*)"
)
_TOPIC: Final = re.compile(
    r" (?:au sujet (?:de |d'|du |des )|à propos (?:de |d'|du |des )|about |regarding |concernant )"
)
_PLACED: Final = re.compile(r"\b(?:salon|foire|show|fair|conference)\b|\bà\b|\bat\b")
_PAYING: Final = re.compile(r"^(?:to pay|for payment of|de payer|de régler) ")
_PAYMENT: Final = re.compile(r"^(?:le (?:paiement|règlement) de |l'échéance de |(?:the )?payment (?:of|for) )")
_UNPAID: Final = re.compile(r"\b(?:unpaid|overdue|outstanding) | impayée?\b(?! depuis)")
_LEFT_OVER: Final = re.compile(r"(?: (?:dont|avec|with|by|en|et|and|which is|whose))+$")


def invoice(made: Composition, acts: list[Act]) -> bool:
    """An invoice that is sent or not paid, with the day on which it is due."""
    first = acts[0] if acts else None
    if first is None or first.kind not in {"send", "chase", "remind", "ask"} or not phrases.INVOICE.search(first.flat):
        return False
    acts.pop(0)
    rest, due = _due(first, acts)
    phrase, before = (
        _before(_invoice_in(rest, first.language), first.language)
        if due is None
        else (
            _invoice_in(rest, first.language),
            None,
        )
    )
    named = fact(phrase, first.language)
    is_sent = first.kind == "send"
    made.begin(
        "invoice_reminder",
        line("invoice_reminder.subject", invoice=named, due=due),
        line("invoice_reminder.sending" if is_sent else "invoice_reminder.opener", invoice=named),
    )
    if due is not None:
        made.opener.append(line("invoice_reminder.due", due=due))
    if before is not None:
        made.asks.append(line("invoice_reminder.before", due=before))
    elif is_sent:
        made.asks.append(line("invoice_reminder.thanks"))
    else:
        asked = "invoice_reminder.firm" if made.is_firm else "invoice_reminder.ask"
        made.asks += [line(asked), line("invoice_reminder.more")]
    made.close.append(line("close.questions"))
    return True


def _due(first: Act, acts: list[Act]) -> tuple[str, Fact | None]:
    """What is left of the first act without the day on which an invoice is due, and that day, of it or another."""
    for act in [first, *(each for each in acts if each.kind in {"remind", "tell"})]:
        found = _DUE.search(act.flat)
        if found is None or not found["due"].strip():
            continue
        due = _due_of(act.rest[found.start("due") : found.end("due")], first.language)
        if act is first:
            return first.rest[: found.start()].rstrip(" ,-("), due
        acts.remove(act)
        return first.rest, due
    return first.rest, None


def _due_of(text: str, language: Language) -> Fact:
    text = text.strip(" .:)(")
    if language == "en":
        return fact(times.placed(re.sub(r"^(?:date )?(?:of|is|the date of) ", "", text), "en"), "en")
    text = re.sub(r"^(?:du|le|:) ?", "au ", text)
    return fact(text if re.match(r"(?:au|à|en|fin|début|dans|demain|aujourd)", text) else f"au {text}", "fr")


def _invoice_in(rest: str, language: Language) -> str:
    """The invoice that an act names. Who asks for the payment needs not say that it is missing."""
    phrase = phrases.noun_phrase(_PAYING.sub("", _LEFT_OVER.sub("", rest)), language)
    phrase = _UNPAID.sub("", phrases.noun_phrase(_PAYMENT.sub("", phrase), language))
    if not re.search(r"\b(?:factures?|invoices?)\b", phrase.lower()):
        return "notre facture" if language == "fr" else "our invoice"
    return re.sub(r"^facture\b", "la facture", phrase) if language == "fr" else phrase


def _before(phrase: str, language: Language) -> tuple[str, Fact | None]:
    """An invoice without the moment before which it is to be paid, and that moment."""
    head, moment, tail = times.parted(phrase, language)
    if re.match(r"(?:avant|d'ici|by|before) ", moment) and not tail:
        return head, fact(moment, language)
    return phrase, None


def chase(made: Composition, acts: list[Act]) -> bool:
    """A quote, a meeting, or whatever else somebody waits for an answer about."""
    act = acts[0] if acts and acts[0].kind in {"chase", "remind"} else None
    is_quote = act is not None and phrases.QUOTE.search(act.flat) is not None
    if act is None or (act.kind == "remind" and (not is_quote or act.flat.startswith(("que", "qu'", "that")))):
        return False
    acts.pop(0)
    if is_quote:
        _quote(made, act)
    elif phrases.MET.search(act.flat) or (not act.rest and sayable(made.recipient.met)):
        _meeting(made, act, is_alone=not acts)
    else:
        what = fact(phrases.noun_phrase(act.rest, act.language), act.language) if act.rest else None
        made.begin("follow_up", line("follow_up.subject", what=what), line("follow_up.opener", what=what))
        made.asks.append(line("follow_up.ask"))
        made.close.append(line("close.questions"))
    return True


def _quote(made: Composition, act: Act) -> None:
    phrase = phrases.noun_phrase(act.rest, act.language)
    sent = _SENT.search(flat(phrase))
    if sent is not None and not phrases.QUOTE.search(flat(phrase[: sent.start()])):
        sent = None
    quote = fact(phrase[: sent.start()] if sent else phrase, act.language)
    when = fact(phrase[sent.start() :], act.language) if sent else None
    made.begin(
        "quote_follow_up",
        line("quote_follow_up.subject", quote=quote),
        line("quote_follow_up.opener", quote=quote, when=when),
    )
    last = "quote_follow_up.firm" if made.is_firm else "quote_follow_up.context"
    made.asks += [line("quote_follow_up.ask"), line(last), line("quote_follow_up.more")]
    made.close.append(line("close.questions"))


def _meeting(made: Composition, act: Act, *, is_alone: bool) -> None:
    topic = _TOPIC.search(act.rest)
    about, rest = None, act.rest
    if topic is not None and topic.start():
        about = fact(phrases.noun_phrase(act.rest[topic.start() + 1 :], act.language), act.language)
        rest = act.rest[: topic.start()]
    met = sayable(made.recipient.met)
    meeting = Fact(fr="notre échange", en="our conversation")
    if act.rest:
        meeting = fact(phrases.our_meeting(rest, act.language), act.language)
    place = as_it_is(met) if met and not _PLACED.search(act.flat) else None
    made.begin(
        "follow_up_meeting",
        line("follow_up_meeting.subject", meeting=meeting),
        line("follow_up_meeting.opener", meeting=meeting, met=place),
    )
    if about is not None or is_alone:
        made.opener.append(line("follow_up_meeting.context", topic=about))
    made.asks += [line("follow_up_meeting.ask"), line("follow_up_meeting.more")]
    made.close.append(line("close.soon"))
