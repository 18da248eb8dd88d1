"""Layer A of the reader against public gold: what the table in `make bench-reader` says about mentions.

    python -m benchmarks.reader_mentions [--misses KIND]       KIND: value, role, label, extra, words

Gold of other offices may not be kept in this repository. It is looked for in the folder named by
GIAOBAN_GOLD, else beside the project; where it is absent, the rows say so.

Scoring. A gold figure is found by a mention whose number overlaps it, the closest if several do. Its value must be
equal, its unit equal (or one of `unit_alt`, or an equal way of writing it). Role and label are counted over all gold
figures that were found with their value; `role_alt` is accepted; a repeated amount counts once.
A number that is no figure is read as a figure when a mention overlaps it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from bot.replies.mentions import find_mentions
from bot.replies.normalise import fold

if TYPE_CHECKING:
    from bot.replies.reading import Mentions

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "gold"
EQUAL_UNITS = {
    "vnđ": "đồng",
    "đ": "đồng",
    "hécta": "ha",
    "hợp tác xã": "htx",
    "ngôi nhà": "nhà",
    "căn nhà": "nhà",
    "căn": "nhà",
    "ca bệnh": "ca",
    "vụ việc": "vụ",
    "km²": "km2",
    "m³": "m3",
    "m²": "m2",
    "không rõ": "",
}


def gold_folder() -> Path | None:
    named = os.environ.get("GIAOBAN_GOLD")
    folder = Path(named) if named else BESIDE
    return folder if (folder / "real_reports.json").is_file() else None


@dataclass
class Tally:
    found: Counter = field(default_factory=Counter)
    figures: int = 0
    distractors: int = 0
    f1: list[float] = field(default_factory=list)
    misses: dict[str, list[str]] = field(default_factory=dict)

    def miss(self, kind: str, line: str) -> None:
        self.misses.setdefault(kind, []).append(line)


def same_unit(got: str, figure: dict) -> bool:
    wanted = {figure["unit"], *figure.get("unit_alt", ())}
    return norm_unit(got) in {norm_unit(unit) for unit in wanted}


def norm_unit(unit: str) -> str:
    low = unit.lower().replace("²", "2").replace("³", "3")
    parts = low.split("/")
    return "/".join(EQUAL_UNITS.get(part, part) for part in parts)


def tokens_of(label: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(label))


def token_f1(got: str, wanted: str) -> float:
    a, b = Counter(tokens_of(got)), Counter(tokens_of(wanted))
    shared = sum((a & b).values())
    return 0.0 if not shared else 2 * shared / (sum(a.values()) + sum(b.values()))


def score(excerpts: list[dict]) -> Tally:
    tally = Tally()
    for excerpt in excerpts:
        score_excerpt(excerpt, tally)
    return tally


def score_excerpt(excerpt: dict, tally: Tally) -> None:
    text = excerpt["text"]
    found = find_mentions(text)
    claimed: set[int] = set()
    for figure in excerpt["figures"]:
        repeat = figure.get("repeat")
        mention = closest(found.mentions, figure)
        if mention is not None:
            claimed.add(id(mention))
        if repeat:
            continue
        tally.figures += 1
        where = f"{excerpt['id']} {text[max(0, figure['num_start'] - 50) : figure['num_end'] + 25]!r}"
        if mention is None:
            tally.miss("value", f"{where}: nothing found, wanted {figure['value']} {figure['unit']}")
            continue
        if mention.value != Decimal(figure["value"]):
            tally.miss("value", f"{where}: {mention.value} {mention.unit}, wanted {figure['value']} {figure['unit']}")
            continue
        tally.found["value"] += 1
        if same_unit(mention.unit, figure):
            tally.found["value+unit"] += 1
        else:
            tally.miss("value", f"{where}: unit {mention.unit!r}, wanted {figure['unit']!r}")
        if mention.role.value in {figure["role"], *figure.get("role_alt", ())}:
            tally.found["role"] += 1
        else:
            tally.miss("role", f"{where}: {mention.role.value} ({mention.role_evidence!r}), wanted {figure['role']}")
        if figure.get("percent_of"):
            tally.found["percents"] += 1
            tally.found["percent_of"] += mention.percent_of == figure["percent_of"]
            if mention.percent_of != figure["percent_of"]:
                tally.miss("percent", f"{where}: {mention.percent_of!r}, wanted {figure['percent_of']}")
        f1 = token_f1(mention.label, figure["label_vi"])
        tally.f1.append(f1)
        if f1 < 0.8:
            tally.miss("label", f"{f1:.2f} {where}: {mention.label!r}, wanted {figure['label_vi']!r}")
    score_the_rest(excerpt, found, claimed, tally)


def score_the_rest(excerpt: dict, found: Mentions, claimed: set[int], tally: Tally) -> None:
    """Numbers that are no figures and were read as some, and mentions nobody marked."""
    text = excerpt["text"]
    for distractor in excerpt["distractors"]:
        tally.distractors += 1
        hit = [m for m in found.mentions if not m.in_words or m.value]
        if any(
            m.num_start < distractor["end"] and distractor["start"] < m.num_end for m in hit if id(m) not in claimed
        ):
            tally.found["read as figures"] += 1
            tally.miss("extra", f"{excerpt['id']} {distractor['surface']!r} ({distractor['kind']}) read as a figure")
    zeros = excerpt.get("zeros_in_words", ())
    for mention in found.mentions:
        if id(mention) in claimed or any(mention.start < z["end"] and z["start"] < mention.end for z in zeros):
            continue
        tally.miss(
            "unmatched",
            f"{excerpt['id']} {text[max(0, mention.num_start - 40) : mention.num_end + 30]!r} = {mention.value}",
        )


def closest(mentions, figure: dict):
    over = [m for m in mentions if m.num_start < figure["num_end"] and figure["num_start"] < m.num_end]
    return min(over, key=lambda m: abs(m.num_start - figure["num_start"]), default=None)


def numerals(folder: Path) -> list[tuple[str, int, int, list[str]]]:
    """Number words and duckling's numerals: how many are read right, without the faults their sources list."""
    words = json.loads((folder / "number_words.json").read_text(encoding="utf-8"))
    faults = {(e["value"], e["got"]) for e in words["num2words_errors"] if e["kind"].startswith("wrong")}
    pairs = [
        (p["words"], p["value"])
        for p in words["num2words_pairs"] + words["vietnam_number_pairs"]
        if (p["value"], p["words"]) not in faults
    ]
    duckling = json.loads((folder / "duckling_vi.json").read_text(encoding="utf-8"))
    spoken = [(p["input"], p["expected"]["value"]) for p in duckling["pairs"] if p["dimension"] == "Numeral"]
    return [
        (name, *read_right(listed))
        for name, listed in (("number_words.json", pairs), ("duckling_vi.json numerals", spoken))
    ]


