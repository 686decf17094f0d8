"""The menus of icon and window; each is photographed by itself, above the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu, QWidget
from samples import FILM, UPDATES
from stage import Scene, Stage

from deskcron.domain.records import RunFilter
from deskcron.domain.run import Status
from deskcron.gui.history.table import RunsTable
from deskcron.gui.inbox.entrylist import EntryList
from deskcron.gui.inbox.page import InboxPage
from deskcron.gui.inbox.snoozemenu import SnoozeMenu
from deskcron.gui.jobs.beginning import NewButton
from deskcron.gui.jobs.table import JobsTable
from deskcron.gui.output.view import OutputView
from deskcron.gui.review.dialog import ReviewDialog
from deskcron.gui.shell.navigation import Navigation
from deskcron.gui.shell.pausemenu import PauseMenu
from deskcron.gui.shell.places import Place
from deskcron.gui.tray.tray import Tray

AT = QPoint(60, 60)
INK = QColor("white")


def _popped_up(stage: Stage, menu: QMenu) -> QWidget:
    menu.popup(AT)
    return stage.popup()


def _tray(part: Callable[[Tray], QMenu]) -> Scene:
    def scene(stage: Stage) -> QWidget:
        tray = Tray(stage.context, stage.overview_watcher, INK, lambda: False, parent=stage.window)
        stage.afterwards(tray.deleteLater)
        stage.afterwards(tray.menu.deleteLater)
        stage.settle()
        return _popped_up(stage, part(tray))

    return scene


def _run_menu(tray: Tray) -> QMenu:
    submenus = [menu for action in tray.menu.actions() if (menu := action.menu()) is not None]
    return next(menu for menu in submenus if not isinstance(menu, PauseMenu))


def _pause(stage: Stage) -> QWidget:
    return _popped_up(stage, stage.window.findChild(PauseMenu))


def _more(stage: Stage) -> QWidget:
    return _popped_up(stage, stage.window.findChild(Navigation).more.menu())


def _new_job(stage: Stage) -> QWidget:
    stage.go(Place.JOBS)
    return _popped_up(stage, stage.window.findChild(NewButton).menu())


def _jobs(*names: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        stage.go(Place.JOBS)
        table = stage.window.findChild(JobsTable)
        table.select_jobs([stage.job(name) for name in names])
        stage.afterwards(table.clearSelection)
        stage.settle()
        table.menu_wanted.emit(AT)
        return stage.popup()

    return scene


def _run(stage: Stage) -> QWidget:
    run = stage.facade.history.page(RunFilter(status=Status.FAILED))[0]
    stage.context.signals.show_run.emit(run.id)
    stage.settle()
    stage.window.findChild(RunsTable).menu_wanted.emit(AT)
    return stage.popup()


def _output(stage: Stage) -> QWidget:
    run = stage.facade.history.page(RunFilter(status=Status.FAILED))[0]
    stage.context.signals.show_run.emit(run.id)
    stage.settle()
    stage.window.findChild(OutputView).text.customContextMenuRequested.emit(AT)
    return stage.popup()


def _entry(stage: Stage) -> QWidget:
    stage.go(Place.INBOX)
    stage.window.findChild(InboxPage).findChild(EntryList).menu_wanted.emit(AT)
    return stage.popup()


def _snooze(stage: Stage) -> QWidget:
    stage.go(Place.INBOX)
    return _popped_up(stage, stage.window.findChild(InboxPage).findChild(SnoozeMenu))


def _review(stage: Stage) -> QWidget:
    stage.context.signals.show_review.emit(None)
    dialog = stage.dialog()
    assert isinstance(dialog, ReviewDialog)
    dialog.table.menu_wanted.emit(AT)
    return stage.popup()


MENUS: Mapping[str, Scene] = MappingProxyType({
    "menu-tray": _tray(lambda tray: tray.menu),
    "menu-tray-run": _tray(_run_menu),
    "menu-pause": _pause,
    "menu-more": _more,
    "menu-new-job": _new_job,
    "menu-job": _jobs(FILM),
    "menu-jobs": _jobs(FILM, UPDATES),
    "menu-run": _run,
    "menu-output": _output,
    "menu-inbox": _entry,
    "menu-snooze": _snooze,
    "menu-review": _review,
})  # fmt: skip
