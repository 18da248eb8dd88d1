"""The look that the secretary gave a report in Word stays in the next draft, with the next draft's words."""

from __future__ import annotations

import pytest
from lxml import etree

from bot.rendering.word.dress import dressed
from bot.rendering.word.fill import fill
from tests import word_file
from tests.gold_report import gold_report
from tests.unit.test_word_schema import schema  # noqa: F401 (a fixture)
from tests.word_edits import replace_words
from tests.word_file import W, edited, paragraphs, part, words_of

RICE = "549/650 ha"


@pytest.fixture(scope="module")
def sent() -> bytes:
    return fill(gold_report(), word_file.template_bytes())


def rice(root) -> etree._Element:
    return next(p for p in root.iter(f"{W}p") if RICE in words_of(p) or "560/650 ha" in words_of(p))


def restyled(root) -> None:
    """Centred, in 16 points; a broad margin; one tracked change of the look."""
    paragraph = rice(root)
    look = paragraph.find(f"{W}pPr")
    for old in look.findall(f"{W}jc"):
        look.remove(old)
    etree.SubElement(look, f"{W}jc", {f"{W}val": "center"})
    etree.SubElement(look, f"{W}pPrChange", {f"{W}id": "1", f"{W}author": "Lan"})
    for run in paragraph.iter(f"{W}r"):
        if run.find(f"{W}rPr/{W}rStyle") is None:
            for own in run.findall(f"{W}rPr"):
                run.remove(own)
            letters = etree.Element(f"{W}rPr")
            etree.SubElement(letters, f"{W}sz", {f"{W}val": "32"})
            run.insert(0, letters)
    root.find(f"{W}body/{W}sectPr/{W}pgMar").set(f"{W}left", "2268")


def next_draft(sent: bytes) -> bytes:
    """The same report after a figure was corrected."""
    return edited(sent, lambda root: replace_words(root, "549", "560", tracked=False))


def test_an_untouched_look_changes_nothing(sent):
    assert paragraphs(dressed(sent, sent)) == paragraphs(sent)
    assert part(dressed(sent, sent), "word/document.xml").xpath("count(//*)") == part(sent, "word/document.xml").xpath(
        "count(//*)"
    )


def test_the_look_stays_and_the_words_are_the_new_ones(sent):
    made = part(dressed(next_draft(sent), edited(sent, restyled)), "word/document.xml")
    paragraph = rice(made)

    assert "560/650 ha" in words_of(paragraph)
    assert paragraph.find(f"{W}pPr/{W}jc").get(f"{W}val") == "center"
    assert {s.get(f"{W}val") for s in paragraph.iter(f"{W}sz")} == {"32"}
    assert made.find(f"{W}body/{W}sectPr/{W}pgMar").get(f"{W}left") == "2268"
    assert list(made.iter(f"{W}pPrChange")) == []


def test_labels_and_footnotes_keep_their_own_look(sent):
    made = dressed(next_draft(sent), edited(sent, restyled))

    assert len(word_file.footnotes(made)) == 3
    assert rice(part(made, "word/document.xml")).find(f"{W}r/{W}rPr/{W}rStyle") is not None


def test_a_changed_style_stays(sent):
    def bigger(root) -> None:
        style = next(s for s in root.iter(f"{W}style") if s.find(f"{W}name").get(f"{W}val") == "BC Thân bài")
        for size in style.iter(f"{W}sz"):
            size.set(f"{W}val", "31")

    made = dressed(next_draft(sent), edited(sent, bigger, "word/styles.xml"))

    assert b'w:val="31"' in etree.tostring(part(made, "word/styles.xml"))


def test_the_dressed_file_is_valid(sent, schema):  # noqa: F811
    made = dressed(next_draft(sent), edited(sent, restyled))
    for name in ("document", "styles"):
        schema.validate(part(made, f"word/{name}.xml"))

        assert [str(error) for error in schema.error_log] == []


def test_the_same_files_give_the_same_bytes(sent):
    assert dressed(sent, edited(sent, restyled)) == dressed(sent, edited(sent, restyled))
