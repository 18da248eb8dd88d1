"""What follows from a word that a respondent typed or pressed: lists, one-by-one mode, «xong», «như tuần trước» ...

Knows: the words of a respondent. The office's and the leader's words are `bot.decisions.office`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.decisions import receipts, requests, walking
from bot.decisions.answer import declare
from bot.decisions.listing import lines_of, missing_lines
from bot.decisions.naming import indicators_named, near, printed_word, section_named
from bot.decisions.outcome import Answer, Outcome, Purpose, Say, Settled, To, WalkEnded, Whom
from bot.decisions.outcome import typed as as_typed
from bot.decisions.questions import again, flow_groups, settled_by
from bot.decisions.reply import Message, on_content
from bot.facts import Figure, Origin, State
from bot.replies.command_words import CommandKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Fact
    from bot.decisions.reply import Reads
    from bot.forms.model import Indicator
    from bot.replies.commands import Command

HERE = To(Whom.CHAT)


@dataclass(frozen=True, slots=True)
class Typed:
    """A command with the message it came in."""

    command: Command
    message: Message
    reader: Reads

    @property
    def key(self) -> str:
        return f"word:{self.message.key}"


def on_command(desk: Desk, typed: Typed) -> Outcome | None:
    """None for a word that is not a respondent's."""
    action = ACTIONS.get(typed.command.kind)
    return action(desk, typed) if action is not None else None


def say(desk: Desk, typed: Typed, message: str, **data: object) -> Outcome:
    """One message here, and nothing stored."""
    return Outcome((), (Say(message, HERE, receipts.common(desk) | data, dedup=typed.key),))


def _missing(desk: Desk, typed: Typed) -> Outcome:
    if desk.is_complete:
        return say(desk, typed, "nothing_missing", confirmed=desk.declared)
    return say(desk, typed, "missing_list", missing=missing_lines(desk), quote=None, **receipts.offered(desk))


def _list(desk: Desk, typed: Typed) -> Outcome:
    sections = lines_of(desk, (i.id for i in desk.asked), texts=_text_sections(desk))
    return say(desk, typed, "list_all", sections=sections)


def _text_sections(desk: Desk) -> list[str]:
    return [section for section, _ in desk.text_places]


def _section(desk: Desk, typed: Typed) -> Outcome:
    found = section_named(typed.command.argument, desk.sections)
    if found is None:
        return say(desk, typed, "section_unknown", words=typed.command.argument, sections=_list_of_sections(desk))
    _, section = found
    if typed.command.text:
        message = replace(typed.message, text=typed.command.text, section=section.id)
        return on_content(desk, message, typed.reader)
    asked = [i.id for i in desk.asked if i.section == section.id]
    texts = [s for s in _text_sections(desk) if s == section.id]
    lines = lines_of(desk, asked, texts=texts)
    return say(desk, typed, "list_section", section=lines[0]) if lines else _list(desk, typed)


def _list_of_sections(desk: Desk) -> tuple[object, ...]:
    return lines_of(desk, (i.id for i in desk.asked), texts=_text_sections(desk))


def _show(desk: Desk, typed: Typed) -> Outcome:
    sections = receipts.everything(desk)
    if not sections:
        return _missing(desk, typed)
    sources: dict[tuple[datetime, str], dict[str, object]] = {}  # who sent it and when, to the minute, the last ones
    for figure in sorted((f for f in desk.figures.values() if f.at is not None), key=lambda f: f.id or 0):
        name = desk.name_of(figure.person_id)
        if name and figure.at is not None:
            sources[figure.at.replace(second=0, microsecond=0), name] = {"name": name, "at": figure.at}
    told = [sources[place] for place in sorted(sources)]
    return say(desk, typed, "stored_view", sections=sections, sources=told[-3:])


def _amend(desk: Desk, typed: Typed) -> Outcome:
    if not typed.command.argument:
        asked = again(desk, typed.key)
        return Outcome((), asked) if asked else say(desk, typed, "amend_how")
    words = typed.command.argument
    offset = max(typed.command.start, 0)
    message = replace(typed.message, text=" " * offset + words, prior_text=typed.message.text)
    return on_content(desk, message, typed.reader)


