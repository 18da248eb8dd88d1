"""Whether a Word file is one of our reports, and which: by its own mark, by its bookmarks, else by its words.

Knows: what an office program may have dropped. Does not know: what changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.rendering.format import load_format
from bot.rendering.word.bookmarks import bookmark_names, issue_named, letterhead_bookmark
from bot.rendering.word.fill import letterhead_values
from bot.reports.printed import LineKind, letterhead_of, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.rendering.word.reader import ReadDocument
    from bot.reports.model import Report

_LONG = 40  # characters; shorter lines say too little of where they come from
_OF_WORDS = 0.4  # of the report's long lines stand in the file word for word: it was made from it
_OF_HEADINGS = 0.5  # of its headings do: it is a weekly report, but not one that we know


class Kin(StrEnum):
    """How a file is related to a report."""

    NONE = "none"
    ALIKE = "alike"  # the same headings, other words: made elsewhere, or changed beyond recognition
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Likeness:
    kin: Kin
    shared: float = 0.0  # of the report's long lines


def told_by(document: ReadDocument) -> tuple[str, int] | None:
    """Period and version, as the file itself tells them."""
    names = (mark.name for paragraph in document.paragraphs for mark in paragraph.marks)
    return next((found for name in names if (found := issue_named(name)) is not None), None)


def likeness(report: Report, document: ReadDocument) -> Likeness:
    """How much of this report is in the file."""
    said = {_plain(paragraph.text) for paragraph in document.paragraphs}
    lines = printed(report, load_format().words["gap"])
    shared = _share([line.text for line in lines if len(line.text) >= _LONG], said)
    if _has_marks(report, document) or shared >= _OF_WORDS:
        return Likeness(Kin.SAME, shared)
    headings = _share([line.heading for line in lines if line.kind is LineKind.HEADING], said)
    return Likeness(Kin.ALIKE if headings >= _OF_HEADINGS else Kin.NONE, shared)


def reads_like(report: Report, text: str) -> bool:
    """Whether a text in any format has the report's headings; nobody's own part has most of them."""
    whole = _plain(text)
    lines = printed(report, load_format().words["gap"])
    headings = [_plain(line.heading) for line in lines if line.kind is LineKind.HEADING]
    return bool(headings) and sum(heading in whole for heading in headings) / len(headings) >= _OF_HEADINGS


def _has_marks(report: Report, document: ReadDocument) -> bool:
    known = {*bookmark_names(report).values(), *map(letterhead_bookmark, letterhead_values(letterhead_of(report)))}
    return any(mark.name in known for paragraph in document.paragraphs for mark in paragraph.marks)


def _share(lines: Sequence[str], said: set[str]) -> float:
    return sum(_plain(line) in said for line in lines) / len(lines) if lines else 0.0


def _plain(text: str) -> str:
    return " ".join(text.split())
