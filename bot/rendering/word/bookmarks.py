"""Names under which paragraphs are found again in an edited file.

Knows: what Word accepts as a bookmark's name. Does not know: XML.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from bot.reports.printed import note_lines, printed

if TYPE_CHECKING:
    from bot.reports.model import Report

_UNSAFE = re.compile(r"[^A-Za-z0-9]")
_LONGEST = 40  # Word's limit
END_OF_BODY = "e_body"  # on the first paragraph behind the body
_ISSUE = re.compile(r"i_(\d{4})_(W\d\d)_v(\d+)")


def bookmark_names(report: Report) -> dict[str, str]:
    """Bookmark name by line id: «II.1.1.a» is b_II_1_1_a, its second paragraph b_II_1_1_a_p1."""
    lines = [*printed(report), *(line for note in report.notes for line in note_lines(note))]
    names: dict[str, str] = {}
    taken: set[str] = set()
    for line in lines:
        name = _safe(line.id)
        if len(name) > _LONGEST or name in taken:
            name = "b_" + hashlib.sha256(line.id.encode()).hexdigest()[:24]
        taken.add(name)
        names[line.id] = name
    return names


def issue_bookmark(report: Report) -> str:
    """On the first paragraph: which report this is, whatever the file is called."""
    return f"i_{_UNSAFE.sub('_', report.period)}_v{report.version}"


def issue_named(bookmark: str) -> tuple[str, int] | None:
    """The period and version that an issue's bookmark tells; None for any other."""
    found = _ISSUE.fullmatch(bookmark)
    return None if found is None else (f"{found[1]}-{found[2]}", int(found[3]))


def letterhead_bookmark(tag: str) -> str:
    """On the paragraph that holds a value of the letterhead."""
    return f"h_{tag}"


def _safe(line_id: str) -> str:
    """Letters and digits stay; the letter đ, which Word would keep but other programs change, is spelt out."""
    block, slash, place = line_id.partition("/")
    words = _UNSAFE.sub(lambda m: "_" if m[0] in ". " else f"_u{ord(m[0]):x}", block)
    return f"b_{words}_p{place}" if slash else f"b_{words}"
