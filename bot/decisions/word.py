"""The secretary's edited Word file: what is shown to her before she takes it, and what is stored when she does.

Knows: changes of a report and the form. Does not know: the file, its bookmarks, the chat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.checks.values import percent
from bot.decisions.lines import Line
from bot.decisions.outcome import Logged
from bot.facts import Figure, Origin
from bot.forms.model import Role
from bot.reports.boards import printed_value
from bot.reports.edited import ChangeKind, Since
from bot.reports.rewriting import figure_values, new_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from decimal import Decimal

    from bot.facts import LiveText
    from bot.forms.model import Form
    from bot.reports.edited import Change
    from bot.reports.model import Report

_MAIN_PART = "II."
LOGGED = "word_change"
TAKEN_KINDS = (ChangeKind.TEXT, ChangeKind.ADDED, ChangeKind.REMOVED)


@dataclass(frozen=True, slots=True)
class Taken:
    """What accepted changes bring about.

    `unclear` are figures whose words were edited so that nobody can tell their value: somebody must say it.
    `left` are changes that no figure or text can hold: headings, letterhead, moved paragraphs, remarks.
    """

    figures: tuple[Figure, ...]
    texts: tuple[LiveText, ...]
    unclear: tuple[str, ...]
    left: tuple[Change, ...]


def told(form: Form, report: Report, changes: Iterable[Change]) -> list[dict[str, object]]:
    """Changes that can be taken, as the lines of the message `word_changes`: a figure each, else a paragraph each."""
    found: list[dict[str, object]] = []
    for change in changes:
        if change.since is Since.ALREADY:
            continue
        beside = {"author": change.author, "overtaken": change.since is Since.OVERTAKEN}
        for told_one in _lines(form, report, change):
            found.append({"n": len(found) + 1, "section": _place(change.block), **beside, **told_one})
    return found


def take(form: Form, report: Report, changes: Iterable[Change], *, person_id: int, at: datetime, gap: str) -> Taken:
    """Figures and texts to store; `report` is the one as it stands, on which the changes were set (`rebased`)."""
    accepted = [change for change in changes if change.since is not Since.ALREADY]
    values = figure_values(accepted)
    figures = tuple(
        Figure(i, report.period, value, origin=Origin.WORD, person_id=person_id, at=at, amends=_amended(report, i))
        for i, value in values.items()
        if i in form.indicators
    )
    texts = (replace(text, person_id=person_id, at=at) for text in new_texts(form, report, accepted, gap))
    touched = dict.fromkeys(f.indicator for change in accepted for f in change.figures if not f.is_clear)
    return Taken(
        figures,
        tuple(texts),
        tuple(i for i in touched if i not in values),
        tuple(change for change in accepted if change.kind not in TAKEN_KINDS),
    )


def authors_of(accepted: Iterable[Change], reply_id: int) -> tuple[Logged, ...]:
    """Who changed what in Word, for the record: she who takes a change need not be its author."""
    logged: list[Logged] = []
    for change in accepted:
        if change.since is Since.ALREADY:
            continue
        figures = [f for f in change.figures if f.value is not None]
        logged += [Logged(LOGGED, f.old, f.new, change.author, f.indicator, reply_id) for f in figures]
        if not figures:
            logged.append(Logged(LOGGED, change.old, change.new, change.author, change.block, reply_id))
    return tuple(logged)


def _lines(form: Form, report: Report, change: Change) -> Iterator[Mapping[str, object]]:
    if change.kind not in TAKEN_KINDS:
        return
    clear = [
        f
        for f in change.figures
        if f.value is not None
        and f.indicator in form.indicators
        and f.value != printed_value(report.figures, f.indicator)
    ]
    if change.kind is ChangeKind.TEXT and clear:
        for figure in clear:
            if form.indicators[figure.indicator].role is not Role.PERCENT or len(clear) == 1:
                line = _line(form, report, figure.indicator, figure.value)
                yield {"kind": "figure", "line": line, "count": 1, "unit": ""}
        return
    kinds = {ChangeKind.ADDED: "added", ChangeKind.REMOVED: "removed"}
    yield {"kind": kinds.get(change.kind, "changed"), "line": None, "count": 1, "unit": ""}


def _line(form: Form, report: Report, indicator_id: str, value: Decimal | None) -> Line:
    indicator = form.indicators[indicator_id]
    share = next((i for i in form.indicators.values() if i.numerator == indicator_id), None)
    whole = printed_value(report.figures, share.denominator) if share is not None else None
    return Line(
        label=indicator.short,
        value=value,
        unit=indicator.unit,
        old=printed_value(report.figures, indicator_id),
        pct=percent(value, whole) if value is not None and whole else None,
    )


def _place(block: str) -> str:
    """The section's number as the office says it: «1.1.a»; the second part, which is nearly all, goes unsaid."""
    return block.removeprefix(_MAIN_PART)


def _amended(report: Report, indicator: str) -> int | None:
    figure = report.figures.get(indicator)
    return figure.id if figure is not None else None
