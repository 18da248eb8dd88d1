"""The real report as a Report, built from the gold sections and figures: what the renderers are tested with."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

from bot.facts import Figure
from bot.forms.model import HeadingStyle
from bot.reports.model import Block, Letterhead, Note, Paragraph, Piece, PieceKind, Report

GOLD = Path(__file__).parent / "data" / "gold"
PERIOD = "2026-W23"
LETTERHEAD = Letterhead(
    superior="ĐẢNG BỘ TỈNH LÀO CAI",
    issuer="ĐẢNG ỦY XÃ LÙNG PHÌNH",
    number="123-BC/ĐU",
    place="Lùng Phình",
    date="2026-06-07",
    authority="T/M BAN THƯỜNG VỤ",
    post="PHÓ BÍ THƯ",
    signer="Nguyễn Văn Mẫu",
    recipients=(
        "Ban Thường vụ Tỉnh ủy",
        "Văn phòng Tỉnh ủy",
        "Các đồng chí Ủy viên Ban Thường vụ Đảng ủy",
        "Lưu Văn phòng Đảng ủy",
    ),
)
_MARK = re.compile(r"\[\^(\d+)\]")


def gold_sections() -> list[dict]:
    return json.loads((GOLD / "sections.json").read_text(encoding="utf-8"))


def gold_figures() -> list[dict]:
    return json.loads((GOLD / "figures.json").read_text(encoding="utf-8"))["figures"]


def gold_report(copies: int = 1) -> Report:
    """The report; `copies` repeats its sections for measurements of growth."""
    blocks, notes, figures = [], [], {}
    found = gold_figures()
    for figure in found:
        figures[figure["id"]] = Figure(figure["id"], PERIOD, Decimal(figure["value"]))
    for copy in range(copies):
        tail = "" if copy == 0 else f".{copy}"
        for section in gold_sections():
            if section["id"] == "TITLE":
                if copy:
                    continue
                # the rule under the abstract is the template's
                section["body"] = section["body"].removesuffix("\n-----")
            own = [f for f in found if f["section_id"] == section["id"]]
            blocks.append(_block(section, own, tail))
            for key, text in section["footnotes"].items():
                spans = [f for f in own if f["footnote"] == key]
                parts = [p for p in section["parts"] if p["footnote"] == key]
                notes.append(Note(f"{key}{tail}", _paragraphs(text, spans, parts, tail)))
    return Report(PERIOD, 1, "Báo cáo tuần 23", LETTERHEAD, tuple(blocks), tuple(notes), figures)


def _block(section: dict, figures: list[dict], tail: str) -> Block:
    spans = [f for f in figures if f["footnote"] is None]
    parts = [p for p in section["parts"] if p["footnote"] is None]
    heading = section["heading"].strip()
    return Block(
        id=section["id"] + tail,
        level=section["level"],
        number=section["number"] or "",
        title=(section["title"] or "").strip().rstrip(":"),
        heading_style=HeadingStyle(section["heading_style"]),
        colon=heading.endswith(":"),
        paragraphs=_paragraphs(section["body"], spans, parts, tail) if section["body"] else (),
    )


def _paragraphs(text: str, figures: list[dict], parts: list[dict], tail: str) -> tuple[Paragraph, ...]:
    found = []
    place = 0
    for words in text.split("\n"):
        if words.strip():
            found.append(_paragraph(text, place, place + len(words), figures, parts, tail))
        place += len(words) + 1
    return tuple(found)


def _paragraph(text: str, start: int, end: int, figures: list[dict], parts: list[dict], tail: str) -> Paragraph:
    lead, part_id = "", None
    for part in parts:
        label = part["label"]
        if start <= part["start"] < end and text[start:end].lstrip().startswith(label):
            lead, part_id = label, part["part_id"]
            start = text.index(label, start) + len(label)
    cuts = [(f["start"], f["end"], PieceKind.FIGURE, f["id"]) for f in figures if not f["implicit"]]
    cuts += [(m.start(), m.end(), PieceKind.NOTE, m[1] + tail) for m in _MARK.finditer(text)]
    pieces, place = [], start
    for left, right, kind, ref in sorted(c for c in cuts if start <= c[0] < end):
        if left > place:
            pieces.append(Piece(text[place:left]))
        pieces.append(Piece("" if kind is PieceKind.NOTE else text[left:right], kind, ref))
        place = right
    if place < end:
        pieces.append(Piece(text[place:end]))
    return Paragraph(tuple(pieces), lead, part_id)
