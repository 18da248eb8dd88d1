"""The office's list of checks that do not hold: KIỂM TRA, KIỂM TRA n, KIỂM TRA THÊM, GIỮ n: lý do.

Knows: who is asked again, and that a number may stand only with a reason.
Does not know: the rules; numbers of points are those of `bot.decisions.checking`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.decisions import hand, same_words
from bot.decisions.checking import SAME_FACT, question_of
from bot.decisions.dropping import dropped, without_week
from bot.decisions.listing import line_of
from bot.decisions.naming import printed_word
from bot.decisions.outcome import Answer, Ask, Logged, Outcome, Purpose, Say, To, Whom
from bot.decisions.questions import PETITION, question_say
from bot.decisions.reissuing import reason_needed
from bot.decisions.sides import own_side
from bot.facts import Figure
from bot.replies.command_words import CommandKind
from handlers import awaiting, words
from handlers.chat import HERE, Chat
from handlers.desks import desk_in, office_of, with_computed
from handlers.record import carry_out
from handlers.words import Addressee, rank_of
from storage import checks, people, questions

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.checking import Point
    from bot.decisions.outcome import Pressed
    from bot.facts import Person
    from bot.replies.commands import Command
    from bot.replies.reading import Question
    from handlers.bureau import View
    from storage.questions import Asked


async def _list(chat: Chat, _word: Command | Pressed) -> None:
    points = (await chat.view()).bureau.points
    hard = [p.told() for p in points if p.is_hard and p.is_open]
    mild = sum(not p.is_hard and p.is_open for p in points)
    await chat.say("checks_list", "checks", checks=hard, mild=mild)


async def _more(chat: Chat, _word: Command | Pressed) -> None:
    points = (await chat.view()).bureau.points
    await chat.say("checks_more", "checks-more", checks=[p.told() for p in points if not p.is_hard and p.is_open])


async def _detail(chat: Chat, command: Command) -> None:
    seen = await chat.view()
    point = await _point(chat, seen, command.argument)
    if point is None:
        return
    asked = await _asked(chat, seen, point)
    to_ask = [ask.department for _, outcome in await _to_ask(chat, seen, point) for ask in _asks(outcome)]
    own = own_side(chat.kit.form, point.finding, with_computed(chat.kit, seen.whole), office_of(chat.kit))
    several = point.finding.kind in SAME_FACT
    told = point.told() | {
        "quotes": await _quotes(chat, seen, point),
        "check": point.told(),
        "asked_at": asked.asked_at if asked is not None else None,
        "answer": asked.answer if asked is not None else None,
        "can_amend": bool(point.finding.indicators),
        "can_ask": bool(to_ask),
        "ask_units": [chat.kit.form.departments[d].short for d in to_ask] if several else (),
        "own": {"place": own.place, "value": own.value} if own is not None else None,
        "petition": any(PETITION in chat.kit.form.indicators[i].unit.split() for i in point.finding.indicators),
    }
    data = {"n": str(point.n), "key": point.key}
    keys = ("ask", "amend", "keep", "drop_week", "other_source")
    answers = {key: Answer(effect=f"check_{key}", data=data) for key in keys}
    answers |= {
        f"ask_{n}": Answer(effect="check_ask", data={**data, "department": d}) for n, d in enumerate(to_ask[:2])
    }
    if own is not None:
        answers["set_own"] = Answer(effect="check_set", data={**data, "to": str(own.value), "indicator": own.indicator})
    said = Say("check_detail", HERE, chat.common() | told, Purpose.QUESTION, f"check:{chat.key}", answers)
    await chat.out(Outcome((), (said,)))


async def _pressed_point(chat: Chat, seen: View, pressed: Pressed) -> Point | None:
    """The point the button was made for, whatever its number is by now."""
    key = pressed.answer.data["key"]
    found = next((p for p in seen.bureau.points if p.key == key), None)
    if found is None:
        await chat.say("check_unknown", "check", n=pressed.answer.data["n"])
    return found


async def _point(chat: Chat, seen: View, n: str) -> Point | None:
    found = next((p for p in seen.bureau.points if str(p.n) == n), None)
    if found is None:
        await chat.say("check_unknown", "check", n=n)
    return found


async def _asked(chat: Chat, seen: View, point: Point) -> Asked | None:
    """The last question about these figures or these words, whoever raised it."""
    wanted = set(point.finding.indicators)
    found = [
        a
        for a in await questions.of_period(chat.tx, seen.bureau.period)
        if wanted & set(a.question.indicators) or a.question.data.get("check") == point.key
    ]
    return found[-1] if found else None


async def _quotes(chat: Chat, seen: View, point: Point) -> list[dict[str, object]]:
    """What each unit said, with who and when."""
    finding, form = point.finding, chat.kit.form
    values = with_computed(chat.kit, seen.whole)
    names = {p.id: p.name for p in await people.all_people(chat.tx)}
    told: list[dict[str, object]] = []
    for department in finding.departments:
        desk = desk_in(chat.kit, seen.whole, chat.desk.person, department, chat.happened.at)
        own = [i for i in finding.indicators if form.owner_of(i) == department and i in values]
        given = [values[i] for i in own if values[i].at is not None]
        last = max(given, key=lambda f: f.at or chat.happened.at, default=None)
        told.append(
            {
                "unit": form.departments[department].short,
                "person": names.get(last.person_id or 0) if last is not None else None,
                "at": last.at if last is not None else None,
                "lines": tuple(replace(line_of(desk, form.indicators[i], values, held={}), plan=None) for i in own),
                "quote": str(finding.data.get("quote", "")),
                "section": "",
            }
        )
    return told


async def _to_ask(chat: Chat, seen: View, point: Point) -> list[tuple[Person, Outcome]]:
    """Whom this may be asked, and how; nobody is shown another unit's figure."""
    found = []
    for department in point.finding.departments:
        person = next((p for p in await people.people_of(chat.tx, department) if p.chat_id), None)
        question = _question(chat, seen, point, department)
        if person is None or question is None or person.id == chat.desk.person.id:
            continue
        desk = desk_in(chat.kit, seen.whole, person, department, chat.happened.at)
        say = question_say(desk, question, dedup=f"check-ask:{point.n}:{department}:{chat.key}")
        found.append((person, Outcome((Ask(question, department),), (say,))))
    return found


