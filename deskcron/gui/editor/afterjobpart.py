"""When: another job has ended."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from deskcron.domain.job import Document
from deskcron.domain.run import JobId
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import Binding, choice
from deskcron.gui.editor.eventpart import EventPart
from deskcron.gui.editor.offers import Offers
from deskcron.gui.theme.inputs import ComboBox
from deskcron.gui.theme.jobfield import JobField

_ENDINGS = ("success", "failure", "any")
_LETTERS = 32


class AfterJobPart(EventPart):
    """The job, and which of its ends count."""

    KIND = "after"
    DEFAULTS = MappingProxyType({"job": "", "ending": "success"})

    def __init__(self, offers: Offers) -> None:
        super().__init__()
        self._offers = offers
        self._named: tuple[str, str] = ("", "")  # id and name, as they are stored
        self._job = JobField(_("Choose a job"))
        self._job.setMinimumContentsLength(_LETTERS)
        ending = ComboBox(
            _("When it"),
            {"success": _("has succeeded"), "failure": _("has failed"), "any": _("has ended")},
        )
        job = Binding(
            self._job,
            self._job.chosen,
            lambda: self._job.job_id() or "",
            lambda job_id: self._job.choose(job_id or None),
        )
        self.bind("job", _("Job"), job)
        self.bind("ending", _("When it"), choice(ending))
        offers.jobs_came.connect(self._offer_jobs)
        self._offer_jobs()

    @classmethod
    def can_show(cls, trigger: Document) -> bool:
        """Tell whether nothing of the trigger would be lost."""
        return super().can_show(trigger) and trigger.get("ending", "success") in _ENDINGS

    def load(self, values: Document) -> None:
        """Show a trigger, its job by the name it had until the present names are known."""
        job, name = str(values.get("job", "")), str(values.get("job_name", ""))
        self._named = (job, name)
        if job:
            self._job.add_removed({JobId(job): name or job})
        super().load(values)

    def values(self) -> dict[str, Any]:
        """Return the trigger's own values; the job's name goes along to be read."""
        values, (stored, name) = super().values(), self._named
        if values["job"] != stored:
            name = (self._offers.jobs or {}).get(JobId(values["job"]), "")
        return {**values, "job_name": name}

    def _offer_jobs(self) -> None:
        if self._offers.jobs is not None:
            self._job.set_jobs(self._offers.jobs)
