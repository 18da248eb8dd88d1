"""The PDF is set from the same paragraphs as the Word file."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pypdfium2
import pytest
import typst

from bot.forms.model import HeadingStyle
from bot.rendering.format import load_format
from bot.rendering.pdf import pdf
from bot.reports.model import Block, Paragraph, Piece, PieceKind
from tests.gold_report import gold_figures, gold_report, gold_sections

HOSTILE = '#panic("x") [a] *b* $c$ {{ 7*7 }} & < > \\ @d <e> // f'
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return unicodedata.normalize("NFC", "\n".join(page.get_textpage().get_text_range() for page in pages))


def one_line(text: str) -> str:
    return " ".join(text.replace("\ufffe", "").split())


def letters() -> str:
    """The 134 letters that are more than ASCII."""
    found = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ", "Đ"}
    return "".join(sorted(c for c in found if not c.isascii()))


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf(gold_report())


def test_the_same_report_gives_the_same_bytes(printed):
    assert pdf(gold_report()) == printed


def test_the_report_is_thirteen_pages_give_or_take_one(printed):
    assert 12 <= len(pypdfium2.PdfDocument(printed)) <= 14


def test_the_text_of_every_section_is_printed(printed):
    whole = one_line(text_of(printed)).replace(" ", "")
    for section in gold_sections()[1:]:
        for paragraph in section["body"].split("\n"):
            # a page may end inside a paragraph, so its first words are looked for
            words = "".join(paragraph.split("[^")[0].split())[:40]
            assert words in whole, words


def test_the_figures_of_the_footnotes_are_printed(printed):
    whole = one_line(text_of(printed)).replace(" ", "")
    found = [f for f in gold_figures() if f["footnote"]]

    assert found
    assert [f["id"] for f in found if "".join(f["quote"].split()) not in whole] == []


@pytest.mark.parametrize("number", ["19/2025/NQ-HĐND", "343-QĐ/TW", "1719/QĐ-TTg"])
@pytest.mark.parametrize("before", range(30, 80, 7))
def test_a_document_number_is_never_broken(number, before):
    words = Piece("ê" * 3 + " chữ" * (before // 4) + "i" * (before % 4) + f" số {number} còn lại" * 3)
    block = Block("I", 1, "I.", "MỤC", HeadingStyle.BLOCK, colon=False, paragraphs=(Paragraph((words,)),))
    lines = text_of(pdf(replace(gold_report(), blocks=(block,), notes=()))).splitlines()

    assert sum(line.count(number) for line in lines) == 3


def test_what_a_person_typed_is_printed_literally():
    block = Block("I", 1, "I.", HOSTILE, HeadingStyle.BLOCK, colon=False, paragraphs=(Paragraph((Piece(HOSTILE),)),))
    text = one_line(text_of(pdf(replace(gold_report(), blocks=(block,), notes=()))))

    assert text.count(HOSTILE) == 2


def test_a_gap_is_printed_as_such_and_a_report_without_text_still_has_its_letterhead():
    gap = Paragraph((Piece("Lúa "), Piece("", PieceKind.GAP)))
    block = Block("I", 1, "I.", "MỤC", HeadingStyle.RUN_IN, colon=True, paragraphs=(gap,))

    assert "Lúa [chưa có nội dung]" in one_line(text_of(pdf(replace(gold_report(), blocks=(block,), notes=()))))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text_of(pdf(replace(gold_report(), blocks=(), notes=())))


def test_a_reference_without_its_footnote_is_refused_by_name():
    with pytest.raises(ValueError, match="3"):
        pdf(replace(gold_report(), notes=gold_report().notes[:2]))


def test_no_style_is_bold_and_italic_because_the_built_in_serif_lacks_letters_there():
    assert [name for name, style in load_format().styles.items() if style.bold and style.italic] == []


@pytest.mark.parametrize("dress", ["it => it", "strong", "emph"])
def test_the_built_in_serif_draws_every_vietnamese_letter(dress):
    """A letter with a tone has more ink than its base; the mark alone, as a hole in the font prints it, has less."""
    names = letters()
    ink = _ink(dress, names + "".join(_base(c) for c in names))
    holes = [c for c, own, base in zip(names, ink, ink[len(names) :], strict=False) if own < 0.95 * base]

    assert len(names) == 134
    assert holes == []


def _base(letter: str) -> str:
    return {"đ": "d", "Đ": "D"}.get(letter, unicodedata.normalize("NFD", letter)[0])


def _ink(dress: str, words: str) -> list[int]:
    source = '#set page(width: 40pt, height: 60pt, margin: 5pt)\n#set text(font: "Libertinus Serif", size: 30pt)\n'
    source += f'#let dress = {dress}\n#for c in "{words}".clusters() {{ page(dress(c)) }}'
    made = typst.compile(source.encode(), format="pdf", font_paths=typst.Fonts(include_system_fonts=False))
    bitmaps = [page.render(scale=2, grayscale=True).buffer for page in pypdfium2.PdfDocument(made)]
    return [sum(255 - shade for shade in bytes(bitmap)) for bitmap in bitmaps]