def _question(chat: Chat, seen: View, point: Point, department: str) -> Question | None:
    """About the department's own figures, or the words it wrote."""
    if point.finding.kind != same_words.KIND:
        return question_of(chat.kit.form, point.finding, (department,), with_computed(chat.kit, seen.whole))
    quote = point.finding.data["quote"]
    texts = [t for t in seen.whole.texts.values() if t.section == point.finding.sections[0]]
    text = next((t for t in texts if t.text.startswith(quote)), None)
    return same_words.question_of(chat.kit.form, point.finding, text) if text is not None else None


async def _ask(chat: Chat, pressed: Pressed) -> None:
    """The author is asked again; behind an open question it waits its turn."""
    if not chat.desk.person.is_secretary:
        return
    seen = await chat.view()
    point = await _pressed_point(chat, seen, pressed)
    if point is None:
        return
    only = pressed.answer.data.get("department")
    for person, outcome in await _to_ask(chat, seen, point):
        ask = _asks(outcome)[0]
        if only not in (None, ask.department):
            continue
        there = Addressee(person.channel, person.chat_id, person, rank=rank_of(person))
        desk = desk_in(chat.kit, seen.whole, person, ask.department, chat.happened.at)
        open_now = await questions.open_question(chat.tx, person.channel, person.chat_id)
        if open_now is not None and _is_same(open_now.question, ask.question):  # shown once more
            await words.queue(chat.kit, chat.tx, outcome.say, there, question_id=open_now.id)
        else:
            await carry_out(chat.kit, chat.tx, desk, replace(outcome, say=()) if open_now else outcome, there)
        unit = chat.kit.form.departments[ask.department].short
        await chat.say("asked_again", f"asked:{ask.department}", unit=unit, person=person.name)


def _asks(outcome: Outcome) -> list[Ask]:
    return [fact for fact in outcome.facts if isinstance(fact, Ask)]


def _is_same(one: Question, other: Question) -> bool:
    about = (one.code, set(one.indicators), one.data.get("check"))
    return about == (other.code, set(other.indicators), other.data.get("check"))


async def _amend(chat: Chat, _pressed: Pressed) -> None:
    await chat.say("amend_how", "amend")


