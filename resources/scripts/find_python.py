"""Tell by the exit code whether this Python finds a function, without running any of its module.

    find_python.py MODULE:FUNCTION      3: there is no such module, 4: it has no such function

The module is looked for from the folder this is started in. What only running it could tell counts
as found. For any Python from 3.7 on; nothing but its own library.
"""

import importlib.util
import os
import re
import sys
import tokenize
from importlib.machinery import ModuleSpec, PathFinder

FOUND, NO_MODULE, NO_FUNCTION = 0, 3, 4
MAKES_NAMES = r"\b(import\s*\*|__getattr__|globals|exec|setattr|sys\.modules)"
"""What of a module may give it names that it does not write down."""


def main() -> int:
    """Do what the command line says."""
    module, _, function = sys.argv[1].partition(":")
    parts = module.split(".")
    sys.path[0] = os.getcwd()  # noqa: PTH109 - as for the call itself
    spec = importlib.util.find_spec(parts[0])
    for count in range(2, len(parts) + 1):
        if spec is None or spec.submodule_search_locations is None:
            break
        within = spec
        name = ".".join(parts[:count])
        spec = PathFinder.find_spec(name, within.submodule_search_locations)
        if spec is None and may_have(within, "__path__"):
            return FOUND
    if spec is None:
        return NO_MODULE
    is_it = spec.name == module
    return NO_FUNCTION if is_it and not may_have(spec, function.partition(".")[0]) else FOUND


def may_have(spec: ModuleSpec, name: str) -> bool:
    """Tell whether a module writes a name down, or may get it otherwise."""
    if not spec.has_location or not str(spec.origin).endswith(".py"):
        return True
    with tokenize.open(str(spec.origin)) as file:
        return re.search(rf"\b{name}\b|{MAKES_NAMES}", file.read()) is not None


if __name__ == "__main__":
    sys.exit(main())
