"""Live texts of sections and parts, only ever added: the newest of a section and part is the current one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts import LiveText, Slot
from storage.values import from_json, json_text, moment

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from storage.database import Reading, Row, Transaction

# Both go from one (section, part) to the next by a seek, and by another to its newest text: the time they take does not
# grow with how often a text was written.
CURRENT = """
WITH RECURSIVE places (section, part) AS (
    SELECT * FROM (SELECT section, part FROM texts WHERE period = :period ORDER BY section, part LIMIT 1) AS first
    UNION ALL
    SELECT n.section, n.part FROM places AS p JOIN texts AS n ON n.id = (
        SELECT id FROM texts WHERE period = :period AND (section, part) > (p.section, p.part)
        ORDER BY section, part LIMIT 1
    )
)
SELECT t.* FROM places AS p JOIN texts AS t ON t.id = (
    SELECT max(id) FROM texts WHERE period = :period AND section = p.section AND part = p.part
)
"""
CURRENT_OF = """
WITH RECURSIVE wanted (section) AS (VALUES (:sections)), places (section, part) AS (
    SELECT section, (SELECT min(part) FROM texts WHERE period = :period AND section = w.section) FROM wanted AS w
    UNION ALL
    SELECT section, (SELECT min(part) FROM texts WHERE period = :period AND section = p.section AND part > p.part)
    FROM places AS p WHERE part IS NOT NULL
)
SELECT t.* FROM places AS p JOIN texts AS t ON t.id = (
    SELECT max(id) FROM texts WHERE period = :period AND section = p.section AND part = p.part
)
"""


async def record(tx: Transaction, text: LiveText, now: datetime) -> int:
    """Returns the new id. An empty text says that the section has none any more."""
    row_id = await tx.insert(
        "INSERT INTO texts (section, part, period, text, slots, reply_id, person_id, at, unchanged) VALUES (:section, "
        ":part, :period, :text, :slots, :reply_id, :person_id, :at, :unchanged)",
        {
            "section": text.section,
            "part": text.part or "",
            "period": text.period,
            "text": text.text,
            "slots": json_text([[s.indicator, s.start, s.end] for s in text.slots]),
            "reply_id": text.reply_id,
            "person_id": text.person_id,
            "at": text.at or now,
            "unchanged": text.unchanged,
        },
    )
    assert row_id is not None
    return row_id


async def current(
    rx: Reading, period: str, sections: Collection[str] | None = None
) -> dict[tuple[str, str | None], LiveText]:
    """The newest text by (section, part); all of the period's, or of the sections asked for."""
    if sections is not None:
        return {(text.section, text.part): text for text in await current_of(rx, period, tuple(sections))}
    return {(text.section, text.part): text for text in map(text_of, await rx.all(CURRENT, {"period": period}))}


async def current_of(rx: Reading, period: str, sections: Sequence[str]) -> tuple[LiveText, ...]:
    """The newest text of each part of these sections; those that nobody wrote since are remembered."""

    async def read(unknown: list[str]) -> dict[str, list[LiveText]]:
        rows = await rx.all(CURRENT_OF, {"period": period, "sections": unknown})
        found: dict[str, list[LiveText]] = {}
        for text in map(text_of, rows):
            found.setdefault(text.section, []).append(text)
        return found

    found = await rx.newest("texts", period, sections, read)
    return tuple(text for texts in found.values() for text in texts)


async def earlier(rx: Reading, period: str, weeks: int) -> dict[tuple[str, str | None], list[str]]:
    """The words of at most `weeks` reported periods before this one, by (section, part), the newest first."""
    rows = await rx.all(
        "SELECT section, part, text FROM texts WHERE id IN (SELECT max(id) FROM texts WHERE period IN ("
        "SELECT DISTINCT period FROM texts WHERE period < :period ORDER BY period DESC LIMIT :weeks"
        ") GROUP BY period, section, part) ORDER BY period DESC",
        {"period": period, "weeks": weeks},
    )
    found: dict[tuple[str, str | None], list[str]] = {}
    for row in rows:
        found.setdefault((row["section"], row["part"] or None), []).append(row["text"])
    return found


async def before(rx: Reading, place: tuple[str, str | None], period: str, weeks: int) -> list[str]:
    """The words of one place in at most `weeks` earlier periods, the newest first."""
    section, part = place
    rows = await rx.all(
        "SELECT text FROM texts WHERE id IN (SELECT max(id) FROM texts WHERE section = :section AND part = :part "
        "AND period < :period GROUP BY period ORDER BY period DESC LIMIT :weeks) ORDER BY period DESC",
        {"section": section, "part": part or "", "period": period, "weeks": weeks},
    )
    return [row["text"] for row in rows]


async def versions(rx: Reading, section: str, part: str | None, period: str) -> list[LiveText]:
    """Every text ever given, the first one first."""
    rows = await rx.all(
        "SELECT * FROM texts WHERE period = :period AND section = :section AND part = :part ORDER BY id",
        {"period": period, "section": section, "part": part or ""},
    )
    return [text_of(row) for row in rows]


def text_of(row: Row) -> LiveText:
    return LiveText(
        section=row["section"],
        period=row["period"],
        text=row["text"],
        slots=tuple(Slot(*slot) for slot in from_json(row["slots"])),
        part=row["part"] or None,
        reply_id=row["reply_id"],
        person_id=row["person_id"],
        at=moment(row["at"]),
        unchanged=bool(row["unchanged"]),
        id=row["id"],
    )
