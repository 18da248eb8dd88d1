"""The secretary's edited template is looked at before it replaces the last good one, and told in her language."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from bot.rendering.word.check import TemplateSlip, _words, template_slips
from bot.rendering.word.fill import fill
from tests import word_edits, word_file
from tests.gold_report import gold_report
from tests.word_file import W, edited, template_bytes

VIETNAMESE = re.compile(r"[À-ỹ]")


def slips(change, name: str = "word/document.xml") -> list[TemplateSlip]:
    return template_slips(edited(template_bytes(), change, name))


def retyped(old: str, new: str):
    def change(root):
        node = next(t for t in root.iter(f"{W}t") if old in t.text)
        node.text = node.text.replace(old, new)

    return change


def found(slips: list[TemplateSlip]) -> list[tuple[str, str]]:
    return [(slip.code, slip.detail) for slip in slips]


def test_the_shipped_template_is_good():
    assert template_slips(template_bytes()) == []


def test_a_template_without_a_place_for_the_body_is_refused():
    (slip,) = slips(retyped("{{ noi_dung }}", ""))

    assert (slip.code, slip.is_hint) == ("missing_body", False)


def test_an_unknown_tag_is_told_with_the_nearest_right_one():
    wrong = slips(retyped("{{ trich_yeu }}", "{{ trich_you }}"))

    assert [(s.code, s.detail, s.other) for s in wrong if not s.is_hint] == [("unknown_tag", "trich_you", "trich_yeu")]


def test_a_tag_may_be_typed_as_a_person_says_it():
    assert slips(retyped("{{ noi_nhan }}", "{{ Nơi nhận }}")) == []


def test_a_tag_that_word_split_over_runs_is_still_one_tag():
    def split(root):
        node = next(t for t in root.iter(f"{W}t") if t.text == "{{ trich_yeu }}")
        own = node.getparent()
        for words in ("{", "{ trich", "_yeu }", "}"):
            own.addprevious(word_edits.run(words))
            own.addprevious(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
        own.getparent().remove(own)

    again = edited(template_bytes(), split)

    assert template_slips(again) == []
    assert word_file.paragraphs(fill(gold_report(), again)) == word_file.paragraphs(
        fill(gold_report(), template_bytes())
    )


def test_a_missing_letterhead_tag_is_a_hint_only():
    assert [(s.code, s.detail, s.is_hint) for s in slips(retyped("{{ so }}", "…"))] == [("missing_tag", "so", True)]


def test_words_beside_the_body_tag_are_refused():
    assert ("body_not_alone", "noi_dung") in found(slips(retyped("{{ noi_dung }}", "Nội dung: {{ noi_dung }}")))


def test_a_missing_style_is_named_as_word_shows_it():
    def drop(root):
        root.remove(next(s for s in root.iter(f"{W}style") if s.find(f"{W}name").get(f"{W}val") == "BC Dẫn mục"))

    assert found(slips(drop, "word/styles.xml")) == [("missing_style", "BC Dẫn mục")]


def test_a_template_without_a_needed_style_is_refused_by_the_filler_too():
    def drop(root):
        root.remove(next(s for s in root.iter(f"{W}style") if s.find(f"{W}name").get(f"{W}val") == "heading 3"))

    with pytest.raises(ValueError, match="heading 3"):
        fill(gold_report(), edited(template_bytes(), drop, "word/styles.xml"))


def test_other_margins_and_paper_are_hints():
    def change(root):
        root.find(f".//{W}pgMar").set(f"{W}left", "1134")
        root.find(f".//{W}pgSz").set(f"{W}w", "12240")

    wrong = slips(change)

    assert [s.code for s in wrong] == ["page_size", "margin"]
    assert all(s.is_hint for s in wrong)


def test_a_page_number_that_is_gone_or_on_the_first_page_is_told():
    assert [s.code for s in slips(lambda root: root.clear(), "word/header1.xml")] == ["no_page_number"]

    def drop(root):
        mark = root.find(f".//{W}titlePg")
        mark.getparent().remove(mark)

    assert [s.code for s in slips(drop)] == ["first_page_numbered"]


def test_changes_that_nobody_accepted_are_refused():
    assert "tracked_changes" in [
        s.code for s in slips(lambda root: word_edits.replace_words(root, "Số ", "Số: ", tracked=True))
    ]


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "file_not_a_document"), (b"\xd0\xcf\x11\xe0" * 99, "file_not_a_document")]
)
def test_what_is_no_word_file_is_refused(data, code):
    assert [s.code for s in template_slips(data)] == [code]


def test_a_zip_without_a_document_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")

    assert [s.code for s in template_slips(out.getvalue())] == ["file_not_a_document"]


def test_a_macro_is_refused():
    out = io.BytesIO(template_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")

    assert [s.code for s in template_slips(out.getvalue())] == ["file_macro"]


def test_a_tag_in_the_header_is_filled():
    def change(root):
        root.append(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>Số {{{{ so }}}}</w:t></w:r></w:p>'))

    data = fill(gold_report(), edited(template_bytes(), change, "word/header1.xml"))

    assert "Số 123-BC/ĐU" in word_file.paragraphs(data, "word/header1.xml")


def test_every_slip_is_told_in_vietnamese():
    for code in _words():
        told = TemplateSlip(code, "x", "y").words

        assert VIETNAMESE.search(told), code
