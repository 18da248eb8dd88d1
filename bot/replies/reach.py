"""How far evidence reaches: its clause, its sentence, its line, the list under a line that ends in a colon.

Knows: where evidence stands. Does not know: numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.replies.reading import MentionRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.clauses import Clause
    from bot.replies.evidence import Evidence
    from bot.replies.scene import Scene

_FARTHEST = 40  # pieces of evidence; beyond lies another topic


class Reach:
    """The evidence of one reply, asked from a place in it."""

    def __init__(
        self, scene: Scene, clauses: Sequence[Clause], clause_of: Sequence[int], evidence: list[Evidence]
    ) -> None:
        self.scene = scene
        self.clauses = clauses
        self.clause_of = clause_of
        self.evidence = evidence
        self.starts = [piece.first for piece in evidence]
        self._last_of_line = {clause.line: clause for clause in clauses}

    def within(self, first: int, last: int) -> list[Evidence]:
        """Evidence that starts in tokens [first, last)."""
        return self.evidence[bisect_left(self.starts, first) : bisect_left(self.starts, last)]

    def clause(self, evidence: Evidence) -> Clause:
        return self.clauses[self.clause_of[evidence.first]]

    def time_in_sentence(self, clause: Clause, before: int) -> Evidence | None:
        """The last time said in the sentence before token `before`."""
        for evidence in self._backwards(before):
            at = self.clause(evidence)
            if at.sentence != clause.sentence:
                return None
            if evidence.time and self._reaches(evidence, at):
                return evidence
        return None

    def time_above(self, clause: Clause, before: int) -> Evidence | None:
        """The last time said before: in the sentence, else in the line, else above a line that ends in a colon."""
        above = None
        for evidence in self._backwards(before):
            at = self.clause(evidence)
            if not evidence.time or not self._reaches(evidence, at):
                continue
            if at.sentence == clause.sentence:
                return evidence
            if evidence.role is MentionRole.OTHER:
                continue
            if at.line == clause.line:
                return evidence
            if above is None and self._opens_list(at.line):
                above = evidence
        return above

    def heading_plan(self, clause: Clause, before: int) -> Evidence | None:
        """A plan said before a colon, or that opens a line, reaches on; «84,5% kế hoạch; rau …» does not."""
        for evidence in self._backwards(before):
            at = self.clause(evidence)
            if evidence.role is not MentionRole.PLAN or (at.line != clause.line and not self._is_title(at)):
                continue
            if at.sentence == clause.sentence and self.scene.words[evidence.first] == "se":
                return evidence  # sẽ kiểm tra, rà soát 1.100 cơ sở
            opens_line = at.first == evidence.first and at.cut in ("\n", "")
            if opens_line or ":" in self.scene.words[evidence.last : at.last]:
                return evidence
        return None

    def _backwards(self, before: int) -> list[Evidence]:
        end = bisect_left(self.starts, before)
        return self.evidence[max(0, end - _FARTHEST) : end][::-1]

    def _reaches(self, evidence: Evidence, clause: Clause) -> bool:
        """«… Lễ hội năm 2026; cho ý kiến 04 nội dung»: only a year that opens its clause reaches on."""
        return not evidence.year or evidence.first - clause.first <= 2

    def _opens_list(self, line: int) -> bool:
        return self.scene.words[self._last_of_line[line].last - 1] == ":"

    def _is_title(self, clause: Clause) -> bool:
        return self.scene.is_upper(clause.first) and self.scene.is_upper(clause.last - 1)
