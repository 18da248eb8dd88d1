"""The service against a Bot API server that is not the demo's: other habits, other slips, the same week."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.demo.clock import Clock
from bot.facts import PostRole
from bot.settings import TOKEN_VARIABLE, read_settings
from handlers.channel import TokenRefusedError
from handlers.telegram import TelegramChannel
from storage import codes
from storage.migrate import migrate
from tests.botapi.server import BAD_GATEWAY, BotApi, No, said_no
from tests.botapi.wire import Manners, Reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[2]
TOKEN = "7123456789:AAH-not-a-real_token-0123456789abcdef"
HUNG, MAI, THANG, GROUP = 11, 13, 14, -1002000000001
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LASTING = timedelta(hours=72)
MANNERS = {
    "as the official one": Manners(),
    "closing every connection, in small chunks": Manners(keep_alive=False, chunk=7),
}
SLIPS = {
    "502 with a page of HTML": BAD_GATEWAY,
    "a reset": None,
    "an answer that breaks off": Reply(200, b'{"ok":true,"result":{"message_id":7}}', cut_after=9),
    "500 with JSON": said_no(500, "Internal Server Error"),
    "an empty answer": Reply(200, b""),
    "no JSON": Reply(200, b"<html>blocked by the provider</html>", "text/html"),
}


@dataclass
class Service:
    """The service in this process; `clock` is moved by hand and runs twenty times as fast as the wall's."""

    api: BotApi
    app: App
    clock: Clock

    def at(self, when: str) -> None:
        self.clock.move_to(datetime.fromisoformat(when).replace(tzinfo=ZONE).astimezone(UTC))
        self.app.ticker.hurried.set()

    async def hears(self, chat: int, words: str) -> str:
        return await self.api.until(lambda: next((t for t in self.api.texts(chat) if words in t), None))

    async def press(self, person: int, label: str) -> str:
        message = await self.api.until(lambda: self.api.with_button(person, label))
        return self.api.presses(person, message, label)


@contextlib.asynccontextmanager
async def serving(folder: Path, manners: Manners, token: str = TOKEN) -> AsyncIterator[Service]:
    file = folder / "giaoban.toml"
    file.write_text('[schedule]\nopens = "thu 08:00"\ndeadline = "fri 16:00"\nreminders = ["1h"]\n', encoding="utf-8")
    clock = Clock(datetime(2026, 6, 1, 1, tzinfo=UTC))
    async with BotApi(TOKEN, manners=manners, seconds=lambda: int(clock.now().timestamp())) as api:
        settings = read_settings(file, {})
        migrate(settings.database)
        channel = TelegramChannel(
            token, now=clock.now, base_url=api.base_url, base_file_url=api.base_file_url, pause=clock.pause
        )
        app = await App.open(settings, {"telegram": channel}, now=clock.now, pause=clock.pause)
        stop = asyncio.Event()
        running = asyncio.create_task(app.run(stop))
        try:
            await api.until(lambda: api.is_polled or running.done())
            assert channel.health().connected is api.is_polled  # although the first long poll has not come back
            yield Service(api, app, clock)
        finally:
            stop.set()
            try:
                await running
            finally:
                await app.close()


async def enrol(service: Service, person: int, name: str, role: PostRole, unit: str) -> None:
    code = f"AAAA-BBBB-{person:04d}"
    await issue(service, code, codes.Invitation(service.clock.now() + LASTING, role, unit))
    service.api.meets(person, name)
    mark = {"type": "bot_command", "offset": 0, "length": 6}
    service.api.says(person, f"/start {code.replace('-', '')}", entities=[mark], sender_tag="unknown")
    await service.hears(person, "Kết nối với")


async def issue(service: Service, code: str, invitation: codes.Invitation) -> None:
    async with service.app.kit.db.transaction() as tx:
        await codes.issue_code(tx, code, invitation, service.clock.now())


