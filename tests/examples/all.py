"""Every message with its examples and its reader's rank, in the order docs/messages.md prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.messages import Rank
from tests.examples import persons
from tests.examples.desk import GROUP, LEADERS, OFFICE, STRANGERS
from tests.examples.files import FILES
from tests.examples.ledger import LEDGER
from tests.examples.placing import PLACING
from tests.examples.problems import PROBLEMS
from tests.examples.respondent import RESPONDENT
from tests.examples.word import WORD

if TYPE_CHECKING:
    from tests.examples.week import Example

NAMES = {Rank.OFFICE: "Mai", Rank.LEADER: "Thắng", Rank.GROUP: "", Rank.STRANGER: ""}
CHAPTERS: tuple[tuple[str, Rank, dict[str, tuple[Example, ...]]], ...] = (
    ("Người báo cáo", Rank.RESPONDENT, RESPONDENT | FILES | PLACING | persons.RESPONDENT),
    ("Câu hỏi", Rank.RESPONDENT, PROBLEMS),
    ("Văn phòng", Rank.OFFICE, OFFICE | LEDGER | persons.OFFICE | WORD),
    ("Lãnh đạo", Rank.LEADER, LEADERS),
    ("Nhóm lãnh đạo", Rank.GROUP, GROUP),
    ("Người chưa đăng ký", Rank.STRANGER, STRANGERS),
)


def rank_of(chapter: Rank, example: Example) -> Rank:
    """A message that leaders read too has an example told so."""
    return Rank.LEADER if example.scene == "leader" else chapter
