"""The form changed from the chat: an indicator added, renamed, no longer asked, asked again; confirmed first.

Knows: the words of these commands, which names are free. Does not know: how the form in use is exchanged.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.decisions.listing import place_in_report
from bot.decisions.naming import indicators_named, plain
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.facts import Plan
from bot.forms.model import Role, Source
from bot.forms.overlay import LONGEST_NAME, FormChange, What, new_id, plan_id
from bot.reports.numbers import value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.forms.model import Form, Indicator, Section

HERE = To(Whom.CHAT)
RECORD, CANCEL = "form_record", "form_cancel"
ROLES = {"week": Role.WEEK, "total": Role.CUMULATIVE, "stock": Role.SNAPSHOT}
_NAME = re.compile(r"[^\W\d_][\w ,.()/-]*")  # nothing that prose could take for its own marks
_SECTION = re.compile(r"[\s,;]*(?:ở\s+)?(?:mục|muc)\s+([\w.]+?)\s*(?=[,;]|$)", re.IGNORECASE)
_PLAN = re.compile(
    r"[\s,;]*(?:kế hoạch|ke hoach|kh)\s*:?\s*(\d[\d.,]*)(?:[ \t]*([^\W\d][^,;]*?|%))?\s*(?=[,;]|$)", re.IGNORECASE
)
_UNIT = re.compile(
    r"[\s,;]*(?:đơn vị|don vi|đvt|tính bằng)\s*:?\s+([^,;]+?)\s*$|\s*\(([^()]{1,20})\)\s*$", re.IGNORECASE
)
_INTO = re.compile(r"\s+(?:thành|thanh)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished, or why it cannot be: `problem` is the code of what is wrong with the words."""

    change: FormChange | None = None
    problem: str = ""
    near: str = ""  # whose name it is already


def to_add(form: Form, words: str) -> Wish:
    """«hộ có nước sạch, đơn vị hộ, kế hoạch 450, mục 2.3.a»; the plan may be left out."""
    placed = _SECTION.search(words)
    rest = words[: placed.start()] + words[placed.end() :] if placed is not None else words
    planned = _PLAN.search(rest)
    rest = rest[: planned.start()] + rest[planned.end() :] if planned is not None else rest
    counted = _UNIT.search(rest)
    name = (rest[: counted.start()] if counted is not None else rest).strip(" ,.;")
    section = _section(form, placed[1]) if placed is not None else None
    unit = _said(counted, 1, 2) or _said(planned, 2)
    if placed is None or not unit or not name:
        return Wish(problem="how")
    if section is None:
        return Wish(problem="section")
    plan = value_of(planned[1].rstrip(".,")) if planned is not None else None
    if planned is not None and (not plan or (planned[2] and plain(planned[2]) != plain(unit))):
        return Wish(problem="plan")
    problem = _name_problem(name) or ("name" if not _NAME.fullmatch(unit) and unit != "%" else "")
    taken = _taken(form, name, section.department)
    if problem or taken is not None:
        return Wish(problem=problem or "taken", near=taken.short if taken is not None else "")
    data = {"section": section.id, "name": name, "unit": unit} | ({"plan": str(plan)} if plan else {})
    return Wish(FormChange(What.ADD, new_id(section.id, name), data))


def to_rename(form: Form, words: str) -> Wish:
    """«lúa mùa thành lúa vụ mùa»"""
    parts = _INTO.split(words, maxsplit=1)
    if len(parts) != 2:
        return Wish(problem="rename")
    found = indicator_named(form, parts[0])
    name = parts[1].strip(" .,;")
    if found is None:
        return Wish(problem="unknown")
    taken = _taken(form, name, form.owner_of(found.id))
    problem = _name_problem(name)
    if problem or (taken is not None and taken.id != found.id):
        return Wish(problem=problem or "taken", near=taken.short if taken is not None else "")
    return Wish(FormChange(What.RENAME, found.id, {"name": name, "old": found.short}))


def to_ask(form: Form, words: str, *, again: bool) -> Wish:
    """«NGỪNG HỎI gia súc», «HỎI LẠI gia súc»"""
    found = indicator_named(form, words)
    if found is None:
        return Wish(problem="unknown")
    if found.source is not (Source.OPTIONAL if again else Source.ASKED):
        return Wish(problem="asked" if again else "not_asked", near=found.short)
    return Wish(FormChange(What.RESUME if again else What.RETIRE, found.id, {"old": found.short}))


