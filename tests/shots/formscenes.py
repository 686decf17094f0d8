"""The form of a job: what it does, when, by which rules, and what it says of all that."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtWidgets import QWidget
from stage import Scene, Stage

from deskcron.gui.editor.dialog import Editor
from deskcron.gui.editor.triggercard import TriggerCard
from deskcron.gui.theme.clockfields import DateField

HOUR_S = 3600
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
SCRIPT = """\
for folder in Letters Taxes Photos; do
  printf 'copied \\033[1m%s\\033[0m\\n' "$folder"
done
printf '\\033[33mwarn\\033[0m  the disk is nearly full\\n' >&2
"""
SEVERAL = (("weekly", "mon,wed@18:00"), ("cron", "0 9 1 * *"), ("every", "90m"))


def new_reminder(stage: Stage) -> Editor:
    """Open an empty form for a reminder."""
    stage.context.signals.new_job.emit("reminder")
    return stage.form()


def begin(stage: Stage, **parts: Any) -> Editor:
    """Open a form for a new job with these parts of a document."""
    form = new_reminder(stage)
    form.form.load({**form.form.document(), **parts})
    stage.settle()
    return form


def _choice_of_templates(stage: Stage) -> QWidget:
    stage.context.signals.new_job.emit("")
    return stage.dialog()


def _blanks_of_a_template(stage: Stage) -> QWidget:
    stage.context.signals.new_job.emit("backup")
    form = stage.dialog()
    assert isinstance(form, Editor)
    stage.until(lambda: form.blanks is not None)
    stage.settle()
    return form


def _edit(stage: Stage) -> QWidget:
    stage.context.signals.edit_job.emit(stage.job("Backup of documents and pictures"))
    return stage.form()


def _kind(kind: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        form = new_reminder(stage)
        form.form.what.set_kind(kind)
        stage.settle()
        return form

    return scene


def _script(stage: Stage) -> QWidget:
    return begin(stage, name="Copy folders", action={"kind": "script", "text": SCRIPT})


def _test_run(stage: Stage) -> QWidget:
    form = begin(stage, name="Copy folders", action={"kind": "script", "text": SCRIPT})
    form.test_button.click()
    pane = form.panes.test_pane
    assert pane is not None
    stage.until(lambda: "nearly full" in pane.output.text.toPlainText())
    stage.until(lambda: pane.output._run is not None and not pane.output._run.status.is_open)
    return form


def _problems(stage: Stage) -> QWidget:
    form = begin(
        stage,
        name="",
        action={"kind": "command", "program": "", "arguments": []},
        triggers=[{"id": "t1", "kind": "cron", "expression": "0 25 * *"}],
    )
    form.save_button.click()
    stage.settle()
    return form


def _when(kind: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        form = new_reminder(stage)
        card = form.form.when.findChildren(TriggerCard)[0]
        card.set_kind(kind)
        card.set_more_open(is_open=True)
        stage.settle()
        form.form.ensureWidgetVisible(card, 0, 0)
        stage.settle()
        return form

    return scene


def _several_times(stage: Stage) -> QWidget:
    when = stage.facade.whens.when
    form = begin(stage, triggers=[{**when(*one), "id": f"t{n}"} for n, one in enumerate(SEVERAL)])
    form.form.ensureWidgetVisible(form.form.when.findChildren(TriggerCard)[-1], 0, 0)
    stage.settle()
    return form


def _calendar(stage: Stage) -> QWidget:
    form = new_reminder(stage)
    card = form.form.when.findChildren(TriggerCard)[0]
    card.set_kind("once")
    stage.settle()
    form.form.ensureWidgetVisible(card, 0, 0)
    (choose, *_others) = card.findChild(DateField).actions()
    choose.trigger()
    return stage.popup()


def _rules(*unfolded: str) -> Scene:
    def scene(stage: Stage) -> QWidget:
        form = new_reminder(stage)
        form.form.what.set_kind("command")
        rules = form.form.rules
        rules.load(POLICY)
        for name in unfolded:
            rules.more.groups[name].set_open(is_open=True)
        stage.settle()
        form.form.ensureWidgetVisible(rules.more.groups[(*unfolded, "running")[0]], 0, 0)
        stage.settle()
        return form

    return scene


FORMS: Mapping[str, Scene] = MappingProxyType({
    "editor-templates": _choice_of_templates,
    "editor-backup": _blanks_of_a_template,
    "editor-reminder": new_reminder,
    "editor-edit": _edit,
    "editor-script": _script,
    "editor-command": _kind("command"),
    "editor-open": _kind("open"),
    "editor-tidy": _kind("tidy"),
    "editor-web": _kind("web"),
    "editor-python": _kind("python"),
    "editor-test-run": _test_run,
    "editor-problems": _problems,
})  # fmt: skip
TIMES: Mapping[str, Scene] = MappingProxyType({
    "editor-once": _when("once"),
    "editor-interval": _when("interval"),
    "editor-daily": _when("daily"),
    "editor-weekly": _when("weekly"),
    "editor-monthly": _when("monthly"),
    "editor-cron": _when("cron"),
    "editor-event": _when("event"),
    "editor-file": _when("file"),
    "editor-after": _when("after"),
    "editor-signal": _when("signal"),
    "editor-by-hand": _when("by-hand"),
    "editor-several-times": _several_times,
    "calendar": _calendar,
    "editor-rules": _rules(),
    "editor-rules-retry": _rules("retry", "exit_codes", "brake"),
    "editor-rules-hours": _rules("hours", "ask"),
    "editor-rules-conditions": _rules("conditions"),
    "editor-rules-running": _rules("running", "environment", "watch", "pings"),
})  # fmt: skip
