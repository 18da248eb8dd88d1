"""Whole weeks, written down: a promise kept, two people of one unit, the wrong section, an outage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage

WEEK = "2026-W23"


async def values(stage: Stage) -> dict[str, str]:
    async with stage.app.kit.db.reading() as rx:
        current = await figures.current(rx, WEEK)
    return {name: str(f.value) for name, f in current.items() if f.value is not None}


async def test_promise_is_kept_and_nobody_is_reminded_meanwhile(office: Stage, golden: Callable[[Stage], None]) -> None:
    await office.say("giang", "mai em gửi nhé")
    assert "thứ Sáu, 05/6" in office.last("giang").text
    told = len(office.channel.to("giang"))
    await office.at("2026-06-04 16:00")
    await office.at("2026-06-05 08:00")
    assert len(office.channel.to("giang")) == told
    await office.at("2026-06-05 09:00")
    await office.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    await office.say("giang", "xong")
    assert "trong hạn" in office.last("giang").text
    told = len(office.channel.to("giang"))
    await office.at("2026-06-05 14:00")
    assert len(office.channel.to("giang")) == told
    golden(office)


async def test_two_people_of_one_unit_see_each_others_figures_and_the_last_word_counts(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.enrol("lan", "Hoàng Thị Lan", unit="phong-kinh-te", role="deputy")
    await office.say("hung", "lúa mùa 549/650, ngô 1110")
    await office.say("lan", "rau 86/132, nhầm rồi, lúa mùa 560 mới đúng")
    await office.say("hung", "xem")
    shown = office.last("hung").text
    assert "560" in shown
    assert "86" in shown
    assert "đồng chí Hùng, 8:00" in shown
    assert "đồng chí Lan, 8:00" in shown
    found = await values(office)
    assert (found["rice_area_done_ha"], found["vegetable_area_done_ha"]) == ("560", "86")
    golden(office)


async def test_figures_of_another_unit_are_not_stored_and_the_person_is_told(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.say("dung", "lúa mùa 549/650, ngô 1110")
    assert "không thuộc phần của Trạm Y tế" in office.last("dung").text
    assert await values(office) == {}
    await office.say("dung", "GẶP VĂN PHÒNG báo thay Phòng Kinh tế: lúa mùa 549, ngô 1110")
    assert "lúa mùa 549, ngô 1110" in office.last("mai").text
    golden(office)


async def test_outage_across_the_deadline(office: Stage, golden: Callable[[Stage], None]) -> None:
    await office.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132")
    await office.app.kit.db.close()
    office.note("mất điện từ 9:00 thứ Sáu đến 15:40")
    await office.restart()
    told = {who: len(office.channel.to(who)) for who in ("hung", "giang", "dung")}
    await office.at("2026-06-05 15:40")
    for who, before in told.items():
        late = [s.text for s in office.channel.to(who)[before:]]
        assert not any("Nhắc báo cáo" in text or "đến hạn" in text for text in late), who
        assert len(late) <= 1
    assert sum("Dự thảo báo cáo tuần 23" in s.text for s in office.channel.to("mai")) == 1
    await office.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên", sent_at="2026-06-05T14:20:00+07:00")
    await office.say("giang", "xong", sent_at="2026-06-05T14:21:00+07:00")
    assert "trong hạn" in office.last("giang").text
    await office.restart()
    await office.at("2026-06-05 15:45")
    assert sum("Dự thảo báo cáo tuần 23" in s.text for s in office.channel.to("mai")) == 1
    golden(office)
