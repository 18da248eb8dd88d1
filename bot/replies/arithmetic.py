"""Sums that decide between two readings: parts make up their total.

Knows: the form's rules of sums. Does not know: words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from bot.replies.options import Option
    from bot.replies.work import Work


def by_sum(work: Work, option: Option, rival: Option, values: Mapping[str, Decimal]) -> Option | None:
    """The one of two options with which a total of the form comes out; None where both or none do."""
    one, other = (_comes_out(work, o, values) for o in (option, rival))
    if one == other:
        return None
    return option if one else rival


def _comes_out(work: Work, option: Option, values: Mapping[str, Decimal]) -> bool:
    name = work.scope.indicator(option.place).id
    assumed = {**work.context.stored, **values, name: option.value}
    for rule in work.scope.form.checks:
        if rule.kind != "sum" or name not in rule.indicators:
            continue
        if all(i in assumed for i in rule.indicators):
            total, *parts = (assumed[i] for i in rule.indicators)
            return total == sum(parts)
    return False
