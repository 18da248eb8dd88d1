"""The report stands in the group exactly once, whatever happens to either of its two calls."""

from dataclasses import replace

import pytest

from bot.demo.telegram_script import Phase, broken, dropped, garbled, hanging, refusal, throttled
from handlers.channel import Outgoing, Refusal
from storage.outbox import Sending, Stage
from tests.integration.telegram.delivery_house import PLACEHOLDER, REPORT
from tests.integration.telegram.setting import GROUP, PAO

HOUR = 3600
CALLS = ("sendMessage", "editMessageMedia")
DEFINITE = {
    "429": throttled(30),
}
DOUBTFUL = {
    "answer lost after the effect": dropped(effect=True),
    "connection closed, no effect": dropped(effect=False),
    "answer too late, with effect": hanging(effect=True),
    "answer too late, no effect": hanging(effect=False),
    "502, effect took place": broken(502, effect=True),
    "502, no effect": broken(502),
    "an answer nobody can read": garbled(effect=True),
}
KILLS = {
    "killed before the effect": Phase.BEFORE,
    "killed after it": Phase.AFTER,
    "killed just after the answer": Phase.ANSWERED,
}


async def killed(house, call, phase):
    """The process dies at this point of this call; another one starts."""
    house.standin.script.at(call, 1, phase, house.loop._abandon)
    await house.run_for(0)
    await house.restart()


def the_report_stands_once(house, chat=GROUP):
    (document,) = house.documents(chat)
    assert (document["document"]["file_name"], document["caption"]) == (REPORT.name, REPORT.caption)
    assert [message_id for _, message_id in house.posted] == [str(document["message_id"])]
    return True


async def test_a_line_of_text_first_then_the_document_in_its_place(house):
    row_id = await house.queue_report()
    await house.loop.turn()
    await house.loop.settled()
    assert house.texts(GROUP) == [PLACEHOLDER]
    assert (await house.row(row_id)).stage is Stage.DOCUMENT
    await house.run_for(1)
    assert the_report_stands_once(house)
    assert house.texts(GROUP) == [REPORT.name]
    assert await house.state(row_id) is Sending.SENT


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("mishap", DEFINITE.values(), ids=DEFINITE)
async def test_a_call_that_surely_failed_is_repeated(house, call, mishap):
    house.standin.script.next(call, mishap, mishap)
    await house.queue_report()
    await house.run_for(HOUR)
    assert the_report_stands_once(house)
    assert (house.texts(GROUP), house.asked) == ([REPORT.name], [])


@pytest.mark.parametrize("mishap", DOUBTFUL.values(), ids=DOUBTFUL)
async def test_a_document_in_doubt_is_put_in_again_and_stands_once(house, mishap):
    house.start(answer_seconds=0.1)
    house.standin.script.next("editMessageMedia", mishap, mishap)
    await house.queue_report()
    await house.run_for(HOUR)
    assert the_report_stands_once(house)
    assert (house.texts(GROUP), house.asked) == ([REPORT.name], [])


@pytest.mark.parametrize("phase", KILLS.values(), ids=KILLS)
async def test_killed_at_the_document_it_stands_once_after_the_restart(house, phase):
    await house.queue_report()
    await killed(house, "editMessageMedia", phase)
    await house.run_for(HOUR)
    assert the_report_stands_once(house)
    assert (house.texts(GROUP), house.asked) == ([REPORT.name], [])


@pytest.mark.parametrize("mishap", DOUBTFUL.values(), ids=DOUBTFUL)
async def test_a_placeholder_in_doubt_is_not_repeated_before_the_office_says_so(house, mishap):
    house.start(answer_seconds=0.1)
    house.standin.script.next("sendMessage", mishap)
    row_id = await house.queue_report()
    await house.run_for(HOUR)
    assert (house.asked, house.documents(), house.standin.script.count("sendMessage")) == ([row_id], [], 1)

    await house.resend(row_id)
    await house.run_for(HOUR)
    assert the_report_stands_once(house)
    assert house.texts(GROUP) == [PLACEHOLDER] * mishap.effect + [REPORT.name]


@pytest.mark.parametrize("phase", KILLS.values(), ids=KILLS)
async def test_killed_at_the_placeholder_the_office_is_asked_after_the_restart(house, phase):
    row_id = await house.queue_report()
    await killed(house, "sendMessage", phase)
    await house.run_for(HOUR)
    assert (house.asked, house.documents()) == ([row_id], [])
    await house.resend(row_id)
    await house.run_for(HOUR)
    assert the_report_stands_once(house)


