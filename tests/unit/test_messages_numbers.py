"""Numbers, percents, dates: never typed in a template, always written in the office's way (rule 5)."""

from __future__ import annotations

import re
from datetime import date

from tests.rendered import QUOTATION, catalogue, everything
from tests.unit.test_messages_words import JINJA

EXAMPLES = {
    "help_respondent",
    "help_office",
    "help_leader",
    "amend_how",
    "plan_how",
    "extension_how",
    "leave_for_how",
    "leave_how",
    "calendar",
    "form_how",
    "source_how",
    "past_how",
    "export_which",
}
NUMERAL = re.compile(r"(?<![\w])\d[\d.,/:]*\d%?|(?<![\w])\d%?")
NUMBER = re.compile(r"\d{1,3}(\.\d{3})*(,\d{1,4})?%?")
RATIO = re.compile(rf"{NUMBER.pattern}/{NUMBER.pattern}")
DAY = re.compile(r"\d{2}/(0[12]|[3-9]|1[0-2])(/\d{4})?")
STAMP = re.compile(r"\d{1,2}:\d{2}")
SECTION = re.compile(r"\d(\.\d){1,2}")
YEAR = re.compile(r"20\d\d")
PERCENT = re.compile(r"[\d.]+(?:,(\d+))?%")
WEEKDAY = re.compile(r"(thứ Hai|thứ Ba|thứ Tư|thứ Năm|thứ Sáu|thứ Bảy|Chủ nhật), (\d\d)/(\d+)", re.IGNORECASE)
WEEKDAYS = ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"]
TYPED_BY_PEOPLE = re.compile(r"\S*(?:t\.me|docx|pdf|@|CT10|[A-Z0-9]{4}-)\S*")


def test_templates_hold_no_typed_number():
    """Digits stand in expressions, quotations and the examples of commands only."""
    typed = {
        e.id
        for e in catalogue().entries.values()
        if re.search(r"\d", QUOTATION.sub("", JINJA.sub("", e.source)))
        or any(re.search(r"\d", JINJA.sub("", label.text)) for label in (*e.choices, *e.offers))
    }

    assert typed == EXAMPLES


def numerals() -> list[tuple[str, str]]:
    return [
        (r.id, found[0])
        for r in everything()
        for line in r.own_words.split("\n")
        for found in NUMERAL.finditer(TYPED_BY_PEOPLE.sub("", line))
    ]


def test_every_number_is_written_in_the_offices_way():
    forms = (NUMBER, RATIO, DAY, STAMP, SECTION, YEAR)
    odd = {(message, n) for message, n in numerals() if not any(form.fullmatch(n.rstrip(".,:")) for form in forms)}

    assert set() == odd


def test_percents_have_two_decimals_at_most():
    long = {(r.id, m[0]) for r in everything() for m in PERCENT.finditer(r.words.text) if len(m[1] or "") > 2}

    assert set() == long


def test_weekdays_agree_with_their_dates():
    seen = {
        (name.lower(), int(day), int(month)) for r in everything() for name, day, month in WEEKDAY.findall(r.words.text)
    }

    assert seen
    assert [d for d in seen if WEEKDAYS[date(2026, d[2], d[1]).weekday()] != d[0]] == []
