"""The corpus under replies/: one file a topic, one meaning and many wordings."""

from __future__ import annotations

import pytest

from tests.spec.corpus import context_of, corpus, faults

CORPUS = corpus()


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["id"])
def test_the_reply_comes_to_what_the_corpus_says(reader, form, case):
    assert faults(case, reader.read(case["text"], context_of(case, form))) == []


def test_the_corpus_covers_every_department_that_gives_figures(form):
    asked = {form.owner_of(i.id) for i in form.indicators.values() if i.source != "restated"}
    named = {form.owner_of(i) for case in CORPUS for key in ("stores", "stores_at_most") for i in case.get(key, ())}
    assert asked == named


def test_the_corpus_is_large_enough_to_mean_something():
    assert len(CORPUS) >= 800
