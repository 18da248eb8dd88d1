"""The corpus of numbers: one file a topic under numbers/.

[requirements]       what is required, by id
[[case]]             `spellings` of one `value` (with `unit`, `qualifier`) or of one doubt (`readings`, likeliest first)
                     or of zeros in words (`zeros`: their labels); or one `text` with all its `values` in order
                     (beside them `units`, `roles`, `percent_of`, `labels`, `upper`, `doubtful`)
[[none]]             `texts` that hold no figure; `kind` is what the number is instead
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

NUMBERS = Path(__file__).parent / "numbers"


@cache
def topics() -> tuple[dict, ...]:
    return tuple(
        tomllib.loads(path.read_text(encoding="utf-8")) | {"file": path.stem} for path in sorted(NUMBERS.glob("*.toml"))
    )


def requirements() -> dict[str, str]:
    return {key: text for topic in topics() for key, text in topic.get("requirements", {}).items()}


def meanings() -> list[dict]:
    """One case for each spelling."""
    found = []
    for topic in topics():
        for number, case in enumerate(topic.get("case", ()), 1):
            spellings = case.get("spellings", [case.get("text")])
            found += [{**case, "text": text, "id": f"{topic['file']}-{number}: {text}"} for text in spellings]
    return found


def absences() -> list[dict]:
    found = []
    for topic in topics():
        for number, case in enumerate(topic.get("none", ()), 1):
            found += [{**case, "text": text, "id": f"{topic['file']}-none-{number}: {text}"} for text in case["texts"]]
    return found
