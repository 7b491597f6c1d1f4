"""A draft on its way through the orders of an instruction, one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting import replanning, rewriting
from carnet.assist.drafting.acts import act_of, begins_act
from carnet.assist.drafting.addressing import addresses_in, with_recipients, without_recipients
from carnet.assist.drafting.kinds import Drafted
from carnet.assist.drafting.lists import words_in
from carnet.assist.drafting.orders import Order, begins_order, order_of, words_beyond
from carnet.assist.drafting.reading import clauses, flat, language_of, tidied, without_question
from carnet.assist.drafting.rendering import render
from carnet.assist.drafting.told import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.assist.drafting.kinds import Email, Language, Plan, Recipient, Sender, Version

MOST_CLAUSES: Final = 50
"""Of an instruction, so that what each of them costs has a bound."""
_FIELDS: Final = frozenset({"cc", "bcc", "to"})
_WHOLE: Final = words_in("shorten lengthen formal casual warm firm tu vous translate")
_ORDERING: Final = re.compile(
    r"(?:rends?|rendre|fais|faire|mets?|utilise|ecris|reformule|reecris|insiste|parle|evite|garde|cite|donne|utilise|"
    r"make|write|use|keep|put|talk|emphasi[sz]e|rephrase|rewrite|avoid|turn|give|sound|be)(?:-l[ea])? \w"
)
_ALSO: Final = ("aussi", "egalement", "also", "too", "ajoute", "add")


@dataclass
class Draft:
    """A mail that orders change. Without a plan its words are the user's own."""

    language: Language
    """Of the instruction, in which the user is told what was done."""
    recipient: Recipient
    sender: Sender
    email: Email
    plan: Plan | None
    applied: list[str] = field(default_factory=list)
    not_applied: list[str] = field(default_factory=list)
    beyond: list[tuple[str, str]] = field(default_factory=list)
    """What a model might do: the clause, and the note that it leaves in `not_applied` unless it is done."""
    steps_back: int = 0

    def apply(self, order: Order) -> None:
        """Do what is ordered, or say why not."""
        if order.kind in _FIELDS:
            self._address(order)
        elif order.kind == "uncopy":
            self._take_off(order)
        elif self.plan is not None:
            outcome = replanning.replanned(self.plan, order, self)
            if outcome.plan is not None:
                self._become(outcome.plan)
            self._tell(outcome.done, outcome.note, order)
        else:
            change = rewriting.rewritten(self.email, order, self)
            if change.email is not None:
                self.email = change.email
            self._tell(change.done, change.note, order)

    def tell(self, name: str, what: str = "", other: str = "") -> str:
        """A sentence in the language of the instruction."""
        return told(name, self.language, what, other)

    def admit(self, order: Order) -> None:
        """Say what of an order about the whole was left out: "shorter, in verse"."""
        left = words_beyond(order) if order.kind in _WHOLE and self.applied else ()
        if left:
            note = self.tell("unused", " ".join(left))
            self.not_applied.append(note)
            self.beyond.append((order.source, note))

    def refuse(self, clause: str) -> None:
        """Say that a clause wasn't understood."""
        note = self.tell("unknown", clause)
        self.not_applied.append(note)
        self.beyond.append((clause, note))

    def go_back(self, versions: Sequence[Version], count: int) -> None:
        """Return to an earlier version, as far as there is one."""
        possible = min(count, len(versions) - 1 - self.steps_back)
        if possible < 1:
            self.not_applied.append(self.tell("no_undo"))
            return
        self.steps_back += possible
        version = versions[-1 - self.steps_back]
        self.email, self.plan = version.email, version.plan
        self.applied = [self.tell("undo") if self.steps_back == 1 else self.tell("undo_many", str(self.steps_back))]

    def _become(self, plan: Plan) -> None:
        self.plan = plan
        self.email = render(plan, self.recipient, self.sender, self.email)

    def _tell(self, done: str, note: str, order: Order) -> None:
        if done:
            self.applied.append(done)
        if note:
            self.not_applied.append(note)
            if not done and order.kind != "undo":
                self.beyond.append((order.source, note))

    def _address(self, order: Order) -> None:
        good, bad = addresses_in(order.source)
        self.not_applied += [self.tell("bad_address", address) for address in bad]
        if good:
            is_instead = order.kind == "to" and not any(word in flat(order.source) for word in _ALSO)
            self.email = with_recipients(self.email, order.kind, good, instead=is_instead)
            self.applied.append(self.tell(order.kind, ", ".join(good)))
        elif not bad:
            self.not_applied.append(self.tell("no_address", order.source))

    def _take_off(self, order: Order) -> None:
        self.email, gone = without_recipients(self.email, order.value)
        if gone:
            self.applied.append(self.tell("uncopy", ", ".join(gone)))
        else:
            self.not_applied.append(self.tell("not_found", order.value))


def refined(instruction: str, recipient: Recipient, sender: Sender, *, versions: Sequence[Version]) -> Draft:
    """The last version, changed as far as the rules understand the instruction."""
    text = without_question(tidied(instruction))
    current = versions[-1]
    written_in = current.plan.language if current.plan is not None else language_of(current.email.body, sender.language)
    spoken = language_of(text, written_in)
    draft = Draft(spoken, recipient, sender, current.email, current.plan)

    def begins(text: str) -> bool:
        return begins_order(text) or begins_act(text, spoken) or _ORDERING.match(flat(text)) is not None

    parts = clauses(text, begins)
    for clause in parts[:MOST_CLAUSES]:
        order = order_of(clause)
        if order is not None and order.kind == "undo":
            draft.go_back(versions, int(order.value))
        elif order is not None:
            draft.apply(order)
            draft.admit(order)
        elif act_of(clause, language_of(clause, spoken)) is not None:
            draft.apply(Order("act", clause, source=clause))
        else:
            draft.refuse(clause)
    if len(parts) > MOST_CLAUSES:
        draft.not_applied.append(draft.tell("unused", ". ".join(parts[MOST_CLAUSES:])))
    if not parts:
        draft.not_applied.append(draft.tell("nothing_asked"))
    return draft


def drafted(draft: Draft) -> Drafted:
    """What became of it."""
    return Drafted(
        email=draft.email,
        plan=draft.plan,
        applied=tuple(draft.applied),
        not_applied=tuple(draft.not_applied),
        steps_back=draft.steps_back,
    )
