"""Numbers below a thousand as Vietnamese says them, and the words that multiply them.

    group    := hundreds | tens | digits
    hundreds := [digit] "trăm" [linker unit | tens | digits]      một trăm lẻ năm, trăm hai, bốn trăm hai ba
    tens     := digit ("mươi" | "chục") [unit] | "mười" [unit] | "hăm" unit | digit unit'
    unit     := digit | "mốt" | "tư" | "lăm" | "nhăm"
    unit'    := "mốt" | "tư" | "lăm" | "nhăm" | digit             sáu tám = 68, hai lăm = 25
    digits   := digit+ [tens]                                     năm sáu hai = 562, ba bốn mươi hai = 342
    linker   := "linh" | "lẻ" | "lẽ"

«trăm hai» is 120: a last digit after a hundred without a linker counts tens.
Knows: which words count, with diacritics and without. Does not know: whether a word counts *here*; that is
decided by its neighbours (`numbers`, `scan`).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import fold
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.tokens import Token


class Part(IntEnum):
    DIGIT = 1
    UNIT_ONLY = 2  # mốt, tư, lăm: only after tens
    TEN = 3  # mười
    TENS = 4  # mươi, chục
    TWENTY = 5  # hăm
    HUNDRED = 6
    LINKER = 7


class Word(NamedTuple):
    part: Part
    value: int


_SPOKEN: dict[str, Word] = {
    **{
        word: Word(Part.DIGIT, value)
        for value, words in enumerate(
            ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy bẩy", "tám", "chín"),
        )
        for word in words.split()
    },
    "mốt": Word(Part.UNIT_ONLY, 1),
    "tư": Word(Part.UNIT_ONLY, 4),
    "lăm": Word(Part.UNIT_ONLY, 5),
    "nhăm": Word(Part.UNIT_ONLY, 5),
    "mười": Word(Part.TEN, 10),
    "mươi": Word(Part.TENS, 10),
    "chục": Word(Part.TENS, 10),
    "hăm": Word(Part.TWENTY, 20),
    "trăm": Word(Part.HUNDRED, 100),
    "linh": Word(Part.LINKER, 0),
    "lẻ": Word(Part.LINKER, 0),
    "lẽ": Word(Part.LINKER, 0),
}
_FOLDED: dict[str, Word] = {fold(word): meaning for word, meaning in reversed(_SPOKEN.items())}
_TEN_OR_TENS = Word(Part.TEN, 10)  # "muoi" without its tone; told from «mười» by identity
_FOLDED["muoi"] = _TEN_OR_TENS
_FOLDED["mot"] = Word(Part.DIGIT, 1)

_ZERO = _SPOKEN["không"]

STARTS = {word for word, meaning in _SPOKEN.items() if meaning.part not in (Part.UNIT_ONLY, Part.LINKER)}
STARTS_FOLDED = {fold(word) for word in STARTS}


def starts(plain: str) -> bool:
    """Whether a number may begin with this word, with its diacritics."""
    return plain in STARTS or plain in ("nửa", "nua")


class Group(NamedTuple):
    """A number below a thousand (digits read out may be longer). `end` is the token after it.

    `also` is another reading; `exact` says that nothing is left out, so that «lẻ năm» never becomes fifty.
    """

    value: int
    end: int
    also: int | None = None
    exact: bool = False
    words: int = 1


def word_at(tokens: Sequence[Token], at: int, *, accented: bool) -> Word | None:
    token = tokens[at]
    return _SPOKEN.get(token.plain) if accented else _FOLDED.get(token.word)


def group_at(tokens: Sequence[Token], at: int, *, accented: bool) -> Group | None:
    """The longest number below a thousand that starts at token `at`."""
    run: list[Word] = []
    while (word := word_at(tokens, at + len(run), accented=accented)) is not None:
        if run and word == _ZERO and not _ends_or_hundred(tokens, at + len(run) + 1, accented=accented):
            break  # «thu mười, không phát sinh»
        run.append(word)
    if not run or (run[0] == _ZERO and (len(run) == 1 or run[1].part is not Part.HUNDRED)):
        return None  # a number begins with «không» only in «không trăm»; elsewhere it denies
    group = _group(run)
    return group and group._replace(end=at + group.end, words=group.end)


def _ends_or_hundred(tokens: Sequence[Token], at: int, *, accented: bool) -> bool:
    word = word_at(tokens, at, accented=accented)
    return tokens[at].kind == Kind.END or (word is not None and word.part is Part.HUNDRED)


def is_linker(tokens: Sequence[Token], at: int, *, accented: bool) -> bool:
    word = word_at(tokens, at, accented=accented)
    return word is not None and word.part is Part.LINKER


def digits_after_point(tokens: Sequence[Token], at: int, *, accented: bool) -> tuple[str, int] | None:
    """«phẩy không năm» → "05": what follows a spoken decimal point."""
    zeros = 0
    while (word := word_at(tokens, at + zeros, accented=accented)) is not None and word == (Part.DIGIT, 0):
        zeros += 1
    group = group_at(tokens, at + zeros, accented=accented)
    if group is None:
        return ("0" * zeros, at + zeros) if zeros else None
    return "0" * zeros + str(group.value), group.end


def _group(run: list[Word]) -> Group | None:
    parts = [word.part for word in run]
    if parts[0] is Part.HUNDRED:
        return _after_hundred(100, run, 1)
    if parts[0] is Part.LINKER or parts[0] is Part.UNIT_ONLY:
        return None
    if len(run) > 1 and parts[0] is Part.DIGIT and parts[1] is Part.HUNDRED:
        return _after_hundred(run[0].value * 100, run, 2)
    tens = _tens(run, 0)
    if tens is not None and not _digits_go_on(run, tens):
        return tens
    return _read_out(run)


def _after_hundred(hundreds: int, run: list[Word], at: int) -> Group:
    if at < len(run) and run[at].part is Part.LINKER:
        if at + 1 < len(run) and run[at + 1].part in (Part.DIGIT, Part.UNIT_ONLY):
            return Group(hundreds + run[at + 1].value, at + 2, exact=True)
        return Group(hundreds, at)
    tens = _tens(run, at)
    if tens is not None:
        return Group(hundreds + tens.value, tens.end, exact=hundreds == 0)
    if at < len(run) and run[at].part in (Part.DIGIT, Part.UNIT_ONLY) and run[at].value:
        return Group(hundreds + run[at].value * 10, at + 1)
    return Group(hundreds, at, exact=hundreds == 0)


def _tens(run: list[Word], at: int) -> Group | None:
    """Two digits from `at`, however they are said; None for a lone digit."""
    if at >= len(run):
        return None
    part, last = run[at].part, at + 1 == len(run)
    if part is Part.DIGIT:
        return None if last or not run[at].value else _digit_and(run[at].value, run, at + 1)
    if part is Part.TEN or (part is Part.TENS and not last):
        return _with_unit(10, run, at + 1)
    if part is Part.TWENTY:
        found = _with_unit(20, run, at + 1)
        return found if found.end > at + 1 else None
    return None


def _digit_and(digit: int, run: list[Word], at: int) -> Group | None:
    """What stands behind a first digit: mươi, mười, lăm, or a second digit."""
    part, value = run[at]
    if part is Part.TENS:
        return _with_unit(digit * 10, run, at + 1)
    if part is Part.TEN:
        return _ten_for_tens(digit, run, at)
    if part is Part.UNIT_ONLY:
        return Group(digit * 10 + value, at + 1)
    if part is Part.DIGIT and not _digits_go_on(run, Group(0, at + 1)):
        roughly = digit if value == digit + 1 else None  # «hai ba hộ» may be two or three
        return Group(digit * 10 + value, at + 1, also=roughly)
    return None


def _ten_for_tens(digit: int, run: list[Word], at: int) -> Group:
    """«hai mười ba»: read out 2-13, or «hai mươi ba» with the wrong tone; both stay open."""
    read_out = _with_unit(10, run, at + 1)
    if run[at] is _TEN_OR_TENS:
        return _with_unit(digit * 10, run, at + 1)
    return Group(digit * 100 + read_out.value, read_out.end, also=digit * 10 + read_out.value - 10)


def _with_unit(tens: int, run: list[Word], at: int) -> Group:
    if at < len(run) and run[at].part in (Part.DIGIT, Part.UNIT_ONLY):
        following = run[at + 1].part if at + 1 < len(run) else None
        if following not in (Part.TENS, Part.HUNDRED, Part.TEN):
            return Group(tens + run[at].value, at + 1)
    return Group(tens, at)


def _digits_go_on(run: list[Word], group: Group) -> bool:
    return group.end < len(run) and run[group.end].part in (Part.DIGIT, Part.TENS, Part.TEN)


def _read_out(run: list[Word]) -> Group | None:
    """Digits said one after the other: năm sáu hai, ba bốn mươi hai, ba mươi bảy năm."""
    text = ""
    at = 0
    while at < len(run):
        tens = _tens_in_row(run, at)
        if tens is not None:
            text += str(tens.value)
            at = tens.end
        elif run[at].part is Part.DIGIT:
            text += str(run[at].value)
            at += 1
        else:
            break
    return Group(int(text), at) if text else None


def _tens_in_row(run: list[Word], at: int) -> Group | None:
    part = run[at].part
    if part is Part.TEN:
        return _with_unit(10, run, at + 1)
    if part is Part.DIGIT and run[at].value and at + 1 < len(run) and run[at + 1].part is Part.TENS:
        return _with_unit(run[at].value * 10, run, at + 2)
    return None
