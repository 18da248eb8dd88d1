"""`giaoban compile` on a database that holds the real report's week."""

import asyncio
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.__main__ import main
from bot.reports.serialise import digest_of, to_text
from storage import attachments, figures, reports, texts
from storage.database import Database
from tests import compiling

NOW = datetime(2026, 6, 5, 9, 30, tzinfo=UTC)
FILES = ("board.png", "digest.txt", "indicators.png", "report.docx", "report.pdf")


@pytest.fixture
def office(tmp_path, monkeypatch):
    (tmp_path / "giaoban.toml").write_text('[storage]\npath = "week.db"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["migrate"]) == 0
    return tmp_path


async def hand_in(folder, *, issue: bytes | None = None) -> None:
    """The week's figures and texts; with `issue` a first issue whose Word file has these bytes."""
    db = await Database.open(folder / "week.db")
    async with db.transaction() as tx:
        await figures.record(tx, [replace(f, reply_id=None) for f in compiling.gold_figures().values()], NOW)
        for text in compiling.gold_texts():
            await texts.record(tx, replace(text, reply_id=None), NOW)
        if issue is not None:
            report = compiling.report_of(compiling.gold_figures(), compiling.gold_texts())
            kept = await attachments.keep(tx, "first.docx", issue)
            await reports.add(tx, reports.Made(compiling.WEEK, digest_of(report), to_text(report), kept), NOW)
    await db.close()


async def test_the_week_becomes_five_files(office, capsys):
    await hand_in(office)

    assert await in_thread("compile", "--period", compiling.WEEK, "--out", "out") == 0
    assert tuple(sorted(path.name for path in (office / "out").iterdir())) == FILES
    with zipfile.ZipFile(office / "out/report.docx") as word:
        assert "84,5%" in word.read("word/document.xml").decode()
    assert (office / "out/report.pdf").read_bytes().startswith(b"%PDF")
    assert (office / "out/digest.txt").read_text(encoding="utf-8").startswith("Báo cáo tuần 23")


async def test_a_draft_does_not_say_that_it_was_approved(office):
    await hand_in(office)

    assert await in_thread("compile", "--period", compiling.WEEK, "--out", "out") == 0
    digest = (office / "out/digest.txt").read_text(encoding="utf-8")
    assert "Bản 1, chưa duyệt." in digest


async def test_an_issue_comes_out_byte_for_byte(office):
    await hand_in(office, issue=b"the very bytes")

    assert await in_thread("compile", "--period", compiling.WEEK, "--version", "1", "--out", "out") == 0
    assert (office / "out/report.docx").read_bytes() == b"the very bytes"


async def test_a_week_nobody_reported_on_is_refused(office, capsys):
    assert await in_thread("compile", "--period", "2026-W30", "--out", "out") == 1
    assert "chưa có số liệu nào" in capsys.readouterr().err
    assert not (office / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--period", "tuần 23"], "chưa phải một kỳ"), (["--period", "2026-W23", "--version", "4"], "chưa có bản 4")],
)
async def test_what_there_is_not_is_named(office, capsys, arguments, said):
    assert await in_thread("compile", *arguments, "--out", "out") == 1
    assert said in capsys.readouterr().err


async def in_thread(*arguments: str) -> int:
    """A command runs its own event loop."""
    return await asyncio.to_thread(main, list(arguments))
