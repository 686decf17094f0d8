"""The parts of the list of jobs: which of them shows a job, and how many each has. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from deskcron.domain.job import JobSummary


class View(Enum):
    """The parts of the list; jobs that are held are active as well."""

    ALL = "all"
    ACTIVE = "active"
    HELD = "held"
    OFF = "off"
    FINISHED = "finished"


def view_of(job: JobSummary) -> View:
    """Return the part of the list a job belongs to, beside all."""
    if job.finished_at is not None:
        return View.FINISHED
    return View.ACTIVE if job.enabled and job.fault is None else View.OFF


def is_held_back(job: JobSummary) -> bool:
    """Tell whether nothing but its failures keeps a job from running."""
    return job.is_held and view_of(job) is View.ACTIVE


def belongs(job: JobSummary, view: View) -> bool:
    """Tell whether a view shows a job."""
    if view is View.HELD:
        return is_held_back(job)
    return view is View.ALL or view_of(job) is view


def counts(jobs: Sequence[JobSummary]) -> Mapping[View, int]:
    """Count the jobs of each view."""
    found = dict.fromkeys(View, 0)
    found[View.ALL] = len(jobs)
    for job in jobs:
        found[view_of(job)] += 1
        found[View.HELD] += is_held_back(job)
    return found
