"""What the office, the leaders, the group and strangers read."""

from __future__ import annotations

from decimal import Decimal

from tests.examples.week import (
    DISBURSED,
    MAIZE,
    MONDAY,
    SATURDAY,
    THURSDAY,
    VETERANS,
    Example,
    at,
    given,
    owed,
)

CLERK, LEADER = "Mai", "Thắng"
CCB, MILITARY, SERVICE = "Hội CCB", "Ban CHQS xã", "TT Hành chính công"
AMENDED_RICE = given("lúa mùa", "560", "ha", plan="650", pct="86.15", old=Decimal(549))
DELIVERED = {"units_given": 15, "units": 16, "given": 96, "asked": 98, "gaps": (CCB,), "version": 1}
BALANCE = {"received": 68, "resolved": 45, "pending": 22, "least": 23}
CHECKS = (
    {
        "n": 1,
        "title": "Hồ sơ hành chính",
        "section": "2.6",
        "kind": "balance",
        "data": BALANCE,
    },
    {
        "n": 2,
        "title": "Đơn thư",
        "section": "3.3 và 5.3.d",
        "kind": "same_fact",
        "data": {"values": "0 1"},
    },
    {
        "n": 3,
        "title": "Văn bản số 160",
        "section": "2.5",
        "kind": "period",
        "data": {"document": "160", "day": "2026-05-28"},
    },
)
SOFT = (
    {
        "n": 5,
        "title": "Khám bệnh",
        "section": "2.2.a",
        "kind": "week_vs_average",
        "data": {"week": 1009, "average": 147, "times": "6.9"},
    },
    {"n": 6, "title": "Lao động", "section": "2.3.a", "kind": "bounds", "data": {"value": 100}},
    {
        "n": 7,
        "title": "Đánh giá",
        "section": "III.1",
        "kind": "assessment",
        "data": {"words": "đạt và vượt kế hoạch"},
    },
)
POST = {
    "version": 1,
    "approver": LEADER,
    "approved_at": at(5, 16, 40),
    "units_given": 15,
    "units": 16,
    "gaps": (CCB,),
    "met": (given("đăng ký biến động đất", "12", "giấy", plan="10", pct="120"), MAIZE),
    "behind": (DISBURSED, given("trồng rừng", "10.5", "ha", plan="56", pct="18.75")),
    "elapsed": "43.1",
    "moved": (given("lúa mùa", "549", "ha", plan="650", change="19"), given("thu trên địa bàn", "13", "triệu đồng")),
    "more": ("Hồ sơ hành chính: nhận 68, đúng hạn 44/45, đang giải quyết 22 (2 quá hạn).",),
    "mention": "@Giao Ban",
    "now": at(5, 17),
}

