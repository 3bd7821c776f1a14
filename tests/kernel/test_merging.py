"""The normal form of a value: what is the same is spelled the same (``kernel.sync.merging``)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from linzhan.kernel.sync.merging import normal


@pytest.mark.parametrize(
    ("value", "spelled"),
    [(10, "10"), (Decimal("10.00"), "10"), (1200, "1200"), (Decimal("0.50"), "0.5"), (0, "0"), (2.5, "2.5")],
)
def test_a_number_is_spelled_as_people_write_it(value: object, spelled: str) -> None:
    assert normal(value) == spelled
