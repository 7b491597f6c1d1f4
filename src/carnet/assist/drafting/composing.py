"""Acts as the plan of a mail: the one that it is about, and the others within it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting import chasing, meetings
from carnet.assist.drafting.composition import Composition, line, take
from carnet.assist.drafting.kinds import Line
from carnet.assist.drafting.phrases import as_it_is, fact
from carnet.assist.drafting.rendering import sayable
from carnet.assist.drafting.saying import because, lines_of, reason_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from carnet.assist.drafting.acts import Act
    from carnet.assist.drafting.kinds import Recipient, Sender

_JOB: Final = re.compile(
    r"\b(?:poste|promotion|nomination|fonctions?|embauche|job|position|role|appointment|promoted)\b"
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
    chasing.invoice,
    _thank,
    _apology,
    _congratulate,
    chasing.chase,
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