OFFICE: dict[str, tuple[Example, ...]] = {
    "invite_issued": (
        Example(
            {
                "code": "LP7K-4MQ2-XD9T",
                "expires": at(4, 9),
                "link": "t.me/giaoban_lp_bot?start=LP7K4MQ2XD9T",
                "zalo_name": "Bot Giao Ban",
                "now": at(1, 9),
            }
        ),
    ),
    "invite_revoked": (Example({"count": 2}), Example({"count": 0}, "none open")),
    "group_linked": (Example({"group": "Lãnh đạo xã Lùng Phình"}),),
    "already_out": (
        Example({"version": 1, "approved_at": at(5, 16, 40), "posted_at": at(5, 17)}),
        Example({"version": 1, "approved_at": at(5, 16, 40)}, "approved only"),
    ),
    "group_unlinked": (Example({"group": "Lãnh đạo xã Lùng Phình"}),),
    "people": (
        Example(
            {
                "units": [
                    {
                        "unit": "Phòng Kinh tế",
                        "people": [{"name": "Hùng", "channel": "Zalo"}, {"name": "Lan", "channel": "Zalo"}],
                    },
                    {"unit": CCB, "people": []},
                ]
            }
        ),
    ),
    "board": (
        Example(
            {
                "at": at(5, 10, 15),
                "submitted": (
                    "Phòng VH-XH",
                    "VP HĐND-UBND",
                    "Ban KT-NS HĐND",
                    "Ủy ban MTTQ xã",
                    "Hội Nông dân",
                    "Ban Xây dựng Đảng",
                ),
                "total": 16,
                "silent": ({"unit": CCB, "reminded": 2}, {"unit": "Ban VH-XH HĐND", "reminded": 2}),
                "partial": (
                    {
                        "unit": "Phòng Kinh tế",
                        "given": 19,
                        "asked": 26,
                        "places": "5, 6, 8, 9",
                        "note": "",
                        "until": None,
                    },
                    {"unit": "Trạm Y tế", "given": 10, "asked": 11, "places": "", "note": "lượt khám", "until": None},
                    {"unit": MILITARY, "given": 0, "asked": 1, "places": "", "note": "", "until": at(5, 14)},
                ),
                "checks": ({"unit": SERVICE, "title": "lệch 1 hồ sơ"},),
                "complete": ("Đoàn Thanh niên", "Hội Phụ nữ", "UBKT Đảng ủy"),
                "own_given": 5,
                "own_asked": 7,
                "owing": True,
            }
        ),
    ),
    "nudge_sent": (
        Example(
            {"person": "Giàng", "channel": "Telegram", "at": at(5, 10, 20), "count": 3, "last": at(5, 8)}, unit=CCB
        ),
    ),
    "nudged_all": (
        Example({"units": (CCB, "Ban VH-XH HĐND"), "skipped": (MILITARY,)}),
        Example({"units": ()}, "nobody"),
    ),
    "nobody_there": (Example(unit=CCB),),
    "nudge_too_soon": (Example({"last": at(5, 9, 50)}, unit=CCB),),
    "nudge_quiet": (Example({"next": at(5, 7, 30)}, unit=CCB),),
    "entered_for_unit": (Example({"lines": VETERANS}, unit=CCB),),
    "entered_done": (Example({"count": 2, "source": "phone"}, unit=CCB),),
    "part_returned_done": (Example({"person": "Sáng"}, unit=SERVICE),),
    "office_amended": (Example({"line": AMENDED_RICE, "why": "Phòng báo qua điện thoại", "person": "Hùng"}),),
    "plan_confirm": (
        Example({"label": "lúa mùa", "measure": "ha", "old": 650, "new": 600, "pct_old": "84.46", "pct_new": "91.5"}),
    ),
    "plan_recorded": (Example({"label": "lúa mùa", "measure": "ha", "new": 600}),),
    "plan_how": (Example(),),
    "enter_how": (Example(unit=CCB),),
    "checks_list": (Example({"checks": CHECKS, "mild": 3}), Example({"checks": (), "mild": 0}, "none")),
    "checks_more": (Example({"checks": SOFT}),),
    "check_detail": (
        Example(
            {
                "n": 1,
                "title": "Hồ sơ hành chính",
                "section": "2.6",
                "quotes": [
                    {
                        "unit": SERVICE,
                        "person": "Sáng",
                        "at": at(5, 9, 40),
                        "lines": (
                            given("tiếp nhận", "68"),
                            given("đã giải quyết", "45"),
                            given("đang giải quyết", "22"),
                        ),
                        "quote": "",
                        "section": "",
                    }
                ],
                "check": {"kind": "balance", "data": BALANCE},
                "asked_at": at(5, 9, 41),
                "can_ask": True,
                "can_amend": True,
            }
        ),
        Example(
            {
                "n": 2,
                "title": "Đơn thư",
                "section": "3.3 và 5.3.d",
                "quotes": [],
                "check": {"kind": "same_fact", "data": {"values": "0 1"}},
                "asked_at": at(5, 9, 41),
                "answer": "right",
                "can_ask": False,
                "can_amend": True,
            },
            "answered",
        ),
        Example(
            {
                "n": 2,
                "title": "Đơn thư",
                "section": "3.3 và 5.3.d",
                "quotes": [],
                "check": {"kind": "same_fact", "data": {"values": "0 1"}},
                "can_ask": True,
                "can_amend": True,
                "petition": True,
                "ask_units": ("UBKT Đảng ủy",),
                "own": {"place": "3.3", "value": 1},
            },
            "each side",
        ),
    ),
    "return_which": (
        Example({"candidates": ({"key": "a", "label": "Phòng Kinh tế"}, {"key": "b", "label": SERVICE}), "others": 2}),
    ),
    "return_how": (Example(), Example({"unit": CCB}, "one unit")),
    "check_kept": (Example({"n": 1, "why": "có 1 hồ sơ công dân xin rút", "name": CLERK, "left": 3}),),
    "check_unknown": (Example({"n": "12"}),),
    "reason_needed": (Example({"word": "GIỮ 1"}),),
    "extension_request": (
        Example(
            {
                "person": "Tài",
                "until": at(5, 16),
                "missing": (owed(0, "Quân sự", "vụ việc", text=True),),
                "why": "đang kiểm tra ở thôn",
            },
            unit=MILITARY,
        ),
    ),
    "extension_set": (
        Example({"until": at(5, 16), "granted": True}, unit=MILITARY),
        Example({"until": at(5, 16), "granted": False}, "refused", unit=MILITARY),
    ),
    "extension_which": (Example(unit=MILITARY),),
    "waived_done": (Example({"why": "đơn vị đi dã ngoại"}, unit=CCB),),
    "holiday_ahead": (
        Example(
            {
                "period": "2026-W18",
                "days": [
                    {"day": at(27, month=4), "name": "bù Giỗ Tổ Hùng Vương"},
                    {"day": at(30, month=4), "name": ""},
                    {"day": at(1, month=5), "name": ""},
                ],
                "new_prompt": at(28, 8, month=4),
                "new_due": at(29, 15, month=4),
                "now": at(20, 9, month=4),
            }
        ),
    ),
    "calendar": (
        Example(
            {
                "periods": [
                    {"period": "2026-W23", "prompt_at": THURSDAY, "due": at(5, 15), "days": ()},
                    {
                        "period": "2026-W36",
                        "prompt_at": at(31, 8, month=8),
                        "due": at(1, 15, month=9),
                        "days": [{"day": at(2, month=9), "name": ""}],
                    },
                ]
            }
        ),
    ),
    "calendar_set": (Example({"day": at(22, month=8), "off": False}),),
    "deadline_set": (Example({"new_due": at(5, 16, 30), "count": 17}),),
    "unread_text": (Example({"person": "Hùng", "at": at(5, 9, 5), "quote": "cứ như mọi khi em nhé"}),),
    "unit_question": (
        Example({"person": "Hùng", "at": at(5, 9, 5), "words": "cho hỏi diện tích ngô tính cả ngô nếp không em?"}),
    ),
    "unit_question_reply": (Example(),),
    "office_answered": (Example({"person": "Hùng"}),),
    "answer_for_office": (Example({"person": "Sáng", "at": at(5, 9, 45), "quote": "Có hồ sơ rút"}, unit=SERVICE),),
    "secret_notice": (
        Example({"at": at(5, 9, 42), "deleted": True}, unit="Công an xã"),
        Example({"at": at(5, 9, 42)}, "not deleted", unit="Công an xã"),
    ),
    "unit_pick": (
        Example(
            {
                "words": "VH-XH",
                "candidates": [{"key": "a", "label": "Phòng VH-XH"}, {"key": "b", "label": "Ban VH-XH HĐND"}],
            }
        ),
    ),
    "unit_unknown": (Example({"words": "phòng tài chính", "near": ("Phòng Kinh tế",)}),),
    "draft_ready": (
        Example({**DELIVERED, "open": ("đơn thư",), "masked": 0, "masked_in": (), "touched": ()}),
        Example(
            {
                **DELIVERED,
                "notes": 3,
                "open": (),
                "masked": 2,
                "masked_in": ("1.2.b", "5.2.a"),
                "touched": ({"period": "2026-W22", "version": 1},),
            },
            "names are masked",
        ),
    ),
    "submitted_for_approval": (
        Example({"version": 1, "persons": (LEADER,), "masked": 0}),
        Example({"version": 1, "persons": (LEADER,), "masked": 2}, "with names"),
    ),
    "approved": (
        Example({"version": 1, "person": LEADER, "at": at(5, 16, 40), "post_at": at(5, 17)}),
        Example({"version": 1, "person": LEADER, "at": at(5, 16, 40)}, "no set hour"),
    ),
    "approved_posting": (Example({"version": 1, "person": LEADER, "at": at(5, 16, 40)}),),
    "approval_returned": (Example({"person": LEADER, "version": 1, "comment": "bổ sung nguyên nhân giải ngân thấp"}),),
    "post_held": (Example({"version": 1}),),
    "not_approved_yet": (Example({"state": "submitted"}), Example({"state": "none"}, "not handed up")),
    "no_group": (Example({"version": 1}),),
    "digest_preview": (Example({"post": {"id": "group_post", **POST}}),),
    "posted": (Example({"version": 1, "group": "Lãnh đạo xã", "at": at(5, 17)}),),
    "post_undelivered": (Example({"group": "Lãnh đạo xã", "version": 1}),),
    "post_unknown": (Example({"group": "Lãnh đạo xã", "version": 1}),),
    "late_part": (Example({"count": 2, "at": SATURDAY, "version": 2, "now": SATURDAY}, unit=CCB),),
    "reopened": (Example({"person": CLERK, "why": "bổ sung phần Hội CCB", "version": 1}),),
    "report_copy": (Example({"version": 1, "state": "draft"}), Example({"version": 1, "state": "posted"}, "posted")),
    "recipient_unreachable": (
        Example({"person": "Giàng", "channel": "Telegram", "since": at(5, 8), "other": "Zalo"}, unit=CCB),
    ),
    "quota_warning": (
        Example(
            {
                "used": 2412,
                "limit": 3000,
                "pct": "80.4",
                "days_left": 6,
                "month": 6,
                "phone_list": ("Dung", "Sính", "Sáng", "Chải"),
            }
        ),
    ),
    "channel_down": (
        Example({"channel": "Telegram", "since": at(5, 9, 10), "other": "Zalo", "count": 12, "phone_list": ("Giàng",)}),
    ),
    "back_online": (
        Example({"at": at(5, 11, 25), "since": at(5, 9, 10), "asked_again": 3, "channel": "Zalo"}),
        Example({"at": at(5, 11, 25), "since": at(5, 9, 10), "asked_again": 0}, "nothing lost"),
    ),
    "help_office": (Example(),),
}

