"""Orders carried out on the user's own words, which are text and nothing more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from carnet.assist.drafting import rendering
from carnet.assist.drafting.adding import lines_to_add
from carnet.assist.drafting.kinds import Email, Fact, Plan
from carnet.assist.drafting.passages import (
    GREETING,
    LONGEST,
    Passages,
    greeting_of,
    one_line,
    passages_of,
    sentences,
    shortened,
    swapped,
    words_meant,
)
from carnet.assist.drafting.reading import flat, language_of, unquoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.assist.drafting.kinds import Address, Language
    from carnet.assist.drafting.orders import Order
    from carnet.assist.drafting.refining import Draft

_LONGEST_FORMULA: Final = 4
_TU: Final = re.compile(r"\b(?:tu|te|toi|ton|ta|tes|t')\b|\bt'")


class Change(NamedTuple):
    """The mail that became of an order, or None; what was done, and what wasn't."""

    email: Email | None = None
    done: str = ""
    note: str = ""


def rewritten(email: Email, order: Order, draft: Draft) -> Change:
    """A mail after an order."""
    way = _WAYS.get(order.kind)
    if way is None:
        return Change(note=draft.tell("needs_model", order.source))
    return way(email, order, draft)


def _with(email: Email, passages: Passages) -> Email:
    return msgspec.structs.replace(email, body=passages.body)


def _shorten(email: Email, order: Order, draft: Draft) -> Change:
    passages = passages_of(email.body)
    if order.place is None:
        before = list(passages.paragraphs)
        passages.paragraphs = [shortened(text) for text in passages.paragraphs]
        if passages.paragraphs == before:
            return Change(note=draft.tell("shortest"))
        return Change(_with(email, passages), draft.tell("shorten"))
    nth = _index(passages, order)
    if nth is None:
        return Change(note=draft.tell("no_paragraph", order.source))
    short = shortened(passages.paragraphs[nth])
    if short == passages.paragraphs[nth]:
        return Change(note=draft.tell("shortest"))
    passages.paragraphs[nth] = short
    return Change(_with(email, passages), draft.tell("shorten_paragraph"))


def _index(passages: Passages, order: Order) -> int | None:
    place = order.place
    if place is None:
        return None
    count = len(passages.paragraphs)
    if place.paragraph is not None:
        at = place.paragraph - 1 if place.paragraph > 0 else count + place.paragraph
        return at if 0 <= at < count else None
    at = _sentence_at(passages, place.sentence or 1)[0]
    return at if at >= 0 else None


def _sentence_at(passages: Passages, wanted: int) -> tuple[int, int]:
    """The paragraph and the place in it of a sentence of the whole; -1 where there is none."""
    places = [(nth, at) for nth, text in enumerate(passages.paragraphs) for at in range(len(sentences(text)))]
    at = wanted - 1 if wanted > 0 else len(places) + wanted
    return places[at] if 0 <= at < len(places) else (-1, -1)


def _delete(email: Email, order: Order, draft: Draft) -> Change:
    passages = passages_of(email.body)
    folded = flat(order.value)
    if order.place is not None:
        return _delete_place(email, passages, order, draft)
    if re.match(r"(?:la |ma |the |my )?signature$", folded) and passages.ending:
        passages.ending = passages.ending.partition("\n")[0]
    elif re.match(r"(?:la |the )?(?:salutation|greeting|formule d'appel)$", folded) and passages.greeting:
        passages.greeting = ""
    else:
        return _delete_words(email, passages, order, draft)
    return _if_left(email, passages, draft)


def _delete_place(email: Email, passages: Passages, order: Order, draft: Draft) -> Change:
    place = order.place
    if place is None:
        return Change(note=draft.tell("unknown", order.source))
    if place.sentence is None:
        nth = _index(passages, order)
        if nth is None:
            return Change(note=draft.tell("no_paragraph", order.source))
        del passages.paragraphs[nth]
        return _if_left(email, passages, draft)
    if place.paragraph is not None:
        nth = _index(passages, order)
        within = sentences(passages.paragraphs[nth]) if nth is not None else []
        at = place.sentence - 1 if place.sentence > 0 else len(within) + place.sentence
    else:
        nth, at = _sentence_at(passages, place.sentence)
        within = sentences(passages.paragraphs[nth]) if nth >= 0 else []
    if nth is None or not 0 <= at < len(within):
        return Change(note=draft.tell("no_paragraph", order.source))
    _drop(passages, nth, {at})
    return _if_left(email, passages, draft)


def _drop(passages: Passages, nth: int, gone: set[int]) -> None:
    kept = [text for at, text in enumerate(sentences(passages.paragraphs[nth])) if at not in gone]
    if kept:
        passages.paragraphs[nth] = " ".join(kept)
    else:
        del passages.paragraphs[nth]


