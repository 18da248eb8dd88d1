"""The report comes back from Word: what the secretary changed is listed, and taken when she says so.

Knows: which issue the file was made from. The file itself is kept; buttons carry its hash, so a press after a restart
finds the same changes again. What changes become is decided in `bot.decisions.word`.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions import office
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say
from bot.decisions.word import TAKEN_KINDS, take, told
from bot.rendering.format import load_format
from bot.rendering.word import readback
from bot.rendering.zip_guard import UnfitFileError
from handlers import bureau
from handlers.chat import HERE, Chat, current
from storage import attachments, figures, reports

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from bot.decisions.outcome import Pressed
    from bot.decisions.word import Taken
    from bot.facts import Issue
    from bot.reports.edited import Change
    from bot.reports.model import Report
    from handlers.files import ReadFile


async def came_back(chat: Chat, file: ReadFile) -> bool:
    """True when the file is this period's report: its changes are listed. Any other file is read like words."""
    assert chat.message is not None
    seen = await chat.view()
    newest = seen.bureau.issue
    if newest is None:
        return False
    named = await _named(chat, file.name)
    issue = named or newest
    report = await bureau.report_of(chat.tx, issue)
    try:
        if not await asyncio.to_thread(readback.is_of, report, file.content):
            return False
        found = await asyncio.to_thread(readback.changes, report, file.content)
    except UnfitFileError:
        return False
    if newest.state in office.LOCKED:
        await chat.say("word_locked", "word", version=newest.version)
        return True
    data = {
        "hash": await attachments.keep(chat.tx, file.name, file.content),
        "version": str(issue.version),
        "reply_id": str(chat.message.reply_id),
    }
    await _listed(chat, report, found, data, (issue, newest), is_known=named is not None)
    return True


async def _named(chat: Chat, name: str) -> Issue | None:
    """The issue that the file's name tells."""
    for issue in reversed(await reports.of_period(chat.tx, chat.desk.period)):
        stem = bureau.file_name(chat.kit, issue.period, issue.version).rpartition(".")[0]
        if name.startswith(stem) and not name[len(stem) : len(stem) + 1].isdigit():
            return issue
    return None


async def _listed(
    chat: Chat,
    report: Report,
    found: list[Change],
    data: Mapping[str, str],
    issues: tuple[Issue, Issue],
    *,
    is_known: bool,
) -> None:
    issue, newest = issues
    lines = told(chat.kit.form, report, found)
    await _left_over(chat, report, found)
    if not lines:
        await chat.say("word_taken", "word", taken=0, version=newest.version)
        return
    against = {
        "version": issue.version,
        "newest": newest.version,
        "is_known": is_known or newest.version == 1,
    }
    answers = {key: Answer(effect=f"word_{key}", data=data) for key in ("all", "each", "none")}
    say = Say(
        "word_changes",
        HERE,
        chat.common() | {"changes": lines} | against,
        Purpose.QUESTION,
        f"word:{chat.key}",
        answers,
    )
    await chat.out(Outcome((), (say,)))


async def _left_over(chat: Chat, report: Report, found: list[Change]) -> None:
    """What no figure or text can hold, and figures whose new value nobody can tell: said, never dropped."""
    taken = _taken(chat, report, found)
    if not taken.unclear and not taken.left:
        return
    unclear = [chat.kit.form.indicators[i].short for i in taken.unclear if i in chat.kit.form.indicators]
    left = [{"kind": str(change.kind), "words": change.new or change.old} for change in taken.left]
    await chat.say("word_left", "word-left", unclear=unclear, left=left)


def _taken(chat: Chat, report: Report, accepted: list[Change]) -> Taken:
    gap = load_format().words["gap"]
    return take(chat.kit.form, report, accepted, person_id=chat.desk.person.id, at=chat.happened.at, gap=gap)


