"""Newcomers to a post that is held, codes taken back, the list of people, forms of address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.stage import Stage


async def newcomer(stage: Stage) -> None:
    await stage.enrol("lan", "Hoàng Thị Lan", unit="phong-kinh-te")


async def test_newcomer_to_a_held_post_may_nothing_before_the_office_answered(office: Stage) -> None:
    await newcomer(office)
    assert "Đồng chí Lan nhận vai trò nào" in office.last("mai").text
    await office.say("lan", "lúa mùa 549/650")
    assert "549" not in office.last("lan").text


async def test_newcomer_replaces_the_holder_who_may_nothing_any_more(office: Stage) -> None:
    await newcomer(office)
    await office.press("mai", "Thay đ/c Hùng")
    await office.say("lan", "lúa mùa 549/650")
    assert "Đã ghi 1" in office.last("lan").text
    await office.say("hung", "lúa mùa 1/650")
    assert "Đã ghi" not in office.last("hung").text
    async with office.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT value FROM figures WHERE indicator = 'summer_rice_area_actual'")
    assert "1" not in [row["value"] for row in rows]


async def test_newcomer_reports_beside_the_holder_as_deputy(office: Stage) -> None:
    await newcomer(office)
    await office.press("mai", "Báo cáo thay")
    for who in ("hung", "lan"):
        await office.say(who, "ngô 1110")
        assert "ngô" in office.last(who).text.lower()


async def test_refused_newcomer_stays_a_stranger(office: Stage) -> None:
    await newcomer(office)
    await office.press("mai", "Không phải người này")
    await office.say("lan", "ngô 1110")
    assert "chưa đăng ký" in office.last("lan").text


async def test_code_that_was_taken_back_is_worth_nothing(office: Stage) -> None:
    await office.say("mai", "MỜI Đoàn Thanh niên")
    code = office.last("mai").text.splitlines()[1]
    await office.say("mai", "THU MÃ Đoàn Thanh niên")
    assert "1 mã chưa dùng đã được thu" in office.last("mai").text
    await office.send("ai", "start", text=code)
    assert "Mã này chưa dùng được" in office.last("ai").text


async def test_list_of_people_names_departments_without_anybody(office: Stage) -> None:
    await office.say("mai", "DANH BẠ")
    told = office.last("mai").text
    assert "Phòng Kinh tế: đ/c Hùng" in told
    assert "Đoàn Thanh niên: chưa có người" in told


async def test_form_of_address_is_changed_by_a_word_or_a_button(office: Stage) -> None:
    await office.say("dung", "XƯNG HÔ chị")
    assert "“chị”" in office.last("dung").text
    await office.say("dung", "còn thiếu")
    await office.at("2026-06-04 16:00")
    assert "chị Dung" in office.last("dung").text
    await office.say("hung", "xưng hô")
    await office.press("hung", "Bác")
    assert "“bác”" in office.last("hung").text
