"""Which words are names of persons: hard cases both ways."""

from __future__ import annotations

import pytest

from bot.replies.persons import masked, persons_in

NAMES = {
    "xử lý đối với ông Nguyễn Văn A tại thôn Pả Chư Tỷ, xã Lùng Phình, trình Thường trực UBND": ["Nguyễn Văn A"],
    "luân chuyển 01 cán bộ (đồng chí Nguyễn Văn B., Phó Ban Xây dựng Đảng)": ["Nguyễn Văn B"],
    "đ/c Hùng đi cơ sở, Đ/c Lò Thị Mai trực": ["Hùng", "Lò Thị Mai"],
    "các đồng chí Giàng Văn Thắng, Vù Thị Mai và Lò Văn Hùng dự họp": ["Giàng Văn Thắng", "Vù Thị Mai", "Lò Văn Hùng"],
    "hộ ông Sùng A Dê, bà Giàng Thị Mỷ ở thôn Nậm Tông": ["Sùng A Dê", "Giàng Thị Mỷ"],
    "Ông Vàng Seo Chư đề nghị cấp giấy": ["Vàng Seo Chư"],
    "công dân Chảo Láo Tả đến trình bày": ["Chảo Láo Tả"],
    "gặp đồng chí Giàng Văn Thắng Phó Bí thư Đảng ủy": ["Giàng Văn Thắng"],
    "đồng chí Trưởng Công an xã Lò Văn Dũng báo cáo": ["Lò Văn Dũng"],
    "Chủ tịch Hoàng Minh Tuấn chủ trì": ["Hoàng Minh Tuấn"],
    "bà LÙ THỊ SÁNG nộp đơn": ["LÙ THỊ SÁNG"],
    "em Giàng Thị Súa bị tai nạn": ["Giàng Thị Súa"],
    "anh Páo và chị Dung": ["Páo", "Dung"],
    "ông Đặng Văn Đ. nhận tiền": ["Đặng Văn Đ"],
    "Mẹ Việt Nam anh hùng Nguyễn Thị Thứ": ["Nguyễn Thị Thứ"],
    "đồng chí Văn Công Hùng dự": ["Văn Công Hùng"],
    "tạm giữ đối tượng Thào A Lử": ["Thào A Lử"],
    "học sinh Đặng Mùi Nái, hộ Phàn Tà Sài": ["Đặng Mùi Nái", "Phàn Tà Sài"],
    "hội viên Giàng Páo vay vốn": ["Giàng Páo"],
    "Phạm Hồng Sơn, sinh năm 1990; Đỗ Hoàng Anh Tuấn (12 tuổi)": ["Phạm Hồng Sơn", "Đỗ Hoàng Anh Tuấn"],
    "phoi hop voi Giang A Phao, Nguyen Van Nam": ["Giang A Phao", "Nguyen Van Nam"],
    "Chảo Sành Phủ, Lý Phù Chìn, Sồng A Chìa, Hoàng Seo Chúng": [
        "Chảo Sành Phủ",
        "Lý Phù Chìn",
        "Sồng A Chìa",
        "Hoàng Seo Chúng",
    ],
    "H'Hen Niê và ông Điểu K'Ré": ["H'Hen Niê", "Điểu K'Ré"],
}
NO_NAMES = (
    "kết luận của đồng chí Tổng Bí Thư, Chủ tịch nước tại buổi làm việc",
    "đồng chí Bí thư Đảng ủy; đồng chí Chủ tịch UBND xã; các đồng chí Ủy viên Ban Thường vụ",
    "đồng chí Phó Chủ tịch Thường trực HĐND xã",
    "rèn luyện thân thể theo gương Bác Hồ vĩ đại",
    "học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh; Đoàn TNCS Hồ Chí Minh",
    "chăm sóc sức khỏe bà mẹ, trẻ em đạt kết quả; trẻ em Mông, trẻ em Lùng Phình",
    "chị em Hội Phụ nữ, anh em Công an xã tham gia",
    "tỉnh Bà Rịa, huyện đảo Cô Tô, huyện Anh Sơn, núi Bà Đen, đường Bà Triệu",
    "Trường THCS Nguyễn Văn Trỗi, đường Nguyễn Thị Minh Khai, huyện Hoàng Su Phì, quỹ Võ Thị Sáu",
    "xã Lùng Phình, xã Si Ma Cai, thôn Pả Chư Tỷ, thôn Nậm Tông, xã Bản Liền",
    "Văn phòng Đảng ủy, Ban Xây dựng Đảng, Ủy ban MTTQ xã, Hội Nông dân, Hội Cựu chiến binh",
    "bà con dân tộc Mông, Dao, Tày",
    "Anh hùng Lực lượng vũ trang; bà mẹ Việt Nam",
    "phụ nữ mang thai; chú trọng công tác phát triển đảng viên",
    "các đồng chí Bí thư chi bộ, Trưởng thôn",
    "Lê lợi, Chu kỳ, Hà Nội, Lâm Đồng, Cao Bằng, Thái Nguyên",
    "ông bà, cha mẹ; cô giáo; thầy thuốc",
    "Hoàng Thu Phố, Thào Chư Phìn, Tả Van Chư, Lùng Cải, thôn Seng Sui",
    "Ha Noi, Lao Cai, Bac Ha, Thai Nguyen, UBND xa Lung Phinh",
    "Lý Thường Kiệt, Trần Quốc Toản, Giải Võ Nguyên Giáp",
    "",
)


@pytest.mark.parametrize("text", NAMES)
def test_persons_are_found(text: str) -> None:
    assert [found.words for found in persons_in(text)] == NAMES[text]
    assert all(text[found.start : found.end] == found.words for found in persons_in(text))


@pytest.mark.parametrize("text", NO_NAMES)
def test_places_posts_and_bodies_are_no_persons(text: str) -> None:
    assert persons_in(text) == ()


def test_names_the_office_lets_stand_are_passed_over() -> None:
    assert persons_in("đồng chí Giàng Văn Thắng và ông Sùng A Dê", ("giàng văn thắng",))[0].words == "Sùng A Dê"


def test_name_becomes_its_initials() -> None:
    assert masked("Nguyễn Văn A") == "N.V.A."
    assert masked("Đặng Thị Ước") == "Đ.T.Ư."
    assert masked("Hùng") == "H."
