"""The reader's doubts as messages: all of the gold week's render, and no answer stores what the person did not say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.decisions.as_written import as_read
from bot.decisions.desk import Desk
from bot.decisions.questions import question_data, question_say
from bot.decisions.reply import with_taken
from bot.decisions.taking import take
from bot.facts import Figure, Person
from bot.forms.model import Role
from bot.periods.calendar import Schedule, moments, period_at
from bot.rendering.forms import load_form, load_opening
from bot.rendering.messages import Catalogue, Traits
from bot.rendering.messages import Reader as Addressee
from bot.replies.read import Reader
from bot.replies.reading import Candidate, Mode, ProblemCode, Question
from bot.replies.reading_json import context_from_json

GOLD = Path(__file__).resolve().parent.parent / "data" / "gold"
NOW = datetime(2026, 6, 5, 2, 0, tzinfo=UTC)
WEEK = "2026-W23"
PHONE, ZALO = Traits(), Traits(buttons=False, max_text=1900)
FORM = load_form("dang-uy-xa")
OPENING = load_opening("dang-uy-xa", FORM)
READER = Reader(FORM)
CATALOGUE = Catalogue.load()
REPLIES = json.loads((GOLD / "replies.json").read_text(encoding="utf-8"))["replies"]
RICE, RICE_PLAN, RICE_PCT = "rice_area_done_ha", "rice_area_plan_ha", "rice_area_pct"


def desk_of(department: str, **known: Decimal) -> Desk:
    schedule = Schedule()
    plans = {i: v for i, v in known.items() if FORM.indicators[i].role is Role.PLAN}
    return Desk(
        form=FORM,
        moments=moments(schedule, period_at(NOW, schedule)),
        now=NOW,
        person=Person(1, "Hùng"),
        department=department,
        office="Văn phòng Đảng ủy",
        zone=schedule.zone,
        previous={**OPENING.values, **known},
        plans={**OPENING.plans, **plans},
    )


def economy(**stored: str) -> Desk:
    figures = {i: Figure(i, WEEK, Decimal(v), provisional=True) for i, v in stored.items()}
    return replace(desk_of("phong-kinh-te"), figures=figures)


def asked(reply: dict) -> tuple[Desk, tuple[Question, ...]]:
    """The questions of one gold reply, and the desk once the rest of it is stored."""
    request = {"section_id": reply["section_id"], "part_id": reply["part_id"], "context": reply["context"]}
    context = context_from_json(request, FORM)
    desk = desk_of(FORM.sections[reply["section_id"]].department, **context.previous)
    taken = take(desk, READER.read(reply["text"], context), reply["text"], 1)
    return with_taken(desk, taken), taken.questions


@pytest.mark.parametrize("traits", [PHONE, ZALO], ids=["buttons", "no buttons"])
@pytest.mark.parametrize("reply", [r for r in REPLIES if r["ask"]], ids=lambda r: r["id"])
def test_every_question_of_the_gold_week_can_be_asked_and_answered(reply, traits):
    desk, questions = asked(reply)
    for question in questions:
        said = question_say(desk, question)
        words = CATALOGUE.render(said.message, said.data, Addressee(name="Hùng"), traits)

        labels = [b.label for b in words.buttons]
        assert "None" not in words.text
        assert len(set(labels)) == len(labels), "two answers look the same"
        for button in words.buttons:
            answer = said.answers.get(button.key)
            is_word = not words.is_choice
            assert is_word or (answer is not None and (answer.sets or answer.effect)), f"{button.key} does nothing"


def test_the_gold_week_asks_enough_to_mean_something():
    assert len([q for r in REPLIES for q in asked(r)[1]]) >= 20


def test_a_value_kept_against_a_wrong_percent_leaves_the_percent_to_be_computed():
    question = Question(
        Mode.HOLD,
        ProblemCode.PERCENT_MISMATCH,
        (RICE_PCT,),
        (Candidate("84.46", RICE_PCT, Decimal("84.46"), "%"), Candidate("94.5", RICE_PCT, Decimal("94.5"), "%")),
        "94,5%",
        {f"as_read.{RICE_PCT}": "94.5"},
    )
    said = question_say(economy(**{RICE: "549"}), question)

    assert said.answers["keep_value"].sets == ((RICE, "549"),)
    assert said.data["stated"] == Decimal("94.5")
    assert said.data["computed"] == Decimal("84.46")


@pytest.mark.parametrize("key", ["total", "month", "that_day"])
def test_a_number_of_another_time_is_not_kept_as_the_weeks(key):
    question = Question(Mode.CONFIRM, ProblemCode.UNSPECIFIED_ROLE, ("clinic_visits_week",), quote="1009 lượt")

    assert question_say(desk_of("tram-y-te"), question).answers[key].effect == "resend"


def test_a_total_offered_by_the_reader_is_stored_as_the_total():
    week, total = "land_cert_first_issue_week", "land_cert_first_issue_cumulative"
    offers = (Candidate("week", week, Decimal(3), "giấy"), Candidate("total", total, Decimal(3), "giấy"))
    said = question_say(economy(), Question(Mode.HOLD, ProblemCode.UNSPECIFIED_ROLE, (week, total), offers, "3"))

    assert said.answers["total"].sets == ((total, "3"),)
    assert said.answers["week"].sets == ((week, "3"),)
    assert (said.data["last"], said.data["total"]) == (Decimal(28), Decimal(31))


def test_a_slash_turned_round_sets_both_sides():
    offers = (Candidate("swap", RICE, Decimal(549), "ha"), Candidate("as_written", RICE, Decimal(650), "ha"))
    question = Question(Mode.HOLD, ProblemCode.SWAPPED_RATIO, (RICE, RICE_PLAN), offers, "650/549")
    said = question_say(economy(), question)

    assert said.answers["swap"].sets == ((RICE, "549"), (RICE_PLAN, "650"))
    assert said.answers["as_written"].sets == ((RICE, "650"), (RICE_PLAN, "549"))
    assert (said.data["value"], said.data["plan"]) == (Decimal(549), Decimal(650))


def test_a_unit_is_offered_once_and_sets_every_figure_counted_in_it():
    done, plan = "public_investment_disbursed", "public_investment_plan"
    offers = (
        Candidate("1000", done, Decimal(1000), "triệu đồng"),
        Candidate("21070", plan, Decimal(21070), "triệu đồng"),
        Candidate("1000000", done, Decimal(1000000), "tỷ đồng"),
        Candidate("21070000", plan, Decimal(21070000), "tỷ đồng"),
    )
    question = Question(Mode.CONFIRM, ProblemCode.UNIT_IMPLAUSIBLE, (done, plan), offers, "1.000/21.070 tỷ đồng")
    said = question_say(economy(), question)
    words = CATALOGUE.render(said.message, said.data, Addressee(name="Hùng"), PHONE)

    assert [b.label for b in words.buttons] == ["Triệu đồng", "Tỷ đồng"]
    assert said.answers[words.buttons[1].key].sets == ((done, "1000000"), (plan, "21070000"))


def test_a_question_without_offers_invites_to_no_choice():
    said = question_say(economy(), Question(Mode.HOLD, ProblemCode.UNIT_MISMATCH, (RICE,), quote="549 tấn"))
    words = CATALOGUE.render(said.message, said.data, Addressee(name="Hùng"), ZALO)

    assert words.text.endswith("Số này tính bằng đơn vị nào?")
    assert not words.is_choice


def test_a_jump_is_measured_by_the_number_as_it_was_written():
    offers = (Candidate("5490", RICE, Decimal(5490), "ha"), Candidate("549", RICE, Decimal(549), "ha"))
    data = question_data(economy(), Question(Mode.HOLD, ProblemCode.BIG_JUMP, (RICE,), offers, "5490/650"))

    assert (data["times"], data["against"]) == (Decimal(8), "plan")


def test_a_sum_that_does_not_come_out_names_what_disagrees():
    files = ("admin_files_received_week", "admin_files_resolved_week", "admin_files_pending")
    desk = replace(
        desk_of("tt-hanh-chinh-cong"),
        figures={i: Figure(i, WEEK, Decimal(v)) for i, v in zip(files, (68, 45, 22), strict=True)},
    )
    data = question_data(desk, Question(Mode.CONFIRM, ProblemCode.SUM_MISMATCH, files))

    assert (data["line"].label, data["line"].value) == (FORM.indicators[files[2]].short, Decimal(22))
    assert (data["expected"], data["at_least"]) == (Decimal(23), True)


def test_what_the_reader_says_of_itself_comes_before_its_candidates():
    offers = (Candidate("5490", RICE, Decimal(5490), "ha"),)
    question = Question(Mode.HOLD, ProblemCode.BIG_JUMP, (RICE,), offers, data={f"as_read.{RICE}": "5491"})

    assert as_read(question) == {RICE: Decimal(5491)}


@pytest.mark.parametrize("text", ["", "nan", "Infinity", "năm"])
def test_what_is_no_number_is_not_read_as_one(text):
    question = Question(Mode.HOLD, ProblemCode.NO_LABEL, (RICE,), data={f"as_read.{RICE}": text})

    assert as_read(question) == {}


@pytest.mark.parametrize("text", ["560", "không phát sinh", "như tuần trước", "chưa có số", "lúa mùa 560"])
def test_an_open_question_about_what_is_no_longer_asked_stops_no_reading(text):
    gone = context_from_json({"section_id": "II.1.1.a", "context": {"open": ["retired", RICE]}}, FORM)
    without = context_from_json({"section_id": "II.1.1.a", "context": {"open": [RICE]}}, FORM)

    assert READER.read(text, gone) == READER.read(text, without)
