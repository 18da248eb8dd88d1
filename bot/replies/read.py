"""Layer B of the reader: which mention answers which indicator. The one door to reading a reply.

Knows: a form, compiled. Does not know: how a reply is read; `bot.replies.answering` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.answering import answer
from bot.replies.scope import Scope, make_scope, outside

if TYPE_CHECKING:
    from bot.forms.model import Form
    from bot.replies.reading import Context, Reading

Key = tuple[tuple[str, ...], str | None, str | None, tuple[str, ...]]


class Reader:
    """A form compiled for reading. Scopes are compiled on first use and kept, so that further readings are cheap."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._scopes: dict[Key, Scope] = {}
        self._outside: dict[Key, Scope] = {}

    def read(self, text: str, context: Context) -> Reading:
        """Everything made of one reply; nothing raises, whatever the text."""
        key = (context.sections, context.department, context.part, context.also)
        scope = self._scopes.get(key)
        if scope is None:
            scope = self._scopes[key] = make_scope(self.form, *key)
        return answer(scope, text, context, lambda: self._beyond(key, scope))

    def _beyond(self, key: Key, scope: Scope) -> Scope:
        found = self._outside.get(key)
        if found is None:
            found = self._outside[key] = outside(self.form, scope)
        return found


def read(form: Form, text: str, context: Context) -> Reading:
    """One reply, once. Who reads many keeps a `Reader`."""
    return Reader(form).read(text, context)
