"""Layer A of the reader: what numbers does this text hold?

Knows: Vietnamese numbers, units, periods, the words around a number. Does not know: the form, who wrote, what was
asked, last week's values; a doubt that those could settle is kept as several `readings`.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bot.replies.clauses import clauses_of
from bot.replies.frames import CHANGE_WORDS
from bot.replies.implied import imply_units, may_imply
from bot.replies.labelling import Labels
from bot.replies.normalise import normalise
from bot.replies.numbers import is_english
from bot.replies.phrases import NOTHING, phrase
from bot.replies.quantities import find
from bot.replies.reading import Distractor, Mention, Mentions
from bot.replies.roles import GROWS, UNSAID, Roles
from bot.replies.scene import Scene
from bot.replies.zeros import Zero, zeros_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.amounts import Quantity
    from bot.replies.clauses import Clause
    from bot.replies.normalise import Normalised
    from bot.replies.phrases import Label
    from bot.replies.quantities import Findings
    from bot.replies.reading import NotAFigure
    from bot.replies.roles import Said
    from bot.replies.tokens import Token


# A text with none of these says no change and no percent, and no total in whose unit its parts are counted.
_TELLING = CHANGE_WORDS | GROWS | frozenset("([{%‰") | {"phan"}


class Place(NamedTuple):
    """Where a mention stands: tokens [first, last) and the number of its clause."""

    first: int
    last: int
    clause: int


class Analysis(NamedTuple):
    """One reply taken apart, once. Token and clause positions are of the normalised text; mentions of the original.

    A bare one has mentions without label, and with no role but CHANGE: whoever holds them against a form's names
    weighs the words itself.
    `places` runs beside `mentions.mentions`. `vague` are spans of the original that name no amount: «vài», «hàng chục».
    """

    source: Normalised
    tokens: Sequence[Token]
    words: list[str]  # of the tokens, folded
    said: frozenset[str]  # the words, each once
    clauses: Sequence[Clause]
    clause_of: Sequence[int]
    mentions: Mentions
    places: tuple[Place, ...]
    vague: tuple[tuple[int, int], ...]


def find_mentions(text: str) -> Mentions:
    """Every quantity of the text and every number that is none."""
    return analyse(text).mentions


def analyse(text: str, *, bare: bool = False) -> Analysis:
    """The text normalised, cut and searched; nothing raises, whatever the text."""
    source = normalise(text)
    scene = Scene(source)
    clauses, clause_of = clauses_of(scene)
    findings = find(scene)
    found = _Assembly(scene, findings, clauses, clause_of, bare=bare).mentions()
    return Analysis(
        source,
        scene.tokens,
        scene.words,
        scene.said,
        clauses,
        clause_of,
        Mentions(tuple([m for m, _ in found]), tuple([_distractor(scene, d) for d in findings.distractors])),
        tuple([place for _, place in found]),
        tuple([source.span(scene.tokens[a].start, scene.tokens[b - 1].end) for a, b in findings.vague]),
    )


def _distractor(scene: Scene, found: tuple[NotAFigure, int, int]) -> Distractor:
    kind, first, last = found
    return Distractor(kind, *scene.source.span(scene.tokens[first].start, scene.tokens[last - 1].end))


class _Assembly:
    """Quantities and zeros, with roles and labels, as mentions in the order of the text."""

    def __init__(
        self, scene: Scene, findings: Findings, clauses: Sequence[Clause], clause_of: Sequence[int], *, bare: bool
    ) -> None:
        self.scene = scene
        self.bare = bare
        self.span = scene.source.span
        self.quantities = findings.quantities
        self.clause_of = clause_of
        self.findings = findings
        self.clauses = clauses
        self.told = not bare or not _TELLING.isdisjoint(scene.said) or may_imply(scene)
        if self.told:
            imply_units(scene, self.quantities, self.roles, self.labels)
        self.zeros = zeros_in(scene, clauses, clause_of)

    @cached_property
    def roles(self) -> Roles:
        return Roles(self.scene, self.findings, self.clauses, self.clause_of)

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.scene, self.findings, self.clauses, self.roles)

    @cached_property
    def english(self) -> bool:
        """Whether a number of the text can only be written the English way."""
        words = self.scene.words
        return any(q.number.last == q.number.first + 1 and is_english(words[q.number.first]) for q in self.quantities)

    def mentions(self) -> list[tuple[Mention, Place]]:
        indices = {id(q): index for index, q in enumerate(self.quantities)}
        if not self.zeros:
            return [self._quantity(quantity, index, indices) for index, quantity in enumerate(self.quantities)]
        items: list[Quantity | Zero] = [*self.quantities, *self.zeros]
        items.sort(key=lambda item: item.word_last if isinstance(item, Zero) else item.number.first)
        at = {id(item): index for index, item in enumerate(items)}
        return [
            self._zero(item) if isinstance(item, Zero) else self._quantity(item, indices[id(item)], at)
            for item in items
        ]

    def _quantity(self, quantity: Quantity, index: int, at: dict[int, int]) -> tuple[Mention, Place]:
        number, tokens = quantity.number, self.scene.tokens
        said = self._said(index) if self.told else UNSAID
        label = NOTHING if self.bare else self.labels.of(index)
        readings = self._settled(quantity) if len(quantity.readings) > 1 else quantity.readings
        start, end = self.span(tokens[quantity.first].start, max(number.end, tokens[quantity.last - 1].end))
        num_start, num_end = self.span(number.start, number.num_end)
        label_start, label_end = self._label_span(label) if label.first >= 0 else (-1, -1)
        mention = Mention(
            readings[0],
            min(start, num_start),
            end,
            num_start,
            num_end,
            quantity.unit,
            number.scale,
            said.role,
            self._words(said.evidence.first, said.evidence.last) if said.evidence else "",
            said.percent_of,
            quantity.qualifier,
            label.text,
            label_start,
            label_end,
            number.in_words,
            quantity.range_to,
            at[id(quantity.ratio)] if quantity.ratio is not None else None,
            readings if len(readings) > 1 else (),
        )
        return mention, Place(quantity.first, quantity.last, self.clause_of[number.first])

    def _said(self, index: int) -> Said:
        return self.roles.bare(index) if self.bare else self.roles.of(index)

    def _zero(self, zero: Zero) -> tuple[Mention, Place]:
        tokens = self.scene.tokens
        said = UNSAID if self.bare else self.roles.of_zero(zero)
        label = phrase(self.scene, zero.item_first, zero.item_last, self.labels.dropped)
        unit = self.scene.unit(zero.item_first)
        not_at = zero.first if zero.item_first >= zero.word_last else zero.item_last
        num_start, num_end = self.span(tokens[not_at].start, tokens[zero.word_last - 1].end)
        start, end = self.span(tokens[zero.first].start, tokens[zero.last - 1].end)
        label_start, label_end = self._label_span(label)
        mention = Mention(
            Decimal(0),
            start,
            end,
            num_start,
            num_end,
            unit=unit.name if unit is not None and unit.last <= zero.item_last else "",
            role=said.role,
            role_evidence=self._words(said.evidence.first, said.evidence.last) if said.evidence else "",
            label=label.text,
            label_start=label_start,
            label_end=label_end,
            in_words=True,
        )
        return mention, Place(zero.first, zero.last, self.clause_of[zero.word_last - 1])

    def _words(self, first: int, last: int) -> str:
        start, end = self.span(self.scene.tokens[first].start, self.scene.tokens[last - 1].end)
        return self.scene.source.text[start:end]

    def _label_span(self, label: Label) -> tuple[int, int]:
        if label.first < 0:
            return -1, -1
        return self.span(self.scene.tokens[label.first].start, self.scene.tokens[label.last - 1].end)

    def _settled(self, quantity: Quantity) -> tuple[Decimal, ...]:
        """What a comma before three digits means, as far as the unit and the rest of the text tell."""
        readings = tuple(dict.fromkeys(quantity.readings))
        if len(readings) == 1 or quantity.number.in_words or readings[1] != readings[0] * 1000:
            return readings
        small, big = readings[:2]
        if quantity.is_percent:
            return (small,)
        if quantity.unit and quantity.known_unit and not quantity.measure:
            return (big,)
        return (big, small) if self.english else (small, big)
