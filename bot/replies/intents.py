"""What a reply says beside its numbers: as last week, not known yet, tomorrow, I was wrong, thank you, a question.

Knows: set phrases of phone Vietnamese, with and without diacritics.
Does not know: which indicators they are about; the words around them tell that (`bot.replies.claims`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import fold
from bot.replies.reading import Intent, IntentKind
from bot.replies.set_phrases import PHRASES, Mark
from bot.replies.tokens import Kind, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.mentions import Analysis
    from bot.replies.tokens import Token


class Phrase(NamedTuple):
    """A set phrase over tokens [first, last)."""

    kind: IntentKind | Mark
    first: int
    last: int


_TIMES = "mai chiều tối sáng trưa lát tí chút thứ cuối đầu muộn ngày hôm"
_WHEN = frozenset(fold(_TIMES).split())
_WHEN_AS_SPOKEN = frozenset(_TIMES.split())
_DONE = frozenset({"roi", "xong"})  # «sáng em gửi rồi»
_SEND = frozenset(fold("gửi nộp bổ báo cập").split())
_BEFORE_SENDING = frozenset(
    fold(
        "em e anh a chị c tôi mình bọn tụi sẽ mới có thì chắc xin nay mai sáng chiều tối trưa tuần này nữa kịp hai ba "
        "tư năm sáu bảy thứ ngày giờ cho được lại nốt mới đủ hết số liệu phần còn",
    ).split(),
)
_NOTS = frozenset({"khong", "ko", "k", "kg", "chua", "chang"})
_ADDED = frozenset({"them", "moi"})
_ENDS = frozenset({Kind.BREAK, Kind.END})
_TAGS = frozenset({"phải", "phai", "đúng", "dung", "được", "duoc", "đc", "dc"})
_MAY_ASK = frozenset({"?", *map(fold, _TAGS)})
PLEASANTRIES = frozenset(
    fold(
        "ok oke okie okela vâng dạ ừ uh um ạ a nhé nha em anh chị ơi rồi đã nhận được cảm ơn cám thanks tks "
        "đồng chí nhiều"
    ).split()
)


_FIRSTS = frozenset(PHRASES) | _NOTS | _WHEN | _SEND | {"se"}


def phrases_of(analysis: Analysis) -> list[Phrase]:
    """Every set phrase, longest first at each place, not overlapping; negated additions and promises too."""
    found: list[Phrase] = []
    tokens = analysis.tokens
    until = 0
    for at in places(analysis.words, _FIRSTS):
        if at < until:
            continue
        phrase = _phrase_at(tokens, at)
        if phrase is None:
            phrase = _nothing_added(tokens, at) if tokens[at].word in _NOTS else _promise(tokens, at)
        if phrase is not None:
            found.append(phrase)
            until = phrase.last
    return found


def _phrase_at(tokens: Sequence[Token], at: int) -> Phrase | None:
    by_second = PHRASES.get(tokens[at].word)
    if by_second is None:
        return None
    for spellings, kind in by_second.get(tokens[at + 1].word) or by_second.get("", []):
        last = at + len(spellings)
        if last <= len(tokens) and all(tokens[at + i].plain in s for i, s in enumerate(spellings)):
            return Phrase(kind, at, last) if _meant(tokens, at, last, kind) else None
    return None


def _meant(tokens: Sequence[Token], at: int, last: int, kind: IntentKind | Mark) -> bool:
    following = tokens[min(last, len(tokens) - 1)]
    if kind is IntentKind.NOTHING_OCCURRED:
        return following.kind != Kind.WORD or following.word in PLEASANTRIES or following.word in ("moi", "trong")
    if tokens[last - 1].word == "cu" and tokens[last - 2].word == "so":
        return following.kind != Kind.WORD or following.word in PLEASANTRIES  # «hồ sơ cư trú»
    if kind is IntentKind.CORRECTION:
        return _corrects(tokens, at, last)
    return True


def _corrects(tokens: Sequence[Token], at: int, last: int) -> bool:
    """«nhầm» and «lộn» are common without diacritics in other words: «nhằm», «lớn», «lợn»."""
    word, following = tokens[last - 1], tokens[min(last, len(tokens) - 1)]
    if word.plain in ("nhầm", "lộn"):
        return True
    if word.word not in ("nham", "lon"):
        return word.word != "lai" or tokens[at].plain in ("sửa", "sua", "xin")
    if word.plain not in ("nham", "lon"):
        return False
    opens = at == 0 or tokens[at - 1].kind != Kind.WORD or last - at > 1
    return opens or (word.word == "nham" and following.kind != Kind.WORD)


def _nothing_added(tokens: Sequence[Token], at: int) -> Phrase | None:
    """«chưa giải ngân thêm», «ko trồng thêm được»: what was done so far stays."""
    for i in range(at + 1, min(at + 5, len(tokens))):
        if tokens[i].kind != Kind.WORD:
            return None
        if tokens[i].word in _ADDED and i > at + 1 and tokens[i].word == "them":
            return Phrase(IntentKind.SAME_AS_LAST, at, at + 1)
    return None


def _promise(tokens: Sequence[Token], at: int) -> Phrase | None:
    """«mai em gửi», «gửi sau», «sẽ bổ sung»."""
    word = tokens[at].word
    if word in _WHEN and _is_a_time(tokens[at]):
        for i in range(at + 1, min(at + 7, len(tokens))):
            if tokens[i].word in _SEND and _sends(tokens, i):
                return Phrase(IntentKind.PROMISE, at, i + 1) if tokens[i + 1].word not in _DONE else None
            if tokens[i].kind != Kind.NUMERAL and tokens[i].word not in _BEFORE_SENDING:
                return None
        return None
    if word in _SEND and _sends(tokens, at) and tokens[at + 1].word in ("sau", "not", "bu"):
        return Phrase(IntentKind.PROMISE, at, at + 2)
    if word == "se" and tokens[at + 1].word in _SEND:
        return Phrase(IntentKind.PROMISE, at, at + 2)
    return None


def _is_a_time(token: Token) -> bool:
    """«tôi gửi» is no evening: a word with marks of its own is the word it is."""
    return token.plain == token.word or token.plain in _WHEN_AS_SPOKEN


def _sends(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].word
    return word != "bo" or tokens[at + 1].word == "sung" if word in ("bo", "bao") else True


def questions_in(analysis: Analysis, phrases: Sequence[Phrase]) -> tuple[tuple[int, int], ...]:
    """Token ranges of sentences that ask something."""
    tokens = analysis.tokens
    asking = [p.first for p in phrases if p.kind is Mark.ASKING] if phrases else []
    if not asking and _MAY_ASK.isdisjoint(analysis.said):
        return ()
    may_ask = places(analysis.words, _MAY_ASK)
    asking += [at for at in may_ask if tokens[at].word == "?" or tokens[at].plain in _TAGS]
    asking = [at for at in asking if tokens[at].plain not in _TAGS or _asks_back(tokens, at)]
    return tuple(dict.fromkeys(_sentence_of(tokens, at) for at in sorted(asking)))


def _sentence_of(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    first = last = at
    while first > 0 and not _ends_sentence(tokens[first - 1]):
        first -= 1
    while not _ends_sentence(tokens[last]):
        last += 1
    return first, max(last, first + 1)


def _ends_sentence(token: Token) -> bool:
    return token.kind in _ENDS or (token.kind == Kind.MARK and token.word in ".!?")


def _asks_back(tokens: Sequence[Token], at: int) -> bool:
    """«… đúng không em», at the end; «xây dựng không» is no question."""
    token = tokens[at]
    if tokens[min(at + 1, len(tokens) - 1)].word not in ("khong", "ko", "k"):
        return False
    if at and token.plain == "dung" and tokens[at - 1].word in ("xay", "su", "noi", "ap"):
        return False
    return _only_pleasant(tokens, at + 2)


def _only_pleasant(tokens: Sequence[Token], at: int) -> bool:
    while tokens[at].kind == Kind.WORD and tokens[at].word in PLEASANTRIES:
        at += 1
    return tokens[at].kind != Kind.WORD and tokens[at].kind != Kind.NUMERAL


def as_intent(analysis: Analysis, phrase: Phrase, kind: IntentKind, indicators: tuple[str, ...] = ()) -> Intent:
    """The phrase as an intent of the original text."""
    tokens = analysis.tokens
    start, end = analysis.source.span(tokens[phrase.first].start, tokens[phrase.last - 1].end)
    data = analysis.source.text[start:end] if kind is IntentKind.PROMISE else ""
    return Intent(kind, start, end, indicators, data)
