"""The commands daemon, pause and resume."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import click

from deskcron.cli.application import Application
from deskcron.cli.display import quoted
from deskcron.cli.failures import DONE, FAILED, note
from deskcron.cli.parameters import JobReference
from deskcron.domain.errors import EngineRunning
from deskcron.domain.ports import LockHolder
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import local, local_and_relative

_ENDINGS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


@click.command(
    help=_(
        "Run the engine without a screen. It ends by Ctrl+C, or when it is asked to; running jobs "
        "go on then, and the next engine records their end."
    )
)
@click.pass_obj
def run_daemon(application: Application) -> None:
    """Be the engine."""
    stop = Event()
    with _ended_by_signals(stop):
        try:
            application.serve(stop, ready=lambda: click.echo(_ready(application)), waits=_tell_wait)
        except EngineRunning:
            if not stop.is_set():  # else the wait for a run by hand was called off
                raise
    click.echo(_("deskcron engine has ended."))


@click.command(
    help=_("Let no job start at its time. It lasts until 'deskcron resume', or for a while.")
)
@click.option("--for", "length", metavar="LENGTH", help=_("Go on by itself after so long: 1h."))
@click.pass_obj
def pause_jobs(application: Application, *, length: str | None) -> None:
    """Pause all jobs."""
    facade = application.facade()
    until = facade.control.pause(None if length is None else facade.whens.duration_s(length))
    if until is None:
        click.echo(_("All jobs are paused. Go on: deskcron resume"))
    else:
        now = application.clock().now()
        click.echo(
            _("All jobs are paused until {time}.").format(time=local_and_relative(until, now))
        )


@click.command(help=_("End the pause, or let jobs go on that are held after failures."))
@click.argument("jobs", type=JobReference(), metavar="[JOB...]", nargs=-1)
@click.pass_obj
def resume_jobs(application: Application, *, jobs: tuple[str, ...]) -> int:
    """Resume all jobs, or those that are held."""
    if jobs:
        return _let_go(application, jobs)
    skipped = application.facade().control.resume()
    click.echo(_("Jobs run at their times again."))
    if skipped:
        text = ngettext(
            "{count} due time was skipped meanwhile.",
            "{count} due times were skipped meanwhile.",
            skipped,
        )
        click.echo(text.format(count=skipped))
    return DONE


def _let_go(application: Application, jobs: tuple[str, ...]) -> int:
    """Let held jobs go on; the exit code tells whether there was one."""
    answer = application.facade().jobs.resume(jobs)
    for job in answer.jobs:
        click.echo(_("{name} runs at its times again.").format(name=quoted(job.name)))
    for job in answer.others:
        note(_("{name} was not held.").format(name=quoted(job.name)))
    return DONE if answer.jobs else FAILED


def _tell_wait(holder: LockHolder) -> None:
    note(_("Waiting for process {pid} to end, which runs a job by hand.").format(pid=holder.pid))


@contextmanager
def _ended_by_signals(stop: Event) -> Iterator[None]:
    """Set `stop` at a signal that asks the process to end, the second time end at once.

    A signal that is ignored stays ignored, as under nohup.
    """

    def on_signal(number: int, _frame: object) -> None:
        signal.signal(number, before[number] or signal.SIG_DFL)
        # Not here: the main thread may be inside the event's own lock.
        Thread(target=stop.set, name="stop", daemon=True).start()

    numbers = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _ready(application: Application) -> str:
    seen = application.facade().overview.look(ahead=1)
    text = ngettext(
        "deskcron engine is ready: {count} job, {next} (PID {pid})",
        "deskcron engine is ready: {count} jobs, {next} (PID {pid})",
        seen.jobs,
    )
    coming = _("nothing ahead")
    for first in seen.upcoming:
        name, at = quoted(first.job_name), local(first.at)
        coming = _("next {name} at {time}").format(name=name, time=at)
    return text.format(count=seen.jobs, next=coming, pid=os.getpid())
