"""What fields complete while one types: time zones, and the tags that jobs have."""

from __future__ import annotations

from zoneinfo import available_timezones

from deskcron.engine.facade import Facade
from deskcron.gui.desk import Desk
from deskcron.gui.editor.form import Form


def offer_completions(desk: Desk, form: Form) -> None:
    """Ask for them, and let the form have them when they are there."""

    def completions(facade: Facade) -> tuple[list[str], list[str]]:
        tags = {tag for job in facade.catalogue.list(finished=True) for tag in job.tags}
        return sorted(available_timezones()), sorted(tags)

    def offer(found: tuple[list[str], list[str]]) -> None:
        zones, tags = found
        form.zones.setStringList(zones)
        form.known_tags.setStringList(tags)

    desk.bridge.ask(form, completions, offer)
