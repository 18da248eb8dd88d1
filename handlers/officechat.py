"""What the secretary and the leaders do from their chats with the whole period: board, draft, approval, post.

Knows: who may do it. What follows is `bot.decisions.office`; documents are made here, since they need the template.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions import office
from bot.decisions import reissuing as decided
from bot.decisions.outcome import Outcome, Say, Transition
from bot.decisions.rights import may_press, may_type, roles_of
from bot.facts import ReportState
from bot.replies.command_words import CommandKind, Who
from bot.replies.commands import Command
from handlers import (
    awaiting,
    bureau,
    calendarchat,
    checkchat,
    connections,
    deskhand,
    exportchat,
    formchat,
    halfsaid,
    historychat,
    leavechat,
    masking,
    movechat,
    namechat,
    nudging,
    pastchat,
    peoplechat,
    postedchat,
    reissuing,
    relay,
    requestchat,
    rewording,
    sourcechat,
    trialchat,
    unreadchat,
    wordchat,
)
from handlers.chat import HERE, Chat, current
from storage import outbox, people, reports

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.outcome import Pressed
    from bot.facts import Issue


async def on_command(chat: Chat, command: Command) -> bool:
    """True when the word was the office's or the leader's and was carried out. An action may decline: it answers
    False where the words are about the office's own part, which is answered like any department's.
    """
    roles = await _roles(chat)
    if not may_type(roles, command.kind):
        return False
    unread = halfsaid.not_understood(chat, command) if roles & {Who.OFFICE, Who.LEADER} else None
    if unread is not None:
        await halfsaid.explain(chat, command, unread)
        return True
    tables = [relay.ANYBODYS, leavechat.ANYBODYS, peoplechat.ANYBODYS, deskhand.ANYBODYS, sourcechat.ANYBODYS]
    tables.append(requestchat.ANYBODYS)
    if Who.OFFICE in roles:
        tables.append(OFFICE_WORDS)
    if Who.LEADER in roles:
        tables.append(LEADER_WORDS)
    for table in tables:
        action = table.get(command.kind)
        if action is not None and await action(chat, command) is not False:
            return True
    return False


async def on_pressed(chat: Chat, pressed: Pressed) -> bool:
    """True when the answer was the office's or the leader's. A role that was lost takes its buttons with it, and a
    week that is over those that would write into the running one.
    """
    effect = pressed.answer.effect
    action = EFFECTS.get(effect)
    if action is None:
        return False
    if not may_press(await _roles(chat), effect):
        await chat.say("not_allowed", "press")
    elif effect in OF_THEIR_WEEK and pressed.period not in ("", chat.desk.period):
        await chat.stale()
    else:
        await action(chat, pressed)
    return True


async def _roles(chat: Chat) -> frozenset[Who]:
    person = chat.desk.person
    has_leader = not person.is_secretary or bool(await people.leaders(chat.tx))
    return roles_of(person, has_leader=has_leader)


async def _board(chat: Chat, _command: Command) -> None:
    seen = await chat.view()
    await chat.out(Outcome((), (office.board(seen.bureau, HERE, f"board:{chat.key}"),)))


async def _draft(chat: Chat, _command: Command) -> None:
    seen = await chat.view()
    issue, _ = await current(chat, seen)
    named = await masking.as_drafted(chat.kit, chat.tx, seen.bureau, issue)
    say = replace(office.draft_ready(named, issue, f"draft:{chat.key}"), to=HERE)
    await chat.out(Outcome((), (say,)))


async def _submit(chat: Chat, word: Command | Pressed) -> None:
    """«TRÌNH DUYỆT», «TRÌNH DUYỆT tuần 22», or the button under a draft."""
    seen = await chat.view(_period_of(chat, word))
    issue, _ = await current(chat, seen)
    if issue.state in office.LOCKED:  # what is approved is never put before anybody again: a new version is
        await _already_out(chat, issue)
        return
    changes = await bureau.changes_since_shown(chat.kit, chat.tx, issue)
    named = await masking.as_drafted(chat.kit, chat.tx, seen.bureau, issue)
    await chat.out(office.submit(replace(named, issue=issue), issue, chat.key, changes))


async def _already_out(chat: Chat, issue: Issue) -> None:
    told = {"version": issue.version, "posted_at": issue.posted_at, "approved_at": issue.approved_at}
    await chat.say("already_out", "out", **told | {"period": issue.period})


async def _approve_typed(chat: Chat, command: Command) -> None:
    """DUYỆT approves what is before the leader; with nothing there, the draft is shown first."""
    seen = await chat.view()
    issue = seen.bureau.issue
    if issue is None or issue.state is not ReportState.SUBMITTED:
        issue = await reports.before_leader(chat.tx)  # an earlier week's, made anew
    if issue is None and seen.bureau.issue is not None and seen.bureau.issue.state in office.LOCKED:
        newest = seen.bureau.issue
        await chat.say("approval_none", "approve", version=newest.version, state=newest.state.value)
        return
    if issue is None:
        await _submit(chat, Command(CommandKind.SUBMIT))
        return
    said = int(command.argument) if command.argument.isdigit() else issue.version  # «duyệt bản 1» means no other
    await _approve(chat, said, issue.digest, issue.period)


async def _approve_pressed(chat: Chat, pressed: Pressed) -> None:
    data = pressed.answer.data
    await _approve(chat, int(data["version"]), data["digest"], pressed.period)


async def on_stale(chat: Chat, pressed: Pressed) -> bool:
    """True when a dead button was an approval of a version that has been replaced: the leader hears by what."""
    issue = (await chat.view(pressed.period)).bureau.issue if pressed.answer.effect == "approve" else None
    if issue is None or int(pressed.answer.data["version"]) == issue.version:
        return False
    return await on_pressed(chat, pressed)


async def _approve(chat: Chat, version: int, digest: str, period: str) -> None:
    """The post itself is a due action: the next look at the clock, which follows at once, claims and queues it."""
    seen = await chat.view(period)
    issue = seen.bureau.issue
    changes = decided.NO_CHANGES
    if issue is not None and issue.version != version:
        changes = await bureau.changes_between(chat.kit, chat.tx, version, issue)
    outcome = office.approve(seen.bureau, version, digest, chat.key, changes)
    await chat.out(outcome)
    if issue is not None and any(isinstance(fact, Transition) for fact in outcome.facts):
        later = await bureau.changed_since(chat.kit, seen, chat.tx, issue)
        await chat.out(Outcome((), decided.came_meanwhile(seen.bureau, later, issue.version + 1)))
    chat.kit.hurry()


async def _return_typed(chat: Chat, command: Command) -> None:
    seen = await chat.view()
    if seen.bureau.issue is None or seen.bureau.issue.state is not ReportState.SUBMITTED:
        before = await reports.before_leader(chat.tx)
        seen = await chat.view(before.period) if before is not None else seen
    comment = command.text or command.argument
    await chat.out(office.give_back(seen.bureau, comment, f"return:{chat.key}"))


async def _return_pressed(chat: Chat, pressed: Pressed) -> None:
    """Given back at once; the words about it follow in the next message. An older version's button returns nothing."""
    seen = await chat.view(pressed.period)
    issue = seen.bureau.issue
    version = int(pressed.answer.data["version"])
    if issue is None or issue.version != version:
        await _approve(chat, version, pressed.answer.data["digest"], pressed.period)  # says what replaced it
        return
    outcome = office.give_back(seen.bureau, "", f"return:{chat.key}")
    if any(isinstance(fact, Transition) for fact in outcome.facts):
        await awaiting.wait(chat, relay.COMMENT, version=str(version))
    await chat.out(outcome)


