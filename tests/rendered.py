"""Every example rendered for every reader and channel that may get it, once for all tests that look at the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.rendering.messages import Catalogue, Rank, Traits, Words
from tests.examples.all import CHAPTERS, rank_of
from tests.print_messages import reader_of

if TYPE_CHECKING:
    from bot.rendering.catalogue import Entry
    from bot.rendering.messages import Reader
    from tests.examples.week import Example

BUTTONS, BARE = Traits(buttons=True, max_text=4096), Traits(buttons=False, max_text=2000)
LONGEST_UNIT = "TT Hành chính côngxx"  # as long as the form allows a `short` to be
LONGEST_OFFICE = "Văn phòng Đảng ủy"
QUOTATION = re.compile(r"“[^”]*”")


@dataclass(frozen=True, slots=True)
class Rendered:
    entry: Entry
    example: Example
    reader: Reader
    traits: Traits
    words: Words

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def title(self) -> str:
        return self.words.text.partition("\n")[0]

    @property
    def own_words(self) -> str:
        """Without what people said."""
        return QUOTATION.sub("“”", self.words.text)

    def __str__(self) -> str:
        return f"{self.id} ({self.example.scene}) for {self.reader.address_form}:\n{self.words.text}"


@cache
def catalogue() -> Catalogue:
    return Catalogue.load()


@cache
def everything(unit: str = "") -> tuple[Rendered, ...]:
    """All examples for both channels and two forms of address; optionally as of another unit."""
    return tuple(
        _rendered(message, example, rank_of(rank, example), form, traits, unit)
        for _, rank, messages in CHAPTERS
        for message, examples in messages.items()
        for example in examples
        for form in ("đồng chí", "chị")
        for traits in (BUTTONS, BARE)
    )


def _rendered(message: str, example: Example, rank: Rank, form: str, traits: Traits, unit: str) -> Rendered:
    inputs = {**example.inputs, **({"unit": unit, "office": LONGEST_OFFICE} if unit else {})}
    reader = reader_of(example, rank, form)
    return Rendered(
        catalogue().entries[message], example, reader, traits, catalogue().render(message, inputs, reader, traits)
    )


@cache
def for_leaders() -> tuple[Rendered, ...]:
    """Messages that leaders may get, rendered for one."""
    return tuple(
        _rendered(message, example, Rank.LEADER, "đồng chí", BUTTONS, "")
        for _, _, messages in CHAPTERS
        for message, examples in messages.items()
        for example in examples
        if "leader" in catalogue().entries[message].to
    )
