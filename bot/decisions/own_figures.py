"""«lúa mùa tuần trước bao nhiêu em?»: a department asks for a figure of its own, and reads what is stored.

Knows: how such a question is put. Anything else, and any other department's figure, is a question for the office.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.listing import companion, main_of
from bot.decisions.naming import indicators_named
from bot.decisions.outcome import Say, To, Whom
from bot.forms.model import Role
from bot.replies.normalise import fold

if TYPE_CHECKING:
    from bot.decisions.desk import Desk

HERE = To(Whom.CHAT)
_HOW_MUCH = re.compile(r"\b(?:bao nhieu|may)\b")
_WHEN = re.compile(r"\btuan (?:truoc|nay|roi)\b|\bke hoach\b|\bkh\b|\bda (?:ghi|bao|gui)\b")
_BEYOND = re.compile(r"\b(?:thang|quy|nam|ky|nua|don vi|cach day)\b")
LONGEST = 16  # words of a question that asks for one figure and no more


def own_figure(desk: Desk, words: str, key: str) -> Say | None:
    """The figure that is asked for: last week's, the plan's, and what is stored now. None for any other question."""
    folded = fold(words)
    is_asked = _HOW_MUCH.search(folded) and _WHEN.search(folded) and not _BEYOND.search(folded)
    if not is_asked or len(words.split()) > LONGEST:
        return None
    named = {main_of(desk.form, i).id: main_of(desk.form, i) for i in indicators_named(words, desk.asked)}
    if len(named) != 1:
        return None
    indicator = next(iter(named.values()))
    plan, figure = companion(desk.form, indicator, Role.PLAN), desk.values.get(indicator.id)
    told = {
        "label": indicator.short,
        "measure": indicator.unit,
        "last": desk.previous.get(indicator.id),
        "plan": desk.plans.get(plan.id) if plan is not None else None,
        "value": figure.value if figure is not None else None,
    }
    return Say("own_figure", HERE, receipts.common(desk) | told, dedup=key)
