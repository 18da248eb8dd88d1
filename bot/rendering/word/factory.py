"""Builds the Word template the office starts from: run once (`make template`), afterwards the file is the secretary's.

Knows: the layout file and how Word writes styles, tables and pages. Does not know: any report.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.rendering.format import Format, Style, load_format
from bot.rendering.word.package import Package, override_types, relationships
from bot.rendering.word.properties import core_properties, plain_app_properties
from bot.rendering.word.xml import dump, el, qn, text_run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_ALIGN = {"left": "left", "center": "center", "justify": "both"}


def build_template(layout: Format) -> bytes:
    """The template file. The same layout gives the same bytes."""
    types = {
        "word/document.xml": f"{_WORD}document.main+xml",
        "word/styles.xml": f"{_WORD}styles+xml",
        "word/settings.xml": f"{_WORD}settings+xml",
        "word/footnotes.xml": f"{_WORD}footnotes+xml",
        "word/header1.xml": f"{_WORD}header+xml",
        "word/header2.xml": f"{_WORD}header+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    document_relations = [
        (f"{_OFFICE}styles", "styles.xml"),
        (f"{_OFFICE}settings", "settings.xml"),
        (f"{_OFFICE}footnotes", "footnotes.xml"),
        (f"{_OFFICE}header", "header1.xml"),
        (f"{_OFFICE}header", "header2.xml"),
    ]
    package_relations = [
        (f"{_OFFICE}officeDocument", "word/document.xml"),
        (_CORE, "docProps/core.xml"),
        (f"{_OFFICE}extended-properties", "docProps/app.xml"),
    ]
    parts = {
        "[Content_Types].xml": override_types(types),
        "_rels/.rels": relationships(package_relations),
        "word/_rels/document.xml.rels": relationships(document_relations),
        "word/document.xml": dump(el("w:document", _body(layout))),
        "word/styles.xml": dump(_styles(layout)),
        "word/settings.xml": dump(_settings(layout)),
        "word/footnotes.xml": dump(_footnotes(layout)),
        "word/header1.xml": dump(el("w:hdr", _paragraph("header", *_page_field()))),
        "word/header2.xml": dump(el("w:hdr", _paragraph("header"))),
        "docProps/core.xml": core_properties(layout.words["template_title"], "", "2026-01-01"),
        "docProps/app.xml": plain_app_properties(),
    }
    return Package(parts, "word/document.xml").save()


def style_id(role: str) -> str:
    """Word's own ids for the styles it knows, ours for the rest."""
    known = {
        "note": "FootnoteText",
        "note_reference": "FootnoteReference",
        "header": "Header",
    }
    return known.get(role, "".join(part.capitalize() for part in role.split("_")))


# ------------------------------------------------------------------------------------------------- document


def _body(layout: Format) -> _Element:
    words = layout.words
    sample = el("w:r", el("w:rPr", el("w:rStyle", w_val=style_id("note_reference"))))
    sample.append(el("w:footnoteReference", w_id="1"))
    return el(
        "w:body",
        _letterhead(layout),
        _paragraph("kind", text_run("{{ ten_loai }}")),
        _paragraph("abstract", text_run("{{ trich_yeu }}")),
        _paragraph("abstract_rule", text_run(words["abstract_rule"])),
        _paragraph("body", text_run("{{ noi_dung }}"), sample),
        _paragraph("abstract_rule"),
        _signature(layout),
        _section(layout),
    )


def _letterhead(layout: Format) -> _Element:
    words = layout.words
    left = [
        _paragraph("superior", text_run("{{ cap_tren }}")),
        _paragraph("issuer", text_run("{{ co_quan }}")),
        _paragraph("star", text_run(words["star"])),
    ]
    right = [_paragraph("party", text_run(words["party"])), _paragraph("party_rule")]
    second = (
        [_paragraph("number", text_run(words["number"]))],
        [_paragraph("place_date", text_run(words["place_date"]))],
    )
    return _table(layout.page["letterhead"], [(left, right), second])


