"""What changed inside a paragraph, and which figures stood there.

Knows: words, numbers, places. Does not know: files, blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bot.reports.model import PieceKind
from bot.reports.numbers import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bot.reports.printed import Line

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+|\s+|[^\w\s]")
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Edit:
    """One place: `old` became `new`; either may be empty. Offsets are into the old and the new text."""

    old: str
    new: str
    old_start: int
    new_start: int


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure whose printed words were edited. `is_clear` is False where it cannot be told what it became."""

    indicator: str
    old: str
    new: str
    is_clear: bool = True

    @property
    def value(self) -> Decimal | None:
        """The new number; None where it is gone, unclear, or could be read in two ways."""
        return value_of(self.new) if self.is_clear else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands in a text."""

    indicator: str
    start: int
    end: int


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """The places in which two texts differ, in words; neighbouring ones parted by nothing but blanks are one."""
    before, after = _tokens(old), _tokens(new)
    matcher = SequenceMatcher(None, [w for w, _ in before], [w for w, _ in after], autojunk=False)
    found: list[Edit] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        old_start, new_start = _at(before, i1, old), _at(after, j1, new)
        made = Edit(old[old_start : _at(before, i2, old)], new[new_start : _at(after, j2, new)], old_start, new_start)
        if found and _only_blank(found[-1], made, old):
            made = _joined(found.pop(), made, old, new)
        found.append(made)
    return tuple(found)


def places(line: Line) -> tuple[Place, ...]:
    """The figures of a printed line, by their place in its text; a figure nobody gave stands as its gap."""
    found: list[Place] = []
    place = len(line.opening)
    for piece in line.pieces:
        is_gap = piece.kind is PieceKind.GAP and piece.ref not in ("", line.owner) and "#" not in piece.ref
        if piece.kind is PieceKind.FIGURE or is_gap:
            found.append(Place(piece.ref, place, place + len(piece.text)))
        place += len(piece.text)
    return tuple(found)


def follow(figures: Sequence[Place], old: str, new: str) -> tuple[tuple[FigureChange, ...], tuple[Place, ...]]:
    """Figures whose words changed, and where every figure stands that is still to be found in the new text."""
    changed: list[FigureChange] = []
    kept: list[Place] = []
    made = edits(old, new)
    for figure in figures:
        touching = [e for e in made if e.old_start < figure.end and figure.start < e.old_start + len(e.old)]
        if not touching:
            shift = sum(len(e.new) - len(e.old) for e in made if e.old_start + len(e.old) <= figure.start)
            kept.append(Place(figure.indicator, figure.start + shift, figure.end + shift))
            continue
        change, place = _fate(figure, figures, touching, old)
        changed.append(change)
        if place is not None:
            kept.append(place)
    return tuple(changed), tuple(kept)


def _fate(
    figure: Place, figures: Sequence[Place], touching: Sequence[Edit], old: str
) -> tuple[FigureChange, Place | None]:
    """What a touched figure became: the number in its own place, if there is exactly one candidate for it."""
    words = old[figure.start : figure.end]
    edit = touching[0]
    unclear = FigureChange(figure.indicator, words, "", is_clear=False)
    if len(touching) > 1:
        return unclear, None
    after = [m.span() for m in _NUMBER.finditer(edit.new)]
    if not after:
        # the number is gone; with words in its place nobody can tell what they say of the figure
        return FigureChange(figure.indicator, words, "", is_clear=not edit.new.strip()), None
    own = _own_number(figure, figures, edit)
    if own is None or own >= len(after):
        return unclear, None
    start, end = after[own]
    place = Place(figure.indicator, edit.new_start + start, edit.new_start + end)
    return FigureChange(figure.indicator, words, edit.new[start:end]), place


def _own_number(figure: Place, figures: Sequence[Place], edit: Edit) -> int | None:
    """Which of the edit's new numbers is the figure's: the one in the same place among as many as before."""
    sharing = [f for f in figures if f.start < edit.old_start + len(edit.old) and edit.old_start < f.end]
    before = [edit.old_start + m.start() for m in _NUMBER.finditer(edit.old)]
    after = len(_NUMBER.findall(edit.new))
    if not before:  # a number in place of a gap, or of «không có»
        return 0 if after == 1 and len(sharing) == 1 else None
    own = [n for n, start in enumerate(before) if figure.start <= start < figure.end]
    if len(own) != 1 or len(before) != after:
        return None
    letters = sum(c.isalpha() for c in edit.new)
    # several numbers among rewritten words: their order proves nothing
    return None if after > 1 and letters > len(edit.new) // 2 else own[0]


def _tokens(text: str) -> list[tuple[str, int]]:
    return [(m[0], m.start()) for m in _TOKEN.finditer(text)]


def _at(tokens: list[tuple[str, int]], index: int, text: str) -> int:
    return tokens[index][1] if index < len(tokens) else len(text)


def _only_blank(first: Edit, second: Edit, old: str) -> bool:
    """Two edits with a mere space between them are one to a reader, unless both are numbers."""
    between = old[first.old_start + len(first.old) : second.old_start]
    return not between.strip() and not (_NUMBER.search(first.old) and _NUMBER.search(second.old))


def _joined(first: Edit, second: Edit, old: str, new: str) -> Edit:
    before = old[first.old_start : second.old_start + len(second.old)]
    after = new[first.new_start : second.new_start + len(second.new)]
    return Edit(before, after, first.old_start, first.new_start)


def sentence_count(text: str) -> int:
    """Sentences in a stretch of text, for saying «bỏ 1 câu»."""
    return sum(1 for part in _SENTENCE_END.split(text.strip()) if part)
