"""A person's own words with the figures in them kept current: amend a figure and the sentence follows.

Knows: slots, how their text follows a value. Does not know: which section, which layout. Words come from the caller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.facts import Origin
from bot.reports.model import Piece, PieceKind
from bot.reports.numbers import MONEY, as_written, in_report, numbers_in, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.facts import Figure, LiveText, Slot
    from bot.forms.model import Indicator

# Money in words behind a figure, longest first; the exponents are those of MONEY.
_MONEY_WORDS = {"tỷ đồng": 9, "tỷ": 9, "triệu đồng": 6, "trđ": 6, "triệu": 6, "nghìn đồng": 3, "nghìn": 3, "đồng": 0}
_MONEY = re.compile(rf"(?:\s*/\s*\d[\d.,]*)?\s*({'|'.join(_MONEY_WORDS)})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Words the report puts where nobody wrote any; they lie in templates/words/report.toml."""

    gap_section: str
    gap_part: str
    no_figure: str
    some: str
    none: str
    negations: frozenset[str]
    lead: str
    qualifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What stands for [start, end) of the text."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def live_paragraphs(
    text: LiveText,
    figures: Mapping[str, Figure],
    indicators: Mapping[str, Indicator],
    words: ReportWords,
    skip: int = 0,
) -> tuple[tuple[Piece, ...], ...]:
    """The text from code point `skip` on, a paragraph a line, with each slot showing its figure's current value."""
    known = (s for s in text.slots if s.indicator in indicators and skip <= s.start < s.end <= len(text.text))
    slots = sorted(known, key=lambda s: (s.start, s.end))
    edits: list[_Edit] = []
    for group in _overlapping(slots):
        edits += _edits(text, group, figures, indicators, words)
    return _paragraphs(text.text, edits, skip)


def _overlapping(slots: Sequence[Slot]) -> Iterator[list[Slot]]:
    """Slots that share words: one negation may say several noughts."""
    group: list[Slot] = []
    for slot in slots:
        if group and slot.start >= max(s.end for s in group):
            yield group
            group = []
        group.append(slot)
    if group:
        yield group


def _edits(
    text: LiveText,
    group: list[Slot],
    figures: Mapping[str, Figure],
    indicators: Mapping[str, Indicator],
    words: ReportWords,
) -> Iterator[_Edit]:
    if len(group) == 1:
        yield from _single(text, group[0], figures.get(group[0].indicator), indicators[group[0].indicator], words)
        return
    stands = all(_still_says(text, slot, figures.get(slot.indicator), words) for slot in group)
    if stands:
        at = group[0].start
        for slot in group:
            if slot.end > at:
                yield _Edit(at, slot.end, (_figure(slot.indicator, text.text[at : slot.end]),))
                at = slot.end
        return
    pieces: list[Piece] = []
    for slot in group:
        if pieces:
            pieces.append(Piece(", "))
        written = text.text[slot.start : slot.end]
        pieces.append(_said_anew(figures.get(slot.indicator), indicators[slot.indicator], words, written))
    yield _Edit(group[0].start, max(s.end for s in group), tuple(pieces))


def _single(
    text: LiveText, slot: Slot, figure: Figure | None, indicator: Indicator, words: ReportWords
) -> Iterator[_Edit]:
    written = text.text[slot.start : slot.end]
    if figure is None or figure.value is None:
        yield _Edit(slot.start, slot.end, (Piece(words.no_figure, PieceKind.GAP, slot.indicator),))
        return
    if _is_its_own(text, figure):
        yield _Edit(slot.start, slot.end, (_figure(slot.indicator, written),))
        return
    places = numbers_in(written)
    if len(places) != 1:
        keeps = not places and _still_says(text, slot, figure, words)
        piece = _figure(slot.indicator, written) if keeps else _said_anew(figure, indicator, words, written)
        yield _Edit(slot.start, slot.end, (piece,))
        return
    start, end = places[0]
    number = written[start:end]
    unit = _unit_behind(text.text, slot, indicator)
    value = value_of(number)
    if value is not None and value == figure.value.scaleb(-unit[2] if unit else 0):
        yield _Edit(slot.start, slot.end, (_figure(slot.indicator, written),))
        return
    shown = as_written(figure.value, indicator.unit, number)
    yield _Edit(slot.start, slot.end, (_figure(slot.indicator, written[:start] + shown + written[end:]),))
    if unit:
        yield _Edit(unit[0], unit[1], (Piece(indicator.unit),))


