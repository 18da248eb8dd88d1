"""Words beside the numbers: which carry a label, which only hold the sentence together, which are short for others.

Knows: everyday Vietnamese of office replies. Does not know: any form.
Keys are written with diacritics where a folded twin means something else («trồng» is no «trong»).
"""

from __future__ import annotations

from bot.replies.normalise import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Grammar alone: left out of labels and replies alike.
_GRAMMAR = "và hoặc hay của các những cho là thì mà ở tại theo với về được đạt có"

# May stand in a label, but is no sign that another matter is spoken of.
_FILLER = """
từ đến tới nay này kia đó đây
tuần kỳ trong thực hiện khoảng ước chừng tầm hơn gần lũy luỹ kế cộng dồn bằng tương đương ứng
nhé ạ em anh chị ơi vâng dạ rồi thôi nha nhá ah ak nhe bác cô chú sếp đồng chí thưa kính gửi trân trọng cảm ơn
xin chào ok oke hihi haha vẫn thế như so vừa qua cũng cả đều cơ bản tiếp tục lại thêm lên xuống chỉ mới
nhầm lộn à ý sửa thành nâng đính chính báo số liệu lượng giao tăng giảm nữa hết lúc giờ ngày tháng năm quý hôm mai
sáng chiều ha tấn kg đvt nhưng song đủ tức vượt mức do bởi vì nên để khi nếu tuy nhiên mỗi một hai cái chiếc lần lượt
chiếm tỷ tỉ lệ tính trên trước sau riêng vào
"""
_FILLER_SHORT = "lk kh th tt dc đc e a c m k ko kg hk nt vs sl dt tr trđ tl ks bc đ"

# The same, nearer to a label.
_LIGHT = """
đang đã còn chưa không tổng địa bàn xã thôn toàn hội nghị công tác việc kết quả nhân dân bà con hộ người
trường hợp cá nhân tổ chức triển khai phối hợp tình hình phát sinh xảy ra ghi nhận phát hiện nào gì khác
đơn vị phòng ban văn phòng ủy uỷ đảng đoàn trạm chỉ tiêu mục phần gồm duy trì hiện ổn định đó xong hoàn thành trồng
cấy gieo làm nhận tiếp diện tích dt vụ mùa sản xuất kinh tế bên mình nhà chúng tôi
"""

GRAMMAR_MARKED = _words(_GRAMMAR)
FILLER_MARKED = _words(_FILLER) | _words(_FILLER_SHORT)
LIGHT_MARKED = _words(_LIGHT)
# Folded twins of label words («trong» of «trồng rừng», «lieu» of «dược liệu») count a little without diacritics.
TWINS = {"trong", "dat", "chi", "lieu", "qua", "dau", "nam", "ban", "tre", "thai", "thu", "vu", "ky", "hop", "hoi"}
GRAMMAR = frozenset(fold(w) for w in GRAMMAR_MARKED)
FILLER = frozenset(fold(w) for w in FILLER_MARKED) - TWINS
LIGHT = (
    (frozenset(fold(w) for w in LIGHT_MARKED) | (TWINS & frozenset(fold(w) for w in FILLER_MARKED))) - FILLER - GRAMMAR
)

# Words of two syllables, one of which alone names something else: «dịch vụ» is no «dịch», «thu về» no «thu».
_OTHER = """
dịch vụ|giao dịch|phiên dịch|dịch chuyển|thu nhập|thu về|thu hút|thu gom|thu mua|thu lãi|thu lợi|thu lượm|thu dọn
thu giữ|thu hồi|thu thập|doanh thu|tịch thu|chi nhánh|chi cục|chi tiết|chi phí|chi viện|chi trả|đào tạo|đào đất|đào ao
đào mương|khám phá|khám nghiệm|khám xét|trả lương|trả nợ|trả lời|trả lại|hoàn trả|đơn vị|đơn giá|đơn hàng|hóa đơn
thực đơn|tin nhắn|tin học|thông tin|tin báo|nguồn tin|bài học|bài tập|bài thơ|bài thi|dự án|dự thảo|tổng mức|dự báo
dự trữ|dự phòng|dự nguồn|dự bị|quốc gia|gia đình|gia hạn|chuyên gia|giấy mời|giấy khen|họp chợ|ký kết|cấp nước
cấp phát
"""
OTHER_WORDS_MARKED = frozenset(_OTHER.strip().replace("\n", "|").split("|"))
OTHER_WORDS = frozenset(map(fold, OTHER_WORDS_MARKED))
OPENS_OTHER_WORD = frozenset(pair.split()[0] for pair in OTHER_WORDS)

