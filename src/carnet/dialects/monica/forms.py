"""Reading forms, which Monica takes wherever it takes JSON: percent-encoded, or in parts (RFC 7578)."""

from __future__ import annotations

import binascii
import re

import msgspec

from carnet.http.errors import MalformedError

MOST_FIELDS = 1_000
"""How many fields a form may have; nobody fills in more, and each costs time to read."""

_LARGEST_HEAD = 8 * 1024
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s";,]{1,70}))', re.IGNORECASE)
_NAME = re.compile(r'[;\s]name=(?:"((?:[^"\\]|\\.)*)"|([^\s";]+))', re.IGNORECASE)
_FILENAME = re.compile(r'[;\s]filename\*?=(?:"((?:[^"\\]|\\.)*)"|([^\s";]+))', re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")


class Upload(msgspec.Struct, frozen=True):
    """A file that a form carries."""

    filename: str
    media_type: str
    content: bytes


def read(body: bytes) -> list[tuple[str, str]]:
    """The names and the values of a form, in order. Raises MalformedError for one that isn't what it says it is."""
    if body.count(b"&") >= MOST_FIELDS or _BROKEN.search(body):
        message = "The form is badly encoded, or has too many fields."
        raise MalformedError(message)
    pairs = (pair.partition(b"=") for pair in body.replace(b"+", b" ").split(b"&") if pair)
    try:
        return [(_decoded(name), _decoded(value)) for name, _, value in pairs]
    except UnicodeDecodeError:
        message = "The form isn't UTF-8."
        raise MalformedError(message) from None


def _decoded(encoded: bytes) -> str:
    """Percent-encoding undone, as the quoted-printable that it is but for its sign.

    urllib takes a second and a half for the sixteen megabytes that a body may have, and others would wait for it.
    """
    return binascii.a2b_qp(encoded.replace(b"=", b"%3D").replace(b"%", b"=")).decode()


def read_parts(body: bytes, content_type: str) -> list[tuple[str, str | Upload]]:
    """The names and the values of a form's parts, in order.

    Raises MalformedError for a form that isn't whole or that has no boundary, so that what was cut off on its way is
    never taken for what wasn't said.
    """
    found = _BOUNDARY.search(content_type)
    if found is None:
        message = "The form has no boundary."
        raise MalformedError(message)
    boundary = (found[1] or found[2]).encode("latin-1", "replace")
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary, MOST_FIELDS + 2)
    if len(parts) > MOST_FIELDS + 2 or not parts[-1].startswith(b"--"):
        message = "The form has no end, or too many parts."
        raise MalformedError(message)
    try:
        return [_part(part) for part in parts[1:-1]]
    except UnicodeDecodeError:
        message = "The form isn't UTF-8."
        raise MalformedError(message) from None


def _part(part: bytes) -> tuple[str, str | Upload]:
    padding, _, rest = part.partition(b"\r\n")
    head, blank, content = rest.partition(b"\r\n\r\n")
    if len(head) > _LARGEST_HEAD:
        message = "A part of the form has too large a head."
        raise MalformedError(message)
    disposition, media_type = "", "text/plain"
    for line in head.decode().split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-disposition":
            disposition = value.strip()
        elif name.strip().lower() == "content-type":
            media_type = value.strip()
    named = _NAME.search(disposition)
    if named is None or not blank or padding.strip():
        message = "A part of the form has no name."
        raise MalformedError(message)
    filename = _FILENAME.search(disposition)
    if filename is None:
        return _text(named), content.decode()
    return _text(named), Upload(_text(filename), media_type, content)


def _text(found: re.Match[str]) -> str:
    return _ESCAPED.sub(r"\1", found[1]) if found[1] is not None else found[2]
