"""The reader in one table: `make bench-reader`. Floors stand beside what was reached; speed stands beside public peers.

Everything runs in one process on the same texts. Peers that are not installed (benchmarks/requirements.txt) and gold
that is not here say so.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from benchmarks import reader_mentions, throughput
from bot.rendering.forms import load_form, load_opening
from bot.replies.mentions import analyse
from bot.replies.normalise import fold
from bot.replies.read import Reader
from bot.replies.reading import Context
from bot.replies.reading_json import context_from_json, read_line
from tests.spec.corpus import context_of, corpus, faults
from tests.spec.disturb import cases
from tests.spec.scoring import score

if TYPE_CHECKING:
    from bot.forms.model import Form

GOLD = Path(__file__).resolve().parents[1] / "tests" / "data" / "gold"
DISTURBED = 2_400
ROUNDS = 15
WEEK = "01-07/6/2026"
PEER = "underthesea.word_tokenize"
NEW = "as if every label were new"
WANTED = {PEER: "< 1 ×"}


def main() -> int:
    form = load_form("dang-uy-xa")
    reader = Reader(form)
    replies = json.loads((GOLD / "replies.json").read_text(encoding="utf-8"))["replies"]
    print("| on | reached | wanted |\n|---|---|---|")
    for line in (
        *gold_replies(reader, replies),
        *pasted_sections(reader),
        *disturbed(reader),
        own_corpus(reader, form),
        *reader_mentions.rows(reader_mentions.gold_folder())[0],
        *speed(reader, replies),
    ):
        print(line)
    return 0


def row(on: str, reached: str, wanted: str = "") -> str:
    return f"| {on} | {reached} | {wanted} |"


def gold_replies(reader: Reader, replies: list[dict]) -> list[str]:
    scores = [score(json.loads(read_line(reader, json.dumps(reply))), reply) for reply in replies]
    right = sum(s.is_right for s in scores)
    return [
        row("replies.json: read right", f"{right} of {len(replies)}", "all"),
        row("replies.json: wrong values stored", str(sum(len(s.wrong) for s in scores)), "0"),
        row("replies.json: held and not asked", str(sum(len(s.unasked) for s in scores)), "0"),
        row("replies.json: questions nobody needs", str(sum(len(s.extra) for s in scores)), "≤ 3"),
    ]


def pasted_sections(reader: Reader) -> list[str]:
    sections = json.loads((GOLD / "sections.json").read_text(encoding="utf-8"))
    marked = json.loads((GOLD / "figures.json").read_text(encoding="utf-8"))
    right = core = extra = trapped = traps = 0
    for section in sections:
        for footnote, text in [(None, section["body"]), *section["footnotes"].items()]:
            here = [f for f in marked["figures"] if f["section_id"] == section["id"] and f["footnote"] == footnote]
            wanted = {f["id"]: Decimal(f["value"]) for f in here if f["core"]}
            figures = reader.read(text, Context(sections=(section["id"],), week=WEEK)).figures
            stored = {f.indicator: f.value for f in figures}
            core += len(wanted)
            right += sum(stored.get(name) == value for name, value in wanted.items())
            extra += sum(wanted.get(name) != value for name, value in stored.items())
            for trap in marked["distractors"] + marked["word_traps"]:
                if trap["section_id"] == section["id"] and trap.get("footnote") == footnote:
                    traps += 1
                    trapped += any(f.start < trap["end"] and trap["start"] < f.end for f in figures)
    return [
        row("sections.json: core figures", f"{right} of {core}", "all"),
        row("sections.json: anything else stored", str(extra), "0"),
        row("sections.json: distractors and word traps stored", f"{trapped} of {traps}", "0"),
    ]


def disturbed(reader: Reader) -> list[str]:
    figures = right = wrong = asked = 0
    for case in cases(DISTURBED):
        reading = reader.read(case.text, Context(sections=(case.section,), week=WEEK))
        stored = {f.indicator: f.value for f in reading.figures}
        about = {i for q in reading.questions for i in q.indicators}
        figures += len(case.values)
        right += sum(stored.get(name) == value for name, value in case.values.items())
        asked += sum(name not in stored and name in about for name in case.values)
        wrong += sum(case.values.get(name) != value for name, value in stored.items())
    return [
        row(f"the same, disturbed, {DISTURBED} cases: right", f"{right / figures:.2%} of {figures}", "≥ 98 %"),
        row("the same, disturbed: wrong", f"{wrong / figures:.3%}", "≤ 0.1 %"),
        row("the same, disturbed: asked, left out", f"{asked}, {figures - right - asked}"),
    ]


def own_corpus(reader: Reader, form) -> str:
    all_cases = corpus()
    wrong = [c for c in all_cases if faults(c, reader.read(c["text"], context_of(c, form)))]
    return row("tests/spec/replies", f"{len(all_cases) - len(wrong)} of {len(all_cases)}", "all")


def speed(reader: Reader, replies: list[dict]) -> list[str]:
    """Short replies and pasted sections apart: what costs a tokeniser (length) is not what costs a reader (numbers)."""
    sections = json.loads((GOLD / "sections.json").read_text(encoding="utf-8"))
    pasted = [
        (text, Context(sections=(section["id"],), week=WEEK))
        for section in sections
        for text in [section["body"], *section["footnotes"].values()]
        if text
    ]
    short = [(r["text"], context_from_json(r, reader.form)) for r in replies]
    lines = beside(reader, "short replies", short) + beside(reader, "pasted sections", pasted)
    lines += beside(reader, "all of them", short + pasted)
    return [*lines, *beside(reader, "replies of benchmarks.throughput", of_the_crowd(reader.form)), growth(reader)]


def of_the_crowd(form: Form) -> list[tuple[str, Context]]:
    """What the service is sent there, each with all that its department answers and last week's values."""
    people, previous = SimpleNamespace(people=range(1, 401)), load_opening("dang-uy-xa", form).values
    texts = throughput.replies(form, people)
    jobs = []
    for person in people.people[::4]:
        department = throughput.department_of(form, person)
        sections = tuple(s.id for s in form.sections_of(department))
        context = Context(sections=sections, department=department, week=WEEK, previous=previous)
        jobs += [(texts[person](nth), context) for nth in range(4)]
    return jobs


