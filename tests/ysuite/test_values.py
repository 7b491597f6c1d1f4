"""What each type of value takes and refuses (specification, section 3, "Value rules for bodies")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.dump import untouched
from tests.ysuite.client import Client, errors, fields
from tests.ysuite.fields import (
    DAYS,
    FLAGS,
    INTEGERS,
    LIMITS,
    NUMBERS,
    REFERENCES,
    STRINGS,
    TAG_LISTS,
    TIMES,
    bodies,
    written,
)
from tests.ysuite.things import HUGE, deal, person, tag, task

if TYPE_CHECKING:
    from tests.conftest import House

NO_STRINGS: tuple[Any, ...] = (1, 1.5, True, False, [], ["x"], {}, {"a": 1})
NO_INTEGERS: tuple[Any, ...] = (
    True,
    False,
    1.0,
    1.5,
    "",
    " 3",
    "3 ",
    "-3",
    "+3",
    "3.0",
    "1e1",
    "x",
    "٣",
    "0x1",
    [],
    [3],
    {},
)
NO_FLAGS: tuple[Any, ...] = (2, -1, 1.0, 0.0, "true", "false", "1", "0", "", "yes", [], {})
NO_NUMBERS: tuple[Any, ...] = (
    True,
    False,
    "x",
    "",
    " ",
    "NaN",
    "nan",
    "Infinity",
    "-inf",
    "1,5",
    "1 000",
    "٣",
    "0x10",
    "1e",
    [],
    [1],
    {},
)
NO_TIMES: tuple[Any, ...] = (
    *("2026-07-15", "2026-02-30T10:00:00", "2026-13-01T10:00:00", "2026-07-15T24:00:00", "2026-07-15T10:60:00"),
    *("2026-07-15T10:00:60", "10:00:00", "tomorrow", "", "0000-01-01T00:00:00", "2026-7-15T10:00:00", "2026-07-15T10"),
    *("2026-07-15T10:00:00+25:00", "2026-07-15T10:00:00 Europe/Paris", "15/07/2026 10:00:00", "٢٠٢٦-07-15T10:00:00"),
    *("2026-07-15T10:00:00Z Z", "20260715T100000", "2026-07-15  10:00:00", "2026-07-15T10:00.5", 0, 1.5, True, [], {}),
)
NO_DAYS: tuple[Any, ...] = (
    "2026-02-30",
    "2026-13-01",
    "2026-7-5",
    "20260715",
    "2026-07-15T10:00:00",
    "",
    "x",
    "0000-01-01",
    0,
    True,
    [],
)
NO_LISTS: tuple[Any, ...] = ("1", 1, True, {}, {"0": 1}, ["1"], [1.0], [True], [None], [[1]], [1, "x"], "", 0)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (STRINGS, NO_STRINGS),
        (INTEGERS, NO_INTEGERS),
        (FLAGS, NO_FLAGS),
        (NUMBERS, NO_NUMBERS),
        (TIMES, NO_TIMES),
        (DAYS, NO_DAYS),
        (TAG_LISTS, NO_LISTS),
    ],
    ids=["string", "integer", "boolean", "number", "datetime", "date", "integer[]"],
)
def test_a_value_of_another_kind_is_refused_under_its_field(
    any_house: House, table: dict[str, tuple[str, ...]], values: tuple[Any, ...]
) -> None:
    client = Client(any_house.alice)
    good, records = bodies(client), written(client)
    with untouched(any_house):
        for path, names in table.items():
            for name in names:
                for value in values:
                    answer = client.post(path, {**good[path], name: value})
                    assert fields(answer) == {name}, (path, name, value)
                    if path in records:
                        assert fields(client.put(records[path], {name: value})) == {name}, (path, name, value)


@pytest.mark.parametrize("path", LIMITS)
def test_a_text_is_trimmed_and_its_length_counts_code_points(client: Client, path: str) -> None:
    good = bodies(client)
    key = {"/tasks": "activity_id", "/deals": "deal_id"}.get(path, "cstid")
    for name, limit in LIMITS[path].items():
        for letter in ("a", "é", "\U0001f600"):
            number = client.made(path, {**good[path], name: f" \n{letter * limit}\t "})[key]
            assert client.read(f"{path}/{number}")[name] == letter * limit
            told = errors(client.post(path, {**good[path], name: letter * (limit + 1)}))
            assert told == {name: f"The {name} field must not be longer than {limit} characters."}


def test_an_integer_may_come_as_digits(client: Client) -> None:
    cstid, deal_id = person(client), deal(client)
    body = {"cstid": str(cstid), "deal_id": f"0{deal_id}", "status": "1", "priority": "4", "assigned_user_id": "2"}
    shown = client.read(f"/tasks/{task(client, **body)}")
    assert {name: shown[name] for name in body} == {
        "cstid": cstid,
        "deal_id": deal_id,
        "status": 1,
        "priority": 4,
        "assigned_user_id": 2,
    }


def test_an_id_that_names_nothing_is_refused_under_its_field(client: Client) -> None:
    good, records = bodies(client), written(client)
    with untouched(client.house):
        for path, names in REFERENCES.items():
            for name in names:
                for number in (0, -1, 999, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, HUGE, -HUGE):
                    value = [number] if name in TAG_LISTS[path] else number
                    answer = client.post(path, {**good[path], name: value})
                    assert errors(answer) == {name: f"The selected {name} does not exist."}
                    if path in records:
                        answer = client.put(records[path], {name: value})
                        assert errors(answer) == {name: f"The selected {name} does not exist."}
            for name in set(names) - set(TAG_LISTS[path]):
                assert fields(client.post(path, {**good[path], name: "9" * 1_000})) == {name}


def test_numbers_beyond_all_bounds_are_refused_under_their_field(anyone: Client) -> None:
    good = bodies(anyone)
    for number in (b"1e400", b"-1e400", b"9" * 5_000, b"-" + b"9" * 5_000):
        for path, name in (("/deals", "deal_amount"), ("/tasks", "cstid"), ("/contacts", "cstmobile_country_id")):
            body = {key: value for key, value in good[path].items() if key != name}
            sent = (b"%s" % str(body).replace("'", '"').encode())[:-1] + b',"%s":%s}' % (name.encode(), number)
            assert fields(anyone.post(path, content=sent)) == {name}, (path, number[:10])
        sent = b'{"cstname":"x","ignored":%s}' % number
        assert anyone.post("/leads", content=sent).status_code == 200


def test_a_kept_integer_has_64_bits(client: Client) -> None:
    for value in (0, 1, -5, 2**53 + 1, 2**63 - 1, -(2**63) + 1):
        cstid = person(client, cstmobile_country_id=value)
        assert client.read(f"/contacts/{cstid}")["cstmobile_country_id"] == value
    for value in (2**63, -(2**63), 2**64, HUGE):
        body = {"cstname": "x", "contact_type": 1, "cstmobile_country_id": value}
        assert fields(client.post("/contacts", body)) == {"cstmobile_country_id"}


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (15000.00, 15000.0),
        (15000, 15000.0),
        ("15000.00", 15000.0),
        (" 12.5 ", 12.5),
        ("1e3", 1000.0),
        (0, 0.0),
        (-0.0, 0.0),
        (0.01, 0.01),
        (19.99, 19.99),
        (1.005, 1.01),
        (1.004, 1.0),
        (10**13, 10.0**13),
        (9_999_999_999_999.99, 9_999_999_999_999.99),
    ],
)
def test_an_amount_is_a_number_of_two_decimals(client: Client, sent: Any, shown: float) -> None:
    deal_id = deal(client, deal_amount=sent)
    assert client.read(f"/deals/{deal_id}")["deal_amount"] == shown
    assert client.rows("/deals")[0]["deal_amount"] == shown


def test_an_amount_below_nothing_or_beyond_the_store_is_refused(anyone: Client) -> None:
    body = bodies(anyone)["/deals"]
    for value in (-1, -0.01, -0.001, "-5", -1e300, 1e300, 10**14, HUGE, "1e999", "9" * 39):
        assert fields(anyone.post("/deals", {**body, "deal_amount": value})) == {"deal_amount"}, value


def test_flags_may_come_as_0_and_1(client: Client) -> None:
    for value, shown in ((True, True), (False, False), (1, True), (0, False)):
        cstid = person(client, cstsmsnotify=value)
        assert client.read(f"/contacts/{cstid}")["cstsmsnotify"] is shown
        assert client.changed(f"/contacts/{cstid}", {"cstemailnotify": value})["cstemailnotify"] is shown


def test_tags_are_kept_in_order_and_once(client: Client) -> None:
    one, two = tag(client, "one"), tag(client, "two")
    activity_id = task(client, tags=[two, one, two])
    assert client.read(f"/tasks/{activity_id}")["tags"] == [two, one]
    assert client.changed(f"/tasks/{activity_id}", {"tags": [one]})["tags"] == [one]
    assert fields(client.put(f"/tasks/{activity_id}", {"tags": [one, 99]})) == {"tags"}
    assert fields(client.put(f"/tasks/{activity_id}", {"tags": [True, two]})) == {"tags"}
    assert client.changed(f"/tasks/{activity_id}", {"tags": []})["tags"] == []


def test_a_nul_is_refused_in_every_text(anyone: Client) -> None:
    good, records = bodies(anyone), written(anyone)
    with untouched(anyone.house):
        for path, names in STRINGS.items():
            for name in names:
                value = "a@b\0c" if name == "cstemail" else "a\0b"
                assert fields(anyone.post(path, {**good[path], name: value})) == {name}
                if path in records:
                    assert fields(anyone.put(records[path], {name: value})) == {name}
