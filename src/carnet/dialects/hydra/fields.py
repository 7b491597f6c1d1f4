"""The kinds of field that a class has: how each is read from a body, and how it is described.

A class is a table of fields, from which come the reading of bodies, the Hydra documentation, the JSON-LD contexts and
the OpenAPI schemas, so that none of them can drift from another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core.errors import Fault, Violation
from carnet.core.users import is_email
from carnet.dialects.hydra.errors import WrongTypeError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

SHORT = 255
LINK = 2_048
LONG = 65_535
ENTRIES = 50
LARGEST_DOCUMENT = 256 * 1024
_LONGEST_EMAIL = 254


class Unreadable(Exception):  # noqa: N818 - carried from a field to its class, never to a caller
    """Values that a field can't take."""

    def __init__(self, *violations: Violation) -> None:
        super().__init__(*violations)
        self.violations = violations


def json_type(value: object) -> str:
    """The JSON name of a decoded value's type."""
    if value is None:
        return "null"
    return _NAMES.get(type(value), "object")


_NAMES = {str: "string", bool: "boolean", int: "integer", float: "float", list: "array", dict: "object"}


class Field:
    """One field of a class. `core` is the core's name of it, `wire` the tongue's."""

    json: Mapping[str, Any] = {"type": "string"}
    range: str | None = "xsd:string"
    empty: Any = None
    """What null means on PATCH."""

    def __init__(
        self,
        wire: str,
        core: str = "",
        *,
        required: bool = False,
        readable: bool = True,
        writable: bool = True,
        once: bool = False,
        about: str = "",
    ) -> None:
        """Describe a field: `once` means that only a POST may write it."""
        self.wire = wire
        self.core = core or wire
        self.required = required
        self.readable = readable
        self.writable = writable
        self.once = once
        self.about = about

    @property
    def blank(self) -> Violation:
        """What is said where a required value is missing."""
        return Violation(self.core, Fault.MISSING)

    def read(self, value: Any, before: Any) -> Any:  # noqa: ANN401 - a decoded JSON value, and the record's own
        """The core's value. Raises WrongTypeError, or Unreadable for one of the right type that can't be taken."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the field."""
        described = dict(self.json)
        if self.about:
            described["description"] = self.about
        if not self.writable:
            described["readOnly"] = True
        return described

    def _require(self, value: Any, kind: type, name: str) -> None:  # noqa: ANN401
        if type(value) is not kind:
            raise WrongTypeError(self.wire, name, json_type(value))


def without_nul(field: str, text: str) -> str:
    """The text. Raises Unreadable where it has a NUL, which no database can store."""
    if "\0" in text:
        raise Unreadable(Violation(field, Fault.NOT_VALID))
    return text


class Text(Field):
    """A text, trimmed; a blank one is null."""

    def __init__(self, wire: str, core: str = "", *, limit: int = SHORT, **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, core, **options)
        self.limit = limit
        self.json = {"type": "string", "maxLength": limit}
        if self.required:
            self.json["minLength"] = 1

    @property
    def blank(self) -> Violation:
        return Violation(self.core, Fault.BLANK)

    def read(self, value: Any, before: Any) -> str | None:  # noqa: ANN401
        self._require(value, str, "string")
        text = without_nul(self.core, value.strip())
        if not text:
            if self.required:
                raise Unreadable(self.blank)
            return None
        if len(text) > self.limit and text != before:
            raise Unreadable(Violation(self.core, Fault.TOO_LONG, (self.limit,)))
        return text


class Formed(Text):
    """A text of one form, which a regular expression says; a blank one is `empty`."""

    def __init__(self, wire: str, core: str = "", *, form: str, empty: str | None = None, **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, core, **options)
        self._form = re.compile(form)
        self.empty = empty
        self.json = {"type": "string", "pattern": f"^{form}$"}

    def read(self, value: Any, before: Any) -> str | None:  # noqa: ANN401
        text = super().read(value, before)
        if text is not None and not self._form.fullmatch(text):
            raise Unreadable(Violation(self.core, Fault.NOT_VALID))
        return self.empty if text is None else text


