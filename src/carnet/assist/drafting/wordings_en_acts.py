"""The English sentences for what else a mail may do (see `wordings`)."""

from __future__ import annotations

from typing import Final

ACTS: Final[dict[str, tuple[str, ...]]] = {
    "other.subject": ("A message from {name}",),
    "act.about": ("<I am|I'm> writing about {what}.", "<I am|I'm> writing to you about {what}."),
    "act.inform": (
        "<I am|I'm> writing about {what}.",
        "<I would like to inform you about|I wanted to tell you about> {what}.",
    ),
    "act.announce": ("<I would|I would|I'd> like to share {what} with you.",),
    "act.received": ("I have received {what}.",),
    "act.note": ("For your information: {what}.",),
    "act.offer": ("I can offer you {what}.", "<I would be pleased|I would be happy|I'd be happy> to offer you {what}."),
    "act.offer_to": ("I can {what}.", "<I would be pleased|I would be happy|I'd be happy> to {what}."),
    "act.suits": ("", "Would that suit you?"),
    "act.send": ("Here is {what}.", "<I am|I'm> sending you {what}."),
    "act.propose": ("<I would|I would|I'd> like to suggest {what}.",),
    "act.need": ("<I would|I would|I'd> like to ask you for {what}.",),
    "act.know": (
        "Could you tell me {what}?",
        "<Would you be so kind as to|Could you please|Could you> let me know {what}?",
    ),
    "act.please": ("Could you {what}?", "<Would you be so kind as to|Could you please|Could you> {what}?"),
    "act.remind": (
        "<I would|I would|I'd> like to remind you {what}.",
        "<I would like|I would like|Just wanted> to remind you {what}.",
    ),
    "act.remember": ("Please remember to {what}.",),
    "act.invite": (
        "<I would|I would|I'd> like to invite you {what}.",
        "<I have the pleasure of inviting|I would like to invite|I'd love to invite> you {what}.",
    ),
    "act.wish": ("I wish you {what}.",),
    "act.accept": ("<I am pleased|I am happy|I'm happy> to accept {what}.",),
    "act.decline": (
        "Unfortunately, I have to decline {what}.",
        "<I regret that I have|Unfortunately, I have> to decline {what}.",
    ),
    "act.must": ("Unfortunately, I have to {what}.", "<I regret that I have|Unfortunately, I have> to {what}."),
    "act.confirm": ("<I am writing to|I can|I can> confirm {what}.",),
    "act.present": ("<I would|I would|I'd> like to introduce {what}.",),
    "act.recommend": ("<I would|I would|I'd> recommend {what}.",),
    "act.want": ("<I would|I would|I'd> like to {what}.",),
    "act.news": ("How are you?",),
    "act.call_me": ("Could you call me back~ {when}~?", "Could you <please call|please call|call> me back~ {when}~?"),
}
