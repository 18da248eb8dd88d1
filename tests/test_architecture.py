"""The house plan holds: imports go one way, nothing grows too long, nothing reads the clock where it must not."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ("bot", "handlers", "storage", "templates", "tests", "benchmarks")
FILE_LIMIT = 450
FUNCTION_LIMIT = 50

PLANTED = {
    "direction": ("bot/forms/model.py", "import bot.facts"),
    "bot": ("bot/utils.py", ""),
    "handlers": ("handlers/channel.py", "import handlers.inbound"),
    "pure": ("bot/replies/reading.py", "import time"),
    "sqlite": ("handlers/tick.py", "import sqlite3"),
    "telegram": ("handlers/inbound.py", "import telegram"),
    "http": ("handlers/deliver.py", "import httpx"),
    "channels": ("handlers/channel.py", "import storage.outbox"),
}


def sources(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def lint(tree: Path, contract: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    command += ["--contract", contract] if contract else []
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("tree")
    for package in ("bot", "handlers", "storage", "templates"):
        shutil.copytree(ROOT / package, tree / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree / "pyproject.toml")
    return tree


def test_every_import_contract_holds(copied: Path) -> None:
    result = lint(copied)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_breaks_its_contract(copied: Path, contract: str) -> None:
    name, line = PLANTED[contract]
    place = copied / name
    before = place.read_text(encoding="utf-8") if place.exists() else None
    place.write_text((before or "") + f"\n{line}\n", encoding="utf-8")
    try:
        result = lint(copied, contract)
    finally:
        if before is None:
            place.unlink()
        else:
            place.write_text(before, encoding="utf-8")

    assert result.returncode != 0, f"{contract} let «{line}» into {name}\n{result.stdout}"


def test_the_package_docstring_imports_nothing() -> None:
    """Python runs bot/__init__.py before any bot.x, and the import contracts do not see it."""
    tree = ast.parse((ROOT / "bot/__init__.py").read_text(encoding="utf-8"))

    assert [type(node).__name__ for node in tree.body] == ["Expr"]


def test_no_file_is_longer_than_the_house_allows() -> None:
    long = {str(p.relative_to(ROOT)): n for p in sources(*CODE) if (n := p.read_text("utf-8").count("\n")) > FILE_LIMIT}

    assert long == {}


def test_no_function_is_longer_than_the_house_allows() -> None:
    long = {}
    for path in sources(*CODE):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                size = (node.end_lineno or 0) - body[0].lineno + 1
                if size > FUNCTION_LIMIT:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = size

    assert long == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources("bot", "handlers", "storage")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_tests_use_no_mocks_patches_or_sleeps() -> None:
    forbidden = ("unittest" + ".mock", "monkeypatch" + ".setattr", "time" + ".sleep(", "asyncio" + ".sleep(")
    guilty = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in sources("tests")
        for word in forbidden
        if word in path.read_text(encoding="utf-8")
    ]

    assert guilty == []


def test_no_vietnamese_sentence_stands_in_python() -> None:
    """Words for people come from templates. The reader's vocabulary and docstrings are data and explanation."""
    spoken = set("ăâđêôơưàảãạằẳẵặầẩẫậèẻẽẹềểễệìỉĩịòỏõọồổỗộờởỡợùủũụừửữựỳỷỹỵ")
    guilty = []
    for path in sources(
        "bot/decisions", "bot/periods", "bot/reports", "bot/checks", "handlers", "storage", "bot/rendering"
    ):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(n.body[0].value) for n in ast.walk(tree) if _has_docstring(n)}
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
            if is_text and "|" not in node.value and len(node.value.split()) > 3 and spoken & set(node.value.lower()):
                guilty.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.value[:60]}")

    assert guilty == []


def _has_docstring(node: ast.AST) -> bool:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    if not isinstance(node, holders) or not node.body:
        return False
    first = node.body[0]
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