_SHORT = {
    "hs": "hồ sơ|học sinh",
    "đt": "đối tượng",
    "vb": "văn bản",
    "hv": "hội viên",
    "nd": "nông dân|nội dung",
    "ng": "người",
    "đv": "đảng viên",
    "cbyt": "cán bộ y tế",
    "cb": "chữa bệnh|cán bộ|chi bộ",
    "cs": "chăm sóc|cơ sở",
    "bptt": "biện pháp tránh thai",
    "xklđ": "xuất khẩu lao động nước ngoài hợp đồng",
    "lđ": "lao động",
    "đk": "điều kiện|đăng ký",
    "kd": "kinh doanh",
    "gplx": "giấy phép lái xe",
    "dvc": "dịch vụ công",
    "qcưt": "quần chúng ưu tú",
    "qc": "quần chúng ưu tú",
    "shđ": "sinh hoạt đảng",
    "sh": "sinh hoạt",
    "csdl": "cơ sở dữ liệu",
    "kntc": "khiếu nại tố cáo",
    "nđtp": "ngộ độc thực phẩm",
    "ttxd": "trật tự xây dựng",
    "ttxh": "trật tự xã hội",
    "antt": "an ninh trật tự",
    "đtc": "đầu tư công",
    "xdcb": "xây dựng cơ bản",
    "ns": "ngân sách",
    "nsđp": "ngân sách địa phương",
    "nsnn": "ngân sách nhà nước",
    "tthc": "thủ tục hành chính",
    "gq": "giải quyết",
    "tn": "tiếp nhận|thanh niên|tốt nghiệp",
    "dl": "dược liệu",
    "caq": "cây ăn quả",
    "gt": "giới thiệu",
    "qđ": "quyết định",
    "nq": "nghị quyết",
    "tb": "thông báo",
    "hn": "hội nghị",
    "gcn": "giấy chứng nhận",
    "qsdđ": "quyền sử dụng đất",
    "sdđ": "sử dụng đất",
    "cmđ": "chuyển mục đích",
    "mđ": "mục đích",
    "bđ": "biến động|bản đồ",
    "pc": "phòng chống",
    "sdd": "suy dinh dưỡng",
    "te": "trẻ em",
    "pn": "phụ nữ",
    "vsmt": "vệ sinh môi trường",
    "btxh": "bảo trợ xã hội",
    "tcxh": "trợ cấp xã hội",
    "xh": "xã hội",
    "kl": "kỷ luật",
    "gs": "giám sát",
    "kt": "kiểm tra",
    "kq": "kết quả",
    "kldv": "kỷ luật đảng viên",
    "cc": "chứng chỉ|công chức",
    "vp": "vi phạm",
    "xd": "xây dựng",
    "xm": "xác minh",
    "ll": "lý lịch",
    "tk": "trong kỳ",
    "qh": "quá hạn",
    "tcđ": "tổ chức đảng",
    "đh": "đúng hạn",
}
ABBREVIATIONS: dict[str, tuple[str, ...]] = {}
for _short, _long in _SHORT.items():
    _expansion = tuple(dict.fromkeys(fold(_long).replace("|", " ").split()))
    ABBREVIATIONS[_short] = _expansion
    ABBREVIATIONS.setdefault(fold(_short), _expansion)
