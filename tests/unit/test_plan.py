"""What is due when: standings and plan, week 23 with an opening on Thursday 08:00 and a deadline on Friday 16:00."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from bot.facts import (
    DeadlineMove,
    Declaration,
    Extension,
    Figure,
    Leave,
    LiveText,
    Person,
    Post,
    PostRole,
    Promise,
    ReportState,
    State,
    Waiver,
)
from bot.periods.actions import ActionKind, Plan, ReportStanding, Why
from bot.periods.calendar import Period, Quiet, Schedule, WeekTime, moments, parse_duration
from bot.periods.plan import due_actions
from bot.periods.standing import Asked, Item, PeriodFacts, Standing, answering, completeness, standings

SCHEDULE = Schedule(
    opens=WeekTime.parse("thu 08:00"),
    deadline=WeekTime.parse("fri 16:00"),
    reminders=tuple(map(parse_duration, ("24h", "3h", "1h"))),
    post=WeekTime.parse("fri 17:00"),
)
WEEK = moments(SCHEDULE, Period(2026, 23))
PERIOD = str(WEEK.period)
ECONOMY = Asked("kinh-te", (Item("A", "rice"), Item("A", "maize"), Item("B")))
VETERANS = Asked("ccb", (Item("C", "meetings"),))
ASKED = (ECONOMY, VETERANS)
SEATS = {"kinh-te": (1,), "ccb": (2,)}
NOTHING = PeriodFacts()


def at(text: str) -> datetime:
    """A local hour of the week: "thu 08:00"."""
    return WeekTime.parse(text).in_week(WEEK.period.monday, SCHEDULE.zone)


def figure(indicator: str, when: str = "thu 09:00", state: State = State.VALUE) -> Figure:
    value = Decimal(1) if state is State.VALUE else None
    return Figure(indicator, PERIOD, value, state, at=at(when))


def text(section: str, when: str = "thu 09:00") -> LiveText:
    return LiveText(section, PERIOD, "Đã làm.", at=at(when))


def done_by(department: str, when: str, *, partial: bool = False) -> Declaration:
    return Declaration(department, PERIOD, 1, at(when), partial)


EVERYTHING = PeriodFacts(figures=[figure("rice"), figure("maize"), figure("meetings")], texts=[text("B")])


def stand(facts: PeriodFacts, when: str):
    return {one.department: one for one in standings(ASKED, facts, WEEK.deadline, at(when), SEATS)}


class Office:
    """Asks the plan at given hours and takes every claim it gets, as the tick does."""

    def __init__(self, schedule: Schedule = SCHEDULE, facts: PeriodFacts = NOTHING, seats=None):
        self.schedule, self.facts, self.seats = schedule, facts, dict(seats or SEATS)
        self.moves: list[DeadlineMove] = []
        self.done: set[str] = set()
        self.report = ReportStanding()

    def tick(self, when: str | datetime) -> Plan:
        now = at(when) if isinstance(when, str) else when
        week = moments(self.schedule, WEEK.period, self.moves)
        seen = standings(ASKED, self.facts, week.deadline, now, self.seats)
        plan = due_actions(now, self.schedule, week, seen, self.done, self.report)
        self.done |= {claim for action in plan.due for claim in action.claims}
        self.done |= {dropped.claim for dropped in plan.dropped}
        return plan

    def does(self, when: str | datetime) -> list[tuple[str, str]]:
        return [(action.kind.value, action.target) for action in self.tick(when).due]


def reasons(plan: Plan, kind: ActionKind) -> set[Why]:
    return {dropped.why for dropped in plan.dropped if dropped.kind is kind}


def test_before_anything_was_given_everybody_is_awaited():
    seen = stand(NOTHING, "thu 10:00")

    assert seen["kinh-te"].standing is Standing.AWAITED
    assert seen["kinh-te"].missing == ECONOMY.items
    assert (seen["kinh-te"].given, seen["kinh-te"].asked) == (0, 2)


def test_a_part_of_it_is_partial_and_the_rest_is_named_in_the_reports_order():
    seen = stand(PeriodFacts(figures=[figure("maize")]), "thu 10:00")["kinh-te"]

    assert seen.standing is Standing.PARTIAL
    assert seen.missing == (Item("A", "rice"), Item("B"))
    assert [(one.section, one.standing) for one in seen.sections] == [
        ("A", Standing.PARTIAL),
        ("B", Standing.AWAITED),
    ]


def test_everything_given_is_complete_and_confirmed_only_by_word():
    confirmed = replace(EVERYTHING, declarations=[done_by("ccb", "thu 11:00")])
    seen = stand(confirmed, "thu 12:00")

    assert seen["kinh-te"].standing is Standing.COMPLETE
    assert seen["ccb"].standing is Standing.CONFIRMED


def test_not_known_yet_is_an_answer_but_no_value():
    facts = PeriodFacts(figures=[figure("meetings", state=State.NO_DATA)])
    seen = stand(facts, "thu 12:00")["ccb"]

    assert seen.standing is Standing.COMPLETE
    assert (seen.given, seen.asked, seen.no_data) == (0, 1, ("meetings",))


def test_a_withdrawn_figure_is_missing_again():
    facts = PeriodFacts(figures=[figure("meetings"), figure("meetings", "thu 10:00", State.WITHDRAWN)])

    assert stand(facts, "thu 12:00")["ccb"].standing is Standing.AWAITED


def test_who_owes_after_the_deadline_is_late():
    assert stand(NOTHING, "fri 15:59")["ccb"].standing is Standing.AWAITED
    assert stand(NOTHING, "fri 16:00")["ccb"].standing is Standing.LATE


def test_a_part_handed_in_with_gaps_is_partial_and_owes_no_more():
    facts = PeriodFacts(figures=[figure("rice")], declarations=[done_by("kinh-te", "fri 15:00", partial=True)])
    seen = stand(facts, "fri 17:00")["kinh-te"]

    assert seen.standing is Standing.PARTIAL
    assert seen.is_handed_in


def test_a_waived_department_owes_nothing_and_is_not_counted():
    facts = PeriodFacts(waivers=[Waiver("ccb", PERIOD, "tập huấn", 9, at("thu 09:00"))])
    seen = stand(facts, "fri 17:00")

    assert seen["ccb"].standing is Standing.WAIVED
    assert completeness(seen.values()).expected == 1


def test_completeness_and_timeliness_are_two_numbers():
    facts = replace(EVERYTHING, figures=[figure("rice"), figure("maize"), figure("meetings", "sat 08:10")])
    counted = completeness(stand(facts, "sat 09:00").values())

    assert (counted.expected, counted.complete, counted.on_time) == (2, 2, 1)


def test_an_amendment_after_the_deadline_does_not_make_a_part_late():
    facts = replace(EVERYTHING, figures=[*EVERYTHING.figures, figure("meetings", "sat 08:10")])

    assert completeness(stand(facts, "sat 09:00").values()).on_time == 2


def test_an_extension_is_the_departments_own_deadline():
    granted = Extension("ccb", PERIOD, at("fri 18:00"), granted=True, at=at("fri 15:00"))
    refused = Extension("kinh-te", PERIOD, at("fri 18:00"), granted=False, at=at("fri 15:00"))
    seen = stand(PeriodFacts(extensions=[granted, refused]), "fri 17:00")

    assert seen["ccb"].standing is Standing.AWAITED
    assert seen["kinh-te"].standing is Standing.LATE


def test_a_substitute_answers_for_who_is_on_leave_and_a_deputy_where_none_was_named():
    head = Person(1, "Hùng", posts=(Post(PostRole.RESPONDENT, "kinh-te"),))
    deputy = Person(2, "Lan", posts=(Post(PostRole.DEPUTY, "kinh-te"),))
    other = Person(3, "Dung", posts=(Post(PostRole.RESPONDENT, "y-te"),))
    people = (head, deputy, other)

    def seats(*leaves: Leave) -> dict[str, tuple[int, ...]]:
        return answering(people, leaves, "2026-06-04")

    assert seats() == {"kinh-te": (1,), "y-te": (3,)}
    assert seats(Leave(1, "2026-06-01", "2026-06-07", 3, confirmed=True))["kinh-te"] == (3,)
    assert seats(Leave(1, "2026-06-01", "2026-06-07", None, confirmed=True))["kinh-te"] == (2,)
    assert seats(Leave(1, "2026-06-01", "2026-06-03", 3, confirmed=True))["kinh-te"] == (1,)
    assert seats(Leave(1, "2026-06-01", "2026-06-07", 3, confirmed=False))["kinh-te"] == (1,)


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
