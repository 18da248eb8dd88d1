"""Numbers that are said only to be replaced: a slip of the tongue, a value denied, where a change began.

    slip     549 à nhầm 594/650                      the first is taken back
    denied   không phải 594 mà là 549                 «86 chứ không phải 84» denies the second
    began    từ 530 lên 549 ha; sửa 549 thành 560     what it was is no news
    mixed up nhầm 68 thành 86                         68 is right

The words between go with the number that goes; its label stays for the one that stays.
Knows: claims and the words between them. Does not know: the form.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.replies.claims import Claim, Sort
from bot.replies.reading import IntentKind
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.claiming import Claims
    from bot.replies.tokens import Token

_NUMERIC = frozenset({Sort.NUMBER, Sort.RATIO, Sort.PERCENT, Sort.CHANGE})
_LONGEST_SLIP_OF_TONGUE = 6  # tokens between a number and the one that corrects it
_TWO = 2  # one alone takes nothing back
_LONGEST = 5  # tokens between a number and the one it became, or was confused with
_NOTS = frozenset({"khong", "ko", "k", "kg", "chang"})
_BECAME = frozenset({"len", "xuong", "con", "thanh", "sang"})
_TOLD, _VERB_AND_SLIP = frozenset({"bao", "ghi", "go", "nhap", "gui"}), 2  # «báo nhầm 650»
_NOW = frozenset({"gio", "nay", "chot"})
_WITHDRAWING = _BECAME | {"phai", "nham", "gio", "nay", "chot"}  # nothing is taken back without one of these
_MENDED = frozenset({"sua", "doi", "chinh", "dieu"})


def without_withdrawn(found: Claims, claims: list[Claim]) -> list[Claim]:
    """The claims that stand."""
    if len(claims) < _TWO or (_WITHDRAWING.isdisjoint(found.analysis.said) and not found.has(IntentKind.CORRECTION)):
        return claims
    misreported = _misreported(found, claims)
    gone = {id(claim) for claim in misreported or _slips(found, claims)}
    numbers = [c for c in claims if c.sort in _NUMERIC and id(c) not in gone]
    for one, other in pairwise(numbers):
        if id(one) in gone or other.first - one.last > _LONGEST or _sentence_between(found, one.last, other.first):
            continue
        withdrawn = _withdrawn(found.analysis.tokens, one, other)
        if withdrawn is None:
            continue
        gone.add(id(withdrawn))
        found.masked.append((one.last, other.first))
        if withdrawn is one and other.sort is Sort.CHANGE:
            other.sort = Sort.NUMBER
    return [c for c in claims if id(c) not in gone]


def _withdrawn(tokens: Sequence[Token], one: Claim, other: Claim) -> Claim | None:
    """The one of two neighbours that the words between and before take back."""
    between = [token.word for token in tokens[one.last : other.first]]
    before = [token.word for token in tokens[max(0, one.first - _LONGEST) : one.first]]
    if _denies(between) and "chu" in (*between, *_unit_words(tokens, one)):
        return other
    if _denies(before) and "la" in between:
        return one
    if not _TOLD.isdisjoint(before[-1:]) and not _NOW.isdisjoint(between):
        return one  # «sáng nay báo 579 giờ mới chốt 583»
    if between and between[-1] in _BECAME and all(token.kind == Kind.WORD for token in tokens[one.last : other.first]):
        if before[-1:] == ["tu"]:
            return one
        if between[-1] == "thanh":
            return other if "nham" in before else one if not _MENDED.isdisjoint(before) else None
    return None


def _denies(words: Sequence[str]) -> bool:
    return any(word == "phai" and words[at - 1] in _NOTS for at, word in enumerate(words) if at)


def _unit_words(tokens: Sequence[Token], claim: Claim) -> list[str]:
    """What layer A took for a unit: «86 chứ không phải 84»."""
    return [token.word for token in tokens[claim.unit_at : claim.last]]


def _misreported(found: Claims, claims: list[Claim]) -> list[Claim]:
    """«lúa mùa 560 ha, hôm trước em báo nhầm 650»: the number right behind it is the slip, where another is given."""
    tokens = found.analysis.tokens
    wrong = [
        c
        for c in claims
        if c.sort in _NUMERIC
        and c.first > 1
        and tokens[c.first - 1].word == "nham"
        and tokens[c.first - _VERB_AND_SLIP].word in _TOLD
    ]
    return wrong if len(wrong) < sum(c.sort in _NUMERIC for c in claims) else []


def _slips(found: Claims, claims: list[Claim]) -> list[Claim]:
    """«549 à nhầm 594/650»: the number before the word is taken back."""
    dropped: list[Claim] = []
    stops = found.analysis.clauses
    for phrase in found.phrases:
        if phrase.kind is not IntentKind.CORRECTION:
            continue
        before = [c for c in claims if c.last <= phrase.first and c.sort in _NUMERIC]
        after = [c for c in claims if c.first >= phrase.last and c.sort in _NUMERIC]
        if not before or not after:
            continue
        wrong, right = before[-1], after[0]
        near = phrase.first - wrong.last <= _LONGEST_SLIP_OF_TONGUE and right.first - phrase.last <= len("ab")
        if near and stops and not _sentence_between(found, wrong.last, right.first):
            dropped.append(wrong)
    return dropped


def _sentence_between(found: Claims, first: int, last: int) -> bool:
    tokens = found.analysis.tokens
    return any(
        tokens[at].kind == Kind.BREAK or (tokens[at].kind == Kind.MARK and tokens[at].word in ";.")
        for at in range(first, last)
    )
