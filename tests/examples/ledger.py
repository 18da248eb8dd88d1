"""What the office reads of tables, past weeks, names, the form and trial rounds."""

from __future__ import annotations

from decimal import Decimal

from tests.examples.week import Example

EXPORTED = {"first": "2026-W18", "last": "2026-W22", "rows": 512, "changes": 14}
TRAVELLED = ({"period": "2026-W22", "old": Decimal(24), "new": Decimal(27)},)
APART = ({"period": "2026-W23", "stated": Decimal(24), "computed": Decimal(27)},)
CORRECTED = {
    "week": "2026-W22",
    "label": "trích lục",
    "measure": "thửa",
    "old": Decimal(1),
    "new": Decimal(4),
    "why": "sót 3 hồ sơ",
    "moved": TRAVELLED,
    "apart": (),
}
ISSUES = ({"period": "2026-W22", "version": 1},)
FORM_CHANGE = {
    "name": "lúa vụ mùa",
    "old": "lúa mùa",
    "measure": "ha",
    "place": "1.1.a",
    "department": "Phòng Kinh tế",
}

LEDGER: dict[str, tuple[Example, ...]] = {
    "form_how": tuple(
        Example({"problem": p, "words": "hộ có nước sạch", "near": "hộ nghèo", "longest": 28}, p)
        for p in ("how", "section", "plan", "name", "long", "taken", "rename", "unknown", "asked", "not_asked")
    ),
    "form_add": (Example(FORM_CHANGE), Example(FORM_CHANGE | {"plan": Decimal(450)}, "with a plan")),
    "form_confirm": tuple(Example({**FORM_CHANGE, "what": w}, w) for w in ("rename", "retire", "resume")),
    "form_recorded": (
        *tuple(Example({**FORM_CHANGE, "what": w}, w) for w in ("rename", "retire", "resume", "add")),
        Example({**FORM_CHANGE, "what": "add", "plan": Decimal(450), "measure": "hộ"}, "with a plan"),
    ),
    "past_request": (
        Example(
            {
                "week": "2026-W22",
                "label": "lúa mùa",
                "measure": "ha",
                "old": Decimal(530),
                "new": Decimal(520),
                "person": "Hùng",
                "words": "tuần 22 lúa mùa 520 mới đúng",
            }
        ),
    ),
    "past_confirm": (
        Example({**CORRECTED, "issues": ISSUES}),
        Example({**CORRECTED, "old": None, "moved": (), "issues": ()}, "nothing moves"),
        Example({**CORRECTED, "apart": APART, "issues": ISSUES * 4, "moved": TRAVELLED * 6}, "much moves"),
    ),
    "past_recorded": (
        Example({**CORRECTED, "issues": ISSUES}),
        Example({**CORRECTED, "apart": APART, "issues": ()}, "not printed"),
    ),
    "past_touched": (
        Example({"issues": ISSUES, "newest": ("2026-W22",)}),
        Example({"issues": ISSUES * 4, "newest": ("2026-W20", "2026-W21", "2026-W22")}, "many"),
    ),
    "past_how": tuple(
        Example({"week": "2026-W22", "words": "trích lục", "problem": p, "near": ("trích đo",)}, p)
        for p in ("number", "reason", "indicator")
    ),
    "export_which": (
        Example({"words": "", "longest": None}),
        Example({"words": "hôm kia đến giờ", "longest": None}, "not read"),
        Example({"words": "", "longest": 53}, "too long"),
    ),
    "export_ready": (
        Example({**EXPORTED, "kind": "xlsx", "carried": True}),
        Example({**EXPORTED, "kind": "csv", "carried": True}, "a text file"),
        Example({**EXPORTED, "kind": "xlsx", "carried": False}, "no files here"),
        Example({**EXPORTED, "last": "2026-W18", "rows": 0, "kind": "xlsx", "carried": True}, "nothing"),
    ),
    "names_none": (Example({"drafted": True}), Example({"drafted": False}, "no draft yet")),
    "names_shown": (
        Example({"names": ({"place": "1.2.b", "words": "Nguyễn Văn A", "shown": "N.V.A."},), "version": 1}),
        Example({"names": ({"place": "5.2.a", "words": "Lò Thị B", "shown": "L.T.B."},) * 30, "version": 1}, "many"),
    ),
    "names_set": tuple(Example({"state": s, "version": 1}, s) for s in ("masked", "open", "posted")),
    "trial_refused": (Example(),),
    "trial_started": (Example({"count": 17, "on": True}), Example({"count": 17, "on": False}, "end")),
}
