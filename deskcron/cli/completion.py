"""The command completion: the script that teaches a shell to complete."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from deskcron.domain.texts import gettext as _

_SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_DESKCRON_COMPLETE"


@click.command(
    help=_('Print a completion script. For bash: eval "$(deskcron completion bash)" in ~/.bashrc.')
)
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def print_completion(ctx: click.Context, *, shell: str) -> None:
    """Print the script for a shell."""
    kind = get_completion_class(shell)
    if kind is not None:
        # The base class: bash's own runs a bash to look at its version first.
        complete = kind(ctx.find_root().command, {}, "deskcron", _VARIABLE)
        click.echo(ShellComplete.source(complete))
