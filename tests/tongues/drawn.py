"""What the random tests of the tongues say: texts of every kind, and bodies as the clients of each tongue send them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from tests.tongues.expected_people import STATUSES, Day

ALPHABET = "abcÉßøжλ漢🙂0159%_\\'\"<&>{}"
THIS_YEAR = datetime.now(UTC).year

words = st.text(ALPHABET, min_size=1, max_size=12)
short_names = st.lists(words, min_size=1, max_size=3).map(" ".join) | st.sampled_from(
    ["Ada  Lovelace", "Ødegård\u00a0Li"]
)
names = short_names | short_names | st.just("n " * 127 + "n")
parts = words | st.sampled_from(["Mary Ann", "von der  Ley", "f" * 255])
emails = st.sampled_from(["ada@halden.example", "ADA@halden.example", "é@brenn.example", "ines@mail.example"])
phones = st.sampled_from(["+33 6 00 00 00 01", "501234567", "(0)1", "ext. é"])
employers = st.sampled_from(["Straße 9", "STRASSE 9", "strase 9", "Halden Ateliers", "halden ateliers"])
companies = names | employers | employers | employers
short_companies = short_names | employers | employers
labels = st.sampled_from(["vip", "VIP", "à revoir", "a revoir"]) | words
places = st.integers(0, 7)
HELD = -1
"""In place of a place: what the record holds already."""
links_held = places | st.just(HELD)
flags = st.booleans()
tongues = st.sampled_from(["hydra", "monica", "ysuite"])
nouns = st.sampled_from(["task", "note"])
some_places = st.lists(st.integers(0, 2), min_size=1, max_size=3) | st.just([])


def perhaps(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of these values, or seldom null."""
    return st.integers(0, 3).flatmap(lambda chance: values if chance else st.none())


