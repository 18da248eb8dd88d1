"""Prints the reference part of docs/storage.md from the code: `python -m tests.print_storage_manual`."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "storage.md"
MARK = "## Reference\n"
HEAD = "\nPrinted by `python -m tests.print_storage_manual`; do not edit. `rx` may be a `Transaction` too.\n"
FIRST = ("database", "migrate", "backup", "engine", "lock", "errors")
INSIDE = ("__init__", "statements", "values", "writer")  # nobody outside of storage needs them


def manual() -> str:
    files = {file.stem: file for file in sorted((ROOT / "storage").glob("*.py")) if file.stem not in INSIDE}
    names = [*FIRST, *(name for name in files if name not in FIRST)]
    written = TARGET.read_text(encoding="utf-8").split(MARK)[0]
    return written + MARK + HEAD + "".join(module(name, files[name].read_text(encoding="utf-8")) for name in names)


def module(name: str, source: str) -> str:
    tree = ast.parse(source)
    lines = [line for node in tree.body for line in entry(node)]
    says = (ast.get_docstring(tree) or "").splitlines()[0]
    return f"\n### storage.{name}\n\n{says}\n\n```text\n" + "\n".join(lines) + "\n```\n"


def entry(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
        prefix = "async " if isinstance(node, ast.AsyncFunctionDef) else ""
        return [f"{prefix}{node.name}({ast.unparse(node.args)}) -> {ast.unparse(node.returns or ast.Constant(None))}"]
    if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
        bases = f"({', '.join(map(ast.unparse, node.bases))})" if node.bases else ""
        fields = [ast.unparse(n) for n in node.body if isinstance(n, ast.AnnAssign)]
        members = [ast.unparse(n.targets[0]) for n in node.body if isinstance(n, ast.Assign)]
        has = f": {'; '.join(fields or members)}" if fields or members else ""
        inside = [f"    {line}" for n in node.body if not isinstance(n, ast.ClassDef) for line in entry(n)]
        return [f"class {node.name}{bases}{has}", *inside]
    return []


if __name__ == "__main__":
    TARGET.write_text(manual(), encoding="utf-8")
