"""Meetings that are asked for or confirmed, and people who introduce themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting import phrases, times
from carnet.assist.drafting.composition import line
from carnet.assist.drafting.genders import is_feminine
from carnet.assist.drafting.kinds import Fact, Line
from carnet.assist.drafting.phrases import as_it_is, fact, own
from carnet.assist.drafting.reading import flat
from carnet.assist.drafting.saying import lines_of

if TYPE_CHECKING:
    from carnet.assist.drafting.acts import Act
    from carnet.assist.drafting.composition import Composition
    from carnet.assist.drafting.kinds import Language

_FREE: Final = re.compile(
    r"(?:(?:si|s'|whether|if|quand|when) ?(?:(?:il|elle|ils|elles|tu|vous|she|he|they|you|she's|he's|"
    r"they're|you're) )?(?:(?:est|serait|sera|sont|seraient|es|etes|seriez|is|are|would be|will be|"
    r"might be) )?(?:bien )?(?:dispo\w*|libres?|available|free)\b"
    r"|(?:si |s'|whether |if )(?:(?:il|elle|ils|elles|tu|vous|she|he|they|you) )?(?:a|ont|aurait|"
    r"auraient|has|have|would have|had) (?:(?:un|a|some) )?(?:(?:peu de|petit) )?(?:temps|moment|"
    r"creneau|time|slot)\b"
    r"|(?:for |pour )?(?:ses|leurs|her|his|their) (?:dispo\w*|availabilit\w+))"
)
_COMPANY: Final = re.compile(
    r"(?:notre|nos|mon|ma|our|my) (?:societe|entreprise|agence|cabinet|atelier|maison|start-?up|boite|"
    r"structure|association|activite|equipe|company|business|firm|agency|studio|team|start-?up|"
    r"organi[sz]ation)\b"
)
_PARTNERSHIP: Final = re.compile(r"\b(?:partenariat|collaboration|cooperation|partnership|collaborate)\b")
_PERSON: Final = re.compile(
    r"[A-ZÀ-Þ][\w'-]+ [A-ZÀ-Þ]|\b(?:collègue|collaborat|associé|direct(?:eur|rice)|remplaçant|"
    r"colleague|partner|manager|director|successor)"
)
_LONGEST_MEETING: Final = 12
_ASKED: Final = re.compile(
    r"(?:for |pour |de |d')?(?:fixer |prendre |convenir d'|organiser |caler |to (?:have|schedule|"
    r"arrange|set up|book|meet for) )?(?=(?:un|une|le|la|a|an|the|another|some|our|\d|half|quelques|"
    r"rendez|rdv|demo|call|meeting|coffee|lunch)\b)"
)
_PURPOSE: Final = re.compile(r"^(?:pour|afin|to|about|so|on|in order|regarding|au sujet|concernant|sur)\b")


def confirm(made: Composition, acts: list[Act]) -> bool:
    """A meeting that is confirmed."""
    if not acts or acts[0].kind != "confirm" or acts[0].flat.startswith(("que ", "qu'", "that ")):
        return False
    if not (phrases.MEETING[acts[0].language].search(acts[0].flat) or phrases.MET.search(acts[0].flat)):
        return False
    act = acts.pop(0)
    meeting = fact(phrases.our_meeting(_dated(act.rest, act.language), act.language), act.language)
    made.begin(
        "meeting_confirm",
        line("meeting_confirm.subject", meeting=meeting),
        line("meeting_confirm.opener", meeting=meeting),
    )
    made.asks += [line("meeting_confirm.ask"), line("meeting_confirm.more")]
    made.close.append(line("meeting_confirm.close"))
    return True


def _dated(rest: str, language: str) -> str:
    """A meeting with the preposition that its day needs: "our meeting on Thursday"."""
    if language == "fr":
        return rest
    before, moment, after = times.parted(rest, "en")
    return " ".join(filter(None, (before, times.placed(moment, "en"), after))) if moment and before else rest


def introduce(made: Composition, acts: list[Act]) -> bool:
    """The sender, the sender's company, somebody else, or a partnership."""
    act = acts[0] if acts else None
    if act is None:
        return False
    company = as_it_is(" ".join(made.sender.company.split())) if made.sender.company else None
    if act.kind == "propose" and _PARTNERSHIP.search(act.flat):
        _propose(made, acts.pop(0))
    elif act.kind == "present_self":
        _present_self(made, acts, company)
    elif act.kind == "introduce":
        _present(made, acts.pop(0), company)
    else:
        return False
    if made.intent:
        is_other = made.topic.wording == "introduction.presenting"
        made.asks += [] if is_other else [line("introduction.context"), line("introduction.ask")]
        made.close.append(line("close.questions" if is_other else "close.reply"))
    return True


def _propose(made: Composition, act: Act) -> None:
    proposal = fact(phrases.determined(act.rest, act.language), act.language)
    made.begin(
        "introduction",
        line("introduction.subject", proposal=proposal),
        line("introduction.proposal", proposal=proposal),
    )


def _present_self(made: Composition, acts: list[Act], company: Fact | None) -> None:
    act = acts.pop(0)
    name = as_it_is(" ".join(made.sender.name.split()))
    opener = [line("introduction.opener", name=name, company=company)]
    who = re.match(r"(?:as |en tant que |comme )(?=.)", act.flat)
    if who is not None:
        opener.append(line("introduction.who", who=fact(act.rest[who.end() :], act.language)))
    while acts and acts[0].kind == "own":
        opener.append(own(acts[0].rest, acts[0].language))
        acts.pop(0)
    made.begin("introduction", line("introduction.naming", company=company), *opener)


