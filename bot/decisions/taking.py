"""One reading into facts: figures with their source, words with their slots, what was promised, what is asked back.

Knows: what the reader made of a reply, and what is stored already.
Does not know: what is said about it; `bot.decisions.receipts` does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import token_set_ratio

from bot.decisions import no_news
from bot.facts import Figure, LiveText, State
from bot.forms.model import Source
from bot.replies.nothing_new import says_nothing_new
from bot.replies.reading import Context, IntentKind, Mode, ProblemCode

if TYPE_CHECKING:
    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Fact
    from bot.facts import Origin
    from bot.periods.calendar import Period
    from bot.replies.reading import Question, Reading


@dataclass(frozen=True, slots=True)
class Taken:
    """What one reply brought: facts to store, indicators to read back, questions to ask."""

    figures: tuple[Figure, ...] = ()
    texts: tuple[LiveText, ...] = ()
    questions: tuple[Question, ...] = ()
    repeated: tuple[str, ...] = ()  # said again as stored: read back, not stored twice
    amended: tuple[tuple[str, str], ...] = ()  # (indicator, old value as text)
    homeless: str = ""  # words whose section is not clear
    readings: tuple[Reading, ...] = field(default=())
    wordless: tuple[str, ...] = ()  # sections whose words of last week were wanted again, and are none
    elsewhere: tuple[Question, ...] = ()  # figures of other departments: told, since no answer could store them
    quiet: tuple[tuple[str, str | None], ...] = ()  # places of words alone, of which there is nothing new to tell

    @property
    def facts(self) -> tuple[Fact, ...]:
        return (*self.figures, *self.texts)

    @property
    def held(self) -> dict[str, str]:
        """Indicators for which nothing may be stored until answered, with the words in doubt."""
        return {
            i: q.quote for q in self.questions if q.mode is Mode.HOLD for i in q.indicators if i not in self.unknown
        }

    @property
    def unknown(self) -> frozenset[str]:
        """Indicators stored as not known yet."""
        return frozenset(f.indicator for f in self.figures if f.state is State.NO_DATA)


def context_of(desk: Desk, prior_text: str = "") -> Context:
    """What the reader may lean on, from a desk."""
    return Context(
        sections=tuple(s.id for s in desk.sections),
        department=desk.department,
        also=desk.also,
        week=_days_of(desk.moments.period),
        previous={**desk.previous, **desk.plans},
        stored={i: f.value for i, f in desk.figures.items() if f.state is State.VALUE and f.value is not None},
        open=_focus(desk),
        prior_text=prior_text,
    )


@lru_cache(maxsize=8)  # the weeks at hand
def _days_of(period: Period) -> str:
    return f"{period.monday:%d}-{period.sunday:%d/%m/%Y}"


def _focus(desk: Desk) -> tuple[str, ...]:
    """What was asked last: the open question, the one-by-one question, or the only figure still owed."""
    if desk.question is not None and desk.question.indicators:
        asked = tuple(i for i in desk.question.indicators if desk.form.indicators[i].source is Source.ASKED)
        is_of_plan = desk.question.code is ProblemCode.PLAN_CHANGED
        return desk.question.indicators if is_of_plan or not asked else asked  # a bare number is what was done
    if desk.walk is not None and desk.walk.current is not None:
        return (desk.walk.current,)
    return tuple(i.id for i in desk.missing)


def take(desk: Desk, reading: Reading, text: str, reply_id: int, offset: int = 0) -> Taken:
    """Facts of one reading. `text` is what was read, `offset` its place in the whole message."""
    held = {
        i for q in reading.questions if q.mode is Mode.HOLD and q.code is not ProblemCode.NO_DATA for i in q.indicators
    }
    figures: list[Figure] = []
    repeated: list[str] = []
    amended: list[tuple[str, str]] = []
    for read in reading.figures:
        if read.indicator in held:
            continue
        old = desk.figures.get(read.indicator)
        if old is not None and old.state is State.VALUE and old.value == read.value and not old.provisional:
            repeated.append(read.indicator)
            continue
        if old is not None and old.state is State.VALUE and old.value is not None and old.value != read.value:
            amended.append((read.indicator, str(old.value)))
        start, end = (read.start + offset, read.end + offset) if read.start >= 0 else (-1, -1)
        figures.append(
            Figure(
                indicator=read.indicator,
                period=desk.period,
                value=read.value,
                origin=read.origin,
                qualifier=read.qualifier,
                provisional=read.provisional,
                reply_id=reply_id,
                start=start,
                end=end,
                person_id=desk.person.id,
                at=desk.now,
                amends=old.id if old is not None else None,
            )
        )
    figures += [_not_known(desk, i, reply_id) for i in reading.no_data if i not in held and not _is_told(desk, i)]
    texts, homeless = _texts(desk, reading, text, reply_id)
    elsewhere = tuple(q for q in reading.questions if q.code is ProblemCode.WRONG_SECTION)
    return Taken(
        figures=tuple(figures),
        texts=texts,
        questions=_questions(desk, reading),
        repeated=tuple(repeated),
        amended=tuple(amended),
        homeless=homeless,
        readings=(reading,),
        elsewhere=elsewhere,
    )


def _questions(desk: Desk, reading: Reading) -> tuple[Question, ...]:
    """What is to be asked. «chưa có số» is asked about only where somebody gave a number before."""
    found: list[Question] = []
    for question in reading.questions:
        if question.code is ProblemCode.NO_DATA:
            told = tuple(i for i in question.indicators if _is_told(desk, i))
            found += [replace(question, indicators=told)] if told else []
        elif question.mode is not Mode.REMIND and question.code is not ProblemCode.WRONG_SECTION:
            found.append(question)
    return tuple(found)


def repeats_words(taken: Taken) -> bool:
    """«nội dung như tuần trước»: last week's words are wanted again."""
    return any(map(_repeats_words, taken.readings))


