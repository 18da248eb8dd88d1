"""Every quantity of a reply as a claim to some indicator, with the words that speak for it.

    own words   from the number back to the one before it, and on to the next boundary; nearer words count more
    inherited   the words of what it hangs on: «trong đó» and brackets make a parent, else the claim before
    heading     the words before a colon hold until the end of the line

Knows: clauses, brackets, enumerations. Does not know: which indicator is meant; `bot.replies.assign` decides that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.checks.values import agrees
from bot.replies.claim_cues import set_cue
from bot.replies.wording import Stop, Worth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.replies.cues import Cue
    from bot.replies.reading import Mention
    from bot.replies.wording import Wording

_BEFORE_COMMA, _BEFORE_COMMA_BARE = 0.55, 0.85
_BEFORE_BOUNDARY = 0.85
_BRACKET = 0.85
_AFTER, _AFTER_JOINED, _AFTER_FADE = 0.9, 0.55, 0.96
_BEFORE_REACH, _AFTER_REACH = 40, 14
_UNIT_WORDS = 0.8
_OWN = 0.7  # words nearer than this must be in the name
_HEADING = 0.5
_FAINT = 0.2  # what reaches a claim with less than this says nothing
_FROM_PARENT, _FROM_SIBLING = 0.6, 0.35
_BRANCH, _FROM_TRUNK = "+", 0.75
_BARE_FROM, _STRANGE_FROM = 0.85, 0.3
_FROM_TAIL = 0.8
_OVER_CLAUSE, _OVER_SENTENCE, _OVER_LINE = 0.9, 0.7, 0.5
_JOINERS = frozenset({"va", "con", "cung", "trong", "gom"})
_ACCORDING = "theo"
_CLOSES_LIST = frozenset({"gi", "nao", "ca", "het"})  # «không có vụ việc gì, …»
_TOWARDS = ("doi", "voi")  # «đối với»
_OF_PARENT = ("trong", "do")  # «trong đó»
_AMONG = frozenset({"gom"})
_OPENS_PARTS = _AMONG | {_OF_PARENT[0]}


class Sort(StrEnum):
    """What kind of quantity claims an indicator."""

    NUMBER = "number"
    RATIO = "ratio"  # `mention` / `whole`
    PERCENT = "percent"
    ZERO = "zero"  # said in words
    CHANGE = "change"  # tăng 20 con
    SAME = "same"  # như tuần trước
    NO_DATA = "no_data"  # chưa có số


# Members by name: looked up on their class, each costs more than the comparison it serves.
_TELLING, _STRANGE = Worth.TELLING, Worth.STRANGE
_NO_STOP, _COMMA, _OPEN, _CLOSE, _COLON, _CLAUSE, _LINE = (
    Stop.NONE,
    Stop.COMMA,
    Stop.OPEN,
    Stop.CLOSE,
    Stop.COLON,
    Stop.CLAUSE,
    Stop.LINE,
)
_SAME, _NO_DATA = Sort.SAME, Sort.NO_DATA
_NUMBER, _RATIO, _PERCENT, _ZERO = Sort.NUMBER, Sort.RATIO, Sort.PERCENT, Sort.ZERO


@dataclass(slots=True)
class Claim:
    """One quantity and the words that speak for it; its tokens are [first, last), the number's end at `unit_at`."""

    number: int
    sort: Sort
    mention: Mention
    first: int
    unit_at: int
    last: int
    whole: Mention | None = None
    words: dict[str, float] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)  # its own words that some name has
    said: list[int] = field(default_factory=list)  # where its own words of weight stand, of names or not
    near: dict[str, float] = field(default_factory=dict)  # `words` before anything was inherited
    above: Mapping[str, float] = field(default_factory=dict)  # the words before a colon that hold here
    named: frozenset[str] = frozenset()  # words of the name it was taken for
    telling: int = 0  # own words that some name has
    strange: int = 0  # own words that no name has
    abrupt: bool = False  # one of those stands right before the number: «ngập 3 ha lúa»
    not_yet: bool = False  # «45 ha chưa trồng»
    parent: Claim | None = None
    part: str | None = None  # whose paragraph it stands in, where several write one section
    cue: Cue | None = None  # the nearest cue of its own clause
    hint: Cue | None = None  # one from further away: «Trong tuần, …»
    hangs_on: Claim | None = None  # a percent without words of its own: the value before it
    is_week: bool = False  # «tuần 2, lũy kế …»: no value where it is this very week's number
    is_year: bool = False  # a bare number that may be a year
    strict: bool = False  # must be named more clearly than others
    repeats: bool = False  # «đều …»: the number before, said of something else

    @property
    def is_bare(self) -> bool:
        """Nothing but everyday words stands beside it."""
        return not self.telling and not self.strange


