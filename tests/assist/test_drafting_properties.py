"""Drafting, whatever one types: it raises nothing, leaves nothing blank, invents no placeholder, and is always the same."""

from __future__ import annotations

import re
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carnet.assist.drafting import Email, Plan, Recipient, Sender, Version, prepare, refine
from carnet.assist.drafting.kinds import Fact, Line, Paragraph
from carnet.assist.drafting.marks import marked, spoken
from carnet.assist.drafting.turning_fr import turned
from tests.assist.test_drafting import INES, SENDER, first, is_mixed
from tests.assist.test_drafting_instructions import PREPARED, REFINED
from tests.chance import times

WORDS = re.split(
    " ",
    "remercie-la pour sa visite et que il elle lui tu vous ton votre devis facture F-12 mardi jeudi 14h objet : signe "
    "raccourcis plus court formel tutoie vouvoie ajoute supprime remplace par le dernier paragraphe 2 première phrase "
    "traduis en anglais annule thank her for the visit and ask whether he is free add that delete last sentence replace "
    'with shorter casual french undo cc a@b.fr send it to subject " « » ( ) , . ! ? - ; \n',
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
)
HAND = Email(to=("ines@halden.example",), subject="Notre projet", body="Bonjour Inès,\n\nLe devis est prêt.\n\nAlice")
PLACEHOLDER = re.compile(r"[\[\]{}<>~^\u27e6\u27e7|]|XXX|\bTBD\b|\bNone\b")


def assert_sound(email: Email) -> None:
    assert email.subject.strip()
    assert "\n" not in email.subject
    assert email.body.strip()


@settings(max_examples=times(150), deadline=None)
@given(TEXTS, st.text(max_size=40), st.none() | st.text(max_size=20), st.sampled_from(["fr", "en"]))
def test_any_instruction_makes_a_draft(message: str, name: str, given_name: str | None, language: str) -> None:
    recipient = Recipient(name=name, given_name=given_name, company=name)
    sender = Sender(name=name, language="fr" if language == "fr" else "en")
    drafted = prepare(message, recipient, sender, to=())
    assert_sound(drafted.email)
    assert (drafted.email.cc, drafted.email.bcc) == ((), ()) or "@" in message


@settings(max_examples=times(150), deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.booleans())
def test_any_instructions_refine_any_draft(instructions: list[str], is_hand: bool) -> None:  # noqa: FBT001
    versions = [Version(email=HAND)] if is_hand else [first("Remercie-la pour le déjeuner de mardi")]
    for instruction in instructions:
        drafted = refine(instruction, INES, SENDER, versions=versions)
        assert_sound(drafted.email)
        if not drafted.applied:
            assert (drafted.email, drafted.plan) == (versions[-1].email, versions[-1].plan)
            assert drafted.not_applied
        assert drafted == refine(instruction, INES, SENDER, versions=versions)
        versions.append(Version(email=drafted.email, plan=drafted.plan))


@settings(max_examples=times(100), deadline=None)
@given(TEXTS)
def test_turning_leaves_only_whole_marks(text: str) -> None:
    for address in ("vous", "tu"):
        plain = text.replace("\u27e6", "").replace("\u27e7", "")
        said = spoken(turned(plain), "vous" if address == "vous" else "tu")
        assert "\u27e6" not in said
        assert "\u27e7" not in said


@pytest.mark.parametrize("message", [message for message, *_ in PREPARED])
def test_no_draft_holds_a_placeholder_or_mixes_forms_of_address(message: str) -> None:
    version = first(message)
    for instruction in ("plus formel", "moins formel", "tutoie", "vouvoie", "plus court", "plus long"):
        drafted = refine(instruction, INES, SENDER, versions=[version])
        for email in (version.email, drafted.email):
            assert not PLACEHOLDER.search(email.subject + email.body), email
            assert not is_mixed(email), email
            assert not re.search(r"\b(?:de le|de les|à le|à les|que il|que elle|si il|de un)\b(?! \w+er\b)", email.body)
            assert "  " not in email.body
            assert " ." not in email.body


@pytest.mark.parametrize("message", [message for message, *_ in PREPARED])
def test_a_plan_survives_json_and_writes_the_same_again(message: str) -> None:
    version = first(message)
    assert version.plan is not None
    plan = msgspec.json.decode(msgspec.json.encode(version.plan), type=Plan)
    assert plan == version.plan
    shorter = refine("plus court", INES, SENDER, versions=[version])
    again = refine("plus court", INES, SENDER, versions=[Version(email=version.email, plan=plan)])
    assert shorter == again


def test_an_old_plan_without_newer_fields_is_read() -> None:
    assert msgspec.json.decode(
        b'{"intent":"thank_you","paragraphs":[{"lines":[{"wording":"thank_you.opener"}]}]}', type=Plan
    ) == Plan(intent="thank_you", paragraphs=(Paragraph(lines=(Line(wording="thank_you.opener"),)),))


@pytest.mark.parametrize("instruction", [instruction for _, instruction, *_ in REFINED])
def test_undo_restores_exactly(instruction: str) -> None:
    version = first("Remercie-la pour le déjeuner de mardi et propose un appel jeudi à 14h")
    drafted = refine(instruction, INES, SENDER, versions=[version])
    back = refine("annule", INES, SENDER, versions=[version, Version(email=drafted.email, plan=drafted.plan)])
    assert (back.email, back.plan, back.steps_back) == (version.email, version.plan, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Dis-lui que " + "le colis est prêt et " * 950,
        "a " * 10_000,
        "remplace " + "par " * 5_000,
        "ajoute " + "une phrase " * 1_800,
        '"' * 20_000,
        "« " * 10_000,
        "et plus court " * 1_400,
        "make it " * 2_500,
        "sur le ton " * 1_800,
        "[" * 20_000,
        "x@" * 10_000,
        "ask\n" * 5_000,
        "ajoute oui. " * 1_600,
        "\n" * 20_000,
        "lundi ou " * 2_200,
        "-lui" * 5_000,
        "n'hésitez pas à " * 1_200,
    ],
)
def test_long_texts_take_little_time(text: str) -> None:
    began = time.perf_counter()
    prepare(text, INES, SENDER, to=())
    refine(text, INES, SENDER, versions=[Version(email=Email(subject="x", body=text + "x"))])
    refine(
        "raccourcis, supprime la phrase 3 et remplace a par b",
        INES,
        SENDER,
        versions=[Version(email=Email(subject="x", body=text + "x"))],
    )
    assert time.perf_counter() - began < 6


def test_a_fact_is_said_in_either_form() -> None:
    fact = Fact(fr=f"{marked('votre', 'ta')} visite")
    assert fact.fr is not None
    assert spoken(fact.fr, "vous") == "votre visite"
    assert spoken(fact.fr, "tu") == "ta visite"
