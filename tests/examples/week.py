"""Moments, people and figures of the demo week that several messages share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.decisions.lines import Line, Lines, Mark
from bot.facts import Qualifier

if TYPE_CHECKING:
    from collections.abc import Mapping

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, hour: int = 0, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


THURSDAY, FRIDAY, SATURDAY, MONDAY = at(4, 8), at(5, 9, 40), at(6, 8, 10), at(8, 9, 30)
DEADLINE = at(5, 15)


@dataclass(frozen=True, slots=True)
class Example:
    """One message with its inputs. `scene` tells apart several of one message."""

    data: Mapping[str, object] = field(default_factory=dict)
    scene: str = ""
    reader: str = "Hùng"
    unit: str = "Phòng Kinh tế"

    @property
    def inputs(self) -> dict[str, object]:
        common = {"unit": self.unit, "office": "Văn phòng", "period": "2026-W23", "deadline": DEADLINE, "now": FRIDAY}
        return {**common, **self.data}


def asked(label: str, unit: str, last: str | None = None, plan: str | None = None, *, flow: bool = False) -> Line:
    return Line(label, unit=unit, last=Decimal(last) if last else None, plan=Decimal(plan) if plan else None, flow=flow)


def given(label: str, value: str, unit: str = "", *, plan: str = "", pct: str = "", change: str = "", **other) -> Line:
    def number(text: str) -> Decimal | None:
        return Decimal(text) if text else None

    return Line(label, Decimal(value), unit, number(plan), number(pct), number(change), **other)


def owed(n: int, short: str, *labels: str, text: bool = False, number: str = "") -> Lines:
    return Lines(n, short, tuple(Line(label, mark=Mark.MISSING) for label in labels), text=text, number=number)


RICE = given("lúa mùa", "549", "ha", plan="650", pct="84.46", change="19")
MAIZE = given("ngô", "1110", "ha", plan="1110", pct="100")
GREENS = given("rau", "86", "ha", plan="132", pct="65.15", change="2")
HERBS = given("dược liệu", "64.5", "ha", plan="120", pct="53.75", change="2.5")
FRUIT_AREA = given("cây ăn quả", "581", "ha")
FRUIT = given("quả thu hoạch", "2", "tấn", change="0.5", qualifier=Qualifier.ABOUT)
CATTLE = given("gia súc", "11488", "con", plan="15200", pct="75.58", change="20")
POULTRY = given("gia cầm", "54913", "con", plan="86000", pct="63.85", change="-87")
DISBURSED = given("giải ngân", "1000", "triệu đồng", plan="21070", pct="4.75")

CROPS = Lines(
    1,
    "Trồng trọt",
    (
        asked("lúa mùa", "ha", "530", "650"),
        asked("ngô", "ha", "1110", "1110"),
        asked("rau", "ha", "84", "132"),
        asked("dược liệu", "ha", "62", "120"),
        asked("cây ăn quả", "ha", "581"),
        asked("quả thu hoạch", "tấn", "1.5", flow=True),
    ),
    text=True,
    unit="ha",
    number="1.1.a",
)
LAND = Lines(
    6,
    "Đất đai",
    (
        asked("trích lục trong tuần", "thửa", "1", flow=True),
        asked("trích đo trong tuần", "thửa", "0", flow=True),
        asked("nhận chuyển mục đích", "hồ sơ", "0", flow=True),
        asked("cấp giấy lần đầu", "giấy", "28", "50"),
        asked("cấp đổi", "giấy", "1", "1"),
        asked("biến động", "giấy", "11", "10"),
        asked("chuyển mục đích đã trả", "hồ sơ", "1"),
        asked("đang giải quyết", "hồ sơ", "1"),
    ),
    zeros=("vi phạm đất đai", "bổ sung bảng giá đất"),
    number="1.2.b",
)
ECONOMY = (
    CROPS,
    Lines(
        2,
        "Chăn nuôi",
        (asked("gia súc", "con", "11468", "15200"), asked("gia cầm", "con", "55000", "86000")),
        zeros=("ổ dịch",),
        unit="con",
    ),
    Lines(3, "Lâm nghiệp", (asked("trồng rừng", "ha", "8", "56"),)),
    Lines(4, "Phòng chống thiên tai", text=True),
    Lines(5, "Xây dựng", (asked("giải ngân", "triệu đồng", "1000", "21070"),), zeros=("vi phạm trật tự",)),
    LAND,
    Lines(7, "Môi trường", (asked("kiểm tra bãi rác", "lần", "1", flow=True),)),
    Lines(8, "Nông thôn mới", text=True),
    Lines(
        9,
        "Ngân sách",
        (
            asked("thu trên địa bàn trong tuần", "triệu đồng", "11", flow=True),
            asked("chi trong tuần", "triệu đồng", "0", flow=True),
            asked("lũy kế thu địa phương", "triệu đồng", "109000"),
        ),
        unit="triệu đồng",
    ),
)
HEALTH = (
    Lines(
        1,
        "Y tế",
        (
            asked("lượt khám, chữa bệnh trong tuần", "lượt", "147", flow=True),
            asked("sinh con được y tế đỡ", "%", "100"),
            asked("khám thai từ 4 lần trở lên", "%", "86.9"),
            asked("trẻ sơ sinh được chăm sóc", "%", "95.7"),
            asked("trẻ thấp còi", "%", "24.19"),
        ),
        zeros=("dịch bệnh lớn", "ngộ độc thực phẩm", "tình huống khẩn cấp"),
        text=True,
    ),
    Lines(
        2,
        "Dân số",
        (asked("biện pháp tránh thai hiện đại", "%", "68.9"), asked("sinh con trước 18 tuổi", "%", "4.3")),
    ),
)
POLICE = (
    Lines(
        0,
        "An ninh, trật tự",
        (
            asked("tin, bài tuyên truyền trên Zalo", "tin, bài", "2", flow=True),
            asked("hồ sơ cư trú trực tuyến", "hồ sơ", "31", flow=True),
            asked("phiếu CT10 gửi đi", "phiếu", "1", flow=True),
            asked("phiếu CT10 trả lời", "phiếu", "27", flow=True),
            asked("cơ sở kinh doanh có điều kiện", "cơ sở", "5"),
        ),
        zeros=("vụ việc phức tạp", "vi phạm trật tự xã hội", "đăng ký xe"),
        text=True,
    ),
)
OWED_LATE = (
    owed(5, "Xây dựng", "giải ngân"),
    owed(6, "Đất đai", "trích lục trong tuần", "trích đo trong tuần", "nhận chuyển mục đích"),
    owed(8, "Nông thôn mới", text=True),
    owed(9, "Ngân sách", "thu trên địa bàn trong tuần", "chi trong tuần", "lũy kế thu địa phương"),
)
OWED_EARLY = (
    owed(2, "Chăn nuôi", "gia súc", "gia cầm", "ổ dịch"),
    owed(3, "Lâm nghiệp", "trồng rừng"),
    owed(4, "Phòng chống thiên tai", text=True),
    owed(5, "Xây dựng", "giải ngân", "vi phạm trật tự"),
    *(s for s in (owed(6, "Đất đai", *(line.label for line in LAND.lines)),)),
    owed(7, "Môi trường", "kiểm tra bãi rác"),
    owed(8, "Nông thôn mới", text=True),
    OWED_LATE[-1],
)
VETERANS_OWE = (owed(0, "Hội CCB", "buổi sinh hoạt", "lượt hội viên tham gia", text=True),)
VETERANS = (given("buổi sinh hoạt", "2", "buổi"), given("lượt hội viên tham gia", "63", "lượt"))
ALL_GIVEN = (
    Lines(1, "Trồng trọt", (RICE, MAIZE, GREENS, HERBS, FRUIT_AREA, FRUIT), unit="ha", text=True),
    Lines(2, "Chăn nuôi", (CATTLE, POULTRY, given("ổ dịch", "0", mark=Mark.ZERO)), unit="con"),
    Lines(3, "Lâm nghiệp", (given("trồng rừng", "10.5", "ha", plan="56", pct="18.75"),)),
    Lines(4, "Phòng chống thiên tai", text=True),
    Lines(5, "Xây dựng", (given("vi phạm trật tự", "0", mark=Mark.ZERO), DISBURSED)),
    Lines(
        6,
        "Đất đai",
        (
            given("vi phạm", "0", mark=Mark.ZERO),
            given("bảng giá đất", "1"),
            given("trích lục", "0"),
            given("trích đo", "0"),
            given("cấp giấy lần đầu", "28", plan="50", pct="56"),
            given("cấp đổi", "1", plan="1", pct="100"),
            given("nhận chuyển mục đích", "0"),
            given("đã trả", "1"),
            given("đang giải quyết", "1"),
            given("biến động", "12", plan="10", pct="120"),
        ),
    ),
    Lines(7, "Môi trường", (given("kiểm tra bãi rác", "1", "lần"),)),
    Lines(8, "Nông thôn mới", text=True),
    Lines(
        9,
        "Ngân sách",
        (
            given("thu trong tuần", "13", "triệu đồng"),
            given("thu địa phương", "109013", "triệu đồng"),
            given("chi", "0"),
        ),
        unit="triệu đồng",
    ),
)
