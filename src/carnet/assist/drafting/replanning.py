"""Orders carried out on a plan, so that the draft is written again rather than cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting import parts, rendering, resizing
from carnet.assist.drafting.adding import lines_to_add
from carnet.assist.drafting.kinds import Fact, Line, Paragraph, Plan
from carnet.assist.drafting.parts import Outcome, changed
from carnet.assist.drafting.passages import GREETING, LONGEST, SIGN_OFF, greeting_of, one_line, swapped, words_meant
from carnet.assist.drafting.reading import flat, unquoted
from carnet.assist.drafting.translating import translated

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.assist.drafting.kinds import Language, Tone
    from carnet.assist.drafting.orders import Order
    from carnet.assist.drafting.refining import Draft

_LONGEST_FORMULA: Final = 4
"""Words of a greeting or ending that isn't known as one."""
_TONES: Final[tuple[Tone, ...]] = ("formal", "plain", "casual")


def replanned(plan: Plan, order: Order, draft: Draft) -> Outcome:
    """A plan after an order."""
    return _WAYS.get(order.kind, _unknown)(plan, order, draft)


def _unknown(_plan: Plan, order: Order, draft: Draft) -> Outcome:
    return Outcome(note=draft.tell("unknown", order.source))


# ---- tone


def _tone(plan: Plan, order: Order, draft: Draft) -> Outcome:
    at = _TONES.index(plan.tone) + (-1 if order.kind == "formal" else 1)
    if not 0 <= at < len(_TONES):
        if order.kind == "formal" and plan.address == "tu":
            return Outcome(changed(plan, address="vous"), draft.tell("formal"))
        return Outcome(note=draft.tell("already", order.source))
    address = "vous" if order.kind == "formal" else plan.address
    done = draft.tell(order.kind)
    if address != plan.address and plan.language == "fr":
        done = f"{done} {draft.tell('vous')}"
    return Outcome(changed(plan, tone=_TONES[at], address=address), done)


def _address(plan: Plan, order: Order, draft: Draft) -> Outcome:
    if plan.language == "en":
        return Outcome(note=draft.tell("no_tu"))
    if order.kind == plan.address:
        return Outcome(note=draft.tell("already", order.source))
    if order.kind == "vous":
        return Outcome(
            changed(plan, address="vous", tone="plain" if plan.tone == "casual" else plan.tone), draft.tell("vous")
        )
    tone: Tone = "plain" if plan.tone == "formal" else "casual"
    return Outcome(changed(plan, address="tu", tone=tone), draft.tell("tu"))


def _warm(plan: Plan, order: Order, draft: Draft) -> Outcome:
    lines = [line.wording for each in plan.paragraphs for line in each.lines]
    if "open.warm" in lines or "act.news" in lines or (plan.length == "long" and "open.well" in lines):
        return Outcome(note=draft.tell("already", order.source))
    first = Paragraph(lines=(Line(wording="open.warm"),))
    kept = tuple(
        changed(each, lines=tuple(line for line in each.lines if line.wording != "open.well"))
        for each in plan.paragraphs
    )
    if kept:
        first = changed(kept[0], lines=(*first.lines, *kept[0].lines))
    tone: Tone = "plain" if plan.tone == "formal" else plan.tone
    return Outcome(changed(plan, tone=tone, paragraphs=(first, *kept[1:])), draft.tell("warm"))


def _firm(plan: Plan, order: Order, draft: Draft) -> Outcome:
    swap = {"quote_follow_up.context": "quote_follow_up.firm", "invoice_reminder.ask": "invoice_reminder.firm"}
    if not any(line.wording in swap for each in plan.paragraphs for line in each.lines):
        return Outcome(note=draft.tell("unknown", order.source))
    paragraphs = tuple(
        changed(each, lines=tuple(changed(line, wording=swap.get(line.wording, line.wording)) for line in each.lines))
        for each in plan.paragraphs
    )
    return Outcome(changed(plan, paragraphs=paragraphs), draft.tell("firm"))


# ---- words of the user's


def _subject(plan: Plan, order: Order, draft: Draft) -> Outcome:
    value = one_line(order.value)
    if not value:
        return Outcome(note=draft.tell("empty", order.source))
    return Outcome(changed(plan, subject=value), draft.tell("subject", value))


