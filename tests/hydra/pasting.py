"""Texts that people paste, and the two steps of the wizard that takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Person

SIGNATURE = "Tomasz Król\nHead of Sales, Brenn Optics\n+48 600 000 003\ntomasz@brenn.example"
CARD = """BEGIN:VCARD
VERSION:3.0
FN:Inès Aubry
N:Aubry;Inès;;;
ORG:Halden Ateliers
TITLE:Buyer
EMAIL:ines@halden.example
EMAIL:i.aubry@mail.example
TEL:+33 6 39 98 00 01
END:VCARD"""
BLANK = "c1051bb4-d103-4f74-8988-acbcafc7fdc3"
DEAD = "3c1f0a52-6a0e-4c4f-9d3e-5f2b8d7e1a02"
UNKNOWN = "3c1f0a52-6a0e-4c4f-9d3e-5f2b8d7e1a01"


def prepare(person: Person, body: Any) -> httpx.Response:
    return person.post("/api/contacts/prepare", body)


def confirm(person: Person, token: str, **more: Any) -> httpx.Response:
    return person.post("/api/contacts/confirm", {"confirmationToken": token, **more})


def prepared(person: Person, pasted: str = CARD, **more: Any) -> dict[str, Any]:
    answer = prepare(person, {"text": pasted, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def violations(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    return [(each["propertyPath"], each["code"]) for each in answer.json()["violations"]]
