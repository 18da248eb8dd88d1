"""Messages become words and wait in the outbox: addressed, rendered for each reader, their buttons given tokens.

Knows: who is meant, and that the same thing is never queued twice. Does not send: `handlers.deliver` does.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.decisions.outcome import Answer, Pressed, Purpose, Whom
from bot.record import record
from bot.rendering.messages import Rank, Reader, Traits
from handlers.channel import Attachment, Outgoing, packed, unpacked
from storage import buttons, groups, outbox, people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.decisions.outcome import Say, To
    from bot.facts import Person
    from bot.rendering.messages import Button, Words
    from handlers.kit import Kit
    from storage.database import Transaction

PRIORITY = {
    Purpose.RECEIPT: outbox.Priority.RECEIPT,
    Purpose.QUESTION: outbox.Priority.QUESTION,
    Purpose.PROMPT: outbox.Priority.PROMPT,
    Purpose.NOTICE: outbox.Priority.QUESTION,
    Purpose.REPORT: outbox.Priority.REPORT,
    Purpose.REMINDER: outbox.Priority.REMINDER,
}
NOVICE_PERIODS = 3
ROW_LENGTH = 26  # characters of labels that fit beside each other on a phone


@record
class Addressee:
    """Who reads, and where."""

    channel: str
    chat_id: str
    person: Person | None = None
    is_group: bool = False
    rank: Rank = Rank.RESPONDENT


@record
class File:
    """A document that goes with a message: its bytes are in the database under `digest`."""

    digest: str
    name: str
    is_photo: bool = False


async def queue(
    kit: Kit,
    tx: Transaction,
    said: Sequence[Say],
    origin: Addressee | None,
    *,
    question_id: int | None = None,
    files: dict[str, File] | None = None,
) -> None:
    """Queue everything that was decided to be said. `files` are those of `Say.document`, by kind."""
    for say in said:
        file = (files or {}).get(say.document.kind) if say.document is not None else None
        for reader in await addressees(tx, say.to, origin):
            await _queue_one(kit, tx, say, reader, question_id if say.asks else None, file)
    if said:
        kit.wake()


async def addressees(tx: Transaction, to: To, origin: Addressee | None) -> list[Addressee]:
    """Where a message goes. People without an address are left out; the office hears of them elsewhere."""
    if to.whom is Whom.CHAT:
        return [origin] if origin is not None else []
    if to.whom is Whom.GROUP:
        found = await groups.leadership_groups(tx)
        return [Addressee(g.channel, g.chat_id, None, is_group=True, rank=Rank.GROUP) for g in found]
    return [_at(person, to) for person in await _people(tx, to) if person.chat_id]


async def _people(tx: Transaction, to: To) -> list[Person]:
    if to.whom is Whom.PERSON and to.person_id is not None:
        found = await people.find(tx, to.person_id)
        return [found] if found is not None else []
    if to.whom is Whom.DEPARTMENT and to.department is not None:
        return await people.people_of(tx, to.department)
    if to.whom is Whom.LEADERS:
        return await people.leaders(tx)
    return await people.secretaries(tx)


def _at(person: Person, to: To) -> Addressee:
    ranks = {Whom.OFFICE: Rank.OFFICE, Whom.LEADERS: Rank.LEADER}
    return Addressee(person.channel, person.chat_id, person, rank=ranks.get(to.whom, rank_of(person)))


def rank_of(person: Person | None) -> Rank:
    if person is None:
        return Rank.STRANGER
    if person.is_leader:
        return Rank.LEADER
    return Rank.OFFICE if person.is_secretary else Rank.RESPONDENT


def reader_of(addressee: Addressee, period: str) -> Reader:
    person = addressee.person
    if person is None:
        return Reader(rank=addressee.rank)
    novice = not person.first_period or _weeks_between(person.first_period, period) < NOVICE_PERIODS
    return Reader(person.address_form, person.name, addressee.rank, novice)


def _weeks_between(first: str, now: str) -> int:
    """Roughly, for the help lines of newcomers only: years count as 52 weeks."""
    (y1, w1), (y2, w2) = ((int(p[:4]), int(p[6:])) for p in (first, now or first))
    return (y2 - y1) * 52 + w2 - w1


async def _queue_one(
    kit: Kit, tx: Transaction, say: Say, reader: Addressee, question_id: int | None, file: File | None
) -> None:
    caps = kit.channels[reader.channel].caps
    is_photo = file is not None and file.is_photo
    carries = file is not None and (caps.photos if is_photo else caps.documents_out)
    limit = caps.max_caption if carries and not is_photo else caps.max_text
    period = str(say.data.get("period", ""))
    words = kit.catalogue.render(say.message, _data(kit, say), reader_of(reader, period), Traits(caps.buttons, limit))
    if file is not None and carries and is_photo and len(words.text) > caps.max_caption:
        _queue_picture(kit, tx, say, reader, file)  # the words don't fit below it: they follow, whole
        carries = False
    tokens = [kit.mint() for _ in words.buttons]
    shown = _rows(tokens, words) if caps.buttons else ()
    is_report = say.purpose is Purpose.REPORT and carries and caps.edit
    now = kit.now()
    row = outbox.OutRow(
        dedup=f"{say.dedup or kit.mint()}:{reader.channel}:{reader.chat_id}",
        channel=reader.channel,
        chat_id=reader.chat_id,
        is_group=reader.is_group,
        purpose=say.message,
        priority=PRIORITY[say.purpose],
        payload=packed(_outgoing(kit, say, words.text, shown, file if carries else None, placed=is_report)),
        attachment_hash=file.digest if carries and file is not None else None,
        not_before=say.not_before,
        person_id=reader.person.id if reader.person is not None else None,
        stage=outbox.Stage.PLACEHOLDER if is_report else None,
    )
    if not words.buttons:
        outbox.put(tx, row, now)
        return
    outbox_id = await outbox.add(tx, row, now)
    if outbox_id is None:
        return
    if words.is_choice and reader.rank is not Rank.OFFICE:  # what the office is asked stands until it is answered
        buttons.close_for_chat(tx, reader.channel, reader.chat_id, now)
    minted = [
        buttons.Button(
            token=token,
            channel=reader.channel,
            chat_id=reader.chat_id,
            period=period,
            purpose=say.message,
            key=button.key,
            person_id=None if reader.is_group or reader.person is None else reader.person.id,
            question_id=question_id,
            outbox_id=outbox_id,
            payload=_payload(button, words, say.answers.get(button.key)),
        )
        for token, button in zip(tokens, words.buttons, strict=True)
    ]
    await buttons.add(tx, minted)


def _queue_picture(kit: Kit, tx: Transaction, say: Say, reader: Addressee, picture: File) -> None:
    """A picture alone."""
    row = outbox.OutRow(
        dedup=f"{say.dedup or kit.mint()}:{reader.channel}:{reader.chat_id}:picture",
        channel=reader.channel,
        chat_id=reader.chat_id,
        is_group=reader.is_group,
        purpose=say.message,
        priority=PRIORITY[say.purpose],
        payload=packed(Outgoing("", attachment=Attachment(picture.name, b"", "", is_photo=True))),
        attachment_hash=picture.digest,
        not_before=say.not_before,
        person_id=reader.person.id if reader.person is not None else None,
    )
    outbox.put(tx, row, kit.now())


def _data(kit: Kit, say: Say) -> Mapping[str, object]:
    """What the template is given; in a trial round every title says so."""
    return {**say.data, "trial": True} if kit.is_trial else say.data


def _outgoing(
    kit: Kit,
    say: Say,
    text: str,
    shown: tuple[tuple[tuple[str, str], ...], ...],
    file: File | None,
    *,
    placed: bool,
) -> Outgoing:
    if file is None:
        return Outgoing(text, shown)
    placeholder = ""
    if placed:
        words = kit.catalogue.render("post_placeholder", _data(kit, say), Reader(rank=Rank.GROUP), Traits())
        placeholder = words.text
    return Outgoing("", shown, Attachment(file.name, b"", text, file.is_photo), placeholder=placeholder)


def _rows(tokens: Sequence[str], words: Words) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Buttons beside each other while their labels fit on a phone."""
    rows: list[list[tuple[str, str]]] = []
    length = 0
    for token, button in zip(tokens, words.buttons, strict=True):
        if not rows or length + len(button.label) > ROW_LENGTH:
            rows.append([])
            length = 0
        rows[-1].append((token, button.label))
        length += len(button.label)
    return tuple(tuple(row) for row in rows)


