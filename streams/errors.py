"""What stops a command before it has begun."""

from __future__ import annotations


class StartError(Exception):
    """Something the operator can put right: one line that says what is wrong and what to do.

    The `tingfeng` command prints it without a stack trace and exits with 1.
    """
