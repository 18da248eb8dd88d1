"""Two sections that tell one fact differently: what the office may do about each side.

Knows: figures and their owners. Does not know: who is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.decisions.checking import SAME_FACT
from bot.decisions.listing import place_in_report

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from bot.checks.finding import Finding
    from bot.facts import Figure
    from bot.forms.model import Form


@dataclass(frozen=True, slots=True)
class OwnSide:
    """The office's own figure, and the number the other side has."""

    indicator: str
    place: str  # the section's number in the report
    value: Decimal


def own_side(form: Form, finding: Finding, figures: Mapping[str, Figure], office: str) -> OwnSide | None:
    """None where the office tells neither side, or the other side has no number."""
    if finding.kind not in SAME_FACT or len(finding.indicators) != 2:
        return None
    for mine, theirs in (finding.indicators, finding.indicators[::-1]):
        other = figures.get(theirs)
        if form.owner_of(mine) == office and form.owner_of(theirs) != office and other is not None:
            place = place_in_report(form, form.sections[form.indicators[mine].section])
            return OwnSide(mine, place, other.value) if other.value is not None else None
    return None
