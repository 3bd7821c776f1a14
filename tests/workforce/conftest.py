from __future__ import annotations

from tests.plain import codes, everywhere, rulebook

__all__ = ["codes", "everywhere", "rulebook"]
