"""deskcron's own exchange file: job documents as JSON in a stable order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from deskcron.domain.codec import UNDECODABLE
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _

FORMAT = 1


class JsonBundles:
    """Write and read `{"deskcron": 1, "jobs": […]}`; it diffs well and holds no state."""

    def dump(self, documents: Sequence[Mapping[str, Any]]) -> bytes:
        """Return the file's bytes: jobs by name, keys sorted, indented."""
        ordered = sorted(documents, key=lambda document: str(document.get("name", "")))
        data = msgspec.json.encode({"deskcron": FORMAT, "jobs": ordered}, order="sorted")
        return msgspec.json.format(data, indent=2) + b"\n"

    def load(self, data: bytes) -> Sequence[dict[str, Any]]:
        """Return the documents of a file; raises BadInput in words."""
        try:
            raw = msgspec.json.decode(data)
        except UNDECODABLE as error:
            raise _unusable(_("it is not JSON: {error}").format(error=error)) from error
        version = raw.get("deskcron") if isinstance(raw, dict) else None
        if not isinstance(version, int) or version < FORMAT:
            raise _unusable(_("it was not written by 'deskcron export'"))
        if version > FORMAT:
            raise _unusable(_("it was written by a newer deskcron"))
        jobs = raw.get("jobs")
        if not isinstance(jobs, list) or not all(isinstance(job, dict) for job in jobs):
            raise _unusable(_("its list of jobs is damaged"))
        return jobs


def _unusable(detail: str) -> BadInput:
    return BadInput(
        title=_("The file cannot be imported"),
        detail=detail,
        hint=_("Nothing was changed."),
    )
