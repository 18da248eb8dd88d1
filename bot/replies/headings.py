"""Headings inside a message: «a) Sản xuất nông nghiệp: …» says which section the words after it belong to.

Knows: the form's titles, short names and part labels, with or without numbers and diacritics.
Does not know: figures. People paste whole parts of last week's report; each piece must land in its own section.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.record import record
from bot.replies.normalise import fold, normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.forms.model import Form

_LEAD = r"^[ \t\-•*+–]*(?:muc\s+)?(?:\(?(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]{1,2}[ \t]*)*"
_TAIL = r"[ \t]*(?::[ \t]*\n?|\.?[ \t]*(?:\n|\Z))[ \t]*"
_BREAK = re.compile(r"[\s,;–-]+")


@record
class Chunk:
    """A stretch of the message, [start, end) in code points, that one heading governs; None before the first."""

    section: str | None
    part: str | None
    start: int
    end: int


class Headings:
    """The headings of some sections, compiled once."""

    def __init__(self, form: Form, sections: Iterable[str], departments: Collection[str] = ()) -> None:
        self._places: dict[str, tuple[str, str | None]] = {}
        for name in sections:
            section = form.sections[name]
            for part in section.parts:
                if not departments or part.department in departments:
                    self._places.setdefault(_key(part.label), (section.id, part.id))
            if not departments or section.department in departments:
                self._places.setdefault(_key(section.title), (section.id, None))
                if section.short:
                    self._places.setdefault(_key(section.short), (section.id, None))
        titles = sorted(self._places, key=len, reverse=True)
        words = "|".join(r"[\s,;\-]+".join(map(re.escape, title.split())) for title in titles)
        self._pattern = re.compile(f"{_LEAD}({words}){_TAIL}", re.MULTILINE) if titles else None

    def split(self, text: str) -> tuple[Chunk, ...]:
        """The whole text as chunks in order; headings themselves belong to none. One chunk when there are none."""
        if self._pattern is None:
            return (Chunk(None, None, 0, len(text)),)
        seen = normalise(text)
        found = list(self._pattern.finditer(seen.folded))
        if not found:
            return (Chunk(None, None, 0, len(text)),)
        chunks: list[Chunk] = []
        first, _ = seen.span(found[0].start(), found[0].end())
        if text[:first].strip():
            chunks.append(Chunk(None, None, 0, first))
        for here, following in zip(found, [*found[1:], None], strict=True):
            section, part = self._places[_key(here[1])]
            _, start = seen.span(here.start(), here.end())
            end = len(text) if following is None else seen.span(following.start(), following.end())[0]
            chunks.append(Chunk(section, part, start, end))
        return tuple(chunks)


def _key(title: str) -> str:
    return _BREAK.sub(" ", fold(title)).strip()
