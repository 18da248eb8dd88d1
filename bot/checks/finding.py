"""What a rule looks at, and what it finds.

Knows: shapes only. Does not know: what is done about a finding, nor its words (templates/messages).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from bot.facts import Figure, LiveText


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands in a document that people typed: "1.1.", "Trồng trọt"."""

    section: str
    parent: str | None
    level: int
    number: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a rule may look at. All but the week's days is optional.

    figures   this period's, with those that follow from them (`bot.checks.values.effective`)
    previous  last period's values
    texts     this period's words
    earlier   the words of earlier periods by section and part, the newest first
    headings  of a document typed by people, in its order; numbers made from the outline need no look
    """

    first_day: date
    last_day: date
    figures: Mapping[str, Figure] = field(default_factory=dict)
    previous: Mapping[str, Decimal] = field(default_factory=dict)
    texts: Sequence[LiveText] = ()
    earlier: Mapping[tuple[str, str | None], Sequence[str]] = field(default_factory=dict)
    headings: Sequence[Heading] = ()

    @property
    def starts_year(self) -> bool:
        """The first week of an ISO year: running totals begin anew."""
        return self.last_day.isocalendar().week == 1


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold. `check` is the rule's id, `data` the numbers and words its message needs."""

    check: str
    severity: str
    kind: str
    indicators: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)
