"""The filters of every collection, as section 4 of the specification lists them."""

from __future__ import annotations

DATES = ("before", "strictly_before", "after", "strictly_after")
DAYS = ("before", "after")
NUMBERS = ("lt", "lte", "gt", "gte", "between")
# The table of the specification: partial, exact, date, exists, order.
FILTERS: dict[str, tuple[str, str, str, str, str]] = {
    "contacts": (
        "name emails phones company position q",
        "id status companyId pipelineState tags owner isLead doNotEmail",
        "createdAt updatedAt",
        "company pipelineState emails",
        "name company createdAt updatedAt",
    ),
    "contact_tasks": (
        "title q",
        "id contact deal company type taskKind completed status priority assignee mine tags",
        "dueDate startDate completedAt",
        "completedAt description assignee",
        "dueDate startDate priority title createdAt",
    ),
    "pipeline_states": ("name", "id pipeline", "", "", "position name"),
    "pipelines": ("name", "id", "", "", "position name"),
    "companies": ("name q", "id", "createdAt", "website", "name createdAt"),
    "deals": (
        "title q",
        "id status contact company pipelineState",
        "expectedCloseDate createdAt",
        "contact company",
        "title amount expectedCloseDate createdAt",
    ),
    "notes": ("q", "id contact company deal", "createdAt", "title", "createdAt"),
    "tags": ("name", "id", "", "", "name"),
    "webhooks": ("", "id", "", "", "createdAt"),
}
# And its numbers.
COMPARED = {"deals": "amount"}
# And the days of its calendar.
CALENDAR = {"contact_tasks": "dueDay"}


def expected(collection: str) -> set[str]:
    """The variables that the table asks for."""
    partial, exact, dates, exists, order = (each.split() for each in FILTERS[collection])
    return {
        *partial,
        *exact,
        *(f"{name}[{way}]" for name in dates for way in DATES),
        *(f"{name}[{way}]" for name in COMPARED.get(collection, "").split() for way in NUMBERS),
        *(f"{name}[{way}]" for name in CALENDAR.get(collection, "").split() for way in DAYS),
        *(f"exists[{name}]" for name in exists),
        *(f"order[{name}]" for name in order),
    }
