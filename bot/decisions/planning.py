"""«KẾ HOẠCH lúa mùa 600, từ tuần 23, theo …»: a plan given anew, shown with what it changes before it is recorded.

Knows: the words of one command. A number that could be read in two ways, or in another unit, is asked back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.checks.values import percent
from bot.decisions import receipts
from bot.decisions.listing import companion
from bot.decisions.naming import indicators_named, plain
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.facts import Origin, Plan, State
from bot.forms.model import Role
from bot.reports.numbers import value_of

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.decisions.desk import Desk
    from bot.facts import Figure
    from bot.forms.model import Form, Indicator

HERE = To(Whom.CHAT)
_SINCE = re.compile(r"[\s,]*(?:từ|tu)\s+(?:tuần|tuan)\s+(?:số\s+|so\s+)?(\d{1,2})\b", re.IGNORECASE)
_BASIS = re.compile(r"[\s,;:(]*\b(?:theo|căn cứ|can cu)\s+(.+?)\)?$", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"(?<![\w.,/])\d[\d.,]*(?!\w|/)")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the words say: the plan's indicator and the one it is the plan of."""

    plan: Indicator
    done: Indicator
    value: Decimal
    since: str
    basis: str = ""


def before_basis(wish: Wish) -> str:
    """The wish as it is typed, up to where the document follows that it rests on."""
    value = f"{wish.value.normalize():f}".replace(".", ",")
    return f"{wish.done.short} {value}, từ tuần {int(wish.since[6:])}, theo "


def wished(form: Form, words: str, period: str) -> Wish | None:
    """None where the indicator, its plan or the number is not clear."""
    basis = _BASIS.search(words)
    rest = words[: basis.start()] if basis else words
    since = _SINCE.search(rest)
    rest = rest[: since.start()] + rest[since.end() :] if since else rest
    named = [i for i in indicators_named(rest, form.indicators.values()) if companion(form, i, Role.PLAN)]
    plans = {p.id: (p, i) for i in named if (p := companion(form, i, Role.PLAN)) is not None}
    numbers = list(_NUMBER.finditer(rest))
    if len(plans) != 1 or len(numbers) != 1:
        return None
    plan, done = next(iter(plans.values()))
    value = value_of(numbers[0][0].rstrip(".,"))
    unit = plain(rest[numbers[0].end() :])
    if value is None or unit not in ("", plain(plan.unit)):
        return None
    week = f"{period[:6]}{int(since[1]):02d}" if since else period
    return Wish(plan, done, value, week, basis[1].strip() if basis else "")


def confirm(desk: Desk, wish: Wish, key: str) -> Outcome:
    """Old and new beside each other; nothing is recorded yet."""
    old = desk.plans.get(wish.plan.id)
    figure = desk.values.get(wish.done.id)
    value = figure.value if figure is not None else None
    told = receipts.common(desk) | {
        "period": wish.since,
        "label": wish.done.short,
        "measure": wish.plan.unit,
        "old": old,
        "new": wish.value,
        "basis": wish.basis or None,
        "pct_old": percent(value, old) if value is not None and old else None,
        "pct_new": percent(value, wish.value) if value is not None and wish.value else None,
    }
    data = {"plan": wish.plan.id, "value": str(wish.value), "since": wish.since, "basis": wish.basis}
    answers = {k: Answer(effect=f"plan_{k}", data=data) for k in ("record", "basis", "cancel")}
    return Outcome((), (Say("plan_confirm", HERE, told, Purpose.QUESTION, f"plan:{key}", answers),))


def recorded(desk: Desk, wish: Wish, key: str, reply_id: int | None) -> Outcome:
    old = desk.plans.get(wish.plan.id)
    fact = Plan(wish.plan.id, wish.value, wish.since, wish.basis, desk.person.id, desk.now)
    was = str(old) if old is not None else ""
    event = Logged("plan_revised", was, str(wish.value), wish.basis, wish.plan.id, reply_id)
    told = receipts.common(desk) | {
        "period": wish.since,
        "label": wish.done.short,
        "measure": wish.plan.unit,
        "new": wish.value,
    }
    said = desk.figures.get(wish.plan.id)
    again: tuple[Figure, ...] = ()
    if said is not None and wish.since <= desk.period:
        # somebody told the old plan beside a figure this week: that word would win over the plan in force
        new = replace(said, value=wish.value, state=State.VALUE, origin=Origin.OFFICE, reason=wish.basis, id=None)
        again = (replace(new, amends=said.id, person_id=desk.person.id, at=desk.now, provisional=False),)
    return Outcome((fact, event, *again), (Say("plan_recorded", HERE, told, dedup=f"plan-recorded:{key}"),))
