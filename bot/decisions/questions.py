"""A reader's doubt as a message: what it shows, and what each answer would bring about.

Knows: the inputs of templates/messages/problem, and the words of `Question.data`.
Does not know: the sentences. An answer that is a value is typed and read like any reply; it needs no entry here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.checks.values import percent
from bot.decisions import same_words
from bot.decisions.as_written import AS_READ, AS_WRITTEN, SWAP, as_read, decimal_of
from bot.decisions.lines import Line, Mark
from bot.decisions.listing import companion, line_of, main_of, missing_lines
from bot.decisions.outcome import Answer, Purpose, Say, Settled, To, Whom
from bot.forms.model import Role
from bot.replies.reading import Mode, ProblemCode

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.decisions.desk import Desk
    from bot.forms.model import Indicator
    from bot.replies.reading import Candidate, Question

MOST_CANDIDATES = 6

# Keys whose label a template writes itself, and what they mean when the reader offers no value for them.
_EFFECTS = {
    **dict.fromkeys(("yes", "right", "keep_value", "as_written", "stands", "week", "withdrawn", "direct"), "confirm"),
    **dict.fromkeys(("reception", "still_true"), "confirm"),
    # The number is of another time than the figure: what was stored for it must not stand.
    **dict.fromkeys(("total", "month", "that_day"), "resend"),
    **dict.fromkeys(("resend", "new_text", "fix_date", "drop_in_week", "amend_last"), "resend"),
    "no_data": "no_data",
    "same": "same",
    "keep": "keep",
    "drop": "withdraw",
    "record": "record",
    "ignore": "ignore",
}
_ANSWERS = {key: Answer(effect=effect) for key, effect in _EFFECTS.items()}
_BY_UNIT = frozenset({ProblemCode.UNIT_IMPLAUSIBLE, ProblemCode.UNIT_MISMATCH})
PETITION = "đơn"
_HANDED_ON = ("drop_in_week", "fix_date", "amend_last", "withdrawn", "reception")  # the office should hear of these
_TELLING_OFFICE = {key: replace(_ANSWERS[key], data={"tell_office": key}) for key in _HANDED_ON}


def question_say(desk: Desk, question: Question, *, to: To | None = None, dedup: str = "") -> Say:
    """The question as a message of its own."""
    return Say(
        message=f"problem/{question.code.value}",
        to=to or To(Whom.CHAT),
        data=_common(desk) | question_data(desk, question),
        purpose=Purpose.QUESTION,
        dedup=dedup,
        answers=answers_of(desk, question),
        asks=True,
    )


def stale(desk: Desk, key: str) -> Say:
    """A choice that no longer holds; what is open now is asked again in the same message."""
    if desk.question is None:
        return Say("choice_stale", To(Whom.CHAT), _common(desk) | {"question": None}, dedup=key)
    return _within("choice_stale", desk, desk.question, key)


def settled_by(desk: Desk, indicators: Collection[str]) -> list[Settled]:
    """The open question needs no answer once something is said about its figures."""
    if desk.question is None or desk.question_id is None or set(desk.question.indicators).isdisjoint(indicators):
        return []
    return [Settled(desk.question_id, "typed")]


def again(desk: Desk, key: str) -> tuple[Say, ...]:
    """The open question once more, after words that answered something else, or nothing."""
    return () if desk.question is None else (_within("question_again", desk, desk.question, key),)


def _within(message: str, desk: Desk, question: Question, key: str) -> Say:
    inner = _common(desk) | question_data(desk, question) | {"id": f"problem/{question.code.value}"}
    answers = answers_of(desk, question)
    return Say(message, To(Whom.CHAT), _common(desk) | {"question": inner}, dedup=key, answers=answers, asks=True)


def _common(desk: Desk) -> dict[str, object]:
    return {"unit": desk.unit, "office": desk.office, "period": desk.period, "deadline": desk.deadline, "now": desk.now}


def answers_of(desk: Desk, question: Question) -> dict[str, Answer]:
    """What each key brings about."""
    found = dict(_ANSWERS)
    written = as_read(question)
    if question.mode is Mode.HOLD and written:
        for key in ("yes", "right", "as_written", "stands", "week", "keep_value"):
            found[key] = Answer(sets=tuple((i, str(v)) for i, v in written.items()))
    if question.code is ProblemCode.PLAN_CHANGED:
        found |= _plan_answers(desk, question)
    if question.code is ProblemCode.CUMULATIVE_DECREASE and question.indicators:
        last = desk.previous.get(question.indicators[0])
        found["keep"] = Answer(sets=((question.indicators[0], str(last)),) if last is not None else ())
    for key, group in _groups(question).items():
        sets = tuple((c.indicator, str(c.value)) for c in group if c.indicator is not None and c.value is not None)
        found[key] = Answer(sets=sets) if sets else found.get(key, Answer(effect=key))
    for key, flows in _flows_of(desk, question).items():
        found[key] = Answer(sets=tuple((i.id, "0") for i in flows))
    if question.code is ProblemCode.SWAPPED_RATIO:
        found |= _ratio_answers(question, written)
    if question.code is ProblemCode.PERCENT_MISMATCH:
        found["keep_value"] = _value_again(desk, question)
    if question.code is ProblemCode.TEXT_UNCHANGED:
        found |= same_words.answers(question)
    for key, told in _TELLING_OFFICE.items():
        found[key] = told if found[key] is _ANSWERS[key] else replace(found[key], data=told.data)
    return found


def _plan_answers(desk: Desk, question: Question) -> dict[str, Answer]:
    plan = next((i for i in question.indicators if desk.form.indicators[i].role is Role.PLAN), None)
    if plan is None:
        return {}
    old = desk.plans.get(plan)
    back = ((plan, str(old)),) if old is not None else ()
    return {"keep": Answer(sets=back), "yes": Answer(effect="plan_revised", data={"indicator": plan})}


def _ratio_answers(question: Question, written: Mapping[str, Decimal]) -> dict[str, Answer]:
    """Both sides of the slash, one way round or the other."""
    sides = question.indicators
    if len(sides) != 2 or any(i not in written for i in sides):
        return {}
    left, right = (str(written[i]) for i in sides)
    return {
        AS_WRITTEN: Answer(sets=((sides[0], left), (sides[1], right))),
        SWAP: Answer(sets=((sides[0], right), (sides[1], left))),
    }


def _value_again(desk: Desk, question: Question) -> Answer:
    """The value stands, and its percent is computed: the one that was written is not stored."""
    done = next((desk.form.indicators[i].numerator for i in question.indicators), None)
    value = _current(desk, done) if done is not None else None
    return Answer(sets=((done, str(value)),)) if done is not None and value is not None else Answer(effect="keep")


def flow_groups(flows: Sequence[Indicator]) -> dict[str, list[Indicator]]:
    """What «không phát sinh» may mean: the counts that are mostly zero, or all of them."""
    usual = [i for i in flows if i.usual_zero]
    return {"usual": usual if len(usual) < len(flows) else [], "all": list(flows)}


def _flows_of(desk: Desk, question: Question) -> dict[str, list[Indicator]]:
    """The groups a bare «không» leaves open; none where the words offer something else."""
    asked = [desk.form.indicators[i] for i in question.indicators]
    is_bare = question.code is ProblemCode.AMBIGUOUS_SCOPE and not (question.candidates or question.data)
    return flow_groups(asked) if is_bare and len(asked) > 1 and all(i.is_flow for i in asked) else {}


def _groups(question: Question) -> dict[str, list[Candidate]]:
    """Candidates that one answer takes together: those of a key, or of a unit where the unit is asked for."""
    groups: dict[str, list[Candidate]] = {}
    keys: dict[str, str] = {}
    for candidate in question.candidates:
        key = candidate.key
        if question.code in _BY_UNIT and candidate.unit:
            key = keys.setdefault(candidate.unit, key)
        groups.setdefault(key, []).append(candidate)
    return groups


def question_data(desk: Desk, question: Question) -> dict[str, object]:
    """Every input a problem template may ask for, as far as it can be known; a template takes what it needs."""
    form, values = desk.form, desk.values
    indicators = [form.indicators[i] for i in question.indicators if i in form.indicators]
    flows = _flows_of(desk, question)
    data: dict[str, object] = {
        **_defaults(),
        "groups": {key: [i.short for i in group] for key, group in flows.items()},
        "quote": question.quote,
        "labels": [i.short for i in _mains(desk, indicators)],
        "missing": missing_lines(desk),
        "candidates": _choices(desk, question),
        # Where a day is named, the template asks for the whole week or that day.
        "options": () if question.data.get("day") else _choices(desk, question),
        **{k: v for k, v in question.data.items() if not k.startswith(AS_READ)},
    }
    if not indicators:
        return data | {k: v for k, v in _typed(question.data).items() if v is not None}
    first = main_of(form, indicators[0])
    written = as_read(question)
    plan = companion(form, first, Role.PLAN)
    figure = values.get(first.id)
    value = written.get(first.id, figure.value if figure is not None else None)
    last = desk.previous.get(first.id)
    shown = [_line(desk, i, written) for i in _mains(desk, indicators)]
    told: dict[str, object] = {
        "label": first.short,
        "measure": first.unit,
        "last": last,
        "plan": written.get(plan.id, desk.plans.get(plan.id)) if plan is not None else None,
        "value": value,
        "total_last": _running_total(desk, first),
        "lines": shown,
        "line": shown[-1] if question.code is ProblemCode.SUM_MISMATCH else shown[0],
        "operands": shown[:-1],
        "old": last if figure is None else figure.value,
        **_of_code(desk, question, first, written),
    }
    return data | told | {k: v for k, v in _typed(question.data).items() if v is not None}


def _defaults() -> dict[str, object]:
    empty: Mapping[str, object] = dict.fromkeys(
        (
            "measure",
            "last",
            "plan",
            "day",
            "weeks",
            "number",
            "new",
            "value",
            "pct",
            "stated",
            "computed",
            "expected",
            "old",
            "usual",
            "total",
            "total_last",
            "total_now",
            "month",
            "petition",
            "balance",
        )
    )
    return {
        **empty,
        "lines": (),
        "operands": (),
        "at_least": False,
        "count": 0,
        "times": 0,
        "smaller": False,
        "against": "last",
        "label": "",
    }


def _of_code(desk: Desk, question: Question, first: Indicator, written: Mapping[str, Decimal]) -> dict[str, object]:
    """Inputs that only one kind of question has."""
    form = desk.form
    plan = companion(form, first, Role.PLAN)
    value = written.get(first.id, _current(desk, first.id))
    whole = written.get(plan.id, _current(desk, plan.id)) if plan is not None else None
    found: dict[str, object] = {}
    if value is not None and whole:
        found |= {"value": value, "plan": whole, "computed": percent(value, whole)}
    if question.code is ProblemCode.BIG_JUMP and value is not None:
        against = desk.plans.get(plan.id) if plan is not None else None
        base = against or desk.previous.get(first.id)
        if base:
            found |= _times(value, base) | {"against": "plan" if against else "last"}
    if question.code is ProblemCode.PLAN_CHANGED and plan is not None:
        found |= {"plan": desk.plans.get(plan.id), "new": written.get(plan.id, _current(desk, plan.id))}
    if question.code is ProblemCode.SUM_MISMATCH:
        found |= _sum(desk, question, written)
    if question.code is ProblemCode.SWAPPED_RATIO and value is not None and whole:
        found |= {"value": whole, "plan": value}
    if question.code is ProblemCode.CROSS_SECTION_CONFLICT:
        found["petition"] = PETITION in first.unit.split()
    if question.code in (ProblemCode.DERIVED_FROM_PERCENT, ProblemCode.PERCENT_MISMATCH):
        beside = companion(form, first, Role.PERCENT)
        stated = None if beside is None else written.get(beside.id, _current(desk, beside.id))
        found |= {"pct": stated, "stated": stated}
    if question.code in (ProblemCode.CUMULATIVE_LT_WEEK, ProblemCode.UNSPECIFIED_ROLE):
        found |= _totals(desk, question, first, value)
    return found


def _times(value: Decimal, base: Decimal) -> dict[str, object]:
    """How many times larger a number is than another one, or how many times smaller."""
    smaller = 0 < value < base
    return {"times": (base / value if smaller else value / base).quantize(Decimal(1)), "smaller": smaller}


def _totals(desk: Desk, question: Question, first: Indicator, value: Decimal | None) -> dict[str, object]:
    """The running total beside a week's count: as it is, or as the count would make it."""
    total = _total_of(desk, first)
    if total is None:
        return {}
    now, before = _current(desk, total.id), desk.previous.get(total.id)
    if question.code is ProblemCode.CUMULATIVE_LT_WEEK:
        return {"total": before if now is None else now}
    added = before + value if before is not None and value is not None else None
    return {"value": value, "last": before, "total": added if now is None else now}


