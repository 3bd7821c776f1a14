"""The rules of early warning, read at start-up (``linzhan.kernel.discovery``)."""

from __future__ import annotations

from linzhan.oversight.plausibility.checks import (  # noqa: F401 -- each registers its checks
    amounts,
    gatherings,
    pictures,
    texts,
    times,
)
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
