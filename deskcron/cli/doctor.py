"""The command doctor: look whether everything is in order."""

from __future__ import annotations

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import shown
from deskcron.cli.failures import DONE, FAILED
from deskcron.cli.parameters import json_option
from deskcron.domain.answers import Health, Mended
from deskcron.domain.healthwords import report
from deskcron.domain.texts import gettext as _


@click.command(help=_("Look whether everything is in order. Returns 1 when something is not."))
@click.option("--mend", is_flag=True, help=_("Put right first what can be put right safely."))
@json_option
@click.pass_obj
def examine(application: Application, *, mend: bool, as_json: bool) -> int:
    """Print what the doctor has mended, where that is wanted, and what it finds."""
    doctor = application.facade().doctor
    mended = doctor.mend() if mend else Mended()
    findings = list(doctor.examine())
    if as_json:
        told = {"mended": mended.done, "not_mended": mended.failed, "findings": findings}
        print_json(told if mend else findings)
    else:
        if mend and mended == Mended():
            click.echo(_("There is nothing to mend."))
        for line in report(mended, findings):
            click.echo(shown(line))
    is_bad = any(finding.health is Health.BAD for finding in findings)
    return FAILED if mended.failed or is_bad else DONE