def _sum(desk: Desk, question: Question, written: Mapping[str, Decimal]) -> dict[str, object]:
    """What the first figures leave for the last one: files received less those settled are at least what is pending."""
    told = [written.get(i, _current(desk, i)) for i in question.indicators]
    values = [value for value in told if value is not None]
    if len(values) < len(told) or len(values) < 2:  # a sum has two sides
        return {"expected": Decimal(0)}
    left = values[0] - sum(values[1:-1], Decimal(0))
    return {"expected": left, "at_least": values[-1] < left, "balance": True}


def _current(desk: Desk, indicator: str) -> Decimal | None:
    figure = desk.values.get(indicator)
    return figure.value if figure is not None else None


def _running_total(desk: Desk, indicator: Indicator) -> Decimal | None:
    total = _total_of(desk, indicator)
    return desk.previous.get(total.id) if total is not None else None


def _total_of(desk: Desk, indicator: Indicator) -> Indicator | None:
    """The running total a week's count is added to."""
    return next((i for i in desk.form.totals if i.adds == indicator.id), None)


def _line(desk: Desk, indicator: Indicator, written: Mapping[str, Decimal]) -> Line:
    line = line_of(desk, indicator, desk.values, held={})
    if indicator.id in written:
        return replace(line, value=written[indicator.id], mark=Mark.GIVEN)
    return replace(line, mark=Mark.GIVEN)


