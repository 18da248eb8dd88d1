"""Another office suite opens the report, re-saves the template, edits with tracked changes: the report survives all of it."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from bot.rendering.pdf import pdf
from bot.rendering.word.check import template_slips
from bot.rendering.word.dress import dressed
from bot.rendering.word.fill import fill
from bot.rendering.word.readback import changes
from tests import word_file
from tests.gold_report import gold_figures, gold_report

SOFFICE = shutil.which("soffice")
EDITOR = Path(__file__).parents[1] / "libreoffice_edit.py"
SYSTEM_PYTHON = "/usr/bin/python3"
NEW = "Hội CCB tổ chức 02 buổi sinh hoạt với 63 lượt hội viên."
SENTENCE = "Đôn đốc các cơ quan, đơn vị thực hiện nộp Quỹ phòng, chống thiên tai năm 2025."

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here; .ci/run installs it")


def has_uno() -> bool:
    probe = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return probe.returncode == 0


def converted(data: bytes, folder: Path, kind: str) -> bytes:
    """The file as LibreOffice writes it in another format, or in its own words of the same."""
    source, out = folder / "in.docx", folder / "out"
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [SOFFICE, "--headless", profile, "--convert-to", kind, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (out / f"in.{kind}").read_bytes()


@pytest.fixture(scope="module")
def sent() -> bytes:
    return fill(gold_report(), word_file.template_bytes())


def test_the_report_opens_with_thirteen_pages_and_every_figure(sent, tmp_path):
    document = pypdfium2.PdfDocument(converted(sent, tmp_path, "pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    whole = "".join(unicodedata.normalize("NFC", text).replace("\ufffe", "").split())
    lost = [f["id"] for f in gold_figures() if "".join(f["surface"].split()) not in whole]

    assert 12 <= len(document) <= 14
    assert abs(len(document) - len(pypdfium2.PdfDocument(pdf(gold_report())))) <= 1
    assert lost == []


def test_no_page_holds_the_signature_alone(sent, tmp_path):
    document = pypdfium2.PdfDocument(converted(sent, tmp_path, "pdf"))
    last = unicodedata.normalize("NFC", document[len(document) - 1].get_textpage().get_text_range())

    assert "Nguyễn Văn Mẫu" in last
    assert "Trên đây là Báo cáo" in last


def test_a_template_that_was_saved_again_still_passes_the_check_and_fills(sent, tmp_path):
    again = converted(word_file.template_bytes(), tmp_path, "docx")
    made = fill(gold_report(), again)

    assert [slip.code for slip in template_slips(again)] == []
    assert [len(note) for note in word_file.footnotes(made)] == [3, 1, 5]
    assert [p for p in word_file.paragraphs(made) if p] == [p for p in word_file.paragraphs(sent) if p]
    assert changes(gold_report(), made) == []


def test_a_report_that_was_only_saved_again_has_no_changes(sent, tmp_path):
    assert changes(gold_report(), converted(sent, tmp_path, "docx")) == []


@pytest.mark.skipif(not Path(SYSTEM_PYTHON).exists() or not has_uno(), reason="python3-uno is not installed here")
def test_tracked_edits_made_there_come_back_as_exactly_those(sent, tmp_path):
    source, target = tmp_path / "in.docx", tmp_path / "edited.docx"
    source.write_bytes(sent)
    words = ["549/650", "560/650", "bảo đảm tiến độ và đúng quy định.", NEW, SENTENCE]
    subprocess.run([SYSTEM_PYTHON, str(EDITOR), str(source), str(target), *words], check=True, timeout=180)
    data = target.read_bytes()
    rice, disaster, cells = changes(gold_report(), data)

    assert b"w:ins" in word_file.raw(data, "word/document.xml")
    assert (rice.block, [(f.indicator, f.value) for f in rice.figures]) == (
        "II.1.1.a",
        [("rice_area_done_ha", Decimal(560))],
    )
    assert (disaster.block, disaster.sentences_removed, disaster.sentences_added) == ("II.1.1.d", 1, 0)
    assert (cells.block, cells.new) == ("II.4.3", NEW)


def test_a_report_that_was_saved_there_lends_its_look_to_the_next_draft(sent, tmp_path):
    """Whatever it calls the styles: the next draft opens, with the same pages and figures."""
    made = dressed(sent, converted(sent, tmp_path, "docx"))
    document = pypdfium2.PdfDocument(converted(made, tmp_path, "pdf"))

    assert word_file.paragraphs(made) == word_file.paragraphs(sent)
    assert 12 <= len(document) <= 14
