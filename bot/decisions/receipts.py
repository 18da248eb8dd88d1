"""What is read back after a reply (xác nhận đã ghi nhận): everything stored, what is in doubt, what is still owed.

Knows: which message fits. Does not know: its sentences. It says «đã ghi», so it is queued with the
facts it tells.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.decisions import no_news
from bot.decisions.lines import Line, Mark
from bot.decisions.listing import line_of, lines_of, main_of, missing_lines, short_of
from bot.decisions.naming import printed_word
from bot.decisions.outcome import Purpose, Say, To, Whom, typed
from bot.decisions.questions import answers_of, question_data
from bot.decisions.taking import Taken
from bot.facts import Origin, State
from bot.forms.model import Role
from bot.replies.command_words import CommandKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.decisions.desk import Desk
    from bot.facts import LiveText
    from bot.replies.reading import Question

DENSE_ABOVE = 12
OFFERED_UP_TO = 3
HERE = To(Whom.CHAT)


def receipt(desk: Desk, taken: Taken, question: Question | None, *, file: str | None = None) -> Say:
    """The one message that answers a reply. `desk` already holds what was taken; `question` is asked in it, last."""
    lines = lines_taken(desk, taken)
    doubts = doubts_of(desk, taken)
    narrative = any((t.section, t.part) not in taken.quiet for t in taken.texts)
    if question is not None:
        return _with_question(desk, lines, doubts, question, narrative=narrative)
    missing = missing_lines(desk)
    if desk.is_complete and desk.asked and not doubts and desk.question is None:
        return complete(desk)
    waiting = _waiting(desk)
    if len(lines) > DENSE_ABOVE or file:
        told = lines_of(desk, _shown(taken))
        whole: dict[str, object] = {"sections": told, "file": file, "narrative": narrative}
        owed: dict[str, object] = {"doubts": doubts, "missing": missing, "waiting": waiting}
        return Say("receipt_dense", HERE, common(desk) | whole | owed)
    few = 0 < len(desk.missing) <= OFFERED_UP_TO and not desk.missing_texts
    told_here = _scope(desk, lines) | {
        "lines": lines,
        "doubts": doubts,
        "narrative": narrative,
        "quiet": no_news.labels_of(desk, taken.quiet),
        "missing": missing,
        "waiting": waiting,
        "can_same": few and all(not i.is_flow and i.id in desk.previous for i in desk.missing),
        "can_none": few and all(i.is_flow for i in desk.missing),
    }
    return Say("receipt", HERE, common(desk) | told_here)


def nothing_new(desk: Desk, places: Sequence[tuple[str, str | None]], key: str) -> Say:
    """Of these places there is nothing to tell: what the report will say, and how to say more after all."""
    kept = [place for place in places if no_news.is_told(desk, place)]
    told: dict[str, object] = {
        "printed": no_news.PRINTED,
        "sections": no_news.labels_of(desk, [p for p in places if p not in kept]) if len(desk.sections) > 1 else (),
        "kept": no_news.labels_of(desk, kept),
        "missing": missing_lines(desk),
        "waiting": _waiting(desk),
        "done": desk.is_complete and not desk.declared,
    }
    return Say("nothing_new_noted", HERE, common(desk) | told, dedup=key)


def still_owed(desk: Desk, quote: str, key: str) -> Say:
    """«bình thường» says none of the figures a department owes; where it owes nothing, that is said."""
    if desk.is_complete:
        return Say("nothing_missing", HERE, common(desk) | {"confirmed": desk.declared}, dedup=key)
    told = {"missing": missing_lines(desk), "quote": quote} | offered(desk)
    return Say("missing_list", HERE, common(desk) | told, dedup=key)


def offered(desk: Desk) -> dict[str, object]:
    """What may be said of everything that is owed: some of it carried, some of it nothing."""
    return {
        "can_same": any(not i.is_flow and i.id in desk.previous for i in desk.missing),
        "can_none": any(i.is_flow for i in desk.missing),
    }


def amended(desk: Desk, taken: Taken, key: str) -> Say:
    """One figure, or a few, corrected: the old value beside the new one."""
    lines = changed_lines(desk, dict(taken.amended))
    in_text = any(
        slot.indicator in {indicator for indicator, _ in taken.amended}
        for text in desk.texts.values()
        for slot in text.slots
    )
    return Say("amended", HERE, common(desk) | {"lines": lines, "in_text": in_text}, dedup=key)


def changed_lines(desk: Desk, old: dict[str, str]) -> tuple[Line, ...]:
    """Lines of figures whose value changed, with the value before."""
    indicators = desk.form.indicators
    return tuple(line_of(desk, indicators[i], desk.values, held={}, old=Decimal(v)) for i, v in old.items())


def recorded(desk: Desk, indicators: Iterable[str]) -> Say:
    """The short receipt of an answer that was pressed."""
    mains = list(dict.fromkeys(main_of(desk.form, desk.form.indicators[i]).id for i in indicators))
    values = desk.values
    lines = tuple(line_of(desk, desk.form.indicators[i], values, held={}) for i in mains)
    if len(lines) == 1:
        return Say("recorded", HERE, common(desk) | {"line": lines[0]})
    return Say("receipt", HERE, common(desk) | _scope(desk, lines) | _plain(desk, lines))


def _waiting(desk: Desk) -> tuple[str, ...]:
    """What the open question is about, when other words came first."""
    asked = desk.question.indicators if desk.question is not None else ()
    return tuple(dict.fromkeys(main_of(desk.form, desk.form.indicators[i]).short for i in asked))


def not_known(desk: Desk, indicators: Sequence[str]) -> Say:
    """«chưa có số» is noted. A single stock figure may still be kept as last week: «như tuần trước» means that one."""
    one = desk.form.indicators[indicators[0]] if len(indicators) == 1 else None
    last = desk.previous.get(one.id) if one is not None and not one.is_flow else None
    told: dict[str, object] = {
        "labels": [desk.form.indicators[i].short for i in indicators],
        "last": last,
        "measure": one.unit if one is not None else None,
    }
    answers = {"same": typed(f"{one.short} {printed_word(CommandKind.SAME)}")} if one is not None else {}
    return Say("no_data_noted", HERE, common(desk) | told, answers=answers)


def complete(desk: Desk) -> Say:
    """Nothing is owed any more: all of it, once more, to look at."""
    return Say("receipt_complete", HERE, common(desk) | {"asked": len(desk.asked), "sections": everything(desk)})


def everything(desk: Desk) -> tuple[object, ...]:
    """All that is stored for the department, by sections."""
    asked = {i.id for i in desk.asked}
    told = [i for i in desk.figures if i not in asked and _is_told_unasked(desk, i)]
    given = [i.id for i in desk.asked if i.id in desk.figures] + told
    return lines_of(desk, given, texts=(section for section, _ in desk.texts))


def _is_told_unasked(desk: Desk, indicator: str) -> bool:
    """A figure the person gave though nobody asked, such as a running total; plans and shares stand beside others."""
    told = desk.form.indicators[indicator]
    figure = desk.figures[indicator]
    is_beside = told.role in (Role.PLAN, Role.PERCENT)
    return figure.state is State.VALUE and figure.origin is not Origin.COMPUTED and not is_beside


def common(desk: Desk) -> dict[str, object]:
    """Inputs that every message may use."""
    return {
        "unit": desk.unit,
        "office": desk.office,
        "period": desk.period,
        "deadline": desk.deadline,
        "now": desk.now,
        "one_open": len(desk.missing) == 1,
    }


def _with_question(
    desk: Desk, lines: tuple[Line, ...], doubts: tuple[Line, ...], question: Question, *, narrative: bool
) -> Say:
    message = f"problem/{question.code.value}"
    data = common(desk) | question_data(desk, question)
    answers = answers_of(desk, question)
    if not lines and not narrative:
        return Say(message, HERE, data, Purpose.QUESTION, answers=answers, asks=True)
    told = _scope(desk, lines) | {"lines": lines, "doubts": doubts, "narrative": narrative}
    inner = {"id": message, **data}
    return Say("receipt_question", HERE, common(desk) | told | {"question": inner}, answers=answers, asks=True)


def _plain(desk: Desk, lines: tuple[Line, ...]) -> dict[str, object]:
    missing = missing_lines(desk)
    return {"lines": lines, "doubts": (), "narrative": False, "missing": missing, "can_same": False, "can_none": False}


def _shown(taken: Taken) -> list[str]:
    return [f.indicator for f in taken.figures if f.state is not State.WITHDRAWN] + list(taken.repeated)


def lines_taken_in(desk: Desk, taken: Taken) -> tuple[str, ...]:
    """The indicators that would have a line of their own, for counting what is not stored yet."""
    return tuple(dict.fromkeys(main_of(desk.form, desk.form.indicators[i]).id for i in _shown(taken)))


def lines_taken(desk: Desk, taken: Taken) -> tuple[Line, ...]:
    return tuple(line for section in lines_of(desk, _shown(taken)) for line in section.lines)


def doubts_of(desk: Desk, taken: Taken) -> tuple[Line, ...]:
    """Held figures with the person's words; one line for a value and its plan."""
    mains: dict[str, str] = {}
    for indicator, quote in taken.held.items():
        if indicator in desk.form.indicators:
            mains.setdefault(main_of(desk.form, desk.form.indicators[indicator]).id, quote)
    indicators = desk.form.indicators
    return tuple(Line(indicators[i].short, unit=indicators[i].unit, mark=Mark.DOUBT, quote=q) for i, q in mains.items())


def _scope(desk: Desk, lines: tuple[Line, ...]) -> dict[str, object]:
    """The section's name where all lines are of one section, else the department's."""
    labels = {line.label for line in lines}
    for section in desk.sections if lines and len(desk.sections) > 1 else ():
        own = {desk.form.indicators[i].short for i in section.indicators}
        if labels <= own:
            return {"scope": short_of(section), "asked": _asked_beside(desk, section.id, labels)}
    return {"scope": desk.unit, "asked": None}


def _asked_beside(desk: Desk, section: str, labels: set[str]) -> int | None:
    """Lines the section was asked for; None where the count beside it would not tell what is still missing.

    That is where some of them came earlier («1/8» of a section that is full), where others than those asked came now,
    or where a count and its share, both asked, have one line.
    """
    asked = [(main_of(desk.form, i).short, i.id in desk.figures) for i in desk.asked if i.section == section]
    named = {label for label, _ in asked}
    came_before = any(is_stored and label not in labels for label, is_stored in asked)
    return len(named) if labels <= named and len(named) == len(asked) and not came_before else None


def only_text(text: LiveText) -> Taken:
    """A reply that brought words and nothing else."""
    return Taken(texts=(text,))
