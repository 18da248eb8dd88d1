"""The secretary works in a department's part: everything has a reason, an author, a log entry, and is told."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.facts import Origin, ReportState
from storage import declarations, events, figures, plans, reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage

WEEK = "2026-W23"
RICE = "rice_area_done_ha"
CROPS = "lúa mùa 549/650, ngô 1110, rau 86/132"


async def logged(stage: Stage, what: str) -> list[events.Event]:
    async with stage.app.kit.db.reading() as rx:
        return [e for e in await events.of_period(rx, WEEK) if e.what == what]


async def test_office_answers_for_a_department_and_says_from_where(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.at("2026-06-05 10:20")
    await office.say("mai", "NHẬP HỘ CCB: 2 buổi sinh hoạt, 63 lượt hội viên")
    assert await logged(office, "entered") == []
    await office.press("mai", "Điện thoại")
    assert "Văn phòng nhập hộ" in office.last("giang").text
    await office.say("mai", "XEM CCB")
    await office.say("giang", "nhầm rồi, 65 lượt hội viên")

    entered = await logged(office, "entered")
    assert {e.why for e in entered} == {"phone"}
    assert all(e.reply_id for e in entered)
    async with office.app.kit.db.reading() as rx:
        stored = await figures.current(rx, WEEK)
    own = [f for f in stored.values() if f.origin is Origin.OFFICE]
    assert [f.value for f in own] == [Decimal(2)]
    golden(office)


async def test_office_amends_a_figure_tells_its_author_and_takes_it_back(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.say("hung", CROPS)
    await office.say("mai", "SỬA lúa mùa 560, Phòng báo qua điện thoại")
    assert await office.value(RICE) == Decimal(560)
    assert "549 → 560 ha, lý do: “Phòng báo qua điện thoại”" in office.last("hung").text
    await office.press("mai", "Hoàn lại")
    assert await office.value(RICE) == Decimal(549)
    await office.say("mai", "HOÀN LẠI")
    assert await office.value(RICE) == Decimal(549)

    change = (await logged(office, "amended"))[0]
    assert (change.old, change.new, change.why, change.subject) == ("549", "560", "Phòng báo qua điện thoại", RICE)
    assert change.person_id is not None
    assert change.reply_id is not None
    golden(office)


async def test_part_is_returned_with_a_comment_and_counts_as_handed_in_no_more(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    await office.say("giang", "xong")
    await office.say("mai", "TRẢ LẠI CCB: ghi rõ chi hội nào")
    assert "“ghi rõ chi hội nào”" in office.last("giang").text
    async with office.app.kit.db.reading() as rx:
        assert "hoi-ccb" not in await declarations.declared(rx, WEEK)
    await office.say("mai", "TRẢ LẠI CCB")
    await office.say("giang", "63 lượt là của hai chi hội thôn Nà Hỏ và Thải Giàng Sán")
    await office.say("giang", "xong")

    assert [e.why for e in await logged(office, "part_returned")] == ["ghi rõ chi hội nào"]
    golden(office)


async def test_plan_is_revised_after_a_look_at_what_it_changes(office: Stage, golden: Callable[[Stage], None]) -> None:
    await office.say("hung", CROPS)
    await office.say("mai", "KẾ HOẠCH lúa mùa 600, từ tuần 23, theo Quyết định số 45/QĐ-UBND")
    assert "84,46% → 91,5%" in office.last("mai").text
    async with office.app.kit.db.reading() as rx:
        assert (await plans.in_force(rx, WEEK))["rice_area_plan_ha"].value == Decimal(650)
    await office.press("mai", "Ghi")
    async with office.app.kit.db.reading() as rx:
        plan = (await plans.in_force(rx, WEEK))["rice_area_plan_ha"]
        before = (await plans.in_force(rx, "2026-W22"))["rice_area_plan_ha"]
    await office.say("hung", "xem")
    assert "549/600 ha, 91,5%" in office.last("hung").text

    assert (plan.value, plan.basis) == (Decimal(600), "Quyết định số 45/QĐ-UBND")
    assert before.value == Decimal(650)
    assert [(e.old, e.new) for e in await logged(office, "plan_revised")] == [("650", "600")]
    golden(office)


async def test_two_units_of_one_name_are_asked_about(office: Stage) -> None:
    await office.say("mai", "NHẬP HỘ VH-XH: 2 quyết định")

    assert "là đơn vị nào" in office.last("mai").text
    assert len(office.last("mai").labels) == 2


async def test_her_words_without_a_command_are_her_own_part(office: Stage) -> None:
    await office.say("mai", "1 hội nghị Thường trực, cho ý kiến 4 nội dung")

    async with office.app.kit.db.reading() as rx:
        stored = await figures.current(rx, WEEK)
    assert stored
    assert {office.app.kit.form.owner_of(i) for i in stored} == {"van-phong"}
    assert {f.origin for f in stored.values()} == {Origin.STATED}


async def test_amendment_by_the_office_after_the_post_is_offered_as_a_new_issue(office: Stage) -> None:
    await office.say("hung", CROPS)
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")
    await office.say("mai", "SỬA lúa mùa 560, Phòng báo qua điện thoại")
    await office.press("mai", "Lập bản 2")

    async with office.app.kit.db.reading() as rx:
        issues = await reports.of_period(rx, WEEK)
    assert [(i.version, i.state) for i in issues] == [(1, ReportState.POSTED), (2, ReportState.DRAFT)]


@pytest.mark.parametrize(
    "words",
    [
        "SỬA lúa mùa 560, tôi muốn thế",
        "NHẬP HỘ Phòng Kinh tế: lúa mùa 560",
        "TRẢ LẠI Phòng Kinh tế: sai",
        "KẾ HOẠCH lúa mùa 600, từ tuần 23",
        "XEM Phòng Kinh tế",
        "XEM 1.1.a",
        "HOÀN LẠI",
    ],
)
@pytest.mark.parametrize("who", ["giang", "thang"])
async def test_nobody_but_the_secretary_sees_or_changes_anothers_part(office: Stage, who: str, words: str) -> None:
    await office.say("hung", CROPS)
    await office.say(who, words)

    assert await office.value(RICE) == Decimal(549)
    assert "549" not in office.last(who).text
    async with office.app.kit.db.reading() as rx:
        assert (await plans.in_force(rx, WEEK))["rice_area_plan_ha"].value == Decimal(650)
        assert await declarations.returned(rx, WEEK) == {}


async def test_replayed_button_of_the_secretary_is_refused_in_another_chat_and_the_second_time(office: Stage) -> None:
    await office.say("mai", "NHẬP HỘ CCB: 2 buổi sinh hoạt, 63 lượt hội viên")
    token = office.last("mai").token("Điện thoại")
    for chat in ("giang", "thang", "-100"):
        await office.send(chat, "pressed", token=token)
    assert await logged(office, "entered") == []
    await office.press("mai", "Điện thoại")
    first = len(await logged(office, "entered"))
    await office.send("mai", "pressed", token=token)

    assert len(await logged(office, "entered")) == first > 0


FILES = (
    "tiếp nhận 68 hồ sơ, đã giải quyết 45 hồ sơ, đúng và trước hạn 44, quá hạn 1, "
    "đang giải quyết 22 hồ sơ, trong đó trong hạn 20, quá hạn 2"
)


async def test_a_figure_under_a_contradiction_is_amended_by_the_office(office: Stage) -> None:
    await office.say("sang", FILES)

    await office.say("mai", "SỬA đã giải quyết 50, lý do đếm lại")

    assert office.last("mai").text.startswith("Đã sửa · Đã giải quyết")
    assert "45 → 50" in office.last("mai").text
    assert "chờ xác nhận" not in office.last("mai").text


async def test_an_hour_the_office_grants_is_one_of_the_day_the_report_is_due(office: Stage) -> None:
    await office.say("mai", "GIA HẠN Trạm Y tế đến 17h")
    assert "17 giờ thứ Sáu, 05/6" in office.last("mai").text

    await office.say("mai", "GIA HẠN Trạm Y tế đến 14h")
    assert office.last("mai").text.startswith("Gia hạn · Trạm Y tế"), "an earlier hour is no extension"


async def test_every_word_of_the_office_is_answered(office: Stage) -> None:
    for word in ("thu mã", "đăng nhóm", "tình hình ra sao rồi em?", "giữ", "kiểm tra 9", "trả lại", "gia hạn", "miễn"):
        before = len(office.channel.to("mai"))
        await office.say("mai", word)
        assert len(office.channel.to("mai")) > before, word
        assert not office.last("mai").text.startswith(("Tin chưa đọc được", "Câu hỏi")), word


async def test_names_that_two_units_share_are_told_apart(office: Stage) -> None:
    await office.say("mai", "SỐ LIỆU hộ được vay vốn")

    text = office.last("mai").text
    assert "Hội Phụ nữ" in text
    assert "Hội Nông dân" in text


async def test_a_unit_and_then_its_part_in_the_next_message(office: Stage) -> None:
    await office.say("mai", "NHẬP HỘ CCB")
    assert office.last("mai").text.startswith("Nhập hộ · Hội CCB")
    await office.say("mai", "2 buổi sinh hoạt, 63 lượt hội viên")

    assert "Số liệu này lấy từ đâu?" in office.last("mai").text


async def test_a_reason_behind_the_value_is_kept_and_an_undone_figure_says_so(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549")
    await office.say("mai", "SỬA lúa mùa")
    await office.say("mai", "555, phòng báo lại")
    assert "Lý do: “phòng báo lại”" in office.last("mai").text

    await office.say("mai", "HOÀN LẠI")
    await office.say("mai", "NGUỒN lúa mùa")
    assert "Đã hoàn lại số trước đó" in office.last("mai").text
    assert "undone" not in office.last("mai").text


async def test_half_a_word_of_the_office_is_answered_with_its_words(office: Stage) -> None:
    await office.say("mai", "bàn giao")

    assert "GẶP VĂN PHÒNG" not in office.last("mai").text
