"""`giaoban demo`: one real week against a stand-in server on this machine."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from bot.demo.play import play

if TYPE_CHECKING:
    import argparse

    from bot.commands.context import Context

OUT = Path("out")


def run(_asked: argparse.Namespace, _context: Context) -> int:
    return asyncio.run(play(OUT))
