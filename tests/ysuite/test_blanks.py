"""What null, blank texts and missing fields mean (specification, section 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.hydra.dump import untouched
from tests.ysuite.client import errors
from tests.ysuite.fields import DAYS, FLAGS, INTEGERS, NUMBERS, REQUIRED, STRINGS, TAG_LISTS, TIMES, bodies, written
from tests.ysuite.things import company, deal, kept_task, person, stages, tag, task

if TYPE_CHECKING:
    from tests.ysuite.client import Client


def test_a_required_field_that_is_missing_or_blank_is_refused(anyone: Client) -> None:
    good, records = bodies(anyone), written(anyone)
    with untouched(anyone.house):
        for path, names in REQUIRED.items():
            for name in names:
                text = "Lead name is required." if path == "/leads" else f"The {name} field is required."
                blanks: list[Any] = [None]
                if name in STRINGS[path]:
                    blanks += ["", "   ", "\u00a0\u2003\n"]
                for body in [{**good[path], name: blank} for blank in blanks] + [
                    {key: value for key, value in good[path].items() if key != name}
                ]:
                    answer = anyone.post(path, body)
                    assert answer.json()["errors"][name] == [text]
                    assert answer.json()["message"] == f"The {name} field is required."
                for blank in blanks if path in records else ():
                    assert errors(anyone.put(records[path], {name: blank})) == {name: text}


def test_an_optional_field_given_as_null_or_blank_is_as_if_absent_on_create(client: Client) -> None:
    good = bodies(client)
    for path, body in good.items():
        optional = {
            name: None
            for table in (STRINGS, INTEGERS, FLAGS, NUMBERS, TIMES, DAYS, TAG_LISTS)
            for name in table.get(path, ())
            if name not in body
        }
        blank = {name: "" for name in STRINGS[path] if name not in body}
        key = {"/tasks": "activity_id", "/deals": "deal_id"}.get(path, "cstid")
        shown = []
        for more in ({}, optional, blank, dict.fromkeys(blank, "  ")):
            number = client.made(path, {**body, **more})[key]
            shown.append({**client.read(f"{path}/{number}"), key: 0, "ct_number": "", "cstcreated_on": ""})
        assert shown[1:] == shown[:1] * 3, path


def test_null_on_put_clears_or_brings_the_default_back(client: Client) -> None:
    vip, owner = tag(client), 2
    activity_id = task(
        client,
        deal_id=deal(client),
        cstid=person(client),
        end_datetime="2026-07-15T11:00:00",
        description="x",
        priority=4,
        status=3,
        assigned_user_id=owner,
        tags=[vip],
    )
    names: tuple[str, ...] = ("cstid", "end_datetime", "description", "priority", "status", "assigned_user_id", "tags")
    shown = client.changed(f"/tasks/{activity_id}", dict.fromkeys(names))
    assert [shown[name] for name in names] == [None, None, None, 2, 0, None, []]
    assert kept_task(client, activity_id).tag_ids is None

    cstid = person(
        client,
        cstemail="a@example.com",
        cstmobile="501234567",
        cstmobile_country_id=971,
        cstaddress="x",
        ct_taxnumber="x",
        cstnotes="x",
        cstemailnotify=False,
        cstsmsnotify=False,
        cst_whatsapp_notify=False,
        contact_parent=company(client),
        cst_tag_id=[vip],
    )
    names = tuple(name for name in client.read(f"/contacts/{cstid}") if name not in _CONTACT_STAYS)
    shown = client.changed(f"/contacts/{cstid}", dict.fromkeys(names))
    cleared: dict[str, Any] = dict.fromkeys(names)
    cleared |= {"cstemailnotify": True, "cstsmsnotify": True, "cst_whatsapp_notify": True, "cst_tag_id": []}
    assert {name: shown[name] for name in names} == cleared

    deal_id = deal(
        client,
        deal_amount=5,
        deal_amount_currency=1,
        deal_owner_id=owner,
        deal_assignedto=owner,
        deal_contact_id=cstid,
        deal_expected_close_date="2026-07-15",
        deal_source="x",
        deal_description="x",
        tag_ids=[vip],
    )
    client.changed(f"/deals/{deal_id}", {"deal_current_stage": stages(client, 1)[2]})
    names = tuple(name for name in client.read(f"/deals/{deal_id}") if name not in _DEAL_STAYS)
    shown = client.changed(f"/deals/{deal_id}", dict.fromkeys(names))
    cleared = dict.fromkeys(names) | {"tag_ids": [], "deal_current_stage": stages(client, 1)[0]}
    assert {name: shown[name] for name in names} == cleared


_CONTACT_STAYS = frozenset({"cstid", "cstname", "contact_type", "cstcreated_on"})
_DEAL_STAYS = frozenset({"deal_id", "deal_name", "pipeline_id", "cstid", "owner"})


def test_a_blank_text_on_put_clears(client: Client) -> None:
    cstid = person(client, cstaddress="x", cstnotes="x", cstemail="a@example.com", ct_taxnumber="1")
    shown = client.changed(
        f"/contacts/{cstid}", {"cstaddress": "", "cstnotes": "  ", "cstemail": "", "ct_taxnumber": ""}
    )
    assert [shown[name] for name in ("cstaddress", "cstnotes", "cstemail", "ct_taxnumber")] == [None] * 4
