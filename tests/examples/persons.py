"""What is read when people come, go, change places and stand in for each other."""

from __future__ import annotations

from decimal import Decimal

from tests.examples.week import THURSDAY, Example, at, owed

CANDIDATES = ({"key": "person_5", "label": "Lan"}, {"key": "person_6", "label": "Dung"})
MOVED = {
    "person": "Lan",
    "new": "Trạm Y tế",
    "hands_over": False,
    "replaces": False,
    "role": "respondent",
    "since": THURSDAY,
}
CHANNELS = ({"key": "on_0", "label": "Telegram"}, {"key": "on_1", "label": "Zalo"})
FEW = (owed(1, "Trồng trọt", "dược liệu", "cây ăn quả", "quả thu hoạch"),)

RESPONDENT: dict[str, tuple[Example, ...]] = {
    "own_figure": (
        Example({"label": "lúa mùa", "measure": "ha", "last": Decimal(530), "plan": Decimal(650)}),
        Example({"label": "lúa mùa", "measure": "ha", "value": Decimal(549)}, "nothing of last week"),
    ),
    "text_amended": (
        Example(
            {
                "old": "trong tuần ban hành Văn bản số 160 ngày 28/5/2026",
                "new": "ban hành Văn bản số 160 ngày 28/5/2026",
            },
            unit="Phòng VH-XH",
        ),
    ),
    "leave_how": (Example(),),
    "move_welcome": (
        Example({"role": "respondent", "replaces": True, "holder": "Hùng", "missing": FEW}, reader="Lan"),
        Example({"role": "deputy", "replaces": False, "old": "Phòng Kinh tế", "missing": ()}, "moved", reader="Lan"),
    ),
    "move_farewell": (Example({"person": "Lan"}),),
    "disconnected": (Example(),),
    "unread_again": (Example({"quote": "cứ như mọi khi em nhé"}),),
    "leave_asked": (Example(),),
    "leave_refused": (
        Example({"person": "Hùng", "from": at(1), "to": at(7)}),
        Example({"person": "Hùng", "from": at(1), "to": at(7)}, "office", reader="Mai"),
    ),
    "leave_ended": (
        Example({"person": "Hùng", "from": at(1), "to": at(7), "substitute": "Lan"}),
        Example({"person": "Hùng", "from": at(1), "to": at(7)}, "nobody stood in"),
    ),
    "leave_none": (Example(), Example({"person": "Hùng"}, "office", reader="Mai")),
    "substitute_accepted": (Example({"from": at(1), "to": at(7)}, reader="Lan"),),
    "substitute_declined": (Example({"person": "Hùng"}, reader="Lan"),),
    "leave_confirm": (
        Example({"from": at(1), "to": at(7), "substitute": "Lan", "now": at(1, 8)}),
        Example({"from": at(1), "to": at(7), "now": at(1, 8)}, "nobody named"),
    ),
    "leave_set": (Example({"person": "Hùng", "from": at(1), "to": at(7), "substitute": "Lan"}),),
    "substitute_welcome": (
        Example({"person": "Hùng", "from": at(1), "to": at(7), "prompt_at": THURSDAY}, reader="Lan"),
    ),
    "also_other_channel": (Example({"channel": "Zalo", "channels": CHANNELS}),),
    "channel_set": (Example({"channel": "Zalo"}),),
    "amend_value": (
        Example({"label": "lúa mùa", "measure": "ha", "value": Decimal(549)}),
        Example({"label": "lúa mùa", "measure": "ha"}, "nothing stored"),
    ),
}

OFFICE: dict[str, tuple[Example, ...]] = {
    "plan_basis": (Example({"label": "lúa mùa"}),),
    "move_confirm": (
        Example(MOVED | {"old": "Phòng Kinh tế", "holder": "Mai"}, unit="Trạm Y tế"),
        Example(MOVED, "nobody there", unit="Trạm Y tế"),
        Example(MOVED | {"holder": "Hùng", "hands_over": True}, "hand-over"),
    ),
    "move_set": (
        Example(MOVED | {"old": "Phòng Kinh tế"}, unit="Trạm Y tế"),
        Example(MOVED | {"holder": "Hùng", "replaces": True}, "hand-over"),
        Example(MOVED | {"role": "deputy", "holder": "Mai"}, "deputy", unit="Trạm Y tế"),
    ),
    "move_needless": (Example(MOVED, unit="Trạm Y tế"),),
    "leave_for_how": (Example(), Example({"words": "Tuấn"}, "unknown")),
    "leave_person": (
        Example({"person": "Hùng", "candidates": CANDIDATES}),
        Example({"person": "Hùng", "words": "Tuấn", "candidates": CANDIDATES}, "unknown"),
        Example({"person": "Hùng", "words": "Lan", "several": True, "candidates": CANDIDATES}, "several"),
        Example({"person": "Hùng", "declined": "Lan", "candidates": CANDIDATES}, "declined"),
    ),
    "address_added": (Example({"person": "Hùng", "channel": "Zalo", "at": at(1, 9, 12), "now": at(1, 9, 12)}),),
    "leave_notice": (
        Example({"person": "Hùng", "from": at(1), "to": at(7), "substitute": "Lan", "connected": "Zalo"}),
        Example({"person": "Hùng", "from": at(1), "to": at(7)}, "nobody named"),
    ),
    "enrol_replace": (
        Example({"newcomer": "Lan", "holder": "Hùng"}),
        Example({"newcomer": "Hùng", "holder": "Hùng", "on_other": True}, "another channel"),
    ),
    "disconnected_notice": tuple(
        Example({"person": "Hùng", "channel": "Zalo", "why": why}, why) for why in ("not_me", "revoked", "address")
    ),
    "channel_set_for": (Example({"person": "Giàng", "channel": "Zalo"}, unit="Hội CCB"),),
    "enter_which": (Example(unit="Hội CCB"),),
    "asked_again": (Example({"person": "Hùng"}),),
    "unread_nowhere": (Example(unit="Hội CCB"),),
    "unread_placed": (Example({"section": "2.2.a", "quote": "đã ra quân vệ sinh môi trường"}, unit="Trạm Y tế"),),
    "enrol_notice": (
        Example({"person": "Hùng", "post": "Trưởng phòng", "channel": "Zalo", "at": at(1, 9, 12), "now": at(1, 9, 12)}),
    ),
    "press_failed": (Example({"label": "Đúng"}), Example({}, "label unknown")),
    "choice_taken": (
        Example({"label": "Triệu đồng"}),
        Example({"label": "Không gia hạn", "by": "Mai"}, "by another secretary", reader="Hoa"),
    ),
}
