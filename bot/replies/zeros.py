"""Zeros said in words.

    zero    := NOT VERB items                    không phát sinh đơn thư; ko có dịch
    zero    := NOT words "nào"                   không tổ chức hội nghị nào, không tồn hồ sơ nào
    zero    := label NOT [VERB] END              dịch bệnh k có; kỷ luật: không; chi trong tuần không phát sinh
    items   := item { ("," | "hoặc" | "hay" | "và") item }      one zero each
    NOT     := không | ko | k | hong | chưa
    VERB    := phát sinh | phát hiện | ghi nhận | xảy ra | có | xuất hiện | còn | …

No zeros: «chưa có số liệu» is not known yet; «không phải không có»; «không lây nhiễm», «không thay đổi»,
«không tính …»: only the verbs above count, and only with an object that can be counted.
Knows: the sentence forms. Does not know: indicators; whether a zero is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import Vocabulary
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.clauses import Clause
    from bot.replies.scene import Scene

NOTS = frozenset({"khong", "ko", "k", "hong", "hok", "khg", "chua"})
_PLAIN_NOTS = frozenset({"không", "ko", "k", "hông", "hok", "khg", "chưa", "kô", "khong", "chua"})
_VERBS = (
    ("phat", "sinh"),
    ("phat", "hien"),
    ("ghi", "nhan"),
    ("xay", "ra"),
    ("de", "xay", "ra"),
    ("de", "phat", "sinh"),
    ("xuat", "hien"),
    ("tiep", "nhan"),
    ("dien", "ra"),
    ("ps",),
    ("pshs",),
    ("co",),
    ("con",),
    ("nhan",),
    ("mac",),
)
_NOT = "khong"
_SLIPPING = tuple(verb for verb in _VERBS if len(verb) == len(("phat", "sinh")) and verb != ("xay", "ra"))
_SLIPPING_PAIRS = frozenset(map(" ".join, _SLIPPING))
_SLIPPING_FIRST = frozenset(verb[0] for verb in _SLIPPING)
_UNKNOWN = Vocabulary("số sl báo thông kết dữ cập tổng đủ gì")  # chưa có số liệu, báo cáo, thông tin, kết quả
_NO_ITEM = Vocabulary(
    "thay biến đổi gì ý điều thể khả nhu lý lẽ nghĩa phải nên vấn mặt tiền khó trở vướng khách "
    "tình"  # «không xảy ra tình trạng khan hiếm»: an absence nobody counts
)
_TAILS = Vocabulary(
    "nào gì cả hết nhé nha ạ a à ah nhe thêm mới đâu ai rồi thôi anh chị em e c trong tuần kỳ này qua tháng năm "
    "từ đầu đến nay hs"
)
_JOINS = frozenset({"hoac", "hay", "va", "cung"})
_NOT_IN_ITEM = Vocabulary(
    "như vẫn đạt được đã đang sẽ là còn có không ko k chưa giữ duy tiếp tăng giảm gửi xin do vì nên mai lũy luỹ "
    "lk phải xem xử xét thì ổn tốt bình đều khỏe khoẻ đủ nhiều ít cao thấp rồi xong"
)
_PLACES = Vocabulary("trên tại ở trong thuộc theo qua đến phải do khi nào bị")
_YEARS_OLD = frozenset({"tuoi", "t"})
_CLOSING = Vocabulary("nào nhé nha hết ạ", unsafe="cả")
_NEGATING = Vocabulary("không ko k phải chẳng đâu")
_LONGEST_CLAUSE, _SHORT_ITEM = 18, 4
_FEWEST = 3  # a deed, its object, «nào»
_NO_DEED = Vocabulary("biết hiểu rõ nhớ thấy cần thể phải nên được kể như lúc khi chỗ cách đâu")  # «không biết cái nào»


class Zero(NamedTuple):
    """A zero over tokens [first, last); what it counts stands at [item_first, item_last)."""

    first: int
    last: int
    word_last: int  # the token after «không phát sinh»
    item_first: int
    item_last: int


def zeros_in(scene: Scene, clauses: Sequence[Clause], of_token: Sequence[int]) -> list[Zero]:
    """Every zero said in words, in the order said."""
    found: list[Zero] = []
    nots = [] if NOTS.isdisjoint(scene.said) else [at for at, word in enumerate(scene.words) if word in NOTS]
    if not _SLIPPING_FIRST.isdisjoint(scene.said):
        nots = sorted({*nots, *_slipped_nots(scene)})
    for at in nots:
        plain = scene.tokens[at].plain
        if (plain in _PLAIN_NOTS or scene.words[at] not in NOTS) and not (scene.is_numeral(at - 1) and scene.glued(at)):
            found += _zeros_at(scene, clauses, of_token[at], at)
    return found


def _zeros_at(scene: Scene, clauses: Sequence[Clause], index: int, at: int) -> list[Zero]:
    clause = clauses[index]
    if _doubly_negated(scene, at):
        return []
    verb_last = _verb(scene, at + 1)
    if verb_last is None:
        bare = _none_done(scene, clause, at) or _bare(scene, clause, at)
        return [*_before_colon(scene, clauses, index, bare[0]), *bare] if bare else []
    if scene.words[at] == "chua" and scene.words[at + 1] == "co" and scene.says(verb_last, _UNKNOWN):
        return []
    if scene.says(verb_last, _UNKNOWN) and scene.words[verb_last] != "gi":
        return []
    if _ends(scene, clause, verb_last):
        said = Zero(min(at, clause.first), _said_until(clause, verb_last), verb_last, clause.first, at)
        return [*_before_colon(scene, clauses, index, said), said]
    if scene.says(verb_last, _NO_ITEM) or scene.tokens[verb_last].kind != Kind.WORD:
        return []
    return _items(scene, clauses, index, at, verb_last)


def _doubly_negated(scene: Scene, at: int) -> bool:
    """«không phải không có dịch»: the first denies the second; «xây dựng không phép» denies nothing."""
    if scene.words[at + 1] in ("phai", "phep"):
        return True
    return scene.words[at - 1] == "phai" and scene.says(at - 2, _NEGATING)


def _verb(scene: Scene, at: int) -> int | None:
    for verb in _VERBS:
        if scene.words[at] == verb[0] and all(scene.words[at + i] == word for i, word in enumerate(verb)):
            if verb == ("con",) and scene.source.accented and scene.tokens[at].plain != "còn":
                return None
            return at + len(verb)
    return at + len(_SLIPPING[0]) if any(_slips_in(scene, at, verb) for verb in _SLIPPING) else None


def _slips_in(scene: Scene, at: int, verb: tuple[str, ...]) -> bool:
    """«phát sunh», «páht sinh»: one of the two words by one key."""
    one, other = scene.words[at], scene.words[at + 1]
    return (one == verb[0] and _is_slip(other, verb[1])) or (other == verb[1] and _is_slip(one, verb[0]))


def _slipped_nots(scene: Scene) -> list[int]:
    """«khôgn phát hiện»: the verb behind it is whole."""
    verbs = (at for at, pair in enumerate(scene.pairs) if at and pair in _SLIPPING_PAIRS)
    return [at - 1 for at in verbs if _is_slip(scene.words[at - 1], _NOT)]


def _is_slip(word: str, meant: str) -> bool:
    """One letter more, fewer, or other, or two turned round; the first one or two are what they should be."""
    if word == meant or not word or word[0] not in meant[:2]:
        return False
    if len(word) == len(meant):
        apart = [i for i, (a, b) in enumerate(zip(word, meant, strict=True)) if a != b]
        turned = len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(word) == sorted(meant)
        return turned or (len(apart) == 1 and word[0] == meant[0])
    longer, shorter = (word, meant) if len(word) > len(meant) else (meant, word)
    return len(longer) == len(shorter) + 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _none_done(scene: Scene, clause: Clause, at: int) -> list[Zero]:
    """«không tổ chức hội nghị nào», «chưa ban hành nghị quyết nào»: «nào» at the end."""
    last = clause.last
    while last > at and scene.says(last - 1, _TAILS) and scene.words[last - 1] != "nao":
        last -= 1
    if scene.words[last - 1] != "nao" or scene.says(at + 1, _NO_DEED) or not _plain_words(scene, at + 1, last):
        return []
    return [Zero(at, last, at + 1, at + 1, last - 1)]


def _plain_words(scene: Scene, first: int, last: int) -> bool:
    return last - first >= _FEWEST and all(map(scene.is_word, range(first, last)))


def _ends(scene: Scene, clause: Clause, at: int) -> bool:
    return all(scene.says(i, _TAILS) for i in range(at, clause.last))


def _before_colon(scene: Scene, clauses: Sequence[Clause], index: int, said: Zero) -> list[Zero]:
    """«dịch bệnh, ngộ độc, cấp cứu: không có»: one each."""
    if said.item_last == said.item_first or scene.words[said.item_last - 1] != ":":
        return []
    found: list[Zero] = []
    number = index
    while number and clauses[number].cut == "," and _plain_nouns(scene, clauses[number - 1]):
        number -= 1
        item = clauses[number]
        found.append(Zero(item.first, said.last, said.word_last, item.first, item.last))
    return found[::-1]


def _said_until(clause: Clause, verb_last: int) -> int:
    return max(verb_last, min(clause.last, verb_last))


def _bare(scene: Scene, clause: Clause, at: int) -> list[Zero]:
    """«kỷ luật: không», «Ko»: nothing but the word itself at the end."""
    if scene.words[at] == "chua" or not _ends(scene, clause, at + 1):
        return []
    alone = clause.first == at
    if not alone and scene.words[at - 1] not in (":", "-", "=") and not _label_before(scene, clause, at):
        return []
    return [Zero(clause.first, at + 1, at + 1, clause.first, at)]


def _label_before(scene: Scene, clause: Clause, at: int) -> bool:
    """A short label without a verb of its own: «kỷ luật không»; but not «có được không»."""
    words = range(clause.first, at)
    return len(words) <= 3 and all(
        scene.is_word(i) and scene.words[i] not in ("co", "duoc", "da", "xong", "chua", "phai", "dung", "nop", "gui")
        for i in words
    )


def _items(scene: Scene, clauses: Sequence[Clause], index: int, at: int, verb_last: int) -> list[Zero]:
    return [Zero(at, last, verb_last, first, last) for first, last in _listed(scene, clauses, index, verb_last)]


def _listed(scene: Scene, clauses: Sequence[Clause], index: int, first: int) -> list[tuple[int, int]]:
    """The items of the clause, and of the clauses after its commas while they are plain nouns of the same list."""
    items = _joined(scene, first, clauses[index].last)
    if not items:
        return []
    pending: list[tuple[int, int]] = []
    for number in range(index + 1, len(clauses)):
        clause = clauses[number]
        if clause.cut != "," or clause.depth != clauses[index].depth or not _plain_nouns(scene, clause):
            break
        more = _joined(scene, clause.first, clause.last)
        pending += more
        joined = len(more) > 1 or scene.words[clause.first] in _JOINS
        ends = number + 1 >= len(clauses) or clauses[number + 1].cut != ","
        if joined or (ends and _closes(scene, clause)):
            items += pending
            pending = []
            if joined:
                break
    return items


def _closes(scene: Scene, clause: Clause) -> bool:
    """«…, lãng phí nào» closes a list; without «nào» only a short noun does: «Ko có dịch, NĐTP»."""
    words = scene.words[clause.first : clause.last]
    return "nao" in words or len(words) <= _SHORT_ITEM


def _plain_nouns(scene: Scene, clause: Clause) -> bool:
    if clause.last - clause.first > _LONGEST_CLAUSE:
        return False
    return all(scene.is_word(i) and not scene.says(i, _NOT_IN_ITEM) for i in range(clause.first, clause.last))


def _joined(scene: Scene, first: int, last: int) -> list[tuple[int, int]]:
    """Items between first and last, cut at «hoặc», «hay», «và»."""
    items: list[tuple[int, int]] = []
    start = first
    for at in range(first, last + 1):
        if at == last or scene.words[at] in _JOINS:
            end = _item_end(scene, start, at)
            if end > start:
                items.append((start, end))
            start = at + 1
    return items


def _item_end(scene: Scene, first: int, last: int) -> int:
    """Where the noun ends: before a place («trên địa bàn»), a number, or closing particles."""
    for at in range(first, last):
        token = scene.tokens[at]
        if token.kind == Kind.NUMERAL:
            if scene.words[at + 1] in _YEARS_OLD:
                continue  # «ca sinh dưới 18 tuổi»
            return first
        if at > first and scene.says(at, _PLACES):
            return at
        if token.kind != Kind.WORD and token.word != "/":
            return at
    while last > first and scene.says(last - 1, _CLOSING):
        last -= 1
    return last
