"""The figures of institutions: what they are and how they stand, how they live and grow."""

from __future__ import annotations

from linzhan.providers.figures import growth, institutions, standing

__all__ = ["growth", "institutions", "standing"]
