"""The text of figure lines: one a line, dense by sections, asked with last week's value, amended.

Knows: marks, signs, where a unit is printed. Does not know: which message the line stands in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.decisions.lines import Line, Lines, Mark
from bot.rendering.filters import amount, cap, number, percent, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.rendering.filters import Filters, WordTable

AnyLine = Line | Mapping[str, Any]
AnyLines = Lines | Mapping[str, Any]

_GIVEN, _ASKING, _LACKING = "•", "?", "–"
_SIGN = {Mark.DOUBT: _ASKING, Mark.CONFIRM: _ASKING, Mark.MISSING: _LACKING, Mark.NO_DATA: _LACKING}
SHARED = 3  # lines that say the same share one from this number on
_NUMBERS = ("value", "plan", "pct", "change", "last", "old")


def as_line(line: AnyLine) -> Line:
    """A line that went through storage comes back as a mapping of texts."""
    if isinstance(line, Line):
        return line
    told = dict(line)
    told.update({k: Decimal(told[k]) for k in _NUMBERS if told.get(k) is not None})
    return Line(**told)


def as_lines(section: AnyLines) -> Lines:
    if isinstance(section, Lines):
        return section
    told = dict(section)
    told["lines"] = tuple(as_line(line) for line in told.get("lines", ()))
    told["zeros"] = tuple(told.get("zeros", ()))
    return Lines(**told)


def unit_after(line: Line, shared: str = "") -> str:
    """The unit to print: not one the label or the section's heading already says."""
    if line.unit == "%":
        return "%"
    return "" if line.unit == shared or line.unit in line.label.casefold() else line.unit


