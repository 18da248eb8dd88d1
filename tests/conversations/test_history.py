"""An indicator's weeks in a private chat and in the group; the group reads what was posted and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage

GROUP = "-100"


async def posted(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132, giải ngân 1.000/21.070 triệu đồng")
    await stage.at("2026-06-05 15:00")
    await stage.say("mai", "trình duyệt")
    await stage.press("thang", "Duyệt bản 1")


async def ask(stage: Stage, text: str) -> str:
    stage.lines.append(f"> (nhóm): {text}")
    before = len(stage.channel.to(GROUP))
    await stage.send(GROUP, "text", text=text, chat_kind="group", sender="ai-do")
    return "\n".join(s.text for s in stage.channel.to(GROUP)[before:])


async def test_group_reads_an_indicator_only_as_it_was_posted(office: Stage, golden: Callable[[Stage], None]) -> None:
    await office.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132, giải ngân 1.000/21.070 triệu đồng")
    asked = await ask(office, "giải ngân")
    assert "1.000" not in asked
    assert "Chưa có báo cáo nào được đăng" in asked

    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")
    asked = await ask(office, "giải ngân")
    assert "Tuần 23: 1.000, đạt 4,75%" in asked
    assert "Nguồn: Phòng Kinh tế, báo cáo tuần 23, bản 1." in asked

    await office.at("2026-06-06 09:00")
    await office.say("hung", "lúa mùa 560 mới đúng")
    asked = await ask(office, "lúa mùa")
    assert "549" in asked
    assert "560" not in asked
    golden(office)


async def test_office_and_leader_read_an_indicator_with_plan_weeks_and_source(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    for who in ("mai", "thang"):
        await office.say(who, "SỐ LIỆU lúa mùa")
        told = office.last(who).text
        assert "Kế hoạch năm 2026: 650" in told
        assert "Tuần 23: 549, đạt 84,46%" in told
        assert "Tuần 22: 530" in told
        assert "Tuần này tăng" in told
        assert "Nguồn: Phòng Kinh tế" in told


async def test_respondent_reads_no_history_of_another_department(office: Stage) -> None:
    await office.say("hung", "giải ngân 1.000/21.070 triệu đồng")
    await office.say("giang", "SỐ LIỆU giải ngân")
    assert "1.000" not in office.last("giang").text


async def test_words_that_fit_several_indicators_are_asked_about_and_a_press_answers(office: Stage) -> None:
    await office.say("mai", "SỐ LIỆU trích lục")
    said = office.last("mai")
    if "là chỉ tiêu nào" in said.text:
        await office.press("mai", said.labels[0])
    assert "Nguồn: Phòng Kinh tế" in office.last("mai").text


async def test_unknown_indicator_is_told_with_the_nearest(office: Stage) -> None:
    await office.say("mai", "SỐ LIỆU giải ngan cong")
    await office.say("mai", "SỐ LIỆU tàu vũ trụ")
    assert "Chưa tìm thấy chỉ tiêu" in office.last("mai").text


async def test_source_of_a_figure_is_the_message_the_person_and_what_it_replaced(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.say("hung", "nhầm, lúa mùa 560")
    await office.say("mai", "NGUỒN lúa mùa")
    told = office.last("mai").text
    assert "Tuần 23: 560 ha." in told
    assert "Người báo: đồng chí Hùng" in told
    assert "Tin: “nhầm, lúa mùa 560”." in told
    assert "• 549, đồng chí Hùng" in told
    await office.say("thang", "nguồn lúa mùa")
    assert "560 ha" in office.last("thang").text
    await office.say("mai", "/nguon lúa mùa tuần 22")
    assert "Số đầu kỳ" in office.last("mai").text
    await office.say("mai", "nguồn giải ngân")
    assert "chưa có ai báo số này" in office.last("mai").text
    golden(office)


async def test_respondent_sees_the_source_of_the_own_figures_only(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.say("hung", "nguồn lúa mùa")
    assert "549 ha" in office.last("hung").text
    await office.say("giang", "nguồn lúa mùa")
    assert "549" not in office.last("giang").text
    assert "Hùng" not in office.last("giang").text


async def test_words_that_begin_with_source_and_tell_a_figure_are_content(office: Stage) -> None:
    await office.say("hung", "nguồn thu ngân sách 13 triệu")
    assert "Nguồn số liệu" not in office.last("hung").text
