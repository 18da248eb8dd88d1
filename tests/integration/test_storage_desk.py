"""Loading what a reply needs, and the printed list of what storage offers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.facts import Figure, LiveText, Person, Plan, Post, PostRole
from storage import desk, figures, people, plans, questions, texts, walks
from storage.desk import Scope
from tests.integration.storage_victim import NOW
from tests.integration.test_storage_talk import ASKED
from tests.print_storage_manual import TARGET, manual

if TYPE_CHECKING:
    from storage.database import Database

WEEKS = ("2026-W23", "2026-W22")


async def test_the_desk_holds_what_is_the_persons_and_nothing_of_others(db: Database) -> None:
    post = Post(PostRole.RESPONDENT, "phong-kinh-te")
    figure = Figure("lua-mua", "2026-W23", Decimal(549), at=NOW)
    text = LiveText("1.1.a", "2026-W23", "Lúa mùa 549 ha", at=NOW)
    async with db.transaction() as tx:
        person_id = await people.add_person(tx, Person(0, "Hùng", posts=(post,), channel="fake", chat_id="11"), NOW)
        await figures.record(
            tx,
            [replace(figure, value=Decimal(1)), figure, replace(figure, indicator="don-thu")]
            + [replace(figure, period="2026-W22", value=Decimal(530), indicator=i) for i in ("lua-mua", "don-thu")],
            NOW,
        )
        for section, part in (("1.1.a", None), ("1.1.a", "hoi-nong-dan"), ("5.3", None), ("5.3", "x")):
            await texts.record(tx, replace(text, section=section, part=part), NOW)
        for indicator in ("lua-mua", "don-thu"):
            await plans.revise(tx, Plan(indicator, Decimal(650), "2026-W01"), NOW)
        await questions.ask(tx, [ASKED], NOW)
        walk = walks.Walk("fake", "11", person_id, "phong-kinh-te", "2026-W23", ("lua-mua",), 0, NOW)
        await walks.put(tx, walk)
        found = await desk.load_person_desk(tx, "fake", "11", WEEKS, scope)

    assert found is not None
    assert (found.person.id, found.person.posts) == (person_id, (post,))
    assert {i: f.value for i, f in found.figures.items()} == {"lua-mua": Decimal(549)}
    assert [(t.section, t.part) for t in found.texts] == [("1.1.a", None), ("1.1.a", "hoi-nong-dan")]
    assert found.previous == {"lua-mua": Decimal(530)}
    assert found.plans == {"lua-mua": Decimal(650)}
    assert found.question is not None
    assert found.question.question == ASKED.question
    assert found.walk == walk


def scope(person: Person) -> Scope:
    assert person.name == "Hùng"
    return Scope(("lua-mua", "ngo"), ("1.1.a", "1.2"))


async def test_a_stranger_has_no_desk(db: Database) -> None:
    async with db.reading() as rx:
        assert await desk.load_person_desk(rx, "fake", "99", WEEKS, scope) is None


def test_the_manual_is_printed_from_the_code_as_it_is() -> None:
    """If it is not: python -m tests.print_storage_manual."""
    assert TARGET.read_text(encoding="utf-8") == manual()
