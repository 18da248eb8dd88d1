"""What machines get of layer A."""

from __future__ import annotations

import json

from bot.replies.as_json import mentions_as_json
from bot.replies.mentions import find_mentions


def shaped(text: str) -> dict:
    return json.loads(json.dumps(mentions_as_json(find_mentions(text))))


def test_a_mention_has_all_its_facts_in_base_units():
    (mention,) = shaped("thu ngân sách ước đạt 45,2 tỷ đồng")["mentions"]

    assert mention == {
        "value": "45200000000",
        "unit": "đồng",
        "role": "money",
        "percent_of": None,
        "label": "thu ngân sách",
        "qualifier": "estimated",
        "start": 14,
        "end": 34,
        "num_start": 22,
        "num_end": 26,
        "scale": "tỷ",
    }


def test_a_doubt_lists_every_reading_and_a_range_its_upper_end():
    doubtful, ranged = shaped("ngô 1,110 ha, hái 2-3 tấn")["mentions"]

    assert doubtful["readings"] == ["1.11", "1110"]
    assert (ranged["value"], ranged["value_max"]) == ("2", "3")


def test_two_sides_of_a_slash_know_each_other():
    done, plan = shaped("lúa mùa 549/650 ha")["mentions"]

    assert (done["ratio_with"], plan["ratio_with"]) == (1, 0)


def test_numbers_that_are_no_figures_come_with_their_kind():
    assert shaped("ngày 12/6") == {"mentions": [], "distractors": [{"kind": "date", "start": 0, "end": 9}]}
