"""What stands after a command's words: a section, a unit, an indicator, dates, a reason.

Knows: the shape an argument must have for the message to be a command. Does not know: whether what is named exists,
  beyond what `Names` tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.replies.command_words import CommandKind, CommandWord, Follows, Who
from bot.replies.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_WORDS = 40  # a longer message is content
MAX_FIGURES = 2  # a message with so many is content
NAME_WORDS = 6  # the longest name of a unit or section, in words
SPAN_WORDS = 12  # «từ ngày 01/5/2026 đến ngày 31/5/2026»
ASKED_WORDS = 2  # so few words that name nothing known are asked about, more are content

_NUMBER = re.compile(r"\d[\d.,/]*")
_REFERENCE = re.compile(
    r"(?:số\s+|so\s+)?(\d{1,2}(?:\.\d{1,2})*(?:\.[a-zđ]\b)?)(?=$|[\s.:,;)])[.:,;)]?\s*", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?:(?:tuần|tuan|số|so|điểm|diem)\s+)?(\d{1,3})\b", re.IGNORECASE)
_REASON = re.compile(r"[,;:]\s+(?=[^\W\d])|\s(?=(?:lý do|ly do|lí do)\b)", re.IGNORECASE)
_SAID_REASON = re.compile(r"[,;:]?\s(?:lý do|ly do|lí do)\b", re.IGNORECASE)
_BASIS = re.compile(r"\s(?:theo|căn cứ|can cu)\s", re.IGNORECASE)
_UNTIL = re.compile(r"\s(?=(?:đến|den|tới|toi|thêm|them)\s)", re.IGNORECASE)
_WHERE = re.compile(r"\s(?:sang|về|ve|qua|cho)\s+", re.IGNORECASE)
_FROM = re.compile(
    r"[\s,:]+(?=(?:từ|tu|ngày|ngay|đến|den)\s+(?:ngày\s+|ngay\s+)?\d|\d{1,2}[/.-]\d"
    r"|(?:tuần|tuan)\s+(?:này|nay|sau|tới|toi)\b|(?:ngày\s+|ngay\s+)?mai\b|(?:hôm|hom)\s+nay\b)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}/\d{1,2}")
_DATES_START = re.compile(r"(?:(?:từ|tu|ngày|ngay|đến|den|sang|lên|len|xuống|xuong|tuần|tuan)\s+)*\d", re.IGNORECASE)
_SPAN_START = re.compile(
    r"(?:(?:csv|excel|xlsx)\b\s*)?(?:$|\d{1,2}\s*[/.–-]\s*\d|\d{4}\W*$|\d{1,2}\s+(?:tuần|tuan)\s+(?:gần|gan|qua|vừa|vua)\b"
    r"|(?:từ|tu|ngày|ngay|đầu|dau|tuần|tuan|tháng|thang|quý|quy|năm|nam)\b)",
    re.IGNORECASE,
)
OF_WEEK = re.compile(r"[\s,]*(?:tuần|tuan)\s+(?:số\s+|so\s+)?\d{1,2}(?=\W*$)", re.IGNORECASE)
_VERSION = re.compile(r"(?:bản|ban)\s+(?:số\s+|so\s+)?(\d{1,2})\W*$", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{5,20}$")
_NOT_A_SECTION = frozenset(("tieu", "dich", "luc", "do", "nay", "tren", "duoi"))
_NOT_A_PLACE = frozenset(("xet", "ra", "nhu", "the"))


@dataclass(frozen=True, slots=True)
class Command:
    """A typed command. `start` and `end` frame the argument in the message; `text` is what stands after it.

    «MỤC 6 trích lục 0» has the argument «6» and the text «trích lục 0»;
    «TRẢ LẠI Trạm Y tế: …» has the unit and the comment.
    """

    kind: CommandKind
    argument: str = ""
    start: int = -1
    end: int = -1
    text: str = ""
    text_start: int = -1
    is_unread: bool = False  # the word is known, what stands behind it says nothing: carried out by nobody


@dataclass(frozen=True, slots=True)
class Names:
    """What the form knows: does this text name, or could it name, an indicator, a unit?

    `is_department_name`: the text is a name of one, and nothing more. `asks_for_indicator`: it is an indicator's name
    and nothing that could be reported of it. `is_like_…`: it is a name but for a slip or two.
    """

    is_indicator: Callable[[str], bool] | None = None
    is_department: Callable[[str], bool] | None = None
    is_department_name: Callable[[str], bool] | None = None
    asks_for_indicator: Callable[[str], bool] | None = None
    is_like_indicator: Callable[[str], bool] | None = None
    is_like_department: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """The message, the command's word, and where its argument begins."""

    word: CommandWord
    message: str
    at: int
    who: Who
    names: Names

    @property
    def rest(self) -> str:
        return self.message[self.at :].rstrip()

    @property
    def words(self) -> int:
        return len(self.rest.split())

    @property
    def figures(self) -> int:
        return len(_NUMBER.findall(self.rest))

    def command(self, argument: str = "", start: int = -1, text: str = "", text_start: int = -1) -> Command:
        """Offsets are into the rest; they come out as offsets into the message."""
        begin = self.at + start if argument else -1
        return Command(
            self.word.kind,
            argument,
            begin,
            begin + len(argument) if argument else -1,
            text,
            self.at + text_start if text else -1,
        )

    def whole(self) -> Command:
        return self.command(self.rest, 0)

    def cut(self, separator: re.Pattern[str]) -> Command:
        """Argument before the separator, text after it."""
        rest = self.rest
        found = separator.search(rest)
        if not found:
            return self.whole()
        return self.command(rest[: found.start()].rstrip(), 0, rest[found.end() :], found.end())


