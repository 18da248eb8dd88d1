"""What a question about a figure is made of, beside the figure's name: «… tuần này thế nào rồi?». Vocabulary only."""

from __future__ import annotations

from bot.replies.normalise import vocabulary

ASKING = vocabulary("""
thế nào rồi bao nhiêu mấy ra sao đến đâu tới hiện giờ nay tuần này trước qua các tháng quý năm số liệu kết quả tiến độ
tình hình chỉ tiêu cho hỏi xem biết diện tích tổng tỷ lệ của là được đạt vậy ạ nhé em anh chị mình xã toàn mới nhất
vừa gần đây lũy kế
""")