async def _set_own(chat: Chat, pressed: Pressed) -> None:
    """The office's own figure becomes the other side's number, on her word."""
    data, form = pressed.answer.data, chat.kit.form
    seen = await chat.view()
    desk = desk_in(chat.kit, seen.whole, chat.desk.person, form.owner_of(data["indicator"]), chat.happened.at)
    desk = replace(desk, issue=seen.bureau.issue)
    old = desk.figures.get(data["indicator"])
    figure = Figure(
        data["indicator"],
        desk.period,
        Decimal(data["to"]),
        person_id=chat.desk.person.id,
        at=chat.happened.at,
        amends=old.id if old is not None else None,
    )
    outcome = hand.amended(desk, [figure], pressed.label, chat.key, None)
    await chat.out(replace(outcome, say=tuple(s for s in outcome.say if s.to.whom is not Whom.DEPARTMENT)), desk)


async def _why(chat: Chat, pressed: Pressed) -> None:
    point = await _pressed_point(chat, await chat.view(), pressed)
    if point is None:
        return
    word = f"{printed_word(CommandKind.KEEP)} {point.n}"
    await awaiting.wait_for_rest(chat, f"{word}: ")
    await chat.out(reason_needed(chat.common(), word, chat.key))


async def _keep(chat: Chat, command: Command) -> None:
    """The number stands on the office's word, for exactly these figures."""
    seen = await chat.view()
    point = await _point(chat, seen, command.argument)
    if point is None:
        return
    if not command.text:
        word = f"{printed_word(CommandKind.KEEP)} {point.n}"
        await awaiting.wait_for_rest(chat, f"{word}: ")
        await chat.out(reason_needed(chat.common(), word, chat.key))
        return
    await _kept(chat, seen, point, command.text)


async def _kept(chat: Chat, seen: View, point: Point, why: str) -> None:
    person, period = chat.desk.person, seen.bureau.period
    kept = checks.KeptCheck(point.key, period, why, person.id, chat.happened.at, point.operands)
    await checks.keep(chat.tx, kept)
    left = sum(p.is_hard and p.is_open and p.n != point.n for p in seen.bureau.points)
    told = chat.common() | {"n": point.n, "why": why, "name": person.name, "left": left}
    logged = Logged("check_kept", point.operands, "", why, point.key)
    await chat.out(Outcome((logged,), (Say("check_kept", HERE, told, dedup=f"kept:{chat.key}"),)))


async def _other_source(chat: Chat, pressed: Pressed) -> None:
    """Two sections count two things: both numbers stand, and the answer is the reason."""
    seen = await chat.view()
    point = await _pressed_point(chat, seen, pressed)
    if point is not None:
        await _kept(chat, seen, point, pressed.label[:1].lower() + pressed.label[1:])


async def _drop_week(chat: Chat, pressed: Pressed) -> None:
    """The sentence loses «trong tuần»; its author hears what it says now."""
    seen = await chat.view()
    point = await _pressed_point(chat, seen, pressed)
    if point is None:
        return
    section, quote = point.finding.sections[0], str(point.finding.data.get("quote", ""))
    texts = [t for (place, _), t in seen.whole.texts.items() if place == section]
    changed = next((new for t in texts if (new := without_week(t, quote)) is not None), None)
    if changed is None:
        await chat.say("amend_how", "amend")
        return
    new = replace(changed, person_id=chat.desk.person.id, at=chat.happened.at, reply_id=None)
    known = chat.kit.form.sections[section]
    department = next((p.department for p in known.parts if p.id == new.part), known.department)
    shown = dropped(quote)
    told = chat.common() | {"unit": chat.kit.form.departments[department].short, "old": quote, "new": shown}
    mine = Say("text_amended", HERE, told, dedup=f"text:{chat.key}")
    to = To(Whom.DEPARTMENT, department=department)
    theirs = Say("text_amended", to, told, Purpose.NOTICE, f"text:{chat.key}:unit")
    logged = Logged("text_amended", quote, shown, pressed.label, section)
    await chat.out(Outcome((new, logged), (mine, theirs)))


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.CHECKS: _list,
    CommandKind.CHECKS_MORE: _more,
    CommandKind.CHECK: _detail,
    CommandKind.KEEP: _keep,
}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "check_ask": _ask,
    "check_amend": _amend,
    "check_set": _set_own,
    "check_keep": _why,
    "check_drop_week": _drop_week,
    "check_other_source": _other_source,
}