def indicator_named(form: Form, words: str) -> Indicator | None:
    """The one indicator these words name; of several the one that is called exactly so."""
    found = indicators_named(words, form.indicators.values())
    exact = [i for i in found if plain(i.short) == plain(words)]
    return exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None


def _section(form: Form, number: str) -> Section | None:
    wanted = number.strip(" .").casefold()
    named = {place_in_report(form, s).casefold(): s for s in form.sections.values() if not s.is_group}
    by_id = {s.id.casefold(): s for s in form.sections.values() if not s.is_group}
    return named.get(wanted) or by_id.get(wanted) or by_id.get(f"ii.{wanted}")


def _name_problem(name: str) -> str:
    if not _NAME.fullmatch(name):
        return "name"
    return "long" if len(name) > LONGEST_NAME else ""


def _taken(form: Form, name: str, department: str) -> Indicator | None:
    """Somebody would not know which of two is meant."""
    wanted = plain(name)
    for indicator in form.indicators_of(department):
        if wanted in {plain(n) for n in (indicator.short, indicator.label, *indicator.aliases)}:
            return indicator
    return None


def asked_how(common: Mapping[str, object], wish: Wish, words: str, key: str) -> Say:
    told = {**common, "problem": wish.problem, "words": words, "near": wish.near, "longest": LONGEST_NAME}
    return Say("form_how", HERE, told, dedup=f"form:{key}")


def confirm(form: Form, common: Mapping[str, object], change: FormChange, why: str, key: str) -> Say:
    """Nothing has changed yet. An addition also asks what the figure counts."""
    data = {"what": change.what.value, "indicator": change.indicator, "why": why, "data": json.dumps(dict(change.data))}
    told = {**common, **_told(form, change)}
    if change.what is What.ADD:
        answers = {key_: Answer(effect=RECORD, data={**data, "role": role.value}) for key_, role in ROLES.items()}
        answers["cancel"] = Answer(effect=CANCEL)
        return Say("form_add", HERE, told, Purpose.QUESTION, f"form:{key}", answers)
    answers = {"record": Answer(effect=RECORD, data=data), "cancel": Answer(effect=CANCEL)}
    return Say("form_confirm", HERE, told, Purpose.QUESTION, f"form:{key}", answers)


def _said(found: re.Match[str] | None, *groups: int) -> str:
    """What stands in the first of these groups that was matched."""
    said = [found[group] for group in groups if found[group]] if found is not None else []
    return said[0].strip() if said else ""


def change_of(data: Mapping[str, str]) -> FormChange:
    """What a button was made for."""
    told = json.loads(data["data"])
    if "role" in data:
        told["role"] = data["role"]
    return FormChange(What(data["what"]), data["indicator"], told)


def recorded(form: Form, common: Mapping[str, object], change: FormChange, why: str, by: tuple[int, str]) -> Outcome:
    """`by`: who confirmed it, and the key of what is said."""
    person, key = by
    old = change.data.get("old", "")
    logged = Logged(change.what.value, old, json.dumps(dict(change.data), ensure_ascii=False), why, change.indicator)
    told = {**common, **_told(form, change)}
    plan: tuple[Plan, ...] = ()
    if "plan" in change.data:
        value, since = Decimal(change.data["plan"]), str(common["period"])
        plan = (Plan(plan_id(change.indicator), value, since, why, person),)
    return Outcome((logged, *plan), (Say("form_recorded", HERE, told, dedup=f"form-recorded:{key}"),))


def _told(form: Form, change: FormChange) -> dict[str, object]:
    indicator = form.indicators.get(change.indicator)
    section = form.sections[change.data["section"] if indicator is None else indicator.section]
    owner = form.owner_of(indicator.id) if indicator is not None else section.department
    return {
        "what": change.what.value.removeprefix("form_"),
        "name": change.data.get("name") or change.data.get("old", ""),
        "old": change.data.get("old", ""),
        "measure": change.data.get("unit") or (indicator.unit if indicator is not None else None),
        "plan": Decimal(change.data["plan"]) if "plan" in change.data else None,
        "place": place_in_report(form, section),
        "department": form.departments[owner].short,
    }
