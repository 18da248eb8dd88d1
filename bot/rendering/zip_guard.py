"""Opening a zip that somebody sent, before anything in it is parsed.

Knows: sizes, counts, encryption, macros. Does not know: Word or Excel.
"""

from __future__ import annotations

import io
import zipfile
import zlib

MAX_FILE = 10 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_UNPACKED = 40 * 1024 * 1024
MAX_TEXT = 200_000  # characters that are read of a file; a department's part has a few thousand


class UnfitFileError(ValueError):
    """A file that is refused. `code` chooses the words that say why and what to do instead."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def guarded_entries(data: bytes) -> dict[str, bytes]:
    """Every entry of the zip by name.

    Raises UnfitFileError with code too_large, not_a_document, too_many_parts, unpacks_too_large, encrypted or macro.
    """
    if len(data) > MAX_FILE:
        raise UnfitFileError("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = _checked(archive.infolist())
            return {entry.filename: archive.read(entry) for entry in names}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, zlib.error) as error:
        raise UnfitFileError("not_a_document") from error


def _checked(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """What the directory declares; zipfile reads no more than that from an entry."""
    if len(entries) > MAX_ENTRIES:
        raise UnfitFileError("too_many_parts")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnfitFileError("unpacks_too_large")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnfitFileError("encrypted")
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise UnfitFileError("macro")
    return [entry for entry in entries if not entry.is_dir()]
