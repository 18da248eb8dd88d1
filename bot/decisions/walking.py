"""One-by-one mode («từng câu»): the receipt of one answer opens the next question, one message each.

Knows: the order asked and where a chat has come to. A reply with several figures skips the questions it answers.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.listing import line_of, short_of
from bot.decisions.outcome import Outcome, Say, Settled, To, Walk, WalkEnded, Whom
from bot.decisions.questions import again

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.decisions.desk import Desk
    from bot.facts import Figure

HERE = To(Whom.CHAT)
ZERO = Decimal(0)


def begin(desk: Desk, key: str) -> Outcome:
    """From the first figure still missing; all of them where none is."""
    steps = tuple(i.id for i in desk.asked)
    missing = {i.id for i in desk.missing}
    if not missing:
        return Outcome((), (Say("nothing_missing", HERE, receipts.common(desk) | {"confirmed": False}, dedup=key),))
    first = next(n for n, step in enumerate(steps) if step in missing)
    if desk.question is not None:
        return Outcome((Walk(steps, first),), again(desk, key))  # one thing at a time: the walk begins after it
    return _ask(desk, Walk(steps, first), None, key)


def step(desk: Desk, key: str, by: int) -> Outcome:
    """«Bỏ qua» and «quay lại». An open question is what is passed over, with the figure it came up at."""
    if desk.question is not None and desk.question_id is not None:
        passed = Outcome((Settled(desk.question_id, "passed"),))
        if desk.walk is None or desk.walk.current not in desk.question.indicators:
            return passed  # the walk goes on from where it is, once that is stored
        return passed.plus(step(replace(desk, question=None, question_id=None), key, by))
    if desk.walk is None:
        return begin(desk, key)
    position = desk.walk.position + by
    position = max(position, 0)
    if position >= len(desk.walk.steps):
        return _end(desk, key)
    return _ask(desk, replace(desk.walk, position=position), None, key)


def stop(desk: Desk, key: str) -> Outcome:
    return _end(desk, key)


def resume(desk: Desk, walk: Walk, key: str) -> Outcome:
    """A question came in between and is settled: where the walk was, or the next figure still missing."""
    if walk.is_of_one:
        return Outcome((WalkEnded(),))
    if walk.current in {i.id for i in desk.missing}:
        return _ask(desk, walk, None, key)
    return advance(walk, desk, key, answered=False)


def next_or(before: Desk, after: Desk, outcome: Outcome, key: str, figures: Sequence[Figure]) -> Outcome:
    """In one-by-one mode the next question takes the receipt's place; otherwise the outcome as it is."""
    if before.walk is None or before.walk.current is None:
        return outcome
    if before.walk.current not in {f.indicator for f in figures}:
        return outcome
    if before.walk.is_of_one:
        return outcome.plus(Outcome((WalkEnded(),)))
    return Outcome(outcome.facts, ()).plus(advance(before.walk, after, f"walk:{key}"))


def advance(walk: Walk, after: Desk, key: str, *, answered: bool = True) -> Outcome:
    """The next question that is still unanswered, with what the last answer stored."""
    missing = {i.id for i in after.missing}
    ahead = [n for n in range(walk.position + 1, len(walk.steps)) if walk.steps[n] in missing]
    if not ahead:
        return _end(after, key)
    return _ask(after, replace(walk, position=ahead[0]), walk.current if answered else None, key)


def _ask(desk: Desk, walk: Walk, answered: str | None, key: str) -> Outcome:
    indicator = desk.form.indicators[walk.steps[walk.position]]
    values = desk.values
    told = receipts.common(desk) | {
        "n": walk.position + 1,
        "total": len(walk.steps),
        "section": short_of(desk.form.sections[indicator.section]),
        "line": line_of(desk, indicator, values, held={}),
        "last_answer": line_of(desk, desk.form.indicators[answered], values, held={}) if answered else None,
    }
    return Outcome((walk,), (Say("ask_one", HERE, told, dedup=key),))


def _end(desk: Desk, key: str) -> Outcome:
    """The walk is over; where nothing is missing, everything is read back once."""
    if desk.is_complete and desk.asked:
        return Outcome((WalkEnded(),), (replace(receipts.complete(desk), dedup=key),))
    missing = {i.id for i in desk.missing}
    following = next((n + 1 for n, i in enumerate(desk.asked) if i.id in missing), None)
    told = receipts.common(desk) | {
        "given": len(desk.asked) - len(desk.missing),
        "asked": len(desk.asked),
        "next": following,
    }
    return Outcome((WalkEnded(),), (Say("ask_one_end", HERE, told, dedup=key),))
