"""Facts into the database, in the transaction that also queues what is said about them.

Knows: which table each kind of fact goes to. Decides one thing only: when a question is settled, the next one is asked,
or one-by-one mode goes on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions import walking
from bot.decisions.outcome import Ask, Logged, Settled, Transition, Walk, WalkEnded
from bot.decisions.questions import question_say
from bot.facts import Declaration, Extension, Figure, Leave, LiveText, Plan, Promise, Waiver
from handlers import unchanged, words
from storage import declarations, events, figures, outbox, plans, questions, requests, texts, walks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Fact, Outcome
    from handlers.kit import Kit
    from handlers.words import Addressee
    from storage.database import Transaction


async def carry_out(kit: Kit, tx: Transaction, desk: Desk, outcome: Outcome, origin: Addressee | None) -> None:
    """Store the facts and queue the messages of one decision."""
    outcome = await unchanged.with_question(tx, desk, outcome, origin)
    given = [f for f in outcome.facts if isinstance(f, Figure)]
    figures.put(tx, given, desk.now)
    question_id = await _ask(tx, desk, [f for f in outcome.facts if isinstance(f, Ask)], outcome.facts, origin)
    for fact in outcome.facts:
        await _record(tx, desk, fact, origin)
    if origin is not None and _is_handed_in(outcome):
        await outbox.drop_reminders(tx, origin.channel, origin.chat_id, desk.now)
    await words.queue(kit, tx, outcome.say, origin, question_id=question_id or desk.question_id)
    if origin is not None and any(isinstance(f, Settled) for f in outcome.facts) and question_id is None:
        await _ask_next(kit, tx, desk, outcome, origin)


def _is_handed_in(outcome: Outcome) -> bool:
    is_complete = any(say.message == "receipt_complete" for say in outcome.say)
    return is_complete or any(isinstance(fact, Declaration) for fact in outcome.facts)


async def _ask(
    tx: Transaction, desk: Desk, asks: Sequence[Ask], facts: Sequence[Fact], origin: Addressee | None
) -> int | None:
    """Questions join the chat's queue; returns the id of the one that is open now, if it is new."""
    for settled in (f for f in facts if isinstance(f, Settled)):
        here = (origin.channel, origin.chat_id) if origin is not None else None
        await questions.answer(tx, settled.question_id, settled.answer, desk.now, here)
    if not asks or origin is None:
        return None
    asked = [
        questions.Asked(
            channel=origin.channel,
            chat_id=origin.chat_id,
            department=ask.department,
            period=desk.period,
            question=ask.question,
            asked_at=desk.now,
            person_id=desk.person.id,
            reply_id=ask.reply_id,
        )
        for ask in asks
    ]
    placed = await questions.ask(tx, asked, desk.now)
    return next((number for number, place in placed if place is questions.Asking.OPEN), None)


async def _ask_next(kit: Kit, tx: Transaction, desk: Desk, outcome: Outcome, origin: Addressee) -> None:
    """What waited behind the settled question is asked now, with what was just stored taken into account."""
    following = await questions.open_next(tx, origin.channel, origin.chat_id, desk.now)
    stored = {f.indicator: f for f in outcome.facts if isinstance(f, Figure)}
    later = replace(desk, figures={**desk.figures, **stored}, question=None, question_id=None)
    if following is None:
        await _walk_on(kit, tx, later, outcome, origin)
        origin, following = await _next_elsewhere(tx, desk, outcome, origin)
    if following is None:
        return
    later = replace(later, question=following.question, question_id=following.id)
    say = question_say(later, following.question, dedup=f"question:{following.id}")
    await words.queue(kit, tx, [say], origin, question_id=following.id)


async def _next_elsewhere(
    tx: Transaction, desk: Desk, outcome: Outcome, origin: Addressee
) -> tuple[Addressee, questions.Asked | None]:
    """The question was asked in another chat of the person: what waits behind it is asked there."""
    settled = [await questions.find(tx, f.question_id) for f in outcome.facts if isinstance(f, Settled)]
    there = next(((a.channel, a.chat_id) for a in settled if a is not None), (origin.channel, origin.chat_id))
    if there == (origin.channel, origin.chat_id):
        return origin, None
    channel, chat_id = there
    return replace(origin, channel=channel, chat_id=chat_id), await questions.open_next(tx, *there, desk.now)


async def _walk_on(kit: Kit, tx: Transaction, desk: Desk, outcome: Outcome, origin: Addressee) -> None:
    """One-by-one mode goes on where a question came in between, unless this very answer took it further."""
    is_moved = any(isinstance(f, Walk | WalkEnded) for f in outcome.facts)
    if desk.walk is None or is_moved:
        return
    settled = next(f.question_id for f in outcome.facts if isinstance(f, Settled))
    further = walking.resume(desk, desk.walk, f"walk-on:{settled}")
    for fact in further.facts:
        await _record(tx, desk, fact, origin)
    await words.queue(kit, tx, further.say, origin)


async def _record(tx: Transaction, desk: Desk, fact: Fact, origin: Addressee | None) -> None:
    now, person = desk.now, desk.person.id
    match fact:
        case Figure() | Ask() | Settled() | Transition():
            return  # figures and questions are stored together; reports are `handlers.reports`
        case LiveText():
            await texts.record(tx, fact, now)
        case Declaration():
            await declarations.declare(tx, fact)
        case Promise():
            await requests.promise(tx, fact, person, now)
        case Extension():
            await requests.ask_extension(tx, fact, now)
        case Waiver():
            await requests.waive(tx, fact)
        case Leave():
            await requests.ask_leave(tx, fact, now)
        case Plan():
            await plans.revise(tx, fact, now)
        case Walk() | WalkEnded():
            await _walk(tx, desk, fact, origin)
        case Logged():
            reply_id = fact.reply_id if fact.reply_id is not None else desk.question_reply
            event = events.Event(
                fact.what, fact.subject, now, person, desk.period, fact.old, fact.new, fact.why, reply_id
            )
            await events.add(tx, event)


async def _walk(tx: Transaction, desk: Desk, fact: Walk | WalkEnded, origin: Addressee | None) -> None:
    if origin is None:
        return
    if isinstance(fact, WalkEnded):
        await walks.stop(tx, origin.channel, origin.chat_id)
        return
    row = walks.Walk(
        origin.channel,
        origin.chat_id,
        desk.person.id,
        desk.department,
        desk.period,
        fact.steps,
        fact.position,
        desk.now,
    )
    await walks.put(tx, row)