def _present(made: Composition, act: Act, company: Fact | None) -> None:
    rest = re.sub(
        r" (?:à|to|with) (?:[A-ZÉÈ][\w-]+(?: [A-ZÉÈ][\w-]+)?|him|her|them|lui|elle|la cliente|le client)$", "", act.rest
    )
    rest = re.sub(r"^(?:à|to) ", "", rest)
    folded = flat(rest)
    if not rest or _COMPANY.match(folded):
        ours = fact(rest, act.language) if rest else Fact(fr="notre société", en="our company")
        made.begin(
            "introduction",
            line("introduction.naming", company=company),
            line("introduction.company", ours=ours, company=company),
        )
    elif not _PERSON.search(rest):
        thing = fact(phrases.determined(rest, act.language), act.language)
        made.begin(
            "introduction", line("introduction.subject", proposal=thing), line("introduction.other", person=thing)
        )
    else:
        person = fact(phrases.determined(rest, act.language), act.language)
        made.begin(
            "introduction", line("introduction.presenting", person=person), line("introduction.other", person=person)
        )


def request(made: Composition, acts: list[Act]) -> bool:
    """A meeting that is asked for, with its moment and what it is for."""
    act = acts[0] if acts and acts[0].kind in {"ask", "propose", "meet", "invite", "propose_to", "want"} else None
    if act is None:
        return False
    asked = _free(act) or _named(act)
    if asked is None:
        return False
    acts.pop(0)
    meeting, moment, aim = asked
    language = act.language
    facts: dict[str, Fact | None] = {
        "meeting": fact(meeting, language) if meeting else Fact(fr="un échange", en="a conversation"),
        "when": phrases.moment(moment, language),
        "purpose": phrases.purpose(aim, language),
    }
    opener = "meeting_request.time" if meeting and phrases.DURATION.match(flat(meeting)) else "meeting_request.opener"
    topic = line("meeting_request.subject", meeting=facts["meeting"], when=facts["when"])
    if act.kind == "invite":
        made.begin("meeting_request", topic, *_invitation(act))
    else:
        made.begin("meeting_request", topic, line(opener, **facts), line("meeting_request.ask", **facts))
    made.asks.append(line("meeting_request.more"))
    made.close.append(line("close.reply"))
    return True


def _invitation(act: Act) -> tuple[Line, ...]:
    return (*lines_of(act), line("act.suits"))


def _free(act: Act) -> tuple[str, str, str] | None:
    """What an availability is asked for: "s'il est dispo jeudi pour une démo"."""
    found = _FREE.match(act.flat)
    if found is None or act.kind != "ask":
        return None
    before, moment, after = times.parted(act.rest[found.end() :].strip(), act.language)
    rest = " ".join(filter(None, (before, after))).strip(" ?.,")
    named = re.match(r"(?:pour|for) (?!.{0,12}(?:er|ir|re)\b)(?P<meeting>.+)", flat(rest))
    if named is None:
        is_aim = _PURPOSE.match(flat(rest)) is not None
        return "", " ".join(filter(None, (moment, "" if is_aim else rest))), rest if is_aim else ""
    meeting, aim = _with_aim(rest[named.start("meeting") :])
    return _indefinite(meeting, act.language), moment, aim


def _with_aim(meeting: str) -> tuple[str, str]:
    aim = re.search(r" (?:pour|afin de|to|about|au sujet de|sur|concernant|regarding) ", meeting)
    return (meeting[: aim.start()], meeting[aim.start() + 1 :]) if aim else (meeting, "")


def _named(act: Act) -> tuple[str, str, str] | None:
    """A meeting that is named: "un appel de 15 min jeudi pour parler du contrat"."""
    rest = re.sub(r"^(?:à|to|for) ", "", act.rest)
    asked = _ASKED.match(flat(rest))
    rest = rest[asked.end() :] if asked else rest
    rest = re.sub(r" (?:avec (?:lui|elle|eux|elles)|with (?:him|her|them))\b", "", rest)
    if act.kind in {"propose_to", "want"}:
        seen = re.match(
            (
                r"(?:se (?:voir|rencontrer|parler|retrouver|reunir|appeler)|(?:me |nous )?(?:rencontrer|voir)|"
                r"meet|talk|speak)\b"
            ),
            act.flat,
        )
        if seen is None:
            return None
        rest = ("un échange " if act.language == "fr" else "a conversation ") + act.rest[seen.end() :].strip()
    before, moment, after = times.parted(rest, act.language)
    if (
        not before
        or not phrases.MEETING[act.language].search(flat(before))
        or len(flat(before).split()) > _LONGEST_MEETING
    ):
        return None
    if re.match(r"(?:si|s'|que|qu'|quand|whether|if|that|when)(?: |(?<='))", act.flat) or re.match(
        r"(?:ses|son|sa|her|his|their|un compte|le compte)\b", flat(before)
    ):
        return None
    meeting, aim = _with_aim(before)
    if after:
        if _PURPOSE.match(flat(after)):
            aim = after
        else:
            moment = f"{times.placed(moment, act.language)} {after}"
    return _indefinite(meeting, act.language), moment, aim


def _indefinite(meeting: str, language: Language) -> str:
    """A meeting that nobody has agreed on yet: "un déjeuner", "a call"."""
    defined = phrases.determined(meeting, language)
    if language == "en":
        is_bare = defined == meeting and re.match(
            r"(?:meeting|call|demo|chat|coffee|conversation|appointment|visit|presentation)\b", meeting
        )
        return f"a {meeting}" if is_bare else re.sub(r"^the (?=meeting|demo|call)", "a ", defined)
    if defined == meeting:
        return re.sub(r"^(?:le |l')(?=rendez|rdv|appel|entretien)", "un ", meeting)
    return f"{'une' if is_feminine(meeting.split(' ', maxsplit=1)[0]) or defined.startswith('la ') else 'un'} {meeting}"
