"""The corpus under replies/: one file a topic, one meaning and many wordings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.spec.corpus import context_of, corpus, faults

CORPUS = corpus()


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["id"])
def test_the_reply_comes_to_what_the_corpus_says(reader, form, case):
    assert faults(case, reader.read(case["text"], context_of(case, form))) == []


def test_a_prompt_for_everything_makes_nothing_wrong_be_stored(reader, form):
    """After a prompt everything is open; that makes no number an answer to what it was not said of."""
    wrong = []
    for case in CORPUS:
        context = context_of(case, form)
        asked = tuple(i.id for i in form.indicators.values() if _is_asked(form, context, i))
        if context.open or len(asked) < 2 or "previous" not in case:
            continue
        if any(q.code == "unspecified_role" for q in reader.read(case["text"], context).questions):
            continue  # this week's or the total: what is open may tell
        allowed = {
            name: Decimal(value) for key in ("stores", "stores_at_most") for name, value in case.get(key, {}).items()
        }
        held = {*case.get("holds", ()), *case.get("confirms", ())}
        stored = {f.indicator: f.value for f in reader.read(case["text"], replace(context, open=asked)).figures}
        wrong += [(case["id"], n, v) for n, v in stored.items() if n not in held and allowed.get(n) != v]
    assert wrong == []


def _is_asked(form, context, indicator) -> bool:
    mine = context.department is None or form.owner_of(indicator.id) == context.department
    here = indicator.section in context.sections and context.part in (None, indicator.part)
    return mine and here and indicator.source == "asked"


def test_the_corpus_covers_every_department_that_gives_figures(form):
    asked = {form.owner_of(i.id) for i in form.indicators.values() if i.source != "restated"}
    named = {form.owner_of(i) for case in CORPUS for key in ("stores", "stores_at_most") for i in case.get(key, ())}
    assert asked == named


def test_the_corpus_is_large_enough_to_mean_something():
    assert len(CORPUS) >= 800
