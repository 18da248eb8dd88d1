"""Nothing new to tell: where a department is asked for words only, its report says so in one set wording.

Knows: the places of a department, and which of them want words alone. Where a figure is owed nothing is taken from
such words: missing is not zero.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.decisions.listing import short_of
from bot.decisions.naming import plain, printed_word
from bot.facts import LiveText
from bot.replies.command_words import CommandKind
from bot.replies.nothing_new import PlaceNames, may_say, nothing_new_at, says_nothing_new

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.decisions.desk import Desk
    from bot.forms.model import Form

    Place = tuple[str, str | None]

MOST_WORDS = 60  # of a message that lists; in longer prose a clause stays where it was written
PRINTED = printed_word(CommandKind.NONE).capitalize()  # what the report says then


def said_of_all(desk: Desk, text: str) -> bool:
    """The message says nothing else, whoever signs it."""
    return may_say(text) and says_nothing_new(text, _own_words(desk.form, desk.departments))


def quiet_place(desk: Desk, section: str, part: str | None, text: str) -> Place | None:
    """The place of words alone under whose heading nothing new is said."""
    places = [p for p in desk.text_places if p[0] == section and part in (None, p[1])]
    alone = [p for p in places if not desk.form.asks_figures_at(*p)]
    return alone[0] if len(places) == len(alone) == 1 and said_of_all(desk, text) else None


def places_of_all(desk: Desk, text: str) -> tuple[Place, ...]:
    """Every place of words alone, where no figure is owed and the message says nothing else."""
    if desk.missing or not said_of_all(desk, text):
        return ()
    return desk.missing_texts or tuple(p for p in desk.text_places if not desk.form.asks_figures_at(*p))


def set_apart(desk: Desk, text: str) -> tuple[str, tuple[Place, ...]]:
    """The message with such clauses blanked out, every other letter at its place; and the places they are about."""
    if not may_say(text) or len(text.split()) > MOST_WORDS:
        return text, ()
    found = nothing_new_at(text, _names_of(desk.form, desk.text_places))
    found = tuple(one for one in found if not desk.form.asks_figures_at(*one.place))
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text, tuple(dict.fromkeys(one.place for one in found))


def texts_of(desk: Desk, places: tuple[Place, ...], reply_id: int) -> tuple[LiveText, ...]:
    """What the report will say there; words that were sent before stay."""
    return tuple(
        LiveText(section, desk.period, PRINTED, part=part, reply_id=reply_id, person_id=desk.person.id, at=desk.now)
        for section, part in places
        if not is_told(desk, (section, part))
    )


def is_told(desk: Desk, place: Place) -> bool:
    """Whether there are words of this week that tell something."""
    text = desk.texts.get(place)
    return text is not None and not says_nothing_new(text.text)


def labels_of(desk: Desk, places: Iterable[Place]) -> tuple[str, ...]:
    """What the places are called to their own writer."""
    return tuple(dict.fromkeys(short_of(desk.form.sections[section]) for section, _ in places))


def _own_words(form: Form, departments: tuple[str, ...]) -> frozenset[str]:
    found = (form.departments[d] for d in departments)
    return frozenset(word for d in found for name in (d.name, d.short, *d.aliases) for word in plain(name).split())


def _names_of(form: Form, places: tuple[Place, ...]) -> PlaceNames:
    return _named(tuple([(place, _called(form, place)) for place in places]))


@lru_cache(maxsize=64)  # the departments of a form
def _named(called: tuple[tuple[Place, tuple[str, ...]], ...]) -> PlaceNames:
    return PlaceNames(called)


def _called(form: Form, place: Place) -> tuple[str, ...]:
    section, part = place
    if part is not None:
        return tuple(p.label for p in form.sections[section].parts if p.id == part)
    found = form.sections[section]
    return (found.short, found.title)
