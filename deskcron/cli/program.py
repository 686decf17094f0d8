"""Tell a job's name from the program behind -- on the command lines of add and edit."""

from __future__ import annotations

import click

from deskcron.cli.headings import HeadedCommand
from deskcron.domain.texts import gettext as _

_END = "--"


class ProgramCommand(HeadedCommand):
    """A command NAME [OPTIONS] [-- PROGRAM ARG...].

    A name that begins with - goes behind -- too: -- NAME [-- PROGRAM ARG...].
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Cut off the part behind --, so that options of the program stay its own."""
        before, behind, has_end = list(args), list[str](), _END in args
        if has_end:
            cut = args.index(_END)
            before, behind = list(args[:cut]), list(args[cut + 1 :])
        values, extra, _order = self.make_parser(ctx).parse_args(list(before))
        if extra and not ctx.resilient_parsing:
            text = _("'{word}' is too much. Write -- before a program, quotes around a name.")
            ctx.fail(text.format(word=extra[0]))
        argument = next(param.name for param in self.params if isinstance(param, click.Argument))
        if isinstance(values.get(argument or ""), str) or not has_end:
            return self._parsed(ctx, before, [], behind)
        name, program = behind[:1], behind[1:]
        return self._parsed(ctx, before, name, program[program[:1] == [_END] :])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Show the program at the end of the usage line."""
        return [*super().collect_usage_pieces(ctx), "[-- PROGRAM ARG...]"]

    def _parsed(
        self, ctx: click.Context, before: list[str], name: list[str], program: list[str]
    ) -> list[str]:
        rest = super().parse_args(ctx, [*before, _END, *name] if name else before)
        ctx.params["program"] = tuple(program)
        return rest
