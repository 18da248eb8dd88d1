"""The outbox goes out: in order, at the pace the service takes, and with a rule for every failure."""

import asyncio

import pytest

from bot.demo.telegram_script import Phase, Rates, broken, dropped, hanging, refusal, throttled
from handlers.channel import Attachment, Outgoing, Refusal
from storage import attachments, groups, outbox
from storage.outbox import Priority, Sending
from tests.integration.telegram.setting import GROUP, PAO

SAID = (Priority.RECEIPT, Priority.QUESTION, Priority.PROMPT)
MAYBE = [dropped(effect=True), dropped(effect=False), broken(502, effect=True), broken(500)]


def crowd(standin, size):
    people = range(100, 100 + size)
    for person in people:
        standin.people.join(person, "A")
        standin.people.say(person, "/start")
    return people


# -- order and time ---------------------------------------------------------------------------------------------------


async def test_messages_of_a_chat_arrive_in_the_order_they_were_queued(house):
    ids = [await house.queue(f"phần {n}") for n in range(5)]
    await house.run_for(10)
    assert house.texts() == [f"phần {n}" for n in range(5)]
    rows = [await house.row(row_id) for row_id in ids]
    sent = [str(m["message_id"]) for m in house.standin.people.from_bot(PAO)]
    assert [(row.state, row.message_id) for row in rows] == [(Sending.SENT, message_id) for message_id in sent]


async def test_a_row_is_claimed_on_the_disk_before_its_request_leaves(house):
    row_id = await house.queue()
    seen = []

    async def look():
        async with house.db.reading() as rx:
            seen.append((await outbox.find(rx, row_id)).state)

    house.standin.script.at("sendMessage", 1, Phase.BEFORE, look)
    await house.run_for(0)
    assert seen == [Sending.SENDING]


async def test_nothing_goes_before_its_time_and_nothing_after_it(house, clock):
    start = clock()
    clock.advance(30)
    at_thirty = clock()
    clock.at = start
    await house.queue("sau", not_before=at_thirty)
    await house.queue("quá hạn", chat=GROUP, not_after=start)
    clock.advance(1)
    await house.run_for(20)
    assert (house.texts(), house.texts(GROUP)) == ([], [])
    await house.run_for(20)
    assert (house.texts(), house.texts(GROUP)) == (["sau"], [])


async def test_receipts_go_before_prompts_and_prompts_before_reminders(house):
    people = crowd(house.standin, 3)
    for person, priority in zip(people, (Priority.REMINDER, Priority.PROMPT, Priority.RECEIPT), strict=True):
        await house.queue(priority.name, priority=priority, chat=person)
    house.loop._width = 1
    await house.run_for(1)
    sent = [line.text for line in house.standin.people.transcript() if line.kind == "sent"]
    assert sent == ["RECEIPT", "PROMPT", "REMINDER"]


async def test_a_message_that_cannot_be_read_or_has_lost_its_file_fails_alone(house):
    bad = await house.queue("hỏng", payload="{}[")
    lost = await house.queue("mất tệp", chat=GROUP, attachment_hash=None, payload='{"file": ["a.docx"]}')
    good = await house.queue("lành")
    await house.run_for(5)
    assert [await house.state(i) for i in (bad, lost, good)] == [Sending.FAILED, Sending.FAILED, Sending.SENT]
    assert {refusal for _, refusal in house.told} == {Refusal.REJECTED}


# -- pace -------------------------------------------------------------------------------------------------------------


async def test_a_wave_of_prompts_stays_within_the_limits_and_takes_no_longer_than_it_must(house, clock):
    house.standin.rates = Rates()
    for person in crowd(house.standin, 84):
        await house.queue("đề nghị", chat=person)
    start = clock()
    await house.run_for(3.1)
    assert await house.states() == {Sending.SENT: 84}
    assert house.standin.rates.refused == 0
    last = max(line.at for line in house.standin.people.transcript() if line.kind == "sent")
    assert 2.8 < (last - start).total_seconds() < 3.1


async def test_a_group_gets_no_more_than_twenty_messages_a_minute(house):
    house.standin.rates = Rates()
    for n in range(25):
        await house.queue(f"tin {n}", chat=GROUP)
    await house.run_for(50)
    assert len(house.texts(GROUP)) == 20
    await house.run_for(30)
    assert house.texts(GROUP) == [f"tin {n}" for n in range(25)]
    assert house.standin.rates.refused == 0


async def test_many_parts_to_one_person_go_one_a_second_after_the_first_three(house):
    house.standin.rates = Rates(chat_burst=3)
    for n in range(8):
        await house.queue(f"phần {n}")
    await house.run_for(0.5)
    assert len(house.texts()) == 3
    await house.run_for(5.5)
    assert len(house.texts()) == 8
    assert house.standin.rates.refused == 0