@pytest.mark.parametrize("phase", KILLS.values(), ids=KILLS)
async def test_where_the_office_allows_it_a_stray_line_is_the_worst_that_happens(house, phase):
    house.repeats_posts = True
    await house.queue_report()
    await killed(house, "sendMessage", phase)
    await house.run_for(HOUR)
    assert the_report_stands_once(house)
    assert house.texts(GROUP) == [PLACEHOLDER] * (phase is not Phase.BEFORE) + [REPORT.name]


async def test_killed_between_the_two_calls_the_second_follows(house):
    await house.queue_report()
    await house.loop.turn()
    await house.loop.settled()
    await house.restart()
    await house.run_for(1)
    assert the_report_stands_once(house)
    assert house.standin.script.count("sendMessage") == 1


async def test_killed_again_and_again_it_still_stands_once(house):
    await house.queue_report()
    for nth, phase in enumerate((Phase.BEFORE, Phase.AFTER, Phase.ANSWERED, Phase.AFTER), 1):
        house.standin.script.at("editMessageMedia", nth, phase, house.loop._abandon)
        await house.run_for(60)
        await house.restart()
    await house.run_for(HOUR)
    assert the_report_stands_once(house)


# -- the group changes under it ---------------------------------------------------------------------------------------


async def test_a_group_that_moves_between_the_two_calls_gets_one_report_in_its_new_place(house):
    await house.bind_group()
    await house.queue_report()
    await house.loop.turn()
    await house.loop.settled()
    house.standin.people.migrate(GROUP, -1002, PAO)
    await house.run_for(HOUR)
    assert the_report_stands_once(house, -1002)
    assert (house.documents(GROUP), house.asked) == ([], [])


async def test_a_group_that_moves_after_a_document_in_doubt_is_a_question_for_the_office(house):
    await house.bind_group()
    await house.queue_report()
    house.standin.script.next("editMessageMedia", dropped(effect=True))
    house.standin.script.at(
        "editMessageMedia", 2, Phase.BEFORE, lambda: house.standin.people.migrate(GROUP, -1002, PAO)
    )
    await house.run_for(HOUR)
    assert (len(house.documents(GROUP)), house.documents(-1002), len(house.asked)) == (1, [], 1)
    await house.resend(house.asked[0])
    await house.run_for(HOUR)
    assert len(house.documents(-1002)) == 1


async def test_a_placeholder_that_somebody_deleted_is_followed_by_the_document_itself(house):
    await house.queue_report()
    await house.loop.turn()
    await house.loop.settled()
    house.standin.world.chats[GROUP].messages.clear()
    await house.run_for(HOUR)
    assert the_report_stands_once(house)
    assert house.asked == []


async def test_a_server_that_cannot_put_documents_into_messages_gets_it_as_a_message(house):
    await house.channel.identify()
    house.standin.script.next("editMessageMedia", refusal(404, "Not Found"))
    await house.queue_report()
    await house.run_for(HOUR)
    assert the_report_stands_once(house)
    assert house.texts(GROUP) == [REPORT.name]


async def test_a_group_that_put_the_bot_out_is_told_to_the_office(house):
    house.standin.people.remove_from_group(GROUP, PAO)
    row_id = await house.queue_report()
    await house.run_for(HOUR)
    assert house.told == [(row_id, Refusal.UNREACHABLE)]
    assert house.posted == []


# -- a channel that can't edit ----------------------------------------------------------------------------------------


@pytest.fixture
def plain_house(house):
    house.channel.caps = replace(house.channel.caps, edit=False)
    return house


@pytest.mark.parametrize("stage", [None, Stage.PLACEHOLDER])
async def test_without_edits_the_report_goes_in_one_message(plain_house, stage):
    await plain_house.queue_report(stage)
    await plain_house.run_for(HOUR)
    assert the_report_stands_once(plain_house)
    calls = plain_house.standin.script.count
    assert (calls("sendDocument"), calls("sendMessage"), calls("editMessageMedia")) == (1, 0, 0)


@pytest.mark.parametrize("mishap", [dropped(effect=True), dropped(effect=False), broken(502, effect=True), broken(502)])
async def test_without_edits_a_report_in_doubt_is_never_repeated_by_itself(plain_house, mishap):
    plain_house.standin.script.next("sendDocument", mishap)
    row_id = await plain_house.queue_report()
    await plain_house.run_for(HOUR)
    assert (plain_house.asked, len(plain_house.documents())) == ([row_id], int(mishap.effect))
    assert plain_house.standin.script.count("sendDocument") == 1


async def test_a_note_to_the_group_after_the_report_waits_for_it(house):
    house.standin.script.next("editMessageMedia", throttled(20))
    await house.queue_report()
    await house.queue("Đề nghị các đồng chí xem", chat=GROUP, message=Outgoing("Đề nghị các đồng chí xem"))
    await house.run_for(HOUR)
    assert house.texts(GROUP) == [REPORT.name, "Đề nghị các đồng chí xem"]
