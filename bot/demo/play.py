"""The demo: a stand-in Telegram on 127.0.0.1, the real service against it over HTTP, and one real week played through.

Knows: the play, the clock it moves. Does not know: how anything is read, stored or said.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.app import App
from bot.demo.clock import Clock
from bot.demo.script import load_play
from bot.demo.show import Show
from bot.demo.telegram_standin import TelegramStandin
from bot.facts import PostRole
from bot.rendering.forms import load_form, load_opening
from bot.settings import TOKEN_VARIABLE, read_settings
from handlers.telegram import TelegramChannel
from storage import attachments, codes, figures, inbox, outbox, plans, questions, reports
from storage.migrate import migrate

if TYPE_CHECKING:
    from pathlib import Path

    from bot.demo.script import Play, Player, Scene
    from bot.settings import Settings

TOKEN = "5000000001:demo-token-of-nobody"  # noqa: S105 - the stand-in's
GROUP = -1005000000001
START = datetime(2026, 6, 1, 1, 30, tzinfo=UTC)  # Monday morning
PATIENCE = 20.0  # seconds for the service to come to rest
CODES = timedelta(hours=72)
SETTINGS, DATABASE = "demo.toml", "demo.db"


@dataclass(slots=True)
class Stage:
    """Everything the play needs."""

    play: Play
    app: App
    standin: TelegramStandin
    clock: Clock
    show: Show
    players: dict[str, Player]
    codes: dict[str, str] = field(default_factory=dict)

    def local(self, moment: datetime) -> datetime:
        """A local time of the play as an instant."""
        return moment.replace(tzinfo=self.app.kit.settings.schedule.zone)


async def play(out: Path) -> int:
    """Play the week and leave the report in `out`. Returns an exit code."""
    began = time.monotonic()
    told = load_play()
    clock = Clock(START)
    show = Show(told, {})
    show.title()
    async with TelegramStandin(TOKEN, now=clock.now) as standin:
        settings = _settings(told, standin, out)
        migrate(settings.database)
        channel = TelegramChannel(TOKEN, now=clock.now, base_url=standin.base_url, base_file_url=standin.base_file_url)
        app = await App.open(settings, {"telegram": channel}, now=clock.now, pause=clock.pause)
        try:
            players = {p.id: p for p in told.players}
            stage = Stage(told, app, standin, clock, Show(told, {p.number: p.name for p in told.players}), players)
            return await _run(stage, out, began)
        finally:
            await app.close()


def _settings(told: Play, standin: TelegramStandin, out: Path) -> Settings:
    """The office of the demo, on a new database. Both stay in `out`, so that its week can be looked into afterwards."""
    out.mkdir(parents=True, exist_ok=True)
    for left in out.glob(f"{DATABASE}*"):
        left.unlink()
    file = out / SETTINGS
    values = {"base_url": standin.base_url, "base_file_url": standin.base_file_url, "path": DATABASE}
    file.write_text(told.settings.format(**values), encoding="utf-8")
    return read_settings(file, {TOKEN_VARIABLE: TOKEN})


async def _run(stage: Stage, out: Path, began: float) -> int:
    stop = asyncio.Event()
    running = asyncio.create_task(stage.app.run(stop))
    try:
        await _enrol(stage)
        await _week(stage)
        await _end(stage, out, time.monotonic() - began)
    finally:
        stop.set()
        await running
    return 0


async def _enrol(stage: Stage) -> None:
    """Codes for everybody, opened by their links; the group is bound by a code typed in it."""
    kit = stage.app.kit
    form = load_form(kit.settings.office.form)
    until = stage.clock.now() + CODES
    async with kit.db.transaction() as tx:
        await plans.record_opening(tx, load_opening(kit.settings.office.form, form), stage.clock.now())
        for player in stage.play.players:
            stage.codes[player.id] = kit.mint_code()
            invitation = codes.Invitation(until, PostRole(player.role), player.department)
            await codes.issue_code(tx, stage.codes[player.id], invitation, stage.clock.now())
        group = kit.mint_code()
        await codes.issue_code(tx, group, codes.Invitation(until, group_purpose="leadership"), stage.clock.now())
    people = stage.standin.people
    for player in stage.play.players:
        people.join(player.number, player.name)
        people.say(player.number, f"/start {stage.codes[player.id].replace('-', '')}")
    people.make_group(GROUP, stage.play.group)
    secretary = next(p for p in stage.play.players if p.role == "secretary")
    people.add_to_group(GROUP, secretary.number)
    people.say(secretary.number, f"/start@giaoban_bot {group.replace('-', '')}", chat=GROUP)
    await _rest(stage)
    stage.show.setup(len(stage.play.players), stage.standin)


async def _week(stage: Stage) -> None:
    """Scenes and moments of the schedule, in the order of time."""
    moments = stage.app.kit.weeks.at(stage.local(stage.play.scenes[0].at).astimezone(UTC)).moments
    due = {moments.opens, *moments.reminders, moments.hand_over, moments.deadline, moments.escalate}
    due |= {moments.post - timedelta(minutes=15), moments.post} if moments.post is not None else set()
    scenes = [(stage.local(s.at).astimezone(UTC), s) for s in stage.play.scenes]
    steps: list[tuple[datetime, Scene | None]] = [*scenes, *((at, None) for at in due)]
    steps.sort(key=lambda step: (step[0], step[1] is not None))
    for number, (at, scene) in enumerate(steps, start=1):
        stage.clock.move_to(at)
        stage.show.moment(at.astimezone(stage.app.kit.settings.schedule.zone), number, len(steps))
        if scene is None:
            stage.app.ticker.hurried.set()
        else:
            _act(stage, scene)
        await _rest(stage)
        stage.show.news(stage.standin)


def _act(stage: Stage, scene: Scene) -> None:
    player = stage.players[scene.who]
    people = stage.standin.people
    if scene.kind == "say":
        people.say(player.number, scene.text)
        return
    if scene.kind == "edit":
        mine = [m for m in people.messages(player.number) if m["from"]["id"] == player.number]
        people.edit(player.number, mine[-1]["message_id"], scene.text)
        return
    for message in reversed(people.from_bot(player.number)):
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        labels = [b["text"] for row in rows for b in row if b["text"].startswith(scene.text)]
        if labels:
            people.press(player.number, message["message_id"], labels[0])
            return
    raise LookupError(f"nobody offers {scene.text!r} to {scene.who}")


async def _rest(stage: Stage) -> None:
    """Until everything that came in is worked off and everything that is due has gone out."""
    app = stage.app
    world = stage.standin.world
    async with asyncio.timeout(PATIENCE):
        while True:
            await asyncio.sleep(0.01)
            if world.pending or app.ticker.is_looking or app.ticker.hurried.is_set():
                continue
            async with app.kit.db.reading() as rx:
                waiting = await inbox.counts(rx)
                leaving = await outbox.counts(rx)
            if (
                not waiting.get("open")
                and not leaving.get(outbox.Sending.QUEUED)
                and not leaving.get(outbox.Sending.SENDING)
            ):
                return


async def _end(stage: Stage, out: Path, seconds: float) -> None:
    """The report's file, and what the week amounted to."""
    kit = stage.app.kit
    week = kit.weeks.at(stage.local(stage.play.scenes[0].at).astimezone(UTC))
    period = str(week.period)
    async with kit.db.reading() as rx:
        issue = await reports.latest(rx, period)
        content = await reports.content(rx, issue.id) if issue is not None and issue.id is not None else None
        blob = await attachments.find(rx, content.docx_hash) if content is not None and content.docx_hash else None
        stored = await figures.current(rx, period)
        asked_back = await questions.of_period(rx, period)
    asked = [i.id for d in kit.form.departments for i in kit.form.asked_of(d)]
    stage.show.summary(
        asked=len(asked),
        stored=sum(i in stored for i in asked),
        questioned=len(asked_back),
        said=sum(line.kind in ("said", "pressed", "edited") and bool(line.who) for line in stage.standin.world.lines),
        sent=sum(not line.who and line.kind in ("sent", "file") for line in stage.standin.world.lines),
        seconds=seconds,
    )
    if blob is not None:
        stage.show.report(_written(out / blob.name, blob.content))
        stage.show.compile(out / SETTINGS, period)


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
