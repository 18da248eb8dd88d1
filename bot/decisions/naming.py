"""Which indicator, section or department a person's words name: for commands, not for reading replies.

Knows: short names, aliases, labels. Asks back where several fit; never picks one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.forms.model import Role
from bot.replies.asking import ASKING
from bot.replies.command_arguments import OF_WEEK
from bot.replies.command_words import WORDS, CommandKind
from bot.replies.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.forms.model import Department, Form, Indicator, Section

_BREAKS = re.compile(r"[^a-z0-9%]+")
NEAR_ENOUGH = 65
SHORTEST_NEAR = 4  # letters; fewer stand in too many names
NEAR_DEPARTMENT = 80
AS_NEAR = 8  # points behind the nearest
SAME_BUT_FOR_A_SLIP = 85
HOW_MANY_NEAR = 3


def plain(words: str) -> str:
    """Words without diacritics, case and punctuation."""
    return _BREAKS.sub(" ", fold(words)).strip()


def indicators_named(words: str, among: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Those whose name is said: by name in full, else by a name inside the words, the longest one winning."""
    said = plain(words)
    best: dict[str, Indicator] = {}
    longest = 0
    for indicator in among:
        if indicator.role in (Role.PLAN, Role.PERCENT):
            continue
        for name in (indicator.short, *indicator.aliases, indicator.label):
            key = plain(name)
            size = len(key) if key == said or f" {key} " in f" {said} " else 0
            if size and size >= longest:
                best = best if size == longest else {}
                longest = size
                best[indicator.id] = indicator
    return tuple(best.values())


def names_of_indicators(among: Iterable[Indicator]) -> frozenset[str]:
    return frozenset(
        plain(name) for i in among if i.role not in (Role.PLAN, Role.PERCENT) for name in (i.short, *i.aliases, i.label)
    )


def names_of_departments(form: Form) -> frozenset[str]:
    return frozenset(plain(name) for department in form.departments.values() for name in _names_of(department))


def is_like(words: str, names: Collection[str]) -> bool:
    """Whether the words are one of the names but for a slip or two."""
    return process.extractOne(plain(words), names, scorer=fuzz.ratio, score_cutoff=SAME_BUT_FOR_A_SLIP) is not None


def asks_for_indicator(words: str, names: Collection[str]) -> bool:
    """«giải ngân», «thu ngân sách tuần này thế nào?»: a name, and beside it only what a question is made of.

    Behind a question mark anything may stand beside the name but a number.
    """
    said = plain(OF_WEEK.sub("", words)).split()
    first = next((n for n, word in enumerate(said) if word not in ASKING), len(said))
    last = next((n for n in range(len(said), 0, -1) if said[n - 1] not in ASKING), 0)
    # what asks nothing stands together, and the name around it: a look at each name would cost a tenth of a reply
    if any(" ".join(said[a:b]) in names for a in range(first + 1) for b in range(max(last, a + 1), len(said) + 1)):
        return True
    return words.rstrip().endswith("?") and _names_and_no_number(" ".join(said), names)


def _names_and_no_number(said: str, names: Iterable[str]) -> bool:
    beside = (f" {said} ".replace(f" {name} ", " ", 1) for name in names if f" {name} " in f" {said} ")
    return any(not any(c.isdigit() for c in rest) for rest in beside)


def near(words: str, among: Iterable[Indicator]) -> tuple[str, ...]:
    """Short names that sound like the words."""
    if len(plain(words)) < SHORTEST_NEAR:
        return ()
    shorts = {i.short: plain(i.short) for i in among if i.role not in (Role.PLAN, Role.PERCENT)}
    found = process.extract(plain(words), shorts, scorer=fuzz.WRatio, limit=HOW_MANY_NEAR, score_cutoff=NEAR_ENOUGH)
    return tuple(key for _, _, key in found)


def departments_near(words: str, form: Form) -> tuple[str, ...]:
    """Short names of departments one of whose names sounds like the words, the nearest first."""
    names = {(d.short, name): plain(name) for d in form.departments.values() for name in _names_of(d)}
    found = process.extract(plain(words), names, scorer=fuzz.WRatio, limit=None, score_cutoff=NEAR_DEPARTMENT)
    best = [short for _, score, (short, _) in found if score >= found[0][1] - AS_NEAR]
    return tuple(dict.fromkeys(best))[:HOW_MANY_NEAR]


def section_named(words: str, sections: Iterable[Section]) -> tuple[int, Section] | None:
    """A section by its place in the department's own list («6»), its number («1.2.b») or its name; with its place."""
    said = plain(words)
    dotted = fold(words).strip(" .)")
    for n, section in enumerate(sections, start=1):
        names = (section.short, section.title)
        tail = section.id.lower().removeprefix("ii.").removeprefix("i.")
        if said == str(n) or dotted in (fold(tail), fold(section.id)) or said in map(plain, names):
            return n, section
    return None


def departments_named(words: str, form: Form) -> tuple[Department, ...]:
    """Departments these words fit; several for «VH-XH»."""
    said = plain(words)
    found = []
    for department in form.departments.values():
        names = {plain(n) for n in _names_of(department) if not _is_another_word(words, n)}
        if said in names:
            return (department,)
        if any(said and (f" {said} " in f" {n} " or f" {n} " in f" {said} ") for n in names):
            found.append(department)
    return tuple(found)


def is_name_of(words: str, department: Department) -> bool:
    """Whether these words are a department's name and nothing else."""
    return plain(words) in [plain(n) for n in _names_of(department) if not _is_another_word(words, n)]


def _names_of(department: Department) -> tuple[str, ...]:
    return (department.id, department.name, department.short, *department.aliases)


def _is_another_word(words: str, name: str) -> bool:
    """«cả» is no «CA»: marks that were typed are no slip where the name has none."""
    marked = {fold(word) for word in words.lower().split() if fold(word) != word}
    return not marked.isdisjoint(word for word in name.lower().split() if fold(word) == word)


def printed_word(kind: CommandKind) -> str:
    """A command as messages print it: «MỞ LẠI»."""
    return next(word.phrases[0] for word in WORDS if word.kind is kind).upper()
