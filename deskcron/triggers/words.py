"""Put cron expressions into words; imported only where words are asked for.

cron-descriptor takes about 30 ms to import, which the start of an engine should not pay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# The package has no types.
from cron_descriptor import (  # type: ignore[import-untyped]
    FormatError,
    Options,
    get_description,
)

from deskcron.domain.texts import gettext as _

_LISTED_SPECIAL = re.compile(r"[L#].*,|,.*[L#]")
_STEP = re.compile(r"\*/([0-9]+)")
_MINUTES, _HOURS = 60, 24


def cron_text(fields: Sequence[str]) -> str:
    """Return the rule of the five fields in words, or as it is where no words are known."""
    # Translators: the name of your language to cron-descriptor, such as de_DE or fr_FR.
    locale_code = _("en_US")
    options = Options(locale_code=locale_code, use_24hour_time_format=True)
    expression = " ".join(fields).upper()
    if not _is_misread(fields):
        try:
            return str(get_description(expression, options))
        except FormatError:
            pass  # a rule beyond its words is told as it is
    return _("By the cron expression {expression}").format(expression=expression.lower())


def _is_misread(fields: Sequence[str]) -> bool:
    """Say whether cron-descriptor has wrong words: L or # in a list, a step past the end."""
    minute, hour, day, _month, weekday = fields
    steps = ((_STEP.fullmatch(minute), _MINUTES), (_STEP.fullmatch(hour), _HOURS))
    return any(_LISTED_SPECIAL.search(field.upper()) for field in (day, weekday)) or any(
        match is not None and int(match[1]) >= size for match, size in steps
    )
