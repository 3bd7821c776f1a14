"""How figures are printed and put into JSON."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.figures.values import plain, printed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (12, "12"),
        (1234567, "1,234,567"),
        (0.125, "0.13"),
        (2.675, "2.68"),
        (Decimal("-0.125"), "-0.13"),
        (Decimal("7.50"), "7.50"),
        (Decimal("7.00"), "7"),
    ],
)
def test_print_has_two_decimals_half_up_and_whole_numbers_none(
    value: float | Decimal | None, text: str
) -> None:
    assert printed(value) == text


@given(st.decimals(-1_000_000, 1_000_000, places=6))
def test_print_is_never_further_than_half_a_hundredth(value: Decimal) -> None:
    assert abs(Decimal(printed(value).replace(",", "")) - value) <= Decimal("0.005")


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_stays_whole_in_json(value: int) -> None:
    assert plain(Decimal(value)) == value
    assert isinstance(plain(Decimal(value)), int)
