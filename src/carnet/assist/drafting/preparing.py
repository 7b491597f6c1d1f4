"""A draft out of an instruction."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from carnet.assist.drafting import composing, translating
from carnet.assist.drafting.acts import Act, act_of, begins_act, wanted
from carnet.assist.drafting.kinds import Drafted, Email, Line, Paragraph, Plan
from carnet.assist.drafting.lists import words_in
from carnet.assist.drafting.orders import Order, begins_order, order_of
from carnet.assist.drafting.reading import clauses, flat, language_of, tidied, without_question
from carnet.assist.drafting.refining import Draft
from carnet.assist.drafting.rendering import render, sentence
from carnet.assist.drafting.told import INTENTS, told
from carnet.assist.drafting.wordings import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.assist.drafting.kinds import Language, Recipient, Sender, Version

_STRICT: Final = words_in("""
    subject greeting signature sign_off cc bcc to translate language tu vous firm formal casual warm
""")
"""Orders that are never an act."""
_TONES: Final = frozenset({"firm", "formal", "casual", "warm"})
_LOOSE: Final = frozenset({"shorten", "lengthen"})
_SELF: Final = re.compile(r"(?:i|i'm|i'll|we|we're|je|j'|nous|on|il|elle|c'est|it|there)(?: |(?<=')|')")
_COURTESIES: Final = words_in("bonjour hello hi salut hey please stp svp pls thanks")
"""Said to us, not to the reader."""
_IN_LANGUAGE: Final = re.compile(r",? (?:en|in) (anglais|english|francais|french)$")
_HEADED: Final = (
    ("shorten", re.compile(
r"\b(?:short|brief|quick|court|bref|courte|breve|petit)\b(?: \w+)? (?:e-?mail|mail|note|message|"
r"mot|courriel|thank)|\b(?:e-?mail|mail|message|mot|courriel) (?:court|bref|rapide)\b"
)),
    ("formal", re.compile(
r"\bformal\b(?: \w+)? (?:e-?mail|mail|note|message|letter)|\b(?:e-?mail|mail|message|courriel|"
r"lettre) (?:formel|officiel|professionnel)(?:le)?\b"
)),
    ("warm", re.compile(
r"\b(?:friendly|warm)\b(?: \w+)? (?:e-?mail|mail|note|message)|\b(?:message|mail|mot) (?:amical|"
r"chaleureux)\b"
)),
    ("casual", re.compile(
r"\b(?:casual|informal)\b(?: \w+)? (?:e-?mail|mail|note|message)|\b(?:e-?mail|mail|message|mot|"
r"courriel) (?:decontracte|informel|amical)\b"
)),
)  # fmt: skip
_WARMABLE: Final = words_in("""
    thank_you follow_up_meeting follow_up quote_follow_up invoice_reminder meeting_request meeting_confirm other