async def enrolled(service: Service) -> None:
    await enrol(service, HUNG, "Hùng", PostRole.RESPONDENT, "phong-kinh-te")
    await enrol(service, MAI, "Mai", PostRole.SECRETARY, "van-phong")
    await enrol(service, THANG, "Thắng", PostRole.LEADER, "van-phong")
    api = service.api
    api.opens_group(GROUP, "Thường trực")
    code = "GGGG-HHHH-0001"
    await issue(service, code, codes.Invitation(service.clock.now() + LASTING, group_purpose="leadership"))
    was, is_now = ({"user": api.me, "status": status} for status in ("left", "member"))
    place = {"chat": api.chats[GROUP], "from": api.user(MAI), "date": api.seconds()}
    api.update("my_chat_member", {**place, "old_chat_member": was, "new_chat_member": is_now})
    api.says(MAI, code, chat=GROUP)
    await service.hears(MAI, "Thường trực")


async def approved(service: Service) -> None:
    api = service.api
    api.says(MAI, "trình duyệt")
    query = await service.press(THANG, "Duyệt bản")
    await api.until(lambda: query in api.answered)


@pytest.mark.parametrize("manners", MANNERS.values(), ids=MANNERS)
async def test_a_week_from_the_codes_to_the_post(tmp_path: Path, manners: Manners) -> None:
    async with serving(tmp_path, manners) as service:
        api = service.api
        await enrolled(service)
        service.at("2026-06-04 08:00")
        await service.hears(HUNG, "Báo cáo tuần 23")
        message = api.says(HUNG, "lúa mùa 549/650, ngô 1110", is_paid_post=False, effect_id="5")
        await service.hears(HUNG, "549/650")
        api.edits(HUNG, message, "lúa mùa 550/650, ngô 1110")
        await service.hears(HUNG, "549 → 550")
        service.at("2026-06-05 15:00")
        await service.hears(HUNG, "Còn 1 giờ")
        service.at("2026-06-05 16:00")
        await service.hears(MAI, "Dự thảo báo cáo tuần 23")
        await approved(service)
        posted = await api.until(lambda: [m for m in api.bot_said(GROUP) if "document" in m])
        await service.hears(MAI, "Đã đăng")

        assert len(api.bot_said(GROUP)) == len(posted) == 1
        assert api.files[posted[0]["document"]["file_id"]][1].startswith(b"PK")
        asked = [params for method, params in api.calls if method == "getupdates"]
        assert all(int(params["timeout"]) > 0 for params in asked)
        assert set(api.allowed) == {"message", "edited_message", "callback_query", "my_chat_member"}


async def test_what_the_bot_does_not_know_stops_nothing(tmp_path: Path) -> None:
    async with serving(tmp_path, Manners()) as service:
        api = service.api
        await enrol(service, HUNG, "Hùng", PostRole.RESPONDENT, "phong-kinh-te")
        api.allowed = []
        channel = {"id": -5, "type": "channel", "title": "Kênh"}
        api.update("channel_post", {"message_id": 5, "chat": channel, "date": 1, "text": "lúa mùa 1"})
        api.update("poll_answer", {"poll_id": "1", "option_ids": []})
        api.update("thing_of_2027", ["?"])
        api.update("message", {"message_id": 6, "chat": api.chats[HUNG], "date": 1, "gift_of_2027": {}})
        api.update("callback_query", {"id": "9", "from": api.user(HUNG), "chat_instance": "1", "game_short_name": "g"})
        api.says(HUNG, "lúa mùa 549/650")

        await service.hears(HUNG, "549/650")
        await api.until(lambda: api.is_polled)
        assert api.waiting == []


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
async def test_a_slip_of_the_server_while_receiving_loses_nothing(tmp_path: Path, slip: Reply | None) -> None:
    async with serving(tmp_path, Manners()) as service:
        await enrol(service, HUNG, "Hùng", PostRole.RESPONDENT, "phong-kinh-te")
        service.api.next["getupdates"].extend([slip, slip])
        service.api.says(HUNG, "lúa mùa 549/650")

        await service.hears(HUNG, "549/650")


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
async def test_a_receipt_whose_answer_is_lost_is_said_once_more_a_minute_later(tmp_path: Path, slip: Reply) -> None:
    async with serving(tmp_path, Manners()) as service:
        api = service.api
        await enrol(service, HUNG, "Hùng", PostRole.RESPONDENT, "phong-kinh-te")
        api.after["sendmessage"].append(slip)
        api.says(HUNG, "lúa mùa 549/650")
        await service.hears(HUNG, "549/650")
        began = service.clock.now()
        await api.until(lambda: sum("549/650" in text for text in api.texts(HUNG)) == 2)

        assert (service.clock.now() - began).total_seconds() >= 60


