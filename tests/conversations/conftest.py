"""A staged office in the week 01–07/6/2026, and transcripts that are compared with what was read and approved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

PEOPLE = (
    ("mai", "Vù Thị Mai", "van-phong", "secretary"),
    ("thang", "Giàng Văn Thắng", "van-phong", "leader"),
    ("hung", "Lò Văn Hùng", "phong-kinh-te", "respondent"),
    ("sang", "Lù Thị Sáng", "tt-hanh-chinh-cong", "respondent"),
    ("dung", "Má Thị Dung", "tram-y-te", "respondent"),
    ("giang", "Sùng A Giàng", "hoi-ccb", "respondent"),
)
GROUP = "-100"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Stage]:
    """Six people and the leaders' group, on Thursday at eight: the prompts are out."""
    made = await staged(tmp_path)
    for who, name, unit, role in PEOPLE:
        await made.enrol(who, name, unit=unit, role=role)
    await made.link_group(GROUP, "Lãnh đạo xã")
    await made.at("2026-06-04 08:00")
    made.lines.clear()
    made.note("thứ Năm, 04/6 08:00: đã gửi đề nghị")
    yield made
    await made.close()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The office and three heads, when the prompts are out; for what is no whole week."""
    made = await staged(tmp_path)
    await made.enrol("mai", "Vù Thị Mai", role="secretary")
    await made.enrol("hung", "Lý Văn Hùng", unit="phong-kinh-te")
    await made.enrol("dung", "Lò Thị Dung", unit="tram-y-te")
    await made.enrol("giang", "Giàng A Páo", unit="hoi-ccb")
    await made.at("2026-06-04 08:00")
    yield made
    await made.close()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Stage], None]:
    """Compares the week's transcript with the file named like the test."""

    def compare(stage: Stage) -> None:
        name = request.node.name.removeprefix("test_")
        file = Path(request.path).parent / f"{name}.txt"
        if request.config.getoption("--update-golden"):
            file.write_text(stage.transcript, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == stage.transcript

    return compare
