"""What follows from words a respondent sent: figures and texts, questions, and the receipt.

Knows: one desk and one message. Commands and answers are tried before this; what comes here is content.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.decisions import no_news, receipts, walking
from bot.decisions.checking import questions_after
from bot.decisions.listing import short_of
from bot.decisions.naming import printed_word
from bot.decisions.outcome import Ask, Logged, Outcome, Purpose, Say, To, WalkEnded, Whom, typed
from bot.decisions.own_figures import own_figure
from bot.decisions.questions import again, question_say, settled_by
from bot.decisions.reissuing import late_part
from bot.decisions.relaying import to_office
from bot.decisions.said_when import later_hour
from bot.decisions.taking import Taken, context_of, joined, merged, nothing_new, repeats_words, take, with_last_words
from bot.decisions.words import place_question
from bot.facts import LiveText, Promise, State
from bot.replies.choices import yes_or_no
from bot.replies.command_words import CommandKind
from bot.replies.moments import promised_at
from bot.replies.normalise import fold
from bot.replies.reading import IntentKind

if TYPE_CHECKING:
    from datetime import datetime

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Fact, Settled
    from bot.decisions.words import Place
    from bot.replies.headings import Chunk
    from bot.replies.reading import Context, Intent, Question, Reading

HERE = To(Whom.CHAT)
FEW = 4  # words that are no part of a report while a question is open


class Reads(Protocol):
    """The reader: `bot.replies.read.Reader`, or anything like it."""

    def read(self, text: str, context: Context) -> Reading: ...

    def split(self, text: str, sections: tuple[str, ...], departments: tuple[str, ...] = ()) -> tuple[Chunk, ...]: ...


@dataclass(frozen=True, slots=True)
class Message:
    """One message with the place it was stored at."""

    text: str
    reply_id: int
    key: str  # unique for this version of this message; what is said about it is said once
    prior_text: str = ""
    section: str | None = None  # «mục 6: …» says where it belongs
    file: str | None = None  # the name of the file in which it stood


def on_content(desk: Desk, message: Message, reader: Reads) -> Outcome:
    """Read, store, and answer with one receipt."""
    return answered(desk, read_message(desk, message, reader), message)


def answered(desk: Desk, taken: Taken, message: Message) -> Outcome:
    """What was read is stored and read back; what is in doubt is asked."""
    after = with_taken(desk, taken)
    if not desk.is_locked:
        changed = [f.indicator for f in taken.figures]
        if further := questions_after(after, changed, taken.questions):
            taken = replace(taken, questions=(*taken.questions, *further))
    facts: list[Fact] = [*taken.facts, *amendments(taken, message)]
    facts += _promises(desk, taken)
    facts += [Ask(q, desk.department, message.reply_id) for q in taken.questions]
    settled = _settles(desk, taken)
    facts += settled
    after = after.without_question() if settled else after
    asked_now = taken.questions[0] if taken.questions and (desk.question is None or settled) else None
    if (unsaid := _without_content(desk, taken, message)) is not None:
        return unsaid
    remarks = remarks_on(after, taken, message)
    if remarks and not _stores_or_asks(taken):
        return Outcome(tuple(facts), remarks)
    walk = desk.walk
    if walk is not None and asked_now is None and walk.current in {f.indicator for f in taken.figures}:
        if not walk.is_of_one:
            return Outcome(tuple(facts), remarks).plus(walking.advance(walk, after, f"walk:{message.key}"))
        facts.append(WalkEnded())
    return Outcome(tuple(facts), remarks + _answer(after, taken, asked_now, message))


def _without_content(desk: Desk, taken: Taken, message: Message) -> Outcome | None:
    """Words that bring nothing to store: thanks, «nhầm rồi», «bình thường», a figure of the person's own to look up."""
    own = None if taken.figures or taken.texts else own_figure(desk, message.text, f"receipt:{message.key}")
    if own is not None:
        return Outcome((), (own,))
    if _only_corrects(taken) and len(message.text.split()) < FEW and "nguoi" not in fold(message.text):
        how = (Say("amend_how", HERE, receipts.common(desk), dedup=f"receipt:{message.key}"),)
        return Outcome((), again(desk, f"again:{message.key}") or how)
    if not _stores_or_asks(taken, homeless=False) and no_news.said_of_all(desk, message.text):
        told = (receipts.still_owed(desk, message.text, f"receipt:{message.key}"),)
        return Outcome((), again(desk, f"again:{message.key}") or told)
    if _is_empty(taken) and _says_nothing(desk, message.text):
        return on_thanks(desk, message)
    if _is_empty(taken):
        where = place_question(desk, message.text, message.reply_id, f"receipt:{message.key}")
        return Outcome((Logged("unread", subject=desk.department),), (where,))
    return on_thanks(desk, message) if _is_only_thanks(taken) else None


