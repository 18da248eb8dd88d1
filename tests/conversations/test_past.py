"""A figure of an earlier week corrected: totals that follow travel with it, posted issues are marked and made anew."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.facts import Origin, ReportState
from storage import events, figures, reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage

GROUP = "-100"
FLOW, TOTAL = "cadastral_map_extract_week", "cadastral_map_extract_cumulative"


async def posted(stage: Stage, friday: str, version: int = 1) -> None:
    await stage.at(f"2026-06-{friday} 15:00")
    await stage.say("mai", "trình duyệt")
    await stage.press("thang", f"Duyệt bản {version}")


async def three_weeks(stage: Stage) -> None:
    """Weeks 23 and 24 are posted, week 25 is open; the total stood at 24 before."""
    await stage.say("hung", "trích lục 1")
    await posted(stage, "05")
    await stage.at("2026-06-11 08:00")
    await stage.say("hung", "trích lục 2")
    await posted(stage, "12")
    await stage.at("2026-06-18 08:00")


async def total(stage: Stage, period: str) -> Decimal | None:
    async with stage.app.kit.db.reading() as rx:
        found = (await figures.current(rx, period)).get(TOTAL)
    return found.value if found is not None else None


async def states(stage: Stage, period: str) -> list[tuple[int, ReportState]]:
    async with stage.app.kit.db.reading() as rx:
        return [(i.version, i.state) for i in await reports.of_period(rx, period)]


async def test_correction_of_an_old_week_travels_to_later_totals_and_its_report_is_made_anew(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await three_weeks(office)
    first, second = await total(office, "2026-W23"), await total(office, "2026-W24")
    assert first is not None
    assert second == first + 2
    office.lines.clear()

    await office.say("mai", "SỬA trích lục 4 tuần 23, lý do sót 3 hồ sơ")
    assert await total(office, "2026-W23") == first, "nothing is recorded before she confirms"
    await office.press("mai", "Ghi")
    assert (await total(office, "2026-W23"), await total(office, "2026-W24")) == (first + 3, second + 3)
    assert await states(office, "2026-W23") == [(1, ReportState.POSTED)]

    await office.press("mai", "Lập lại tuần 23")
    await office.press("mai", "Trình duyệt")
    await office.press("thang", "Duyệt bản 2")
    assert await states(office, "2026-W23") == [(1, ReportState.SUPERSEDED), (2, ReportState.POSTED)]
    assert "Báo cáo tuần 23 · bản 2, thay bản 1" in office.last(GROUP).text
    assert "1 → 4" in office.last(GROUP).text
    assert await states(office, "2026-W24") == [(1, ReportState.POSTED)]
    golden(office)


async def test_every_changed_value_says_who_when_why_and_by_which_message(office: Stage) -> None:
    await three_weeks(office)
    message = await office.say("mai", "SỬA trích lục 4 tuần 23, lý do sót 3 hồ sơ")
    await office.press("mai", "Ghi")
    async with office.app.kit.db.reading() as rx:
        for period, indicator in (("2026-W23", FLOW), ("2026-W23", TOTAL), ("2026-W24", TOTAL)):
            now = (await figures.versions(rx, indicator, period))[-1]
            trace = await figures.trace(rx, now.id or 0)
            assert trace is not None
            assert (trace.person_name, trace.message_id, trace.figure.reason) == ("Mai", message, "sót 3 hồ sơ")
            assert trace.amended, "the value before is kept"
        marks = [(e.subject, e.old, e.new) for e in await events.of_period(rx, "2026-W25") if e.what == "issue_touched"]
    assert marks == [("2026-W23/1", "1", "4"), ("2026-W24/1", "1", "4")]


async def test_total_that_was_stated_stays_and_the_difference_is_told(office: Stage) -> None:
    await office.say("hung", "trích lục 1")
    await posted(office, "05")
    await office.at("2026-06-11 08:00")
    await office.say("hung", "trích lục 2, lũy kế trích lục 27")
    await posted(office, "12")
    await office.at("2026-06-18 08:00")
    stated = await total(office, "2026-W24")
    await office.say("mai", "SỬA trích lục 4 tuần 23, lý do sót 3 hồ sơ")
    assert "số đơn vị báo giữ nguyên" in office.last("mai").text
    await office.press("mai", "Ghi")
    assert await total(office, "2026-W24") == stated


async def test_correction_is_dropped_with_one_word(office: Stage) -> None:
    await three_weeks(office)
    before = await total(office, "2026-W24")
    await office.say("mai", "SỬA trích lục 4 tuần trước, lý do sót hồ sơ")
    assert "Sửa số tuần 24" in office.last("mai").text
    await office.press("mai", "Thôi")
    assert await total(office, "2026-W24") == before


async def test_old_week_needs_a_reason_a_number_and_a_name(office: Stage) -> None:
    await three_weeks(office)
    for said, told in (
        ("SỬA trích lục 4 tuần 23", "Cần có lý do"),
        ("SỬA trích lục tuần 23, lý do sót", "Chưa đọc được số đúng"),
    ):
        await office.say("mai", said)
        assert told in office.last("mai").text
        assert "Ví dụ: SỬA trích lục 3 tuần 23, lý do sót 1 hồ sơ." in office.last("mai").text


async def test_figure_of_no_total_is_corrected_alone(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await posted(office, "05")
    await office.at("2026-06-11 08:00")
    await office.say("mai", "SỬA lúa mùa 560 tuần 23, lý do đo lại")
    assert "549 → 560 ha" in office.last("mai").text
    assert "Lũy kế" not in office.last("mai").text
    await office.press("mai", "Ghi")
    async with office.app.kit.db.reading() as rx:
        rice = (await figures.current(rx, "2026-W23"))["rice_area_done_ha"]
    assert (rice.value, rice.origin) == (560, Origin.OFFICE)
    assert "Văn phòng sửa số tuần 23" in office.last("hung").text


async def test_respondent_cannot_change_an_old_week(office: Stage) -> None:
    await three_weeks(office)
    before = await total(office, "2026-W23")
    await office.say("hung", "SỬA trích lục 4 tuần 23, lý do sót 3 hồ sơ")
    assert await total(office, "2026-W23") == before
    async with office.app.kit.db.reading() as rx:
        assert (await figures.current(rx, "2026-W23"))[FLOW].value == 1


async def test_old_report_is_opened_again_by_its_number(office: Stage) -> None:
    await three_weeks(office)
    await office.say("mai", "MỞ LẠI tuần 23: bổ sung phần Hội CCB")
    assert "tuần 23 · bản 2" in office.last("mai").text
    await office.say("mai", "TRÌNH DUYỆT tuần 23")
    await office.say("thang", "duyệt")
    assert await states(office, "2026-W23") == [(1, ReportState.SUPERSEDED), (2, ReportState.POSTED)]


async def test_totals_start_anew_with_the_year(office: Stage) -> None:
    await office.at("2026-12-31 08:00")
    await office.say("hung", "trích lục 3, lũy kế trích lục 40")
    await office.at("2027-01-01 15:00")
    assert await total(office, "2026-W53") == 40
    await office.at("2027-01-07 08:00")
    await office.say("hung", "trích lục 2")
    await office.press("hung", "2 trong tuần")
    await office.at("2027-01-08 15:00")
    assert await total(office, "2027-W01") == 2


async def test_touched_report_is_named_with_each_draft_until_it_is_made_anew(office: Stage) -> None:
    await three_weeks(office)
    await office.say("mai", "SỬA trích lục 4 tuần 23, lý do sót 3 hồ sơ")
    await office.press("mai", "Ghi")
    await office.press("mai", "Để sau")
    await office.say("mai", "bản thảo")
    assert "Còn in số cũ: tuần 23, bản 1; tuần 24, bản 1; lập lại thì gõ MỞ LẠI." in office.last("mai").text
    await office.say("mai", "MỞ LẠI tuần 23: sửa trích lục")
    await office.say("mai", "bản thảo")
    assert "Còn in số cũ: tuần 24, bản 1; lập lại thì gõ MỞ LẠI." in office.last("mai").text


async def test_a_head_who_corrects_an_old_week_hears_where_it_went_and_the_office_records_it(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await three_weeks(office)
    before = await total(office, "2026-W23")
    office.lines.clear()

    await office.say("hung", "nhầm, trích lục tuần 23 là 4")
    assert await total(office, "2026-W23") == before, "nothing is changed on the head's word alone"
    await office.press("mai", "Xem và ghi")
    await office.press("mai", "Ghi")
    await office.press("mai", "Lập lại tuần 23")

    async with office.app.kit.db.reading() as rx:
        stored = (await figures.current(rx, "2026-W23"))[FLOW]
        this_week = await figures.current(rx, "2026-W25")
    assert stored.value == Decimal(4)
    assert stored.reply_id is not None, "the figure leads to the head's own message"
    assert FLOW not in this_week
    golden(office)


async def test_an_old_weeks_figure_that_the_office_does_not_change_is_told_to_whoever_asked(office: Stage) -> None:
    await three_weeks(office)

    await office.say("hung", "tuần trước trích lục 5 mới đúng")
    await office.press("mai", "Không sửa")

    assert office.last("hung").text.startswith("Giữ số tuần 24 · Trích lục")


async def test_two_wishes_of_units_are_answered_in_any_order(office: Stage) -> None:
    await three_weeks(office)
    await office.say("hung", "tuần 23 trích lục 4")
    await office.say("hung", "tuần 24 trích lục 3")

    await office.press("mai", "Không sửa")
    first = next(s for s in office.channel.to("mai") if "tuần 23 trích lục 4" in s.text)
    await office.send("mai", "pressed", token=first.token("Xem và ghi"), sender="mai")

    assert office.last("mai").text.startswith("Sửa số tuần 23 · Trích lục")


async def test_what_stands_already_is_not_passed_on(office: Stage) -> None:
    await three_weeks(office)
    before = office.last("mai").text

    await office.say("hung", "tuần 23 trích lục 1")

    assert office.last("hung").text.startswith("Không có gì thay đổi · tuần 23")
    assert office.last("mai").text == before


async def test_this_weeks_report_is_marked_too_when_it_is_out(office: Stage) -> None:
    await three_weeks(office)
    await office.say("hung", "trích lục 1")
    await posted(office, "19")

    await office.say("mai", "SỬA trích lục 4 tuần 23, lý do sót 3 hồ sơ")
    await office.press("mai", "Ghi")

    assert "tuần 25, bản 1" in office.last("mai").text
    assert await total(office, "2026-W25") == Decimal(31)


async def test_a_long_report_that_mentions_last_week_is_about_this_one(office: Stage) -> None:
    await three_weeks(office)

    await office.say("hung", "trích lục 2, trích đo 1; so với tuần trước tăng 1 thửa, đã kiểm tra bãi rác 1 lần")

    assert "Trích lục: 2" in office.last("hung").text


async def test_a_comparison_with_last_week_corrects_nothing(office: Stage) -> None:
    await three_weeks(office)
    before = office.last("mai").text

    await office.say("hung", "trích lục như tuần trước, trích đo 2")
    await office.say("hung", "lúa mùa 549, việc đã làm như tuần trước")

    assert office.last("mai").text == before


async def test_a_figure_of_the_week_ahead_is_not_stored_for_this_one(office: Stage) -> None:
    await three_weeks(office)

    await office.say("hung", "số tuần sau: lúa mùa 600")

    assert office.last("hung").text.startswith("Chưa ghi số tuần sau")
    async with office.app.kit.db.reading() as rx:
        assert await figures.current(rx, "2026-W25") == {}
