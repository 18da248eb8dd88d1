"""Words that a button asked for follow in the next message; a command in between stays a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.stage import Stage


async def test_other_hour_for_an_extension_is_typed_alone(office: Stage) -> None:
    await office.at("2026-06-05 14:00")
    await office.say("giang", "xin gia hạn đến 16h, đang ở thôn")
    await office.press("mai", "Giờ khác")
    await office.say("mai", "BẢNG")
    assert "Tình hình nộp" in office.last("mai").text
    await office.say("mai", "16 giờ 30")
    assert "16 giờ 30 thứ Sáu, 05/6" in office.last("giang").text


async def test_reason_of_a_waiver_is_typed_alone(office: Stage) -> None:
    await office.say("mai", "MIỄN CCB")
    await office.say("mai", "Hội đi dự đại hội cấp trên cả tuần")
    assert "“Hội đi dự đại hội cấp trên cả tuần”" in office.last("giang").text


async def test_number_stands_with_a_reason_typed_alone_and_kept(office: Stage) -> None:
    await office.say("sang", "nhận 68, giải quyết 45, đang giải quyết 22, trong hạn 20, quá hạn 2")
    await office.say("mai", "KIỂM TRA 1")
    await office.press("mai", "Giữ, ghi lý do")
    await office.say("mai", "có 1 hồ sơ công dân xin rút")
    assert "Lý do: “có 1 hồ sơ công dân xin rút”" in office.last("mai").text
    async with office.app.kit.db.reading() as rx:
        row = await rx.one("SELECT why FROM events WHERE what = 'check_kept'")
    assert row is not None
    assert row["why"] == "có 1 hồ sơ công dân xin rút"


async def test_reason_is_called_off_by_a_word(office: Stage) -> None:
    await office.say("mai", "MIỄN CCB")
    await office.say("mai", "thôi")
    await office.say("mai", "hội nghị Thường trực 2")
    assert "miễn" not in office.last("giang").text.lower()


async def test_leaders_words_after_the_press_reach_the_office(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Trả lại")
    assert "tin tiếp theo sẽ được chuyển" in office.last("thang").text
    await office.say("thang", "Bổ sung nguyên nhân giải ngân thấp.")
    assert "“Bổ sung nguyên nhân giải ngân thấp.”" in office.last("mai").text
    assert "“Bổ sung nguyên nhân giải ngân thấp.”" in office.last("thang").text


async def test_basis_of_a_plan_is_typed_alone(office: Stage) -> None:
    await office.say("mai", "KẾ HOẠCH lúa mùa 600, từ tuần 23")
    await office.press("mai", "Bổ sung căn cứ")
    await office.say("mai", "Quyết định 12/QĐ-UBND ngày 02/6")
    assert "650 → 600 ha" in office.last("mai").text
    assert "12/QĐ-UBND" in office.last("mai").text
    await office.press("mai", "Ghi")
    await office.say("hung", "lúa mùa 549")
    assert "549/600" in office.last("hung").text
