"""The real week 01–07/6/2026 on a stage: every department sends the very texts of the signed report."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storage import figures
from tests.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GOLD = Path(__file__).resolve().parent.parent / "data" / "gold"
DEPARTMENTS = {
    "Phòng Kinh tế": "phong-kinh-te",
    "Phòng Văn hóa - Xã hội": "phong-vh-xh",
    "Trạm Y tế": "tram-y-te",
    "Trung tâm Phục vụ hành chính công": "tt-hanh-chinh-cong",
    "Ban CHQS xã": "ban-chqs",
    "Công an xã": "cong-an",
    "Văn phòng HĐND và UBND": "vp-hdnd-ubnd",
    "UBMTTQ": "ubmttq",
    "Đoàn Thanh niên": "doan-thanh-nien",
    "Hội LHPN": "hoi-phu-nu",
    "Hội Nông dân": "hoi-nong-dan",
    "Hội CCB": "hoi-ccb",
    "Ban Xây dựng Đảng": "ban-xay-dung-dang",
    "UBKT Đảng ủy": "ubkt",
    "Ban Kinh tế - Ngân sách HĐND": "ban-kt-ns",
    "Ban Văn hóa - Xã hội HĐND": "ban-vh-xh",
}
OFFICE = "Văn phòng Đảng ủy"


def gold(name: str) -> Any:
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


def without_marks(text: str) -> str:
    return text.replace("[^1]", "").replace("[^2]", "").replace("[^3]", "").strip()


def messages() -> list[tuple[str, str]]:
    """(owner, text) in the report's order: a section's heading and body, its notes, parts from whoever writes them."""
    told: list[tuple[str, str]] = []
    for section in gold("sections"):
        if section["id"] in ("TITLE", "CLOSING") or not section["body"]:
            continue
        parts = section["parts"] if section["id"] != "III.3" else []
        body = section["body"]
        for part in parts:
            if part["footnote"] is None:
                told.append((part["owner"], section["body"][part["start"] : part["end"]].split(":", 1)[1].strip()))
                body = body[: min(p["start"] for p in parts if p["footnote"] is None)]
            else:
                text = section["footnotes"][part["footnote"]][part["start"] : part["end"]]
                told.append((part["owner"], text.strip()))
        heading = section["heading"].rstrip(": ")
        told.append((section["owner"], f"{heading}:\n{without_marks(body)}"))
        for key, note in section["footnotes"].items():
            if not any(p["footnote"] == key for p in parts):
                told.append((section["owner"], f"{heading}:\n{note.strip()}"))
    return told


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = await staged(tmp_path)
    await made.enrol("mai", "Vù Thị Mai", role="secretary")
    await made.enrol("thang", "Giàng Văn Thắng", role="leader")
    for name, unit in DEPARTMENTS.items():
        await made.enrol(unit, f"Trưởng {name}", unit=unit)
    await made.link_group("-100", "Lãnh đạo xã")
    await made.at("2026-06-04 08:00")
    yield made
    await made.close()


async def test_all_core_figures_of_the_real_report_are_stored_and_none_is_wrong(stage: Stage) -> None:
    for owner, text in messages():
        await stage.say("mai" if owner == OFFICE else DEPARTMENTS[owner], text)
        if owner == "Phòng Kinh tế" and "tỷ đồng" in text:
            await stage.press("phong-kinh-te", "Triệu đồng")
    async with stage.app.kit.db.reading() as rx:
        stored = await figures.current(rx, "2026-W23")
    expected = {f["id"]: Decimal(f["value"]) for f in gold("figures")["figures"] if f["core"]}

    found = {i: stored[i].value for i in expected if i in stored}
    assert found == expected
    assert set(stored) - set(expected) == set(), "nothing else was stored"