def _greeting(plan: Plan, order: Order, draft: Draft) -> Outcome:
    value = greeting_of(order.value)
    if not value:
        return Outcome(note=draft.tell("empty", order.source))
    is_greeting = GREETING.match(flat(value)) or len(value.split()) <= _LONGEST_FORMULA
    if not is_greeting or re.match(r"(?:une|un|a|an|le|la|the|en|by) ", value.lower()):
        return _add(plan, _to_add(order, order.value), draft)
    return Outcome(changed(plan, greeting=value), draft.tell("greeting", value))


def _to_add(order: Order, value: str) -> Order:
    """An order to put words at the beginning."""
    return type(order)("add", value, at_start=True, source=order.source)


def _signature(plan: Plan, order: Order, draft: Draft) -> Outcome:
    value = one_line(order.value)
    if not value:
        return Outcome(note=draft.tell("empty", order.source))
    return Outcome(changed(plan, signature=value), draft.tell("signature", value))


def _sign_off(plan: Plan, order: Order, draft: Draft) -> Outcome:
    value = one_line(order.value)
    if not value:
        return Outcome(note=draft.tell("empty", order.source))
    if not SIGN_OFF.match(flat(value)) and len(value.split()) > _LONGEST_FORMULA:
        return _add(plan, type(order)("add", order.value, source=order.source), draft)
    ended = value if value.endswith((",", ".", "!")) else f"{value},"
    return Outcome(changed(plan, sign_off=ended), draft.tell("sign_off", ended))


def _add(plan: Plan, order: Order, draft: Draft) -> Outcome:
    lines = lines_to_add(order.value, plan.language)
    if not lines:
        return Outcome(note=draft.tell("empty", order.source))
    said = [text for line in lines if (text := rendering.sentence(line, plan, "normal"))]
    if not said:
        return Outcome(note=draft.tell("untranslated", order.value))
    if len(draft.email.body) + sum(map(len, said)) > LONGEST:
        return Outcome(note=draft.tell("too_long"))
    new = Paragraph(lines=lines)
    ends = plan.paragraphs and all(line.wording.startswith("close.") for line in plan.paragraphs[-1].lines)
    at = 0 if order.at_start else len(plan.paragraphs) - bool(ends)
    paragraphs = (*plan.paragraphs[:at], new, *plan.paragraphs[at:])
    return Outcome(changed(plan, paragraphs=paragraphs), draft.tell("add", " ".join(said)))


# ---- what goes and what changes


def _delete(plan: Plan, order: Order, draft: Draft) -> Outcome:
    folded = flat(order.value)
    if re.match(r"(?:la |ma |the |my )?signature$", folded):
        return Outcome(changed(plan, signature=""), draft.tell("delete"))
    if re.match(r"(?:la |the )?(?:salutation|greeting|formule d'appel)$", folded):
        return Outcome(changed(plan, greeting=""), draft.tell("delete"))
    if order.place is not None:
        return _delete_place(plan, order, draft)
    about = re.match(
        (
            r"(?:(?:the |la |le |l')?(?:sentence|phrase|passage|paragraph|paragraphe|part|partie|bit|line|"
            r"ligne|mention|reference|tout ce|everything|question)(?: (?:about|on|of|to|with|that mentions|"
            r"mentioning|sur|qui parle de|qui concerne|concernant|de|du|des|au sujet de|a propos de|qui "
            r"mentionne|avec))) ?(?:the |la |le |les |l')?"
        ),
        folded,
    )
    wanted = unquoted(order.value[about.end() :] if about else words_meant(order.value))
    hits = {
        (nth, at)
        for nth, at in parts.sentences_of(plan)
        if flat(wanted)
        in flat(rendering.sentence(plan.paragraphs[nth].lines[at], plan, plan.paragraphs[nth].length or plan.length))
    }
    if not hits or not wanted:
        return Outcome(note=draft.tell("not_found", wanted))
    return _without(plan, hits, draft)


def _delete_place(plan: Plan, order: Order, draft: Draft) -> Outcome:
    place = order.place
    if place is None:
        return Outcome(note=draft.tell("unknown", order.source))
    nth = parts.nth_of(parts.visible(plan), place.paragraph) if place.paragraph is not None else None
    said = [each for each in parts.sentences_of(plan) if nth is None or each[0] == nth]
    if place.paragraph is not None and nth is None:
        return Outcome(note=draft.tell("no_paragraph", order.source))
    if place.sentence is not None:
        at = place.sentence - 1 if place.sentence > 0 else len(said) + place.sentence
        if not 0 <= at < len(said):
            return Outcome(note=draft.tell("no_paragraph", order.source))
        said = [said[at]]
    return _without(plan, set(said), draft)


