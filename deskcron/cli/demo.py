"""The command demo: the main job on a temporary home, run by run, before one's eyes."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

import click

from deskcron.cli.application import Application
from deskcron.cli.display import quoted, shown
from deskcron.cli.failures import DONE, FAILED
from deskcron.cli.runlines import sentence
from deskcron.domain.errors import RequestFailed
from deskcron.domain.records import RunFilter
from deskcron.domain.run import Run, RunId, Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.words import status_word

_SAMPLES = ("holiday.jpg", "invoice.pdf", "song.mp3", "setup.zip", "notes.txt")
_SCRIPT = """\
import os
print("Hello from run", os.environ["DESKCRON_RUN_ID"], "of", os.environ["DESKCRON_JOB"])
"""
_SETTLED = 1_700_000_000
"""When the sample files were last changed, as seconds since 1970."""
_LAST_RUNS_S = 5.0
_OUTPUT_BYTES = 16_384
_LATEST = 100
_NOT_RUN = frozenset({Status.SKIPPED, Status.MISSED})


@click.command(
    help=_(
        "Show deskcron at work in a temporary place. A reminder, a script and a rehearsal of 'Tidy "
        "Downloads' run every few seconds, with their output."
    )
)
@click.option(
    "--for",
    "length",
    metavar="LENGTH",
    default="20s",
    show_default=True,
    help=_("End after so long."),
)
@click.pass_obj
def show_demo(application: Application, *, length: str) -> int:
    """Run the demonstration."""
    with tempfile.TemporaryDirectory(prefix="deskcron-demo-", ignore_cleanup_errors=True) as home:
        place = Path(home)
        demo = application.at_home(place / "data")
        try:
            seconds = demo.facade().whens.duration_s(length)
            return Demo(demo, place, seconds).show()
        finally:
            demo.close()


class Demo:
    """Add three jobs, be the engine for a while, print what happens."""

    def __init__(self, application: Application, place: Path, seconds: int) -> None:
        self._application = application
        self._facade = application.facade()
        self._clock = application.clock()
        self._place = place
        self._seconds = seconds
        self._ended: SimpleQueue[Run | BaseException | None] = SimpleQueue()
        self._stop = Event()
        self._is_ending = False
        self._shown: dict[RunId, Status] = {}

    def show(self) -> int:
        """Run the demonstration; return 0 when something ran and all went well."""
        self._add_jobs()
        engine = Thread(target=self._serve, name="demo-engine", daemon=True)
        with _interrupted_by_term():
            try:
                engine.start()
                self._print_runs(self._seconds)
                self._facade.control.pause(None)
                self._print_last_runs()
            finally:
                self._stop.set()
                engine.join(_LAST_RUNS_S)
        return self._summary()

    def _add_jobs(self) -> None:
        click.echo(_("A demonstration of {seconds} s with:").format(seconds=self._seconds))
        for name, part, action in self._actions():
            every_s = max(1, self._seconds // part)
            trigger = self._facade.whens.when("every", f"{every_s}s")
            saved = self._facade.jobs.add(
                {"name": name, "enabled": True, "tags": [], "triggers": [trigger], "action": action}
            )
            click.echo(f"  {shown(saved.job.name)}: {shown(saved.job.schedule)}")

    def _actions(self) -> Iterator[tuple[str, int, Mapping[str, object]]]:
        """Yield name, how many times it is due in the demonstration, and action."""
        python = "python3" if getattr(sys, "frozen", False) else sys.executable
        tidy = str(self._application.resource("scripts", "tidy_downloads.py"))
        folder = str(self._sample_folder())
        text = _("Time to look out of the window.")
        yield _("Stretch"), 4, {"kind": "reminder", "text": text}
        yield _("Greeting"), 6, {"kind": "script", "text": _SCRIPT, "interpreter": python}
        yield (
            _("Tidy Downloads"),
            3,
            {"kind": "command", "program": python, "arguments": [tidy, "--folder", folder]},
        )

    def _sample_folder(self) -> Path:
        folder = self._place / "Downloads"
        folder.mkdir()
        for name in _SAMPLES:
            sample = folder / name
            sample.write_text(_("A sample file of the deskcron demonstration.\n"), encoding="utf-8")
            os.utime(sample, (_SETTLED, _SETTLED))
        return folder

    def _serve(self) -> None:
        try:
            self._application.serve(self._stop, told=self._ended.put)
        except Exception as error:  # noqa: BLE001 - raised again on the main thread
            self._ended.put(error)
        finally:
            self._ended.put(None)

    def _print_runs(self, seconds: float) -> None:
        end = self._clock.monotonic() + seconds
        while (left := end - self._clock.monotonic()) > 0:
            try:
                run = self._ended.get(timeout=left)
            except Empty:
                break
            if isinstance(run, BaseException):
                raise run
            if run is None:
                raise RequestFailed(title=_("The engine ended too early"))
            self._print(run)
            self._shown[run.id] = run.status
            if self._is_ending and not self._unseen():
                break

    def _print_last_runs(self) -> None:
        """Let what has begun come to its end; nothing new begins any more."""
        self._is_ending = True
        if self._unseen():
            self._print_runs(_LAST_RUNS_S)

    def _unseen(self) -> set[RunId]:
        runs = self._facade.history.page(RunFilter(limit=_LATEST))
        return {run.id for run in runs if run.status not in _NOT_RUN} - self._shown.keys()

    def _print(self, run: Run) -> None:
        click.echo(sentence(run))
        chunk = self._facade.history.read_log(run.id, 0, _OUTPUT_BYTES)
        for line in chunk.text.splitlines():
            click.echo(f"    {shown(line)}")

    def _summary(self) -> int:
        counts = Counter(status_word(status) for status in self._shown.values())
        total = counts.total()
        parts = ", ".join(f"{count} {word}" for word, count in counts.most_common()) or "-"
        text = ngettext("{count} run: {parts}.", "{count} runs: {parts}.", total)
        click.echo(text.format(count=total, parts=parts))
        items = self._facade.inbox.waiting()
        if items:
            titles = ", ".join(dict.fromkeys(quoted(item.title) for item in items))
            text = ngettext(
                "{count} reminder waits in the inbox: {titles}.",
                "{count} reminders wait in the inbox: {titles}.",
                len(items),
            )
            click.echo(text.format(count=len(items), titles=titles))
        click.echo(_("Your own first job: deskcron add --help"))
        has_trouble = any(status.is_trouble for status in self._shown.values())
        return DONE if total and not has_trouble else FAILED


@contextmanager
def _interrupted_by_term() -> Iterator[None]:
    """Let SIGTERM end the demonstration as Ctrl+C does, its temporary place removed."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
