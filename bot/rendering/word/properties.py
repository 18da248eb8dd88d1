"""The file's properties: what Word shows under «Info». Nothing of the machine that made it.

Knows: the two property parts. Does not know: the body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.word.xml import SPACES, dump, el, qn, root_of

if TYPE_CHECKING:
    from lxml import etree

    from bot.rendering.word.package import Package

_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_LEAKS = ("thumbnail", "custom-properties")
_OUTDATED = ("stylesWithEffects",)


def core_properties(title: str, author: str, date: str) -> bytes:
    """Title, author and the report's own date."""
    names = ("cp", "dc", "dcterms", "xsi")
    root = root_of(qn("cp:coreProperties"), {name: SPACES[name] for name in names})
    _put(root, "dc:title", title)
    _put(root, "dc:creator", author)
    _put(root, "cp:lastModifiedBy", author)
    _put(root, "cp:revision", "1")
    for name in ("dcterms:created", "dcterms:modified"):
        _put(root, name, f"{date}T00:00:00Z").set(qn("xsi:type"), "dcterms:W3CDTF")
    return dump(root)


def plain_app_properties() -> bytes:
    nsmap = {None: _APP}
    root = root_of(f"{{{_APP}}}Properties", nsmap)
    program = root_of(f"{{{_APP}}}Application", nsmap)
    program.text = "Giao Ban"
    root.append(program)
    return dump(root)


def set_properties(package: Package, title: str, author: str, date: str) -> None:
    """Our properties instead of the template's, and none of its thumbnail or hidden fields."""
    for kind in _LEAKS:
        leak = package.related(kind, of="")
        if leak:
            package.drop(leak)
    for kind in _OUTDATED:
        leak = package.related(kind)
        if leak:
            package.drop(leak)
    core = package.related("core-properties", of="")
    if core:
        package.parts[core] = core_properties(title, author, date)
    app = package.related("extended-properties", of="")
    if app:
        package.parts[app] = plain_app_properties()


def _put(root: etree._Element, name: str, text: str) -> etree._Element:
    child = el(name)
    child.text = text
    root.append(child)
    return child
