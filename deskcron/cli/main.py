"""The entry of the command line: parse, run one command, tell failures."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence

import click

from deskcron import __version__
from deskcron.cli import failures
from deskcron.cli.application import Application
from deskcron.cli.group import INTERNAL, CommandList
from deskcron.domain.errors import BadInput, DeskcronError
from deskcron.domain.opening import Opening
from deskcron.domain.texts import gettext as _


@click.group(
    cls=CommandList,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=False,
    invoke_without_command=True,
    help=_(
        "Run jobs and reminders on a schedule, and tell why they did or did not run. Without a "
        "command, open the window."
    ),
    epilog=_(
        "JOB is a job's name, its id, or the beginning of its id. A name that begins with - "
        "goes behind --, as in: deskcron show -- -name"
    ),
)
@click.option("--hidden", is_flag=True, help=_("Start as an icon in the panel, as at login."))
@click.option("--new-reminder", is_flag=True, help=_("Open the window with a new reminder."))
@click.option("--show", is_flag=True, help=_("Raise the window that runs."))
@click.option(
    "--quit",
    "quit_",
    is_flag=True,
    help=_("Quit the window that runs and the engine in it; what jobs have started goes on."),
)
@click.version_option(__version__, prog_name="deskcron", message="%(prog)s %(version)s")
@click.pass_context
def root(
    ctx: click.Context, *, hidden: bool, new_reminder: bool, show: bool, quit_: bool
) -> int | None:
    """Open the window, unless a command is given."""
    wishes = {
        Opening.HIDDEN: hidden,
        Opening.REMINDER: new_reminder,
        Opening.SHOW: show,
        Opening.QUIT: quit_,
    }
    asked = [opening for opening, is_asked in wishes.items() if is_asked]
    if len(asked) > 1 or (asked and ctx.invoked_subcommand is not None):
        raise click.UsageError(_("--{option} stands alone.").format(option=asked[0]), ctx)
    if ctx.invoked_subcommand is not None:
        return None
    application: Application = ctx.obj
    return application.open_window(asked[0] if asked else Opening.OPEN)


def main(application: Application, argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; the caller closes the application."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names may hold what the terminal's encoding lacks.
            stream.reconfigure(errors="replace")
    try:
        code = _run(application, arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_output()
        return failures.FAILED
    except KeyboardInterrupt:
        return failures.INTERRUPTED
    return code


def _run(application: Application, arguments: Sequence[str]) -> int:
    try:
        if not INTERNAL.keys() & arguments[:1]:  # what we give ourselves are paths and programs
            _refuse_bytes(arguments)
        answer = root.main(
            args=list(arguments), prog_name="deskcron", standalone_mode=False, obj=application
        )
    except DeskcronError as error:
        return failures.tell(error)
    except click.exceptions.Abort:
        return failures.INTERRUPTED
    except click.ClickException as error:
        return failures.tell_usage(error)
    except SystemExit as ended:
        # click answers completion requests and a closed pipe this way.
        return ended.code if isinstance(ended.code, int) else failures.DONE
    return answer if isinstance(answer, int) else failures.DONE


def _refuse_bytes(arguments: Sequence[str]) -> None:
    """Refuse arguments that are not text, which neither JSON nor the store can hold."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError as error:
            printable = argument.encode(errors="backslashreplace").decode()
            raise BadInput(
                title=_("'{text}' cannot be used").format(text=printable),
                detail=_("it is not UTF-8 text"),
            ) from error


def _close_output() -> None:
    """Let the interpreter end in silence although nobody reads its output."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