def _repeats_words(reading: Reading) -> bool:
    return any(i.kind is IntentKind.TEXT_UNCHANGED for i in reading.intents)


def with_last_words(desk: Desk, taken: Taken, reply_id: int) -> Taken:
    """Last week's words again, with this week's figures in them: where they were named, else where words are owed."""
    named = [r for r in taken.readings if _repeats_words(r) and r.section is not None]
    unsaid = tuple(p for p in desk.text_places if p not in desk.texts)
    wanted = (
        [p for p in desk.text_places if any(_is_at(r, p) for r in named)] if named else desk.missing_texts or unsaid
    )
    again = tuple(
        replace(
            old, period=desk.period, reply_id=reply_id, person_id=desk.person.id, at=desk.now, unchanged=True, id=None
        )
        for place in wanted
        if (old := desk.previous_texts.get(place)) is not None and old.text.strip()
    )
    kept = {text.section for text in again}
    wordless = tuple(dict.fromkeys(section for section, _ in wanted if section not in kept))
    homeless = "" if again or wordless else taken.homeless
    return replace(taken, texts=(*taken.texts, *again), homeless=homeless, wordless=wordless)


def nothing_new(desk: Desk, taken: Taken, text: str, reply_id: int) -> Taken:
    """«không phát sinh», «bình thường» of a person who owes words only: the report says so in one set wording."""
    places = taken.quiet
    brought = taken.figures or taken.texts or taken.questions or taken.repeated
    if not (places or brought):
        places = no_news.places_of_all(desk, text)
    if not places:
        return taken
    texts = (*taken.texts, *no_news.texts_of(desk, places, reply_id))
    return replace(taken, texts=texts, quiet=places, homeless="" if places != taken.quiet else taken.homeless)


def _is_at(reading: Reading, place: tuple[str, str | None]) -> bool:
    return reading.section == place[0] and reading.part in (None, place[1])


def _is_told(desk: Desk, indicator: str) -> bool:
    """«chưa có số» takes no figure back that somebody gave."""
    figure = desk.figures.get(indicator)
    return figure is not None and figure.state is State.VALUE and not figure.provisional


