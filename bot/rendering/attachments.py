"""Files that heads of departments send: their text for the reader, or a refusal that says why.

Knows: how large and how long, which kinds. Does not know: formats; a child process parses and may die of it.
Never call this on the event loop's own thread: it waits for the child.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.rendering.zip_guard import MAX_FILE

SECONDS = 15
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF8")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKER = "bot.rendering.attachment_worker"


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """What stands in the file: a line a paragraph or table row, cells parted by tabs.

    `remarks` are codes of what a person should know; `places` what they are about (cells of a sheet).
    """

    text: str
    remarks: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was not read."""

    code: str

    @property
    def words(self) -> str:
        """What was the matter and what to do instead."""
        return told(self.code)


def read_attachment(data: bytes, seconds: float = SECONDS) -> AttachmentText | Refusal:
    """The file's text, whatever its name says it is."""
    if len(data) > MAX_FILE:
        return Refusal("too_large")
    kind = kind_of(data)
    if kind not in ("zip", "pdf"):
        return Refusal(kind)
    return _in_child(kind, data, seconds)


def kind_of(data: bytes) -> str:
    """By the first bytes: "zip", "pdf", or the code of the refusal."""
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLD_OFFICE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        is_sheet = "Workbook".encode("utf-16-le") in data
        return "encrypted" if is_locked else "old_excel" if is_sheet else "old_word"
    if data.startswith(_PICTURES):
        return "picture"
    return "unknown_kind" if data else "empty"


def told(code: str) -> str:
    """A refusal's or a remark's words."""
    return _words()[code]


def surroundings() -> dict[str, str]:
    """All that the child is told of the service: where its modules are. No token is among it."""
    return {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}


def _in_child(kind: str, data: bytes, seconds: float) -> AttachmentText | Refusal:
    try:
        done = subprocess.run(  # noqa: S603 (our own module; the file goes to its standard input)
            [sys.executable, "-m", _WORKER, kind],
            input=data,
            capture_output=True,
            env=surroundings(),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Refusal("too_slow")
    if done.returncode != 0:
        return Refusal("too_heavy")
    answer = json.loads(done.stdout)
    if answer.get("refusal"):
        return Refusal(answer["refusal"])
    return AttachmentText(answer["text"], tuple(answer["remarks"]), tuple(answer["places"]))


@cache
def _words() -> dict[str, str]:
    return tomllib.loads((files("templates") / "words" / "attachments.toml").read_text(encoding="utf-8"))
