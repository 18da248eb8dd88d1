"""Placeholders of the template, `{{ so }}`: found over Word's splits, replaced by literal text.

Knows: how a person types a tag. Does not know: where values come from.
"""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from typing import TYPE_CHECKING

from bot.rendering.word.xml import XML_SPACE, each

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element

BODY = "noi_dung"
RECIPIENT = "noi_nhan"
LETTERHEAD = (
    "cap_tren",
    "co_quan",
    "so",
    "dia_danh",
    "ngay",
    "ten_loai",
    "trich_yeu",
    "quyen_han",
    "chuc_vu",
    "ho_ten",
)
TAGS = (*LETTERHEAD, BODY, RECIPIENT)
_TAG = re.compile(r"\{\{(.*?)\}\}")
_DASHES = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """«Nơi nhận» and «noi_nhan» are the same tag."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D").lower())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _DASHES.sub("_", letters).strip("_")


def text_nodes(paragraph: _Element) -> list[_Element]:
    """The paragraph's own texts, not those of a text box inside it."""
    return [node for node in each(paragraph, "w:t") if next(node.iterancestors(paragraph.tag)) is paragraph]


def tags_in(root: _Element) -> Iterator[tuple[_Element, str]]:
    """Every paragraph with a tag, and the tag as it was typed."""
    for paragraph in each(root, "w:p"):
        for found in _TAG.finditer("".join(node.text or "" for node in text_nodes(paragraph))):
            yield paragraph, found.group(1).strip()


def paragraph_with(root: _Element, tag: str) -> _Element | None:
    return next((paragraph for paragraph, name in tags_in(root) if slug(name) == tag), None)


def replace_tags(root: _Element, values: Mapping[str, str]) -> None:
    """Writes the values in. A tag without a value stays, so that the check can name it."""
    for paragraph in {id(p): p for p, _ in tags_in(root)}.values():
        replace_in(paragraph, values)


def replace_in(paragraph: _Element, values: Mapping[str, str]) -> None:
    nodes = text_nodes(paragraph)
    joined = "".join(node.text or "" for node in nodes)
    # from the last to the first: places before it stay true, and a value is never read as a tag
    for found in reversed(list(_TAG.finditer(joined))):
        value = values.get(slug(found.group(1)))
        if value is not None:
            _write(nodes, found.start(), found.end(), value)


def clone_per_line(sample: _Element, tag: str, lines: Sequence[str]) -> None:
    """The tag's paragraph once for every line; the last one's closing semicolon becomes a full stop."""
    for number, line in enumerate(lines, start=1):
        made = deepcopy(sample)
        sample.addprevious(made)
        replace_in(made, {tag: line})
        if number == len(lines):
            _close(made)
    parent = sample.getparent()
    if parent is not None and (lines or len(parent) > 1):
        parent.remove(sample)


def _write(nodes: list[_Element], start: int, end: int, value: str) -> None:
    """Puts the value into the first text that holds a part of [start, end) and cuts the others."""
    place = 0
    written = False
    for node in nodes:
        text = node.text or ""
        left, right = max(start - place, 0), min(end - place, len(text))
        if left < right:
            node.text = text[:left] + ("" if written else value) + text[right:]
            node.set(XML_SPACE, "preserve")
            written = True
        place += len(text)


def _close(paragraph: _Element) -> None:
    for node in reversed(text_nodes(paragraph)):
        text = (node.text or "").rstrip()
        if text:
            node.text = f"{text[:-1]}." if text.endswith(";") else text
            return
