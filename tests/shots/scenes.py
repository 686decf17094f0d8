"""What is photographed: every page, every dialog, and the window's own states."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QScrollArea, QWidget
from samples import COPY, FILM

from deskcron.domain.errors import RequestFailed
from deskcron.domain.records import RunFilter
from deskcron.domain.review import ReviewNews
from deskcron.domain.run import Status
from deskcron.engine.facade import Facade
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.editor.tidyruledialog import TidyRuleDialog
from deskcron.gui.editor.triggercard import TriggerCard
from deskcron.gui.environment.dialog import EnvironmentDialog
from deskcron.gui.environment.variables import Against
from deskcron.gui.inbox.snoozemenu import UntilDialog
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.review.hint import ReviewHint
from deskcron.gui.settings.healthsection import HealthSection
from deskcron.gui.settings.page import SettingsPage
from deskcron.gui.settings.secretdialog import SecretDialog
from deskcron.gui.settings.secretssection import SecretsSection
from deskcron.gui.shell.errorbar import ErrorBar
from deskcron.gui.shell.places import Place
from deskcron.gui.shell.surprise import Surprise
from deskcron.gui.shell.window import MainWindow

ROUNDS = 4
SETTLE_MS = 250
HOUR_S = 3600
REFUSAL = RequestFailed(
    title="'Backup of documents' was not saved",
    detail="the disk is full",
    hint="Free some space, then save again.",
)
DELETED = "Tidy Downloads was deleted"
SAVED = f"“{COPY}” is saved."
SURPRISING = (
    "There is no program “rsinc”. It is looked for in /home/ada/bin, /usr/local/sbin, "
    "/usr/local/bin, /usr/sbin, /usr/bin, /sbin, /bin, /usr/games, /home/ada/.local/bin.\n"
    "The folder /media/holiday-disk does not exist."
)
POLICY = {
    "retry": {"count": 3},
    "brake": {"failures": 5, "resume_s": HOUR_S},
    "hours": {
        "windows": [
            {"begin": "08:00", "end": "18:00", "days": ["mon", "tue", "wed", "thu", "fri"]},
            {"begin": "22:00", "end": "06:00"},
        ],
        "blackout": ["2026-12-24/2027-01-02", "2027-05-01"],
        "holidays": "DE-BY",
    },
    "conditions": {
        "all": [
            {"kind": "on-mains"},
            {"kind": "idle", "for_s": 600},
            {"kind": "free-space", "path": "/mnt/backup", "megabytes": 20_000},
            {"kind": "process", "name": "steam", "is_wanted": False},
        ],
        "otherwise": "wait",
    },
    "ask_s": 60,
    "lane": "disk",
    "watchdogs": {"no_success_s": 2 * 24 * HOUR_S, "smaller_than": 0.5},
    "environment": {"path_prefix": ["~/bin"]},
}
FULL = QSize(1366, 768)
NARROW = QSize(760, 600)
LEAST = QSize(432, 300)


class Stage:
    """The window over a home, and what a scene may do with it."""

    def __init__(self, window: MainWindow, context: PageContext, facade: Facade) -> None:
        self.window = window
        self.context = context
        self.facade = facade

    def settle(self) -> None:
        """Let questions be answered and layouts come to rest, also on a busy machine."""
        for _round in range(ROUNDS):
            answered: list[int] = []
            self.context.bridge.ask(
                self.window, lambda facade: facade.overview.version(), answered.append
            )
            while not answered:
                QTest.qWait(SETTLE_MS)
            QTest.qWait(SETTLE_MS)

    def go(self, place: Place) -> QWidget:
        """Show a page."""
        self.window.go(place)
        self.settle()
        return self.window

    def dialog(self) -> QWidget:
        """Return the dialog that is open."""
        self.settle()
        shown = [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, QDialog) and one.isVisible()
        ]
        if not shown:
            raise LookupError("No dialog is open")
        return shown[-1]

    def strike(self) -> None:
        """Close dialogs and messages, go back to the first page."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.done(0)
        self.window.findChild(ErrorBar).hide()
        self.window.findChild(Surprise).hide()
        self.window.findChild(ReviewHint).hide()
        self.window.resize(FULL)
        self.window.go(Place.JOBS)

    def job(self, name: str) -> str:
        """Return the id of a job."""
        return self.facade.history.job_id(name)


