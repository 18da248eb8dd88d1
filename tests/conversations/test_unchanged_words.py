"""Words that stand for three weeks: a question to their author first, once a week, to the office if it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

WORDS = (
    "Tiếp tục tăng cường công tác tuyên truyền, quán triệt các nghị quyết của Đảng đến toàn thể cán bộ, đảng viên. "
    "Chỉ đạo các chi bộ duy trì nền nếp sinh hoạt."
)
NEW = "Trong tuần đã thẩm tra tờ trình về phân bổ vốn sự nghiệp và dự họp với Ủy ban nhân dân xã về thu chi ngân sách."


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Stage]:
    """Two weeks with the same words are behind; the third week's prompt is out."""
    stage = await staged(tmp_path)
    await stage.enrol("mai", "Nguyễn Thị Mai", role="secretary")
    await stage.enrol("chai", "Lý Văn Chải", unit="ban-kt-ns")
    for day in ("2026-06-04", "2026-06-11"):
        await stage.at(f"{day} 09:00")
        await stage.say("chai", WORDS)
    await stage.at("2026-06-18 08:00")
    stage.lines.clear()
    stage.note("thứ Năm, 18/6 08:00: đã gửi đề nghị; hai tuần trước cùng một nội dung")
    yield stage
    await stage.close()


async def test_words_that_stand_for_three_weeks_are_asked_of_their_author_and_new_ones_take_their_place(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.say("chai", WORDS)
    await office.press("chai", "Gửi đoạn mới")
    await office.say("chai", NEW)
    await office.say("chai", "xem")
    await office.say("mai", "kiểm tra thêm")

    assert NEW in await stored(office)
    golden(office)


async def test_the_author_keeps_the_words_and_the_office_is_not_asked(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.say("chai", WORDS)
    await office.say("chai", "vẫn đúng")
    await office.say("mai", "kiểm tra thêm")
    await office.say("chai", WORDS)

    assert "giữ nguyên 3 tuần" not in office.last("mai").text
    golden(office)


async def test_what_the_author_does_not_answer_stays_before_the_office_which_asks_again(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.say("chai", "nội dung như tuần trước")
    await office.say("mai", "kiểm tra thêm")
    n = next(line.partition(".")[0] for line in office.last("mai").text.split("\n") if "giữ nguyên 3 tuần" in line)
    await office.say("mai", f"kiểm tra {n}")
    await office.press("mai", "Hỏi lại đơn vị")

    golden(office)


async def test_nobody_is_asked_twice_in_a_week(office: Stage) -> None:
    await office.say("chai", WORDS)
    await office.press("chai", "Còn đúng")
    await office.say("chai", WORDS)

    assert "Nội dung có còn đúng không" not in office.last("chai").text


async def test_figures_sent_instead_of_new_words_are_read_as_ever(office: Stage) -> None:
    await office.say("chai", WORDS)
    await office.press("chai", "Gửi đoạn mới")
    await office.say("chai", "hạn nộp")

    assert office.last("chai").text.startswith("Hạn nộp")
    assert WORDS in await stored(office)


async def stored(office: Stage) -> str:
    async with office.app.kit.db.transaction() as tx:
        rows = await tx.all("SELECT text FROM texts WHERE period = '2026-W25' ORDER BY id DESC LIMIT 1")
    return str(rows[0]["text"])
