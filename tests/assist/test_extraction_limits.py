"""No text makes extraction fail, run long or reach the network."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench import marks
from bench.capture import SHAPES
from carnet.assist.extraction import Extraction, extract, reading
from carnet.assist.extraction.reading import UNREAD

FRAGMENTS = sorted(
    {line for gold in marks.read(Path(__file__).with_name("texts.jsonl")) for line in gold.text.split("\n")}
)
SIGNS = st.sampled_from(
    ["BEGIN:VCARD", "END:VCARD", "MECARD:N:", "<b>", "</td>", "<a href='x'>", "> ", "--", "From: ", "\t", "|"]
)
HEAVY = (
    *("phonenumbers", "tldextract", "vobject", "email_validator", "requests", "aiosmtplib"),
    *("carnet.assist.drafting.preparing", "carnet.assist.drafting.refining", "carnet.assist.extraction"),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
def test_any_text_gives_a_contact(text: str) -> None:
    assert isinstance(extract(text), Extraction)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), SIGNS, st.text(max_size=20)), max_size=12),
    st.sampled_from(["\n", " ", ""]),
)
def test_any_mixture_of_what_people_write_gives_a_contact(parts: list[str], separator: str) -> None:
    found = extract(separator.join(parts))
    assert all("@" in email for email in found.emails)
    assert all(any(map(str.isdigit, phone)) for phone in found.phones)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["FN", "N", "TEL", "ADR", "ORG", "EMAIL;ENCODING=QUOTED-PRINTABLE", "PHOTO;ENCODING=b"]),
            st.text(max_size=30),
        )
    )
)
def test_any_card_gives_a_contact(lines: list[tuple[str, str]]) -> None:
    card = "\n".join(f"{name}:{value}" for name, value in lines)
    assert isinstance(extract(f"BEGIN:VCARD\nVERSION:2.1\n{card}\nEND:VCARD"), Extraction)


def test_a_lone_surrogate_is_a_character_like_others() -> None:
    assert extract("Ada Holm\nada@holm.example\n\ud800").name == "Ada Holm"


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_the_worst_shapes_take_less_than_a_second(name: str) -> None:
    extract("a@b.example +1 212 555 0100")
    start = time.process_time()
    extract(SHAPES[name])
    assert time.process_time() - start < 1


def test_what_is_left_unread_is_told() -> None:
    signature = "Ada Holm\nada@holm.example\n"
    assert extract(signature + "x" * 1_000).warnings == []
    assert extract(signature + "x" * 1_001).warnings == [UNREAD]
    assert extract(signature + "y\n" * 397).warnings == []
    assert extract(signature + "y\n" * 400).warnings == [UNREAD]
    assert extract(signature + ("z" * 900 + "\n") * 23).warnings == [UNREAD]


def test_what_lies_beyond_the_limits_is_not_read() -> None:
    assert extract("y\n" * 400 + "ada@holm.example").emails == []


def test_the_cut_never_halves_a_letter() -> None:
    kept, is_cut = reading.readable("é" * 20_000)
    assert is_cut
    assert set(kept) == {"é"}


def test_a_picture_in_a_page_does_not_crowd_out_the_text() -> None:
    picture = f'<img src="data:image/png;base64,{"QUJD" * 100_000}">'
    found = extract(f"<p>{picture}<br>Ada Holm<br>ada@holm.example</p>")
    assert found.emails == ["ada@holm.example"]
    assert found.warnings == []


def test_the_application_starts_without_what_only_extraction_needs() -> None:
    script = f"import sys, carnet.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    started = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert started.stdout.strip() == "[]"


def test_nothing_is_asked_of_the_network() -> None:
    """Sockets reach the loopback only in these tests, and names aren't even resolved here."""
    script = (
        "import socket\n"
        "def refuse(*_, **__): raise AssertionError('the network was asked')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
        "from carnet.assist.extraction import extract\n"
        "found = extract('Ada Holm\\nHolm Mills\\nada@holm.co.uk\\nwww.holm.co.uk\\n+44 1632 960100')\n"
        "print(found.name, found.emails, found.website)"
    )
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert asked.stdout.strip() == "Ada Holm ['ada@holm.co.uk'] www.holm.co.uk"
