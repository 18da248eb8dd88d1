"""What a word or a press stores once the report is approved: kept, said to be late, and before the office.

Knows: one desk and what was decided. A reply that was read says so itself (`bot.decisions.reply`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.listing import lines_of
from bot.decisions.outcome import Outcome, Say, To, Whom
from bot.decisions.reissuing import LATE_PART, late_part
from bot.facts import Figure, LiveText, State

if TYPE_CHECKING:
    from bot.decisions.desk import Desk

HERE = To(Whom.CHAT)


def after_lock(desk: Desk, outcome: Outcome, key: str) -> Outcome:
    """The same outcome before approval; after it, the receipt says where the figures went, and the office decides."""
    figures = {f.indicator: f for f in outcome.facts if isinstance(f, Figure)}
    texts = [f for f in outcome.facts if isinstance(f, LiveText)]
    is_told = any(say.message == LATE_PART for say in outcome.say)
    if not desk.is_locked or desk.issue is None or is_told or not (figures or texts):
        return outcome
    after = replace(desk, figures={**desk.figures, **figures})
    lines = tuple(line for section in lines_of(after, figures) for line in section.lines)
    common = receipts.common(desk)
    at = {"approved_at": desk.issue.approved_at, "posted_at": desk.issue.posted_at}
    mine = Say("late_receipt", HERE, common | {"lines": lines} | at, dedup=f"late:{key}")
    amends = sum(i in desk.figures and desk.figures[i].state is State.VALUE for i in figures)
    told = common | {"count": len(figures), "amends": amends, "words": bool(texts), "at": desk.now}
    theirs = late_part(told, version=desk.issue.version + 1, department=desk.department, key=key)
    others = tuple(say for say in outcome.say if say.to.whom is not Whom.CHAT)
    return Outcome(outcome.facts, (mine, *others, theirs))
