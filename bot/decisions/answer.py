"""What follows from an answer: a button pressed, or its label, digit or letter typed.

Knows: effects. Does not know: which question was open; the shell checks that the button still lives, and whose it is.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.checks.finding import Evidence
from bot.checks.run import run_checks
from bot.decisions import receipts, walking
from bot.decisions.checking import questions_after
from bot.decisions.dropping import without_week
from bot.decisions.listing import place_named
from bot.decisions.outcome import Ask, Logged, Outcome, Purpose, Say, Settled, To, Walk, Whom
from bot.decisions.questions import question_say
from bot.decisions.taking import joined
from bot.decisions.words import place_question
from bot.facts import Declaration, Figure, LiveText, Origin, Plan, State
from bot.forms.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Answer, Fact, Pressed
    from bot.replies.reading import Question

HERE = To(Whom.CHAT)


def on_answer(desk: Desk, pressed: Pressed, key: str) -> Outcome | None:
    """None when the key is only a word that may be typed: then it is a command. `key` makes what is said unique."""
    answer = pressed.answer
    settled: list[Fact] = []
    if pressed.question_id is not None:
        settled.append(Settled(pressed.question_id, pressed.key))
    if answer.sets:
        outcome = _set(desk, answer, pressed, key)
    elif answer.effect in EFFECTS:
        outcome = EFFECTS[answer.effect](desk, pressed, key)
    else:
        return None
    return _checked(desk, _with_settled(outcome, settled, desk, pressed, answer), key)


def _is_same(question: Question, answered: Question | None) -> bool:
    """The doubt that was just answered is not raised again by its own answer."""
    if answered is None or question.code is not answered.code:
        return False
    now, before = set(question.indicators), set(answered.indicators)
    return now <= before or before <= now  # the reader asks about a number, the rule about the total beside it as well


def _checked(desk: Desk, outcome: Outcome, key: str) -> Outcome:
    """What the stored figures contradict is asked now, as after typed words."""
    given = {f.indicator: f for f in outcome.facts if isinstance(f, Figure) and f.state is State.VALUE}
    if desk.is_locked or not given:
        return outcome
    after = replace(desk, figures={**desk.figures, **given})
    found = tuple(q for q in questions_after(after, given, ()) if not _is_same(q, desk.question))
    if not found:
        return outcome
    asks = tuple(Ask(question, desk.department, desk.question_reply) for question in found)
    return outcome.plus(Outcome(asks, (question_say(after, found[0], dedup=f"checked:{key}"),)))


def _with_settled(outcome: Outcome, settled: list[Fact], desk: Desk, pressed: Pressed, answer: Answer) -> Outcome:
    """The question is settled; the office hears where the answer needs its hand."""
    say = outcome.say
    if "tell_office" in answer.data and desk.question is not None:
        told = receipts.common(desk) | {"person": desk.person.name, "at": desk.now, "quote": pressed.label}
        say = (*say, Say("answer_for_office", To(Whom.OFFICE), told, Purpose.NOTICE, f"answered:{pressed.question_id}"))
    return Outcome((*outcome.facts, *settled), say)


def _set(desk: Desk, answer: Answer, pressed: Pressed, key: str) -> Outcome:
    figures = []
    for indicator, text in answer.sets:
        old = desk.figures.get(indicator)
        figures.append(
            Figure(
                indicator,
                desk.period,
                None if text is None else Decimal(text),
                State.NO_DATA if text is None else State.VALUE,
                Origin.CHOSEN,
                reply_id=desk.question_reply,
                person_id=desk.person.id,
                at=desk.now,
                reason=pressed.label,
                amends=old.id if old is not None else None,
            )
        )
    return _stored(desk, figures, key)


def _stored(desk: Desk, figures: list[Figure], key: str) -> Outcome:
    after = replace(desk, figures={**desk.figures, **{f.indicator: f for f in figures}})
    say = receipts.recorded(after, [f.indicator for f in figures])
    if all(f.state is State.NO_DATA for f in figures):
        say = receipts.not_known(after, [f.indicator for f in figures])
    elif after.is_complete and after.asked:
        say = receipts.complete(after)
    outcome = Outcome(tuple(figures), (replace(say, dedup=f"answer:{key}"),))
    return walking.next_or(desk, after, outcome, f"answer:{key}", figures)


def _confirm(desk: Desk, pressed: Pressed, key: str) -> Outcome:
    """What was stored provisionally stands on the person's word."""
    if desk.question is None:
        return Outcome()
    standing = [desk.figures[i] for i in desk.question.indicators if i in desk.figures]
    figures = [
        replace(f, provisional=False, at=desk.now, amends=f.id, id=None, reason=pressed.label)
        for f in standing
        if f.provisional
    ]
    if not figures:  # stored already, and it stands
        return _keep(desk, pressed, key) if standing else _ask_again(desk, pressed, key)
    return _stored(desk, figures, key)