async def test_answers_do_not_wait_for_the_pace_of_prompts(house):
    for n in range(30):
        await house.queue(f"xác nhận {n}", priority=Priority.RECEIPT)
    await house.run_for(0)
    assert len(house.texts()) == 30


async def test_a_429_stops_the_whole_channel_until_it_is_over_and_loses_nothing(house, clock):
    people = crowd(house.standin, 5)
    house.standin.script.next("sendMessage", throttled(40))
    await house.queue("một", chat=people[0])
    await house.run_for(0)
    for person in people:
        await house.queue("hai", priority=Priority.RECEIPT, chat=person)
    await house.run_for(39)
    assert house.standin.script.count("sendMessage") == 1
    await house.run_for(5)
    assert await house.states() == {Sending.SENT: 6}
    assert house.texts(people[0]) == ["một", "hai"]


# -- failures ---------------------------------------------------------------------------------------------------------


async def test_without_a_connection_everything_waits_and_then_arrives_in_order(house, clock):
    await house.standin.stop()
    ids = [await house.queue(f"tin {n}") for n in range(3)]
    await house.run_for(100)
    assert {await house.state(i) for i in ids} == {Sending.QUEUED}
    assert (await house.row(ids[0])).tries <= 9
    await house.standin.start()
    await house.run_for(40)
    assert house.texts() == ["tin 0", "tin 1", "tin 2"]
    assert house.told == []


async def test_who_blocked_the_bot_is_reported_and_holds_up_nobody(house):
    house.standin.people.block(PAO)
    gone = await house.queue("đề nghị")
    there = await house.queue("đề nghị", chat=GROUP)
    await house.run_for(1)
    assert (await house.state(gone), await house.state(there)) == (Sending.FAILED, Sending.SENT)
    assert house.told == [(gone, Refusal.UNREACHABLE)]


async def test_a_group_that_moved_gets_its_message_under_the_new_id_once(house):
    await house.bind_group()
    house.standin.people.migrate(GROUP, -1002, PAO)
    row_id = await house.queue("thông báo", chat=GROUP)
    later = await house.queue("sau đó", chat=GROUP)
    await house.run_for(2)
    assert (house.texts(-1002), house.texts(GROUP)) == (["thông báo", "sau đó"], [])
    assert {await house.state(i) for i in (row_id, later)} == {Sending.SENT}
    async with house.db.transaction() as tx:
        assert [group.chat_id for group in await groups.leadership_groups(tx)] == ["-1002"]


async def test_what_the_service_rejects_fails_at_once_and_is_told(house):
    row_id = await house.queue("ạ" * 5000)
    await house.run_for(100)
    assert (await house.row(row_id)).tries == 1
    assert house.told == [(row_id, Refusal.REJECTED)]


async def test_a_refused_token_stops_the_loop_and_keeps_the_message(house):
    house.standin.script.next("sendMessage", refusal(401, "Unauthorized"))
    row_id = await house.queue()
    await asyncio.wait_for(house.loop.run(), 10)
    assert await house.state(row_id) is Sending.QUEUED
    assert house.told == []


async def test_a_fault_of_ours_in_one_message_does_not_stop_the_others(house):
    bad = await house.queue("hỏng", edit_of="not a number")
    good = await house.queue("lành", chat=GROUP)
    await house.run_for(3)
    assert await house.state(good) is Sending.SENT
    assert await house.state(bad) is not Sending.SENT


# -- nobody can tell --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("priority", SAID)
@pytest.mark.parametrize("mishap", MAYBE)
async def test_what_was_said_is_said_once_more_after_a_minute(house, priority, mishap):
    house.standin.script.next("sendMessage", mishap)
    row_id = await house.queue(priority=priority)
    await house.run_for(59)
    assert (await house.state(row_id), house.standin.script.count("sendMessage")) == (Sending.UNCLEAR, 1)
    await house.run_for(600)
    assert (await house.state(row_id), house.standin.script.count("sendMessage")) == (Sending.SENT, 2)
    assert len(house.texts()) == 1 + mishap.effect


@pytest.mark.parametrize("priority", SAID)
async def test_it_is_not_said_again_to_who_has_written_meanwhile(house, clock, priority):
    house.standin.script.next("sendMessage", dropped(effect=True))
    row_id = await house.queue(priority=priority)
    await house.run_for(30)
    house.spoke[str(PAO)] = clock()
    await house.run_for(600)
    assert (await house.state(row_id), len(house.texts())) == (Sending.DROPPED, 1)


