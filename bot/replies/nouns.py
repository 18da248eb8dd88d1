"""Words that count things, as data.

A count noun is open-ended: these lists help to see where a known one ends («hồ sơ | quá hạn»), and they are the
evidence a lone number word needs («hai hội nghị»). A noun that is not here is still taken as a unit.
"""

from __future__ import annotations

from bot.replies.normalise import Vocabulary, fold, phrases

MEASURES = {
    "ha": "ha",
    "hecta": "ha",
    "hécta": "ha",
    "héc-ta": "ha",
    "hec": "ha",
    "héc": "ha",
    "sào": "sào",
    "mẫu": "mẫu",
    "công": "công",
    "m": "m",
    "mét": "m",
    "km": "km",
    "cm": "cm",
    "mm": "mm",
    "kg": "kg",
    "kí": "kg",
    "g": "g",
    "tấn": "tấn",
    "tạ": "tạ",
    "yến": "yến",
    "lít": "lít",
    "l": "l",
    "kwh": "kWh",
    "kw": "kW",
    "mw": "MW",
    "kva": "kVA",
    "đồng": "đồng",
    "đ": "đồng",
    "vnđ": "đồng",
    "vnd": "đồng",
    "usd": "USD",
    "đô": "USD",
    "độ": "độ",
    "điểm": "điểm",
}
SQUARE_OR_CUBIC = frozenset({"m", "km", "cm", "dm"})

_ONE = """
an ao bài bản báo bàn bát bao bầu bể bến bình bó bò bộ bồn buổi bức bụi
ca cái căn cặp cầu cây chai chậu chi chiếc chợ chòi chuyến cháu cô con cọc cột cổng cơn cú củ cụ cụm cuộc cuốn cung
dãy dự đàn đàm đám đập đèn đêm điểm đình đoàn đoạn đội đợt đôi đơn đường đảo đảng
em
gà gác gian giải giáo giấy giếng giờ giống giường gói gốc góc gùi
hàng hầm hang hạng hạt hầu heo hồ hố hộ hội hòm hòn hộp hụi hũ
kệ kênh kho khâu khẩu khe khóa khoản khoảnh khối khu khung ki kíp kỳ
lá làng lăng lần lễ liều lô lon lồng lò loa loại lớp lợn lối lời luống lượt lều
mái mâm máy mẻ mẹ mỏ môn món mô mùa mũi mương mục
nghề ngôi người ngã ngõ nhà nhánh nhịp nhóm núi nút
ổ ô ông
phai phần phim phiên phiếu phòng phố phường phong pha
quả quán quân quận quầy quê quĩ quỹ quyển
rẫy rọ rừng ruộng
sách sản sân sạp sổ sông suất súng suối
tấm tập tàu thang tháp thẻ thôn thùng thuyền thư thửa thủ tiệm tiêu tiết tin tỉnh tờ tổ toa tòa toà toán
trạm trại trang tranh trâu tre trẻ trường trận trụ trục tủ túi tuyến
vé ván vật vị việc viên vụ vườn vựa vùng
xã xe xóm xưởng ý ấp bầy bè bì bịch bọc bông bút
huyện hs hv đv đt vb ng hsv đtn cs tv tb qđ tcđ đc
"""