def _delete_words(email: Email, passages: Passages, order: Order, draft: Draft) -> Change:
    about = re.match(
        (
            r"(?:the |la |le )?(?:sentence|phrase|passage|part|partie|bit|line|ligne|mention)(?: (?:about|on|"
            r"of|that mentions|sur|qui parle de|concernant|de|du|au sujet de)) ?(?:the |la |le |les |l')?"
        ),
        flat(order.value),
    )
    wanted = unquoted(order.value[about.end() :] if about else words_meant(order.value))
    is_found = False
    if wanted:
        for nth in reversed(range(len(passages.paragraphs))):
            hits = {at for at, text in enumerate(sentences(passages.paragraphs[nth])) if flat(wanted) in flat(text)}
            if hits:
                is_found = True
                _drop(passages, nth, hits)
    return _if_left(email, passages, draft) if is_found else Change(note=draft.tell("not_found", wanted))


def _if_left(email: Email, passages: Passages, draft: Draft) -> Change:
    if not any(text.strip() for text in passages.paragraphs):
        return Change(note=draft.tell("only_one"))
    return Change(_with(email, passages), draft.tell("delete"))


def _add(email: Email, order: Order, draft: Draft) -> Change:
    passages = passages_of(email.body)
    language = language_of(email.body, draft.language)
    address: Address = "tu" if language == "fr" and _TU.search(email.body.lower()) else "vous"
    lines = lines_to_add(order.value, language)
    speaks: Language = (
        "fr" if any((line.own or next(iter(line.facts.values()), None) or _NOTHING).fr for line in lines) else "en"
    )
    plan = Plan(language=speaks if any(line.own or line.facts for line in lines) else language, address=address)
    said = " ".join(text for line in lines if (text := rendering.sentence(line, plan, "normal")))
    if not said:
        return Change(note=draft.tell("empty", order.source))
    if len(said) + len(email.body) > LONGEST:
        return Change(note=draft.tell("too_long"))
    passages.paragraphs.insert(0 if order.at_start else len(passages.paragraphs), said)
    return Change(_with(email, passages), draft.tell("add", said))


def _replace(email: Email, order: Order, draft: Draft) -> Change:
    old, new = (order.value, order.other) if order.kind == "replace" else (order.other, order.value)
    old, new = old.strip(), new.strip()
    if not any(map(str.isalnum, old)):
        return Change(note=draft.tell("empty", order.source))
    subject, in_subject = swapped(email.subject, old, new)
    body, in_body = swapped(email.body, old, new)
    if not in_subject + in_body:
        return Change(note=draft.tell("not_found", old))
    if len(body) > LONGEST:
        return Change(note=draft.tell("too_long"))
    if not subject.strip() or not body.strip():
        return Change(note=draft.tell("only_one"))
    return Change(
        msgspec.structs.replace(email, subject=" ".join(subject.split()) if in_subject else email.subject, body=body),
        draft.tell("replace", old, new),
    )


def _subject(email: Email, order: Order, draft: Draft) -> Change:
    value = one_line(order.value)
    if not value:
        return Change(note=draft.tell("empty", order.source))
    return Change(msgspec.structs.replace(email, subject=value), draft.tell("subject", value))


def _greeting(email: Email, order: Order, draft: Draft) -> Change:
    value = greeting_of(order.value)
    if not value:
        return Change(note=draft.tell("empty", order.source))
    if not GREETING.match(flat(value)) and len(value.split()) > _LONGEST_FORMULA:
        return _add(email, type(order)("add", order.value, at_start=True, source=order.source), draft)
    passages = passages_of(email.body)
    passages.greeting = value
    return Change(_with(email, passages), draft.tell("greeting", value))


def _signature(email: Email, order: Order, draft: Draft) -> Change:
    value = one_line(order.value)
    if not value:
        return Change(note=draft.tell("empty", order.source))
    passages = passages_of(email.body)
    words = passages.ending.partition("\n")[0].strip()
    passages.ending = f"{words}\n{value}" if words else value
    return Change(_with(email, passages), draft.tell("signature", value))


def _sign_off(email: Email, order: Order, draft: Draft) -> Change:
    value = one_line(order.value)
    if not value:
        return Change(note=draft.tell("empty", order.source))
    ended = value if value.endswith((",", ".", "!")) else f"{value},"
    passages = passages_of(email.body)
    signature = passages.ending.partition("\n")[2].strip()
    passages.ending = f"{ended}\n{signature}".strip()
    return Change(_with(email, passages), draft.tell("sign_off", ended))


_NOTHING: Final = Fact()
_WAYS: Final[dict[str, Callable[[Email, Order, Draft], Change]]] = {
    "shorten": _shorten,
    "delete": _delete,
    "add": _add,
    "add_sentence": _add,
    "act": _add,
    "replace": _replace,
    "instead": _replace,
    "subject": _subject,
    "greeting": _greeting,
    "signature": _signature,
    "sign_off": _sign_off,
}