class LineForms:
    """The forms of a line, as filters."""

    def __init__(self, words: WordTable, filters: Filters) -> None:
        self._mark: dict[str, str] = words["mark"]
        self._qualifier: dict[str, str] = words["qualifier"]
        self._filters = filters

    def value(self, line: AnyLine) -> str:
        """549/650 ha; khoảng 2 tấn; 86,9%"""
        return self._value(as_line(line))

    def _value(self, line: Line, shared: str = "") -> str:
        if line.value is None:
            return ""
        unit = unit_after(line, shared)
        if line.plan is not None:
            written = f"{number(line.value)}/{amount(line.plan, unit)}"
        else:
            written = amount(line.value, unit)
        return f"{self._qualifier[line.qualifier]} {written}" if line.qualifier else written

    def bullet(self, line: AnyLine) -> str:
        """• Lúa mùa: 549/650 ha, 84,46% (tăng 19)"""
        told = as_line(line)
        return f"{_SIGN.get(told.mark, _GIVEN)} {cap(told.label)}: {self._state(told)}"

    def bullets(self, lines: Iterable[AnyLine]) -> list[str]:
        """Bullets of a receipt; three or more zeros, or figures kept as last week, share one."""
        told = [as_line(line) for line in lines]
        shared = {mark: [x for x in told if x.mark is mark] for mark in (Mark.ZERO, Mark.CARRIED)}
        shared = {mark: of for mark, of in shared.items() if len(of) >= SHARED}
        written = []
        for line in told:
            if line.mark not in shared:
                written.append(self.bullet(line))
            elif line is shared[line.mark][0]:
                written.append(self._shared(line.mark, shared[line.mark]))
        return written

    def _shared(self, mark: Mark, lines: Sequence[Line]) -> str:
        if mark is Mark.ZERO:
            return f"{_GIVEN} {cap(', '.join(line.label for line in lines))}: {self._mark[mark]}"
        kept = "; ".join(self._dense(replace(line, mark=Mark.GIVEN), "") for line in lines)
        return f"{_GIVEN} {cap(self._mark[mark])}: {kept}"

    def state(self, line: AnyLine) -> str:
        """What stands after the label: 86/132 ha, 65,15%; còn thiếu"""
        return self._state(as_line(line))

    def _state(self, line: Line) -> str:
        match line.mark:
            case Mark.MISSING | Mark.NO_DATA | Mark.ZERO:
                return self._mark[line.mark]
            case Mark.DOUBT:
                return f"{quoted(line.quote)}, {self._mark['doubt']}" if line.quote else self._mark["doubt"]
        written = self._value(line)
        if line.pct is not None:
            written += f", {percent(line.pct)}"
        if line.mark is Mark.CONFIRM:
            return f"{written}, {self._mark['confirm']}"
        beside = self._beside(line)
        return f"{written} ({beside})" if beside else written

    def _beside(self, line: Line) -> str:
        if line.mark in (Mark.CARRIED, Mark.OFFICE):
            return self._mark[line.mark]
        return self._filters.change(line.change) if line.change else ""

    def dense(self, section: AnyLines) -> str:
        """lúa mùa 549/650 (84,5%); ngô 1.110/1.110 (100%); ổ dịch 0"""
        told = as_lines(section)
        return "; ".join(self._dense(line, told.unit) for line in told.lines)

    def dense_lines(self, lines: Iterable[AnyLine]) -> str:
        return "; ".join(self._dense(as_line(line), "") for line in lines)

    def _dense(self, line: Line, shared: str) -> str:
        if line.mark in (Mark.MISSING, Mark.NO_DATA):
            return f"{line.label} {self._mark[line.mark]}"
        if line.mark is Mark.DOUBT:
            return f"{line.label} {quoted(line.quote)} {self._mark['doubt']}" if line.quote else line.label
        beside = [percent(line.pct)] if line.pct is not None else []
        if line.mark in (Mark.CARRIED, Mark.OFFICE, Mark.CONFIRM):
            beside.append(self._mark[line.mark])
        written = f"{line.label} {self._value(line, shared)}"
        return f"{written} ({', '.join(beside)})" if beside else written

    def asked(self, line: AnyLine) -> str:
        """• Lượt khám, chữa bệnh trong tuần (147)"""
        told = as_line(line)
        before = self._before(told, "")
        if told.pct is not None and told.last is not None:
            before += f", {percent(told.pct)}"
        return f"{_GIVEN} {cap(told.label)} ({before})" if before else f"{_GIVEN} {cap(told.label)}"

    def dense_asked(self, section: AnyLines) -> str:
        """lúa mùa 530/650; ngô 1.110/1.110; ổ dịch 0"""
        told = as_lines(section)
        return "; ".join(
            [self._dense_asked(x, told.unit) for x in told.lines] + [f"{z} {number(0)}" for z in told.zeros]
        )

    def _dense_asked(self, line: Line, shared: str) -> str:
        before = self._before(line, shared)
        if line.last is None and before:
            before = f"({before})"
        return f"{line.label} {before}" if before else line.label

    def _before(self, line: Line, shared: str) -> str:
        unit = unit_after(line, shared)
        if line.last is None:
            return f"{self._mark['plan']} {amount(line.plan, unit)}" if line.plan is not None else ""
        if line.plan is None:
            return amount(line.last, unit)
        return f"{number(line.last)}/{amount(line.plan, unit)}"

    def moved(self, line: AnyLine) -> str:
        """549 → 560 ha"""
        told = as_line(line)
        now = amount(told.value, unit_after(told)) if told.value is not None else self._mark["no_data"]
        before = number(told.old) if told.old is not None else self._mark["missing"]
        return f"{before} → {now}"

    def table(self) -> Mapping[str, Callable[..., object]]:
        return {
            "value": self.value,
            "bullet": self.bullet,
            "dense": self.dense,
            "dense_lines": self.dense_lines,
            "bullets": self.bullets,
            "state": self.state,
            "asked": self.asked,
            "dense_asked": self.dense_asked,
            "moved": self.moved,
            "labels": labels,
            "labels_all": labels_all,
            "shorts": shorts,
            "at_most": at_most,
            "figures": figures,
            "with_figures": with_figures,
            "with_text": with_text,
            "places": places,
        }


def labels(section: AnyLines) -> list[str]:
    told = as_lines(section)
    return [line.label for line in told.lines] + list(told.zeros)


def labels_all(sections: Iterable[AnyLines]) -> list[str]:
    return [label for section in sections for label in labels(section)]


def shorts(sections: Iterable[AnyLines]) -> list[str]:
    return [as_lines(s).short for s in sections]


def figures(sections: Iterable[AnyLines]) -> int:
    """How many figures stand in these sections."""
    return sum(len(s.lines) + len(s.zeros) for s in map(as_lines, sections))


def with_figures(sections: Iterable[AnyLines]) -> list[Lines]:
    return [s for s in map(as_lines, sections) if s.lines or s.zeros]


def with_text(sections: Iterable[AnyLines]) -> list[Lines]:
    return [s for s in map(as_lines, sections) if s.text]


def places(sections: Iterable[AnyLines]) -> str:
    """2, 3, 5: places in the unit's own list; empty where it has one section only."""
    return ", ".join(str(n) for n in (as_lines(s).n for s in sections) if n)


def at_most(sections: Iterable[AnyLines], most: int) -> list[Lines]:
    """The first `most` figures of these sections; the others are counted, not named."""
    kept = []
    for section in map(as_lines, sections):
        lines, zeros = section.lines[:most], section.zeros[: max(most - len(section.lines), 0)]
        most -= len(lines) + len(zeros)
        if lines or zeros or section.text:
            kept.append(replace(section, lines=lines, zeros=zeros))
    return kept
