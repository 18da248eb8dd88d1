"""The demo's week as data: who the people are, what they send when. Lies in templates/demo."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

KINDS = ("say", "press", "edit")


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with a phone. `number` is their id on the channel."""

    id: str
    number: int
    name: str
    title: str
    department: str
    role: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing a person does, at a local time."""

    at: datetime
    who: str
    kind: str
    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Play:
    players: tuple[Player, ...]
    scenes: tuple[Scene, ...]
    group: str
    words: dict[str, str]
    settings: str


def load_play(name: str = "week-23") -> Play:
    """Read the play."""
    told: dict[str, Any] = tomllib.loads(
        resources.files("templates").joinpath(f"demo/{name}.toml").read_text(encoding="utf-8")
    )
    players = tuple(
        Player(p["id"], 5001 + n, p["name"], p["title"], p["department"], p["role"])
        for n, p in enumerate(told["people"])
    )
    scenes = tuple(
        Scene(e["at"], e["who"], kind, e[kind], e.get("remark", ""))
        for e in told["events"]
        for kind in KINDS
        if kind in e
    )
    return Play(players, scenes, told["office"]["group"], told["words"], told["office"]["settings"])