def beside(reader: Reader, name: str, jobs: list[tuple[str, Context]]) -> list[str]:
    texts = [text for text, _ in jobs]
    labels = [fold(i.label) for i in reader.form.indicators.values()]
    forgetful = Reader(reader.form, remembered=0)
    works = {
        "reading": lambda: [reader.read(text, context) for text, context in jobs],
        NEW: lambda: [forgetful.read(text, context) for text, context in jobs],
        "layer A alone": lambda: [analyse(text) for text in texts],
        "rapidfuzz ratio, every label with every clause": lambda: [fuzzy(text, labels) for text in texts],
    }
    tokenise = peer()
    if tokenise is not None:
        works[PEER] = lambda: [tokenise(text) for text in texts]
    best = fastest(works)
    whole, new, each = best.pop("reading"), best.pop(NEW), 1e6 / len(jobs)
    length = sum(map(len, texts)) / len(texts)
    lines = [
        row(f"{name}: reading one of {length:.0f} characters", f"{whole * each:.0f} µs"),
        row(f"{name}: {NEW}", f"{new * each:.0f} µs"),
    ]
    lines += [
        row(
            f"{name}: {peer}",
            f"{taken * each:.0f} µs, reading is {whole / taken:.2f} × ({new / taken:.2f} × {NEW})",
            WANTED.get(peer, ""),
        )
        for peer, taken in best.items()
    ]
    return lines if tokenise is not None else [*lines, row(f"{name}: {PEER}", "not installed", WANTED[PEER])]


def fastest(works: dict) -> dict[str, float]:
    """The best of some rounds for each, in processor time and in turn, so that a busy machine is busy for all."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            start = time.process_time()
            work()
            best[name] = min(best[name], time.process_time() - start)
    return best


def growth(reader: Reader) -> str:
    sections = json.loads((GOLD / "sections.json").read_text(encoding="utf-8"))
    text = "\n".join(s["body"] for s in sections if s["owner"] == "Phòng Kinh tế" and s["body"])
    department = Context(
        sections=tuple(s.id for s in reader.form.sections_of("phong-kinh-te")), department="phong-kinh-te"
    )
    works = {n: (lambda n=n: reader.read((text * 3)[:n], department)) for n in (400, 4096)}
    best = fastest(works)
    return row("4,096 characters ÷ 400 characters", f"{best[4096] / best[400]:.1f} ×", "≤ 10 ×")


def fuzzy(text: str, labels: list[str]) -> list[float]:
    clauses = [c for c in fold(text).replace(";", ",").replace("\n", ",").split(",") if c]
    return [ratio(label, clause) for clause in clauses for label in labels]


def peer():
    try:
        return importlib.import_module("underthesea").word_tokenize
    except ImportError:
        return None


if __name__ == "__main__":
    sys.exit(main())
