"""What a bare measure is of: «Cây lạc: diện tích 33 ha, năng suất 30 tạ/ha» speaks of the yield of the peanuts.

Knows: the measures that say nothing alone, the title of a line. Does not know: numbers, indicators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.normalise import fold, phrases
from bot.replies.phrases import NOTHING, Label, phrase

if TYPE_CHECKING:
    from bot.replies.scene import Scene

BARE_MEASURES = phrases("""
năng suất bình quân,
năng suất, sản lượng, diện tích, diện tích gieo trồng, diện tích trồng, tổng diện tích, số lượng, giá trị, kinh phí,
trị giá, tỷ lệ, tỉ lệ
""")
_STOPS = frozenset({".", ";", "\n", ""})
_LONGEST_TITLE, _LONGEST_SUBJECT = 4, 6  # words


def subject_of(scene: Scene, own: Label, before: str, dropped: frozenset[int]) -> Label:
    """The title before the colon, else the label `before` on the same line without its own measure."""
    title = _title(scene, own.first, dropped)
    if title.text:
        return title
    words = _without_measures(before.split())
    return Label(" ".join(words), -1, -1) if 0 < len(words) <= _LONGEST_SUBJECT else NOTHING


def _title(scene: Scene, first: int, dropped: frozenset[int]) -> Label:
    colon = first - 1
    while colon >= 0 and scene.words[colon] != ":" and scene.words[colon] not in _STOPS:
        colon -= 1
    if colon < 0 or scene.words[colon] != ":":
        return NOTHING
    opens = colon
    while opens > 0 and scene.words[opens - 1] not in _STOPS:
        opens -= 1
    title = phrase(scene, opens, colon, dropped)
    numbered = any(map(scene.is_numeral, range(opens, colon)))
    return NOTHING if numbered or title.last - title.first > _LONGEST_TITLE else title


def _without_measures(words: list[str]) -> list[str]:
    """«diện tích lúa» → «lúa»; «lúa năng suất» → «lúa»."""
    for last in range(len(words), 0, -1):
        if fold(" ".join(words[:last])) in BARE_MEASURES:
            words = words[last:]
            break
    for first in range(len(words)):
        if fold(" ".join(words[first:])) in BARE_MEASURES:
            return words[:first]
    return words