def read_message(desk: Desk, message: Message, reader: Reads) -> Taken:
    """Every stretch of the message read against its own section, or the whole against the department."""
    context = context_of(desk, message.prior_text)
    parts = []
    for chunk in reader.split(message.text, context.sections, desk.departments):
        words = message.text[chunk.start : chunk.end]
        section = chunk.section or message.section
        words, quiet = _without_quiet(desk, words, section, chunk.part)
        if quiet:
            parts.append(Taken(quiet=quiet))
        lead = len(words) - len(words.lstrip())
        words = words.strip()
        if not any(c.isalnum() for c in words) and quiet:
            continue
        if not words:
            continue
        scope = _within(desk, context, section, chunk.part) if section else context
        reading = reader.read(words, scope)
        if section and reading.section is None:
            reading = replace(reading, section=section, part=chunk.part)
        taken = take(desk, reading, words, message.reply_id, chunk.start + lead)
        parts.append(_worded(desk, taken, words, message, (section, chunk.part)))
    read = joined(desk, merged(parts))
    whole = nothing_new(desk, read, message.text, message.reply_id)
    return with_last_words(desk, whole, message.reply_id) if whole is read and repeats_words(whole) else whole


def _without_quiet(desk: Desk, words: str, section: str | None, part: str | None) -> tuple[str, tuple[Place, ...]]:
    """«8. bình thường», «thiên tai không phát sinh, lúa mùa 549»: nothing new is set apart from what is to be read."""
    if section is None:
        return no_news.set_apart(desk, words)
    place = no_news.quiet_place(desk, section, part, words)
    return (words, ()) if place is None else ("", (place,))


def _within(desk: Desk, context: Context, section: str, part: str | None) -> Context:
    """What stands under a heading speaks of that section alone: «8. không có gì mới» keeps no figure of another."""
    own = tuple(i for i in context.open if desk.form.indicators[i].section == section)
    return replace(context, sections=(section,), part=part, open=own)


def _worded(desk: Desk, taken: Taken, words: str, message: Message, place: tuple[str | None, str | None]) -> Taken:
    """Words under a heading that asks for text are that section's text, even when the reader saw a bare list."""
    section, part = place
    if section is None or taken.texts or taken.figures or (section, part) not in desk.text_places:
        return taken
    if repeats_words(taken):
        return taken
    live = LiveText(
        section, desk.period, words, part=part, reply_id=message.reply_id, person_id=desk.person.id, at=desk.now
    )
    return replace(taken, texts=(live,), homeless="")


def with_taken(desk: Desk, taken: Taken) -> Desk:
    """The desk as it is once these facts are stored."""
    return desk.with_facts(taken.figures, {**desk.texts, **{(t.section, t.part): t for t in taken.texts}})


def remarks_on(desk: Desk, taken: Taken, message: Message) -> tuple[Say, ...]:
    """What is told and asks nothing: another department's figures; no words of last week to keep."""
    says = [question_say(desk, q, dedup=f"elsewhere:{message.key}") for q in taken.elsewhere[:1]]
    if taken.wordless:
        labels = [short_of(desk.form.sections[section]) for section in taken.wordless]
        told = receipts.common(desk) | {"sections": labels if len(desk.sections) > 1 else []}
        says.append(Say("no_last_words", HERE, told, dedup=f"wordless:{message.key}"))
    return tuple(says)


def _answer(desk: Desk, taken: Taken, asked: Question | None, message: Message) -> tuple[Say, ...]:
    key = f"receipt:{message.key}"
    if desk.is_locked and (taken.figures or taken.texts):
        return _late(desk, taken, key)
    if asked is None and _is_only_quiet(taken):
        return (receipts.nothing_new(desk, taken.quiet, key),)
    only_amended = taken.amended and len(taken.amended) == len(taken.figures) and not taken.texts
    if only_amended and asked is None:
        return (receipts.amended(desk, taken, key),)
    first = _first_words(desk, taken, message, key)
    if first and asked is None and all(f.state is State.NO_DATA for f in taken.figures):
        return first
    if not (taken.figures or taken.repeated or taken.texts) and asked is None and taken.homeless:
        return (place_question(desk, taken.homeless, message.reply_id, key),)
    return (replace(receipts.receipt(desk, taken, asked, file=message.file), dedup=key),)


def _late(desk: Desk, taken: Taken, key: str) -> tuple[Say, ...]:
    """The report is approved: the new figure is kept and goes to the office, which decides about a new issue."""
    changed = receipts.changed_lines(desk, dict(taken.amended))
    at = desk.issue.approved_at if desk.issue is not None else None
    lines = changed or receipts.lines_taken(desk, taken)
    posted = desk.issue.posted_at if desk.issue is not None else None
    told: dict[str, object] = receipts.common(desk) | {"lines": lines, "approved_at": at, "posted_at": posted}
    mine = Say("amended_locked" if changed else "late_receipt", HERE, told, dedup=key)
    version = (desk.issue.version if desk.issue is not None else 0) + 1
    count = {"count": len(lines), "amends": len(changed), "at": desk.now}
    return (mine, late_part(told | count, version=version, department=desk.department, key=key))