def _not_known(desk: Desk, indicator: str, reply_id: int) -> Figure:
    old = desk.figures.get(indicator)
    return Figure(
        indicator,
        desk.period,
        None,
        State.NO_DATA,
        reply_id=reply_id,
        person_id=desk.person.id,
        at=desk.now,
        amends=old.id if old is not None else None,
    )


def _texts(desk: Desk, reading: Reading, text: str, reply_id: int) -> tuple[tuple[LiveText, ...], str]:
    if not reading.narrative.strip():
        return (), ""
    place = place_of(desk, reading)
    if place is None:
        return (), text
    section, part = place
    live = LiveText(
        section=section,
        period=desk.period,
        text=reading.narrative,
        slots=reading.slots,
        part=part,
        reply_id=reply_id,
        person_id=desk.person.id,
        at=desk.now,
    )
    return (live,), ""


def place_of(desk: Desk, reading: Reading) -> tuple[str, str | None] | None:
    """Where these words belong; None where more than one place would do."""
    places = desk.text_places
    if reading.section is not None:
        fitting = [p for p in places if p[0] == reading.section and reading.part in (None, p[1])]
        if len(fitting) > 1 and len(desk.departments) > 1 and not reading.figures:
            return None
        return fitting[0] if len(fitting) == 1 else (reading.section, reading.part)
    return places[0] if len(places) == 1 else None


def merged(parts: list[Taken]) -> Taken:
    """Several readings of one message as one. A later figure of the same indicator wins: it is the correction."""
    if len(parts) == 1 and _is_said_once(parts[0]):
        return parts[0]
    figures = {f.indicator: f for part in parts for f in part.figures}
    return Taken(
        figures=tuple(figures.values()),
        texts=tuple(t for part in parts for t in part.texts),
        questions=tuple(q for part in parts for q in part.questions),
        repeated=tuple(dict.fromkeys(i for part in parts for i in part.repeated)),
        amended=tuple(dict.fromkeys(a for part in parts for a in part.amended)),
        homeless="\n".join(part.homeless for part in parts if part.homeless),
        readings=tuple(r for part in parts for r in part.readings),
        wordless=tuple(dict.fromkeys(s for part in parts for s in part.wordless)),
        elsewhere=tuple(q for part in parts for q in part.elsewhere),
        quiet=tuple(dict.fromkeys(place for part in parts for place in part.quiet)),
    )


def _is_said_once(part: Taken) -> bool:
    said = [*(f.indicator for f in part.figures), *part.repeated]
    return len(set(said)) == len(said)


def confirmed(desk: Desk, indicator: str, origin: Origin) -> Figure | None:
    """The provisional figure again, now on the person's word."""
    old = desk.figures.get(indicator)
    if old is None or not old.provisional:
        return None
    return replace(old, provisional=False, origin=origin, at=desk.now, amends=old.id, id=None)


SAME_WORDS = 60  # percent of likeness above which a text replaces the one before instead of following it


def joined(desk: Desk, taken: Taken) -> Taken:
    """A second text for a place follows the first one, unless it is the same words said better."""
    if not taken.texts:
        return taken
    texts: dict[tuple[str, str | None], LiveText] = {}
    for new in taken.texts:
        place = (new.section, new.part)
        old = texts.get(place) or desk.texts.get(place)
        tells = old is not None and not old.unchanged and not says_nothing_new(old.text)
        is_other = tells and old is not None and token_set_ratio(old.text, new.text) < SAME_WORDS
        texts[place] = _after(old, new) if old is not None and is_other else new
    return replace(taken, texts=tuple(texts.values()))


def _after(old: LiveText, new: LiveText) -> LiveText:
    shift = len(old.text) + 1
    moved = tuple(replace(slot, start=slot.start + shift, end=slot.end + shift) for slot in new.slots)
    told_again = {slot.indicator for slot in moved}
    kept = tuple(slot for slot in old.slots if slot.indicator not in told_again)
    return replace(new, text=f"{old.text}\n{new.text}", slots=kept + moved)
