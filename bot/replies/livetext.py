"""The words of a reply that go into the report, with a slot where each figure stands.

A bare list has no words worth printing. Sentences that speak to the bot (greetings, promises, questions) stay out.
Knows: which words the reader used up as labels. Does not know: how a slot is kept current; `bot.reports.slots` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts import Origin, Slot
from bot.replies.claims import Sort
from bot.replies.reading import IntentKind, Mode, NotAFigure
from bot.replies.set_phrases import Mark
from bot.replies.tokens import Kind
from bot.replies.wording import Worth

if TYPE_CHECKING:
    from bot.replies.work import Work

_FEWEST_WORDS = 4
_FEWEST_WITHOUT_FIGURES, _SENTENCE = 2, 6  # words of weight, and words, where no figure came of it
_LIST, _WORDS_OF_ONE = 4, 4  # numbers of a list, and words to each
_TELLING = Worth.TELLING
_NUMBERS = frozenset({Sort.NUMBER, Sort.RATIO, Sort.PERCENT, Sort.ZERO})
_SPOKEN_TO_BOT = frozenset(
    {
        IntentKind.NO_DATA,
        IntentKind.PROMISE,
        IntentKind.THANKS,
        IntentKind.FORWARDED_ELSEWHERE,
        IntentKind.SAME_AS_LAST,
        IntentKind.CORRECTION,
        Mark.GREETING,
    }
)
_I = frozenset({"tôi", "tao", "tui"})  # never «toi», which is «tới» or «tội» as well
_SPEAKER = frozenset({"em", "e", "mình"})  # where they open a clause: «trẻ em», «anh em» do not
_PRINTED = frozenset({Origin.STATED, Origin.ZERO_IN_WORDS})


def narrative_of(work: Work) -> tuple[str, tuple[Slot, ...]]:
    """The text for the section and its slots; ("", ()) for a bare list."""
    if not is_prose(work):
        return "", ()
    sentences = _sentences(work)
    kept = [(first, last) for first, last in sentences if not _to_bot(work, first, last)]
    return _joined(work, kept if len(kept) < len(sentences) else [(0, len(work.analysis.tokens))])


def is_prose(work: Work) -> bool:
    """More is said, not to the bot, than names and numbers. Asked after the claims are settled."""
    if work.prose is None:
        work.prose = _is_prose(work)
    return work.prose


def _is_prose(work: Work) -> bool:
    distractors = work.analysis.mentions.distractors
    documents = bool(distractors) and any(d.kind is NotAFigure.DOCUMENT_NUMBER for d in distractors)
    worth = work.wording.worth
    telling = worth.count(Worth.TELLING) + worth.count(Worth.STRANGE)
    fewest = _FEWEST_WORDS
    if not work.proposals and not work.doubts.questions and len(worth) - worth.count(Worth.NOTHING) >= _SENTENCE:
        fewest = _FEWEST_WITHOUT_FIGURES
    if telling < fewest and not documents:
        return False
    numbers = len([claim for claim in work.found.claims if claim.sort in _NUMBERS])
    if documents or numbers >= _LIST:
        words = [token.kind for token in work.analysis.tokens].count(Kind.WORD)
        if documents and words > _SENTENCE:
            fewest = 0
        elif numbers >= _LIST and words <= _WORDS_OF_ONE * numbers:
            return False  # a list, whatever its headings
    if telling < fewest:
        return False
    said = _spoken_for(work)
    if _words_of_weight(work, 0, len(worth), said) < fewest:
        return False
    kept = [(first, last) for first, last in _sentences(work) if not _to_bot(work, first, last)]
    return bool(kept) and sum(_words_of_weight(work, first, last, said) for first, last in kept) >= fewest


def place_of(work: Work) -> tuple[str | None, str | None]:
    """The section (and part) these words belong to: the only one asked, or the one most figures are of."""
    context = work.context
    if len(context.sections) == 1:
        return context.sections[0], context.part
    counts: dict[tuple[str, str | None], int] = {}
    for proposal in work.proposals:
        place = proposal.indicator.section, proposal.indicator.part
        counts[place] = counts.get(place, 0) + 1
    if len(counts) != 1:
        return None, None
    return next(iter(counts))


def _sentences(work: Work) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    first = 0
    tokens = work.analysis.tokens
    for at, (kind, _, _, word, _) in enumerate(tokens):
        if kind < Kind.BREAK:
            continue
        if kind == Kind.END:
            if at > first:
                found.append((first, at))
            break
        if kind == Kind.BREAK or (word in (".", "!", "?") and _ends(work, at)):
            if at > first:
                found.append((first, at + 1))
            first = at + 1
    return found


def _ends(work: Work, at: int) -> bool:
    following = work.analysis.tokens[at + 1]
    return following.start > work.analysis.tokens[at].end or following.kind == Kind.END


def _spoken_for(work: Work) -> set[str]:
    """Words that named a figure."""
    return {word for claim in work.found.claims for word in claim.named}


def _words_of_weight(work: Work, first: int, last: int, said: set[str]) -> int:
    worth, pieces = work.wording.worth[first:last], work.wording.pieces[first:last]
    telling = [1 for kind, named in zip(worth, pieces, strict=True) if kind == _TELLING and said.isdisjoint(named)]
    return worth.count(Worth.STRANGE) + len(telling)


def _to_bot(work: Work, first: int, last: int) -> bool:
    asking, phrases = work.found.asking, work.found.phrases
    if (asking and any(first <= a < last for a, _ in asking)) or _of_oneself(work, first, last):
        return True
    return bool(phrases) and any(p.kind in _SPOKEN_TO_BOT and first <= p.first < last for p in phrases)


def _of_oneself(work: Work, first: int, last: int) -> bool:
    """«tôi không phải hội CCB», «em bận quá chưa làm được»: no report speaks so; with a number it still may be one."""
    if any(c.sort in _NUMBERS and first <= c.first < last for c in work.found.claims):
        return False
    tokens = work.analysis.tokens
    for at in range(first, last):
        if tokens[at].plain in _I:
            return True
        if tokens[at].plain not in _SPEAKER:
            continue
        opens = at == first or tokens[at - 1].kind != Kind.WORD
        follows = work.analysis.source.text[slice(*work.analysis.source.span(tokens[at + 1].start, tokens[at + 1].end))]
        if opens and not follows[:1].isupper():
            return True
    return False


def _joined(work: Work, kept: list[tuple[int, int]]) -> tuple[str, tuple[Slot, ...]]:
    """Kept stretches of the original as one text; slots move with their stretch."""
    pieces: list[str] = []
    slots: list[Slot] = []
    length = 0
    for first, last in kept:
        start, end = _trimmed(work.text, *_span(work, first, last))
        if start >= end:
            continue
        if pieces:
            pieces.append(" ")
            length += 1
        slots += _slots(work, start, end, length)
        pieces.append(work.text[start:end])
        length += end - start
    return "".join(pieces), tuple(sorted(slots, key=lambda s: (s.start, s.end)))


def _span(work: Work, first: int, last: int) -> tuple[int, int]:
    inside = [t for t in work.analysis.tokens[first:last] if t.kind != Kind.END]
    if not inside:
        return 0, 0
    span = work.analysis.source.span
    return span(inside[0].start, inside[0].end)[0], span(inside[-1].start, inside[-1].end)[1]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _slots(work: Work, start: int, end: int, moved: int) -> list[Slot]:
    found: list[Slot] = []
    for proposal in work.proposals:
        mention = proposal.mention
        if mention is None or proposal.origin not in _PRINTED or proposal.mode is Mode.HOLD:
            continue
        if proposal.claim is not None and proposal.claim.repeats:
            continue  # «đều»: the number stands once
        zero = proposal.origin is Origin.ZERO_IN_WORDS
        first, last = (mention.start, mention.end) if zero else (mention.num_start, mention.num_end)
        if start <= first < last <= end:
            found.append(Slot(proposal.indicator.id, first - start + moved, last - start + moved))
    return found
