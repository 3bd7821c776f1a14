"""What oversight hears of: writes of registers whose rules must not wait for the night (RSK-01)."""

from __future__ import annotations

from collections import defaultdict

from linzhan.kernel import places
from linzhan.kernel.registers.noticing import watch
from linzhan.oversight import work as _work  # noqa: F401 -- registers what people order
from linzhan.oversight.tasks import ask_soon
from linzhan.oversight.warning.declaring import RULES

_woken: dict[str, list[str]] = defaultdict(list)


def wake(register: str, codes: frozenset[str]) -> None:
    """Ask the rules that this register wakes, of the counties where it was written."""
    for county in sorted({places.county_of(code) for code in codes}):
        ask_soon(county, sorted(_woken[register]))


for _rule in RULES:
    for _register in _rule.wakes:
        if not _woken[_register]:
            watch(_register, wake)
        _woken[_register].append(_rule.code)
