"""What is said of an environment as a whole."""

from __future__ import annotations

from deskcron.domain.environment import Base
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.environment.asking import Answer
from deskcron.gui.environment.variables import Against


def summary(answer: Answer) -> str:
    """Return how much there is, and what the environment began with; "" without a comparison."""
    if _is_of_one(answer):
        return ""
    return _("{count}. {base}").format(count=_count(answer), base=_base(answer.found.base))


def nothing_differs(answer: Answer) -> tuple[str, str]:
    """Return title and text for an environment that differs in nothing."""
    if answer.asked.against is Against.TERMINAL:
        return _("Nothing differs"), _("A terminal that is opened now has the same variables.")
    if _is_of_one(answer):
        return _("Nothing to compare"), _("What this run was started with is not kept.")
    if answer.asked.against is Against.PRESENT:
        return _("Nothing differs"), _("The job would get the same variables now.")
    return _("No variables"), _("It was started with an empty environment.")


def _is_of_one(answer: Answer) -> bool:
    """Tell whether the job now stands in for the run, and would be compared with itself."""
    return bool(answer.missing) and answer.asked.against is Against.PRESENT


def _count(answer: Answer) -> str:
    count = len(answer.rows)
    if answer.asked.against is Against.NOTHING:
        text = ngettext("{count} variable", "{count} variables", count)
    else:
        text = ngettext("{count} difference", "{count} differences", count)
    return text.format(count=count)


def _base(base: Base) -> str:
    return {
        Base.LOGIN: _("It begins with what a terminal has."),
        Base.SESSION: _("It begins with what deskcron itself has."),
        Base.MINIMAL: _("It begins with as little as programs need."),
    }[base]
