from __future__ import annotations

import json
import unicodedata

import pytest

from bot.replies.secrecy import looks_classified
from handlers.happened import REFUSED
from handlers.inbound import screened

SECRET = [
    "MẬT\nBáo cáo tình hình",
    "TUYỆT MẬT: kế hoạch tác chiến",
    "[TỐI MẬT] danh sách",
    "Gửi anh văn bản mật số 12",
    "tài liệu tối mật của công an",
    "độ mật: A",
    unicodedata.normalize("NFD", "MẬT - vụ việc ở thôn"),
    "Độ mật: Tối mật",
    "độ mật: MẬT",
    "Tuyệt mật: kế hoạch tác chiến",
    "tuyet mat",
    "TUYET MAT: ke hoach tac chien",
    "TOI MAT",
    "toi mat: danh sach",
    "do mat: toi mat",
    "T U Y Ệ T  M Ậ T",
    "M Ậ T\nBáo cáo",
    "TUYỆT-MẬT",
    "TUYỆT\u00a0MẬT",
    "M\u200bẬT\nSố 12",
    "Số: 12-BC/MẬT",
    "(MẬT)",
    "MẬT – HỎA TỐC",
    "[Mật] danh sách đối tượng",
    "Mật: danh sách đối tượng",
    "Mật\nBáo cáo tình hình an ninh",
    "Điện mật số 3",
    "kế hoạch mật về khu vực biên giới",
    "BÁO CÁO MẬT",
    "tai lieu mat ve vu an",
    "van ban mat so 12",
    "\u041c\u1eacT",
]
HARMLESS = [
    "giữ bí mật nhà nước",
    "BẢO MẬT THÔNG TIN và BÍ MẬT NHÀ NƯỚC",
    "thu hoạch mật ong 200 lít",
    "phối hợp mật thiết với các thôn",
    "mật độ dân số 45 người/km2",
    "tuyên truyền Luật Bảo vệ bí mật nhà nước",
    "lúa mùa 549/650 ha",
    "NƯỚC MẬT MÍA 20 lít",
    "mật mía 30 lít, mật 20 lít",
    "ĐÀN ONG MẬT 300 đàn",
    "SẢN LƯỢNG MẬT: 200 lít",
    "nuôi ong lấy mật",
    "viêm túi mật 3 ca, SỎI MẬT 1 ca",
    "MẬT ĐỘ rừng",
    "mật khẩu, mật gấu",
    "công tác bảo vệ tài liệu mật thực hiện đúng quy định",
    "không có văn bản mật phát sinh",
    "mat ong 200 lit, mat do 45 nguoi",
    "ra mat chi hoi, mat tran to quoc",
    "toi mat 3 con bo",
    "ho so mat 2 bo",
    "MẶT TRẬN TỔ QUỐC",
    "MAT TRAN TO QUOC",
    "Mật",
]


@pytest.mark.parametrize("text", SECRET)
def test_markings_of_secrecy_are_seen(text: str) -> None:
    assert looks_classified(text)


@pytest.mark.parametrize("text", SECRET)
@pytest.mark.parametrize("is_escaped", [True, False])
def test_nothing_of_a_secret_text_passes_the_gate_however_it_is_written(text: str, *, is_escaped: bool) -> None:
    passed = screened(json.dumps({"text": text, "entities": [{"text": text}]}, ensure_ascii=is_escaped))
    assert json.loads(passed)["text"] == ""
    assert json.loads(passed)[REFUSED]


def test_a_person_may_be_called_so() -> None:
    told = json.dumps({"from": {"first_name": "MẬT"}, "text": "lúa mùa 549"}, ensure_ascii=False)
    assert screened(told) == told


@pytest.mark.parametrize("text", HARMLESS)
def test_everyday_words_are_no_secret(text: str) -> None:
    assert not looks_classified(text)
