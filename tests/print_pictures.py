"""Writes the pictures that the documentation shows: `make pictures`. All of them are made by the product itself.

The report is the real one; who reported what is invented, as on a Friday morning.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from bot.facts import Figure
from bot.rendering.forms import load_form, load_opening
from bot.rendering.pdf import page_pictures
from bot.rendering.pictures import board_png, history_png, plan_png
from bot.reports.boards import Board, Card, CardState, Point, history, plan_chart
from bot.reports.digest import year_elapsed
from tests.gold_report import PERIOD, gold_figures, gold_report

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
FOOTNOTES = 8  # the page with the third footnote, counted from 0
WEEKS = (("2026-W18", "310"), ("2026-W19", "420"), ("2026-W20", None), ("2026-W21", "480"), ("2026-W22", "530"))


def pictures() -> dict[str, bytes]:
    form = load_form("dang-uy-xa")
    opening = load_opening("dang-uy-xa", form)
    figures = {f["id"]: Figure(f["id"], PERIOD, Decimal(f["value"])) for f in gold_figures()}
    pages = page_pictures(gold_report())
    weeks = [Point(week, Decimal(value) if value else None) for week, value in (*WEEKS, (PERIOD, "549"))]
    rice = history(form, "rice_area_done_ha", weeks, opening.plans["rice_area_plan_ha"])
    return {
        "report-page-1.png": pages[0],
        "report-footnotes.png": pages[FOOTNOTES],
        "board.png": board_png(_board()),
        "indicators.png": plan_png(plan_chart(form, figures, PERIOD, year_elapsed(PERIOD), opening.plans)),
        "history.png": history_png(rice),
    }


def _board() -> Board:
    form = load_form("dang-uy-xa")
    names = [d.short for d in form.departments.values() if not d.is_office]
    told = {
        "Hội CCB": (CardState.SILENT, 0, 2, ()),
        "Phòng Kinh tế": (CardState.PARTIAL, 19, 26, ("Xây dựng", "Đất đai", "Ngân sách")),
        "Trạm Y tế": (CardState.PARTIAL, 10, 11, ("Y tế",)),
        "TT Hành chính công": (CardState.DOUBTFUL, 8, 8, ()),
        "Đoàn Thanh niên": (CardState.UNCONFIRMED, 4, 4, ()),
    }
    cards = []
    for name in names:
        state, given, asked, owed = told.get(name, (CardState.HANDED_IN, 3, 3, ()))
        cards.append(Card(name, state, given, asked, owed, doubts=int(state is CardState.DOUBTFUL)))
    at, deadline = datetime(2026, 6, 5, 3, 15, tzinfo=UTC), datetime(2026, 6, 5, 8, 0, tzinfo=UTC)
    return Board(PERIOD, at, deadline, tuple(cards))


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in pictures().items():
        (FOLDER / name).write_bytes(data)
        print(f"{name}: {len(data) // 1024} KB")


if __name__ == "__main__":
    main()
