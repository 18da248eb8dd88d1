"""Which typed command a message is, if it is one.

Knows: the words of `command_words`, and the rules that keep a report's content from being taken for a command.
Does not know: what is open in the chat, what a command does, whether the person may.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.replies.command_arguments import MAX_WORDS, Command, Names, argument
from bot.replies.command_words import LEAD_INS, PARTICLES, WORDS, CommandKind, CommandWord, Follows, Who
from bot.replies.half_said import half_said
from bot.replies.normalise import fold
from bot.replies.set_phrases import TEXT_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["Command", "CommandKind", "Names", "Who", "parse_command"]

_UNCHANGED = ("nhu ", "nguyen", "doi", " cu", "van ", "giong")  # what stands in every way of saying so
_REPEATING = 200  # characters of a message that says what stays as it was
FORGIVING = 5  # letters a word needs to have one slip forgiven

_PUNCTUATION = ".,;:!?\"'()…“”‘’"
_FIGURE = re.compile(r"\d[\d.,/]*")
_DATE = re.compile(r"\d{1,2}/\d{1,2}")
_AWAY = re.compile(
    r"(?:^|[\s,])(?:em|e|toi|minh|anh|chi)\s+(?:(?:xin|phai|duoc|dc)\s+)*(?:phep\s+)?"
    r"(?:di\s+hoc|di\s+cong\s+tac|di\s+tap\s+huan|nghi\s+(?:phep|om|che\s+do|thai\s+san)|di\s+vien)\b"
    r"|\b(?:lam|bao\s+cao)\s+thay\s+(?:em|e|toi|minh)\b|\blam\s+(?:bao\s+cao\s+)?thay\W*$"
)
# «nội dung 5.1 như tuần trước»: the words of that section, not a figure of 5,1
_SAME_WORDS = re.compile(
    r"\s*noi\s+dung\s+(?:muc\s+)?(\d{1,2}(?:\.\d{1,2})*(?:\.[a-z])?)\s+"
    r"((?:van\s+)?(?:nhu\s+(?:tuan|ky|cu)|giu\s+nguyen|khong\s+(?:thay\s+)?doi)\b\D{0,40})"
)
_TONES = str.maketrans(
    "áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
    "aaaaaâââââăăăăăeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy",
)


class _Phrase(NamedTuple):
    folded: tuple[str, ...]
    spoken: str  # with diacritics, lower case
    word: CommandWord


def _phrases() -> tuple[_Phrase, ...]:
    return tuple(_Phrase(tuple(fold(p).split()), p, w) for w in WORDS for p in w.phrases)


def _whole_table() -> dict[str, tuple[_Phrase, ...]]:
    table: dict[str, tuple[_Phrase, ...]] = {}
    for phrase in _PHRASES:
        key = " ".join(phrase.folded)
        table[key] = (*table.get(key, ()), phrase)
    return table


def _prefix_table() -> dict[str, tuple[_Phrase, ...]]:
    table: dict[str, tuple[_Phrase, ...]] = {}
    for phrase in sorted(_PHRASES, key=lambda p: -len(p.folded)):
        if phrase.word.follows is not Follows.NOTHING:
            table[phrase.folded[0]] = (*table.get(phrase.folded[0], ()), phrase)
    return table


def _beginnings() -> dict[str, tuple[_Phrase, ...]]:
    """What may be half said: a command as it is printed, and every way of saying one that wants an argument."""
    table: dict[str, tuple[_Phrase, ...]] = {}
    for phrase in sorted(_PHRASES, key=lambda p: -len(p.folded)):
        wants, is_printed = phrase.word.follows is not Follows.NOTHING, phrase.spoken == phrase.word.phrases[0]
        is_respondents = Who.RESPONDENT in phrase.word.roles
        if (is_printed and (wants or not is_respondents)) or (wants and not is_respondents):
            table[phrase.folded[0]] = (*table.get(phrase.folded[0], ()), phrase)
    return table


_PHRASES = _phrases()
_WHOLE = _whole_table()
_PREFIX = _prefix_table()
_BEGINNINGS = _beginnings()
_FORGIVABLE = {
    n: tuple(
        p for p in _PHRASES if len(p.folded) == n and not p.word.exact and any(len(w) >= FORGIVING for w in p.folded)
    )
    for n in range(1, 7)
}
_SLASH = {name: word for word in WORDS for name in word.slash}
_SHORT = 80  # characters of a question
_LONGEST = max(len(p.folded) for p in _PHRASES) + 4  # with courtesies


def parse_command(text: str, role: Who | str, names: Names | None = None) -> Command | None:
    """The command a message is, or None when it is content.

    A word that belongs to another role is returned too where the message is nothing else: whether the person may
    is not decided here. In a group every word that does not work there becomes NOT_HERE.
    """
    who = Who(role)
    known = names or Names()
    if who is Who.GROUP:
        return _in_group(text, known)
    found = _private(text, who, known)
    if found or who is Who.RESPONDENT:
        return found
    if who is Who.OFFICE:
        return _of_indicator(text, known.asks_for_indicator) or _half_said(text, who, known)
    if _private(text, Who.OFFICE, known) or _private(text, Who.RESPONDENT, known):
        return None
    asked = _of_indicator(text, known.is_indicator)  # who reports nothing, asks
    return asked or _half_said(text, who, known)


def _private(text: str, who: Who, names: Names) -> Command | None:
    if text[:1] == "/":
        return _slash(text, who, names)
    words = _words(text)
    if not words:
        return None
    if words[0] == "noi" and (same := _same_words(text)) is not None:
        return same
    return (
        _whole(text, words, who) or _with_argument(text, words, who, names) or _slipped(words, who) or _away(text, who)
    )


def may_repeat_words(text: str) -> bool:
    """Whether a message may want last week's words again; the reader decides."""
    folded = fold(text) if len(text) <= _REPEATING else ""
    return any(words in folded for words in TEXT_WORDS) and any(words in folded for words in _UNCHANGED)


