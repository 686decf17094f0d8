"""The way in: translations, the data directory, the command line."""

from __future__ import annotations

import gettext
import os

from deskcron.bootstrap.core import Core
from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.texts import DOMAIN
from deskcron.system.paths import Paths
from deskcron.system.resources import resource


def main() -> int:
    """Run the command line on the person's data directory; return the exit code."""
    gettext.bindtextdomain(DOMAIN, _translations())
    # help texts are translated when they are loaded
    from deskcron.cli import failures  # noqa: PLC0415
    from deskcron.cli.main import main as run_command  # noqa: PLC0415

    try:
        core = Core(Paths.locate(os.environ))
    except StoreUnavailable as error:
        return failures.tell(error)
    try:
        return run_command(core)
    finally:
        core.close()


def _translations() -> str | None:
    try:
        return str(resource("i18n"))
    except FileNotFoundError:
        return None
