"""What respondents read, in the order of a week."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.decisions.lines import Line, Lines, Mark
from tests.examples.week import (
    ALL_GIVEN,
    CATTLE,
    CROPS,
    DISBURSED,
    ECONOMY,
    FRUIT,
    FRUIT_AREA,
    GREENS,
    HEALTH,
    HERBS,
    LAND,
    MAIZE,
    OWED_EARLY,
    OWED_LATE,
    POLICE,
    RICE,
    SATURDAY,
    THURSDAY,
    VETERANS,
    VETERANS_OWE,
    Example,
    asked,
    at,
    given,
    owed,
)

HEALTH_UNIT, VETERANS_UNIT, MILITARY = "Trạm Y tế", "Hội CCB", "Ban CHQS xã"
FEW = (owed(1, "Trồng trọt", "dược liệu", "cây ăn quả", "quả thu hoạch"),)
TWO_LEFT = (owed(0, "Bảo trợ xã hội", "quyết định trợ cấp trong tuần", "đối tượng được chi trả"),)
CARRIED = tuple(
    given(label, value, "%", mark=Mark.CARRIED)
    for label, value in (("y tế đỡ", "100"), ("khám thai", "86.9"), ("sơ sinh", "95.7"), ("thấp còi", "24.19"))
)
ZEROS = tuple(
    given(label, "0", mark=Mark.ZERO) for label in ("dịch bệnh lớn", "ngộ độc thực phẩm", "tình huống khẩn cấp")
)
VISITS = {
    "id": "problem/period_mismatch",
    "label": "lượt khám",
    "value": "1009",
    "total_last": 3030,
    "total_now": 3177,
    "month": 5,
}

BEFORE = {"value": Decimal(549), "name": "Hùng", "at": at(4, 9, 5)}
SOURCE = {
    "week": "2026-W23",
    "label": "lúa mùa",
    "measure": "ha",
    "value": Decimal(560),
    "withdrawn": False,
    "name": "Hùng",
    "at": at(5, 14, 2),
    "quote": "nhầm, lúa mùa 560",
    "why": "",
}

RESPONDENT: dict[str, tuple[Example, ...]] = {
    "enrol_welcome": (
        Example({"post": "Trưởng phòng, người báo cáo", "prompt_at": THURSDAY}),
        Example({"post": "Phó Bí thư Thường trực"}, "leader", reader="Thắng", unit="Văn phòng Đảng ủy"),
    ),
    "enrol_done": (Example({"prompt_at": THURSDAY}), Example({}, "leader", reader="Thắng", unit="Văn phòng Đảng ủy")),
    "enrol_waiting": (Example(reader="Lan"),),
    "prompt_dense": (Example({"sections": ECONOMY, "now": THURSDAY}),),
    "prompt": (
        Example(
            {
                "sections": HEALTH,
                "example": "khám 150 lượt, không có dịch, ngộ độc; các tỷ lệ như tuần trước",
                "now": THURSDAY,
            },
            reader="Dung",
            unit=HEALTH_UNIT,
        ),
        Example({"sections": POLICE, "strict": True}, "strict", reader="Páo", unit="Công an xã"),
        Example(
            {
                "sections": (
                    Lines(
                        0,
                        "Hội Nông dân",
                        (
                            asked("hộ được vay vốn", "hộ", "2", flow=True),
                            asked("số tiền vay", "triệu đồng", "100", flow=True),
                            asked("chi hội đã khảo sát", "chi hội", "12", "20"),
                            asked("văn bản ban hành", "văn bản", "3", flow=True),
                        ),
                        zeros=("hội viên đề nghị danh hiệu",),
                    ),
                ),
                "footnote": True,
            },
            "a paragraph of a footnote",
            reader="Sính",
            unit="Hội Nông dân",
        ),
    ),
    "prompt_text": (
        Example({"topics": "giám sát, thẩm tra, dự họp"}, reader="Chải", unit="Ban KT-NS HĐND"),
        Example({"topics": "giám sát, dự họp", "also": ("Ban VH-XH HĐND",)}, "two units", reader="Chải"),
    ),
    "more": (Example(),),
    "receipt": (
        Example(
            {
                "scope": "Trồng trọt",
                "lines": (replace(RICE, pct=Decimal("84.5")), MAIZE, GREENS, HERBS, FRUIT_AREA, FRUIT),
                "asked": 6,
                "narrative": True,
                "missing": OWED_EARLY,
            }
        ),
        Example(
            {"scope": "Trồng trọt", "lines": (RICE,), "missing": OWED_EARLY, "waiting": ("giải ngân",)},
            "a question is still open",
        ),
        Example(
            {
                "scope": "Phòng Kinh tế",
                "lines": (
                    RICE,
                    MAIZE,
                    GREENS,
                    given("gia súc", "11468", "con", plan="15200", pct="75.45", mark=Mark.CARRIED),
                    given("gia cầm", "55000", "con", plan="86000", pct="63.95", mark=Mark.CARRIED),
                    given("ổ dịch", "0", mark=Mark.ZERO),
                ),
                "missing": FEW,
                "can_same": True,
            },
            "terse",
        ),
        Example({"scope": "Phòng Kinh tế", "lines": (), "narrative": True, "missing": OWED_LATE}, "words only"),
    ),
    "receipt_dense": (
        Example({"sections": ALL_GIVEN[:3], "narrative": True, "missing": OWED_LATE}),
        Example({"sections": ALL_GIVEN[:3], "file": "baocao_tuan23.docx", "missing": OWED_LATE}, "from a file"),
    ),
    "receipt_question": (
        Example(
            {
                "scope": HEALTH_UNIT,
                "lines": (*ZEROS, *CARRIED),
                "asked": 11,
                "doubts": (Line("lượt khám", mark=Mark.DOUBT, quote="1009"),),
                "question": VISITS,
            },
            reader="Dung",
            unit=HEALTH_UNIT,
        ),
    ),
    "receipt_complete": (
        Example({"asked": 26, "sections": ALL_GIVEN}),
        Example(
            {"asked": 2, "sections": (Lines(0, "Hội CCB", VETERANS, text=True),)},
            "short",
            reader="Giàng",
            unit=VETERANS_UNIT,
        ),
        Example(
            {"asked": 0, "sections": (Lines(0, "Ban KT-NS", text=True),)},
            "words",
            reader="Chải",
            unit="Ban KT-NS HĐND",
        ),
    ),
    "submitted": (
        Example({"given": 26, "asked": 26, "at": at(5, 14, 5), "on_time": True}),
        Example({"given": 0, "asked": 0, "at": at(5, 15, 20), "on_time": False}, "words, late", reader="Chải"),
    ),
    "submit_incomplete": (Example({"missing": OWED_LATE[-1:]}),),
    "recorded": (Example({"line": DISBURSED}), Example({"line": FRUIT}, "no plan")),
    "no_last_words": (
        Example({"sections": ("công tác tổ chức", "tuyên giáo, dân vận")}, unit="Ban Xây dựng Đảng"),
        Example({"sections": ()}, "one section only", unit="Ban KT-NS HĐND"),
    ),
    "no_data_noted": (
        Example({"labels": ("trẻ thấp còi",), "last": "24.19", "measure": "%"}, reader="Dung", unit=HEALTH_UNIT),
        Example({"labels": ("thu trong tuần", "chi trong tuần", "lũy kế thu địa phương")}, "several"),
    ),
    "carried": (
        Example(
            {
                "lines": [replace(x, mark=Mark.GIVEN) for x in CARRIED],
                "flows": ["lượt khám, chữa bệnh trong tuần"],
            },
            reader="Dung",
            unit=HEALTH_UNIT,
        ),
    ),
    "which_flows": (
        Example(
            {
                "groups": {
                    "usual": ("vụ việc phức tạp", "vi phạm trật tự", "đăng ký xe"),
                    "all": ("vụ việc phức tạp", "vi phạm trật tự", "đăng ký xe", "hồ sơ cư trú", "phiếu CT10"),
                }
            },
            reader="Páo",
            unit="Công an xã",
        ),
    ),
    "amended": (
        Example(
            {"lines": (given("lúa mùa", "560", "ha", plan="650", pct="86.15", old=Decimal(549)),), "in_text": True}
        ),
        Example(
            {
                "lines": (
                    given("lúa mùa", "560", "ha", plan="650", old=Decimal(549)),
                    given("rau", "88", "ha", plan="132", old=Decimal(86)),
                )
            },
            "several",
        ),
    ),
    "amended_locked": (
        Example(
            {"lines": (given("lúa mùa", "560", "ha", old=Decimal(549)),), "approved_at": at(5, 16, 40), "now": SATURDAY}
        ),
    ),
    "edited_read": (Example({"lines": (given("rau", "88", "ha", plan="132", pct="66.67", old=Decimal(86)),)}),),
    "withdrawn": (Example({"line": Line("lúa mùa", unit="ha", old=Decimal(549))}),),
    "undone": (Example({"line": given("lúa mùa", "549", "ha", old=Decimal(560))}),),
    "nothing_to_undo": (Example(),),
    "amend_how": (Example(),),
    "withdraw_how": (Example(),),
    "nothing_stored": (Example({"label": "lúa mùa"}),),
    "send_again": (Example({"labels": ("lượt khám",)}, reader="Dung", unit=HEALTH_UNIT),),
    "ask_one": (
        Example({"n": 3, "total": 26, "section": "Trồng trọt", "line": CROPS.lines[2]}),
        Example(
            {
                "n": 12,
                "total": 26,
                "section": "Đất đai",
                "line": asked("trích lục", "thửa", "1", flow=True),
                "last_answer": replace(CATTLE, change=None),
            },
            "a flow, after an answer",
        ),
        Example(
            {"n": 1, "total": 11, "section": "Y tế", "line": HEALTH[0].lines[4]},
            "a percent",
            reader="Dung",
            unit=HEALTH_UNIT,
        ),
    ),
    "ask_one_end": (Example({"given": 9, "asked": 26, "next": 10}), Example({"given": 24, "asked": 26}, "none left")),
    "missing_list": (
        Example({"missing": OWED_LATE, "can_none": True}),
        Example({"missing": OWED_LATE, "can_none": True, "can_same": True, "quote": "bình thường"}, "words only"),
    ),
    "nothing_new_noted": (
        Example(
            {"printed": "Không phát sinh", "sections": (), "kept": (), "missing": (), "done": True},
            reader="Chải",
            unit="Ban KT-NS HĐND",
        ),
        Example(
            {
                "printed": "Không phát sinh",
                "sections": ("nông thôn mới",),
                "missing": OWED_LATE,
                "kept": ("thiên tai",),
            },
            "a section beside others",
        ),
    ),
    "nothing_missing": (Example(), Example({"confirmed": True}, "handed in")),
    "list_section": (Example({"section": LAND}),),
    "list_all": (
        Example({"sections": HEALTH}, reader="Dung", unit=HEALTH_UNIT),
        Example({"sections": ECONOMY}, "long"),
    ),
    "section_unknown": (Example({"words": "15"}),),
    "stored_view": (
        Example(
            {
                "sections": ALL_GIVEN[:3],
                "sources": [{"name": "Hùng", "at": at(5, 9, 5)}, {"name": "Hùng", "at": at(5, 14, 2)}],
            }
        ),
        Example({"sections": (), "sources": ()}, "nothing yet"),
    ),
    "answer_deadline": (
        Example({"missing": TWO_LEFT}, unit="Phòng VH-XH"),
        Example({"missing": TWO_LEFT, "now": at(5, 16)}, "after it", unit="Phòng VH-XH"),
    ),
    "no_open_period": (Example({"next_prompt": at(11, 8), "now": at(8, 9)}),),
    "promise_noted": (
        Example({"what": "ngân sách", "when": at(5), "quiet_until": at(5, 14), "now": THURSDAY}),
        Example({"when": at(5, 14), "hour_said": True, "quiet_until": at(5, 14), "now": THURSDAY}, "the whole part"),
    ),
    "promise_late": (Example({"when": at(6)}, reader="Giàng", unit=VETERANS_UNIT),),
    "extension_how": (Example({"hours": (at(5, 16, 0), at(5, 17, 0), at(8, 9, 0))}, reader="Tài", unit=MILITARY),),
    "extension_asked": (
        Example({"until": at(5, 16)}, reader="Tài", unit=MILITARY),
        Example({"until": at(5, 16), "also": (VETERANS_UNIT,)}, "two units", reader="Tài", unit=MILITARY),
    ),
    "extension_granted": (Example({"until": at(5, 16), "remind_at": at(5, 15, 30)}, reader="Tài", unit=MILITARY),),
    "extension_refused": (Example({"submit_at": at(5, 16)}, reader="Tài", unit=MILITARY),),
    "reminder_extension": (
        Example(
            {"now": at(5, 15, 30), "until": at(5, 16), "missing": (owed(0, "Quân sự", "vụ việc phức tạp"),)},
            reader="Tài",
            unit=MILITARY,
        ),
    ),
    "deadline_moved": (
        Example(
            {
                "period": "2026-W18",
                "old_due": at(1, 15, month=5),
                "reason": "holiday",
                "why": "Quốc tế Lao động",
                "new_due": at(29, 15, month=4),
                "new_prompt": at(28, 8, month=4),
                "now": at(22, 9, month=4),
            }
        ),
        Example(
            {"old_due": at(5, 15), "reason": "office", "why": "họp tỉnh", "new_due": at(5, 16, 30)}, "by the office"
        ),
    ),
    "reminder_1": (
        Example({"silent": True, "given": 0, "asked": 2, "missing": VETERANS_OWE}, reader="Giàng", unit=VETERANS_UNIT),
        Example({"silent": False, "given": 19, "asked": 26, "missing": OWED_LATE}, "partial"),
        Example({"silent": True, "given": 0, "asked": 18, "missing": OWED_EARLY, "also": ("Hội CCB",)}, "silent, long"),
    ),
    "reminder_2": (Example({"now": at(5, 8), "missing": OWED_LATE}),),
    "reminder_last": (
        Example(
            {"now": at(5, 14), "missing": VETERANS_OWE, "superior": "Thắng", "escalate_at": at(5, 15, 30)},
            reader="Giàng",
            unit=VETERANS_UNIT,
        ),
    ),
    "nudge": (Example({"missing": VETERANS_OWE}, reader="Giàng", unit=VETERANS_UNIT),),
    "escalated_notice": (
        Example({"superior": "Thắng", "grace": 30, "still_until": at(5, 16)}, reader="Giàng", unit=VETERANS_UNIT),
    ),
    "waived": (Example({"why": "đơn vị đi dã ngoại"}, reader="Giàng", unit=VETERANS_UNIT),),
    "passed_to_office": (Example({"person": "Mai"}), Example({}, "no name known")),
    "office_how": (Example(),),
    "office_answer": (Example({"words": "Diện tích ngô tính cả ngô nếp."}),),
    "entered_notice": (Example({"lines": VETERANS, "source": "phone"}, reader="Giàng", unit=VETERANS_UNIT),),
    "figure_source": (
        Example({**SOURCE, "origin": "stated", "before": (BEFORE,)}),
        Example({**SOURCE, "origin": "office", "why": "đo lại", "before": (BEFORE,) * 20}, "amended often"),
        Example({**SOURCE, "origin": "computed", "name": "", "quote": "", "before": ()}, "computed"),
        Example({**SOURCE, "origin": "opening", "name": "", "quote": "", "before": ()}, "from the start"),
        Example({**SOURCE, "origin": "stated", "value": None, "before": ()}, "known to be unknown"),
        Example({**SOURCE, "origin": "stated", "value": None, "withdrawn": True, "before": ()}, "taken back"),
        Example({**SOURCE, "origin": "office", "why": "undone", "before": (BEFORE,)}, "put back"),
    ),
    "source_none": (Example({"week": "2026-W23", "label": "lúa mùa"}),),
    "source_how": (Example(),),
    "amended_notice": (
        Example({"line": given("lúa mùa", "560", "ha", old=Decimal(549)), "why": "Phòng báo qua điện thoại"}),
    ),
    "part_returned": (
        Example(
            {"section": "2.6", "comment": "nhận 68, giải quyết 45 thì không thể còn 22"},
            reader="Sáng",
            unit="TT Hành chính công",
        ),
    ),
    "late_receipt": (
        Example(
            {"lines": VETERANS, "posted_at": at(5, 17), "now": SATURDAY},
            reader="Giàng",
            unit=VETERANS_UNIT,
        ),
    ),
    "late_settled": (
        Example({"version": 2}, reader="Giàng", unit=VETERANS_UNIT),
        Example({}, "next period", reader="Giàng", unit=VETERANS_UNIT),
    ),
    "colleague_sent": (Example({"person": "Lan", "count": 6, "section": "Trồng trọt", "missing": OWED_EARLY}),),
    "address_ask": (
        Example(
            {
                "forms": [
                    {"key": w, "label": w} for w in ("đồng chí", "anh", "chị", "cô", "chú", "bác", "thầy", "ông", "bà")
                ]
            }
        ),
    ),
    "address_set": (Example({"word": "chị"}),),
    "data_notice": (Example(),),
    "unread_ack": (
        Example({"quote": "Đã rà soát các điểm sạt lở, đôn đốc nộp quỹ"}),
        Example({"quote": "tôi không phải hội ccb", "may_pass_on": True}, "may be for a person", unit=VETERANS_UNIT),
    ),
    "secret_refused": (Example({"deleted": True}, reader="Páo", unit="Công an xã"), Example({}, "not deleted")),
    "question_again": (Example({"question": VISITS}, reader="Dung", unit=HEALTH_UNIT),),
    "choice_stale": (Example({"question": VISITS}, reader="Dung", unit=HEALTH_UNIT), Example({}, "no question open")),
    "pick_indicator": (
        Example(
            {
                "words": "thu ngân sách",
                "candidates": [
                    {"key": "a", "label": "Thu trên địa bàn"},
                    {"key": "b", "label": "Thu địa phương"},
                ],
            }
        ),
    ),
    "indicator_unknown": (Example({"words": "lúa chiêm", "near": ("lúa mùa",)}),),
    "not_allowed": (Example(),),
    "closed": (
        Example({"what": "question"}),
        Example({"what": "walk"}, "walk"),
        Example({"what": "wish"}, "wish"),
        Example({"what": "nothing"}, "nothing"),
    ),
    "too_many": (Example(),),
    "outage_apology": (
        Example({"from": at(5, 9, 10), "to": at(5, 11, 25), "now": at(5, 11, 30)}),
        Example({"from": at(3, 22, 45), "to": at(4, 11, 25), "now": at(5, 11, 30)}, "over more than a day"),
    ),
    "help_respondent": (Example(),),
}
