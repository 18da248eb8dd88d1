"""Every mistake in a form's files is found, with its file and line, all at once."""

import pytest

from bot.forms.load import read_form, slips_of
from bot.forms.model import Form, Slip
from bot.forms.rules import read_opening
from bot.rendering.forms import FormBroken, form_files, load_form, slip_words
from bot.rendering.prose import scan
from tests.compiling import form

OUTLINE = """\
id = "tap-su"
version = "1"
title = "Báo cáo"
order = ["A", "A.1"]

[[departments]]
id = "phong-mot"
name = "Phòng Một"
short = "Phòng Một"
"""

GROUP = """\
+++
id = "A"
title = "PHẦN MỘT"
level = 1
heading = "block"
department = "phong-mot"
+++
"""

SECTION = """\
+++
id = "A.1"
title = "Trồng trọt"
level = 2
parent = "A"
heading = "run_in"
department = "phong-mot"
footnotes = ["1"]

[[parts]]
id = "hoi"
label = "Hội"
department = "phong-mot"
footnote = "1"

[[indicators]]
id = "tuan"
label = "Thu trong tuần"
short = "thu trong tuần"
unit = "triệu đồng"
role = "week"
group = "thu"
aliases = ["thu tuần", "TT"]

[[indicators]]
id = "luy_ke"
label = "Thu lũy kế"
short = "lũy kế thu"
unit = "triệu đồng"
role = "cumulative"
group = "thu"
source = "computed"
adds = "tuan"
aliases = ["LK thu"]
+++
Thu {{ tuan }} triệu đồng;
+ lũy kế {{ luy_ke }} triệu đồng.
"""

CHECKS = """\
[[checks]]
id = "khong_giam"
kind = "cumulative_ge_week"
severity = "hard"
indicators = ["tuan", "luy_ke"]
"""

HOI = """\
[[parts]]
id = "hoi"
label = "Hội khác"
department = "phong-mot"

"""

DEPARTMENT = """\
[[departments]]
id = "phong-mot"
name = "Phòng Một nữa"
short = "Phòng Một nữa"

"""

ASSESSMENT = """\
[[checks]]
id = "cao"
kind = "assessment"
severity = "soft"
indicators = ["tuan"]
params = { words = "còn cao", expects = "above", value = "20" }
"""

A1 = "sections/A.1.j2"


def files(**changes):
    found = {"outline.toml": OUTLINE, "sections/A.j2": GROUP, A1: SECTION, "checks.toml": CHECKS}
    return found | changes


def slips(name, old, new):
    whole = files()
    assert old in whole[name]
    return slips_of(whole | {name: whole[name].replace(old, new, 1)}, scan)


def line_of(text, part):
    return next(n for n, line in enumerate(text.split("\n"), start=1) if part in line)


def test_a_right_form_has_no_slips():
    assert slips_of(files(), scan) == ()
    assert isinstance(read_form(files(), scan), Form)


