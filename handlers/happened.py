"""An update as the handlers of chats see it: parsed, with the moment that counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.channel import Inbound
    from handlers.files import ReadFile


@dataclass(frozen=True, slots=True)
class Happened:
    """`at` is when it counts as sent."""

    event: Inbound
    inbox_id: int
    at: datetime
    is_refused: bool = False  # it looked like a state secret, its text is gone
    file: ReadFile | None = None  # what was fetched, where the update is a file

    @property
    def text(self) -> str:
        return self.event.text

    def with_text(self, text: str) -> Happened:
        return replace(self, event=replace(self.event, text=text))