def _without(plan: Plan, gone: set[tuple[int, int]], draft: Draft) -> Outcome:
    for nth, at in tuple(gone):
        following = plan.paragraphs[nth].lines[at + 1 : at + 2]
        if following and following[0].wording == "act.suits":
            gone.add((nth, at + 1))
    paragraphs = tuple(
        changed(each, lines=kept)
        for nth, each in enumerate(plan.paragraphs)
        if (kept := tuple(line for at, line in enumerate(each.lines) if (nth, at) not in gone))
    )
    rest = changed(plan, paragraphs=paragraphs)
    if not rendering.texts(rest):
        return Outcome(note=draft.tell("only_one"))
    return Outcome(rest, draft.tell("delete"))


def _replace(plan: Plan, order: Order, draft: Draft) -> Outcome:
    old, new = (order.value, order.other) if order.kind == "replace" else (order.other, order.value)
    old, new = old.strip(), new.strip()
    if not any(map(str.isalnum, old)):
        return Outcome(note=draft.tell("empty", order.source))
    email = rendering.render(plan, draft.recipient, draft.sender, draft.email)
    _text, count = swapped(f"{email.subject}\n{email.body}", old, new)
    if not count:
        return Outcome(note=draft.tell("not_found", old))
    if count * len(new) + len(email.body) > LONGEST:
        return Outcome(note=draft.tell("too_long"))
    replaced = _with_facts(plan, old, new)
    greeting, ending = rendering.greeting(plan, draft.recipient), rendering.ending(plan, draft.recipient, draft.sender)
    if swapped(greeting, old, new)[1]:
        replaced = changed(replaced, greeting=swapped(greeting, old, new)[0])
    words, _, signature = ending.partition("\n")
    if swapped(words, old, new)[1]:
        replaced = changed(replaced, sign_off=swapped(words, old, new)[0])
    if swapped(signature, old, new)[1]:
        replaced = changed(replaced, signature=swapped(signature, old, new)[0])
    left = rendering.render(replaced, draft.recipient, draft.sender, draft.email)
    if swapped(new, old, "")[1] == 0 and swapped(f"{left.subject}\n{left.body}", old, new)[1]:
        replaced = changed(replaced, replaced=(*plan.replaced, (old, new)))
    return Outcome(replaced, draft.tell("replace", old, new))


def _with_facts(plan: Plan, old: str, new: str) -> Plan:
    def fact(given: Fact) -> Fact:
        return (
            Fact(**{plan.language: swapped(said, old, new)[0]})
            if (said := given.fr if plan.language == "fr" else given.en) and swapped(said, old, new)[1]
            else given
        )

    def line(given: Line) -> Line:
        own = fact(given.own) if given.own is not None else None
        return changed(given, own=own, facts={name: fact(each) for name, each in given.facts.items()})

    paragraphs = tuple(changed(each, lines=tuple(map(line, each.lines))) for each in plan.paragraphs)
    subject = swapped(plan.subject, old, new)[0] if plan.subject is not None else None
    return changed(plan, paragraphs=paragraphs, topic=line(plan.topic), subject=subject or plan.subject)


def _translate(plan: Plan, order: Order, draft: Draft) -> Outcome:
    language: Language = "en" if flat(order.value).startswith(("angl", "engl")) else "fr"
    if plan.language == language:
        return Outcome(note=draft.tell("already", order.source))
    found, failed = translated(plan, language)
    if plan.subject is not None:
        failed = (*failed, plan.subject)
    if failed:
        return Outcome(note=" ".join(draft.tell("untranslated", phrase) for phrase in failed[:3]))
    done = draft.tell("to_english" if language == "en" else "to_french")
    return Outcome(changed(found, greeting=None if plan.greeting else plan.greeting, sign_off=None), done)


_WAYS: Final[dict[str, Callable[[Plan, Order, Draft], Outcome]]] = {
    "shorten": resizing.resized,
    "lengthen": resizing.resized,
    "formal": _tone,
    "casual": _tone,
    "tu": _address,
    "vous": _address,
    "warm": _warm,
    "firm": _firm,
    "subject": _subject,
    "greeting": _greeting,
    "signature": _signature,
    "sign_off": _sign_off,
    "add": _add,
    "add_sentence": _add,
    "act": _add,
    "delete": _delete,
    "replace": _replace,
    "instead": _replace,
    "translate": _translate,
    "language": _translate,
}
