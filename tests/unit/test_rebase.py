"""Changes of a file made from an older report, against the report as it stands: lines are found again by their words."""

from __future__ import annotations

from dataclasses import replace

from bot.forms.model import HeadingStyle
from bot.reports.difference import FigureChange, edits
from bot.reports.edited import Change, ChangeKind, Since
from bot.reports.model import Block, Letterhead, Paragraph, Piece, PieceKind, Report
from bot.reports.printed import printed
from bot.reports.rebase import rebased

RICE = "rice_area_done_ha"


def paragraph(words: str) -> Paragraph:
    """«lúa {549} ha»: the number in braces is a figure."""
    before, _, rest = words.partition("{")
    figure, _, after = rest.partition("}")
    pieces = [Piece(before), Piece(figure, PieceKind.FIGURE, RICE), Piece(after)]
    return Paragraph(tuple(p for p in pieces if p.text))


def report(*paragraphs: str) -> Report:
    block = Block(
        "II.1", 1, "1.", "Kinh tế", HeadingStyle.BLOCK, colon=False, paragraphs=tuple(map(paragraph, paragraphs))
    )
    return Report("2026-W23", 1, "", Letterhead(), (block,), (), {})


def change(base: Report, old: str, new: str, *figures: FigureChange) -> Change:
    line = next(line for line in printed(base) if line.text == old)
    return Change("II.1", ChangeKind.TEXT, old, new, "Lan", edits(old, new), figures, line.id)


def one(base: Report, current: Report, made: Change) -> Change:
    (found,) = rebased(base, current, [made], "")
    return found


BASE = report("Lúa {549} ha.", "Ngô đủ.", "Rau thiếu.")


def line_of(found: Change, current: Report) -> str:
    return next(line.text for line in printed(current) if line.id == found.line)


def test_nothing_moved_means_nothing_changes():
    made = change(BASE, "Ngô đủ.", "Ngô thừa.")

    assert replace(one(BASE, BASE, made), now="") == made


def test_a_line_is_found_where_it_stands_now():
    current = report("Mới.", "Lúa {549} ha.", "Ngô đủ.", "Rau thiếu.")
    found = one(BASE, current, change(BASE, "Ngô đủ.", "Ngô thừa."))

    assert (line_of(found, current), found.since) == ("Ngô đủ.", Since.SAME)


def test_another_figure_in_the_same_line_is_no_matter():
    current = report("Lúa {555} ha.", "Ngô đủ.", "Rau thiếu.")
    found = one(BASE, current, change(BASE, "Lúa 549 ha.", "Lúa chiêm 549 ha."))

    assert found.since is Since.SAME


def test_a_figure_that_both_changed_is_overtaken():
    current = report("Lúa {555} ha.", "Ngô đủ.", "Rau thiếu.")
    found = one(BASE, current, change(BASE, "Lúa 549 ha.", "Lúa 560 ha.", FigureChange(RICE, "549", "560")))

    assert (found.since, found.now) == (Since.OVERTAKEN, "Lúa 555 ha.")


def test_words_that_both_changed_are_overtaken():
    current = report("Lúa {549} ha.", "Ngô tạm đủ.", "Rau thiếu.")
    found = one(BASE, current, change(BASE, "Ngô đủ.", "Ngô thừa."))

    assert (found.since, found.now) == (Since.OVERTAKEN, "Ngô tạm đủ.")


def test_a_line_that_is_gone_comes_back_as_a_new_one_and_only_when_asked():
    current = report("Lúa {549} ha.", "Rau thiếu.")
    found = one(BASE, current, change(BASE, "Ngô đủ.", "Ngô thừa."))

    assert (found.kind, found.since) == (ChangeKind.ADDED, Since.OVERTAKEN)
    assert line_of(found, current) == "Rau thiếu."


def test_what_is_so_already_is_told_as_such():
    figure = change(BASE, "Lúa 549 ha.", "Lúa 560 ha.", FigureChange(RICE, "549", "560"))
    gone = replace(change(BASE, "Ngô đủ.", ""), kind=ChangeKind.REMOVED)
    added = Change("II.1", ChangeKind.ADDED, "", "Sắn đủ.", line=figure.line)
    current = report("Lúa {560} ha.", "Sắn đủ.", "Rau thiếu.", "Cá.")

    assert [c.since for c in rebased(BASE, report("Lúa {560} ha.", "Rau thiếu."), [figure, gone], "")] == [
        Since.ALREADY
    ] * 2
    assert one(BASE, current, added).since is Since.ALREADY
