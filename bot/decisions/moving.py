"""A person goes to another department, or hands the work over to a colleague: what is asked first, what is said after.

Knows: who reads what. Does not know: how posts are kept. What was sent before stays with the department it was for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.decisions.outcome import Answer, Purpose, Say, To, Whom
from bot.facts import Post, PostRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.facts import Person

HERE = To(Whom.CHAT)
ANSWERING = (PostRole.RESPONDENT, PostRole.DEPUTY)


@dataclass(frozen=True, slots=True)
class Move:
    """Who goes from where to where; `holder` has the new post, or is handed over from."""

    person: Person
    new: str  # department
    old: str = ""  # department; "" where the person had none
    holder: Person | None = None
    hands_over: bool = False  # the holder gives the work to the person

    def data(self) -> dict[str, str]:
        """What a button carries."""
        holder = str(self.holder.id) if self.holder is not None else ""
        return {
            "person_id": str(self.person.id),
            "new": self.new,
            "old": self.old,
            "holder_id": holder,
            "hands_over": "1" if self.hands_over else "",
        }


def post_in(person: Person, department: str) -> Post | None:
    """The post by which a person answers for a department."""
    return next((p for p in person.posts if p.department == department and p.role in ANSWERING), None)


def answering_posts(person: Person) -> tuple[Post, ...]:
    return tuple(p for p in person.posts if p.role in ANSWERING)


def confirm(told: Mapping[str, object], move: Move, key: str) -> Say:
    """The office sees what would be recorded; nothing is stored yet."""
    answers = {
        name: Answer(effect=f"move_{name}", data=move.data()) for name in ("record", "deputy", "replace", "cancel")
    }
    return Say("move_confirm", HERE, told, Purpose.QUESTION, key, answers)


def moved(told: Mapping[str, object], move: Move, key: str, *, leaves: bool) -> tuple[Say, ...]:
    """Everybody it concerns hears: the office here, who has the work now, and whoever has it no longer."""
    says = [
        Say("move_set", HERE, told, dedup=key),
        Say("move_welcome", To(Whom.PERSON, move.person.id), told, Purpose.NOTICE, f"{key}:new"),
    ]
    if leaves and move.holder is not None:
        says.append(Say("move_farewell", To(Whom.PERSON, move.holder.id), told, Purpose.NOTICE, f"{key}:old"))
    return tuple(says)
