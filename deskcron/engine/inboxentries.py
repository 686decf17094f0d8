"""Make the entries that a person sees of the items in the inbox: a job's failures are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deskcron.domain.answers import InboxEntry
from deskcron.domain.records import InboxItem, InboxKind, RunFilter
from deskcron.domain.run import JobId
from deskcron.domain.storage import Tables
from deskcron.engine.muting import is_muted

MOST_FAILURES = 20
"""As many unanswered failures of a job stand in the inbox: the first one and the newest."""
_MOST_COUNTED = 10_000


def folded(items: Iterable[InboxItem]) -> Sequence[Sequence[InboxItem]]:
    """Return the items of each entry; both keep the order given, newest first."""
    entries: dict[int | str, list[InboxItem]] = {}
    for item in items:
        entries.setdefault(_key(item), []).append(item)
    return list(entries.values())


def together_with(tables: Tables, item: InboxItem) -> Sequence[InboxItem]:
    """Return all waiting items of the entry that holds a waiting item, newest first."""
    key = _key(item)
    if key == item.id:
        return [item]
    return [other for other in tables.inbox.waiting() if _key(other) == key]


def entry_of(tables: Tables, items: Sequence[InboxItem]) -> InboxEntry:
    """Return the entry of some items that belong together, newest first."""
    newest, first = items[0], items[-1]
    return InboxEntry(
        id=first.id,
        kind=newest.kind,
        job_id=newest.job_id,
        title=newest.title,
        text=newest.text,
        urgency=newest.urgency,
        created_at=first.created_at,
        latest_at=newest.created_at,
        presented_at=first.presented_at,
        snoozed_until=first.snoozed_until,
        count=_count(tables, items),
        run_id=newest.run_id,
        run_ids=tuple(item.run_id for item in items if item.run_id is not None),
        run=None if newest.run_id is None else tables.runs.get(newest.run_id),
        muted=None if newest.job_id is None else _muted(tables, JobId(newest.job_id)),
    )


def _muted(tables: Tables, job_id: JobId) -> bool | None:
    """Tell whether a job is muted, None where it was deleted."""
    stored = tables.jobs.get(job_id)
    return None if stored is None or stored.removed_at is not None else is_muted(stored)


def _count(tables: Tables, items: Sequence[InboxItem]) -> int:
    """Count what an entry stands for; the history knows the failures that have no item."""
    first = items[-1]
    if len(items) < MOST_FAILURES or first.job_id is None:
        return len(items)
    run = None if first.run_id is None else tables.runs.get(first.run_id)
    since = first.created_at if run is None else run.recorded_at
    failures = RunFilter(job_id=first.job_id, since=since, trouble=True)
    return max(len(items), tables.runs.count(failures, _MOST_COUNTED))


def _key(item: InboxItem) -> int | str:
    """Return what the items of an entry have in common: their job, or nothing but themselves."""
    return item.job_id if item.kind is InboxKind.TROUBLE and item.job_id else item.id
