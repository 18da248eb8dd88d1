"""Turns a message's id and data into the words one person reads on one channel.

Knows: who reads (address form, rank), whether the channel has buttons, how long a text may be.
Does not know: addresses, tokens behind buttons, what is stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.record import record
from bot.rendering.catalogue import Entry, environment, load_entries, word_table
from bot.rendering.filters import LABEL, amount, cap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.rendering.filters import WordTable

PHONE_LINE = 38  # characters
LONGEST = 1900  # of any message, in code points and UTF-16 units: one Zalo message
ROOMS = (999, 12, 7, 4, 2)  # items a list may show: the next step is taken when the message is too long
MOST_SPELLED = 4  # keys an invitation names one by one
LETTERS = "ABCDEFGHIJ"
_BLANK_LINES = re.compile(r"\n[ \n]*\n")
_BELOW_TEN = re.compile(r"(?<![\d.,/:])\d(?:,\d+)?(?![\d.,/:]*\d)")


class Rank(StrEnum):
    RESPONDENT = "respondent"
    OFFICE = "office"
    LEADER = "leader"
    GROUP = "group"
    STRANGER = "stranger"


@record
class Reader:
    """Who reads. `novice` is true in a person's first three periods."""

    address_form: str = "đồng chí"
    name: str = ""
    rank: Rank = Rank.RESPONDENT
    novice: bool = False


@record
class Traits:
    """What the channel can show."""

    buttons: bool = True
    max_text: int = 4096


@record
class Button:
    """`label` is what the button shows; `spoken` the whole of it where that is too long, as it may be typed."""

    key: str
    label: str
    spoken: str = ""


@record
class Words:
    """A message ready for one channel. `buttons` are there also where the channel shows them as text."""

    text: str
    buttons: tuple[Button, ...] = ()
    is_choice: bool = False  # a digit or letter typed next answers it
    letters: bool = False  # A, B, C instead of 1, 2, 3
    yes: str = ""  # the key that a plain «đúng» means
    no: str = ""  # and «không»


class Catalogue:
    """All messages, each compiled once, when it is first said."""

    def __init__(self, entries: Mapping[str, Entry], words: WordTable) -> None:
        self.entries = entries
        self._words = words

    @classmethod
    def load(cls) -> Catalogue:
        words = word_table()
        return cls(load_entries(environment(words)), words)

    def render(self, message: str, data: Mapping[str, object], reader: Reader, traits: Traits) -> Words:
        """The words of a message. Lists are shortened step by step until it fits; a missing input is an error."""
        entry = self.entries[message]
        context = {**self._person(reader), **data}
        for room in ROOMS:
            draft = self._draft(entry, context, room)
            words = self._framed(draft, traits, trial=bool(data.get("trial")))
            if fits(draft.text, entry.max_lines, entry.max_chars) and length(words.text) <= min(
                traits.max_text, LONGEST
            ):
                break
        return words

    def _person(self, reader: Reader) -> dict[str, object]:
        person = self._words["person"]
        return {
            "you": reader.address_form,
            "You": cap(reader.address_form),
            "you_name": f"{reader.address_form} {reader.name}".rstrip(),
            "ask": person["ask_leader" if reader.rank is Rank.LEADER else "ask"],
            "rank": reader.rank.value,
            "novice": reader.novice,
        }

    def _draft(self, entry: Entry, context: Mapping[str, Any], room: int) -> _Draft:
        """Body and answers, before the channel is looked at."""
        if missing := entry.required - context.keys():
            raise KeyError(f"{entry.id} needs {', '.join(sorted(missing))}")
        scope = {**entry.absent, **context, "room": room, "tight": room < ROOMS[0]}
        inner = None
        if entry.embeds and (told := scope[entry.embeds]) is not None:
            inner = self._draft(self.entries[told["id"]], {**context, **told}, room)
            scope[entry.embeds] = inner.text.partition("\n")[2] if entry.skips_title else inner.text
        text = _BLANK_LINES.sub("\n\n", entry.template.render(scope)).strip()
        answers = _answers(entry, scope)
        if inner and not answers:
            return replace(inner, text=text)
        is_choice = bool(answers) and bool(entry.choices or entry.choices_from)
        letters = is_choice and (
            entry.letters == "always" or (entry.letters == "auto" and _may_be_a_value(answers, scope))
        )
        return _Draft(text, answers, is_choice, letters, entry.yes, entry.no)

    def _framed(self, draft: _Draft, traits: Traits, *, trial: bool) -> Words:
        """The message as this channel shows it."""
        text, buttons = draft.text, draft.answers
        if draft.is_choice:
            signs = _signs(len(buttons), letters=draft.letters)
            wide = any(len(b.label) > LABEL for b in buttons)
            if wide or not traits.buttons:
                text += f"\n\n{self._invitation(signs)}" if not traits.buttons else "\n"
                text += "".join(f"\n{sign}. {b.label}" for sign, b in zip(signs, buttons, strict=True))
            if wide:
                buttons = tuple(
                    Button(b.key, _shortened(sign, b.label), b.label) for sign, b in zip(signs, buttons, strict=True)
                )
        elif buttons and not traits.buttons:
            text += "\n" + self._words["frame"]["offer"].format(words=", ".join(b.label.upper() for b in buttons))
        if trial:
            text = self._words["frame"]["trial"] + text
        return Words(text, buttons, draft.is_choice, draft.letters, draft.yes, draft.no)

    def _invitation(self, signs: Sequence[str]) -> str:
        if len(signs) > MOST_SPELLED:
            spread: str = self._words["frame"]["choose_range"].format(first=signs[0], last=signs[-1])
            return spread
        keys = f" {self._words['list']['or']} ".join(filter(None, (", ".join(signs[:-1]), signs[-1])))
        invitation: str = self._words["frame"]["choose"].format(keys=keys)
        return invitation


