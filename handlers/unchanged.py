"""Words that were just stored and stand as they stood for weeks: their author is asked, once a week for each place.

Knows: the words of earlier weeks, and what was asked. What the answers do is `handlers.rewording`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions import same_words
from bot.decisions.outcome import Ask, Outcome, Settled, Whom
from bot.decisions.questions import answers_of, question_data, question_say
from bot.facts import LiveText
from storage import questions, texts

if TYPE_CHECKING:
    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Say
    from bot.replies.reading import Question
    from handlers.words import Addressee
    from storage.database import Transaction

WEEKS_BACK = 8


async def with_question(tx: Transaction, desk: Desk, outcome: Outcome, origin: Addressee | None) -> Outcome:
    """The same outcome, with the question about words that have not changed."""
    told = [f for f in outcome.facts if isinstance(f, LiveText)]
    is_own = desk.department in desk.person.departments
    if not told or origin is None or desk.is_locked or not is_own:
        return outcome
    places = [(text.section, text.part) for text in told]
    earlier = {p: await texts.before(tx, p, desk.period, WEEKS_BACK) for p in places}
    found = same_words.questions_about(desk.form, desk.moments.period, told, earlier)
    if not found:
        return outcome
    asked = {a.question.data.get("check") for a in await questions.about_words(tx, desk.period)}
    new = [q for q in found if q.data["check"] not in asked]
    return _asking(desk, outcome, new, told[0].reply_id) if new else outcome


def _asking(desk: Desk, outcome: Outcome, found: list[Question], reply_id: int | None) -> Outcome:
    """In the receipt, where nothing else is asked; behind the open question otherwise."""
    asks = tuple(Ask(question, desk.department, reply_id) for question in found)
    is_settled = any(isinstance(f, Settled) for f in outcome.facts)
    is_busy = any(isinstance(f, Ask) for f in outcome.facts) or (desk.question is not None and not is_settled)
    if is_busy:
        return Outcome((*outcome.facts, *asks), outcome.say)
    said = tuple(_with(desk, say, found[0]) for say in outcome.say)
    if said == outcome.say:
        said = (*said, question_say(desk, found[0], dedup=f"unchanged:{desk.period}:{found[0].data['check']}"))
    return Outcome((*outcome.facts, *asks), said)


def _with(desk: Desk, say: Say, question: Question) -> Say:
    if say.message != "receipt" or say.to.whom is not Whom.CHAT:
        return say
    inner = {"id": f"problem/{question.code.value}", **question_data(desk, question)}
    told = {**say.data, "question": inner}
    return replace(say, message="receipt_question", data=told, answers=answers_of(desk, question), asks=True)
