"""A figure of an earlier week corrected by the office: shown with all it moves, recorded on her word, issues marked.

Knows: where weeks, totals and posted issues are. What follows is `bot.decisions.past`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import past, relaying
from bot.decisions.naming import near, printed_word
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.facts import ReportState
from bot.periods.calendar import Period
from bot.replies.command_words import CommandKind
from handlers import awaiting
from handlers.bureau import report_of
from handlers.chat import HERE
from storage import figures, reports

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.outcome import Pressed
    from bot.decisions.past import Correction, Journey
    from bot.facts import Issue
    from bot.replies.commands import Command
    from handlers.chat import Chat

PICKED, PICKED_OWN = "past_pick", "past_pick_own"
OUT = (ReportState.APPROVED, ReportState.POSTED)


async def amend(chat: Chat, command: Command) -> bool:
    """True when the words named an earlier week, whatever became of them."""
    now = chat.kit.weeks.at(chat.happened.at).period
    wish = past.wished(chat.kit.form, command.argument, now)
    if wish is None:
        return False
    why = command.text.removeprefix("lý do").strip(" :")
    if not wish.indicators:
        await _how(chat, wish, "indicator")
    elif wish.value is None:
        await _how(chat, wish, "number")
    elif not why:
        await awaiting.wait_for_rest(chat, f"{printed_word(CommandKind.AMEND)} {command.argument}, lý do ")
        await _how(chat, wish, "reason")
    elif len(wish.indicators) > 1:
        await _pick(chat, wish, why)
    else:
        await _confirm(chat, past.Correction(wish.indicators[0], wish.period, wish.value, why, _reply(chat)))
    return True


async def asked_by_unit(chat: Chat) -> bool:
    """A respondent's word about a figure of another week. An earlier one's goes to the office."""
    person, words = chat.desk.person, chat.happened.text
    if person.is_secretary or not person.departments or chat.message is None or not past.names_a_week(words):
        return False
    if past.is_ahead(chat.kit.form, person.departments, words):
        await chat.say("past_ahead", "ahead")
        return True
    now = chat.kit.weeks.at(chat.happened.at).period
    wish = past.wished_by_unit(chat.kit.form, person.departments, words, now)
    if wish is None:
        return False
    if wish.value is None:
        await chat.out(Outcome((), relaying.to_office(chat.desk, words, f"past:{chat.key}")))
        return True
    wishes = [past.Correction(i, wish.period, wish.value, words, _reply(chat)) for i in wish.indicators]
    if len(wishes) > 1:
        await _pick_own(chat, wish, wishes)
        return True
    await _request(chat, wishes[0])
    return True


async def _pick_own(chat: Chat, wish: past.Wish, wishes: list[Correction]) -> None:
    candidates = [{"key": c.indicator.id, "label": c.indicator.short} for c in wishes[:6]]
    answers = {c.indicator.id: Answer(effect=PICKED_OWN, data=c.data) for c in wishes[:6]}
    told = chat.common() | {"words": wish.words, "candidates": candidates}
    said = Say("pick_indicator", HERE, told, Purpose.QUESTION, f"past-pick:{chat.key}", answers)
    await chat.out(Outcome((), (said,)))


async def _picked_own(chat: Chat, pressed: Pressed) -> None:
    await _request(chat, past.correction_of(chat.kit.form, pressed.answer.data))


async def _request(chat: Chat, wanted: Correction) -> None:
    stands = (await figures.history(chat.tx, wanted.indicator.id, [wanted.period])).get(wanted.period)
    unit = chat.kit.form.departments[chat.kit.form.owner_of(wanted.indicator.id)].short
    common = chat.common() | {"unit": unit}
    if stands is not None and stands.value == wanted.value:
        told = common | {"week": wanted.period, "label": wanted.indicator.short, "measure": wanted.indicator.unit}
        said = Say("past_same", HERE, told | {"value": wanted.value}, dedup=f"past-same:{chat.key}")
        await chat.out(Outcome((), (said,)))
        return
    said_both = past.request(common, wanted, stands, chat.desk.person, chat.key)
    subject = f"{wanted.period}/{wanted.indicator.id}"
    asked = Logged("past_asked", "", str(wanted.value), wanted.why, subject, wanted.reply_id)
    await chat.out(Outcome((asked,), said_both))


async def _look(chat: Chat, pressed: Pressed) -> None:
    """The unit's words are the reason, its message the source."""
    await _confirm(chat, past.correction_of(chat.kit.form, pressed.answer.data))


