"""Nobody outside the table of rights reads a figure, enrols, approves, sees the board or posts. One attack, one test."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.facts import Post, PostRole, ReportState
from storage import people, reports

if TYPE_CHECKING:
    from tests.stage import Stage

GROUP = "-100"
WEEK = "2026-W23"
OFFICE_WORDS = (
    "bảng",
    "bản thảo",
    "tóm tắt",
    "trình duyệt",
    "đăng nhóm",
    "duyệt",
    "mở lại: nhầm",
    "kiểm tra",
    "giữ 1: đúng rồi",
    "nhắc tất cả",
    "gia hạn CCB đến 17 giờ",
    "miễn CCB: bận",
    "nghỉ Hùng từ 01/6 đến 07/6",
    "nghỉ lễ 12/6",
    "dời hạn 10 giờ 06/6",
    "số liệu lúa mùa",
    "mời Phòng Kinh tế",
    "thu mã Phòng Kinh tế",
    "danh bạ",
    "nhập hộ CCB: 9 buổi sinh hoạt",
    "kế hoạch lúa mùa 9 từ tuần 23",
    "trả lại Phòng Kinh tế: xem lại",
)


async def given(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650, ngô 1110, rau 86/132")


async def submitted(stage: Stage) -> None:
    await given(stage)
    await stage.at("2026-06-05 15:00")
    await stage.say("mai", "trình duyệt")


async def state(stage: Stage) -> ReportState | None:
    async with stage.app.kit.db.reading() as rx:
        issue = await reports.latest(rx, WEEK)
    return issue.state if issue is not None else None


async def stored(stage: Stage, *tables: str) -> list[int]:
    counts = []
    async with stage.app.kit.db.reading() as rx:
        for table in tables:
            row = await rx.one(f"SELECT count(*) AS n FROM {table}")
            assert row is not None
            counts.append(row["n"])
    return counts


DECIDED = ("issues", "issue_states", "extensions", "waivers", "leaves", "holidays", "deadline_moves", "codes", "posts")


@pytest.mark.parametrize("token", ["t1", "t999999", "approve", "", "' OR 1=1 --"])
async def test_forged_button_does_nothing(office: Stage, token: str) -> None:
    await submitted(office)
    await office.send("giang", "pressed", token=token)
    assert await state(office) is ReportState.SUBMITTED


async def test_button_of_another_chat_does_nothing(office: Stage) -> None:
    await submitted(office)
    token = office.last("thang").token("Duyệt bản 1")
    for chat in ("giang", "mai", "hung", "nguoi-la"):
        await office.send(chat, "pressed", token=token)
    await office.send(GROUP, "pressed", token=token, chat_kind="group", sender="thang")
    assert await state(office) is ReportState.SUBMITTED


async def test_button_pressed_twice_counts_once(office: Stage) -> None:
    await submitted(office)
    token = office.last("thang").token("Duyệt bản 1")
    for _ in range(3):
        await office.send("thang", "pressed", token=token)
    posts = [s for s in office.channel.to(GROUP) if s.message.attachment is not None]
    assert len(posts) == 1


async def test_leader_pressing_a_replaced_version_approves_nothing(office: Stage) -> None:
    await submitted(office)
    token = office.last("thang").token("Duyệt bản 1")
    await office.say("hung", "nhầm, lúa mùa 560")
    await office.say("mai", "trình duyệt")
    await office.send("thang", "pressed", token=token)
    assert await state(office) is ReportState.SUBMITTED
    assert "Bản 2" in office.last("thang").text


async def test_used_code_enrols_nobody_else(office: Stage) -> None:
    await office.say("mai", "MỜI Đoàn Thanh niên")
    code = office.last("mai").text.splitlines()[1]
    await office.send("binh", "start", text=code, name="Vàng A Bình")
    before = await stored(office, "people", "posts", "addresses")
    await office.send("ke-gian", "start", text=code)
    await office.send("ke-gian", "text", text=code, forwarded=True)
    assert await stored(office, "people", "posts", "addresses") == before
    assert "Mã này chưa dùng được" in office.last("ke-gian").text


async def test_codes_cannot_be_guessed_on_and_on(office: Stage) -> None:
    await office.say("mai", "MỜI Đoàn Thanh niên")
    code = office.last("mai").text.splitlines()[1]
    for n in range(5):
        await office.send("ke-gian", "text", text=f"AAA{n}-BBBB-CCCC")
    await office.send("ke-gian", "text", text=code)
    async with office.app.kit.db.reading() as rx:
        assert await people.person_at(rx, "fake", "ke-gian") is None


async def test_code_of_a_post_binds_no_group_and_code_of_a_group_enrols_nobody(office: Stage) -> None:
    await office.say("mai", "MỜI Đoàn Thanh niên")
    code = office.last("mai").text.splitlines()[1]
    await office.send("-666", "text", text=code, chat_kind="group", title="Nhóm lạ")
    async with office.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT chat_id FROM groups WHERE ended_at IS NULL")
    assert [row["chat_id"] for row in rows] == [GROUP]


async def test_respondent_typing_words_of_the_office_decides_and_reads_nothing(office: Stage) -> None:
    await submitted(office)
    before = await stored(office, *DECIDED)
    told = len(office.channel.to("giang"))
    for words in OFFICE_WORDS:
        await office.say("giang", words)
        assert await stored(office, *DECIDED) == before, words
    texts = [s.text for s in office.channel.to("giang")[told:]]
    assert texts
    assert [t for t in texts if "549" in t or "đ/c Hùng" in t or "Chưa trả lời (" in t] == []


async def test_member_of_the_group_typing_words_changes_nothing_and_reads_no_draft(office: Stage) -> None:
    await submitted(office)
    before = await stored(office, *DECIDED, "figures")
    told = len(office.channel.to(GROUP))
    for words in OFFICE_WORDS:
        office.clock += timedelta(seconds=5)  # a group takes no more than twenty answers a minute
        await office.send(GROUP, "text", text=words, chat_kind="group", sender="ai-do")
        assert await stored(office, *DECIDED, "figures") == before, words
    texts = [s.text for s in office.channel.to(GROUP)[told:]]
    assert any("trao đổi riêng" in t for t in texts)
    assert [t for t in texts if "549" in t or "đ/c" in t or "bản 1" in t] == []


async def test_stranger_is_told_once_a_day_and_nothing_else(office: Stage) -> None:
    await given(office)
    before = await stored(office, *DECIDED, "figures", "replies")
    for words in ("xin chào", *OFFICE_WORDS, "lúa mùa 1/650"):
        await office.send("nguoi-la", "text", text=words)
    assert await stored(office, *DECIDED, "figures", "replies") == before
    told = office.channel.to("nguoi-la")
    assert len(told) == 1
    assert "Phòng" not in told[0].text


async def test_stranger_in_an_unknown_group_reads_nothing(office: Stage) -> None:
    await given(office)
    await office.send("-777", "text", text="giải ngân", chat_kind="group", sender="ai-do")
    assert [s.text for s in office.channel.to("-777") if "%" in s.text or "tuần" in s.text.lower()] == []


async def test_former_holder_writes_reads_and_presses_nothing(office: Stage) -> None:
    await submitted(office)
    token = office.last("thang").token("Duyệt bản 1")
    async with office.app.kit.db.transaction() as tx:
        for who, post in (
            ("thang", Post(PostRole.LEADER, "van-phong")),
            ("mai", Post(PostRole.SECRETARY, "van-phong")),
            ("hung", Post(PostRole.RESPONDENT, "phong-kinh-te")),
        ):
            person = await people.person_at(tx, "fake", who)
            assert person is not None
            assert await people.end_post(tx, person.id, post, office.clock)
    before = await stored(office, *DECIDED, "figures")
    await office.send("thang", "pressed", token=token)
    await office.say("thang", "duyệt")
    await office.say("mai", "bảng")
    await office.say("hung", "lúa mùa 1/650")
    assert await stored(office, *DECIDED, "figures") == before
    assert await state(office) is ReportState.SUBMITTED
    assert "chưa đăng ký" in office.last("mai").text


async def test_secretary_who_became_a_head_presses_no_button_of_the_office_any_more(office: Stage) -> None:
    await office.at("2026-06-05 14:10")
    await office.say("giang", "xin gia hạn đến 16h")
    async with office.app.kit.db.transaction() as tx:
        mai = await people.person_at(tx, "fake", "mai")
        assert mai is not None
        old, new = Post(PostRole.SECRETARY, "van-phong"), Post(PostRole.RESPONDENT, "hoi-phu-nu")
        assert await people.move_post(tx, mai.id, old, new, office.clock)
    await office.press("mai", "Đồng ý")
    async with office.app.kit.db.reading() as rx:
        row = await rx.one("SELECT granted FROM extensions")
    assert row is not None
    assert row["granted"] is None


async def test_head_reads_no_figure_of_another_department(office: Stage) -> None:
    await given(office)
    for words in ("xem", "xem Phòng Kinh tế", "danh sách", "mục 1.2.b", "còn thiếu", "số tuần trước"):
        await office.say("giang", words)
        assert "549" not in office.last("giang").text
        assert "530" not in office.last("giang").text
