"""What each quantity counts, from the words around it.

A percent: of plan, a share, a rate, or of last year; «tăng 8%» is a change.
A value: the nearest period word of its clause, else of its sentence, else of the sentences before it.
Knows: evidence and its reach. Does not know: the form; values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.evidence import Evidence, evidence_in
from bot.replies.normalise import vocabulary
from bot.replies.quantities import TIMES
from bot.replies.reading import MentionRole
from bot.replies.units import DONG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.clauses import Clause
    from bot.replies.quantities import Findings, Quantity
    from bot.replies.scene import Scene
    from bot.replies.zeros import Zero

_PERIODS = frozenset({MentionRole.WEEK, MentionRole.MONTH, MentionRole.CUMULATIVE})
_CHANGES = vocabulary("tăng giảm vượt")
_COMPARED = {"thap hon", "cao hon", "it hon", "nhieu hon", "tang truong"}
_PLAN_WORDS = vocabulary("kế kh chỉ dự nghị nq mục")
_PLAN_PAIRS = frozenset({"ke hoach", "chi tieu", "du toan", "nghi quyet", "muc tieu", "ke hoạch"})


class Said(NamedTuple):
    """A role, the words that say it, and for a percent: of what."""

    role: MentionRole
    evidence: Evidence | None = None
    percent_of: str = ""


class Roles:
    """Roles of all quantities of one reply."""

    def __init__(self, scene: Scene, findings: Findings, clauses: Sequence[Clause], clause_of: Sequence[int]) -> None:
        self.scene = scene
        self.clauses = clauses
        self.clause_of = clause_of
        self.quantities = findings.quantities
        self.evidence = evidence_in(scene, findings.distractors)

    def of(self, index: int) -> Said:
        quantity = self.quantities[index]
        before = self._words_before(index)
        if quantity.unit == TIMES and self.scene.word(quantity.number.first) == "gap":
            return Said(MentionRole.CHANGE)
        if self._changes(before):
            return Said(MentionRole.CHANGE)
        if quantity.is_percent:
            return self._percent(index, before)
        return self._value(index)

    def _words_before(self, index: int) -> list[int]:
        """Tokens before the number: of its clause, after the number before it."""
        quantity = self.quantities[index]
        clause = self.clauses[self.clause_of[quantity.number.first]]
        first = clause.first
        if index:
            first = max(first, self.quantities[index - 1].last)
        return list(range(first, quantity.first))

    def _changes(self, before: list[int]) -> bool:
        for at in before[-4:]:
            if self.scene.word(at) in _CHANGES or f"{self.scene.word(at)} {self.scene.word(at + 1)}" in _COMPARED:
                following = self.scene.word(at + 1)
                return following not in ("len", "xuong", "con", "ho")
        return False

    def _percent(self, index: int, before: list[int]) -> Said:
        quantity = self.quantities[index]
        after = [self.scene.word(i) for i in range(quantity.last, quantity.last + 5)]
        pairs = {f"{a} {b}" for a, b in zip(after, after[1:], strict=False)}
        words = [self.scene.word(i) for i in before]
        if pairs & _PLAN_PAIRS or "kh" in after[:2]:
            return Said(MentionRole.PERCENT, percent_of="plan")
        if "cung ky" in pairs:
            return Said(MentionRole.PERCENT, percent_of="prior")
        if "chiem" in words or not words:
            return Said(MentionRole.PERCENT, percent_of="share")
        return Said(MentionRole.PERCENT, percent_of="rate")

    def _value(self, index: int) -> Said:
        quantity = self.quantities[index]
        clause = self.clauses[self.clause_of[quantity.number.first]]
        nearest = None
        for evidence in self.evidence:
            if evidence.first >= quantity.first:
                break
            if evidence.role is MentionRole.CHANGE:
                continue
            if self.clauses[self.clause_of[evidence.first]].sentence == clause.sentence:
                nearest = evidence
        if quantity.ratio is not None and not quantity.part:
            return Said(MentionRole.OTHER)
        if nearest is not None:
            return Said(nearest.role, nearest)
        return Said(MentionRole.MONEY if quantity.unit == DONG else MentionRole.OTHER)

    def of_zero(self, zero: Zero) -> Said:
        """What a zero in words counts: the week, unless its sentence says otherwise."""
        sentence = self.clauses[self.clause_of[zero.word_last - 1]].sentence
        nearest = None
        for evidence in self.evidence:
            if evidence.first >= zero.word_last:
                break
            if evidence.role in _PERIODS and self.clauses[self.clause_of[evidence.first]].sentence == sentence:
                nearest = evidence
        return Said(nearest.role, nearest) if nearest else Said(MentionRole.WEEK)
