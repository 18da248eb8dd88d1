"""Words of a report, made comparable, and the dates in them. Lengths never change, so offsets stay those of the text.

Knows: tone marks in two places, dashes of three kinds, how dates and spans of days are written.
Does not know: figures, rules.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# the mark on the second vowel, as some write it, and on the first, as the office does
_SECOND = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
_FIRST = ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy")
_OLD_TONES = dict(zip(_SECOND, _FIRST, strict=True))
_TONES = re.compile(rf"(?<!q)(?:{'|'.join(_SECOND)})(?!\w)")
_BLANKS = re.compile(r"[^\S\n]")
_SENTENCE = re.compile(r"[^.\n]+(?:\.(?=\S)[^.\n]*)*")
_CLAUSE = re.compile(r"[^;\n]+")
_DAY = r"(?P<day>\d{1,2})\s*(?:/|tháng)\s*(?P<month>\d{1,2})(?:\s*(?:/|năm)\s*(?P<year>\d{4}))?"
_DATE = re.compile(rf"\bngày\s+{_DAY}")
_SPAN = re.compile(
    r"\btừ ngày\s+(?P<d1>\d{1,2})(?:\s*/\s*(?P<m1>\d{1,2}))?(?:\s*/\s*(?P<y1>\d{4}))?"
    r"\s+đến\s+(?:hết\s+)?(?:ngày\s+)?(?P<d2>\d{1,2})\s*/\s*(?P<m2>\d{1,2})(?:\s*/\s*(?P<y2>\d{4}))?"
)
_KINDS = (
    "văn bản|công văn|kế hoạch|quyết định|chỉ thị|nghị quyết|thông báo|báo cáo|hướng dẫn|chương trình|tờ trình"
    "|kết luận|quy định|quy chế|giấy mời"
)
_DOCUMENT = rf"(?:(?:\d+|một)\s+)?(?:{_KINDS})\s+(?:số\s*)?(?P<code>[\w/–-]*\d[\w/–-]*)"
_ISSUED = re.compile(rf"ban hành\s+{_DOCUMENT}[^.;\d]{{0,20}}?ngày\s+{_DAY}")
_LISTED = re.compile(rf"(?:[;,]|\bvà\b)\s*(?:và\s+)?{_DOCUMENT}[^.;\d]{{0,20}}?ngày\s+{_DAY}")


def folded(text: str) -> str:
    """Lower case, one kind of dash and blank, tone marks where the office puts them. NFC text keeps its length."""
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text).lower())
    return _TONES.sub(lambda found: _OLD_TONES[found[0]], text.replace("–", "-").replace("—", "-"))


def spaced(text: str) -> str:
    """Folded, with runs of blanks as one: for comparing whole texts and phrases."""
    return " ".join(folded(text).split())


def sentences(text: str) -> list[str]:
    """A full stop ends a sentence unless it stands inside a number."""
    return [found[0].strip() for found in _SENTENCE.finditer(text) if found[0].strip()]


def clauses(text: str) -> list[str]:
    return [part.strip() for one in sentences(text) for part in _CLAUSE.findall(one) if part.strip()]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a sentence says was issued."""

    words: str
    code: str
    day: date


def issued_documents(sentence: str, words: str, year: int) -> Iterator[Document]:
    """Documents said to be issued after `words` («trong tuần») in one folded sentence, with their dates.

    Documents cited as a ground («thực hiện Nghị quyết số … ngày …») are older by right and not meant.
    """
    at = sentence.find(words)
    found = _ISSUED.search(sentence, at) if at >= 0 else None
    while found is not None:
        day = _date(found["day"], found["month"], found["year"], year)
        if day is not None:
            yield Document(sentence[at : found.end()], found["code"], day)
        at = found.end()
        found = _LISTED.search(sentence, at)


def stated_span(text: str, year: int) -> tuple[date, date] | None:
    """The days a folded text says it is about: «từ ngày 01 đến 07/6/2026»."""
    found = _SPAN.search(text)
    if found is None:
        return None
    last = _date(found["d2"], found["m2"], found["y2"], year)
    first = _date(found["d1"], found["m1"] or found["m2"], found["y1"] or found["y2"], year)
    return (first, last) if first and last else None


def months_counted(text: str, words: str) -> int | None:
    """N of «lũy kế N tháng» in a folded text."""
    found = re.search(rf"{re.escape(words)}\s+(?:\w+\s+)?(\d{{1,2}})\s+tháng", text)
    return int(found[1]) if found and 1 <= int(found[1]) <= 12 else None


def end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _date(day: str, month: str, year: str | None, default_year: int) -> date | None:
    try:
        return date(int(year or default_year), int(month), int(day))
    except ValueError:
        return None
