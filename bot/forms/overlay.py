"""The form as the office changed it from the chat: names, what is still asked, what is asked newly.

Changes lie over the form's files, in the order in which they were made, and are kept with who made them and why. An
indicator is never taken away: one that is no longer asked is still read and printed where somebody gives it, so that
past weeks stay what they were. A change that no longer fits the files is passed over.
Knows: the shape of a form. Does not know: where changes are kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.forms.model import CheckRule, Indicator, PercentKind, Role, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.forms.model import Form

LONGEST_NAME = 28  # of a name in chat lists
ID_LENGTH = 10
PLAN_OF, SHARE_OF = "kế hoạch {name}", "tỷ lệ {name}"  # how the form's files call them


class What(StrEnum):
    """What a change does. The values stand in the audit log."""

    RENAME = "form_rename"
    RETIRE = "form_retire"
    RESUME = "form_resume"
    ADD = "form_add"


@dataclass(frozen=True, slots=True)
class FormChange:
    what: What
    indicator: str
    data: Mapping[str, str] = field(default_factory=dict)


def overlaid(form: Form, changes: Iterable[FormChange]) -> Form:
    """The form with the changes; its version counts them."""
    count = 0
    for change in changes:
        made = _APPLY[change.what](form, change)
        count += made is not form
        form = made
    return replace(form, version=f"{form.version}+{count}") if count else form


def new_id(section: str, name: str) -> str:
    """Of an indicator that is added: the same words give the same id."""
    return "added_" + hashlib.sha256(f"{section}|{name}".encode()).hexdigest()[:ID_LENGTH]


def _rename(form: Form, change: FormChange) -> Form:
    """The old name is still understood."""
    old = form.indicators.get(change.indicator)
    if old is None:
        return form
    name = change.data["name"]
    aliases = tuple(dict.fromkeys((*old.aliases, old.short, old.label)))
    return _with(form, replace(old, short=name, label=name[0].upper() + name[1:], aliases=aliases))


def _retire(form: Form, change: FormChange) -> Form:
    return _asked(form, change, Source.ASKED, Source.OPTIONAL)


def _resume(form: Form, change: FormChange) -> Form:
    return _asked(form, change, Source.OPTIONAL, Source.ASKED)


def _asked(form: Form, change: FormChange, before: Source, after: Source) -> Form:
    old = form.indicators.get(change.indicator)
    return form if old is None or old.source is not before else _with(form, replace(old, source=after))


def _with(form: Form, indicator: Indicator) -> Form:
    return replace(form, indicators={**form.indicators, indicator.id: indicator})


def _add(form: Form, change: FormChange) -> Form:
    """After the last indicator of its section, with a clause of its own at the end of the section's prose."""
    data = change.data
    section = form.sections.get(data["section"])
    if section is None or change.indicator in form.indicators:
        return form
    name = data["name"]
    indicator = Indicator(
        id=change.indicator,
        section=section.id,
        label=name[0].upper() + name[1:],
        short=name,
        unit=data["unit"],
        role=Role(data["role"]),
        group=change.indicator,
    )
    beside = _of_plan(indicator) if "plan" in data else ()
    new = {i.id: i for i in (indicator, *beside)}
    clause = _clause(indicator, beside)
    wider = replace(
        section,
        indicators=(*section.indicators, *new),
        body=f"{section.body}\n{clause}" if section.body else clause,
    )
    placed: dict[str, Indicator] = {}
    last = section.indicators[-1] if section.indicators else None
    for known in form.indicators.values():
        placed[known.id] = known
        if known.id == last:
            placed |= new
    placed |= {i: one for i, one in new.items() if i not in placed}
    rules = (CheckRule(f"{indicator.id}_percent", "percent", "hard", tuple(new), (section.id,)),) if beside else ()
    sections = {**form.sections, section.id: wider}
    return replace(form, indicators=placed, sections=sections, checks=(*form.checks, *rules))


def plan_id(indicator: str) -> str:
    """Of the plan that stands beside an indicator that was added."""
    return f"{indicator}_plan"


def _of_plan(done: Indicator) -> tuple[Indicator, Indicator]:
    """What stands beside a figure that has a plan: the plan, which is kept, and its share, which is computed."""
    short = PLAN_OF.format(name=done.short)
    plan = replace(done, id=plan_id(done.id), short=short, role=Role.PLAN, source=Source.KEPT)
    share = replace(
        done,
        id=f"{done.id}_pct",
        short=SHARE_OF.format(name=done.short),
        unit="%",
        role=Role.PERCENT,
        source=Source.COMPUTED,
        percent_kind=PercentKind.OF_PLAN,
        numerator=done.id,
        denominator=plan.id,
    )
    return plan, share


def _clause(done: Indicator, beside: tuple[Indicator, ...]) -> str:
    """Its own sentence at the end of the section; what nobody gave leaves nothing behind."""
    value = f"{{{{ {done.id} }}}}"
    if not beside:
        return f"{done.label}: {value} {done.unit}."
    plan, share = beside
    return f"{done.label}: {value}[/{{{{ {plan.id} }}}}] {done.unit}[, {{{{ {share.id} }}}}%]."


_APPLY = {What.RENAME: _rename, What.RETIRE: _retire, What.RESUME: _resume, What.ADD: _add}
