"""Contradictions: the author is asked first, what stays open is settled by the office with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import checks, events, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage

WEEK = "2026-W23"
FILES = (
    "tiếp nhận 68 hồ sơ, đã giải quyết 45 hồ sơ, đúng và trước hạn 44, quá hạn 1, "
    "đang giải quyết 22 hồ sơ, trong đó trong hạn 20, quá hạn 2"
)


async def test_contradiction_is_asked_of_its_author_then_kept_with_a_reason(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.at("2026-06-05 09:40")
    await office.say("sang", FILES)
    assert "22" in office.last("sang").text
    await office.press("sang", "Số vẫn đúng")
    await office.say("mai", "bảng")
    assert "Cần xem" in office.last("mai").text
    await office.say("mai", "kiểm tra")
    await office.say("mai", "kiểm tra 1")
    await office.press("mai", "Giữ, ghi lý do")
    await office.say("mai", "GIỮ 1: có 1 hồ sơ công dân xin rút, Trung tâm đã xác nhận")
    await office.say("mai", "kiểm tra thêm")
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")

    assert "giữ số, lý do “có 1 hồ sơ công dân xin rút" in office.last("thang").text
    async with office.app.kit.db.reading() as rx:
        kept = await checks.kept(rx, WEEK)
        logged = [e for e in await events.of_period(rx, WEEK) if e.what == "check_kept"]
    assert [k.reason for k in kept.values()] == ["có 1 hồ sơ công dân xin rút, Trung tâm đã xác nhận"]
    assert logged[0].old
    golden(office)


async def test_word_of_the_office_holds_for_those_figures_only(office: Stage) -> None:
    await office.say("sang", FILES)
    await office.say("mai", "GIỮ 1: có hồ sơ rút")
    await office.say("sang", "nhầm, đang giải quyết 20 hồ sơ")
    await office.say("mai", "kiểm tra")

    assert "Cần xử lý" in office.last("mai").text


async def test_office_asks_the_author_again(office: Stage) -> None:
    await office.say("sang", FILES)
    await office.press("sang", "Số vẫn đúng")
    before = len(office.channel.to("sang"))
    await office.say("mai", "kiểm tra 1")
    await office.press("mai", "Hỏi lại đơn vị")

    assert len(office.channel.to("sang")) == before + 1
    assert "Số nào cần sửa?" in office.last("sang").text


async def test_nobody_else_sees_the_list_or_lets_a_number_stand(office: Stage) -> None:
    await office.say("sang", FILES)
    for who in ("sang", "thang"):
        await office.say(who, "kiểm tra")
        assert "tiếp nhận" not in office.last(who).text.casefold()
        await office.say(who, "GIỮ 1: cứ để thế")

    async with office.app.kit.db.reading() as rx:
        assert await checks.kept(rx, WEEK) == {}


async def test_document_of_an_earlier_week_loses_this_week_by_a_button(office: Stage) -> None:
    await office.enrol("vhxh", "Vàng Thị Hoa", unit="phong-vh-xh")
    words = "Trong tuần ban hành Văn bản số 160 ngày 28/5/2026 về thực hiện chuyển đổi số tại các điểm du lịch."
    await office.say("vhxh", f"Công tác cải cách hành chính và chuyển đổi số: {words}")
    await office.say("mai", "KIỂM TRA 1")
    assert "Bỏ “trong tuần”" in office.last("mai").labels
    await office.press("mai", "Bỏ “trong tuần”")
    assert "→ “ban hành Văn bản số 160" in office.last("mai").text
    assert "Đã sửa câu chữ · Phòng VH-XH" in office.last("vhxh").text
    async with office.app.kit.db.reading() as rx:
        found = await texts.current(rx, "2026-W23")
        row = await rx.one("SELECT old, new, why FROM events WHERE what = 'text_amended'")
    assert any(t.text.startswith("Ban hành Văn bản số 160") for t in found.values())
    assert row is not None
    assert row["why"] == "Bỏ “trong tuần”"
    await office.say("mai", "KIỂM TRA")
    assert "160" not in office.last("mai").text


async def test_petitions_counted_in_two_places_stand_by_a_button(office: Stage) -> None:
    await office.enrol("ubkt", "Lý A Sử", unit="ubkt")
    await office.say("mai", "đơn thư phát sinh 0")
    await office.say("ubkt", "tiếp nhận 1 đơn thư")
    await office.say("mai", "KIỂM TRA 1")
    assert "Khác nơi nhận" in office.last("mai").labels
    await office.press("mai", "Khác nơi nhận")
    assert "Lý do: “khác nơi nhận”" in office.last("mai").text


async def test_words_that_stand_for_the_third_week_are_pointed_out(office: Stage) -> None:
    words = "5.1. Công tác chính trị, tư tưởng: Tiếp tục tăng cường công tác tuyên truyền, quán triệt các nghị quyết của Đảng bộ tới đảng viên."
    await office.enrol("hanh", "Hạnh", unit="ban-xay-dung-dang")
    for week in ("2026-06-04", "2026-06-11"):
        await office.at(f"{week} 09:00")
        await office.say("hanh", words)
        await office.say("mai", "kiểm tra thêm")
        assert "giữ nguyên" not in office.last("mai").text
    await office.at("2026-06-18 09:00")
    await office.say("hanh", words)
    await office.say("mai", "kiểm tra thêm")

    assert "nội dung giữ nguyên 3 tuần" in office.last("mai").text


async def test_last_weeks_words_are_kept_for_the_section_that_was_named(office: Stage) -> None:
    await office.enrol("hanh", "Hạnh", unit="ban-xay-dung-dang")
    await office.at("2026-06-04 09:00")
    await office.say("hanh", "5.1. Công tác chính trị, tư tưởng: Tiếp tục quán triệt các nghị quyết tới đảng viên.")
    await office.say("hanh", "c) Công tác bảo vệ chính trị nội bộ: Thực hiện nghiêm túc, đúng quy định.")
    await office.at("2026-06-11 09:00")
    await office.say("hanh", "nội dung 5.1 như tuần trước")

    assert office.last("hanh").text.startswith("Đã nhận nội dung")
    async with office.app.kit.db.reading() as rx:
        kept = await texts.current(rx, "2026-W24")
    assert {place: (t.text, t.unchanged) for place, t in kept.items()} == {
        ("II.5.1", None): ("Tiếp tục quán triệt các nghị quyết tới đảng viên.", True)
    }

    await office.say("hanh", "nội dung còn lại như tuần trước ạ")

    async with office.app.kit.db.reading() as rx:
        assert ("II.5.2.c", None) in await texts.current(rx, "2026-W24")


async def test_each_side_of_a_contradiction_has_its_own_button(office: Stage, golden: Callable[[Stage], None]) -> None:
    await office.enrol("ubkt", "Lý A Sử", unit="ubkt")
    await office.say("mai", "đơn thư phát sinh 0")
    await office.say("ubkt", "tiếp nhận 1 đơn thư")
    office.lines.clear()
    await office.say("mai", "KIỂM TRA 1")
    await office.press("mai", "Hỏi UBKT")
    assert office.last("ubkt").text.startswith("Đơn thư tiếp nhận")
    await office.say("mai", "KIỂM TRA 1")
    await office.press("mai", "Sửa 3.3 thành 1")
    await office.say("mai", "KIỂM TRA")

    golden(office)


async def test_a_part_is_returned_to_the_unit_that_is_picked(office: Stage, golden: Callable[[Stage], None]) -> None:
    await office.say("dung", "khám 150 lượt")
    await office.say("sang", "tiếp nhận 68 hồ sơ")
    office.lines.clear()
    await office.say("mai", "trả lại")
    await office.press("mai", "Trạm Y tế")
    await office.say("mai", "số lượt khám lệch với sổ")
    await office.say("mai", "trả lại: số chưa khớp")
    await office.press("mai", "TT Hành chính công")

    assert "số chưa khớp" in office.last("sang").text
    golden(office)


async def test_the_author_drops_this_week_from_the_words_or_is_asked_for_others(office: Stage) -> None:
    await office.enrol("vhxh", "Vàng Thị Hoa", unit="phong-vh-xh")
    words = "Trong tuần ban hành Văn bản số 160 ngày 28/5/2026 về thực hiện chuyển đổi số tại các điểm du lịch."
    await office.say("vhxh", f"Công tác cải cách hành chính và chuyển đổi số: {words}")
    await office.press("vhxh", "Bỏ “trong tuần”")

    assert office.last("vhxh").text.startswith("Đã nhận nội dung")
    async with office.app.kit.db.reading() as rx:
        found = await texts.current(rx, WEEK)
    assert any("Ban hành Văn bản số 160" in t.text for t in found.values())

    await office.say("vhxh", f"Công tác cải cách hành chính và chuyển đổi số: {words}")
    await office.press("vhxh", "Sửa ngày")
    assert office.last("vhxh").text.startswith("Xin gửi lại đoạn")
