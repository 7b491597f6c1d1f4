"""Values in bodies and answers (specification, section 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts
from carnet.core.companies import CompanyDraft
from carnet.core.contacts import ContactDraft
from carnet.dialects.hydra.operations import CLASSES
from tests.hydra.dump import untouched
from tests.hydra.fields import (
    CHOICES,
    FIELDS,
    IRI,
    LIMITS,
    ONLY_ON_POST,
    READ_ONLY,
    REQUIRED,
    TEXTS,
    others_than,
)
from tests.hydra.things import DUE, WRITABLE, another, made, needed
from tests.hydra.wording import BLANK, CHOICE, NOT_VALID, NULL, TAKEN, TOO_LONG, problem, violations, wrong_type

if TYPE_CHECKING:
    from tests.conftest import House, Person

BLANKS = ("", " ", "\t\r\n", "\u00a0\u2003\u3000\u2028")


def test_no_field_goes_untested() -> None:
    listed = {collection: set(fields) for collection, fields in FIELDS.items()}
    for collection, fields in READ_ONLY.items():
        listed.setdefault(collection, set()).update(fields)
    assert listed == {each.collection.removeprefix("/api/"): {field.wire for field in each.fields} for each in CLASSES}


@pytest.mark.parametrize("collection", WRITABLE)
def test_every_wrong_json_type_is_named(any_house: House, collection: str) -> None:
    alice = any_house.alice
    item, body = made(alice, collection)["@id"], needed(alice, collection)
    with untouched(any_house):
        for field, kind in FIELDS[collection].items():
            for given, value in others_than(field, kind).items():
                refusal = wrong_type(field, "string" if kind == IRI else kind, given)
                assert problem(alice.post(f"/api/{collection}", {**body, field: value})) == refusal
                if (collection, field) not in ONLY_ON_POST:
                    assert problem(alice.patch(item, {field: value})) == refusal


def test_an_entry_of_another_type_is_refused(any_house: House) -> None:
    contact = made(any_house.alice, "contacts")["@id"]
    with untouched(any_house):
        for field in ("emails", "phones", "tags"):
            for entry in (5, 1.5, True, [], None, ["a@b"]):
                assert problem(any_house.alice.patch(contact, {field: [entry]}))[0] == 400


@pytest.mark.parametrize("collection", WRITABLE)
def test_what_can_only_be_read_is_ignored_even_when_wrong(anyone: Person, collection: str) -> None:
    known = made(anyone, collection)
    everything = {
        "id": "/api/contacts/5",
        "@id": 7,
        "@type": ["x"],
        "@context": {"a": None},
        "originId": [1],
        "odd": {"deep": [{}]},
        "hydra:title": 1,
        **{field: [{"wrong": True}] for field in READ_ONLY[collection]},
        **{field: 3.5 for of, field in ONLY_ON_POST if of == collection},
    }
    after = anyone.patch(known["@id"], everything)
    assert (after.status_code, after.json()) == (200, known)
    for once in ONLY_ON_POST:
        everything.pop(once[1], None)
    created = anyone.post(f"/api/{collection}", {**needed(anyone, collection), **everything})
    assert created.status_code == 201
    assert created.json().keys() - {"secret"} == known.keys()


@pytest.mark.parametrize("collection", WRITABLE)
def test_a_record_may_be_sent_back_whole(anyone: Person, collection: str) -> None:
    known = made(anyone, collection)
    nulls = {field: None for field in FIELDS[collection] if field not in known}
    after = anyone.patch(known["@id"], {**known, **nulls, "id": known["@id"], "originId": known["id"]})
    assert (after.status_code, after.json()) == (200, known)


@pytest.mark.parametrize("collection", WRITABLE)
def test_null_on_post_is_as_good_as_nothing(anyone: Person, collection: str) -> None:
    body = needed(anyone, collection)
    first = anyone.post(f"/api/{collection}", body)
    second = anyone.post(f"/api/{collection}", another(collection, {**dict.fromkeys(FIELDS[collection]), **body}))
    assert (first.status_code, second.status_code) == (201, 201)
    plain, nulls = first.json(), second.json()
    if collection == "tags":
        nulls["name"] = plain["name"]
    for each in (plain, nulls):
        for field in ("@id", "id", "position", "createdAt", "updatedAt", "secret"):
            each.pop(field, None)
    assert nulls == plain


@pytest.mark.parametrize("collection", WRITABLE)
def test_what_is_required_is_never_null_or_blank(any_house: House, collection: str) -> None:
    alice = any_house.alice
    item, body = made(alice, collection)["@id"], needed(alice, collection)
    texts = [field for field in REQUIRED[collection] if field != "dueDate"]
    with untouched(any_house):
        for field in texts:
            assert violations(alice.patch(item, {field: None})) == {field: BLANK}
            assert violations(alice.post(f"/api/{collection}", {**body, field: None})) == {field: BLANK}
            for blank in BLANKS:
                assert violations(alice.patch(item, {field: blank})) == {field: BLANK}
                assert violations(alice.post(f"/api/{collection}", {**body, field: blank})) == {field: BLANK}
        missing = violations(alice.post(f"/api/{collection}", {}))
    assert set(REQUIRED[collection]) <= missing.keys()
    assert all(missing[field] == BLANK for field in texts)


@pytest.mark.parametrize("blank", [None, *BLANKS])
def test_null_and_blanks_clear_a_text(anyone: Person, blank: str | None) -> None:
    for collection, fields in TEXTS.items():
        item = made(anyone, collection, **dict.fromkeys(fields, " kept "))
        assert [item[field] for field in fields] == ["kept"] * len(fields)
        after = anyone.patch(item["@id"], dict.fromkeys(fields, blank)).json()
        assert not set(fields) & after.keys()
        born = made(anyone, collection, **dict.fromkeys(fields, blank))
        assert not set(fields) & born.keys()


def test_who_asked_for_no_mail_says_so(anyone: Person) -> None:
    contact = made(anyone, "contacts", doNotEmail=True)
    assert contact["doNotEmail"] is True
    assert "doNotEmail" not in anyone.patch(contact["@id"], {"doNotEmail": None}).json()


def test_absent_keys_change_nothing(anyone: Person) -> None:
    contact = made(anyone, "contacts", emails=["a@b"], company="Halden", position="Buyer", isLead=True, status="lost")
    assert anyone.patch(contact["@id"], {}).json() == contact
    after = anyone.patch(contact["@id"], {"address": "1 Quay"}).json()
    assert after.pop("address") == "1 Quay"
    assert after | {"updatedAt": ""} == contact | {"updatedAt": ""}


@pytest.mark.parametrize(("collection", "field"), CHOICES)
def test_vocabularies(anyone: Person, collection: str, field: str) -> None:
    words, body = CHOICES[collection, field], needed(anyone, collection)
    assert made(anyone, collection)[field] == words[0]
    for word in words:
        item = made(anyone, collection, **{field: word})
        assert item[field] == word
        after = anyone.patch(item["@id"], {field: words[1]}).json()[field]
        assert after == (word if (collection, field) in ONLY_ON_POST else words[1])
    for wrong in ("", "nonsense", words[1].upper(), words[1] + "s", "\0"):
        answer = anyone.post(f"/api/{collection}", {**body, field: wrong})
        assert violations(answer) == {field: CHOICE}


CASES = [(collection, field, limit) for collection, fields in LIMITS.items() for field, limit in fields.items()]


def test_limits_count_characters(house: House, subtests: pytest.Subtests) -> None:
    for collection, field, limit in CASES:
        with subtests.test(collection=collection, field=field, limit=limit):
            _limits_count_characters(house, collection, field, limit)


def _limits_count_characters(house: House, collection: str, field: str, limit: int) -> None:
    alice = house.alice
    longest = "é" * (limit - 1) + "🧵"
    item = made(alice, collection, **{field: f"  {longest}\n"})
    assert item[field] == longest
    with untouched(house):
        for answer in (
            alice.patch(item["@id"], {field: longest + "x"}),
            alice.post(f"/api/{collection}", {**needed_without(collection, field, item), field: longest + "x"}),
        ):
            assert violations(answer) == {field: TOO_LONG.format(limit)}


def needed_without(collection: str, field: str, item: dict[str, Any]) -> dict[str, Any]:
    """What a record like this one needs, but for one field."""
    body = {name: item[name] for name in (*REQUIRED[collection], "contact") if name in item}
    body.pop(field, None)
    return body


def test_arrays_have_fifty_entries_at_most(house: House, subtests: pytest.Subtests) -> None:
    for collection in ("contacts", "companies"):
        for field in ("emails", "phones"):
            with subtests.test(collection=collection, field=field):
                _arrays_have_fifty_entries_at_most(house, collection, field)


def _arrays_have_fifty_entries_at_most(house: House, collection: str, field: str) -> None:
    entries = [f"a{number}@b" for number in range(51)]
    item = made(house.alice, collection, **{field: [*entries[:50], " ", entries[0]]})
    assert item[field] == entries[:50]
    with untouched(house):
        assert list(violations(house.alice.patch(item["@id"], {field: entries}))) == [field]


def test_all_violations_come_at_once(any_house: House) -> None:
    body = {"name": " ", "emails": ["a@b", "x", "a b@c"], "status": "x", "position": "p" * 256, "companyId": "7"}
    with untouched(any_house):
        assert violations(any_house.alice.post("/api/contacts", body)).keys() == {
            "name",
            "emails[1]",
            "emails[2]",
            "status",
            "position",
            "companyId",
        }
        told = violations(any_house.alice.post("/api/contact_tasks", {"type": "x", "startDate": "soon"}))
        assert told.keys() == {"contact", "title", "dueDate", "type", "startDate"}
        assert (told["contact"], told["title"], told["dueDate"]) == (NULL, BLANK, NULL)
        deal = {"amount": -1, "currency": "euro", "probability": 101, "expectedCloseDate": "soon", "source": "s" * 256}
        told = violations(any_house.alice.post("/api/deals", {**deal, "status": "x"}))
        assert told.keys() == {"title", "status", *deal}
        told = violations(any_house.alice.post("/api/notes", {"text": " ", "title": "t" * 256}))
        assert told == {"contact": NULL, "text": BLANK, "title": TOO_LONG.format(255)}
        told = violations(any_house.alice.post("/api/tags", {"name": "", "color": "green"}))
        assert told == {"name": BLANK, "color": NOT_VALID}
        told = violations(any_house.alice.post("/api/pipeline_states", {"name": "", "color": "green"}))
        assert told == {"name": BLANK, "color": NOT_VALID}
    made(any_house.alice, "tags", name="Supplier")
    told = violations(any_house.alice.post("/api/tags", {"name": "supplier", "color": "green"}))
    assert told == {"name": TAKEN, "color": NOT_VALID}


def test_longer_values_of_other_tongues_stay(house: House) -> None:
    long: dict[str, Any] = {
        "name": "n" * 300,
        "position": "p" * 300,
        "website": "w" * 3_000,
        "description": "d" * 70_000,
    }
    phones = [f"+33 6 {number}" for number in range(60)]
    company = house.alice.does(companies.create, CompanyDraft(name="c" * 300))
    made_elsewhere = house.alice.does(
        contacts.create, ContactDraft(**long, phones=phones, company_id=company.id, address="a" * 3_000)
    )
    path = f"/api/contacts/{made_elsewhere.id}"
    shown = house.alice.get(path).json()
    assert (shown["additionalInfo"], shown["phones"], shown["company"]) == (long["description"], phones, "c" * 300)
    after = house.alice.patch(path, {**shown, "isLead": True})
    assert after.json() | {"updatedAt": ""} == shown | {"updatedAt": "", "isLead": True}
    for field in ("name", "position", "website", "additionalInfo", "company", "address"):
        assert violations(house.alice.patch(path, {field: shown[field] + "x"})).keys() == {field}
    assert violations(house.alice.patch(path, {"phones": [*phones, "7"]})).keys() == {"phones"}


ODD = (
    "Inès Łódź Ångström ß ﬁ",
    "田中 花子 한국 ไทย",
    "🧵👩🏽\u200d🚀🇫🇷",
    "\u202eright to left\u202c \u200f\u05e9\u05dc\u05d5\u05dd مرحبا",
    "<b>bold</b> &amp; <script>alert('1')</script>",
    "e\u0301 stays apart from é",
    "line\nbreak\ttab \\ / \" ' % _ * ? {} [] \u2028 \x7f \x01",
    "\ufeffa mark, \u200b no width, \U0010ffff the last",
    "'; DROP TABLE contacts; --",
    "null",
)


def test_text_comes_back_as_it_was_sent(house: House, subtests: pytest.Subtests) -> None:
    for text in ODD:
        with subtests.test(text=text):
            _text_comes_back_as_it_was_sent(house, text)


def _text_comes_back_as_it_was_sent(house: House, text: str) -> None:
    alice = house.alice
    contact = made(alice, "contacts", name=text, company=text, phones=[text], meetingContext=text)
    task = made(alice, "contact_tasks", title=text, dueDate=DUE, payload={text: [text]}, contact=contact["@id"])
    for field in ("name", "company", "meetingContext"):
        assert alice.get(contact["@id"]).json()[field] == text
    assert alice.get(contact["@id"]).json()["phones"] == [text]
    shown = alice.get(task["@id"]).json()
    assert (shown["title"], shown["payload"]) == (text, {text: [text]})
    deal = made(alice, "deals", title=text, description=text, source=text)
    note = made(alice, "notes", title=text, text=text, deal=deal["@id"])
    tag = made(alice, "tags", name=text)
    for item, fields in ((deal, ("title", "description", "source")), (note, ("title", "text")), (tag, ("name",))):
        assert [alice.get(item["@id"]).json()[field] for field in fields] == [text] * len(fields)


def test_text_is_not_escaped(anyone: Person) -> None:
    for text in ODD[:5]:
        assert text in anyone.get(made(anyone, "contacts", name=text)["@id"]).text


def test_texts_are_trimmed(anyone: Person) -> None:
    contact = made(anyone, "contacts", name="\u00a0 Inès\n", emails=[" a@b\t"], company=" Halden ", phones=[" 1 "])
    assert (contact["name"], contact["emails"], contact["company"], contact["phones"]) == (
        "Inès",
        ["a@b"],
        "Halden",
        ["1"],
    )


def test_what_is_null_is_left_out(anyone: Person) -> None:
    always = {"@context", "@id", "@type", "id", "createdAt", "updatedAt"}
    assert made(anyone, "contacts").keys() == always | {"name", "emails", "phones", "status", "tags", "isLead"}
    assert made(anyone, "contact_tasks").keys() == always | {
        *("contact", "title", "type", "taskKind", "dueDate", "completed", "status", "priority", "allDay", "tags"),
    }
    assert made(anyone, "companies").keys() == always | {"name", "emails", "phones", "contactsCount"}
    assert made(anyone, "pipelines").keys() == always | {"name", "position", "isDefault", "states"}
    assert made(anyone, "pipeline_states").keys() == always | {"name", "color", "position", "pipeline", "kind"}
    assert made(anyone, "deals").keys() == always | {"title", "currency", "status", "tags"}
    assert made(anyone, "notes").keys() == always | {"contact", "text"}
    assert made(anyone, "tags").keys() == always | {"name"}


def test_a_payload_that_grows_too_large_by_merging_is_refused(any_house: House) -> None:
    task = made(any_house.alice, "contact_tasks", payload={"a": "x" * 200_000})["@id"]
    with untouched(any_house):
        answer = any_house.alice.patch(task, {"payload": {"b": "x" * 200_000}})
    assert (answer.status_code, answer.json()["violations"][0]["propertyPath"]) == (422, "payload")
    assert any_house.alice.patch(task, {"payload": {"a": None, "b": "x" * 200_000}}).status_code == 200
