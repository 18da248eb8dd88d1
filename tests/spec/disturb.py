"""The real sections as other hands would type them: seeded, so that every case can be told again.

Each disturbance leaves the meaning whole: without diacritics, sentences in another order, other number styles,
abbreviations, one slip of a finger, chatter around it.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

GOLD = Path(__file__).parent.parent / "data" / "gold"
KINDS = ("plain", "shuffled", "styled", "short", "slipped", "chatty")

_SHORT = (
    ("kế hoạch giao", "KH giao"),
    ("kế hoạch", "KH"),
    ("lũy kế", "LK"),
    ("hồ sơ", "hs"),
    ("thực hiện", "TH"),
    ("tiếp nhận", "TN"),
    ("giải quyết", "GQ"),
    ("không phát sinh", "ko ps"),
    ("không", "ko"),
    ("được", "đc"),
    ("ngân sách", "NS"),
    ("diện tích", "DT"),
    ("lao động", "LĐ"),
    ("người", "ng"),
    ("đảng viên", "ĐV"),
    ("văn bản", "VB"),
    ("hội viên", "HV"),
    ("đối tượng", "đt"),
    ("trường hợp", "TH"),
    ("hội nghị", "HN"),
    ("triệu đồng", "trđ"),
    ("quyền sử dụng đất", "QSDĐ"),
    ("an ninh, trật tự", "ANTT"),
    ("cơ sở", "CS"),
    ("học sinh", "HS"),
)
_BEFORE = (
    "Em gửi anh số liệu tuần này ạ. ",
    "Kính gửi Văn phòng Đảng ủy,\n",
    "Dạ em báo cáo: ",
    "chào chị, bên em gửi báo cáo nhé\n",
    "Báo cáo tuần 23 (01-07/6):\n",
)
_AFTER = (
    " Có gì anh gọi em nhé, 0900 111 222.",
    "\nTrân trọng cảm ơn!",
    " em gửi trước vậy ạ",
    "\n-- gửi lúc 14h30 ngày 05/6",
    " 👍👍",
)
_NEAR = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "u": "yi",
    "n": "mb",
    "t": "ry",
    "h": "gj",
    "g": "fh",
    "c": "xv",
    "s": "ad",
}


@dataclass(frozen=True)
class Disturbed:
    """One case: the text, the section it is read for, and the values it holds."""

    number: int
    section: str
    footnote: str | None
    kinds: tuple[str, ...]
    text: str
    values: dict[str, Decimal]


def cases(count: int, seed: int = 20260607) -> list[Disturbed]:
    """`count` cases over all texts with figures in turn."""
    texts = _texts()
    found = []
    for number in range(count):
        section, footnote, text, figures = texts[number % len(texts)]
        rng = random.Random(f"{seed}:{number}")
        kinds = tuple(k for k in KINDS if rng.random() < 0.5) or (rng.choice(KINDS),)
        values = {f["id"]: Decimal(f["value"]) for f in figures}
        found.append(Disturbed(number, section, footnote, kinds, _disturbed(text, figures, kinds, rng), values))
    return found


def _texts():
    sections = json.loads((GOLD / "sections.json").read_text(encoding="utf-8"))
    figures = json.loads((GOLD / "figures.json").read_text(encoding="utf-8"))["figures"]
    found = []
    for section in sections:
        for footnote, text in [(None, section["body"]), *section["footnotes"].items()]:
            own = [f for f in figures if f["section_id"] == section["id"] and f["footnote"] == footnote and f["core"]]
            if own:
                found.append((section["id"], footnote, text, own))
    return found


def _disturbed(text, figures, kinds, rng) -> str:
    if "styled" in kinds:
        text = _styled(text, figures, rng)
    if "shuffled" in kinds:
        text = _shuffled(text, rng)
    if "short" in kinds:
        text = _abbreviated(text, rng)
    if "plain" in kinds:
        text = without_diacritics(text)
    if "slipped" in kinds:
        text = _slipped(text, rng)
    if "chatty" in kinds:
        before, after = rng.choice(_BEFORE), rng.choice(_AFTER)
        text = (without_diacritics(before + text + after)) if "plain" in kinds else before + text + after
    return text


def without_diacritics(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def _styled(text, figures, rng) -> str:
    """Digits of figures in another style; one style for the whole message, as one hand writes."""
    no_dots, english, bare = rng.random() < 0.6, rng.random() < 0.3, rng.random() < 0.7
    glued, spaced = rng.random() < 0.3, rng.random() < 0.2
    for figure in sorted((f for f in figures if not f["implicit"]), key=lambda f: -f["start"]):
        written = text[figure["start"] : figure["end"]]
        whole, _, part = written.partition(",")
        if no_dots:
            whole = whole.replace(".", "")
        if bare and len(whole) == len("02"):
            whole = str(int(whole))
        number = f"{whole}{'.' if english and no_dots else ','}{part}" if part else whole
        end = figure["end"]
        if glued and text[end : end + 3] == " ha":
            end += 1
        if spaced and text[end : end + 1] == "/":
            number += " "
        text = text[: figure["start"]] + number + text[end:]
    return text


def _shuffled(text, rng) -> str:
    """Sentences in another order within their paragraph; a paragraph's own label stays first."""
    lines = []
    for line in text.split("\n"):
        sentences = [
            s.strip() for s in re.split(r"(?<=[^\d\s]\.)\s+(?=[A-ZĐÀ-Ỹ])|(?<=;)\s+(?=Diện)", line) if s.strip()
        ]
        if len(sentences) > 1 and not re.match(r"[^:.]{3,40}:", sentences[0]):
            rng.shuffle(sentences)
        elif len(sentences) > 2:
            rest = sentences[1:]
            rng.shuffle(rest)
            sentences = [sentences[0], *rest]
        lines.append(" ".join(sentences))
    return "\n".join(lines)


def _abbreviated(text, rng) -> str:
    for long, short in _SHORT:
        if rng.random() < 0.5:
            text = re.sub(rf"(?<!\w){long}(?!\w)", short, text, flags=re.IGNORECASE)
    return text


def _slipped(text, rng) -> str:
    """One finger beside its key, in one word of four letters or more."""
    words = list(re.finditer(r"[^\W\d_]{4,}", text))
    if not words:
        return text
    word = rng.choice(words)
    at = word.start() + rng.randrange(1, len(word[0]) - 1)
    kind = rng.choice(("swap", "drop", "double", "near"))
    if kind == "swap":
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == "drop":
        return text[:at] + text[at + 1 :]
    if kind == "double":
        return text[:at] + text[at] + text[at:]
    return text[:at] + rng.choice(_NEAR.get(text[at].lower(), text[at])) + text[at + 1 :]
