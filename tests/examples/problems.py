"""The reader's questions, one of each kind at least."""

from __future__ import annotations

from decimal import Decimal

from bot.decisions.lines import Line
from tests.examples.week import OWED_LATE, Example, given, owed

RICE = {"label": "lúa mùa", "measure": "ha", "plan": 650}
HEALTH = {"reader": "Dung", "unit": "Trạm Y tế"}
SERVICE = {"reader": "Sáng", "unit": "TT Hành chính công"}


def unit_choices(*units: str) -> list[dict[str, str]]:
    return [{"key": unit, "label": unit} for unit in units]


def values(unit: str, *numbers: str) -> list[dict[str, object]]:
    return [{"key": number, "value": Decimal(number), "unit": unit} for number in numbers]


_PROBLEMS: dict[str, tuple[Example, ...]] = {
    "ambiguous_number": (
        Example({"label": "ngô", "quote": "1,110", "measure": "ha", "candidates": values("ha", "1110", "1.11")}),
        Example(
            {"label": "rau", "quote": "8 6/132", "measure": "ha", "last": 84, "candidates": values("ha", "86", "8.6")},
            "last week is known",
        ),
    ),
    "ambiguous_scope": (
        Example(
            {
                "quote": "Không phát sinh",
                "options": [
                    {"key": "usual", "label": "Vụ việc phức tạp, vi phạm trật tự xã hội, đăng ký xe"},
                    {"key": "all", "label": "Cả 9 số liệu trong tuần, kể cả hồ sơ cư trú, phiếu CT10"},
                ],
            },
            reader="Páo",
            unit="Công an xã",
        ),
        Example(
            {
                "quote": "ko",
                "label": "lượt khám",
                "groups": {"usual": ("dịch bệnh",), "all": ("lượt khám", "dịch bệnh")},
            },
            "a bare no",
            **HEALTH,
        ),
        Example({"label": "hội nghị", "quote": "họp 3 lần", "day": "2026-06-12", "options": ()}, "a day"),
    ),
    "no_label": (
        Example(
            {"quote": "5", "candidates": [{"key": str(n), "label": x} for n, x in enumerate(("gia súc", "ổ dịch"))]}
        ),
    ),
    "order_mapping": (
        Example(
            {"lines": (given("tiếp nhận", "81"), given("đã giải quyết", "77"), given("đang giải quyết", "9"))},
            **SERVICE,
        ),
    ),
    "vague_quantity": (Example({"label": "quả thu hoạch", "quote": "2-3 tấn", "candidates": values("tấn", "2", "3")}),),
    "fraction": (Example({"label": "rau", "quote": "3/4 kế hoạch", "measure": "ha", "plan": 132}),),
    "derived_from_percent": (Example({**RICE, "pct": "84.5"}),),
    "no_evidence": (Example({"quote": "100% hết", "labels": ("lúa mùa", "rau", "dược liệu"), "measure": "ha"}),),
    "percent_mismatch": (Example({**RICE, "value": 549, "computed": "84.46", "stated": "94.5"}),),
    "swapped_ratio": (Example({**RICE, "quote": "650/549", "value": 549}),),
    "big_jump": (
        Example(
            {
                **RICE,
                "quote": "5490/650",
                "times": 8,
                "smaller": False,
                "against": "plan",
                "candidates": values("ha", "549", "5490"),
            }
        ),
        Example(
            {
                "label": "cây ăn quả",
                "quote": "58,1",
                "times": 10,
                "smaller": True,
                "against": "last",
                "measure": "ha",
                "candidates": values("ha", "58.1", "581"),
            },
            "smaller",
        ),
    ),
    "implausible_count": (
        Example({"label": "tin, bài trên Zalo", "quote": "1.110", "last": 2}, reader="Páo", unit="Công an xã"),
    ),
    "unit_mismatch": (Example({**RICE, "quote": "549 tấn", "candidates": unit_choices("ha", "tấn (sản lượng)")}),),
    "unit_implausible": (
        Example(
            {
                "label": "giải ngân",
                "quote": "1.000/21.070 tỷ đồng",
                "last": 1000,
                "plan": 21070,
                "measure": "triệu đồng",
                "candidates": unit_choices("triệu đồng", "tỷ đồng"),
            }
        ),
    ),
    "cumulative_decrease": (Example({"label": "trích lục", "quote": "23", "last": 24}),),
    "cumulative_lt_week": (
        Example(
            {
                "label": "thu trên địa bàn",
                "quote": "13 tỷ",
                "total": 1561,
                "measure": "triệu đồng",
                "candidates": [{"key": "13", "label": "13 triệu đồng"}, {"key": "13000", "label": "13 tỷ đồng"}],
            }
        ),
    ),
    "unspecified_role": (
        Example(
            {"label": "cấp giấy lần đầu", "quote": "được 3", "value": 3, "measure": "giấy", "last": 28, "total": 31}
        ),
    ),
    "delta": (
        Example(
            {
                "lines": (
                    given("gia súc", "11488", "con", change="20"),
                    given("gia cầm", "54913", "con", change="-87"),
                )
            }
        ),
    ),
    "plan_changed": (Example({**RICE, "new": 600}),),
    "carry_forward_flow": (Example({"label": "thu ngân sách", "last": 11, "measure": "triệu đồng"}),),
    "no_data": (Example({"lines": (given("trẻ thấp còi", "24.19", "%"),)}, **HEALTH),),
    "missing": (
        Example({"missing": OWED_LATE}),
        Example({"missing": (owed(0, "Ban KT-NS", text=True),)}, "words", reader="Chải", unit="Ban KT-NS HĐND"),
    ),
    "wrong_section": (
        Example({"labels": ("lúa mùa", "ngô"), "missing": (owed(0, "Y tế", *(f"số {n}" for n in "abc")),)}, **HEALTH),
    ),
    "sum_mismatch": (
        Example(
            {
                "label": "hồ sơ hành chính",
                "operands": (given("tiếp nhận", "68"), given("đã giải quyết", "45")),
                "line": given("đang giải quyết", "22"),
                "expected": 23,
                "at_least": True,
                "balance": True,
            },
            **SERVICE,
        ),
    ),
    "cross_section_conflict": (
        Example({"line": Line("đơn thư", Decimal(1), "đơn"), "petition": True}, unit="UBKT Đảng ủy"),
        Example({"line": given("đảng viên mới kết nạp", "3")}, "another matter", unit="Ban Xây dựng Đảng"),
    ),
    "period_mismatch": (
        Example({"label": "lượt khám", "value": 1009, "usual": 147}, **HEALTH),
        Example(
            {"label": "lượt khám", "value": 1009, "total_last": 3030, "total_now": 3177, "month": 5}, "totals", **HEALTH
        ),
    ),
    "document_date": (
        Example(
            {"quote": "trong tuần ban hành Văn bản số 160 ngày 28/5/2026", "number": "160"},
            unit="Phòng VH-XH",
        ),
    ),
    "text_unchanged": (
        Example(
            {"number": "5.1", "weeks": 3, "quote": "Tiếp tục tăng cường công tác tuyên truyền, quán triệt"},
            unit="Ban Xây dựng Đảng",
        ),
    ),
    "which_unit": (
        Example(
            {
                "quote": "đã tổ chức ra quân vệ sinh môi trường",
                "candidates": unit_choices("Hội Phụ nữ", "Đoàn Thanh niên"),
            }
        ),
    ),
    "forwarded": (Example({"count": 3}), Example({"count": 0}, "words")),
    "edited_dropped": (Example({"label": "dược liệu", "old": "64.5", "measure": "ha"}),),
}
PROBLEMS = {f"problem/{code}": examples for code, examples in _PROBLEMS.items()}
