"""Run a program that ends when its parent ends, however the parent ends: `tether.py PARENT PROGRAM ARG…`.

A script of its own and not a `preexec_fn`, since code between fork and exec may deadlock in a process with threads.
Linux ties the child to the thread that started it: start it from the main thread.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # <sys/prctl.h>


def main(parent: int, command: list[str]) -> None:
    """Become `command`, tied to the process `parent` where the system knows how."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
