"""The WHEN options that follow events instead of the clock, and the triggers that they make."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypedDict

import click
from click.shell_completion import CompletionItem

from deskcron.cli.parameters import JobReference
from deskcron.cli.places import absolute
from deskcron.cli.reading import Length, Part
from deskcron.domain.errors import BadInput
from deskcron.domain.happening import EventKind
from deskcron.domain.texts import gettext as _

OCCASIONS = tuple(kind.value for kind in EventKind if kind is not EventKind.FILE_CHANGED)
ENDINGS = ("success", "failure", "any")
SETTLE_S = 2
_TIMING = {
    "delay": "delay_s",
    "random_delay": "random_delay_s",
    "at_most_every": "at_most_every_s",
}


class Followed(NamedTuple):
    """The job that another one follows."""

    job_id: str
    name: str


class EventOptions(TypedDict):
    """What these options were given; None or nothing where one was not."""

    on: tuple[str, ...]
    watch: tuple[str, ...]
    recursive: bool | None
    settle: str | None
    after: tuple[str, ...]
    signal: tuple[str, ...]
    delay: str | None
    random_delay: str | None
    at_most_every: str | None


class _JobWithEnding(JobReference):
    """A job, and behind a colon which of its ends are meant."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer names of jobs, and the ends behind a name."""
        name, colon, ending = incomplete.rpartition(":")
        if colon:
            found = [word for word in ENDINGS if word.startswith(ending)]
            return [CompletionItem(f"{name}:{word}") for word in found]
        return super().shell_complete(ctx, param, incomplete)


EVENT_OPTIONS = (
    click.option(
        "--on",
        type=click.Choice(OCCASIONS),
        multiple=True,
        help=_("When that happens here: deskcron started, somebody logged in, and so on."),
    ),
    click.option(
        "--watch",
        multiple=True,
        metavar="PATH[:PATTERN]",
        help=_("When a file, or one of a folder, has changed: ~/Scans:'*.pdf'."),
    ),
    click.option(
        "--recursive/--flat",
        default=None,
        help=_("Watch, or tidy, the folders in the folder as well."),
    ),
    click.option("--settle", metavar="LENGTH", help=_("How long a file has to rest: 2s.")),
    click.option(
        "--after",
        type=_JobWithEnding(),
        multiple=True,
        metavar="JOB[:success|failure|any]",
        help=_("When another job has ended, with success if nothing else is said."),
    ),
    click.option(
        "--signal", multiple=True, metavar="NAME", help=_("When 'deskcron fire NAME' says so.")
    ),
    click.option("--delay", metavar="LENGTH", help=_("Start so long after the event.")),
    click.option(
        "--random-delay", metavar="LENGTH", help=_("Start up to so much later, by chance.")
    ),
    click.option(
        "--at-most-every", metavar="LENGTH", help=_("Run for an event at most once in that time.")
    ),
)


def event_parts(
    options: EventOptions, length_s: Length, find: Callable[[str], Followed]
) -> Iterator[tuple[str, Part]]:
    """Yield each event as it was typed, with its trigger; raises BadInput, and what `find` does."""
    timing = {
        field: 0 if options[option] is None else length_s(options[option])  # type: ignore[literal-required]
        for option, field in _TIMING.items()
    }
    for word in options["on"]:
        yield f"--on {word}", {"kind": "event", "event": word, **timing}
    for text in options["watch"]:
        yield f"--watch {text}", {**_watched(text, options, length_s), **timing}
    for text in options["after"]:
        yield f"--after {text}", {**_after(text, find), **timing}
    for text in options["signal"]:
        yield f"--signal {text}", {"kind": "signal", "name": text, **timing}
    _refuse_what_has_no_event(options)


def parse_watch(text: str) -> tuple[str, str]:
    """Return path and pattern of PATH[:PATTERN]; a path that is there has its colons itself.

    Raises BadInput for a pattern behind a file.
    """
    path, colon, pattern = text.rpartition(":")
    is_pattern = bool(colon and path and pattern) and not set(pattern) & {"/", "\\"}
    if not is_pattern or _is_there(text):
        return absolute(text), ""
    folder = absolute(path)
    if os.path.isfile(folder):  # noqa: PTH113 - Path raises where it may not look
        raise BadInput(
            title=_("--watch {text} can never match").format(text=text),
            detail=_("{path} is a file, not a folder").format(path=path),
            hint=_("Leave out the pattern, or name the folder."),
        )
    return folder, pattern


def parse_after(text: str) -> tuple[str, str]:
    """Return job and ending of JOB[:ENDING], success where none is named."""
    job, colon, ending = text.rpartition(":")
    return (job, ending) if colon and ending in ENDINGS else (text, ENDINGS[0])


def _watched(text: str, options: EventOptions, length_s: Length) -> Part:
    path, pattern = parse_watch(text)
    return {
        "kind": "file",
        "path": path,
        "pattern": pattern,
        "is_recursive": bool(options["recursive"]),
        "settle_s": SETTLE_S if options["settle"] is None else length_s(options["settle"]),
    }


def _after(text: str, find: Callable[[str], Followed]) -> Part:
    ref, ending = parse_after(text)
    found = find(ref)
    return {"kind": "after", "job": found.job_id, "job_name": found.name, "ending": ending}


def _refuse_what_has_no_event(options: EventOptions) -> None:
    events = (*options["on"], *options["watch"], *options["after"], *options["signal"])
    lost = [option for option in _TIMING if options[option] is not None and not events]  # type: ignore[literal-required]
    if options["settle"] is not None and not options["watch"]:
        lost.append("settle")
    if lost:
        raise BadInput(
            title=_("--{option} has nothing to apply to").format(option=lost[0].replace("_", "-")),
            detail=_("it belongs to an event given in the same call"),
            hint=_("Give that too, for example --on network-up or --watch ~/Scans."),
        )


def _is_there(path: str) -> bool:
    try:
        return Path(path).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False