def _without_week(desk: Desk, key: str) -> Outcome | None:
    """«Bỏ “trong tuần”» on the author's own word; None where the words stand nowhere any more."""
    period = desk.moments.period
    rules = [rule for rule in desk.form.checks if rule.params.get("what") == "documents"]
    for text in desk.texts.values():
        found = run_checks(desk.form, Evidence(period.monday, period.sunday, texts=(text,)), rules)
        new = next(filter(None, (without_week(text, f.data["quote"]) for f in found)), None)
        if new is not None:
            new = replace(new, person_id=desk.person.id, at=desk.now)
            after = replace(desk, texts={**desk.texts, (new.section, new.part): new})
            say = receipts.receipt(after, receipts.only_text(new), None)
            return Outcome((new,), (replace(say, dedup=f"answer:{key}"),))
    return None


def _ask_again(desk: Desk, pressed: Pressed, key: str) -> Outcome:
    """«Gửi lại số»: what was provisional is taken back, and the figure is missing until it comes."""
    if pressed.key == "drop_in_week" and (dropped := _without_week(desk, key)) is not None:
        return dropped
    asked = desk.question.indicators if desk.question is not None else ()
    taken_back = [
        replace(f, state=State.WITHDRAWN, value=None, provisional=False, at=desk.now, amends=f.id, id=None)
        for f in (desk.figures.get(i) for i in asked)
        if f is not None and f.provisional
    ]
    awaited = [i for i in asked if desk.form.indicators[i].role is not Role.PLAN]
    # The next bare number is this figure's, as if it had been asked one by one.
    waits = (Walk((awaited[0],)),) if len(awaited) == 1 and desk.walk is None else ()
    return Outcome((*taken_back, *waits), (replace(send_again(desk, asked), dedup=f"answer:{key}"),))


def send_again(desk: Desk, asked: Sequence[str]) -> Say:
    told = receipts.common(desk) | {"labels": [desk.form.indicators[i].short for i in asked]}
    return Say("send_again", HERE, told)


def _no_data(desk: Desk, _pressed: Pressed, key: str) -> Outcome:
    asked = desk.question.indicators if desk.question is not None else ()
    figures = [
        Figure(i, desk.period, None, State.NO_DATA, person_id=desk.person.id, at=desk.now)
        for i in asked
        if desk.form.indicators[i].role is not Role.PLAN
    ]
    said = receipts.not_known(desk, [f.indicator for f in figures]) if figures else send_again(desk, asked)
    return Outcome(tuple(figures), (replace(said, dedup=f"answer:{key}"),))


def _same(desk: Desk, pressed: Pressed, key: str) -> Outcome:
    """Last week's value, on the person's own word."""
    asked = desk.question.indicators if desk.question is not None else ()
    sets = tuple((i, str(desk.previous[i])) for i in asked if i in desk.previous)
    return _set(desk, replace(pressed.answer, sets=sets), pressed, key) if sets else _ask_again(desk, pressed, key)


