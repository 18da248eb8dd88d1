"""The report as the paragraphs that are printed, one after the other, each with a lasting name.

Knows: which paragraph a heading shares, where a typed line break starts a new one, how paragraphs are named.
Does not know: fonts, files. Word, PDF and the way back from Word all walk this same list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.forms.model import HeadingStyle
from bot.reports.clean import clean, clean_line
from bot.reports.model import Piece, PieceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.reports.model import Block, Letterhead, Note, Paragraph, Report


_ROOM_FOR_NUMBER = "\u00a0" * 8  # clean_line keeps what is no plain space


class LineKind(StrEnum):
    HEADING = "heading"  # a heading alone on its line
    RUN_IN = "run_in"  # a heading with the text behind it
    BODY = "body"
    NOTE = "note"  # a paragraph of a footnote


@dataclass(frozen=True, slots=True)
class Line:
    """One printed paragraph. `paragraph` is its place among the block's (or note's) paragraphs; -1 for a heading."""

    id: str  # "II.1.1.a", "II.1.1.a/1"; of a note "note 3/0"
    owner: str  # the block's id, or the note's key
    kind: LineKind
    level: int
    paragraph: int
    pieces: tuple[Piece, ...] = ()
    heading: str = ""  # of a heading or a run-in
    lead: str = ""  # the label of a part

    @property
    def words(self) -> str:
        """The text behind heading and label."""
        return "".join(p.text for p in self.pieces)

    @property
    def opening(self) -> str:
        """Heading and label with the space that parts them from the text."""
        return "".join(f"{words} " for words in (self.heading, self.lead) if words)

    @property
    def text(self) -> str:
        return f"{self.opening}{self.words}".rstrip(" ") if self.opening else self.words


def printed(report: Report, gap: str = "") -> tuple[Line, ...]:
    """Every paragraph of the body, in order. `gap` is printed in gaps that bring no words of their own."""
    body = (block for block in report.blocks if not _is_title(block))
    return tuple(_with_gap(line, gap) for block in body for line in _block_lines(block))


def letterhead_of(report: Report) -> Letterhead:
    """What stands around the body. A title block gives kind and abstract where the office set none.

    A number that is not given yet («-BC/ĐU») leaves room for it to be written by hand.
    """
    head = report.letterhead
    if head.number.startswith("-"):
        head = replace(head, number=_ROOM_FOR_NUMBER + head.number)
    for block in report.blocks:
        if _is_title(block):
            abstract = " ".join(p.text for p in block.paragraphs)
            head = replace(head, kind=head.kind or block.heading, abstract=head.abstract or abstract)
    return head


def _is_title(block: Block) -> bool:
    """The block above all sections holds the document's kind and abstract; it is no part of the body."""
    return block.level == 0 and block.heading_style is HeadingStyle.BLOCK


def _with_gap(line: Line, gap: str) -> Line:
    if not gap or not any(p.kind is PieceKind.GAP and not p.text for p in line.pieces):
        return line
    pieces = tuple(replace(p, text=gap) if p.kind is PieceKind.GAP and not p.text else p for p in line.pieces)
    return replace(line, pieces=pieces)


def note_lines(note: Note, gap: str = "") -> tuple[Line, ...]:
    """Every paragraph of a footnote; a footnote has at least one."""
    lines = _named(f"note {note.key}", note.key, 0, _spread(note.paragraphs), 0)
    found = tuple(_with_gap(replace(line, kind=LineKind.NOTE), gap) for line in lines)
    return found or (Line(f"note {note.key}/0", note.key, LineKind.NOTE, 0, 0),)


def note_order(report: Report) -> tuple[str, ...]:
    """Keys of the footnotes in the order in which the text refers to them.

    Raises ValueError where a reference has no footnote, a footnote no reference, or two references share one.
    """
    used = [piece.ref for line in printed(report) for piece in line.pieces if piece.kind is PieceKind.NOTE]
    known = [note.key for note in report.notes]
    if sorted(used) != sorted(known):
        odd = sorted(set(used) ^ set(known)) or sorted({key for key in used if used.count(key) > 1})
        raise ValueError(f"footnotes and references do not match: {', '.join(odd)}")
    return tuple(used)


def _block_lines(block: Block) -> Iterator[Line]:
    heading = clean_line(block.heading) if block.heading_style is not HeadingStyle.NONE else ""
    paragraphs = list(_spread(block.paragraphs))
    if not paragraphs and block.is_gap:
        paragraphs = [(0, "", (Piece("", PieceKind.GAP),))]
    if heading and block.heading_style is HeadingStyle.RUN_IN and paragraphs:
        _, lead, pieces = paragraphs[0]
        yield Line(block.id, block.id, LineKind.RUN_IN, block.level, 0, pieces, heading, lead)
        yield from _named(block.id, block.id, block.level, paragraphs[1:], 1)
        return
    if heading:
        yield Line(block.id, block.id, LineKind.HEADING, block.level, -1, (), heading)
    yield from _named(block.id, block.id, block.level, paragraphs, 1 if heading else 0)


def _named(
    name: str, owner: str, level: int, paragraphs: Iterable[tuple[int, str, tuple[Piece, ...]]], first: int
) -> Iterator[Line]:
    for place, (paragraph, lead, pieces) in enumerate(paragraphs, start=first):
        own = name if place == 0 and not name.startswith("note ") else f"{name}/{place}"
        yield Line(own, owner, LineKind.BODY, level, paragraph, pieces, lead=lead)


def _spread(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[int, str, tuple[Piece, ...]]]:
    """Paragraphs with their texts cleaned and cut at typed line breaks."""
    for index, paragraph in enumerate(paragraphs):
        lead = clean_line(paragraph.lead)
        for pieces in _cut(paragraph.pieces):
            if pieces or lead:
                yield index, lead, pieces
            lead = ""


def _cut(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    current: list[Piece] = []
    for piece in pieces:
        first, *rest = clean(piece.text).split("\n")
        current.append(replace(piece, text=first))
        for words in rest:
            yield _trimmed(current)
            current = [replace(piece, text=words)]
    yield _trimmed(current)


def _trimmed(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Without blank ends and without pieces that print nothing."""
    kept = list(pieces)
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(p for p in kept if p.text or p.kind in (PieceKind.NOTE, PieceKind.GAP))
