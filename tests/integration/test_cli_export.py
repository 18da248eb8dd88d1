"""`giaoban export`: weeks of figures as a file, and what is said where there is none."""

import asyncio
import csv
import io
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.__main__ import main
from bot.facts import Figure
from storage import figures
from storage.database import Database

NOW = datetime(2026, 6, 5, 9, 30, tzinfo=UTC)


@pytest.fixture
def office(tmp_path, monkeypatch):
    (tmp_path / "giaoban.toml").write_text('[storage]\npath = "week.db"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["migrate"]) == 0
    return tmp_path


async def hand_in(folder) -> None:
    async with await Database.open(folder / "week.db") as db, db.transaction() as tx:
        told = [
            Figure("rice_mua_area_done", f"2026-W{week}", Decimal(value))
            for week, value in ((22, "530"), (23, "549.5"))
        ]
        await figures.record(tx, told, NOW)


async def in_thread(*arguments: str) -> int:
    return await asyncio.to_thread(main, list(arguments))


async def test_weeks_become_a_csv_file_with_commas_as_people_write_them(office, capsys):
    await hand_in(office)

    assert await in_thread("export", "2026-W22..2026-W23", "--out", "out/weeks.csv") == 0

    text = (office / "out/weeks.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.split("\n")[0] else ","))
    assert any("549,5" in cell or "549.5" in cell for row in rows for cell in row)
    assert any("530" in row for row in rows)
    assert "out/weeks.csv" in capsys.readouterr().out


async def test_weeks_become_an_excel_file_named_after_them(office):
    await hand_in(office)

    assert await in_thread("export", "tuần", "22/2026", "đến", "23/2026") == 0

    (made,) = office.glob("*.xlsx")
    assert "2026-W22" in made.name
    with zipfile.ZipFile(made) as book:
        assert "549.5" in book.read("xl/worksheets/sheet1.xml").decode()


async def test_one_word_before_the_weeks_chooses_csv(office):
    await hand_in(office)

    assert await in_thread("export", "csv", "tuần", "23/2026") == 0
    assert [path.suffix for path in office.glob("*W23*")] == [".csv"]


@pytest.mark.parametrize("weeks", ["hôm nào đó", "2026-W60", "2026-W23..2026-W22"])
def test_weeks_that_are_none_are_named(office, capsys, weeks):
    assert main(["export", weeks]) == 1
    assert f"Chưa đọc được các tuần “{weeks}”" in capsys.readouterr().err


def test_weeks_without_figures_make_no_file(office, capsys):
    assert main(["export", "2026-W23"]) == 1
    assert "chưa có số liệu nào" in capsys.readouterr().err
    assert not list(office.glob("*.xlsx"))


def test_a_reader_who_has_read_enough_sees_no_traceback(office):
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "status"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=office
    )
    running.stdout.close()  # as `| head -0` does
    told = running.stderr.read().decode()
    running.stderr.close()

    assert running.wait() == 141
    assert told == ""
