"""Contacts at `/v1/contacts` (specification, sections 5 and 7)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts, events, undo
from carnet.core.contacts import ContactChanges, Status
from tests.hydra.dump import untouched
from tests.ysuite.client import answered, errors, fields
from tests.ysuite.things import (
    company,
    core_company,
    core_contact,
    deal,
    kept_company,
    kept_contact,
    kept_deal,
    lead,
    person,
    tag,
    task,
)

if TYPE_CHECKING:
    from tests.ysuite.client import Client

ROW = ["cstid", "cstname", "cstemail", "cstmobile", "contact_type", "cstcreated_on"]
ITEM = {
    *("cstid", "cstname", "contact_type", "cstemail", "cstmobile", "cstmobile_country_id", "cstaddress"),
    *("ct_taxnumber", "cstnotes", "cstemailnotify", "cstsmsnotify", "cst_whatsapp_notify", "contact_parent"),
    *("cst_tag_id", "cstcreated_on"),
}


def test_the_published_create(client: Client) -> None:
    answer = client.post("/contacts", {"cstname": "Sarah Ahmed", "contact_type": 1, "cstmobile": "501234567"})
    assert answered(answer) == {
        "success": True,
        "message": "New contact has been created successfully.",
        "data": {"cstid": 1, "cstname": "Sarah Ahmed"},
    }
    row = client.rows("/contacts")[0]
    assert list(row) == ROW
    assert row["cstmobile"] == "501234567"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["cstcreated_on"])


def test_a_moment_of_creation_is_in_utc_without_a_fraction(client: Client) -> None:
    exact = datetime(2026, 5, 15, 8, 30, 0, 987_654, tzinfo=UTC)
    client.person.does(contacts.create, contacts.ContactDraft(name="x"), now=exact)
    assert client.column("/contacts", "cstcreated_on") == ["2026-05-15T08:30:00Z"]
    assert client.read("/contacts/1")["cstcreated_on"] == "2026-05-15T08:30:00Z"


@pytest.mark.parametrize("kind", [1, 2])
def test_every_field_is_kept_and_given_back(client: Client, kind: int) -> None:
    vip = tag(client)
    sent: dict[str, Any] = {
        "cstname": "Halden & Söhne, Dr. Inès van der Aubry",
        "contact_type": kind,
        "cstemail": "Ines@Example.com",
        "cstmobile": "+971 50 123-4567",
        "cstmobile_country_id": 971,
        "cstaddress": "Rue du Lac 7\n1000 Lausanne",
        "ct_taxnumber": "TRN-100200300",
        "cstnotes": "met at the fair",
        "cstemailnotify": False,
        "cstsmsnotify": True,
        "cst_whatsapp_notify": False,
        "cst_tag_id": [vip],
    }
    if kind == 1:
        sent["contact_parent"] = company(client)
    cstid = client.made("/contacts", sent)["cstid"]
    shown = client.read(f"/contacts/{cstid}")
    assert set(shown) == ITEM
    assert {name: shown[name] for name in sent} == sent
    core = kept_contact(client, cstid) if kind == 1 else kept_company(client, cstid)
    assert (core.name, core.emails, core.phones) == (sent["cstname"], [sent["cstemail"]], [sent["cstmobile"]])
    assert (core.address, core.description) == (sent["cstaddress"], sent["cstnotes"])
    kept = ("cstmobile_country_id", "ct_taxnumber", "cstemailnotify", "cstsmsnotify", "cst_whatsapp_notify")
    assert core.extras == {"ysuite": {name: sent[name] for name in kept}}


def test_no_parts_are_made_of_a_name(client: Client) -> None:
    core = kept_contact(client, person(client, "Sarah Jane Ahmed"))
    assert (core.given_name, core.middle_name, core.family_name) == (None, None, None)


def test_what_is_not_set_is_null_and_notifications_are_on(client: Client) -> None:
    for cstid in (person(client), company(client), core_contact(client).number, core_company(client).number):
        shown = client.read(f"/contacts/{cstid}")
        unset = ITEM - {"cstid", "cstname", "contact_type", "cst_tag_id", "cstcreated_on"}
        on = {"cstemailnotify", "cstsmsnotify", "cst_whatsapp_notify"}
        assert {name for name in unset if shown[name] is None} == unset - on
        assert [shown[name] for name in sorted(on)] == [True] * 3
        assert shown["cst_tag_id"] == []
    silent = person(client, cstemailnotify=None, cstsmsnotify=None, ct_taxnumber="")
    assert kept_contact(client, silent).extras is None


def test_people_companies_and_leads_share_one_counter_whichever_door_makes_them(client: Client) -> None:
    numbers = [
        person(client),
        company(client),
        lead(client),
        core_contact(client).number,
        core_company(client).number,
        client.person.post("/api/contacts", {"name": "x"}).status_code and client.rows("/contacts")[0]["cstid"],
        client.person.post("/api/companies", {"name": "x"}).status_code and client.rows("/contacts")[0]["cstid"],
        person(client),
    ]
    assert numbers == list(range(1, 9))
    client.delete("/contacts/8")
    assert company(client) == 9
    assert client.column("/contacts", "cstid") == [9, 7, 6, 5, 4, 3, 2, 1]


def test_a_type_filters_and_tells_the_kind(client: Client) -> None:
    one, two, three = person(client), company(client), lead(client)
    assert client.column("/contacts", "cstid", type=1) == [three, one]
    assert client.column("/contacts", "cstid", type=2) == [two]
    assert client.column("/contacts", "contact_type") == [1, 2, 1]
    for other in (0, 3, -1):
        assert client.rows("/contacts", type=other) == []
    assert client.column("/contacts", "cstid", contact_type=2) == [three, two, one]


def test_a_lead_stays_among_the_contacts_whatever_its_status(client: Client) -> None:
    cstid = lead(client)
    core = kept_contact(client, cstid)
    for status in Status:
        client.person.does(contacts.change, core.id, ContactChanges(status=status))
        assert client.column("/contacts", "cstid") == [cstid]
        assert client.read(f"/contacts/{cstid}")["contact_type"] == 1
    client.person.does(contacts.change, core.id, ContactChanges(is_lead=False))
    assert client.column("/contacts", "cstid") == [cstid]


@pytest.mark.parametrize("value", [0, 3, -1, 10**30, "2x", None, "", True, 1.0, [1]])
def test_a_contact_type_is_1_or_2(anyone: Client, value: Any) -> None:
    assert fields(anyone.post("/contacts", {"cstname": "x", "contact_type": value})) == {"contact_type"}


def test_an_email_has_text_on_both_sides_of_one_at(client: Client) -> None:
    cstid = person(client)
    for email in ("x", "@", "a@", "@b", "a@b@c", "a b@c", "a@b c"):
        body = {"cstname": "x", "contact_type": 1, "cstemail": email}
        text = "The cstemail field must be a valid email address."
        assert errors(client.post("/contacts", body)) == {"cstemail": text}
        assert fields(client.put(f"/contacts/{cstid}", {"cstemail": email})) == {"cstemail"}
        assert fields(client.post("/leads", {"cstname": "x", "cstemail": email})) == {"cstemail"}
    for email in ("a@b", "é@ü.example", "a+b@example.com"):
        assert client.changed(f"/contacts/{cstid}", {"cstemail": email})["cstemail"] == email


def test_an_email_need_not_be_unique(client: Client) -> None:
    for _ in range(2):
        person(client, cstemail="same@example.com")
        company(client, cstemail="same@example.com")
    assert len(client.rows("/contacts", search="same@example.com")) == 4


def test_a_parent_is_a_company_and_only_of_a_person(client: Client) -> None:
    place, other = company(client), person(client)
    cstid = person(client, contact_parent=place)
    assert client.read(f"/contacts/{cstid}")["contact_parent"] == place
    assert kept_contact(client, cstid).company == "Halden Ateliers"
    with untouched(client.house):
        for body in (
            {"cstname": "x", "contact_type": 2, "contact_parent": place},
            {"cstname": "x", "contact_type": 1, "contact_parent": other},
            {"cstname": "x", "contact_type": 1, "contact_parent": 99},
        ):
            assert fields(client.post("/contacts", body)) == {"contact_parent"}
        assert fields(client.put(f"/contacts/{place}", {"contact_parent": place})) == {"contact_parent"}
        told = errors(client.put(f"/contacts/{cstid}", {"contact_parent": other}))
        assert told == {"contact_parent": "The contact_parent field must be a contact of contact_type 2."}
    assert company(client, contact_parent=None)
    assert client.changed(f"/contacts/{cstid}", {"contact_parent": None})["contact_parent"] is None


def test_a_put_changes_what_it_names_and_nothing_else(client: Client) -> None:
    for cstid in (person(client, cstemail="a@b", cst_tag_id=[tag(client)], ct_taxnumber="1"), company(client)):
        before = client.read(f"/contacts/{cstid}")
        big = tag(client, f"big {cstid}")
        for name, value in (
            ("cstname", "New"),
            ("cstemail", "new@example.com"),
            ("cstmobile", "7"),
            ("cstmobile_country_id", 41),
            ("cstaddress", "new"),
            ("ct_taxnumber", "2"),
            ("cstnotes", "new"),
            ("cstemailnotify", False),
            ("cstsmsnotify", False),
            ("cst_whatsapp_notify", False),
            ("cst_tag_id", [big]),
        ):
            answer = client.put(f"/contacts/{cstid}", {name: value})
            assert answered(answer)["message"] == "Contact has been updated successfully."
            after = answered(answer)["data"]
            assert after == {**before, name: value} == client.read(f"/contacts/{cstid}"), name
            before = after


def test_the_type_of_a_contact_may_be_sent_but_not_changed(client: Client) -> None:
    one, two = person(client), company(client)
    for cstid, kind, other in ((one, 1, 2), (two, 2, 1)):
        for same in (kind, str(kind)):
            assert client.changed(f"/contacts/{cstid}", {"contact_type": same, "cstname": "x"})["contact_type"] == kind
        told = errors(client.put(f"/contacts/{cstid}", {"contact_type": other}))
        assert told == {"contact_type": "The contact_type of a contact cannot be changed."}
        for value in (3, None, "x"):
            assert fields(client.put(f"/contacts/{cstid}", {"contact_type": value})) == {"contact_type"}


def test_what_another_tongue_set_survives_a_put(client: Client) -> None:
    core = core_contact(
        client,
        "Inès Aubry",
        given_name="Inès",
        family_name="Aubry",
        emails=["first@example.com", "second@example.com"],
        phones=["1", "2"],
        company="Halden Ateliers",
        position="Buyer",
        meeting_context="fair",
        status=Status.QUALIFIED,
        owner_id=client.house.bob.user.id,
        extras={"monica": {"food": "figs"}},
    )
    path = f"/contacts/{core.number}"
    whole = client.read(path)
    assert client.changed(path, whole) == whole
    assert kept_contact(client, core.number) == core
    client.changed(path, {"cstemail": "new@example.com", "cstmobile": "2", "ct_taxnumber": "7"})
    after = kept_contact(client, core.number)
    assert after.emails == ["new@example.com", "second@example.com"]
    assert after.phones == ["2"]
    assert after.extras == {"monica": {"food": "figs"}, "ysuite": {"ct_taxnumber": "7"}}
    same = ("name", "given_name", "family_name", "company_id", "position", "meeting_context", "status", "owner_id")
    assert [getattr(after, name) for name in same] == [getattr(core, name) for name in same]
    client.changed(path, {"ct_taxnumber": None, "cstemail": None})
    after = kept_contact(client, core.number)
    assert (after.emails, after.extras) == (["second@example.com"], {"monica": {"food": "figs"}})
    client.changed(path, {"cstname": "Inès Berger"})
    assert kept_contact(client, core.number).given_name is None


def test_longer_values_from_elsewhere_are_shown_whole_and_may_be_sent_back(client: Client) -> None:
    long = {"name": "n" * 200, "address": "a" * 300, "description": "d" * 3_000}
    for core in (core_contact(client, **long), core_company(client, **long)):
        path = f"/contacts/{core.number}"
        whole = client.read(path)
        assert (whole["cstname"], whole["cstaddress"], whole["cstnotes"]) == tuple(long.values())
        assert client.changed(path, {**whole, "cstmobile": "1"})["cstnotes"] == long["description"]
        for name in ("cstname", "cstaddress", "cstnotes"):
            assert fields(client.put(path, {name: whole[name] + "!"})) == {name}


def test_deleting_leaves_deals_and_what_hangs_on_them(client: Client) -> None:
    for make in (person, company, lead):
        cstid = make(client)
        deal_id = deal(client, cstid=cstid)
        alone, shared = task(client, cstid=cstid), task(client, cstid=cstid, deal_id=deal_id)
        gone = answered(client.delete(f"/contacts/{cstid}"))
        assert gone == {"success": True, "message": "Contact has been deleted successfully."}
        assert client.get(f"/tasks/{alone}").status_code == 400
        assert client.read(f"/tasks/{shared}")["cstid"] is None
        assert client.read(f"/tasks/{shared}")["deal_id"] == deal_id
        assert client.read(f"/deals/{deal_id}")["cstid"] is None
        assert cstid not in client.column("/contacts", "cstid")
        answered(client.delete(f"/deals/{deal_id}"))
        assert client.get(f"/tasks/{shared}").status_code == 400


def test_deleting_a_company_leaves_its_people(client: Client) -> None:
    place = company(client)
    cstid = person(client, contact_parent=place)
    deal_id = deal(client, cstid=place, deal_contact_id=cstid)
    client.delete(f"/contacts/{place}")
    assert client.read(f"/contacts/{cstid}")["contact_parent"] is None
    shown = client.read(f"/deals/{deal_id}")
    assert (shown["cstid"], shown["deal_contact_id"]) == (cstid, cstid)
    assert kept_deal(client, deal_id).company_id is None


def test_what_is_kept_comes_back_with_an_undone_delete(client: Client) -> None:
    cstid = person(client, ct_taxnumber="7", cst_tag_id=[tag(client)])
    before = client.read(f"/contacts/{cstid}")
    core = kept_contact(client, cstid)
    answered(client.delete(f"/contacts/{cstid}"))
    deletion = client.person.sees(events.of_record, core.id)[-1]
    client.person.does(undo.undo, deletion.number)
    assert client.read(f"/contacts/{cstid}") == before
