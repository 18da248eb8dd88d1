"""Approving, locking, opening again: what people try by mistake or on purpose, and what must not come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.facts import ReportState
from storage import codes, figures, reports

if TYPE_CHECKING:
    from tests.stage import Stage

WEEK = "2026-W23"
GROUP = "-100"
DISBURSED = "public_investment_disbursed"


async def submitted(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132")
    await stage.at("2026-06-05 15:00")
    await stage.say("mai", "trình duyệt")


async def states(stage: Stage) -> list[tuple[int, ReportState]]:
    async with stage.app.kit.db.reading() as rx:
        return [(i.version, i.state) for i in await reports.of_period(rx, WEEK)]


async def value(stage: Stage, indicator: str) -> str:
    async with stage.app.kit.db.reading() as rx:
        return str((await figures.current(rx, WEEK))[indicator].value)


def posts(stage: Stage) -> int:
    return len(stage.channel.to(GROUP))


async def test_approval_pressed_twice_approves_and_posts_once(office: Stage) -> None:
    await submitted(office)
    request = office.last("thang")
    token = request.token("Duyệt bản 1")
    await office.send("thang", "pressed", token=token)
    await office.send("thang", "pressed", token=token)
    assert await states(office) == [(1, ReportState.POSTED)]
    assert posts(office) == 1
    async with office.app.kit.db.reading() as rx:
        row = await rx.one("SELECT count(*) AS n FROM events WHERE what = 'approved'")
    assert row is not None
    assert row["n"] == 1


async def test_two_leaders_pressing_at_once_approve_once_by_the_first(office: Stage) -> None:
    await office.enrol("toan", "Hoàng Văn Toàn", unit="van-phong", role="leader")
    await submitted(office)
    first, second = office.last("thang").token("Duyệt bản 1"), office.last("toan").token("Duyệt bản 1")
    await office.send_at_once("thang", {"kind": "pressed", "token": first})
    await office.send("toan", "pressed", token=second)
    assert await states(office) == [(1, ReportState.POSTED)]
    assert posts(office) == 1
    assert "đồng chí Thắng duyệt" in office.last(GROUP).text
    assert "Bản 1" in office.last("toan").text


async def test_leader_returning_what_another_leader_approved_changes_nothing(office: Stage) -> None:
    await office.enrol("toan", "Hoàng Văn Toàn", unit="van-phong", role="leader")
    await submitted(office)
    await office.press("thang", "Duyệt bản 1")
    await office.press("toan", "Trả lại")
    assert await states(office) == [(1, ReportState.POSTED)]


async def test_leader_approving_what_another_leader_returned_approves_nothing(office: Stage) -> None:
    await office.enrol("toan", "Hoàng Văn Toàn", unit="van-phong", role="leader")
    await submitted(office)
    await office.say("thang", "trả lại: bổ sung nguyên nhân giải ngân thấp")
    await office.press("toan", "Duyệt bản 1")
    assert await states(office) == [(1, ReportState.RETURNED)]
    assert posts(office) == 0


async def test_typed_approval_of_an_older_version_approves_nothing(office: Stage) -> None:
    await submitted(office)
    await office.say("hung", "nhầm, lúa mùa 560")
    await office.say("mai", "trình duyệt")
    await office.say("thang", "duyệt bản 1")
    assert ReportState.APPROVED not in {state for _, state in await states(office)}
    assert posts(office) == 0
    assert "Bản 2" in office.last("thang").text


async def test_leader_who_lost_the_post_approves_nothing(office: Stage) -> None:
    await submitted(office)
    async with office.app.kit.db.transaction() as tx:
        await tx.execute("UPDATE posts SET until = :now WHERE role = 'leader'", {"now": office.clock})
    await office.press("thang", "Duyệt bản 1")
    await office.say("thang", "duyệt")
    assert await states(office) == [(1, ReportState.SUBMITTED)]


async def test_correction_between_approval_and_post_is_not_in_the_posted_file(office: Stage) -> None:
    await submitted(office)
    await office.press("thang", "Duyệt bản 1")
    await office.say("hung", "lúa mùa 560 mới đúng")
    async with office.app.kit.db.reading() as rx:
        issue = await reports.by_version(rx, WEEK, 1)
        assert issue is not None
        assert issue.id is not None
        content = await reports.content(rx, issue.id)
    assert content is not None
    assert "549" in content.model
    assert "560" not in content.model
    assert "Bổ sung thế nào?" in office.last("mai").text


async def test_answer_to_a_question_pressed_after_approval_goes_to_the_office(office: Stage) -> None:
    await submitted_with_a_question(office)
    await office.press("thang", "Duyệt bản 1")
    await office.press("hung", "Triệu đồng")
    assert "Báo cáo tuần 23" in office.last("hung").text
    assert any("Bổ sung thế nào?" in s.text for s in office.channel.to("mai"))


async def submitted_with_a_question(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650, ngô 1110, giải ngân 1.000/21.070 tỷ đồng")
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")


async def test_word_that_stores_figures_after_approval_goes_to_the_office(office: Stage) -> None:
    await submitted(office)
    await office.press("thang", "Duyệt bản 1")
    await office.say("giang", "không phát sinh")
    assert any("Hội CCB" in s.text and "Bổ sung thế nào?" in s.text for s in office.channel.to("mai"))
    await office.say("hung", "BỎ lúa mùa")
    assert any("Phòng Kinh tế" in s.text and "Bổ sung thế nào?" in s.text for s in office.channel.to("mai"))


async def test_button_of_a_question_that_was_answered_by_typing_changes_nothing(office: Stage) -> None:
    await office.say("hung", "giải ngân 1.000/21.070 tỷ đồng")
    question = office.last("hung")
    token = question.token("Triệu đồng")
    await office.say("hung", "giải ngân 1.200 triệu đồng")
    await office.send("hung", "pressed", token=token)
    assert await value(office, DISBURSED) == "1200"
    assert "không còn hiệu lực" in office.last("hung").text


async def test_second_button_of_a_choice_that_was_made_changes_nothing(office: Stage) -> None:
    await office.say("hung", "giải ngân 1.000/21.070 tỷ đồng")
    question = office.last("hung")
    first, other = question.message.buttons[0][0][0], question.message.buttons[-1][-1][0]
    await office.send("hung", "pressed", token=first)
    before = await value(office, DISBURSED)
    await office.send("hung", "pressed", token=other)
    assert await value(office, DISBURSED) == before


async def test_opened_again_after_the_post_nothing_is_posted_before_a_new_approval(office: Stage) -> None:
    await submitted(office)
    token = office.last("thang").token("Duyệt bản 1")
    await office.press("thang", "Duyệt bản 1")
    await office.say("mai", "MỞ LẠI: bổ sung phần Hội CCB")
    await office.send("thang", "pressed", token=token)
    assert posts(office) == 1
    assert (await states(office))[0] == (1, ReportState.POSTED)
    await office.say("mai", "đăng nhóm")
    assert posts(office) == 1


@pytest.mark.parametrize("words", ["duyệt", "Duyệt bản 1", "1", "đồng ý", "trả lại: làm lại"])
async def test_somebodys_word_that_a_leader_forwards_decides_nothing(office: Stage, words: str) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.say("mai", "trình duyệt")
    await office.say("thang", words, forwarded=True)
    async with office.app.kit.db.reading() as rx:
        issue = await reports.latest(rx, "2026-W23")
    assert issue is not None
    assert issue.state is ReportState.SUBMITTED
    await office.say("thang", "duyệt")
    assert "được duyệt" in office.last("thang").text


@pytest.mark.parametrize("words", ["không phát sinh", "như tuần trước", "từng câu", "xong", "xin chào", "bỏ đơn thư"])
async def test_a_leader_has_no_part_of_the_report_to_fill(office: Stage, words: str) -> None:
    before = await figures_of(office)
    await office.say("thang", words)
    assert office.last("thang").text.startswith("Các việc lãnh đạo thường dùng")
    assert await figures_of(office) == before


async def test_a_leaders_edit_stores_no_figure(office: Stage) -> None:
    before = await figures_of(office)
    sent = await office.say("thang", "đơn thư")
    await office.edit("thang", sent, "đơn thư phát sinh 2, hội nghị thường trực 3")
    assert await figures_of(office) == before


async def figures_of(stage: Stage) -> set[str]:
    async with stage.app.kit.db.reading() as rx:
        return set(await figures.current(rx, WEEK))


async def test_a_word_of_the_office_that_is_forwarded_is_not_carried_out(office: Stage) -> None:
    before = len(office.channel.to("giang"))
    for words in ("MIỄN CCB: bận", "nhắc ccb", "đăng nhóm"):
        await office.say("mai", words, forwarded=True)
    assert len(office.channel.to("giang")) == before


async def test_leaders_code_forwarded_into_a_group_makes_no_leader_of_it(office: Stage) -> None:
    await office.say("mai", "MỜI Phòng Kinh tế")
    code = office.last("mai").text.splitlines()[1]
    await office.say(GROUP, code, chat_kind="group", sender="ke-la")
    async with office.app.kit.db.reading() as rx:
        row = await rx.one("SELECT count(*) AS n FROM addresses WHERE chat_id IN ('-100', 'ke-la')")
        assert row is not None
        assert row["n"] == 0
        still = await codes.open_codes(rx, office.clock)
    assert len(still) <= 1
    await office.say("ke-la", code)
    async with office.app.kit.db.reading() as rx:
        known = await rx.one("SELECT count(*) AS n FROM people_in_posts WHERE chat_id = 'ke-la' AND role = 'leader'")
    assert known is not None
    assert known["n"] == 0


async def test_hash_that_was_forged_into_a_button_approves_nothing(office: Stage) -> None:
    await submitted(office)
    async with office.app.kit.db.transaction() as tx:
        await tx.execute("UPDATE issues SET digest = 'another' WHERE period = :week", {"week": WEEK})
    await office.press("thang", "Duyệt bản 1")
    assert ReportState.APPROVED not in {state for _, state in await states(office)}
    assert posts(office) == 0
