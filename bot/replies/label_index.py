"""What a matter is called: how well some words of a reply fit the names of each indicator.

A name (label, short form, alias) is a bag of folded words and neighbouring pairs, each weighed by how few matters
use it; words of a reply give weight to the pieces they match. Likeness is how much of a name was said, and how telling that is:
«giải quyết» is nearer to «đã giải quyết» than to «giải quyết đúng hạn».

Knows: the form's words. Does not know: numbers, clauses, roles.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, NamedTuple

from bot.forms.model import Role, Source
from bot.replies.cues import cues_of, words_of_period
from bot.replies.label_words import FILLER, GRAMMAR_MARKED, LIGHT
from bot.replies.normalise import fold, normalise
from bot.replies.tokens import Kind, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from bot.forms.model import Form, Indicator

_EVERYDAY = FILLER | LIGHT
_PAIR_WEIGHT = 0.8
_FILLER_WEIGHT = 0.4
_LIGHT_WEIGHT = 0.7
_RECALL_POWER = 0.7
_LEAST_RECALL = 0.2
_HEAVY = 2.5  # a name of this weight stands whatever else is said beside it
_SCATTERED = 0.65  # of a name of several words no two neighbours were said
_LEAST_SCORE = 0.15
_LONG = 3
_BY_LONG_NAME = 0.08


class Name(NamedTuple):
    """One way to call an indicator. `owners` are places in the index, `total` the weight of all its pieces."""

    text: str
    words: frozenset[str]
    owners: tuple[int, ...]
    total: float
    is_telling: bool  # has a word that is not everyday; one such must be said
    is_pair: bool  # two words or more: some two neighbours must be said
    is_long: bool  # three words or more: it tells what a short name leaves open


class Likeness(NamedTuple):
    """How well words fit an indicator, 0 to 1; the share of the name that was said, its weight, and the name."""

    score: float
    recall: float
    mass: float
    name: Name


@dataclass(frozen=True, slots=True)
class LabelIndex:
    """All names of some indicators, compiled for lookup by word."""

    indicators: tuple[Indicator, ...]
    names: tuple[Name, ...]
    floors: tuple[float, ...]  # how much of each name must be said at the least
    postings: Mapping[str, tuple[tuple[int, float], ...]]
    numbers: Mapping[str, tuple[int, ...]]  # the names in `postings`, without weights
    marked: frozenset[str]  # words of names as written, in both tone placements
    repairs: Mapping[str, tuple[str, ...]]  # a word with one letter dropped -> words it may stand for
    glued: Mapping[str, tuple[str, ...]]  # "giasuc" -> ("gia", "suc")
    listed: frozenset[str]  # "tin bai" of the unit «tin, bài»

    def likeness(self, words: Mapping[str, float], own: AbstractSet[str], strange: int = 0) -> dict[int, Likeness]:
        """For each indicator that any of these words could name, how well they do.

        `own` are words that stand right beside the number and `strange` how many more of no name do: a light name
        that leaves them unsaid is not what was meant.
        """
        covered, touched, paired, anchored = self._covered(words)
        beside = len(own) + strange / 2
        best: dict[int, tuple[float, int]] = {}
        fullest: dict[int, float] = {}
        names, floors = self.names, self.floors
        for number in touched:
            mass = covered[number]
            if mass < floors[number]:
                continue
            words_of, owners, total, is_telling, is_pair, is_long = names[number][1:]
            if is_telling and number not in anchored:
                continue
            recall = mass / total
            score = recall**_RECALL_POWER * (0.5 + 0.5 * mass / (mass + 1))
            if is_pair and number not in paired:
                score *= _SCATTERED
            if beside and mass < _HEAVY:
                weight = mass / _HEAVY
                score *= weight + (1 - weight) * len(own & words_of) / beside
            for owner in owners:
                known = best.get(owner)
                if known is None or score > known[0]:
                    best[owner] = score, number
                if is_long and recall > fullest.get(owner, 0.0):
                    fullest[owner] = recall
        return {
            owner: Likeness(
                score + _BY_LONG_NAME * fullest.get(owner, 0.0),
                covered[number] / names[number].total,
                covered[number],
                names[number],
            )
            for owner, (score, number) in best.items()
            if score >= _LEAST_SCORE
        }

    def _covered(self, words: Mapping[str, float]) -> tuple[list[float], set[int], set[int], set[int]]:
        """The weight covered of every name, which were touched at all, by a pair, and by a word that is not everyday."""
        covered = [0.0] * len(self.names)
        touched: set[int] = set()
        paired: set[int] = set()
        anchored: set[int] = set()
        postings, numbers = self.postings, self.numbers
        for word, weight in words.items():
            found = postings.get(word)
            if found is None:
                continue
            for number, worth in found:
                covered[number] += worth * weight
            here = numbers[word]
            touched.update(here)
            if " " in word:
                paired.update(here)
            elif word not in _EVERYDAY:
                anchored.update(here)
        return covered, touched, paired, anchored


def build_index(form: Form, indicators: Iterable[Indicator]) -> LabelIndex:
    """Compile the names of `indicators`; weights come from the whole form, so that they mean the same everywhere."""
    chosen = tuple(indicators)
    weights = _weights(form)
    owners: dict[tuple[str, ...], list[int]] = {}
    as_written: dict[tuple[str, ...], str] = {}
    marked: set[str] = set()
    for place, indicator in enumerate(chosen):
        for text in _names_of(form, indicator):
            words, plain = name_words(text)
            marked.update(plain)
            if words:
                as_written.setdefault(words, text)
                holders = owners.setdefault(words, [])
                if place not in holders:
                    holders.append(place)
    names: list[Name] = []
    postings: dict[str, list[tuple[int, float]]] = {}
    for words, holders in owners.items():
        pieces = {piece: weights[piece] for piece in pieces_of(words)}
        for piece, worth in pieces.items():
            postings.setdefault(piece, []).append((len(names), worth))
        total = sum(pieces.values())
        telling = not _EVERYDAY.issuperset(words)
        said = frozenset(words)
        names.append(Name(as_written[words], said, tuple(holders), total, telling, len(said) > 1, len(words) >= _LONG))
    vocabulary = {p for p in postings if " " not in p}
    return LabelIndex(
        chosen,
        tuple(names),
        tuple(name.total * _LEAST_RECALL for name in names),
        {piece: tuple(found) for piece, found in postings.items()},
        {piece: tuple(number for number, _ in found) for piece, found in postings.items()},
        frozenset(v for word in marked for v in tone_placements(word)),
        _deletions(vocabulary),
        {"".join(p.split()): tuple(p.split()) for p in postings if " " in p},
        frozenset(
            f"{a.split()[-1]} {b.split()[0]}" for i in chosen for a, b in pairwise(fold(i.unit).split(", ")) if a and b
        ),
    )


@lru_cache(maxsize=8192)  # every scope of a form is compiled from the same names
def name_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a name that tell what it is of, folded and as written."""
    tokens = tokenise(normalise(text))
    periods = words_of_period(cues_of(tokens))
    kept = [
        token
        for at, token in enumerate(tokens)
        if token.kind is Kind.WORD and token.plain not in GRAMMAR_MARKED and at not in periods
    ]
    return tuple(token.word for token in kept), tuple(token.plain for token in kept)


