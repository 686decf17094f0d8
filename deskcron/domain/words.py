"""Put the codes of the domain into plain language."""

from __future__ import annotations

from datetime import datetime

from deskcron.domain.answers import Ahead, Health, InboxEntry, Undoable, Undone, Upcoming
from deskcron.domain.daywords import until_words
from deskcron.domain.explanation import Explanation, Obstacle
from deskcron.domain.reason import Reason, Why
from deskcron.domain.reasonwords import reason_words, waiting_words
from deskcron.domain.records import Change, InboxKind
from deskcron.domain.run import Attempt, Cause, Run, Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import length_words, measured


def capital(text: str) -> str:
    """Return words as a line of their own begins."""
    return text[:1].upper() + text[1:]


def status_word(status: Status) -> str:
    """Return the status as a word in a column."""
    return {
        Status.QUEUED: _("queued"),
        Status.WAITING: _("waiting"),
        Status.RUNNING: _("running"),
        Status.SUCCEEDED: _("succeeded"),
        Status.FAILED: _("failed"),
        Status.TIMED_OUT: _("timed out"),
        Status.CANCELLED: _("cancelled"),
        Status.INTERRUPTED: _("interrupted"),
        Status.UNKNOWN: _("end unknown"),
        Status.SKIPPED: _("skipped"),
        Status.MISSED: _("missed"),
    }[status]


def cause_word(cause: Cause) -> str:
    """Return what made a run, as a word in a column."""
    return {
        Cause.SCHEDULE: _("schedule"),
        Cause.CATCH_UP: _("catch-up"),
        Cause.MANUAL: _("by hand"),
        Cause.EVENT: _("event"),
        Cause.CHAIN: _("after another job"),
        Cause.TEST: _("test"),
    }[cause]


def outcome(run: Run) -> str:
    """Return status and reason of a run as one phrase."""
    word = status_word(run.status)
    if run.status is Status.SUCCEEDED and run.reason is None:
        return word if run.duration_s is None else _after(word, run.duration_s)
    why = why_words(run)
    return _("{status}: {reason}").format(status=word, reason=why) if why else word


def sleep_words(run: Run) -> str:
    """Return that a run could not keep the computer awake as it was to, empty for any other."""
    if not run.may_have_slept:
        return ""
    return _("the computer could not be kept awake all the time: no logind gave a lock for that")


def attempt_words(attempt: Attempt) -> str:
    """Return how an earlier attempt of a run ended, with its reason and how long it took."""
    word = status_word(attempt.status)
    if attempt.duration_s is not None:
        word = _after(word, attempt.duration_s)
    if attempt.reason is None:
        return word
    why = reason_words(attempt.reason, attempt.reason_args)
    return _("{status}: {reason}").format(status=word, reason=why)


def why_words(run: Run) -> str:
    """Return why a run did not execute, ended oddly or waits, empty where nothing says so."""
    if run.reason is None:
        return ""
    is_to_come = run.status is Status.WAITING or run.called_off is not None
    words = waiting_words if is_to_come else reason_words
    return words(run.reason, run.reason_args)


def end_words(status: Status, why: Why | None) -> str:
    """Return how a run ended as a line of its own, such as the text of a banner."""
    if why is not None and why.code is Reason.TIME_LIMIT and "timeout_s" in why.args:
        limit = length_words(int(why.args["timeout_s"]))
        return _("Timed out after {length}").format(length=limit)
    head = {
        Status.SUCCEEDED: _("Succeeded"),
        Status.FAILED: _("Failed"),
        Status.TIMED_OUT: _("Timed out"),
        Status.CANCELLED: _("Cancelled"),
        Status.INTERRUPTED: _("Interrupted"),
    }.get(status, _("Ended, nobody knows how"))
    if why is None:
        return head
    reason = reason_words(why.code, why.args)
    return _("{status}: {reason}").format(status=head, reason=reason)


def ahead_name(ahead: Ahead) -> str:
    """Return what comes, by its job."""
    return _("{job} (snoozed)").format(job=ahead.job_name) if ahead.is_snoozed else ahead.job_name


def due_count(run: Run) -> str:
    """Return how many due times the row covers."""
    text = ngettext("{count} due time", "{count} due times", run.count).format(count=run.count)
    return text if run.is_exact else _("at least {count}").format(count=text)


def obstacle_words(obstacle: Obstacle) -> str:
    """Return what keeps a job from running."""
    return {
        Obstacle.NO_ENGINE: _("No engine is running."),
        Obstacle.DISABLED: _("The job is off."),
        Obstacle.PAUSED: _("All jobs are paused."),
        Obstacle.FINISHED: _("The job is finished: its times are all in the past."),
        Obstacle.FAULT: _("The job cannot be read by this version, so it is not run."),
        Obstacle.STILL_RUNNING: _("An earlier run is not over yet."),
        Obstacle.HELD: _("The job is held because it failed too often in a row."),
        Obstacle.NO_DUE_TIME: _("The job has no time ahead; it only runs by hand."),
        Obstacle.REMOVED: _("The job was deleted."),
    }[obstacle]


