"""An outgoing message as the outbox keeps it: JSON, with the file kept apart by its hash."""

from __future__ import annotations

import json
from dataclasses import dataclass

from handlers.channel import Attachment, Outgoing


@dataclass(frozen=True, slots=True)
class Payload:
    """What one outbox row says. `placeholder` is the line that holds a report's place until the file is put in."""

    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    file_name: str = ""
    is_photo: bool = False
    placeholder: str = ""

    def to_json(self) -> str:
        return json.dumps(
            {
                "text": self.text,
                "buttons": self.buttons,
                "file_name": self.file_name,
                "is_photo": self.is_photo,
                "placeholder": self.placeholder,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Payload:
        told = json.loads(text)
        rows = tuple(tuple((token, label) for token, label in row) for row in told["buttons"])
        return cls(told["text"], rows, told["file_name"], told["is_photo"], told["placeholder"])

    def outgoing(self, content: bytes | None = None, edit_of: str | None = None) -> Outgoing:
        """The message as the channel sends it; with `content`, its words are the file's caption."""
        if content is None:
            return Outgoing(self.text, self.buttons, edit_of=edit_of)
        file = Attachment(self.file_name, content, self.text, self.is_photo)
        return Outgoing(self.text, self.buttons, file, edit_of=edit_of)

    def place(self) -> Outgoing:
        """The line that is sent first and replaced by the file."""
        return Outgoing(self.placeholder, bold_title=False)
