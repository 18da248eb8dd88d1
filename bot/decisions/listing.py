"""Figures arranged into the lines of a message: which ones, in whose order, beside which plan and last week's value.

Knows: the form's groups and a desk's values. Does not know: words or number formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.checks.values import agrees, percent
from bot.decisions.lines import Line, Lines, Mark
from bot.facts import Origin, State
from bot.forms.model import Role, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from bot.decisions.desk import Desk
    from bot.facts import Figure
    from bot.forms.model import Form, Indicator, Section

# Members by name: looked up on their class, each costs more than the comparison it serves.
_WITHDRAWN, _NO_DATA = State.WITHDRAWN, State.NO_DATA
_GIVEN, _MISSING = Mark.GIVEN, Mark.MISSING
_ASKED, _KEPT = Source.ASKED, Source.KEPT
_PLAN, _CUMULATIVE, _OTHER, _PERCENT = Role.PLAN, Role.CUMULATIVE, Role.OTHER, Role.PERCENT
_BY_ORIGIN = {Origin.CARRIED: Mark.CARRIED, Origin.OFFICE: Mark.OFFICE, Origin.ZERO_IN_WORDS: Mark.ZERO}
LETTERED = 4  # the level of a), b), c)
_BESIDE = (Role.PLAN, Role.PERCENT)  # printed on the line of what was done, not on one of their own


def companion(form: Form, indicator: Indicator, role: Role) -> Indicator | None:
    """The plan or the percent that stands beside a value on its line."""
    for other in form.matter_of(indicator):
        if other.role is not role:
            continue
        if role is _PLAN or other.numerator in (None, indicator.id):
            return other
    return None


def main_of(form: Form, indicator: Indicator) -> Indicator:
    """The indicator on whose line this one is shown: for a plan or a percent, what was done."""
    if indicator.role not in _BESIDE:
        return indicator
    if indicator.numerator is not None:
        return form.indicators[indicator.numerator]
    for other in _siblings(form, indicator):
        if other.denominator == indicator.id and other.numerator is not None:
            return form.indicators[other.numerator]
    for other in form.matter_of(indicator):
        if other.role not in _BESIDE:
            return other
    return indicator


def _siblings(form: Form, indicator: Indicator) -> Iterator[Indicator]:
    return (form.indicators[i] for i in form.sections[indicator.section].indicators)


def line_of(
    desk: Desk,
    indicator: Indicator,
    values: Mapping[str, Figure],
    *,
    held: Mapping[str, str],
    old: Decimal | None = None,
) -> Line:
    """One line. `held` are indicators in doubt, with the person's words; beside an `old` value no change is told."""
    figure = values.get(indicator.id)
    value = figure.value if figure is not None else None
    plan = _whole(desk, indicator, values)
    last = desk.previous.get(indicator.id)
    is_plain = indicator.role not in _BESIDE
    return Line(
        label=indicator.short,
        value=value,
        unit=indicator.unit,
        plan=plan if is_plain else None,
        pct=_printed_percent(desk, indicator, values) if is_plain and value is not None else None,
        change=value - last if old is None and value is not None and last is not None and value != last else None,
        last=last,
        old=old,
        mark=_mark(indicator, desk.figures.get(indicator.id), held),
        qualifier=figure.qualifier if figure is not None else None,
        quote=held.get(indicator.id, ""),
        flow=indicator.is_flow,
    )


def _whole(desk: Desk, indicator: Indicator, values: Mapping[str, Figure]) -> Decimal | None:
    """What stands behind the slash: the plan, or the total that is kept. A week's own count has no yearly plan."""
    siblings = [i for i in desk.form.matter_of(indicator) if i.id != indicator.id]
    if not siblings:
        return None
    if indicator.is_flow and any(i.role is _CUMULATIVE for i in siblings):
        return None
    is_whole = (i for i in siblings if i.role is _PLAN or (i.role is _OTHER and i.source is _KEPT))
    return _value(values, next(is_whole, None))