def held_words(since: str, until: str | None) -> str:
    """Return since when a job is held, and until when; None for until a person says so."""
    if until is None:
        text = _("Held since {since} after failures in a row, until you resume the job.")
        return text.format(since=since)
    text = _("Held since {since} after failures in a row; it runs on {until}.")
    return text.format(since=since, until=until)


def undecided_words(answer: Explanation, now: datetime) -> str:
    """Return what becomes of a due time that has passed and has no row yet, empty for none."""
    if answer.next_due_at is None or answer.next_due_at > now:
        return ""
    if Obstacle.PAUSED in answer.obstacles:
        return _("Its time has come while all jobs are paused; it is skipped when the pause ends.")
    if Obstacle.NO_ENGINE in answer.obstacles:
        return _(
            "Its time has come while no engine was running; the next engine decides whether it "
            "is caught up."
        )
    return _("Its time has come, and the engine is about to decide.")


def undoable_words(last: Undoable) -> str:
    """Return what undo takes back."""
    words = {
        Change.ADD.value: _("Undo adding {jobs}"),
        Change.EDIT.value: _("Undo editing {jobs}"),
        Change.REMOVE.value: _("Undo deleting {jobs}"),
        Change.ENABLE.value: _("Undo turning {jobs} on"),
        Change.DISABLE.value: _("Undo turning {jobs} off"),
        Change.DUPLICATE.value: _("Undo duplicating {jobs}"),
        Change.IMPORT.value: _("Undo importing {jobs}"),
        Change.MUTE.value: _("Undo muting {jobs}"),
        Change.UNMUTE.value: _("Undo unmuting {jobs}"),
    }
    return words.get(last.change, _("Undo a change of {jobs}")).format(jobs=last.label)


def undone_words(undone: Undone) -> str:
    """Return which change was taken back, in sentences."""
    sentences = {
        Change.ADD.value: _("Adding {jobs} was undone."),
        Change.EDIT.value: _("Editing {jobs} was undone."),
        Change.REMOVE.value: _("Deleting {jobs} was undone."),
        Change.ENABLE.value: _("Turning {jobs} on was undone."),
        Change.DISABLE.value: _("Turning {jobs} off was undone."),
        Change.DUPLICATE.value: _("Duplicating {jobs} was undone."),
        Change.IMPORT.value: _("Importing {jobs} was undone."),
        Change.MUTE.value: _("Muting {jobs} was undone."),
        Change.UNMUTE.value: _("Unmuting {jobs} was undone."),
    }
    sentence = sentences.get(undone.change, _("A change of {jobs} was undone."))
    return " ".join([sentence.format(jobs=undone.label), *undone.warnings])


def health_word(health: Health) -> str:
    """Return how a finding is to be taken."""
    return {Health.GOOD: _("good"), Health.NOTE: _("note"), Health.BAD: _("bad")}[health]


def inbox_word(kind: InboxKind) -> str:
    """Return why an item is in the inbox."""
    return {
        InboxKind.REMINDER: _("reminder"),
        InboxKind.TROUBLE: _("failure"),
        InboxKind.MISSED: _("missed"),
        InboxKind.HELD: _("held"),
        InboxKind.QUESTION: _("question"),
        InboxKind.WATCHDOG: _("watchdog"),
        InboxKind.PING: _("ping"),
    }[kind]


def inbox_text(entry: InboxEntry) -> str:
    """Return what an entry says: its text, how the run of a failure ended, when one starts."""
    until = None if entry.run is None else entry.run.asked_until
    if until is not None:
        return _("Starts at {time}").format(time=until_words(until, entry.latest_at))
    if entry.text or entry.run is None or entry.kind is InboxKind.REMINDER:
        return entry.text
    if entry.count == 1:
        return outcome(entry.run)
    text = ngettext(
        "{outcome}; {count} failure in all", "{outcome}; {count} failures in all", entry.count
    )
    return text.format(outcome=outcome(entry.run), count=entry.count)


def upcoming_words(due: Upcoming) -> list[str]:
    """Return what is special about a due time: what the clocks do, and that it will be skipped."""
    found = [mark_words(mark) for mark in due.marks]
    if (bar := due.barred) is not None:
        reason = waiting_words(bar.reason, bar.reason_args)
        found.append(_("skipped: {reason}").format(reason=reason))
    return found


def mark_words(mark: str) -> str:
    """Return what the clocks do around a due time."""
    return {
        "gap-moved": _("the clocks skip this time; it runs right after"),
        "repeated-hour": _("the clocks show this time twice; it runs once"),
        "offset-changes": _("the clocks have changed since the time before"),
    }.get(mark, mark)


def _after(word: str, duration_s: float) -> str:
    return _("{status} after {duration}").format(status=word, duration=measured(duration_s))
