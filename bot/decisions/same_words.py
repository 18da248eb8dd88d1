"""Words that stand as they stood for weeks: a question to whoever wrote them, once a week, and what its answers mean.

Knows: the rule's findings and the question made of one. Does not know: the rule (`bot.checks.telling`), the sentences.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.checks.finding import Evidence
from bot.checks.run import run_checks
from bot.decisions.checking import key_of, operands_of
from bot.decisions.listing import name_of, place_in_report, short_of
from bot.decisions.outcome import Answer
from bot.replies.reading import Mode, ProblemCode, Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.checks.finding import Finding
    from bot.facts import LiveText
    from bot.forms.model import Form
    from bot.periods.calendar import Period

KIND = "unchanged"
KEPT, WANTED = "text_kept", "text_wanted"  # effects of the two answers
MOST_WORDS = 12  # of the beginning that is quoted
_SENTENCE = re.compile(r"[.;\n]")


def questions_about(
    form: Form,
    period: Period,
    texts: Sequence[LiveText],
    earlier: Mapping[tuple[str, str | None], Sequence[str]],
) -> tuple[Question, ...]:
    """One for each text that is what it was in the weeks before."""
    rules = [rule for rule in form.checks if rule.kind == KIND]
    found = []
    for text in texts:
        evidence = Evidence(period.monday, period.sunday, texts=(text,), earlier=earlier)
        found += [question_of(form, f, text) for f in run_checks(form, evidence, rules)]
    return tuple(found)


def question_of(form: Form, finding: Finding, text: LiveText) -> Question:
    section = form.sections[text.section]
    data = {
        "number": place_in_report(form, section) or short_of(section),
        "weeks": finding.data["weeks"],
        "check": key_of(finding),
        "operands": operands_of(finding, {}),
        "place": name_of((text.section, text.part)),
    }
    return Question(Mode.CONFIRM, ProblemCode.TEXT_UNCHANGED, (), quote=_beginning(text.text), data=data)


def answers(question: Question) -> dict[str, Answer]:
    """«Còn đúng» keeps the words, and says so to the office; «Gửi đoạn mới» waits for other ones."""
    told = {name: question.data[name] for name in ("check", "operands", "place", "number") if name in question.data}
    return {"still_true": Answer(effect=KEPT, data=told), "new_text": Answer(effect=WANTED, data=told)}


def _beginning(text: str) -> str:
    """As many whole clauses of the first sentence as are short; a long first one is cut."""
    clauses = _SENTENCE.split(text.strip(), maxsplit=1)[0].split(",")
    said = clauses[0]
    for clause in clauses[1:]:
        if len(f"{said},{clause}".split()) > MOST_WORDS:
            break
        said = f"{said},{clause}"
    return " ".join(said.split()[:MOST_WORDS])
