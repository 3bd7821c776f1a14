"""The shared rulebook: one declaration for every difference between places that the requirements name.

They are declared here and not by the desks that use them, because the reference data that values them
ships with this app and must be checked by it alone. A desk imports them from ``linzhan.policy.api``
and declares what is only its own (thresholds of its alerts) in its own ``parameters``.
"""

from __future__ import annotations

from linzhan.policy.parameters import (
    casework,
    linkage,
    network,
    oversight,
    procurement,
    providers,
    purchasing,
    quality,
    reporting,
    workforce,
)

__all__ = [
    "casework",
    "linkage",
    "network",
    "oversight",
    "procurement",
    "providers",
    "purchasing",
    "quality",
    "reporting",
    "workforce",
]
