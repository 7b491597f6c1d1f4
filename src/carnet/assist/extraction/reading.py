"""How much of a text is read: what is embedded in it is dropped first, the rest is cut to a size with a known cost."""

from __future__ import annotations

import re

LONGEST_TEXT = 20_000
"""Bytes of UTF-8 that are read once photos, logos, keys and sounds are gone."""
MOST_LINES = 400
LONGEST_LINE = 1_000
UNREAD = "Part of the text was left unread, for it is longer than what is read of one contact."

_EMBEDDED = re.compile(r"\s*(?:[\w-]{1,64}\.)?(?:PHOTO|LOGO|KEY|SOUND)[;:]", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]+={1,2}")
_DATA_URI = re.compile(r"data:[\w.+/-]{0,80};base64,[A-Za-z0-9+/=%]{0,1000000}")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\u0000-\u0008\u000e-\u001f\ufffe\uffff]")


def readable(text: str) -> tuple[str, bool]:
    """The part of a text that is read, and whether something was left unread."""
    text = text.encode("utf-8", "replace").decode()  # a lone surrogate would end readers further on
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x0c", "\n")
    text = _INVISIBLE.sub("", without_embedded(text))
    kept, is_cut = _beginning(text)
    lines = kept.split("\n")
    is_cut = is_cut or len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines)
    return "\n".join(line[:LONGEST_LINE] for line in lines[:MOST_LINES]), is_cut


def without_embedded(text: str) -> str:
    """The text without the pictures, keys and sounds of its cards, which are large and say nothing in words."""
    if "base64," in text:
        text = _DATA_URI.sub("", text)
    if "BEGIN:VCARD" not in text.upper():
        return text
    kept, skips = [], False
    for line in text.split("\n"):
        if _EMBEDDED.match(line):
            skips = True
            continue
        # vCard 2.1 writers leave base64 unfolded, so a line of nothing else still belongs to the picture.
        skips = skips and (line[:1] in {" ", "\t"} or _BASE64.fullmatch(line) is not None)
        if not skips:
            kept.append(line)
    return "\n".join(kept)


def _beginning(text: str) -> tuple[str, bool]:
    if len(text) <= LONGEST_TEXT // 4:
        return text, False
    encoded = text[:LONGEST_TEXT].encode("utf-8", "replace")
    if len(encoded) <= LONGEST_TEXT:
        return encoded.decode(), len(text) > LONGEST_TEXT
    return encoded[:LONGEST_TEXT].decode("utf-8", "ignore"), True
