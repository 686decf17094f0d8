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
    words = job.action.describe()
    return masked_text(words) if job.action.starts_process else words
