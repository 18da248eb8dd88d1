"""What a channel adds to a message: choices, offers, the mark of a trial round; and what a reader changes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.rendering.messages import Rank, Reader, Traits
from tests.examples.all import CHAPTERS
from tests.examples.week import Example
from tests.rendered import BARE, BUTTONS, catalogue

EXAMPLES: dict[str, tuple[Example, ...]] = {m: e for _, _, messages in CHAPTERS for m, e in messages.items()}


def rendered(message: str, traits: Traits, *, reader: Reader | None = None, **changed: object):
    inputs = {**EXAMPLES[message][0].inputs, **changed}
    return catalogue().render(message, inputs, reader or Reader(name="Hùng"), traits)


def test_offers_are_buttons_or_one_last_line():
    with_buttons, bare = rendered("receipt", BUTTONS), rendered("receipt", BARE)

    assert [b.label for b in with_buttons.buttons] == ["Còn thiếu", "Từng câu", "Sửa"]
    assert bare.text == with_buttons.text + "\nGõ: CÒN THIẾU, TỪNG CÂU, SỬA"
    assert bare.buttons == with_buttons.buttons
    assert not bare.is_choice


def test_a_choice_is_numbered_where_there_are_no_buttons():
    with_buttons, bare = rendered("problem/unit_implausible", BUTTONS), rendered("problem/unit_implausible", BARE)

    assert bare.text == with_buttons.text + "\n\nTrả lời 1 hoặc 2:\n1. Triệu đồng\n2. Tỷ đồng"
    assert bare.is_choice
    assert not bare.letters
    assert [b.key for b in bare.buttons] == ["triệu đồng", "tỷ đồng"]


def test_long_labels_are_listed_on_every_channel():
    words = rendered("problem/ambiguous_scope", BUTTONS)

    assert words.text.endswith("B. Cả 9 số liệu trong tuần, kể cả hồ sơ cư trú, phiếu CT10")
    assert [(b.key, b.label) for b in words.buttons] == [("usual", "A. Vụ việc phức tạp"), ("all", "B. Cả 9 số liệu")]


def test_a_digit_below_ten_in_the_persons_words_asks_for_letters():
    candidates = [{"key": "a", "value": Decimal(20), "unit": "tấn"}, {"key": "b", "value": Decimal(30), "unit": "tấn"}]

    assert not rendered("problem/vague_quantity", BARE, quote="20-30 tấn", candidates=candidates).letters
    assert rendered("problem/vague_quantity", BARE, quote="5", candidates=candidates).letters
    assert (
        "A. 20 tấn" in rendered("problem/vague_quantity", BARE, quote="20", candidates=candidates, one_open=True).text
    )


def test_an_offer_without_words_is_not_made():
    assert [b.key for b in rendered("receipt", BUTTONS, missing=(), lines=()).buttons] == []


def test_a_receipt_asks_the_embedded_question_last_and_takes_its_answers_over():
    words = rendered("receipt_question", BUTTONS)

    assert words.text.endswith("Số 1.009 là của thời gian nào?")
    assert "xin cho biết thời gian" not in words.text
    assert words.is_choice
    assert [b.key for b in words.buttons] == ["month", "week", "resend"]


def test_a_trial_round_says_so_before_the_title():
    assert rendered("prompt_text", BUTTONS, trial=True).text.startswith("[Chạy thử] Báo cáo tuần 23")


def test_help_lines_go_when_people_have_learned():
    example = EXAMPLES["prompt"][0]
    new = catalogue().render("prompt", example.inputs, Reader(name="Dung", novice=True), BUTTONS)
    old = catalogue().render("prompt", example.inputs, Reader(name="Dung"), BUTTONS)

    assert "Ví dụ" in new.text
    assert "Ví dụ" not in old.text


@pytest.mark.parametrize(("rank", "ask"), [(Rank.RESPONDENT, "Đề nghị"), (Rank.LEADER, "Kính đề nghị")])
def test_the_verb_follows_the_readers_rank(rank, ask):
    words = rendered("extension_refused", BUTTONS, reader=Reader("đồng chí", "Thắng", rank))

    assert f". {ask} đồng chí" in words.text


def test_an_address_form_is_used_throughout():
    words = rendered("submitted", BUTTONS, reader=Reader("chị", "Lan"))

    assert "Cảm ơn chị" in words.text
    assert "đồng chí" not in words.text


def test_a_caption_shortens_what_a_text_would_show():
    text = rendered("group_post", BUTTONS).text
    caption = rendered(
        "group_post", Traits(buttons=True, max_text=600), met=EXAMPLES["group_post"][0].inputs["met"] * 9
    ).text

    assert len(caption) <= 600
    assert "• và 16 chỉ tiêu nữa, xem trong báo cáo" in caption
    assert set(caption.split("\n")) - set(text.split("\n")) == {"• và 16 chỉ tiêu nữa, xem trong báo cáo"}


def test_a_forgotten_input_names_itself():
    with pytest.raises(KeyError, match="recorded needs line"):
        catalogue().render("recorded", {}, Reader(), BUTTONS)
