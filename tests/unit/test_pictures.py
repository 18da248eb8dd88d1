"""Pictures for a phone: what is on them, and that what is missing is not drawn as nothing."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.facts import Figure, State
from bot.forms.model import Department, Form, HeadingStyle, Indicator, PercentKind, Role, Section, Source
from bot.rendering import pictures
from bot.rendering.pictures import board_png, history_png, plan_png
from bot.reports.boards import Bar, Board, Card, CardState, History, PlanChart, Point, history, plan_chart

HOSTILE = '#panic("x") [a] *b* $c$ {{ 7*7 }} & < >'
NOW = datetime(2026, 6, 5, 3, 15, tzinfo=UTC)
DEADLINE = datetime(2026, 6, 5, 8, 0, tzinfo=UTC)


def board(*cards: Card) -> Board:
    return Board("2026-W23", NOW, DEADLINE, cards)


def size(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])


def small_form() -> Form:
    department = Department("kt", "Phòng Kinh tế", "Phòng Kinh tế")
    section = Section("s", "Trồng trọt", 2, None, HeadingStyle.BLOCK, "kt")
    done = Indicator("rice", "s", "Diện tích lúa", "lúa mùa", "ha", Role.CUMULATIVE, "rice")
    plan = Indicator("rice_plan", "s", "Kế hoạch lúa", "lúa mùa", "ha", Role.PLAN, "rice", Source.KEPT)
    share = Indicator(
        "rice_percent", "s", "Tỷ lệ", "lúa mùa", "%", Role.PERCENT, "rice", Source.COMPUTED,
        percent_kind=PercentKind.OF_PLAN, numerator="rice", denominator="rice_plan",
    )  # fmt: skip
    found = {i.id: i for i in (done, plan, share)}
    return Form("f", "1", "Mẫu", {"kt": department}, {"s": section}, found)


def given(**values: str) -> dict[str, Figure]:
    return {i: Figure(i, "2026-W23", Decimal(v)) for i, v in values.items()}


def test_a_picture_is_as_wide_as_a_phone_and_upright():
    cards = [Card(f"Đơn vị {n}", state, n, 9) for n, state in enumerate(CardState)]
    width, height = size(board_png(board(*cards)))

    assert width == 1080
    assert height > width


def test_the_same_board_gives_the_same_picture():
    card = Card("Hội CCB", CardState.SILENT, 0, 2)

    assert board_png(board(card)) == board_png(board(card))


def test_those_who_need_somebody_stand_first():
    cards = [Card(str(state), state) for state in reversed(CardState)]

    assert [card.state for card in board(*cards).in_order] == list(CardState)


def test_who_is_excused_is_not_counted():
    found = board(Card("a", CardState.HANDED_IN), Card("b", CardState.WAIVED), Card("c", CardState.SILENT))

    assert (found.handed_in, found.expected) == (1, 2)


def test_every_state_has_a_word_beside_its_colour():
    words = pictures._words()["state"]

    assert set(words) == {str(state) for state in CardState}
    assert len(set(words.values())) == len(words)


def test_a_bar_stands_for_every_indicator_with_a_share_of_a_plan():
    chart = plan_chart(small_form(), given(rice="549", rice_plan="650", rice_percent="84.5"), "2026-W23", Decimal(43))

    assert chart.bars == (Bar("Diện tích lúa", "ha", Decimal(650), Decimal(549), Decimal("84.5")),)


def test_an_indicator_without_a_value_has_no_bar_and_is_not_zero():
    chart = plan_chart(small_form(), given(rice_plan="650"), "2026-W23", Decimal(43))
    zero = PlanChart("2026-W23", Decimal(43), (Bar("lúa mùa", "ha", Decimal(650), Decimal(0), Decimal(0)),))

    assert chart.bars == (Bar("Diện tích lúa", "ha", Decimal(650), None, None),)
    assert plan_png(chart) != plan_png(zero)


def test_a_figure_taken_back_is_a_missing_one():
    figures = given(rice_plan="650") | {"rice": Figure("rice", "2026-W23", None, State.NO_DATA)}

    assert plan_chart(small_form(), figures, "2026-W23", Decimal(43)).bars[0].value is None


def test_a_week_without_a_figure_has_no_column():
    def weeks(last: Decimal | None) -> History:
        return history(small_form(), "rice", [Point("2026-W22", Decimal(530)), Point("2026-W23", last)], Decimal(650))

    assert weeks(None).department == "Phòng Kinh tế"
    assert history_png(weeks(None)) != history_png(weeks(Decimal(0)))


@pytest.mark.parametrize("points", [(), (Point("2026-W23", None),), (Point("2026-W23", Decimal(0)),)])
def test_a_history_of_nothing_is_still_a_picture(points):
    assert size(history_png(History("Ổ dịch", "ổ", "Phòng Kinh tế", points)))[0] == 1080


def test_what_a_person_typed_is_drawn_literally():
    card = Card(HOSTILE, CardState.PARTIAL, 1, 2, (HOSTILE,))
    bar = Bar(HOSTILE, HOSTILE, Decimal(1), Decimal(1), Decimal(100))
    drawn = [
        board_png(board(card)),
        plan_png(PlanChart("2026-W23", Decimal(43), (bar,))),
        history_png(History(HOSTILE, HOSTILE, HOSTILE, (Point("2026-W23", Decimal(1)),))),
    ]

    assert [size(picture)[0] for picture in drawn] == [1080, 1080, 1080]
