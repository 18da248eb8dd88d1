"""The table of rights, and its printed copy."""

from __future__ import annotations

from bot.decisions.rights import PRESSES, may_press, may_type, roles_of
from bot.facts import Person, Post, PostRole
from bot.replies.command_words import CommandKind, Who
from handlers.officechat import EFFECTS, LEADER_WORDS, OFFICE_WORDS
from tests.print_rights import TARGET, printed


def person(*roles: PostRole) -> Person:
    return Person(1, "Lan", posts=tuple(Post(role, "hoi-ccb") for role in roles))


def test_printed_rights_are_those_of_the_code() -> None:
    assert TARGET.read_text(encoding="utf-8") == printed()


def test_every_word_that_is_carried_out_is_in_the_table_for_its_role() -> None:
    assert [k for k in OFFICE_WORDS if not may_type((Who.OFFICE,), k)] == []
    assert [k for k in LEADER_WORDS if not may_type((Who.LEADER,), k)] == []


def test_button_that_the_table_does_not_name_is_the_offices() -> None:
    assert set(PRESSES) <= set(EFFECTS)
    assert may_press((Who.OFFICE,), "post_now")
    assert not may_press((Who.RESPONDENT, Who.LEADER, Who.GROUP), "post_now")


def test_approval_is_the_leaders_and_the_offices_only_where_there_is_none() -> None:
    secretary = person(PostRole.SECRETARY)
    assert may_press(roles_of(person(PostRole.LEADER), has_leader=True), "approve")
    assert not may_press(roles_of(secretary, has_leader=True), "approve")
    assert may_press(roles_of(secretary, has_leader=False), "approve")
    assert not may_press(roles_of(person(PostRole.RESPONDENT), has_leader=False), "approve")


def test_somebody_without_a_post_has_no_right_at_all() -> None:
    roles = roles_of(person(), has_leader=True)
    assert [k for k in CommandKind if may_type(roles, k)] == []
    assert [e for e in EFFECTS if may_press(roles, e)] == []
