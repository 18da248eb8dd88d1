"""WordprocessingML by name: namespaces, building, safe parsing.

Knows: names and namespaces. Does not know: what a report is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from bot.rendering.zip_guard import UnfitFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "v": "urn:schemas-microsoft-com:vml",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@cache
def _library() -> Any:
    from lxml import etree  # noqa: PLC0415 - 4 MB that a service saves until its first Word file

    etree.register_namespace("r", SPACES["r"])
    return etree


def qn(name: str) -> str:
    """«w:p» in the form lxml wants."""
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}" if local else name


def parse(blob: bytes) -> etree._Element:
    """The root of an XML part. Entities, document types and the network are off.

    Raises UnfitFileError where it is no XML, or XML that nobody writes (a document type, boundless depth).
    """
    library = _library()
    parser = library.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: etree._Element = library.fromstring(blob, parser)
    except library.XMLSyntaxError as error:
        raise UnfitFileError("not_a_document") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnfitFileError("not_a_document")
    return root


def dump(root: etree._Element) -> bytes:
    written: bytes = _library().tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def el(name: str, /, *children: etree._Element, **attributes: str) -> etree._Element:
    """An element; attributes are written `w_val="1"` for w:val."""
    prefix = name.partition(":")[0]
    # the package's own parts are written without prefixes: some readers compare them as text
    nsmap: Any = {None if prefix in ("ct", "rel") else prefix: SPACES[prefix]}
    made = root_of(qn(name), nsmap)
    for key, value in attributes.items():
        made.set(qn(key.replace("_", ":", 1)), value)
    made.extend(children)
    return made


def root_of(tag: str, nsmap: Any) -> etree._Element:
    """An element of its own, with the namespaces it declares."""
    made: etree._Element = _library().Element(tag, nsmap=nsmap)
    return made


def local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def text_run(words: str, *properties: etree._Element) -> etree._Element:
    """A run of literal text."""
    text = el("w:t")
    text.text = words
    text.set(XML_SPACE, "preserve")
    run = el("w:r")
    if properties:
        run.append(el("w:rPr", *properties))
    run.append(text)
    return run


def each(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Descendants of that name, in document order."""
    yield from root.iter(qn(name))


def value_of(element: etree._Element | None, name: str = "w:val") -> str:
    return "" if element is None else str(element.get(qn(name), ""))