def _signature(layout: Format) -> _Element:
    left = [
        _paragraph("recipients_title", text_run(layout.words["recipients_title"])),
        _paragraph("recipients", text_run("- {{ noi_nhan }};")),
    ]
    room = [_paragraph("post") for _ in range(layout.page["empty_lines"])]
    right = [
        _paragraph("authority", text_run("{{ quyen_han }}")),
        _paragraph("post", text_run("{{ chuc_vu }}")),
        *room,
        _paragraph("signer", text_run("{{ ho_ten }}")),
    ]
    return _table(layout.page["signature"], [(left, right)])


def _table(widths: list[int], rows: list[tuple[list[_Element], list[_Element]]]) -> _Element:
    """A fixed table of two columns without lines; its rows are not split over pages."""
    margins = [el(f"w:{side}", w_w="0", w_type="dxa") for side in ("left", "right")]
    properties = el(
        "w:tblPr",
        el("w:tblW", w_w=_mm(sum(widths)), w_type="dxa"),
        el("w:tblLayout", w_type="fixed"),
        el("w:tblCellMar", *margins),
    )
    grid = el("w:tblGrid", *(el("w:gridCol", w_w=_mm(width)) for width in widths))
    table = el("w:tbl", properties, grid)
    for row in rows:
        made = el("w:tr", el("w:trPr", el("w:cantSplit")))
        for width, paragraphs in zip(widths, row, strict=True):
            cell = el("w:tc", el("w:tcPr", el("w:tcW", w_w=_mm(width), w_type="dxa")))
            cell.extend(paragraphs)
            made.append(cell)
        table.append(made)
    return table


def _section(layout: Format) -> _Element:
    page = layout.page
    margins = {side: _mm(page[side]) for side in ("top", "right", "bottom", "left")}
    return el(
        "w:sectPr",
        el("w:headerReference", w_type="default", r_id="rId4"),
        el("w:headerReference", w_type="first", r_id="rId5"),
        el("w:pgSz", w_w=_mm(page["width"]), w_h=_mm(page["height"])),
        el(
            "w:pgMar",
            w_top=margins["top"],
            w_right=margins["right"],
            w_bottom=margins["bottom"],
            w_left=margins["left"],
            w_header=_mm(page["header"]),
            w_footer=_mm(page["header"]),
            w_gutter="0",
        ),
        el("w:titlePg"),
    )


def _page_field() -> list[_Element]:
    code = el("w:instrText")
    code.text = " PAGE "
    return [
        el("w:r", el("w:fldChar", w_fldCharType="begin")),
        el("w:r", code),
        el("w:r", el("w:fldChar", w_fldCharType="separate")),
        text_run("2"),
        el("w:r", el("w:fldChar", w_fldCharType="end")),
    ]


def _paragraph(role: str, *runs: _Element) -> _Element:
    return el("w:p", el("w:pPr", el("w:pStyle", w_val=style_id(role))), *runs)


# --------------------------------------------------------------------------------------------------- styles


def _styles(layout: Format) -> _Element:
    font, language = layout.page["font"], layout.page["language"]
    fonts = el("w:rFonts", w_ascii=font, w_hAnsi=font, w_eastAsia=font, w_cs=font)
    tongue = el("w:lang", w_val=language, w_eastAsia=language, w_bidi="ar-SA")
    run = el("w:rPr", fonts, el("w:sz", w_val="28"), el("w:szCs", w_val="28"), tongue)
    defaults = el("w:docDefaults", el("w:rPrDefault", run), el("w:pPrDefault"))
    styles = el("w:styles", defaults, *_basic_styles())
    styles.extend(_style(role, style, layout) for role, style in layout.styles.items())
    return styles


def _basic_styles() -> Iterable[_Element]:
    named = {"w_default": "1", "w_type": "paragraph", "w_styleId": "Normal"}
    normal = el("w:style", el("w:name", w_val="Normal"), el("w:qFormat"), **named)
    named = {"w_default": "1", "w_type": "character", "w_styleId": "DefaultParagraphFont"}
    font = el("w:style", el("w:name", w_val="Default Paragraph Font"), el("w:semiHidden"), **named)
    return normal, font