def _keep(desk: Desk, _pressed: Pressed, key: str) -> Outcome:
    """The value before stands."""
    asked = desk.question.indicators if desk.question is not None else ()
    standing = [i for i in asked if i in desk.figures]
    return Outcome((), (replace(receipts.recorded(desk, standing), dedup=f"answer:{key}"),)) if standing else Outcome()


def _withdraw(desk: Desk, _pressed: Pressed, key: str) -> Outcome:
    asked = desk.question.indicators if desk.question is not None else ()
    figures = [
        replace(f, state=State.WITHDRAWN, value=None, at=desk.now, amends=f.id, id=None)
        for f in (desk.figures.get(i) for i in asked)
        if f is not None
    ]
    if not figures:
        return Outcome()
    line = receipts.changed_lines(desk, {figures[0].indicator: str(desk.figures[figures[0].indicator].value)})[0]
    told = receipts.common(desk) | {"line": line}
    return Outcome(tuple(figures), (Say("withdrawn", HERE, told, dedup=f"answer:{key}"),))


def _place(desk: Desk, pressed: Pressed, key: str) -> Outcome:
    """Words go where the person said."""
    data = pressed.answer.data
    section, part = place_named(data["place"])
    text = LiveText(
        section,
        desk.period,
        data["text"],
        part=part,
        reply_id=int(data["reply_id"]),
        person_id=desk.person.id,
        at=desk.now,
    )
    text = joined(desk, receipts.only_text(text)).texts[0]  # behind what is there already
    after = replace(desk, texts={**desk.texts, (section, part): text})
    say = receipts.receipt(after, receipts.only_text(text), None)
    return Outcome((text,), (replace(say, dedup=f"answer:{key}"),))


def _more_places(desk: Desk, pressed: Pressed, key: str) -> Outcome:
    """«Mục khác»: the sections that had no button."""
    data = pressed.answer.data
    return Outcome(
        (), (place_question(desk, data["text"], int(data["reply_id"]), f"answer:{key}", int(data["start"])),)
    )


def _plan_revised(desk: Desk, pressed: Pressed, key: str) -> Outcome:
    """The plan was given anew; it holds from this period, and the office is told."""
    indicator = pressed.answer.data["indicator"]
    stated = desk.figures.get(indicator)
    if stated is None or stated.value is None:
        return _ask_again(desk, pressed, key)
    plan = Plan(indicator, stated.value, desk.period, pressed.label, desk.person.id, desk.now)
    figure = replace(stated, provisional=False, at=desk.now, amends=stated.id, id=None)
    old = desk.plans.get(indicator)
    after = replace(desk, plans={**desk.plans, indicator: stated.value})
    outcome = _stored(after, [figure], key)
    logged = Logged("plan", str(old) if old is not None else "", str(stated.value), subject=indicator)
    return Outcome((*outcome.facts, plan, logged), outcome.say)


def _submit_part(desk: Desk, _pressed: Pressed, key: str) -> Outcome:
    return declare(desk, key, partial=True)


def declare(desk: Desk, key: str, *, partial: bool) -> Outcome:
    """«Xong», on the person's word."""
    told = receipts.common(desk) | {
        "given": len(desk.asked) - len(desk.missing),
        "asked": len(desk.asked),
        "at": desk.now,
        "on_time": desk.now <= desk.deadline,
    }
    facts = tuple(Declaration(d, desk.period, desk.person.id, desk.now, partial) for d in desk.departments)
    return Outcome(facts, (Say("submitted", HERE, told, dedup=f"submitted:{key}"),))


def _nothing(_desk: Desk, _pressed: Pressed, _key: str) -> Outcome:
    return Outcome()


EFFECTS: dict[str, Callable[[Desk, Pressed, str], Outcome]] = {
    "confirm": _confirm,
    "resend": _ask_again,
    "no_data": _no_data,
    "same": _same,
    "keep": _keep,
    "withdraw": _withdraw,
    "place": _place,
    "place_more": _more_places,
    "ignore": _nothing,
    "plan_revised": _plan_revised,
    "submit_part": _submit_part,
    "continue": _nothing,
}
