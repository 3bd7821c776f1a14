"""The rules of early warning, read at start-up (``linzhan.kernel.discovery``)."""

from __future__ import annotations

from linzhan.oversight.warning.rules import (  # noqa: F401 -- each registers its rules
    clients,
    institutions,
    load,
    plans,
    projects,
    safety,
    staffing,
    workers,
)