def pieces_of(words: Sequence[str]) -> list[str]:
    """Single words and neighbouring pairs."""
    return [*dict.fromkeys(words), *dict.fromkeys(f"{a} {b}" for a, b in pairwise(words))]


def _names_of(form: Form, indicator: Indicator) -> tuple[str, ...]:
    """Own names; plans and percents are also called by what they are a plan or percent of, totals by their flow."""
    own = [indicator.label, indicator.short, *indicator.aliases]
    for other in form.indicators.values():
        if other.group != indicator.group or other.id == indicator.id or other.part != indicator.part:
            continue
        same_matter = (
            other.id in (indicator.numerator, indicator.adds)
            or indicator.source is Source.RESTATED
            or other.adds == indicator.id
            or (other.label == indicator.label and other.section == indicator.section)
        )
        if same_matter and other.role not in (Role.PERCENT, Role.PLAN):
            own += [other.label, other.short, *other.aliases]
    return tuple(dict.fromkeys(own))


def _weights(form: Form) -> dict[str, float]:
    """How telling a word or pair is: 1 where one matter alone uses it, near 0 where all do."""
    groups: dict[str, set[tuple[str, str]]] = {}
    for indicator in form.indicators.values():
        for text in (indicator.label, indicator.short, *indicator.aliases):
            for piece in pieces_of(name_words(text)[0]):
                groups.setdefault(piece, set()).add((indicator.section, indicator.group))
    count = len({(i.section, i.group) for i in form.indicators.values()}) + 1
    return {piece: log(count / len(found)) / log(count) * _telling(piece) for piece, found in groups.items()}


def _telling(piece: str) -> float:
    """Everyday words tell less than nouns of the matter; a pair says little more than its two words."""
    words = piece.split()
    worth = sum(_FILLER_WEIGHT if w in FILLER else _LIGHT_WEIGHT if w in LIGHT else 1.0 for w in words) / len(words)
    return worth * (_PAIR_WEIGHT if len(words) > 1 else 1.0)


_TONES = "\u0300\u0301\u0303\u0309\u0323"


def tone_placements(word: str) -> set[str]:
    """The word with its tone on each vowel it could stand on: khóa, khoá."""
    letters = unicodedata.normalize("NFD", word)
    tone = next((c for c in letters if c in _TONES), "")
    if not tone:
        return {word}
    bare = unicodedata.normalize("NFC", letters.replace(tone, "", 1))
    found = {word}
    for at, letter in enumerate(bare):
        if unicodedata.normalize("NFD", letter)[0] in "aeiouy":
            found.add(unicodedata.normalize("NFC", f"{bare[: at + 1]}{tone}{bare[at + 1 :]}"))
    return found


def _deletions(vocabulary: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(vocabulary):
        for at in range(len(word)):
            found.setdefault(word[:at] + word[at + 1 :], []).append(word)
    return {key: tuple(words) for key, words in found.items()}
