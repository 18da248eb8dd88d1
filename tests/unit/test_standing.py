"""Where departments stand, week 23 with an opening on Thursday 08:00 and a deadline on Friday 16:00."""

from __future__ import annotations

from dataclasses import replace

from bot.facts import (
    Extension,
    Leave,
    Person,
    Post,
    PostRole,
    State,
    Waiver,
)
from bot.periods.standing import Item, PeriodFacts, Standing, answering, completeness
from tests.unit.planning import (
    ECONOMY,
    EVERYTHING,
    NOTHING,
    PERIOD,
    at,
    done_by,
    figure,
    stand,
)


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