def _mains(desk: Desk, indicators: list[Indicator]) -> list[Indicator]:
    """One for each line, so that a plan and what was done are named once."""
    return list({m.id: m for m in (main_of(desk.form, i) for i in indicators)}.values())


def _choices(desk: Desk, question: Question) -> list[dict[str, object]]:
    """Candidates as a template lists them: a value with its unit, a unit, or an indicator's name."""
    shown: list[dict[str, object]] = []
    for key, group in _groups(question).items():
        first = group[0]
        many_indicators = question.code in (ProblemCode.NO_LABEL, ProblemCode.WHICH_UNIT)
        by_unit = question.code in _BY_UNIT
        if many_indicators and first.indicator is not None:
            shown.append({"key": key, "label": desk.form.indicators[first.indicator].short})
        elif by_unit or first.value is None:
            shown.append({"key": key, "label": first.unit or key})
        else:
            unit = first.unit or (desk.form.indicators[first.indicator].unit if first.indicator else "")
            shown.append({"key": key, "value": first.value, "unit": unit})
    return shown[:MOST_CANDIDATES]


def _typed(data: Mapping[str, str]) -> dict[str, object]:
    """What the reader tells of itself: decimals as such, everything else as words."""
    found: dict[str, object] = {}
    for name, text in data.items():
        if not name.startswith(AS_READ):
            value = decimal_of(text)
            found[name] = text if value is None else value
    return found
