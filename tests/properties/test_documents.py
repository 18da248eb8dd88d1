"""Whatever people type, the report is printed with exactly these words, and comes back from Word unchanged."""

from __future__ import annotations

import io

import docx
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.forms.model import HeadingStyle
from bot.rendering.pdf import pdf
from bot.rendering.word.fill import fill
from bot.rendering.word.readback import changes
from bot.reports.clean import clean
from bot.reports.difference import Place, edits, follow
from bot.reports.model import Block, Letterhead, Note, Paragraph, Piece, PieceKind, Report
from bot.reports.printed import note_lines, printed
from tests import word_file
from tests.word_file import W

TEMPLATE = word_file.template_bytes()
ODD = [
    "{{ 7*7 }}",
    "{% for %}",
    "</w:t>",
    "&amp;",
    "#panic()",
    "\ud800",
    "\ue000",
    "\x00",
    "\r\n",
    "u\u0309",
    "e\u0302\u0323",
    "]]>",
    "{{ noi_dung }}",
]
WORDS = st.lists(st.one_of(st.text(max_size=12), st.sampled_from(ODD)), max_size=4).map("".join)
NUMBERS = st.integers(0, 99999).map(lambda n: f"{n:,}".replace(",", "."))
PIECES = st.lists(
    st.one_of(WORDS.map(Piece), NUMBERS.map(lambda words: Piece(words, PieceKind.FIGURE, "f"))), max_size=4
).map(tuple)
PARAGRAPHS = st.lists(st.builds(Paragraph, PIECES, lead=WORDS), max_size=3).map(tuple)


@st.composite
def reports(draw) -> Report:
    count = draw(st.integers(1, 4))
    blocks, notes = [], []
    for n in range(count):
        paragraphs = draw(PARAGRAPHS)
        if paragraphs and draw(st.booleans()):
            last = paragraphs[-1]
            paragraphs = (*paragraphs[:-1], Paragraph((*last.pieces, Piece("", PieceKind.NOTE, str(n))), last.lead))
            notes.append(Note(str(n), draw(PARAGRAPHS)))
        style = draw(st.sampled_from(HeadingStyle))
        level = draw(st.integers(1, 4))
        blocks.append(
            Block(f"s{n}", level, f"{n}.", draw(WORDS), style, colon=draw(st.booleans()), paragraphs=paragraphs)
        )
    head = Letterhead(signer=draw(WORDS), abstract=draw(WORDS), recipients=tuple(draw(st.lists(WORDS, max_size=2))))
    return Report("2026-W23", 1, draw(WORDS), head, tuple(blocks), tuple(notes))


@settings(max_examples=60, deadline=None)
@given(reports())
def test_every_line_is_printed_as_it_is_and_another_program_can_open_the_file(report):
    data = fill(report, TEMPLATE)
    read = [word_file.words_of(p) for p in word_file.part(data, "word/document.xml").iter(f"{W}p")]
    body = [line.text.rstrip() for line in printed(report, "[chưa có nội dung]")]
    start = next((n for n in range(len(read)) if [r.rstrip() for r in read[n : n + len(body)]] == body), None)

    docx.Document(io.BytesIO(data))
    assert start is not None
    assert len(word_file.footnotes(data)) == len(report.notes)


@settings(max_examples=60, deadline=None)
@given(reports())
def test_an_untouched_file_comes_back_without_changes(report):
    assert changes(report, fill(report, TEMPLATE)) == []


@settings(max_examples=20, deadline=None)
@given(reports())
def test_the_pdf_is_always_set(report):
    assert pdf(report).startswith(b"%PDF-")


@settings(max_examples=100, deadline=None)
@given(WORDS, WORDS, NUMBERS, NUMBERS)
def test_a_figure_that_stays_alone_between_its_words_is_followed(before, after, old, new):
    before, after = clean(before) + " ", " " + clean(after)
    place = Place("f", len(before), len(before) + len(old))
    changed, kept = follow([place], before + old + after, before + new + after)

    if old == new:
        assert (changed, kept) == ((), (place,))
    else:
        assert [(c.old, c.new) for c in changed if c.is_clear] in ([], [(old, new)])


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_edits_turn_the_old_text_into_the_new(old, new):
    made, place = "", 0
    for edit in edits(old, new):
        made += old[place : edit.old_start] + edit.new
        place = edit.old_start + len(edit.old)

    assert made + old[place:] == new


@settings(max_examples=200, deadline=None)
@given(WORDS)
def test_clean_text_is_what_xml_can_hold_and_cleaning_twice_changes_nothing(words):
    once = clean(words)
    element = etree.Element("a")
    element.text = once

    assert clean(once) == once


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS)
def test_a_footnote_always_has_a_paragraph(paragraphs):
    assert note_lines(Note("1", paragraphs))