@pytest.mark.parametrize("priority", SAID)
async def test_a_second_time_in_doubt_is_the_last_and_the_office_hears_of_it(house, priority):
    house.standin.script.next("sendMessage", dropped(effect=True), dropped(effect=True))
    row_id = await house.queue(priority=priority)
    await house.run_for(3600)
    assert (await house.state(row_id), len(house.texts())) == (Sending.FAILED, 2)
    assert house.told == [(row_id, Refusal.UNCLEAR)]


async def test_a_throttled_repetition_is_still_the_last(house):
    house.standin.script.next("sendMessage", dropped(effect=True), throttled(5), dropped(effect=True))
    row_id = await house.queue()
    await house.run_for(3600)
    assert (await house.state(row_id), len(house.texts())) == (Sending.FAILED, 2)


@pytest.mark.parametrize("mishap", MAYBE)
async def test_a_reminder_in_doubt_is_not_repeated(house, mishap):
    house.standin.script.next("sendMessage", mishap)
    row_id = await house.queue(priority=Priority.REMINDER)
    await house.run_for(3600)
    assert (await house.state(row_id), house.standin.script.count("sendMessage")) == (Sending.DROPPED, 1)
    assert house.told == []


@pytest.mark.parametrize("mishap", MAYBE)
async def test_an_edit_in_doubt_is_repeated_until_it_stands(house, mishap):
    first = await house.queue("cũ")
    await house.run_for(1)
    house.standin.script.next("editMessageText", mishap, mishap, mishap)
    await house.queue("mới", edit_of=(await house.row(first)).message_id)
    await house.run_for(120)
    assert house.texts() == ["mới"]


async def test_an_outage_does_not_burn_what_is_queued(house):
    for person in (people := crowd(house.standin, 20)):
        await house.queue("đề nghị", chat=person)
    house.standin.script.next("sendMessage", *[broken(502)] * 20)
    await house.run_for(600)
    states = await house.states()
    assert states == {Sending.SENT: 20}
    assert all(house.texts(person) == ["đề nghị"] for person in people)


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("priority", list(SAID))
async def test_killed_while_sending_it_is_said_at_most_once_more(house, phase, priority):
    house.standin.script.at("sendMessage", 1, phase, house.loop._abandon)
    row_id = await house.queue(priority=priority)
    await house.loop.turn()
    await house.loop.settled()
    assert await house.state(row_id) is Sending.SENDING
    await house.restart()
    await house.run_for(3600)
    assert await house.state(row_id) is Sending.SENT
    assert len(house.texts()) == (1 if phase is Phase.BEFORE else 2)


async def test_killed_between_claim_and_request_a_prompt_still_arrives_once(house):
    row_id = await house.queue()
    async with house.db.transaction() as tx:
        await outbox.claim(tx, house.clock(), 16, "telegram")
    await house.restart()
    await house.run_for(120)
    assert (await house.state(row_id), house.texts()) == (Sending.SENT, ["Lúa mùa"])


# -- the loop ---------------------------------------------------------------------------------------------------------


async def test_the_loop_sends_when_it_is_woken_and_stops_with_everything_settled(house):
    running = asyncio.create_task(house.loop.run())
    row_id = await house.queue()
    house.loop.wake()
    await house.standin.people.wait_until(house.texts)
    await house.loop.stop()
    await asyncio.wait_for(running, 10)
    assert await house.state(row_id) is Sending.SENT


async def test_stopping_waits_for_the_answer_under_way_and_commits_it(house):
    stopping = []
    house.standin.world.on_sent = lambda _chat: stopping.append(asyncio.create_task(house.loop.stop()))
    row_id = await house.queue()
    running = asyncio.create_task(house.loop.run())
    await house.standin.people.wait_until(lambda: stopping)
    await asyncio.wait_for(stopping[0], 10)
    running.cancel()  # as a caller may do at once: everything is on the disk already
    assert await house.state(row_id) is Sending.SENT


async def test_stopping_does_not_wait_for_an_answer_that_does_not_come(house):
    house.standin.script.next("sendMessage", hanging(effect=True))
    running = asyncio.create_task(house.loop.run())
    row_id = await house.queue()
    house.loop.wake()
    await house.standin.people.wait_until(house.texts)
    await house.loop.stop(grace=0.1)
    await asyncio.wait_for(running, 10)
    assert await house.state(row_id) is Sending.SENDING
    await house.restart()
    assert await house.state(row_id) is Sending.UNCLEAR


async def test_a_picture_goes_out_with_its_caption(house):
    async with house.db.transaction() as tx:
        kept = await attachments.keep(tx, "bang.png", b"\x89PNG")
    picture = Outgoing("", attachment=Attachment("bang.png", b"", "Bảng", is_photo=True))
    await house.queue(message=picture, attachment_hash=kept)
    await house.run_for(1)
    (message,) = house.standin.people.from_bot(PAO)
    assert (message["caption"], message["photo"][0]["file_size"]) == ("Bảng", 4)
