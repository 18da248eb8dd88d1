"""Whether a text looks like a state secret: such text is refused before anything of it is stored.

Markings of secret documents are «TUYỆT MẬT», «TỐI MẬT», in any case, with or without diacritics; «MẬT» where it stands
alone, in capitals or on a line of its own; a level («độ mật: …»); a kind of document («công văn mật số 12»).
Everyday words are not meant: «bí mật», «mật ong», «nước mật mía», «mật thiết», «quản lý tài liệu mật».
When in doubt it refuses: the sender can take the mark away and send again.
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТХаеорсх", "ABEKMHOPCTXaeopcx")
_SPREAD = re.compile(r"(?<!\w)(?:\w[ .]){2,}\w(?!\w)")  # «M Ậ T»
_GAP = r"[\s_.-]*"

_BEFORE_HONEY = (
    "ong|sỏi|túi|lấy|lượng|nước|quay|thu|thu hoạch|bí|bảo|giải|cơ|viêm|dịch|nấu|làm|đường|lít|kg|bán|mua|bỏ phiếu"
)
_BEHIND_HONEY = "ong|mía|thiết|độ|khẩu|vụ|danh|hoa|gấu|lợn|heo|trăn|rừng|ngọt|rỉ|mã"
_HARMLESS = re.compile(
    rf"\b(?:{_BEFORE_HONEY}) mật\b(?! (?:nhà nước )?độ mật)|\bmật (?:{_BEHIND_HONEY})\b(?! mật)",
    re.IGNORECASE,
)
# Of all secrecy only its name: how such papers are kept is no secret, nor that there were none.
_ABOUT = re.compile(
    r"\b(?:không|quản lý|bảo vệ|bảo quản|công tác|quy định|lưu trữ|chế độ|sử dụng|giải)\b[^.;:\n]{0,40}?"
    r"\b(?:tài liệu|văn bản|công văn|hồ sơ)\s+(?:tuyệt |tối )?mật\b",
    re.IGNORECASE,
)
_TOP = re.compile(
    rf"\b(?:tuyệt{_GAP}mật|tuyet{_GAP}mat|tối{_GAP}mật|thượng{_GAP}mật)\b|\bTOI{_GAP}MAT\b(?=\s*(?:$|[\])\"”:;.,*-]))"
    rf"|^[\s\[(\"“*-]*toi{_GAP}mat\b(?=\s*(?:$|[\])\"”:;*-]))",
    re.IGNORECASE | re.MULTILINE,
)
_MARK = re.compile(
    r"(?:^|(?<=[\s\[(\"“:;.,!*/_-]))MẬT(?=\s*(?:$|[\s\])\"”:;.,!*/_-]))|(?:^|[\[(*])\s*MAT\s*(?:$|[\])*])", re.MULTILINE
)
_ALONE = re.compile(
    r"^\W*mật\W*\n|\n\W*mật\W*$|^\W*mật\s*[\])]|^\W*mật\s*:\s*(?!\d)", re.IGNORECASE | re.MULTILINE
)  # a name may be all of a message
_LEVEL = re.compile(
    r"\b(?:độ|dấu|tài liệu|văn bản|công văn|hồ sơ|báo cáo|kế hoạch|phương án|điện|tờ trình|danh sách)\s+"
    r"(?:chỉ |độ |tuyệt |tối )*mật\b"
    r"|\b(?:do|dau)\s+(?:chi\s+do\s+)?mat\s*:\s*(?:tuyet\s+|toi\s+)?mat\b"
    r"|\b(?:tai lieu|van ban|cong van)\s+(?:toi\s+)?mat\b(?=\s*(?:$|[:;.,)\]-]|so\b|ngay\b|ve\b|cua\b))",
    re.IGNORECASE | re.MULTILINE,
)


def looks_classified(text: str) -> bool:
    """True for markings of secrecy."""
    plain = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_LOOK_ALIKE)
    plain = _SPREAD.sub(lambda found: re.sub(r"[ .]", "", found[0]), plain)
    lower = plain.lower()
    if "mật" not in lower and "mat" not in lower:
        return False
    if _TOP.search(plain):
        return True
    plain = _ABOUT.sub(" ", _HARMLESS.sub(" ", re.sub(r"[^\S\n]+", " ", plain)))
    return any(rule.search(plain) for rule in (_MARK, _ALONE, _LEVEL))
