"""The report comes back from Word: what the secretary changed is listed, and taken when she says so.

Knows: which issue the file was made from, and what was stored since. The file itself is kept; buttons carry its hash,
so a press after a restart finds the same changes again. What changes become is decided in `bot.decisions.word`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bot.decisions import office
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say
from bot.decisions.word import TAKEN_KINDS, authors_of, take, told
from bot.rendering.format import load_format
from bot.rendering.word import readback, recognise
from bot.rendering.word.reader import read_document
from bot.rendering.word.recognise import Kin
from bot.rendering.zip_guard import UnfitFileError
from bot.reports.edited import Since
from bot.reports.rebase import rebased
from handlers import bureau, masking
from handlers.chat import HERE, Chat, current
from storage import attachments, figures, reports

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from bot.decisions.outcome import Pressed
    from bot.decisions.word import Taken
    from bot.facts import Issue
    from bot.rendering.word.reader import ReadDocument
    from bot.reports.edited import Change
    from bot.reports.model import Report
    from handlers.bureau import View
    from handlers.files import ReadFile


@dataclass(frozen=True, slots=True)
class Basis:
    """What an edited file is compared with: the issue it was made from, and what is stored now."""

    issue: Issue
    made_from: Report
    stands: Report
    is_told: bool = True  # by the file itself


async def came_back(chat: Chat, file: ReadFile) -> bool:
    """True when the file is a report of ours, or looks like one. Any other file is read like words."""
    seen = await chat.view()
    try:
        document = await asyncio.to_thread(read_document, file.content)
    except UnfitFileError:
        return await _in_another_format(chat, seen, file)
    told_period, told_version = recognise.told_by(document) or (chat.desk.period, None)
    if told_period != chat.desk.period:
        await chat.say("word_other_week", "word", other=told_period)
        return True
    found = await _basis(chat, seen, document, told_version or await _named(chat, file.name))
    if found is Kin.NONE:
        return False
    newest = seen.bureau.issue
    if newest is not None and newest.state in office.LOCKED:
        await chat.say("word_locked", "word", version=newest.version)
    elif found is Kin.ALIKE or newest is None:
        version = newest.version if newest is not None else None
        await chat.say("word_unrecognised", "word", name=file.name, version=version, is_docx=True)
    else:
        await _listed(chat, file, found, document, newest)
    return True


async def _in_another_format(chat: Chat, seen: View, file: ReadFile) -> bool:
    """The report as .doc or PDF brings no changes; above all it is nobody's part."""
    if not recognise.reads_like(bureau.as_stored(chat.kit, seen), file.text):
        return False
    newest = seen.bureau.issue
    version = newest.version if newest is not None else None
    await chat.say("word_unrecognised", "word", name=file.name, version=version, is_docx=False)
    return True


async def _basis(
    chat: Chat, seen: View, document: ReadDocument, version: int | None
) -> Basis | Literal[Kin.NONE, Kin.ALIKE]:
    """The issue that the file was made from: as it says, else the one whose words it shares most."""
    stands = bureau.as_stored(chat.kit, seen)
    issues = [i for i in await reports.of_period(chat.tx, chat.desk.period) if version in (None, i.version)]
    reports_of = [(issue, await bureau.report_of(chat.tx, issue)) for issue in issues]
    found = await asyncio.to_thread(_likest, reports_of, document)
    if found is not None:
        issue, report = found
        return Basis(issue, report, stands, is_told=version is not None)
    likeness = await asyncio.to_thread(recognise.likeness, stands, document)
    return Kin.NONE if likeness.kin is Kin.NONE else Kin.ALIKE


def _likest(issues: Sequence[tuple[Issue, Report]], document: ReadDocument) -> tuple[Issue, Report] | None:
    """Of several with the same share the newest."""
    shares = [
        (likeness.shared, n)
        for n, (_, report) in enumerate(issues)
        if (likeness := recognise.likeness(report, document)).kin is Kin.SAME
    ]
    return issues[max(shares)[1]] if shares else None


async def _named(chat: Chat, name: str) -> int | None:
    """The version that the file's name tells."""
    for issue in reversed(await reports.of_period(chat.tx, chat.desk.period)):
        stem = bureau.file_name(chat.kit, issue.period, issue.version).rpartition(".")[0]
        if name.startswith(stem) and not name[len(stem) : len(stem) + 1].isdigit():
            return issue.version
    return None