async def _decline(chat: Chat, pressed: Pressed) -> None:
    data = pressed.answer.data
    wanted = past.correction_of(chat.kit.form, data)
    told = chat.common() | {"unit": data["unit"], "week": wanted.period, "label": wanted.indicator.short}
    to = To(Whom.PERSON, int(data["person_id"]))
    theirs = Say("past_declined", to, told, Purpose.NOTICE, f"past-declined:{chat.key}")
    subject = f"{wanted.period}/{wanted.indicator.id}"
    logged = Logged("past_declined", "", str(wanted.value), wanted.why, subject, wanted.reply_id)
    await chat.out(Outcome((logged,), (theirs,)))


def _reply(chat: Chat) -> int | None:
    return chat.message.reply_id if chat.message is not None else None


async def _how(chat: Chat, wish: past.Wish, problem: str) -> None:
    found = near(wish.words, chat.kit.form.indicators.values()) if problem == "indicator" else ()
    await chat.say("past_how", "past", week=wish.period, words=wish.words, problem=problem, near=found)


async def _pick(chat: Chat, wish: past.Wish, why: str) -> None:
    assert wish.value is not None
    wishes = [past.Correction(i, wish.period, wish.value, why, _reply(chat)) for i in wish.indicators[:6]]
    candidates = [{"key": c.indicator.id, "label": c.indicator.short} for c in wishes]
    answers = {c.indicator.id: Answer(effect=PICKED, data=c.data) for c in wishes}
    told = chat.common() | {"words": wish.words, "candidates": candidates}
    said = Say("pick_indicator", HERE, told, Purpose.QUESTION, f"past-pick:{chat.key}", answers)
    await chat.out(Outcome((), (said,)))


async def _picked(chat: Chat, pressed: Pressed) -> None:
    await _confirm(chat, past.correction_of(chat.kit.form, pressed.answer.data))


async def _confirm(chat: Chat, wanted: Correction) -> None:
    found = await _journey(chat, wanted)
    issues = await _issues(chat, wanted, found)
    await chat.out(Outcome((), (past.confirm(chat.common(), wanted, found, issues, chat.key),)))


async def _record(chat: Chat, pressed: Pressed) -> None:
    """Looked up again: a week may have been closed, or the figure amended, since it was shown."""
    wanted = past.correction_of(chat.kit.form, pressed.answer.data)
    found = await _journey(chat, wanted)
    issues = await _issues(chat, wanted, found)
    by = (chat.desk.person.id, chat.happened.at)
    outcome = past.recorded(chat.common(), wanted, found, issues, by, chat.key)
    department = chat.kit.form.owner_of(wanted.indicator.id)
    notice = past.notice(chat.common(), wanted, found, department, chat.key)
    if department in chat.desk.person.departments:
        await chat.out(outcome)
    else:
        await chat.out(Outcome(outcome.facts, (*outcome.say, notice)))


async def _nothing(_chat: Chat, _pressed: Pressed) -> None:
    return


async def _journey(chat: Chat, wanted: Correction) -> Journey:
    first, now = Period.parse(wanted.period), chat.kit.weeks.at(chat.happened.at).period
    is_out = any(i.state in OUT for i in await reports.of_period(chat.tx, str(now)))
    weeks_on = (now.monday - first.monday).days // 7 + is_out  # this week's, too, once its report is out
    closed = [str(first.shifted(n)) for n in range(weeks_on)]
    form = chat.kit.form
    weeks = await figures.history(chat.tx, wanted.indicator.id, closed)
    total = next((i.id for i in form.indicators.values() if i.adds == wanted.indicator.id), None)
    before = [str(first.previous), *closed]
    totals = await figures.history(chat.tx, total, before) if total is not None else {}
    return past.journey(form, wanted, closed, weeks, totals)


async def _issues(chat: Chat, wanted: Correction, found: Journey) -> list[Issue]:
    """The newest approved or posted issue of each week in which a changed value is printed."""
    changed = {wanted.period: {wanted.indicator.id: wanted.value}}
    for one in found.moved:
        assert found.total is not None
        changed.setdefault(one.period, {})[found.total.id] = one.new
    touched = []
    for period, values in changed.items():
        issue = next((i for i in reversed(await reports.of_period(chat.tx, period)) if i.state in OUT), None)
        if issue is None:
            continue
        printed = (await report_of(chat.tx, issue)).figures
        if any(i not in printed or printed[i].value != value for i, value in values.items()):
            touched.append(issue)
    return touched


EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    PICKED: _picked,
    past.RECORD: _record,
    past.CANCEL: _nothing,
    past.LATER: _nothing,
    past.LOOK: _look,
    past.DECLINE: _decline,
    PICKED_OWN: _picked_own,
}
