"""Say in the words of all errors what click finds wrong with a command as it was typed."""

from __future__ import annotations

from difflib import get_close_matches

import click

from deskcron.cli.display import quoted
from deskcron.cli.group import COMMANDS
from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _


def refused(error: click.ClickException) -> BadInput:
    """Return what was not understood, why, and where help is."""
    context: click.Context | None = getattr(error, "ctx", None)
    command = "deskcron" if context is None else context.command_path
    title, detail = _words(error, command)
    return BadInput(
        title=title, detail=detail, hint=_("Try '{command} --help'.").format(command=command)
    )


def _words(error: click.ClickException, command: str) -> tuple[str, str]:
    name: str | None = getattr(error, "command_name", None)  # click before 8.4 does not tell it
    if isinstance(error, click.MissingParameter):
        title = _("'{command}' is not complete").format(command=command)
        return title, _("{name} is missing").format(name=_name_of(error.param))
    if isinstance(error, click.BadParameter):
        return _not_understood(_name_of(error.param)), _expected(error.param) or error.message
    if isinstance(error, click.NoSuchOption):
        why = _("there is no such option") + _meant(error.possibilities)
        return _not_understood(error.option_name), why
    if isinstance(error, click.BadOptionUsage):
        return _not_understood(error.option_name), _misused(error.message)
    if name is not None:
        why = _("there is no such command") + _meant(get_close_matches(name, COMMANDS))
        return _not_understood(quoted(name)), why
    message = error.format_message()
    return _not_understood(f"'{command}'"), message[:1].lower() + message[1:]


def _not_understood(what: str) -> str:
    return _("{what} was not understood").format(what=what)


def _meant(names: list[str] | None) -> str:
    if not names:
        return ""
    return _("; did you mean {names}?").format(names=_(" or ").join(names))


def _misused(message: str) -> str:
    """Return what is wrong with the value of an option; click's text alone tells it."""
    if "requires" in message:
        return _("it needs a value")
    return _("it takes no value") if "does not take" in message else message


def _expected(param: click.Parameter | None) -> str:
    """Return what a parameter may be, empty where its type has said that itself."""
    kind = None if param is None else param.type
    if isinstance(kind, click.Choice):
        return _("it is one of {words}").format(words=", ".join(map(str, kind.choices)))
    if not isinstance(kind, click.IntRange):
        return ""
    if kind.max is None or kind.max >= 2**63 - 1:
        return _("it is a whole number from {least}").format(least=kind.min)
    return _("it is a whole number from {least} to {most}").format(least=kind.min, most=kind.max)


def _name_of(param: click.Parameter | None) -> str:
    """Return how the help calls a parameter."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return "" if param is None else (param.metavar or str(param.name).upper()).strip("[].")