def _unit_behind(text: str, slot: Slot, indicator: Indicator) -> tuple[int, int, int] | None:
    """Where a unit of money stands that is not the indicator's, and how many tens it is away."""
    if indicator.unit not in MONEY:
        return None
    found = _MONEY.match(text, slot.end)
    if not found:
        return None
    away = _MONEY_WORDS[found[1].lower()] - MONEY[indicator.unit]
    return (found.start(1), found.end(1), away) if away else None


def _is_its_own(text: LiveText, figure: Figure) -> bool:
    """The value came with these very words."""
    return figure.reply_id is not None and figure.reply_id == text.reply_id and figure.origin is not Origin.COMPUTED


def _still_says(text: LiveText, slot: Slot, figure: Figure | None, words: ReportWords) -> bool:
    """The words in the slot say the value: they came with it, or they deny and it is nought."""
    if figure is None or figure.value is None:
        return False
    if _is_its_own(text, figure):
        return True
    return not figure.value and _denies(text.text[slot.start : slot.end], words)


def _denies(written: str, words: ReportWords) -> bool:
    return bool(words.negations.intersection(written.lower().split()))


def _said_anew(figure: Figure | None, indicator: Indicator, words: ReportWords, written: str) -> Piece:
    """A value in place of words that no longer fit: a denial as a sentence, anything else as a number."""
    if figure is None or figure.value is None:
        return Piece(words.no_figure, PieceKind.GAP, indicator.id)
    value = in_report(figure.value, indicator.unit)
    if not _denies(written, words):
        said = f"{value} {indicator.unit}" if indicator.unit in written else value
    elif figure.value:
        what = "" if indicator.unit in indicator.short else indicator.short
        said = words.some.replace("{value}", value).replace("{unit}", indicator.unit).replace("{what}", what).rstrip()
    else:
        said = words.none.replace("{what}", indicator.short)
    return _figure(indicator.id, said)


def _figure(indicator: str, text: str) -> Piece:
    return Piece(text, PieceKind.FIGURE, indicator)


def _paragraphs(text: str, edits: Iterable[_Edit], skip: int) -> tuple[tuple[Piece, ...], ...]:
    pieces: list[Piece] = []
    at = skip
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at:
            continue
        pieces.append(Piece(text[at : edit.start]))
        pieces += edit.pieces
        at = edit.end
    pieces.append(Piece(text[at:]))
    return tuple(_lines(pieces))


def _lines(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Cut at line breaks in the fixed words, blank ends taken off, empty lines left out."""
    line: list[Piece] = []
    for piece in pieces:
        first, *rest = piece.text.split("\n") if piece.kind is PieceKind.TEXT else [piece.text]
        line.append(Piece(first, piece.kind, piece.ref))
        for words in rest:
            if kept := _trimmed(line):
                yield kept
            line = [Piece(words)]
    if kept := _trimmed(line):
        yield kept


def _trimmed(line: list[Piece]) -> tuple[Piece, ...]:
    kept = [p for p in line if p.text]
    while kept and kept[0].kind is PieceKind.TEXT and not kept[0].text.strip():
        kept.pop(0)
    while kept and kept[-1].kind is PieceKind.TEXT and not kept[-1].text.strip():
        kept.pop()
    if kept and kept[0].kind is PieceKind.TEXT:
        kept[0] = Piece(kept[0].text.lstrip())
    if kept and kept[-1].kind is PieceKind.TEXT:
        kept[-1] = Piece(kept[-1].text.rstrip())
    return tuple(kept)
