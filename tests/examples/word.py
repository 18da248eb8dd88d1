"""Example data of what is said when the report comes back from Word."""

from __future__ import annotations

from tests.examples.desk import AMENDED_RICE
from tests.examples.week import Example

BY_LAN = {"author": "Lan", "overtaken": False}
WORD: dict[str, tuple[Example, ...]] = {
    "word_changes": (
        Example(
            {
                "changes": [
                    {"n": 1, "section": "1.1.a", "kind": "figure", "line": AMENDED_RICE, "count": 0, **BY_LAN},
                    {"n": 2, "section": "4.2", "kind": "added", "line": None, "count": 1, **BY_LAN},
                    {"n": 3, "section": "2.1", "kind": "changed", "line": None, "count": 1, **BY_LAN},
                ],
                "author": "Lan",
            }
        ),
        Example(
            {
                "changes": [
                    {"n": 1, "section": "1.1.a", "kind": "figure", "line": AMENDED_RICE, "count": 0, **BY_LAN},
                    {"n": 2, "section": "4.2", "kind": "changed", "count": 1, "author": "Thắng", "overtaken": True},
                ],
                "version": 1,
                "newest": 2,
                "is_known": True,
            },
            "two authors, one place changed since",
        ),
    ),
    "word_change": (
        Example(
            {
                "n": 1,
                "total": 3,
                "changes": [{"n": 1, "section": "1.1.a", "kind": "figure", "line": AMENDED_RICE, "count": 1}],
                "old": "Cây lúa mùa 549/650 ha.",
                "new": "Cây lúa mùa 560/650 ha.",
                "author": "Lan",
            }
        ),
        Example(
            {
                "n": 1,
                "total": 1,
                "changes": [{"n": 1, "section": "1.1.a", "kind": "figure", "line": AMENDED_RICE, "count": 1}],
                "old": "549",
                "new": "560",
                "stands": "Cây lúa mùa 555/650 ha.",
                "author": "Lan",
            },
            "changed since",
        ),
    ),
    "word_other_week": (Example({"other": "2026-W22"}),),
    "word_unrecognised": (
        Example({"name": "bao cao.docx", "version": 1, "is_docx": True}),
        Example({"name": "bao cao.doc", "version": 1, "is_docx": False}, "an old Word file"),
        Example({"name": "bao cao tuan 23 ban cuoi.docx", "version": None, "is_docx": True}, "no draft yet"),
    ),
    "word_left": (Example({"unclear": ("Lúa mùa",), "left": [{"kind": "comment", "words": "xem lại"}]}),),
    "word_locked": (Example({"version": 1}),),
    "word_taken": (
        Example({"taken": 3, "version": 2, "is_kept": True}),
        Example({"taken": 0, "version": 1, "is_kept": False}, "none"),
        Example({"taken": 0, "version": 1, "is_kept": True}, "only its look"),
    ),
}
