"""Arithmetic that decides: parts make up their total, a percent tells the plan beside it.

Knows: the form's rules of sums, percents of plan. Does not know: words.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.checks.values import agrees
from bot.facts import Origin
from bot.replies.claims import Sort
from bot.replies.unit_fit import measure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from bot.replies.options import Option
    from bot.replies.work import Work


def within_twice(value: Decimal, before: Decimal) -> bool:
    """Not twice what it was, nor half: near enough to be the same count another week."""
    return before > 0 and before / 2 <= value <= before * 2


def by_sum(work: Work, option: Option, rival: Option, values: Mapping[str, Decimal]) -> Option | None:
    """The one of two options with which a total of the form comes out; None where both or none do."""
    one, other = (_comes_out(work, o, values) for o in (option, rival))
    if one == other:
        return None
    return option if one else rival


def make_no_difference(work: Work, option: Option, rival: Option, values: Mapping[str, Decimal]) -> bool:
    """«giải quyết 88 (đúng hạn 88, quá hạn 0), đang giải quyết 7 (trong hạn 7)»: nought of both, as the totals say."""
    return not option.value and all(_comes_out(work, o, values) for o in (option, rival))


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


def plans_by_percent(work: Work) -> None:
    """«12 ha, bằng 21,43% kế hoạch (56 ha)»: a bare number behind the percent is the plan that makes it."""
    claims = work.found.claims
    for before, claim in pairwise(claims):
        bare = claim.sort is Sort.NUMBER and claim.is_bare and claim in work.unresolved
        if not bare or before.sort is not Sort.PERCENT:
            continue
        share = next((p for p in work.proposals if p.claim is before), None)
        if share is None or share.indicator.numerator is None or share.indicator.denominator is None:
            continue
        done, plan = work.proposed(share.indicator.numerator), work.scope.get(share.indicator.denominator)
        value = measure(claim.mention, plan.unit).value
        if done is None or work.proposed(plan.id) is not None or not value:
            continue
        if agrees(share.value, done.value, value):
            work.unresolved.remove(claim)
            work.propose(plan, value, Origin.STATED, claim.mention, claim, ("arithmetic",))
