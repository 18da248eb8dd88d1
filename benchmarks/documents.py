"""Word, PDF and pictures: seconds and memory on the real report, beside other programs on the same text, in one run.

    make bench-documents          or   python -m benchmarks.documents

Every row runs in a process of its own; its time is the median of the later rounds, its first round stands beside it.
Each round prints a slightly different report, since typst remembers what it set before: some ten reports, and then no
more. `peak` is the memory after the first round, `of all` after all of them. Peers that are not installed
are named as such: docxtpl comes with `pip install -r benchmarks/requirements.txt`, LibreOffice from the system.
"""

# ruff: noqa: PLC0415 - each row imports only what it measures, so that peak memory is its own

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

ROUNDS = 7
GROWTH = (1, 5, 20)
BARS = {"docx": 0.15, "pdf": 0.3, "board": 0.15, "indicators": 0.15, "history": 0.15}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--row", choices=sorted(ROWS))
    parser.add_argument("--copies", type=int, default=1)
    asked = parser.parse_args()
    if asked.row:
        print(json.dumps(measure(asked.row, asked.copies)))
        return
    table()


def table() -> None:
    print(f"{'':22}{'median':>10}{'first':>10}{'bar':>8}{'peak MB':>9}{'of all':>8}  beside docx")
    base = None
    for name in ("docx", "pdf", "board", "indicators", "history", "readback", "docxtpl", "libreoffice"):
        why = missing(name)
        if why:
            print(f"{name:22}{why}")
            continue
        row = in_child(name, 1)
        base = base or row["median"]
        bar = f"{BARS[name]:.2f}" if name in BARS else ""
        times = f"{row['median']:>9.3f}s{row['first']:>9.3f}s{bar:>8}"
        print(f"{name:22}{times}{row['peak']:>9.0f}{row['peak_of_all']:>8.0f}  x {row['median'] / base:.1f}")
    print("\ngrowth with the report's length (median seconds)")
    for name in ("docx", "pdf", "readback"):
        rows = [in_child(name, copies) for copies in GROWTH]
        told = "  ".join(
            f"x{c}: {row['median']:.3f}s, {row['peak']:.0f} MB" for c, row in zip(GROWTH, rows, strict=True)
        )
        print(f"{name:22}{told}  time x {rows[-1]['median'] / rows[0]['median']:.1f}")


def missing(name: str) -> str:
    if name == "docxtpl" and importlib.util.find_spec("docxtpl") is None:
        return "not installed here (pip install -r benchmarks/requirements.txt)"
    if name == "libreoffice" and shutil.which("soffice") is None:
        return "not installed here"
    return ""


def in_child(name: str, copies: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.documents", "--row", name, "--copies", str(copies)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure(name: str, copies: int) -> dict[str, float]:
    work = ROWS[name](copies)
    who = resource.RUSAGE_CHILDREN if name == "libreoffice" else resource.RUSAGE_SELF
    taken, peaks = [], []
    for round_number in range(ROUNDS):
        start = time.perf_counter()
        work(round_number)
        taken.append(time.perf_counter() - start)
        peaks.append(resource.getrusage(who).ru_maxrss / 1024)
    return {"median": statistics.median(taken[1:]), "first": taken[0], "peak": peaks[0], "peak_of_all": peaks[-1]}


def report(copies: int, round_number: int):
    """The real report; every round differs in a word, so that nothing is remembered from the round before."""
    from bot.reports.model import Paragraph, Piece
    from tests.gold_report import gold_report

    made = gold_report(copies)
    blocks = [
        replace(block, paragraphs=tuple(marked(p, round_number, Paragraph, Piece) for p in block.paragraphs))
        for block in made.blocks
    ]
    return replace(made, blocks=tuple(blocks))


def marked(paragraph, round_number: int, paragraph_kind, piece_kind):
    return paragraph_kind((piece_kind(f"({round_number}) "), *paragraph.pieces), paragraph.lead, paragraph.part)


def docx(copies: int):
    from bot.rendering.word.fill import fill
    from tests.word_file import template_bytes

    reports, template = [report(copies, n) for n in range(ROUNDS)], template_bytes()
    return lambda n: fill(reports[n], template)


def pdf(copies: int):
    from bot.rendering.pdf import pdf as made

    reports = [report(copies, n) for n in range(ROUNDS)]
    return lambda n: made(reports[n])


def readback(copies: int):
    from bot.rendering.word.fill import fill
    from bot.rendering.word.readback import changes
    from tests.word_file import template_bytes

    made = report(copies, 0)
    data = fill(made, template_bytes())
    return lambda _: changes(made, data)


def board(_copies: int):
    from bot.rendering.pictures import board_png
    from bot.reports.boards import Board, Card, CardState

    states = list(CardState)
    at = datetime(2026, 6, 5, 3, 15, tzinfo=UTC)

    def work(n: int) -> bytes:
        cards = [Card(f"Đơn vị {k} ({n})", states[k % len(states)], k, 16, ("mục 5", "mục 6")) for k in range(16)]
        return board_png(Board("2026-W23", at, at, tuple(cards)))

    return work


def indicators(_copies: int):
    from bot.rendering.pictures import plan_png
    from bot.reports.boards import Bar, PlanChart

    def work(n: int) -> bytes:
        bars = [Bar(f"Chỉ tiêu {k} ({n})", "ha", Decimal(650), Decimal(k * 50), Decimal(k * 8)) for k in range(15)]
        return plan_png(PlanChart("2026-W23", Decimal(43), tuple(bars)))

    return work


def history(_copies: int):
    from bot.rendering.pictures import history_png
    from bot.reports.boards import History, Point

    def work(n: int) -> bytes:
        points = [Point(f"2026-W{week}", Decimal(week * 20 + n)) for week in range(12, 24)]
        return history_png(History("Diện tích lúa mùa", "ha", "Phòng Kinh tế", tuple(points), Decimal(650)))

    return work


def docxtpl(copies: int):
    """The same lines through a Jinja loop in a template. It writes no footnotes: their text stands in the body."""
    import docx as python_docx
    from docxtpl import DocxTemplate

    template = python_docx.Document()
    for words in ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
        template.add_paragraph(words)
    source = io.BytesIO()
    template.save(source)
    texts = [lines_of(copies, n) for n in range(ROUNDS)]

    def work(n: int) -> bytes:
        filled = DocxTemplate(io.BytesIO(source.getvalue()))
        filled.render({"lines": texts[n]}, autoescape=True)
        out = io.BytesIO()
        filled.save(out)
        return out.getvalue()

    return work


def lines_of(copies: int, round_number: int) -> list[str]:
    from bot.reports.printed import note_lines, printed

    made = report(copies, round_number)
    notes = [line.text for note in made.notes for line in note_lines(note)]
    return [*(line.text for line in printed(made)), *notes]


def libreoffice(copies: int):
    """Our Word file turned into a PDF by another office suite, as an office without typst would do it."""
    from bot.rendering.word.fill import fill
    from tests.word_file import template_bytes

    folder = Path(tempfile.mkdtemp())
    source = folder / "report.docx"
    source.write_bytes(fill(report(copies, 0), template_bytes()))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    return lambda _: subprocess.run(command, check=True, capture_output=True)


ROWS = {
    "docx": docx,
    "pdf": pdf,
    "board": board,
    "indicators": indicators,
    "history": history,
    "readback": readback,
    "docxtpl": docxtpl,
    "libreoffice": libreoffice,
}

if __name__ == "__main__":
    main()
