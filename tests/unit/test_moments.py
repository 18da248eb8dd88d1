from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.replies.moments import promised_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
THURSDAY = datetime(2026, 6, 4, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("words", "expected", "hour_said"),
    [
        ("mai em gửi nhé", "2026-06-05T00:00", False),
        ("Ngày mai gửi bổ sung", "2026-06-05T00:00", False),
        ("chiều nay em gửi", "2026-06-04T17:00", True),
        ("khoảng 14h em gửi", "2026-06-04T14:00", True),
        ("3h chieu mai gui", "2026-06-05T15:00", True),
        ("2h em nop", "2026-06-04T14:00", True),
        ("sáng thứ 2 anh gửi", "2026-06-08T11:00", True),
        ("cn em gui", "2026-06-07T00:00", False),
        ("14 giờ 30 thứ sáu", "2026-06-05T14:30", True),
        ("lát nữa gửi", "2026-06-04T00:00", False),
    ],
)
def test_a_promised_time_is_understood(words: str, expected: str, hour_said: bool) -> None:
    found = promised_at(words, THURSDAY, ZONE)

    assert found == (datetime.fromisoformat(expected).replace(tzinfo=ZONE), hour_said)


@pytest.mark.parametrize("words", ["em gửi sau", "đang tổng hợp", "hộ nghèo 12"])
def test_words_without_a_time_promise_none(words: str) -> None:
    assert promised_at(words, THURSDAY, ZONE) is None
