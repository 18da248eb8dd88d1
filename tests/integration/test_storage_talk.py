"""Questions and one-by-one mode: one question open in a chat, three waiting, none lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.facts import Person
from bot.replies.reading import Candidate, Mode, ProblemCode, Question
from storage import people, questions, walks
from storage.questions import Asked, Asking
from tests.integration.storage_victim import NOW

if TYPE_CHECKING:
    from storage.database import Database

QUESTION = Question(
    Mode.HOLD,
    ProblemCode.AMBIGUOUS_NUMBER,
    ("ngo",),
    (Candidate("1110", "ngo", Decimal("1110.0"), "ha"), Candidate("no_data")),
    "1,110",
    {"previous": "1.110"},
)
ASKED = Asked("fake", "11", "phong-kinh-te", "2026-W23", QUESTION, NOW)


async def test_a_question_comes_back_as_it_was_asked(db: Database) -> None:
    async with db.transaction() as tx:
        ((row_id, _),) = await questions.ask(tx, [ASKED], NOW)

        assert await questions.open_question(tx, "fake", "11") == replace(
            ASKED, state=Asking.OPEN, opened_at=NOW, id=row_id
        )
        assert await questions.open_question(tx, "fake", "12") is None


@pytest.mark.parametrize(
    ("first", "then", "places"),
    [
        (0, 1, "open"),
        (0, 6, "open waiting waiting waiting office office"),
        (1, 4, "waiting waiting waiting office"),
        (3, 3, "waiting office office"),
        (4, 1, "office"),
    ],
)
async def test_one_question_is_open_three_wait_and_the_rest_goes_to_the_office(
    db: Database, first: int, then: int, places: str
) -> None:
    async with db.transaction() as tx:
        await questions.ask(tx, [ASKED] * first, NOW)
        asked = await questions.ask(tx, [ASKED] * then, NOW)

        assert len(await questions.unsettled(tx, "2026-W23")) == first + then
    assert " ".join(place for _, place in asked) == places


async def test_an_answer_counts_once_and_the_next_question_is_opened(db: Database) -> None:
    async with db.transaction() as tx:
        (first, _), (second, _), (third, _) = await questions.ask(tx, [ASKED] * 3, NOW)

        assert await questions.open_next(tx, "fake", "11", NOW) is None  # one is open
        assert await questions.answer(tx, first, "1110", NOW)
        assert not await questions.answer(tx, first, "1.11", NOW)
        following = await questions.open_next(tx, "fake", "11", NOW)
        assert await questions.close(tx, second, "amended", NOW)
        await questions.to_office(tx, third)
        assert await questions.open_next(tx, "fake", "11", NOW) is None
        answered, left = await questions.find(tx, first), await questions.unsettled(tx, "2026-W23")

    assert following is not None
    assert following.id == second
    assert answered is not None
    assert (answered.state, answered.answer, answered.closed_at) == (Asking.ANSWERED, "1110", NOW)
    assert [(a.id, a.state) for a in left] == [(third, Asking.OFFICE)]


async def test_a_walk_is_kept_by_chat_and_goes_on_where_it_stopped(db: Database) -> None:
    async with db.transaction() as tx:
        person_id = await people.add_person(tx, Person(0, "Hùng"), NOW)
        walk = walks.Walk("fake", "11", person_id, "phong-kinh-te", "2026-W23", ("lua-mua", "ngo"), 0, NOW)
        await walks.put(tx, walk)
        further = replace(walk, position=1, last_at=NOW + timedelta(minutes=5))
        await walks.put(tx, further)

        assert await walks.find(tx, "fake", "11") == further
        assert await walks.idle(tx, NOW + timedelta(minutes=5)) == []
        assert await walks.idle(tx, NOW + timedelta(minutes=6)) == [further]
        await walks.stop(tx, "fake", "11")
        assert await walks.find(tx, "fake", "11") is None