def fields(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A body that says each of these fields, or doesn't, with even chances."""
    drawn = st.fixed_dictionaries({name: st.tuples(flags, value) for name, value in optional.items()})
    return drawn.map(lambda body: {name: value for name, (is_said, value) in body.items() if is_said})


note_texts = words | words | st.just("n" * 70_000)
long_text = words | st.just("é" * 3_000)
people_in_hydra = fields(
    emails=perhaps(st.lists(emails, max_size=3, unique=True)),
    phones=perhaps(st.lists(phones, max_size=3, unique=True)),
    company=perhaps(employers),
    companyId=perhaps(links_held),
    position=perhaps(words),
    address=perhaps(long_text.map(lambda text: text[:2_048])),
    website=perhaps(words),
    linkedinUrl=perhaps(words),
    additionalInfo=perhaps(long_text),
    meetingContext=perhaps(words),
    status=perhaps(st.sampled_from([*STATUSES, "enriched", "enriched"])),
    isLead=perhaps(flags),
    pipelineState=perhaps(links_held),
    owner=perhaps(links_held),
    tags=perhaps(some_places),
)
companies_in_hydra = fields(
    emails=perhaps(st.lists(emails, max_size=3, unique=True)),
    phones=perhaps(st.lists(phones, max_size=3, unique=True)),
    website=perhaps(words),
    linkedinUrl=perhaps(words),
    industry=perhaps(words),
    size=perhaps(words),
    address=perhaps(words),
    description=perhaps(long_text),
)
people_in_monica = fields(
    middle_name=perhaps(parts),
    last_name=perhaps(parts),
    nickname=perhaps(words),
    description=perhaps(words | st.just("d" * 255)),
    gender_id=perhaps(places),
    is_partial=flags,
)
contacts_in_ysuite = fields(
    cstemail=perhaps(emails),
    cstmobile=perhaps(phones | st.just("7" * 3_000)),
    cstmobile_country_id=perhaps(st.integers(-5, 5)),
    cstaddress=perhaps(words),
    ct_taxnumber=perhaps(words),
    cstnotes=perhaps(words | st.just("c" * 2_000)),
    cstemailnotify=perhaps(flags),
    cstsmsnotify=perhaps(flags),
    cst_whatsapp_notify=perhaps(flags),
    cst_tag_id=perhaps(some_places),
)
leads_in_ysuite = fields(
    cstemail=emails,
    cstmobile=phones,
    cstmobile_country_id=st.integers(-5, 5),
    cstaddress=words,
    cstnotes=words,
    lead_source=words,
    lead_industry=words,
    lead_company_name=employers,
    lead_assignedto=places,
    lead_assignmentgroup=st.integers(1, 5),
    brand_id=st.integers(1, 5),
    tag_ids=some_places,
)

Life = tuple[dict[str, Any], Day | None]
"""How Monica is told of a day, by the endings of the fields' names, and which day it then is."""


def _whole(day: date) -> Life:
    return {"is_known": True, "day": day.day, "month": day.month, "year": day.year}, Day(day.isoformat())


def _without_year(day: date) -> Life:
    said = {"is_known": True, "day": day.day, "month": day.month}
    return said, Day(day.replace(year=THIS_YEAR).isoformat(), is_year_unknown=True)


def _by_age(age: int) -> Life:
    said = {"is_known": True, "is_age_based": True, "age": age}
    return said, Day(f"{THIS_YEAR - age:04}-01-01", is_age_based=True)


_days = st.dates(date(1900, 1, 1), date(2020, 12, 28))
deaths: st.SearchStrategy[Life] = (
    st.just(({"is_known": False}, None))
    | _days.map(_whole)
    | _days.filter(lambda day: (day.month, day.day) != (2, 29)).map(_without_year)
)
births: st.SearchStrategy[Life] = deaths | st.integers(0, 120).map(_by_age)


def of_life(born: Life, died: Life) -> dict[str, Any]:
    """The fields of a body that say when somebody was born and died."""
    said = {"is_birthdate_known": born[0]["is_known"], "is_deceased_date_known": died[0]["is_known"]}
    for name, day in (("birthdate", born), ("deceased_date", died)):
        said |= {f"{name}_{ending}": value for ending, value in day[0].items() if ending != "is_known"}
    return said


def as_life(day: Day | None) -> Life:
    """How a client sends back the day that it read."""
    if day is None:
        return {"is_known": False}, None
    found = date.fromisoformat(day.date)
    if day.is_age_based:
        return _by_age(THIS_YEAR - found.year)
    return _without_year(found) if day.is_year_unknown else _whole(found)


amounts = st.integers(0, 10**9).map(lambda cents: cents / 100)
closing_days = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat)
deals_in_hydra = fields(
    amount=perhaps(amounts),
    currency=perhaps(st.sampled_from(["EUR", "USD", "chf"])),
    status=perhaps(st.sampled_from(["open", "won", "lost", HELD, HELD])),
    probability=perhaps(st.integers(0, 100)),
    contact=perhaps(links_held),
    company=perhaps(links_held),
    pipelineState=perhaps(links_held),
    owner=perhaps(links_held),
    expectedCloseDate=perhaps(closing_days),
    description=perhaps(long_text),
    source=perhaps(words),
    tags=perhaps(some_places),
)
deals_in_ysuite = fields(
    deal_amount=perhaps(amounts),
    deal_amount_currency=perhaps(st.integers(-5, 5)),
    deal_owner_id=perhaps(links_held),
    deal_assignedto=perhaps(links_held),
    deal_contact_id=perhaps(links_held),
    deal_expected_close_date=perhaps(closing_days),
    deal_source=perhaps(words | st.just("s" * 300)),
    deal_description=perhaps(words | st.just("d" * 70_000)),
    tag_ids=perhaps(some_places),
)
changes_in_ysuite = st.builds(
    lambda one, other: one | other,
    deals_in_ysuite,
    fields(
        deal_name=words,
        cstid=perhaps(links_held),
        pipeline_id=perhaps(links_held),
        deal_current_stage=perhaps(links_held),
    ),
)
links = fields(contact=perhaps(places), company=perhaps(places), deal=perhaps(places))
