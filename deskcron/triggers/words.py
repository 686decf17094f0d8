"""Put cron expressions into words; imported only where words are asked for.

cron-descriptor takes about 30 ms to import, which the start of an engine should not pay.
"""

from __future__ import annotations

from gettext import gettext as _

# The package has no types.
from cron_descriptor import (  # type: ignore[import-untyped]
    FormatError,
    Options,
    get_description,
)


def cron_text(expression: str) -> str:
    """Return the expression in words, or as it is where no words are known."""
    # Translators: the name of your language to cron-descriptor, such as de_DE or fr_FR.
    locale_code = _("en_US")
    options = Options(locale_code=locale_code, use_24hour_time_format=True)
    try:
        text: str = get_description(expression.upper(), options)
    except FormatError:
        return _("By the cron expression {expression}").format(expression=expression)
    return text
