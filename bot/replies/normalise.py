"""What a phone sent, made comparable: one folded string, with the way back to the original.

Knows: composed and decomposed letters, invisible characters, look-alikes, digits slipped into letters and back,
  keyboard left-overs (Telex «luas muaf», VNI «lua1 mua2»).
Does not know: words, numbers, meaning.

`plain` and `folded` have the same length. `folded` is lower case without diacritics, so old and new tone
placement (hoà, hòa) fall together there. Every position can be led back to the text as it was sent.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_LOOK_ALIKES = {
    # letters of other scripts that phones and scanners mix in
    **dict(zip("аеорсухіѕјԁһАВЕКМНОРСТХІЅ", "aeopcyxisjdhABEKMHOPCTXIS", strict=True)),
    **dict(zip("ðÐđĐ", "dddd", strict=True)),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("“”„«»″＂", '"'),
    **dict.fromkeys("‘’‚′＇`´", "'"),
    **dict.fromkeys("⁄∕÷／", "/"),
    **dict.fromkeys("∼～≈≃", "~"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    ),
    **dict.fromkeys("\u2028\u2029\u0085\v\f", "\n"),
    "％": "%",
    "：": ":",
    "；": ";",
    "，": ",",
    "．": ".",
    "（": "(",
    "）": ")",
    "²": "2",
    "³": "3",
}
_LAST_FOLDED = 0x2000  # Latin with every Vietnamese letter lies below
_HAS_SYMBOL = re.compile(f"[{chr(_LAST_FOLDED)}-\U0010ffff]")
_FULL_WIDTH = range(0xFF10, 0xFF5B)


def _folding_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0x20, _LAST_FOLDED), *_FULL_WIDTH):
        char = chr(code)
        base = unicodedata.normalize("NFKD" if code in _FULL_WIDTH else "NFD", char)
        folded = "".join(c for c in base if not unicodedata.combining(c)).lower()
        if len(folded) == 1 and folded != char:
            table[code] = folded
    table.update({ord(char): to.lower() for char, to in _LOOK_ALIKES.items()})
    return {
        code: chr(code) for code in range(0x80)
    } | table  # a letter that is missed costs more than one that is found


_FOLD = _folding_table()
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufe00-\ufe0f"
_HAS_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_CLUSTER = re.compile(f"[{_INVISIBLE}]|.[\u0300-\u036f]*", re.DOTALL)
_ACCENTED = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
_WORD = re.compile(r"[a-z][a-z0-9]+")

_CELL_ENDS = re.compile(r"(?<=\S)[ ]?\t+(?=[^\s])")  # a pasted table: its cells are parted, whatever stands in them

# A scanner's l for 1 and O for 0, only where digits stand beside.
_MAY_SLIP = (re.compile(r"[lo][\d.,/]"), re.compile(r"\d[lo]"))  # quick looks; most texts end here
_SLIPPED_DIGIT = re.compile(r"(?<![a-z])l(?=[.,]\d{3}|[/o]?\d)|(?<=\d)l(?=\d)|(?<=\d)o(?![a-z])|(?<![a-z])o(?=[.,]?\d)")

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdghklmnprstvx])?"
    r"(?:uye|uya|oai|oay|oeo|uoi|uou|uyu|ieu|yeu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_TELEX = re.compile(r"\b(?=[a-z]*(?:[sfrxjw]\b|aa|ee|oo|dd|w|[aeiouy][sfrxj]))[a-z]{2,9}\b")
_TELEX_MARKS = re.compile(r"(?<=[aeiouyw])[sfrxj]|[sfrxj]$|w")
_TELEX_DOUBLES = re.compile(r"(aa|ee|oo|dd)")
_VNI = re.compile(r"\b[a-z]+[1-9][a-z0-9]*\b")
_VNI_MARKS = re.compile(r"[1-9]")
_VNI_SHAPE = re.compile(r"(?:d9)?[a-z]*[aeiouy][a-z]*(?:[1-9]{1,2}[a-z]+)*(?:[6-9]?[1-5]?|[1-5][6-9])")
_NUMERAL = re.compile(r"(?<![a-z0-9])\d")


class Normalised(NamedTuple):
    """A text made comparable. `starts` and `ends` are None where positions are those of the original."""

    text: str
    plain: str
    folded: str
    accented: bool  # written with diacritics: then «bà» is not «ba»
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that [start, end) of `plain` came from."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.text)
            return at, at
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=4)
def normalise(text: str) -> Normalised:  # looked at for its headings, then read
    """Make `text` comparable; nothing raises, nothing is lost."""
    starts: list[int] | None = None
    ends: list[int] | None = None
    plain = text
    if _HAS_INVISIBLE.search(text) or not unicodedata.is_normalized("NFC", text):
        plain, starts, ends = _composed(text)
    folded = plain.translate(_FOLD)
    accented = _is_accented(plain)
    if not accented and _leftovers(folded):
        plain, starts, ends = _without_keystrokes(plain, folded, starts, ends)
        folded = plain.translate(_FOLD)
    if (_MAY_SLIP[0].search(folded) or _MAY_SLIP[1].search(folded)) and _SLIPPED_DIGIT.search(folded):
        for _ in range(2):  # «lO5»: the second slip is seen when the first is a digit
            folded = _SLIPPED_DIGIT.sub(lambda m: "1" if m[0] == "l" else "0", folded)
    if "\t" in folded:
        folded = _CELL_ENDS.sub(lambda m: "|" * len(m[0]), folded)
    if starts is None or ends is None:
        return Normalised(text, plain, folded, accented)
    return Normalised(text, plain, folded, accented, tuple(starts), tuple(ends))


def fold(text: str) -> str:
    """Lower case without diacritics; for vocabulary and labels, not for replies."""
    return _short_folded(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_FOLD)


_SHORT = 120  # characters
_short_folded = lru_cache(maxsize=512)(_folded)  # a message is held against many tables; each asks for it again


class Vocabulary:
    """Words of a table. Where a text has diacritics they must agree: «dược» is not «được», «hộp» not «họp»."""

    __slots__ = ("folded", "plain")

    def __init__(self, listed: str, *, unsafe: str = "") -> None:
        """`unsafe` words count only with their diacritics: without them they mean something else too often."""
        words = listed.lower().split()
        self.plain = frozenset((*words, *unsafe.lower().split()))
        self.folded = frozenset(fold(word) for word in words)

    def within(self, *, accented: bool) -> frozenset[str]:
        return self.plain if accented else self.folded


def phrases(listed: str) -> frozenset[str]:
    """The phrases of a table, between commas, as they are compared: folded."""
    return frozenset(" ".join(phrase.split()) for phrase in fold(listed).split(","))


def vocabulary(listed: str) -> frozenset[str]:
    """The words of a table as they are compared: folded."""
    return frozenset(fold(listed).split())


def _is_accented(plain: str) -> bool:
    """Whether the text is written with diacritics, a stray one aside. Counted in bytes, where that is enough."""
    extra = len(plain.encode(errors="replace")) - len(plain)
    if extra and _HAS_SYMBOL.search(plain):
        extra = len(_ACCENTED.findall(plain))
    return extra * 30 > len(plain)


def _composed(text: str) -> tuple[str, list[int], list[int]]:
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        if _HAS_INVISIBLE.match(cluster[0]):
            continue
        for char in unicodedata.normalize("NFC", cluster[0]):
            chars.append(char)
            starts.append(cluster.start())
            ends.append(cluster.end())
    return "".join(chars), starts, ends


def _leftovers(folded: str) -> bool:
    """Whether a keyboard's accent keys were left in the text."""
    return _TELEX.search(folded) is not None or _VNI.search(folded) is not None


