"""Which claim answers which indicator: one best assignment over the whole message.

An indicator is answered once. Claims that want different ones are settled alone; where several want the same, all
ways are weighed against each other. The margin to the next best way says how sure it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.unit_fit import Fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.claims import Claim
    from bot.replies.options import Option, Options

_MOST_WEIGHED = 7  # claims in one knot; beyond that the best go first
_WORTHLESS, _WORTHLESS_UNIT = 0.4, 0.55  # an answer as weak speaks for no way: nobody gives up a good one for it
_FIT_OTHER = Fit.OTHER


class Answer(NamedTuple):
    """A claim with the indicator it answers, if any, and the best of what it could be instead."""

    claim: Claim
    option: Option | None
    rival: Option | None
    margin: float


def assign(claims: Sequence[Claim], options: Sequence[Options]) -> list[Answer]:
    """The best assignment, claim by claim in the order of the text."""
    chosen: list[Option | None] = [o.best[0] if o.best else None for o in options]
    if len(claims) > 1 and not _are_apart(chosen):
        for knot in _knots(options):
            if len(knot) > 1:
                for at, option in zip(knot, _settle([options[at].best for at in knot]), strict=True):
                    chosen[at] = option
    holder = {place: at for at, option in enumerate(chosen) if option is not None for place in _places(option)}
    return [_answer(at, claims, options, chosen, holder) for at in range(len(claims))]


def _places(option: Option) -> tuple[int, ...]:
    return (option.place,) if option.whole is None else (option.place, option.whole)


def _knots(options: Sequence[Options]) -> list[list[int]]:
    """Groups of claims that share a possible indicator."""
    root = list(range(len(options)))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    first: dict[int, int] = {}
    for at, option_list in enumerate(options):
        for option in option_list.best:
            for place in _places(option):
                if place in first:
                    root[find(at)] = find(first[place])
                else:
                    first[place] = at
    knots: dict[int, list[int]] = {}
    for at in range(len(options)):
        knots.setdefault(find(at), []).append(at)
    return list(knots.values())


def _settle(lists: Sequence[Sequence[Option]]) -> list[Option | None]:
    tops = [found[0] if found else None for found in lists]
    if _are_apart(tops):
        return tops
    return _weigh(lists) if len(lists) <= _MOST_WEIGHED else _best_first(lists)


def _are_apart(options: Sequence[Option | None]) -> bool:
    """Whether no two want the same indicator."""
    places = [place for option in options if option is not None for place in _places(option)]
    return len(places) == len(set(places))


def _weigh(lists: Sequence[Sequence[Option]]) -> list[Option | None]:
    """All ways, cut off where even the best rest cannot win."""
    rest = [0.0] * (len(lists) + 1)
    for at in range(len(lists) - 1, -1, -1):
        rest[at] = rest[at + 1] + (lists[at][0].score if lists[at] else 0.0)
    best: list[Option | None] = [None] * len(lists)
    best_sum = -1.0
    now: list[Option | None] = [None] * len(lists)

    def descend(at: int, total: float, taken: frozenset[int]) -> None:
        nonlocal best_sum, best
        if total + rest[at] <= best_sum:
            return
        if at == len(lists):
            best_sum, best = total, now.copy()
            return
        for option in lists[at]:
            places = _places(option)
            if taken.isdisjoint(places):
                now[at] = option
                descend(at + 1, total + _gain(option), taken.union(places))
        now[at] = None
        descend(at + 1, total, taken)

    descend(0, 0.0, frozenset())
    return best


def _gain(option: Option) -> float:
    least = _WORTHLESS_UNIT if option.fit is _FIT_OTHER else _WORTHLESS
    return option.score if option.score >= least else 0.0


def _best_first(lists: Sequence[Sequence[Option]]) -> list[Option | None]:
    chosen: list[Option | None] = [None] * len(lists)
    taken: set[int] = set()
    ranked = sorted(((o.score, -at, o) for at, found in enumerate(lists) for o in found), key=lambda e: (-e[0], -e[1]))
    for _, minus_at, option in ranked:
        if chosen[-minus_at] is None and taken.isdisjoint(_places(option)):
            chosen[-minus_at] = option
            taken.update(_places(option))
    return chosen


def _answer(
    at: int,
    claims: Sequence[Claim],
    options: Sequence[Options],
    chosen: Sequence[Option | None],
    holder: dict[int, int],
) -> Answer:
    option = chosen[at]
    if option is None:
        rival = options[at].best[0] if options[at].best else None
        return Answer(claims[at], None, rival, 0.0)
    rival, margin = None, option.score
    for other in options[at].best:
        if other.place == option.place:
            continue
        lost = option.score - other.score
        held_by = holder.get(other.place)
        if held_by is not None and held_by != at:
            lost += _loss(options[held_by], chosen[held_by], freed=option.place)
        if lost < margin:
            rival, margin = other, lost
    return Answer(claims[at], option, rival, margin)


def _loss(options: Options, option: Option | None, freed: int) -> float:
    """What the holder of an indicator loses by giving it up, with the freed one to fall back on."""
    if option is None:
        return 0.0
    fallback = max((o.score for o in options.best if o.place == freed), default=0.0)
    return option.score - fallback
