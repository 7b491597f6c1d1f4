"""The English verbs and nouns that name an act."""

from __future__ import annotations

import re
from typing import Final

from carnet.assist.drafting.lists import words_in

_REST: Final = r"\b ?:? ?(?P<rest>.*)$"
_WHOM: Final = r"(?: (?:him|her|them|my contact|the (?:client|customer)))?"


def _acts(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern + _REST, re.DOTALL)) for kind, pattern in rows)


HEADING: Final = re.compile(
    r"(?:(?:(?:write|draft|prepare|compose|make|create|generate|send|do|give)(?: me| her| him| them)? "
    r")?(?:an?|the|this|my|one)? ?(?:(?:short|quick|brief|polite|little|nice|new|formal|friendly|warm|"
    r"professional|first) )*"
    r"(?:e-?mail|mail|message|note|letter|draft|reply|text|line)(?: to (?:him|her|them|the client|the "
    r"customer))?(?: (?:to|that|saying(?: that)?|which|in order to|where i)(?= )|:)? ?"
    r"|(?:reach out|get in touch)(?: (?:to|with) (?:her|him|them))? (?=to )"
    r"|(?:write|draft|email|e-?mail|message|contact)(?: to)? (?:her|him|them|me)?(?: (?:to|and|in "
    r"order to))? ?|an? (?=follow|thank|apolog|remind|introduct|invit|quick (?:thank|follow)|birthday|"
    r"congrat)"
    r"|(?:quick|short|brief|polite|friendly|gentle|nice|warm) (?=(?:\w+ )?(?:follow|thank|apolog|"
    r"remind|introduct|invit|birthday|congrat|note|chase)))"
)
ACTS: Final = _acts(
    (
        (
            "birthday",
            (
                r"(?:.{0,40}\b)?(?:happy birthday|birthday (?:wishes|message|note|greetings?|card|mail|e-?mail)|"
                r"for (?:her|his|their) birthday)|birthday"
            ),
        ),
        (
            "reconnect",
            (
                r"(?:reconnect(?:ing)?|get(?:ting)? back in(?:to)? (?:touch|contact)|catch(?:ing)? up|"
                r"re-?establish contact|renew contact|touch base|reach(?:ing)? out again|say hello again)"
            ),
        ),
        (
            "span",
            (
                r"(?:(?:as |because |since )?(?:(?:we|i) )?(?:haven't|have not|hadn't|have never|never)(?: "
                r"really)? (?:spoken|talked|been in touch|met|seen each other|heard|exchanged|caught up|seen "
                r"(?:her|him|them))(?: to (?:her|him|each other)| with (?:her|him)| from (?:her|him|them))?|"
                r"it(?:'s| has| is) been(?= (?:\w+ ){0,4}(?:years?|months?|weeks?|while|time|ages|long))|no news)"
            ),
        ),
        (
            "thank",
            (
                rf"(?:(?:thank|thanking|thanks|thank you|thank-you)(?: you)?(?: (?:note|message))?(?: so much| "
                rf"very much| warmly| sincerely| again| also)?{_WHOM}(?: warmly| again| also| too| sincerely| so "
                rf"much)?|say (?:thanks|thank you)(?: to)?{_WHOM}|express (?:our|my) (?:thanks|gratitude)(?: "
                rf"to)?{_WHOM}|gratitude)"
            ),
        ),
        (
            "sorry",
            (
                rf"(?:apologi[sz](?:e|ing)(?: (?:to)(?= (?:him|her|them)))?(?: sincerely)?|apolog(?:y|ies)|(?:say|"
                rf"tell{_WHOM}) (?:that )?(?:(?:we are|we're|i am|i'm) )?(?:so |very |really )?sorry(?: to(?= "
                rf"(?:him|her|them)))?|(?:so |very )?sorry)"
            ),
        ),
        (
            "congratulate",
            (
                r"(?:(?:tell|say)(?: (?:him|her|them|to him|to her))? (?=congrat))?(?:congratulat(?:e|ing|ions)|"
                r"congrats|well done)"
            ),
        ),
        ("call_me", r"ask(?:ing)?(?: (?:him|her|them))? to (?:call|ring|phone)(?: (?:me|us))(?: back)?"),
        (
            "chase",
            (
                r"(?:follow(?:ing|-)? ?up(?: with)?|followup|chas(?:e|ing)(?: up)?|nudg(?:e|ing)|(?:gentle |"
                r"polite |friendly )?reminder (?=(?:about|for|of|on) )|check(?:ing)? in|checking (?=on )|check "
                r"(?=on ))"
            ),
        ),
        ("remind_to", rf"remind(?:ing)?{_WHOM} to(?= \w)"),
        ("remind", r"(?:remind(?:ing)?|reminder)"),
        (
            "ask",
            (
                r"(?:ask(?:ing)?|enquir(?:e|ing)|inquir(?:e|ing)|find(?:ing)? out|check(?:ing)? (?=whether|if|"
                r"when|that)|see (?=whether|if|when)|request(?:ing)?|query)"
            ),
        ),
        (
            "tell",
            (
                rf"(?:tell(?:ing)?|inform(?:ing)?|let(?:ting)?{_WHOM}(?: \w+)? know|say(?:ing)?(?: to)?|"
                rf"explain(?:ing)?(?: to)?|mention(?:ing)?|note|point out|stress|assur(?:e|ing)|warn(?:ing)?|"
                rf"notif(?:y|ying)|updat(?:e|ing)|add(?:ing)?|reply|answer|advise|promise)"
            ),
        ),
        ("announce", r"(?:announc(?:e|ing)|shar(?:e|ing))"),
        ("offer_to", rf"(?:offer(?:ing)?|propos(?:e|ing)){_WHOM} to(?= \w)"),
        ("offer", r"(?:offer(?:ing)?)"),
        ("propose", r"(?:propos(?:e|ing)|suggest(?:ing)?)"),
        (
            "meet",
            (
                r"(?:schedul(?:e|ing)|set(?:ting)? up|arrang(?:e|ing)|book(?:ing)?|organi[sz](?:e|ing)|plan|fix|"
                r"find)(?= (?:an?|the|another|some|a time|our|\d+)\b)"
            ),
        ),
        (
            "present_self",
            (
                r"(?:introduc(?:e|ing) (?:me|myself|us|ourselves)(?: to (?:her|him|them|the \w+))?|introduction|"
                r"first contact|self-introduction)"
            ),
        ),
        ("introduce", r"(?:introduc(?:e|ing)|present(?:ing)?|introduction (?:of|to))"),
        ("send", r"(?:send(?:ing)?|attach(?:ing)?|forward(?:ing)?|enclos(?:e|ing))"),
        ("confirm", r"(?:confirm(?:ing)?|confirmation(?: of)?)"),
        ("invite", r"(?:invit(?:e|ing)|invitation)"),
        ("wish", r"(?:wish(?:ing)?)"),
        ("accept", r"(?:accept(?:ing)?)"),
        ("decline", r"(?:declin(?:e|ing)|refus(?:e|ing)|turn(?:ing)? down)"),
        ("cancel", r"(?P<verb>cancel(?:ling|ing)?|call off)"),
        ("postpone", r"(?P<verb>postpon(?:e|ing)|reschedul(?:e|ing)|mov(?:e|ing)|delay(?:ing)?|push back)"),
        ("received", r"acknowledg(?:e|ing)(?: receipt of)?"),
        ("welcome", r"welcom(?:e|ing)"),
        ("recommend", r"(?:recommend(?:ing)?)"),
    )
)
OTHER_VERBS: Final = words_in("""
    negotiate discuss visit buy order sell return pay get give receive sign check clarify review see meet join
    talk speak work know understand learn hear help start finish complete renew extend close open show demonstrate
    explore discover try test compare obtain collect deliver ship provide bring take hire apply collaborate
    partner cooperate register subscribe unsubscribe settle agree resolve solve verify validate approve
""")
SENTENCE: Final = re.compile(
    r"^(?:i|i'm|i'll|i've|i'd|we|we're|we'll|we've|it|it's|this|that|there|our|my|your|you|she|he|"
    r"they|here|everything|all)\b"
    r"|\b(?:is|are|was|were|has|have|will|can|cannot|can't|won't|does|did|should|must|starts|arrives|"
    r"leaves|opens|closes|left|arrived|shipped|moved|changed)\b"
)
