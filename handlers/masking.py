"""The group's copy of an issue: made when it is posted, from the issue itself, with persons' names as initials.

Knows: the office's word on names, for all issues (settings) and for one. The issue's own file is never changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions.masking import Masked, masked_report, places
from handlers import bureau
from handlers.words import File
from storage import attachments, meta, reports

if TYPE_CHECKING:
    from bot.decisions.office import Bureau
    from bot.facts import Issue
    from handlers.kit import Kit
    from storage.database import Reading, Transaction

OPEN = "open"  # «giữ nguyên tên», for one issue


async def masked_of(kit: Kit, rx: Reading, issue: Issue) -> Masked:
    """The issue with its names masked; as it is where the office lets names stand."""
    report = await bureau.report_of(rx, issue)
    privacy = kit.settings.privacy
    return masked_report(report, privacy.known_names) if privacy.mask_names else Masked(report)


async def as_drafted(kit: Kit, rx: Reading, seen: Bureau, issue: Issue) -> Bureau:
    """The office's view with what goes with a draft: names that are masked, posted issues that were touched since."""
    masked = places(kit.form, await masked_of(kit, rx, issue))
    return replace(seen, masked=masked, touched=await bureau.touched(rx))


async def let_stand(tx: Transaction, issue: Issue, *, is_open: bool) -> None:
    """The office's word about one issue."""
    await meta.put(tx, _key(issue), OPEN if is_open else "")


async def group_file(kit: Kit, tx: Transaction, issue: Issue) -> File | None:
    """The file that may go to a group."""
    assert issue.id is not None
    content = await reports.content(tx, issue.id)
    if content is None or content.docx_hash is None:
        return None
    name = bureau.file_name(kit, issue.period, issue.version)
    found = await masked_of(kit, tx, issue)
    if not found.names or await meta.get(tx, _key(issue)) == OPEN:
        return File(content.docx_hash, name)
    docx = await bureau.word_file(kit, found.report, await bureau.layout_of(tx, issue.period))
    return File(await attachments.keep(tx, name, docx), name)


def _key(issue: Issue) -> str:
    return f"names:{issue.period}:{issue.version}"
