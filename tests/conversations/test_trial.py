"""CHẠY THỬ: a whole week rehearsed on a copy; nothing of it is ever in the real data."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from storage import figures, reports

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stage import Stage

GROUP = "-100"
LEFT_OUT = ("outbox", "inbox", "sqlite_sequence", "meta")


def real_data(stage: Stage) -> dict[str, list[tuple[object, ...]]]:
    """Every table of the real database but what comes in and goes out."""
    with closing(sqlite3.connect(stage.settings.database)) as db:
        names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name not in LEFT_OUT}


def incoming(stage: Stage) -> int:
    with closing(sqlite3.connect(stage.settings.database)) as db:
        return int(db.execute("SELECT count(*) FROM inbox").fetchone()[0])


def copies(folder: Path) -> list[str]:
    return [file.name for file in folder.glob("giaoban.trial*.db")]


async def real_week(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650, trích lục 1")
    await stage.at("2026-06-05 15:00")
    await stage.say("mai", "trình duyệt")
    await stage.press("thang", "Duyệt bản 1")
    await stage.at("2026-06-06 09:00")
    stage.lines.clear()


async def test_trial_round_is_a_whole_week_and_leaves_the_real_data_untouched(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await real_week(office)
    await office.say("mai", "CHẠY THỬ")
    before, came = real_data(office), incoming(office)
    assert "[Chạy thử] Báo cáo tuần 24" in office.last("hung").text
    await office.say("hung", "lúa mùa 600/650, trích lục 7")
    assert office.last("hung").text.startswith("[Chạy thử] ")
    await office.at("2026-06-06 11:00")
    in_group = len(office.channel.to(GROUP))
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")
    post = next(s for s in reversed(office.channel.to("mai")) if s.message.attachment is not None)
    assert post.message.attachment is not None
    assert post.message.attachment.name.startswith("CHAY_THU_")
    assert len(office.channel.to(GROUP)) == in_group, "the leaders' group sees nothing of a trial"
    await office.say("mai", "XUẤT tuần 24")
    exported = office.last("mai").message.attachment
    assert exported is not None
    assert exported.name.startswith("CHAY_THU_")
    await office.say("mai", "SỐ LIỆU lúa mùa")
    assert "600" in office.last("mai").text
    assert (real_data(office), incoming(office)) == (before, came)

    await office.say("mai", "chạy thử")
    assert "Đã kết thúc chạy thử" in office.last("mai").text
    await office.say("mai", "SỐ LIỆU lúa mùa")
    told = office.last("mai").text
    assert "600" not in told
    assert "549" in told
    golden(office)


async def test_real_weeks_go_on_as_if_no_trial_had_been(office: Stage) -> None:
    await real_week(office)
    await office.say("mai", "CHẠY THỬ")
    await office.say("hung", "lúa mùa 600/650, trích lục 7")
    await office.at("2026-06-06 11:05")
    await office.say("mai", "CHẠY THỬ")
    await office.at("2026-06-11 08:00")
    assert "[Chạy thử]" not in office.last("hung").text
    assert "600" not in office.last("hung").text
    await office.say("hung", "trích lục 2")
    await office.at("2026-06-12 15:00")
    async with office.app.kit.db.reading() as rx:
        now = await figures.current(rx, "2026-W24")
        before = await figures.current(rx, "2026-W23")
        assert await reports.of_period(rx, "2026-W24") != []
    total = "cadastral_map_extract_cumulative"
    assert "rice_area_done_ha" not in now
    assert now[total].value == (before[total].value or 0) + 2, "the ledger never heard of the trial's 7"


async def test_trial_begins_only_when_no_real_week_is_being_collected(office: Stage) -> None:
    await office.say("mai", "CHẠY THỬ")
    assert "Chưa chạy thử được" in office.last("mai").text
    await office.say("hung", "lúa mùa 549")
    assert not office.last("hung").text.startswith("[Chạy thử]")


async def test_trial_ends_by_itself_when_a_real_week_opens(office: Stage) -> None:
    await real_week(office)
    await office.say("mai", "CHẠY THỬ")
    await office.at("2026-06-11 08:00")
    await office.at("2026-06-11 08:02")
    await office.say("hung", "lúa mùa 575")
    assert not office.last("hung").text.startswith("[Chạy thử]")
    async with office.app.kit.db.reading() as rx:
        assert (await figures.current(rx, "2026-W24"))["rice_area_done_ha"].value == 575


async def test_trial_goes_on_after_a_restart(office: Stage) -> None:
    await real_week(office)
    await office.say("mai", "CHẠY THỬ")
    await office.say("hung", "lúa mùa 600")
    before = real_data(office)
    await office.restart()
    await office.say("hung", "ngô 1100")
    assert office.last("hung").text.startswith("[Chạy thử]")
    assert real_data(office) == before


async def test_copy_is_kept_aside_under_its_date(office: Stage, tmp_path: Path) -> None:
    await real_week(office)
    await office.say("mai", "CHẠY THỬ")
    await office.say("mai", "CHẠY THỬ")
    assert [name.startswith("giaoban.trial-20260606-") for name in copies(tmp_path)] == [True]


async def test_only_the_office_begins_a_trial(office: Stage) -> None:
    await real_week(office)
    for who in ("hung", "thang"):
        await office.say(who, "CHẠY THỬ")
        assert "Chạy thử" not in office.last(who).text.split("\n")[0]
    await office.say("hung", "ngô 1110")
    assert not office.last("hung").text.startswith("[Chạy thử]")


async def test_buttons_of_the_real_week_do_nothing_in_a_trial(office: Stage) -> None:
    await real_week(office)
    await office.say("hung", "lúa mùa 560 mới đúng")
    token = office.last("mai").token("Lập bản 2")
    await office.say("mai", "CHẠY THỬ")
    before = real_data(office)
    await office.send("mai", "pressed", token=token, sender="mai")
    assert "không còn hiệu lực" in office.last("mai").text
    assert real_data(office) == before
