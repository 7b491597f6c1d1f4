"""A tool: what it is called, what it takes, and what it does; and how a refusal is said to a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from carnet.mcp.api import RefusedError
from carnet.mcp.arguments import WrongError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from carnet.mcp.api import Api
    from carnet.mcp.arguments import Argument

_READ_ONLY = frozenset({"@context", "@id", "@type", "createdAt", "updatedAt", "contactsCount"})
_OUR_FAULT = 500
_BAD_GATEWAY = 502


@dataclass(frozen=True, slots=True)
class Given:
    """What a tool was called with: its own arguments as it reads them, and the body for `/api`."""

    own: dict[str, Any]
    body: dict[str, Any]

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - each argument is of its own kind
        return self.own[name]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tool:
    """One thing that an assistant can do."""

    name: str
    title: str
    about: str
    arguments: tuple[Argument, ...]
    work: Callable[[Api, Given], Awaitable[dict[str, Any]]]
    noun: str
    """What isn't there when `/api` answers 404."""
    writes: bool = False
    destroys: bool = False
    """Whether it replaces what was there before, or does what can't be taken back."""
    repeats_well: bool = False
    """Whether the same call again changes nothing more."""
    leaves_the_house: bool = False
    """Whether others than the workspace's users notice it."""

    def described(self) -> dict[str, Any]:
        """The tool as `tools/list` shows it."""
        schema = {
            "type": "object",
            "properties": {argument.name: argument.schema for argument in self.arguments},
            "required": [argument.name for argument in self.arguments if argument.required],
            "additionalProperties": False,
        }
        hints = {"title": self.title, "readOnlyHint": not self.writes, "openWorldHint": self.leaves_the_house}
        if self.writes:
            hints |= {"destructiveHint": self.destroys, "idempotentHint": self.repeats_well}
        return {
            "name": self.name,
            "title": self.title,
            "description": self.about,
            "inputSchema": schema,
            "annotations": hints,
        }

    async def call(self, api: Api, arguments: dict[str, Any]) -> dict[str, Any]:
        """What the tool gives. Raises SaidNoError."""
        ignored = _READ_ONLY if self.destroys else frozenset()  # whoever changes a record may send all of it back
        given = read_arguments(self.arguments, {k: v for k, v in arguments.items() if k not in ignored})
        try:
            return await self.work(api, given)
        except RefusedError as refusal:
            raise SaidNoError(self._sentence(refusal)) from None

    def _sentence(self, refusal: RefusedError) -> str:
        """A refusal in a sentence."""
        if refusal.violations:
            return _refused([f"{self._named(each['propertyPath'])}: {each['message']}" for each in refusal.violations])
        if refusal.status == _NOT_FOUND:
            return f"Not found: there is no such {self.noun}."
        if refusal.status == _DENIED:
            return f"Access denied: this token's scopes, or its user's role, don't allow {self.name}."
        if refusal.status >= _OUR_FAULT and refusal.status != _BAD_GATEWAY:
            return "Carnet could not do this now. Please try again later."
        told = refusal.detail
        for argument in self.arguments:
            told = told.replace(f'"{argument.wire}"', f'"{argument.name}"')
        return told

    def _named(self, path: str) -> str:
        """The tool's name of what `/api` calls by another."""
        first = path.partition(".")[0].partition("[")[0]
        name = next((argument.name for argument in self.arguments if argument.wire == first), first)
        return name + path[len(first) :]


def read_arguments(known: tuple[Argument, ...], arguments: dict[str, Any]) -> Given:
    """What was given, read. Raises SaidNoError with all that is wrong with it."""
    names = {argument.name for argument in known}
    wrong = [f"{name[:100]}: There is no such argument." for name in arguments if name not in names]
    given = Given({}, {})
    for argument in known:
        value = arguments.get(argument.name)
        if argument.is_sent:
            if argument.name in arguments:
                given.body[argument.wire] = value
            continue
        try:
            given.own[argument.name] = argument.read(value)
        except WrongError as problem:
            wrong.append(f"{argument.name}: {problem}")
    if wrong:
        raise SaidNoError(_refused(wrong))
    return given


_NOT_FOUND = 404
_DENIED = 403


class SaidNoError(Exception):
    """What was asked can't be done; the message is a sentence for the model and its user."""


def _refused(violations: list[str]) -> str:
    return "This was refused. " + " ".join(violations)
