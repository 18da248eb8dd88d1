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

_FARTHEST = 24  # times said; beyond lies another topic


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
        self.times = [piece for piece in evidence if piece.time and self._reaches(piece)]
        self.time_starts = [piece.first for piece in self.times]
        self.plans = [piece for piece in evidence if piece.role is MentionRole.PLAN and self._is_heading(piece)]
        self.plan_starts = [piece.first for piece in self.plans]
        self._last_of_line = {clause.line: clause for clause in clauses} if evidence else {}

    def within(self, first: int, last: int) -> list[Evidence]:
        """Evidence that starts in tokens [first, last)."""
        return self.evidence[bisect_left(self.starts, first) : bisect_left(self.starts, last)]

    def clause(self, evidence: Evidence) -> Clause:
        return self.clauses[self.clause_of[evidence.first]]

    def time_in_sentence(self, clause: Clause, before: int) -> Evidence | None:
        """The last time said in the sentence before token `before`."""
        at = bisect_left(self.time_starts, before) - 1
        if at >= 0 and self.clause(self.times[at]).sentence == clause.sentence:
            return self.times[at]
        return None

    def time_above(self, clause: Clause, before: int) -> Evidence | None:
        """The last time said before: in the sentence, else in the line, else above a line that ends in a colon."""
        above = None
        end = bisect_left(self.time_starts, before)
        for at in range(end - 1, max(-1, end - 1 - _FARTHEST), -1):
            evidence = self.times[at]
            stands = self.clause(evidence)
            if stands.sentence == clause.sentence:
                return evidence
            if evidence.role is MentionRole.OTHER:
                continue
            if stands.line == clause.line:
                return evidence
            if above is None and self._opens_list(stands.line):
                above = evidence
        return above

    def heading_plan(self, clause: Clause, before: int) -> Evidence | None:
        """A plan said before a colon, or that opens a line, reaches on; «84,5% kế hoạch; rau …» does not."""
        for evidence in reversed(self.plans[: bisect_left(self.plan_starts, before)]):
            at = self.clause(evidence)
            if at.line != clause.line and not self._is_title(at):
                continue
            if self.scene.words[evidence.first] != "se" or at.sentence == clause.sentence or self._opens(evidence, at):
                return evidence
        return None

    def _is_heading(self, evidence: Evidence) -> bool:
        """Before a colon, at the start of a line, or «sẽ kiểm tra, rà soát 1.100 cơ sở»."""
        at = self.clause(evidence)
        return self._opens(evidence, at) or self.scene.words[evidence.first] == "se"

    def _opens(self, evidence: Evidence, clause: Clause) -> bool:
        opens_line = clause.first == evidence.first and clause.cut in ("\n", "")
        return opens_line or ":" in self.scene.words[evidence.last : clause.last]

    def _reaches(self, evidence: Evidence) -> bool:
        """«… Lễ hội năm 2026; cho ý kiến 04 nội dung»: only a year that opens its clause reaches on."""
        return not evidence.year or evidence.first - self.clause(evidence).first <= 2

    def _opens_list(self, line: int) -> bool:
        return self.scene.words[self._last_of_line[line].last - 1] == ":"

    def _is_title(self, clause: Clause) -> bool:
        return self.scene.is_upper(clause.first) and self.scene.is_upper(clause.last - 1)
