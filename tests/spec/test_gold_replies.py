"""The replies of the gold week: every expected figure exactly, nothing wrong, every doubt asked, few needless questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.replies.reading_json import read_line
from tests.spec.scoring import score

REPLIES = json.loads((Path(__file__).parent.parent / "data" / "gold" / "replies.json").read_text(encoding="utf-8"))
MOST_NEEDLESS_QUESTIONS = 3


@pytest.fixture(scope="module")
def scores(reader):
    return {r["id"]: score(json.loads(read_line(reader, json.dumps(r))), r) for r in REPLIES["replies"]}


@pytest.mark.parametrize("reply", REPLIES["replies"], ids=lambda r: r["id"])
def test_the_reply_is_read_right(scores, reply):
    found = scores[reply["id"]]
    assert not found.wrong
    assert not found.missing
    assert not found.unasked
    assert not found.lost_words


def test_hardly_any_question_is_needless(scores):
    needless = [q for found in scores.values() for q in found.extra]
    assert len(needless) <= MOST_NEEDLESS_QUESTIONS, needless


def test_questions_carry_the_code_that_says_why(scores):
    assert [c for found in scores.values() for c in found.code] == []
