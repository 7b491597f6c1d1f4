"""Lists of words that are read as a text."""

from __future__ import annotations


def words_in(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
