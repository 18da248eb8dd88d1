"""Which paragraph of an edited file is which paragraph of the report.

Knows: bookmarks first, then likeness between their neighbours. Does not know: what changed inside a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from bot.reports.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.rendering.word.reader import ReadParagraph
    from bot.reports.printed import Line

_ALIKE = 60.0  # of 100: below, a paragraph is a new one rather than a reworded one


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph of the edited file, or the part of it that was a paragraph of the report."""

    text: str
    name: str = ""  # of the bookmark
    authors: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the report and the stretch it became; one of both is None where it was added or removed."""

    line: Line | None
    stretch: Stretch | None


def stretches(paragraphs: Iterable[ReadParagraph], names: Mapping[str, str]) -> Iterator[Stretch]:
    """The file's paragraphs, cut where two of the report's were joined. `names` are the bookmarks that count."""
    for paragraph in paragraphs:
        starts = [
            (m.start, m.name) for m in paragraph.marks if m.name in names and _holds_text(m.start, m.end, paragraph)
        ]
        starts.sort()
        authors, comments = tuple(paragraph.authors), tuple(paragraph.comments)
        if not starts:
            yield Stretch(clean(paragraph.text).strip(), "", authors, comments)
            continue
        starts[0] = (0, starts[0][1])
        ends = [start for start, _ in starts[1:]] + [len(paragraph.text)]
        for (start, name), end in zip(starts, ends, strict=True):
            yield Stretch(clean(paragraph.text[start:end]).strip(), name, authors, comments)
            comments = ()


def pair_up(lines: Sequence[Line], names: Mapping[str, str], found: Sequence[Stretch]) -> list[Pair]:
    """Lines and stretches in the file's order. `names` maps line ids to bookmarks."""
    by_name = {names[line.id]: line for line in lines}
    places = {line.id: place for place, line in enumerate(lines)}
    pairs: list[Pair] = []
    loose: list[Stretch] = []
    used: set[str] = set()
    reached = 0  # lines before this one are settled
    for stretch in found:
        line = by_name.get(stretch.name)
        if line is None or line.id in used:
            loose.append(stretch)
            continue
        used.add(line.id)
        place = places[line.id]
        between = [one for one in lines[reached:place] if names[one.id] not in _names_of(found)]
        pairs += _align(between, loose)
        pairs.append(Pair(line, stretch))
        loose, reached = [], max(reached, place + 1)
    rest = [line for line in lines[reached:] if line.id not in used]
    return pairs + _align(rest, loose)


def _holds_text(start: int, end: int, paragraph: ReadParagraph) -> bool:
    """A bookmark whose words were all deleted collapses onto a neighbour; it says nothing any more."""
    stop = len(paragraph.text) if end < 0 else end
    return bool(paragraph.text[start:stop].strip()) or not paragraph.text.strip()


def _names_of(found: Sequence[Stretch]) -> set[str]:
    return {stretch.name for stretch in found if stretch.name}


def _align(lines: Sequence[Line], loose: Sequence[Stretch]) -> list[Pair]:
    """The best pairing in order, by likeness; what is like nothing was added or removed."""
    score = _scores(lines, loose)
    pairs: list[Pair] = []
    row, column = 0, 0
    while row < len(lines) or column < len(loose):
        if (
            row < len(lines)
            and column < len(loose)
            and score[row][column] > max(score[row + 1][column], score[row][column + 1])
        ):
            pairs.append(Pair(lines[row], loose[column]))
            row, column = row + 1, column + 1
        elif column < len(loose) and (row == len(lines) or score[row][column] == score[row][column + 1]):
            pairs.append(Pair(None, loose[column]))
            column += 1
        else:
            pairs.append(Pair(lines[row], None))
            row += 1
    return pairs


def _scores(lines: Sequence[Line], loose: Sequence[Stretch]) -> list[list[float]]:
    """score[i][j]: the best total likeness of lines from i on with stretches from j on."""
    score = [[0.0] * (len(loose) + 1) for _ in range(len(lines) + 1)]
    for row in reversed(range(len(lines))):
        words = lines[row].text
        for column in reversed(range(len(loose))):
            like = fuzz.ratio(words, loose[column].text, score_cutoff=_ALIKE)
            both = score[row + 1][column + 1] + like if like else 0.0
            score[row][column] = max(both, score[row + 1][column], score[row][column + 1])
    return score