def _payload(button: Button, words: Words, answer: Answer | None) -> str:
    label = button.spoken or button.label
    told: dict[str, object] = {"label": label, "choice": words.is_choice, "letters": words.letters}
    if button.key in (words.yes, words.no):
        told["means"] = button.key == words.yes
    if answer is not None:
        told["answer"] = {"sets": answer.sets, "effect": answer.effect, "data": dict(answer.data)}
    return json.dumps(told, ensure_ascii=False)


def pressed_of(button: buttons.Button) -> Pressed:
    """What a stored button means."""
    told = json.loads(button.payload)
    answer = told.get("answer", {})
    return Pressed(
        message=button.purpose,
        key=button.key,
        label=told.get("label", ""),
        is_choice=told.get("choice", False),
        letters=told.get("letters", False),
        means=told.get("means"),
        question_id=button.question_id,
        period=button.period,
        answer=Answer(
            tuple((indicator, value) for indicator, value in answer.get("sets", ())),
            answer.get("effect", ""),
            answer.get("data", {}),
        ),
    )


async def say_now(kit: Kit, tx: Transaction, say: Say, reader: Addressee, now: datetime) -> None:
    """One message to one reader outside of any period's desk, such as a stranger."""
    del now
    await _queue_one(kit, tx, say, reader, None, None)
    kit.wake()


