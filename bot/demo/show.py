"""The demo on the terminal: a dialogue that a person can read, with progress and a summary at the end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.demo.script import Play
    from bot.demo.telegram_standin import TelegramStandin
    from bot.demo.telegram_world import Line

WIDTH = 100
WHOLE = 2  # messages of one kind that are shown whole
LINES = 24  # of one message
SAID = 220  # characters of what a person typed
DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


class Show:
    """Prints what happened since the last look."""

    def __init__(self, play: Play, names: dict[int, str]) -> None:
        self._words = play.words
        self._names = names
        self._group = play.group
        self._seen = 0
        self._kinds: Counter[str] = Counter()
        self._day = ""
        self._ahead = ""

    def title(self) -> None:
        print(self._words["title"])
        print("=" * len(self._words["title"]))

    def setup(self, people: int, standin: TelegramStandin) -> None:
        print(self._words["setup"].format(people=people))
        self._seen = len(standin.world.lines)

    def moment(self, at: datetime, number: int, total: int) -> None:
        """A new time of the week, with how far the play has come; printed with the first thing that happens then."""
        stamp = f"{DAYS[at.weekday()]} {at:%d/%-m %H:%M}"
        done = self._words["progress"].format(done=number, total=total)
        self._ahead = "" if stamp == self._day else f"\n──── {stamp} ".ljust(WIDTH - len(done), "─") + f" {done}"
        self._day = stamp

    def news(self, standin: TelegramStandin) -> None:
        lines = standin.world.lines
        for line in lines[self._seen :]:
            if self._ahead:
                print(self._ahead)
                self._ahead = ""
            self._line(line)
        self._seen = len(lines)

    def _line(self, line: Line) -> None:
        where = self._names.get(line.chat, self._group)
        if line.who:
            if line.kind == "pressed":
                print(f"{line.who}: {self._words['pressed'].format(label=line.text)}")
            else:
                said = " ".join(line.text.split())
                print(f"{line.who}: {said[:SAID]}{'…' if len(said) > SAID else ''}")
            return
        self._kinds[_kind(line)] += 1
        head = f"  {self._words['bot']} → {where}"
        rows = line.text.split("\n")
        if self._kinds[_kind(line)] > WHOLE and line.kind != "edited":
            print(f"{head}: {rows[0]} …")
            return
        print(f"{head}:")
        for row in rows[:LINES]:
            print(f"    {row}")
        if len(rows) > LINES:
            print(f"    {self._words['more'].format(count=len(rows) - LINES)}")
        if line.file_name:
            print(f"    [{self._words['file'].format(name=line.file_name)}]")
        if line.buttons:
            print("    " + " ".join(f"[{label}]" for label in line.buttons))

    def summary(self, *, asked: int, stored: int, questioned: int, said: int, sent: int, seconds: float) -> None:
        print(f"\n──── {self._words['summary']} ".ljust(WIDTH, "─"))
        print(self._words["asked"].format(asked=asked, stored=stored, questioned=questioned))
        print(self._words["messages"].format(said=said, sent=sent))
        print(self._words["took"].format(seconds=f"{seconds:.1f}".replace(".", ",")))

    def report(self, path: Path) -> None:
        print(self._words["report"].format(path=path))

    def compile(self, settings: Path, period: str) -> None:
        """How the week's files are made again from what the demo stored."""
        print(self._words["compile"].format(settings=settings, period=period, out=settings.parent))


def _kind(line: Line) -> str:
    """Messages whose titles begin alike are of one kind."""
    title = line.text.split("\n", 1)[0]
    return " ".join(title.split("·")[0].split()[:3])
