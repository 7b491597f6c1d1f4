"""What a contact is made and changed with, field by field (specification, section 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts
from carnet.core.contacts import ContactChanges
from carnet.core.paging import Asked
from tests.hydra.dump import untouched
from tests.monica.things import (
    NEEDED,
    NOT_FOUND,
    call,
    data,
    each,
    invalid,
    made,
    put,
    refusal,
    shown,
)

if TYPE_CHECKING:
    from tests.conftest import House, Person

LEAST = NEEDED["/contacts"]
AGAIN = {"first_name": "Jim", "is_birthdate_known": False, "is_deceased_date_known": False}
"""The least that an update must say."""


def full(person: Person) -> dict[str, Any]:
    """A contact with all that can be said of one here."""
    return made(
        person,
        "/contacts",
        middle_name="R.",
        nickname="Jimmy",
        gender_id=1,
        description="Tall",
        email="jim@helpert.example",
    )


@pytest.mark.parametrize(
    ("method", "body", "sentences"),
    [
        (
            "POST",
            {"first_name": "A", "last_name": "B"},
            ["is birthdate known", "is deceased", "is deceased date known"],
        ),
        ("PUT", {"first_name": "A"}, ["is birthdate known", "is deceased date known"]),
        ("POST", {}, ["first name", "is birthdate known", "is deceased", "is deceased date known"]),
        ("PUT", {"first_name": " "}, ["first name", "is birthdate known", "is deceased date known"]),
    ],
)
def test_what_is_missing_is_said(house: House, method: str, body: Any, sentences: list[str]) -> None:
    made(house.alice, "/contacts")
    answer = call(house.alice, method, "/contacts" if method == "POST" else "/contacts/1", body)
    assert invalid(answer) == [f"The {field} field is required." for field in sentences]


TEXTS = ["first_name", "middle_name", "last_name", "nickname", "description", "email"]
NUMBERS = [
    *("birthdate_day", "birthdate_month", "birthdate_year", "birthdate_age"),
    *("deceased_date_day", "deceased_date_month", "deceased_date_year", "gender_id"),
]
FLAGS = [
    *("is_partial", "is_birthdate_known", "birthdate_is_age_based", "birthdate_add_reminder"),
    *("is_deceased", "is_deceased_date_known", "deceased_date_add_reminder"),
]


def test_each_field_has_its_rule(anyone: Person) -> None:
    for field in TEXTS:
        spoken = field.replace("_", " ")
        assert invalid(call(anyone, "POST", "/contacts", {**LEAST, field: 5})) == [f"The {spoken} must be a string."]
        long = invalid(call(anyone, "POST", "/contacts", {**LEAST, field: "x" * 256}))
        assert long == [f"The {spoken} may not be greater than 255 characters."]
    for field in NUMBERS:
        sentence = f"The {field.replace('_', ' ')} must be an integer."
        assert invalid(call(anyone, "POST", "/contacts", {**LEAST, field: "x"})) == [sentence]
    for field in FLAGS:
        sentence = f"The {field.replace('_', ' ')} field must be true or false."
        assert invalid(call(anyone, "POST", "/contacts", {**LEAST, field: "x"})) == [sentence]
    assert each(anyone, "/contacts") == []


def test_all_wrong_at_once_is_said_in_the_order_of_the_table(anyone: Person) -> None:
    body = dict.fromkeys([*FLAGS, *NUMBERS, *TEXTS], "x" * 256)
    found = [sentence.split(" ") for sentence in invalid(call(anyone, "POST", "/contacts", body))]
    words = ["first", "middle", "last", "nickname", "gender", "description", "is", "is"]
    assert [each[1] for each in found][:8] == words
    assert len(found) == len(TEXTS) + len(NUMBERS) + len(FLAGS)
    assert found[-1][1] == "email"


@pytest.mark.parametrize("email", ["jim", "a b@c.example", "@", "a@b@c"])
def test_an_email_address_must_be_one(house: House, email: str) -> None:
    sentences = invalid(call(house.alice, "POST", "/contacts", {**LEAST, "email": email}))
    assert sentences == ["The email must be a valid email address."]


def test_an_email_address_becomes_the_first_and_an_update_leaves_it(house: House) -> None:
    uuid = full(house.alice)["uuid"]
    assert house.alice.sees(contacts.get, uuid).emails == ["jim@helpert.example"]
    put(house.alice, "/contacts/1", **AGAIN, email="other@helpert.example")
    assert house.alice.sees(contacts.get, uuid).emails == ["jim@helpert.example"]


def test_absent_fields_are_kept_and_empty_ones_cleared(house: House) -> None:
    before = full(house.alice)
    put(house.alice, "/contacts/1/work", job="Carpenter", company="Halden")
    kept = put(house.alice, "/contacts/1", **AGAIN)
    for name in ("middle_name", "last_name", "nickname", "gender", "description", "complete_name", "created_at"):
        assert kept[name] == before[name]
    assert kept["information"]["career"] == {"job": "Carpenter", "company": "Halden"}
    for nothing in (None, "", "  "):
        full_again = {"middle_name": "R.", "last_name": "Helpert", "nickname": "J", "gender_id": 1, "description": "x"}
        put(house.alice, "/contacts/1", **{**AGAIN, **full_again})
        cleared = put(house.alice, "/contacts/1", **{**AGAIN, **dict.fromkeys(full_again, nothing)})
        assert [cleared[name] for name in ("middle_name", "last_name", "nickname", "gender", "description")] == [
            None
        ] * 5
        assert cleared["complete_name"] == "Jim"


@pytest.mark.parametrize(
    ("said", "gender"),
    [
        ({"gender_id": 2}, "Woman"),
        ({"gender_id": "2"}, "Woman"),
        ({"gender_id": 2, "gender": "Man"}, "Woman"),
        ({"gender": "Woman"}, "Woman"),
        ({"gender": "wOMAN "}, "Woman"),
        ({"gender": "RATHER NOT SAY"}, "Rather not say"),
        ({"gender_id": 0, "gender": "Man"}, "Man"),
        ({"gender_id": None, "gender": "Man"}, "Man"),
        ({"gender": "Wom"}, None),
        ({"gender": "F"}, None),
        ({"gender": "%"}, None),
        ({"gender": "W\0oman"}, None),
        ({"gender": "x" * 100_000}, None),
        ({"gender": 2}, None),
        ({"gender": ["Woman"]}, None),
        ({"gender": None}, None),
        ({}, None),
    ],
)
def test_a_gender_by_number_or_by_name(house: House, said: dict[str, Any], gender: str | None) -> None:
    assert made(house.alice, "/contacts", **said)["gender"] == gender
    made(house.alice, "/contacts", gender_id=3)
    changed = put(house.alice, "/contacts/2", **AGAIN, **said)
    cleared = "gender_id" in said and said["gender_id"] is None and gender is None
    assert changed["gender"] == (gender or (None if cleared else "Rather not say"))


def test_an_unknown_gender_is_invalid(house: House) -> None:
    made(house.alice, "/contacts")
    theirs = made(house.mallory, "/genders")["id"]
    for method, path, body in (("POST", "/contacts", LEAST), ("PUT", "/contacts/1", AGAIN)):
        for number in (theirs, 99, -1):
            with untouched(house):
                answer = call(house.alice, method, path, {**body, "gender_id": number})
            assert invalid(answer) == ["The selected gender id is invalid."]


def test_a_free_uuid_is_used_and_any_other_ignored(house: House) -> None:
    free = "0195C3A0-7D1C-7A90-8B1E-0D4F2F1E8A11"
    assert made(house.alice, "/contacts", uuid=free)["uuid"] == free.lower()
    company = house.alice.post("/api/companies", {"name": "Halden"}).json()["id"]
    for taken in (free, free.lower(), company, "x", 5, "", None, "0195C3A0-7D1C-7A90-8B1E-0D4F2F1E8A1", "\0"):
        assert made(house.alice, "/contacts", uuid=taken)["uuid"] not in {free.lower(), company}
    assert made(house.mallory, "/contacts", uuid=free)["uuid"] == free.lower()
    assert shown(house.alice, "/contacts/1")["uuid"] == free.lower()


def test_work_is_set_apart(house: House) -> None:
    made(house.alice, "/contacts", job="ignored", company="ignored")
    assert shown(house.alice, "/contacts/1")["information"]["career"] == {"job": None, "company": None}

    def career(**said: Any) -> Any:
        return put(house.alice, "/contacts/1/work", **said)["information"]["career"]

    assert career(job="Carpenter", company="Halden") == {"job": "Carpenter", "company": "Halden"}
    assert career() == {"job": "Carpenter", "company": "Halden"}
    assert career(company="halden") == {"job": "Carpenter", "company": "Halden"}
    assert career(job=None) == {"job": None, "company": "Halden"}
    assert career(company="") == {"job": None, "company": None}
    assert [company.name for company in house.alice.sees(companies.page, Asked()).items] == ["Halden"]
    wrong = {"job": 5, "company": "x" * 256}
    assert invalid(call(house.alice, "PUT", "/contacts/1/work", wrong)) == [
        "The job must be a string.",
        "The company may not be greater than 255 characters.",
    ]
    assert refusal(call(house.alice, "PUT", "/contacts/9/work", wrong)) == NOT_FOUND


def test_an_update_leaves_alone_what_other_tongues_know(house: House) -> None:
    uuid = full(house.alice)["uuid"]
    state = house.alice.get("/api/pipeline_states").json()["hydra:member"][0]["id"]
    changes = ContactChanges(
        emails=["a@x.example", "b@x.example"],
        phones=["+41 79 000 00 00"],
        website="https://x.example",
        address="1 Road",
        linkedin_url="https://l.example",
        meeting_context="At a fair",
        state_id=state,
        owner_id=house.bob.user.id,
        is_lead=True,
        extras={"ysuite": {"tax": "1"}},
    )
    before = house.alice.does(contacts.change, uuid, changes)
    contact = put(house.alice, "/contacts/1", **AGAIN, nickname="J", description="Short")
    assert contact["information"]["how_you_met"]["general_information"] == "At a fair"
    after = house.alice.sees(contacts.get, uuid)
    mine = {"version", "updated_at", "nickname", "description"}
    for name in set(before.__struct_fields__) - mine:
        assert getattr(after, name) == getattr(before, name), name


def test_a_refused_contact_leaves_no_trace(house: House) -> None:
    made(house.alice, "/contacts")
    with untouched(house):
        assert invalid(call(house.alice, "POST", "/contacts", {**LEAST, "email": "x"}))
        assert invalid(call(house.alice, "PUT", "/contacts/1", {**AGAIN, "is_birthdate_known": 1}))
        assert invalid(call(house.alice, "PUT", "/contacts/1", {**AGAIN, "gender_id": 77, "nickname": "x"}))
    assert data(call(house.alice, "GET", "/contacts/1"))["nickname"] is None
