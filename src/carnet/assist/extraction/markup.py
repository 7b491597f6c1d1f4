"""HTML as lines of text: what is shown, with the links behind it, and what its classes say of a contact."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote

_TAG = re.compile(
    r"<(?:/?(?:p|div|br|table|tr|td|tbody|span|b|i|em|strong|a|html|body|font|ul|li|h[1-6]|meta|address|img|hr|"
    r"style)\b[^<>]{0,2000}|!doctype[^<>]{0,200})>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_UNSHOWN: Final = frozenset({"style", "script", "head", "title", "noscript", "template", "svg", "select", "button"})
_BLOCKS: Final = frozenset(
    {
        "p",
        "div",
        "table",
        "tbody",
        "tr",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "address",
        "hr",
        "section",
    }
    | {"header", "footer", "article", "dl", "dt", "pre", "center", "blockquote", "form", "body", "br"}
)
_VOID: Final = frozenset({"br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "base", "source"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)|mso-hide\s*:\s*all",
    re.IGNORECASE,
)
_CLASSES: Final = {
    "fn": "name",
    "p-name": "name",
    "org": "company",
    "p-org": "company",
    "organization-name": "company",
    "worksfor": "company",
    "affiliation": "company",
    "title": "position",
    "role": "position",
    "p-job-title": "position",
    "jobtitle": "position",
    "adr": "address",
    "p-adr": "address",
    "address": "address",
}
_QUOTES: Final = frozenset(
    {"gmail_quote", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "zmail_extra", "quote"}
)
_MOST_NESTED = 200
_MOST_LOGOS = 6
_DROPPED = re.compile(r"<(style|script|head)\b[^<>]{0,500}>|<!--|<!\[")
_ENDS: Final = {"<!--": "-->", "<![": ">"}


@dataclass(slots=True)
class Shown:
    """What a page shows: its text, the links behind words, and fields that classes of hCard or schema.org name."""

    text: str
    links: list[tuple[str, str]] = field(default_factory=list)
    """Each as its address and the words that were shown for it."""
    marked: dict[str, str] = field(default_factory=dict)
    logos: list[str] = field(default_factory=list)
    """What stands for a picture that is a link."""


def is_markup(text: str) -> bool:
    """Whether a text is HTML: it has a break, or at least two tags that pages have."""
    return ("<" in text and len(_TAG.findall(text, 0, 100_000)[:2]) > 1) or re.search(
        r"<br\s?/?>", text[:100_000]
    ) is not None


def without_styles(text: str) -> str:
    """The text without comments, styles and scripts, which a mail program writes by the hundred kilobytes."""
    kept: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while match := _DROPPED.search(text, at):
        kept.append(text[at : match.start()])
        end = _ENDS.get(match[0], f"</{match[1]}>")
        found = -1 if end in unclosed else text.find(end, match.end())
        if found < 0:  # never closed: a browser would show nothing more, a person who pasted it meant the rest
            unclosed.add(end)
        at = found + len(end) if found >= 0 else match.end()
    kept.append(text[at:])
    return "".join(kept)


def plain(text: str) -> str:
    """Text that is no markup, with entities that came with a copy of it read."""
    return unescape(text) if _ENTITY.search(text) else text


def shown(text: str) -> Shown:
    """The lines that a page shows."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.shown()


class _Reader(HTMLParser):
    """Collects text; blocks and breaks end a line, cells are parted by a tab, quotes begin with `>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._links: list[tuple[str, str]] = []
        self._marked: dict[str, str] = {}
        self._logos: list[str] = []
        self._unshown: list[str] = []
        self._quotes: list[str] = []
        self._nested: list[tuple[str, str | None, int]] = []
        self._anchors: list[tuple[str, int]] = []
        self._length = 0
        self._everything: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self._pass(tag, attrs)
            return
        held = {name: value or "" for name, value in attrs}
        if self._unshown or tag in _UNSHOWN or _HIDDEN.search(held.get("style", "")[:500]):
            if len(self._unshown) < _MOST_NESTED:
                self._unshown.append(tag)
            return
        classes = f"{held.get('class', '')} {held.get('itemprop', '')}"[:500].lower().split()
        if tag == "blockquote" or any(name in _QUOTES for name in classes):
            self._end_line()
            self._quotes.append(tag)
        if tag in _BLOCKS:
            self._end_line()
        elif tag in {"td", "th"} and self._lines[-1].strip():
            self._say("\t")
        if tag == "a" and held.get("href"):
            self._anchors = [(held["href"][:2000], self._length)]
        marked = next((_CLASSES[name] for name in classes if name in _CLASSES), None)
        if len(self._nested) < _MOST_NESTED and (marked or tag in {"td", "th", "span", *_BLOCKS}):
            self._nested.append((tag, marked, self._length))

    def _pass(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that holds nothing: a break, or a picture, of which only one that is a link is a logo."""
        if tag == "img" and self._anchors and not self._unshown:
            self._logos.append(next((value or "" for name, value in attrs if name == "alt"), "")[:100])
        if tag in {"br", "hr"}:
            self._end_line(leaves_blank=True)

    def handle_endtag(self, tag: str) -> None:
        if self._unshown:
            if tag in self._unshown:
                del self._unshown[len(self._unshown) - 1 - self._unshown[::-1].index(tag) :]
            return
        if tag == "a" and self._anchors:
            self._end_link(*self._anchors.pop())
        while self._nested and any(held[0] == tag for held in self._nested):
            name, marked, start = self._nested.pop()
            if marked and (value := self._since(start)):
                self._marked.setdefault(marked, value)
            if name == tag:
                break
        if tag in _BLOCKS:
            self._end_line(leaves_blank=tag == "p")
        if self._quotes and self._quotes[-1] == tag == "blockquote":
            self._quotes.pop()

    def handle_data(self, data: str) -> None:
        if not self._unshown:
            text = " ".join(data.split())
            lead = " " if data[:1].isspace() else ""
            self._say(f"{lead}{text}{' ' if text and data[-1:].isspace() else ''}")

    def shown(self) -> Shown:
        for anchor in self._anchors:
            self._end_link(*anchor)
        return Shown(
            "\n".join(line.strip() for line in self._lines), self._links, self._marked, self._logos[:_MOST_LOGOS]
        )

    def _say(self, text: str) -> None:
        self._lines[-1] += text
        self._everything.append(text)
        self._length += 1

    def _since(self, start: int) -> str:
        return ", ".join(filter(None, (part.strip(" ,") for part in "".join(self._everything[start:]).split("\n"))))

    def _end_line(self, *, leaves_blank: bool = False) -> None:
        """Begin a line. Only a break, or a paragraph with nothing in it, leaves an empty one."""
        if self._lines[-1].strip(" >"):
            self._everything.append("\n")
            self._length += 1
            self._lines.append("> " if self._quotes else "")
        elif leaves_blank and len(self._lines) > 1 and self._lines[-2].strip(" >"):
            self._lines.append("> " if self._quotes else "")
        else:
            self._lines[-1] = "> " if self._quotes else ""

    def _end_link(self, href: str, start: int) -> None:
        words = self._since(start)
        scheme, _, rest = href.partition(":")
        if scheme.lower() == "mailto":
            address = unquote(rest.split("?")[0]).strip()
            if address and address.casefold() not in words.casefold():
                self._say(f" {address} ")
        elif scheme.lower() == "tel":
            if sum(character.isdigit() for character in words) < 6:
                self._say(f" {unquote(rest)} ")
        elif scheme.lower() in {"http", "https"} or href.startswith(("www.", "//")):
            self._links.append((href, words))