def gather(wording: Wording, claims: Sequence[Claim]) -> None:
    """Give every claim its words and cues, in the order of the text."""
    before = 0
    previous: Claim | None = None
    heading: dict[str, float] = {}
    has_colon = _COLON in wording.stops
    labels_first = _labels_first(wording, claims)
    has_branches = _BRANCH in wording.said
    trunk: Claim | None = None
    for at, claim in enumerate(claims):
        following = claims[at + 1] if at + 1 < len(claims) else None
        if has_colon:
            heading = _heading(wording, heading, before, claim.first)
        until = following.first if following is not None else len(wording.tokens)
        if wording.cues:
            set_cue(wording, wording.cues, claim, previous, until)
        _words_before(wording, claim, before)
        plain = claim.words and not claim.telling and claim.sort is not _ZERO
        itself = labels_first or (bool(plain) and _is_named_whole(wording, claim.words))
        _words_of_unit(wording, claim)
        _words_after(wording, claim, until, labels_first=itself)
        claim.near = claim.words.copy()
        if previous is not None:
            _inherit(wording, claim, previous, labels_first=itself)
            if has_branches:
                trunk = _branch(wording, claim, trunk)
            if claim.sort is _PERCENT:
                claim.hangs_on = _value_of_percent(wording, claim, previous)
        claim.above = heading
        for piece, weight in heading.items():
            if claim.words.get(piece, 0.0) < weight * _HEADING:
                claim.words[piece] = weight * _HEADING
        previous, before = claim, claim.last
        trunk = trunk or claim
    if len(claims) > 1:
        _share_tail(claims)


def _branch(wording: Wording, claim: Claim, trunk: Claim | None) -> Claim | None:
    """«Đã giải quyết: 66 / + Đúng hạn: 65»: a line that opens with a plus is part of the last one that does not."""
    at = claim.first - 1
    while at >= 0 and wording.stops[at] != _LINE:
        at -= 1
    if wording.tokens[at + 1].word != _BRANCH:
        return claim
    if trunk is not None:
        claim.parent = trunk
        for piece, weight in trunk.words.items():
            if weight * _FROM_TRUNK >= _FAINT:
                _put(claim.words, piece, weight * _FROM_TRUNK)
    return trunk


def _value_of_percent(wording: Wording, claim: Claim, previous: Claim) -> Claim | None:
    """The value a percent is of: the one before it, if it says nothing else or comes out of it."""
    if _sentence_ends(wording, previous.last, claim.first):
        return None
    value = previous if previous.sort is not _PERCENT else previous.hangs_on
    if value is None or value.sort not in (_NUMBER, _RATIO):
        return None
    if not claim.telling and claim.strange <= 1:
        return value
    whole = value.whole.value if value.whole is not None else None
    return value if whole and agrees(claim.mention.value, value.mention.value, whole) else None


def _sentence_ends(wording: Wording, first: int, last: int) -> bool:
    return max(wording.stops[first:last], default=_NO_STOP) >= Stop.SENTENCE


def _share_tail(claims: Sequence[Claim]) -> None:
    """«không phát sinh đảng viên hoặc tổ chức đảng vi phạm»: what follows the last item is said of all."""
    if len([claim for claim in claims if claim.sort is _ZERO]) <= 1:
        return
    for claim, following in zip(reversed(claims[:-1]), reversed(claims[1:]), strict=True):
        together = claim.sort is _ZERO and following.sort is _ZERO
        if together and claim.mention.num_start == following.mention.num_start:
            for piece, weight in following.words.items():
                _put(claim.words, piece, weight * _FROM_TAIL)


def _words_before(wording: Wording, claim: Claim, stop: int) -> None:
    stops, worth = wording.stops, wording.worth
    weight = 1.0
    pair = ""
    tail = _tail(wording, stop, claim.first) if stop else 0
    above = False  # behind a colon that has words after it: a heading, or a greeting
    for at in range(claim.first - 1, max(tail, claim.first - _BEFORE_REACH) - 1, -1):
        mark = stops[at]
        if mark:
            pair = ""
            content = claim.telling or claim.strange
            if mark >= _CLAUSE:
                if content:
                    return
                weight *= _BEFORE_BOUNDARY
            elif mark == _COMMA:
                # «ngô, cây ăn quả như tuần trước» is said of both.
                listed = claim.sort is _SAME or claim.sort is _NO_DATA
                weight *= 1.0 if listed else _BEFORE_COMMA if content else _BEFORE_COMMA_BARE
            elif mark != _COLON:
                weight *= _BRACKET
            else:
                above = above or bool(claim.words)
            continue
        kind = worth[at]
        if kind and not (above and kind == _STRANGE):
            if not claim.words:
                _across(wording, claim, at)
                claim.abrupt = claim.abrupt or (kind == _STRANGE and not claim.strange and weight == 1.0)
            _take(wording, claim, at, weight)
            if pair:
                _put(claim.words, pair, weight)
            pair = wording.pairs[at]


