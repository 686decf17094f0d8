"""The words of an entry: what it is, what it says in a line and in full, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from enum import Enum, auto
from typing import NamedTuple

from deskcron.domain.answers import InboxEntry
from deskcron.domain.daywords import exact, moment, until_words
from deskcron.domain.records import InboxKind
from deskcron.domain.run import RunId, Status
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import relative
from deskcron.domain.words import capital, inbox_text, inbox_word, outcome
from deskcron.gui.inbox.rows import Group, is_put_off
from deskcron.gui.output.screen import Screen

_MOST_LINES = 10
"""As many lines of an output are shown; its log has all."""


class Sort(Enum):
    """What an entry is to a person."""

    REMINDER = auto()
    FAILURE = auto()
    DOUBT = auto()  # a run that may or may not have done its work
    MISSED = auto()
    QUESTION = auto()  # a run that is about to start
    HELD = auto()  # a job that does not run on
    OTHER = auto()  # anything else about a job
    NOTICE = auto()  # something about deskcron itself


_SORTS = {
    InboxKind.REMINDER: Sort.REMINDER,
    InboxKind.MISSED: Sort.MISSED,
    InboxKind.QUESTION: Sort.QUESTION,
    InboxKind.HELD: Sort.HELD,
}


def run_in_question(entry: InboxEntry) -> RunId | None:
    """Return the run that an entry asks about, None where it asks nothing."""
    return entry.run.id if entry.run and entry.kind is InboxKind.QUESTION else None


def sort_of(entry: InboxEntry) -> Sort:
    """Return what an entry is."""
    if entry.kind in _SORTS:
        return _SORTS[entry.kind]
    if entry.job_id is None:
        return Sort.NOTICE
    if entry.kind is not InboxKind.TROUBLE:
        return Sort.OTHER
    in_doubt = entry.run is not None and entry.run.status in {Status.INTERRUPTED, Status.UNKNOWN}
    return Sort.DOUBT if in_doubt else Sort.FAILURE


def sort_word(entry: InboxEntry) -> str:
    """Return what an entry is in a word or two."""
    if sort_of(entry) is Sort.DOUBT and entry.run is not None:
        is_lost = entry.run.status is Status.INTERRUPTED
        return _("Interrupted") if is_lost else _("End unknown")
    return {
        Sort.REMINDER: _("Reminder"),
        Sort.MISSED: _("Missed"),
        Sort.NOTICE: _("About deskcron"),
        Sort.FAILURE: _("Failure"),
    }.get(sort_of(entry)) or capital(inbox_word(entry.kind))


def group_word(group: Group) -> str:
    """Return the heading of a group."""
    return {
        Group.TODAY: _("Today"),
        Group.YESTERDAY: _("Yesterday"),
        Group.EARLIER: _("Earlier"),
        Group.PUT_OFF: _("Snoozed"),
    }[group]


def counts_down(entry: InboxEntry) -> bool:
    """Tell whether what an entry says changes with every second."""
    return _asked_until(entry) is not None


def summary(entry: InboxEntry, now: datetime, zone: tzinfo | None) -> str:
    """Return what an entry says as one line."""
    if _asked_until(entry) is not None:
        return _starts(entry, now, zone)
    return capital(" ".join(inbox_text(entry).split())) or sort_word(entry)


def when(entry: InboxEntry, now: datetime, zone: tzinfo | None) -> str:
    """Return how long it waits, or until when it is put off."""
    if entry.snoozed_until is not None and is_put_off(entry, now):
        return _("back {time}").format(time=moment(entry.snoozed_until, now, zone))
    if (until := _asked_until(entry)) is not None:
        return _("starts {time}").format(time=relative(max(until, now), now))
    return moment(entry.latest_at, now, zone)


def when_exactly(entry: InboxEntry, now: datetime, zone: tzinfo | None) -> str:
    """Return the instants of an entry, one a line."""
    lines = []
    if entry.count > 1:
        lines.append(_("First {time}").format(time=exact(entry.created_at, zone)))
        lines.append(_("Last {time}").format(time=exact(entry.latest_at, zone)))
    else:
        lines.append(exact(entry.created_at, zone))
    if entry.snoozed_until is not None and is_put_off(entry, now):
        lines.append(_("Snoozed until {time}").format(time=exact(entry.snoozed_until, zone)))
    if (until := _asked_until(entry)) is not None:
        lines.append(_("Starts {time}").format(time=exact(until, zone)))
    return "\n".join(lines)


def caption(entry: InboxEntry, now: datetime, zone: tzinfo | None) -> str:
    """Return what it is and since when, as one line."""
    return _("{sort} · {time}").format(sort=sort_word(entry), time=when(entry, now, zone))


def output_wanted(entries: Sequence[InboxEntry]) -> int | None:
    """Return the run whose last output belongs to what is shown, None where there is none."""
    if len(entries) != 1 or sort_of(entries[0]) not in {Sort.FAILURE, Sort.DOUBT}:
        return None
    return entries[0].run_id


def last_lines(output: str) -> str:
    """Return the last lines of an output as a terminal would show them, without colours."""
    screen = Screen()
    lines = [*screen.feed(output)[:-1], *screen.finish()]
    shown = ["".join(span.text for span in line).rstrip() for line in lines]
    while shown and not shown[-1]:
        shown.pop()
    return "\n".join(shown[-_MOST_LINES:])


class Told(NamedTuple):
    """Everything an entry says: words, the last lines of an output after them, and advice."""

    words: str
    output: str
    advice: str


def in_full(entry: InboxEntry, now: datetime, zone: tzinfo | None, output: str = "") -> Told:
    """Return everything an entry says, with the last lines of its output."""
    if _asked_until(entry) is not None:
        parts = [_starts(entry, now, zone)]
    else:
        parts = [entry.text or _ends(entry, now, zone)]
    if output:
        parts.append(_("It printed last:"))
    advice = {
        Sort.DOUBT: _(
            "It is not repeated by itself. Its log shows how far it came; run it again if it is "
            "to be done over."
        ),
        Sort.QUESTION: _("Run it now, put it off, or skip it this time. Done changes nothing."),
        Sort.MISSED: _("The review shows which jobs they belong to, and why."),
    }.get(sort_of(entry), "")
    return Told("\n\n".join(part for part in parts if part), output, advice)


def spoken(entry: InboxEntry, now: datetime, zone: tzinfo | None) -> str:
    """Return an entry as a screen reader says it."""
    parts = (sort_word(entry), entry.title, summary(entry, now, zone), when(entry, now, zone))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _asked_until(entry: InboxEntry) -> datetime | None:
    return None if entry.run is None else entry.run.asked_until


def _starts(entry: InboxEntry, now: datetime, zone: tzinfo | None) -> str:
    """Return when a run starts about which a person is asked."""
    until = _asked_until(entry) or now
    return _("It starts at {time}, unless you answer before.").format(
        time=until_words(until, now, zone)
    )


def _ends(entry: InboxEntry, now: datetime, zone: tzinfo | None) -> str:
    """Return how the newest run of a failure ended, and how many there are, "" for others."""
    if entry.run is None or entry.kind is InboxKind.REMINDER:
        return ""
    newest = capital(outcome(entry.run))
    if entry.count == 1:
        return newest
    text = ngettext("{count} failure since {time}.", "{count} failures since {time}.", entry.count)
    since = moment(entry.created_at, now, zone)
    return f"{newest}\n\n{text.format(count=entry.count, time=since)}"
