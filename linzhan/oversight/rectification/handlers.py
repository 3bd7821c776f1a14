"""Read at start-up: what procurement is told of suspended payments (FND-21)."""

from __future__ import annotations

from linzhan.oversight.rectification.selectors import suspended
from linzhan.procurement.api import WITNESSES, Witness

WITNESSES.add(Witness("rectifications", holds=suspended))
