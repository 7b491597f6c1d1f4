"""Contacts out of text: cards exactly, signatures and letters by their structure. Offline, and always the same.

`extract` never raises, whatever the text. It reads at most 20 kB in 400 lines (see `reading`), so that its cost has a
bound: about 10 ms for what people paste, under a second for the worst text that anybody could make of that size.
"""

from __future__ import annotations

from carnet.assist.extraction import free, markup, mecard, vcard
from carnet.assist.extraction.findings import Extraction
from carnet.assist.extraction.reading import UNREAD, readable
from carnet.assist.extraction.regions import Regions

__all__ = ["Extraction", "extract"]


def extract(text: str) -> Extraction:
    """The contact of which a text tells: whose signature, card or letter it is. Raises nothing."""
    if "<" in text and markup.is_markup(text):
        text = markup.without_styles(text)
    kept, is_cut = readable(text)
    if vcard.holds_card(kept):
        found = vcard.read(kept, Regions(kept, []))
        if not found.fields and not found.emails and not found.phones:
            found = free.read(kept, [], {})
    elif mecard.holds_card(kept):
        found = mecard.read(kept, Regions(kept, []))
    elif markup.is_markup(kept):
        page = markup.shown(kept)
        found = free.read(page.text, page.links, page.marked)
        found.say("company", free.firm_of_logos(page.logos, found), 0.7)
    else:
        found = free.read(markup.plain(kept), [], {})
    if is_cut:
        found.warn(UNREAD)
    return found.extraction()
