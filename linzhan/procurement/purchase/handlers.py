"""Loads what follows from the steps of purchases."""

from __future__ import annotations

from linzhan.procurement.purchase import services  # noqa: F401 -- registers what follows from steps
