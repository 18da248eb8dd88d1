"""Every word a message offers is understood; every question can be answered on every channel (rules 7 and 8)."""

from __future__ import annotations

import re

import pytest

from bot.rendering.filters import LABEL
from bot.rendering.messages import Rank
from bot.replies.choices import parse_choice
from bot.replies.command_words import WORDS, CommandKind, Who
from bot.replies.commands import Names, parse_command
from bot.replies.normalise import fold
from tests.rendered import BUTTONS, QUOTATION, catalogue, everything

ABBREVIATIONS = {"CCB", "CHQS", "HĐND", "UBND", "MTTQ", "UBKT", "KT-NS", "VH-XH", "TT", "VP", "III", "CSV"}
KINDS = {"check_1": "check", "check_2": "check", "check_3": "check", "check_4": "check"}
CAPITALS = re.compile(r"\b[A-ZĐÀ-Ỹ]{2,}(?:[ -][A-ZĐÀ-Ỹ]+)*\b")
NAMES = Names(
    is_indicator=lambda text: any(w in fold(text) for w in ("lua mua", "giai ngan")),
    is_department=lambda text: fold(text) in {"ccb", "phong kinh te", "tram y te", "chqs"},
)
WHO = {Rank.RESPONDENT: Who.RESPONDENT, Rank.OFFICE: Who.OFFICE, Rank.LEADER: Who.LEADER, Rank.GROUP: Who.GROUP}
ASKING = {
    "ask_one",
    "problem/fraction",
    "problem/derived_from_percent",
    "problem/no_evidence",
    "question_again",
}


def plain(text: str) -> str:
    """Typed without diacritics."""
    return fold(text)


def readers_of(rendered) -> Who | None:
    return WHO.get(rendered.reader.rank)


def test_offered_words_are_commands_of_the_same_kind():
    for r in everything():
        who = readers_of(r)
        if r.words.is_choice or who is None:
            continue
        for button in r.words.buttons:
            for typed in (button.label, button.label.upper(), plain(button.label)):
                found = parse_command(typed, who, NAMES)
                assert found is not None, (r.id, typed)
                assert found.kind.value == KINDS.get(button.key, button.key), (r.id, typed)


def test_words_printed_in_capitals_are_commands():
    """Whatever stands in capitals in a text can be typed as it stands, with and without diacritics."""
    whole = {p.upper() for w in WORDS for p in w.phrases}
    for r in everything():
        for found in CAPITALS.findall(QUOTATION.sub("", r.words.text)):
            if found in ABBREVIATIONS or not found.isupper() or re.fullmatch(r"[A-Z0-9-]{4,}\d?", found):
                continue
            words = [w for w in found.replace("HĐND-UBND", "").split() if w not in ABBREVIATIONS]
            known = " ".join(words)
            assert not known or known in whole, (r.id, found)


@pytest.mark.parametrize(
    ("message", "who"), [("help_respondent", Who.RESPONDENT), ("help_office", Who.OFFICE), ("help_leader", Who.LEADER)]
)
def test_every_example_in_help_is_understood_as_it_stands(message, who):
    text = next(r for r in everything() if r.id == message).words.text
    listed = [part.strip() for line in text.split("\n") if line.startswith("• ") for part in examples_in(line[2:])]

    assert listed
    for example in listed:
        assert parse_command(example, who, NAMES) is not None, example
        assert parse_command(plain(example), who, NAMES) is not None, plain(example)


def examples_in(line: str) -> list[str]:
    """«NHẮC CCB, NHẮC TẤT CẢ» holds two; what stands after a colon explains or completes the last."""
    head, _, _ = line.partition(": ")
    parts = re.split(r", (?=[A-ZĐÀ-Ỹ]{2,})", head)
    return parts if not line.startswith("SỬA") else [line]


@pytest.mark.parametrize("text", ["XIN GIA HẠN đến 16 giờ, đang ở thôn", "BÁO NGHỈ từ 01/6 đến 07/6, thay Lan"])
def test_examples_for_respondents_are_understood(text):
    assert parse_command(text, Who.RESPONDENT, NAMES).argument


@pytest.mark.parametrize(
    "text", ["GIỮ 1: công dân rút hồ sơ", "GIA HẠN CHQS đến 16 giờ", "DỜI HẠN 15 giờ 29/4", "XEM MỤC 6"]
)
def test_examples_for_the_office_are_understood(text):
    assert parse_command(text, Who.OFFICE, NAMES).argument