async def mark_choice(kit: Kit, tx: Transaction, button: buttons.Button, reader: Addressee) -> None:
    """The buttons of an answered message go, and it says what was chosen; a file keeps its words.

    What one secretary has answered is answered: the others see what was chosen, and by whom.
    """
    if button.outbox_id is None:
        return
    label = pressed_of(button).label
    await _mark(kit, tx, button.outbox_id, {"label": label}, reader_of(reader, button.period))
    if reader.rank is not Rank.OFFICE or reader.person is None:
        return
    for outbox_id in await buttons.close_beside(tx, button.outbox_id, kit.now()):
        await _mark(kit, tx, outbox_id, {"label": label, "by": reader.person.name}, Reader(rank=Rank.OFFICE))


async def _mark(kit: Kit, tx: Transaction, outbox_id: int, told: Mapping[str, object], reader: Reader) -> None:
    row = await outbox.find(tx, outbox_id)
    if row is None or row.message_id is None or not kit.channels[row.channel].caps.edit:
        return
    mark = kit.catalogue.render("choice_taken", told, reader, Traits()).text
    text = f"{unpacked(row.payload).text}\n{mark}"
    marked = Outgoing("" if row.attachment_hash or len(text) > kit.channels[row.channel].caps.max_text else text)
    edit = outbox.OutRow(
        dedup=f"choice:{row.id}",
        channel=row.channel,
        chat_id=row.chat_id,
        is_group=row.is_group,
        purpose="choice_taken",
        priority=outbox.Priority.RECEIPT,
        payload=packed(marked),
        person_id=row.person_id,
        edit_of=row.message_id,
    )
    outbox.put(tx, edit, kit.now())
    kit.wake()
