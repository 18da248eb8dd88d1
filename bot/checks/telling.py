"""Rules about words: what a text says against its figures, its days, its neighbours and its own past.

A text's words are never changed here; a finding quotes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.checks.words import (
    clauses,
    end_of_month,
    folded,
    issued_documents,
    months_counted,
    sentences,
    spaced,
    stated_span,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.checks.finding import Evidence
    from bot.facts import LiveText
    from bot.forms.model import CheckRule, Form

SCHOOL_YEAR_BEGINS = (8, 1)
QUOTE = 120


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, and in which text; None where it lies between several."""

    data: dict[str, str]
    text: LiveText | None = None
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One rule about words, with what it looks at."""

    rule: CheckRule
    form: Form
    evidence: Evidence

    @property
    def texts(self) -> Sequence[LiveText]:
        """The texts of the rule's sections; all of them where it names none."""
        wanted = self.rule.sections
        return [text for text in self.evidence.texts if not wanted or text.section in wanted]

    def words(self, name: str = "words") -> tuple[str, ...]:
        """Words of a parameter; `|` parts several."""
        return tuple(folded(word) for word in self.rule.params.get(name, "").split("|") if word)


def _assessment(told: Told) -> Iterator[Wrong]:
    """Where the words stand, at least one of the figures must be as they say."""
    value = Decimal(told.rule.params["value"])
    is_above = told.rule.params["expects"] == "above"
    given = _given(told)
    if not given or any(one > value if is_above else one < value for one in given.values()):
        return
    for text in told.texts:
        found = next((one for one in sentences(folded(text.text)) if _has(one, told.words())), None)
        if found is not None:
            nearest = max(given.values()) if is_above else min(given.values())
            yield Wrong({"words": told.rule.params["words"], "value": str(value), "nearest": str(nearest)}, text)


def _period(told: Told) -> Iterator[Wrong]:
    return _PERIODS[told.rule.params["what"]](told)


def _documents(told: Told) -> Iterator[Wrong]:
    first, last = told.evidence.first_day, told.evidence.last_day
    for text in told.texts:
        for sentence in sentences(folded(text.text)):
            for word in told.words():
                for document in issued_documents(sentence, word, last.year):
                    if not first <= document.day <= last:
                        data = {"document": document.code, "day": document.day.isoformat()}
                        yield Wrong({**data, "quote": _quoted(text.text, document.words), **_days(told)}, text)


def _stated(told: Told) -> Iterator[Wrong]:
    for text in told.texts:
        span = stated_span(folded(text.text), told.evidence.last_day.year)
        if span is not None and span != (told.evidence.first_day, told.evidence.last_day):
            yield Wrong({"from": span[0].isoformat(), "to": span[1].isoformat(), **_days(told)}, text)


def _cumulative(told: Told) -> Iterator[Wrong]:
    for text in told.texts:
        for word in told.words():
            months = months_counted(folded(text.text), word)
            if months is None:
                continue
            until = end_of_month(told.evidence.last_day.year, months)
            if until < told.evidence.first_day:
                yield Wrong({"months": str(months), "until": until.isoformat(), **_days(told)}, text)


def _school_year(told: Told) -> Iterator[Wrong]:
    """A school year is assessed that has not begun."""
    for text in told.texts:
        for clause in clauses(folded(text.text)):
            found = re.search(r"năm học (\d{4})\s*-\s*(\d{4})", clause)
            if found and _has(clause, told.words()):
                begins = date(int(found[1]), *SCHOOL_YEAR_BEGINS)
                if begins > told.evidence.last_day:
                    usual = f"{int(found[1]) - 1}-{int(found[1])}"
                    data = {"stated": f"{found[1]}-{found[2]}", "usual": usual, "quote": _quoted(text.text, clause)}
                    yield Wrong(data, text)


def _term(told: Told) -> Iterator[Wrong]:
    """A congress term other than the one of today."""
    value = told.rule.params["value"]
    for text in told.texts:
        for word in told.words():
            for found in re.finditer(rf"{re.escape(word)}\s+([ivxl]+)\b", folded(text.text)):
                if found[1] != value.lower():
                    data = {"stated": found[1].upper(), "usual": value, "quote": _quoted(text.text, found[0])}
                    yield Wrong(data, text)


