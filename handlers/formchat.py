"""THÊM CHỈ TIÊU, ĐỔI TÊN, NGỪNG HỎI, HỎI LẠI: the office changes what is asked, from the chat.

Knows: that a change counts once it is confirmed and stored; `handlers.formuse` puts it to use. What follows is
`bot.decisions.forming`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import forming
from bot.decisions.outcome import Outcome
from bot.replies.command_words import CommandKind
from handlers.formuse import CHANGED
from storage import meta

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.forming import Wish
    from bot.decisions.outcome import Pressed
    from bot.replies.commands import Command
    from handlers.chat import Chat


async def _add(chat: Chat, command: Command) -> None:
    await _confirm(chat, forming.to_add(chat.kit.form, command.argument), command)


async def _rename(chat: Chat, command: Command) -> None:
    await _confirm(chat, forming.to_rename(chat.kit.form, command.argument), command)


async def _retire(chat: Chat, command: Command) -> None:
    await _confirm(chat, forming.to_ask(chat.kit.form, command.argument, again=False), command)


async def _resume(chat: Chat, command: Command) -> None:
    await _confirm(chat, forming.to_ask(chat.kit.form, command.argument, again=True), command)


async def _confirm(chat: Chat, wish: Wish, command: Command) -> None:
    if wish.change is None:
        said = forming.asked_how(chat.common(), wish, command.argument, chat.key)
    else:
        why = command.text.removeprefix("lý do").strip(" :")
        said = forming.confirm(chat.kit.form, chat.common(), wish.change, why, chat.key)
    await chat.out(Outcome((), (said,)))


async def _record(chat: Chat, pressed: Pressed) -> None:
    data = pressed.answer.data
    change = forming.change_of(data)
    await chat.out(forming.recorded(chat.kit.form, chat.common(), change, data["why"], (chat.desk.person.id, chat.key)))
    await meta.put(chat.tx, CHANGED, chat.key)
    chat.kit.hurry()


async def _nothing(_chat: Chat, _pressed: Pressed) -> None:
    return


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {
    CommandKind.ADD_INDICATOR: _add,
    CommandKind.RENAME: _rename,
    CommandKind.RETIRE: _retire,
    CommandKind.RESUME: _resume,
}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {
    forming.RECORD: _record,
    forming.CANCEL: _nothing,
}
