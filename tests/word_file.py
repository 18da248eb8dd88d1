"""Reading a .docx in tests without the product's own reader: raw parts, and python-docx as a second program."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def template_bytes() -> bytes:
    return (files("templates") / "reports" / "bao-cao-tuan.docx").read_bytes()


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The file with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in archive.namelist():
            made.writestr(entry, content if entry == name else archive.read(entry))
    return out.getvalue()


def edited(data: bytes, change, name: str = "word/document.xml") -> bytes:
    """The file after `change(root)` on one part."""
    root = part(data, name)
    change(root)
    return with_part(data, name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def words_of(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


def paragraphs(data: bytes, name: str = "word/document.xml") -> list[str]:
    return [words_of(p) for p in part(data, name).iter(f"{W}p")]


def footnotes(data: bytes) -> list[list[str]]:
    """The real footnotes, each a list of paragraphs."""
    return [
        [words_of(p).strip() for p in note.iter(f"{W}p")]
        for note in part(data, "word/footnotes.xml")
        if note.get(f"{W}type") is None
    ]


def style_of(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def paragraph_starting(root: etree._Element, words: str) -> etree._Element:
    return next(p for p in root.iter(f"{W}p") if words_of(p).startswith(words))


def with_comment(data: bytes, number: str, author: str, words: str) -> bytes:
    """The file with a comments part; the reference in the text is the caller's."""
    uri = W[1:-1]
    comment = (
        f'<w:comments xmlns:w="{uri}"><w:comment w:id="{number}" w:author="{author}">'
        f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment></w:comments>"
    )
    book = part(data, "word/_rels/document.xml.rels")
    relation = etree.SubElement(book, f"{{{book.nsmap[None]}}}Relationship")
    relation.set("Id", "rId99")
    relation.set("Type", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments")
    relation.set("Target", "comments.xml")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in archive.namelist():
            own = etree.tostring(book) if entry == "word/_rels/document.xml.rels" else archive.read(entry)
            made.writestr(entry, own)
        made.writestr("word/comments.xml", comment)
    return out.getvalue()


def raw(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
