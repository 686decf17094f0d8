"""Open forms before the end: those with unsaved words are asked about, and never twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from deskcron.domain.errors import StoreUnavailable
from deskcron.engine.facade import Facade
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.life.forms import Forms
from deskcron.gui.pagecontext import PageContext


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """Return a window for forms to stand over."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield window
    for form in window.findChildren(Editor):
        form.let_go(is_ending=True)
        form.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def forms(context: PageContext, window: QWidget) -> Forms:
    """Return forms of which none is open."""
    return Forms(context)


@pytest.fixture
def form(qtbot: QtBot, forms: Forms, window: QWidget) -> Editor:
    """Return a form in which something was typed."""
    return typed(qtbot, forms, window, "Tea")


def typed(qtbot: QtBot, forms: Forms, window: QWidget, name: str) -> Editor:
    """Begin a job and type its name."""
    before = window.findChildren(Editor)
    forms.begin("reminder", window)
    (form,) = [one for one in window.findChildren(Editor) if one not in before]
    qtbot.waitUntil(form.save_button.isEnabled)
    name_of(form).setText(name)
    return form


def name_of(form: Editor) -> QLineEdit:
    """Return the field of the name."""
    field = form.form.fields()["name"].control
    assert isinstance(field, QLineEdit)
    return field


def boxes(form: Editor) -> list[QMessageBox]:
    """Return the questions over a form."""
    return [box for box in form.findChildren(QMessageBox) if box.isVisible()]


def answer(form: Editor, words: str) -> None:
    """Press a button of the question over a form."""
    (box,) = boxes(form)
    (button,) = [one for one in box.buttons() if one.text().replace("&", "") == words]
    button.click()


def test_without_forms_nothing_stands_in_the_way(qtbot: QtBot, forms: Forms) -> None:
    """Where no form is open the end can come at once."""
    with qtbot.waitSignal(forms.all_gone):
        forms.leave()


def test_only_forms_with_changes_are_shown_to_who_may_not_quit(
    qtbot: QtBot, forms: Forms, form: Editor, window: QWidget
) -> None:
    """Forms with unsaved words come to the front, those without stay where they are."""
    forms.begin("reminder", window)
    (other,) = [one for one in window.findChildren(Editor) if one is not form]
    qtbot.waitUntil(other.save_button.isEnabled)
    for one in (form, other):
        one.showMinimized()
    assert forms.have_changes()
    forms.show_changed()
    assert not form.isMinimized()
    assert other.isMinimized()
    assert not boxes(form)
    form.let_go(is_ending=True)
    form.close()
    assert not forms.have_changes()


def test_a_form_without_changes_just_closes(qtbot: QtBot, forms: Forms, window: QWidget) -> None:
    """A form in which nothing was typed goes without a question."""
    forms.begin("reminder", window)
    (form,) = window.findChildren(Editor)
    qtbot.waitUntil(form.save_button.isEnabled)
    with qtbot.waitSignal(forms.all_gone):
        forms.leave()


@pytest.mark.parametrize(("words", "stored"), [("Discard", []), ("Save", ["Tea"])])
def test_the_end_goes_on_when_the_last_question_is_answered(
    qtbot: QtBot, forms: Forms, form: Editor, facade: Facade, words: str, stored: list[str]
) -> None:
    """After Discard as after Save the end comes that was wanted before the question."""
    form.showMinimized()
    with qtbot.assertNotEmitted(forms.all_gone):
        forms.leave()
    assert not form.isMinimized()
    with qtbot.waitSignal(forms.all_gone):
        answer(form, words)
    assert [job.name for job in facade.catalogue.list()] == stored


def test_cancel_takes_the_end_back(qtbot: QtBot, forms: Forms, form: Editor) -> None:
    """After Cancel the form stays, and closing it later ends nothing."""
    forms.leave()
    answer(form, "Cancel")
    with qtbot.assertNotEmitted(forms.all_gone):
        form.reject()
        answer(form, "Discard")


def test_what_cannot_be_saved_takes_the_end_back(
    qtbot: QtBot,
    forms: Forms,
    form: Editor,
    facade: Facade,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where saving is refused the form stays, and saving it later ends nothing."""

    def refuse(_document: object) -> None:
        raise StoreUnavailable(title="The disk is full")

    monkeypatch.setattr(facade.jobs, "add", refuse)
    forms.leave()
    with qtbot.waitSignal(form.stayed):
        answer(form, "Save")
    monkeypatch.undo()
    with qtbot.assertNotEmitted(forms.all_gone), qtbot.waitSignal(form.saved):
        form.save()


def test_every_form_has_its_say(qtbot: QtBot, forms: Forms, window: QWidget, form: Editor) -> None:
    """Several forms ask each for itself, once however often the end is wanted."""
    other = typed(qtbot, forms, window, "Coffee")
    forms.leave()
    forms.leave()
    with qtbot.assertNotEmitted(forms.all_gone):
        answer(form, "Discard")
    with qtbot.waitSignal(forms.all_gone):
        answer(other, "Discard")


def test_the_end_of_the_session_asks_nobody(
    qtbot: QtBot, forms: Forms, window: QWidget, form: Editor
) -> None:
    """While the session ends forms close at once; where it did not end they ask again."""
    forms.let_go(is_ending=True)
    assert form.close()
    assert boxes(form) == []
    forms.let_go(is_ending=False)
    other = typed(qtbot, forms, window, "Coffee")
    assert not other.close()
    assert len(boxes(other)) == 1
    answer(other, "Discard")
