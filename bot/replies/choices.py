"""Whether a message answers the open question: by its digit or letter, by its label, or with yes or no.

Knows: how people type a choice. Does not know: the question, what an answer does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.replies.command_words import LEAD_INS, NO_WORDS, PARTICLES, THUMBS, YES_WORDS
from bot.replies.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTERS = "abcdefghij"
LONGEST = 48  # characters of a message that may still be a choice
_KEY = re.compile(r"(?:(?:so|chon|cau|muc|phuong an|dap an|y)\s+)?(\d{1,2}|[a-j])\s*[.):]?(?:\s+(.*))?$")
_PLACE = re.compile(
    r"(?:cai|so|dong|phuong an|dap an|lua chon|y)\s+"
    r"(?:thu\s+)?(?:(dau(?: tien)?|nhat|tren(?: cung)?)|(hai|nhi)|(ba)|(cuoi(?: cung)?|duoi(?: cung)?|sau cung)"
    r"|(?<=thu )([1-9]))$"
)
_APART = re.compile(r"[,;:] ")
_TELLING = 4  # letters of the last word of a label that stands for it: «tuần», but not «có»
_PUNCTUATION = " .,;:!?\"'()“”‘’"
_YES = frozenset(fold(w) for w in YES_WORDS)
_NO = frozenset(fold(w) for w in NO_WORDS)
_NEITHER = ("dừng", "dùng", "dụng", "co", "cô", "cố", "cò", "cỏ", "chùa", "chứa")


def parse_choice(text: str, labels: Sequence[str], *, letters: bool) -> int | None:
    """Which of the labels a message chooses: only a key in range (`2`, `số 2`, `2 nhé`, `B`), or exactly a label."""
    typed = text.strip(_PUNCTUATION)
    if not typed or len(typed) > LONGEST:
        return None
    by_label = _labelled(typed, labels)
    if by_label is not None:
        return by_label
    found = _KEY.match(fold(typed))
    if not found:
        return _placed(fold(typed), len(labels), letters=letters)
    index = LETTERS.find(found[1]) if letters else (int(found[1]) - 1 if found[1].isdigit() else -1)
    if not 0 <= index < len(labels) or (letters and found[1].isdigit()):
        return None
    beside = found[2] or ""
    if fold(labels[index]) == beside.strip(_PUNCTUATION) or all(
        w.strip(_PUNCTUATION) in PARTICLES for w in beside.split()
    ):
        return index
    return None


def _placed(typed: str, count: int, *, letters: bool) -> int | None:
    """«cái đầu», «cái thứ hai nhé», «số cuối»: by its place in the list. Beside letters, «số hai» is a value."""
    words = _without_courtesy(typed)
    found = _PLACE.match(" ".join(words))
    if found is None:
        return None
    first, second, third, last, number = found.groups()
    if letters and words[0] == "so" and (second or third):
        return None
    index = 0 if first else 1 if second else 2 if third else count - 1 if last else int(number) - 1
    return index if index < count else None


def _labelled(typed: str, labels: Sequence[str]) -> int | None:
    spoken, plain = typed.casefold(), fold(typed)
    for index, shown in enumerate(labels):
        label = shown.strip(_PUNCTUATION)
        if spoken == label.casefold() or (plain == fold(label) and (spoken == plain or " " in plain)):
            return index
    return None


def parse_part(text: str, labels: Sequence[str]) -> int | None:
    """The one label that begins or ends with these words: «tháng» of «Cả tháng», «giữ» of «Giữ số đã ghi».

    For a question that waits: elsewhere a word of a label means more often something else.
    """
    words = _without_courtesy(text.strip(_PUNCTUATION).casefold())
    words = words[1:] if words[:1] in (["là"], ["la"]) else words
    if not words:
        return None
    marked = any(word != fold(word) for word in words)
    found = [i for i, label in enumerate(labels) if any(_is_part(words, piece) for piece in _pieces(label, marked))]
    return found[0] if len(found) == 1 else None


def _pieces(label: str, marked: bool) -> list[list[str]]:
    """«Chưa, giữ 650» says two things, and either names it."""
    shown = label.casefold() if marked else fold(label)
    return [piece.strip(_PUNCTUATION).split() for piece in _APART.split(shown)]


def _is_part(words: list[str], piece: list[str]) -> bool:
    if any(c.isdigit() for word in words for c in word):
        return words == piece and len(words) > 1  # a number alone is a value
    ends = len(words) > 1 or len(words[0]) >= _TELLING
    return piece[: len(words)] == words or (ends and piece[-len(words) :] == words)


def is_label(text: str, label: str) -> bool:
    """Whether a button's words were typed, with a courtesy behind them or without."""
    return " ".join(_without_courtesy(fold(text.strip(_PUNCTUATION)))) == fold(label)


def _without_courtesy(said: str) -> list[str]:
    """The words less «ạ», «nhé» at their end."""
    words = said.split()
    while words and fold(words[-1]) in PARTICLES:
        words.pop()
    return words


def yes_or_no(text: str) -> bool | None:
    """Yes, no, or neither. Means something only while a yes or no question, or one flow, is open."""
    typed = text.strip()
    if typed[:1] and typed.rstrip("\ufe0f🏻🏼🏽🏾🏿") in THUMBS:
        return True
    if len(typed) > LONGEST:
        return None
    bare = typed.strip(_PUNCTUATION)
    words = fold(bare).replace(",", " ").split()
    if len(words) == 1 and bare.casefold() in _NEITHER:
        return None
    return _said(words)


def _said(words: list[str]) -> bool | None:
    """Yes or no once courtesies before and after are taken off."""
    while words:
        said = " ".join(words)
        if said in _YES or said in _NO:
            return said in _YES
        if words[-1] in PARTICLES:
            words = words[:-1]
        elif words[0] in LEAD_INS:
            words = words[1:]
        else:
            return None
    return None
