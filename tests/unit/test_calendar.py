"""Periods, their moments, and the working calendar."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts import DayKind, DayMark, DeadlineMove
from bot.periods.calendar import (
    Period,
    Quiet,
    Schedule,
    WeekTime,
    moments,
    parse_duration,
    period_at,
    periods_to_watch,
)
from bot.periods.working_days import holiday_proposal, working_days

WEEK_23 = Period(2026, 23)
SCHEDULE = Schedule(
    opens=WeekTime.parse("thu 08:00"),
    deadline=WeekTime.parse("fri 16:00"),
    reminders=tuple(map(parse_duration, ("24h", "3h", "1h"))),
    post=WeekTime.parse("fri 17:00"),
)


def at(text: str) -> datetime:
    """A local time in Vietnam: "2026-06-04 08:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=SCHEDULE.zone).astimezone(UTC)


def local(instant: datetime | None) -> str:
    assert instant is not None
    return instant.astimezone(SCHEDULE.zone).strftime("%Y-%m-%d %H:%M")


def moved(**to: str) -> DeadlineMove:
    instants = {name: at(value) for name, value in to.items()}
    return DeadlineMove(str(WEEK_23), reason="nghỉ lễ", person_id=1, at=at("2026-05-28 09:00"), **instants)


def test_a_period_is_the_iso_week_it_is_about():
    assert Period.of(date(2026, 6, 7)) == WEEK_23
    assert str(WEEK_23) == "2026-W23"
    assert (WEEK_23.monday, WEEK_23.sunday) == (date(2026, 6, 1), date(2026, 6, 7))


def test_week_53_runs_into_january_and_is_followed_by_week_1():
    last = Period.parse("2026-W53")

    assert last.sunday == date(2027, 1, 3)
    assert last.next == Period(2027, 1)
    assert Period(2027, 1).previous == last


@pytest.mark.parametrize("text", ["2025-W53", "2026-W00", "2026-23", "2026-W7", "2026-W230", ""])
def test_what_is_no_week_is_no_period(text):
    with pytest.raises(ValueError):
        Period.parse(text)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_its_period_and_names_read_back(day):
    period = Period.of(day)

    assert period.monday <= day <= period.sunday
    assert Period.parse(str(period)) == period
    assert period.next.previous == period


@pytest.mark.parametrize("text", ["thu 24:00", "thu 8", "thứ năm 08:00", "08:00", "xyz 08:00", "thu 08:60"])
def test_what_is_no_time_of_the_week_is_refused(text):
    with pytest.raises(ValueError):
        WeekTime.parse(text)


def test_lengths_of_time_are_read_in_days_hours_and_minutes():
    assert parse_duration("24h") == parse_duration("1d") == timedelta(days=1)
    assert parse_duration("2h30m") == timedelta(minutes=150)


@pytest.mark.parametrize("text", ["", "0m", "3", "-1h", "1.5h", "h"])
def test_what_is_no_length_of_time_is_refused(text):
    with pytest.raises(ValueError):
        parse_duration(text)


def test_moments_stand_at_the_minutes_of_the_schedule():
    week = moments(SCHEDULE, WEEK_23)

    assert local(week.opens) == "2026-06-04 08:00"
    assert local(week.deadline) == "2026-06-05 16:00"
    assert [local(step) for step in week.reminders] == ["2026-06-04 16:00", "2026-06-05 13:00", "2026-06-05 15:00"]
    assert local(week.escalate) == "2026-06-05 16:30"
    assert local(week.post) == "2026-06-05 17:00"
    assert local(week.ends) == "2026-06-11 08:00"


def test_reminders_that_would_come_before_the_opening_are_left_out():
    short = Schedule(opens=WeekTime.parse("fri 14:00"), deadline=WeekTime.parse("fri 16:00"))

    assert [local(step) for step in moments(short, WEEK_23).reminders] == ["2026-06-05 15:00"]


def test_a_deadline_may_lie_in_the_week_after():
    schedule = Schedule(
        opens=WeekTime.parse("fri 08:00"), deadline=WeekTime.parse("mon 09:00"), post=WeekTime.parse("mon 08:00")
    )
    week = moments(schedule, WEEK_23)

    assert local(week.deadline) == "2026-06-08 09:00"
    assert local(week.post) == "2026-06-15 08:00"


def test_a_move_the_office_agreed_to_wins_and_reminders_follow_it():
    week = moments(SCHEDULE, WEEK_23, [moved(deadline="2026-06-03 15:00", opens="2026-06-02 08:00")])

    assert (local(week.opens), local(week.deadline)) == ("2026-06-02 08:00", "2026-06-03 15:00")
    assert [local(step) for step in week.reminders] == ["2026-06-02 15:00", "2026-06-03 12:00", "2026-06-03 14:00"]
    assert week.moved_at == at("2026-05-28 09:00")


def test_the_last_move_of_a_period_holds():
    moves = [moved(deadline="2026-06-03 15:00"), moved(deadline="2026-06-05 10:00")]

    assert local(moments(SCHEDULE, WEEK_23, moves).deadline) == "2026-06-05 10:00"
    assert moments(SCHEDULE, WEEK_23.next, moves).moved_at is None