def _same_words(text: str) -> Command | None:
    text = unicodedata.normalize("NFC", text)  # one letter each, as in what is folded
    found = _SAME_WORDS.fullmatch(fold(text))
    if found is None:
        return None
    section, words = (text[slice(*found.span(n))] for n in (1, 2))
    return Command(CommandKind.SECTION, section, *found.span(1), f"nội dung {words}", found.start(2))


@lru_cache(maxsize=8)
def _words(text: str) -> tuple[str, ...]:
    """The first words, folded and bare; looked at for each role that might have said them."""
    return tuple([bare for w in fold(text[:120]).split()[:_LONGEST] if (bare := w.strip(_PUNCTUATION))])


def _in_group(text: str, names: Names) -> Command | None:
    if text[:1] == "/":
        found = _slash(text, Who.GROUP, names)
        if found is None or _is_for(found.kind, Who.GROUP):
            return found
        return Command(CommandKind.NOT_HERE)
    words = _words(text)
    found = None
    if words:
        found = _whole(text, words, Who.GROUP) or _with_argument(text, words, Who.GROUP, names)
    if found and _is_for(found.kind, Who.GROUP):
        return found
    if found or any(_private(text, who, names) for who in (Who.RESPONDENT, Who.OFFICE, Who.LEADER)):
        return Command(CommandKind.NOT_HERE)
    return _of_indicator(text, names.is_indicator)


def _of_indicator(text: str, is_meant: Callable[[str], bool] | None) -> Command | None:
    """«lúa mùa thế nào?»: a short text that names an indicator."""
    if is_meant is None or len(text) > _SHORT or not is_meant(text):
        return None
    trimmed = text.strip()
    start = text.find(trimmed)
    return Command(CommandKind.HISTORY, trimmed, start, start + len(trimmed))


def _is_for(kind: CommandKind, who: Who) -> bool:
    return any(w.kind is kind and who in w.roles for w in WORDS)


def _slash(text: str, who: Who, names: Names) -> Command | None:
    name, _, rest = text[1:].partition(" ")
    word = _SLASH.get(name.partition("@")[0].lower())
    if word is None:
        return None
    start = len(text) - len(rest.lstrip())
    if not rest.strip():
        return Command(word.kind)
    if word.follows is Follows.NOTHING:
        return _plain(word.kind, text, start)
    return argument(word, text, start, who, names) or _plain(word.kind, text, start)


def _whole(text: str, words: Sequence[str], who: Who) -> Command | None:
    """The message is nothing but a command's words, and perhaps a courtesy before or after."""
    if len(words) >= _LONGEST or len(text) > 90:
        return None
    for start in range(_leads(words) + 1):
        end = len(words)
        while end > start:
            found = _WHOLE.get(" ".join(words[start:end]))
            if found and (word := _fitting(found, text, words[start:end], who)):
                if end < len(words) and word.follows is Follows.WORD:
                    return None  # «XƯNG HÔ chị»: here the courtesy is the argument
                return Command(word.kind)
            if words[end - 1] not in PARTICLES:
                break
            end -= 1
    return None


def _leads(words: Sequence[str]) -> int:
    for n, word in enumerate(words):
        if word not in LEAD_INS:
            return n
    return 0


