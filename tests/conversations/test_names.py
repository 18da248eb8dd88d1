"""Names of persons: initials in the group's copy, whole in the copy that is approved and signed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx

from bot.facts import ReportState
from storage import attachments, reports
from tests.conversations.conftest import PEOPLE
from tests.stage import SETTINGS, staged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stage import Stage

GROUP, WEEK = "-100", "2026-W23"
LAND = "Xử lý 01 việc vi phạm đất đai đối với ông Sùng A Dê tại thôn Nậm Tông, xã Lùng Phình; ông Sùng A Dê đã ký."
CADRES = "Luân chuyển 01 cán bộ (đồng chí Lò Thị B., Phó Ban Xây dựng Đảng) theo quyết định của Đảng ủy."


def words_of(content: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)


async def signed(stage: Stage, version: int = 1) -> str:
    """The file of the issue, as it is kept."""
    async with stage.app.kit.db.reading() as rx:
        issue = await reports.by_version(rx, WEEK, version)
        assert issue is not None
        assert issue.id is not None
        content = await reports.content(rx, issue.id)
        assert content is not None
        blob = await attachments.find(rx, content.docx_hash or "")
    assert blob is not None
    return words_of(blob.content)


def in_group(stage: Stage) -> str:
    sent = next(s for s in reversed(stage.channel.to(GROUP)) if s.message.attachment is not None)
    return words_of(sent.message.attachment.content)


async def drafted(stage: Stage) -> None:
    await stage.say("hung", f"1.2.b {LAND}")
    await stage.at("2026-06-05 15:00")


async def test_group_reads_initials_and_the_signed_copy_keeps_the_names(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await drafted(office)
    assert "Bản đăng nhóm che 2 tên riêng: mục 1.2.b; bản ký giữ nguyên." in office.last("mai").text
    await office.press("mai", "Tên riêng")
    assert "“Sùng A Dê” thành “S.A.D.”" in office.last("mai").text
    await office.press("mai", "Che tên")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")

    assert "ông Sùng A Dê tại thôn Nậm Tông, xã Lùng Phình" in await signed(office)
    read = in_group(office)
    assert "Sùng A Dê" not in read
    assert "ông S.A.D. tại thôn Nậm Tông, xã Lùng Phình; ông S.A.D. đã ký." in read
    golden(office)


async def test_leader_approves_the_copy_with_the_names(office: Stage) -> None:
    await drafted(office)
    await office.say("mai", "trình duyệt")
    shown = next(s for s in reversed(office.channel.to("thang")) if s.message.attachment is not None)
    assert "ông Sùng A Dê" in words_of(shown.message.attachment.content)
    async with office.app.kit.db.reading() as rx:
        before = await reports.latest(rx, WEEK)
    await office.press("thang", "Duyệt bản 1")
    async with office.app.kit.db.reading() as rx:
        after = await reports.latest(rx, WEEK)
    assert before is not None
    assert after is not None
    assert (after.state, after.digest) == (ReportState.POSTED, before.digest)


async def test_names_are_masked_though_the_office_never_answers(office: Stage) -> None:
    await drafted(office)
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")
    assert "S.A.D." in in_group(office)


async def test_office_lets_the_names_stand_in_one_issue(office: Stage) -> None:
    await drafted(office)
    await office.say("mai", "tên riêng")
    await office.press("mai", "Giữ nguyên tên")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")
    assert "ông Sùng A Dê" in in_group(office)
    await office.say("hung", f"1.2.b {LAND} Đã nộp phạt.")
    await office.press("mai", "Lập bản 2")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 2")
    assert "S.A.D." in in_group(office)


async def test_word_on_names_after_the_post_changes_nothing_and_says_so(office: Stage) -> None:
    await drafted(office)
    await office.say("mai", "tên riêng")
    token = office.last("mai").token("Giữ nguyên tên")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")
    await office.send("mai", "pressed", token=token, sender="mai")
    assert "đã ra nhóm nên không đổi được" in office.last("mai").text or "không còn hiệu lực" in office.last("mai").text
    assert "S.A.D." in in_group(office)


async def test_report_without_names_is_one_file_and_nothing_is_asked(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.at("2026-06-05 15:00")
    assert [s for s in office.channel.to("mai") if "tên riêng" in s.text] == []
    await office.say("mai", "tên riêng")
    assert "không có tên riêng nào phải che" in office.last("mai").text
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")
    assert in_group(office) == await signed(office)


async def test_nobody_but_the_office_decides_about_names(office: Stage) -> None:
    await drafted(office)
    await office.say("mai", "TÊN RIÊNG")
    token = office.last("mai").token("Giữ nguyên tên")
    for who in ("hung", "thang"):
        await office.send(who, "pressed", token=token, sender=who)
        await office.say(who, "TÊN RIÊNG")
        assert "Sùng A Dê" not in office.last(who).text
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")
    assert "S.A.D." in in_group(office)


async def test_settings_let_names_stand_everywhere_or_known_names_alone(tmp_path: Path) -> None:
    for n, privacy in enumerate(("mask_names = false", 'known_names = ["Sùng A Dê"]')):
        folder = tmp_path / str(n)
        folder.mkdir()
        stage = await staged(folder, f"{SETTINGS}\n[privacy]\n{privacy}\n")
        for who, name, unit, role in PEOPLE:
            await stage.enrol(who, name, unit=unit, role=role)
        await stage.link_group(GROUP, "Lãnh đạo xã")
        await stage.at("2026-06-04 08:00")
        await drafted(stage)
        await stage.say("mai", "trình duyệt")
        await stage.press("thang", "Duyệt bản 1")
        assert "ông Sùng A Dê" in in_group(stage)
        await stage.close()
