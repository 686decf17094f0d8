"""Say in a line what the engine is doing."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import NamedTuple

from deskcron.domain.answers import EngineState, Overview
from deskcron.domain.daywords import exact, moment, until_words
from deskcron.domain.reasonwords import waiting_words
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.words import ahead_name
from deskcron.gui.theme.palette import Tone

_LONGEST = 50
"""Letters of a name beside other words."""


_MOST_WAITING = 3
"""As many of the runs that wait are told of one by one."""


class StateLine(NamedTuple):
    """A state as icon, words, what colour they have, and more to read under the pointer."""

    icon: str
    words: str
    tone: Tone
    more: str = ""


def state_line(overview: Overview, now: datetime, zone: tzinfo | None, own_pid: int) -> StateLine:
    """Return what the engine does, the most important thing first."""
    engine = overview.engine
    if not engine.running:
        return _absent(engine)
    more = "" if engine.pid == own_pid else _elsewhere(engine)
    if engine.paused:
        return StateLine("paused", _paused_words(engine, now, zone), Tone.WARN, more)
    if overview.running:
        return StateLine("running", _running_words(overview), Tone.ACCENT, more)
    if overview.waiting:
        more = "\n".join(line for line in (waiting_lines(overview), more) if line)
        return StateLine("waiting", _waiting_words(overview), Tone.ACCENT, more)
    if not overview.jobs:
        return StateLine("info", _("No job is on"), Tone.SOFT, more)
    words = _("On schedule") if engine.pid == own_pid else _("On schedule, in the background")
    return StateLine("success", words, Tone.GOOD, more)


def waiting_lines(overview: Overview) -> str:
    """Return what runs wait for, a line for each of the first ones."""
    line = _("{job} waits: {reason}")
    return "\n".join(
        line.format(job=_shortened(run.job_name), reason=waiting_words(run.reason, run.reason_args))
        for run in overview.waiting[:_MOST_WAITING]
        if run.reason is not None
    )


def next_words(overview: Overview, now: datetime, zone: tzinfo | None) -> str:
    """Return what comes next and when, or what a pause skips before; "" while there is none."""
    coming, skipped = overview.coming(), overview.left_out()
    if skipped is not None and not (coming and coming[0].at < skipped.at):
        first = skipped
        words = _("Skipped next: {job}, {time}") if first.at > now else _("Skipped: {job}, {time}")
    elif coming:
        first, words = coming[0], _("Next: {job}, {time}")
    else:
        return ""
    name = _shortened(ahead_name(first))
    return words.format(job=name, time=moment(first.at, now, zone))


def next_exactly(overview: Overview, zone: tzinfo | None) -> str:
    """Return the exact times of what is due next, a line for each."""
    line = _("{time}  {job}")
    return "\n".join(
        line.format(time=exact(ahead.at, zone), job=ahead_name(ahead))
        for ahead in overview.coming()
    )


def resumed_words(skipped: int) -> str:
    """Say that a pause is over, and how many due times it has cost."""
    again = _("All jobs run again at their times.")
    if not skipped:
        return again
    lost = ngettext("{count} due time was skipped.", "{count} due times were skipped.", skipped)
    return _("{again} {lost}").format(again=again, lost=lost.format(count=skipped))


def _shortened(name: str) -> str:
    """Return a name that leaves room for what stands after it."""
    line = " ".join(name.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _absent(engine: EngineState) -> StateLine:
    if engine.role is not None:
        return StateLine("waiting", _("Waiting for a run by hand to end"), Tone.WARN)
    return StateLine("warning", _("No engine is running: nothing will start"), Tone.WARN)


def _elsewhere(engine: EngineState) -> str:
    return _("The jobs are run by another process of deskcron, number {pid}.").format(
        pid=engine.pid
    )


def _paused_words(engine: EngineState, now: datetime, zone: tzinfo | None) -> str:
    if engine.paused_until is None:
        return _("All jobs are paused until you resume them")
    until = until_words(engine.paused_until, now, zone)
    return _("All jobs are paused until {time}").format(time=until)


def _waiting_words(overview: Overview) -> str:
    count = len(overview.waiting)
    if count == 1:
        return _("Waiting: {job}").format(job=_shortened(overview.waiting[0].job_name))
    return ngettext("{count} run is waiting", "{count} runs are waiting", count).format(count=count)


def _running_words(overview: Overview) -> str:
    count = len(overview.running)
    if count == 1:
        return _("Running: {job}").format(job=_shortened(overview.running[0].job_name))
    return ngettext("{count} job is running", "{count} jobs are running", count).format(count=count)
