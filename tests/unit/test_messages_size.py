"""Messages fit a phone and one Zalo message, and hold only characters every phone shows (rules 1 and 2)."""

from __future__ import annotations

import re
import unicodedata

import pytest

from bot.decisions.lines import Line, Lines, Mark
from bot.rendering.filters import TITLE
from bot.rendering.messages import LONGEST, Reader, length, phone_lines
from tests.examples.all import CHAPTERS
from tests.rendered import BARE, BUTTONS, LONGEST_UNIT, catalogue, everything

SIGNS = set("•?–·→")
OTHER_CHARACTERS = set(" \n.,;:%()/“”‘’-+@=_…'")
BODY_OF_CHOICES = re.compile(r"\n\n?(?:Trả lời .*:\n)?(?:(?:\d|[A-J])\. .+\n?)+$")
ABOUT_A_PART = (
    "prompt",
    "receipt",
    "reminder",
    "submit",
    "missing_list",
    "stored_view",
    "nudge",
    "late",
    "entered",
    "part_returned",
    "extension_granted",
    "board",
    "draft_ready",
    "approv",
    "group_post",
    "group_reissue",
    "posted",
)


def body(rendered) -> str:
    """The message before the choices of a channel without buttons."""
    text = rendered.words.text
    if rendered.words.is_choice:
        return BODY_OF_CHOICES.sub("", text)
    return text.rpartition("\nGõ: ")[0] if "\nGõ: " in text else text


def test_titles_fit_one_phone_line_with_the_longest_unit_name():
    long = [r for r in everything(LONGEST_UNIT) if len(r.title) > TITLE]

    assert [f"{r.id}: {r.title}" for r in long] == []


def test_titles_end_without_a_full_stop():
    assert [r.title for r in everything() if r.title.endswith((".", ":", ","))] == []


def test_bodies_stay_within_their_budget():
    over = [
        (r.id, phone_lines(body(r)), len(body(r)))
        for r in everything(LONGEST_UNIT)
        if phone_lines(body(r)) > r.entry.max_lines or len(body(r)) > r.entry.max_chars
    ]

    assert over == []


def test_every_message_fits_one_zalo_message():
    assert [r.id for r in everything(LONGEST_UNIT) if max(len(r.words.text), length(r.words.text)) > LONGEST] == []


def test_list_lines_stay_short():
    long = []
    for r in everything():
        for line in r.words.text.split("\n"):
            most = 7 if "; " in line or line.startswith("• Như tuần trước") else 3
            if line[:1] in {"•", "?", "–"} and phone_lines(line) > most:
                long.append((r.id, line))

    assert long == []


def test_the_lock_screen_names_the_unit_or_the_period():
    """Whoever owes, gave or hands up something sees in the first 80 characters whose part or which week it is."""
    blind = [
        f"{r.id}: {r.words.text[:80]}"
        for r in everything()
        if r.id.startswith(ABOUT_A_PART)
        and not any(
            named in r.words.text[:80] for named in (r.example.unit, "tuần 23", "Tuần 23", "đơn vị", "Trồng trọt")
        )
    ]

    assert blind == []


def test_only_characters_every_phone_shows():
    odd = {
        (r.id, char)
        for r in everything()
        for char in r.words.text
        if not (char.isalnum() or char in SIGNS or char in OTHER_CHARACTERS)
    }

    assert set() == odd


@pytest.mark.parametrize(
    "pattern",
    [
        r"[\t\u00a0\u200b\ufeff]",
        r"  ",
        r" [,.;:%]",
        r"(?<!^) \?",
        r" $",
        r"\n\n\n",
        r"!",
        r"\.\.",
        r"\A\s|\s\Z",
        r"[.,;:]\.(?!docx|pdf)",
        r"“[^”]*“|”[^“]*”",
        r"\bNone\b|\bUndefined\b",
    ],
)
def test_no_slips_of_the_keyboard(pattern):
    found = [str(r) for r in everything() if re.search(pattern, r.words.text, re.MULTILINE)]

    assert found[:3] == []


def test_texts_are_composed_unicode():
    assert [r.id for r in everything() if not unicodedata.is_normalized("NFC", r.words.text)] == []


def test_the_ellipsis_stands_in_quotations_only():
    assert [r.id for r in everything() if "…" in r.own_words] == []


def many(n: int) -> tuple[Line, ...]:
    return tuple(Line(f"chỉ tiêu dài thứ {i} trong tuần", mark=Mark.MISSING, unit="triệu đồng") for i in range(n))


@pytest.mark.parametrize(
    "message", ["prompt", "prompt_dense", "missing_list", "list_all", "stored_view", "receipt_complete"]
)
@pytest.mark.parametrize("traits", [BUTTONS, BARE], ids=["buttons", "bare"])
def test_long_lists_are_shortened_between_lines(message, traits):
    example = next(m[message][0] for _, _, m in CHAPTERS if message in m)
    sections = tuple(Lines(n, f"Mục có tên khá là dài {n}", many(9), text=True) for n in range(1, 12))
    inputs = {**example.inputs, "sections": sections, "missing": sections}

    words = catalogue().render(message, inputs, Reader(name="Hùng"), traits)

    assert length(words.text) <= LONGEST
    assert "99" in words.text or "MỤC" in words.text or "số nữa" in words.text or "còn thiếu" in words.text
    assert all(line.rstrip() == line for line in words.text.split("\n"))


def test_a_very_long_quotation_is_cut_between_words():
    example = next(m["office_answer"][0] for _, _, m in CHAPTERS if "office_answer" in m)
    inputs = {**example.inputs, "words": "nội dung trả lời rất dài " * 200}

    words = catalogue().render("office_answer", inputs, Reader(), BARE)

    assert words.text.endswith("…”")
    assert len(words.text) <= 480
