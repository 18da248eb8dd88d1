"""What a re-issue says differently from the issue before: parts that came late, figures that were amended.

Knows: two reports. Does not know: words, why somebody amended.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.forms.model import Role
from bot.reports.boards import name_alone, printed_value
from bot.reports.digest import DigestLine
from bot.reports.rewording import Rewording, reworded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bot.forms.model import Form
    from bot.reports.model import Report


@dataclass(frozen=True, slots=True)
class Addition:
    """A department whose part was missing in the issue before. `lines` may be empty: it may have sent words alone."""

    unit: str
    lines: tuple[DigestLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """A figure that was printed with another value; `value` is None where it was taken back."""

    indicator: str
    label: str
    unit: str
    old: Decimal
    value: Decimal | None
    pct: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reissue:
    additions: tuple[Addition, ...]
    amendments: tuple[Amendment, ...]
    reworded: tuple[Rewording, ...] = ()  # where a department heard before says something else in words

    @property
    def indicators(self) -> tuple[str, ...]:
        """What a report keeps in `changes`."""
        return tuple(amendment.indicator for amendment in self.amendments)


def reissue(form: Form, before: Report, after: Report) -> Reissue:
    """The list of changes that stands in the post of a re-issue. Percents follow their values and are not listed."""
    arrived = [d for d in before.missing_departments if d not in after.missing_departments]
    amended: list[Amendment] = []
    added: dict[str, list[DigestLine]] = {department: [] for department in arrived}
    for indicator in form.indicators.values():
        if indicator.role is Role.PERCENT and indicator.numerator is not None:
            continue
        old, new = printed_value(before.figures, indicator.id), printed_value(after.figures, indicator.id)
        owner = form.owner_of(indicator.id)
        if old is None and new is not None and owner in added:
            added[owner].append(DigestLine(indicator.short, new, indicator.unit))
        elif old is not None and old != new:
            name, share = name_alone(form, indicator), _share(form, after, indicator.id)
            amended.append(Amendment(indicator.id, name, indicator.unit, old, new, share))
        elif old is None and new is not None:
            # a department that was heard already gave one more figure: there is no older value to name
            added.setdefault(owner, []).append(DigestLine(indicator.short, new, indicator.unit))
    additions = (Addition(form.departments[d].short, tuple(lines)) for d, lines in added.items())
    changed = {i for i in form.indicators if printed_value(before.figures, i) != printed_value(after.figures, i)}
    words = tuple(w for w in reworded(form, before, after, changed) if w.department not in arrived)
    return Reissue(tuple(additions), _told_apart(form, amended), words)


def _told_apart(form: Form, amended: Sequence[Amendment]) -> tuple[Amendment, ...]:
    """A week's value and its running total share a label; beside each other they go by their short names."""
    times = Counter(one.label for one in amended)
    return tuple(
        replace(one, label=form.indicators[one.indicator].short) if times[one.label] > 1 else one for one in amended
    )


def _share(form: Form, report: Report, indicator: str) -> Decimal | None:
    share = next((i for i in form.indicators.values() if i.numerator == indicator), None)
    return printed_value(report.figures, share.id) if share is not None else None
