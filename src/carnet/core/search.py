"""Finding text: what people type is folded as what is stored was, so accents and case never matter.

Python folds on both databases (SQLite's own folding misses ß and ł), so both give the same answers.
"""

from __future__ import annotations

from unicodedata import combining, normalize

# Letters that Unicode doesn't take apart into a base and a mark, but that people type without.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ħ": "h",
        "\u0131": "i",
        "ŋ": "n",
        "ŧ": "t",
        "œ": "oe",
        "æ": "ae",
        "þ": "th",
        "ð": "d",
    }
)
SEARCHED_CHARACTERS = 20_000
_TERMS = 20
LONGEST_TERM = 1_000
"""Of a longer term the beginning is looked for: SQLite refuses patterns of over 50,000 bytes."""


def fold(text: str) -> str:
    """The text without case, accents and ligatures: `Łódź Straße` gives `lodz strasse`."""
    if text.isascii():
        return text.lower()
    decomposed = normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join([character for character in decomposed if character < "\u0300" or not combining(character)])
    return bare.casefold().translate(_LETTERS)


def document(*texts: str | None) -> str:
    """The folded text by which a record is found; of a very long one its first 20,000 characters."""
    return fold("\n".join(text for text in texts if text)[:SEARCHED_CHARACTERS])


def terms_of(query: str) -> list[str]:
    """The folded words of a query, each of which must be found; at most twenty count."""
    return list(dict.fromkeys(term[:LONGEST_TERM] for term in fold(query[:SEARCHED_CHARACTERS]).split()))[:_TERMS]


def pattern(term: str) -> str:
    r"""A folded term as LIKE finds it anywhere, with `\\` before its own signs."""
    plain = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"
