"""After approval nothing is changed silently: late parts and corrections become a new issue, or wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts import ReportState
from storage import events, reports
from tests.conversations.conftest import PEOPLE
from tests.stage import SETTINGS, staged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stage import Stage

WEEK = "2026-W23"
GROUP = "-100"


async def approved(stage: Stage) -> None:
    """The economic section's crops, everything else missing, approved and posted on Friday."""
    await stage.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132")
    await stage.at("2026-06-05 15:00")
    await stage.say("mai", "trình duyệt")
    await stage.press("thang", "Duyệt bản 1")


async def states(stage: Stage) -> list[tuple[int, ReportState]]:
    async with stage.app.kit.db.reading() as rx:
        return [(i.version, i.state) for i in await reports.of_period(rx, WEEK)]


async def test_late_part_is_posted_as_a_second_issue(office: Stage, golden: Callable[[Stage], None]) -> None:
    await approved(office)
    await office.at("2026-06-06 08:10")
    await office.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    assert await states(office) == [(1, ReportState.POSTED)]

    await office.press("mai", "Xem")
    await office.press("mai", "Lập bản 2")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 2")

    assert await states(office) == [(1, ReportState.SUPERSEDED), (2, ReportState.POSTED)]
    post = office.last(GROUP).text
    assert "bản 2, thay bản 1" in post
    assert "Hội CCB (buổi sinh hoạt 2" in post
    assert "bản 2" in office.last("giang").text
    golden(office)