MISTAKES = [
    (
        A1,
        'department = "phong-mot"\nfootnotes',
        'department = "phong-hai"\nfootnotes',
        "unknown_department",
        "phong-hai",
    ),
    (
        A1,
        'department = "phong-mot"\nfootnote =',
        'department = "phong-hai"\nfootnote =',
        "unknown_department",
        "phong-hai",
    ),
    (A1, 'id = "luy_ke"', 'id = "tuan"', "duplicate_id", None),
    (A1, 'parent = "A"', 'parent = "B"', "unknown_parent", "parent"),
    (A1, "{{ luy_ke }}", "{{ luy_kee }}", "unknown_in_prose", "luy_kee"),
    (A1, 'unit = "triệu đồng"\nrole = "week"', 'role = "week"', "missing_key", "[[indicators]]"),
    (A1, 'label = "Thu trong tuần"\n', "", "missing_key", "[[indicators]]"),
    (A1, 'label = "Thu trong tuần"', 'label = ""', "missing_key", 'label = ""'),
    (
        A1,
        'short = "thu trong tuần"',
        'short = "thu ngân sách trên địa bàn trong tuần"',
        "short_too_long",
        "short =",
    ),
    (A1, '["LK thu"]', '["LK thu", "thu tuan"]', "alias_clash", "thu tuan"),
    (A1, 'role = "week"', 'role = "weekly"', "bad_choice", "weekly"),
    (A1, 'heading = "run_in"', 'heading = "bold"', "bad_choice", "bold"),
    (A1, "level = 2", "level =", "bad_toml", "level ="),
    (A1, "level = 2", 'level = "2"', "wrong_type", "level"),
    (A1, "level = 2", "level = 1", "bad_level", "level"),
    (A1, "level = 2", "level = 7", "bad_level", "level"),
    (A1, "{{ tuan }}", "{{ tuan }", "bad_prose", "Thu {{ tuan }"),
    (A1, "{{ tuan }}", "{% for x in %}", "bad_prose", "{% for"),
    (A1, "Thu {{ tuan }}", "Thu [{{ tuan }}", "bad_markup", "Thu ["),
    (A1, "Thu {{", "| Thu {{", "bad_markup", "| Thu"),
    (A1, "+ lũy kế", "== note 2\nlũy kế", "unknown_block", "== note 2"),
    (A1, "+ lũy kế {{ luy_ke }} triệu đồng.", "", "never_printed", 'id = "luy_ke"'),
    (A1, 'department = "phong-mot"\nfootnote =', "footnote =", "part_without_department", 'id = "hoi"'),
    (A1, 'footnote = "1"', 'footnote = "2"', "unknown_footnote", 'footnote = "2"'),
    (A1, 'adds = "tuan"', 'adds = "thang"', "unknown_indicator", "adds"),
    (A1, 'adds = "tuan"', 'numerator = "tuan"\ndenominator = "nam"', "unknown_indicator", "denominator"),
    (A1, 'adds = "tuan"\n', "", "missing_key", "source ="),
    (
        A1,
        'unit = "triệu đồng"\nrole = "cumulative"',
        'unit = "tỷ đồng"\nrole = "cumulative"',
        "unit_mismatch",
        "adds",
    ),
    (
        A1,
        'group = "thu"\naliases = ["thu',
        'part = "ban"\ngroup = "thu"\naliases = ["thu',
        "unknown_part",
        "part = ",
    ),
    (A1, 'aliases = ["thu', 'alias = ["thu', "unknown_key", "alias ="),
    (A1, "+++\nid", "id", "no_front_matter", 'id = "A.1"'),
    (A1, 'adds = "tuan"', 'adds = "tuan"\nbegins = ["13-01"]', "bad_day", "begins"),
    (A1, 'adds = "tuan"', 'adds = "tuan"\nbegins = ["2025-02-30"]', "bad_day", "begins"),
    (A1, 'adds = "tuan"', 'restates = "tuan"', "missing_key", "source ="),
    (A1, 'source = "computed"\nadds = "tuan"', 'source = "restated"', "missing_key", "source ="),
    (A1, 'role = "cumulative"', 'role = "percent"', "missing_key", "source ="),
    (A1, 'role = "week"', 'role = "week"\nrole_alt = ["month"]', "bad_choice", "role_alt"),
    (A1, 'aliases = ["thu tuần", "TT"]', "aliases = [1, 2]", "wrong_type", "aliases = [1"),
    (A1, 'unit = "triệu đồng"\nrole = "week"', 'unit = 5\nrole = "week"', "wrong_type", "unit = 5"),
    (A1, 'footnotes = ["1"]', 'footnotes = ["1"]\ntext_in = "2"', "unknown_footnote", "text_in"),
    (A1, 'footnotes = ["1"]', 'footnotes = ["1"]\nindicators = [1]', "bad_toml", None),
    (A1, 'parent = "A"\n', "", "unknown_parent", "level"),
    (
        A1,
        'group = "thu"\naliases = ["thu',
        'footnote = "3"\ngroup = "thu"\naliases = ["thu',
        "unknown_footnote",
        'footnote = "3"',
    ),
    (A1, "level = 2\n", "", "missing_key", 'id = "A.1"'),
    (A1, "[[indicators]]", HOI + "[[indicators]]", "duplicate_id", None),
    (A1, "+++\nThu", "Thu", "no_front_matter", None),
    ("sections/A.j2", 'id = "A"', 'id = "A.1"', "duplicate_id", None),
    ("sections/A.j2", 'id = "A"', 'id = "A.1"', "wrong_file_name", 'id = "A.1"'),
    ("outline.toml", 'version = "1"', "version = ", "bad_toml", "version"),
    ("outline.toml", "[[departments]]", DEPARTMENT + "[[departments]]", "duplicate_id", None),
    ("checks.toml", 'kind = "cum', 'sections = ["B"]\nkind = "cum', "unknown_section", "sections"),
    ("checks.toml", "[[checks]]", CHECKS + "[[checks]]", "duplicate_id", None),
    ("checks.toml", CHECKS, ASSESSMENT, "missing_key", "[[checks]]"),
    ("checks.toml", "[[checks]]", "checks = 1\n[[kontrollen]]", "wrong_type", "checks = 1"),
    ("outline.toml", '"A.1"]', '"A.1", "A.2"]', "section_without_file", "order"),
    ("outline.toml", '"A", "A.1"', '"A", "A", "A.1"', "duplicate_id", "order"),
    ("outline.toml", '"A", "A.1"', '"A.1", "A"', "parent_after_child", None),
    ("outline.toml", ', "A.1"]', "]", "not_in_outline", None),
    ("outline.toml", 'short = "Phòng Một"', 'short = "Phòng Một của Ủy ban nhân dân"', "short_too_long", "short ="),
    ("checks.toml", '"tuan", "luy_ke"', '"tuan", "luy"', "unknown_indicator", "indicators"),
    ("checks.toml", '"tuan", "luy_ke"', '"tuan"', "wrong_operands", "indicators"),
    ("checks.toml", 'kind = "cum', 'kind = "kum', "bad_choice", "kind"),
    ("checks.toml", 'severity = "hard"', 'severity = "bad"', "bad_choice", "severity"),
    ("checks.toml", 'severity = "hard"', 'severity = "hard"\nparams = { most = "3" }', "wrong_params", "params"),
]


