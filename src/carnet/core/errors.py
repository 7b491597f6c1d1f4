"""What can go wrong, said once and in words; each tongue has a table for how it says so."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Fault(StrEnum):
    """Why a value can't be taken."""

    BLANK = "blank"
    MISSING = "missing"
    NOT_A_CHOICE = "not a choice"
    NOT_AN_EMAIL = "not an e-mail address"
    TOO_LONG = "too long"
    TOO_MANY = "too many"
    NOT_AN_ID = "not an id"
    NOT_A_TIME = "not a date"
    NOT_VALID = "not valid"
    OUT_OF_RANGE = "out of range"
    AFTER_DUE = "after the due date"
    TAKEN = "taken"
    UNKNOWN = "unknown"
    DEAD = "expired or used"


class Violation(msgspec.Struct, frozen=True):
    """A value that can't be taken, by the core's name of its field (`emails[0]` for a member)."""

    field: str
    fault: Fault
    limits: tuple[int | str, ...] = ()


class CarnetError(Exception):
    """Anything that a caller did and the core refuses; nothing is stored."""


class UnauthenticatedError(CarnetError):
    """No credential, or one that isn't valid (any more)."""

    def __init__(self, *, anything_sent: bool) -> None:
        super().__init__("no valid credential")
        self.anything_sent = anything_sent


class WorkspaceDeniedError(CarnetError):
    """The workspace asked for doesn't exist or isn't the credential's: both look alike."""


class ForbiddenError(CarnetError):
    """The actor lacks a right."""

    def __init__(self, right: str) -> None:
        super().__init__(f"this needs the right {right}")
        self.right = right


class NotFoundError(CarnetError):
    """The record that a call is about doesn't exist in the actor's workspace."""

    def __init__(self, noun: str, record_id: str) -> None:
        super().__init__(f"no {noun} {record_id}")
        self.noun = noun
        self.record_id = record_id


class NoSuchReferenceError(CarnetError):
    """A record that a field names doesn't exist in the actor's workspace."""

    def __init__(self, field: str, noun: str, record_id: str) -> None:
        super().__init__(f"{field}: no {noun} {record_id}")
        self.field = field
        self.noun = noun
        self.record_id = record_id


class InvalidError(CarnetError):
    """Values that can't be taken, all of them at once."""

    def __init__(self, violations: list[Violation]) -> None:
        super().__init__("; ".join(f"{violation.field} is {violation.fault}" for violation in violations))
        self.violations = violations


class ConflictError(CarnetError):
    """The record's state doesn't allow it; the message is a sentence for people."""


class StaleError(CarnetError):
    """The caller's version of the record isn't the current one."""


class KeyReusedError(CarnetError):
    """An idempotency key came back with another request."""