async def test_correction_after_approval_is_posted_with_old_and_new(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await approved(office)
    await office.at("2026-06-06 09:00")
    await office.say("hung", "lúa mùa 560 mới đúng")
    await office.press("mai", "Lập bản 2")
    await office.say("mai", "trình duyệt")
    assert "549 → 560 ha" in office.last("thang").text
    await office.press("thang", "Duyệt bản 2")

    assert "Sửa: Diện tích lúa mùa 549 → 560 ha, 86,15%" in office.last(GROUP).text
    assert len([s for s in office.channel.to(GROUP) if s.message.attachment is not None]) == 2
    golden(office)


async def test_late_part_may_wait_for_the_next_period(office: Stage) -> None:
    await approved(office)
    await office.at("2026-06-06 08:10")
    await office.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    await office.press("mai", "Để kỳ sau")

    assert "kỳ sau" in office.last("giang").text
    assert await states(office) == [(1, ReportState.POSTED)]


async def test_press_on_a_replaced_version_approves_nothing_and_says_what_changed(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132")
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    old = office.last("thang")
    await office.say("hung", "nhầm, lúa mùa 560")
    await office.say("mai", "trình duyệt")
    await office.send("thang", "pressed", token=old.token("Duyệt bản 1"))

    assert "549 → 560 ha" in office.last("thang").text
    assert "Bản 2 thay bản 1" in office.last("thang").text
    assert await states(office) == [(1, ReportState.SUBMITTED), (2, ReportState.SUBMITTED)]


async def test_approval_pressed_after_the_version_was_returned_approves_nothing(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132")
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    old = office.last("thang")
    await office.press("thang", "Trả lại")
    await office.send("thang", "pressed", token=old.token("Duyệt bản 1"))

    assert await states(office) == [(1, ReportState.RETURNED)]


async def test_leaders_button_pressed_by_another_person_or_in_another_chat_approves_nothing(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132")
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    token = office.last("thang").token("Duyệt bản 1")
    for chat in ("hung", "mai", GROUP):
        await office.send(chat, "pressed", token=token)
    await office.say("hung", "DUYỆT")
    await office.say("mai", "DUYỆT")

    assert await states(office) == [(1, ReportState.SUBMITTED)]


async def test_opened_again_with_a_reason_the_old_issue_stays_until_the_new_one_is_posted(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await approved(office)
    await office.at("2026-06-06 08:00")
    await office.say("mai", "MỞ LẠI")
    assert "lý do" in office.last("mai").text
    await office.say("mai", "MỞ LẠI: bổ sung số liệu nông nghiệp")
    assert await states(office) == [(1, ReportState.POSTED), (2, ReportState.DRAFT)]
    await office.say("hung", "nhầm, lúa mùa 560")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 3")

    versions = await states(office)
    assert versions[0] == (1, ReportState.SUPERSEDED)
    assert versions[-1][1] is ReportState.POSTED
    assert "thay bản 1" in office.last(GROUP).text
    async with office.app.kit.db.reading() as rx:
        logged = [e for e in await events.of_period(rx, WEEK) if e.what == "reopened"]
    assert [e.why for e in logged] == ["bổ sung số liệu nông nghiệp"]
    golden(office)


async def test_nobody_but_the_secretary_opens_a_report_again(office: Stage) -> None:
    await approved(office)
    for who in ("hung", "thang"):
        await office.say(who, "MỞ LẠI: tôi muốn thế")

    assert await states(office) == [(1, ReportState.POSTED)]


async def test_what_came_between_the_draft_and_its_approval_is_told_to_the_office(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132")
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    await office.say("hung", "nhầm, lúa mùa 560")
    await office.press("thang", "Duyệt bản 1")

    assert "549/650" in office.last(GROUP).text
    late = [s for s in office.channel.to("mai") if "Phần gửi sau hạn · Phòng Kinh tế" in s.text]
    assert len(late) == 1
    await office.press("mai", "Lập bản 2")
    assert await states(office) == [(1, ReportState.POSTED), (2, ReportState.DRAFT)]


async def test_new_issue_goes_to_the_leader_on_her_word_even_where_the_first_goes_by_itself(tmp_path: Path) -> None:
    stage = await staged(tmp_path, SETTINGS.replace("post =", 'submit = "1h"\npost ='))
    for who, name, unit, role in PEOPLE:
        await stage.enrol(who, name, unit=unit, role=role)
    await stage.link_group(GROUP, "Lãnh đạo xã")
    await stage.at("2026-06-04 08:00")
    await stage.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132")
    await stage.at("2026-06-05 15:00")
    await stage.at("2026-06-05 16:00")
    await stage.press("thang", "Duyệt bản 1")
    await stage.at("2026-06-06 08:00")
    await stage.say("hung", "lúa mùa 560 mới đúng")
    await stage.press("mai", "Lập bản 2")
    await stage.at("2026-06-06 08:10")
    found = await states(stage)
    await stage.close()

    assert found == [(1, ReportState.POSTED), (2, ReportState.DRAFT)]


async def test_words_that_came_between_the_draft_and_its_approval_are_told_to_the_office(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132")
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    await office.say("hung", "Nông thôn mới: Đã rà soát 19 tiêu chí, vận động Nhân dân làm đường ngõ xóm.")
    await office.press("thang", "Duyệt bản 1")
    late = [s.text for s in office.channel.to("mai") if "Bổ sung thế nào?" in s.text]
    assert len(late) == 1
    assert "Phòng Kinh tế" in late[0]
    assert "Nội dung, nhận lúc" in late[0]


async def test_late_words_alone_are_issued_again_with_their_place(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await approved(office)
    await office.at("2026-06-06 08:10")
    await office.say("hung", "Phòng chống thiên tai: tiếp tục trực ban 24/24 giờ, chưa có thiệt hại.")
    assert "Nội dung, nhận lúc 8:10 thứ Bảy, 06/6" in office.last("mai").text
    await office.press("mai", "Lập bản 2")
    await office.say("mai", "trình duyệt")
    assert "Nội dung: Phòng Kinh tế (Phòng chống thiên tai)" in office.last("thang").text
    await office.press("thang", "Duyệt bản 2")
    assert "Nội dung mới: Phòng Kinh tế (Phòng chống thiên tai)" in office.last(GROUP).text
    assert "Đã đưa vào báo cáo tuần 23, bản 2" in office.last("hung").text
    golden(office)


async def test_department_that_sent_words_only_counts_as_heard_everywhere(office: Stage) -> None:
    await approved(office)
    await office.say("giang", "Hội đã tổ chức sinh hoạt chi hội, tuyên truyền phòng chống thiên tai.")
    await office.press("mai", "Lập bản 2")
    assert "Đã có 2/16 đơn vị" in office.last("mai").text
    await office.say("mai", "trình duyệt")
    assert "Đã có 2/16 đơn vị" in office.last("thang").text
    await office.press("thang", "Duyệt bản 2")
    assert "Đã có 2/16 đơn vị" in office.last(GROUP).text


async def test_a_posted_report_is_never_put_before_the_leader_again(office: Stage) -> None:
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")

    await office.say("mai", "trình duyệt")
    assert "Đã đăng nhóm" in office.last("mai").text
    await office.say("thang", "duyệt")
    assert office.last("thang").text.startswith("Không có bản chờ duyệt")
    await office.say("mai", "đăng nhóm")
    assert "Đã đăng nhóm" in office.last("mai").text

    async with office.app.kit.db.reading() as rx:
        issue = await reports.latest(rx, "2026-W23")
    assert issue is not None
    assert issue.state is ReportState.POSTED


async def test_a_preview_does_not_say_that_anybody_approved(office: Stage) -> None:
    await office.say("mai", "tóm tắt")

    assert "chưa duyệt" in office.last("mai").text


async def test_a_leader_reads_the_draft_without_the_offices_buttons(office: Stage) -> None:
    await office.say("thang", "bản thảo")

    assert "Kính gửi đồng chí Thắng" in office.last("thang").text
    assert office.last("thang").labels == ["Tóm tắt"]
