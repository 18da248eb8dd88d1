"""Prints docs/messages.md: every message as people read it, on a channel with buttons and on one without."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.rendering.messages import Catalogue, Rank, Reader, Traits
from tests.examples.all import CHAPTERS, NAMES, rank_of

if TYPE_CHECKING:
    from bot.rendering.messages import Words
    from tests.examples.week import Example

TARGET = Path(__file__).parent.parent / "docs" / "messages.md"
TELEGRAM, ZALO = Traits(buttons=True, max_text=4096), Traits(buttons=False, max_text=2000)
HEAD = """# Every message, as people read it

Printed by `python -m tests.print_messages` from `templates/messages/` with the demo week (01–07/6/2026); do not edit.
`[X]` is a button. Where a channel has none, the same message ends in the line after `Zalo:`. Read it aloud before a release.
"""


def printed(catalogue: Catalogue) -> str:
    parts = [HEAD]
    for title, rank, messages in CHAPTERS:
        parts.append(f"\n## {title}\n")
        for message, examples in messages.items():
            parts += [_shown(catalogue, message, example, rank_of(rank, example)) for example in examples]
    return "".join(parts)


def reader_of(example: Example, rank: Rank, address_form: str = "đồng chí") -> Reader:
    return Reader(address_form, NAMES.get(rank, example.reader), rank, novice=True)


def _shown(catalogue: Catalogue, message: str, example: Example, rank: Rank) -> str:
    reader = reader_of(example, rank)
    words = catalogue.render(message, example.inputs, reader, TELEGRAM)
    bare = catalogue.render(message, example.inputs, reader, ZALO)
    scene = f" ({example.scene})" if example.scene else ""
    return f"\n### {message}{scene}\n\n```text\n{words.text}\n```\n{_answers(words, bare)}"


def _answers(words: Words, bare: Words) -> str:
    if not words.buttons:
        return ""
    buttons = " ".join(f"[{b.label}]" for b in words.buttons)
    shared = words.text.rpartition("\n\n")[0] if not bare.text.startswith(words.text) else words.text
    tail = bare.text[len(shared) :].strip()
    return f"\n{buttons}\n" + (f"\nZalo: {' / '.join(line for line in tail.splitlines())}\n" if tail else "")


if __name__ == "__main__":
    TARGET.write_text(printed(Catalogue.load()), encoding="utf-8")
