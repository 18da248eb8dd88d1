"""The settings file: what it may say, and how every mistake in it is named."""

import tomllib
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.periods.calendar import Quiet, WeekTime
from bot.settings import KEYS, SettingsError, default_settings, read_settings

SECRET = "123456:not-a-real-token"
WHOLE = """
[office]
name = "Văn phòng Đảng ủy xã"
form = "dang-uy-xa"
timezone = "Asia/Ho_Chi_Minh"
issuer = "Đảng ủy xã Mẫu"
recipients = ["Thường trực Tỉnh ủy", "Lưu Văn phòng"]

[schedule]
opens = "thu 08:00"
deadline = "fri 16:00"
reminders = ["24h", "3h", "1h"]
post = "fri 17:00"
grace = "45m"
quiet = ["21:00-06:00"]

[telegram]
base_url = "http://127.0.0.1:8081/bot"
base_file_url = "http://127.0.0.1:8081/file/bot"
proxy = "http://someone:word@127.0.0.1:3128"

[storage]
path = "data/week.db"
"""


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> Path:
        file = tmp_path / "giaoban.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def mistakes(file: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(SettingsError) as raised:
        read_settings(file, {})
    return [(mistake.line, mistake.where, mistake.code) for mistake in raised.value.mistakes]


def test_every_key_of_the_file_is_read(written, tmp_path):
    settings = read_settings(written(WHOLE), {"GIAOBAN_TELEGRAM_TOKEN": SECRET})

    assert settings.office.name == "Văn phòng Đảng ủy xã"
    assert settings.office.letterhead.recipients == ("Thường trực Tỉnh ủy", "Lưu Văn phòng")
    assert settings.schedule.opens == WeekTime(3, 8, 0)
    assert settings.schedule.reminders == (timedelta(hours=24), timedelta(hours=3), timedelta(hours=1))
    assert settings.schedule.post == WeekTime(4, 17, 0)
    assert settings.schedule.grace == timedelta(minutes=45)
    assert settings.schedule.quiet == (Quiet(time(21), time(6)),)
    assert settings.telegram.base_url == "http://127.0.0.1:8081/bot"
    assert settings.telegram.token == SECRET
    assert settings.database == tmp_path / "data/week.db"
    assert settings.control_socket == tmp_path / "data/week.db.sock"


def test_an_empty_file_is_enough(written, tmp_path):
    settings = read_settings(written(""), {})

    assert settings.schedule == default_settings({}).schedule
    assert settings.database == tmp_path / "giaoban.db"
    assert settings.telegram.token == ""


def test_on_approval_and_a_missing_post_both_mean_on_approval(written):
    assert read_settings(written('[schedule]\npost = "on approval"'), {}).schedule.post is None
    assert read_settings(written("[schedule]"), {}).schedule.post is None


def test_a_folder_as_storage_path_holds_the_database(written, tmp_path):
    (tmp_path / "kept").mkdir()

    assert read_settings(written('[storage]\npath = "kept"'), {}).database == tmp_path / "kept/giaoban.db"
    assert read_settings(written('[storage]\npath = "new/"'), {}).database == tmp_path / "new/giaoban.db"


def test_nothing_secret_stands_in_the_repr(written):
    shown = repr(read_settings(written(WHOLE), {"GIAOBAN_TELEGRAM_TOKEN": SECRET}))

    assert SECRET not in shown
    assert "someone:word" not in shown


def test_all_mistakes_are_reported_at_once_with_their_lines(written):
    file = written(
        """[office]
timezone = "Asia/Hanoi"
nmae = "Văn phòng"

[schedule]
opens = "thu 25:00"
deadline = 16
reminders = ["24h", "sometime"]
post = "later"
quiet = ["21:00"]

[telegram]
base_url = "api.telegram.org"

[storge]
path = "x"
"""
    )

    assert mistakes(file) == [
        (2, "[office] timezone", "not_timezone"),
        (3, "[office] nmae", "unknown_key"),
        (6, "[schedule] opens", "not_week_time"),
        (7, "[schedule] deadline", "not_week_time"),
        (8, "[schedule] reminders", "not_length"),
        (9, "[schedule] post", "not_post"),
        (10, "[schedule] quiet", "not_quiet"),
        (13, "[telegram] base_url", "not_url"),
        (15, "[storge]", "unknown_table"),
    ]


def test_a_mistake_is_said_with_file_line_and_a_right_example(written):
    file = written('[schedule]\ndeadline = "fri 16"\n')
    with pytest.raises(SettingsError) as raised:
        read_settings(file, {})

    assert str(raised.value).startswith(f"{file}:2: [schedule] deadline: chưa đọc được “fri 16”")
    assert 'deadline = "fri 16:00"' in str(raised.value)


def test_a_misspelt_key_is_answered_with_the_nearest_one(written):
    with pytest.raises(SettingsError, match="deadline"):
        read_settings(written('[schedule]\ndedline = "fri 16:00"\n'), {})


def test_a_token_in_the_file_is_refused_and_not_repeated(written):
    file = written(f'[telegram]\ntoken = "{SECRET}"\n')

    assert mistakes(file) == [(2, "[telegram] token", "secret")]
    with pytest.raises(SettingsError) as raised:
        read_settings(file, {})
    assert SECRET not in str(raised.value)
    assert "GIAOBAN_TELEGRAM_TOKEN" in str(raised.value)


def test_a_password_in_a_wrong_proxy_is_not_repeated(written):
    with pytest.raises(SettingsError) as raised:
        read_settings(written('[telegram]\nproxy = "someone:word@proxy"\n'), {})

    assert "someone:word" not in str(raised.value)


def test_text_that_is_no_toml_is_named_by_its_line(written):
    assert mistakes(written("[office]\nname = Văn phòng\n")) == [(2, "TOML", "syntax")]


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    assert mistakes(tmp_path / "none.toml") == [(0, "", "missing_file")]


def test_the_manual_shows_every_key_and_may_be_copied(written):
    manual = (Path(__file__).parents[2] / "docs/settings.md").read_text(encoding="utf-8")
    shown = manual.split("```toml\n")[1].split("```")[0]

    assert read_settings(written(shown), {}).schedule.draft == timedelta(0)
    tables = tomllib.loads(shown)
    assert {table: set(keys) for table, keys in tables.items()} == {name: set(keys) for name, keys in KEYS.items()}


@pytest.mark.parametrize(("table", "key"), [(table, key) for table, keys in KEYS.items() for key in keys])
def test_every_example_given_for_a_mistake_is_right(written, table, key):
    read_settings(written(f"[{table}]\n{KEYS[table][key].example}"), {})


def test_a_proxy_the_channel_cannot_use_is_refused_before_the_start(written):
    assert mistakes(written('[telegram]\nproxy = "socks5://127.0.0.1:1080"')) == [(2, "[telegram] proxy", "not_url")]
    assert read_settings(written('[telegram]\nproxy = ""'), {}).telegram.proxy == ""


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('[schedule]\nopens = "thu 08:00"\ndeadline = "thu 08:00"', 3, "deadline"),
        ('[schedule]\nopens = "fri 16:00"', 2, "opens"),
    ],
)
def test_a_deadline_at_the_hour_of_the_prompt_is_named_with_its_line(written, text, line, key):
    file = written(text)

    assert mistakes(file) == [(line, f"[schedule] {key}", "deadline_is_opens")]
    with pytest.raises(SettingsError, match="hạn nộp phải sau giờ gửi đề nghị"):
        read_settings(file, {})
