"""Secrets are kept, replaced and removed by name; where none can be kept the page says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backends import fail
from memoryring import MemoryRing
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from deskcron.engine.facade import Facade
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.settings.page import SettingsPage
from deskcron.gui.settings.secretdialog import SecretDialog
from deskcron.gui.settings.secretssection import SecretsSection
from deskcron.system.oskeyring import SERVICE

OpenPage = Callable[[], SettingsPage]


@pytest.fixture
def ring() -> Iterator[MemoryRing]:
    """Return the keyring of the session."""
    before = keyring.get_keyring()
    found = MemoryRing()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


@pytest.fixture
def section(open_page: OpenPage, ring: MemoryRing) -> SecretsSection:
    """Return the section of a page that is shown."""
    return open_page().secrets


def opened(section: SecretsSection) -> SecretDialog:
    """Return the dialog that is open."""
    [dialog] = [one for one in section.findChildren(SecretDialog) if one.isVisible()]
    return dialog


def test_a_secret_is_kept(
    section: SecretsSection, ring: MemoryRing, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """Its value goes into the keyring, hidden while it is typed; its name is listed."""
    section.add.click()
    dialog = opened(section)
    assert dialog.value.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(dialog.name, "API_TOKEN")
    qtbot.keyClicks(dialog.value, "s3cret-value")
    assert "${secret:API_TOKEN}" in dialog.meaning.text()
    with qtbot.waitSignal(dialog.accepted):
        dialog.keep.click()
    assert ring.kept == {(SERVICE, "API_TOKEN"): "s3cret-value"}
    assert facade.secrets.names() == ["API_TOKEN"]
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: list(section.rows) == ["API_TOKEN"])
    assert section.last.title() == "Another secret"
    assert section.rows["API_TOKEN"].hint() == "${secret:API_TOKEN}"


def test_a_value_is_replaced(
    section: SecretsSection, ring: MemoryRing, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """The name stays; the old value is not shown."""
    facade.secrets.set("A", "old-value")
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: "A" in section.rows)
    section.rows["A"].replace.click()
    dialog = opened(section)
    assert (dialog.name.text(), dialog.name.isReadOnly(), dialog.value.text()) == ("A", True, "")
    qtbot.keyClicks(dialog.value, "new-value")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.value, Qt.Key.Key_Return)
    assert ring.kept == {(SERVICE, "A"): "new-value"}


def test_a_secret_is_removed_after_a_question(
    section: SecretsSection, ring: MemoryRing, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """Name and value are gone, and the keyboard stays in the section."""
    facade.secrets.set("A", "value")
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: "A" in section.rows)
    section.rows["A"].remove.click()
    [box] = section.findChildren(QMessageBox)
    [remove] = [one for one in box.buttons() if one.text() == "&Remove"]
    remove.click()
    qtbot.waitUntil(lambda: not facade.secrets.names())
    assert ring.kept == {}
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: not section.rows)
    assert section.last.title() == "No secret yet"


def test_what_is_refused_stays_to_be_changed(section: SecretsSection, qtbot: QtBot) -> None:
    """A name that cannot be one is told while it is typed, and again when it is to be kept."""
    section.add.click()
    dialog = opened(section)
    qtbot.keyClicks(dialog.name, "two words")
    assert "letters, digits" in dialog.meaning.text()
    qtbot.keyClicks(dialog.value, "x")
    assert "not masked" in dialog.meaning.text()
    dialog.keep.click()
    qtbot.waitUntil(lambda: "was not kept" in dialog.problem.text())
    assert dialog.isVisible()
    assert dialog.value.text() == "x"


def test_a_name_that_is_taken_is_told(
    section: SecretsSection, facade: Facade, context: PageContext, qtbot: QtBot
) -> None:
    """Whoever adds a secret that there is already knows that its value is replaced."""
    facade.secrets.set("A", "value")
    context.bridge.changed.emit()
    qtbot.waitUntil(lambda: "A" in section.rows)
    section.add.click()
    dialog = opened(section)
    qtbot.keyClicks(dialog.name, "A")
    assert "is replaced" in dialog.meaning.text()


def test_without_a_keyring_the_page_says_so(
    ring: MemoryRing, open_page: OpenPage, qtbot: QtBot
) -> None:
    """Nothing can be added, and the words say what to do."""
    keyring.set_keyring(fail.Keyring())
    page = open_page()
    section = page.secrets
    page.findChild(QScrollArea).ensureWidgetVisible(section)
    qtbot.waitUntil(lambda: "has no keyring" in section.last.problem())
    assert "GNOME Keyring" in section.last.problem()
    assert not section.add.isEnabled()


def test_the_keyring_is_left_alone_until_the_section_is_in_sight(
    open_page: OpenPage, context: PageContext, facade: Facade, qtbot: QtBot, monkeypatch
) -> None:
    """Whoever looks at other settings is not asked to unlock anything."""
    asked: list[str] = []

    def obstacle() -> str:
        asked.append("keyring")
        return ""

    monkeypatch.setattr(facade.secrets, "obstacle", obstacle)
    page = open_page()
    qtbot.waitUntil(lambda: not context.bridge.is_asking())
    assert asked == []
    page.findChild(QScrollArea).ensureWidgetVisible(page.secrets)
    qtbot.waitUntil(lambda: asked == ["keyring"])
