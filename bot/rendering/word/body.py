"""The report's paragraphs as Word paragraphs.

Knows: which style a line gets, runs, bookmarks, footnote references. Does not know: the template's other parts.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.rendering.word.xml import el, qn, text_run
from bot.reports.model import PieceKind
from bot.reports.printed import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from bot.reports.model import Piece
    from bot.reports.printed import Line

_DEEPEST_HEADING = 4
_BOLD_TO = 3  # headings down to this level are bold, so are their run-ins


@dataclass(slots=True)
class Pen:
    """What paragraphs are written with: style ids by role, the anchor's looks, running numbers."""

    styles: Mapping[str, str]
    paragraph_look: _Element | None
    run_look: _Element | None
    bookmarks: Mapping[str, str]
    bookmark_numbers: Iterator[int]
    note_numbers: Mapping[str, int] = field(default_factory=dict)

    def paragraph(self, line: Line) -> _Element:
        """One body paragraph or heading."""
        made = el("w:p", self._look(line))
        self.mark(made, line.id, list(self._runs(line)))
        return made

    def mark(self, paragraph: _Element, line_id: str, runs: list[_Element]) -> None:
        """Appends the runs inside the line's bookmark."""
        number = str(next(self.bookmark_numbers))
        paragraph.append(el("w:bookmarkStart", w_id=number, w_name=self.bookmarks[line_id]))
        paragraph.extend(runs)
        paragraph.append(el("w:bookmarkEnd", w_id=number))

    def _look(self, line: Line) -> _Element:
        if line.kind is LineKind.HEADING:
            level = min(max(line.level, 1), _DEEPEST_HEADING)
            return el("w:pPr", el("w:pStyle", w_val=self.styles[f"heading_{level}"]))
        if self.paragraph_look is not None:
            return deepcopy(self.paragraph_look)
        return el("w:pPr", el("w:pStyle", w_val=self.styles["body"]))

    def _runs(self, line: Line) -> Iterator[_Element]:
        if line.kind is LineKind.HEADING:
            yield text_run(line.heading)
            return
        if line.heading:
            role = "lead_bold" if line.level <= _BOLD_TO else "lead"
            yield self._styled(line.heading, role)
            yield self._plain(" ")
        yield from self.text_runs(line, self.run_look)

    def text_runs(self, line: Line, look: _Element | None) -> Iterator[_Element]:
        """Label and text; neighbouring pieces of plain text are one run, as a person would have typed them."""
        if line.lead:
            yield self._styled(line.lead, "lead")
            yield self._plain(" ", look)
        words = ""
        for piece in line.pieces:
            if piece.kind in (PieceKind.TEXT, PieceKind.FIGURE):
                words += piece.text
                continue
            if words:
                yield self._plain(words, look)
                words = ""
            yield self._special(piece)
        if words:
            yield self._plain(words, look)

    def _special(self, piece: Piece) -> _Element:
        if piece.kind is PieceKind.GAP:
            return self._styled(piece.text, "gap")
        run = el("w:r", el("w:rPr", el("w:rStyle", w_val=self.styles["note_reference"])))
        run.append(el("w:footnoteReference", w_id=str(self.note_numbers[piece.ref])))
        return run

    def _styled(self, words: str, role: str) -> _Element:
        return text_run(words, el("w:rStyle", w_val=self.styles[role]))

    def _plain(self, words: str, look: _Element | None = None) -> _Element:
        run = text_run(words)
        if look is not None and len(look):
            run.insert(0, deepcopy(look))
        return run


def mark(paragraph: _Element, name: str, number: int) -> None:
    """A bookmark around everything in the paragraph."""
    look = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if look is None else 1, el("w:bookmarkStart", w_id=str(number), w_name=name))
    paragraph.append(el("w:bookmarkEnd", w_id=str(number)))


def keep_with_next(paragraph: _Element) -> None:
    """The last paragraph stays with the signature, so that no page holds the signature alone."""
    look = paragraph.find(qn("w:pPr"))
    if look is None or look.find(qn("w:keepNext")) is not None:
        return
    style = look.find(qn("w:pStyle"))
    look.insert(0 if style is None else look.index(style) + 1, el("w:keepNext"))
