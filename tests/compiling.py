"""The real report's gold as what departments handed in, for tests of the form and of the compiled report."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

from bot.facts import Figure, LiveText, Qualifier, Slot
from bot.rendering.forms import load_form, load_opening, load_report_words
from bot.rendering.prose import SectionProse
from bot.reports.compile import Submissions, compile_report
from bot.reports.model import Letterhead

GOLD = Path(__file__).parent / "data" / "gold"
WEEK = "2026-W23"
FORM = "dang-uy-xa"
PLACE = "Lùng Phình"


@cache
def gold(name):
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


@cache
def form():
    return load_form(FORM)


@cache
def opening():
    return load_opening(FORM, form())


@cache
def words():
    return load_report_words()


@cache
def prose():
    return SectionProse(form())


def figure(indicator, value, *, reply_id=None, qualifier=None):
    return Figure(indicator, WEEK, Decimal(value), reply_id=reply_id, qualifier=qualifier)


def gold_figures(*, reply_id=1):
    """Every figure a collector would ask for, as reply 1 gave it."""
    hedges = {"khoảng": Qualifier.ABOUT, "trên": Qualifier.OVER}
    found = {}
    for row in gold("figures")["figures"]:
        hedge = next((q for word, q in hedges.items() if f'"{word}"' in (row["note"] or "")), None)
        if row["core"]:
            found[row["id"]] = figure(row["id"], row["value"], reply_id=reply_id, qualifier=hedge)
    return found


def _slots(section, footnote, start, end):
    rows = gold("figures")["figures"]
    return tuple(
        Slot(r["id"], r["start"] - start, r["end"] - start)
        for r in rows
        if r["section_id"] == section and r["footnote"] == footnote and start <= r["start"] < end
    )


def bare(text):
    """Without the markers of footnotes."""
    return re.sub(r"\s*\[\^\d\]", "", text)


def _text(section, footnote, whole, start, end, part=None):
    return LiveText(section, WEEK, bare(whole[start:end]), _slots(section, footnote, start, end), part=part, reply_id=1)


def gold_texts():
    """Every section's words as its department sent them, figures at gold's places."""
    found = []
    for row in gold("sections"):
        if not row["parent"] and row["level"] == 0:
            continue
        inside = [p for p in row["parts"] if p["footnote"] is None]
        end = inside[0]["start"] if inside else len(row["body"])
        part = f"{row['id']}#body" if row["footnotes"] and not row["parts"] else None
        if row["body"][:end].strip():
            found.append(_text(row["id"], None, row["body"], 0, end, part))
        found += [_text(row["id"], None, row["body"], p["start"], p["end"], p["part_id"]) for p in inside]
        for key, note in row["footnotes"].items():
            parts = [p for p in row["parts"] if p["footnote"] == key]
            found += [_text(row["id"], key, note, p["start"], p["end"], p["part_id"]) for p in parts]
            if not parts:
                found.append(_text(row["id"], key, note, 0, len(note)))
    return tuple(found)


def report_of(figures=None, texts=(), *, plans=None, previous=None):
    given = Submissions(
        figures if figures is not None else {},
        tuple(texts),
        opening().plans if plans is None else plans,
        opening().values if previous is None else previous,
    )
    return compile_report(form(), given, Letterhead(place=PLACE), period=WEEK, version=1, prose=prose(), words=words())


def block(report, section):
    return next(b for b in report.blocks if b.id == section)


def body_of(report, section):
    return "\n".join(p.text for p in block(report, section).paragraphs)


def note_of(report, key):
    return "\n".join(p.text for note in report.notes if note.key == key for p in note.paragraphs)
