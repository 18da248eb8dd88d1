"""One walk over a reply: every amount, and every number that is none.

    times := "gấp" (amount "lần" | "đôi" | "rưỡi")
    vague := ("hàng" | "vài" | "mấy") ("chục" | "trăm" | …) | "vài" noun      named, but no amount

A lone number word counts only where a counted noun follows: «hai hội nghị» does, «một số» and «ba mẹ con» do not.
Knows: where amounts stand. Does not know: roles, labels, indicators.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.replies import dates, distractors, number_words
from bot.replies.amounts import Quantity, is_threshold, qualify, quantity_of
from bot.replies.joints import is_standard, join
from bot.replies.normalise import fold, vocabulary
from bot.replies.numbers import SCALES, Number, number_at, read_numeral
from bot.replies.reading import NotAFigure
from bot.replies.tokens import Kind, places
from bot.replies.units import unit_at

if TYPE_CHECKING:
    from bot.replies.scene import Scene

TIMES = "lần"
_IDIOMS = {  # a lone number word and the nouns that make an idiom of it
    "một": "số bộ phần cửa cách lần nữa vài ít chút loạt trong mặt chiều giống lòng khi nửa đời mình cái thời",
    "hai": "bên chiều mặt cùng đầu bà vợ mẹ bố",
    "ba": "mẹ má con bà lô hoa",
    "bốn": "mùa phía bề bên",
    "năm": "học nay qua trước ngoái sau tới này",
    "chín": "muồi rộ vàng đỏ muộn sớm",
    "mười": "mươi",
}
_IDIOM_NOUNS = {word: vocabulary(nouns) for word, nouns in _IDIOMS.items()}
_IDIOM_NOUNS |= {fold(word): nouns for word, nouns in _IDIOM_NOUNS.items()}
_COUNTERS = vocabulary(
    "có chức được thêm tổng gồm là với nhận họp mở dự lập xử phạt hiện tặng"
)  # before a number without diacritics
_SAFE_FOLDED = frozenset({"hai", "ba", "bon", "bay", "chin", "muoi", "mot"})  # numbers without diacritics, too
_AFTER_FOLDED = frozenset({"con", "bo", "ba", "phan"})  # «ba con» is bà con, «bon phan» bón phân
# Without diacritics these begin a number only before a word that goes on with one: «nam tram».
_UNSAFE_FOLDED = frozenset({"chuc", "ham", "tram", "khong", "nam", "sau", "tam"})
_SAFE_BEHIND = SCALES | {"muoi"}
_NOT_BEHIND = {
    "năm": vocabulary("trong cả đầu cuối giữa hằng hàng mỗi từng của mấy nhiều các những qua sau trước hết đến"),
    "chín": vocabulary("lúa quả cây ngô mận đang đã sắp"),
    "ba": vocabulary("bánh"),
}
_COUNTED_TIMES = {"doi": Decimal(2), "ruoi": Decimal("1.5")}
_VAGUE_HEADS = frozenset({"hang", "vai", "may", "dam"})
_VAGUE_AS_WRITTEN = frozenset({"vài", "mấy", "dăm", "vai"})
_VAGUE_TAILS = vocabulary("chục trăm nghìn ngàn vạn triệu tỷ tỉ")
_NOT_VAGUE = frozenset({"gio", "hom", "ngay"})  # mấy giờ, mấy hôm nay
_SPLIT_LIST = re.compile(r"\d+(?:\.\d{3})*")
_STARTS = number_words.STARTS_FOLDED | SCALES | {"nua"}
_INTERESTING = distractors.WORDS | _STARTS | {"gap"} | _VAGUE_HEADS


@dataclass(slots=True)
class Findings:
    """Distractors and vague words by their tokens [first, last)."""

    quantities: list[Quantity] = field(default_factory=list)
    distractors: list[tuple[NotAFigure, int, int]] = field(default_factory=list)
    vague: list[tuple[int, int]] = field(default_factory=list)  # «hàng chục», «vài»


def find(scene: Scene) -> Findings:
    """Everything with a number in it, left to right."""
    return _Walk(scene).findings


class _Walk:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.tokens = scene.tokens
        self.findings = Findings()
        self.at = 0
        told = places(scene.words, _INTERESTING)
        for stop in sorted(scene.numerals + told) if told else scene.numerals:
            if stop < self.at:
                continue
            self.at = stop
            if self.tokens[stop].kind == Kind.NUMERAL:
                self._numeral()
            else:
                self._word(self.tokens[stop].word)

    def _claimed(self, claim: dates.Claim | None) -> bool:
        if claim is None:
            return False
        kind, last = claim
        self.findings.distractors.append((kind, self.at, last))
        self.at = last
        return True

    def _take(self, number: Number) -> None:
        quantity = quantity_of(self.scene, number)
        earlier = self.findings.quantities
        if is_threshold(self.scene, quantity):
            self.findings.distractors.append((NotAFigure.NAME, number.first, quantity.last))
        else:
            join(self.scene, earlier, quantity)
            joined = quantity.ratio is not None or quantity.range_to is not None
            if joined and is_standard(self.scene, quantity):
                part = quantity.ratio
                first = quantity.first
                if part is not None:
                    earlier.remove(part)
                    first = part.first
                self.findings.distractors.append((NotAFigure.NAME, first, quantity.last))
            else:
                earlier.append(quantity)
        self.at = quantity.last

    # Numbers in digits.

    def _numeral(self) -> None:
        if self._claimed(distractors.at_numeral(self.scene, self.at)):
            return
        number = number_at(self.scene.source, self.tokens, self.at)
        if number is None:
            self._split_list()
        elif dates.period_word(self.scene, number.last):
            self._claimed((NotAFigure.PERIOD, dates.after_period(self.scene, number.last + 1)))
        else:
            self._take(number)

    def _split_list(self) -> None:
        """«81,77,9»: digits that make no number together."""
        token = self.tokens[self.at]
        self.at += 1
        for part in _SPLIT_LIST.finditer(token.word):
            readings = read_numeral(part[0])
            start, end = token.start + part.start(), token.start + part.end()
            if readings:
                number = Number(self.at - 1, self.at, start, end, end, readings)
                self.findings.quantities.append(Quantity(number, self.at - 1, self.at, readings))

    # Numbers in words.

    def _word(self, word: str) -> None:
        scene = self.scene
        if word in distractors.WORDS and self._claimed(distractors.at_word(scene, self.at)):
            return
        if word in _STARTS and self._number_words():
            return
        if word == "gap" and self._times():
            return
        if word in _VAGUE_HEADS:
            self._vague()

    def _number_words(self) -> bool:
        if (
            self.scene.accented
            and not number_words.starts(self.tokens[self.at].plain)
            and self.tokens[self.at].word not in SCALES
        ):
            return False
        unsafe = not self.scene.accented and self.tokens[self.at].word in _UNSAFE_FOLDED
        if unsafe and self.tokens[self.at + 1].word not in _SAFE_BEHIND:
            return False
        number = number_at(self.scene.source, self.tokens, self.at)
        if number is None:
            return False
        if dates.period_word(self.scene, number.last):
            return self._claimed((NotAFigure.PERIOD, dates.after_period(self.scene, number.last + 1)))
        if self._is_name(number):
            return self._claimed((NotAFigure.NAME, number.last))
        alone = number.last == number.first + 1
        if alone and number.words == 1 and not self._counts(number):
            return False
        if not alone and self._ends_in_year(number):
            return self._claimed((NotAFigure.PERIOD, dates.after_period(self.scene, number.last)))
        self._take(number)
        return True

    def _ends_in_year(self, number: Number) -> bool:
        """«ba mươi bảy năm» is a length of time, unless it is all there is or a counted noun follows."""
        if self.tokens[number.last - 1].word != "nam" or self._is_whole_text(number):
            return False
        return unit_at(self.scene.source, self.tokens, number.last) is None

    def _is_whole_text(self, number: Number) -> bool:
        return number.first == 0 and self.tokens[number.last].kind == Kind.END

    def _is_name(self, number: Number) -> bool:
        """«Năm Căn», «Một Ngàn», «Phạm Văn Hai»: capitals where no sentence begins, or two in a row."""
        scene, first = self.scene, number.first
        if not scene.is_capital(first) or (scene.is_upper(first) and len(scene.typed(first)) > 1):
            return False
        if not scene.opens_sentence(first):
            if scene.is_capital(first - 1) and not scene.opens_sentence(first - 1):
                return True
            if number.last - first > 1 and all(scene.is_capital(at) for at in range(first, number.last)):
                return True
        return number.words == 1 and scene.is_capital(number.last) and not scene.is_upper(number.last)

    def _counts(self, number: Number) -> bool:
        """Whether a single number word is a number here."""
        scene, at = self.scene, number.first
        token, following = self.tokens[at], self.tokens[number.last]
        if self._is_whole_text(number):
            return True
        if scene.words[at - 1] in _NOT_BEHIND.get(token.plain, ()):
            return False
        if following.word in _IDIOM_NOUNS.get(token.plain, ()):
            return False
        if not scene.accented and not self._is_safe(at, following.word):
            return False
        if following.kind == Kind.WORD and scene.unit(number.last) is not None:
            return True
        return self._in_a_row(following.word)

    def _is_safe(self, at: int, following: str) -> bool:
        """Without diacritics: «to chuc hai hoi nghi» counts; «thiet hai ban dau», «cua Hai quan» do not."""
        scene = self.scene
        if scene.words[at] not in _SAFE_FOLDED or following in _AFTER_FOLDED:
            return False
        if scene.is_capital(at) and not scene.opens_sentence(at):
            return False
        return not scene.is_word(at - 1) or scene.words[at - 1] in _COUNTERS

    def _in_a_row(self, following: str) -> bool:
        """«bốn tư đúng hạn, một quá hạn»: numbers in words before it make it one too."""
        if not self.findings.quantities or self.scene.words[self.at - 1] != ",":
            return False
        last = self.findings.quantities[-1]
        return last.number.in_words and self.at - last.last <= 5 and following not in ("so", "bo", "phan")

    def _times(self) -> bool:
        following = self.tokens[self.at + 1]
        value = _COUNTED_TIMES.get(following.word)
        start = self.tokens[self.at].start
        if value is not None:
            number = Number(self.at, self.at + 2, start, following.end, following.end, (value,), in_words=True)
        else:
            found = number_at(self.scene.source, self.tokens, self.at + 1)
            if found is None:
                return False
            number = found._replace(first=self.at, start=start)
            if self.scene.words[found.last] == "lan":
                end = self.tokens[found.last].end
                number = number._replace(last=found.last + 1, num_end=end, end=end)
            elif not found.in_words:
                return False
        quantity = Quantity(number, self.at, number.last, number.readings, TIMES, known_unit=True)
        qualify(self.scene, quantity)
        self.findings.quantities.append(quantity)
        self.at = number.last
        return True

    def _vague(self) -> None:
        following = self.tokens[self.at + 1]
        if following.word in _VAGUE_TAILS:
            self.findings.vague.append((self.at, self.at + 2))
            self.at += 2
            return
        some = self.tokens[self.at].plain in _VAGUE_AS_WRITTEN and following.word not in _NOT_VAGUE
        if some and self.scene.unit(self.at + 1) is not None:
            self.findings.vague.append((self.at, self.at + 1))
