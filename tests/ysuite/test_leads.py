"""Leads at `/v1/leads` (specification, section 8.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import contacts, counters
from carnet.core.contacts import ContactChanges, Status
from tests.ysuite.client import answered, errors, fields, refused
from tests.ysuite.things import company, core_contact, kept_contact, lead, person, tag

if TYPE_CHECKING:
    from tests.ysuite.client import Client

ROW = [
    *("cstid", "ct_number", "cstname", "cstemail", "lead_status", "lead_source", "lead_company_name", "owner"),
    "cstcreated_on",
]


def test_the_published_create(client: Client) -> None:
    for _ in range(41):
        core_contact(client)
    answer = client.post("/leads", {"cstname": "Omar Haddad", "lead_source": "Website"})
    assert answered(answer) == {
        "success": True,
        "message": "Lead created successfully!",
        "data": {"cstid": 42, "ct_number": "LED-0042", "cstname": "Omar Haddad"},
    }
    row = client.rows("/leads")[0]
    assert list(row) == ROW
    assert {name: row[name] for name in ROW[:-1]} == {
        "cstid": 42,
        "ct_number": "LED-0042",
        "cstname": "Omar Haddad",
        "cstemail": None,
        "lead_status": "New",
        "lead_source": "Website",
        "lead_company_name": None,
        "owner": None,
    }
    core = kept_contact(client, 42)
    assert (core.is_lead, core.status) == (True, Status.PENDING)


def test_every_field_is_kept_and_given_back(client: Client) -> None:
    sent: dict[str, Any] = {
        "cstname": "Omar Haddad",
        "cstemail": "omar@example.com",
        "cstmobile": "+971501234567",
        "cstmobile_country_id": 971,
        "cstaddress": "Marina 4",
        "cstnotes": "met at the fair",
        "lead_source": "Website",
        "lead_industry": "Wood",
        "lead_company_name": "Haddad Trading",
        "lead_assignedto": 2,
        "lead_assignmentgroup": 12,
        "brand_id": 3,
        "tag_ids": [tag(client)],
    }
    cstid = client.made("/leads", sent)["cstid"]
    shown = client.read(f"/leads/{cstid}")
    assert set(shown) == {*ROW, *sent}
    assert {name: shown[name] for name in sent} == sent
    assert shown["owner"] == "Bob"
    core = kept_contact(client, cstid)
    assert (core.company_id, core.owner_id) == (None, client.house.bob.user.id)
    assert client.rows("/contacts", type=2) == []
    own = ("cstmobile_country_id", "lead_source", "lead_industry", "lead_company_name", "lead_assignmentgroup")
    assert core.extras == {"ysuite": {name: sent[name] for name in (*own, "brand_id")}}


def test_what_is_not_set_is_null(client: Client) -> None:
    for cstid in (lead(client), core_contact(client, is_lead=True).number):
        shown = client.read(f"/leads/{cstid}")
        given = {"cstid", "ct_number", "cstname", "lead_status", "cstcreated_on", "tag_ids"}
        assert {shown[name] for name in shown.keys() - given} == {None}
        assert shown["tag_ids"] == []


def test_a_number_has_at_least_four_digits(client: Client) -> None:
    assert client.made("/leads", {"cstname": "x"})["ct_number"] == "LED-0001"
    place = client.person.actor.workspace_id
    client.house.store.write_now(place, counters.add, place, "contacts_made", 12_343)
    assert client.made("/leads", {"cstname": "x"})["ct_number"] == "LED-12345"
    assert client.column("/leads", "ct_number") == ["LED-12345", "LED-0001"]


def test_groups_and_brands_are_not_looked_up(client: Client) -> None:
    cstid = lead(client, lead_assignmentgroup=999, brand_id=0)
    shown = client.read(f"/leads/{cstid}")
    assert (shown["lead_assignmentgroup"], shown["brand_id"]) == (999, 0)


def test_a_phone_is_kept_as_sent(client: Client) -> None:
    for phone in ("501234567", "+971501234567", "0501234567", "+971 50 123 45 67"):
        assert client.read(f"/leads/{lead(client, cstmobile=phone)}")["cstmobile"] == phone


def test_only_people_marked_as_leads_are_leads(client: Client) -> None:
    one, two, three = person(client), company(client), lead(client)
    assert client.column("/leads", "cstid") == [three]
    for cstid in (one, two, 99):
        assert refused(client.get(f"/leads/{cstid}")) == (400, "Lead not found.")
    core = kept_contact(client, one)
    client.person.does(contacts.change, core.id, ContactChanges(is_lead=True))
    assert client.column("/leads", "cstid") == [three, one]
    assert client.read(f"/leads/{one}")["ct_number"] == "LED-0001"


def test_a_lead_is_a_contact_to_read_change_and_delete(client: Client) -> None:
    cstid = lead(client, lead_source="fair", cstmobile_country_id=41)
    assert client.read(f"/contacts/{cstid}")["cstmobile_country_id"] == 41
    client.changed(f"/contacts/{cstid}", {"cstname": "Renamed", "ct_taxnumber": "7", "cstmobile_country_id": 33})
    shown = client.read(f"/leads/{cstid}")
    assert (shown["cstname"], shown["lead_source"], shown["cstmobile_country_id"]) == ("Renamed", "fair", 33)
    answered(client.delete(f"/contacts/{cstid}"))
    assert refused(client.get(f"/leads/{cstid}")) == (400, "Lead not found.")
    assert client.rows("/leads") == []


def test_an_enriched_lead_stays_so_through_a_put(client: Client) -> None:
    core = core_contact(client, is_lead=True, status=Status.ENRICHED)
    whole = client.read(f"/contacts/{core.number}")
    client.changed(f"/contacts/{core.number}", {**whole, "cstname": "Renamed", "lead_status": "New"})
    assert kept_contact(client, core.number).status is Status.ENRICHED
    assert client.read(f"/leads/{core.number}")["lead_status"] == "New"


def test_the_status_of_a_new_lead_is_new_whatever_is_sent(client: Client) -> None:
    cstid = lead(client, lead_status="Lost")
    assert client.read(f"/leads/{cstid}")["lead_status"] == "New"


def test_leads_have_no_put_and_no_delete(client: Client) -> None:
    cstid = lead(client)
    for method in ("PUT", "DELETE", "PATCH"):
        assert refused(client.request(method, f"/leads/{cstid}", {})) == (405, "Method not allowed.")


def test_a_status_that_is_none_finds_nothing(client: Client) -> None:
    lead(client)
    for word in ("pending", "enriched", "Newer", "0", "\0", "é", "new\u0301"):
        assert client.rows("/leads", lead_status=word) == []


def test_the_limits_are_those_of_contacts(client: Client) -> None:
    body = {"cstname": "n" * 101, "cstaddress": "a" * 256, "cstnotes": "x" * 2001}
    assert fields(client.post("/leads", body)) == set(body)
    told = errors(client.post("/leads", {"cstname": "x", "lead_assignedto": 99}))
    assert told == {"lead_assignedto": "The selected lead_assignedto does not exist."}


def test_a_missing_name_among_other_complaints_keeps_its_words(client: Client) -> None:
    told = client.post("/leads", {"brand_id": "x"}).json()
    assert told["message"] == "The cstname field is required."
    assert told["errors"] == {
        "cstname": ["Lead name is required."],
        "brand_id": ["The brand_id field must be an integer."],
    }
