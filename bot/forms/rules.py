"""Rules between figures as checks.toml states them, and the data a unit starts from as opening.toml states it.

Knows: kinds of rules and how many operands each takes. Does not know: how a rule is carried out; `bot.checks` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from bot.forms.model import CheckRule, Opening, Slip
from bot.forms.source import TomlText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.forms.model import Form
    from bot.forms.source import Table

MANY = 99
SEVERITIES = ("hard", "soft", "info")
WHEN_MISSING = ("skip", "ask", "zero")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a rule of this kind is made of."""

    least: int  # operands
    most: int
    params: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    of_texts: bool = False  # it looks at sections' words


# The order of the operands is told in docs/form-files.md.
KINDS: Mapping[str, Kind] = {
    "percent": Kind(3, 3),
    "plan_order": Kind(3, 3),
    "sum": Kind(3, MANY),
    "balance": Kind(3, 3),
    "cumulative_ge_week": Kind(2, 2),
    "cumulative_continues": Kind(2, 2),
    "cumulative_not_down": Kind(1, 1),
    "subset_le": Kind(2, MANY),
    "parts_le": Kind(3, MANY),
    "same_fact": Kind(2, MANY),
    "equal_counts": Kind(2, MANY),
    "unit_magnitude": Kind(2, 2, params=("most",)),
    "week_vs_average": Kind(2, 2, params=("most",)),
    "bounds": Kind(1, 1, optional=("least", "most")),
    "ratio_bounds": Kind(2, 2, optional=("least", "most")),
    "jump": Kind(1, 1, params=("most",)),
    "assessment": Kind(1, MANY, params=("words", "expects", "value"), of_texts=True),
    "period": Kind(0, MANY, params=("what",), optional=("words", "value"), of_texts=True),
    "contrary": Kind(0, MANY, params=("topics", "words", "against"), of_texts=True),
    "unit_told": Kind(1, MANY, of_texts=True),
    "heading_told": Kind(0, 0, params=("words",), of_texts=True),
    "repeated": Kind(0, 0, params=("least",)),
    "unchanged": Kind(0, 0, params=("weeks",)),
}


def read_checks(table: Table) -> list[tuple[CheckRule, Table]]:
    """The rules with their tables. A rule of an unknown kind or with the wrong operands is a slip."""
    found = [(_rule(t), t) for t in table.tables("checks")]
    table.close()
    return found


def _rule(table: Table) -> CheckRule:
    params = table.table("params")
    rule = CheckRule(
        id=table.text("id", required=True),
        kind=table.text("kind", required=True),
        severity=_one_of(table, "severity", SEVERITIES, ""),
        indicators=table.texts("indicators"),
        sections=table.texts("sections"),
        params={key: params.written(key) for key in params.keys},
        when_missing=_one_of(table, "when_missing", WHEN_MISSING, "skip"),
    )
    table.close()
    kind = KINDS.get(rule.kind)
    if kind is None:
        table.slip("bad_choice", "kind", f"kind = {rule.kind} ({', '.join(KINDS)})")
        return rule
    if not kind.least <= len(rule.indicators) <= kind.most:
        table.slip("wrong_operands", "indicators", f"{rule.kind}: {len(rule.indicators)}")
    wrong = set(kind.params) - set(rule.params) or set(rule.params) - set(kind.params) - set(kind.optional)
    if wrong:
        table.slip("wrong_params", "params", f"{rule.kind}: {', '.join(sorted(wrong))}")
    if kind.of_texts and not rule.sections:
        table.slip("missing_key", "sections", "sections")
    return rule


def _one_of(table: Table, key: str, known: tuple[str, ...], default: str) -> str:
    written = table.text(key, required=not default) or default
    if written and written not in known:
        table.slip("bad_choice", key, f"{key} = {written} ({', '.join(known)})")
    return written


def read_opening(file: str, text: str, form: Form) -> Opening | tuple[Slip, ...]:
    """Plans, kept totals and last week's values of a unit: a value for every indicator it names, in its unit."""
    slips: list[Slip] = []
    table = TomlText(file, text).parse(slips)
    if table is None:
        return tuple(slips)
    period = table.text("period", required=True)
    plans = _values(table.table("plans"), form)
    values = _values(table.table("values"), form)
    table.close()
    return tuple(slips) or Opening(period, plans, values)


def _values(table: Table, form: Form) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for key in table.keys:
        try:
            found[key] = Decimal(table.written(key))
        except InvalidOperation:
            table.slip("not_a_number", key)
        if key not in form.indicators:
            table.slip("unknown_indicator", key)
    return found
