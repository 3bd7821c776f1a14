"""Read at start-up: the work that the desk orders in the background."""

from __future__ import annotations

from linzhan.office.imports import work as import_work
from linzhan.office.registers import work as register_work

__all__ = ["import_work", "register_work"]