@pytest.mark.parametrize(("name", "old", "new", "code", "at"), MISTAKES)
def test_a_mistake_is_found_on_its_line(name, old, new, code, at):
    found = slips(name, old, new)
    text = files()[name].replace(old, new, 1)

    assert code in [s.code for s in found]
    if at is not None:
        assert (name, line_of(text, at)) in [(s.file, s.line) for s in found if s.code == code]


def test_the_second_of_two_equal_ids_is_the_one_that_is_told():
    found = slips(A1, 'id = "luy_ke"', 'id = "tuan"')

    assert line_of(SECTION, 'id = "luy_ke"') in [s.line for s in found if s.code == "duplicate_id"]


def test_all_mistakes_are_listed_at_once_by_file_and_line():
    broken = files(**{A1: SECTION.replace('role = "week"', 'role = "weekly"').replace("{{ tuan }}", "{{ tuann }}")})
    broken["sections/A.j2"] = GROUP.replace("phong-mot", "phong-ba")
    found = slips_of(broken, scan)

    assert {s.code for s in found} >= {"bad_choice", "unknown_in_prose", "unknown_department"}
    assert list(found) == sorted(found, key=lambda s: (s.file, s.line))


def test_a_name_that_may_mean_several_things_is_declared_by_all_of_them():
    shared = SECTION.replace('aliases = ["thu tuần", "TT"]', 'shared = ["thu"]').replace(
        'aliases = ["LK thu"]', 'shared = ["thu"]'
    )

    read = read_form(files(**{A1: shared}), scan)

    assert isinstance(read, Form)
    assert [i.aliases for i in read.indicators.values()] == [("thu",), ("thu",)]


def test_a_shared_name_is_nobodys_own_name_beside():
    mixed = SECTION.replace('aliases = ["LK thu"]', 'shared = ["thu tuần"]')

    assert [s.code for s in slips_of(files(**{A1: mixed}), scan)] == ["alias_clash"]


def test_a_form_without_outline_is_told():
    whole = files()
    del whole["outline.toml"]

    assert "no_outline" in [s.code for s in slips_of(whole, scan)]


@pytest.mark.parametrize(("line", "code"), [("tuann = 1", "unknown_indicator"), ('tuan = "nhiều"', "not_a_number")])
def test_data_of_the_unit_names_indicators_and_numbers(line, code):
    read = read_form(files(), scan)
    text = f'period = "2026-W22"\n[plans]\n[values]\n{line}\n'

    assert [(s.code, s.line) for s in read_opening("opening.toml", text, read)] == [(code, 4)]


@pytest.mark.parametrize(
    "code", sorted({*(row[3] for row in MISTAKES), "no_outline", "not_a_number", "unknown_section"})
)
def test_every_kind_of_slip_has_words_that_name_it(code):
    words = slip_words(Slip(A1, 7, code, "tuann"))

    assert words.startswith(f"{A1}:7: ")
    assert "{detail}" not in words


def test_a_broken_form_is_not_loaded(tmp_path):
    (tmp_path / "outline.toml").write_text(OUTLINE, encoding="utf-8")

    with pytest.raises(FormBroken) as caught:
        load_form(str(tmp_path))

    assert {s.code for s in caught.value.slips} == {"section_without_file"}


def test_a_mistake_planted_in_the_shipped_form_is_found():
    shipped = form_files(form().id)
    name = "sections/II.1.1.b.j2"
    shipped[name] = shipped[name].replace("{{ poultry_flock_total }}", "{{ poultry_flok_total }}")

    assert ("unknown_in_prose", "poultry_flok_total") in [(s.code, s.detail) for s in slips_of(shipped, scan)]