def _without_keystrokes(
    plain: str, folded: str, starts: list[int] | None, ends: list[int] | None
) -> tuple[str, list[int] | None, list[int] | None]:
    vni = _types_vni(folded)
    edits: list[tuple[int, int, str]] = []
    for word in _WORD.finditer(folded):
        decoded = _decoded(word[0], vni=vni)
        if decoded != word[0]:
            edits.append((word.start(), word.end(), decoded))
    if not edits:
        return plain, starts, ends
    old_starts = starts or list(range(len(folded)))
    old_ends = ends or list(range(1, len(folded) + 1))
    pieces: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    at = 0
    for start, end, decoded in edits:
        pieces += (plain[at:start], decoded.upper() if plain[start:end].isupper() else plain[start] + decoded[1:])
        new_starts += old_starts[at : start + len(decoded)]
        new_ends += old_ends[at : start + len(decoded) - 1]
        new_ends.append(old_ends[end - 1])  # the last letter answers for the dropped keys
        at = end
    pieces.append(plain[at:])
    new_starts += old_starts[at:]
    new_ends += old_ends[at:]
    return "".join(pieces), new_starts, new_ends


def _decoded(word: str, *, vni: bool) -> str:
    if word.isalpha():
        if _SYLLABLE.fullmatch(word):
            return word
        bare = _TELEX_DOUBLES.sub(lambda m: m[0][0], _TELEX_MARKS.sub("", word))
        return bare if bare != word and _SYLLABLE.fullmatch(bare) else word
    if vni and _VNI_SHAPE.fullmatch(word):
        bare = _VNI_MARKS.sub("", word)
        return bare if _SYLLABLE.fullmatch(bare) else word
    return word


def _types_vni(folded: str) -> bool:
    """Digits inside words are VNI; a digit after a word is VNI only where real numerals stand beside."""
    candidates = [m for m in _VNI.finditer(folded) if _decoded(m[0], vni=True) != m[0]]
    if not candidates:
        return False
    if any(not m[0].rstrip("123456789").isalpha() for m in candidates):
        return True
    if _NUMERAL.search(folded) is None:
        return False
    return len(candidates) > 1 or folded[candidates[0].end() :].lstrip(" ")[:1].isdigit()
