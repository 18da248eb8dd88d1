"""What a matter is called: how well some words of a reply fit the names of each indicator.

A name (label, short form, alias) is a bag of folded words and neighbouring pairs, each weighed by how few matters
use it; words of a reply give weight to the pieces they match. Likeness is how much of a name was said, and how telling
that is: «giải quyết» is nearer to «đã giải quyết» than to «giải quyết đúng hạn».

Knows: the form's words. Does not know: numbers, clauses, roles.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
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
_UNSAID = 0.6  # none of the words right beside the number is in the name
_LEAST_SCORE = 0.15
_LONG = 3
_BEARERS = 2  # of a name's words, the rarest: one of them must be said
_BY_LONG_NAME = 0.08


class Name(NamedTuple):
    """One way to call an indicator. `owners` are places in the index, `total` the weight of all its pieces."""

    text: str
    words: frozenset[str]
    owners: tuple[int, ...]
    matter: int  # one number for all names of the same owners
    pieces: tuple[tuple[str, float, bool], ...]  # with their weights; whether it is a pair
    total: float
    size: int  # words; a long name tells what a short one leaves open


class Holders(NamedTuple):
    """The names that have a word or pair, by their numbers."""

    worths: tuple[tuple[int, float], ...]  # with its weight
    borne: tuple[int, ...]  # those a word bears: not an everyday one, if they have another
    joined: tuple[int, ...]  # all of them, if it is a pair


class Likeness(NamedTuple):
    """How well words fit an indicator, 0 to 1; the share of the name that was said, its weight, and the name."""

    score: float
    recall: float
    mass: float
    name: Name


@dataclass(frozen=True, slots=True, eq=False)
class LabelIndex:
    """All names of some indicators, compiled for lookup by word."""

    indicators: tuple[Indicator, ...]
    names: tuple[Name, ...]
    holders: Mapping[str, Holders]  # by word or pair
    pieces: frozenset[str]  # every word and pair of any name
    marked: frozenset[str]  # words of names as written, in both tone placements
    repairs: Mapping[str, tuple[str, ...]]  # a word with one letter dropped -> words it may stand for
    glued: Mapping[str, tuple[str, ...]]  # "giasuc" -> ("gia", "suc")
    listed: frozenset[str]  # "tin bai" of the unit «tin, bài»
    everyday_names: frozenset[frozenset[str]]  # names of everyday words alone: {"nhan"}
    lone_names: frozenset[str]  # words of weight that are a name by themselves: "rau"
    words_of: tuple[frozenset[str], ...]  # by place: all words of its names and its unit
    numbers: frozenset[tuple[str, str, str]]  # that names hold, with the words around: ("thai", "4", "lan")

    def likeness(
        self, said: tuple[tuple[str, float], ...], own: AbstractSet[str], strange: int = 0
    ) -> dict[int, Likeness]:
        """For each indicator that any of these words, with their weights, could name: how well they do.

        `own` are words that stand right beside the number and `strange` how many more of no name do: a light name
        that leaves them unsaid is not what was meant.
        """
        names = self.names
        masses, reach, paired = self._weighed(said)
        beside = len(own) + strange / 2
        best: dict[int, tuple[float, float, float, Name]] = {}
        fullest: dict[int, float] = {}
        for number in reach:
            name = names[number]
            _, words_of, _, matter, _, total, size = name
            mass = masses[number]
            recall = mass / total
            if recall < _LEAST_RECALL:
                continue
            if size >= _LONG and recall > fullest.get(matter, 0.0):
                fullest[matter] = recall
            known = best.get(matter)
            if known is not None and recall <= known[1] and mass <= known[2]:
                continue
            score = recall**_RECALL_POWER * (0.5 + 0.5 * mass / (mass + 1))
            if size > 1 and number not in paired:
                score *= _SCATTERED
            if known is not None and score <= known[0]:
                continue  # what follows only lessens it
            common = len(own & words_of)
            if own and not common:
                score *= _UNSAID
            if beside and mass < _HEAVY:
                weight = mass / _HEAVY
                score *= weight + (1 - weight) * common / beside
            if score >= _LEAST_SCORE and (known is None or score > known[0]):
                best[matter] = score, recall, mass, name
        return _by_owner(best, fullest)

    def _weighed(self, said: tuple[tuple[str, float], ...]) -> tuple[list[float], set[int], set[int]]:
        """How much of each name was said; the names that a word bears; those of which a pair was said."""
        masses = [0.0] * len(self.names)
        reach: set[int] = set()
        paired: set[int] = set()
        holders = self.holders
        for piece, weight in said:
            here = holders.get(piece)
            if here is None:
                continue
            worths, borne, joined = here
            for number, worth in worths:
                masses[number] += worth * weight
            if borne:
                reach.update(borne)
            elif joined:
                paired.update(joined)
        return masses, reach, paired


def _by_owner(
    best: Mapping[int, tuple[float, float, float, Name]], fullest: Mapping[int, float]
) -> dict[int, Likeness]:
    """The best name of each indicator; a longer name that was said more fully decides between equals."""
    found: dict[int, Likeness] = {}
    for matter, (score, recall, mass, name) in best.items():
        likeness = Likeness(score + _BY_LONG_NAME * fullest.get(matter, 0.0), recall, mass, name)
        for owner in name.owners:
            known = found.get(owner)
            if known is None or likeness.score > known.score:
                found[owner] = likeness
    return found


def build_index(form: Form, indicators: Iterable[Indicator], weights: Mapping[str, float]) -> LabelIndex:
    """Compile the names of `indicators`; weights are the whole form's, so that they mean the same everywhere."""
    chosen = tuple(indicators)
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
    common = Counter(word for words in owners for word in set(words))
    names: list[Name] = []
    matters: dict[tuple[int, ...], int] = {}
    names_by: dict[str, list[int]] = {}
    for words, holders in owners.items():
        said = frozenset(words)
        pieces = tuple((piece, weights[piece], " " in piece) for piece in pieces_of(words))
        for word in sorted(said - _EVERYDAY or said, key=lambda w: (common[w], w))[:_BEARERS]:
            names_by.setdefault(word, []).append(len(names))
        total = sum(worth for _, worth, _ in pieces)
        matter = matters.setdefault(tuple(holders), len(matters))
        names.append(Name(as_written[words], said, tuple(holders), matter, pieces, total, len(words)))
    words_of = [set(fold(i.unit).replace(",", " ").split()) for i in chosen]
    for name in names:
        for holder in name.owners:
            words_of[holder] |= name.words
    all_pieces = frozenset(piece for name in names for piece, _, _ in name.pieces)
    return LabelIndex(
        indicators=chosen,
        names=tuple(names),
        holders=_holders(names, names_by),
        pieces=all_pieces,
        marked=frozenset(v for word in marked for v in tone_placements(word)),
        repairs=_deletions({p for p in all_pieces if " " not in p}),
        glued=_glued(form, chosen, all_pieces),
        listed=frozenset(
            f"{a.split()[-1]} {b.split()[0]}" for i in chosen for a, b in pairwise(fold(i.unit).split(", ")) if a and b
        ),
        numbers=_numbers_of(form, chosen),
        everyday_names=frozenset(name.words for name in names if name.words <= _EVERYDAY),
        lone_names=frozenset(word for name in names if name.size == 1 for word in name.words - _EVERYDAY),
        words_of=tuple(map(frozenset, words_of)),
    )


