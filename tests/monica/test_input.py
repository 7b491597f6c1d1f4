"""How fields are sent: JSON, forms, multipart, the query; trimming, nulls, sizes (specification, section 5)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.dialects.monica import forms
from tests.monica.things import call, data, each, invalid, made, plain, refusal, shown

if TYPE_CHECKING:
    import httpx

    from tests.conftest import House, Person

NO_JSON = (400, "Problems parsing JSON", 37)
REQUIRED = ["The title field is required."]
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def send(person: Person, kind: str | None, body: bytes, path: str = "/tasks", method: str = "POST") -> httpx.Response:
    """Send a body under a content type, or under none."""
    return call(person, method, path, content=body, headers={"content-type": kind} if kind is not None else {})


@pytest.mark.parametrize(
    "kind", [JSON, "application/json; charset=utf-8", "APPLICATION/JSON", "text/json", "application/vnd.api+json"]
)
def test_a_type_with_json_in_it_is_json(anyone: Person, kind: str) -> None:
    assert data(send(anyone, kind, b'{"title": "x"}'))["title"] == "x"
    assert refusal(send(anyone, kind, b"title=x")) == NO_JSON


@pytest.mark.parametrize("kind", [FORM, FORM.upper(), FORM + "; charset=UTF-8"])
def test_a_form_is_read(house: House, kind: str) -> None:
    body = urlencode({"title": "É & =+% ß", "completed": "1", "completed_at": "1970-03-03"}).encode()
    task = data(send(house.alice, kind, body))
    assert (task["title"], task["completed"]) == ("É & =+% ß", True)
    assert task["completed_at"] == "1970-03-03T00:00:00Z"


def test_a_multipart_form_is_read(anyone: Person) -> None:
    files = {name: (None, value) for name, value in {"title": "É\r\nx", "completed": "0", "foo": ""}.items()}
    task = data(call(anyone, "POST", "/tasks", files=files))
    assert (task["title"], task["completed"]) == ("É\r\nx", False)


def test_a_file_is_no_text(anyone: Person) -> None:
    answer = call(anyone, "POST", "/tasks", files={"title": ("a.txt", b"x", "text/plain")})
    assert invalid(answer) == ["The title must be a string."]


@pytest.mark.parametrize("kind", [None, "", "text/plain", "application/xml", "application/octet-stream", "form"])
def test_a_body_of_another_type_or_of_none_is_no_body(anyone: Person, kind: str | None) -> None:
    for body in (b'{"title": "x"}', b"title=x", b"\xff\x00{"):
        assert invalid(send(anyone, kind, body)) == REQUIRED
    assert data(send(anyone, kind, b'{"title": "x"}', "/tasks?title=asked"))["title"] == "asked"


@pytest.mark.parametrize("body", [b"", b"  \n", b"{}", b" {} "])
def test_an_empty_body_has_no_fields(anyone: Person, body: bytes) -> None:
    assert invalid(send(anyone, JSON, body)) == REQUIRED
    assert invalid(call(anyone, "POST", "/tasks")) == REQUIRED
    assert invalid(send(anyone, FORM, b"")) == REQUIRED


BROKEN = [
    b"{",
    b'{"title": "x"',
    b'{"title": "x",}',
    b"{'title': 'x'}",
    b'{"title": NaN}',
    b'{"title": Infinity}',
    b'{"title": "\xff"}',
    b'{"title": "\xed\xa0\x80"}',
    b'{"title": "a\nb"}',
    b'\xef\xbb\xbf{"title": "x"}',
    b'{"title": "x"} {}',
    b"title=x",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"null",
    b"[]",
    b'["title"]',
    b'"x"',
    b"3",
    b"true",
    b"\x00",
    '{"title": "x"}'.encode("utf-16"),
]


UNREADABLE = [
    b'{"title": 1e400}',
    b'{"title": "\\ud800"}',
    b'{"title": "\\ud83d x"}',
    b'{"contact_id": ' + b"9" * 5_000 + b"}",
]


@pytest.mark.parametrize("body", UNREADABLE)
def test_a_value_that_no_program_can_read_is_no_json_where_it_is_read(anyone: Person, body: bytes) -> None:
    made(anyone, "/tasks")
    for method, path in (("POST", "/tasks"), ("PUT", "/tasks/1")):
        assert refusal(send(anyone, JSON, body, path, method)) == NO_JSON
    assert each(anyone, "/tasks", "title") == ["Bring back the table"]


@pytest.mark.parametrize("body", BROKEN)
def test_what_is_no_json_object_is_said_so_and_does_nothing(anyone: Person, body: bytes) -> None:
    made(anyone, "/tasks")
    for method, path in (("POST", "/tasks"), ("PUT", "/tasks/1"), ("DELETE", "/tasks/1"), ("POST", "/contacts")):
        assert refusal(send(anyone, JSON, body, path, method)) == NO_JSON
    assert each(anyone, "/tasks", "title") == ["Bring back the table"]


BROKEN_FORMS = [
    (FORM, b"title=%"),
    (FORM, b"title=%4"),
    (FORM, b"title=%zz"),
    (FORM, b"title=%ff"),
    (FORM, b"title=\xff"),
    (FORM, b"%ff=x"),
    (FORM, b"&".join([b"a=1"] * 1_001)),
    ("multipart/form-data", b"title=x"),
    ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=a", b""),
    ("multipart/form-data; boundary=a", b"title=x"),
    ("multipart/form-data; boundary=a", b"--a\r\n"),
    ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="title"\r\n\r\nx'),
    ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="title"\r\n\r\nx\r\n--a'),
    ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--"),
    ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="title"\r\nx\r\n--a--'),
    ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="title"\r\n\r\n\xff\r\n--a--'),
    ("multipart/form-data; boundary=a", b"--a\r\n" + b"x: y\r\n" * 5_000 + b"\r\nx\r\n--a--"),
    ("multipart/form-data; boundary=a", b"--a\r\n" * 2_000 + b"--a--"),
]


@pytest.mark.parametrize(("kind", "body"), BROKEN_FORMS)
def test_a_broken_form_is_never_read_as_an_omission(anyone: Person, kind: str, body: bytes) -> None:
    if body:
        assert refusal(send(anyone, kind, body)) == NO_JSON
        assert refusal(send(anyone, kind, body, "/tasks?title=x")) == NO_JSON
    assert each(anyone, "/tasks") == []


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.text("aé&=%+ \n;[]\0ß"))))
def test_a_form_is_read_as_it_was_written(pairs: list[tuple[str, str]]) -> None:
    expected = [(name, value) for name, value in pairs if name or value]
    assert forms.read(urlencode(expected).encode()) == expected
    plus_free = urlencode(expected, quote_via=quote).encode()
    assert forms.read(plus_free) == expected


@given(st.lists(st.tuples(st.from_regex(r'[a-z"\\ ]{1,9}', fullmatch=True), st.binary(max_size=40))))
def test_parts_are_read_as_they_were_written(parts: list[tuple[str, bytes]]) -> None:
    lines = b""
    for name, value in parts:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"').encode()
        head = b'Content-Disposition: form-data; filename="f"; name="' + escaped + b'"'
        lines += b"--b0undary\r\n" + head + b"\r\nContent-Type: image/png\r\n\r\n" + value + b"\r\n"
    found = forms.read_parts(lines + b"--b0undary--\r\n", 'multipart/form-data; boundary="b0undary"')
    assert [
        (name, upload.content, upload.media_type) for name, upload in found if isinstance(upload, forms.Upload)
    ] == [(name, value, "image/png") for name, value in parts]


def test_a_name_with_brackets_is_a_list(anyone: Person) -> None:
    made(anyone, "/contacts")
    for body in (b"tags[]=a&tags[]=b", b"tags%5B%5D=a&tags%5B%5D=b", b"tags[0]=a&tags[1]=b"):
        contact = data(send(anyone, FORM, body, "/contacts/1/setTags"))
        assert [tag["name"] for tag in contact["tags"]] == ["a", "b"]
    contact = data(send(anyone, None, b"", "/contacts/1/setTags?tags[]=c&tags[]=d"))
    assert [tag["name"] for tag in contact["tags"]] == ["a", "b", "c", "d"]
    assert invalid(send(anyone, FORM, b"title[]=x")) == ["The title must be a string."]
    assert invalid(send(anyone, FORM, b"title[a][b]=x")) == REQUIRED


def test_the_query_lies_underneath_the_body(anyone: Person) -> None:
    query = "?title=asked&completed=1"
    assert data(call(anyone, "POST", "/tasks" + query))["title"] == "asked"
    task = data(call(anyone, "POST", "/tasks" + query, {"title": "said"}))
    assert (task["title"], task["completed"]) == ("said", True)
    assert invalid(call(anyone, "POST", "/tasks?title=asked", {"title": None})) == REQUIRED


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", " \n\t "])
def test_white_space_around_a_text_is_trimmed(anyone: Person, space: str) -> None:
    task = made(
        anyone, "/tasks", title=f"{space}a {space} b{space}", description=f"{space}c{space}", completed=f"{space}1"
    )
    assert (task["title"], task["description"], task["completed"]) == (f"a {space} b", "c", True)
    assert invalid(call(anyone, "POST", "/tasks", {"title": space})) == REQUIRED
    assert made(anyone, "/tasks", description=space)["description"] is None


@pytest.mark.parametrize("nothing", [None, "", "   "])
def test_null_and_blank_count_as_not_given(anyone: Person, nothing: Any) -> None:
    assert invalid(call(anyone, "POST", "/tasks", {"title": nothing})) == REQUIRED
    task = made(anyone, "/tasks", completed=nothing, completed_at=nothing, contact_id=nothing, description=nothing)
    assert (task["completed"], task["completed_at"], task["contact"], task["description"]) == (False, None, None, None)


def test_unknown_fields_are_ignored(anyone: Person) -> None:
    body = {"title": "x", "id": 99, "uuid": "x", "due_at": "soon", "a": {"b": [1, {"c": None}]}, "": 1, "\0": "\0"}
    assert data(call(anyone, "POST", "/tasks", body))["id"] == 1


@pytest.mark.parametrize("zero", [0, "0", " 0 ", 0.0, "-0", "00"])
def test_an_optional_id_of_zero_is_not_given(anyone: Person, zero: Any) -> None:
    assert made(anyone, "/tasks", contact_id=zero)["contact"] is None
    assert made(anyone, "/contacts", gender_id=zero, gender="Woman")["gender"] == "Woman"


LONG = "é" * 1_000_000


@pytest.mark.parametrize("escaped", [True, False])
def test_a_million_characters_may_be_written_with_escapes(house: House, *, escaped: bool) -> None:
    body = json.dumps({"title": "x", "description": LONG}, ensure_ascii=escaped).encode()
    assert len(body) > (6_000_000 if escaped else 2_000_000)
    assert data(send(house.alice, JSON, body))["description"] == LONG
    assert shown(house.alice, "/tasks/1")["description"] == LONG


def test_a_million_characters_may_come_in_a_form(anyone: Person) -> None:
    astral = "🙂" * 1_000_000
    body = urlencode({"title": "x", "description": astral}).encode()
    assert data(send(anyone, FORM, body))["description"] == astral
    files = {"title": (None, "x"), "description": (None, astral)}
    assert data(call(anyone, "POST", "/tasks", files=files))["description"] == astral


def test_the_largest_body_has_sixteen_megabytes(anyone: Person) -> None:
    largest = 16 * 1024 * 1024
    body = b'{"title": "x"}'
    assert send(anyone, JSON, body.ljust(largest)).status_code == 200
    assert plain(send(anyone, JSON, body.ljust(largest + 1)))[0] == 413


def test_lists_of_more_than_256_kilobytes_are_not_read(anyone: Person) -> None:
    body = b'{"title": [' + b"[]," * 400_000 + b"[]]}"
    answer = send(anyone, JSON, body, "/tasks", "POST")
    assert (answer.status_code, answer.json().keys()) == (413, {"message"})


def test_what_a_form_does_not_know_is_skipped_however_long_it_is(anyone: Person) -> None:
    body = b'{"title": "Short", "more": [' + b"[]," * 400_000 + b"[]]}"
    assert send(anyone, JSON, body, "/tasks", "POST").json()["data"]["title"] == "Short"
