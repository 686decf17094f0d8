"""What exit codes mean: the whole decision."""

from __future__ import annotations

import pytest

from deskcron.domain.exitcodes import ExitCodes
from deskcron.domain.reason import Reason
from deskcron.domain.run import Status

WELL = (Status.SUCCEEDED, None)
WARNED = (Status.SUCCEEDED, Reason.WARNING_CODE)
FAILED = (Status.FAILED, Reason.EXIT_CODE)


@pytest.mark.parametrize(
    ("codes", "meanings"),
    [
        ({}, {0: WELL, 1: FAILED, 127: FAILED, 255: FAILED}),
        ({"success": (0, 24)}, {0: WELL, 24: WELL, 23: FAILED}),
        ({"success": (1,)}, {0: FAILED, 1: WELL}),
        ({"warning": (1,)}, {0: WELL, 1: WARNED, 2: FAILED}),
        ({"success": (), "warning": (0,)}, {0: WARNED, 1: FAILED}),
        ({"success": (0, 3), "warning": (3,)}, {0: WELL, 3: WARNED}),
        ({"success": (), "warning": ()}, {0: FAILED}),
    ],
)
def test_a_code_means_what_the_job_says(codes, meanings):
    """Named codes are successes, with a warning where that is said, too; others are failures."""
    for code, meaning in meanings.items():
        status, why = ExitCodes(**codes).meaning(code)
        assert (status, why.code if why else None) == meaning
        assert why is None or why.args == {"code": code}
