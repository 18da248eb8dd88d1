"""What the office works with: claims of due actions, requests, the calendar, issues of the report, checks, the log."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.facts import DayKind, DayMark, DeadlineMove, Extension, Leave, Person, Promise, ReportState, Waiver
from storage import actions, attachments, calendar, checks, events, meta, people, reports, requests
from storage.reports import Made, Step
from tests.integration.storage_victim import NOW

if TYPE_CHECKING:
    from storage.database import Database, Transaction

WEEK = "2026-W23"
LATER = NOW + timedelta(hours=1)


async def mai(tx: Transaction) -> int:
    return await people.add_person(tx, Person(0, "Mai"), NOW)


async def test_of_many_who_claim_an_action_at_once_one_gets_it(db: Database) -> None:
    async def claim(n: int) -> bool:
        async with db.transaction() as tx:
            return await actions.claim(tx, f"{WEEK}/prompt/{n % 3}", "prompt", str(n % 3), WEEK, NOW)

    won = await asyncio.gather(*(claim(n) for n in range(60)))

    assert sum(won) == 3
    async with db.reading() as rx:
        assert await actions.done(rx, WEEK) == {f"{WEEK}/prompt/{n}" for n in range(3)}
        assert await actions.done(rx, "2026-W24") == set()


async def test_a_claim_whose_block_fails_can_be_made_again(db: Database) -> None:
    async def claim_and_fail() -> None:
        async with db.transaction() as tx:
            await actions.claim(tx, "k", "prompt", "a", WEEK, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await claim_and_fail()
    async with db.transaction() as tx:
        assert await actions.claim(tx, "k", "prompt", "a", WEEK, NOW)
        await actions.outcome(tx, "k", "too_late")
        assert await actions.outcomes(tx, WEEK) == {"k": "too_late"}


async def test_an_extension_is_decided_once(db: Database) -> None:
    asked = Extension("ban-chqs", WEEK, LATER, None, "đang kiểm tra ở thôn")
    async with db.transaction() as tx:
        person_id = await mai(tx)
        row_id = await requests.ask_extension(tx, asked, NOW)
        assert await requests.extensions(tx, WEEK) == [replace(asked, id=row_id)]

        until = LATER + timedelta(hours=1)
        terms = {"until": until, "person_id": person_id, "now": NOW}
        assert await requests.decide_extension(tx, row_id, granted=True, **terms)
        assert not await requests.decide_extension(tx, row_id, granted=False, **terms)
        assert await requests.find_extension(tx, row_id) == replace(asked, id=row_id, at=NOW, granted=True, until=until)
        given = await requests.ask_extension(tx, replace(asked, granted=True, person_id=person_id), NOW)
        assert not await requests.decide_extension(tx, given, granted=False, **terms)


async def test_a_department_is_excused_once(db: Database) -> None:
    async with db.transaction() as tx:
        waiver = Waiver("hoi-ccb", WEEK, "đại hội", await mai(tx), NOW)

        assert await requests.waive(tx, waiver)
        assert not await requests.waive(tx, replace(waiver, reason="khác"))
        assert await requests.waivers(tx, WEEK) == {"hoi-ccb": waiver}


async def test_promises_are_kept_in_order(db: Database) -> None:
    first = Promise("phong-kinh-te", WEEK, LATER, ("1.2.c",))
    async with db.transaction() as tx:
        await requests.promise(tx, first, None, NOW)
        await requests.promise(tx, replace(first, sections=()), None, NOW)

        assert await requests.promises(tx, WEEK) == [first, replace(first, sections=())]


async def test_a_leave_counts_for_the_days_it_touches_once_it_is_confirmed(db: Database) -> None:
    async with db.transaction() as tx:
        person_id = await mai(tx)
        leave = Leave(person_id, "2026-06-01", "2026-06-07", None)
        row_id = await requests.ask_leave(tx, leave, NOW)
        assert await requests.leaves(tx, "2026-06-07", "2026-06-10") == [replace(leave, id=row_id)]
        assert await requests.leaves(tx, "2026-06-08", "2026-06-10") == []

        assert await requests.confirm_leave(tx, row_id, NOW)
        assert not await requests.confirm_leave(tx, row_id, NOW)
        assert await requests.leaves(tx, "2026-05-01", "2026-06-01") == [replace(leave, id=row_id, confirmed=True)]
        await requests.end_leave(tx, row_id, NOW)
        assert await requests.leaves(tx, "2026-05-01", "2026-06-30") == []


async def test_the_offices_last_word_on_a_day_and_on_a_deadline_counts(db: Database) -> None:
    off = DayMark("2026-04-30", DayKind.OFF, "Lễ", None, NOW)
    work = DayMark("2026-08-22", DayKind.WORK, "Làm bù", None, NOW)
    move = DeadlineMove("2026-W18", LATER, "nghỉ lễ", NOW, opens=NOW)
    async with db.transaction() as tx:
        for day in (
            off,
            replace(off, kind=DayKind.WORK),
            off,
            work,
            DayMark("2026-05-04", DayKind.OFF, "", None, NOW),
        ):
            await calendar.set_day(tx, day, NOW)
        await calendar.set_day(tx, DayMark("2026-05-04", DayKind.USUAL, "", None, NOW), NOW)
        await calendar.move_deadline(tx, replace(move, reason="nhầm"))
        await calendar.move_deadline(tx, move)

        assert await calendar.days(tx, "2026-04-30", "2026-08-22") == {off.day: off, work.day: work}
        assert await calendar.days(tx, "2026-05-01", "2026-08-21") == {}
        assert await calendar.deadline_move(tx, "2026-W18") == move
        assert await calendar.deadline_move(tx, "2026-W19") is None


async def test_issues_are_numbered_and_their_states_logged_with_who_when_and_why(db: Database) -> None:
    async with db.transaction() as tx:
        thang = await mai(tx)
        docx = await attachments.keep(tx, "bc.docx", b"PK")
        first = await reports.add(tx, Made(WEEK, "d1", '{"v":1}', docx), NOW)
        second = await reports.add(tx, Made(WEEK, "d2", '{"v":2}'), LATER)
        assert await reports.change(tx, first, Step(ReportState.SUPERSEDED, LATER, None, ""))
        for state in (ReportState.SUBMITTED, ReportState.APPROVED, ReportState.POSTED):
            issue = await reports.by_version(tx, WEEK, 2)
            assert issue is not None
            assert await reports.change(tx, issue, Step(state, LATER, thang, f"to {state}"))

        latest = await reports.latest(tx, WEEK)
        assert latest == replace(
            second,
            state=ReportState.POSTED,
            approved_by=thang,
            approved_at=LATER,
            posted_at=LATER,
            comment="to posted",
        )
        assert await reports.last_posted(tx) == latest
        assert [i.state for i in await reports.of_period(tx, WEEK)] == [ReportState.SUPERSEDED, ReportState.POSTED]
        assert first.id is not None
        assert await reports.content(tx, first.id) == reports.Content('{"v":1}', docx, None)
        assert [s.state for s in await reports.log(tx, first.id)] == [ReportState.DRAFT, ReportState.SUPERSEDED]
        assert await reports.latest(tx, "2026-W24") is None


async def test_of_two_leaders_who_decide_at_the_same_moment_the_first_counts(db: Database) -> None:
    async with db.transaction() as tx:
        draft = await reports.add(tx, Made(WEEK, "d1", "{}"), NOW)
        await reports.change(tx, draft, Step(ReportState.SUBMITTED, NOW, None, ""))
        seen = await reports.latest(tx, WEEK)
    assert seen is not None

    async def decide(state: ReportState) -> bool:
        async with db.transaction() as tx:
            return await reports.change(tx, seen, Step(state, LATER, None, ""))

    assert await asyncio.gather(decide(ReportState.APPROVED), decide(ReportState.RETURNED)) == [True, False]


async def test_an_overridden_check_keeps_the_reason_and_the_figures_it_was_given_for(db: Database) -> None:
    async with db.transaction() as tx:
        kept = checks.KeptCheck("ho-so", WEEK, "1 hồ sơ xin rút", await mai(tx), NOW, "68,45,22")
        await checks.keep(tx, replace(kept, operands="67,45,22"))
        await checks.keep(tx, kept)

        assert await checks.kept(tx, WEEK) == {"ho-so": kept}


async def test_the_log_tells_what_was_changed_from_what_to_what_by_whom_and_why(db: Database) -> None:
    async with db.transaction() as tx:
        event = events.Event("plan_revised", "lua-mua", NOW, await mai(tx), WEEK, "650", "600", "QĐ 12")
        await events.add(tx, event)
        await events.add(tx, events.Event("reopened", WEEK, NOW))

        assert await events.of_period(tx, WEEK) == [replace(event, id=1)]
        assert [e.what for e in await events.of_kind(tx, "re")] == ["reopened"]


async def test_small_facts_are_kept_by_key(db: Database) -> None:
    async with db.transaction() as tx:
        await meta.put(tx, "poll/telegram", "a")
        await meta.put(tx, "poll/telegram", "b")
        await meta.put(tx, "poll/zalo", "c")
        await meta.put(tx, "form", "d")

        assert (await meta.get(tx, "poll/telegram"), await meta.get(tx, "none", "-")) == ("b", "-")
        assert await meta.all_of(tx, "poll/") == {"poll/telegram": "b", "poll/zalo": "c"}


async def test_the_same_bytes_are_stored_once(db: Database) -> None:
    async with db.transaction() as tx:
        first = await attachments.keep(tx, "a.docx", b"same")
        second = await attachments.keep(tx, "b.docx", b"same")
        blob = await attachments.find(tx, first)

        assert await attachments.find(tx, "0" * 64) is None
    assert first == second
    assert blob is not None
    assert (blob.name, blob.content) == ("a.docx", b"same")
