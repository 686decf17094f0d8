"""Say what a run came from: the run before, a file, a signal, the machine, a missed due time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from deskcron.domain.happening import EventKind
from deskcron.domain.review import STANDS_IN_FOR
from deskcron.domain.run import Run, Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local
from deskcron.domain.words import status_word

_STATUSES = {status.value: status for status in Status}


def origin_words(origin: Mapping[str, str], previous: Run | None = None) -> str:
    """Return what a run came from, empty for one that came from nothing.

    `previous` is the run it followed, where the history still has it.
    """
    if "previous_run_id" in origin:
        return _followed(origin, previous)
    if "file" in origin:
        return _("File {path}").format(path=origin["file"])
    if "signal" in origin:
        return _("Signal {name}").format(name=origin["signal"])
    if STANDS_IN_FOR in origin:
        due = local(datetime.fromisoformat(origin[STANDS_IN_FOR]))
        return _("In place of the run due at {time}").format(time=due)
    event = origin.get("event", "")
    return _events().get(event, event)


def _followed(origin: Mapping[str, str], previous: Run | None) -> str:
    status = _STATUSES.get(origin.get("previous_status", ""))
    word = origin.get("previous_status", "") if status is None else status_word(status)
    number = origin["previous_run_id"]
    if previous is None:
        return _("After run {number}: {status}").format(number=number, status=word)
    return _("After run {number} of “{job}”: {status}").format(
        number=number, job=" ".join(previous.job_name.split()), status=word
    )


def _events() -> Mapping[str, str]:
    return {
        EventKind.STARTED.value: _("deskcron started"),
        EventKind.LOGIN.value: _("Somebody logged in"),
        EventKind.RESUMED.value: _("The computer woke up"),
        EventKind.NETWORK_UP.value: _("The network came up"),
        EventKind.PLUGGED_IN.value: _("The computer was plugged in"),
        EventKind.UNPLUGGED.value: _("The computer was unplugged"),
    }