def _tail(wording: Wording, start: int, until: int) -> int:
    """Where the words end that still belong to the claim before: its own clause, if that ends before this one."""
    stops, worth = wording.stops, wording.worth
    told = False
    for at in range(start, until):
        if stops[at]:
            return at if told else start
        if told and wording.tokens[at].word == _TOWARDS[1] and wording.tokens[at - 1].word == _TOWARDS[0]:
            return at + 1  # «4 thông báo KL đối với 4 TCĐ»
        told = told or worth[at] >= _TELLING
    return start


def _labels_first(wording: Wording, claims: Sequence[Claim]) -> bool:
    """«nhận 70 trả 68 còn 7»: it opens with a word and ends in a number, so each word is of the number behind it."""
    if not claims or not claims[0].first or claims[-1].sort not in (_NUMBER, _RATIO):
        return False
    first, last = claims[0].first, claims[-1].last
    return bool(wording.pieces[first - 1]) and not any(wording.worth[last:]) and not any(wording.stops[first:last])


def _is_named_whole(wording: Wording, words: Mapping[str, float]) -> bool:
    """«nhận 70, trả 68»: everyday words that make a whole name say all there is to say."""
    return frozenset(word for word in words if " " not in word) in wording.everyday_names


def _words_of_unit(wording: Wording, claim: Claim) -> None:
    worth = wording.worth
    own = claim.sort is _ZERO
    for at in range(claim.unit_at, claim.last):
        if own and worth[at]:
            _take(wording, claim, at, 1.0)
            if wording.pairs[at]:
                _put(claim.words, wording.pairs[at], 1.0)
        elif worth[at]:
            for piece in wording.pieces[at]:
                _put(claim.words, piece, _UNIT_WORDS * wording.weights[at])
            if wording.pairs[at]:
                _put(claim.words, wording.pairs[at], _UNIT_WORDS)


def _words_after(wording: Wording, claim: Claim, until: int, *, labels_first: bool) -> None:
    stops, worth, tokens = wording.stops, wording.worth, wording.tokens
    behind = tokens[min(claim.last, len(tokens) - 1)]
    claim.not_yet = claim.sort is not _ZERO and behind.word == "chua" and behind.plain != "chữa"
    named = claim.telling > 0 or (labels_first and bool(claim.words))
    followed = until < len(tokens) and not any(stops[claim.last : until])
    prefixed = followed and (named or _is_said_by_its_noun(wording, claim))
    weight = _AFTER_JOINED if prefixed else _AFTER  # «lúa mùa 549 ngô 1110»: the word behind is the next one's
    for at in range(claim.last, min(until, claim.last + _AFTER_REACH)):
        mark = stops[at]
        if mark:
            listed = claim.sort is _ZERO or (at == claim.last and _goes_on(wording, at))
            if mark != _COMMA or not listed or (claim.sort is _ZERO and tokens[at - 1].word in _CLOSES_LIST):
                return
            weight = _AFTER_JOINED  # «01 tin, bài tuyên truyền»
            continue
        if tokens[at].word == _ACCORDING:
            return  # «01 đồng chí theo QĐ số 245»
        if (
            tokens[at].word in _JOINERS
            and until < len(tokens)
            and (tokens[at].word != "trong" or _says_among(wording, at))
        ):
            weight = min(weight, _AFTER_JOINED)
        if worth[at]:
            _take(wording, claim, at, weight)
            if wording.pairs[at]:
                _put(claim.words, wording.pairs[at], weight)
        weight *= _AFTER_FADE


def _is_said_by_its_noun(wording: Wording, claim: Claim) -> bool:
    """«1 hội nghị cho ý kiến 4 nội dung»: what is counted is a whole name; the words behind lead to the next number."""
    noun = frozenset(wording.tokens[at].word for at in range(claim.unit_at, claim.last))
    return len(noun) > 1 and noun in wording.everyday_names


