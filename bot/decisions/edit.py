"""What follows when a person edits a message: it is read again, and the figures follow.

Knows: what the message had stored, and what it says now. A figure it no longer names is asked about, not dropped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.outcome import Ask, Outcome, Purpose, Say, To, Whom
from bot.decisions.questions import answers_of, question_data
from bot.decisions.reply import on_content, read_message, with_taken
from bot.forms.model import Role
from bot.replies.reading import Mode, ProblemCode, Question

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Fact
    from bot.decisions.reply import Message, Reads

HERE = To(Whom.CHAT)


def on_edited(desk: Desk, message: Message, reader: Reads, told: Collection[str], versions: Collection[int]) -> Outcome:
    """`told` are indicators whose current figure came from this message, `versions` its earlier replies."""
    earlier = {place: t for place, t in desk.texts.items() if t.reply_id not in versions}
    fresh = replace(desk, texts=earlier)
    if not told and not any(t.reply_id in versions for t in desk.texts.values()):
        return on_content(desk, message, reader)
    taken = read_message(fresh, message, reader)
    after = with_taken(desk, taken)
    facts: list[Fact] = [*taken.facts, *(Ask(q, desk.department, message.reply_id) for q in taken.questions)]
    said = {f.indicator for f in taken.figures} | set(taken.repeated) | set(taken.held)
    dropped = [i for i in told if i not in said and desk.form.indicators[i].role not in (Role.PLAN, Role.PERCENT)]
    says: list[Say] = []
    changed = tuple(taken.amended)
    if changed:
        lines = receipts.changed_lines(after, dict(changed))
        told_now = receipts.common(after) | {"lines": lines}
        says.append(Say("edited_read", HERE, told_now, dedup=f"edited:{message.key}"))
    elif taken.figures or taken.questions:
        asked = taken.questions[0] if taken.questions and desk.question is None else None
        says.append(replace(receipts.receipt(after, taken, asked), dedup=f"edited:{message.key}"))
    if dropped:
        question = Question(Mode.CONFIRM, ProblemCode.EDITED_DROPPED, (dropped[0],))
        facts.append(Ask(question, desk.department, message.reply_id))
        if desk.question is None and not taken.questions:
            says.append(_dropped(desk, question, message))
    return Outcome(tuple(facts), tuple(says))


def _dropped(desk: Desk, question: Question, message: Message) -> Say:
    data = receipts.common(desk) | question_data(desk, question)
    answers = answers_of(desk, question)
    key = f"dropped:{message.key}"
    return Say("problem/edited_dropped", HERE, data, Purpose.QUESTION, key, answers, asks=True)
