"""What YSUITE has and a CRM of contacts, tasks and deals doesn't: invoices and estimates (specification, section 10).

They are no routes of this dialect, so that no client takes them for a resource without records; only the words differ.
"""

from __future__ import annotations

MESSAGES = {
    "invoices": "Invoices are not part of this server.",
    "estimates": "Estimates are not part of this server.",
}


def message(path: str) -> str | None:
    """What is said of a path under `/v1` that leads to such a resource; None for any other."""
    return MESSAGES.get(path.removeprefix("/v1/").partition("/")[0])
