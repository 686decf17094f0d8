"""Say why a start failed, or why it need not be tried."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

from deskcron.domain.action import ProcessLaunch
from deskcron.domain.reason import Reason, Why
from deskcron.system.processes.programfile import find_program, shebang_of


def diagnose(error: Exception, launch: ProcessLaunch, environment: Mapping[str, str]) -> Why:
    """Return the reason for a start that raised `error`; START_FAILED where nothing is found.

    It is looked up after the failure: before it, the answer could be stale.
    """
    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ENOEXEC}:
        why = _directory(launch.directory) or _program(number, launch, environment)
        if why is not None:
            return why
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Why(Reason.START_FAILED, {"error": text})


def hopeless(launch: ProcessLaunch, environment: Mapping[str, str]) -> Why | None:
    """Return why a start would fail now; None where only the system knows, by trying.

    It knows kinds of files that nothing is known of here, and some that cannot be read.
    """
    if not launch.argv:
        return Why(Reason.PROGRAM_MISSING, {"path": ""})
    path = find_program(launch.argv[0], launch.directory, environment)
    shebang = None if path is None else shebang_of(path)
    needed = [path]
    if shebang is not None:
        needed.append(os.path.join(launch.directory or os.curdir, shebang.interpreter))  # noqa: PTH118
    for one in needed:
        if one is None or not os.path.exists(one):  # noqa: PTH110
            return diagnose(OSError(errno.ENOENT, ""), launch, environment)
        if not (os.path.isfile(one) and os.access(one, os.X_OK)):  # noqa: PTH113
            return diagnose(OSError(errno.EACCES, ""), launch, environment)
    return None


def _directory(path: str | None) -> Why | None:
    if path is None:
        return None
    try:
        os.stat(f"{path}/.")  # noqa: PTH116 - the dot asks for a directory that may be entered
    except NotADirectoryError:
        return Why(Reason.NOT_A_DIRECTORY, {"path": path})
    except FileNotFoundError:
        return Why(Reason.DIRECTORY_MISSING, {"path": path})
    except OSError as error:
        return Why(Reason.START_FAILED, {"error": f"{path}: {error.strerror}"})
    return None


def _program(
    number: int | None, launch: ProcessLaunch, environment: Mapping[str, str]
) -> Why | None:
    name = launch.argv[0]
    path = find_program(name, launch.directory, environment)
    if path is None or not os.path.exists(path):  # noqa: PTH110
        return Why(Reason.PROGRAM_MISSING, {"path": path or name})
    if number == errno.ENOEXEC:
        return Why(Reason.NOT_A_PROGRAM, {"path": path})
    shebang = shebang_of(path)
    if number == errno.EACCES:
        if shebang is not None and os.access(path, os.X_OK):
            return Why(Reason.PROGRAM_NOT_EXECUTABLE, {"path": shebang.shown_interpreter})
        return Why(Reason.PROGRAM_NOT_EXECUTABLE, {"path": path})
    if shebang is not None:
        return Why(Reason.INTERPRETER_MISSING, {"path": shebang.shown_interpreter})
    # a binary whose loader is missing: it is made for another machine
    return Why(Reason.NOT_A_PROGRAM, {"path": path})
