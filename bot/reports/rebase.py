"""Changes of an edited file, made from an older report, set against the report as it stands now.

Knows: which line of the older report is which line now, and what was changed in both. Does not know: who decides.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bot.reports.difference import places
from bot.reports.edited import ChangeKind, Since
from bot.reports.model import PieceKind
from bot.reports.numbers import value_of
from bot.reports.printed import note_lines, printed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.reports.edited import Change
    from bot.reports.model import Report
    from bot.reports.printed import Line

_FIGURE = "\0"  # stands for any figure's words
_TAKEN = (ChangeKind.TEXT, ChangeKind.ADDED, ChangeKind.REMOVED)


def rebased(base: Report, current: Report, changes: Iterable[Change], gap: str) -> list[Change]:
    """Every change, in the same order: its line is that of the current report, and what happened since is told.

    A change of a paragraph that is there no more becomes a new paragraph at the end of its section.
    """
    before, after = _by_owner(base, gap), _by_owner(current, gap)
    lines = {line.id: line for group in before.values() for line in group}
    now = {old.id: new for owner, group in before.items() for old, new in _matched(group, after.get(owner, []))}
    texts = {owner: {_plain(line.text) for line in group} for owner, group in after.items()}
    found = []
    for change in changes:
        old = lines.get(change.line)
        if change.kind not in _TAKEN or old is None:
            found.append(change)
        elif change.kind is ChangeKind.ADDED:
            found.append(_added(change, now.get(old.id), after.get(old.owner, []), texts.get(old.owner, set())))
        else:
            found.append(_reworded(change, old, now.get(old.id), after.get(old.owner, [])))
    return found


def _by_owner(report: Report, gap: str) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    for line in (*printed(report, gap), *(line for note in report.notes for line in note_lines(note, gap))):
        groups.setdefault(line.owner, []).append(line)
    return groups


def _matched(before: list[Line], after: list[Line]) -> Iterable[tuple[Line, Line]]:
    """Lines with the same words around their figures; between those, as many as there were, in order."""
    old, new = [_frame(line) for line in before], [_frame(line) for line in after]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            yield from zip(before[i1:i2], after[j1:j2], strict=True)


def _added(change: Change, line: Line | None, group: list[Line], texts: set[str]) -> Change:
    if _plain(change.new) in texts:
        return replace(change, since=Since.ALREADY)
    if line is None and group:
        return replace(change, line=group[-1].id)
    return replace(change, line=line.id) if line is not None else change


def _reworded(change: Change, old: Line, line: Line | None, group: list[Line]) -> Change:
    if line is None:
        if change.kind is ChangeKind.REMOVED:
            return replace(change, since=Since.ALREADY)
        last = group[-1].id if group else change.line
        return replace(change, kind=ChangeKind.ADDED, line=last, since=Since.OVERTAKEN)
    moved = replace(change, line=line.id, now=line.text)
    if _plain(line.text) == _plain(change.new) or _figures_are_so(change, line):
        return replace(moved, since=Since.ALREADY)
    is_overtaken = _frame(line) != _frame(old) or _figures_moved(change, line)
    return replace(moved, since=Since.OVERTAKEN if is_overtaken else Since.SAME)


def _figures_are_so(change: Change, line: Line) -> bool:
    """Nothing but figures was changed, and all of them are so by now; shares that follow from them followed too."""
    words = {place.indicator: line.text[place.start : place.end] for place in places(line)}
    only_figures = 0 < len(change.edits) == len(change.figures)
    return only_figures and all(
        f.value is not None and value_of(words.get(f.indicator, "")) == f.value for f in change.figures
    )


def _figures_moved(change: Change, line: Line) -> bool:
    """One of the figures that the change is about is another one by now, and not the one it says."""
    words = {place.indicator: line.text[place.start : place.end] for place in places(line)}
    return any(
        f.indicator in words
        and words[f.indicator] != f.old
        and (f.value is None or value_of(words[f.indicator]) != f.value)
        for f in change.figures
    )


def _frame(line: Line) -> str:
    """The line with its figures left open: what stays the same when only a figure was corrected."""
    return line.opening + "".join(_FIGURE if piece.kind is PieceKind.FIGURE else piece.text for piece in line.pieces)


def _plain(text: str) -> str:
    return " ".join(text.split())
