"""A .docx as a package of parts: opened within limits, written so that the same parts give the same bytes.

Knows: zip, content types, relationships. Does not know: what stands in the parts.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass

from bot.rendering.word.xml import dump, el, parse
from bot.rendering.zip_guard import UnfitFileError, guarded_entries

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
_CONTENT_TYPES = "[Content_Types].xml"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class Package:
    """Parts by name. `main` is the document part."""

    parts: dict[str, bytes]
    main: str = ""

    @classmethod
    def open(cls, data: bytes) -> Package:
        """Raises UnfitFileError (with a code) where the file is no safe Word document."""
        package = cls(guarded_entries(data))
        package.main = package.related("officeDocument", of="")
        if not package.main:
            raise UnfitFileError("not_a_document")
        return package

    def related(self, kind: str, of: str | None = None) -> str:
        """The name of the part that `of` (the document) points to as `kind`; empty if there is none."""
        source = self.main if of is None else of
        blob = self.parts.get(_relationships_of(source))
        if blob is None:
            return ""
        for relation in parse(blob):
            if str(relation.get("Type", "")).rsplit("/", 1)[-1] == kind and relation.get("TargetMode") != "External":
                return self._existing(source, str(relation.get("Target", "")))
        return ""

    def target(self, relation_id: str) -> str:
        """The name of the part that the document points to by that id; empty if there is none."""
        for relation in parse(self.parts.get(_relationships_of(self.main), b"<none/>")):
            if relation.get("Id") == relation_id and relation.get("TargetMode") != "External":
                return self._existing(self.main, str(relation.get("Target", "")))
        return ""

    def _existing(self, source: str, target: str) -> str:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(source), target)).lstrip("/.")
        return name if name in self.parts else ""

    def headers_and_footers(self) -> list[str]:
        """Names of the parts that repeat on every page."""
        return sorted(n for n in self.parts if re.fullmatch(r".*/(header|footer)\d*\.xml", n))

    def add(self, name: str, kind: str, blob: bytes) -> None:
        """A new Word part beside the document, known to its relationships and the content types."""
        self.parts[name] = blob
        types = parse(self.parts[_CONTENT_TYPES])
        types.append(el("ct:Override", PartName=f"/{name}", ContentType=f"{_WORD_TYPE}{kind}+xml"))
        self.parts[_CONTENT_TYPES] = dump(types)
        book = _relationships_of(self.main)
        relations = parse(self.parts[book])
        taken = {str(r.get("Id")) for r in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        target = posixpath.relpath(name, posixpath.dirname(self.main))
        relations.append(el("rel:Relationship", Id=f"rId{number}", Type=f"{_OFFICE}{kind}", Target=target))
        self.parts[book] = dump(relations)

    def drop(self, name: str) -> None:
        """Takes a part out, with everything that points to it."""
        self.parts.pop(name, None)
        types = parse(self.parts[_CONTENT_TYPES])
        for entry in list(types):
            if entry.get("PartName") == f"/{name}":
                types.remove(entry)
        self.parts[_CONTENT_TYPES] = dump(types)
        for book in [n for n in self.parts if n.endswith(".rels")]:
            self._forget(book, name)

    def _forget(self, book: str, name: str) -> None:
        relations = parse(self.parts[book])
        folder = posixpath.dirname(posixpath.dirname(book))
        for relation in list(relations):
            target = posixpath.normpath(posixpath.join(folder, str(relation.get("Target")))).lstrip("/")
            if target == name and relation.get("TargetMode") != "External":
                relations.remove(relation)
                self.parts[book] = dump(relations)

    def save(self) -> bytes:
        """The file. Fixed dates and a fixed order: the same parts are the same bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in sorted(self.parts, key=lambda n: (n != _CONTENT_TYPES, n != "_rels/.rels", n)):
                entry = zipfile.ZipInfo(name, _FIXED_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, self.parts[name])
        return out.getvalue()


def _relationships_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def override_types(parts: dict[str, str]) -> bytes:
    """[Content_Types].xml for Word parts by name."""
    root = el("ct:Types")
    root.append(el("ct:Default", Extension="rels", ContentType=_RELATIONSHIPS))
    root.append(el("ct:Default", Extension="xml", ContentType="application/xml"))
    for name, kind in sorted(parts.items()):
        root.append(el("ct:Override", PartName=f"/{name}", ContentType=kind))
    return dump(root)


def relationships(targets: list[tuple[str, str]]) -> bytes:
    """A .rels part from (full type, target)."""
    root = el("rel:Relationships")
    for number, (kind, target) in enumerate(targets, start=1):
        root.append(el("rel:Relationship", Id=f"rId{number}", Type=kind, Target=target))
    return dump(root)