def test_reminders_older_than_the_news_of_a_moved_deadline_are_left_out():
    late = DeadlineMove(str(WEEK_23), at("2026-06-05 18:00"), "họp", at("2026-06-05 14:00"))

    assert [local(step) for step in moments(SCHEDULE, WEEK_23, [late]).reminders] == [
        "2026-06-05 15:00",
        "2026-06-05 17:00",
    ]


def test_a_week_stays_current_until_the_next_one_opens():
    assert period_at(at("2026-06-08 09:00"), SCHEDULE) == WEEK_23
    assert period_at(at("2026-06-11 07:59"), SCHEDULE) == WEEK_23
    assert period_at(at("2026-06-11 08:00"), SCHEDULE) == WEEK_23.next


def test_a_week_that_was_over_when_the_office_began_is_never_current():
    monday, friday = at("2026-06-01 09:00"), at("2026-06-05 09:00")

    assert period_at(monday, SCHEDULE, since=monday) == WEEK_23
    assert period_at(friday, SCHEDULE, since=friday) == WEEK_23
    assert periods_to_watch(friday, SCHEDULE, since=friday) == (WEEK_23, WEEK_23.next)


def test_an_early_opening_makes_its_week_current():
    move = moved(deadline="2026-06-03 15:00", opens="2026-06-02 08:00")

    assert period_at(at("2026-06-02 08:00"), SCHEDULE, [move]) == WEEK_23


@given(st.integers(0, 430 * 24 * 60))
def test_the_current_period_never_goes_back(minutes):
    now = at("2025-12-01 00:00") + timedelta(minutes=minutes)

    assert period_at(now, SCHEDULE) <= period_at(now + timedelta(hours=7), SCHEDULE)
    assert moments(SCHEDULE, period_at(now, SCHEDULE)).opens <= now < moments(SCHEDULE, period_at(now, SCHEDULE)).ends


def test_quiet_hours_run_over_midnight_and_end():
    schedule = Schedule(quiet=(Quiet(time(21), time(6)),))

    assert schedule.is_quiet(at("2026-06-04 23:00"))
    assert local(schedule.next_loud(at("2026-06-04 23:00"))) == "2026-06-05 06:00"
    assert local(schedule.next_loud(at("2026-06-05 05:00"))) == "2026-06-05 06:00"
    assert local(schedule.next_loud(at("2026-06-05 06:00"))) == "2026-06-05 06:00"


def test_nothing_is_quiet_unless_it_was_set():
    assert not SCHEDULE.is_quiet(at("2026-06-04 03:00"))


def test_the_office_is_asked_before_the_long_weekend_of_30_april():
    schedule = Schedule(opens=WeekTime.parse("thu 08:00"), deadline=WeekTime.parse("fri 15:00"))
    proposal = holiday_proposal(schedule, Period(2026, 18), working_days([2026]))

    assert proposal is not None
    assert [day for day, _ in proposal.days_off] == [date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)]
    assert local(proposal.opens) == "2026-04-28 08:00"
    assert local(proposal.deadline) == "2026-04-29 15:00"


def test_a_whole_week_off_is_proposed_for_the_first_working_day_after():
    proposal = holiday_proposal(SCHEDULE, Period(2026, 8), working_days([2026]))

    assert proposal is not None
    assert (local(proposal.opens), local(proposal.deadline)) == ("2026-02-13 08:00", "2026-02-23 16:00")
    assert local(proposal.post) == "2026-02-23 17:00"


def test_an_ordinary_week_proposes_nothing_and_a_holiday_moves_nothing():
    calendar = working_days([2026])

    assert holiday_proposal(SCHEDULE, WEEK_23, calendar) is None
    week = moments(SCHEDULE, Period(2026, 18), is_off=calendar.is_holiday)
    assert local(week.deadline) == "2026-05-01 16:00"
    assert local(week.holiday_ahead) == "2026-04-23 08:00"


def test_the_local_table_wins_over_the_known_holidays():
    marks = [
        DayMark("2026-01-02", DayKind.OFF, "hoán đổi"),
        DayMark("2026-01-10", DayKind.WORK),
        DayMark("2026-05-01", DayKind.WORK),
    ]
    calendar = working_days([2026], marks)

    assert calendar.holiday(date(2026, 1, 2)) == "hoán đổi"
    assert calendar.is_working(date(2026, 1, 10))
    assert calendar.is_working(date(2026, 5, 1))
    assert calendar.is_working(date(2026, 8, 22)), "a compensated Saturday the library knows"
    assert not calendar.is_working(date(2026, 1, 3))


def test_the_last_mark_of_a_day_holds():
    marks = [DayMark("2026-06-05", DayKind.OFF, "bão"), DayMark("2026-06-05", DayKind.WORK)]

    assert working_days([2026], marks).is_working(date(2026, 6, 5))


def test_a_mark_taken_back_leaves_the_day_as_it_is_known():
    marks = [DayMark("2026-05-01", DayKind.WORK), DayMark("2026-05-01", DayKind.USUAL)]

    assert working_days([2026], marks).holiday(date(2026, 5, 1)) is not None
