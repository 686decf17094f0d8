"""Put cron expressions into words; imported only where words are asked for.

cron-descriptor takes about 30 ms to import, which the start of an engine should not pay.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

# The package has no types.
from cron_descriptor import (  # type: ignore[import-untyped]
    FormatError,
    Options,
    get_description,
)

from deskcron.domain.daywords import day_name
from deskcron.domain.texts import ENGLISH, language
from deskcron.domain.texts import gettext as _
from deskcron.triggers.names import long_month_name

_LISTED_SPECIAL = re.compile(r"[L#].*,|,.*[L#]")
_STEP = re.compile(r"\*/([0-9]+)")
_MINUTES, _HOURS = 60, 24


def cron_text(fields: Sequence[str]) -> str:
    """Return the rule of the five fields in words, or as it is where no words are known."""
    return _cron_text(tuple(fields), language())


@lru_cache(1000)  # cron-descriptor reads its catalogue for each
def _cron_text(fields: tuple[str, ...], spoken: str) -> str:
    options = Options(locale_code=_catalogue_for(spoken), use_24hour_time_format=True)
    expression = " ".join(fields).upper()
    if not _is_misread(fields):
        try:
            return _with_names(str(get_description(expression, options)))
        except FormatError:
            pass  # a rule beyond its words is told as it is
    return _("By the cron expression {expression}").format(expression=expression.lower())


@cache
def _catalogue_for(spoken: str) -> str:
    """Return the catalogue of cron-descriptor for a language, else for English."""
    names = [file.name for file in (files("cron_descriptor") / "locale").iterdir()]
    known = sorted(name.removesuffix(".mo") for name in names if name.endswith(".mo"))
    if spoken in known:
        return spoken
    wanted = spoken.partition("_")[0]
    found = [name for name in known if name.partition("_")[0] == wanted]
    return found[0] if found and wanted != ENGLISH else "en_US"


def _with_names(text: str) -> str:
    """Return the words with days and months in the language of all others.

    cron-descriptor has them from the C library, whose language is another one in some processes.
    """
    names = {calendar.day_name[day]: day_name(day) for day in range(7)}
    names |= {calendar.month_name[month]: long_month_name(month) for month in range(1, 13)}
    pattern = "|".join(map(re.escape, names))
    return re.sub(rf"\b({pattern})\b", lambda match: names[match[0]], text)


def _is_misread(fields: Sequence[str]) -> bool:
    """Say whether cron-descriptor has wrong words: L or # in a list, a step past the end."""
    minute, hour, day, _month, weekday = fields
    steps = ((_STEP.fullmatch(minute), _MINUTES), (_STEP.fullmatch(hour), _HOURS))
    return any(_LISTED_SPECIAL.search(field.upper()) for field in (day, weekday)) or any(
        match is not None and int(match[1]) >= size for match, size in steps
    )