def test_labels_fit_a_button_and_are_told_apart():
    for r in everything():
        labels = [b.label for b in r.words.buttons]
        assert all(len(label) <= LABEL for label in labels), (r.id, labels)
        assert len(labels) == len({plain(x) for x in labels}), (r.id, labels)
        assert len({b.key for b in r.words.buttons}) == len(labels), r.id


def test_a_label_typed_chooses_what_its_button_chooses():
    for r in everything():
        if not r.words.is_choice:
            continue
        labels = [b.label for b in r.words.buttons]
        for index, label in enumerate(labels):
            for typed in (
                label,
                label.upper(),
                plain(label),
                "ABCDEFGHIJ"[index] if r.words.letters else str(index + 1),
            ):
                assert parse_choice(typed, labels, letters=r.words.letters) == index, (r.id, typed)


def test_choices_are_few():
    many = {r.id for r in everything() if r.words.is_choice and not 2 <= len(r.words.buttons) <= 6}

    assert many == {"address_ask"}


def test_slash_commands_are_ones_telegram_takes():
    names = [s for w in WORDS for s in w.slash]

    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)


def test_every_printed_word_is_understood_without_diacritics():
    for word in WORDS:
        for who in word.roles & {Who.RESPONDENT, Who.OFFICE, Who.LEADER}:
            for phrase in word.phrases:
                bare = phrase if phrase in word.marked else plain(phrase)
                kinds = {parse_command(t, who, NAMES).kind for t in (phrase, phrase.upper(), bare)}
                same = {w.kind for w in WORDS if any(plain(p) == plain(phrase) for p in w.phrases)}
                assert kinds <= same, phrase
                assert len(kinds) == 1, phrase


def test_questions_ask_once_and_at_the_end():
    for r in everything():
        asks = asks_something(r)
        text = re.sub(r"^\? .*$", "", r.own_words, flags=re.MULTILINE)
        if asks and r.reader.rank is not Rank.LEADER:
            assert text.count("?") == 1, str(r)
            rest = text[text.index("?") + 1 :].strip()
            assert not rest or rest.startswith(("Trả lời", "Gõ:", "1. ", "A. ")), str(r)
        elif not asks:
            assert "?" not in re.sub(r"\?start=", "", text), str(r)


def asks_something(rendered) -> bool:
    if rendered.id == "choice_stale":
        return bool(rendered.words.buttons)
    return rendered.words.is_choice or rendered.id in ASKING


def test_leaders_are_asked_for_their_opinion():
    told = [
        r for r in everything() if r.reader.rank is Rank.LEADER and r.words.is_choice and r.id.startswith("approval")
    ]

    assert told
    assert all("Xin ý kiến" in r.words.text for r in told)


@pytest.mark.parametrize("start", ["prompt", "reminder", "receipt", "nudge"])
def test_prompts_reminders_and_plain_receipts_open_no_choice(start):
    told = [
        e
        for e in catalogue().entries.values()
        if e.id.startswith(start) and e.id not in {"nudge_too_soon", "nudge_quiet"}
    ]

    assert told
    assert all(not e.choices and not e.choices_from for e in told)


def test_letters_are_used_where_a_digit_could_be_a_value():
    by_letters = {r.id for r in everything() if r.words.letters}

    assert {"problem/vague_quantity", "problem/no_label", "problem/unspecified_role"} <= by_letters
    assert not {"submit_incomplete", "problem/big_jump", "problem/unit_implausible"} & by_letters


def test_letters_are_used_where_one_figure_is_owed():
    r = next(r for r in everything() if r.id == "problem/big_jump")
    words = catalogue().render(r.id, {**r.example.inputs, "one_open": True}, r.reader, BUTTONS)

    assert words.letters


def test_the_command_kinds_have_a_word_each():
    assert {k for k in CommandKind if k is not CommandKind.NOT_HERE} == {w.kind for w in WORDS}


def test_no_question_offers_a_single_way_out():
    """With one reading left there is still a way to say otherwise."""
    asked = [r for r in everything() if r.id.startswith("problem/") and r.entry.choices_from == "candidates"]

    assert asked
    for r in asked:
        one = list(r.example.inputs["candidates"])[:1]
        words = catalogue().render(r.id, {**r.example.inputs, "candidates": one}, r.reader, BUTTONS)
        assert len(words.buttons) > 1, r.id
