"""From what layer A found to claims: which mentions speak for themselves, which were taken back, which are said twice.

Knows: mentions, set phrases, questions. Does not know: the form.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.replies.claims import Claim, Sort
from bot.replies.intents import Phrase, phrases_of, questions_in
from bot.replies.normalise import fold
from bot.replies.reading import IntentKind, Mention, MentionRole, NotAFigure
from bot.replies.set_phrases import Mark
from bot.replies.tokens import Kind
from bot.replies.units import PERCENT
from bot.replies.withdrawn import without_withdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.mentions import Analysis

# Members by name: looked up on their class, each costs more than the comparison it serves.
_NUMBER, _RATIO, _PERCENT, _ZERO, _CHANGE = Sort.NUMBER, Sort.RATIO, Sort.PERCENT, Sort.ZERO, Sort.CHANGE
_SAYS_CHANGE = MentionRole.CHANGE
_MARK_INVENTED, _MARK_ALL_OF_IT = Mark.INVENTED, Mark.ALL_OF_IT
_STATEMENTS = {
    IntentKind.SAME_AS_LAST: Sort.SAME,
    IntentKind.NO_DATA: Sort.NO_DATA,
}
_IN_TEXT = attrgetter("first", "last")
_START = attrgetter("start")
_SOLD_BY = frozenset({"kg", "con", "tan", "ta", "cay", "qua", "lit"})
_SCALES = frozenset({"tram", "nghin", "ngan", "van", "trieu", "ty", "ti"})
_TENTHS = "phần"  # «tám phần kế hoạch»
_EACH, _EACH_REACH = frozenset({"mỗi"}), 3  # without diacritics it may be «mới»
_EACH_FOLDED = frozenset(map(fold, _EACH))
_WORD_AND_NUMBER, _FEW_PAPERS = 2, 20
_YEAR_WORDS = frozenset({"nam", "hoc", "nien", "thang", "quy", "den", "tu", "dau", "cuoi", "giua", "nay"})


@dataclass(slots=True)
class Claims:
    """All claims of a reply in the order of the text, with the phrases that go with them."""

    analysis: Analysis
    phrases: list[Phrase]
    asking: tuple[tuple[int, int], ...]
    claims: list[Claim] = field(default_factory=list)
    masked: list[tuple[int, int]] = field(default_factory=list)
    invented: list[Claim] = field(default_factory=list)

    def has(self, kind: IntentKind | Mark) -> bool:
        return kind in [phrase.kind for phrase in self.phrases]


def claims_of(analysis: Analysis) -> Claims:
    """Every claim of the reply; wording and assignment come after."""
    phrases = phrases_of(analysis)
    found = Claims(analysis, phrases, questions_in(analysis, phrases))
    starts = (
        [analysis.source.span(t.start, t.end)[0] for t in analysis.tokens]
        if analysis.source.starts
        else list(map(_START, analysis.tokens))
    )
    _mask(found, starts)
    claims = _numbers(found, starts)
    if phrases:
        claims += [*_statements(found), *_repeats(found)]
    if analysis.mentions.distractors:
        claims += [*_weeks_that_count(found, starts), *_bare_years(found, starts), *_papers_counted(found, starts)]
    claims.sort(key=_IN_TEXT)
    claims = without_withdrawn(found, claims)
    for number, claim in enumerate(claims):
        claim.number = number
    found.claims = claims
    return found


def _mask(found: Claims, starts: Sequence[int]) -> None:
    found.masked += [
        (p.first, p.last) for p in found.phrases if isinstance(p.kind, IntentKind) or p.kind is _MARK_ALL_OF_IT
    ]
    for distractor in found.analysis.mentions.distractors:
        first, last = bisect_left(starts, distractor.start), bisect_left(starts, distractor.end)
        age = last - first > 1 and found.analysis.tokens[last - 1].word == "tuoi"
        found.masked.append((first, last - age))  # «sinh con trước 18 tuổi» names a figure


def _numbers(found: Claims, starts: Sequence[int]) -> list[Claim]:
    claims: list[Claim] = []
    mentions, places = found.analysis.mentions.mentions, found.analysis.places
    for at, (mention, place) in enumerate(zip(mentions, places, strict=True)):
        first, last = place.first, place.last
        if mention.in_words and mention.value == 0 and mention.label_start >= 0:
            first, last = bisect_left(starts, mention.label_start), bisect_left(starts, mention.label_end)
        elif mention.ratio_with is not None and _is_right_side(mentions, at):
            continue
        if not _counts(found, mention, place.first, place.last):
            continue
        claim = _claim(mention, first, last, starts)
        if claim.sort is _RATIO and _are_two_things(mention, mentions[mention.ratio_with or 0]):
            claim.sort = _NUMBER
        if claim.sort is _RATIO and mention.ratio_with is not None:
            claim.whole = mentions[mention.ratio_with]
            claim.last = places[mention.ratio_with].last
            claim.unit_at = _after_number(claim.whole, places[mention.ratio_with].first, claim.last, starts)
        if claim.sort is not _ZERO:
            found.masked.append((claim.first, claim.unit_at))
        if found.phrases and _is_invented(found, claim):
            found.invented.append(claim)
            continue
        claims.append(claim)
    return claims


def _is_right_side(mentions: Sequence[Mention], at: int) -> bool:
    """The whole of a ratio goes with its part."""
    left = mentions[at].ratio_with
    return left is not None and left < at and not _are_two_things(mentions[left], mentions[at])


def _are_two_things(left: Mention, right: Mention) -> bool:
    """«5 thôn/400 hội viên», «2 hộ/200 triệu»: a stroke between two counts, no part of a whole."""
    one, other = fold(left.unit), fold(right.unit)
    alike = one.startswith(other) or other.startswith(one)
    return bool(one and other) and not alike and PERCENT not in (one, other)


def _counts(found: Claims, mention: Mention, first: int, last: int) -> bool:
    """Not asked about, not part of a set phrase, not a comparison with another year."""
    if mention.percent_of == "prior" or (found.asking and any(a <= first < b for a, b in found.asking)):
        return False
    if last - first == 1 and found.analysis.tokens[first].word in _SCALES:
        return False  # «triệu» alone is a unit, not a million of something
    if _is_each(found, first) or mention.unit == _TENTHS or (mention.scale and _is_price(found, last)):
        return False
    for phrase in found.phrases:
        is_set = phrase.kind in (IntentKind.SAME_AS_LAST, IntentKind.NO_DATA, IntentKind.NOTHING_OCCURRED)
        if is_set and phrase.first < last and first < phrase.last:
            return phrase.kind is IntentKind.NOTHING_OCCURRED
    return True


def _is_price(found: Claims, last: int) -> bool:
    """«giá 15 nghìn/kg»: so much for one."""
    tokens = found.analysis.tokens
    return tokens[last].word == "/" and tokens[last + 1].word in _SOLD_BY


def _is_each(found: Claims, first: int) -> bool:
    """«mỗi hộ 100 triệu đồng»: what one gets, no total."""
    if _EACH_FOLDED.isdisjoint(found.analysis.said):
        return False
    tokens = found.analysis.tokens
    before = range(max(0, first - _EACH_REACH), first)
    each = [at for at in before if tokens[at].plain in _EACH]
    return bool(each) and all(tokens[at].kind == Kind.WORD for at in range(each[-1], first))


def _claim(mention: Mention, first: int, last: int, starts: Sequence[int]) -> Claim:
    if mention.in_words and mention.value == 0:
        return Claim(0, _ZERO, mention, first, first, last)
    sort = _NUMBER
    if mention.unit == "%" and mention.role is not _SAYS_CHANGE:
        sort = _PERCENT
    elif mention.role is _SAYS_CHANGE:
        sort = _CHANGE
    elif mention.ratio_with is not None:
        sort = _RATIO
    return Claim(0, sort, mention, first, _after_number(mention, first, last, starts), last)


def _after_number(mention: Mention, first: int, last: int, starts: Sequence[int]) -> int:
    return max(first + 1, min(last, bisect_left(starts, mention.num_end)))


def _is_invented(found: Claims, claim: Claim) -> bool:
    """«cứ ghi 100% hết cho đẹp»: an instruction, no figure."""
    if not found.has(_MARK_INVENTED):
        return False
    clause_of = found.analysis.clause_of
    here = clause_of[claim.first]
    return any(p.kind is _MARK_INVENTED and clause_of[p.first] == here for p in found.phrases)


def _statements(found: Claims) -> list[Claim]:
    claims: list[Claim] = []
    tokens, source = found.analysis.tokens, found.analysis.source
    for phrase in found.phrases:
        sort = _STATEMENTS.get(phrase.kind) if isinstance(phrase.kind, IntentKind) else None
        if sort is None or any(a <= phrase.first < b for a, b in found.asking):
            continue
        start, end = source.span(tokens[phrase.first].start, tokens[phrase.last - 1].end)
        mention = Mention(Decimal(0), start, end, start, end)
        claims.append(Claim(0, sort, mention, phrase.first, phrase.last, phrase.last))
    return claims


def _repeats(found: Claims) -> list[Claim]:
    """«giải quyết 50 đều đúng hạn»: the 50 counts for both."""
    claims: list[Claim] = []
    analysis = found.analysis
    for phrase in found.phrases:
        if phrase.kind is not _MARK_ALL_OF_IT:
            continue
        for mention, place in zip(reversed(analysis.mentions.mentions), reversed(analysis.places), strict=True):
            if place.last > phrase.first:
                continue
            same_clause = analysis.clause_of[place.first] == analysis.clause_of[phrase.first]
            if same_clause and mention.unit != "%" and not mention.in_words and mention.ratio_with is None:
                claims.append(Claim(0, _NUMBER, mention, phrase.first, phrase.last, phrase.last, repeats=True))
            break
    return claims


def _weeks_that_count(found: Claims, starts: Sequence[int]) -> list[Claim]:
    """«trích lục: tuần 2, lũy kế 26»: two in the week, since a total follows; not the second week of the year."""
    claims: list[Claim] = []
    analysis, tokens = found.analysis, found.analysis.tokens
    for distractor in analysis.mentions.distractors:
        if distractor.kind is not NotAFigure.PERIOD:
            continue
        first, last = bisect_left(starts, distractor.start), bisect_left(starts, distractor.end)
        if last - first != len(("tuan", "2")) or tokens[first].word != "tuan" or not tokens[first + 1].word.isdigit():
            continue
        if tokens[last].word in (",", ";", "/") and (tokens[last + 1].word == "lk" or tokens[last + 2].word == "ke"):
            number = tokens[first + 1]
            start, end = analysis.source.span(number.start, number.end)
            mention = Mention(Decimal(number.word), start, end, start, end, role=MentionRole.WEEK)
            found.masked.remove((first, last))
            found.masked.append((first + 1, last))
            claims.append(Claim(0, _NUMBER, mention, first + 1, last, last, is_week=True))
    return claims


def _papers_counted(found: Claims, starts: Sequence[int]) -> list[Claim]:
    """«NQ 2» and nothing more between its commas: two of them, not the second."""
    claims: list[Claim] = []
    analysis = found.analysis
    for distractor in analysis.mentions.distractors:
        last = bisect_left(starts, distractor.end)
        number = analysis.tokens[last - 1]
        if distractor.kind is not NotAFigure.DOCUMENT_NUMBER or not number.word.isdigit():
            continue
        clause = analysis.clauses[analysis.clause_of[last - 1]]
        alone = clause.last == last and last - clause.first == _WORD_AND_NUMBER
        if not alone or int(number.word) > _FEW_PAPERS:
            continue
        start, end = analysis.source.span(number.start, number.end)
        mention = Mention(Decimal(number.word), start, end, start, end)
        claims.append(Claim(0, _NUMBER, mention, last - 1, last, last))
    return claims


def _bare_years(found: Claims, starts: Sequence[int]) -> list[Claim]:
    """«gia súc 1974»: looks like a year, but no word says so."""
    claims: list[Claim] = []
    tokens = found.analysis.tokens
    for distractor in found.analysis.mentions.distractors:
        first, last = bisect_left(starts, distractor.start), bisect_left(starts, distractor.end)
        if distractor.kind is not NotAFigure.YEAR or last - first != 1 or not tokens[first].word.isdigit():
            continue
        before = tokens[first - 1] if first else None
        if before is not None and before.kind == Kind.WORD and before.word not in _YEAR_WORDS:
            mention = Mention(
                Decimal(tokens[first].word), distractor.start, distractor.end, distractor.start, distractor.end
            )
            claims.append(Claim(0, _NUMBER, mention, first, last, last, is_year=True))
    return claims