COLOR = "#[0-9A-Fa-f]{6}"
CURRENCY = "[A-Za-z]{3}"


class Texts(Field):
    """A list of texts in their order: blanks dropped, repeats folded, one alone taken as a list of one."""

    range = "xsd:array"
    limit = SHORT

    def __init__(self, wire: str, core: str = "", **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, core, **options)
        self.json = {"type": "array", "items": {"type": "string", "maxLength": self.limit}, "maxItems": ENTRIES}

    @property
    def empty(self) -> list[str]:
        return []

    def read(self, value: Any, before: Any) -> list[str]:  # noqa: ANN401
        values = [value] if isinstance(value, str) else value
        self._require(values, list, "array")
        texts: dict[str, int] = {}
        for at, text in enumerate(values):
            if not isinstance(text, str):
                raise WrongTypeError(f"{self.wire}[{at}]", "string", json_type(text))
            if text.strip():
                texts.setdefault(text.strip(), at)
        known = frozenset(before or ())
        faults = [
            fault
            for text, at in texts.items()
            if text not in known
            for fault in self.faults(text, f"{self.core}[{at}]")
        ]
        if len(texts) > ENTRIES and list(texts) != before:
            faults.append(Violation(self.core, Fault.TOO_MANY, (ENTRIES,)))
        if faults:
            raise Unreadable(*faults)
        return list(texts)

    def faults(self, text: str, field: str) -> list[Violation]:
        """What is wrong with one entry."""
        if "\0" in text:
            return [Violation(field, Fault.NOT_VALID)]
        return [Violation(field, Fault.TOO_LONG, (self.limit,))] if len(text) > self.limit else []


class Emails(Texts):
    """A list of e-mail addresses."""

    limit = _LONGEST_EMAIL

    def faults(self, text: str, field: str) -> list[Violation]:
        if "\0" not in text and is_email(text):
            return []
        return [Violation(field, Fault.NOT_AN_EMAIL)]


class Choice(Field):
    """One word of a vocabulary."""

    def __init__(self, wire: str, core: str, words: type[StrEnum], default: StrEnum, **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, core, **options)
        self._words = {str(word): word for word in words}
        self.empty = default
        self.json = {"type": "string", "enum": list(self._words), "default": str(default)}

    def read(self, value: Any, before: Any) -> StrEnum:  # noqa: ANN401, ARG002
        self._require(value, str, "string")
        word = self._words.get(value.strip())
        if word is None:
            raise Unreadable(Violation(self.core, Fault.NOT_A_CHOICE))
        return word


class Flag(Field):
    """Yes or no."""

    json = {"type": "boolean", "default": False}  # noqa: RUF012 - never written to
    range = "xsd:boolean"
    empty = False

    def read(self, value: Any, before: Any) -> bool:  # noqa: ANN401, ARG002
        self._require(value, bool, "boolean")
        return bool(value)


class Document(Field):
    """A JSON object, merged into the one there is (RFC 7396)."""

    json = {"type": "object"}  # noqa: RUF012
    range = None

    def read(self, value: Any, before: Any) -> dict[str, Any]:  # noqa: ANN401
        self._require(value, dict, "object")
        if _holds_nul(value):
            raise Unreadable(Violation(self.core, Fault.NOT_VALID))
        document: dict[str, Any] = merged(before, value)
        if len(_encode(document)) > LARGEST_DOCUMENT and document != before:
            raise Unreadable(Violation(self.core, Fault.TOO_LONG, (LARGEST_DOCUMENT,)))
        return document


_encode = msgspec.json.Encoder().encode


def merged(before: Any, patch: Any) -> Any:  # noqa: ANN401 - any JSON
    """A JSON value after a merge patch (RFC 7396): objects merge, null removes, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    result = dict(before) if isinstance(before, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def _holds_nul(value: Any) -> bool:  # noqa: ANN401
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any("\0" in name or _holds_nul(each) for name, each in value.items())
    return isinstance(value, list) and any(map(_holds_nul, value))
