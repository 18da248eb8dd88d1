"""The form changed from the chat: added, renamed, no longer asked; posted issues stay what they are, byte for byte."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.reports.serialise import from_text, to_text
from storage import attachments, events, figures, meta, reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage

WEEK = "2026-W23"


async def posted(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650, gia súc 11468")
    await stage.at("2026-06-05 15:00")
    await stage.say("mai", "trình duyệt")
    await stage.press("thang", "Duyệt bản 1")


async def added_value(stage: Stage, period: str) -> Decimal | None:
    async with stage.app.kit.db.reading() as rx:
        found = await figures.current(rx, period)
    return next((f.value for i, f in found.items() if i.startswith("added_")), None)


async def test_indicator_is_added_asked_read_and_printed(office: Stage, golden: Callable[[Stage], None]) -> None:
    office.lines.clear()
    await office.say("mai", "THÊM CHỈ TIÊU diện tích chè trồng mới, đơn vị ha, mục 1.1.a")
    await office.press("mai", "Hiện có")
    assert "Phòng Kinh tế được hỏi số diện tích chè trồng mới" in office.last("mai").text
    await office.say("hung", "diện tích chè trồng mới 12,5")
    assert "chè trồng mới: 12,5 ha" in office.last("hung").text.replace("Diện tích c", "c").replace("diện tích c", "c")
    assert await added_value(office, WEEK) == Decimal("12.5")
    await office.say("mai", "SỐ LIỆU diện tích chè trồng mới")
    assert "12,5" in office.last("mai").text
    await office.say("mai", "bản thảo")
    async with office.app.kit.db.reading() as rx:
        issue = await reports.latest(rx, WEEK)
        assert issue is not None
        content = await reports.content(rx, issue.id or 0)
    assert content is not None
    printed = " ".join(p.text for b in from_text(content.model).blocks for p in b.paragraphs)
    assert "chè trồng mới: 12,5 ha" in printed
    golden(office)


async def test_change_counts_only_after_it_is_confirmed_and_survives_a_restart(office: Stage) -> None:
    await office.say("mai", "ĐỔI TÊN lúa mùa thành lúa vụ mùa")
    assert office.app.kit.form.indicators["rice_area_done_ha"].short == "lúa mùa"
    await office.press("mai", "Ghi")
    assert office.app.kit.form.indicators["rice_area_done_ha"].short == "lúa vụ mùa"
    await office.restart()
    assert office.app.kit.form.indicators["rice_area_done_ha"].short == "lúa vụ mùa"
    assert office.app.kit.form.version.endswith("+1")
    await office.say("hung", "lúa mùa 549")
    assert "Lúa vụ mùa: 549/650 ha" in office.last("hung").text, "the old name is still understood"


async def test_indicator_that_is_no_longer_asked_is_still_read(office: Stage) -> None:
    assert "gia súc" in office.last("hung").text
    await office.say("mai", "NGỪNG HỎI gia súc")
    await office.press("mai", "Ghi")
    await office.say("hung", "danh sách")
    assert "gia súc" not in office.last("hung").text.casefold()
    await office.say("mai", "HỎI LẠI gia súc")
    await office.press("mai", "Ghi")
    await office.say("hung", "danh sách")
    assert "gia súc" in office.last("hung").text.casefold()
    await office.say("mai", "NGỪNG HỎI gia súc")
    await office.press("mai", "Ghi")
    await office.say("hung", "gia súc 11488")
    assert "11.488" in office.last("hung").text


async def test_posted_issue_is_the_same_byte_for_byte_after_the_form_changed(office: Stage) -> None:
    await posted(office)
    async with office.app.kit.db.reading() as rx:
        issue = await reports.latest(rx, WEEK)
        assert issue is not None
        before = await reports.content(rx, issue.id or 0)
        assert before is not None
        docx = await attachments.find(rx, before.docx_hash or "")
    for said in ("ĐỔI TÊN lúa mùa thành lúa vụ mùa", "NGỪNG HỎI gia súc"):
        await office.say("mai", said)
        await office.press("mai", "Ghi")
    await office.restart()
    async with office.app.kit.db.reading() as rx:
        after = await reports.content(rx, issue.id or 0)
    assert after == before
    assert docx is not None
    assert to_text(from_text(before.model)) == before.model
    assert office.app.kit.print_word(from_text(before.model)) == docx.content


async def test_every_version_of_the_form_is_kept_with_who_changed_it_and_why(office: Stage) -> None:
    message = await office.say("mai", "NGỪNG HỎI gia súc, lý do đã giao cho thống kê")
    await office.press("mai", "Ghi")
    async with office.app.kit.db.reading() as rx:
        files = await meta.all_of(rx, "form.files.at:")
        changes = await events.of_kind(rx, "form_")
        assert [await attachments.find(rx, kept) is not None for kept in files.values()] == [True]
    assert [(e.what, e.why, e.person_id is not None) for e in changes] == [
        ("form_retire", "đã giao cho thống kê", True)
    ]
    assert message


async def test_slips_are_told_with_right_examples_and_change_nothing(office: Stage) -> None:
    before = office.app.kit.form
    for said, told in (
        ("THÊM CHỈ TIÊU", "cần ghi rõ"),
        ("THÊM CHỈ TIÊU hộ có nước sạch", "THÊM CHỈ TIÊU hộ có nước sạch, đơn vị hộ, kế hoạch 450, mục 2.3.a"),
        ("THÊM CHỈ TIÊU hộ có nước sạch, đơn vị hộ, mục 9.9", "Chưa tìm thấy mục này"),
        ("THÊM CHỈ TIÊU lúa mùa, đơn vị ha, mục 1.1.a", "đã dùng cho chỉ tiêu “lúa mùa”"),
        ("THÊM CHỈ TIÊU {{ kit }}, đơn vị ha, mục 1.1.a", "chỉ gồm chữ, số và dấu cách"),
        ("THÊM CHỈ TIÊU số hộ đồng bào dân tộc thiểu số thoát nghèo, đơn vị hộ, mục 2.3.a", "nhiều nhất 28 chữ"),
        ("ĐỔI TÊN lúa mùa", "ĐỔI TÊN lúa mùa thành lúa vụ mùa"),
        ("ĐỔI TÊN lúa mùa thành ngô", "đã dùng cho chỉ tiêu “ngô”"),
        ("HỎI LẠI gia súc", "vẫn đang được hỏi"),
    ):
        await office.say("mai", said)
        assert told in office.last("mai").text, said
    await office.say("mai", "NGỪNG HỎI gia súc")
    await office.press("mai", "Thôi")
    assert office.app.kit.form == before


async def test_nobody_but_the_office_changes_the_form(office: Stage) -> None:
    await office.say("mai", "NGỪNG HỎI gia súc")
    token = office.last("mai").token("Ghi")
    for who in ("hung", "thang"):
        await office.say(who, "ĐỔI TÊN lúa mùa thành lúa vụ mùa")
        await office.send(who, "pressed", token=token, sender=who)
    async with office.app.kit.db.reading() as rx:
        assert await events.of_kind(rx, "form_") == []


async def test_form_of_a_trial_round_stays_in_the_trial(office: Stage) -> None:
    await posted(office)
    await office.at("2026-06-06 09:00")
    await office.say("mai", "CHẠY THỬ")
    await office.say("mai", "NGỪNG HỎI gia súc")
    await office.press("mai", "Ghi")
    assert "[Chạy thử]" in office.last("mai").text
    async with office.app.kit.db.reading() as rx:
        assert await events.of_kind(rx, "form_") == []


async def test_indicator_with_a_plan_is_asked_and_printed_with_its_share(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    office.lines.clear()
    await office.say("mai", "THÊM CHỈ TIÊU diện tích chè trồng mới, đơn vị ha, kế hoạch 50, mục 1.1.a")
    await office.press("mai", "Lũy kế")
    await office.say("hung", "diện tích chè trồng mới 12,5")
    assert "12,5/50 ha, 25%" in office.last("hung").text
    await office.say("hung", "diện tích chè trồng mới 20 ha, đạt 45%")
    assert "40%" in office.last("hung").text, "a wrong share is asked like the form's own"
    await office.press("hung", "Giữ")
    await office.say("mai", "KẾ HOẠCH diện tích chè trồng mới 40")
    await office.press("mai", "Ghi")
    await office.say("mai", "bản thảo")
    async with office.app.kit.db.reading() as rx:
        issue = await reports.latest(rx, WEEK)
        assert issue is not None
        content = await reports.content(rx, issue.id or 0)
        made = [e for e in await events.of_period(rx, WEEK) if e.what == "issue_made"]
    assert content is not None
    printed = " ".join(p.text for b in from_text(content.model).blocks for p in b.paragraphs)
    assert "Diện tích chè trồng mới: 20/40 ha, 50%." in printed
    assert made[-1].new == office.app.kit.form.version
    assert made[-1].new.endswith("+1")
    golden(office)


async def test_a_plan_in_another_unit_or_without_a_number_is_asked_back(office: Stage) -> None:
    await office.say("mai", "THÊM CHỈ TIÊU chè trồng mới, đơn vị ha, kế hoạch 50 tấn, mục 1.1.a")
    assert "Chưa đọc được số kế hoạch" in office.last("mai").text
    await office.say("mai", "THÊM CHỈ TIÊU chè trồng mới, kế hoạch 50 ha, mục 1.1.a")
    assert "đơn vị tính: ha, kế hoạch: 50" in office.last("mai").text
