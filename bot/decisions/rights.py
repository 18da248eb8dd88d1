"""Who may see and do what: one table, which the code asks and `docs/rights.md` prints.

Knows: roles, typed words, and what buttons bring about. A word's roles stand with its spellings in
`bot.replies.command_words`; a button that is not named here is the office's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.command_words import WORDS, CommandKind, Who

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.facts import Person

OFFICE_ONLY = frozenset({Who.OFFICE})
LEADER_ONLY = frozenset({Who.LEADER})
ABOVE = frozenset({Who.OFFICE, Who.LEADER})
ENROLLED = frozenset({Who.RESPONDENT, Who.OFFICE, Who.LEADER})

PRESSES: dict[str, frozenset[Who]] = {
    "approve": LEADER_ONLY,
    "return": LEADER_ONLY,
    "digest": ABOVE,
    "history": ABOVE,
    "source": ENROLLED,
    "enrol_yes": ENROLLED,
    "enrol_not_me": ENROLLED,
    "enrol_address": ENROLLED,
    "address": ENROLLED,
    "amend_value": frozenset({Who.RESPONDENT, Who.OFFICE}),
    "channel_prefer": ENROLLED,
    "past_pick_own": frozenset({Who.RESPONDENT}),
    "text_kept": frozenset({Who.RESPONDENT, Who.OFFICE}),
    "text_wanted": frozenset({Who.RESPONDENT, Who.OFFICE}),
    "leave_yes": frozenset({Who.RESPONDENT}),
    "leave_dates": frozenset({Who.RESPONDENT}),
    "leave_span": frozenset({Who.RESPONDENT}),
    "leave_person": frozenset({Who.RESPONDENT}),
    "leave_substitute": frozenset({Who.RESPONDENT, Who.OFFICE}),
    "substitute_accept": frozenset({Who.RESPONDENT, Who.OFFICE}),
    "substitute_decline": frozenset({Who.RESPONDENT, Who.OFFICE}),
}


def roles_of(person: Person, *, has_leader: bool) -> frozenset[Who]:
    """What a person is to the report now; nothing for somebody without a post.

    An office without an enrolled leader approves by its secretary's word.
    """
    roles = set()
    if person.is_secretary:
        roles |= {Who.OFFICE} if has_leader else {Who.OFFICE, Who.LEADER}
    elif person.departments:
        roles.add(Who.RESPONDENT)
    if person.is_leader:
        roles.add(Who.LEADER)
    return frozenset(roles)


def may_type(roles: Collection[Who], kind: CommandKind) -> bool:
    """Whether one of these roles has the word."""
    return any(word.kind is kind and not word.roles.isdisjoint(roles) for word in WORDS)


def may_press(roles: Collection[Who], effect: str) -> bool:
    return not PRESSES.get(effect, OFFICE_ONLY).isdisjoint(roles)
