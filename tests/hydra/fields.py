"""The classes and their fields, as sections 10 to 13 of the specification list them."""

from __future__ import annotations

from typing import Any

CLASSES = {
    "Company": "companies",
    "Contact": "contacts",
    "ContactTask": "contact_tasks",
    "Deal": "deals",
    "Note": "notes",
    "Pipeline": "pipelines",
    "PipelineState": "pipeline_states",
    "Tag": "tags",
    "User": "users",
    "Webhook": "webhooks",
}
"""The classes and their collections."""
TARGETS = {
    "contact": "Contact",
    "company": "Company",
    "deal": "Deal",
    "assignee": "User",
    "owner": "User",
    "pipeline": "Pipeline",
    "pipelineState": "PipelineState",
}
"""The classes that relations lead to."""
MANY = {"states": "PipelineState", "tags": "Tag"}
"""The classes that links to several records lead to."""
IRI = "iri"
"""A relation, which takes a string or an object."""
FIELDS: dict[str, dict[str, str]] = {
    "contacts": {
        "name": "string",
        "emails": "array",
        "phones": "array",
        "company": "string",
        "companyId": "string",
        "position": "string",
        "address": "string",
        "website": "string",
        "linkedinUrl": "string",
        "additionalInfo": "string",
        "meetingContext": "string",
        "status": "string",
        "pipelineState": IRI,
        "tags": "array",
        "owner": IRI,
        "isLead": "boolean",
        "doNotEmail": "boolean",
    },
    "contact_tasks": {
        "contact": IRI,
        "deal": IRI,
        "company": IRI,
        "title": "string",
        "type": "string",
        "taskKind": "string",
        "payload": "object",
        "description": "string",
        "dueDate": "string",
        "completed": "boolean",
        "status": "string",
        "priority": "string",
        "startDate": "string",
        "allDay": "boolean",
        "assignee": IRI,
        "tags": "array",
    },
    "pipelines": {"name": "string", "position": "integer"},
    "pipeline_states": {
        "name": "string",
        "color": "string",
        "position": "integer",
        "pipeline": IRI,
        "kind": "string",
    },
    "companies": {
        "name": "string",
        "website": "string",
        "linkedinUrl": "string",
        "industry": "string",
        "size": "string",
        "address": "string",
        "description": "string",
        "emails": "array",
        "phones": "array",
    },
    "deals": {
        "title": "string",
        "amount": "float",
        "currency": "string",
        "status": "string",
        "probability": "integer",
        "expectedCloseDate": "string",
        "description": "string",
        "source": "string",
        "contact": IRI,
        "company": IRI,
        "pipelineState": IRI,
        "owner": IRI,
        "tags": "array",
    },
    "notes": {"text": "string", "title": "string", "contact": IRI, "company": IRI, "deal": IRI},
    "tags": {"name": "string", "color": "string"},
    "webhooks": {"url": "string", "eventTypes": "array", "enabled": "boolean"},
}
READ_ONLY = {
    "contacts": ("createdAt", "updatedAt"),
    "contact_tasks": ("completedAt", "createdAt", "updatedAt"),
    "pipelines": ("isDefault", "states", "createdAt", "updatedAt"),
    "pipeline_states": ("createdAt", "updatedAt"),
    "companies": ("contactsCount", "createdAt", "updatedAt"),
    "deals": ("closedAt", "createdAt", "updatedAt"),
    "notes": ("createdAt", "updatedAt"),
    "tags": ("createdAt", "updatedAt"),
    "users": ("name", "email", "role"),
    "webhooks": ("disabledReason", "createdAt", "updatedAt"),
}
ONLY_ON_POST = {("contact_tasks", "taskKind"), ("pipeline_states", "pipeline")}
REQUIRED = {
    "contacts": ("name",),
    "contact_tasks": ("title", "dueDate"),
    "pipelines": ("name",),
    "pipeline_states": ("name",),
    "companies": ("name",),
    "deals": ("title",),
    "notes": ("text",),
    "tags": ("name",),
    "webhooks": ("url",),
}
TEXTS = {
    "contacts": ("position", "address", "website", "linkedinUrl", "additionalInfo", "meetingContext"),
    "contact_tasks": ("description",),
    "companies": ("website", "linkedinUrl", "industry", "size", "address", "description"),
    "deals": ("description", "source"),
    "notes": ("title",),
}
"""The optional texts."""
LIMITS = {
    "contacts": {
        "name": 255,
        "company": 255,
        "position": 255,
        "website": 2_048,
        "linkedinUrl": 2_048,
        "address": 2_048,
        "additionalInfo": 65_535,
        "meetingContext": 65_535,
    },
    "contact_tasks": {"title": 255, "description": 65_535},
    "pipelines": {"name": 255},
    "pipeline_states": {"name": 255},
    "companies": {"name": 255, "website": 2_048, "linkedinUrl": 2_048, "address": 2_048, "description": 65_535},
    "deals": {"title": 255, "source": 255, "description": 65_535},
    "notes": {"title": 255, "text": 65_535},
    "tags": {"name": 255},
}
CHOICES = {
    ("contacts", "status"): ("pending", "enriched", "contacted", "qualified", "converted", "lost"),
    ("contact_tasks", "type"): ("other", "call", "email", "meeting", "follow_up", "proposal", "quote"),
    ("contact_tasks", "taskKind"): (
        "manual",
        "validate_linkedin_profile_change",
        "linkedin_recontact_wizard",
        "linkedin_new_relation_onboarding",
    ),
    ("contact_tasks", "status"): ("open", "in_progress", "completed", "cancelled", "no_show"),
    ("contact_tasks", "priority"): ("none", "low", "medium", "high", "urgent"),
    ("pipeline_states", "kind"): ("open", "won", "lost"),
    ("deals", "status"): ("open", "won", "lost"),
}
"""The vocabularies; the first word is the default."""
JSON: dict[str, Any] = {"string": "x", "integer": 5, "float": 1.5, "boolean": True, "array": [], "object": {}}
"""A value of each JSON type, by the name that the specification gives it."""


def others_than(field: str, kind: str) -> dict[str, Any]:
    """Values of every type that a field doesn't take."""
    taken = {"string", "object"} if kind == IRI else {kind}
    if field in {"emails", "phones", "eventTypes"}:
        taken |= {"string"}
    if field == "amount":
        taken |= {"string", "integer"}
    return {name: value for name, value in JSON.items() if name not in taken}
