"""What is remembered is what the database says: after a write, after one that was undone, for other periods, for anybody."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.facts import Extension, Figure, LiveText, Person, Plan, Post, PostRole, Qualifier
from storage import desk, figures, people, plans, questions, requests, texts
from storage.desk import Scope
from storage.memory import BY_PERIOD, target_of
from tests.integration.storage_victim import NOW
from tests.integration.test_storage_talk import ASKED

if TYPE_CHECKING:
    from storage.database import Database, Transaction

WEEKS = ("2026-W23", "2026-W22")
HUNG = Person(0, "Hùng", posts=(Post(PostRole.RESPONDENT, "phong-kinh-te"),), channel="fake", chat_id="11")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
STORAGE = Path(desk.__file__).parent


class UndoneError(Exception):
    """Ends a block that must leave nothing."""


async def loaded(tx: Transaction) -> desk.Desk | None:
    return await desk.load_person_desk(tx, "fake", "11", WEEKS, lambda _: Scope(("lua-mua", "ngo"), ("1.1.a",)))


async def put_last_week(tx: Transaction, value: int) -> None:
    await figures.record(tx, [Figure("lua-mua", WEEKS[1], Decimal(value), at=NOW)], NOW)


async def test_a_stranger_who_was_looked_for_before_is_known_once_they_are_enrolled(db: Database) -> None:
    async with db.transaction() as tx:
        assert await loaded(tx) is None
    async with db.transaction() as tx:
        await people.add_person(tx, HUNG, NOW)
        found = await loaded(tx)

    assert found is not None
    assert found.person.name == "Hùng"


async def test_whose_chat_was_ended_is_a_stranger_again(db: Database) -> None:
    async with db.transaction() as tx:
        await people.add_person(tx, HUNG, NOW)
        assert await loaded(tx) is not None
        await people.end_address(tx, "fake", "11", NOW)
        assert await loaded(tx) is None


async def test_a_write_of_the_week_before_a_plan_and_an_extension_are_seen_at_once(db: Database) -> None:
    async with db.transaction() as tx:
        person_id = await people.add_person(tx, HUNG, NOW)
        first = await loaded(tx)
        await put_last_week(tx, 530)
        await plans.revise(tx, Plan("lua-mua", Decimal(650), "2026-W01"), NOW)
        until = NOW.replace(hour=23)
        asked = Extension("phong-kinh-te", WEEKS[0], until, None, "mưa bão", person_id)
        await requests.ask_extension(tx, asked, NOW)
        then = await loaded(tx)

    assert first is not None
    assert then is not None
    assert (first.previous, first.plans, first.extensions) == ({}, {}, ())
    assert (then.previous, then.plans) == ({"lua-mua": Decimal(530)}, {"lua-mua": Decimal(650)})
    assert [e.until for e in then.extensions] == [until]


async def test_what_a_block_that_was_undone_saw_of_its_own_is_forgotten(db: Database) -> None:
    async with db.transaction() as tx:
        await people.add_person(tx, HUNG, NOW)
        await put_last_week(tx, 530)
        await loaded(tx)
    with suppress(UndoneError):
        async with db.transaction() as tx:
            await put_last_week(tx, 999)
            inside = await loaded(tx)
            raise UndoneError
    async with db.transaction() as tx:
        after = await loaded(tx)

    assert inside is not None
    assert after is not None
    assert (inside.previous["lua-mua"], after.previous["lua-mua"]) == (Decimal(999), Decimal(530))


async def test_what_was_remembered_cannot_be_changed_by_who_got_it(db: Database) -> None:
    async with db.transaction() as tx:
        await people.add_person(tx, HUNG, NOW)
        await put_last_week(tx, 530)
        found = await loaded(tx)

    assert found is not None
    with pytest.raises(TypeError):
        found.previous["lua-mua"] = Decimal(1)  # type: ignore[index]


@given(
    st.lists(
        st.tuples(st.sampled_from(WEEKS), st.sampled_from(("lua-mua", "ngo")), st.integers(0, 99), st.booleans()),
        max_size=12,
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_memory_never_says_anything_but_what_a_fresh_look_says(
    db: Database, steps: list[tuple[str, str, int, bool]]
) -> None:
    async with db.transaction() as tx:
        if await people.person_at(tx, "fake", "11") is None:
            await people.add_person(tx, HUNG, NOW)
    for week, indicator, value, is_kept in steps:
        with suppress(UndoneError):
            async with db.transaction() as tx:
                await loaded(tx)
                given = Decimal(value).scaleb(value % 5 - 2)  # 1E+2 among them
                moment = NOW.astimezone(HANOI) if value % 2 else None
                figures.put(tx, [Figure(indicator, week, given, at=moment, qualifier=Qualifier.ABOUT)], NOW)
                await plans.revise(tx, Plan(indicator, Decimal(value), "2026-W01"), NOW)
                await ask_or_settle(tx, value)
                if value < 30:
                    await texts.record(tx, LiveText("1.1.a", week, f"{value} ha", part=indicator, at=NOW), NOW)
                assert replace_order(await loaded(tx)) == replace_order(await fresh(tx))
                if not is_kept:
                    raise UndoneError
        async with db.transaction() as tx:
            assert replace_order(await loaded(tx)) == replace_order(await fresh(tx))


async def ask_or_settle(tx: Transaction, value: int) -> None:
    """In this chat or in another one, with the chat said or not."""
    chat_id = "11" if value % 3 else "12"
    for there in ("11", "12"):
        found = await questions.open_question(tx, "fake", there)
        if found is not None and value % 4:
            said = ("fake", there if value % 4 == 1 else "11")
            assert await questions.answer(tx, found.id, "549", NOW, None if value % 4 == 3 else said)
    await questions.ask(tx, [replace(ASKED, chat_id=chat_id)] * (value % 2), NOW)


async def fresh(tx: Transaction) -> desk.Desk | None:
    tx._writer.memory._kept.clear()
    tx._writer.memory._newest.clear()
    return await loaded(tx)


def replace_order(found: desk.Desk | None) -> desk.Desk:
    assert found is not None
    return replace(found, previous=dict(found.previous), plans=dict(found.plans), figures=dict(found.figures))


def test_every_statement_that_writes_is_known_to_write() -> None:
    assert target_of("INSERT INTO meta (key) VALUES (:key) ON CONFLICT (key) DO UPDATE SET value = 1") == "meta"
    assert target_of("UPDATE inbox SET state = 'handled' WHERE id IN (:ids)") == "inbox"
    assert target_of("DELETE FROM walks WHERE chat_id = :chat_id") == "walks"
    assert target_of("WITH x AS (SELECT 1) INSERT INTO events (what) SELECT * FROM x") == "events"
    assert target_of("SELECT updated, deleted FROM figures") is None


def test_tables_that_are_told_apart_by_period_are_only_ever_added_to() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in STORAGE.glob("*.py"))

    for table in BY_PERIOD:
        assert f"UPDATE {table}" not in sources
        assert f"DELETE FROM {table}" not in sources
