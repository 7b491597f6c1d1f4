"""The English sentences with which people meet: introductions, reunions, appointments (see `wordings`)."""

from __future__ import annotations

from typing import Final

MEETINGS: Final[dict[str, tuple[str, ...]]] = {
    # ---- introduction
    "introduction.subject": ("~{bare proposal}^Introduction~",),
    "introduction.naming": ("Introduction~: {company}~",),
    "introduction.presenting": ("Introducing {person}",),
    "introduction.opener": (
        "My name is {name}~, and I work at {company}~.",
        (
            "<I would like to introduce myself: my name is|I would like to introduce myself: my name is|I'm> {name}"
            "~, and I work at {company}~."
        ),
    ),
    "introduction.company": (
        "I would like to introduce {ours}~, {company}~.",
        "<I am writing to introduce|I'm writing to introduce> {ours}~, {company}~.",
    ),
    "introduction.proposal": (
        "I would like to propose {proposal}.",
        "<I am writing to propose|I'm writing to propose|I'm getting in touch to suggest> {proposal}.",
    ),
    "introduction.other": ("I would like to introduce {person} to you.",),
    "introduction.who": ("<I am|I'm> {who}.",),
    "introduction.context": (
        "",
        "",
        "It would be a good occasion to get to know each other and to talk about our work.",
    ),
    "introduction.ask": (
        "Would you be available for a short call?",
        (
            "<Would you be available for a short conversation in the coming days?|"
            "Would you be available for a short conversation in the coming days?|"
            "Would you have a few minutes to talk in the next few days?>"
        ),
    ),
    # ---- reconnect
    "reconnect.subject": ("<Getting back in touch|Getting back in touch|Catching up>",),
    "reconnect.opener": (
        "~<We have not|We haven't> spoken {span}^I wanted to get back in touch~.",
        (
            "~<We have not|We haven't> spoken {span}, and ~I <wished to get back in touch with you|"
            "wanted to get back in touch|thought it was time to catch up>."
        ),
    ),
    "reconnect.context": (
        "How are you?",
        "<I hope that all is going well for you~ at {firm}~.|How are you~, and how are things at {firm}~?>",
    ),
    "reconnect.ask": (
        "",
        (
            "<Would you have a moment to speak in the coming weeks?|"
            "Would you have time for a call in the coming weeks?|"
            "Shall we have a call one of these days?>"
        ),
    ),
    "reconnect.more": ("", "", "It would be a good occasion to tell each other what we are working on."),
    # ---- meeting_request
    "meeting_request.subject": ("{meeting}~ {when}~?",),
    "meeting_request.opener": (
        "",
        "<I would like to arrange|I would like to arrange|I'd like to set up> {meeting} with you~ {purpose}~.",
    ),
    "meeting_request.time": (
        "",
        "<I would like to ask you for|I would like|I'd love> {meeting} of your time~ {purpose}~.",
    ),
    "meeting_request.ask": (
        "~Would you be available {when} for {meeting}^When would you be available for {meeting}~~ {purpose}~?",
        "~<Would you be available|Would you be available|Are you free> {when}^When would it suit you~?",
    ),
    "meeting_request.more": ("", "", "If another time suits you better, I will gladly adapt."),
    # ---- meeting_confirm
    "meeting_confirm.subject": ("Confirmation: {bare meeting}",),
    "meeting_confirm.opener": (
        "<I hereby confirm|I confirm|Just confirming> {meeting}.",
        "<I am writing to confirm|I'm writing to confirm|Just a quick note to confirm> {meeting}.",
    ),
    "meeting_confirm.ask": (
        "",
        (
            "<Should anything prevent you from attending, please let me know.|"
            "If anything comes up, please let me know.|"
            "If anything comes up, just let me know.>"
        ),
    ),
    "meeting_confirm.more": ("", "", "Is there anything that you would like to discuss in particular?"),
    "meeting_confirm.close": (
        "",
        "<I look forward to our meeting.|I look forward to speaking with you.|Talk to you then!>",
    ),
}
