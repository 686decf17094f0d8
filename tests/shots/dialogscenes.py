"""The dialogs over the window, and the questions it asks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from formscenes import begin, new_reminder
from pagescenes import SECRETS, show_secrets
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from samples import COPY
from stage import Scene, Stage

from deskcron.domain.answers import Imported
from deskcron.domain.records import RunFilter
from deskcron.domain.run import Status
from deskcron.domain.tidyundo import NotPutBack, PutBack
from deskcron.gui.editor.tidyruledialog import TidyRuleDialog
from deskcron.gui.environment.dialog import EnvironmentDialog
from deskcron.gui.environment.variables import Against
from deskcron.gui.history import tidyundo
from deskcron.gui.inbox.snoozemenu import UntilDialog
from deskcron.gui.life.closepolicy import ClosePolicy
from deskcron.gui.life.preferenceswatcher import PreferencesWatcher
from deskcron.gui.life.quitconfirmation import QuitConfirmation
from deskcron.gui.settings.importdialog import ImportDialog
from deskcron.gui.settings.secretdialog import SecretDialog

TIDIED = "Tidy Downloads"
IMPORTED = Imported(
    names=("Backup", "Rotate logs (2)", "Fetch mail"),
    renamed=(("Rotate logs", "Rotate logs (2)"),),
    warnings=("Fetch mail: @reboot runs when deskcron starts.",),
)
PUT_BACK = PutBack(
    back=tuple(f"/home/ada/Downloads/photo-{number}.jpg" for number in range(11)),
    left=(
        NotPutBack("/home/ada/Downloads/report.pdf", "it was changed since"),
        NotPutBack("/home/ada/Downloads/invoice.pdf", "there is another file by now"),
    ),
)


def _why(stage: Stage) -> QWidget:
    stage.context.signals.explain_job.emit(stage.job("Is the web site there?"))
    return stage.dialog()


def _why_of_a_run(stage: Stage) -> QWidget:
    run = stage.facade.history.page(RunFilter(status=Status.FAILED))[0]
    stage.context.signals.explain_run.emit(run.id)
    return stage.dialog()


def _environment(against: Against) -> Scene:
    def scene(stage: Stage) -> QWidget:
        run = stage.facade.history.page(RunFilter(status=Status.FAILED))[0]
        dialog = EnvironmentDialog(stage.context, stage.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.against.set_value(against.name)
        dialog.show_run(run.job_id, run.id)
        stage.until(lambda: bool(dialog.model.rows))  # a login shell may be asked
        return dialog

    return scene


def _statistics(name: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        stage.context.signals.show_statistics.emit(stage.job(name) if name else "")
        return stage.dialog()

    return scene


def _review(stage: Stage) -> QWidget:
    stage.context.signals.show_review.emit(None)
    return stage.dialog()


def _keys(stage: Stage) -> QWidget:
    stage.window.show_keys()
    return stage.dialog()


def _snooze(stage: Stage) -> QWidget:
    UntilDialog(stage.context.clock, stage.window).open()
    return stage.dialog()


def _secret(stage: Stage) -> QWidget:
    SecretDialog(stage.context.bridge, (), "", stage.window).open()
    return stage.dialog()


def _removing_a_secret(stage: Stage) -> QWidget:
    section = show_secrets(stage, SECRETS)
    section.rows[SECRETS[0]].remove.click()
    return stage.dialog()


def _import(stage: Stage) -> QWidget:
    ImportDialog(IMPORTED, stage.window).open()
    return stage.dialog()


def _tidy_rule(stage: Stage) -> QWidget:
    TidyRuleDialog({}, stage.window).open()
    return stage.dialog()


def _undoing_a_tidying(stage: Stage) -> QWidget:
    undo = tidyundo.TidyUndo(stage.context, stage.window, lambda _may: None)
    stage.afterwards(undo.deleteLater)
    undo.look(stage.facade.history.page(RunFilter(job_id=stage.job(TIDIED)))[0])
    undo.ask()
    return stage.dialog()


def _undone_tidying(stage: Stage) -> QWidget:
    tidyundo._show(stage.window, tidyundo.words(PUT_BACK))
    return stage.dialog()


def _quit(stage: Stage) -> QWidget:
    confirmation = QuitConfirmation(stage.context, stage.window)
    stage.afterwards(confirmation.deleteLater)
    confirmation.ask(stage.window)
    return stage.dialog()


def _close(stage: Stage) -> QWidget:
    """Close the window where there is no tray to come back from."""
    preferences_watcher = PreferencesWatcher(stage.context.bridge, stage.window)
    preferences_watcher.look()
    stage.settle()
    policy = ClosePolicy(preferences_watcher, lambda: False, preferences_watcher)
    stage.afterwards(preferences_watcher.deleteLater)
    policy.decide(stage.window, QCloseEvent())
    return stage.dialog()


def _leave_a_job(stage: Stage) -> QWidget:
    form = begin(stage, name=COPY)
    form.form.fields()["tags"].control.setText("photos")
    form.reject()
    return stage.dialog()


def _leave_a_nameless_job(stage: Stage) -> QWidget:
    form = new_reminder(stage)
    form.form.what.set_kind("web")
    form.reject()
    return stage.dialog()


DIALOGS: Mapping[str, Scene] = MappingProxyType({
    "why": _why,
    "why-run": _why_of_a_run,
    "environment": _environment(Against.NOTHING),
    "environment-differs": _environment(Against.TERMINAL),
    "review": _review,
    "statistics": _statistics("Is the web site there?"),
    "statistics-never-run": _statistics("Call the dentist"),
    "statistics-all": _statistics(""),
    "keys": _keys,
    "snooze": _snooze,
    "secret": _secret,
    "tidy-rule": _tidy_rule,
    "import": _import,
    "question-remove-secret": _removing_a_secret,
    "question-undo-tidying": _undoing_a_tidying,
    "undone-tidying": _undone_tidying,
    "question-quit": _quit,
    "question-close": _close,
    "question-leave": _leave_a_job,
    "question-leave-new": _leave_a_nameless_job,
})  # fmt: skip
