"""Ask the core for what the form offers: time zones, places, and the jobs and tags there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from zoneinfo import available_timezones

from deskcron.domain.run import JobId
from deskcron.engine.facade import Facade
from deskcron.gui.editor.form import Form
from deskcron.gui.pagecontext import PageContext


class _Found(NamedTuple):
    zones: list[str]
    tags: list[str]
    jobs: Mapping[JobId, str]


def offer_completions(context: PageContext, form: Form) -> None:
    """Let the form have them when they are there; places only once they are wanted."""

    def ask_for_places() -> None:
        context.bridge.ask(
            form, lambda facade: facade.drafting.holiday_places(), form.offers.take_places
        )

    context.bridge.ask(form, _found, lambda found: form.offers.take(*found))
    form.offers.places_wanted.connect(ask_for_places)


def _found(facade: Facade) -> _Found:
    jobs = facade.catalogue.list(finished=True)
    return _Found(
        zones=sorted(available_timezones()),
        tags=sorted({tag for job in jobs for tag in job.tags}),
        jobs={job.id: job.name for job in sorted(jobs, key=lambda job: job.name.casefold())},
    )
