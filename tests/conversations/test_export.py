"""XUẤT: figures and changes of any span as a file, to the office; nothing that people wrote is ever a formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from storage import meta

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage

MONDAY, SUNDAY = (datetime.fromisoformat(day) for day in ("2026-06-01", "2026-06-07"))
TRAP = "=HYPERLINK(gia)"


async def file_of(stage: Stage, who: str = "mai") -> bytes:
    sent = stage.last(who)
    assert sent.message.attachment is not None
    return sent.message.attachment.content


def sheet(content: bytes, name: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def row_of(rows: list[list[object]], label: str, week: str = "Tuần 23/2026") -> dict[str, object]:
    return next(
        found
        for row in rows[1:]
        if (found := dict(zip(rows[0], row, strict=True)))["Chỉ tiêu"] == label and row[0] == week
    )


async def test_secretary_takes_out_weeks_as_excel_with_sources_and_changes(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.say("hung", "lúa mùa 549/650, dược liệu 64,5")
    message = await office.say("hung", "nhầm, lúa mùa 560")
    await office.say("mai", "XUẤT")
    await office.press("mai", "Tuần này")
    content = await file_of(office)
    rows = sheet(content, "Số liệu")
    rice = row_of(rows, "Diện tích lúa mùa")
    assert rice["Giá trị"] == 560
    assert (rice["Đơn vị"], rice["Đơn vị tính"]) == ("Phòng Kinh tế", "ha")
    assert (rice["Từ ngày"], rice["Đến ngày"]) == (MONDAY, SUNDAY)
    assert rice["Người báo"] == "Lò Văn Hùng"
    assert rice["Mã tin"] == f"fake/{message}"
    assert isinstance(rice["Thời điểm"], datetime)
    changed = row_of(sheet(content, "Thay đổi"), "Diện tích lúa mùa")
    assert (changed["Số cũ"], changed["Số mới"], changed["Người sửa"]) == (549, 560, "Lò Văn Hùng")
    golden(office)


async def test_what_follows_from_figures_is_in_the_file_and_called_computed(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.say("mai", "xuất tuần 23")
    rows = sheet(await file_of(office), "Số liệu")
    computed = [dict(zip(rows[0], row, strict=True)) for row in rows if row[8] == "tính ra"]
    assert any(str(c["Giá trị"]) == "84.46" and c["Đơn vị tính"] == "%" for c in computed)


@pytest.mark.parametrize(
    ("said", "weeks"),
    [
        ("XUẤT 25/5–07/6", {"Tuần 22/2026", "Tuần 23/2026"}),
        ("xuat tuan 22 den 23", {"Tuần 22/2026", "Tuần 23/2026"}),
        ("/xuat tháng 5", {"Tuần 22/2026"}),
        ("XUẤT từ đầu năm", {"Tuần 22/2026", "Tuần 23/2026"}),
        ("xuất 02/6", {"Tuần 23/2026"}),
    ],
)
async def test_spans_are_typed_in_many_ways(office: Stage, said: str, weeks: set[str]) -> None:
    await office.say("hung", "lúa mùa 549")
    await office.say("mai", said)
    assert {row[0] for row in sheet(await file_of(office), "Số liệu")[1:]} == weeks


async def test_csv_has_the_mark_for_excel_and_plain_numbers(office: Stage) -> None:
    await office.say("hung", "dược liệu 64,5")
    await office.say("mai", "XUẤT tuần 23")
    await office.press("mai", "Xuất CSV")
    content = await file_of(office)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    herbs = next(r for r in rows if r["Giá trị"] == "64.5")
    assert (herbs["Từ ngày"], herbs["Đơn vị tính"]) == ("2026-06-01", "ha")


async def test_text_that_looks_like_a_formula_stays_text_in_both_files(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549")
    await office.say("mai", f"SỬA lúa mùa 560, lý do {TRAP}")
    await office.say("mai", "XUẤT tuần 23")
    book = openpyxl.load_workbook(io.BytesIO(await file_of(office)))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert [c.value for c in cells if c.data_type == "f"] == []
    trap = next(c for c in cells if c.value == TRAP)
    assert trap.data_type == "s"
    assert trap.quotePrefix


async def test_what_cannot_be_read_is_answered_with_examples_and_no_file(office: Stage) -> None:
    await office.say("mai", "XUẤT tuần 88")
    said = office.last("mai")
    assert "Chưa đọc được “tuần 88”" in said.text
    assert "XUẤT 01/5–31/5" in said.text
    assert said.message.attachment is None


async def test_more_than_a_year_is_not_put_in_one_file(office: Stage) -> None:
    await office.say("mai", "XUẤT 01/01/2020–07/6/2026")
    assert "nhiều nhất 53 tuần" in office.last("mai").text


async def test_weeks_without_figures_are_told_and_no_file_is_sent(office: Stage) -> None:
    await office.say("mai", "XUẤT tuần 10")
    said = office.last("mai")
    assert "chưa có số liệu nào" in said.text
    assert said.message.attachment is None


async def test_nobody_but_the_office_takes_figures_out(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549")
    for who in ("hung", "giang", "thang"):
        await office.say(who, "XUẤT tuần 23")
        assert office.last(who).message.attachment is None
        assert "549" not in office.last(who).text
    await office.send("-100", "text", text="XUẤT tuần 23", chat_kind="group", sender="mai")
    assert office.last("-100").message.attachment is None


async def test_file_asked_for_before_a_restart_is_made_after_it(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549")
    async with office.app.kit.db.transaction() as tx:
        wish = '{"first":"2026-W23","last":"2026-W23","kind":"csv","channel":"fake","chat":"mai","period":"2026-W23"}'
        await meta.put(tx, "export:9001", wish)
    await office.restart()
    await office.tick()
    await office.tick()
    assert len([s for s in office.channel.to("mai") if s.message.attachment is not None]) == 1
