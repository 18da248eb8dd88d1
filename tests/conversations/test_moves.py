"""A person goes to another department, or hands the work over: from the office's word on, dated and logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage


async def log(stage: Stage) -> list[tuple[str, str, str]]:
    async with stage.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT what, old, new FROM events WHERE what LIKE 'post_%' ORDER BY id")
    return [(row["what"], row["old"], row["new"]) for row in rows]


async def test_work_is_handed_over_in_the_middle_of_a_week(office: Stage, golden: Callable[[Stage], None]) -> None:
    await office.enrol("lan", "Hoàng Thị Lan", unit="phong-kinh-te", role="deputy")
    await office.say("hung", "diện tích ngô: 11,10")
    await office.say("mai", "BÀN GIAO Hùng cho Lan")
    await office.press("mai", "Ghi")
    assert any("nhận bàn giao từ đồng chí Hùng" in s.text for s in office.channel.to("lan"))
    assert "đồng chí Lan báo cáo" in office.last("hung").text
    assert await log(office) == [("post_given", "", "phong-kinh-te/respondent"), ("post_ended", "phong-kinh-te", "")]
    await office.say("hung", "lúa mùa 549")
    assert "chưa đăng ký" in office.last("hung").text  # no post any more: a stranger
    await office.say("lan", "lúa mùa 549")
    assert "Lúa mùa: 549/650 ha" in office.last("lan").text
    golden(office)


async def test_question_that_was_open_goes_along_with_the_work(office: Stage) -> None:
    await office.enrol("lan", "Hoàng Thị Lan", unit="phong-kinh-te", role="deputy")
    await office.say("hung", "giải ngân 1.000/21.070 tỷ đồng")
    assert "đơn vị" in office.last("hung").text
    await office.say("mai", "bàn giao hùng cho lan")
    await office.press("mai", "Ghi")
    asked = [s for s in office.channel.to("lan") if "xin xác nhận đơn vị" in s.text]
    assert len(asked) == 1
    await office.press("lan", "Triệu đồng")
    assert "triệu đồng" in office.last("lan").text
    async with office.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT state, answer FROM questions ORDER BY id")
    assert next((r["state"], r["answer"]) for r in rows) == ("closed", "handed_over")


async def test_person_who_moves_answers_for_the_new_department_only(office: Stage) -> None:
    await office.enrol("lan", "Hoàng Thị Lan", unit="phong-kinh-te", role="deputy")
    await office.say("lan", "lúa mùa 549")
    await office.say("mai", "CHUYỂN Lan sang Trạm Y tế")
    assert "Phòng Kinh tế → Trạm Y tế" in office.last("mai").text
    assert office.last("mai").labels == ["Báo cáo thay", "Thay đ/c Dung", "Thôi"]
    await office.press("mai", "Thay đ/c Dung")
    assert any("thôi báo cáo cho Phòng Kinh tế" in s.text for s in office.channel.to("lan"))
    assert "Đề nghị đồng chí Lan gửi" in office.last("lan").text  # the prompt of what the department still owes
    await office.say("lan", "ngô 1110")
    assert "không thuộc phần của Trạm Y tế" in office.last("lan").text
    await office.say("hung", "XEM")
    assert "Lúa mùa: 549/650 ha" in office.last("hung").text  # what she sent stays where it was sent
    assert "đồng chí Lan" in office.last("hung").text


async def test_move_is_called_off(office: Stage) -> None:
    await office.say("mai", "chuyển Hùng sang Trạm Y tế")
    await office.press("mai", "Thôi")
    await office.say("hung", "lúa mùa 549")
    assert "Lúa mùa: 549/650 ha" in office.last("hung").text
    assert await log(office) == []


async def test_content_that_begins_like_the_word_stays_content(office: Stage) -> None:
    await office.say("mai", "chuyển hồ sơ đảng viên sang Ban Xây dựng Đảng")
    assert "→" not in office.last("mai").text
    assert await log(office) == []


async def test_nobody_but_the_office_moves_anybody(office: Stage) -> None:
    await office.say("hung", "CHUYỂN Hùng sang Trạm Y tế")
    await office.say("hung", "BÀN GIAO Dung cho Hùng")
    assert await log(office) == []
    await office.say("mai", "CHUYỂN Hùng sang Trạm Y tế")
    assert office.last("mai").labels[-1] == "Thôi"
