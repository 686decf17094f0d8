"""Every text of the program can be collected for translators, and is translated when shown."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import deskcron

SOURCES = Path(deskcron.__file__).parent
CALLS = {"_": 1, "gettext": 1, "ngettext": 2}
"""Functions that translate, and how many texts each is given."""


def test_translators_see_every_text() -> None:
    """Each call has its texts written out, as only these are found when texts are collected."""
    hidden = [
        f"{path.relative_to(SOURCES)}:{call.lineno}"
        for path in SOURCES.rglob("*.py")
        if path.name != "texts.py"
        for call in calls_in(path)
        if not all(
            isinstance(text, ast.Constant) and isinstance(text.value, str)
            for text in call.args[: CALLS[call.func.id]]
        )
    ]
    assert hidden == []


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module of ours."""
    return ast.parse(path.read_text(encoding="utf-8"))


def calls_in(path: Path) -> Iterator[ast.Call]:
    """Yield the calls of a module that translate."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield node


def test_no_text_is_translated_while_the_program_is_loaded() -> None:
    """Texts are asked for when they are shown. The command line is loaded when all is known."""
    early = [
        f"{path.relative_to(SOURCES)}:{call.lineno}"
        for path in SOURCES.rglob("*.py")
        if path.parent.name != "cli"
        for call in early_calls(parsed(path))
    ]
    assert early == []


def early_calls(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that are made when a module is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        is_call = isinstance(child, ast.Call) and isinstance(child.func, ast.Name)
        if is_call and child.func.id in CALLS:
            yield child
        yield from early_calls(child)
