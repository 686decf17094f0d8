"""Show the options of a command under headings, where there are too many for one list."""

from __future__ import annotations

from collections.abc import Mapping

import click

from deskcron.cli.brakeoptions import BrakeOptions
from deskcron.cli.calls import CallOptions
from deskcron.cli.environmentoptions import EnvironmentOptions
from deskcron.cli.eventoptions import EventOptions
from deskcron.cli.exitcodeoptions import ExitCodeOptions
from deskcron.cli.hoursoptions import HoursOptions
from deskcron.cli.joboptions import JobOptions
from deskcron.cli.limitoptions import LimitOptions
from deskcron.cli.needoptions import NeedOptions
from deskcron.cli.policyoptions import PolicyOptions
from deskcron.cli.retryoptions import RetryOptions
from deskcron.cli.sharingoptions import SharingOptions
from deskcron.cli.tidyoptions import TidyOptions
from deskcron.cli.watchingoptions import WatchingOptions
from deskcron.cli.whenoptions import WhenOptions
from deskcron.domain.texts import gettext as _

_OF_THE_JOB = frozenset({"tag", "disabled"})


class HeadedCommand(click.Command):
    """A command that takes options of jobs, each shown under what it is about."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a list for each heading; what is the command's own comes last."""
        lists: dict[str, list[tuple[str, str]]] = {heading: [] for heading in _headings()}
        own: list[tuple[str, str]] = []
        heading_of = _heading_of_each()
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                lists.get(heading_of.get(param.name or "", ""), own).append(record)
        for heading, records in (*lists.items(), (_("Options"), own)):
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


def _headings() -> Mapping[str, tuple[type, ...]]:
    """Return the types that have the options under each heading."""
    return {
        _("Times"): (WhenOptions,),
        _("Limits of recurring times"): (LimitOptions,),
        _("Events"): (EventOptions,),
        _("What it does"): (JobOptions,),
        _("Web requests and Python calls"): (CallOptions,),
        _("Tidying a folder"): (TidyOptions,),
        _("Running"): (PolicyOptions,),
        _("After a failure"): (RetryOptions, ExitCodeOptions, BrakeOptions),
        _("Only when and while"): (HoursOptions, NeedOptions),
        _("Environment, and sharing the computer"): (EnvironmentOptions, SharingOptions),
        _("Watching over it"): (WatchingOptions,),
    }


def _heading_of_each() -> dict[str, str]:
    """Return the heading of each option: that of the smallest type that has it."""
    found: dict[str, str] = {}
    kinds = [(kind, heading) for heading, of_it in _headings().items() for kind in of_it]
    for kind, heading in sorted(kinds, key=lambda item: len(item[0].__annotations__)):
        for name in kind.__annotations__:  # a type has those of its bases as well
            found.setdefault(name, heading)
    return {name: heading for name, heading in found.items() if name not in _OF_THE_JOB}
