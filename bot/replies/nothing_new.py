"""«Bình thường», «không có nội dung báo cáo», «nông thôn mới không có gì mới»: that there is nothing to tell.

Knows: the ways of saying so, and what may stand around them without changing it.
Does not know: whose words they are, nor whether a figure is owed there; missing is not zero.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.replies.intents import PLEASANTRIES
from bot.replies.normalise import fold, vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    Place = tuple[str, str | None]

LONGEST = 160  # characters of a message that says nothing else
_NOT = r"(?:khong|ko|k|kg|khg|hong|hok)"
_WHAT = r"(?:gi|j|g)"
_SAID = re.compile(
    rf"\b(?:{_NOT}|chua) (?:co )?(?:phat sinh|ps)(?: {_WHAT}| moi| them| ca| het)*\b"
    rf"|\b{_NOT} co {_WHAT}(?: moi| khac| dac biet| them| phat sinh| thay doi| ca| dang ke| de| dang| can| bao cao)*\b"
    rf"|\bchua co {_WHAT} moi\b"
    rf"|\b{_NOT} co (?:su viec|cong viec|viec|noi dung|hoat dong|van de)"
    rf"(?: {_WHAT}| moi| phat sinh| dac biet| noi bat| can| de| phai| dang| bao cao| trong tuan| ca| het)*\b"
    r"|\b(?:van )?(?:binh thuong|on dinh|nhu thuong(?: le| ngay)?)\b|\bvan on\b|\bon ca\b"
)
_HINTS = frozenset({"phat", "ps", "gi", "j", "g", "co", "thuong", "dinh", "on"})
_WEEK = re.compile(r"\btuan (?:so )?\d{1,2}\b")
_AROUND = PLEASANTRIES | vocabulary(
    "tuần này kỳ trong bên mình đơn vị tình hình công việc hoạt động mọi thứ thì là vẫn đều cũng xin báo cáo gửi vp "
    "văn phòng ban hội xã ta chúng tôi bọn nhìn chung nói mục về phần tác lĩnh vực nội dung toàn cả"
)
_BEFORE_NAMES = vocabulary("công tác lĩnh vực hoạt động của mục về phần nội dung")
_CLAUSE = re.compile(r"[^,;.\n]+")
_JOINT = re.compile(r"\b(?:và|va|với|voi)\b", re.IGNORECASE)
_BREAKS = re.compile(r"[^a-z0-9]+")
_SHORTEST_PART = 2  # words of a longer name that are enough to mean it: «thiên tai»
_INITIALS_FROM = 3


class Named(NamedTuple):
    """A clause [start, end) that says of this place that there is nothing new."""

    start: int
    end: int
    place: Place


def may_say(text: str) -> bool:
    """Cheap first look: most messages hold none of the words."""
    return not _HINTS.isdisjoint(_plain(text).split())


def says_nothing_new(text: str, around: Collection[str] = ()) -> bool:
    """The whole message says so; `around` are further words that may stand beside, such as the writer's own name."""
    return _left_of(text, around) == ""


def _left_of(text: str, around: Collection[str] = ()) -> str | None:
    """What stands beside the phrase and is no courtesy; None where nothing of the kind is said."""
    if len(text) > LONGEST or "?" in text:
        return None
    said = _plain(text)
    if _HINTS.isdisjoint(said.split()):
        return None
    left, count = _SAID.subn(" ", _WEEK.sub(" ", said))
    if not count:
        return None
    words = left.split()
    while words and (words[0] in _AROUND or words[0] in around):
        words.pop(0)
    while words and (words[-1] in _AROUND or words[-1] in around):
        words.pop()
    return " ".join(words)


class PlaceNames:
    """What the places of one department are called, all of them; only those of words alone may have nothing new."""

    def __init__(self, places: Iterable[tuple[Place, tuple[str, ...]]]) -> None:
        self._whole: dict[str, set[Place]] = {}
        self._parts: dict[str, set[Place]] = {}
        for place, names in places:
            for name in map(_plain, filter(None, names)):
                self._whole.setdefault(_bare(name), set()).add(place)
                self._whole.setdefault(name, set()).add(place)
                for part in _parts_of(_bare(name).split()):
                    self._parts.setdefault(part, set()).add(place)

    def meant(self, words: str) -> Place | None:
        """The one place these words name; None for several, or none."""
        said = _plain(words)
        found = self._whole.get(said) or self._whole.get(_bare(said)) or self._parts.get(_bare(said))
        return next(iter(found)) if found is not None and len(found) == 1 else None


def nothing_new_at(text: str, names: PlaceNames) -> tuple[Named, ...]:
    """Clauses of a message that name a place and say nothing new of it; bare names before such a clause too."""
    found: list[Named] = []
    waiting: list[Named] = []
    for start, end in _clauses(text):
        words = text[start:end]
        left = _left_of(words)
        place = names.meant(words if left is None else left)
        if place is None:
            waiting = []
        elif left is None:
            waiting.append(Named(start, end, place))
        else:
            found += [*waiting, Named(start, end, place)]
            waiting = []
    return tuple(found)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    for clause in _CLAUSE.finditer(text):
        at = clause.start()
        for joint in _JOINT.finditer(text, at, clause.end()):
            yield at, joint.start()
            at = joint.end()
        yield at, clause.end()


def _plain(words: str) -> str:
    return _BREAKS.sub(" ", fold(words)).strip()


def _bare(name: str) -> str:
    """Without what stands before many a name: «công tác …», «mục …»."""
    words = name.split()
    while len(words) > 1 and words[0] in _BEFORE_NAMES:
        words.pop(0)
    return " ".join(words)


def _parts_of(words: list[str]) -> Iterator[str]:
    for first in range(len(words)):
        for last in range(first + _SHORTEST_PART, len(words) + 1):
            yield " ".join(words[first:last])
    if len(words) >= _INITIALS_FROM:
        yield "".join(word[0] for word in words)
