"""The lists are closed, inputs are exactly what is declared, and nobody reads what is not theirs (rules 9 and 10)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from bot.rendering.catalogue import COMMON, COMMON_OPTIONAL, READER, environment, word_table
from bot.rendering.messages import Rank, Reader
from bot.replies.reading import ProblemCode
from tests.examples.all import CHAPTERS, rank_of
from tests.print_message_inputs import TARGET as INPUTS_DOC
from tests.print_message_inputs import names_used, printed_inputs
from tests.print_messages import TARGET, printed, reader_of
from tests.rendered import BUTTONS, catalogue, everything

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = {message: (rank, examples) for _, rank, messages in CHAPTERS for message, examples in messages.items()}


def test_every_problem_code_has_a_template_and_every_template_a_code():
    codes = {f"problem/{code.value}" for code in ProblemCode}

    assert codes == {name for name in catalogue().entries if name.startswith("problem/")}


def test_every_template_has_an_example():
    assert set(EXAMPLES) == set(catalogue().entries)


@pytest.mark.parametrize("message", sorted(catalogue().entries))
def test_inputs_are_declared_and_used(message):
    entry = catalogue().entries[message]
    used = names_used(entry, environment(word_table()))
    always = {*COMMON, *COMMON_OPTIONAL, *READER, "room", "tight", "c"}  # c: the check a list has come to, for `_check`
    read_by_the_renderer = {"quote"} if entry.letters == "auto" else set()

    assert used - set(entry.inputs) - always == set()
    assert set(entry.inputs) - used - read_by_the_renderer == set()


@pytest.mark.parametrize("message", sorted(EXAMPLES))
def test_a_missing_input_is_an_error(message):
    """No name renders as nothing: a message whose input is forgotten is not sent at all."""
    entry = catalogue().entries[message]
    rank, examples = EXAMPLES[message]
    required = [name for name in entry.inputs if name not in entry.absent]
    failed = {
        name
        for name in required
        for example in examples
        if fails(
            message, {k: v for k, v in example.inputs.items() if k != name}, reader_of(example, rank_of(rank, example))
        )
    }

    assert failed == set(required)


def fails(message: str, inputs: dict[str, object], reader: Reader) -> bool:
    try:
        catalogue().render(message, inputs, reader, BUTTONS)
    except (UndefinedError, KeyError):
        return True
    return False


def test_a_missing_common_input_is_an_error():
    rank, examples = EXAMPLES["prompt"]
    inputs = {k: v for k, v in examples[0].inputs.items() if k != "unit"}

    assert fails("prompt", inputs, reader_of(examples[0], rank))


def test_optional_inputs_may_be_left_out():
    for message, (rank, examples) in EXAMPLES.items():
        entry = catalogue().entries[message]
        for example in examples:
            inputs = {k: v for k, v in example.inputs.items() if k not in entry.absent or k in entry.required}
            assert catalogue().render(message, inputs, reader_of(example, rank_of(rank, example)), BUTTONS).text


def test_every_message_decided_on_is_in_the_catalogue():
    """Ids written in the engine and in handlers: Say("id", …) and say-like keywords."""
    said = {
        name
        for folder in ("bot/decisions", "handlers")
        for path in (ROOT / folder).rglob("*.py")
        for name in ids_said(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert said - set(catalogue().entries) == set()


def ids_said(tree: ast.Module) -> set[str]:
    calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "Say")
    firsts = [c.args[0] for c in calls if c.args]
    return {a.value for a in firsts if isinstance(a, ast.Constant) and isinstance(a.value, str)}


@pytest.mark.parametrize("message", sorted(catalogue().entries))
def test_what_a_plain_yes_or_no_means_is_one_of_the_answers(message):
    entry = catalogue().entries[message]

    assert {entry.yes, entry.no} <= {"", *(label.key for label in entry.choices)}


def test_a_question_to_be_answered_with_yes_says_which_button_that_is():
    """«… có đúng không?», «Đồng ý?» under buttons: who types «ừ» has answered."""
    asked = {
        r.id
        for r in everything()
        if r.words.is_choice and re.search(r"(?:có [^.?]*không|đúng (?:người )?không|Đồng ý)\?$", r.words.text.strip())
    }
    meant = {name for name, entry in catalogue().entries.items() if entry.yes}
    embedding = {name for name, entry in catalogue().entries.items() if entry.embeds}

    assert asked - embedding - meant == set()
    assert len(asked) > 5


@pytest.mark.parametrize("message", ["stranger", "stranger_group", "not_here", "enrol_code_refused"])
def test_outsiders_learn_nothing(message):
    for r in everything():
        if r.id == message:
            assert r.example.unit not in r.words.text
            assert "Hùng" not in r.words.text
            assert not re.search(r"\d", r.words.text) or message == "enrol_code_refused"


def test_the_group_reads_no_given_name_but_the_approvers():
    for r in everything():
        if r.reader.rank is Rank.GROUP:
            assert set(re.findall(r"đồng chí (\w+)", r.words.text)) <= {"Thắng"}, str(r)


def test_a_question_about_another_unit_shows_no_figure_of_it():
    """The author of a contradiction is shown the own figure only."""
    entry = catalogue().entries["problem/cross_section_conflict"]

    assert set(entry.inputs) == {"line", "petition"}


def test_the_printed_messages_are_up_to_date():
    """python -m tests.print_messages"""
    assert printed(catalogue()) == TARGET.read_text(encoding="utf-8")


def test_the_printed_inputs_are_up_to_date():
    """python -m tests.print_message_inputs"""
    assert printed_inputs(catalogue()) == INPUTS_DOC.read_text(encoding="utf-8")
