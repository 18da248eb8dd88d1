"""Tables as Excel and CSV: types are kept, nothing is ever a formula."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.table_files import Cell, Sheet, to_csv, to_xlsx

FIVE_PAST_NINE = datetime.fromisoformat("2026-06-04 09:05")
TRAPS = ("=1+1", "+84 912", "-5%", "@SUM(A1)", "\t=1", "\r=1", " =1", "=cmd|' /C calc'!A0", "\uff1d1+1")


def read_back(*values: Cell) -> list[openpyxl.cell.Cell]:
    sheet = Sheet("Bảng", tuple(f"c{n}" for n, _ in enumerate(values)), [values])
    return list(openpyxl.load_workbook(io.BytesIO(to_xlsx([sheet])))["Bảng"][2])


def csv_back(*values: Cell) -> list[str]:
    sheet = Sheet("Bảng", tuple(f"c{n}" for n, _ in enumerate(values)), [values])
    return list(csv.reader(io.StringIO(to_csv(sheet).decode("utf-8-sig"), newline="")))[1]


def test_numbers_and_dates_are_typed_and_look_as_they_were_given() -> None:
    number, share, day, moment = read_back(Decimal(109013), Decimal("84.46"), date(2026, 6, 1), FIVE_PAST_NINE)
    assert (number.data_type, number.value, number.number_format) == ("n", 109013, "#,##0")
    assert (share.value, share.number_format) == (84.46, "#,##0.00")
    assert (day.value, day.number_format) == (datetime.fromisoformat("2026-06-01"), "dd/mm/yyyy")
    assert moment.value == FIVE_PAST_NINE


def test_number_that_a_spreadsheet_would_round_is_written_as_text() -> None:
    assert [c.value for c in read_back(Decimal("12345678901234.5678"))] == ["12345678901234.5678"]


def test_negative_number_is_a_number_and_a_text_with_a_minus_is_text() -> None:
    number, text = read_back(Decimal(-5), "-5")
    assert (number.data_type, text.data_type) == ("n", "s")
    assert csv_back(Decimal(-5), "-5") == ["-5", "'-5"]


@pytest.mark.parametrize("trap", TRAPS)
def test_text_that_begins_like_a_formula_stays_text(trap: str) -> None:
    (cell,) = read_back(trap)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert csv_back(trap) == [f"'{trap}"]


def test_characters_that_no_sheet_can_hold_are_shown_to_be_missing() -> None:
    assert [c.value for c in read_back("a\x00b\x1bc")] == ["a\ufffdb\ufffdc"]


def test_table_without_rows_has_its_headings() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([Sheet("Bảng", ("Kỳ", "Giá trị"), [])])))
    assert [c.value for c in book["Bảng"][1]] == ["Kỳ", "Giá trị"]


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_text_becomes_a_formula(words: str) -> None:
    (cell,) = read_back(words or "x")
    assert cell.data_type in ("s", "n")
    assert csv_back(words)[0][:1] not in tuple("=+-@\t\r") or not words


def test_libreoffice_shows_the_words_and_evaluates_nothing(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None or not (Path(program).resolve().parent / "libsclo.so").exists():
        pytest.skip("LibreOffice is not installed, or without its spreadsheet")
    (tmp_path / "a.xlsx").write_bytes(to_xlsx([Sheet("Bảng", ("Lý do",), [("=PI()",)])]))
    command = [program, "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "csv"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "a.xlsx"], check=True, capture_output=True, timeout=120)
    assert "=PI()" in (tmp_path / "a.csv").read_text(encoding="utf-8")
