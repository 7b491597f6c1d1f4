"""The French sentences with which people meet: introductions, reunions, appointments (see `wordings`)."""

from __future__ import annotations

from typing import Final

MEETINGS: Final[dict[str, tuple[str, ...]]] = {
    # ---- introduction
    "introduction.subject": ("~{bare proposal}^Prise de contact~",),
    "introduction.naming": ("Prise de contact~ : {company}~",),
    "introduction.presenting": ("Mise en relation avec {person}",),
    "introduction.opener": (
        "Je m'appelle {name}~ et je travaille chez {company}~.",
        (
            "<Permettez-moi de me présenter : je m'appelle|Je me permets de me présenter : je m'appelle|Je "
            "m'appelle> {name}"
            "~ et je travaille chez {company}~."
        ),
    ),
    "introduction.company": (
        "Je souhaite [vous|te] présenter {ours}~, {company}~.",
        (
            "<Je me permets de vous contacter afin de vous présenter|Je [vous|te] contacte pour [vous|te] présenter|"
            "Je [vous |t']écris pour [vous|te] présenter> {ours}~, {company}~."
        ),
    ),
    "introduction.proposal": (
        "Je [vous|te] propose {proposal}.",
        (
            "<Je me permets de vous contacter afin de vous proposer|Je [vous|te] contacte pour [vous|te] proposer|"
            "Je [vous |t']écris pour [vous|te] proposer> {proposal}."
        ),
    ),
    "introduction.other": (
        "Je souhaite [vous|te] présenter {person}.",
        "<J'ai le plaisir de vous présenter|Je souhaite [vous|te] présenter|Je voulais [vous|te] présenter> {person}.",
    ),
    "introduction.who": ("Je suis {who}.",),
    "introduction.context": (
        "",
        "",
        "Ce serait l'occasion de faire connaissance et de parler de nos activités respectives.",
    ),
    "introduction.ask": (
        "[Seriez-vous|Serais-tu] disponible pour <un bref échange|un court échange|en discuter> ?",
        (
            "<Seriez-vous disponible pour un bref échange dans les prochains jours ?|"
            "[Seriez-vous|Serais-tu] disponible pour un court échange dans les prochains jours ?|"
            "[Vous auriez|Tu aurais] quelques minutes pour en discuter dans les prochains jours ?>"
        ),
    ),
    # ---- reconnect
    "reconnect.subject": ("<Reprise de contact|[De vos nouvelles|De tes nouvelles]>",),
    "reconnect.opener": (
        (
            "~<Nous ne nous sommes pas|Nous ne nous sommes pas|On ne s'est pas> parlé {span}"
            "^Je voulais prendre de [vos|tes] nouvelles~."
        ),
        (
            "~<Nous ne nous sommes pas|Nous ne nous sommes pas|On ne s'est pas> parlé {span}, et ~<je "
            "souhaitais reprendre contact avec vous|je voulais prendre de [vos|tes] nouvelles|"
            "j'avais envie de prendre de [vos|tes] nouvelles>."
        ),
    ),
    "reconnect.context": (
        "Comment [allez-vous|vas-tu] ?",
        (
            "<J'espère que tout se passe bien pour vous~ chez {firm}~.|"
            "Comment [allez-vous|vas-tu]~, et comment vont les "
            "choses chez {firm}~ ?>"
        ),
    ),
    "reconnect.ask": (
        "",
        (
            "<Auriez-vous un moment pour un entretien téléphonique dans les prochaines semaines ?|"
            "[Auriez-vous|Aurais-tu] un moment pour un appel dans les prochaines semaines ?|"
            "On s'appelle un de ces jours ?>"
        ),
    ),
    "reconnect.more": ("", "", "Ce serait l'occasion de faire le point sur nos projets respectifs."),
    # ---- meeting_request
    "meeting_request.subject": ("{meeting}~ {when}~ ?",),
    "meeting_request.opener": (
        "",
        "<Je souhaiterais vous proposer|J'aimerais [vous|te] proposer> {meeting}~ {purpose}~.",
    ),
    "meeting_request.time": (
        "",
        "<Je souhaiterais vous demander|J'aimerais [vous|te] demander> {meeting} de [votre|ton] temps~ {purpose}~.",
    ),
    "meeting_request.ask": (
        (
            "~<Seriez-vous|[Seriez-vous|Serais-tu]|[Seriez-vous|Serais-tu]> disponible {when} pour {meeting}"
            "^Quand [seriez-vous|serais-tu] disponible pour {meeting}~~ {purpose}~ ?"
        ),
        "~[Seriez-vous|Serais-tu] disponible {when}^Quand [seriez-vous|serais-tu] disponible~ ?",
    ),
    "meeting_request.more": (
        "",
        "",
        "Si un autre moment [vous|te] convient mieux, je m'adapterai volontiers.",
    ),
    # ---- meeting_confirm
    "meeting_confirm.subject": ("Confirmation : {bare meeting}",),
    "meeting_confirm.opener": (
        "Je [vous|te] confirme {meeting}.",
        "<J'ai le plaisir de vous confirmer|Je [vous|te] confirme|Je [vous|te] confirme> {meeting}.",
    ),
    "meeting_confirm.ask": (
        "",
        (
            "<En cas d'empêchement, je vous remercie de bien vouloir m'en informer.|"
            "En cas d'empêchement, merci de me prévenir.|Si [vous avez|tu as] un empêchement, [dites|dis]-le-moi.>"
        ),
    ),
    "meeting_confirm.more": ("", "", "[Avez-vous|As-tu] des points que [vous souhaitez|tu souhaites] aborder ?"),
    "meeting_confirm.close": (
        "",
        (
            "<Au plaisir de vous y retrouver.|"
            "Au plaisir d'échanger avec [vous|toi] à cette occasion.|"
            "Au plaisir d'échanger avec [vous|toi] à cette occasion !>"
        ),
    ),
}