async def test_refusals_of_one_chat_are_told_to_the_office_and_stop_nobody(tmp_path: Path) -> None:
    async with serving(tmp_path, Manners()) as service:
        api = service.api
        await enrolled(service)
        api.refusals[HUNG] = No(403, "Forbidden: bot was blocked by the user")
        service.at("2026-06-04 08:00")

        await service.hears(MAI, "Không gửi được")
        await service.hears(MAI, "Báo cáo tuần 23")


async def test_the_post_follows_its_group_to_the_new_id_and_waits_out_a_429(tmp_path: Path) -> None:
    async with serving(tmp_path, Manners()) as service:
        api = service.api
        await enrolled(service)
        service.at("2026-06-04 08:00")
        api.says(HUNG, "lúa mùa 549/650")
        await service.hears(HUNG, "549/650")
        new = GROUP - 7
        api.opens_group(new, "Thường trực")
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        api.refusals[GROUP] = No(400, words, migrate_to_chat_id=new)
        api.next["editmessagemedia"].append(said_no(429, "Too Many Requests: retry after 9", retry_after=9))
        await approved(service)

        await api.until(lambda: [m for m in api.bot_said(new) if "document" in m])
        await service.hears(MAI, "Đã đăng")
        assert len(api.bot_said(new)) == 1


async def test_another_poller_is_borne_and_an_old_press_is_no_trouble(tmp_path: Path) -> None:
    async with serving(tmp_path, Manners()) as service:
        api = service.api
        await enrol(service, HUNG, "Hùng", PostRole.RESPONDENT, "phong-kinh-te")
        words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        api.next["getupdates"].append(said_no(409, words))
        message = await api.until(lambda: api.with_button(HUNG, "Đúng"))
        api.presses(HUNG, message, "Đúng")
        api.queries.clear()  # the press is answered too late
        api.says(HUNG, "lúa mùa 549/650")

        await service.hears(HUNG, "549/650")
        assert api.answered == []


async def test_a_wrong_token_ends_the_receiving_and_is_told(tmp_path: Path) -> None:
    async with BotApi("1:other") as api:
        channel = TelegramChannel(TOKEN, now=lambda: datetime(2026, 6, 1, tzinfo=UTC), base_url=api.base_url)

        async def nothing(_: list[Any]) -> None:
            raise AssertionError

        await asyncio.wait_for(channel.run(nothing), 10)
        assert (channel.health().connected, channel.health().detail) == (False, "Unauthorized")
        await channel.close()


async def test_with_a_wrong_token_the_service_ends_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(TokenRefusedError):
        async with serving(tmp_path, Manners(), token="1:another") as service:
            assert not service.api.is_polled


async def test_an_invitation_before_the_first_run_carries_the_link_already(tmp_path: Path) -> None:
    async with BotApi(TOKEN) as api:
        (tmp_path / "giaoban.toml").write_text(f'[telegram]\nbase_url = "{api.base_url}"\n', encoding="utf-8")
        migrate(tmp_path / "giaoban.db")
        root = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"}
        command = (sys.executable, "-m", "bot", "invite", "--unit", "phong-kinh-te")
        said = []
        for environment in (root | {TOKEN_VARIABLE: TOKEN}, root | {TOKEN_VARIABLE: "1:wrong"}, root):
            pipe = asyncio.subprocess.PIPE
            process = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, env=environment, stdout=pipe)
            said.append((await process.communicate())[0].decode())

        group = (*command[:4], "--group", "leadership")
        process = await asyncio.create_subprocess_exec(
            *group, cwd=tmp_path, env=root | {TOKEN_VARIABLE: TOKEN}, stdout=asyncio.subprocess.PIPE
        )
        for_group = (await process.communicate())[0].decode()

    assert ["https://t.me/GB_bot?start=" in text for text in said] == [True, False, False]
    assert "https://t.me/GB_bot?startgroup=" in for_group
    assert "/start@GB_bot " in for_group  # a bare code would not reach a bot in privacy mode
