"""What follows when a person edits a message: it is read again, and the figures follow.

Knows: what the message had stored, and what it says now. A figure it no longer names is asked about, not dropped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.outcome import Ask, Outcome, Purpose, Say, To, Whom
from bot.decisions.questions import answers_of, question_data, settled_by
from bot.decisions.reply import amendments, on_content, read_message, remarks_on, with_taken
from bot.forms.model import Role
from bot.replies.reading import Mode, ProblemCode, Question

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Fact
    from bot.decisions.reply import Message, Reads
    from bot.decisions.taking import Taken
    from bot.facts import Figure

HERE = To(Whom.CHAT)


def on_edited(
    desk: Desk, message: Message, reader: Reads, before: Mapping[str, Figure], versions: Collection[int]
) -> Outcome:
    """`before` is what the message had told, by indicator, `versions` are its earlier replies."""
    told = {i for i, f in before.items() if (now := desk.figures.get(i)) is not None and now.id == f.id}
    earlier = {place: t for place, t in desk.texts.items() if t.reply_id not in versions}
    fresh = replace(desk, texts=earlier)
    if not told and not any(t.reply_id in versions for t in desk.texts.values()):
        return on_content(desk, message, reader)
    taken = _without_old_words(read_message(fresh, message, reader), before, told)
    after = with_taken(desk, taken)
    facts: list[Fact] = [*taken.facts, *amendments(taken, message)]
    facts += [Ask(q, desk.department, message.reply_id) for q in taken.questions]
    said = {f.indicator for f in taken.figures} | set(taken.repeated) | set(taken.held)
    if settled := settled_by(desk, said):
        facts += settled
        desk, after = replace(desk, question=None), replace(after, question=None)
    dropped = [i for i in told if i not in said and desk.form.indicators[i].role not in (Role.PLAN, Role.PERCENT)]
    says = list(remarks_on(after, taken, message))
    changed = tuple(taken.amended)
    if changed:
        lines = receipts.changed_lines(after, dict(changed))
        told_now = receipts.common(after) | {"lines": lines}
        says.append(Say("edited_read", HERE, told_now, dedup=f"edited:{message.key}"))
    elif taken.figures or taken.questions or _is_reworded(desk, taken):
        asked = taken.questions[0] if taken.questions and desk.question is None else None
        says.append(replace(receipts.receipt(after, taken, asked), dedup=f"edited:{message.key}"))
    if dropped:
        question = Question(Mode.CONFIRM, ProblemCode.EDITED_DROPPED, (dropped[0],))
        facts.append(Ask(question, desk.department, message.reply_id))
        if desk.question is None and not taken.questions:
            says.append(_dropped(desk, question, message))
    return Outcome(tuple(facts), tuple(says))


def _is_reworded(desk: Desk, taken: Taken) -> bool:
    return any((old := desk.texts.get((t.section, t.part))) is None or old.text != t.text for t in taken.texts)


def _without_old_words(taken: Taken, before: Mapping[str, Figure], told: Collection[str]) -> Taken:
    """What the message said before and still says is no new word: a later correction of it stands."""
    old = {i for i, f in before.items() if i not in told}
    again = {f.indicator for f in taken.figures if f.indicator in old and before[f.indicator].value == f.value}
    figures = tuple(f for f in taken.figures if f.indicator not in again)
    return replace(taken, figures=figures, amended=tuple(a for a in taken.amended if a[0] not in again))


def _dropped(desk: Desk, question: Question, message: Message) -> Say:
    data = receipts.common(desk) | question_data(desk, question)
    answers = answers_of(desk, question)
    key = f"dropped:{message.key}"
    return Say("problem/edited_dropped", HERE, data, Purpose.QUESTION, key, answers, asks=True)