def argument(word: CommandWord, message: str, at: int, who: Who, names: Names) -> Command | None:
    """The command with its argument, or None when what follows makes the message content."""
    while at < len(message) and message[at] in ":-– \t\n":
        at += 1
    if at >= len(message):
        return Command(word.kind)
    return _FORMS[word.follows](_Said(word, message, at, who, names))


def _anything(said: _Said) -> Command | None:
    return said.whole() if said.words <= MAX_WORDS else None


def _indicator(said: _Said) -> Command | None:
    known = said.names.is_indicator
    is_plan = said.word.kind is CommandKind.PLAN
    # numbers of the document a plan rests on, and of the reason that is given, are no figures
    counted = len(_NUMBER.findall((_BASIS if is_plan else _SAID_REASON).split(said.rest)[0]))
    weeks = 1 if "tuan" in fold(said.rest) else 0
    if known is None or said.words > MAX_WORDS or counted - weeks >= MAX_FIGURES or not known(said.rest):
        return None
    if is_plan:
        return said.whole() if counted else None
    return said.cut(_REASON)


def _figure_of(said: _Said) -> Command | None:
    known = said.names.is_indicator
    if said.words > SPAN_WORDS or "chua" in fold(said.rest).split():
        return None
    if (known and known(said.rest)) or (said.words <= NAME_WORDS and not said.figures):
        return said.whole()
    return None


def _name(said: _Said) -> Command | None:
    """«nguồn thu đạt 13 triệu», «nguồn lực con người» are content: only a name may follow, and a week."""
    known = said.names.asks_for_indicator or said.names.is_indicator
    name = OF_WEEK.sub("", said.rest)
    if known is None or said.words > NAME_WORDS + 2 or _NUMBER.search(name) or not known(name):
        return None
    return said.whole()


def _section(said: _Said) -> Command | None:
    rest = said.rest
    if found := _REFERENCE.match(rest):
        return said.command(found[1], found.start(1), rest[found.end() :], found.end())
    first = fold(rest).split()[0]
    if said.figures or said.words > ASKED_WORDS + 2 or first in _NOT_A_SECTION:
        return None
    return said.whole()


def _place(said: _Said) -> Command | None:
    """XEM mục 6, XEM 2.6; for the office also a unit."""
    rest = said.rest
    section = re.sub(r"^(?:mục|muc)\s+", "", rest, flags=re.IGNORECASE)
    if (found := _REFERENCE.fullmatch(section)) or section != rest:
        shown = found[1] if found else section
        return said.command(shown, rest.index(shown)) if said.words <= NAME_WORDS else None
    if said.who is Who.RESPONDENT or fold(rest).split()[0] in _NOT_A_PLACE:
        return None
    return _unit(said)


def _unit(said: _Said) -> Command | None:
    known = said.names.is_department
    if said.words > NAME_WORDS or said.figures:
        return None
    if known is None or known(said.rest) or said.words <= ASKED_WORDS or said.rest.strip(" .").istitle():
        return said.whole()  # a full name is nobody's report
    return None


def _unit_colon(said: _Said) -> Command | None:
    rest = said.rest
    if said.who is Who.LEADER:
        return said.command(text=rest, text_start=0)
    if said.message[: said.at].rstrip().endswith(":"):  # «TRẢ LẠI: số chưa khớp»: whose, is asked
        return said.command(text=rest, text_start=0)
    unit, colon, text = rest.partition(":")
    if colon and len(unit.split()) <= NAME_WORDS:
        after = len(unit) + 1 + len(text) - len(text.lstrip())
        return said.command(unit.strip(), 0, text.strip(), after)
    size = _unit_size(rest, said.names)
    if size:
        after = size + len(rest[size:]) - len(rest[size:].lstrip(" ,"))
        return said.command(rest[:size].rstrip(","), 0, rest[after:], after)
    return None


