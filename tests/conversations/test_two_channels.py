"""One person on two channels is one person: one prompt, receipts where they wrote, one history."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage

HUNG = "zalo:hung"


async def code_for(office: Stage, whom: str) -> str:
    await office.say("mai", f"MỜI {whom}")
    return office.last("mai").text.splitlines()[1]


async def both(office: Stage) -> None:
    """Hùng's second chat, on a channel without buttons, and his choice to be written to there."""
    code = await code_for(office, "Hùng")
    office.names[HUNG] = "Hung Lo"
    await office.say(HUNG, code)


async def authors(office: Stage) -> set[int]:
    """Who sent what is stored of the period."""
    async with office.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT DISTINCT person_id FROM figures WHERE period = '2026-W23'")
    return {row["person_id"] for row in rows}


async def test_person_on_two_channels_is_one_person(office: Stage, golden: Callable[[Stage], None]) -> None:
    await both(office)
    office.lines.clear()  # codes are different each time
    assert "Từ nay nhắn đồng chí qua Fake hay Zalo?" in office.last(HUNG).text
    assert "Đồng chí Hùng nhắn thêm qua Zalo" in office.last("mai").text
    await office.say(HUNG, "Zalo")
    assert "Từ nay nhắn qua Zalo" in office.last(HUNG).text

    await office.say("hung", "lúa mùa 549")
    assert "Lúa mùa: 549/650 ha" in office.last("hung").text  # the receipt where it was written
    await office.say(HUNG, "ngô 1110")
    assert "Ngô: 1.110/1.110 ha" in office.last(HUNG).text
    await office.say(HUNG, "xem")
    assert "lúa mùa 549" in office.last(HUNG).text.lower().replace(": ", " ")

    told = len(office.channel.to("hung"))
    await office.at("2026-06-04 16:00")
    assert "Nhắc báo cáo" in office.last(HUNG).text
    assert len(office.channel.to("hung")) == told  # one reminder, on one channel
    golden(office)


async def test_code_of_the_department_used_on_another_channel_may_be_the_same_person(office: Stage) -> None:
    code = await code_for(office, "Phòng Kinh tế")
    office.names[HUNG] = "Lo Van Hung"
    await office.say(HUNG, code)
    assert "Là đ/c Hùng" in office.last("mai").labels
    await office.press("mai", "Là đ/c Hùng")
    assert "Từ nay nhắn đồng chí qua" in office.last(HUNG).text
    await office.say(HUNG, "lúa mùa 549")
    await office.say("hung", "ngô 1110")
    assert len(await authors(office)) == 1


async def test_question_asked_on_one_channel_is_answered_on_the_other(office: Stage) -> None:
    await both(office)
    await office.say(HUNG, "giải ngân 1.000/21.070 tỷ đồng")
    assert "đơn vị" in office.last(HUNG).text
    await office.say("hung", "giải ngân 1.000 triệu đồng")
    async with office.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT state FROM questions")
    assert [row["state"] for row in rows] == ["answered"]


async def test_second_chat_that_was_somebody_elses_is_taken_back(office: Stage) -> None:
    await both(office)
    await office.press("mai", "Thu hồi")
    await office.say(HUNG, "ngô 1110")
    assert "chưa đăng ký" in office.last(HUNG).text
    await office.say("hung", "ngô 1110")
    assert "Ngô: 1.110/1.110 ha" in office.last("hung").text


async def test_who_writes_again_is_reachable_again(office: Stage) -> None:
    async with office.app.kit.db.transaction() as tx:
        await tx.execute("UPDATE addresses SET state = 'suspect' WHERE chat_id = 'hung'", {})
    await office.say("hung", "ngô 1110")
    async with office.app.kit.db.reading() as rx:
        row = await rx.one("SELECT state FROM addresses WHERE chat_id = 'hung'")
    assert row is not None
    assert row["state"] == "active"


async def test_a_question_of_one_chat_is_answered_from_the_other_whichever_is_preferred(office: Stage) -> None:
    await both(office)
    await office.say(HUNG, "Zalo")  # written to on the second channel from now on
    await office.say("hung", "giải ngân 1.000/21.070 tỷ đồng đạt 4,75%")
    assert "đơn vị" in office.last("hung").text

    await office.say(HUNG, "giải ngân 1.000 triệu đồng")

    async with office.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT state FROM questions")
    assert {row["state"] for row in rows} == {"answered"}
    assert "1.000/21.070 triệu đồng" in office.last(HUNG).text
