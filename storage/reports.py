"""Issues of a period's report and what happened to each: made, submitted, returned, approved, posted. Only added to.

Which change of state is allowed is not known here; that the state was what the caller believed, is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.facts import Issue, ReportState
from storage.values import moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Row, Transaction


@dataclass(frozen=True, slots=True)
class Made:
    """What a new issue consists of. `digest` is the SHA-256 of what is shown for approval."""

    period: str
    digest: str
    model: str  # JSON
    docx_hash: str | None = None
    pdf_hash: str | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What an issue is made of, for showing it again."""

    model: str
    docx_hash: str | None
    pdf_hash: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of an issue's log."""

    state: ReportState
    at: datetime
    person_id: int | None
    comment: str


async def add(tx: Transaction, made: Made, now: datetime) -> Issue:
    """Store a new issue as a draft; versions of a period count from 1."""
    row = await tx.one(
        "INSERT INTO issues (period, version, digest, model, docx_hash, pdf_hash, made_at, made_by) "
        "SELECT :period, coalesce(max(version), 0) + 1, :digest, :model, :docx_hash, :pdf_hash, :now, :person_id "
        "FROM issues WHERE period = :period RETURNING id, version",
        {
            "period": made.period,
            "digest": made.digest,
            "model": made.model,
            "docx_hash": made.docx_hash,
            "pdf_hash": made.pdf_hash,
            "person_id": made.person_id,
            "now": now,
        },
    )
    assert row is not None
    await _log(tx, row["id"], Step(ReportState.DRAFT, now, made.person_id, ""))
    return Issue(made.period, row["version"], ReportState.DRAFT, made.digest, now, id=row["id"])


async def change(tx: Transaction, issue: Issue, step: Step) -> bool:
    """Log a new state. False, and nothing done, if the issue is no longer in the state that `issue` shows."""
    assert issue.id is not None
    row = await tx.one("SELECT state FROM issue_states WHERE issue_id = :id ORDER BY id DESC LIMIT 1", {"id": issue.id})
    if row is None or row["state"] != issue.state:
        return False
    await _log(tx, issue.id, step)
    return True


NEWEST_OF_PERIODS = (
    "SELECT i.* FROM issues_now AS i WHERE i.version = (SELECT max(version) FROM issues WHERE period = i.period)"
)
LATEST = "SELECT * FROM issues_now WHERE period = :period ORDER BY version DESC LIMIT 1"


async def latest(rx: Reading, period: str) -> Issue | None:
    row = await rx.one(LATEST, {"period": period})
    return issue_of(row) if row else None


async def by_version(rx: Reading, period: str, version: int) -> Issue | None:
    row = await rx.one(
        "SELECT * FROM issues_now WHERE period = :period AND version = :version", {"period": period, "version": version}
    )
    return issue_of(row) if row else None


async def of_period(rx: Reading, period: str) -> list[Issue]:
    """All issues of a period, the first one first."""
    rows = await rx.all("SELECT * FROM issues_now WHERE period = :period ORDER BY version", {"period": period})
    return [issue_of(row) for row in rows]


async def last_posted(rx: Reading, period: str = "") -> Issue | None:
    """The newest issue that was posted, of this period or of whatever period: what a group may be shown."""
    row = await rx.one(
        "SELECT * FROM issues_now WHERE posted_at IS NOT NULL AND (:period = '' OR period = :period) "
        "ORDER BY period DESC, version DESC LIMIT 1",
        {"period": period},
    )
    return issue_of(row) if row else None


async def before_leader(rx: Reading) -> Issue | None:
    """The newest issue of any period that was handed up and not answered yet."""
    row = await rx.one(
        f"{NEWEST_OF_PERIODS} AND i.state = :state ORDER BY i.period DESC LIMIT 1", {"state": ReportState.SUBMITTED}
    )
    return issue_of(row) if row else None


async def approved_periods(rx: Reading) -> list[str]:
    """Periods whose newest issue is approved and not posted."""
    rows = await rx.all(f"{NEWEST_OF_PERIODS} AND i.state = :state ORDER BY i.period", {"state": ReportState.APPROVED})
    return [row["period"] for row in rows]


async def content(rx: Reading, issue_id: int) -> Content | None:
    row = await rx.one("SELECT model, docx_hash, pdf_hash FROM issues WHERE id = :id", {"id": issue_id})
    return Content(row["model"], row["docx_hash"], row["pdf_hash"]) if row else None


async def log(rx: Reading, issue_id: int) -> list[Step]:
    """Everything that happened to an issue, in order."""
    rows = await rx.all("SELECT * FROM issue_states WHERE issue_id = :id ORDER BY id", {"id": issue_id})
    return [Step(ReportState(row["state"]), moment(row["at"]), row["person_id"], row["comment"]) for row in rows]


async def _log(tx: Transaction, issue_id: int, step: Step) -> None:
    tx.later(
        "INSERT INTO issue_states (issue_id, state, person_id, at, comment) "
        "VALUES (:issue_id, :state, :person_id, :at, :comment)",
        {
            "issue_id": issue_id,
            "state": step.state,
            "person_id": step.person_id,
            "at": step.at,
            "comment": step.comment,
        },
    )


def issue_of(row: Row) -> Issue:
    return Issue(
        period=row["period"],
        version=row["version"],
        state=ReportState(row["state"]),
        digest=row["digest"],
        made_at=moment(row["made_at"]),
        approved_by=row["approved_by"],
        approved_at=moment(row["approved_at"]) if row["approved_at"] else None,
        posted_at=moment(row["posted_at"]) if row["posted_at"] else None,
        comment=row["comment"],
        id=row["id"],
    )
