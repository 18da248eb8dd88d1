"""Values as they would be stored, before they are doubted.

Knows: shapes. Does not know: how they came about, or whether they are plausible.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.replies.reading import Candidate, Mode, Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from bot.facts import Origin
    from bot.forms.model import Indicator
    from bot.replies.claims import Claim
    from bot.replies.reading import Mention, ProblemCode


@dataclass(slots=True)
class Proposal:
    """A value for an indicator with the claim it came from; `mode` says what becomes of it."""

    indicator: Indicator
    value: Decimal
    origin: Origin
    mention: Mention | None = None
    claim: Claim | None = None
    why: tuple[str, ...] = ()
    mode: Mode | None = None  # None: stored as it stands
    said: Decimal | None = None  # as written, where the value was corrected

    @property
    def span(self) -> tuple[int, int]:
        return (self.mention.num_start, self.mention.num_end) if self.mention is not None else (-1, -1)


@dataclass(slots=True)
class Doubts:
    """Questions gathered so far. One indicator is asked about once; the first doubt is the one that counts."""

    questions: list[Question] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def ask(
        self,
        mode: Mode,
        code: ProblemCode,
        indicators: tuple[str, ...],
        candidates: tuple[Candidate, ...] = (),
        quote: str = "",
        data: Mapping[str, str] | None = None,
    ) -> None:
        if not indicators or all(i in self.asked for i in indicators):
            return
        self.asked.update(indicators)
        self.questions.append(Question(mode, code, indicators, candidates, quote, data or {}))


def as_read(proposals: Sequence[Proposal]) -> dict[str, str]:
    """What held figures are if taken as written: entries of `Question.data`."""
    return {f"as_read.{p.indicator.id}": number_key(p.value if p.said is None else p.said) for p in proposals}


def candidate(value: Decimal, indicator: str | None = None, unit: str = "") -> Candidate:
    """A value offered as the answer, by its own name."""
    return Candidate(number_key(value), indicator, value, unit)


def number_key(value: Decimal) -> str:
    """The value without exponent or trailing zeros: a stable name for it."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
