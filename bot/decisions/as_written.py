"""What the words of a question say if they are taken as written.

Knows: what the reader tells beside a question, and which of its candidates is the written one.
Does not know: desks, sentences, what an answer brings about.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from bot.replies.reading import ProblemCode

if TYPE_CHECKING:
    from bot.replies.reading import Candidate, Question

AS_READ = "as_read."
SWAP, AS_WRITTEN = "swap", "as_written"
_WRITTEN_FIRST = frozenset(
    {
        ProblemCode.BIG_JUMP,
        ProblemCode.CUMULATIVE_DECREASE,
        ProblemCode.UNSPECIFIED_ROLE,
        ProblemCode.PERIOD_MISMATCH,
        ProblemCode.AMBIGUOUS_SCOPE,
    }
)
_WRITTEN_LAST = frozenset({ProblemCode.PERCENT_MISMATCH, ProblemCode.CUMULATIVE_LT_WEEK})


def as_read(question: Question) -> dict[str, Decimal]:
    """By indicator; what the reader says of itself comes before what its candidates tell."""
    found = _of_candidates(question)
    for name, text in question.data.items():
        value = decimal_of(text) if name.startswith(AS_READ) else None
        if value is not None:
            found[name.removeprefix(AS_READ)] = value
    return found


def decimal_of(text: str) -> Decimal | None:
    """None for words, and for what is no number although Decimal knows it."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _of_candidates(question: Question) -> dict[str, Decimal]:
    offered = [c for c in question.candidates if c.value is not None]
    if not offered:
        return {}
    if question.code is ProblemCode.SWAPPED_RATIO:
        return _two_sides(question, {c.key: c for c in offered})
    written = None
    if question.code in _WRITTEN_FIRST:
        written = offered[0]
    elif question.code in _WRITTEN_LAST:
        written = offered[-1]
    if written is None or written.value is None or written.indicator is None:
        return {}
    return {written.indicator: written.value}


def _two_sides(question: Question, offered: dict[str, Candidate]) -> dict[str, Decimal]:
    """«650/549»: what is offered for the left side the other way round was written on the right."""
    left, right = offered.get(AS_WRITTEN), offered.get(SWAP)
    sides = question.indicators
    if left is None or right is None or left.value is None or right.value is None or len(sides) != 2:
        return {}
    return {sides[0]: left.value, sides[1]: right.value}
