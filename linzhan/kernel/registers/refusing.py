"""What follows from a row cannot be done: a hook says so, and nothing of the call is written."""

from __future__ import annotations


class HookRefused(ValueError):
    """Raised by ``after_write`` and the like; the message is Chinese and says what to do."""
