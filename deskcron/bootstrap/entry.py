"""The way in: translations, the data directory, the command line."""

from __future__ import annotations

import gettext
import os

from deskcron.bootstrap.core import Core
from deskcron.domain.texts import DOMAIN
from deskcron.system.paths import Paths
from deskcron.system.resources import resource


def main() -> int:
    """Run the command line on the person's data directory; return the exit code."""
    gettext.bindtextdomain(DOMAIN, _translations())
    from deskcron.cli.main import (  # noqa: PLC0415 - its help texts are translated when loaded
        main as run_command,
    )

    core = Core(Paths.locate(os.environ))
    try:
        return run_command(core)
    finally:
        core.close()


def _translations() -> str | None:
    try:
        return str(resource("i18n"))
    except FileNotFoundError:
        return None
