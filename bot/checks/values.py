"""Values that follow from what was given: percents, running totals, plans that are kept.

Knows: the form's arithmetic. Does not know: who gave a figure, nor whether a stated one is right; rules judge that.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from bot.facts import Figure, Origin, State
from bot.forms.model import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.forms.model import Form, Indicator

# Members by name: looked up on their class, each costs more than the comparison it serves.
_VALUE = State.VALUE
_KEPT = Source.KEPT
_COMPUTED = Origin.COMPUTED
HUNDRED = Decimal(100)
CENT = Decimal("0.01")


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """`part` of `whole` in percent, at most two decimals, halves up, without trailing zeros. `whole` is not zero."""
    exact = (part / whole * HUNDRED).quantize(CENT, ROUND_HALF_UP)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


def agrees(stated: Decimal, part: Decimal, whole: Decimal) -> bool:
    """Whether a stated percent equals the computed one once rounded as it was written (84,5 for 84,4615)."""
    exponent = stated.as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else CENT
    return abs(stated - part / whole * HUNDRED) <= step / 2


def effective(
    form: Form, figures: Mapping[str, Figure], plans: Mapping[str, Decimal], previous: Mapping[str, Decimal]
) -> dict[str, Figure]:
    """Given figures with everything that follows from them. A value that was stated is never replaced.

    Plans come from `plans` (in force for the period), running totals are last week's plus the week's, percents are
    recomputed. Nothing follows from a missing operand. A percent that was stated before its operand was corrected went
    with the old number: it follows the correction as its sentence does.
    """
    found = {i: f for i, f in figures.items() if f.state is _VALUE and f.value is not None}
    period = next((f.period for f in figures.values()), "")
    known = previous.keys() | plans.keys()
    for indicator in form.kept:
        if indicator.id not in known or indicator.id in found:
            continue
        value = _kept(indicator, plans, previous) if indicator.source is _KEPT else None
        if value is None and indicator.adds is not None:
            value = _running(indicator, found, previous)
        if value is not None:
            found[indicator.id] = Figure(indicator.id, period, value, origin=_COMPUTED)
    for indicator in form.percents:
        if indicator.numerator not in found or indicator.denominator not in found:
            continue
        stated = found.get(indicator.id)
        if stated is not None and not _is_outdated(indicator, stated, found):
            continue
        value = _percent(indicator, found)
        if value is not None:
            found[indicator.id] = Figure(indicator.id, period, value, origin=_COMPUTED)
    return found


def _kept(indicator: Indicator, plans: Mapping[str, Decimal], previous: Mapping[str, Decimal]) -> Decimal | None:
    return plans.get(indicator.id, previous.get(indicator.id))


def _running(indicator: Indicator, found: Mapping[str, Figure], previous: Mapping[str, Decimal]) -> Decimal | None:
    week = found.get(indicator.adds or "")
    last = previous.get(indicator.id)
    if week is None or week.value is None or last is None:
        return None
    return last + week.value


def _percent(indicator: Indicator, found: Mapping[str, Figure]) -> Decimal | None:
    part = found.get(indicator.numerator or "")
    whole = found.get(indicator.denominator or "")
    if part is None or whole is None or part.value is None or not whole.value:
        return None
    return percent(part.value, whole.value)


def _is_outdated(indicator: Indicator, stated: Figure, found: Mapping[str, Figure]) -> bool:
    """Whether an operand was corrected after this percent was said, and the percent no longer fits."""
    part, whole = found.get(indicator.numerator or ""), found.get(indicator.denominator or "")
    if stated.value is None or part is None or whole is None or part.value is None or not whole.value:
        return False
    corrected = any(f.amends is not None and _is_after(f, stated) for f in (part, whole))
    return corrected and not agrees(stated.value, part.value, whole.value)


def _is_after(figure: Figure, other: Figure) -> bool:
    """Said later, or in a later message of the same moment."""
    if figure.at is None or other.at is None:
        return False
    return (figure.at, figure.reply_id or 0) > (other.at, other.reply_id or 0)
