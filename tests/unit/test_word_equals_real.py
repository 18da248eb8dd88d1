"""The Word file says what the signed report says, paragraph by paragraph, but for a short list with reasons."""

from __future__ import annotations

import re
import unicodedata

from bot.rendering.word.fill import fill
from tests import word_file
from tests.compiling import gold, gold_figures, gold_texts, report_of

# What the real report numbers by hand the form numbers itself: by section, its number there and here.
NUMBERED = {
    "II.2.4.1": ("1.", "a)"),  # the only points with digits; everywhere else they are letters
    "II.2.4.2": ("2.", "b)"),
    "II.2.4.3": ("3.", "c)"),
    "II.4.a": ("a)", "4.1."),  # a), b), c), then 4.2: the level changes midway and 4.1 is missing
    "II.4.b": ("b)", "4.2."),
    "II.4.c": ("c)", "4.3."),
    "II.4.2": ("4.2.", "4.4."),
    "II.4.3": ("4.3.", "4.5."),
    "II.5.3.e": ("e)", "đ)"),  # đ) follows d) in Vietnamese
}
TITLE = (
    "KHÁI QUÁT TÌNH HÌNH TỪ NGÀY 01 ĐẾN 07/6/ 2026",
    "KHÁI QUÁT TÌNH HÌNH TỪ NGÀY 01 ĐẾN 07/6/2026",
)  # a stray space


def plain(text: str) -> str:
    """Composed letters, single spaces, no footnote marks."""
    return " ".join(unicodedata.normalize("NFC", re.sub(r"\[\^\d\]", "", text)).split())


def real_paragraphs() -> list[str]:
    found: list[str] = []
    for section in gold("sections"):
        if section["id"] == "TITLE":
            continue
        there, here = NUMBERED.get(section["id"], ("", ""))
        heading = plain(section["heading"] or "")
        assert heading.startswith(there)
        heading = here + heading.removeprefix(there)
        lines = [plain(line) for line in (section["body"] or "").split("\n") if line.strip()]
        if section["heading_style"] == "run_in" and lines:
            lines = [f"{heading} {lines[0]}", *lines[1:]]
        elif heading:
            lines = [heading, *lines]
        found += lines
    return found


def test_every_paragraph_is_that_of_the_real_report_in_its_order():
    data = fill(report_of(gold_figures(), gold_texts()), word_file.template_bytes())
    printed = [plain(p) for p in word_file.paragraphs(data) if p.strip()]
    real = real_paragraphs()
    start = printed.index(real[0])

    assert printed[start : start + len(real)] == real
    assert TITLE[0].replace("/ ", "/") == TITLE[1] in printed


def test_every_footnote_is_that_of_the_real_report():
    data = fill(report_of(gold_figures(), gold_texts()), word_file.template_bytes())
    real = {key: text for section in gold("sections") for key, text in section["footnotes"].items()}

    assert [[plain(p) for p in note] for note in word_file.footnotes(data)] == [
        [plain(p) for p in text.split("\n") if p.strip()] for _, text in sorted(real.items())
    ]
