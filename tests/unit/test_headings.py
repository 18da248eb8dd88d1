from __future__ import annotations

import unicodedata

import pytest

from bot.forms.model import Form
from bot.rendering.forms import load_form
from bot.replies.headings import Headings


@pytest.fixture(scope="module")
def form() -> Form:
    return load_form("dang-uy-xa")


def split(form: Form, department: str, text: str) -> list[tuple[str | None, str | None, str]]:
    headings = Headings(form, [s.id for s in form.sections_of(department)], (department,))
    return [(c.section, c.part, text[c.start : c.end].strip()) for c in headings.split(text)]


def test_a_pasted_heading_names_the_section(form: Form) -> None:
    text = "d) Công tác phòng chống thiên tai: Đã rà soát các điểm sạt lở."

    assert split(form, "phong-kinh-te", text) == [("II.1.1.d", None, "Đã rà soát các điểm sạt lở.")]


def test_several_sections_in_one_message_are_told_apart(form: Form) -> None:
    text = "Em gửi ạ\na) Sản xuất nông nghiệp: lúa mùa 549\nb) Chăn nuôi, thủy sản:\ngia súc 11.488"

    assert split(form, "phong-kinh-te", text) == [
        (None, None, "Em gửi ạ"),
        ("II.1.1.a", None, "lúa mùa 549"),
        ("II.1.1.b", None, "gia súc 11.488"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CONG TAC PHONG CHONG THIEN TAI: da ra soat",
        unicodedata.normalize("NFD", "Công tác phòng chống thiên tai:\nda ra soat"),
        "- 1.1.d) công tác phòng chống thiên tai: da ra soat",
        "Phòng chống thiên tai: da ra soat",
    ],
)
def test_a_heading_is_known_however_it_is_typed(form: Form, text: str) -> None:
    assert split(form, "phong-kinh-te", text) == [("II.1.1.d", None, "da ra soat")]


def test_a_sentence_that_begins_like_a_title_is_no_heading(form: Form) -> None:
    text = "Giáo dục của xã tiếp tục ổn định"

    assert split(form, "phong-vh-xh", text) == [(None, None, text)]


def test_a_part_is_named_by_its_label(form: Form) -> None:
    text = "Hội Nông dân: Hỗ trợ 01 hộ vay vốn 50 triệu đồng."

    [(section, part, words)] = split(form, "hoi-nong-dan", text)

    assert (section, words) == ("II.4.2", "Hỗ trợ 01 hộ vay vốn 50 triệu đồng.")
    assert part is not None


def test_headings_of_other_departments_do_not_split(form: Form) -> None:
    text = "Giáo dục: bàn giao học sinh"

    assert split(form, "tram-y-te", text) == [(None, None, text)]
