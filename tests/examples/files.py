"""Example data of what is said about files and pictures that people send."""

from __future__ import annotations

from tests.examples.week import Example, at

FILES: dict[str, tuple[Example, ...]] = {
    "media_noted": (
        Example({"kind": "photo"}),
        Example({"kind": "voice"}, "voice"),
        Example({"kind": "other", "caption": True}, "words beside it"),
    ),
    "file_unreadable": (Example({"channel": "Zalo", "at": at(5, 9, 20)}, reader="Sính", unit="Hội Nông dân"),),
    "file_refused": (
        Example({"name": "baocao.pdf", "words": "Tệp bị hỏng hoặc chưa tải lên hết. Xin gửi lại."}),
        Example({"name": "bao cao tuan 23 phong kinh te ban cuoi.docx", "words": "Tệp có mật khẩu."}, "a long name"),
    ),
    "file_waits": (
        Example({"name": "baocao.docx"}),
        Example({"name": "bao cao tuan 23 phong kinh te ban cuoi.docx"}, "a long name"),
    ),
    "file_remarks": (
        Example(
            {"name": "baocao.xlsx", "remarks": ["Trang tính ẩn, không đọc: Tuần 22.", "Có hình, chưa đọc được chữ."]}
        ),
        Example(
            {"name": "bao cao tuan 23 phong kinh te ban cuoi.docx", "remarks": ["Có chữ ẩn, không đọc."]}, "a long name"
        ),
    ),
}
