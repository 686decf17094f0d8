"""The command doctor: look whether everything is in order."""

from __future__ import annotations

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import shown
from deskcron.cli.failures import DONE, FAILED
from deskcron.cli.parameters import json_option
from deskcron.domain.answers import Health
from deskcron.domain.healthwords import report
from deskcron.domain.texts import gettext as _


@click.command(help=_("Look whether everything is in order. Returns 1 when something is not."))
@click.option("--mend", is_flag=True, help=_("Put right first what can be put right safely."))
@json_option
@click.pass_obj
def examine(application: Application, *, mend: bool, as_json: bool) -> int:
    """Print what the doctor has mended, where that is wanted, and what it finds."""
    doctor = application.facade().doctor
    mended = list(doctor.mend()) if mend else []
    findings = list(doctor.examine())
    if as_json:
        print_json({"mended": mended, "findings": findings} if mend else findings)
    else:
        if mend and not mended:
            click.echo(_("There is nothing to mend."))
        for line in report(mended, findings):
            click.echo(shown(line))
    return FAILED if any(finding.health is Health.BAD for finding in findings) else DONE
