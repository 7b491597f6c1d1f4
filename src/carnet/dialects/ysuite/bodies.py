"""What a request's body says, and every complaint about it at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.dialects.ysuite.errors import REQUIRED, Complaint, RefusedError
from carnet.dialects.ysuite.values import Unreadable
from carnet.http.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from carnet.dialects.ysuite.values import Field
    from carnet.http.messages import Request

_decode = msgspec.json.Decoder().decode
_DIGITS = 400
_HUGE = 10**_DIGITS


def body_of(request: Request) -> dict[str, Any]:
    """The request's JSON object, whatever type it names; an empty body is an empty one. Raises MalformedError."""
    if not request.body.strip():
        return {}
    try:
        body = _decoded(request.body)
    except (ValueError, RecursionError):  # of which msgspec's own errors and wrong UTF-8 are kinds
        message = "The request body is not valid JSON."
        raise MalformedError(message) from None
    if not isinstance(body, dict):
        message = "The request body must be a JSON object."
        raise MalformedError(message)
    return body


def _decoded(body: bytes) -> Any:  # noqa: ANN401 - any JSON
    try:
        return _decode(body)
    except msgspec.ValidationError:  # a number beyond all bounds, of which a field must complain, not the parser
        found = json.loads(body.decode(), parse_int=_whole, parse_constant=_refuse)
        json.dumps(found, ensure_ascii=False).encode()  # half a character is no text, which only msgspec refuses itself
        return found


def _whole(digits: str) -> int:
    return int(digits) if len(digits) < _DIGITS else _HUGE


def _refuse(constant: str) -> None:
    raise ValueError(constant)


class Said:
    """What a body says of the fields of a noun, by the wire's names.

    A field that isn't sent isn't there. On POST null and a blank text count as not sent, on PUT they clear: the field
    then has its default. What a PUT sends back just as the record `shows` it is no change, and so it isn't there
    either: that is how a client keeps what this tongue can't say, such as a longer title.
    """

    def __init__(
        self, fields: Iterable[Field], body: Mapping[str, Any], shows: Mapping[str, Any] | None = None
    ) -> None:
        self._fields = {field.wire: field for field in fields}
        self._complaints: list[Complaint] = []
        self._values: dict[str, Any] = {}
        self._repeated = {wire for wire in body if shows is not None and _same(body[wire], shows.get(wire))}
        for wire, field in self._fields.items():
            if shows is None or (wire in body and wire not in self._repeated):
                self._read(field, body.get(wire), is_new=shows is None)

    def _read(self, field: Field, value: Any, *, is_new: bool) -> None:  # noqa: ANN401
        if field.is_blank(value):
            if field.required:
                self.complain(field.wire, field.missing, headline=REQUIRED)
            elif not is_new:
                self._values[field.wire] = field.default
            return
        try:
            self._values[field.wire] = field.read(value)
        except Unreadable as problem:
            self.complain(field.wire, problem.text)

    def __contains__(self, wire: str) -> bool:
        return wire in self._values

    def __getitem__(self, wire: str) -> Any:  # noqa: ANN401
        return self._values[wire]

    def get(self, wire: str, default: Any = None) -> Any:  # noqa: ANN401
        """What is said of a field, or the default."""
        return self._values.get(wire, default)

    def repeats(self, wire: str) -> bool:
        """Whether a field was sent just as it is shown: no change, unless another one contradicts it."""
        return wire in self._repeated

    def complains_of(self, *wires: str) -> bool:
        """Whether anything is wrong with one of the fields."""
        return any(complaint.field in wires for complaint in self._complaints)

    def complain(self, wire: str, text: str, *, headline: str = "") -> None:
        """Note that the value of a field can't be taken, in a text that may hold the field's name as `{field}`."""
        self._values.pop(wire, None)
        self._complaints.append(Complaint(wire, text.format(field=wire), headline.format(field=wire)))

    def settle(self) -> None:
        """Raise RefusedError with every complaint, in the order of the fields, where there are any."""
        if self._complaints:
            order = list(self._fields)
            raise RefusedError(sorted(self._complaints, key=lambda complaint: order.index(complaint.field)))


def _same(sent: Any, shown: Any) -> bool:  # noqa: ANN401
    """Whether a value was sent as it is shown; Python holds true for 1, JSON doesn't."""
    return type(sent) is type(shown) and bool(sent == shown)