def _period_of(chat: Chat, word: Command | Pressed) -> str:
    """The period a button was made for, or the week that was typed; "" is the running one."""
    if not isinstance(word, Command):
        return word.answer.data.get("period", word.period)
    return chat.week_numbered(word.argument)


async def _digest(chat: Chat, word: Command | Pressed) -> None:
    seen = await chat.view(_period_of(chat, word))
    issue, _ = await current(chat, seen)
    post = (await bureau.post_says(chat.kit, chat.tx, seen, issue))[0]
    await chat.say("digest_preview", "digest", period=seen.bureau.period, post={"id": post.message, **post.data})


async def _post_now(chat: Chat, word: Command | Pressed) -> None:
    await _post_when(chat, _period_of(chat, word), bureau.AT_ONCE)


async def _post_later(chat: Chat, word: Command | Pressed) -> None:
    await _post_when(chat, _period_of(chat, word), bureau.ON_HOLD)


async def _post_on_time(chat: Chat, word: Command | Pressed) -> None:
    await _post_when(chat, _period_of(chat, word), "")


async def _post_when(chat: Chat, period: str, when: str) -> None:
    """The office's word on when the approved issue is posted."""
    issue = (await chat.view(period)).bureau.issue
    if issue is not None and issue.state is ReportState.POSTED:  # where it did not reach the group, she has seen why
        if not await outbox.retry_failed(chat.tx, f"post:{issue.period}:{issue.version}:", chat.happened.at):
            await _already_out(chat, issue)
        chat.kit.wake()
        return
    if issue is None or issue.state is not ReportState.APPROVED:
        await chat.say("not_approved_yet", "post", state=issue.state.value if issue is not None else "none")
        return
    await bureau.post_when(chat.tx, issue, when)
    chat.kit.hurry()