def _fitting(phrases: Iterable[_Phrase], text: str, words: Sequence[str], who: Who) -> CommandWord | None:
    """The command of this role these phrases belong to, else one of another role."""
    other = None
    for phrase in phrases:
        if _is_another_word(phrase, text, words):
            continue
        if who in phrase.word.roles:
            return phrase.word
        other = other or phrase.word
    return other


def _is_another_word(phrase: _Phrase, text: str, words: Sequence[str]) -> bool:
    """«đúng» is not DỪNG, «bò» not BỎ: a single word that is typed with diacritics must have the right ones."""
    if len(phrase.folded) > 1:
        return phrase.spoken in phrase.word.marked and phrase.spoken not in unicodedata.normalize("NFC", text).lower()
    typed = next((t for w in text.split() if fold(t := w.strip(_PUNCTUATION).lower()) == words[0]), words[0])
    if typed == words[0] or typed == phrase.spoken:
        return False
    return typed in phrase.word.unlike or typed.translate(_TONES) != phrase.spoken.translate(_TONES)


def _with_argument(text: str, words: Sequence[str], who: Who, names: Names) -> Command | None:
    """A command's words at the start, and what may follow them."""
    for start in range(_leads(words) + 1):
        for phrase in _PREFIX.get(words[start], ()) if start < len(words) else ():
            size = len(phrase.folded)
            typed = words[start : start + size]
            if who not in phrase.word.roles or not _same(phrase, typed) or _is_another_word(phrase, text, typed):
                continue
            if start and phrase.word.exact:
                continue
            at = _after(text, start + size)
            if at < len(text) and (found := argument(phrase.word, text, at, who, names)):
                return found
    return None


def _half_said(text: str, who: Who, names: Names) -> Command | None:
    """«xuất abc»: a command's word, and something behind it that says nothing and is hardly a report."""
    words = _words(text)
    for phrase in _BEGINNINGS.get(words[0], ()) if words else ():
        size = len(phrase.folded)
        typed = words[:size]
        if who not in phrase.word.roles or not _same(phrase, typed) or _is_another_word(phrase, text, typed):
            continue
        at = _after(text, size)
        return half_said(phrase.word, text, at, names)
    return None


def _same(phrase: _Phrase, typed: Sequence[str]) -> bool:
    if tuple(typed) == phrase.folded:
        return True
    return not phrase.word.exact and len(typed) == len(phrase.folded) and _slips(phrase.folded, typed) == 1


def _after(text: str, count: int) -> int:
    """Where the argument begins after so many words."""
    at = 0
    for found in re.finditer(r"\S+", text):
        if found[0].strip(_PUNCTUATION):
            count -= 1
        if count < 0:
            return found.start()
        at = found.end()
    return len(text) if count >= 0 else at


def _slips(phrase: Sequence[str], typed: Sequence[str]) -> int:
    """How many words differ by one slip; 9 when any differs by more, or is too short to be forgiven."""
    slips = 0
    for meant, word in zip(phrase, typed, strict=True):
        if meant != word:
            if len(meant) < FORGIVING or not _one_slip(meant, word):
                return 9
            slips += 1
    return slips


def _one_slip(meant: str, typed: str) -> bool:
    """One letter left out, added, changed, or two neighbours swapped."""
    if abs(len(meant) - len(typed)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(meant, typed, strict=False)) if a != b), min(len(meant), len(typed)))
    rest, other = meant[at:], typed[at:]
    return rest[1:] == other or rest == other[1:] or rest[1:] == other[1:] or rest[:2][::-1] + rest[2:] == other


def _slipped(words: Sequence[str], who: Who) -> Command | None:
    """A whole message that is a command but for one slip."""
    for phrase in _FORGIVABLE.get(len(words), ()):
        if who in phrase.word.roles and _slips(phrase.folded, words) == 1:
            return Command(phrase.word.kind)
    return None


def _away(text: str, who: Who) -> Command | None:
    """«tuần này em đi học trên tỉnh, đ/c Lan làm báo cáo thay»: leave, in a person's own words."""
    if who is not Who.RESPONDENT or len(text) > 240:
        return None
    folded = fold(text)
    if "thay" not in folded and "di " not in folded and "nghi" not in folded:
        return None
    figures = len(_FIGURE.findall(folded)) - len(_DATE.findall(folded))
    if figures or not _AWAY.search(folded) or len(folded.split()) > MAX_WORDS:
        return None
    return _plain(CommandKind.LEAVE, text, 0)


def _plain(kind: CommandKind, text: str, start: int) -> Command:
    rest = text[start:].rstrip()
    return Command(kind, rest, start, start + len(rest))
