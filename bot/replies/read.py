"""Layer B of the reader: which mention answers which indicator. The one door to reading a reply.

Knows: a form, compiled. Does not know: how a reply is read; `bot.replies.answering` does.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.replies.answering import answer
from bot.replies.headings import Headings
from bot.replies.scope import FormTables, Scope, make_scope, outside, tables_of

if TYPE_CHECKING:
    from bot.forms.model import Form
    from bot.replies.headings import Chunk
    from bot.replies.reading import Context, Reading

Key = tuple[tuple[str, ...], str | None, str | None, tuple[str, ...]]


_REMEMBERED = 1024  # sets of words with what they could name, some 2 KB each; the same labels are sent every week


class Reader:
    """A form compiled for reading. Scopes are compiled on first use and kept, so that further readings are cheap."""

    def __init__(self, form: Form, remembered: int = _REMEMBERED) -> None:
        self.form = form
        self._remembered = remembered
        self._scopes: dict[Key, Scope] = {}
        self._outside: dict[Key, Scope] = {}
        self._headings: dict[tuple[tuple[str, ...], tuple[str, ...]], Headings] = {}

    def read(self, text: str, context: Context) -> Reading:
        """Everything made of one reply; nothing raises, whatever the text. What is no longer asked is not open."""
        known = self.form.indicators
        if not known.keys() >= set(context.open):
            context = replace(context, open=tuple(i for i in context.open if i in known))
        key = (context.sections, context.department, context.part, context.also)
        scope = self._scopes.get(key)
        if scope is None:
            scope = self._scopes[key] = make_scope(self._tables, *key)
        return answer(scope, text, context, lambda: self._beyond(key, scope))

    def split(self, text: str, sections: tuple[str, ...], departments: tuple[str, ...] = ()) -> tuple[Chunk, ...]:
        """The text at the headings of these sections, each stretch with the section it belongs to."""
        key = sections, departments
        headings = self._headings.get(key)
        if headings is None:
            headings = self._headings[key] = Headings(self.form, sections, departments)
        return headings.split(text)

    @cached_property
    def _tables(self) -> FormTables:
        return tables_of(self.form, self._remembered)

    def _beyond(self, key: Key, scope: Scope) -> Scope:
        found = self._outside.get(key)
        if found is None:
            found = self._outside[key] = outside(self._tables, scope)
        return found


def read(form: Form, text: str, context: Context) -> Reading:
    """One reply, once. Who reads many keeps a `Reader`."""
    return Reader(form).read(text, context)
