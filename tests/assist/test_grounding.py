"""Where a value stands in a text: in whole words, by letters and digits alone."""

from __future__ import annotations

import unicodedata

import pytest

from carnet.assist.grounding import Ground


def found(text: str, value: str) -> list[str]:
    return [place.text for place in Ground(text).places(value)]


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ("Marit Solheim", "marit solheim", ["Marit Solheim"]),
        ("MARIT\tSOLHEIM", "Márit, Solheim!", ["MARIT SOLHEIM"]),
        ("Marit\n  Solheim", "Marit Solheim", ["Marit Solheim"]),
        ("Straße 3, Łódź", "strasse 3 lodz", ["Straße 3, Łódź"]),
        ("Oslo, Oslo", "Oslo", ["Oslo", "Oslo"]),
        ("Marit Solheim", "Solheim Marit", []),
        ("Marit Solheim", "Marit S", []),
        ("Marit Solheim", "arit Solheim", []),
        ("Marit Solheim", "Marit Crook", []),
        ("Marit Solheim", "", []),
        ("Marit Solheim", " -!", []),
        ("Solheim-Berg", "Solheim", []),
        ("O'Rourke", "Rourke", []),
        ("d\u2019Aubry", "Aubry", []),
        ("marit@fjordlys.example", "marit", []),
        ("marit@fjordlys.example", "fjordlys", []),
        ("write @fjordlys", "fjordlys", []),
        ("https://fjordlys.example/about", "about", []),
        ("Smith & Sons", "Smith", ["Smith"]),
        ("Fjordlys.", "Fjordlys", ["Fjordlys"]),
        ("Fjordlys S.A. in Oslo", "Fjordlys S.A.", ["Fjordlys S.A."]),
        ("Fjordlys S.A. in Oslo", "Fjordlys SA", ["Fjordlys S.A"]),
        ("Frankfurt (Oder), west", "Frankfurt Oder", ["Frankfurt (Oder)"]),
        ("(Frankfurt Oder), west", "Frankfurt Oder", ["Frankfurt Oder"]),
        ("Marit ------ Solheim", "Marit Solheim", []),
        ("Marit ___ Solheim", "Marit Solheim", []),
    ],
)
def test_a_value_is_found_in_whole_words(text: str, value: str, places: list[str]) -> None:
    assert found(text, value) == places


def test_marks_apart_from_their_letters_belong_to_them() -> None:
    text = unicodedata.normalize("NFD", "chez André, Oslo")
    assert found(text, "andre") == [unicodedata.normalize("NFD", "André")]


def test_a_place_knows_its_lines() -> None:
    (place,) = Ground("Hello\nfrom Oslo City,\nKenya | and so on\nBye").places("Oslo City Kenya")
    assert (place.first_line, place.last_line) == (1, 2)
    assert (place.before, place.after) == ("from ", " | and so on")
    assert (place.word_before, place.word_after) == ("from", "")


@pytest.mark.parametrize(
    ("text", "value", "run"),
    [
        ("so Marit Solheim said", "Marit", "Marit Solheim"),
        ("the house of Maria de la Cruz in Oslo", "Cruz", "Maria de la Cruz"),
        ("Anna, Marit Solheim", "Solheim", "Marit Solheim"),
        ("i. A. Marit Solheim", "Marit Solheim", "i. A. Marit Solheim"),
        ("Marit Solheim of the", "Marit Solheim", "Marit Solheim"),
        ("Marit Solheim\nFjordlys", "Solheim", "Marit Solheim"),
        ("Marit   Solheim", "Solheim", "Solheim"),
    ],
)
def test_a_run_goes_on_in_capitals(text: str, value: str, run: str) -> None:
    (place,) = Ground(text).places(value)
    assert place.run == run


def test_no_more_than_twenty_places_are_looked_at() -> None:
    assert len(Ground("Oslo " * 1_000).places("Oslo")) == 20
