"""Whether a text looks like a state secret: such text is refused before anything of it is stored.

Markings of secret documents stand in capitals and alone: «MẬT», «TỐI MẬT», «TUYỆT MẬT», or as a level («độ mật»).
Everyday words are not meant: «bí mật», «mật ong», «mật thiết», «bảo mật».
"""

from __future__ import annotations

import re
import unicodedata

_MARK = re.compile(
    r"(?<![\w])(?:TUYỆT\s+MẬT|TỐI\s+MẬT|(?:^|(?<=[\s\[(\"“:;.,!*-]))MẬT(?=\s*(?:$|[\s\])\"”:;.,!*-])))",
    re.MULTILINE,
)
_LEVEL = re.compile(
    r"(?:độ|dấu|tài liệu|văn bản|công văn|hồ sơ)\s+(?:tuyệt |tối )?mật\b(?!\s*(?:ong|thiết|độ))", re.IGNORECASE
)
_HARMLESS = re.compile(r"(?:BÍ|BẢO)\s+MẬT|MẬT\s+(?:ONG|THIẾT|ĐỘ|KHẨU|VỤ)")


def looks_classified(text: str) -> bool:
    """True for markings of secrecy. When in doubt it refuses: the sender can take the mark away and send again."""
    composed = unicodedata.normalize("NFC", text)
    plain = _HARMLESS.sub(" ", composed)
    return _MARK.search(plain) is not None or _LEVEL.search(plain) is not None
