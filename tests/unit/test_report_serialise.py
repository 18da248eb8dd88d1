"""Every past issue can be made again byte for byte."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.facts import Figure, Origin, Qualifier, State
from bot.rendering.pdf import pdf
from bot.rendering.word.fill import fill
from bot.reports.model import Block, Letterhead, Note, Paragraph, Piece, Report
from bot.reports.serialise import digest_of, from_text, to_text
from tests.gold_report import gold_report
from tests.word_file import template_bytes


def full() -> Report:
    """A report in which every kind of value occurs."""
    at = datetime(2026, 6, 5, 8, 10, tzinfo=UTC)
    odd = Figure("x", "2026-W23", None, State.NO_DATA, Origin.WORD, Qualifier.ABOUT, at=at, reason="vì", id=6)
    report = gold_report()
    return replace(
        report,
        version=2,
        figures={**report.figures, "x": odd},
        missing_departments=("hoi-ccb",),
        missing_indicators=("y",),
        changes=("z",),
    )


def test_a_report_comes_back_as_it_was():
    assert from_text(to_text(full())) == full()


def test_a_stored_issue_gives_the_same_files():
    again = from_text(to_text(full()))

    assert fill(again, template_bytes()) == fill(full(), template_bytes())
    assert pdf(again) == pdf(full())


def test_the_order_in_which_figures_were_stored_does_not_matter():
    report = full()
    turned = replace(report, figures=dict(reversed(list(report.figures.items()))))

    assert digest_of(turned) == digest_of(report)


def test_one_changed_figure_is_another_report():
    report = full()
    changed = {**report.figures, "x": replace(report.figures["x"], value=Decimal(560))}

    assert digest_of(replace(report, figures=changed)) != digest_of(report)


def test_how_a_value_was_written_is_kept():
    report = full()
    written = {**report.figures, "x": replace(report.figures["x"], value=Decimal("32.0"))}

    assert str(from_text(to_text(replace(report, figures=written))).figures["x"].value) == "32.0"


def test_a_text_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="stored report"):
        from_text('{"shape": 999, "report": {}}')


@pytest.mark.parametrize("kind", [Report, Letterhead, Block, Note, Paragraph, Piece, Figure])
def test_the_text_holds_every_field(kind):
    """A field added to the model must reach the text; otherwise an old issue would silently lose it."""
    text = to_text(full())

    assert [f.name for f in fields(kind) if f'"{f.name}":' not in text] == []