LEADERS: dict[str, tuple[Example, ...]] = {
    "escalation": (
        Example(
            {
                "at": at(5, 15, 30),
                "complete": 14,
                "total": 16,
                "units": [
                    {"unit": CCB, "reason": "silent", "reminded": 3, "missing": 2, "until": None},
                    {"unit": MILITARY, "reason": "extended", "reminded": 2, "missing": 1, "until": at(5, 16)},
                ],
                "draft_at": at(5, 16),
            }
        ),
    ),
    "approval_request": (
        Example(
            {
                **DELIVERED,
                "notes": (
                    {**CHECKS[0], "why": "có hồ sơ công dân xin rút", "name": CLERK},
                    {**CHECKS[1], "why": "", "name": ""},
                ),
                "until": at(5, 16, 45),
            }
        ),
        Example({**DELIVERED, "gaps": (), "notes": (), "version": 2, "changes": (AMENDED_RICE,)}, "the second issue"),
    ),
    "approval_stale": (
        Example({"old_version": 1, "version": 2, "changes": (AMENDED_RICE,)}),
        Example({"old_version": 1, "version": 2, "changes": (AMENDED_RICE, AMENDED_RICE)}, "several"),
    ),
    "approval_due": (Example({"version": 1, "post_at": at(5, 17)}),),
    "approval_none": (Example({"state": "none"}), Example({"version": 1, "state": "posted"}, "posted")),
    "approval_thanks": (Example({"version": 1, "at": at(5, 16, 40), "post_at": at(5, 17)}),),
    "return_noted": (
        Example({"version": 1, "comment": "bổ sung nguyên nhân giải ngân thấp"}),
        Example({"version": 1, "comment": ""}, "no words"),
    ),
    "help_leader": (Example(),),
}

GROUP: dict[str, tuple[Example, ...]] = {
    "group_post": (Example(POST),),
    "post_placeholder": (Example(),),
    "group_reissue": (
        Example(
            {
                "version": 2,
                "replaces": 1,
                "approver": LEADER,
                "approved_at": MONDAY,
                "additions": ({"unit": CCB, "lines": VETERANS},),
                "amendments": (AMENDED_RICE,),
                "units_given": 16,
                "units": 16,
                "now": MONDAY,
            }
        ),
    ),
    "not_posted_yet": (
        Example({"last_posted": "2026-W22"}),
        Example({"last_posted": None}, "nothing was ever posted"),
    ),
    "not_here": (Example(),),
    "help_group": (Example({"mention": "@Giao Ban"}),),
}

STRANGERS: dict[str, tuple[Example, ...]] = {
    "stranger": (Example(),),
    "stranger_group": (Example(),),
    "enrol_code_refused": (Example({"tries_left": 3}), Example({"tries_left": 0}, "no more tries")),
}
