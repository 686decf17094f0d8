"""When a job runs and what it does, in a line each."""

from __future__ import annotations

from deskcron.domain.action import UnknownAction
from deskcron.domain.concealing import masked_text
from deskcron.domain.job import Job
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import UnknownTrigger


def schedule_words(job: Job) -> str:
    """Return the rules of a job in words."""
    words = [
        _("unknown kind '{kind}'").format(kind=trigger.kind)
        if isinstance(trigger, UnknownTrigger)
        else trigger.describe()
        for trigger in job.triggers
    ]
    return "; ".join(words) if words else _("By hand only")


def action_words(job: Job) -> str:
    """Return what a job does in one line, as it may be shown."""
    if isinstance(job.action, UnknownAction):
        return _("unknown kind '{kind}'").format(kind=job.action.kind)
    return shown_words(job, job.action.describe())


def shown_words(job: Job, words: str) -> str:
    """Return words for what a job does as they may be shown, also those of an earlier version.

    What a person is to read stays as it is.
    """
    is_prose = not isinstance(job.action, UnknownAction) and not job.action.starts_process
    return words if is_prose else masked_text(words)
