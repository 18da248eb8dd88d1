"""What we write is WordprocessingML: every part is valid against the schema of ECMA-376."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from bot.rendering.format import load_format
from bot.rendering.word.factory import build_template
from bot.rendering.word.fill import fill
from tests import word_file
from tests.gold_report import gold_report

SCHEMA = Path(__file__).parents[1] / "data" / "schema" / "wordprocessingml.zip"
PARTS = ["document", "footnotes", "settings", "styles", "header1", "header2"]


@pytest.fixture(scope="module")
def schema(tmp_path_factory) -> etree.XMLSchema:
    folder = tmp_path_factory.mktemp("schema")
    with zipfile.ZipFile(SCHEMA) as archive:
        archive.extractall(folder)
    return etree.XMLSchema(etree.parse(folder / "wml.xsd"))


@pytest.fixture(scope="module")
def filled() -> bytes:
    return fill(gold_report(), word_file.template_bytes())


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_the_report_is_valid(schema, filled, name):
    schema.validate(word_file.part(filled, f"word/{name}.xml"))

    assert [str(error) for error in schema.error_log] == []


def test_the_schema_notices_a_wrong_order(schema, filled):
    root = word_file.part(filled, "word/document.xml")
    look = next(p for p in root.iter(f"{word_file.W}pPr") if len(p) > 1)
    look.append(look[0])

    assert not schema.validate(root)


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_the_template_is_valid(schema, name):
    schema.validate(word_file.part(word_file.template_bytes(), f"word/{name}.xml"))

    assert [str(error) for error in schema.error_log] == []


def test_the_shipped_template_is_what_the_factory_builds():
    """`make template` was run after the last change of the layout."""
    assert build_template(load_format()) == word_file.template_bytes()
