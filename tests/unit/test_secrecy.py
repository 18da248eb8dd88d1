from __future__ import annotations

import unicodedata

import pytest

from bot.replies.secrecy import looks_classified

SECRET = [
    "MẬT\nBáo cáo tình hình",
    "TUYỆT MẬT: kế hoạch tác chiến",
    "[TỐI MẬT] danh sách",
    "Gửi anh văn bản mật số 12",
    "tài liệu tối mật của công an",
    "độ mật: A",
    unicodedata.normalize("NFD", "MẬT - vụ việc ở thôn"),
]
HARMLESS = [
    "giữ bí mật nhà nước",
    "BẢO MẬT THÔNG TIN và BÍ MẬT NHÀ NƯỚC",
    "thu hoạch mật ong 200 lít",
    "phối hợp mật thiết với các thôn",
    "mật độ dân số 45 người/km2",
    "tuyên truyền Luật Bảo vệ bí mật nhà nước",
    "lúa mùa 549/650 ha",
]


@pytest.mark.parametrize("text", SECRET)
def test_markings_of_secrecy_are_seen(text: str) -> None:
    assert looks_classified(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_everyday_words_are_no_secret(text: str) -> None:
    assert not looks_classified(text)
