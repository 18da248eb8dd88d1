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
MOST_PLACES = 6  # named in a remark
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF8")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLANK = b"\xef\xbb\xbf \t\r\n"
_MASKED = (b"{\\rtf", b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta")  # travel under the names .doc and .xls
_WORKER = "bot.rendering.attachment_worker"


@dataclass(frozen=True, slots=True)
class Remark:
    """What of a readable file was not read, or read in one of two ways; `places` are the cells, sheets or pages."""

    code: str
    places: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What the sender should know."""
        shown = ", ".join(self.places[:MOST_PLACES]) + (", …" if len(self.places) > MOST_PLACES else "")
        return told(self.code).format(places=shown)


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """What stands in the file: a line a paragraph or table row, cells parted by tabs."""

    text: str
    remarks: tuple[Remark, ...] = ()
    is_secret: bool = False  # something in the file is marked so, if only in a page header


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was not read."""

    code: str
    is_secret: bool = False

    @property
    def words(self) -> str:
        """What was the matter and what to do instead."""
        return told(self.code)


def read_attachment(data: bytes, seconds: float = SECONDS) -> AttachmentText | Refusal:
    """The file's text, whatever its name says it is."""
    if len(data) > MAX_FILE:
        return Refusal("too_large")
    kind = kind_of(data)
    if kind not in ("zip", "pdf", "ole"):
        return Refusal(kind)
    return _in_child(kind, data, seconds)


def kind_of(data: bytes) -> str:
    """By the first bytes: "zip", "pdf", "ole" (old Word and Excel), or the code of the refusal."""
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLD_OFFICE):
        return "ole"
    if data.startswith(_PICTURES):
        return "picture"
    if data.lstrip(_BLANK).lower().startswith(_MASKED):
        return "other_inside"
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
        return Refusal(answer["refusal"], answer["secret"])
    remarks = tuple(Remark(code, tuple(places)) for code, places in answer["remarks"])
    return AttachmentText(answer["text"], remarks, answer["secret"])


@cache
def _words() -> dict[str, str]:
    return tomllib.loads((files("templates") / "words" / "attachments.toml").read_text(encoding="utf-8"))
