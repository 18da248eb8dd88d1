"""What follows from one report that came as several messages: everything is stored, and answered by one receipt.

Knows: which messages may share a receipt; how a text that was cut on its way is put together again.
Does not know: which messages there are, or when they came.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.decisions.reply import answered, read_message, with_taken
from bot.decisions.taking import merged
from bot.facts import State
from bot.replies.reading import IntentKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Outcome
    from bot.decisions.reply import Message, Reads
    from bot.decisions.taking import Taken

CUT_AT = 4096  # UTF-16 units: where a text is cut that has no better place
CUT_FROM = CUT_AT // 2  # a sender that looks for a better place finds it in the second half
ANSWERED_ALONE = frozenset({IntentKind.QUESTION, IntentKind.PROMISE, IntentKind.THANKS, IntentKind.FORWARDED_ELSEWHERE})
GOES_ON = re.compile(r"(?:[^\W\d_]|\d+(?![\d.)]))")  # a small letter, or a number that numbers no item

Parts = tuple["Message", ...]  # one text, cut on its way


def may_go_on(text: str) -> bool:
    """Long enough to be the first part of a text that was cut."""
    return units(text) >= CUT_FROM


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def is_plain(desk: Desk, message: Message, reader: Reads) -> bool:
    """Figures or words of the report and nothing else: a question, thanks, a promise get an answer of their own."""
    taken = read_message(desk, message, reader)
    said = {intent.kind for reading in taken.readings for intent in reading.intents}
    is_content = bool(taken.figures or taken.repeated or taken.texts or taken.questions)
    return is_content and not taken.homeless and not said & ANSWERED_ALONE and not message.text.rstrip().endswith("?")


def on_pieces(desk: Desk, pieces: Sequence[Parts], reader: Reads) -> Outcome:
    """Read in order, each with what the ones before it brought; one receipt reads everything back."""
    brought: list[Taken] = []
    current = desk
    for parts in pieces:
        brought.append(_read(current, parts, reader))
        current = with_taken(current, brought[-1])
    whole = _gathered(desk, brought)
    outcome = answered(desk, whole, pieces[0][0])
    superseded = tuple(fact for taken in brought for fact in taken.facts if fact not in whole.facts)
    return replace(outcome, facts=superseded + outcome.facts)


def _gathered(desk: Desk, brought: Sequence[Taken]) -> Taken:
    """All as one: what a later piece says is no longer in doubt; corrections count against what was stored before."""
    whole = merged(list(brought))
    texts = {(text.section, text.part): text for text in whole.texts}
    told_after = [{f.indicator for taken in brought[n + 1 :] for f in taken.figures} for n in range(len(brought))]
    open_ = (
        question
        for taken, told in zip(brought, told_after, strict=True)
        for question in taken.questions
        if not question.indicators or not set(question.indicators) <= told
    )
    told = {f.indicator: f for f in whole.figures}
    before = {i: desk.figures[i] for i in told if i in desk.figures}
    amended = tuple(
        (i, str(old.value))
        for i, old in before.items()
        if old.state is State.VALUE and old.value is not None and old.value != told[i].value
    )
    repeated = tuple(i for i in whole.repeated if i not in told)
    return replace(whole, texts=tuple(texts.values()), questions=tuple(open_), amended=amended, repeated=repeated)


def _read(desk: Desk, parts: Parts, reader: Reads) -> Taken:
    """A cut text is read whole; each figure and text belongs to the part in which it begins."""
    first = parts[0]
    if len(parts) == 1:
        return read_message(desk, first, reader)
    text, starts = _put_together([part.text for part in parts])
    taken = read_message(desk, replace(first, text=text), reader)

    def part_at(start: int) -> tuple[int, int]:
        at = max(n for n, begins in enumerate(starts) if n == 0 or begins <= start)
        return parts[at].reply_id, starts[at]

    figures = []
    for figure in taken.figures:
        reply_id, shift = part_at(figure.start)
        is_said = figure.start >= 0
        figures.append(
            replace(
                figure,
                reply_id=reply_id,
                start=figure.start - shift if is_said else -1,
                end=figure.end - shift if is_said else -1,
            )
        )
    return replace(taken, figures=tuple(figures))


def _put_together(texts: Sequence[str]) -> tuple[str, list[int]]:
    """The text before it was cut, and where each part begins in it. What stood at the cut is guessed."""
    whole, starts = texts[0], [0]
    for before, after in pairwise(texts):
        if units(before) >= CUT_AT:
            between = ""
        else:
            goes_on = GOES_ON.match(after) is not None and not after[:1].isupper() and before[-1:] not in ".;:!?"
            between = " " if goes_on else "\n"
        starts.append(len(whole) + len(between))
        whole += between + after
    return whole, starts
