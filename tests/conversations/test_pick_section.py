"""Words that could stand in many sections: a few have a button, «Mục khác» brings the others, and begins again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.decisions.words import MOST_PLACES, page
from storage import texts

if TYPE_CHECKING:
    from tests.stage import Stage

WORDS = "đã chỉ đạo các thôn ra quân dọn vệ sinh đường làng ngõ xóm"


async def stored(stage: Stage) -> dict[str, str]:
    async with stage.app.kit.db.reading() as rx:
        return {section: text.text for (section, _), text in (await texts.current(rx, "2026-W23")).items()}


async def seen(stage: Stage, who: str) -> list[str]:
    """The sections on the buttons, without «Mục khác» and «Không đưa vào»."""
    return [label.partition(". ")[2] or label for label in stage.last(who).labels[:-2]]


async def test_every_section_is_reached_and_the_first_ones_again(office: Stage) -> None:
    await office.say("mai", "Thường xuyên quan tâm cơ sở")
    pages = [await seen(office, "mai")]
    for _ in range(2):
        await office.say("mai", "mục khác")
        pages.append(await seen(office, "mai"))
    assert len(set(pages[0] + pages[1])) == len(pages[0]) + len(pages[1])
    assert pages[2] == pages[0] or len(pages[2]) < MOST_PLACES
    assert await stored(office) == {}


async def test_words_go_into_a_section_of_a_later_page(office: Stage) -> None:
    await office.say("mai", WORDS)
    await office.say("mai", "mục khác")
    label = office.last("mai").labels[0]
    await office.press("mai", label)
    assert list((await stored(office)).values()) == [WORDS]
    assert office.last("mai").text.startswith("Đã nhận nội dung")


async def test_a_head_of_many_sections_finds_the_last_one(office: Stage) -> None:
    await office.say("hung", WORDS)
    found: list[str] = []
    while "Ngân sách" not in found:
        await office.say("hung", "Mục khác")
        assert await seen(office, "hung")
        found += await seen(office, "hung")
    await office.press("hung", next(label for label in office.last("hung").labels if "Ngân sách" in label))
    assert list((await stored(office)).values()) == [WORDS]


async def test_a_long_label_may_be_typed_as_it_stands_in_the_list(office: Stage) -> None:
    await office.say("mai", WORDS)
    await office.say("mai", "triển khai nghị quyết")
    assert list((await stored(office)).values()) == [WORDS]


@pytest.mark.parametrize("count", range(2, 24))
def test_pages_hold_every_place_once_before_they_begin_again(count: int) -> None:
    places = [(str(n), None) for n in range(count)]
    reached: list[tuple[str, None]] = []
    start: int | None = 0
    while start is not None:
        shown, start = page(places, start)
        assert 0 < len(shown) <= MOST_PLACES
        reached += shown
        if start == 0:
            break
    assert reached == places
