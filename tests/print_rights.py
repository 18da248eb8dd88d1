"""Prints docs/rights.md: who may type which word and press which button, from the table the code asks."""

from __future__ import annotations

from pathlib import Path

from bot.decisions.rights import may_press, may_type
from bot.replies.command_words import WORDS, CommandKind, Who
from handlers.officechat import EFFECTS

TARGET = Path(__file__).parent.parent / "docs" / "rights.md"
HEAD = """# Who may see and do what

Printed by `python -m tests.print_rights` from `bot.decisions.rights`, which the service asks before it acts; do not edit.

Rights belong to posts, not to accounts: whoever holds no post any more is a stranger, whatever buttons the chat still shows.
A button counts once, for the person and the chat it was made for. A respondent reads and writes the own department only. In
the group only what was posted can be read, and nothing can be changed. An office without an enrolled leader approves by its
secretary's word.

"""
ROLES = (Who.RESPONDENT, Who.OFFICE, Who.LEADER, Who.GROUP)


def printed() -> str:
    """The whole document."""
    words = {kind: next(w.phrases[0] for w in WORDS if w.kind is kind) for kind in _kinds()}
    typed = [_row(f"«{word.upper()}»", [may_type((role,), kind) for role in ROLES]) for kind, word in words.items()]
    pressed = [_row(f"`{effect}`", [may_press((role,), effect) for role in ROLES]) for effect in sorted(EFFECTS)]
    head = "| | respondent | office | leader | group |\n|---|---|---|---|---|\n"
    return f"{HEAD}## Words\n\n{head}{''.join(typed)}\n## Buttons\n\n{head}{''.join(pressed)}"


def _kinds() -> list[CommandKind]:
    return list(dict.fromkeys(w.kind for w in WORDS))


def _row(name: str, allowed: list[bool]) -> str:
    return f"| {name} | {' | '.join('yes' if one else '–' for one in allowed)} |\n"


if __name__ == "__main__":
    TARGET.write_text(printed(), encoding="utf-8")
