"""The command doctor: look whether everything is in order."""

from __future__ import annotations

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import shown
from deskcron.cli.failures import DONE, FAILED
from deskcron.cli.parameters import json_option
from deskcron.domain.answers import Health
from deskcron.domain.texts import gettext as _
from deskcron.domain.words import health_word


@click.command(help=_("Look whether everything is in order. Returns 1 when something is not."))
@json_option
@click.pass_obj
def examine(application: Application, *, as_json: bool) -> int:
    """Print what the doctor finds."""
    findings = list(application.facade().doctor.examine())
    if as_json:
        print_json(findings)
    else:
        for finding in findings:
            word = health_word(finding.health)
            click.echo(f"[{word}] {shown(finding.topic)}: {shown(finding.text)}")
            if finding.hint:
                click.echo(f"       {shown(finding.hint)}")
    return FAILED if any(finding.health is Health.BAD for finding in findings) else DONE