def _first_words(desk: Desk, taken: Taken, message: Message, key: str) -> tuple[Say, ...]:
    """What the person said beside figures: not known yet, a promise, a question."""
    intents = {i.kind: i for r in taken.readings for i in r.intents}
    no_data = [f.indicator for f in taken.figures if f.state is State.NO_DATA]
    if IntentKind.PROMISE in intents:
        promised = _promised(desk, intents[IntentKind.PROMISE])
        if promised is not None:
            return (_promise_said(desk, *promised, key),)
    if IntentKind.QUESTION in intents or message.text.rstrip().endswith("?"):
        return to_office(desk, message.text, key)
    if no_data and len(no_data) == len(taken.figures):
        return (replace(receipts.not_known(desk, no_data), dedup=key),)
    return ()


def amendments(taken: Taken, message: Message) -> list[Logged]:
    """Old and new of every figure the author corrected himself."""
    new = {f.indicator: str(f.value) for f in taken.figures}
    return [
        Logged("amended", old, new[indicator], subject=indicator, reply_id=message.reply_id)
        for indicator, old in taken.amended
        if indicator in new
    ]


def _promises(desk: Desk, taken: Taken) -> list[Fact]:
    found: list[Fact] = []
    for reading in taken.readings:
        for intent in reading.intents:
            if intent.kind is not IntentKind.PROMISE:
                continue
            promised = _promised(desk, intent)
            if promised is None or promised[0] > desk.deadline:
                continue
            until = _quiet_until(desk, *promised)
            named = [desk.form.indicators[i] for i in intent.indicators]
            owners = dict.fromkeys(desk.form.owner_of(i.id) for i in named) or desk.owing or (desk.department,)
            for department in owners:
                own = (i.section for i in named if desk.form.owner_of(i.id) == department)
                found.append(Promise(department, desk.period, until, tuple(dict.fromkeys(own))))
    return found


def _promised(desk: Desk, intent: Intent) -> tuple[datetime, bool] | None:
    return promised_at(intent.data, desk.now, desk.zone)


def _quiet_until(desk: Desk, when: datetime, hour_said: bool) -> datetime:
    """Left in peace until the promised hour; until an hour before the deadline where only a day was said."""
    return when if hour_said else max(min(when + timedelta(days=1), desk.deadline - timedelta(hours=1)), desk.now)


def _promise_said(desk: Desk, when: datetime, hour_said: bool, key: str) -> Say:
    told: dict[str, object] = receipts.common(desk) | {"what": None, "when": when, "hour_said": hour_said}
    if when <= desk.deadline:
        quiet_until = _quiet_until(desk, when, hour_said)
        return Say("promise_noted", HERE, told | {"quiet_until": quiet_until}, dedup=key)
    local = when.astimezone(desk.zone)
    answers = {
        "extension": typed(f"{printed_word(CommandKind.EXTENSION)} {later_hour(local, hour_said=hour_said)}"),
        "before": typed(printed_word(CommandKind.DEADLINE)),
    }
    return Say("promise_late", HERE, told, Purpose.QUESTION, key, answers)


def _settles(desk: Desk, taken: Taken) -> list[Settled]:
    """A typed value always answers the open question about it, unless it is in doubt again."""
    return settled_by(desk, {f.indicator for f in taken.figures} | set(taken.repeated) | set(taken.held))


def _stores_or_asks(taken: Taken, *, homeless: bool = True) -> bool:
    brought = taken.figures or taken.repeated or taken.texts or taken.questions or taken.quiet
    return bool(brought or (homeless and taken.homeless))


def _is_only_quiet(taken: Taken) -> bool:
    told = any((t.section, t.part) not in taken.quiet for t in taken.texts)
    return bool(taken.quiet) and not (told or taken.figures or taken.repeated or taken.homeless)


def _is_only_thanks(taken: Taken) -> bool:
    kinds = {i.kind for r in taken.readings for i in r.intents}
    return kinds == {IntentKind.THANKS} and not (_stores_or_asks(taken) or taken.elsewhere)


def _only_corrects(taken: Taken) -> bool:
    """«nhầm rồi», «nhầm người rồi», and nothing that would be right instead."""
    kinds = {i.kind for r in taken.readings for i in r.intents}
    return kinds == {IntentKind.CORRECTION} and not (_stores_or_asks(taken) or taken.elsewhere)


def _is_empty(taken: Taken) -> bool:
    intents = [i for r in taken.readings for i in r.intents if i.kind is not IntentKind.CORRECTION]
    return not (_stores_or_asks(taken) or taken.elsewhere or intents)


def on_thanks(desk: Desk, message: Message) -> Outcome:
    """Thanks need no answer; an open question is shown again, once."""
    return Outcome((), again(desk, f"again:{message.key}"))


def _says_nothing(desk: Desk, text: str) -> bool:
    """«ok», «vâng ạ», a sign; under an open question also a few words that answer nothing, such as «cả hai»."""
    if yes_or_no(text) is not None or not any(c.isalnum() for c in text):
        return True
    return desk.question is not None and len(text.split()) <= FEW
