"""Readings and contexts as plain JSON: what `giaoban read --batch` takes and prints.

Knows: the shapes of the command. Does not know: files, the command line.
"""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from bot.replies.proposals import number_key
from bot.replies.reading import Context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.forms.model import Form
    from bot.replies.read import Reader
    from bot.replies.reading import Question, Reading


class BadLine(Exception):  # noqa: N818 - it names what is wrong with a line, as people say it
    """A line that is no request."""


def read_line(reader: Reader, line: str) -> str:
    """One JSON line in, one out. A line that cannot be read gives {"id", "error"}."""
    name = ""
    try:
        request = _object(line)
        name = str(request.get("id", ""))
        text = _text(request)
        context = context_from_json(request, reader.form)
    except (json.JSONDecodeError, BadLine) as error:
        return dumps({"id": name, "error": str(error)})
    return dumps(reading_as_json(name, reader.read(text, context)))


def _object(line: str) -> dict[str, Any]:
    request = json.loads(line)
    if not isinstance(request, dict):
        raise BadLine("not an object")
    return request


def _text(request: Mapping[str, Any]) -> str:
    text = request.get("text", "")
    if not isinstance(text, str):
        raise BadLine("text is no string")
    return text


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def context_from_json(request: Mapping[str, Any], form: Form) -> Context:
    """The context of a request; every key is optional. Raises BadLine for what the form does not know."""
    given = request.get("context") or {}
    if not isinstance(given, dict):
        raise BadLine("context is no object")
    section = request.get("section_id")
    part = request.get("part_id")
    department = request.get("unit")
    sections: tuple[str, ...] = ()
    if section is not None:
        if section not in form.sections:
            raise BadLine(f"unknown section: {section}")
        sections = (section,)
    if department is not None:
        if department not in form.departments:
            raise BadLine(f"unknown unit: {department}")
        sections = sections or tuple(s.id for s in form.sections_of(department))
    return Context(
        sections=sections,
        part=part,
        department=department,
        week=str(given.get("week", "")),
        previous=_values(given.get("previous")),
        stored=_values(given.get("stored")),
        open=tuple(map(str, given.get("open") or ())),
        prior_text=str(given.get("prior_text", "")),
    )


def _values(given: Any) -> dict[str, Decimal]:
    if not isinstance(given, dict):
        return {}
    found: dict[str, Decimal] = {}
    for name, value in given.items():
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise BadLine(f"no number: {value}") from None
        if not number.is_finite():
            raise BadLine(f"no number: {value}")
        found[str(name)] = number
    return found


def reading_as_json(name: str, reading: Reading) -> dict[str, Any]:
    """The answer to one request. Spans are code points of the text as it was sent."""
    return {
        "id": name,
        "figures": [
            {
                "id": figure.indicator,
                "role": figure.role.value,
                "value": number_key(figure.value),
                "unit": figure.unit,
                "start": figure.start,
                "end": figure.end,
                "provisional": figure.provisional,
            }
            for figure in reading.figures
        ],
        "derived": [{"id": indicator, "value": number_key(value)} for indicator, value in reading.derived],
        "questions": [_question(question) for question in reading.questions],
        "narrative": reading.narrative,
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "mode": question.mode.value,
        "code": question.code.value,
        "figure_ids": list(question.indicators),
        "candidates": [c.key if c.value is None else number_key(c.value) for c in question.candidates],
        "text": question.quote,
    }