Scene = Callable[[Stage], QWidget]


def _history_of_a_failure(stage: Stage) -> QWidget:
    run = stage.facade.history.page(RunFilter(status=Status.FAILED))[0]
    stage.context.signals.show_run.emit(run.id)
    stage.settle()
    return stage.window


def _health(stage: Stage) -> QWidget:
    stage.go(Place.SETTINGS)
    section = stage.window.findChild(HealthSection)
    section.check.click()
    while not section.findings.isVisible():
        QTest.qWait(SETTLE_MS)
    stage.settle()
    return _scrolled_to(stage, section)


def _secrets(stage: Stage) -> QWidget:
    stage.go(Place.SETTINGS)
    return _scrolled_to(stage, stage.window.findChild(SecretsSection))


def _scrolled_to(stage: Stage, section: QWidget) -> QWidget:
    """Show a part of the settings at the top."""
    area = stage.window.findChild(SettingsPage).findChild(QScrollArea)
    area.verticalScrollBar().setValue(section.y())
    stage.settle()
    return stage.window


def _secret(stage: Stage) -> QWidget:
    SecretDialog(stage.context.bridge, (), "", stage.window).open()
    return stage.dialog()


def _tidy_rule(stage: Stage) -> QWidget:
    TidyRuleDialog({}, stage.window).open()
    return stage.dialog()


def _waiting(stage: Stage) -> QWidget:
    (run, *_rest) = stage.facade.overview.look(ahead=0).waiting
    stage.context.signals.show_run.emit(run.run_id)
    stage.settle()
    return stage.window


def _output_of_a_running_job(stage: Stage) -> QWidget:
    run = stage.facade.history.page(RunFilter(job_id=stage.job(FILM)))[0]
    stage.context.signals.show_run.emit(run.id)
    stage.settle()
    return stage.window


def _choice_of_templates(stage: Stage) -> QWidget:
    stage.context.signals.new_job.emit("")
    return stage.dialog()


def _new_reminder(stage: Stage) -> QWidget:
    stage.context.signals.new_job.emit("reminder")
    dialog = stage.dialog()
    assert isinstance(dialog, Editor)
    while not dialog.form.widget().isVisible():  # it is made in several turns
        stage.settle()
    return dialog


