"""The kinds of argument that a tool takes: how each is described to a model, and how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core.identity import as_id

if TYPE_CHECKING:
    from collections.abc import Mapping

_BLANK = "This value should not be blank."
_HUGE = 10**15


class WrongError(Exception):
    """An argument that can't be taken, in words."""


class Argument:
    """One that is handed on to `/api` as it is, in the request's body, where `wire` is its name.

    `/api` reads it, so that a tool refuses what a program is refused, in the same words.
    """

    is_sent = True

    def __init__(self, name: str, about: str, *, required: bool = False, wire: str = "", **schema: Any) -> None:  # noqa: ANN401
        self.name = name
        self.wire = wire or name
        self.required = required
        self.schema = {"type": "string", **schema, "description": about}

    def read(self, value: Any) -> Any:  # noqa: ANN401 - JSON of any kind
        """The value as the tool works with it; None where nothing was said. Raises WrongError."""
        return value


class Own(Argument):
    """One that the tool itself reads: it goes into the path or the query."""

    is_sent = False
    kind: type = str
    word = "string"

    def read(self, value: Any) -> Any:  # noqa: ANN401
        if value is None:
            if self.required:
                raise WrongError(_BLANK)
            return None
        if not isinstance(value, self.kind) or (isinstance(value, bool) and self.kind is not bool):
            message = f"This value should be of type {self.word}."
            raise WrongError(message)
        return self._taken(value)

    def _taken(self, value: Any) -> Any:  # noqa: ANN401
        return value


class Words(Own):
    """A text that is looked for."""

    def _taken(self, value: str) -> str:
        if not value.strip():
            raise WrongError(_BLANK)
        if "\0" in value:
            message = "This value is not valid."
            raise WrongError(message)
        return value


class Id(Own):
    """An item of a collection: its uuid, or its IRI, which may begin with a host."""

    def __init__(self, name: str, collection: str, about: str, *, required: bool = False) -> None:
        super().__init__(name, f"{about}: its uuid or its IRI ({collection}/…).", required=required)
        self._collection = collection

    def _taken(self, value: str) -> str:
        text = value.strip()
        if text.startswith(("http://", "https://")):
            text = "/" + text.partition("://")[2].partition("/")[2]
        found = as_id(text.removeprefix(f"{self._collection}/"))
        if found is None:
            message = f'"{value[:100]}" is neither a uuid nor an IRI of {self._collection}.' if text else _BLANK
            raise WrongError(message)
        return found


class Flag(Own):
    """Yes or no."""

    kind = bool
    word = "boolean"

    def __init__(self, name: str, about: str) -> None:
        super().__init__(name, about, type="boolean", default=False)


class Count(Own):
    """A whole number, from 1."""

    kind = int
    word = "integer"

    def __init__(self, name: str, about: str, *, default: int, most: int | None = None) -> None:
        bounds: dict[str, Any] = {"minimum": 1} | ({"maximum": most} if most is not None else {})
        super().__init__(name, about, type="integer", default=default, **bounds)
        self._default = default
        self._most = most

    def read(self, value: Any) -> int:  # noqa: ANN401
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        found = super().read(value)
        return self._default if found is None else int(found)

    def _taken(self, value: int) -> int:
        if value < 1 or (self._most is not None and value > self._most):
            message = (
                f"This value should be between 1 and {self._most}." if self._most else "This value should be 1 or more."
            )
            raise WrongError(message)
        return min(value, _HUGE)


def pages() -> tuple[Argument, Argument]:
    """How much of a list, and from where."""
    return limit(), Count("page", "Which page, from 1.", default=1)


def limit() -> Argument:
    """How much of a list."""
    return Count("limit", "How many to give.", default=30, most=100)


def paging(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The parameters of a query that ask `/api` for such a page."""
    asked = [("itemsPerPage", str(given["limit"]))]
    return [*asked, ("page", str(given["page"]))] if "page" in given else asked
