"""Texts reach translators, and translations reach persons."""

from __future__ import annotations

import ast
import gettext
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import deskcron
from deskcron.domain import texts

SOURCES = Path(deskcron.__file__).parent
CALLS = {"_": 1, "gettext": 1, "ngettext": 2}
"""Functions that translate, and how many texts each is given."""


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalog]:
    """Return a catalogue whose texts are used as soon as the first of them is asked for."""
    catalogue = Catalog(locale="de", domain=texts.DOMAIN)
    catalogue.add("Run now", "Jetzt ausführen")
    catalogue.add(("{count} job", "{count} jobs"), ("{count} Aufgabe", "{count} Aufgaben"))
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{texts.DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue)
    before = gettext.bindtextdomain(texts.DOMAIN)
    gettext.bindtextdomain(texts.DOMAIN, str(tmp_path))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):  # libc goes by the first, and remembers
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de")
    texts._catalogue.cache_clear()
    yield catalogue
    gettext.bindtextdomain(texts.DOMAIN, before)
    texts._catalogue.cache_clear()


def test_a_translation_is_used(german: Catalog) -> None:
    """In the person's language there are the translated texts, and the forms for numbers."""
    assert texts.gettext("Run now") == "Jetzt ausführen"
    assert texts.ngettext("{count} job", "{count} jobs", 2) == "{count} Aufgaben"
    assert texts.gettext("Not translated yet") == "Not translated yet"


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