def _contrary(told: Told) -> Iterator[Wrong]:
    """One matter praised in one sentence and named as lagging in another."""
    praised: dict[str, str] = {}
    blamed: dict[str, str] = {}
    for text in told.texts:
        for sentence in sentences(folded(text.text)):
            topics = [topic for topic in told.words("topics") if topic in sentence]
            for words, found in ((told.words(), praised), (told.words("against"), blamed)):
                if _has(sentence, words):
                    found.update((topic, text.section) for topic in topics if topic not in found)
    both = [topic for topic in praised if topic in blamed]
    if both:
        yield Wrong({"topics": ", ".join(both), "praised": praised[both[0]], "blamed": blamed[both[0]]})


def _unit_told(told: Told) -> Iterator[Wrong]:
    """The unit stands between a figure and the next one of another matter."""
    for text in told.texts:
        for slot in text.slots:
            if slot.indicator not in told.rule.indicators:
                continue
            indicator = told.form.indicators[slot.indicator]
            others = (
                s.start for s in text.slots if s.start >= slot.end and _group(told, s.indicator) != indicator.group
            )
            rest = folded(text.text[slot.end : min(others, default=len(text.text))])
            if not re.search(rf"\b{re.escape(folded(indicator.unit))}\b", sentences(rest)[0] if rest.strip() else ""):
                yield Wrong({"unit": indicator.unit, "label": indicator.label}, text, indicator.id)


def _group(told: Told, indicator: str) -> str:
    found = told.form.indicators.get(indicator)
    return found.group if found else ""


def _repeated(told: Told) -> Iterator[Wrong]:
    """A clause of at least `least` words whose words all stand in another clause of its sentence."""
    least = int(told.rule.params["least"])
    for text in told.texts:
        for sentence in sentences(folded(text.text)):
            spoken = [(part.strip(), re.findall(r"\w+", part)) for part in re.split(r"[;,]", sentence)]
            for at, (part, words) in enumerate(spoken):
                longer = (other for n, (_, other) in enumerate(spoken) if n != at and len(other) >= len(words))
                if len(words) >= least and any(set(words) <= set(other) for other in longer):
                    yield Wrong({"phrase": _quoted(text.text, part)}, text)
                    break


def _unchanged(told: Told) -> Iterator[Wrong]:
    """The same words as in the weeks before, `weeks` weeks in all."""
    weeks = int(told.rule.params["weeks"])
    for text in told.texts:
        now = spaced(text.text)
        earlier = told.evidence.earlier.get((text.section, text.part), ())
        same = next((n for n, one in enumerate(earlier) if spaced(one) != now), len(earlier))
        if now and same + 1 >= weeks:
            yield Wrong({"weeks": str(same + 1), "quote": text.text[:QUOTE]}, text)


def _heading_told(told: Told) -> Iterator[Wrong]:
    """The heading names a matter of which the text says nothing."""
    said = " ".join(folded(text.text) for text in told.texts)
    if said and not _has(said, told.words()):
        yield Wrong({"topic": told.rule.params["words"].split("|")[0]}, told.texts[0])


def _given(told: Told) -> dict[str, Decimal]:
    figures = ((i, told.evidence.figures.get(i)) for i in told.rule.indicators)
    return {i: figure.value for i, figure in figures if figure is not None and figure.value is not None}


def _has(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def _days(told: Told) -> dict[str, str]:
    return {"first_day": told.evidence.first_day.isoformat(), "last_day": told.evidence.last_day.isoformat()}


def _quoted(text: str, words: str) -> str:
    """The person's own spelling of words found in the folded text."""
    at = folded(text).find(words)
    return text[at : at + len(words)] if at >= 0 else words


_PERIODS: Mapping[str, Callable[[Told], Iterator[Wrong]]] = {
    "documents": _documents,
    "stated": _stated,
    "cumulative": _cumulative,
    "school_year": _school_year,
    "term": _term,
}
RULES: Mapping[str, Callable[[Told], Iterator[Wrong]]] = {
    "assessment": _assessment,
    "period": _period,
    "contrary": _contrary,
    "unit_told": _unit_told,
    "repeated": _repeated,
    "unchanged": _unchanged,
    "heading_told": _heading_told,
}
