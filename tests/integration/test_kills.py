"""The real service killed with SIGKILL at each of its commits and sends, and ended in all the other ways."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

from bot.demo.telegram_script import Phase
from bot.demo.telegram_world import labels_of
from tests.integration.service_house import GROUP, HUNG, MAI, THANG, House

if TYPE_CHECKING:
    pass

STORED = "SELECT value FROM figures WHERE indicator = 'rice_area_done_ha' AND reply_id IS NOT NULL ORDER BY id"
UNCLEAR = "SELECT count(*), max(tries) FROM outbox WHERE state = 'unclear' AND payload LIKE :about"
OPEN = "SELECT count(*) FROM inbox WHERE state <> 'handled'"
POINTS = (
    ("update fetched", "getUpdates", 0, Phase.ANSWERED),
    ("inbox committed", "getUpdates", 1, Phase.BEFORE),
    ("effects committed", "sendMessage", 1, Phase.BEFORE),
    ("sent, not recorded", "sendMessage", 1, Phase.AFTER),
    ("sent and answered", "sendMessage", 1, Phase.ANSWERED),
)


async def test_killed_at_any_point_of_a_reply_nothing_is_lost_and_nothing_is_stored_twice(house: House) -> None:
    await house.start()
    for number, (_, method, calls, phase) in enumerate(POINTS):
        house.kill_at(method, phase, calls)
        house.standin.people.say(HUNG, f"lúa mùa {541 + number}/650")
        assert await house.ended() == -signal.SIGKILL
        await house.start()
        await house.is_at_rest()
    house.standin.people.say(HUNG, "ngô 1110")
    await house.hears(HUNG, "1.110")

    said = [f"lúa mùa {541 + number}/650" for number in range(len(POINTS))] + ["ngô 1110"]
    assert [text for (text,) in await house.rows("SELECT text FROM replies ORDER BY id")] == said
    assert [int(value) for (value,) in await house.rows(STORED)] == [541, 542, 543, 544, 545]
    assert await house.rows(OPEN) == [(0,)]
    for number, (name, *_) in enumerate(POINTS):
        told = sum(f"{541 + number}/650" in text or f"→ {541 + number}" in text for text in house.texts(HUNG))
        (kept,) = await house.rows(UNCLEAR, about=f"%{541 + number}%")
        assert told + kept[0] >= 1, (name, house.texts(HUNG))
        assert told <= 1, (name, house.texts(HUNG))
        assert kept[1] in (None, 1), name  # sent once so far; it goes once more, unless the person writes meanwhile


def label_of(message: dict[str, Any], beginning: str) -> str:
    """The button of a message that begins so, "" where there is none."""
    return next((label for label in labels_of(message) if label.startswith(beginning)), "")


async def test_killed_at_any_point_of_the_post_the_report_stands_once(house: House) -> None:
    await house.start()
    people = house.standin.people
    people.say(HUNG, "lúa mùa 549/650, ngô 1110")
    await house.hears(HUNG, "549")
    people.say(MAI, "trình duyệt")
    await people.wait_until(lambda: any(label_of(m, "Duyệt bản 1") for m in people.from_bot(THANG)), 15)
    shown = next(m for m in people.from_bot(THANG) if label_of(m, "Duyệt bản 1"))

    house.kill_when_told(GROUP)
    people.press(THANG, shown["message_id"], label_of(shown, "Duyệt bản 1"))
    assert await house.ended() == -signal.SIGKILL
    for phase in Phase:
        house.kill_at("editMessageMedia", phase)
        await house.start_afresh()
        assert await house.ended() == -signal.SIGKILL
    await house.start_afresh()
    await house.hears(MAI, "Đã đăng")

    assert house.documents(GROUP) == 1
    posted = await house.rows("SELECT count(*) FROM outbox WHERE dedup LIKE 'post:%' AND state = 'sent'")
    assert posted == [(1,)]


async def test_killed_in_a_burst_of_several_people_every_word_is_kept_in_its_order(house: House) -> None:
    crowd = await house.enrol_more(range(21, 27))
    said = {person: [f"lúa mùa {person * 10 + n}/650" for n in range(6)] for person in crowd}
    await house.start()
    for round_ in range(6):
        house.kill_at("sendMessage", tuple(Phase)[round_ % 3], calls=round_ + 1)
        for person in crowd:
            house.standin.people.say(person, said[person][round_])
        assert await house.ended() == -signal.SIGKILL
        await house.start()
    await house.is_at_rest()

    kept = await house.rows("SELECT chat_id, text FROM replies ORDER BY id")
    assert {person: [text for chat, text in kept if chat == str(person)] for person in crowd} == said
    assert len(kept) == len(crowd) * 6
    assert await house.rows(OPEN) == [(0,)]
    figures = sorted(int(value) for (value,) in await house.rows(STORED))
    assert figures == sorted(person * 10 + n for person in crowd for n in range(6))


async def test_sigterm_ends_it_within_five_seconds_with_everything_committed(house: House) -> None:
    process = await house.start()
    for number in range(40):
        house.standin.people.say(HUNG, f"lúa mùa {500 + number}/650")
    await house.standin.people.wait_until(lambda: house.standin.world.confirmed >= 40, 10)
    process.send_signal(signal.SIGTERM)

    assert await house.ended(5) == 0
    assert await house.rows("SELECT count(*) FROM inbox") == [(40,)]


async def test_telegram_that_cannot_be_reached_at_the_start_is_reached_later(house: House) -> None:
    await house.standin.stop()
    house.process = await house.launch()
    assert house.process.stderr is not None
    async with asyncio.timeout(15):
        while b"started" not in await house.process.stderr.readline():
            pass
    await house.standin.start()
    house.standin.people.say(HUNG, "lúa mùa 549/650")

    await house.hears(HUNG, "549")


async def test_a_second_instance_is_refused_and_a_malformed_update_stops_nobody(house: House) -> None:
    await house.start()
    second = await house.launch()
    assert await asyncio.wait_for(second.wait(), 15) == 1

    number = house.standin.world.fresh_update_id()
    house.standin.world.push_raw({"update_id": number, "message": {"chat": "nonsense", "text": 7}})
    house.standin.people.say(HUNG, "lúa mùa 549/650")
    await house.hears(HUNG, "549")
    failed = await house.rows("SELECT ext_id, error <> '' FROM inbox WHERE state = 'failed'")
    assert failed == [(str(number), 1)]
