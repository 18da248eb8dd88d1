"""What a person does to a .docx in Word, written into its XML: tracked and untracked, comments, controls, text boxes."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from tests.word_file import W, paragraph_starting, words_of

AUTHOR = {f"{W}author": "Lan", f"{W}date": "2026-06-05T09:00:00Z", f"{W}id": "9000"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def run(words: str, tag: str = "t") -> etree._Element:
    made = etree.Element(f"{W}r")
    text = etree.SubElement(made, f"{W}{tag}")
    text.text = words
    text.set(_SPACE, "preserve")
    return made


def replace_words(root, old: str, new: str, *, tracked: bool) -> None:
    """Replaces words that lie in one run."""
    node = next(t for t in root.iter(f"{W}t") if old in (t.text or ""))
    if not tracked:
        node.text = node.text.replace(old, new, 1)
        return
    before, after = node.text.split(old, 1)
    own = node.getparent()
    gone, come = etree.Element(f"{W}del", AUTHOR), etree.Element(f"{W}ins", AUTHOR)
    gone.append(run(old, "delText"))
    come.append(run(new))
    pieces = [run(before), gone, *([come] if new else []), run(after)]
    for piece in pieces:
        own.addprevious(piece)
    own.getparent().remove(own)


def add_paragraph(root, after: str, words: str, *, tracked: bool) -> None:
    made = etree.Element(f"{W}p")
    if tracked:
        look = etree.SubElement(etree.SubElement(made, f"{W}pPr"), f"{W}rPr")
        etree.SubElement(look, f"{W}ins", AUTHOR)
        etree.SubElement(made, f"{W}ins", AUTHOR).append(run(words))
    else:
        made.append(run(words))
    paragraph_starting(root, after).addnext(made)


def delete_paragraph(root, start: str, *, tracked: bool) -> None:
    paragraph = paragraph_starting(root, start)
    if not tracked:
        paragraph.getparent().remove(paragraph)
        return
    look = paragraph.find(f"{W}pPr")
    mark = etree.SubElement(look, f"{W}rPr")
    etree.SubElement(mark, f"{W}del", AUTHOR)
    for own in list(paragraph.iterchildren(f"{W}r")):
        gone = etree.Element(f"{W}del", AUTHOR)
        own.addprevious(gone)
        gone.append(own)
        for text in own.iter(f"{W}t"):
            text.tag = f"{W}delText"


def split_paragraph(root, start: str, at: str) -> None:
    """Enter was pressed in the middle: the bookmark's end goes with the second half."""
    paragraph = paragraph_starting(root, start)
    node = next(t for t in paragraph.iter(f"{W}t") if at in (t.text or ""))
    before, after = node.text.split(at, 1)
    node.text = before
    second = etree.Element(f"{W}p")
    second.append(run(at + after))
    second.extend(list(node.getparent().itersiblings()))
    paragraph.addnext(second)


def join_with_next(root, start: str) -> None:
    paragraph = paragraph_starting(root, start)
    following = paragraph.getnext()
    paragraph.extend(child for child in list(following) if child.tag != f"{W}pPr")
    following.getparent().remove(following)


def move_before(root, start: str, other: str) -> None:
    paragraph_starting(root, other).addprevious(paragraph_starting(root, start))


def wrap_in_control(root, start: str) -> None:
    """The paragraph's text becomes a content control."""
    paragraph = paragraph_starting(root, start)
    control = etree.Element(f"{W}sdt")
    content = etree.SubElement(control, f"{W}sdtContent")
    first = next(paragraph.iterchildren(f"{W}r"))
    first.addprevious(control)
    content.extend(list(paragraph.iterchildren(f"{W}r")))


def add_text_box(root, start: str, words: str) -> None:
    """A text box stands in the file twice: as drawing and as fallback."""
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    paragraph = paragraph_starting(root, start)
    holder = etree.SubElement(paragraph, f"{W}r")
    alternate = etree.SubElement(holder, f"{{{mc}}}AlternateContent", nsmap={"mc": mc})
    for name in ("Choice", "Fallback"):
        box = etree.SubElement(etree.SubElement(alternate, f"{{{mc}}}{name}"), f"{W}txbxContent")
        etree.SubElement(box, f"{W}p").append(run(words))


def remove_bookmarks(root) -> None:
    for name in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(root.iter(f"{W}{name}")):
            mark.getparent().remove(mark)


def copy_of(root, start: str) -> str:
    return words_of(deepcopy(paragraph_starting(root, start)))
