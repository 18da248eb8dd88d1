"""People, posts, addresses, groups and the codes by which they come in."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.facts import Person, Post, PostRole
from storage import codes, groups, people
from storage.codes import Invitation
from tests.integration.storage_victim import NOW

if TYPE_CHECKING:
    from storage.database import Database, Transaction

HEAD = Post(PostRole.RESPONDENT, "phong-kinh-te")
DEPUTY = Post(PostRole.DEPUTY, "phong-kinh-te")
CLERK = Post(PostRole.SECRETARY, "van-phong")
LEADER = Post(PostRole.LEADER, "van-phong")
CODE = "LP7K-4MQ2-XD9T"


async def known(tx: Transaction, name: str, *posts: Post, chat: str = "") -> int:
    newcomer = Person(0, name, posts=posts, channel="fake" if chat else "", chat_id=chat, first_period="2026-W23")
    return await people.add_person(tx, newcomer, NOW)


async def names_of(tx: Transaction, department: str) -> list[str]:
    return [person.name for person in await people.people_of(tx, department)]


async def test_a_person_is_found_by_where_they_write_from(db: Database) -> None:
    async with db.transaction() as tx:
        await known(tx, "Hùng", HEAD, chat="11")
        mai = await known(tx, "Mai", CLERK, HEAD, chat="12")

        assert await people.person_at(tx, "fake", "12") == Person(
            mai, "Mai", posts=(CLERK, HEAD), channel="fake", chat_id="12", first_period="2026-W23"
        )
        assert await people.person_at(tx, "fake", "13") is None
        assert await people.person_at(tx, "zalo", "12") is None


async def test_people_are_listed_by_what_they_are_to_the_report(db: Database) -> None:
    async with db.transaction() as tx:
        await known(tx, "Lan", DEPUTY)
        await known(tx, "Hùng", HEAD)
        await known(tx, "Mai", CLERK)
        await known(tx, "Thắng", LEADER)

        assert await names_of(tx, "phong-kinh-te") == ["Hùng", "Lan"]
        assert await names_of(tx, "van-phong") == ["Mai"]
        assert [person.name for person in await people.secretaries(tx)] == ["Mai"]
        assert [person.name for person in await people.leaders(tx)] == ["Thắng"]
        assert [person.name for person in await people.all_people(tx)] == ["Lan", "Hùng", "Mai", "Thắng"]


async def test_who_leaves_a_post_has_no_say_in_it_any_more_but_stays_known(db: Database) -> None:
    async with db.transaction() as tx:
        hung = await known(tx, "Hùng", HEAD, chat="11")

        assert await people.end_post(tx, hung, HEAD, NOW)
        assert not await people.end_post(tx, hung, HEAD, NOW)
        person = await people.person_at(tx, "fake", "11")

        assert person is not None
        assert person.posts == ()
        assert await names_of(tx, "phong-kinh-te") == []
        assert await people.all_people(tx) == []


async def test_a_move_ends_one_post_and_begins_another(db: Database) -> None:
    new = Post(PostRole.RESPONDENT, "phong-vhxh")
    async with db.transaction() as tx:
        hung = await known(tx, "Hùng", HEAD)

        assert await people.move_post(tx, hung, HEAD, new, NOW)
        assert not await people.move_post(tx, hung, HEAD, LEADER, NOW)
        person = await people.find(tx, hung)

    assert person is not None
    assert person.posts == (new,)


async def test_a_newcomer_to_a_held_post_has_it_only_after_the_offices_word(db: Database) -> None:
    async with db.transaction() as tx:
        lan = await known(tx, "Lan", chat="12")
        await people.add_post(tx, lan, HEAD, NOW, pending=True)
        before = await names_of(tx, "phong-kinh-te")
        (pending,) = await people.pending_posts(tx, "phong-kinh-te")
        await people.confirm_post(tx, pending.id, PostRole.DEPUTY)
        after = await people.people_of(tx, "phong-kinh-te")

        assert await people.pending_posts(tx, "phong-kinh-te") == []
    assert before == []
    assert [(person.id, person.posts) for person in after] == [(lan, (DEPUTY,))]


async def test_messages_go_to_the_preferred_address_unless_it_does_not_take_them(db: Database) -> None:
    async with db.transaction() as tx:
        hung = await known(tx, "Hùng", HEAD, chat="11")
        await people.bind_address(tx, hung, "zalo", "z1", NOW)

        async def preferred() -> tuple[str, str]:
            person = await people.find(tx, hung)
            assert person is not None
            return person.channel, person.chat_id

        assert await preferred() == ("zalo", "z1")
        await people.prefer(tx, hung, "fake", "11")
        assert await preferred() == ("fake", "11")
        assert await people.mark_suspect(tx, "fake", "11", NOW)
        assert not await people.mark_suspect(tx, "fake", "11", NOW)
        assert await preferred() == ("zalo", "z1")
        assert [(a.channel, a.suspect) for a in await people.addresses_of(tx, hung)] == [
            ("fake", True),
            ("zalo", False),
        ]
        assert await people.mark_active(tx, "fake", "11", NOW)
        assert not await people.mark_active(tx, "fake", "11", NOW)
        assert await preferred() == ("fake", "11")


async def test_a_suspect_address_is_still_used_when_there_is_no_other(db: Database) -> None:
    async with db.transaction() as tx:
        await known(tx, "Hùng", HEAD, chat="11")
        await people.mark_suspect(tx, "fake", "11", NOW)
        person = await people.person_at(tx, "fake", "11")

    assert person is not None
    assert person.chat_id == "11"


async def test_a_chat_belongs_to_one_person_at_a_time(db: Database) -> None:
    async with db.transaction() as tx:
        hung = await known(tx, "Hùng", HEAD, chat="11")
        lan = await known(tx, "Lan", DEPUTY, chat="12")
        await people.bind_address(tx, lan, "fake", "11", NOW)
        at_11, former = await people.person_at(tx, "fake", "11"), await people.find(tx, hung)
        await people.end_address(tx, "fake", "11", NOW)

        assert await people.person_at(tx, "fake", "11") is None
    assert at_11 is not None
    assert former is not None
    assert (at_11.id, former.chat_id) == (lan, "")


async def test_the_way_a_person_is_addressed_can_be_changed(db: Database) -> None:
    async with db.transaction() as tx:
        hung = await known(tx, "Hùng", HEAD, chat="11")
        person = await people.find(tx, hung)
        assert person is not None
        changed = replace(person, address_form="anh", title="Trưởng phòng")
        await people.change_person(tx, changed)

        assert await people.find(tx, hung) == changed


async def test_a_stranger_is_told_once_a_day(db: Database) -> None:
    async with db.transaction() as tx:
        told = [await people.tell_stranger(tx, "fake", "9", day) for day in ("2026-06-05", "2026-06-05", "2026-06-06")]

    assert told == [True, False, True]


async def issued(tx: Transaction, **terms: object) -> int:
    invitation = Invitation(NOW + timedelta(hours=72), PostRole.RESPONDENT, "phong-kinh-te")
    return await codes.issue_code(tx, CODE, replace(invitation, **terms), NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", [CODE, "lp7k4mq2xd9t", " LP7K 4MQ2 XD9T "])
async def test_a_code_works_once_however_it_is_typed(db: Database, typed: str) -> None:
    async with db.transaction() as tx:
        await issued(tx)
        first = await codes.use_code(tx, typed, "fake", "11", NOW)
        second = await codes.use_code(tx, typed, "fake", "12", NOW)

    assert first.invitation is not None
    assert first.invitation.post == HEAD
    assert second.invitation is None


async def test_of_two_who_use_a_code_at_the_same_moment_one_gets_in(db: Database) -> None:
    async with db.transaction() as tx:
        await issued(tx)

    async def use(chat: str) -> bool:
        async with db.transaction() as tx:
            return (await codes.use_code(tx, CODE, "fake", chat, NOW)).invitation is not None

    assert sorted(await asyncio.gather(*(use(str(n)) for n in range(10)))) == [False] * 9 + [True]


async def test_an_expired_and_a_revoked_code_get_nobody_in(db: Database) -> None:
    late = NOW + timedelta(hours=72)
    async with db.transaction() as tx:
        invitation_id = await issued(tx)
        open_now, open_late = await codes.open_codes(tx, NOW), await codes.open_codes(tx, late)
        assert (await codes.use_code(tx, CODE, "fake", "11", late)).invitation is None
        assert await codes.revoke_code(tx, invitation_id, NOW)
        assert not await codes.revoke_code(tx, invitation_id, NOW)
        assert (await codes.use_code(tx, CODE, "fake", "11", NOW)).invitation is None

    assert ([i.id for i in open_now], open_late) == ([invitation_id], [])


async def test_five_wrong_tries_close_the_door_for_an_hour_even_for_the_right_code(db: Database) -> None:
    async with db.transaction() as tx:
        await issued(tx)
        left = [(await codes.use_code(tx, "WRONG", "fake", "11", NOW)).tries_left for _ in range(6)]
        right = await codes.use_code(tx, CODE, "fake", "11", NOW + timedelta(minutes=59))
        elsewhere = await codes.use_code(tx, "WRONG", "fake", "12", NOW)
        afterwards = await codes.use_code(tx, CODE, "fake", "11", NOW + timedelta(minutes=61))

    assert left == [4, 3, 2, 1, 0, 0]
    assert right.invitation is None
    assert elsewhere.tries_left == 4
    assert afterwards.invitation is not None


async def test_the_code_itself_is_not_stored(db: Database) -> None:
    async with db.transaction() as tx:
        await issued(tx)
        rows = await tx.all("SELECT * FROM codes")

    assert not any("4MQ2" in str(tuple(row)).upper() for row in rows)


async def test_a_newcomer_is_stored_with_post_and_address(db: Database) -> None:
    newcomer = Person(0, "Hùng", channel="fake", chat_id="11", first_period="2026-W23")
    async with db.transaction() as tx:
        person = await codes.enrol(tx, Invitation(NOW, HEAD.role, HEAD.department), newcomer, NOW)

        assert await people.person_at(tx, "fake", "11") == person
    assert (person.name, person.posts, person.chat_id) == ("Hùng", (HEAD,), "11")


async def test_who_is_known_already_gets_a_second_post_not_a_second_self(db: Database) -> None:
    async with db.transaction() as tx:
        hung = await known(tx, "Hùng", HEAD, chat="11")
        newcomer = Person(0, "Hung Kinh Te", channel="fake", chat_id="11")
        person = await codes.enrol(tx, Invitation(NOW, DEPUTY.role, "phong-vhxh"), newcomer, NOW)
        again = await codes.enrol(tx, Invitation(NOW, DEPUTY.role, "phong-vhxh"), newcomer, NOW)

    assert again == person
    assert (person.id, person.name) == (hung, "Hùng")
    assert person.posts == (HEAD, Post(PostRole.DEPUTY, "phong-vhxh"))


async def test_a_code_of_a_person_adds_an_address_to_them(db: Database) -> None:
    async with db.transaction() as tx:
        hung = await known(tx, "Hùng", HEAD, chat="11")
        newcomer = Person(0, "Hùng Zalo", channel="zalo", chat_id="z1")
        person = await codes.enrol(tx, Invitation(NOW, person_id=hung), newcomer, NOW)

        assert [a.channel for a in await people.addresses_of(tx, hung)] == ["fake", "zalo"]
    assert (person.id, person.posts, person.channel) == (hung, (HEAD,), "zalo")


async def test_a_pending_newcomer_has_no_rights(db: Database) -> None:
    async with db.transaction() as tx:
        newcomer = Person(0, "Lan", channel="fake", chat_id="12")
        person = await codes.enrol(tx, Invitation(NOW, HEAD.role, HEAD.department), newcomer, NOW, pending=True)

    assert person.posts == ()


async def test_a_group_serves_the_purpose_it_was_bound_to_and_follows_its_new_address(db: Database) -> None:
    async with db.transaction() as tx:
        await groups.bind(tx, groups.Group(groups.LEADERSHIP, "fake", "-1", "Thường trực", NOW))
        await groups.bind(tx, groups.Group("other", "fake", "-2", "Khác", NOW))

        assert await groups.readdress(tx, "fake", "-1", "-1001", NOW)
        assert not await groups.readdress(tx, "fake", "-1", "-1002", NOW)
        assert [g.chat_id for g in await groups.leadership_groups(tx)] == ["-1001"]
        assert await groups.group_at(tx, "fake", "-1") is None
        await groups.unbind(tx, "fake", "-1001", NOW)
        assert await groups.leadership_groups(tx) == []


async def test_nothing_can_refer_to_a_person_who_is_not_there(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with db.transaction() as tx:
            await people.add_post(tx, 999, HEAD, NOW)
