"""A stretch of words trimmed to what can be a label.

    «Theo thống kê xã Ngọk Lây có tổng dân số là»  →  «tổng dân số»
    «mưa lũ đã làm sập»                            →  «sập»
    «tổng số HTX trên địa bàn huyện có»            →  «tổng số HTX trên địa bàn»

Knows: function words, news verbs, words of place. Does not know: numbers, clauses, indicators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import Vocabulary, fold, phrases
from bot.replies.nouns import TWO
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from bot.replies.scene import Scene


# Cut off where a label begins or ends; inside one they stay.
_EDGE = Vocabulary(
    "đạt được là có gồm khoảng chừng tầm gần hơn ước lk lũy luỹ cộng dồn bằng chiếm vượt tương đương ứng kh th "
    "hiện nay nhé ạ ah "
    "ơi dạ vâng e a c à nhầm xấp xỉ cụ thể đó đã đang sẽ và với cho của trong tại ở từ đến tới về do vì như mà "
    "thì nên để so "
    "sánh theo đối riêng còn lại thêm hết nữa rồi thôi các những ra lên xuống này kia ấy trên dưới qua sau trước khi "
    "nhờ bởi hoặc "
    "cuối hay tuy nhiên ngoài nhưng vẫn cũng đều toàn thực khiến làm tính bao"
)
_CHANGES = Vocabulary("tăng giảm vượt")
# Verbs that only bring the news: «đã phát hiện 15.128 vụ việc vi phạm».
NEWS = phrases("phát hiện, xảy ra, ghi nhận, lập biên, xử lý, biên bản, đã khiến, cho biết")
NEWS_WORDS = frozenset({"lam", "khien", "gom"})
# Measures: a label starts at such words when they stand inside a longer sentence.
HEADS = phrases("""
tổng số, tổng đàn, tổng diện, tổng sản, tổng thu, tổng chi, tổng kế, tổng giá, tổng vốn, tổng mức, tổng kinh, tổng
dân, diện tích, sản lượng, năng suất, tỷ lệ, tỉ lệ, giá trị, kim ngạch, doanh thu, tốc độ, mật độ, số lượng, số hộ,
số tiền, số người, mức thu, thu ngân, thu nhập, số ca, số vụ, số thu, dân số, tổng dư, dư nợ, số vốn, tổng nguồn
""")
_KEPT_TOGETHER = phrases(
    "xuống giống, thả giống, lên lớp, ra quân, rà soát, thực hiện, thực tế, làm việc, xây dựng, dược liệu, ăn quả, "
    "tự nhiên, thiên nhiên, lương thực, thực phẩm, hiện vật, trước hạn, trong hạn, sau sinh, trước sinh, "
    "làm rõ, hoàn toàn, an toàn, quả tang"
)
_PROTECTED = TWO | HEADS | NEWS | _KEPT_TOGETHER  # pairs that are not cut apart
_STARTS_A_MEASURE = frozenset({"so", "ty", "ti", "thu", "chi"})
_PLACES = Vocabulary(
    "xã huyện tỉnh thôn toàn địa bàn thành phố quận phường thị trấn ấp bản cả khu trên hiện đến nay nước"
)
_PLACE_HEADS = Vocabulary("tỉnh huyện thành tp toàn", unsafe="xã")
# What hangs on the label before it: «hộ bán đất … số tiền».
OF_ANOTHER = phrases("số tiền, tiền, diện tích, tổng, tổng cộng, trị giá, kinh phí")
_GENERIC = phrases("thực hiện, đã thực hiện, kết quả, trả kết quả, số lượng, tổng số") | {""}
_SPLITS = Vocabulary("đã làm khiến biết : =")  # «mưa lũ đã làm | sập 328 căn nhà»


class Label(NamedTuple):
    """The phrase as typed and the tokens [first, last) of its main part."""

    text: str
    first: int
    last: int


NOTHING = Label("", -1, -1)


def phrase(scene: Scene, first: int, last: int, dropped: frozenset[int] = frozenset()) -> Label:
    """The words of tokens [first, last) without function words at the ends; `dropped` are tokens of times."""
    tokens, edge = scene.tokens, _EDGE.within(accented=scene.accented)
    while first < last and (first in dropped or _is_edge(scene, first, edge, scene.pairs[first])):
        first += 1
    while last > first and (last - 1 in dropped or _ends_badly(scene, last - 1, edge)):
        last -= 1
    if first >= last:
        return NOTHING
    if dropped.isdisjoint(range(first, last)):
        return Label(scene.plain[tokens[first].start : tokens[last - 1].end], first, last)
    kept = [at for at in range(first, last) if at not in dropped and tokens[at].kind != Kind.MARK]
    return Label(" ".join(scene.typed(at) for at in kept), first, last)


def _is_edge(scene: Scene, at: int, edge: frozenset[str], pair: str) -> bool:
    if scene.tokens[at].plain in edge:
        return pair not in _PROTECTED
    return scene.tokens[at].kind == Kind.MARK


def _ends_badly(scene: Scene, at: int, edge: frozenset[str]) -> bool:
    word = scene.words[at]
    if scene.says(at, _CHANGES):
        return True
    if word in ("cao", "thap", "it", "nhieu") and scene.words[at + 1] in ("hon", "gap"):
        return True
    return _is_edge(scene, at, edge, scene.pairs[at - 1])


def essence(scene: Scene, label: Label, dropped: frozenset[int]) -> Label:
    """The label proper: behind who and where, from the word that names a measure, without a place at its end."""
    if scene.words[label.first - 1] == "toan" and scene.tokens[label.first].plain in _PLACES.within(
        accented=scene.accented
    ):
        label = phrase(scene, label.first + 1, label.last, dropped)  # toàn xã | thu hoạch lúa mùa
        if label.first < 0:
            return label
    label = _last_part(scene, label, dropped)
    label = _from_head(scene, label, dropped)
    return _without_place(scene, label, dropped)


def _last_part(scene: Scene, label: Label, dropped: frozenset[int]) -> Label:
    """What follows «đã», «làm», a colon: the rest says who or where."""
    for at in range(label.last - 2, label.first, -1):
        if scene.says(at, _SPLITS) and _splits(scene, label, at):
            tail = phrase(scene, at + 1, label.last, dropped)
            if scene.words[at] == ":" and fold(tail.text) in _GENERIC:
                return phrase(scene, label.first, at, dropped)  # Trích lục bản đồ: trong tuần thực hiện
            return tail if tail.text else label
        if scene.words[at] == "voi" and " ".join(scene.words[at + 1 : label.last]) in OF_ANOTHER:
            return phrase(scene, label.first, at, dropped)  # xử phạt với số tiền
    return label


def _splits(scene: Scene, label: Label, at: int) -> bool:
    if scene.pairs[at - 1] in TWO or scene.pairs[at] in _KEPT_TOGETHER:
        return False
    return scene.words[at] != "da" or scene.pairs[label.first] not in HEADS


def _from_head(scene: Scene, label: Label, dropped: frozenset[int]) -> Label:
    for at in range(label.first + 1, label.last - 1):
        if scene.pairs[at] in HEADS and at not in dropped:
            near = at - label.first <= 2 and scene.pairs[label.first] in HEADS  # giá trị sản lượng nông nghiệp
            if near or scene.pairs[at - 1] in HEADS or scene.words[label.first] in _STARTS_A_MEASURE:
                return label
            return phrase(scene, at, label.last, dropped)
    return label


def _without_place(scene: Scene, label: Label, dropped: frozenset[int]) -> Label:
    """«Toàn huyện», «Trên địa bàn tỉnh» alone only say where; so does «… của toàn tỉnh Bạc Liêu» at the end."""
    places = _PLACES.within(accented=scene.accented)
    if all(scene.tokens[at].plain in places or at in dropped for at in range(label.first, label.last)):
        return NOTHING
    heads = _PLACE_HEADS.within(accented=scene.accented)
    for at in range(label.first + 1, label.last):
        word, following = scene.words[at], scene.words[at + 1]
        of = word == "cua" and scene.tokens[at + 1].plain in heads
        where = scene.tokens[at].plain in heads and following != "hoi" and scene.words[at - 1] in ("ban", "cua")
        whole = word == "toan" and scene.tokens[at + 1].plain in places and scene.words[at + 2] != "hoi"
        if of or where or whole:
            return phrase(scene, label.first, at, dropped)
    return label