def read_right(pairs: list[tuple[str, str]]) -> tuple[int, int, list[str]]:
    wrong = []
    for text, value in pairs:
        mentions = find_mentions(text).mentions
        if not mentions or mentions[0].value != Decimal(value):
            wrong.append(f"{text!r}: {[str(m.value) for m in mentions]}, wanted {value}")
    return len(pairs) - len(wrong), len(pairs), wrong


def speed(texts: list[str]) -> list[str]:
    typical = [t for t in texts if 100 <= len(t) <= 300] or [t[:200] for t in texts]
    per_text = statistics.median(timed(t) for t in typical)
    length = statistics.median(len(t) for t in typical)
    joined = "\n".join(texts)
    short, long = joined[:400], joined[:4096]
    return [
        f"| layer A, a reply of {length:.0f} characters | {per_text * 1e6:.0f} µs | |",
        f"| layer A, 4,096 characters ÷ 400 characters | {timed(long) / timed(short):.1f} × | ≤ 10 × |",
    ]


def timed(text: str) -> float:
    """Processor seconds of the best of thirty runs, without the garbage collector's pauses."""
    find_mentions(text)
    best = float("inf")
    gc.disable()
    for _ in range(30):
        start = time.process_time()
        find_mentions(text)
        best = min(best, time.process_time() - start)
    gc.enable()
    return best


def rows(folder: Path | None) -> tuple[list[str], Tally | None]:
    if folder is None:
        absent = "gold of other offices is not here"
        return [f"| real_reports.json | {absent} | |", f"| number_words.json, duckling_vi.json | {absent} | |"], None
    excerpts = json.loads((folder / "real_reports.json").read_text(encoding="utf-8"))
    tally = score(excerpts)
    n, got = tally.figures, tally.found
    lines = [
        f"| real_reports.json: value | {got['value'] / n:.1%} of {n} | |",
        f"| real_reports.json: value + unit | {got['value+unit'] / n:.1%} | ≥ 97 % |",
        f"| real_reports.json: role | {got['role'] / got['value']:.1%} | ≥ 85 % |",
        f"| real_reports.json: percent of what | {got['percent_of'] / got['percents']:.1%} of {got['percents']} | |",
        f"| real_reports.json: label token-F1 | {statistics.mean(tally.f1):.3f} | ≥ 0.80 |",
        f"| real_reports.json: no figures read as figures | {got['read as figures']} of {tally.distractors} | ≤ 1 % |",
    ]
    for name, right, of, wrong in numerals(folder):
        lines.append(f"| {name} | {right} of {of} | all but listed faults |")
        for line in wrong:
            tally.miss("words", line)
    return lines + speed([e["text"] for e in excerpts]), tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", default="", help="value, role, percent, label, extra, unmatched or words")
    wanted = parser.parse_args().misses
    lines, tally = rows(gold_folder())
    print("| on | reached | wanted |\n|---|---|---|")
    print("\n".join(lines))
    for line in tally.misses.get(wanted, []) if tally else ():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
