"""Look at the login: what is started then, and what the login shell makes of the environment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from deskcron.domain.answers import Finding
from deskcron.domain.environment import Environment, Environments, ShellReport
from deskcron.domain.errors import RequestFailed
from deskcron.domain.ports import Autostart, Clock
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local_and_relative, measured
from deskcron.engine.checks.finding import good, mendable, note

SLOW_SHELL_S = 2.5


class LoginCheck:
    """Look at what starts at login, by what it starts in words, and at the login shell."""

    def __init__(
        self,
        autostarts: Mapping[str, Autostart],
        environments: Callable[[], Environments],
        clock: Clock,
    ) -> None:
        self._autostarts = autostarts
        self._environments = environments
        self._clock = clock

    def findings(self) -> Iterator[Finding]:
        """Go through what there is to say."""
        yield from self._autostart()
        yield from self._shell()

    def _autostart(self) -> Iterator[Finding]:
        remarks, is_on = [], False
        for what, autostart in self._autostarts.items():
            try:
                state = autostart.state()
            except RequestFailed as error:
                remarks.append(str(error))
                continue
            is_on = is_on or state.is_on
            if state.is_stale:
                text = _("At login a program is started that is gone: {program}")
                why = _("After the next login nothing runs by itself.")
                yield mendable("autostart", text.format(program=state.starts), why)
            elif not state.is_on:
                remarks += [state.remark] if state.remark else []
            elif state.remark:
                text = _("{what} is started at login. {remark}")
                why = _("Two versions of deskcron may not understand each other's data.")
                hint = _("Have this one started with 'deskcron autostart on'.")
                yield note("autostart", text.format(what=what, remark=state.remark), why, hint)
            else:
                text = _("{what} is started at login, by {place}.")
                yield good("autostart", text.format(what=what, place=state.place))
        if not is_on:
            text = " ".join([_("deskcron is not started at login."), *remarks])
            why = _("After the next login nothing runs until you start it.")
            hint = _("Switch it on in the settings, or with 'deskcron autostart on'.")
            yield note("autostart", text, why, hint)

    def _shell(self) -> Iterator[Finding]:
        """Judge what the login shell says, which the jobs of the engine get."""
        environments = self._environments()
        environments.of(Environment())  # so that there is an answer, or that there is none is known
        report = environments.report()
        if report is not None:
            yield _told_by(report, self._clock.now())


def _told_by(report: ShellReport, now: datetime) -> Finding:
    shell, files = report.shell, ", ".join(report.files) or "-"
    if report.fault or report.took_s is None:
        text = _("The login shell {shell} gave no environment: {fault}.")
        text = text.format(shell=shell, fault=report.fault or _("it took too long"))
        why = _("Jobs get that of the session instead, so programs may not be found.")
        hint = _("Look at the files it reads: {files}.").format(files=files)
        return note("shell", text, why, hint)
    text = _("The login shell {shell} gave its environment in {length}, {time}, by {files}.")
    time = local_and_relative(now - timedelta(seconds=report.age_s), now)
    text = text.format(shell=shell, length=measured(report.took_s), time=time, files=files)
    if report.took_s < SLOW_SHELL_S:
        return good("shell", text)
    why = _("Jobs wait for it when one of these files changes.")
    return note("shell", text, why, _("Make these files quicker."))
