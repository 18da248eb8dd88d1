"""The report comes back from Word: who changed what, older files, files that lost their marks, other weeks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.rendering.pdf import pdf
from tests.conversations.test_files import RICE, drafted, file_of, with_560
from tests.gold_report import gold_report
from tests.word_edits import add_paragraph, remove_bookmarks, replace_words
from tests.word_file import W, edited, part, words_of

if TYPE_CHECKING:
    from tests.stage import Stage

MAIZE = "maize_area_done_ha"
OLD_WORD = (Path(__file__).parents[1] / "data" / "doc" / "bao-cao-tuan.doc").read_bytes()
NAME = "BC_tuan23_2026_ban1.docx"
FIELDS = "Phòng đã kiểm tra 3 cánh đồng."


def without_marks(data: bytes) -> bytes:
    """As a program leaves it that knows no bookmarks."""
    return edited(edited(data, remove_bookmarks), remove_bookmarks, "word/footnotes.xml")


def with_words(data: bytes, old: str, new: str) -> bytes:
    return edited(data, lambda root: replace_words(root, old, new, tracked=True))


async def logged(stage: Stage) -> list[tuple[str, str, str, str]]:
    async with stage.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT subject, old, new, why FROM events WHERE what = 'word_change' ORDER BY id", {})
    return [(row["subject"], row["old"], row["new"], row["why"]) for row in rows]


async def version(stage: Stage) -> int:
    async with stage.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT max(version) AS n FROM issues", {})
    return int(rows[0]["n"])


def told(stage: Stage, words: str) -> list[str]:
    return [sent.text for sent in stage.channel.to("mai") if words in sent.text]


async def test_who_changed_a_figure_in_word_is_told_and_kept(office: Stage) -> None:
    sent = await drafted(office)
    await office.send_file("mai", NAME, with_560(sent))
    assert "Người sửa: Lan" in office.last("mai").text

    await office.press("mai", "Nhận")
    assert await logged(office) == [(RICE, "549", "560", "Lan")]


async def test_a_figure_that_was_corrected_meanwhile_is_asked_about_and_never_overwritten_unasked(
    office: Stage,
) -> None:
    sent = await drafted(office)
    await office.say("hung", "sửa lúa mùa 555")
    await office.send_file("mai", NAME, with_words(with_560(sent), "1.110", "1.111"))

    listed = office.last("mai").text
    assert "555 → 560" in listed
    assert "Chỗ đã đổi từ khi lập tệp sẽ hỏi riêng." in listed
    await office.press("mai", "Nhận")
    assert await office.value(RICE) == Decimal(555)
    assert "Nay đang ghi:" in office.last("mai").text
    assert "555/650" in office.last("mai").text

    await office.press("mai", "Không nhận")
    assert await office.value(RICE) == Decimal(555)


async def test_what_was_corrected_meanwhile_is_overwritten_when_she_says_so(office: Stage) -> None:
    sent = await drafted(office)
    await office.say("hung", "sửa lúa mùa 555")
    await office.send_file("mai", NAME, with_560(sent))
    await office.press("mai", "Nhận")
    await office.press("mai", "Nhận")

    assert await office.value(RICE) == Decimal(560)


async def test_a_change_that_the_report_already_has_is_no_change(office: Stage) -> None:
    sent = await drafted(office)
    await office.say("hung", "sửa lúa mùa 560")
    await office.send_file("mai", NAME, with_560(sent))

    assert "Không nhận thay đổi nào" in office.last("mai").text


async def test_words_that_came_after_the_file_was_made_stay(office: Stage) -> None:
    """The section is put together of her paragraph and of what the newest draft says."""
    sent = await drafted(office)
    await office.send_file("mai", NAME, edited(sent, lambda root: _add(root, FIELDS)))
    await office.press("mai", "Nhận")
    assert FIELDS in _text(await file_of(office))

    await office.send_file("mai", NAME, with_560(sent))
    await office.press("mai", "Nhận")
    text = _text(await file_of(office))

    assert FIELDS in text
    assert "560/650" in text


async def test_the_file_tells_its_issue_whatever_it_is_called(office: Stage) -> None:
    sent = await drafted(office)
    await office.say("hung", "sửa ngô 1120")
    await office.say("mai", "BẢN THẢO")
    await office.send_file("mai", "sua lai.docx", with_560(sent))

    assert "So với bản 1; mới nhất là bản 2." in office.last("mai").text
    await office.press("mai", "Nhận")
    assert await office.value(RICE) == Decimal(560)
    assert await office.value(MAIZE) == Decimal(1120)


async def test_a_file_without_any_marks_is_known_by_its_words(office: Stage) -> None:
    sent = await drafted(office)
    await office.send_file("mai", "chep sang tep moi.docx", without_marks(with_560(sent)))

    assert "549 → 560" in office.last("mai").text
    await office.press("mai", "Nhận")
    assert await office.value(RICE) == Decimal(560)


async def test_a_report_of_another_week_changes_nothing_and_is_no_part(office: Stage) -> None:
    sent = await drafted(office)

    def change(root) -> None:
        for mark in root.iter(f"{W}bookmarkStart"):
            if mark.get(f"{W}name").startswith("i_"):
                mark.set(f"{W}name", "i_2026_W22_v1")

    await office.send_file("mai", "tuan truoc.docx", edited(with_560(sent), change))

    assert "Tệp là báo cáo tuần 22" in office.last("mai").text
    assert await office.value(RICE) == Decimal(549)


async def test_a_report_with_the_same_headings_and_other_words_is_refused_with_what_to_do(office: Stage) -> None:
    sent = without_marks(await drafted(office))

    def change(root) -> None:
        for paragraph in root.iter(f"{W}p"):
            if len(words_of(paragraph)) >= 40:
                for n, text in enumerate(paragraph.iter(f"{W}t")):
                    text.text = (
                        "Lời của một báo cáo khác, lúa mùa 777/650 ha, không phải của tuần này." if n == 0 else ""
                    )

    await office.send_file("mai", "bao cao cua nam ngoai.docx", edited(sent, change))

    assert "Chưa rõ tệp" in office.last("mai").text
    assert "BẢN THẢO" in office.last("mai").text
    assert await office.value(RICE) == Decimal(549)


@pytest.mark.parametrize(("name", "content"), [("bao-cao-tuan.doc", OLD_WORD), ("bao cao.pdf", pdf(gold_report()))])
async def test_the_report_in_another_format_is_nobodys_part(office: Stage, name: str, content: bytes) -> None:
    await drafted(office)
    await office.send_file("mai", name, content)

    assert "Chưa rõ tệp" in office.last("mai").text
    assert "dạng docx" in office.last("mai").text
    assert await office.value(RICE) == Decimal(549)
    assert await office.value(MAIZE) == Decimal(1110)


async def test_the_same_file_twice_changes_nothing_the_second_time(office: Stage) -> None:
    sent = with_560(await drafted(office))
    await office.send_file("mai", NAME, sent)
    await office.press("mai", "Nhận")
    before = await version(office)
    await office.send_file("mai", NAME, sent)

    assert "Không nhận thay đổi nào" in office.last("mai").text
    assert await version(office) == before


def _add(root, words: str) -> None:
    start = next(words_of(p) for p in root.iter(f"{W}p") if "549/650" in words_of(p))
    add_paragraph(root, start, words, tracked=True)


def _text(data: bytes) -> str:
    found: list[str] = []
    edited(data, lambda root: found.extend(words_of(p) for p in root.iter(f"{W}p")))
    return "\n".join(found)


async def test_a_layout_she_changed_stays_in_the_next_draft(office: Stage) -> None:
    def wider(root) -> None:
        root.find(f"{W}body/{W}sectPr/{W}pgMar").set(f"{W}left", "2268")

    sent = await drafted(office)
    await office.send_file("mai", NAME, edited(sent, wider))
    assert "Cách trình bày của tệp được giữ" in office.last("mai").text

    await office.say("hung", "sửa lúa mùa 560")
    await office.say("mai", "BẢN THẢO")
    made = await file_of(office)

    assert "560/650" in _text(made)
    assert part(made, "word/document.xml").find(f"{W}body/{W}sectPr/{W}pgMar").get(f"{W}left") == "2268"
