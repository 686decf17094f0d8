"""The list of commands; a command's module is imported when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "add": ("add", "add_job"),
        "edit": ("edit", "edit_job"),
        "list": ("jobs", "list_jobs"),
        "show": ("show", "show_job"),
        "enable": ("changes", "enable_jobs"),
        "disable": ("changes", "disable_jobs"),
        "remove": ("changes", "remove_jobs"),
        "duplicate": ("changes", "duplicate_jobs"),
        "undo": ("changes", "undo_change"),
        "run": ("running", "run_job"),
        "stop": ("running", "stop_runs"),
        "fire": ("answering", "fire_signal"),
        "proceed": ("answering", "proceed_run"),
        "decline": ("answering", "decline_run"),
        "later": ("answering", "put_off_run"),
        "runs": ("history", "list_runs"),
        "log": ("log", "show_log"),
        "stats": ("stats", "show_statistics"),
        "why": ("why", "explain_job"),
        "review": ("review", "review_absence"),
        "env": ("env", "show_environment"),
        "next": ("upcoming", "show_next"),
        "inbox": ("inbox", "show_inbox"),
        "done": ("inbox", "mark_done"),
        "snooze": ("inbox", "snooze_item"),
        "pause": ("engine", "pause_jobs"),
        "resume": ("engine", "resume_jobs"),
        "daemon": ("engine", "run_daemon"),
        "defaults": ("defaults", "defaults"),
        "lanes": ("lanes", "show_lanes"),
        "secret": ("secrets", "secret"),
        "autostart": ("autostart", "set_autostart"),
        "doctor": ("doctor", "examine"),
        "demo": ("demo", "show_demo"),
        "export": ("transfer", "export_jobs"),
        "import": ("transfer", "import_jobs"),
        "completion": ("completion", "print_completion"),
    }
)

INTERNAL: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"perform": ("perform", "perform"), "masked": ("masked", "masked")}
)
"""Commands that deskcron gives to itself."""


class CommandList(click.Group):
    """A group whose commands are found by name in the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of a person's work."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Import and return one command."""
        found = COMMANDS.get(cmd_name) or INTERNAL.get(cmd_name)
        if found is None:
            return None
        module, name = found
        command = getattr(import_module(f"deskcron.cli.{module}"), name)
        assert isinstance(command, click.Command)  # noqa: S101 - the table is ours
        return command
