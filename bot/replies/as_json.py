"""Layer A as plain data for machines: what `giaoban read --batch` prints without a section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.replies.reading import Distractor, Mention, Mentions


def mentions_as_json(mentions: Mentions) -> dict[str, Any]:
    """Values as plain decimal strings; optional facts only where there are any."""
    return {
        "mentions": [_mention(mention) for mention in mentions.mentions],
        "distractors": [_distractor(distractor) for distractor in mentions.distractors],
    }


def plain(value: Decimal) -> str:
    """1562.50 → "1562.5", 4.5E+10 → "45000000000"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _mention(mention: Mention) -> dict[str, Any]:
    shaped: dict[str, Any] = {
        "value": plain(mention.value),
        "unit": mention.unit,
        "role": mention.role.value,
        "percent_of": mention.percent_of or None,
        "label": mention.label,
        "qualifier": mention.qualifier.value if mention.qualifier else None,
        "start": mention.start,
        "end": mention.end,
        "num_start": mention.num_start,
        "num_end": mention.num_end,
    }
    if mention.scale:
        shaped["scale"] = mention.scale
    if mention.in_words:
        shaped["in_words"] = True
    if mention.range_to is not None:
        shaped["value_max"] = plain(mention.range_to)
    if mention.ratio_with is not None:
        shaped["ratio_with"] = mention.ratio_with
    if mention.readings:
        shaped["readings"] = [plain(reading) for reading in mention.readings]
    return shaped


def _distractor(distractor: Distractor) -> dict[str, Any]:
    return {"kind": distractor.kind.value, "start": distractor.start, "end": distractor.end}