async def _seen_in_group(chat: Chat, pressed: Pressed) -> None:
    """The office looked: the report stands in the group, or it does not and is sent once more."""
    row_id, again = int(pressed.answer.data["outbox_id"]), pressed.key == "send_again"
    if not await outbox.resolve_unclear(chat.tx, row_id, resend=again, now=chat.happened.at):
        await chat.stale()
    chat.kit.wake()


async def _help(chat: Chat, _command: Command) -> None:
    await chat.out(Outcome((), (Say("help_office", HERE, chat.common(), dedup=f"help:{chat.key}"),)))


async def _help_leader(chat: Chat, _command: Command) -> None:
    await chat.out(Outcome((), (Say("help_leader", HERE, chat.common(), dedup=f"help:{chat.key}"),)))


async def _for_unit(chat: Chat, pressed: Pressed) -> None:
    """The department was picked: the command goes on with it."""
    data = pressed.answer.data
    command = Command(CommandKind(data["word"]), data["department"], text=data["text"])
    await OFFICE_WORDS[command.kind](chat, command)


OFFICE_WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.BOARD: _board,
    CommandKind.DRAFT: _draft,
    CommandKind.SUBMIT: _submit,
    CommandKind.DIGEST: _digest,
    CommandKind.POST: _post_now,
    CommandKind.HELP: _help,
    **reissuing.WORDS,
    **checkchat.WORDS,
    **deskhand.WORDS,
    **nudging.WORDS,
    **requestchat.WORDS,
    **calendarchat.WORDS,
    **historychat.WORDS,
    **exportchat.WORDS,
    **namechat.WORDS,
    **trialchat.WORDS,
    **formchat.WORDS,
    **leavechat.WORDS,
    **peoplechat.WORDS,
    **movechat.WORDS,
    **postedchat.WORDS,
}
LEADER_WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.BOARD: _board,
    CommandKind.DRAFT: _draft,
    CommandKind.DIGEST: _digest,
    CommandKind.APPROVE: _approve_typed,
    CommandKind.RETURN: _return_typed,
    CommandKind.HELP: _help_leader,
    **historychat.WORDS,
    **postedchat.WORDS,
}
# What these write, read or ask belongs to the running week; asked in another week, their question is over.
OF_THEIR_WEEK = frozenset(
    {
        deskhand.FOR_UNIT,
        *requestchat.EFFECTS,
        *checkchat.EFFECTS,
        *nudging.EFFECTS,
        *wordchat.EFFECTS,
        *unreadchat.EFFECTS,
        *rewording.EFFECTS,
        "entered",
        "amend_to",
    }
)
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    "approve": _approve_pressed,
    "return": _return_pressed,
    "submit": _submit,
    "digest": _digest,
    "post_now": _post_now,
    "post_on_time": _post_on_time,
    "post_hold": _post_later,
    "post_seen": _seen_in_group,
    deskhand.FOR_UNIT: _for_unit,
    **reissuing.EFFECTS,
    **checkchat.EFFECTS,
    **deskhand.EFFECTS,
    **pastchat.EFFECTS,
    **nudging.EFFECTS,
    **requestchat.EFFECTS,
    **calendarchat.EFFECTS,
    **relay.EFFECTS,
    **historychat.EFFECTS,
    **exportchat.EFFECTS,
    **namechat.EFFECTS,
    **sourcechat.EFFECTS,
    **formchat.EFFECTS,
    **leavechat.EFFECTS,
    **peoplechat.EFFECTS,
    **movechat.EFFECTS,
    **wordchat.EFFECTS,
    **connections.EFFECTS,
    **unreadchat.EFFECTS,
    **rewording.EFFECTS,
}
