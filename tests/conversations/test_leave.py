"""A head on leave: the substitute is asked instead, once the office has agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import requests
from tests.conversations.conftest import PEOPLE
from tests.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


@pytest.fixture
async def monday(tmp_path: Path) -> AsyncIterator[Stage]:
    """Monday, 01/6; the economic section has a deputy."""
    made = await staged(tmp_path)
    for who, name, unit, role in (*PEOPLE, ("lan", "Hoàng Thị Lan", "phong-kinh-te", "deputy")):
        await made.enrol(who, name, unit=unit, role=role)
    made.lines.clear()
    made.note("thứ Hai, 01/6")
    yield made
    await made.close()


async def test_head_on_leave(monday: Stage, golden: Callable[[Stage], None]) -> None:
    await monday.say("hung", "tuần này em đi học trên tỉnh, đ/c Lan làm báo cáo thay")
    confirm = monday.last("hung").text
    assert "thứ Hai, 01/6" in confirm
    assert "Chủ nhật, 07/6" in confirm
    assert "đồng chí Lan" in confirm
    await monday.press("hung", "Đúng")
    assert "đồng chí Lan báo cáo thay (đã kết nối Fake)" in monday.last("mai").text
    await monday.press("mai", "Đồng ý")
    assert "Đồng chí Hùng nghỉ 01–07/6" in monday.last("lan").text
    await monday.press("lan", "Nhận")
    before = len(monday.channel.to("hung"))

    await monday.at("2026-06-04 08:00")
    assert "Đề nghị đồng chí Lan gửi" in monday.last("lan").text
    await monday.say("lan", "lúa mùa 549/650, ngô 1110, rau 86/132")
    assert "Đã ghi 3" in monday.last("lan").text
    await monday.at("2026-06-05 14:00")
    assert len(monday.channel.to("hung")) == before
    golden(monday)


async def test_leave_that_the_office_did_not_agree_to_changes_nothing(monday: Stage) -> None:
    await monday.say("hung", "BÁO NGHỈ từ 01/6 đến 07/6, thay Lan")
    await monday.press("hung", "Đúng")
    await monday.at("2026-06-04 08:00")
    assert "Đề nghị đồng chí Hùng gửi" in monday.last("hung").text


async def test_office_enters_a_leave_that_holds_at_once(monday: Stage) -> None:
    await monday.say("mai", "NGHỈ Hùng từ 01/6 đến 07/6, thay Lan")
    assert "đồng chí Lan báo cáo thay" in monday.last("mai").text
    assert "Hùng" in monday.last("hung").text
    await monday.at("2026-06-04 08:00")
    assert "Đề nghị đồng chí Lan gửi" in monday.last("lan").text


async def test_substitute_who_cannot_is_told_to_the_office_which_names_another(monday: Stage) -> None:
    await monday.say("mai", "NGHỈ Hùng từ 01/6 đến 07/6, thay Lan")
    await monday.press("lan", "Không nhận được")
    assert "Đồng chí Lan không nhận được" in monday.last("mai").text
    assert "Lan" not in monday.last("mai").labels
    await monday.press("mai", "Dung")
    assert "Đồng chí Hùng nghỉ 01–07/6" in monday.last("dung").text
    await monday.at("2026-06-04 08:00")
    prompt = monday.last("dung").text  # one message for both departments
    assert "Trồng trọt" in prompt
    assert "Dân số" in prompt


async def test_wish_is_answered_at_once_and_says_what_holds_meanwhile(monday: Stage) -> None:
    await monday.say("hung", "BÁO NGHỈ từ 01/6 đến 07/6, thay Lan")
    await monday.press("hung", "Đúng")
    assert "Trong khi chờ, đề nghị và lời nhắc vẫn gửi đồng chí" in monday.last("hung").text


async def test_days_and_substitute_are_asked_one_after_the_other(
    monday: Stage, golden: Callable[[Stage], None]
) -> None:
    await monday.say("hung", "báo nghỉ")
    await monday.say("hung", "từ 02/6 đến 05/6")
    assert "thứ Ba, 02/6 đến thứ Sáu, 05/6" in monday.last("hung").text
    await monday.press("hung", "Đổi người thay")
    assert monday.last("hung").labels[0] == "Lan"  # colleagues first
    await monday.say("hung", "đồng chí Tuấn")
    assert "Chưa thấy “đồng chí Tuấn”" in monday.last("hung").text
    await monday.say("hung", "Má Thị Dung")
    assert "người báo cáo thay: đồng chí Dung" in monday.last("hung").text
    await monday.press("hung", "Đổi ngày")
    await monday.press("hung", "Tuần sau")
    assert "thứ Hai, 08/6 đến Chủ nhật, 14/6" in monday.last("hung").text
    assert "người báo cáo thay: đồng chí Dung" in monday.last("hung").text
    await monday.press("hung", "Đúng")
    await monday.press("mai", "Đồng ý")
    assert "Đồng chí Hùng nghỉ 08–14/6" in monday.last("dung").text
    assert "báo cáo tuần 24 thay; 8 giờ thứ Năm, 11/6" in monday.last("dung").text
    await monday.press("dung", "Nhận")
    assert "08–14/6" in monday.last("dung").text
    golden(monday)


async def test_figures_typed_while_days_are_awaited_are_a_report(monday: Stage) -> None:
    await monday.say("hung", "báo nghỉ")
    await monday.say("hung", "ngô 1110")
    assert "Đã ghi" in monday.last("hung").text


async def test_substitute_of_another_department_answers_for_just_those_days(monday: Stage) -> None:
    await monday.say("mai", "NGHỈ Hùng từ 03/6 đến 07/6, thay Dung")
    await monday.say("dung", "lúa mùa 549")
    assert "không thuộc phần của Trạm Y tế" in monday.last("dung").text  # the leave has not begun
    await monday.at("2026-06-04 08:00")
    assert "Trồng trọt" in monday.last("dung").text
    await monday.say("dung", "lúa mùa 549")
    assert "Lúa mùa: 549/650 ha" in monday.last("dung").text
    assert "lúa mùa" not in monday.last("hung").text.lower()
    await monday.at("2026-06-08 08:00")
    await monday.say("dung", "ngô 1110")
    assert "không thuộc phần của Trạm Y tế" in monday.last("dung").text


async def test_two_people_of_one_name_are_told_apart(monday: Stage) -> None:
    await monday.enrol("lan2", "Vàng Thị Lan", unit="tram-y-te", role="deputy")
    await monday.say("hung", "báo nghỉ từ 01/6 đến 07/6")
    await monday.press("hung", "Đổi người thay")
    await monday.say("hung", "Lan")
    assert "“Lan” có thể là nhiều người" in monday.last("hung").text
    assert sum(one.startswith("Lan, ") for one in monday.last("hung").labels) == 2
    await monday.press("hung", next(one for one in monday.last("hung").labels if "Trạm Y tế" in one))
    await monday.press("hung", "Đúng")
    await monday.press("mai", "Đồng ý")
    assert "Đồng chí Hùng nghỉ" in monday.last("lan2").text


async def test_person_who_is_back_early_is_asked_again_and_the_substitute_no_more(monday: Stage) -> None:
    await monday.say("mai", "NGHỈ Hùng từ 01/6 đến 07/6, thay Dung")
    await monday.say("hung", "hết nghỉ")
    for who in ("hung", "mai", "dung"):
        assert "Đồng chí Hùng không nghỉ 01–07/6 nữa" in monday.last(who).text
    await monday.at("2026-06-04 08:00")
    assert "Đề nghị đồng chí Hùng gửi" in monday.last("hung").text
    await monday.say("dung", "lúa mùa 549")
    assert "không thuộc phần của Trạm Y tế" in monday.last("dung").text


async def test_office_ends_a_leave_by_name(monday: Stage) -> None:
    await monday.say("mai", "NGHỈ Hùng từ 01/6 đến 07/6, thay Lan")
    await monday.say("mai", "HẾT NGHỈ Hùng")
    assert "Đồng chí Hùng không nghỉ 01–07/6 nữa" in monday.last("hung").text
    await monday.say("mai", "HẾT NGHỈ Hùng")
    assert "Không có báo nghỉ" in monday.last("mai").text


async def test_wish_that_the_office_refused_changes_nothing(monday: Stage) -> None:
    await monday.say("hung", "BÁO NGHỈ từ 01/6 đến 07/6, thay Lan")
    await monday.press("hung", "Đúng")
    await monday.press("mai", "Không đồng ý")
    assert "đề nghị và lời nhắc vẫn gửi đồng chí" in monday.last("hung").text
    await monday.at("2026-06-04 08:00")
    assert "Đề nghị đồng chí Hùng gửi" in monday.last("hung").text


async def test_leave_without_substitute_or_deputy_leaves_the_part_with_the_person(monday: Stage) -> None:
    await monday.say("mai", "NGHỈ Dung từ 01/6 đến 07/6")
    await monday.at("2026-06-04 08:00")
    assert "Đề nghị đồng chí Dung gửi" in monday.last("dung").text


async def test_every_step_of_a_leave_is_in_the_log(monday: Stage) -> None:
    await monday.say("mai", "NGHỈ Hùng từ 01/6 đến 07/6, thay Dung")
    await monday.say("mai", "HẾT NGHỈ Hùng")
    async with monday.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT what FROM events WHERE what LIKE 'leave%' OR what LIKE 'post_%' ORDER BY id")
    told = [row["what"] for row in rows]
    assert told == ["post_given", "leave", "post_ended", "leave_ended"]


STALE = "Lựa chọn này không còn hiệu lực"


async def away(stage: Stage) -> list[tuple[int, int | None]]:
    """Whose leaves stand, with who stands in."""
    async with stage.app.kit.db.reading() as rx:
        return [(one.person_id, one.substitute_id) for one in await requests.leaves(rx, "2026-01-01", "2026-12-31")]


@pytest.mark.parametrize("answer", ["Nhận", "Không nhận"])
async def test_a_leave_that_is_over_is_not_brought_back_by_the_substitutes_late_answer(
    monday: Stage, answer: str
) -> None:
    await monday.say("mai", "NGHỈ Hùng từ 01/6 đến 07/6, thay Lan")
    await monday.say("hung", "HẾT NGHỈ")
    before = len(monday.channel.to("mai"))
    await monday.press("lan", answer)

    assert monday.last("lan").text.startswith(STALE)
    assert len(monday.channel.to("mai")) == before
    assert await away(monday) == []
    await monday.at("2026-06-04 08:00")
    assert "Đề nghị đồng chí Hùng gửi" in monday.last("hung").text


@pytest.mark.parametrize("answer", ["Đồng ý", "Không đồng ý", "Đổi người thay"])
async def test_a_wish_that_was_taken_back_is_not_answered_any_more(monday: Stage, answer: str) -> None:
    await monday.say("hung", "BÁO NGHỈ từ 01/6 đến 07/6, thay Lan")
    await monday.press("hung", "Đúng")
    await monday.say("hung", "HẾT NGHỈ")
    before = len(monday.channel.to("hung"))
    await monday.press("mai", answer)
    if answer == "Đổi người thay":
        await monday.say("mai", "Dung")

    assert monday.last("mai").text.startswith(STALE)
    assert len(monday.channel.to("hung")) == before
    assert await away(monday) == []


async def test_who_was_replaced_as_substitute_answers_for_nobody_any_more(monday: Stage) -> None:
    await monday.say("hung", "BÁO NGHỈ từ 01/6 đến 07/6, thay Lan")
    await monday.press("hung", "Đúng")
    await monday.press("mai", "Đổi người thay")
    await monday.say("mai", "Dung")
    stands = await away(monday)
    await monday.press("dung", "Không nhận")
    assert await away(monday) == [(stands[0][0], None)]
    await monday.press("mai", "Lan")

    await monday.press("lan", "Nhận")
    assert not monday.last("lan").text.startswith(STALE)
    assert len(await away(monday)) == 1
