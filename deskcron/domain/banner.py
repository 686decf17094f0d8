"""What a banner says, what it is about, and what may be pressed on it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from deskcron.domain.action import Urgency
from deskcron.domain.run import JobId, RunId


class BannerAction(StrEnum):
    """What a press on a banner asks for."""

    SHOW = "show"  # a press on the banner itself
    DONE = "done"
    SNOOZE = "snooze"
    OPEN_LOG = "open-log"
    RUN_AGAIN = "run-again"
    MUTE = "mute"
    PROCEED = "proceed"
    PUT_OFF = "put-off"
    DECLINE = "decline"
    RESUME = "resume"
    REVIEW = "review"


class About(NamedTuple):
    """What a banner tells of: an inbox entry, a run, jobs; nothing of these for news in general.

    `review_at` is an instant of the absence that has missed or brought it.
    """

    entry_id: int | None = None
    run_id: RunId | None = None
    job_ids: tuple[JobId, ...] = ()
    review_at: datetime | None = None


class Press(NamedTuple):
    """A person has pressed something on a banner."""

    deed: BannerAction
    about: About


class Button(NamedTuple):
    """Something to press, with its words."""

    deed: BannerAction
    label: str


class Notification(NamedTuple):
    """A banner: plain text, never markup; `key` lets a newer one replace it."""

    key: str
    title: str
    text: str
    urgency: Urgency
    buttons: tuple[Button, ...] = ()
    about: About = About()