def _style(role: str, style: Style, layout: Format) -> _Element:
    made = el("w:style", w_type="character" if style.character else "paragraph", w_styleId=style_id(role))
    if style.name.startswith("BC "):
        made.set(qn("w:customStyle"), "1")
    made.append(el("w:name", w_val=style.name))
    made.append(el("w:basedOn", w_val="DefaultParagraphFont" if style.character else "Normal"))
    if style.outline:
        made.append(el("w:next", w_val=style_id("body")))
    made.append(el("w:qFormat"))
    if not style.character:
        made.append(_paragraph_properties(style, layout))
    made.append(_run_properties(style))
    return made


def _paragraph_properties(style: Style, layout: Format) -> _Element:
    made = el("w:pPr")
    if style.keep_next:
        made.append(el("w:keepNext"))
    made.append(el("w:widowControl"))
    if style.rule:
        line = el("w:top", w_val="single", w_sz="6", w_space="1", w_color="000000")
        made.append(el("w:pBdr", line))
    spacing = {"w_before": _twips(style.before), "w_after": _twips(style.after)}
    exact = {"w_line": _twips(style.exact), "w_lineRule": "exact"} if style.exact else {}
    made.append(el("w:spacing", **spacing, **(exact or {"w_line": "240", "w_lineRule": "auto"})))
    if style.rule:
        side = _twips((layout.page["letterhead"][1] * 72 / 25.4 - layout.page["title_width"]) / 2)
        made.append(el("w:ind", w_left=side, w_right=side))
    elif style.first_line:
        made.append(el("w:ind", w_firstLine=_mm(style.first_line)))
    made.append(el("w:jc", w_val=_ALIGN[style.align]))
    if style.outline:
        made.append(el("w:outlineLvl", w_val=str(style.outline - 1)))
    return made


def _run_properties(style: Style) -> _Element:
    made = el("w:rPr")
    for name, wanted in (("w:b", style.bold), ("w:bCs", style.bold), ("w:i", style.italic), ("w:iCs", style.italic)):
        if wanted:
            made.append(el(name))
    if style.size:
        made.append(el("w:sz", w_val=str(style.size * 2)))
        made.append(el("w:szCs", w_val=str(style.size * 2)))
    if style.highlight:
        made.append(el("w:highlight", w_val=style.highlight))
    if style.underline:
        made.append(el("w:u", w_val="single"))
    if style.superscript:
        made.append(el("w:vertAlign", w_val="superscript"))
    return made


# ------------------------------------------------------------------------------------------ settings, notes


def _settings(layout: Format) -> _Element:
    mode = el(
        "w:compatSetting", w_name="compatibilityMode", w_uri="http://schemas.microsoft.com/office/word", w_val="15"
    )
    structural = [el("w:footnote", w_id=number) for number in ("-1", "0")]
    return el(
        "w:settings",
        el("w:zoom", w_percent="100"),
        el("w:defaultTabStop", w_val="720"),
        el("w:characterSpacingControl", w_val="doNotCompress"),
        el("w:footnotePr", *structural),
        el("w:compat", mode),
        el("w:themeFontLang", w_val=layout.page["language"]),
        el("w:decimalSymbol", w_val=","),
        el("w:listSeparator", w_val=";"),
    )


def _footnotes(layout: Format) -> _Element:
    marks = [("-1", "separator"), ("0", "continuationSeparator")]
    notes = [
        el("w:footnote", el("w:p", el("w:r", el(f"w:{kind}"))), w_type=kind, w_id=number) for number, kind in marks
    ]
    mark = el("w:r", el("w:rPr", el("w:rStyle", w_val=style_id("note_reference"))), el("w:footnoteRef"))
    text = _paragraph("note", mark, text_run(" " + layout.words["sample_note"]))
    return el("w:footnotes", *notes, el("w:footnote", text, w_id="1"))


def _mm(length: float) -> str:
    return str(round(length * 1440 / 25.4))


def _twips(points: float) -> str:
    return str(round(points * 20))


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(build_template(load_format()))
