"""What is read about words of the report: where they belong, and whether they still hold."""

from __future__ import annotations

from decimal import Decimal

from tests.examples.week import Example

PARTY = "Ban Xây dựng Đảng"

PLACING: dict[str, tuple[Example, ...]] = {
    "which_not_known": (
        Example(
            {"missing": ("dịch bệnh lớn", "ngộ độc thực phẩm", "trẻ thấp còi", "tránh thai hiện đại")},
            reader="Dung",
            unit="Trạm Y tế",
        ),
    ),
    "past_asked": (
        Example({"week": "2026-W22", "label": "lúa mùa", "measure": "ha", "old": Decimal(530), "new": Decimal(520)}),
        Example({"week": "2026-W22", "label": "lúa mùa", "measure": "ha", "new": Decimal(520)}, "nothing was given"),
    ),
    "past_same": (Example({"week": "2026-W22", "label": "lúa mùa", "measure": "ha", "value": Decimal(530)}),),
    "past_ahead": (Example(),),
    "past_declined": (Example({"week": "2026-W22", "label": "lúa mùa"}),),
    "past_notice": (
        Example(
            {
                "week": "2026-W22",
                "label": "trích lục",
                "measure": "thửa",
                "old": Decimal(1),
                "new": Decimal(4),
                "why": "sót 3 hồ sơ",
                "moved": ({"period": "2026-W22", "old": Decimal(24), "new": Decimal(27)},),
                "apart": (),
            }
        ),
    ),
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
    "word_unread": (
        Example({"word": "XUẤT", "words": "abc", "near": ()}),
        Example({"word": "KẾ HOẠCH", "words": "", "near": ()}, "nothing behind it"),
        Example({"word": "GIA HẠN", "words": "hội cựu chiến bin", "near": ("Hội CCB",)}, "a slip"),
        Example({"word": "NGHỈ", "words": "Hùng", "near": (), "known": True}, "something is wanting"),
        Example({"word": "BẢNG", "words": "tuần trước", "near": ()}, "nothing may follow"),
    ),
    "history": (
        Example(
            {
                "label": "giải ngân đầu tư công",
                "measure": "triệu đồng",
                "plan": 21070,
                "weeks": [
                    {"period": "2026-W23", "value": 1000, "pct": "4.75"},
                    {"period": "2026-W22", "value": 1000, "pct": "4.75"},
                    {"period": "2026-W21", "value": 850, "pct": "4.03"},
                    {"period": "2026-W20", "value": None, "pct": None},
                ],
                "pace": "same",
                "elapsed": "43.1",
                "source": "Phòng Kinh tế",
                "version": 2,
            }
        ),
        Example(
            {
                "label": "giải ngân đầu tư công",
                "measure": "triệu đồng",
                "plan": 21070,
                "weeks": [{"period": f"2026-W{23 - n}", "value": 1000, "pct": "4.75"} for n in range(12)],
                "earlier": 11,
                "source": "Phòng Kinh tế",
            },
            "weeks that were named",
        ),
    ),
}