def _kind(kind: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        dialog = _new_reminder(stage)
        assert isinstance(dialog, Editor)
        dialog.form.what.set_kind(kind)
        stage.settle()
        return dialog

    return scene


def _when(kind: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        dialog = _new_reminder(stage)
        assert isinstance(dialog, Editor)
        card = dialog.form.when.findChildren(TriggerCard)[0]
        card.set_kind(kind)
        card.set_more_open(is_open=True)
        stage.settle()
        dialog.form.ensureWidgetVisible(card, 0, 0)
        stage.settle()
        return dialog

    return scene


def _rules(*unfolded: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        dialog = _new_reminder(stage)
        assert isinstance(dialog, Editor)
        dialog.form.what.set_kind("command")
        rules = dialog.form.rules
        rules.load(POLICY)
        for name in unfolded:
            rules.more.groups[name].set_open(is_open=True)
        stage.settle()
        dialog.form.ensureWidgetVisible(rules.more.groups[(*unfolded, "running")[0]], 0, 0)
        stage.settle()
        return dialog

    return scene


def _unsaved(stage: Stage) -> QWidget:
    """Ask before a form with changes is left."""
    dialog = _new_reminder(stage)
    assert isinstance(dialog, Editor)
    dialog.form.what.set_kind("script")
    dialog.reject()
    stage.settle()
    return dialog.findChild(QMessageBox)


def _edit(stage: Stage) -> QWidget:
    stage.context.signals.edit_job.emit(stage.job("Backup of documents and pictures"))
    return stage.dialog()


def _why(stage: Stage) -> QWidget:
    stage.context.signals.explain_job.emit(stage.job("Is the web site there?"))
    return stage.dialog()


def _environment(against: Against) -> Scene:
    def scene(stage: Stage) -> QWidget:
        run = stage.facade.history.page(RunFilter(status=Status.FAILED))[0]
        dialog = EnvironmentDialog(stage.context, stage.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.against.set_value(against.name)
        dialog.show_run(run.job_id, run.id)
        while not dialog.model.rows:  # a login shell may be asked
            stage.settle()
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


def _hint(stage: Stage) -> QWidget:
    """Show the strip as it is after an absence."""
    (absence, *_rest) = stage.facade.review.absences()
    hint = stage.window.findChild(ReviewHint)
    hint.tell(ReviewNews(absence, jobs=12, open_jobs=5))
    stage.settle()
    return stage.window


def _keys(stage: Stage) -> QWidget:
    stage.window.show_keys()
    return stage.dialog()


def _messages(stage: Stage) -> QWidget:
    stage.context.bridge.failed.emit(REFUSAL)
    stage.context.signals.say_undoable.emit(DELETED, 1)
    stage.settle()
    return stage.window


def _surprising(stage: Stage) -> QWidget:
    stage.context.signals.say_surprising.emit(SAVED, SURPRISING, stage.job(COPY))
    stage.settle()
    return stage.window


def _narrow(stage: Stage) -> QWidget:
    stage.window.resize(NARROW)
    stage.settle()
    return stage.window


def _small(place: Place) -> Scene:
    def scene(stage: Stage) -> QWidget:
        stage.window.resize(LEAST)
        return stage.go(place)

    return scene


def _snooze(stage: Stage) -> QWidget:
    UntilDialog(stage.context.clock, stage.window).open()
    return stage.dialog()


def _paused(stage: Stage) -> QWidget:
    stage.facade.control.pause(HOUR_S)
    stage.settle()
    return stage.go(Place.INBOX)


SCENES: Mapping[str, Scene] = {
    "jobs": lambda stage: stage.go(Place.JOBS),
    "jobs-narrow": _narrow,
    "jobs-small": _small(Place.JOBS),
    "history": lambda stage: stage.go(Place.HISTORY),
    "history-failed": _history_of_a_failure,
    "history-running": _output_of_a_running_job,
    "history-waiting": _waiting,
    "history-small": _small(Place.HISTORY),
    "inbox-small": _small(Place.INBOX),
    "settings-small": _small(Place.SETTINGS),
    "inbox": lambda stage: stage.go(Place.INBOX),
    "settings": lambda stage: stage.go(Place.SETTINGS),
    "settings-health": _health,
    "settings-secrets": _secrets,
    "secret": _secret,
    "editor-templates": _choice_of_templates,
    "editor-reminder": _new_reminder,
    "editor-edit": _edit,
    "editor-unsaved": _unsaved,
    "editor-web": _kind("web"),
    "editor-python": _kind("python"),
    "editor-tidy": _kind("tidy"),
    "tidy-rule": _tidy_rule,
    "editor-event": _when("event"),
    "editor-file": _when("file"),
    "editor-after": _when("after"),
    "editor-signal": _when("signal"),
    "editor-rules": _rules(),
    "editor-rules-retry": _rules("retry", "exit_codes", "brake"),
    "editor-rules-hours": _rules("hours", "ask"),
    "editor-rules-conditions": _rules("conditions"),
    "editor-rules-running": _rules("running", "environment", "watch", "pings"),
    "why": _why,
    "environment": _environment(Against.NOTHING),
    "environment-differs": _environment(Against.TERMINAL),
    "review": _review,
    "statistics": _statistics("Is the web site there?"),
    "statistics-never-run": _statistics("Call the dentist"),
    "statistics-all": _statistics(""),
    "keys": _keys,
    "messages": _messages,
    "surprising": _surprising,
    "review-hint": _hint,
    "paused": _paused,
    "snooze": _snooze,
}
EMPTY: Mapping[str, Scene] = {
    "empty-jobs": lambda stage: stage.go(Place.JOBS),
    "empty-history": lambda stage: stage.go(Place.HISTORY),
    "empty-inbox": lambda stage: stage.go(Place.INBOX),
}