def _withdraw(desk: Desk, typed: Typed) -> Outcome:
    words = typed.command.argument
    if not words:
        return say(desk, typed, "withdraw_how")
    found = indicators_named(words, desk.asked)
    if len(found) != 1:
        return _not_one(desk, typed, words, found)
    figure = desk.figures.get(found[0].id)
    if figure is None or figure.state is State.WITHDRAWN:
        return say(desk, typed, "nothing_stored", label=found[0].short)
    gone = replace(figure, state=State.WITHDRAWN, value=None, at=desk.now, amends=figure.id, id=None)
    line = receipts.changed_lines(desk, {found[0].id: str(figure.value or 0)})[0]
    said = Say("withdrawn", HERE, receipts.common(desk) | {"line": line}, dedup=typed.key)
    return Outcome((gone,), (said,))


def _not_one(desk: Desk, typed: Typed, words: str, found: tuple[Indicator, ...]) -> Outcome:
    if found:
        candidates = [{"key": i.id, "label": i.short} for i in found[:6]]
        told = receipts.common(desk) | {"words": words, "candidates": candidates}
        word = printed_word(typed.command.kind)
        answers = {i.id: as_typed(f"{word} {i.short}") for i in found[:6]}
        return Outcome((), (Say("pick_indicator", HERE, told, Purpose.QUESTION, typed.key, answers),))
    return say(desk, typed, "indicator_unknown", words=words, near=near(words, desk.asked))


def _same(desk: Desk, typed: Typed) -> Outcome:
    """Stock figures are carried on the person's word; what happened this week never is."""
    focus = _focus(desk)
    kept = [_figure(desk, typed, i, Origin.CARRIED) for i in focus if not i.is_flow and i.id in desk.previous]
    flows = [i.short for i in focus if i.is_flow]
    if not kept and not flows:
        return _missing(desk, typed)
    after = replace(desk, figures={**desk.figures, **{f.indicator: f for f in kept}})
    lines = tuple(line for s in lines_of(after, (f.indicator for f in kept)) for line in s.lines)
    said = Say("carried", HERE, receipts.common(after) | {"lines": lines, "flows": flows})
    return _with(desk, typed, kept, said)


def _none(desk: Desk, typed: Typed) -> Outcome:
    """«Không phát sinh»: zero where that button stands, for a few flows and nothing else; otherwise which is asked."""
    focus = _focus(desk)
    flows = [i for i in focus if i.is_flow]
    if not flows:
        return _nothing_new(desk, typed)
    if len(flows) == len(focus) <= receipts.OFFERED_UP_TO or len(flows) == 1 or all(i.usual_zero for i in flows):
        return _zeros(desk, typed, flows)
    groups = flow_groups(flows)
    answers = {key: Answer(sets=tuple((i.id, "0") for i in group)) for key, group in groups.items()}
    told = receipts.common(desk) | {"groups": {key: [i.short for i in group] for key, group in groups.items()}}
    return Outcome((), (Say("which_flows", HERE, told, Purpose.QUESTION, typed.key, answers),))


def _nothing_new(desk: Desk, typed: Typed) -> Outcome:
    """Where words are all that is owed, there is nothing to tell this week."""
    if desk.missing or not desk.missing_texts:
        return _missing(desk, typed)
    return on_content(desk, typed.message, typed.reader)


def _zeros(desk: Desk, typed: Typed, flows: Iterable[Indicator]) -> Outcome:
    figures = [_figure(desk, typed, i, Origin.ZERO_IN_WORDS) for i in flows]
    after = replace(desk, figures={**desk.figures, **{f.indicator: f for f in figures}})
    return _with(desk, typed, figures, receipts.recorded(after, [f.indicator for f in figures]))


def _no_data(desk: Desk, typed: Typed) -> Outcome:
    named = indicators_named(typed.command.argument, desk.asked) if typed.command.argument else ()
    focus = named or (_focus(desk) if desk.question or desk.walk or len(desk.missing) == 1 else ())
    if not focus and desk.missing:
        return _which_not_known(desk, typed)
    if not focus:
        return _missing(desk, typed)
    figures = [_figure(desk, typed, i, Origin.STATED, State.NO_DATA) for i in focus]
    said = receipts.not_known(desk, [i.id for i in focus])
    return _with(desk, typed, figures, said)