_TWO = """
bác sĩ, bài báo, bài thơ, bài viết, ban ngành, bản án, bản đồ, bản tin, báo cáo, bằng khen, băng rôn, bệnh nhân, bệnh
viện, biên bản, biên chế, biển báo, biện pháp, bồ câu, bộ đội, bộ phận, bưu điện, bài giảng, bị can, bị cáo, cá
nhân, cá thể, cán bộ, căn nhà, căn cước, cấp ủy, câu hỏi, câu chuyện, chỉ số, chỉ thị, chỉ tiêu, chi bộ, chi đoàn,
chi hội, chi nhánh, chi
tiết, chi cục, chiến sĩ, chiến sỹ, chiến dịch, chính sách, chủ đề, chủ hộ, chủ trương, chung cư, chuyên đề, chuyên
mục, chức danh, chứng chỉ, chương trình, cơ quan, cơ sở, công an, công chức, công dân, công đoàn, công điện, công
trình, công ty, công nhân, công văn, công việc, cơ hội, cụ già, cuộc họp, cuộc thi, cửa hàng, danh mục, danh sách,
danh hiệu, dân quân, dân tộc, diễn đàn, dịch vụ, doanh nghiệp, dòng họ, dòng sông, du khách, dự án, di tích, dụng cụ,
đại biểu, đại lý, đảng bộ, đảng viên, đảng ủy, đề án, đề tài, đề xuất, đề nghị, địa chỉ, địa phương, địa điểm, đoàn
viên, đối tượng, đối tác, đội viên, đội tuyển, đồng chí, đồng bào, động vật, đơn thư, đơn vị, đồ án, gia cầm, gia
đình, gia súc, giải pháp, giải thưởng, giáo viên, giáo dân, giấy khen, giấy mời, giấy phép, giấy tờ, giảng viên, hạng
mục, hành khách, hành vi, hệ thống, hiện vật, hình thức, hồ sơ, hội nghị, hội thảo, hội thi, hội trường, hội viên, hội
đồng, hoạt động, hòm thư, học sinh, học viên, hợp đồng, hương ước, hướng dẫn, hóa đơn, hàng rào, kế hoạch, kết luận,
kết quả, khách hàng, khán giả, khẩu hiệu, khiếu nại, khoản mục, khu vực, kiến nghị, kỹ sư, lãnh đạo, lao động, lễ hội,
liệt sĩ, loại hình, lồng bè, lượt người, lượt đoàn, lưu học, máy bay, mặt hàng, mặt bằng, mô hình, môn học, môn thi,
mục tiêu, mái ấm, nạn nhân, nghi phạm, nghị định, nghị quyết, nghề nghiệp, nghệ nhân, ngôi nhà, ngày công, nhà máy,
nhà thầu, nhân viên, nhân khẩu, nhiệm vụ, nội dung, nông dân, nông hộ, nữ sinh, nguồn nước, ổ dịch, ô tô, ổ bệnh, phạm
nhân, phần mềm, phần quà, phần việc, phản ánh, phát biểu, phong trào, phóng viên, phòng ban, phương án, phương tiện,
phụ huynh, phụ nữ, quần chúng, quân nhân, quy chế, quy định, quy hoạch, quy trình, quyết định, quỹ đất, quan điểm, sân
bãi, sản phẩm, sáng kiến, sáng chế, siêu thị, sinh viên, sự cố, sự kiện, sự việc, tác giả, tác phẩm, tài khoản, tài
liệu, tài xế, tập thể, tên lửa, thành viên, thành phố, thanh niên, thầy cô, thí sinh, thị trấn, thiết bị, thiếu nhi,
thiếu niên, thông báo, thương binh, thực phẩm, thủ tục, tiêu chí, tiêu chuẩn, tiểu ban, tiểu vùng, tiết học, tiết mục,
tình huống, tin bài, tổ chức, tổ viên, tội phạm, trang trại, trang web, trẻ em, trường hợp, tư liệu, từ
khóa, thành phần, tố cáo, tờ rơi, tờ khai, tờ trình, ủy viên, ứng dụng, ứng viên, văn bản, vấn đề, vật nuôi, vật tư,
vi phạm, vị trí, viên chức, việc làm, video clip, xã viên, xí nghiệp, ý kiến, ý tưởng, yêu cầu, lều trại, nhà hàng,
quán ăn, ngư dân, ngư
cụ, cặp loa
"""

# Longer ones, where stopping after two syllables would cut a word.
_LONGER = """
câu lạc bộ, hợp tác xã, tổ hợp tác, cặp vợ chồng, tổ chức đảng, hộ gia đình, khu dân cư, tổ dân phố, tổ liên gia, lượt
hội viên, lượt đảng viên, lượt học sinh, cựu chiến binh, thanh thiếu nhi, quần chúng ưu tú, cơ sở dữ liệu,
thanh thiếu niên
"""


# Two nouns with a comma between them that count as one, as words and marks follow each other.
_PAIRED = (
    "tin , bài",
    "cán bộ , công chức",
    "cán bộ , đảng viên",
    "gia súc , gia cầm",
    "thôn , bản",
    "ý kiến , kiến nghị",
    "thôn , làng",
    "vụ , việc",
)


ONE = Vocabulary(_ONE)
TWO = phrases(_TWO)
LONGER = phrases(_LONGER)
OPENS_LONGER = frozenset(noun.split()[0] for noun in LONGER)
PAIRED = frozenset(fold(pair) for pair in _PAIRED)
