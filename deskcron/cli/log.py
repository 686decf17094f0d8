"""The command log: the output of a run."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import click

from deskcron.cli.application import Application
from deskcron.cli.display import TerminalText, is_terminal
from deskcron.cli.failures import note
from deskcron.cli.parameters import LARGEST, NUMBER, WholeNumber
from deskcron.cli.runlines import attempt_sentence, sentence
from deskcron.domain.texts import gettext as _

if TYPE_CHECKING:
    from deskcron.engine.facade import Facade

LOOK_AGAIN_S = 0.2


@click.command(help=_("Print the output of a run."))
@click.argument("run", type=NUMBER, metavar="RUN")
@click.option("--follow", "-f", is_flag=True, help=_("Go on until the run ends."))
@click.option(
    "--attempt",
    type=WholeNumber(1, LARGEST),
    metavar="N",
    help=_("The output of this attempt, instead of the last."),
)
@click.pass_obj
def show_log(application: Application, *, run: int, follow: bool, attempt: int | None) -> None:
    """Print a run's output."""
    facade = application.facade()
    if attempt is not None and attempt < facade.history.get(run).attempt:
        _show_earlier(facade, run, attempt)
        return
    printer = LogPrinter(facade, run, attempt)
    pause = Event()
    while True:
        # Asked before reading: what was written until the end is then read for certain.
        is_over = not follow or not facade.history.get(run).status.is_open
        printer.print_new()
        if is_over:
            break
        pause.wait(LOOK_AGAIN_S)
    printer.finish()
    found = facade.history.get(run)
    if found.attempt > 1 and attempt is None:
        text = _("This is attempt {number}; an earlier one: deskcron log {id} --attempt 1")
        note(text.format(number=found.attempt, id=found.id))
    if follow or not printer.has_printed:
        note(sentence(found))
    if not printer.has_printed:
        note(_("It has no output."))
    elif found.dropped_bytes:
        note(
            _("The first {count} bytes were dropped to keep the log within its limit.").format(
                count=found.dropped_bytes
            )
        )


def _show_earlier(facade: Facade, run: int, number: int) -> None:
    """Print the output of an attempt that others came after, and how it ended."""
    printer = LogPrinter(facade, run, number)
    printer.print_new()
    printer.finish()
    for attempt in facade.history.attempts(run):
        if attempt.number == number:
            note(attempt_sentence(run, attempt))
    if not printer.has_printed:
        note(_("It has no output."))


class LogPrinter:
    """Print a run's output piece by piece; a terminal is spared what could steer it."""

    def __init__(self, facade: Facade, run_id: int, attempt: int | None = None) -> None:
        self._facade = facade
        self._run_id = run_id
        self._attempt = attempt
        self._offset = 0
        self._terminal = TerminalText() if is_terminal() else None
        self._last = ""

    @property
    def has_printed(self) -> bool:
        """Tell whether there was any output."""
        return self._last != ""

    def print_new(self) -> None:
        """Print what has been written since the last call."""
        while True:
            chunk = self._facade.history.read_log(self._run_id, self._offset, attempt=self._attempt)
            if chunk.text:
                self._print(self._terminal.feed(chunk.text) if self._terminal else chunk.text)
            if chunk.next_offset <= self._offset:
                return
            self._offset = chunk.next_offset

    def finish(self) -> None:
        """End the last line on a terminal."""
        if self._terminal:
            self._print(self._terminal.rest())
            if self.has_printed and self._last != "\n":
                click.echo()

    def _print(self, text: str) -> None:
        if text:
            # With colours whether piped or not: the output is the job's, not ours to change.
            click.echo(text, nl=False, color=True)
            self._last = text[-1]