def _which_not_known(desk: Desk, typed: Typed) -> Outcome:
    """«chưa có số» alone, while several are owed: all of them, or those that are named."""
    told = receipts.common(desk) | {"missing": [i.short for i in desk.missing]}
    answers = {
        "all": Answer(sets=tuple((i.id, None) for i in desk.missing)),
        "one_by_one": as_typed(printed_word(CommandKind.ONE_BY_ONE)),
    }
    return Outcome((), (Say("which_not_known", HERE, told, Purpose.QUESTION, typed.key, answers),))


def _with(desk: Desk, typed: Typed, figures: Sequence[Figure], said: Say) -> Outcome:
    """Figures that a word stands for, with what is said of them; the question about them is settled."""
    after = replace(desk, figures={**desk.figures, **{f.indicator: f for f in figures}})
    facts: tuple[Fact, ...] = (*figures, *settled_by(desk, {f.indicator for f in figures}))
    outcome = Outcome(facts, (replace(said, dedup=typed.key),))
    return walking.next_or(desk, after, outcome, typed.message.key, figures)


def _figure(desk: Desk, typed: Typed, indicator: Indicator, origin: Origin, state: State = State.VALUE) -> Figure:
    old = desk.figures.get(indicator.id)
    value = None
    if state is State.VALUE:
        value = desk.previous[indicator.id] if origin is Origin.CARRIED else walking.ZERO
    return Figure(
        indicator.id,
        desk.period,
        value,
        state,
        origin,
        reply_id=typed.message.reply_id,
        person_id=desk.person.id,
        at=desk.now,
        amends=old.id if old is not None else None,
    )


def _focus(desk: Desk) -> tuple[Indicator, ...]:
    """What the word is about: the open question, the one-by-one question, or everything still missing."""
    if desk.question is not None and desk.question.indicators:
        asked = {i.id for i in desk.asked}
        return tuple(desk.form.indicators[i] for i in desk.question.indicators if i in asked)
    if desk.walk is not None and desk.walk.current is not None:
        return (desk.form.indicators[desk.walk.current],)
    return desk.missing


def _done(desk: Desk, typed: Typed) -> Outcome:
    if desk.is_complete:
        return declare(desk, typed.key, partial=False)
    told = receipts.common(desk) | {"missing": missing_lines(desk)}
    answers = {"submit_part": Answer(effect="submit_part"), "continue": Answer(effect="continue")}
    return Outcome((), (Say("submit_incomplete", HERE, told, Purpose.QUESTION, typed.key, answers),))


def _deadline(desk: Desk, typed: Typed) -> Outcome:
    return say(desk, typed, "answer_deadline", missing=missing_lines(desk))


def _cancel(desk: Desk, typed: Typed) -> Outcome:
    what = "question" if desk.question_id is not None else "walk" if desk.walk is not None else "nothing"
    facts = [Settled(desk.question_id, "cancelled")] if desk.question_id is not None else []
    ended = [WalkEnded()] if desk.walk is not None and what == "walk" else []
    outcome = say(desk, typed, "closed", what=what)
    return Outcome((*facts, *ended), outcome.say)


ACTIONS: dict[CommandKind, Callable[[Desk, Typed], Outcome]] = {
    CommandKind.MISSING: _missing,
    CommandKind.LIST: _list,
    CommandKind.SECTION: _section,
    CommandKind.SHOW: _show,
    CommandKind.AMEND: _amend,
    CommandKind.WITHDRAW: _withdraw,
    CommandKind.SAME: _same,
    CommandKind.NONE: _none,
    CommandKind.NO_DATA: _no_data,
    CommandKind.DONE: _done,
    CommandKind.DEADLINE: _deadline,
    CommandKind.CANCEL: _cancel,
    CommandKind.ONE_BY_ONE: lambda desk, typed: walking.begin(desk, typed.key),
    CommandKind.SKIP: lambda desk, typed: walking.step(desk, typed.key, 1),
    CommandKind.BACK: lambda desk, typed: walking.step(desk, typed.key, -1),
    CommandKind.STOP: lambda desk, typed: walking.stop(desk, typed.key),
    CommandKind.MORE: lambda desk, typed: say(desk, typed, "more"),
    CommandKind.HELP: lambda desk, typed: say(desk, typed, "help_respondent"),
    CommandKind.DATA: lambda desk, typed: say(desk, typed, "data_notice"),
    CommandKind.OFFICE: lambda desk, typed: say(desk, typed, "office_how"),
    CommandKind.EXTENSION: requests.ask_extension,
    CommandKind.LEAVE: lambda desk, typed: say(desk, typed, "leave_how"),
}
