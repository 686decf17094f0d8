"""Put into a banner what a person is to be told, with the buttons that fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from deskcron.domain.action import Urgency
from deskcron.domain.answers import InboxEntry
from deskcron.domain.banner import About, BannerAction, Button, Notification
from deskcron.domain.errors import DeskcronError
from deskcron.domain.reason import Why
from deskcron.domain.records import InboxKind
from deskcron.domain.run import Cause, JobId, Run
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import length_words
from deskcron.domain.words import end_words, inbox_text
from deskcron.engine.fold import Tally
from deskcron.engine.presses import SNOOZE_S

SUCCESSES = "successes"
SUMMARY = "summary"
"""The keys of banners of which there is one at a time."""
_NAMES = 3
"""As many jobs are named in a summary."""


def entry_banner(entry: InboxEntry, *, has_window: bool = False) -> Notification:
    """Return the banner of an inbox entry; a window may be led to from it."""
    run = _failure_of(entry) or _run_in_question(entry)
    return Notification(
        key=f"inbox-{entry.id}",
        title=entry.title,
        text=_entry_text(entry),
        urgency=Urgency.CRITICAL if run else _urgency(entry),  # it stays until it is dealt with
        buttons=tuple(_entry_buttons(entry, has_window=has_window)),
        about=About(
            entry.id,
            run.id if run else None,
            _jobs_of(entry),
            review_at=entry.created_at if entry.kind is InboxKind.MISSED else None,
        ),
    )


def tally_banner(tally: Tally) -> Notification:
    """Return the banner that tells of many ends by their number."""
    jobs = tuple(tally.jobs)
    if tally.failed:
        key, urgency, title = SUMMARY, Urgency.NORMAL, _counts(tally)
    else:
        key, urgency, title = SUCCESSES, Urgency.LOW, _succeeded(tally.succeeded)
    text = _names(tuple(tally.jobs.values()))
    if len(jobs) == 1:
        title, text = text, title if tally.failed or tally.succeeded > 1 else _("Succeeded")
    about = About(job_ids=jobs)
    return Notification(key, title, text, urgency, (_mute(len(jobs)),), about)


def catch_up_banner(
    count: int, since: datetime | None, *, has_window: bool = False
) -> Notification:
    """Return the banner about runs caught up that were due `since`, a window led to from it."""
    text = ngettext("{count} run is caught up.", "{count} runs are caught up.", count)
    title = _("While deskcron was away")
    buttons, about = ((_review(),) if has_window else ()), About(review_at=since)
    return Notification("away", title, text.format(count=count), Urgency.NORMAL, buttons, about)


def muted_banner(names: Sequence[str], about: About) -> Notification:
    """Return the banner that says what pressing Mute has done, and how it is taken back."""
    title = ngettext("{names} is muted", "{names} are muted", len(names))
    text = _("No more banners come of it. The menu of jobs in deskcron takes that back: Unmute.")
    about = About(job_ids=about.job_ids)
    named = title.format(names=_names(names))
    return Notification("muted", named, text, Urgency.LOW, (), about)


def error_banner(error: DeskcronError, about: About) -> Notification:
    """Return the banner that says why a press could not be obeyed."""
    text = "\n".join(filter(None, (error.detail, error.hint)))
    return Notification("press", error.title, text, Urgency.NORMAL, (), about)


def trial_banner() -> Notification:
    """Return a banner to see whether banners are shown."""
    text = _("Banners look like this.")
    return Notification("trial", _("deskcron"), text, Urgency.NORMAL)


def _failure_of(entry: InboxEntry) -> Run | None:
    """Return the newest run of a job's failures, None for anything else in the inbox."""
    return entry.run if entry.kind is InboxKind.TROUBLE else None


def _run_in_question(entry: InboxEntry) -> Run | None:
    """Return the run that a person is asked about, None for anything else in the inbox."""
    return entry.run if entry.kind is InboxKind.QUESTION else None


def _entry_text(entry: InboxEntry) -> str:
    failure = _failure_of(entry)
    if failure is None:
        return inbox_text(entry)
    outcome = _outcome(failure)
    if entry.count == 1:
        return outcome
    text = ngettext(
        "{outcome}; {count} failure in all", "{outcome}; {count} failures in all", entry.count
    )
    return text.format(outcome=outcome, count=entry.count)


def _outcome(run: Run) -> str:
    why = None if run.reason is None else Why(run.reason, run.reason_args)
    return end_words(run.status, why)


def _urgency(entry: InboxEntry) -> Urgency:
    """Return the urgency of an entry, the usual one for a word of another version."""
    return Urgency(entry.urgency) if entry.urgency in set(Urgency) else Urgency.NORMAL


def _entry_buttons(entry: InboxEntry, *, has_window: bool) -> Iterator[Button]:
    if _run_in_question(entry):
        yield Button(BannerAction.PROCEED, _("Run now"))
        yield Button(BannerAction.PUT_OFF, _snooze())
        yield Button(BannerAction.DECLINE, _("Skip"))
        return
    if _failure_of(entry):
        yield Button(BannerAction.OPEN_LOG, _("Open log"))
        yield Button(BannerAction.RUN_AGAIN, _("Run again"))
    else:
        if entry.kind is InboxKind.HELD and _jobs_of(entry):
            yield Button(BannerAction.RESUME, _("Resume job"))
        if entry.kind is InboxKind.MISSED and has_window:
            yield _review()
        yield Button(BannerAction.DONE, _("Done"))
    if entry.kind is InboxKind.REMINDER:
        yield Button(BannerAction.SNOOZE, _snooze())
    if _jobs_of(entry):
        yield _mute(1)


def _jobs_of(entry: InboxEntry) -> tuple[JobId, ...]:
    """Return the job that can be muted and run again: none for a draft that was only tested."""
    is_test = entry.run is not None and entry.run.cause is Cause.TEST
    return () if entry.job_id is None or is_test else (JobId(entry.job_id),)


def _review() -> Button:
    return Button(BannerAction.REVIEW, _("Review"))


def _snooze() -> str:
    return _("Snooze {length}").format(length=length_words(SNOOZE_S))


def _mute(jobs: int) -> Button:
    if jobs == 1:
        return Button(BannerAction.MUTE, _("Mute"))
    label = ngettext("Mute {count} job", "Mute {count} jobs", jobs)
    return Button(BannerAction.MUTE, label.format(count=jobs))


def _counts(tally: Tally) -> str:
    text = ngettext("{count} run failed", "{count} runs failed", tally.failed)
    failed = text.format(count=tally.failed)
    if not tally.succeeded:
        return failed
    return _("{failed}, {succeeded}").format(failed=failed, succeeded=_succeeded(tally.succeeded))


def _succeeded(count: int) -> str:
    text = ngettext("{count} run succeeded", "{count} runs succeeded", count)
    return text.format(count=count)


def _names(names: Sequence[str]) -> str:
    named = ", ".join(islice(names, _NAMES))
    more = len(names) - _NAMES
    if more <= 0:
        return named
    text = ngettext("{names} and {count} more job", "{names} and {count} more jobs", more)
    return text.format(names=named, count=more)
