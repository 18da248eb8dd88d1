"""Reads `templates/messages`: what each message is for, its inputs, limits, answers, and its compiled words.

Knows: the template files. Does not know: readers, channels.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import FunctionLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.rendering.filters import Filters
from bot.rendering.line_forms import LineForms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from bot.rendering.filters import WordTable

FENCE = "+++\n"
SUFFIX = ".j2"
MESSAGES = "messages"
COMMON = {
    "unit": "str: the department's `short`",
    "office": "str: the office's name",
    "period": 'str: "2026-W23"',
    "deadline": "moment: aware datetime",
}
COMMON_OPTIONAL = {
    "now": "moment: leaves the current year out of dates",
    "trial": "bool: a trial round, said before the title",
    "one_open": "bool: exactly one figure is owed, so choices get letters",
}
READER = ("you", "You", "you_name", "ask", "rank", "novice")


class Wording:
    """A template's words, compiled when they are first used: a start that compiled all would take twice as long."""

    def __init__(self, env: ImmutableSandboxedEnvironment, source: str) -> None:
        self.source = source
        self._env = env
        self._compiled: Template | None = None

    def render(self, scope: Mapping[str, Any]) -> str:
        if self._compiled is None:
            self._compiled = self._env.from_string(self.source)
        return self._compiled.render(scope)


@dataclass(frozen=True, slots=True)
class Label:
    """A button's words: fixed, or a template that may come out empty (then there is no such button)."""

    key: str
    text: str
    template: Wording | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of the catalogue."""

    id: str
    to: tuple[str, ...]
    inputs: Mapping[str, str]  # name -> "type: meaning"; a type ending in ? may be left out
    required: frozenset[str]
    absent: Mapping[str, None]  # what inputs that may be left out are then
    max_lines: int  # phone lines, before the choices of a channel without buttons
    max_chars: int
    choices: tuple[Label, ...]
    offers: tuple[Label, ...]
    choices_from: str  # the input that lists further answers: key, and label or value and unit
    letters: str  # "never" | "auto" | "always": A, B, C where a bare digit could be a value
    embeds: str  # the input that is another message: its words stand here, its answers are taken over
    skips_title: bool  # the embedded message's title is left out
    yes: str  # the key that a plain «đúng» means; "" where the question is not put so
    no: str  # and «không»
    template: Wording

    @property
    def source(self) -> str:
        return self.template.source


def word_table() -> WordTable:
    table: WordTable = tomllib.loads(_folder().joinpath("words.toml").read_text(encoding="utf-8"))
    return table


def environment(words: WordTable) -> ImmutableSandboxedEnvironment:
    """Plain text, so nothing is escaped; an undefined name is an error; templates cannot reach Python's insides."""
    env = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,  # messages are plain text, never markup
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        loader=FunctionLoader(shared_piece),
    )
    env.globals.clear()
    filters = Filters(words)
    env.filters = {**env.filters, **filters.table(), **LineForms(words, filters).table()}
    return env


def load_entries(env: ImmutableSandboxedEnvironment) -> dict[str, Entry]:
    """Every message by its id: the file's name, «problem/<code>» for a question of the reader."""
    return {name: read_entry(name, path, env) for path, name in _files()}


def read_entry(name: str, path: Traversable, env: ImmutableSandboxedEnvironment) -> Entry:
    text = path.read_text(encoding="utf-8")
    empty, front, body = text.split(FENCE, 2)
    if empty:
        raise ValueError(f"{name}: a template starts with its front matter")
    told = tomllib.loads(front)
    to = told.pop("to")
    most = told.pop("max")
    inputs = told.pop("inputs", {})
    entry = Entry(
        id=name,
        to=tuple([to] if isinstance(to, str) else to),
        inputs=inputs,
        required=frozenset(n for n, t in inputs.items() if not _may_be_absent(t)),
        absent=dict.fromkeys((*COMMON_OPTIONAL, *(n for n, t in inputs.items() if _may_be_absent(t)))),
        max_lines=most[0],
        max_chars=most[1],
        choices=_labels(told.pop("choices", {}), env),
        offers=_labels(told.pop("offers", {}), env),
        choices_from=told.pop("choices_from", ""),
        letters=told.pop("letters", "never"),
        embeds=told.pop("embeds", ""),
        skips_title=told.pop("skips_title", False),
        yes=told.pop("yes", ""),
        no=told.pop("no", ""),
        template=Wording(env, body),
    )
    if told:
        raise ValueError(f"{name}: unknown front matter {', '.join(told)}")
    return entry


def shared_piece(name: str) -> str | None:
    """A piece several messages share: `_owed.j2` and the like."""
    path = _folder().joinpath(name + SUFFIX)
    return path.read_text(encoding="utf-8") if name.startswith("_") and path.is_file() else None


def _may_be_absent(described: str) -> bool:
    return described.partition(":")[0].endswith("?")


def _labels(told: Mapping[str, Any], env: ImmutableSandboxedEnvironment) -> tuple[Label, ...]:
    return tuple(Label(k, v, Wording(env, v) if "{" in v else None) for k, v in told.items())


def _folder() -> Traversable:
    return resources.files("templates").joinpath(MESSAGES)


def _files() -> list[tuple[Traversable, str]]:
    folder = _folder()
    found = [(f, f.name.removesuffix(SUFFIX)) for f in folder.iterdir() if f.name.endswith(SUFFIX) and f.name[0] != "_"]
    problems = folder.joinpath("problem")
    found += [(f, f"problem/{f.name.removesuffix(SUFFIX)}") for f in problems.iterdir() if f.name.endswith(SUFFIX)]
    return sorted(found, key=lambda pair: pair[1])
