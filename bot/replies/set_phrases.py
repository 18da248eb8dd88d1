"""Set phrases of phone replies, as data: as last week, not known yet, I was wrong, thank you, a question.

One a line or parted by «|»; written with diacritics, met with and without.

Knows: words. Does not know: where they stand.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.replies.label_index import tone_placements
from bot.replies.normalise import fold
from bot.replies.reading import IntentKind

if TYPE_CHECKING:
    from collections.abc import Mapping


class Mark(StrEnum):
    """Phrases that are no intent of their own, but change what stands beside them."""

    INVENTED = "invented"  # «cứ ghi 100% cho đẹp»
    OTHERS = "others"  # «các chỉ tiêu khác»
    ALL_OF_IT = "all"  # «đều»: the number before counts this too
    TEXT = "text"  # «nội dung»: words, not figures
    ASKING = "asking"  # «mấy giờ», «bao giờ»
    GREETING = "greeting"  # spoken to a person, not for the report


_SAID: Mapping[IntentKind | Mark, str] = {
    IntentKind.SAME_AS_LAST: """
        như tuần trước | như kỳ trước | như tuần rồi | như tuần vừa rồi | như lần trước | như cũ | như trước | vẫn thế
        vẫn vậy | vẫn như cũ | vẫn như tuần trước | vẫn như trước | y như tuần trước | y nguyên | giống tuần trước
        giống như tuần trước | bằng tuần trước | không đổi | ko đổi | k đổi | kg đổi | chưa đổi | không thay đổi
        ko thay đổi | k thay đổi | chưa thay đổi | không có thay đổi | ko có thay đổi | chưa có thay đổi
        không có gì thay đổi | ko có gì thay đổi | k có gì thay đổi | chưa có gì thay đổi | không có gì mới
        ko có gì mới | giữ nguyên | giữ như tuần trước | giữ số tuần trước | lấy số tuần trước | lấy như tuần trước
        không có biến động | ko có biến động | không biến động | ko biến động | không tăng không giảm
        không tăng thêm | không tăng | ko tăng | vẫn giữ nguyên | vẫn không đổi | vẫn không thay đổi
        ổn định như tuần trước | số cũ
        vẫn số cũ | theo số tuần trước | như báo cáo trước | như báo cáo tuần trước | như đợt trước | như hôm trước
        như số cũ | như số tuần trước | như tuần trc | giống lần trước | giống kỳ trước | không có gì khác
        ko có gì khác | vẫn giữ như cũ | vẫn giữ | bằng với tuần trước | chưa có biến động | k biến động | như bc trước
    """,
    IntentKind.NO_DATA: """
        chưa có số liệu | chưa có số | ko có số liệu | không có số liệu | k có số liệu | chưa có sl | chưa có dữ liệu
        chưa có kết quả | chưa có báo cáo | chưa tổng hợp được | chưa tổng hợp xong | chưa tổng hợp | đang tổng hợp
        chưa rõ | chưa nắm được | chưa biết | chưa chốt được | chưa chốt | đang chờ số liệu | đang chờ số
        chờ số liệu | đang xin số | chưa xin được số | chưa lấy được số | không rõ | ko rõ | chưa thống kê
        đang thống kê | đang rà soát số liệu | chưa có con số | chưa cập nhật được
    """,
    IntentKind.NOTHING_OCCURRED: """
        không phát sinh gì | ko phát sinh gì | không phát sinh | ko phát sinh | k phát sinh | kg phát sinh
        chưa phát sinh | không ps | ko ps | k ps | không có phát sinh | ko có phát sinh | k có phát sinh
        không có gì | ko có gì | k có gì | không có gì phát sinh | ko có gì phát sinh | k có gì phát sinh
        không có phát sinh gì | ko có phát sinh gì | không phát sinh gì mới | ko phát sinh gì mới
    """,
    IntentKind.CORRECTION: """
        à nhầm | ah nhầm | à quên | nhầm | đính chính | sửa lại | xin sửa | sửa thành | sửa là | gõ nhầm | ghi nhầm
        báo nhầm | à không | ý em là | ý là | mới đúng | lộn | à lộn | chính xác là | phải là
    """,
    IntentKind.THANKS: "cảm ơn | cám ơn | thanks | thank | tks | cảm ơn nhiều",
    IntentKind.FORWARDED_ELSEWHERE: "gọi thẳng | hỏi thẳng | hỏi giúp | liên hệ | hỏi anh | hỏi chị | hỏi đồng chí",
    Mark.INVENTED: """
        cứ ghi | ghi đại | ghi đại là | ghi cho đẹp | ghi tạm | cứ điền | điền đại | cứ để | cho đẹp | cho đủ | cho có
    """,
    Mark.OTHERS: """
        các chỉ tiêu khác | các số khác | các chỉ tiêu còn lại | các số còn lại | còn lại | số khác | mục khác
        các mục khác | các mục còn lại | những cái khác | cái khác | các cái khác | mấy cái kia | mấy cái khác
        các chỉ số khác | còn lại thì | phần còn lại | mấy số còn lại | còn các số khác
        số liệu khác | các số liệu khác | các số liệu còn lại | tất cả | hết
        những số còn lại | các nội dung khác
    """,
    Mark.ALL_OF_IT: "đều | tất cả đều | toàn bộ",
    Mark.TEXT: """
        nội dung | phần lời | phần chữ | đoạn văn | đoạn | phần nội dung | việc đã làm | phần việc đã làm | lời văn
        phần văn
    """,
    Mark.ASKING: """
        mấy giờ | bao giờ | khi nào | ở đâu | thế nào | cho hỏi | hỏi chút | là gì | sao vậy | không em | hả em
        được không nhỉ | bao nhiêu rồi | bao nhiêu nhỉ | bao nhiêu vậy | là bao nhiêu
    """,
    Mark.GREETING: """
        kính gửi | trân trọng | em chào | chào anh | chào chị | chào em | em gửi | gửi số liệu | em xin báo cáo | đt
        sđt | có gì anh | có gì chị
    """,
}


def _spellings(word: str) -> frozenset[str]:
    return frozenset({*tone_placements(word), fold(word)})


_Said = tuple[tuple[frozenset[str], ...], IntentKind | Mark]


def _table() -> dict[str, dict[str, list[_Said]]]:
    found: dict[str, dict[str, list[_Said]]] = {}
    for kind, said in _SAID.items():
        for phrase in said.replace("\n", "|").split("|"):
            marked = phrase.split()
            if marked:
                first, second = [*map(fold, marked[:2]), ""][:2]
                found.setdefault(first, {}).setdefault(second, []).append((tuple(map(_spellings, marked)), kind))
    for by_second in found.values():
        for second, entries in by_second.items():
            entries.sort(key=lambda entry: -len(entry[0]))
            if second:
                entries.extend(by_second.get("", ()))
    return found


TEXT_WORDS = tuple(fold(words.strip()) for words in _SAID[Mark.TEXT].replace("\n", "|").split("|") if words.strip())
PHRASES = _table()
"""By the first and second word, folded: the ways each may be written, and what the phrase says; the longest first. A
phrase of one word stands under "", and behind those of more that begin with it."""
