"""Say in a line what the engine is doing."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from deskcron.domain.answers import EngineState, Overview
from deskcron.domain.daywords import exact, moment
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.theme.palette import Tone


class StateLine(NamedTuple):
    """A state as icon, words, what colour they have, and more to read under the pointer."""

    icon: str
    words: str
    tone: Tone
    more: str = ""


def state_line(overview: Overview, now: datetime, own_pid: int) -> StateLine:
    """Return what the engine does, the most important thing first."""
    engine = overview.engine
    if not engine.running:
        return _absent(engine)
    more = "" if engine.pid == own_pid else _elsewhere(engine)
    if engine.paused:
        return StateLine("paused", _paused_words(engine, now), Tone.WARN, more)
    if overview.running:
        return StateLine("running", _running_words(overview), Tone.ACCENT, more)
    words = _("On schedule") if engine.pid == own_pid else _("On schedule, in the background")
    return StateLine("success", words, Tone.GOOD, more)


def next_words(overview: Overview, now: datetime) -> str:
    """Return which job is due next and when; nothing while none is."""
    if not overview.upcoming:
        return ""
    ahead = overview.upcoming[0]
    words = _("Skipped next: {job}, {time}") if overview.engine.paused else _("Next: {job}, {time}")
    return words.format(job=ahead.job_name, time=moment(ahead.at, now))


def next_exactly(overview: Overview) -> str:
    """Return the exact times of what is due next, a line for each."""
    line = _("{time}  {job}")
    return "\n".join(
        line.format(time=exact(ahead.at), job=ahead.job_name) for ahead in overview.upcoming
    )


def _absent(engine: EngineState) -> StateLine:
    if engine.role is not None:
        return StateLine("waiting", _("Waiting for a run by hand to end"), Tone.WARN)
    return StateLine("warning", _("No engine runs: nothing will start"), Tone.WARN)


def _elsewhere(engine: EngineState) -> str:
    return _("The jobs are run by another process of deskcron, number {pid}.").format(
        pid=engine.pid
    )


def _paused_words(engine: EngineState, now: datetime) -> str:
    if engine.paused_until is None:
        return _("All jobs are paused until resumed")
    return _("All jobs are paused until {time}").format(time=_until(engine.paused_until, now))


def _until(instant: datetime, now: datetime) -> str:
    wall = instant.astimezone()
    if wall.date() == now.astimezone().date():
        return f"{wall:%H:%M}"
    return f"{wall:%Y-%m-%d %H:%M}"


def _running_words(overview: Overview) -> str:
    count = len(overview.running)
    if count == 1:
        return _("Running: {job}").format(job=overview.running[0].job_name)
    return ngettext("{count} job is running", "{count} jobs are running", count).format(count=count)
