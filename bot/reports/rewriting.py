"""Accepted changes of a printed report as the sections' texts; figures in them stay slots, so that amendments follow.

Knows: which printed paragraph belongs to which text of the form. Does not know: who accepted, where texts are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.facts import LiveText, Slot
from bot.reports.difference import Place, edits, follow, places
from bot.reports.edited import ChangeKind
from bot.reports.printed import LineKind, note_lines, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from bot.forms.model import Form
    from bot.reports.edited import Change
    from bot.reports.model import Block, Note, Report
    from bot.reports.printed import Line

_REWRITING = (ChangeKind.TEXT, ChangeKind.ADDED, ChangeKind.REMOVED)
_BODY_PART = "body"  # the body of a section whose words usually go into a footnote


@dataclass(slots=True)
class _Draft:
    """A text being put together again."""

    lines: list[str] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    is_touched: bool = False

    def add(self, text: str, figures: Iterable[Place] = ()) -> None:
        start = sum(len(line) + 1 for line in self.lines)
        self.lines.append(text)
        self.slots += [Slot(f.indicator, start + f.start, start + f.end) for f in figures]


def new_texts(form: Form, report: Report, accepted: Iterable[Change], gap: str) -> tuple[LiveText, ...]:
    """The whole new text of every section and part that the accepted changes touch. `gap` is what empty gaps print."""
    by_line: dict[str, list[Change]] = {}
    for change in accepted:
        if change.kind in _REWRITING:
            by_line.setdefault(change.line, []).append(change)
    drafts: dict[tuple[str, str | None], _Draft] = {}
    for place, line in _placed(form, report, gap):
        draft = drafts.setdefault(place, _Draft())
        _write(draft, line, by_line.get(line.id, ()))
    return tuple(
        LiveText(section, report.period, "\n".join(draft.lines), tuple(draft.slots), part)
        for (section, part), draft in drafts.items()
        if draft.is_touched
    )


def _placed(form: Form, report: Report, gap: str) -> Iterator[tuple[tuple[str, str | None], Line]]:
    """Every printed line with the section and part whose text it is."""
    blocks = {block.id: block for block in report.blocks}
    notes = {note.key: note for note in report.notes}
    for line in printed(report, gap):
        if line.owner not in form.sections:
            continue
        section = form.sections[line.owner]
        body = f"{section.id}#{_BODY_PART}" if section.text_in else None
        yield (section.id, _part(blocks[line.owner], line) or body), line
        for key in (piece.ref for piece in line.pieces if piece.kind == "note"):
            for other in note_lines(notes[key], gap):
                yield (section.id, _part(notes[key], other)), other


def _part(holder: Block | Note, line: Line) -> str | None:
    return holder.paragraphs[line.paragraph].part if 0 <= line.paragraph < len(holder.paragraphs) else None


def _write(draft: _Draft, line: Line, changed: Iterable[Change]) -> None:
    """The line as it reads now, and what was added behind it. Headings and labels are printed by the form."""
    own = next((c for c in changed if c.kind is not ChangeKind.ADDED), None)
    if own is not None and line.kind is not LineKind.HEADING:
        draft.is_touched = True
        if own.kind is ChangeKind.TEXT:
            draft.add(*_behind_opening(line, own.new))
    elif line.words:
        draft.add(line.words, _shifted(places(line), len(line.opening)))
    for change in changed:
        if change.kind is ChangeKind.ADDED:
            draft.is_touched = True
            draft.add(change.new)


def _behind_opening(line: Line, new: str) -> tuple[str, tuple[Place, ...]]:
    """The new text without heading and label, and where its figures stand."""
    _, kept = follow(places(line), line.text, new)
    start = len(line.opening)
    for edit in edits(line.text, new):
        if edit.old_start + len(edit.old) <= len(line.opening):
            start += len(edit.new) - len(edit.old)
    words = new[start:]
    blank = len(words) - len(words.lstrip())
    return words.strip(), _shifted(kept, start + blank)


def _shifted(figures: Iterable[Place], by: int) -> tuple[Place, ...]:
    return tuple(Place(f.indicator, f.start - by, f.end - by) for f in figures)


def figure_values(accepted: Iterable[Change]) -> dict[str, Decimal]:
    """New values by indicator; only numbers that can be read in one way."""
    told = ((f.indicator, f.value) for change in accepted for f in change.figures)
    return {indicator: value for indicator, value in told if value is not None}
