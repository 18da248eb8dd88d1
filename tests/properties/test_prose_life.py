"""Whatever is given and whatever is missing: every given figure is printed, nothing else is, sentences stay whole."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facts import Figure
from bot.forms.model import Role, Source
from bot.reports.model import PieceKind
from tests.compiling import WEEK, figure, form, gold_figures, report_of

GIVEN = sorted(i.id for i in form().indicators.values() if i.source in (Source.ASKED, Source.OPTIONAL))
COMPUTED = sorted(i.id for i in form().indicators.values() if i.source is Source.COMPUTED)

values = st.one_of(
    st.just(Decimal(0)),
    st.integers(1, 9).map(Decimal),
    st.integers(10, 200000).map(Decimal),
    st.decimals(0, 999, places=1),
)
weeks = st.dictionaries(st.sampled_from(GIVEN), values, max_size=40)


def figures_of(week):
    return {i: Figure(i, WEEK, value) for i, value in week.items()}


def paragraphs_of(report):
    return [p for b in report.blocks for p in b.paragraphs] + [p for n in report.notes for p in n.paragraphs]


def printed_in(report):
    return {piece.ref for p in paragraphs_of(report) for piece in p.pieces if piece.kind is PieceKind.FIGURE}


def assert_whole(paragraph):
    text = "".join(p.text for p in paragraph.pieces)
    assert "  " not in text
    assert not re.search(r"\s[,;.:]|[,;:][,;.:]|\(\s|\(\)|\[\S*\{|[\ue000-\uf8ff]|,$|;$|:$", text), text
    assert text[0].isupper() or text[0].isdigit() or text[0] == "[", text


@settings(max_examples=60, deadline=None)
@given(weeks)
def test_every_given_figure_is_printed_and_every_printed_figure_was_given_or_follows(week):
    report = report_of(figures_of(week))
    printed = printed_in(report)

    assert set(week) - printed == set()
    for ref in printed - set(week):
        indicator = form().indicators[ref]
        assert indicator.source in (Source.KEPT, Source.COMPUTED, Source.RESTATED) or indicator.adds, ref
        if indicator.adds:
            assert indicator.adds in week
        if indicator.numerator:
            assert indicator.numerator in printed or indicator.numerator in week
        if indicator.restates:
            assert indicator.restates in week


@settings(max_examples=60, deadline=None)
@given(weeks)
def test_sentences_stay_whole_whatever_is_missing(week):
    for paragraph in paragraphs_of(report_of(figures_of(week))):
        assert_whole(paragraph)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(COMPUTED), min_size=1, max_size=8))
def test_a_percent_or_total_that_is_all_a_person_gave_is_printed_too(ids):
    report = report_of({i: figure(i, "60") for i in ids}, plans={}, previous={})

    assert ids - printed_in(report) == set()


@pytest.mark.parametrize("dropped", sorted(gold_figures()))
def test_dropping_one_figure_drops_its_clause_and_leaves_the_rest(dropped):
    whole = gold_figures()
    indicator = form().indicators[dropped]
    report = report_of({i: f for i, f in whole.items() if i != dropped}, plans={}, previous={})
    printed = printed_in(report)
    follows = {
        i.id
        for i in form().indicators.values()
        if dropped in (i.numerator, i.denominator, i.adds, i.restates) or i.id == dropped
    }

    if not (indicator.role is Role.PERCENT and indicator.numerator):
        assert dropped not in printed
    lost = {i for i in whole if i not in printed} - follows
    assert {i for i in lost if form().indicators[i].source is not Source.KEPT} == set()
    for paragraph in paragraphs_of(report):
        assert_whole(paragraph)
