"""The process between a program that has secrets and its log: it masks them on the way.

Only runs with secrets have one. It is the parent of the program and the process of the run, so
that an engine that crashes takes nothing with it: no pipe leads to the engine, the log is held by
who writes to it, and the next engine adopts the run as any other. Masking what is read instead
would leave the values on the disk, and in every copy of it. It costs a start of Python and its
memory. What a program writes in the instant in which its whole tree is killed may be lost.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
from collections.abc import Mapping, Sequence
from threading import Thread
from time import monotonic

from deskcron.domain.action import ProcessLaunch
from deskcron.domain.masking import Mask
from deskcron.domain.reasonwords import reason_words
from deskcron.domain.texts import gettext as _
from deskcron.system.processes.diagnosis import diagnose
from deskcron.system.processes.lonesignals import ENDINGS, FOLLOWS, WORDS, LoneSignals
from deskcron.system.processes.masked import taken_over

NOT_STARTED = 127
"""The exit code for a program that could not be started, as shells have it."""
LINGERS_S = 5.0
"""How long what a program leaves running is read on Windows, where nobody else could."""

_PIECE = 65_536
_PIPE_HOLDS = 16 * _PIECE
"""Bytes that a pipe has at most when its writer has ended, unless someone else writes on."""
_OUTPUT, _ERRORS = 1, 2


def run_masked(
    argv: Sequence[str], environment: Mapping[str, str], *, is_apart: bool = False
) -> int:
    """Run a program, its output masked, and end as it ends; return its exit code.

    `environment` is that of this process, which tells that of the program. Errors go the way of
    the other output unless they are to be kept `apart`. What the program leaves running is still
    masked after the return, by a process of its own. On Windows it is so for LINGERS_S at most;
    what it writes later is lost.
    """
    handover = taken_over(environment)
    output = _Flow(_OUTPUT, handover.values)
    errors = _Flow(_ERRORS, handover.values) if is_apart else output
    flows = [output, errors] if is_apart else [output]
    woken = _hear_signals()
    try:
        program = subprocess.Popen(
            argv, env=handover.environment, stdout=output.writer, stderr=errors.writer
        )
    except OSError as error:
        why = diagnose(error, ProcessLaunch(tuple(argv), None, {}), handover.environment)
        text = _("{program} could not be started: {error}\n")
        told = text.format(program=argv[0], error=reason_words(*why))
        os.write(_ERRORS, told.encode(errors="backslashreplace"))
        return NOT_STARTED
    finally:
        for flow in flows:
            os.close(flow.writer)
    if os.name == "posix":
        _pass_on_signals(woken, program)
        _see_through(program, flows, woken)
    else:
        _see_off(program, flows)
    return _end_like(program.wait())


class _Flow:
    """Output on its way from a pipe to a descriptor."""

    def __init__(self, target_fd: int, values: Mapping[str, str]) -> None:
        self.reader, self.writer = os.pipe()
        self.is_open = True
        self._target_fd = target_fd
        self._mask = Mask(values)

    def move(self) -> int:
        """Pass on a piece and return its size, 0 for nothing now, or at the end."""
        try:
            data = os.read(self.reader, _PIECE)
        except BlockingIOError:
            return 0
        if data:
            self._write(self._mask.feed(data))
        else:
            self.is_open = False
            os.close(self.reader)
            self._write(self._mask.rest())
        return len(data)

    def _write(self, data: bytes) -> None:
        """Write all of it; a full disk loses output and hurts nobody else."""
        with contextlib.suppress(OSError):
            while data:
                data = data[os.write(self._target_fd, data) :]


def _hear_signals() -> int:
    """Outlive what is sent to the whole tree; return a descriptor that tells of signals.

    Being handlers, they are not inherited by the program.
    """
    if os.name != "posix":
        return -1
    told, tell = os.pipe()
    for end in (told, tell):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    for name in ("SIGCHLD", FOLLOWS, *ENDINGS, *WORDS):
        signal.signal(getattr(signal, name), lambda _number, _frame: None)
    return told


def _pass_on_signals(woken: int, program: subprocess.Popen[bytes]) -> None:
    """Send the program what came while it was being started, which has not reached it."""
    with contextlib.suppress(BlockingIOError):  # nothing came
        for number in os.read(woken, 512):
            if signal.Signals(number).name in {*ENDINGS, *WORDS}:
                program.send_signal(number)


def _see_through(program: subprocess.Popen[bytes], flows: Sequence[_Flow], woken: int) -> None:
    """Pass output and signals on until the program has ended and all it wrote is in the log."""
    signals = LoneSignals()
    for flow in flows:
        os.set_blocking(flow.reader, False)
    with selectors.DefaultSelector() as selector:
        selector.register(woken, selectors.EVENT_READ)
        for flow in flows:
            selector.register(flow.reader, selectors.EVENT_READ, flow)
        while program.poll() is None:
            for key, _events in selector.select(signals.wait_s(monotonic())):
                if key.data is None:
                    signals.hear(os.read(woken, 512), monotonic())
                else:
                    _move(key.data, selector)
            for number in signals.due(monotonic()):
                program.send_signal(number)
    for flow in flows:
        left = _PIPE_HOLDS
        while flow.is_open and left > 0 and (moved := flow.move()):
            left -= moved
    _let_go_on([flow for flow in flows if flow.is_open])


def _move(flow: _Flow, selector: selectors.BaseSelector) -> None:
    reader = flow.reader
    flow.move()
    if not flow.is_open:
        selector.unregister(reader)


def _let_go_on(flows: Sequence[_Flow]) -> None:
    """Leave a process that masks what others still write; it is not of the program's group."""
    if not flows:
        return
    child = os.fork()
    if child:
        with contextlib.suppress(ProcessLookupError):  # it has ended already
            os.setpgid(child, child)
        return
    for flow in flows:
        os.set_blocking(flow.reader, True)
    _see_to_the_end(flows)
    os._exit(0)


def _see_off(program: subprocess.Popen[bytes], flows: Sequence[_Flow]) -> None:
    """Pass on until the program has ended, and for a while what it left goes on to write."""
    threads = _moving(flows)
    program.wait()
    for thread in threads:
        thread.join(LINGERS_S)


def _see_to_the_end(flows: Sequence[_Flow]) -> None:
    """Pass on until nobody can write any more."""
    for thread in _moving(flows):
        thread.join()


def _moving(flows: Sequence[_Flow]) -> Sequence[Thread]:
    """Return threads that pass on, from pipes that block."""
    threads = [Thread(target=_move_all, args=(flow,), daemon=True) for flow in flows]
    for thread in threads:
        thread.start()
    return threads


def _move_all(flow: _Flow) -> None:
    while flow.is_open:
        flow.move()


def _end_like(code: int) -> int:
    """Return the code of a program; where a signal has ended it, end by the same one."""
    if code >= 0:
        return code
    import resource  # noqa: PLC0415 - not on Windows, which has no such ends

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    with contextlib.suppress(OSError):  # those that nobody can handle need not be set
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
    return 128 - code
