"""What somebody changed in a printed report: paragraphs, the places in them, the figures that stood there.

Knows: the shape of a change. Does not know: files, who takes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.reports.difference import sentence_count

if TYPE_CHECKING:
    from bot.reports.difference import Edit, FigureChange


class ChangeKind(StrEnum):
    TEXT = "text"  # words or figures of a paragraph
    HEADING = "heading"  # the heading itself; headings belong to the form
    ADDED = "added"  # a new paragraph
    REMOVED = "removed"  # a paragraph that is gone
    MOVED = "moved"  # a paragraph that stands elsewhere
    LETTERHEAD = "letterhead"  # number, date, signer
    COMMENT = "comment"  # a remark; nothing changes


class Since(StrEnum):
    """What became of a change's place after the file was made."""

    SAME = "same"
    OVERTAKEN = "overtaken"  # somebody else changed it too
    ALREADY = "already"  # the report says so already


@dataclass(frozen=True, slots=True)
class Change:
    """One thing she did. `old` and `new` are whole paragraphs; `edits` the places in them.

    block  the section's id; of a footnote the section that refers to it; of the letterhead the template's tag
    line   id of the printed line that changed; of an added paragraph the line it follows
    note   the footnote's key, if it is in one
    since  what happened there after the file was made; `now` is the paragraph as it stands
    """

    block: str
    kind: ChangeKind
    old: str = ""
    new: str = ""
    author: str = ""
    edits: tuple[Edit, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    line: str = ""
    note: str = ""
    since: Since = Since.SAME
    now: str = ""

    @property
    def sentences_removed(self) -> int:
        """Sentences taken out, where nothing else was done to the paragraph."""
        return sum(sentence_count(e.old) for e in self.edits) if not any(e.new.strip() for e in self.edits) else 0

    @property
    def sentences_added(self) -> int:
        """Sentences put in, where nothing else was done to the paragraph."""
        return sum(sentence_count(e.new) for e in self.edits) if not any(e.old.strip() for e in self.edits) else 0
