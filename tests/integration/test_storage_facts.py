"""Replies, figures, texts, declarations and plans: added to, never changed, and traced to the person and the moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.facts import Declaration, Figure, LiveText, Origin, Person, Plan, Qualifier, Slot, State
from bot.forms.model import Opening
from storage import declarations, figures, people, plans, replies, texts
from storage.declarations import Return
from storage.replies import Reply
from tests.integration.storage_victim import NOW

if TYPE_CHECKING:
    from storage.database import Database, Transaction

WEEK, LAST_WEEK = "2026-W23", "2026-W22"
RICE = Figure("lua-mua", WEEK, Decimal(549), at=NOW)


async def hung(tx: Transaction) -> int:
    return await people.add_person(tx, Person(0, "Hùng"), NOW)


def reply(text: str, message_id: str = "m1") -> Reply:
    return Reply("fake", "11", message_id, "text", text, NOW, department="phong-kinh-te", period=WEEK)


async def test_an_edited_message_is_a_further_version_and_the_first_one_stays(db: Database) -> None:
    async with db.transaction() as tx:
        first = await replies.add(tx, reply("lúa mùa 549"))
        await replies.add(tx, reply("ngô 1110", "m2"))
        await replies.add(tx, replace(reply("lúa mùa 560"), kind="edited"))
        versions = await replies.versions(tx, "fake", "11", "m1")

        assert await replies.find(tx, first) == replace(reply("lúa mùa 549"), id=first, version=1)
        assert await replies.find(tx, 999) is None
    assert [(r.version, r.text, r.kind) for r in versions] == [(1, "lúa mùa 549", "text"), (2, "lúa mùa 560", "edited")]


async def test_what_people_send_is_kept_to_the_letter(db: Database) -> None:
    sent = "  lu\u0301a mu\u0300a\u00a0549\r\n\u200b👍\x00'; DROP TABLE replies; --\t"
    async with db.transaction() as tx:
        row_id = await replies.add(tx, reply(sent))
        kept = await replies.find(tx, row_id)

    assert kept is not None
    assert kept.text == sent


async def test_the_newest_figure_is_the_current_one_and_says_what_it_replaced(db: Database) -> None:
    async with db.transaction() as tx:
        first, other = await figures.record(tx, [RICE, replace(RICE, indicator="ngo")], NOW)
        (second,) = await figures.record(tx, [replace(RICE, value=Decimal(560), reason="nhầm")], NOW)
        current = await figures.current(tx, WEEK)

        assert [f.value for f in await figures.versions(tx, "lua-mua", WEEK)] == [Decimal(549), Decimal(560)]
    assert current["lua-mua"] == replace(RICE, value=Decimal(560), reason="nhầm", amends=first, id=second)
    assert current["ngo"] == replace(RICE, indicator="ngo", id=other)


async def test_every_indicator_is_current_however_alike_their_names(db: Database) -> None:
    names = ["a", "a-", "a-b", "aa", "a~", "a~~b", "b", "Đ", "đ"]
    async with db.transaction() as tx:
        await figures.record(tx, [replace(RICE, indicator=name) for name in [*names, *names[::-1]]], NOW)
        await figures.record(tx, [replace(RICE, indicator="c", period=LAST_WEEK)], NOW)

        assert sorted(await figures.current(tx, WEEK)) == sorted(names)
        assert sorted(await figures.values_of(tx, LAST_WEEK)) == ["c"]


async def test_what_was_withdrawn_or_is_not_known_is_current_but_has_no_value(db: Database) -> None:
    async with db.transaction() as tx:
        await figures.record(tx, [RICE, replace(RICE, indicator="ngo"), replace(RICE, indicator="rau")], NOW)
        gone = replace(RICE, value=None, state=State.WITHDRAWN)
        unknown = replace(RICE, indicator="ngo", value=None, state=State.NO_DATA)
        await figures.record(tx, [gone, unknown], NOW)
        current = await figures.current(tx, WEEK, ["lua-mua", "ngo", "never-spoken-of"])

        assert await figures.values_of(tx, WEEK) == {"rau": Decimal(549)}
    assert {name: (f.state, f.value) for name, f in current.items()} == {
        "lua-mua": (State.WITHDRAWN, None),
        "ngo": (State.NO_DATA, None),
    }


@pytest.mark.parametrize(("value", "state"), [(None, State.VALUE), (Decimal(0), State.NO_DATA)])
async def test_a_missing_value_can_not_be_stored_as_one_nor_a_value_as_missing(
    db: Database, value: Decimal | None, state: State
) -> None:
    with pytest.raises(Exception, match="CHECK"):
        async with db.transaction() as tx:
            await figures.record(tx, [replace(RICE, value=value, state=state)], NOW)


async def test_history_shows_the_current_figure_of_each_week(db: Database) -> None:
    async with db.transaction() as tx:
        earlier = replace(RICE, period=LAST_WEEK, value=Decimal(500))
        await figures.record(tx, [earlier, replace(earlier, value=Decimal(530)), RICE], NOW)
        history = await figures.history(tx, "lua-mua", ["2026-W21", LAST_WEEK, WEEK])

    assert {period: f.value for period, f in history.items()} == {LAST_WEEK: Decimal(530), WEEK: Decimal(549)}


async def test_a_figure_is_traced_to_the_message_the_person_and_the_moment(db: Database) -> None:
    later = NOW + timedelta(hours=1)
    async with db.transaction() as tx:
        person_id = await hung(tx)
        reply_id = await replies.add(tx, reply("nhầm, lúa mùa 560"))
        await figures.record(tx, [RICE], NOW)
        read = replace(RICE, value=Decimal(560), reply_id=reply_id, person_id=person_id, start=6, end=17, at=later)
        (figure_id,) = await figures.record(tx, [read], NOW)
        trace = await figures.trace(tx, figure_id)

        assert [f.id for f in await figures.of_reply(tx, reply_id)] == [figure_id]
        assert await figures.trace(tx, 999) is None
    assert trace is not None
    assert (trace.text[trace.figure.start : trace.figure.end], trace.person_name) == ("lúa mùa 560", "Hùng")
    assert trace.at == later
    assert [f.value for f in trace.amended] == [Decimal(549)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**18), max_value=10**18),
    origin=st.sampled_from(Origin),
    qualifier=st.one_of(st.none(), st.sampled_from(Qualifier)),
    provisional=st.booleans(),
    reason=st.text(max_size=20),
    n=st.integers(0, 10**9),
)
async def test_a_figure_comes_back_as_it_was_recorded(
    db: Database, value: Decimal, origin: Origin, qualifier: Qualifier | None, provisional: bool, reason: str, n: int
) -> None:
    figure = Figure(
        f"i{n}", WEEK, value, origin=origin, qualifier=qualifier, provisional=provisional, reason=reason, at=NOW
    )
    async with db.transaction() as tx:
        (figure_id,) = await figures.record(tx, [figure], NOW)
        back = (await figures.current(tx, WEEK))[figure.indicator]

    assert replace(back, id=None, amends=None) == figure
    assert str(back.value) == format(value, "f")
    assert back.id == figure_id


async def test_the_newest_text_of_each_section_and_part_is_the_current_one(db: Database) -> None:
    text = LiveText("1.1.a", WEEK, "Lúa mùa 549 ha", (Slot("lua-mua", 8, 11),), at=NOW)
    async with db.transaction() as tx:
        await texts.record(tx, text, NOW)
        await texts.record(tx, replace(text, part="hoi-nong-dan", text="Hội", slots=(), unchanged=True), NOW)
        newest = await texts.record(tx, replace(text, text="Lúa mùa 560 ha"), NOW)
        await texts.record(tx, replace(text, section="1.2"), NOW)
        current = await texts.current(tx, WEEK, ["1.1.a"])

        assert set(await texts.current(tx, WEEK)) == {("1.1.a", None), ("1.1.a", "hoi-nong-dan"), ("1.2", None)}
        assert len(await texts.versions(tx, "1.1.a", None, WEEK)) == 2
    assert current["1.1.a", None] == replace(text, text="Lúa mùa 560 ha", id=newest)
    assert current["1.1.a", "hoi-nong-dan"].unchanged
    assert len(current) == 2


async def test_a_declaration_holds_until_the_part_is_given_back(db: Database) -> None:
    async with db.transaction() as tx:
        person_id = await hung(tx)
        done = Declaration("phong-kinh-te", WEEK, person_id, NOW, partial=True)
        await declarations.declare(tx, done)
        assert await declarations.declared(tx, WEEK) == {"phong-kinh-te": done}

        back = Return("phong-kinh-te", WEEK, "nhận 68 thì không thể còn 22", person_id, NOW)
        await declarations.give_back(tx, back)
        assert await declarations.declared(tx, WEEK) == {}
        assert await declarations.returned(tx, WEEK) == {"phong-kinh-te": back}

        await declarations.declare(tx, replace(done, partial=False))
        assert await declarations.declared(tx, WEEK) == {"phong-kinh-te": replace(done, partial=False)}
        assert await declarations.returned(tx, WEEK) == {}


async def test_a_plan_holds_from_its_first_week_until_the_next_one(db: Database) -> None:
    async with db.transaction() as tx:
        await plans.revise(tx, Plan("lua-mua", Decimal(650), "2026-W01", at=NOW), NOW)
        await plans.revise(tx, Plan("lua-mua", Decimal(600), "2026-W23", "QĐ 12", at=NOW), NOW)
        await plans.revise(tx, Plan("ngo", Decimal(1100), "2026-W23", at=NOW), NOW)
        await plans.revise(tx, Plan("ngo", Decimal(1110), "2026-W23", at=NOW), NOW)
        before, after = await plans.in_force(tx, "2026-W22"), await plans.in_force(tx, "2026-W30")

    assert {i: p.value for i, p in before.items()} == {"lua-mua": Decimal(650)}
    assert {i: p.value for i, p in after.items()} == {"lua-mua": Decimal(600), "ngo": Decimal(1110)}


async def test_the_opening_is_recorded_once_and_never_over_what_came_later(db: Database) -> None:
    opening = Opening(LAST_WEEK, {"lua-mua": Decimal(650)}, {"lua-mua": Decimal(530), "ngo": Decimal("1110.0")})
    async with db.transaction() as tx:
        first = await plans.record_opening(tx, opening, NOW)
        await figures.record(tx, [replace(RICE, period=LAST_WEEK, value=Decimal(531))], NOW)
        await plans.revise(tx, Plan("lua-mua", Decimal(600), WEEK), NOW)
        again = await plans.record_opening(tx, opening, NOW)
        values = await figures.values_of(tx, LAST_WEEK)
        current = await figures.current(tx, LAST_WEEK)

        assert (await plans.in_force(tx, WEEK))["lua-mua"].value == Decimal(600)
    assert (first, again) == (3, 0)
    assert values == {"lua-mua": Decimal(531), "ngo": Decimal("1110.0")}
    assert current["ngo"].origin is Origin.OPENING