def _numbers_of(form: Form, chosen: Iterable[Indicator]) -> frozenset[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    for text in (text for i in chosen for text in _names_of(form, i)):
        words = fold(text).split()
        for before, number, behind in zip(words, words[1:], [*words[2:], ""], strict=False):
            if number.isdigit():
                found |= {(before, number, behind), (before, number, "")}
    return frozenset(found)


def _glued(form: Form, chosen: Iterable[Indicator], pieces: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """«giasuc», «raucác»; and «gsuc», «dlieu», where one pair alone is so shortened."""
    pairs = {tuple(p.split()) for p in pieces if " " in p}
    short: dict[str, list[tuple[str, ...]]] = {}
    for one, other in sorted(pairs):
        if len(other) >= _LONG:
            short.setdefault(one[0] + other, []).append((one, other))
    found = {key: pair[0] for key, pair in short.items() if len(pair) == 1}
    for name in {name for i in chosen for name in _names_of(form, i)}:
        for one, other in pairwise(fold(name).split()):
            known = tuple(word for word in (one, other) if word in pieces)
            if one in pieces and other.isalpha():
                found[one + other] = known
    found |= {"".join(pair): pair for pair in pairs}
    return {key: words for key, words in found.items() if key not in pieces}


def _holders(names: Sequence[Name], names_by: Mapping[str, Sequence[int]]) -> dict[str, Holders]:
    worths: dict[str, list[tuple[int, float]]] = {}
    joined: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        for piece, worth, is_pair in name.pieces:
            worths.setdefault(piece, []).append((number, worth))
            if is_pair:
                joined.setdefault(piece, []).append(number)
    return {
        piece: Holders(tuple(here), tuple(names_by.get(piece, ())), tuple(joined.get(piece, ())))
        for piece, here in worths.items()
    }


@lru_cache(maxsize=8192)  # every scope of a form is compiled from the same names
def name_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a name that tell what it is of, folded and as written."""
    tokens = tokenise(normalise(text)).tokens
    periods = words_of_period(cues_of([token.word for token in tokens]))
    kept = [
        token
        for at, token in enumerate(tokens)
        if token.kind == Kind.WORD and token.plain not in GRAMMAR_MARKED and at not in periods
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


def weights_of(form: Form) -> dict[str, float]:
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