def _value(values: Mapping[str, Figure], indicator: Indicator | None) -> Decimal | None:
    found = values.get(indicator.id) if indicator is not None else None
    return found.value if found is not None else None


def _printed_percent(desk: Desk, indicator: Indicator, values: Mapping[str, Figure]) -> Decimal | None:
    """The percent the report will print: as stated where it agrees once rounded, else recomputed."""
    beside = companion(desk.form, indicator, _PERCENT)
    if beside is None:
        return None
    stated = _value(values, beside)
    part = _value(values, indicator)
    whole = _value(values, desk.form.indicators.get(beside.denominator or ""))
    if part is None or not whole:
        return stated
    return stated if stated is not None and agrees(stated, part, whole) else percent(part, whole)


def _mark(indicator: Indicator, figure: Figure | None, held: Mapping[str, str]) -> Mark:
    if indicator.id in held:
        return Mark.DOUBT
    if figure is None or figure.state is _WITHDRAWN:
        return _MISSING if indicator.source is _ASKED else _GIVEN
    if figure.state is _NO_DATA:
        return Mark.NO_DATA
    if figure.provisional:
        return Mark.CONFIRM
    return _BY_ORIGIN.get(figure.origin, _GIVEN)


def place_in_report(form: Form, section: Section) -> str:
    """How the report numbers it, as people say it: «1.2.b», «2.6»."""
    parent = form.sections.get(section.parent or "")
    own = section.number.strip(".)")
    if section.level < LETTERED or parent is None:
        return own
    return f"{parent.number.strip('.)')}.{own}"


def short_of(section: Section) -> str:
    return section.short or section.title


def name_of(place: tuple[str, str | None]) -> str:
    section, part = place
    return section if part is None else f"{section}#{part}"


def place_named(name: str) -> tuple[str, str | None]:
    section, _, part = name.partition("#")
    return section, part or None


def lines_of(
    desk: Desk,
    indicators: Iterable[str],
    *,
    held: Mapping[str, str] | None = None,
    texts: Iterable[str] = (),
    fold_zeros: bool = False,
    apart: bool = False,
) -> tuple[Lines, ...]:
    """The lines of these indicators by section, in the department's own order; `apart` gives a share one of its own.

    `texts` are sections whose words are to be named as well. With `fold_zeros`, figures that are usually nothing
    share one line («có phát sinh không»).
    """
    wanted = frozenset([i if apart else main_of(desk.form, desk.form.indicators[i]).id for i in indicators])
    named = frozenset(texts)
    if not wanted and not named:
        return ()
    values = {**desk.values, **{i: f for i, f in desk.figures.items() if f.state is _NO_DATA}}
    found: list[Lines] = []
    for n, section in enumerate(desk.sections, start=1):
        mine = (
            []
            if wanted.isdisjoint(section.indicators)
            else [desk.form.indicators[i] for i in section.indicators if i in wanted]
        )
        if not mine and section.id not in named:
            continue
        zeros = [i for i in mine if fold_zeros and i.usual_zero and not desk.previous.get(i.id)]
        listed = tuple(line_of(desk, i, values, held=held or {}) for i in mine if i not in zeros)
        found.append(
            Lines(
                n=n if len(desk.sections) > 1 else 0,
                short=short_of(section),
                lines=listed,
                zeros=tuple(i.short for i in zeros),
                text=section.id in named,
                unit=_shared_unit([line.unit for line in listed]),
                number=place_in_report(desk.form, section),
            )
        )
    return tuple(found)


def _shared_unit(units: list[str]) -> str:
    """The one that more than half of them are."""
    return next((unit for unit in dict.fromkeys(units) if units.count(unit) * 2 > len(units)), "")


def missing_lines(desk: Desk) -> tuple[Lines, ...]:
    """What the department still owes, for lists and reminders. A share that is asked beside its count has its line."""
    texts = (section for section, _ in desk.missing_texts)
    return lines_of(desk, (i.id for i in desk.missing), texts=texts, apart=True)