async def _listed(chat: Chat, file: ReadFile, basis: Basis, document: ReadDocument, newest: Issue) -> None:
    assert chat.message is not None
    found = await asyncio.to_thread(_changes, basis, document)
    data = {
        "hash": await attachments.keep(chat.tx, file.name, file.content),
        "version": str(basis.issue.version),
        "reply_id": str(chat.message.reply_id),
    }
    lines = told(chat.kit.form, basis.stands, found)
    await _left_over(chat, basis.stands, found)
    if not lines:
        await bureau.keep_layout(chat.tx, chat.desk.period, data["hash"])
        await chat.say("word_taken", "word", taken=0, version=newest.version, is_kept=True)
        return
    authors = {str(line["author"]) for line in lines}
    against = {
        "version": basis.issue.version,
        "newest": newest.version,
        "is_known": basis.is_told or newest.version == 1,
        "author": authors.pop() if len(authors) == 1 else "",
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


def _changes(basis: Basis, document: ReadDocument) -> list[Change]:
    found = readback.changes_in(basis.made_from, document)
    return rebased(basis.made_from, basis.stands, found, load_format().words["gap"])


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
    """The changes of the kept file that can be taken, as they are now; None, and said, when the report is locked."""
    seen = await chat.view()
    newest = seen.bureau.issue
    issue = await reports.by_version(chat.tx, chat.desk.period, int(data["version"]))
    blob = await attachments.find(chat.tx, data["hash"])
    if newest is None or newest.state in office.LOCKED or issue is None or blob is None:
        await chat.say("word_locked", "word", version=newest.version if newest is not None else 0)
        return None
    document = await asyncio.to_thread(read_document, blob.content)
    basis = Basis(issue, await bureau.report_of(chat.tx, issue), bureau.as_stored(chat.kit, seen))
    found = await asyncio.to_thread(_changes, basis, document)
    return basis.stands, [change for change in found if change.kind in TAKEN_KINDS]


async def _all(chat: Chat, pressed: Pressed) -> None:
    """What nobody else touched meanwhile is taken at once; the rest is asked about, one by one."""
    again = await _again(chat, pressed.answer.data)
    if again is None:
        return
    report, found = again
    overtaken = [n for n, change in enumerate(found) if change.since is Since.OVERTAKEN]
    if not overtaken:
        await _store(chat, report, found, pressed.answer.data)
        return
    chosen = [n for n, change in enumerate(found) if change.since is Since.SAME]
    await _ask(chat, {**pressed.answer.data, "order": _spelt(overtaken), "n": "1", "chosen": _spelt(chosen)})


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
    await chat.out(Outcome((*given, *texts, log, *authors_of(accepted, reply_id))))
    await bureau.keep_layout(chat.tx, chat.desk.period, data["hash"])
    seen = await chat.view()
    issue, _ = await current(chat, seen)
    count = len(told(chat.kit.form, report, accepted))
    await chat.say("word_taken", "word", taken=count, version=issue.version, is_kept=True)
    if accepted:
        named = await masking.as_drafted(chat.kit, chat.tx, seen.bureau, issue)
        draft = office.draft_ready(named, issue, f"word-draft:{chat.key}")
        await chat.out(Outcome((), (replace(draft, to=HERE),)))


async def _none(chat: Chat, _pressed: Pressed) -> None:
    newest = (await chat.view()).bureau.issue
    await chat.say("word_taken", "word", taken=0, version=newest.version if newest is not None else 0, is_kept=False)


async def _each(chat: Chat, pressed: Pressed) -> None:
    again = await _again(chat, pressed.answer.data)
    if again is not None:
        order = [n for n, change in enumerate(again[1]) if change.since is not Since.ALREADY]
        await _ask(chat, {**pressed.answer.data, "order": _spelt(order), "n": "1", "chosen": ""})


async def _one(chat: Chat, pressed: Pressed) -> None:
    """One change is taken or left; after the last one, what was chosen is stored."""
    data = pressed.answer.data
    first, _, rest = data["order"].partition(" ")
    chosen = f"{data['chosen']} {first}".strip() if pressed.key == "take" else data["chosen"]
    await _ask(chat, {**data, "order": rest, "n": str(int(data["n"]) + 1), "chosen": chosen})


async def _ask(chat: Chat, data: Mapping[str, str]) -> None:
    """The next change; `order` are those still to be asked about, `chosen` those to be taken."""
    again = await _again(chat, data)
    if again is None:
        return
    report, found = again
    order = [int(n) for n in data["order"].split()]
    if not order:
        await _store(chat, report, [found[int(n)] for n in data["chosen"].split()], data)
        return
    change = found[order[0]]
    data_told = {
        "n": int(data["n"]),
        "total": int(data["n"]) + len(order) - 1,
        "changes": told(chat.kit.form, report, [change]),
        "old": _joined(edit.old for edit in change.edits) if change.edits else change.old,
        "new": _joined(edit.new for edit in change.edits) if change.edits else change.new,
        "stands": change.now if change.since is Since.OVERTAKEN else "",
        "author": change.author,
    }
    answers = {key: Answer(effect="word_one", data=data) for key in ("take", "leave")}
    key = f"word-one:{chat.key}"
    say = Say("word_change", HERE, chat.common() | data_told, Purpose.QUESTION, key, answers)
    await chat.out(Outcome((), (say,)))


def _spelt(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _joined(pieces: Iterable[str]) -> str:
    """The places of a paragraph that changed, without the long rest of it."""
    return " … ".join(piece.strip() for piece in pieces if piece.strip())


EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "word_all": _all,
    "word_each": _each,
    "word_none": _none,
    "word_one": _one,
}