async def _again(chat: Chat, data: Mapping[str, str]) -> tuple[Report, list[Change]] | None:
    """The changes of the kept file that can be taken; None, and said, when the report was approved meanwhile."""
    newest = (await chat.view()).bureau.issue
    issue = await reports.by_version(chat.tx, chat.desk.period, int(data["version"]))
    blob = await attachments.find(chat.tx, data["hash"])
    if newest is None or newest.state in office.LOCKED or issue is None or blob is None:
        await chat.say("word_locked", "word", version=newest.version if newest is not None else 0)
        return None
    report = await bureau.report_of(chat.tx, issue)
    found = await asyncio.to_thread(readback.changes, report, blob.content)
    return report, [change for change in found if change.kind in TAKEN_KINDS]


async def _all(chat: Chat, pressed: Pressed) -> None:
    again = await _again(chat, pressed.answer.data)
    if again is not None:
        await _store(chat, again[0], again[1], pressed.answer.data)


async def _store(chat: Chat, report: Report, accepted: list[Change], data: Mapping[str, str]) -> None:
    """Figures and texts are stored, and the next draft, made of them, is sent."""
    taken = _taken(chat, report, accepted)
    reply_id = int(data["reply_id"])
    standing = await figures.current(chat.tx, chat.desk.period)
    given = [
        replace(f, reply_id=reply_id, amends=standing[f.indicator].id if f.indicator in standing else None)
        for f in taken.figures
    ]
    texts = [replace(text, reply_id=reply_id) for text in taken.texts]
    log = Logged("word_taken", data["hash"], new=str(len(accepted)), reply_id=reply_id)
    await chat.out(Outcome((*given, *texts, log)))
    seen = await chat.view()
    issue, built = await current(chat, seen)
    count = len(told(chat.kit.form, report, accepted))
    await chat.say("word_taken", "word", taken=count, version=issue.version)
    if accepted:
        draft = office.draft_ready(seen.bureau, issue, f"word-draft:{chat.key}", notes=len(built.report.notes))
        await chat.out(Outcome((), (replace(draft, to=HERE),)))


async def _none(chat: Chat, _pressed: Pressed) -> None:
    newest = (await chat.view()).bureau.issue
    await chat.say("word_taken", "word", taken=0, version=newest.version if newest is not None else 0)


async def _each(chat: Chat, pressed: Pressed) -> None:
    await _ask(chat, {**pressed.answer.data, "at": "0", "chosen": ""})


async def _one(chat: Chat, pressed: Pressed) -> None:
    """One change is taken or left; after the last one, what was chosen is stored."""
    data = pressed.answer.data
    chosen = f"{data['chosen']} {data['at']}" if pressed.key == "take" else data["chosen"]
    await _ask(chat, {**data, "at": str(int(data["at"]) + 1), "chosen": chosen})


async def _ask(chat: Chat, data: Mapping[str, str]) -> None:
    again = await _again(chat, data)
    if again is None:
        return
    report, found = again
    at = int(data["at"])
    if at >= len(found):
        await _store(chat, report, [found[int(n)] for n in data["chosen"].split()], data)
        return
    change = found[at]
    data_told = {
        "n": at + 1,
        "total": len(found),
        "changes": told(chat.kit.form, report, [change]),
        "old": _joined(edit.old for edit in change.edits) if change.edits else change.old,
        "new": _joined(edit.new for edit in change.edits) if change.edits else change.new,
        "author": change.author,
    }
    answers = {key: Answer(effect="word_one", data=data) for key in ("take", "leave")}
    say = Say("word_change", HERE, chat.common() | data_told, Purpose.QUESTION, f"word-one:{chat.key}", answers)
    await chat.out(Outcome((), (say,)))


def _joined(pieces: Iterable[str]) -> str:
    """The places of a paragraph that changed, without the long rest of it."""
    return " … ".join(piece.strip() for piece in pieces if piece.strip())


EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "word_all": _all,
    "word_each": _each,
    "word_none": _none,
    "word_one": _one,
}
