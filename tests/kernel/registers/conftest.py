from __future__ import annotations

from tests.plain import codes, everywhere

__all__ = ["codes", "everywhere"]
