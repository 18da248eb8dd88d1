"""What is read about words of the report: where they belong, and whether they still hold."""

from __future__ import annotations

from tests.examples.week import Example

PARTY = "Ban Xây dựng Đảng"

PLACING: dict[str, tuple[Example, ...]] = {
    "text_kept": (Example({"number": "5.1"}, unit=PARTY),),
    "text_wanted": (Example({"number": "5.1"}, unit=PARTY),),
    "pick_section": (
        Example(
            {
                "quote": "Đã rà soát các điểm sạt lở, đôn đốc nộp quỹ",
                "candidates": [
                    {"key": "II.1.1.d", "label": "Phòng chống thiên tai"},
                    {"key": "II.1.2.d", "label": "Nông thôn mới"},
                ],
            }
        ),
        Example(
            {
                "quote": "Đã rà soát các điểm sạt lở",
                "candidates": [{"key": "II.1.1.d", "label": "Phòng chống thiên tai"}, {"key": "x", "label": "Đất đai"}],
                "others": 4,
            },
            "more sections",
        ),
    ),
}
