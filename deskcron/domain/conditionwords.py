"""Put conditions into plain language."""

from __future__ import annotations

from deskcron.domain.concealing import masked_text
from deskcron.domain.conditions import (
    BatteryAbove,
    Check,
    Condition,
    Conditions,
    FreeSpace,
    Idle,
    LoadBelow,
    Online,
    OnMains,
    Otherwise,
    Present,
    ProcessRuns,
    SuccessOlder,
    Undisturbed,
)
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import length_words


def condition_words(condition: Condition) -> str:  # noqa: C901, PLR0911 - one for each kind
    """Return what has to hold, to follow "only if"."""
    match condition:
        case OnMains():
            return _("the computer is plugged in")
        case BatteryAbove(percent=percent):
            return _("the battery has more than {percent} %").format(percent=percent)
        case Online():
            return _("there is a network")
        case Idle(for_s=for_s):
            return _("nobody has used the computer for {length}").format(length=length_words(for_s))
        case LoadBelow(percent=percent):
            return _("the processors are busy for less than {percent} %").format(percent=percent)
        case Present(path=path):
            return _("{path} is there").format(path=path)
        case FreeSpace(path=path, megabytes=megabytes):
            return _("{megabytes} MB are free at {path}").format(megabytes=megabytes, path=path)
        case ProcessRuns(name=name, is_wanted=True):
            return _("{name} is running").format(name=name)
        case ProcessRuns(name=name):
            return _("{name} is not running").format(name=name)
        case Undisturbed():
            return _("no window fills the screen and notifications are on")
        case Check(command=command):
            text = _("the check “{command}” exits with 0")
            return text.format(command=masked_text(command))
        case SuccessOlder(than_s=than_s):
            return _("it has not succeeded for {length}").format(length=length_words(than_s))


def conditions_words(conditions: Conditions) -> str:
    """Return all conditions with what becomes of a run otherwise, "" for none."""
    if not conditions.all:
        return ""
    every = _(" and ").join(map(condition_words, conditions.all))
    return _("Only if {conditions}; {otherwise}").format(
        conditions=every, otherwise=_otherwise_words(conditions)
    )


def _otherwise_words(conditions: Conditions) -> str:
    if conditions.otherwise is Otherwise.SKIP:
        return _("else it is skipped")
    if conditions.otherwise is Otherwise.WAIT:
        length = length_words(conditions.wait_s)
        return _("else it waits for up to {length}").format(length=length)
    return _("else it runs all the same")
