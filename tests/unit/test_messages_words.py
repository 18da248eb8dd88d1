"""Words that are never written, how people are addressed, and spelling (rules 3, 4 and 6)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.rendering.messages import Rank
from tests.rendered import QUOTATION, catalogue, everything, for_leaders

WORDS = Path(__file__).parent.parent / "data" / "words.txt"
ADDRESSES = "đồng chí|anh|chị|cô|chú|bác|thầy|ông|bà"
ENGLISH = re.compile(
    r"\b(?:AI|(?i:bot|chat|file|link|deadline|update|submit|check|form|format|admin|user|group|report|online|offline|menu|click|inbox|"
    r"server|token|id|code|error|null|none|nan|true|false|ok|reset|login|template))\b"
)
PROPER = re.compile(r"Bot Giao Ban|\S+\.(?:me|docx|pdf)\S*|\.docx|@\S+")
NEVER = re.compile(
    r"vui lòng|quý khách|\bbạn\b|\bsếp\b|các bác|\bạ\b|\bnhé\b|\bnha\b|\bdạ\b|không hợp lệ|\bsai\b|\blỗi\b(?<!xin lỗi)|không hiểu|thử lại"
    r"|hệ thống|dữ liệu trả về|chậm nộp|vi phạm thời hạn|ngày mai|đính kèm bên dưới|như hình|\bgấp\b(?! \d)|\bkhẩn\b(?! cấp)"
    r"|phê bình|kiểm điểm|thư ký|Bí thư(?! Thường trực)",
    re.IGNORECASE,
)
SOFT = re.compile(r"\b(tôi|em|mình)\b", re.IGNORECASE)
OLD_TONES = re.compile(r"o[àáảãạ]\b|o[èéẻẽẹ]\b|(?<![qQ])u[ỳýỷỹỵ]\b|tỉ đồng|uỷ|hoá|luỹ", re.IGNORECASE)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
THIRD_PERSONS = ("Hùng", "Lan", "Mai", "Thắng", "Sáng", "Tài", "Giàng")


def spoken(source: str) -> str:
    """The words a template writes itself: its text, and the texts inside its expressions."""
    strings = (text for tag in JINJA.findall(source) for text in re.findall(r'"([^"]*)"', tag))
    inside = " ".join(text for text in strings if not text.isascii())
    return f"{JINJA.sub(' ', source)} {inside}"


def sources() -> dict[str, str]:
    return {
        e.id: e.source + " " + " ".join(label.text for label in (*e.choices, *e.offers))
        for e in catalogue().entries.values()
    }


def test_no_word_of_the_trade_is_written():
    found = [(r.id, m[0]) for r in everything() if (m := ENGLISH.search(PROPER.sub("", r.own_words)))]

    assert found == []


def test_nothing_of_the_left_column_is_written():
    found = [(r.id, m[0]) for r in everything() if (m := NEVER.search(r.own_words))]

    assert found == []


def test_today_stands_in_the_title_of_the_day_only():
    """«Hôm nay» may be read later; only the reminder of the last day says it, beside weekday, date and hour."""
    assert {"reminder_2"} == {r.id for r in everything() if re.search(r"hôm nay", r.own_words, re.IGNORECASE)}


@pytest.mark.parametrize("message", sorted(catalogue().entries))
def test_sources_never_address_anyone_directly(message):
    written = QUOTATION.sub(" ", spoken(sources()[message])).replace("chú thích", "")

    assert re.findall(rf"\b(?:{ADDRESSES})\b", written, re.IGNORECASE) == []


def test_a_reader_is_addressed_in_their_own_form():
    """For «chị» no «đồng chí» is left but that of named third persons."""
    others = "|".join(THIRD_PERSONS)
    found = [
        str(r)
        for r in everything()
        if r.reader.address_form == "chị" and re.search(rf"đồng chí(?! (?:{others}))", r.own_words, re.IGNORECASE)
    ]

    assert [f for f in found if not f.startswith("address_ask")] == []


def test_the_sender_does_not_speak_of_itself():
    buttons = {"Không phải tôi"}
    found = [
        str(r) for r in everything() if SOFT.search(re.sub("|".join(buttons), "", r.own_words, flags=re.IGNORECASE))
    ]

    assert found == []


def test_leaders_are_written_to_with_respect():
    plain = {r.id for r in for_leaders() if "kính" not in r.words.text.lower()}

    assert plain == {"choice_taken"}


def test_the_office_reads_no_courtesy_formula():
    found = [str(r) for r in everything() if r.reader.rank is Rank.OFFICE and "kính" in r.own_words.lower()]

    assert found == []


@pytest.mark.parametrize("start", ["prompt", "reminder", "nudge"])
def test_prompts_and_reminders_name_the_person(start):
    told = [r for r in everything() if r.id.startswith(start) and r.reader.rank is Rank.RESPONDENT]

    assert told
    assert [str(r) for r in told if r.reader.name not in r.words.text] == []


@pytest.mark.parametrize(
    ("claim", "messages"),
    [
        ("Đã nhắc", set()),
        ("Đã đăng", {"posted"}),
        ("Đã gửi", set()),
        ("Đã nộp ·", {"submitted"}),
        ("Đã sửa ·", {"amended", "office_amended", "amended_notice"}),
    ],
)
def test_what_is_claimed_as_done_is_claimed_by_few_messages(claim, messages):
    """Whoever queues these knows it is so: stored in the same transaction, or delivered."""
    told = {
        r.id for r in everything("Phòng có tên rất dài") if r.title.startswith(claim) or f". {claim}" in r.own_words
    }

    assert told - messages == set()
    assert not messages or told


def test_the_tone_mark_stands_on_the_first_vowel():
    assert [(name, m[0]) for name, source in sources().items() if (m := OLD_TONES.search(spoken(source)))] == []


def test_every_word_of_a_template_is_in_the_word_list():
    """A new word is a conscious edit: python -m tests.print_words shows what would be added."""
    known = set(WORDS.read_text(encoding="utf-8").split())
    used = {word for source in sources().values() for word in words_of(source)}

    assert sorted(used - known) == []
    assert sorted(known - used) == []


def words_of(source: str) -> set[str]:
    return {w.lower() for w in re.findall(r"[^\W\d_]+", spoken(source))}
