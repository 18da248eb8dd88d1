"""What is due when, week 23 with an opening on Thursday 08:00 and a deadline on Friday 16:00."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.facts import (
    DeadlineMove,
    Extension,
    Promise,
    ReportState,
)
from bot.periods.actions import ActionKind, ReportStanding, Why
from bot.periods.calendar import Quiet, WeekTime, moments
from bot.periods.plan import due_actions
from bot.periods.standing import Item, PeriodFacts
from tests.unit.planning import (
    EVERYTHING,
    NOTHING,
    PERIOD,
    SCHEDULE,
    WEEK,
    Office,
    at,
    figure,
    reasons,
    stand,
    text,
)


def test_a_silent_week_runs_from_opening_to_escalation():
    office = Office()

    assert office.does("thu 07:59") == []
    assert office.does("thu 08:00") == [("open", "office"), ("prompt", "person:1"), ("prompt", "person:2")]
    assert office.does("thu 08:01") == []
    assert office.does("thu 16:00") == [("remind", "person:1"), ("remind", "person:2")]
    assert office.does("fri 13:00") == [("remind", "person:1"), ("remind", "person:2")]
    assert office.does("fri 15:00") == [("remind", "person:1"), ("remind", "person:2")]
    assert office.does("fri 16:00") == [("close", "office"), ("draft", "office")]
    assert office.does("fri 16:30") == [
        ("escalate", "leader"),
        ("escalated_notice", "person:1"),
        ("escalated_notice", "person:2"),
    ]
    assert office.does("sat 08:00") == []


def test_reminders_are_numbered_and_know_the_last():
    office = Office()
    office.tick("thu 08:00")

    first = [action for action in office.tick("thu 16:00").due if action.person_id == 1]
    office.tick("fri 13:00")
    last = [action for action in office.tick("fri 15:00").due if action.person_id == 1]
    assert [(one.step, one.is_last) for one in first + last] == [(1, False), (3, True)]


def test_one_person_with_two_departments_gets_one_message():
    office = Office(seats={"kinh-te": (1,), "ccb": (1,)})
    prompts = [action for action in office.tick("thu 08:00").due if action.kind is ActionKind.PROMPT]

    assert [action.departments for action in prompts] == [("kinh-te", "ccb")]


def test_only_those_who_owe_are_reminded_and_the_reason_is_kept():
    office = Office(facts=PeriodFacts(figures=[figure("meetings")]))
    office.tick("thu 08:00")
    plan = office.tick("thu 16:00")

    assert [action.target for action in plan.due] == ["person:1"]
    assert reasons(plan, ActionKind.REMIND) == {Why.HANDED_IN}


def test_who_promised_a_later_hour_is_left_in_peace_until_then():
    office = Office()
    office.facts = PeriodFacts(promises=[Promise("ccb", PERIOD, at("fri 14:00"))])
    office.tick("thu 08:00")

    assert reasons(office.tick("thu 16:00"), ActionKind.REMIND) == {Why.PROMISED}
    assert ("remind", "person:2") not in office.does("fri 13:00")
    assert ("remind", "person:2") in office.does("fri 15:00")


def test_a_promise_for_one_section_leaves_the_others_owed():
    office = Office(facts=PeriodFacts(promises=[Promise("kinh-te", PERIOD, at("fri 14:00"), ("A",))]))
    office.tick("thu 08:00")

    assert ("remind", "person:1") in office.does("thu 16:00")
    assert stand(office.facts, "thu 16:00")["kinh-te"].owed_now == (Item("B"),)


def test_who_joins_late_is_prompted_once_and_not_reminded_in_the_same_breath():
    office = Office(seats={"ccb": (2,)})
    office.tick("thu 08:00")
    office.seats["kinh-te"] = (1,)
    plan = office.tick("fri 13:00")

    assert ("prompt", "person:1") in [(action.kind.value, action.target) for action in plan.due]
    assert Why.JUST_PROMPTED in reasons(plan, ActionKind.REMIND)
    assert office.does("fri 13:01") == []


def test_who_joins_after_the_deadline_is_not_prompted():
    office = Office(seats={"ccb": (2,)})
    office.tick("thu 08:00")
    office.seats["kinh-te"] = (1,)

    assert Why.AFTER_DEADLINE in reasons(office.tick("fri 16:00"), ActionKind.PROMPT)


def test_an_outage_over_the_opening_ends_in_prompts_without_reminders():
    plan = Office().tick("fri 14:00")

    assert {action.kind for action in plan.due} == {ActionKind.OPEN, ActionKind.PROMPT}
    assert reasons(plan, ActionKind.REMIND) == {Why.SUPERSEDED, Why.JUST_PROMPTED}


def test_an_outage_over_two_reminders_sends_the_latest_only():
    office = Office()
    office.tick("thu 08:00")
    plan = office.tick("fri 13:30")

    assert [(action.target, action.step) for action in plan.due] == [("person:1", 2), ("person:2", 2)]
    assert reasons(plan, ActionKind.REMIND) == {Why.SUPERSEDED}


def test_a_missed_reminder_gives_way_when_the_next_is_nearer():
    office = Office()
    office.tick("thu 08:00")

    assert reasons(office.tick("fri 14:30"), ActionKind.REMIND) == {Why.SUPERSEDED, Why.NEXT_IS_NEAR}
    assert office.does("fri 15:00") == [("remind", "person:1"), ("remind", "person:2")]


def test_an_hour_of_outage_over_the_deadline_neither_loses_nor_doubles():
    office = Office()
    office.tick("thu 08:00")
    office.tick("fri 13:00")
    plan = office.tick("fri 16:40")

    assert [action.kind.value for action in plan.due] == [
        "close",
        "draft",
        "escalate",
        "escalated_notice",
        "escalated_notice",
    ]
    assert reasons(plan, ActionKind.REMIND) == {Why.AFTER_DEADLINE}
    assert office.does("fri 16:41") == []


def test_a_clock_that_steps_back_repeats_nothing():
    office = Office()
    for when in ("thu 08:00", "fri 13:00", "fri 16:00"):
        office.tick(when)

    assert office.does("fri 12:00") == []
    assert office.does("fri 16:00") == []


def test_an_extension_is_reminded_once_half_an_hour_before_and_escalated_after_its_own_grace():
    office = Office(seats={"ccb": (2,)}, facts=replace(EVERYTHING, figures=[figure("rice"), figure("maize")]))
    office.tick("thu 08:00")
    office.facts = replace(
        office.facts, extensions=[Extension("ccb", PERIOD, at("fri 18:00"), granted=True, at=at("thu 10:00"))]
    )

    assert reasons(office.tick("fri 13:00"), ActionKind.REMIND) == {Why.EXTENDED}
    assert office.does("fri 16:30") == [("close", "office"), ("draft", "office")]
    assert office.does("fri 17:30") == [("remind_extension", "person:2")]
    assert office.does("fri 18:00") == []
    assert office.does("fri 18:30") == [("escalate", "leader"), ("escalated_notice", "person:2")]


def test_an_extension_granted_at_the_last_minute_is_not_followed_by_a_reminder():
    office = Office(seats={"ccb": (2,)})
    office.tick("fri 15:00")
    office.facts = PeriodFacts(extensions=[Extension("ccb", PERIOD, at("fri 16:20"), granted=True, at=at("fri 15:55"))])

    assert reasons(office.tick("fri 15:56"), ActionKind.REMIND_EXTENSION) == {Why.JUST_GRANTED}


def test_a_figure_withdrawn_after_the_escalation_hour_reports_nobody():
    office = Office(facts=EVERYTHING)
    office.tick("fri 16:30")
    office.facts = NOTHING

    assert office.does("sat 08:00") == []


def test_a_department_nobody_answers_for_is_not_reported_to_the_leader():
    office = Office(
        seats={"kinh-te": (1,)}, facts=PeriodFacts(figures=[figure("rice"), figure("maize")], texts=[text("B")])
    )

    assert reasons(office.tick("fri 16:30"), ActionKind.ESCALATE) == {Why.HANDED_IN, Why.NOBODY}


def test_open_questions_go_to_the_office_half_an_hour_before_the_deadline():
    office = Office(facts=PeriodFacts(doubtful=frozenset({"meetings"})))
    office.tick("fri 15:00")
    plan = office.tick("fri 15:30")

    assert [(action.kind.value, action.departments) for action in plan.due] == [("hand_over", ("ccb",))]


def test_an_approved_report_is_posted_at_its_hour_and_once():
    office = Office(facts=EVERYTHING)
    office.tick("fri 16:30")
    office.report = ReportStanding(ReportState.APPROVED, 1, at("fri 16:20"), at("fri 16:40"))

    assert office.does("fri 16:45") == []
    assert office.does("fri 17:00") == [("post", "group")]
    assert office.does("fri 17:01") == []


def test_a_report_approved_late_or_re_issued_is_posted_at_once():
    office = Office(facts=EVERYTHING)
    office.tick("fri 17:00")
    office.report = ReportStanding(ReportState.APPROVED, 1, at("fri 17:05"), at("fri 17:20"))
    assert office.does("fri 17:20") == [("post", "group")]

    office.report = ReportStanding(ReportState.APPROVED, 2, at("sat 08:00"), at("sat 09:30"))
    assert office.does("sat 09:30") == [("post", "group")]


def test_on_approval_means_on_approval():
    office = Office(replace(SCHEDULE, post=None), EVERYTHING)
    office.report = ReportStanding(ReportState.APPROVED, 1, at("fri 10:00"), at("fri 10:05"))

    assert ("post", "group") in office.does("fri 10:05")


def test_the_office_may_hold_the_post_or_send_it_ahead_of_its_hour():
    office = Office(facts=EVERYTHING)
    office.tick("fri 16:30")
    approved = ReportStanding(ReportState.APPROVED, 1, at("fri 16:20"), at("fri 16:40"))
    office.report = replace(approved, is_on_hold=True)
    assert office.does("fri 18:00") == []

    office.report = replace(approved, is_at_once=True)
    assert office.does("fri 18:01") == [("post", "group")]


def test_a_post_is_never_dropped_not_even_weeks_later():
    office = Office(facts=EVERYTHING)
    office.report = ReportStanding(ReportState.APPROVED, 1, at("fri 16:20"), at("fri 16:40"))

    assert ("post", "group") in office.does(WEEK.ends + timedelta(days=14))


def test_nobody_is_prompted_or_reminded_once_the_report_is_approved():
    office = Office()
    office.tick("thu 08:00")
    office.report = ReportStanding(ReportState.APPROVED, 1, at("fri 12:00"), at("fri 12:30"), is_on_hold=True)

    assert reasons(office.tick("fri 13:00"), ActionKind.REMIND) == {Why.LOCKED}


def test_the_leader_is_asked_again_shortly_before_the_post():
    office = Office(facts=EVERYTHING)
    office.tick("fri 16:30")
    office.report = ReportStanding(ReportState.SUBMITTED, 1, at("fri 16:35"))

    assert office.does("fri 16:45") == [("approval_due", "leader")]
    assert office.does("fri 16:50") == []


def test_a_draft_goes_to_the_leader_by_itself_only_where_that_is_set():
    office = Office(replace(SCHEDULE, submit=timedelta(minutes=40)), EVERYTHING)
    office.tick("fri 16:30")
    office.report = ReportStanding(ReportState.DRAFT, 1)

    assert office.does("fri 16:40") == [("ask_approval", "leader")]


def test_late_messages_wait_for_the_end_of_quiet_hours_but_the_offices_own_hours_do_not():
    night = Quiet(time(21), time(6))
    office = Office(replace(SCHEDULE, quiet=(night,)))
    assert office.does("thu 23:00") == [("open", "office")]
    assert ("prompt", "person:1") in office.does("fri 06:00")

    early = Office(replace(SCHEDULE, opens=WeekTime.parse("thu 05:30"), quiet=(night,)))
    assert ("prompt", "person:1") in early.does("thu 05:30")


def test_a_moved_deadline_has_its_own_reminders_and_closes_at_its_own_hour():
    office = Office()
    office.tick("thu 08:00")
    office.tick("thu 16:00")
    office.moves = [DeadlineMove(PERIOD, at("fri 11:00"), "họp", at("thu 17:00"))]

    assert office.does("fri 08:00") == [("remind", "person:1"), ("remind", "person:2")]
    assert office.does("fri 10:00") == [("remind", "person:1"), ("remind", "person:2")]
    assert office.does("fri 11:00") == [("close", "office"), ("draft", "office")]


def test_the_office_is_asked_about_a_day_off_a_week_ahead_and_not_after_the_opening():
    days_off = {at("fri 16:00").astimezone(SCHEDULE.zone).date()}
    week = moments(SCHEDULE, WEEK.period, is_off=days_off.__contains__)
    ahead = datetime(2026, 5, 28, 1, 0, tzinfo=UTC)

    assert [action.kind for action in due_actions(ahead, SCHEDULE, week, (), set()).due] == [ActionKind.HOLIDAY_AHEAD]
    late = due_actions(at("thu 08:00"), SCHEDULE, week, (), set())
    assert reasons(late, ActionKind.HOLIDAY_AHEAD) == {Why.AFTER_OPENING}


def test_a_board_at_a_set_time_is_stale_after_an_hour():
    schedule = replace(SCHEDULE, boards=(WeekTime.parse("fri 09:00"),))

    assert ("board", "office") in Office(schedule).does("fri 09:30")
    assert Why.STALE in reasons(Office(schedule).tick("fri 10:30"), ActionKind.BOARD)
