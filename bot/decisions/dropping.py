"""«Bỏ “trong tuần”»: a sentence says a document was issued this week, and its date says otherwise.

Knows: one text and the words the check quotes of it. The figures in the text keep their places.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.facts import LiveText

_THIS_WEEK = re.compile(r"trong\s+(?:tuần|kỳ)(?:\s+này)?\s*,?\s*", re.IGNORECASE)
_NEW_SENTENCE = re.compile(r"(?:^|[.\n]\s*)$")


def without_week(text: LiveText, quote: str) -> LiveText | None:
    """The text without «trong tuần» before what is quoted; None where it does not stand there."""
    at = text.text.find(quote)
    found = _THIS_WEEK.match(text.text, at) if at >= 0 else None
    if found is None:
        return None
    before, after = text.text[: found.start()], text.text[found.end() :]
    if _NEW_SENTENCE.search(before):
        after = after[:1].upper() + after[1:]
    size = found.end() - found.start()
    slots = tuple(
        replace(slot, start=slot.start - size, end=slot.end - size) if slot.start >= found.end() else slot
        for slot in text.slots
    )
    return replace(text, text=before + after, slots=slots, id=None)


def dropped(quote: str) -> str:
    """The quoted words as they read afterwards."""
    return _THIS_WEEK.sub("", quote, count=1)