def _unit_size(rest: str, names: Names) -> int:
    """How many characters at the start name a unit: the longest name that fits."""
    if names.is_department is None:
        return 0
    ends = [found.end() for found in re.finditer(r"\S+", rest)][:NAME_WORDS]
    ends = [end for end in reversed(ends) if not _NUMBER.search(rest[:end])]
    for is_meant in (names.is_department_name, names.is_department):  # «vh-xh» is part of two names
        found = next((end for end in ends if is_meant is not None and is_meant(rest[:end].rstrip(",.;"))), 0)
        if found:
            return found
    return 0


def _colon(said: _Said) -> Command | None:
    """MỞ LẠI: lý do; MỞ LẠI tuần 22: lý do"""
    before = said.message[: said.at].rstrip()
    if before.endswith(":"):
        return said.command(text=said.rest, text_start=0)
    which, colon, text = said.rest.partition(":")
    if colon and len(which.split()) <= NAME_WORDS:
        return said.command(which.strip(), 0, text.strip(), len(which) + 1 + len(text) - len(text.lstrip()))
    found = _ORDINAL.fullmatch(said.rest)
    return said.command(found[1], found.start(1)) if found else None


def _ordinal(said: _Said) -> Command | None:
    found = _ORDINAL.fullmatch(said.rest.rstrip(".!? "))
    return said.command(found[1], found.start(1)) if found else None


def _ordinal_colon(said: _Said) -> Command | None:
    rest = said.rest
    found = _ORDINAL.match(rest)
    if not found:
        return None
    after = rest[found.end() :]
    text = after.lstrip(" :,;-–")
    if text and after.lstrip()[0] not in ":,;-–":
        return None
    return said.command(found[1], found.start(1), text, len(rest) - len(text))


def _version(said: _Said) -> Command | None:
    found = _VERSION.match(said.rest)
    return said.command(found[1], found.start(1)) if found else None


def _dates(said: _Said) -> Command | None:
    rest = said.rest
    if said.words > MAX_WORDS or not _DATES_START.match(rest):
        return None
    if not _DATE.search(rest) and "tuan" not in fold(rest) and said.word.kind is not CommandKind.MOVE_DEADLINE:
        return None
    when, colon, why = rest.partition(": ")
    return said.command(when.rstrip(), 0, why.strip(), len(when) + 2) if colon else said.whole()


def _span(said: _Said) -> Command | None:
    """«xuất chuồng 20 con» is content: only a span, or a kind of file, may follow."""
    return said.whole() if said.words <= SPAN_WORDS and _SPAN_START.match(said.rest) else None


def _leave(said: _Said) -> Command | None:
    found = _FROM.search(said.rest)
    if found is None or said.words > MAX_WORDS or len(said.rest[: found.start()].split()) > NAME_WORDS:
        return None
    return said.cut(_FROM) if _DATE.search(said.rest) or not said.figures else None


def _until(said: _Said) -> Command | None:
    if said.words > MAX_WORDS:
        return None
    cut = said.cut(_UNTIL)
    known = said.names.is_department
    return cut if cut.text or known is None or known(cut.argument) else None


def _code(said: _Said) -> Command | None:
    return said.whole() if _CODE.match(said.rest) else None


def _word(said: _Said) -> Command | None:
    return said.whole() if said.words <= ASKED_WORDS else None


def _person(said: _Said) -> Command | None:
    return said.whole() if said.who is Who.OFFICE and said.words <= NAME_WORDS and not said.figures else None


def _to(said: _Said) -> Command | None:
    """«Lan sang Trạm Y tế», «Hùng cho Lan»: who, and then where or whom."""
    found = _WHERE.search(said.rest)
    if found is None or said.figures or said.words > 2 * NAME_WORDS:
        return None
    return said.cut(_WHERE) if len(said.rest[: found.start()].split()) <= NAME_WORDS else None


_FORMS: dict[Follows, Callable[[_Said], Command | None]] = {
    Follows.ANYTHING: _anything,
    Follows.INDICATOR: _indicator,
    Follows.FIGURE_OF: _figure_of,
    Follows.NAME: _name,
    Follows.SECTION: _section,
    Follows.PLACE: _place,
    Follows.UNIT: _unit,
    Follows.UNIT_COLON: _unit_colon,
    Follows.COLON: _colon,
    Follows.ORDINAL: _ordinal,
    Follows.ORDINAL_COLON: _ordinal_colon,
    Follows.VERSION: _version,
    Follows.DATES: _dates,
    Follows.SPAN: _span,
    Follows.LEAVE: _leave,
    Follows.UNTIL: _until,
    Follows.CODE: _code,
    Follows.WORD: _word,
    Follows.PERSON: _person,
    Follows.TO: _to,
}
