"""The command line as people use it: `python -m bot …` in a folder of its own."""

import asyncio
import json
import re
import subprocess
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands.arguments import COMMANDS
from bot.commands.context import cli_words
from bot.commands.office import counts
from bot.commands.read import read_words
from bot.facts import PostRole
from bot.periods.actions import Why
from bot.periods.calendar import Schedule
from bot.replies.cues import Cue
from handlers.control import listening
from handlers.errands import Bench, carry_out
from storage import codes
from storage.database import Database
from storage.outbox import Sending

ROOT = Path(__file__).parents[2]
SETTINGS = """
[office]
name = "Văn phòng Đảng ủy"
[storage]
path = "week.db"
"""
CODE = r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}"


def giaoban(folder: Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A folder with settings and a database, and this process inside it."""
    (tmp_path / "giaoban.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["migrate"]) == 0
    return tmp_path


@asynccontextmanager
async def service(folder: Path):
    """What of the running service the other commands meet: the lock and the socket."""
    db = await Database.open(folder / "week.db")

    async def answer(request):
        return await carry_out(Bench(db, datetime(2026, 6, 4, 1, 0, tzinfo=UTC), Schedule()), request)

    try:
        async with listening(folder / "week.db.sock", answer):
            yield db
    finally:
        await db.close()


def test_help_lists_every_command_in_the_offices_language(tmp_path):
    done = giaoban(tmp_path, "--help")

    assert done.returncode == 0
    assert done.stdout.startswith("Cách dùng: giaoban")
    assert set(COMMANDS) <= set(re.findall(r"^    (\w+)", done.stdout, re.MULTILINE))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    assert ended.value.code == 0
    assert cli_words()["help"][command][:20] in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Còn thiếu: LỆNH"),
        (["invit"], "Chưa có “invit”"),
        (["invite"], "Cần chọn một trong: --unit --role --group"),
        (["invite", "--role", "king"], "Chưa có “king”"),
        (["invite", "--unit"], "--unit cần một giá trị"),
        (["invite", "--unit", "a", "--role", "leader"], "--role và --unit không dùng cùng nhau"),
        (["status", "--quick"], "Chưa có tham số này: --quick"),
    ],
)
def test_a_misused_command_is_told_in_words_and_ends_with_2(arguments, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    shown = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in shown
    assert "--help" in shown


def test_what_the_office_owns_is_not_guessed_without_a_settings_file(tmp_path):
    done = giaoban(tmp_path, "status")

    assert done.returncode == 1
    assert "Chưa có tệp cài đặt giaoban.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_settings_end_every_command_with_their_lines(tmp_path):
    (tmp_path / "other.toml").write_text('[schedule]\nopens = "soon"\npost = "never"\n', encoding="utf-8")
    done = giaoban(tmp_path, "check", "--settings", "other.toml")

    assert done.returncode == 1
    assert "other.toml:2: [schedule] opens" in done.stderr
    assert "other.toml:3: [schedule] post" in done.stderr


def test_check_finds_the_shipped_form_right(office, capsys):
    assert main(["check"]) == 0
    assert "Mẫu dang-uy-xa: 59 mục" in capsys.readouterr().out


def test_check_prints_every_mistake_of_a_form_with_file_and_line(office, capsys):
    own = office / "own"
    own.mkdir()
    (own / "outline.toml").write_text('id = "own"\norder = ["A", "B"]\n', encoding="utf-8")

    assert main(["check", "own"]) == 1
    assert re.search(r"outline\.toml:\d+: ", capsys.readouterr().err)


def test_a_form_nobody_has_is_answered_with_those_there_are(office, capsys):
    assert main(["check", "no-such-form"]) == 1
    assert "Đã có: dang-uy-xa" in capsys.readouterr().err


def test_commands_say_when_there_is_no_database_yet(tmp_path, monkeypatch, capsys):
    (tmp_path / "giaoban.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert main(["status"]) == 1
    assert "giaoban migrate" in capsys.readouterr().err


def test_migrating_twice_changes_nothing(office, capsys):
    assert main(["migrate"]) == 0
    assert "đã là bản mới nhất" in capsys.readouterr().out


async def use(folder: Path, code: str) -> codes.Invitation | None:
    db = await Database.open(folder / "week.db")
    async with db.transaction() as tx:
        used = await codes.use_code(tx, code, "fake", "7", datetime(2026, 6, 4, tzinfo=UTC))
    await db.close()
    return used.invitation


@pytest.mark.parametrize(
    ("arguments", "role", "department"),
    [
        (["--unit", "Phòng Kinh tế"], PostRole.RESPONDENT, "phong-kinh-te"),
        (["--unit", "phong-kinh-te", "--deputy"], PostRole.DEPUTY, "phong-kinh-te"),
        (["--role", "secretary"], PostRole.SECRETARY, "van-phong"),
        (["--role", "leader"], PostRole.LEADER, "van-phong"),
    ],
)
def test_an_invitation_opens_the_post_it_was_made_for(office, capsys, arguments, role, department):
    assert main(["invite", *arguments]) == 0
    found = re.search(CODE, capsys.readouterr().out)
    assert found is not None

    invitation = asyncio.run(use(office, found[0]))
    assert invitation is not None
    assert (invitation.role, invitation.department) == (role, department)


def test_a_group_is_invited_for_its_purpose(office, capsys):
    assert main(["invite", "--group", "leadership"]) == 0
    found = re.search(CODE, capsys.readouterr().out)
    assert found is not None

    invitation = asyncio.run(use(office, found[0]))
    assert invitation is not None
    assert invitation.group_purpose == "leadership"


def test_an_unknown_department_is_answered_with_the_known_ones(office, capsys):
    assert main(["invite", "--unit", "phong-kinh-doanh"]) == 1
    assert "phong-kinh-te" in capsys.readouterr().err


def test_a_deputy_needs_a_department(office, capsys):
    assert main(["invite", "--role", "leader", "--deputy"]) == 1
    assert "--unit phong-kinh-te --deputy" in capsys.readouterr().err


def test_opening_values_are_stored_once(office, capsys):
    assert main(["opening"]) == 0
    assert re.search(r"Đã nạp \d+ số ban đầu", capsys.readouterr().out)
    assert main(["opening"]) == 0
    assert "không đổi gì" in capsys.readouterr().out


def test_a_backup_is_a_database_and_replaces_nothing(office, capsys):
    assert main(["backup", "copy.db"]) == 0
    assert (office / "copy.db").stat().st_size > 0
    assert main(["backup", "copy.db"]) == 1
    assert "không ghi đè" in capsys.readouterr().err


def test_status_names_departments_that_nobody_answers_for(office, capsys):
    assert main(["status"]) == 0
    shown = capsys.readouterr().out

    assert "Dịch vụ: không chạy" in shown
    assert "Hội CCB" in shown


def test_counts_are_told_in_words_and_what_is_unknown_as_it_is():
    words = cli_words()["status"]["state"]
    assert counts({"queued": 3, "sent": 40, "failed": 0, "nobody": 2, "new": 1}, words) == (
        "chờ gửi 3, đã gửi 40, bỏ: chưa có người nhận 2, new 1"
    )


def test_every_state_and_every_reason_has_words():
    words = cli_words()["status"]["state"]
    assert {*map(str, Sending), *map(str, Why), "open", "done"} <= set(words)


async def test_while_the_service_runs_the_commands_ask_it(office):
    async with service(office):
        status = await asyncio.to_thread(giaoban, office, "status")
        invited = await asyncio.to_thread(giaoban, office, "invite", "--unit", "hoi-ccb")
        copied = await asyncio.to_thread(giaoban, office, "backup", "copy.db")
        moved = await asyncio.to_thread(giaoban, office, "migrate")

    assert "Dịch vụ: đang chạy" in status.stdout
    assert "Kỳ hiện tại: 2026-W23; đề nghị 08:00 04/06, hạn nộp 16:00 05/06" in status.stdout
    found = re.search(CODE, invited.stdout)
    assert found is not None
    assert copied.returncode == 0
    assert (moved.returncode, "đang được dùng" in moved.stderr) == (1, True)
    invitation = await use(office, found[0])
    assert invitation is not None
    assert invitation.department == "hoi-ccb"


async def test_a_service_that_does_not_answer_is_named(office):
    db = await Database.open(office / "week.db")
    try:
        done = await asyncio.to_thread(giaoban, office, "status")
    finally:
        await db.close()

    assert done.returncode == 1
    assert "chưa trả lời" in done.stderr


def test_reading_for_people_says_what_was_read_and_why(office, capsys):
    assert main(["read", "--unit", "phong-kinh-te", "--explain", "lúa mùa 549/650, ngô chưa có số"]) == 0
    shown = capsys.readouterr().out

    assert "lúa mùa (rice_area_done_ha): 549 ha — “549”" in shown
    assert "kế hoạch lúa mùa (rice_area_plan_ha): 650 ha" in shown
    assert "vế trước của tỷ số" in shown
    assert "ngô (maize_area_done_ha): chưa có số" in shown


def test_a_doubt_is_put_as_the_person_would_read_it(office, capsys):
    assert main(["read", "--unit", "phong-kinh-te", "gia súc tăng 20"]) == 0
    assert "Gia súc tăng 20 thành 11.488" in capsys.readouterr().out


def test_text_without_figures_is_said_to_have_none(tmp_path):
    assert "Chưa thấy số liệu nào." in giaoban(tmp_path, "read", text="Em chào anh ạ").stdout


def test_an_unknown_section_is_answered_with_near_ones(office, capsys):
    assert main(["read", "--section", "II.1.1.z", "lúa 5"]) == 1
    assert "II.1.1.b" in capsys.readouterr().err


def test_a_batch_answers_each_line_with_a_line(tmp_path):
    lines = [
        {"id": "b", "section_id": "II.1.1.a", "text": "lúa mùa 549/650"},
        {"id": "a", "text": "thu ngân sách 1,2 tỷ đồng ngày 28/5/2026"},
        {"id": "c", "section_id": "no-such", "text": "1"},
    ]
    sent = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    done = giaoban(tmp_path, "read", "--batch", "-", text=f"{sent}\nno json\n")
    told = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert [figure["value"] for figure in told[0]["figures"]] == ["549", "650"]
    assert [mention["value"] for mention in told[1]["mentions"]] == ["1200000000"]
    assert [distractor["kind"] for distractor in told[1]["distractors"]] == ["date"]
    assert "figures" not in told[1]
    assert "no-such" in told[2]["error"]
    assert "error" in told[3]


def test_a_batch_file_that_is_not_there_is_named(office, capsys):
    assert main(["read", "--batch", "none.jsonl"]) == 1
    assert "none.jsonl" in capsys.readouterr().err


def test_every_reason_the_reader_gives_has_words():
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot/replies").glob("*.py"))
    given = set(re.findall(r'\(\*why, "(\w+)"\)|, "(delta|carried|open|order|ratio|whole)"\)', source))
    words = read_words()

    assert {code for found in given for code in found if code} <= set(words["why"])
    assert {cue.value for cue in Cue} <= set(words["cue"])


def test_the_shipped_template_is_right_and_may_be_taken_into_use(office, capsys):
    shipped = str(ROOT / "templates/reports/bao-cao-tuan.docx")

    assert main(["template", "check", shipped]) == 0
    assert not (office / "mau-bao-cao.docx").exists()
    assert main(["template", "use", shipped]) == 0
    assert (office / "mau-bao-cao.docx").read_bytes() == Path(shipped).read_bytes()


def test_a_wrong_template_leaves_the_one_in_use_alone(office, capsys):
    (office / "mau-bao-cao.docx").write_bytes(b"the one in use")
    (office / "new.docx").write_bytes(b"no Word file")

    assert main(["template", "use", "new.docx"]) == 1
    assert "chưa dùng được" in capsys.readouterr().out
    assert (office / "mau-bao-cao.docx").read_bytes() == b"the one in use"


def test_the_service_does_not_start_without_its_token(office, capsys):
    assert main(["run"]) == 1
    assert "GIAOBAN_TELEGRAM_TOKEN" in capsys.readouterr().err
