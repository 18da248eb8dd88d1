"""The report as a list of blocks: one model from which Word, PDF, chat digest and pictures are made.

Knows: order, numbering, words, footnotes, where each figure came from.
Does not know: fonts, files, channels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.facts import Figure
    from bot.forms.model import HeadingStyle


class PieceKind(StrEnum):
    TEXT = "text"
    FIGURE = "figure"  # text of a figure; `ref` is the indicator id
    NOTE = "note"  # a footnote reference; `ref` is the note's key, `text` is empty
    GAP = "gap"  # a missing part, shown as such


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    kind: PieceKind = PieceKind.TEXT
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `lead` is a label written before it in its own style («Hội Nông dân:»)."""

    pieces: tuple[Piece, ...]
    lead: str = ""
    part: str | None = None

    @property
    def text(self) -> str:
        words = "".join(p.text for p in self.pieces)
        return f"{self.lead} {words}" if self.lead else words


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of one or more paragraphs."""

    key: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A section as it is printed: heading and paragraphs. `id` is the section's id."""

    id: str
    level: int
    number: str
    title: str
    heading_style: HeadingStyle
    colon: bool
    paragraphs: tuple[Paragraph, ...] = ()
    is_gap: bool = False  # nothing was given for it

    @property
    def heading(self) -> str:
        words = f"{self.number} {self.title}".strip()
        return f"{words}:" if self.colon and words else words


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands around the body; every value is a setting of the office."""

    superior: str = ""
    issuer: str = ""
    number: str = ""  # without the word «Số»: "123-BC/ĐU"
    place: str = ""
    date: str = ""  # ISO, "2026-06-07"; renderers write it in words
    kind: str = ""
    abstract: str = ""
    authority: str = ""
    post: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()  # without dash and semicolon


@dataclass(frozen=True, slots=True)
class Report:
    """A compiled report: what is approved, printed and posted. `version` counts issues from 1."""

    period: str
    version: int
    title: str
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)  # by indicator id, values printed
    missing_departments: tuple[str, ...] = ()
    missing_indicators: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()  # ids of indicators changed since the last issue
