"""Call a function of a module, or run a file, from the folder this is started in.

    call_python.py MODULE:FUNCTION [ARGUMENTS]      ARGUMENTS: a JSON array, or object by name
    call_python.py FILE

The result is printed, unless it is None. For any Python from 3.7 on; nothing but its own library.
"""

import asyncio
import importlib
import inspect
import json
import os
import runpy
import sys
import traceback
from types import TracebackType
from typing import Any, Optional

OWN_FILES = frozenset({__file__, runpy.__file__, importlib.__file__, "<frozen runpy>"})


def main() -> None:
    """Do what the command line says; an error of the code ends it with its traceback and 1."""
    target, arguments = sys.argv[1], "".join(sys.argv[2:3])
    sys.path[0] = os.getcwd()  # noqa: PTH109 - as Python itself has it
    del sys.argv[1:]
    try:
        if os.path.isabs(target):  # noqa: PTH117
            sys.argv[0] = target
            runpy.run_path(target, run_name="__main__")
        else:
            call(target, json.loads(arguments or "[]"))
    except Exception as error:  # noqa: BLE001 - shown as the interpreter shows it
        traceback.print_exception(type(error), error, own_frames_left_out(error))
        sys.exit(1)


def call(target: str, arguments: Any) -> None:
    """Call MODULE:FUNCTION and print what it returns."""
    module, _, name = target.partition(":")
    function: Any = importlib.import_module(module)
    for part in name.split("."):
        function = getattr(function, part)
    is_by_name = isinstance(arguments, dict)
    result = function(**arguments) if is_by_name else function(*arguments)
    if inspect.iscoroutine(result):
        result = asyncio.run(result)
    if result is not None:
        print(result)


def own_frames_left_out(error: Exception) -> Optional[TracebackType]:  # noqa: UP045 - for 3.7
    """Return the traceback from the first line of the person's own code."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename in OWN_FILES:
        frames = frames.tb_next
    return frames


if __name__ == "__main__":
    main()
