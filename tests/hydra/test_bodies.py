"""What a write body may be (specification, section 3, first rows)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hydra.dump import untouched
from tests.hydra.things import made
from tests.hydra.wire import bearer, send
from tests.hydra.wording import BLANK, problem, violations, wrong_type

if TYPE_CHECKING:
    import httpx

    from tests.conftest import House, Person

MIB = 1024 * 1024
SYNTAX = (400, "Syntax error")


def writes(person: Person, contact: str, body: bytes) -> list[httpx.Response]:
    """The answers of every kind of write to a body."""
    headers = {"content-type": "application/json"}
    calls = (
        ("POST", "/api/contacts"),
        ("PATCH", contact),
        ("POST", contact + "/extend"),
        ("PATCH", contact + "/pipeline-state"),
    )
    return [person.request(method, path, content=body, headers=headers) for method, path in calls]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"}",
        b'{"name":}',
        b'{"name":"x",}',
        b"{'name':'x'}",
        b'{"name":"x"} {"name":"y"}',
        b'{"name":"x"',
        b'{"name":"x\n"}',
        b'{"name":tru}',
        b'{"name":NaN}',
        b'{"name":Infinity}',
        b'{"name":01}',
        b'{"name":"\\x"}',
        b'{"name":"\xff"}',
        b'{"name":"\xc3"}',
        b'{"name":"\xed\xa0\x80"}',
        b'{"\xff":1}',
        b"\xff\xfe{\x00}\x00",
        b"name=x",
        b"<contact/>",
        b"\x00",
    ],
)
def test_what_is_no_json_is_a_syntax_error(any_house: House, body: bytes) -> None:
    contact = made(any_house.alice, "contacts")["@id"]
    with untouched(any_house):
        assert [problem(answer) for answer in writes(any_house.alice, contact, body)] == [SYNTAX] * 4


@pytest.mark.parametrize("body", [b"[]", b'[{"name":"x"}]', b'"name"', b"1", b"1.5", b"true", b"null"])
def test_json_that_is_no_object_is_refused(any_house: House, body: bytes) -> None:
    contact = made(any_house.alice, "contacts")["@id"]
    with untouched(any_house):
        for answer in writes(any_house.alice, contact, body):
            assert problem(answer)[0] == 400


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"{}"])
def test_an_empty_body_says_nothing(anyone: Person, body: bytes) -> None:
    contact = made(anyone, "contacts", position="Buyer")["@id"]
    create, change, extend, move = writes(anyone, contact, body)
    assert violations(create) == {"name": BLANK}
    assert (change.status_code, change.json()["position"]) == (200, "Buyer")
    assert violations(extend) == {"text": BLANK}
    assert (move.status_code, move.json()["pipelineState"]) == (200, None)


def test_a_lone_surrogate_is_refused_or_kept_out(house: House) -> None:
    with untouched(house):
        for escaped in (b"\\ud800", b"\\udc00", b"\\ud800x", b"\\udc00\\ud800"):
            answer = house.alice.post("/api/contacts", content=b'{"name":"' + escaped + b'"}')
            assert answer.status_code in {400, 422}


def test_a_nul_is_refused_in_every_text(house: House) -> None:
    alice = house.alice
    contact = made(alice, "contacts")["@id"]
    with untouched(house):
        for body in ({"name": "a\0b"}, {"phones": ["\0"]}, {"emails": ["a\0@b"]}, {"meetingContext": "\0x"}):
            assert alice.patch(contact, body).status_code == 422
        assert alice.post(contact + "/extend", {"text": "a\0"}).status_code == 422
        task = {"contact": contact, "title": "x", "dueDate": "2026-02-03"}
        for payload in ({"a": "\0"}, {"\0": 1}, {"a": {"b": [["\0"]]}}):
            assert alice.post("/api/contact_tasks", {**task, "payload": payload}).status_code == 422
        for path in ("/api/companies", "/api/pipelines", "/api/pipeline_states"):
            assert alice.post(path, {"name": "\0a"}).status_code == 422
        for path, fields in (
            ("deals", {"title": "\0"}),
            ("deals", {"title": "x", "source": "\0"}),
            ("deals", {"title": "x", "amount": "\0"}),
            ("deals", {"title": "x", "currency": "EU\0"}),
            ("notes", {"contact": contact, "text": "a\0"}),
            ("tags", {"name": "a\0"}),
            ("tags", {"name": "a", "color": "\0"}),
        ):
            assert alice.post(f"/api/{path}", fields).status_code == 422


def nested(levels: int) -> bytes:
    """A contact with something unknown in it, as deep as that in all."""
    return b'{"name":"x","odd":' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


def test_a_hundred_levels_are_read(anyone: Person) -> None:
    assert anyone.post("/api/contacts", content=nested(100)).status_code == 201


@pytest.mark.parametrize("levels", [101, 1_000, 100_000])
def test_more_than_a_hundred_levels_are_refused(any_house: House, levels: int) -> None:
    with untouched(any_house):
        for body in (
            nested(levels),
            b'{"a":' * levels + b"1" + b"}" * levels,
            b"[" * levels,
            b"[" * levels + b"]" * levels,
        ):
            assert problem(any_house.alice.post("/api/contacts", content=body))[0] == 400


def test_many_brackets_side_by_side_are_not_deep(anyone: Person) -> None:
    body = {"name": "Inès [" + "{" * 200, "odd": [[]] * 500}
    assert anyone.post("/api/contacts", body).status_code == 201


def test_four_mebibytes_are_read(anyone: Person) -> None:
    body = b'{"name":"x","odd":"' + b"a" * (4 * MIB - 21) + b'"}'
    assert len(body) == 4 * MIB
    assert anyone.post("/api/contacts", content=body).status_code == 201


def test_a_byte_more_is_too_large(any_house: House) -> None:
    body = b'{"name":"x","odd":"' + b"a" * (4 * MIB - 20) + b'"}'
    contact = made(any_house.alice, "contacts")["@id"]
    with untouched(any_house):
        for answer in writes(any_house.alice, contact, body):
            assert problem(answer)[0] == 413


def test_a_body_that_hides_its_length_is_too_large_all_the_same(any_house: House) -> None:
    headers = [bearer(any_house.alice)]
    with untouched(any_house):
        answer = send(any_house, "POST", "/api/contacts", headers=headers, body=[b" " * MIB] * 4 + [b" "])
        assert problem(answer)[0] == 413
        lied = [*headers, ("content-length", "2")]
        answer = send(any_house, "POST", "/api/contacts", headers=lied, body=[b" " * (4 * MIB + 1)])
        assert problem(answer)[0] == 413


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ("10" + "0" * 400, "integer"),
        ("-10" + "0" * 400, "integer"),
        ("18446744073709551616", "integer"),
        ("-0", "integer"),
        ("1.5", "float"),
        ("1e3", "float"),
        ("-0.0", "float"),
        ("5e-324", "float"),
    ],
)
def test_absurd_numbers_are_numbers(anyone: Person, value: str, given: str) -> None:
    answer = anyone.post("/api/contacts", content=b'{"name":' + value.encode() + b"}")
    assert problem(answer) == wrong_type("name", "string", given)


def test_a_number_beyond_all_floats_is_refused(house: House) -> None:
    with untouched(house):
        for value in (b"1e999", b"-1e999", b"1" + b"0" * 400 + b".5"):
            assert house.alice.post("/api/contacts", content=b'{"name":' + value + b"}").status_code == 400


def test_the_last_of_two_equal_keys_counts(anyone: Person) -> None:
    assert anyone.post("/api/contacts", content=b'{"name":"x","name":"y"}').json()["name"] == "y"