@record
class _Draft:
    text: str
    answers: tuple[Button, ...]
    is_choice: bool
    letters: bool
    yes: str = ""
    no: str = ""


def length(text: str) -> int:
    """What the narrower of the two counts says: code points or UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def phone_lines(text: str) -> int:
    """Lines on a phone: each line of the text takes as many as its length needs, a blank one takes one."""
    return sum(max(1, -(-len(line) // PHONE_LINE)) for line in text.split("\n"))


def fits(text: str, max_lines: int, max_chars: int) -> bool:
    return len(text) <= max_chars and phone_lines(text) <= max_lines


def _answers(entry: Entry, scope: Mapping[str, Any]) -> tuple[Button, ...]:
    found = [_offered(item) for item in scope[entry.choices_from] or ()] if entry.choices_from else []
    for label in (*entry.choices, *entry.offers):
        text = label.template.render(scope).strip() if label.template else label.text
        if text:
            found.append(Button(label.key, text))
    return tuple(found)


def _offered(item: Any) -> Button:
    """An answer that comes with the data: its own label, or a value with its unit."""
    told = (
        item
        if isinstance(item, Mapping)
        else {n: getattr(item, n) for n in ("key", "label", "value", "unit") if hasattr(item, n)}
    )
    return Button(str(told["key"]), cap(str(told.get("label") or amount(told["value"], told.get("unit", "")))))


def _may_be_a_value(answers: Sequence[Button], scope: Mapping[str, Any]) -> bool:
    """A digit typed next may be a value: a candidate or the person's own number is below ten, or one figure is open."""
    told = [b.label for b in answers] + [str(scope.get("quote") or "")]
    return bool(scope.get("one_open")) or any(_BELOW_TEN.search(text) for text in told)


def _shortened(sign: str, label: str) -> str:
    """«A. Vụ việc phức tạp»: the sign of the listed answer and as many of its words as a button holds."""
    short = f"{sign}."
    for word in label.split():
        if len(f"{short} {word}") > LABEL:
            break
        short = f"{short} {word}"
    return short.rstrip(",;")


def _signs(count: int, *, letters: bool) -> Sequence[str]:
    return LETTERS[:count] if letters else [str(n + 1) for n in range(count)]
