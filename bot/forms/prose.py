"""The markup of a section's prose: which clauses stand, once it is known which figures were given.

Knows: clauses, alternatives, optional pieces, sentences, blocks. Does not know: Jinja, how numbers are written.
What the markup means is told in docs/form-files.md. Works on rendered prose, where `figure()` and MISSING left marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OPEN, MIDDLE, CLOSE, MISSING = "\ue010", "\ue011", "\ue012", "\ue013"
BODY = ""
HEADER = re.compile(r"==\s+(note|part)\s+(\S+)\s*$")
_END = re.compile(r"\s*(\./\.|[.;,:])\s*$")
_TOKEN = re.compile(f"{OPEN}(.*?){MIDDLE}(.*?){CLOSE}|{MISSING}|[][|]|[^{OPEN}{MISSING}\\[\\]|]+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of printed text; `ref` is the indicator whose value it is, "" for fixed words."""

    text: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class ProseParagraph:
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "".join(s.text for s in self.spans)

    @property
    def refs(self) -> tuple[str, ...]:
        return tuple(s.ref for s in self.spans if s.ref)


class MarkupError(ValueError):
    """The prose cannot be taken apart. `line` counts from 1 within the prose."""

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(f"line {line}: {detail}")
        self.line = line
        self.detail = detail


@dataclass(slots=True)
class _Clause:
    spans: list[Span]
    end: str

    @property
    def has_figure(self) -> bool:
        return any(s.ref for s in self.spans)


@dataclass(slots=True)
class _Sentence:
    clauses: list[_Clause] = field(default_factory=list)
    end: str = ""  # "." or "./."
    is_cut: bool = False  # a clause was left out

    @property
    def has_figure(self) -> bool:
        return any(c.has_figure for c in self.clauses)

    @property
    def stands(self) -> bool:
        """Fixed words alone are printed only where no figure was meant to stand with them."""
        return self.has_figure or not self.is_cut

    @property
    def full_stop(self) -> str:
        """A title, fixed words without a sign, has none."""
        return self.end or ("." if self.has_figure else "")


def figure(indicator: str, text: str) -> str:
    """The mark that a printed value leaves in rendered prose. With no indicator: words from outside, never markup."""
    return f"{OPEN}{indicator}{MIDDLE}{text}{CLOSE}"


def paragraphs(rendered: str) -> dict[str, tuple[ProseParagraph, ...]]:
    """What stands of rendered prose, by block: BODY, "note 1", "part hoi-ccb". Blocks left empty are left out.

    Raises MarkupError.
    """
    found = {name: tuple(_paragraphs(lines)) for name, lines in _blocks(rendered).items()}
    return {name: block for name, block in found.items() if block}


def block_names(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of every block heading in a section's prose."""
    for number, line in enumerate(source.split("\n"), start=1):
        found = HEADER.match(line)
        if found:
            yield number, f"{found[1]} {found[2]}"


def _blocks(rendered: str) -> dict[str, list[tuple[int, str]]]:
    blocks: dict[str, list[tuple[int, str]]] = {BODY: []}
    current = BODY
    for number, raw in enumerate(rendered.split("\n"), start=1):
        line = raw.strip()
        found = HEADER.match(line)
        if found:
            current = f"{found[1]} {found[2]}"
            if current in blocks:
                raise MarkupError(number, line)
            blocks[current] = []
        elif line.startswith("=="):
            raise MarkupError(number, line)
        else:
            blocks[current].append((number, line))
    return blocks


def _paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[ProseParagraph]:
    group: list[tuple[int, str]] = []
    for number, line in [*lines, (0, "")]:
        if line:
            group.append((number, line))
        elif group:
            spans = _joined(_sentences(group))
            group = []
            if spans:
                yield ProseParagraph(tuple(spans))


def _sentences(lines: Iterable[tuple[int, str]]) -> list[_Sentence]:
    """Clauses chosen line by line. `kept` is whether the clause before (or an alternative of it) stands."""
    sentences = [_Sentence()]
    kept: bool | None = None
    for number, line in lines:
        sign, words = (line[0], line[1:].lstrip()) if line[0] in "+|" else ("", line)
        if sign == "|":
            if kept is None:
                raise MarkupError(number, line)
            if kept:
                continue
        clause = _clause(number, words) if sign != "+" or kept else None
        if sign != "|" and sentences[-1].end:
            sentences.append(_Sentence())
        sentence = sentences[-1]
        kept = clause is not None
        if clause is not None:
            sentence.clauses.append(clause)
        elif sign != "|":
            sentence.is_cut = True
        if sign != "|":
            sentence.end = _full_stop(words)
    return sentences


def _full_stop(words: str) -> str:
    found = _END.search(words)
    return found[1] if found and found[1] not in ";,:" else ""


def _joined(sentences: Iterable[_Sentence]) -> list[Span]:
    spans: list[Span] = []
    for sentence in sentences:
        clauses = sentence.clauses if sentence.stands else []
        for place, clause in enumerate(clauses):
            last = place == len(clauses) - 1
            if spans:
                spans.append(Span(" "))
            spans += _large(clause.spans) if place == 0 else clause.spans
            spans.append(Span(sentence.full_stop if last else clause.end))
    return _merged(spans)


def _clause(number: int, line: str) -> _Clause | None:
    tokens = list(_TOKEN.finditer(line))
    alternatives, end = _alternatives(tokens, 0, number, line)
    if end != len(tokens):
        raise MarkupError(number, line)
    spans = next((s for s in alternatives if s is not None), None)
    return None if spans is None else _ended(spans)


def _alternatives(
    tokens: list[re.Match[str]], start: int, number: int, line: str
) -> tuple[list[list[Span] | None], int]:
    """Every alternative from `start` to the closing bracket or the end; None where a figure is missing."""
    found: list[list[Span] | None] = [[]]
    at = start
    while at < len(tokens) and tokens[at][0] != "]":
        piece = tokens[at]
        at += 1
        if piece[0] == "[":
            inner, at = _alternatives(tokens, at, number, line)
            if at == len(tokens):
                raise MarkupError(number, line)
            _extend(found, next((s for s in inner if s is not None), []))
            at += 1
        elif piece[0] == "|" and start:
            found.append([])
        elif piece[0] == MISSING:
            found[-1] = None
        else:
            _extend(found, [_span(piece)])
    return found, at


def _extend(found: list[list[Span] | None], spans: list[Span]) -> None:
    if found[-1] is not None:
        found[-1] = found[-1] + spans


def _span(token: re.Match[str]) -> Span:
    return Span(token[0]) if token[2] is None else Span(token[2], token[1])


def _ended(spans: list[Span]) -> _Clause:
    """The clause without the sign it ends with: which sign is printed depends on what follows."""
    *first, last = spans or [Span("")]
    found = None if last.ref else _END.search(last.text)
    if found is None:
        return _Clause(spans, ";")
    return _Clause([*first, Span(last.text[: found.start()])], found[1] if found[1] in ";,:" else ";")


def _large(spans: list[Span]) -> list[Span]:
    """The first letter of a sentence is large."""
    if not spans:
        return spans
    first, *rest = spans
    if not first.text:
        return [first, *_large(rest)]
    return [Span(first.text[0].upper() + first.text[1:], first.ref), *rest]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Neighbouring fixed words as one span."""
    found: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if found and not span.ref and not found[-1].ref:
            found[-1] = Span(found[-1].text + span.text)
        else:
            found.append(span)
    return found
