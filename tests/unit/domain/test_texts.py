"""Translations reach persons."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from deskcron.domain import texts


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
