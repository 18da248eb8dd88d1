"""`giaoban read`: what would be made of a message, for people; and one JSON line for each JSON line, for machines.

Nothing is stored. Last week's values and plans are those the form's unit starts from.
"""

from __future__ import annotations

import json
import sys
import tomllib
from contextlib import nullcontext
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.context import Refused
from bot.commands.forms import department_named, form_named
from bot.decisions.desk import Desk
from bot.decisions.questions import question_say
from bot.decisions.reply import Message, read_message, with_taken
from bot.facts import Person
from bot.periods.calendar import moments, period_at
from bot.rendering.filters import amount
from bot.rendering.forms import load_opening
from bot.rendering.messages import Catalogue, Traits
from bot.rendering.messages import Reader as Addressee
from bot.replies.as_json import mentions_as_json
from bot.replies.mentions import find_mentions
from bot.replies.read import Reader
from bot.replies.reading_json import dumps, read_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from bot.commands.context import Context
    from bot.decisions.taking import Taken
    from bot.forms.model import Form, Opening
    from bot.replies.headings import Chunk
    from bot.replies.reading import Context as Asked
    from bot.replies.reading import ReadFigure, Reading

STDIN = "-"


def run(asked: argparse.Namespace, context: Context) -> int:
    name = asked.form or context.settings.office.form
    form = form_named(name)
    if asked.batch is not None:
        return _batch(Reader(form), asked.batch)
    text = " ".join(asked.text) or sys.stdin.read()
    section, departments = _place(form, asked)
    desk = _desk(form, context, departments, load_opening(name, form))
    noted = _Noting(Reader(form))
    taken = read_message(desk, Message(text, 0, "read", section=section), noted)
    page = _Page(with_taken(desk, taken), read_words())
    for line in page.lines(noted.readings, taken, is_explained=asked.explain):
        print(line)
    return 0


def read_words() -> dict[str, Any]:
    return tomllib.loads((resources.files("templates") / "words" / "read.toml").read_text(encoding="utf-8"))


def _batch(reader: Reader, file: str) -> int:
    """A line with a section (or unit) is read against it; any other is only searched for quantities."""
    if file != STDIN and (not Path(file).exists() or Path(file).is_dir()):  # a pipe of the shell is a file too
        raise Refused("no_file", file=file)
    with nullcontext(sys.stdin) if file == STDIN else Path(file).open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                print(answer(reader, line), flush=True)
    return 0


def answer(reader: Reader, line: str) -> str:
    """One JSON line for one JSON line; what is wrong with a line is said in its answer."""
    try:
        request = json.loads(line)
    except json.JSONDecodeError:
        request = None
    is_bare = isinstance(request, dict) and not (request.get("section_id") or request.get("unit"))
    if not is_bare or not isinstance(request.get("text", ""), str):
        return read_line(reader, line)
    found = mentions_as_json(find_mentions(request.get("text", "")))
    return dumps({"id": str(request.get("id", "")), **found})


def _place(form: Form, asked: argparse.Namespace) -> tuple[str | None, tuple[str, ...]]:
    """The section the message is about, if one was named, and whose message it is: anybody's where nobody was named."""
    if asked.section is not None:
        if asked.section not in form.sections:
            near = get_close_matches(asked.section, form.sections, 3, 0.3) or list(form.sections)[:3]
            raise Refused("unknown_section", section=asked.section, near=", ".join(near))
        owner = form.sections[asked.section].department
        return asked.section, (owner,) if owner else tuple(form.departments)
    if asked.unit is not None:
        return None, (department_named(form, asked.unit).id,)
    return None, tuple(form.departments)


def _desk(form: Form, context: Context, departments: tuple[str, ...], opening: Opening) -> Desk:
    """An empty desk: nothing was handed in, and last week was what the unit starts from."""
    schedule = context.settings.schedule
    return Desk(
        form=form,
        moments=moments(schedule, period_at(context.now, schedule)),
        now=context.now,
        person=Person(0, ""),
        department=departments[0],
        also=departments[1:],
        office=context.settings.office.name,
        zone=schedule.zone,
        previous={**opening.values, **opening.plans},
        plans=opening.plans,
    )


@dataclass(frozen=True, slots=True)
class _Noting:
    """A reader that keeps what it made of each stretch of the message."""

    reader: Reader
    readings: list[tuple[str, Reading]] = field(default_factory=list)

    def read(self, text: str, context: Asked) -> Reading:
        reading = self.reader.read(text, context)
        self.readings.append((text, reading))
        return reading

    def split(self, text: str, sections: tuple[str, ...], departments: tuple[str, ...] = ()) -> tuple[Chunk, ...]:
        return self.reader.split(text, sections, departments)


@dataclass(frozen=True, slots=True)
class _Page:
    """What was made of a message, in lines. `desk` is the desk as it would be with everything stored."""

    desk: Desk
    words: dict[str, Any]

    def lines(self, readings: list[tuple[str, Reading]], taken: Taken, *, is_explained: bool) -> Iterator[str]:
        figures = [line for text, one in readings for line in self._figures(one, text, is_explained=is_explained)]
        questions = list(self._questions(taken))
        yield from figures or ([] if questions else [self.words["nothing"]])
        yield from questions
        for live in taken.texts:
            yield self.words["narrative"].format(section=live.section)
            yield live.text

    def _figures(self, reading: Reading, text: str, *, is_explained: bool) -> Iterator[str]:
        for figure in reading.figures:
            told = {"label": self._label(figure.indicator), "value": amount(figure.value, figure.unit)}
            line = self.words["figure"].format(**told, quote=text[figure.start : figure.end])
            yield line + (self.words["provisional"] if figure.provisional else "")
            if is_explained and figure.why:
                yield self.words["because"].format(reasons="; ".join(self._reasons(figure)))
        for indicator, value in reading.derived:
            unit = self.desk.form.indicators[indicator].unit
            yield self.words["derived"].format(label=self._label(indicator), value=amount(value, unit))
        for indicator in reading.no_data:
            yield self.words["no_data"].format(label=self._label(indicator))

    def _label(self, indicator: str) -> str:
        return f"{self.desk.form.indicators[indicator].short} ({indicator})"

    def _reasons(self, figure: ReadFigure) -> Iterator[str]:
        for code in figure.why:
            if code == "ratio" and "whole" in figure.why:
                continue  # it is the other side
            head, _, detail = code.partition(":")
            yield self.words["why"][head].format(detail=self.words["cue"].get(detail, detail))

    def _questions(self, taken: Taken) -> Iterator[str]:
        """Each doubt in the very words the person would read."""
        catalogue = Catalogue.load()
        for question in taken.questions:
            said = question_say(self.desk, question)
            text = catalogue.render(said.message, said.data, Addressee(), Traits(buttons=False)).text
            yield self.words["question"].format(text=text.replace("\n", "\n  "))
