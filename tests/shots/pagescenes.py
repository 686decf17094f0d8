"""The pages of the window, and what may stand above, below or in place of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget
from samples import COPY, FILM, UPDATES
from stage import Scene, Stage

from deskcron.domain.errors import RequestFailed, StoreUnavailable
from deskcron.domain.records import RunFilter
from deskcron.domain.review import ReviewNews
from deskcron.domain.run import Status
from deskcron.gui.jobs.page import JobsPage
from deskcron.gui.jobs.table import JobsTable
from deskcron.gui.life.erroroverlay import ErrorOverlay
from deskcron.gui.output.view import OutputView
from deskcron.gui.review.hint import ReviewHint
from deskcron.gui.settings.healthsection import HealthSection
from deskcron.gui.settings.page import SettingsPage
from deskcron.gui.settings.secretssection import SecretsSection
from deskcron.gui.shell.places import Place
from deskcron.gui.theme.searchfield import SearchField

HOUR_S = 3600
NARROW = QSize(760, 600)
LEAST = QSize(432, 300)
REFUSAL = RequestFailed(
    title="'Backup of documents' was not saved",
    detail="the disk is full",
    hint="Free some space, then save again.",
)
UNUSABLE = StoreUnavailable(
    title="The data of deskcron cannot be used",
    detail="/home/ada/.local/share/deskcron: the disk is full",
    hint="Free some space, then try again. Your jobs are still there.",
)
DELETED = "Tidy Downloads was deleted"
SAVED = f"“{COPY}” is saved."
SURPRISING = (
    "There is no program “rsinc”. It is looked for in /home/ada/bin, /usr/local/sbin, "
    "/usr/local/bin, /usr/sbin, /usr/bin, /sbin, /bin, /usr/games, /home/ada/.local/bin.\n"
    "The folder /media/holiday-disk does not exist."
)
SOUGHT, NOWHERE = "Pictures", "elephant"
SECRETS = ("backup-passphrase", "web-token")


def _narrow(stage: Stage) -> QWidget:
    stage.window.resize(NARROW)
    stage.settle()
    return stage.window


def _small(place: Place) -> Scene:
    def scene(stage: Stage) -> QWidget:
        stage.window.resize(LEAST)
        return stage.go(place)

    return scene


def _several_jobs(stage: Stage) -> QWidget:
    stage.go(Place.JOBS)
    table = stage.window.findChild(JobsTable)
    table.select_jobs([stage.job(name) for name in (COPY, FILM, UPDATES)])
    stage.afterwards(table.clearSelection)
    stage.settle()
    return stage.window


def _no_job_matches(stage: Stage) -> QWidget:
    stage.go(Place.JOBS)
    search = stage.window.findChild(JobsPage).findChild(SearchField)
    search.setText(NOWHERE)
    stage.afterwards(search.clear)
    stage.settle()
    return stage.window


def _failure(stage: Stage) -> QWidget:
    run = stage.facade.history.page(RunFilter(status=Status.FAILED))[0]
    stage.context.signals.show_run.emit(run.id)
    stage.settle()
    return stage.window


def _waiting_run(stage: Stage) -> QWidget:
    (run, *_rest) = stage.facade.overview.look(ahead=0).waiting
    stage.context.signals.show_run.emit(run.run_id)
    stage.settle()
    return stage.window


def _running(stage: Stage) -> QWidget:
    run = stage.facade.history.page(RunFilter(job_id=stage.job(FILM)))[0]
    stage.context.signals.show_run.emit(run.id)
    stage.settle()
    output = stage.window.findChild(OutputView)
    stage.until(lambda: "frame" in output.text.toPlainText())
    return stage.window


def _finding(wanted: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        job_id = stage.job("Backup of documents and pictures")
        run = stage.facade.history.page(RunFilter(job_id=job_id, status=Status.SUCCEEDED))[0]
        stage.context.signals.show_run.emit(run.id)
        stage.settle()
        output = stage.window.findChild(OutputView)
        stage.until(lambda: "Total" in output.text.toPlainText())
        output.find_bar.come()
        output.find_bar.findChild(QLineEdit).setText(wanted)
        stage.afterwards(output.find_bar.leave)
        stage.settle()
        return stage.window

    return scene


def _health(stage: Stage) -> QWidget:
    stage.go(Place.SETTINGS)
    section = stage.window.findChild(HealthSection)
    section.check.click()
    stage.until(section.findings.isVisible)
    return _scrolled_to(stage, section)


def _secrets(*names: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        return _scrolled_to(stage, show_secrets(stage, names))

    return scene


def show_secrets(stage: Stage, names: tuple[str, ...]) -> SecretsSection:
    """Show the settings as if these secrets were kept, whatever keyring there is."""
    stage.go(Place.SETTINGS)
    section = stage.window.findChild(SecretsSection)
    section._show_names(names)
    stage.afterwards(lambda: section._show_names(()))
    stage.settle()
    return section


def _scrolled_to(stage: Stage, section: QWidget) -> QWidget:
    """Show a part of the settings at the top."""
    area = stage.window.findChild(SettingsPage).findChild(QScrollArea)
    area.verticalScrollBar().setValue(section.y())
    stage.settle()
    return stage.window


def _messages(stage: Stage) -> QWidget:
    stage.context.bridge.failed.emit(REFUSAL)
    stage.context.signals.say_undoable.emit(DELETED, 1)
    stage.settle()
    return stage.window


def _surprising(stage: Stage) -> QWidget:
    stage.context.signals.say_surprising.emit(SAVED, SURPRISING, stage.job(COPY), 1)
    stage.settle()
    return stage.window


def _hint(stage: Stage) -> QWidget:
    """Show the strip as it is after an absence."""
    (absence, *_rest) = stage.facade.review.absences()
    hint = stage.window.findChild(ReviewHint)
    hint.tell(ReviewNews(absence, jobs=12, open_jobs=5))
    stage.settle()
    return stage.window


def _paused(stage: Stage) -> QWidget:
    stage.facade.control.pause(HOUR_S)
    stage.afterwards(stage.facade.control.resume)

    def is_seen() -> bool:
        overview = stage.overview_watcher.overview
        return overview is not None and overview.engine.paused

    stage.until(is_seen)
    return stage.go(Place.INBOX)


def _unusable(stage: Stage) -> QWidget:
    overlay = ErrorOverlay(stage.window)
    overlay.put_on(stage.window, UNUSABLE)
    stage.afterwards(overlay.take_off)
    stage.settle()
    return stage.window


PAGES: Mapping[str, Scene] = MappingProxyType({
    "jobs": lambda stage: stage.go(Place.JOBS),
    "jobs-narrow": _narrow,
    "jobs-small": _small(Place.JOBS),
    "jobs-several": _several_jobs,
    "jobs-no-match": _no_job_matches,
    "history": lambda stage: stage.go(Place.HISTORY),
    "history-failed": _failure,
    "history-running": _running,
    "history-waiting": _waiting_run,
    "history-find": _finding(SOUGHT),
    "history-find-nothing": _finding(NOWHERE),
    "history-small": _small(Place.HISTORY),
    "inbox": lambda stage: stage.go(Place.INBOX),
    "inbox-small": _small(Place.INBOX),
    "settings": lambda stage: stage.go(Place.SETTINGS),
    "settings-small": _small(Place.SETTINGS),
    "settings-health": _health,
    "settings-secrets": _secrets(),
    "settings-secrets-kept": _secrets(*SECRETS),
    "messages": _messages,
    "surprising": _surprising,
    "review-hint": _hint,
    "paused": _paused,
    "unusable": _unusable,
})  # fmt: skip
EMPTY: Mapping[str, Scene] = MappingProxyType({
    "empty-jobs": lambda stage: stage.go(Place.JOBS),
    "empty-history": lambda stage: stage.go(Place.HISTORY),
    "empty-inbox": lambda stage: stage.go(Place.INBOX),
})  # fmt: skip
