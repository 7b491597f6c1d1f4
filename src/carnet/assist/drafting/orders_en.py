"""The English ways to order something about a draft, the most particular first."""

from __future__ import annotations

import re
from typing import Final

_MAIL = r"(?: (?:it|this|that|the (?:e-?mail|mail|message|text|tone|draft|whole thing|style)|everything))?"
_MAKE = (
    rf"(?:(?:make|keep|be|sound|use|go|write|get|turn|needs? to be|should be|in|with|it should be|too|have){_MAIL}"
    r"(?: (?:sound|be|feel))? )*(?:(?:a bit|a little|slightly|much|even|way|far|somewhat|an?|more of an?|in an?) )*"
)
_CHANGE = r"(?:(?:change|set|make|update|put|use|replace|edit)(?: the)? |the )?"
_INTO = r"(?: (?:to|as|into|with|by|should be|is|reads?|be)(?= )| ?[:=])"


def _ways(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)


ENGLISH: Final = _ways(
    (
        ("lengthen", r"(?:it is |it's |that's )?(?:a bit |much |way |far )?too (?:short|brief|terse|curt)$"),
        ("casual", r"(?:it is |it's |that's )?(?:a bit |much |way |far )?too (?:formal|stiff|stuffy|cold|distant)$"),
        (
            "formal",
            r"(?:it is |it's |that's )?(?:a bit |much |way |far )?too (?:casual|informal|familiar|relaxed|chatty)$",
        ),
        ("greeting", r"(?:use|put|set) (?P<value>.+?) (?:as|for)(?: the)? (?:greeting|salutation)$"),
        (
            "undo",
            (
                r"(?:undo|revert|go back|roll back|restore|cancel|discard)(?:$| (?:it|that|this)$|(?: [\w'-]+){0,6} "
                r"(?:changes?|edits?|modifications?|versions?|before|step|steps|previous|times?|twice)\b.*)|"
                r"undo\b.{0,30}$|previous version$"
            ),
        ),
        (
            "uncopy",
            (
                r"(?:remove|take|drop|delete) (?P<value>.{1,200}?) (?:from|off|out of) (?:the )?(?:copy|cc|bcc|"
                r"recipients?)(?: .*)?$"
            ),
        ),
        (
            "bcc",
            (
                r"(?:(?:add|put|copy|set) )?(?P<value>.{0,200}?)(?:in |to |on |as )?(?:the )?(?:bcc|blind copy|"
                r"blind carbon copy)\b(?P<other>.*)"
            ),
        ),
        (
            "cc",
            (
                r"(?:(?:add|put|set) )(?P<value>.{0,200}?)(?: in| to| on| as)?(?: the)? (?:copy|"
                r"cc)\b(?P<other>.*)|(?:cc|copy)\b(?: in)? ?:? ?(?:to )?(?P<any>.*)"
            ),
        ),
        (
            "to",
            (
                r"(?:(?:add|put) (?P<value>\S+@\S+) (?:to|as|in)(?: the)? recipients?.*|(?:send|address|"
                r"forward)(?: (?:it|this|that|the (?:e-?mail|mail|message|draft)))?"
                r"(?: also| instead)? ?(?:to|:)? ?(?P<other>\S+@\S+.*)|"
                r"recipients?(?: is| are)? ?:? ?(?P<any>\S+@\S+.*))"
            ),
        ),
        (
            "subject",
            (
                rf"{_CHANGE}(?:email |mail )?(?:subject|title)(?: line)?(?: of the (?:e-?mail|mail))?{_INTO} "
                rf"?(?P<value>.+)"
            ),
        ),
        ("subject", r"(?:use|put|set) (?P<value>.+?) (?:as|for|in)(?: the)? subject(?: line)?$"),
        (
            "greeting",
            r"(?:start|begin|open)(?: (?:it|the (?:e-?mail|mail|message)))?(?: off)? (?:with|by) ?:? ?(?P<value>.+)",
        ),
        ("greeting", rf"{_CHANGE}(?:greeting|salutation|opening line){_INTO} ?(?P<value>.+)"),
        (
            "signature",
            (
                rf"(?:{_CHANGE}signature{_INTO}|sign(?: (?:it|the (?:e-?mail|mail|message)))?(?: off)?(?: as| with|"
                rf" from| by| for|:)) ?(?P<value>.+)"
            ),
        ),
        (
            "sign_off",
            (
                r"(?:end|finish|close|conclude)(?: (?:it|the (?:e-?mail|mail|message)))?(?: off)? (?:with|by|on) "
                r"?:? ?(?P<value>.+)"
            ),
        ),
        (
            "sign_off",
            rf"{_CHANGE}(?:sign-?off|closing(?: line)?|valediction|complimentary close){_INTO} ?(?P<value>.+)",
        ),
        (
            "translate",
            (
                rf"(?:translate|put|rewrite|switch|convert|turn|redo|change|write|make){_MAIL} ?(?:in|to|into)? "
                rf"?(?P<value>english|french)\b.*"
            ),
        ),
        (
            "language",
            r"(?:write|draft|send)?(?: (?:it|an? e-?mail|an? message|an? mail))? ?in (?P<value>english|french)\b",
        ),
        (
            "tu",
            (
                r"(?:[^,.;:]{0,30}\b)?(?:use|with|say|switch to) (?:the )?[\"']?tu\b.{0,20}$|(?:use )?(?:the "
                r")?informal "
                r"(?:french )?(?:form|address)$"
            ),
        ),
        ("vous", r"(?:[^,.;:]{0,30}\b)?(?:use|with|say|switch to) (?:the )?[\"']?vous\b.{0,20}$"),
        (
            "shorten",
            (
                r"(?:shorten|trim|condense|tighten|cut down|cut|summari[sz]e|abridge|reduce|abbreviate)\b(?: "
                r"(?:it|this|the|down|a)\b)?.{0,60}$"
            ),
        ),
        (
            "firm",
            (
                rf"{_MAKE}(?:(?:polite|courteous|friendly) (?:but|and|yet) )?(?:more |quite )?(?:firm|firmer|"
                rf"firmly|insistent|assertive)$"
            ),
        ),
        (
            "shorten",
            (
                rf"{_MAKE}(?:(?:the )?(?:\w+ )?(?:paragraph|sentence)(?: \w+)? )?(?:more |very )?(?:short|shorter|"
                rf"brief|briefer|concise|succinct|to the point|less (?:long|wordy|verbose)|long-winded|wordy|long|"
                rf"briefly)(?: .{{0,40}})?$"
            ),
        ),
        ("lengthen", r"(?:lengthen|expand|elaborate|flesh out|extend|develop)\b.{0,60}$"),
        (
            "lengthen",
            (
                rf"{_MAKE}(?:(?:the )?(?:\w+ )?paragraph(?: \w+)? )?(?:more )?(?:longer|detailed|details?|"
                rf"elaborate|short on detail)(?: .{{0,40}})?$"
            ),
        ),
        (
            "casual",
            (
                rf"{_MAKE}(?:more |very )?(?:casual|informal|relaxed|laid-back|conversational|chatty|easy-going|"
                rf"less (?:formal|stiff|stuffy))(?: .{{0,40}})?$"
            ),
        ),
        (
            "warm",
            (
                rf"{_MAKE}(?:more |very )?(?:warm|warmer|warmly|friendly|friendlier|kind|kinder|cordial|personal|"
                rf"nicer)(?: .{{0,40}})?$"
            ),
        ),
        (
            "formal",
            (
                rf"{_MAKE}(?:more |very )?(?:formal|formally|professional|polite|politer|business-like|"
                rf"businesslike|serious|respectful)(?: .{{0,40}})?$"
            ),
        ),
        (
            "delete",
            r"(?:remove|delete|drop|take out|get rid of|erase|strike|lose|omit|(?:don't|do not) mention) (?P<value>.+)",
        ),
        ("replace", r"(?:replace|swap|substitute) (?P<value>.+?) (?:with|by|for) (?P<other>.+)"),
        ("replace", r"(?:change|correct) (?P<value>.+?) (?:to|into) (?P<other>.+)"),
        ("instead", r"(?:say|write|put|use) (?P<value>.+?) (?:instead of|rather than|in place of) (?P<other>.+)"),
        (
            "add_sentence",
            (
                r"(?:add|insert|append|include)(?P<top> (?:at the (?:start|beginning|top)))?(?: at the (?:end|"
                r"bottom))? (?:an?|the|this|one) (?:short |brief |following )?"
                r"(?:sentence|line|note|paragraph|remark|word)(?: (?:saying|stating|to say|telling (?:her|him|"
                r"them)|mentioning)(?: ?:| (?=that))?| ?:| (?=that |to |about |at |on )) ?(?P<value>.+)"
            ),
        ),
        (
            "add",
            (
                r"(?:add|insert|append|include|mention|also say|also mention|say|don't forget to (?:say|mention|"
                r"add))(?P<top> at the (?:start|beginning|top))?"
                r"(?: at the (?:end|bottom))?(?: too| also)? ?:? ?(?P<value>.+)"
            ),
        ),
    )
)
