"""Why a value was taken: evidence as codes, which templates turn into one Vietnamese line.

label:lúa mùa     the words that named it
unit:ha           its unit, written or understood
cue:week          a word of period or plan beside it
ratio / whole     left or right side of a slash
delta, carried, order, open, arithmetic
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.claims import Claim, Sort
from bot.replies.unit_fit import Fit

if TYPE_CHECKING:
    from bot.forms.model import Indicator
    from bot.replies.options import Option


# Members by name: looked up on their class, each costs more than the comparison it serves.
_RATIO = Sort.RATIO
_FIT_SAME, _FIT_ALIKE = Fit.SAME, Fit.ALIKE


def evidence(claim: Claim, option: Option, indicator: Indicator) -> tuple[str, ...]:
    """What spoke for this indicator, strongest first."""
    found = [f"label:{option.likeness.name.text}"]
    if option.fit in (_FIT_SAME, _FIT_ALIKE):
        found.append(f"unit:{claim.mention.unit or indicator.unit}")
    if claim.cue is not None:
        found.append(f"cue:{claim.cue.value}")
    if claim.sort is _RATIO:
        found.append("ratio")
    return tuple(found)
