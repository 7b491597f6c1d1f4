"""Drafts out of instructions: the forty cases, the golden drafts, and the recipients."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from carnet.assist.drafting import Drafted, Email, Recipient, Sender, Version, prepare, refine
from carnet.assist.drafting.passages import passages_of, sentences
from carnet.assist.drafting.reading import language_of

INES = Recipient(
    name="Inès Vasseur",
    given_name="Inès",
    family_name="Vasseur",
    gender="woman",
    company="Halden",
    position="Acheteuse",
)
SENDER = Sender(name="Alice Martin", email="alice@atelier.example", company="Atelier Martin", language="fr")
TO = ("ines@halden.example",)
CASES = [json.loads(line) for line in (Path(__file__).parent / "drafting_cases.jsonl").read_text().splitlines() if line]
GOLDEN = Path(__file__).parent / "test_drafting_golden.txt"
_TU = re.compile(r"\b(?:tu|te|toi|ton|ta|tes)\b|\bt'", re.IGNORECASE)
_VOUS = re.compile(r"(?<!rendez-)\b(?:vous|votre|vos)\b", re.IGNORECASE)
_FRENCH = "Rédige un email de relance après notre rencontre au salon, et propose un appel mardi à 14h"
_ENGLISH = "Follow up after our meeting at the trade show"


def is_mixed(email: Email) -> bool:
    """Whether a French mail speaks to its reader in two forms of address."""
    text = f"{email.subject}\n{email.body}"
    return language_of(email.body, "fr") == "fr" and bool(_TU.search(text)) and bool(_VOUS.search(text))


def first(message: str, recipient: Recipient = INES, sender: Sender = SENDER) -> Version:
    drafted = prepare(message, recipient, sender, to=TO)
    return Version(email=drafted.email, plan=drafted.plan)


def of(op: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["op"] == op]


@pytest.mark.parametrize("case", of("prepare"))
def test_a_case_of_prepare(case: dict[str, Any]) -> None:
    drafted = prepare(case["message"], INES, SENDER, to=TO)
    plan, email = drafted.plan, drafted.email
    assert plan is not None
    assert (plan.language, plan.intent) == (case["lang"], case["intent"])
    assert language_of(email.body, "fr" if case["lang"] == "en" else "en") == case["lang"]
    for fact in case.get("must", []):
        assert fact in email.body
    assert email.to == TO
    assert (email.cc, email.bcc) == ((), ())
    assert "Inès" in email.body.split("\n")[0] or "Vasseur" in email.body.split("\n")[0]
    assert "Alice Martin" in email.body
    assert not is_mixed(email)
    assert drafted.applied
    assert not drafted.not_applied
    if "subject" in case:
        assert email.subject == case["subject"]
    if case.get("register") == "tu":
        assert _TU.search(email.body)
    if case.get("length") == "short":
        normal = prepare(case["message"].partition(",")[0], INES, SENDER, to=TO)
        assert len(email.body) < len(normal.email.body)


def _refined(case: dict[str, Any]) -> tuple[list[Version], Drafted]:
    start = first(_FRENCH if language_of(case["instruction"], "fr") == "fr" else _ENGLISH)
    versions = [start]
    kinds = {op["op"] for op in case["ops"]}
    if "undo" in kinds or case["ops"][0].get("value") == "vous":
        changed = refine("tutoie-la", INES, SENDER, versions=versions)
        versions.append(Version(email=changed.email, plan=changed.plan))
    return versions, refine(case["instruction"], INES, SENDER, versions=versions)


def _texts(email: Email) -> list[str]:
    return passages_of(email.body).paragraphs


@pytest.mark.parametrize("case", of("refine"))
def test_a_case_of_refine(case: dict[str, Any]) -> None:
    versions, drafted = _refined(case)
    before, after = versions[-1].email, drafted.email
    for op in case["ops"]:
        _CHECKS[op["op"]](op, before, after, drafted)
    if not any(op["op"] == "unsupported" for op in case["ops"]):
        assert len(drafted.applied) == len(case["ops"])
        assert not drafted.not_applied
    assert not is_mixed(after)
    if not any(op["op"] == "cc" for op in case["ops"]):
        assert (after.to, after.cc, after.bcc) == (before.to, before.cc, before.bcc)


def _shorten(op: dict[str, Any], before: Email, after: Email, _drafted: Drafted) -> None:
    if "target" not in op:
        assert len(after.body) < len(before.body)
        return
    old, new = _texts(before), _texts(after)
    assert len(old) == len(new)
    assert 0 < len(new[1]) < len(old[1])
    assert [old[0], *old[2:]] == [new[0], *new[2:]]


def _lengthen(_op: dict[str, Any], before: Email, after: Email, _drafted: Drafted) -> None:
    assert len(after.body) > len(before.body)


def _formal(_op: dict[str, Any], _before: Email, after: Email, _drafted: Drafted) -> None:
    assert after.body.startswith("Bonjour Madame Vasseur,")


def _casual(_op: dict[str, Any], _before: Email, after: Email, _drafted: Drafted) -> None:
    assert after.body.startswith("Hi Inès,")


def _register(op: dict[str, Any], _before: Email, after: Email, _drafted: Drafted) -> None:
    wanted, other = (_TU, _VOUS) if op["value"] == "tu" else (_VOUS, _TU)
    assert wanted.search(after.body)
    assert not other.search(after.body)


def _subject(op: dict[str, Any], before: Email, after: Email, _drafted: Drafted) -> None:
    assert (after.subject, after.body) == (op["value"], before.body)


def _delete(op: dict[str, Any], before: Email, after: Email, _drafted: Drafted) -> None:
    old, new = _texts(before), _texts(after)
    if op["target"] == "last":
        assert new == old[:-1]
    else:
        assert [said for text in new for said in sentences(text)] == [said for text in old for said in sentences(text)][
            1:
        ]


def _add(op: dict[str, Any], before: Email, after: Email, _drafted: Drafted) -> None:
    assert op["value"].lower() + "." in after.body.lower()
    assert set(_texts(before)) < set(_texts(after))


def _replace(op: dict[str, Any], before: Email, after: Email, _drafted: Drafted) -> None:
    assert op["from"] in before.body
    assert after.body == before.body.replace(op["from"], op["to"])


def _translate(op: dict[str, Any], _before: Email, after: Email, drafted: Drafted) -> None:
    assert drafted.plan is not None
    assert drafted.plan.language == op["value"]
    assert language_of(after.body, "fr") == "en"
    assert "trade show" in after.body


def _signature(op: dict[str, Any], _before: Email, after: Email, _drafted: Drafted) -> None:
    assert after.body.endswith("\n" + op["value"])
    assert "Alice" not in after.body


def _cc(op: dict[str, Any], before: Email, after: Email, _drafted: Drafted) -> None:
    assert after == msgspec.structs.replace(before, cc=(op["value"],))


def _undo(_op: dict[str, Any], before: Email, after: Email, drafted: Drafted) -> None:
    assert drafted.steps_back == 1
    assert after == first(_FRENCH).email != before


def _unsupported(_op: dict[str, Any], before: Email, after: Email, drafted: Drafted) -> None:
    assert after == before
    assert drafted.applied == ()
    assert len(drafted.not_applied) == 1


def _greeting(op: dict[str, Any], before: Email, after: Email, _drafted: Drafted) -> None:
    assert after.body.startswith(op["value"] + ",\n\n")
    assert _texts(after) == _texts(before)


_CHECKS = {
    "shorten": _shorten,
    "lengthen": _lengthen,
    "formal": _formal,
    "casual": _casual,
    "register": _register,
    "subject": _subject,
    "delete": _delete,
    "add": _add,
    "replace": _replace,
    "translate": _translate,
    "signature": _signature,
    "cc": _cc,
    "undo": _undo,
    "unsupported": _unsupported,
    "greeting": _greeting,
}
GOLDEN_MESSAGES = (
    "Rédige un email de relance après notre rencontre au salon",
    "Remercie-la pour le déjeuner de mardi",
    "relance devis n° 2025-118 envoyé il y a 10 jours",
    "relance facture F-2207, échéance au 30/06",
    "Présente notre société et propose un appel de 15 min jeudi à 14h",
    "Reprends contact, on ne s'est pas parlé depuis un an",
    "demande-lui si elle est dispo la semaine prochaine pour une démo",
    "Confirme le rendez-vous du 12 mars à 10h30 dans nos bureaux",
    "excuse-nous pour le retard de livraison de la commande 4512",
    "Félicite-la pour sa nouvelle prise de poste",
    "Souhaite-lui un joyeux anniversaire",
    "Dis-lui que le document est prêt",
    "Follow up after our meeting at the trade show",
    "Thank her for the visit and offer samples",
    "Chase the quote I sent last Monday",
    "Chase unpaid invoice F-2207 due on 30 June",
    "Introduce our company and suggest a 15 minute call on Thursday at 2pm",
    "Reconnect, haven't spoken since 2022",
    "Ask her if she is free next week for a demo",
    "Confirm our meeting on 12 March at 10:30 at our offices",
    "Apologise for the late delivery of order 4512",
    "Congratulate her on her new position",
    "Happy birthday message",
    "Tell her that the document is ready",
)


def golden() -> str:
    """Every intent in both languages, formal and casual, as one reads it."""
    said: list[str] = []
    for message in GOLDEN_MESSAGES:
        for tone in (
            ("", "plus formel", "tutoie-la", "plus court")
            if language_of(message, "en") == "fr"
            else ("", "more formal", "more casual", "shorter")
        ):
            version = first(message)
            if tone:
                drafted = refine(tone, INES, SENDER, versions=[version])
                version = Version(email=drafted.email, plan=drafted.plan)
            said.append(f"#### {message} | {tone or 'as it comes'}\n{version.email.subject}\n\n{version.email.body}\n")
    return "\n".join(said)


def test_the_golden_drafts_stay_as_they_were_read() -> None:
    assert golden() == GOLDEN.read_text()


def test_the_language_is_the_instructions_unless_told_or_neutral() -> None:
    assert first("happy birthday", msgspec.structs.replace(INES, language="fr")).email.body.startswith("Hello")
    assert first("Acme 2026", msgspec.structs.replace(INES, language="en")).email.body.startswith("Hello")
    assert first("Acme 2026", msgspec.structs.replace(INES, language="fr")).email.body.startswith("Bonjour")
    assert first("Remercie-la pour sa visite, en anglais").email.subject == "Thank you for your visit"
    assert first("write in French: thank her for the lunch").email.subject == "Merci pour le déjeuner"


def test_a_title_is_said_only_where_the_gender_is_known() -> None:
    unknown = msgspec.structs.replace(INES, gender=None)
    assert first("Remercie-la pour sa visite, plus formel").email.body.startswith("Bonjour Madame Vasseur,")
    assert first("Remercie-la pour sa visite, plus formel", unknown).email.body.startswith("Bonjour Inès Vasseur,")
    assert "Madame" not in first("Remercie-la pour sa visite, plus formel", unknown).email.body
    nobody = Recipient(name="Halden", company="Halden")
    assert first("Remercie-la pour sa visite", nobody).email.body.startswith("Bonjour,\n\n")
    assert first("thank them for the visit", nobody).email.body.startswith("Hello,\n\n")


def test_where_they_met_is_said_where_the_instruction_names_no_place() -> None:
    met = msgspec.structs.replace(INES, met="Lyon fair")
    assert "(Lyon fair)" in first("Follow up after our meeting", met).email.body
    assert "(Lyon fair)" not in first("Follow up after our meeting at the trade show", met).email.body


def test_preparing_again_keeps_the_recipients() -> None:
    version = Version(email=Email(to=("a@b.fr",), cc=("c@d.fr",), bcc=("e@f.fr",), subject="x", body="y"))
    email = prepare("Remercie-la", INES, SENDER, to=TO, versions=[version]).email
    assert (email.to, email.cc, email.bcc) == (("a@b.fr",), ("c@d.fr",), ("e@f.fr",))


def test_what_cannot_be_translated_is_said_and_never_mixed() -> None:
    drafted = prepare("en anglais : remercie-la pour son coup de pouce", INES, SENDER, to=TO)
    assert drafted.email.subject == "Thank you"
    assert "coup de pouce" not in drafted.email.body
    assert "coup de pouce" in drafted.not_applied[0]


def test_translating_there_and_back_gives_the_same_mail() -> None:
    version = first("Remercie-la pour le déjeuner de mardi")
    there = refine("traduis en anglais", INES, SENDER, versions=[version])
    back = refine(
        "translate into French", INES, SENDER, versions=[version, Version(email=there.email, plan=there.plan)]
    )
    assert back.email == version.email


def test_undo_goes_back_as_far_as_asked_and_then_goes_on() -> None:
    versions = [first("Remercie-la pour le déjeuner de mardi")]
    for instruction in ("plus court", "tutoie-la"):
        drafted = refine(instruction, INES, SENDER, versions=versions)
        versions.append(Version(email=drafted.email, plan=drafted.plan))
    assert refine("annule les deux dernières modifications", INES, SENDER, versions=versions).email == versions[0].email
    on = refine("annule, puis mets l'objet : Merci encore", INES, SENDER, versions=versions)
    assert (on.steps_back, on.email.subject, on.email.body) == (1, "Merci encore", versions[1].email.body)
