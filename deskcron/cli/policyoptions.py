"""The options for the rules of a job, and the fields of its policy that they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from deskcron.cli.brakeoptions import BRAKE_OPTIONS, BrakeOptions, brake_part
from deskcron.cli.environmentoptions import (
    ENVIRONMENT_OPTIONS,
    EnvironmentOptions,
    environment_part,
)
from deskcron.cli.exitcodeoptions import EXIT_CODE_OPTIONS, ExitCodeOptions, exit_codes_part
from deskcron.cli.hoursoptions import HOURS_OPTIONS, HoursOptions, hours_part
from deskcron.cli.limited import Limited, LimitedChoice
from deskcron.cli.needoptions import NEED_OPTIONS, NeedOptions, conditions_part
from deskcron.cli.parameters import Callback
from deskcron.cli.reading import Length, Part, is_none
from deskcron.cli.retryoptions import RETRY_OPTIONS, RetryOptions, retry_part
from deskcron.cli.sharingoptions import SHARING_OPTIONS, SharingOptions, sharing_part
from deskcron.cli.watchingoptions import (
    WATCHING_OPTIONS,
    WatchingOptions,
    pings_part,
    watchdogs_part,
    watching_part,
)
from deskcron.domain.policy import CatchUp, Notify, Overlap, Priority
from deskcron.domain.texts import gettext as _


class PolicyOptions(
    RetryOptions,
    ExitCodeOptions,
    BrakeOptions,
    HoursOptions,
    NeedOptions,
    SharingOptions,
    EnvironmentOptions,
    WatchingOptions,
):
    """What the options for rules were given; None or nothing where one was not."""

    timeout: str | None
    grace: str | None
    overlap: Limited | None
    catch_up: Limited | None
    max_age: str | None
    notify: str | None
    priority: str | None
    exact: bool | None
    ask: str | None


_OPTIONS = (
    click.option("--timeout", metavar="LENGTH", help=_("Stop a run after so long: 10m.")),
    click.option(
        "--grace", metavar="LENGTH", help=_("How long a run has to end when it is stopped: 10s.")
    ),
    click.option(
        "--overlap",
        type=LimitedChoice(tuple(Overlap), (Overlap.QUEUE, Overlap.PARALLEL)),
        help=_("When an earlier run is not over."),
    ),
    click.option(
        "--catch-up",
        type=LimitedChoice(tuple(CatchUp), (CatchUp.ALL,)),
        help=_("What to do about times missed while nothing could run."),
    ),
    click.option("--max-age", metavar="LENGTH", help=_("Catch up on nothing older: 24h.")),
    click.option(
        "--notify",
        type=click.Choice([choice.value for choice in Notify]),
        help=_("Which ends of a run to tell."),
    ),
    click.option(
        "--priority",
        type=click.Choice([choice.value for choice in Priority]),
        help=_("Which of several waiting runs starts first."),
    ),
    click.option(
        "--exact/--no-exact", default=None, help=_("Keep exact evidence of start and end.")
    ),
    *RETRY_OPTIONS,
    *EXIT_CODE_OPTIONS,
    *BRAKE_OPTIONS,
    *HOURS_OPTIONS,
    *NEED_OPTIONS,
    *ENVIRONMENT_OPTIONS,
    *SHARING_OPTIONS,
    *WATCHING_OPTIONS,
    click.option(
        "--ask", metavar="LENGTH", help=_("Ask before the start, which comes after so long: 60s.")
    ),
)


def policy_options(function: Callback) -> Callback:
    """Take the options for rules."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def policy_part(options: PolicyOptions, present: Mapping[str, Any], length_s: Length) -> Part:
    """Return the fields that were given, laid over those of the `present` policy; or BadInput."""
    groups = {
        "retry": retry_part(options, present.get("retry", {}), length_s),
        "exit_codes": exit_codes_part(options, present.get("exit_codes", {})),
        "environment": environment_part(options, present.get("environment", {})),
        "brake": brake_part(options, present.get("brake", {}), length_s),
        "hours": hours_part(options, present.get("hours", {})),
        "watchdogs": watchdogs_part(options, present.get("watchdogs", {}), length_s),
        "pings": pings_part(options, present.get("pings", {})),
        "conditions": conditions_part(options, present.get("conditions", {}), length_s),
    }
    return {
        **_lengths(options, length_s),
        **_choices(options),
        **sharing_part(options),
        **watching_part(options, length_s),
        **{field: part for field, part in groups.items() if part is not None},
    }


def _lengths(options: PolicyOptions, length_s: Length) -> Part:
    part: Part = {}
    if options["timeout"] is not None:
        part["timeout_s"] = None if is_none(options["timeout"]) else length_s(options["timeout"])
    if options["grace"] is not None:
        part["grace_s"] = length_s(options["grace"])
    if options["max_age"] is not None:
        part["max_age_s"] = length_s(options["max_age"])
    if options["ask"] is not None:
        part["ask_s"] = 0 if is_none(options["ask"]) else length_s(options["ask"])
    return part


def _choices(options: PolicyOptions) -> Part:
    part: Part = {}
    limited = {"overlap": options["overlap"], "catch_up": options["catch_up"]}
    for field, rule in limited.items():
        if rule is not None:
            part[field] = rule.word
            if rule.limit is not None:
                part[f"{field}_limit"] = rule.limit
    plain = {
        "notify": options["notify"],
        "priority": options["priority"],
        "exact": options["exact"],
    }
    return part | {field: value for field, value in plain.items() if value is not None}