def _across(wording: Wording, claim: Claim, at: int) -> None:
    """«dự 3 hội nghị»: the words on both sides of the number are neighbours."""
    after = claim.unit_at
    if after < len(wording.tokens) and wording.worth[after]:
        _put(claim.words, f"{wording.tokens[at].word} {wording.tokens[after].word}", _UNIT_WORDS)


def _goes_on(wording: Wording, comma: int) -> bool:
    """A comma inside a unit: «01 tin, bài»."""
    tokens = wording.tokens
    return f"{tokens[comma - 1].word} {tokens[comma + 1].word}" in wording.listed


def _take(wording: Wording, claim: Claim, at: int, weight: float) -> None:
    kind, pieces = wording.worth[at], wording.pieces[at]
    if kind >= _TELLING:
        if weight >= _OWN:
            claim.said.append(at)
        if kind == _STRANGE:
            claim.strange += 1
        else:
            claim.telling += 1
            if weight >= _OWN:
                claim.own.update(pieces)
    if not pieces:
        return
    weight *= wording.weights[at]
    words = claim.words
    for piece in pieces:
        if words.get(piece, 0.0) < weight:
            words[piece] = weight


def _put(words: dict[str, float], piece: str, weight: float) -> None:
    if words.get(piece, 0.0) < weight:
        words[piece] = weight


def _inherit(wording: Wording, claim: Claim, previous: Claim, *, labels_first: bool) -> None:
    parent, sibling = _parent(wording, claim, previous)
    claim.parent = parent
    boundary = max(wording.stops[previous.last : claim.first], default=_NO_STOP)
    across = (
        _OVER_LINE
        if boundary == _LINE
        else _OVER_SENTENCE
        if boundary == Stop.SENTENCE
        else _OVER_CLAUSE
        if boundary == _CLAUSE
        else 1.0
    )
    if claim.is_bare:
        share = _FROM_SIBLING if labels_first and claim.near else _BARE_FROM  # «kl 0, đơn 0»
    elif claim.telling or parent is not None:
        share = _FROM_PARENT if parent is not None else _FROM_SIBLING
    else:
        share = _STRANGE_FROM
    _hand_down(parent or sibling, claim, share * across)
    if parent is not None and sibling is not parent and not claim.is_bare:
        _hand_down(sibling, claim, _FROM_SIBLING * across * 0.5)


def _hand_down(source: Claim, claim: Claim, share: float) -> None:
    words = claim.words
    for piece, weight in source.words.items():
        handed = weight * share
        if handed >= _FAINT and words.get(piece, 0.0) < handed:
            words[piece] = handed


def _parent(wording: Wording, claim: Claim, previous: Claim) -> tuple[Claim | None, Claim]:
    """The claim this one is a part of, if any, and the claim it stands beside."""
    marks = wording.stops[previous.last : claim.first]
    if _OPENS_PARTS.isdisjoint(wording.said) and _OPEN not in marks and _CLOSE not in marks:
        return (None if max(marks, default=_NO_STOP) >= _CLAUSE else previous.parent), previous
    depth = 0
    boundary = _NO_STOP
    for at in range(previous.last, claim.first):
        mark = wording.stops[at]
        if mark == _OPEN:
            depth += 1
        elif mark == _CLOSE:
            depth -= 1
        elif mark >= _CLAUSE:
            boundary = max(boundary, mark)
        elif _says_among(wording, at):
            return previous, previous
    if depth > 0:
        return previous, previous
    if depth < 0 and previous.parent is not None:
        return previous.parent.parent, previous.parent
    if boundary >= _CLAUSE:
        return None, previous
    return previous.parent, previous


def _says_among(wording: Wording, at: int) -> bool:
    tokens = wording.tokens
    word = tokens[at].word
    if word == _OF_PARENT[0]:
        return tokens[at + 1].word == _OF_PARENT[1]
    return word in _AMONG


def _heading(wording: Wording, heading: dict[str, float], start: int, stop: int) -> dict[str, float]:
    """The words before the last colon between two claims, unless a new line began after them."""
    marks = wording.stops[start:stop]
    if _COLON not in marks:
        return {} if _LINE in marks else heading
    found = heading
    line: dict[str, float] = {}
    content = False
    for at in range(start, stop):
        mark = wording.stops[at]
        if mark == _COLON:
            if content:
                found = line
            line, content = {}, False
        elif mark >= _CLAUSE:
            if mark == _LINE:
                found = {}
            line, content = {}, False
        elif wording.worth[at]:
            content = content or wording.worth[at] == _TELLING
            for piece in wording.pieces[at]:
                line[piece] = wording.weights[at]
            if wording.pairs[at]:
                line[wording.pairs[at]] = 1.0
    return found