""")


@dataclass
class Understood:
    """What an instruction says: acts, orders about the draft, and what was no use."""

    acts: list[Act] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def understood(message: str, language: Language) -> Understood:
    """An instruction read clause by clause."""
    read = Understood()

    def begins(text: str) -> bool:
        return begins_order(text) or begins_act(text, language) or _SELF.match(flat(text)) is not None

    for clause in clauses(message, begins):
        _read(clause, language, read)
    for kind, pattern in _HEADED:
        if pattern.search(flat(message[:100])) and not any(order.kind == kind for order in read.orders):
            read.orders.append(Order(kind, source=message))
    read.unused += [act.rest for act in read.acts if act.kind == "unknown"]
    read.acts = [act for act in read.acts if act.kind != "unknown"]
    subjects = [act for act in read.acts if act.kind == "about"]
    if len(read.acts) > len(subjects):
        read.unused += [act.rest for act in subjects]
        read.acts = [act for act in read.acts if act.kind != "about"]
    return read


def _read(clause: str, language: Language, read: Understood) -> None:
    if flat(clause).strip(" ,.!") in _COURTESIES:
        return
    order = order_of(clause)
    if order is not None and order.kind in _STRICT and (order.kind not in _TONES or act_of(clause, language) is None):
        read.orders.append(order)
        return
    named = _IN_LANGUAGE.search(flat(clause.rstrip(" .!")))
    if named is not None:
        read.orders.append(Order("translate", named[1], source=clause))
        clause = clause[: named.start()]
    own = language_of(clause, language)
    act = act_of(clause, own) or act_of(clause, "fr" if own == "en" else "en")
    if act is not None and act.kind == "thank" and not act.rest and read.acts:
        return  # "…, thanks" is said to us
    if act is None and order is not None and order.kind in _LOOSE:
        read.orders.append(order)
    else:
        read.acts.append(act or wanted(clause, own))


def prepared(
    message: str, recipient: Recipient, sender: Sender, *, to: Sequence[str], versions: Sequence[Version]
) -> tuple[Drafted, bool]:
    """The draft that the rules make, and whether they understood all of the instruction."""
    text = without_question(tidied(message))
    spoken = language_of(text, recipient.language or sender.language)
    read = understood(text, spoken)
    is_firm = any(order.kind == "firm" for order in read.orders)
    made = composing.compose(read.acts, recipient, sender, is_firm=is_firm)
    paragraphs = made.paragraphs()
    if made.intent in _WARMABLE and paragraphs and paragraphs[0].lines[0].wording != "open.warm":
        first = msgspec.structs.replace(paragraphs[0], lines=(Line(wording="open.well"), *paragraphs[0].lines))
        paragraphs = (first, *paragraphs[1:])
    own = {act.language for act in read.acts}
    language = next(iter(own)) if len(own) == 1 else spoken
    plan = Plan(intent=made.intent, language=language, topic=made.topic, paragraphs=paragraphs)
    email = versions[-1].email if versions else Email(to=tuple(to), subject=" ", body=" ")
    notes = [told("unused", spoken, what) for what in read.unused]
    if not read.acts and not read.unused:
        notes.append(told("nothing_asked", spoken))
    wished = [order for order in read.orders if order.kind in {"translate", "language"}]
    if wished:
        plan, said = _in_language(plan, "en" if flat(wished[-1].value).startswith(("angl", "engl")) else "fr", spoken)
        notes += said
    draft = Draft(spoken, recipient, sender, render(plan, recipient, sender, email), plan)
    draft.applied.append(told("drafted", spoken, INTENTS[plan.intent][spoken == "en"]))
    for order in read.orders:
        if order.kind not in {"translate", "language", "firm"}:
            draft.apply(order)
            if order.source != text:
                draft.admit(order)
    drafted = Drafted(
        email=draft.email, plan=draft.plan, applied=tuple(draft.applied), not_applied=(*notes, *draft.not_applied)
    )
    return drafted, bool(read.acts) and not notes and plan.intent != "other"


def _in_language(plan: Plan, language: Language, spoken: Language) -> tuple[Plan, list[str]]:
    """A plan in the language that was asked for, without what can't be said in it; as it was if nothing is left."""
    if plan.language == language:
        return plan, []
    changed, failed = translating.translated(plan, language)
    notes = [told("untranslated", spoken, phrase) for phrase in failed]
    paragraphs = tuple(
        Paragraph(lines=kept)
        for each in changed.paragraphs
        if (kept := tuple(line for line in each.lines if _is_sayable(line, changed)))
    )
    is_left = any(line.wording.partition(".")[0] not in {"open", "close"} for each in paragraphs for line in each.lines)
    if not is_left:
        return plan, notes
    topic = changed.topic if _is_sayable(changed.topic, changed) else Line(wording="other.subject")
    return msgspec.structs.replace(changed, paragraphs=paragraphs, topic=topic), notes


def _is_sayable(line: Line, plan: Plan) -> bool:
    """Whether a sentence can be said in the plan's language with the facts that are known in it."""
    known = {name for name, fact in line.facts.items() if (fact.fr if plan.language == "fr" else fact.en) is not None}
    if line.own is not None:
        return bool(sentence(line, plan, "normal"))
    bare = re.sub(r"~[^~]*~", "", wording(line.wording, plan.language, "normal"))
    return set(re.findall(r"\{(?:de |à |bare )?(\w+)\}", bare)) <= known
