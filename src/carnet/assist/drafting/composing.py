"""Acts as the plan of a mail: the one that it is about, and the others within it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting import meetings, phrases, times
from carnet.assist.drafting.composition import Composition, line, take
from carnet.assist.drafting.kinds import Fact, Line
from carnet.assist.drafting.phrases import as_it_is, fact
from carnet.assist.drafting.reading import flat
from carnet.assist.drafting.rendering import sayable
from carnet.assist.drafting.saying import because, lines_of, reason_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from carnet.assist.drafting.acts import Act
    from carnet.assist.drafting.kinds import Recipient, Sender

_JOB: Final = re.compile(
    r"\b(?:poste|promotion|nomination|fonctions?|embauche|job|position|role|appointment|promoted)\b"
)
_SENT: Final = re.compile(
    r" (?:(?:que )?(?:je|nous|on)? ?(?:l'|lui |leur )?(?:avons |ai |a )?(?:envoyee?s?|transmise?s?|"
    r"adressee?s?|remise?s?|recue?s?|faite?s?)|date|(?:that )?(?:i|we)(?: have|'ve)? (?:sent|gave|"
    r"emailed|made)|sent|from|of) ?(?=.)"
)
_DUE: Final = re.compile(
    r"(?:(?:l'|d')?(?:echeance|date limite)|(?:the )?(?:due date|deadline|it (?:is|was) due)|due)(?: "
    r"(?:est|etait|is|was|fixee|prevue|of))* ?(?P<due>.*)"
)


def _birthday(made: Composition, acts: list[Act]) -> bool:
    found = next((act for act in acts if act.kind == "birthday"), None)
    if found is None:
        return False
    acts.remove(found)
    made.begin(
        "congratulate",
        line("birthday.subject"),
        line("birthday.opener"),
        line("birthday.context"),
        line("birthday.more"),
    )
    return True


def _reconnect(made: Composition, acts: list[Act]) -> bool:
    if not any(act.kind in {"reconnect", "reconnect_news"} for act in acts):
        return False
    span = None
    for act in [act for act in acts if act.kind in {"reconnect", "span", "reconnect_news"}]:
        since = re.search(r"(?:depuis|since|for|in) (?:.+)", act.flat)
        if since and act.kind == "span":
            span = fact(act.rest[since.start() :], act.language)
        elif act.kind == "span" and act.rest and (length := re.match(r"(.+?)(?: (?:que|qu'|since).*|$)", act.flat)):
            span = fact(f"{'depuis' if act.language == 'fr' else 'for'} {act.rest[: length.end(1)]}", act.language)
        elif (
            since
            and not span
            and re.search(r"\b(?:ans?|mois|semaines?|longtemps|years?|months?|while|ages|\d{4})\b", act.flat)
        ):
            span = fact(act.rest[since.start() :], act.language)
        acts.remove(act)
    firm = sayable(made.recipient.company)
    made.begin(
        "reconnect",
        line("reconnect.subject"),
        line("reconnect.opener", span=span),
        line("reconnect.context", firm=as_it_is(firm) if firm else None),
    )
    made.asks += [line("reconnect.ask"), line("reconnect.more")]
    made.close.append(line("close.soon"))
    return True


def _thank(made: Composition, acts: list[Act]) -> bool:
    act = take(acts, "thank")
    if act is None:
        return False
    reason = because(act)
    made.begin(
        "thank_you",
        line("thank_you.subject", what=reason),
        line("thank_you.opener", what=reason),
        line("thank_you.context"),
        line("thank_you.ask"),
    )
    made.close.append(line("close.soon"))
    return True


def _apology(made: Composition, acts: list[Act]) -> bool:
    act = take(acts, "sorry")
    if act is None:
        return False
    reason = because(act)
    we = as_it_is("") if re.search(r"\b(?:nous|nos|our|we)\b", act.verb) else None
    made.begin(
        "apology",
        line("apology.subject", what=reason, we=we),
        line("apology.opener", what=reason, we=we),
        line("apology.context"),
    )
    made.opener.extend(reason_apart(act) if reason is None else ())
    made.close.append(line("close.listen"))
    return True


def _congratulate(made: Composition, acts: list[Act]) -> bool:
    act = take(acts, "congratulate")
    if act is None:
        return False
    reason = because(act)
    wish = "congratulate.job" if _JOB.search(act.flat) else "congratulate.more"
    made.begin(
        "congratulate",
        line("congratulate.subject", what=reason),
        line("congratulate.opener", what=reason),
        line("congratulate.context"),
        line(wish),
    )
    made.close.append(line("close.soon"))
    return True


def _invoice(made: Composition, acts: list[Act]) -> bool:
    first = acts[0] if acts else None
    if first is None or first.kind not in {"send", "chase", "remind", "ask"} or not phrases.INVOICE.search(first.flat):
        return False
    acts.pop(0)
    rest, language = first.rest, first.language
    due = None
    for act in [first, *(each for each in acts if each.kind in {"remind", "tell"})]:
        found = _DUE.search(act.flat)
        if found is not None and found["due"].strip():
            due = _due_of(act.rest[found.start("due") : found.end("due")], language)
            if act is first:
                rest = rest[: found.start()].rstrip(" ,-(")
            else:
                acts.remove(act)
            break
    rest = re.sub(r"(?: (?:dont|avec|with|by|en|et|and|which is|whose))+$", "", rest)
    phrase = re.sub(
        r"^(?:le (?:paiement|règlement) de |l'échéance de |(?:the )?payment (?:of|for) )",
        "",
        phrases.noun_phrase(re.sub(r"^(?:to pay|for payment of|de payer|de régler) ", "", rest), language),
    )
    phrase = phrases.noun_phrase(phrase, language)
    if not re.search(r"\b(?:factures?|invoices?)\b", phrase.lower()):
        phrase = "notre facture" if language == "fr" else "our invoice"
    if re.search(r"\b(?:impay|unpaid|overdue)\w* ?$", phrase) is None and language == "fr":
        phrase = re.sub(r"^facture\b", "la facture", phrase)
    # Who asks for the payment needs not say that it is missing.
    phrase = re.sub(r"\b(?:unpaid|overdue|outstanding) | impayée?\b(?! depuis)", "", phrase)
    before = None
    if due is None:
        head, moment, tail = times.parted(phrase, language)
        if re.match(r"(?:avant|d'ici|by|before) ", moment) and not tail:
            phrase, before = head, fact(moment, language)
    invoice = fact(phrase, language)
    is_sent = first.kind == "send"
    made.begin(
        "invoice_reminder",
        line("invoice_reminder.subject", invoice=invoice, due=due),
        line("invoice_reminder.sending" if is_sent else "invoice_reminder.opener", invoice=invoice),
    )
    if due is not None:
        made.opener.append(line("invoice_reminder.due", due=due))
    made.asks += (
        [line("invoice_reminder.before", due=before)]
        if before is not None
        else (
            [line("invoice_reminder.thanks")]
            if is_sent
            else [
                line("invoice_reminder.firm" if made.is_firm else "invoice_reminder.ask"),
                line("invoice_reminder.more"),
            ]
        )
    )
    made.close.append(line("close.questions"))
    return True


def _due_of(text: str, language: str) -> Fact:
    text = text.strip(" .:)(")
    if language == "en":
        return fact(times.placed(re.sub(r"^(?:date )?(?:of|is|the date of) ", "", text), "en"), "en")
    text = re.sub(r"^(?:du|le|:) ?", "au ", text)
    return fact(text if re.match(r"(?:au|à|en|fin|début|dans|demain|aujourd)", text) else f"au {text}", "fr")


def _chase(made: Composition, acts: list[Act]) -> bool:
    act = acts[0] if acts and acts[0].kind in {"chase", "remind", "ask"} else None
    if act is None or (
        act.kind != "chase"
        and not (phrases.QUOTE.search(act.flat) and act.kind == "remind" and not act.flat.startswith(("que", "that")))
    ):
        return False
    acts.pop(0)
    language = act.language
    if phrases.QUOTE.search(act.flat):
        phrase = phrases.noun_phrase(act.rest, language)
        sent = _SENT.search(flat(phrase))
        quote, when = (phrase[: sent.start()], phrase[sent.start() :]) if sent else (phrase, "")
        quote, when = (phrase, "") if phrases.QUOTE.search(flat(quote)) is None else (quote, when)
        facts = {"quote": fact(quote, language), "when": fact(when, language) if when else None}
        last = "quote_follow_up.firm" if made.is_firm else "quote_follow_up.context"
        made.begin(
            "quote_follow_up",
            line("quote_follow_up.subject", quote=facts["quote"]),
            line("quote_follow_up.opener", **facts),
        )
        made.asks += [line("quote_follow_up.ask"), line(last), line("quote_follow_up.more")]
        made.close.append(line("close.questions"))
    elif phrases.MET.search(act.flat) or not act.rest:
        is_told = bool(act.rest)
        topic = re.search(
            r" (?:au sujet (?:de |d'|du |des )|à propos (?:de |d'|du |des )|about |regarding |concernant )", act.rest
        )
        about = (
            fact(phrases.noun_phrase(act.rest[topic.start() + 1 :], language), language)
            if topic and topic.start()
            else None
        )
        rest = act.rest[: topic.start()] if about and topic else act.rest
        met = sayable(made.recipient.met)
        facts = {
            "meeting": fact(phrases.our_meeting(rest, language), language)
            if is_told
            else Fact(fr="notre échange", en="our conversation"),
            "met": as_it_is(met)
            if met and not re.search(r"\b(?:salon|foire|show|fair|conference)\b|\bà\b|\bat\b", act.flat)
            else None,
        }
        if not is_told and not met:
            made.begin("follow_up", line("follow_up.subject"), line("follow_up.opener"))
            made.asks.append(line("follow_up.ask"))
            made.close.append(line("close.questions"))
            return True
        made.begin(
            "follow_up_meeting",
            line("follow_up_meeting.subject", meeting=facts["meeting"]),
            line("follow_up_meeting.opener", **facts),
        )
        if about is not None or not acts:
            made.opener.append(line("follow_up_meeting.context", topic=about))
        made.asks += [line("follow_up_meeting.ask"), line("follow_up_meeting.more")]
        made.close.append(line("close.soon"))
    else:
        what = fact(phrases.noun_phrase(act.rest, language), language)
        made.begin("follow_up", line("follow_up.subject", what=what), line("follow_up.opener", what=what))
        made.asks.append(line("follow_up.ask"))
        made.close.append(line("close.questions"))
    return True


def _other(made: Composition) -> None:
    first = made.middle[0] if made.middle else None
    topic = first if first is not None else Line()
    if not made.middle:
        made.middle.append(line("open.warm"))
    made.begin("other", topic)
    if len(made.middle) == 1 or not any("act." in line.wording for line in made.middle):
        made.close.append(line("close.questions"))


_BUILDERS: Final[tuple[Callable[[Composition, list[Act]], bool], ...]] = (
    _birthday,
    _reconnect,
    _invoice,
    _thank,
    _apology,
    _congratulate,
    _chase,
    meetings.confirm,
    meetings.introduce,
    meetings.request,
)
"""In this order: what is particular before what is general."""


def compose(acts: Sequence[Act], recipient: Recipient, sender: Sender, *, is_firm: bool) -> Composition:
    """What the acts make together. The first that can bear a mail does; the others are said within it."""
    made = Composition(recipient, sender, is_firm)
    rest = list(acts)
    any(build(made, rest) for build in _BUILDERS)
    made.middle.extend(said for act in rest for said in lines_of(act))
    if not made.intent:
        _other(made)
    return made
