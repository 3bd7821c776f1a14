"""Money: two places, half up, and every spelling of ``contract/workbook.md``."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.money import LARGEST, MoneyFault, ledger, overview, parse_yuan, percent, share, yuan

FEN = st.integers(-(10**17), 10**17)
EXACT = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=6)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.50", "1234.50"),
        ("12.5万", "125000.00"),
        ("1.2亿元", "120000000.00"),
        ("１２．５万元", "125000.00"),
        (" ¥ 3 000 元 ", "3000.00"),
        ("￥75,400", "75400.00"),
        ("-20.1", "-20.10"),
        ("0.075432万", "754.32"),
        ("5.", "5.00"),
        ("1,234,567.89", "1234567.89"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str) -> None:
    assert str(parse_yuan(text)) == amount


@pytest.mark.parametrize("text", ["", "元", "万", "1,23", "12,3456", "1.2.3", "十万", "1e5", "NaN", "٣"])
def test_what_is_no_amount_is_refused_with_examples(text: str) -> None:
    with pytest.raises(MoneyFault, match=r"应为以元计的数字，如 1234\.50"):
        parse_yuan(text)


@pytest.mark.parametrize("text", ["33.333", "0.0000005万", "1234.505元"])
def test_a_part_of_a_fen_is_refused_not_rounded_away(text: str) -> None:
    with pytest.raises(MoneyFault, match="精确到分"):
        parse_yuan(text)


@pytest.mark.parametrize("text", ["99999999999999999", "99999999999亿"])
def test_an_amount_beyond_the_column_is_refused(text: str) -> None:
    with pytest.raises(MoneyFault, match="过大"):
        parse_yuan(text)


@given(FEN)
def test_a_ledger_amount_is_read_back_unchanged(fen: int) -> None:
    amount = Decimal(fen).scaleb(-2)
    assert parse_yuan(ledger(amount)) == amount


@given(st.text(alphabet="0123456789.,-+¥万亿元 e", max_size=16))
def test_any_text_is_an_amount_or_a_money_fault(text: str) -> None:
    try:
        amount = parse_yuan(text)
    except MoneyFault:
        return
    assert abs(amount) <= LARGEST
    assert amount.as_tuple().exponent == -2


@given(EXACT)
def test_rounding_is_half_up_to_the_fen(value: Decimal) -> None:
    fen = abs(Fraction(value)) * 100
    away = int(fen + Fraction(1, 2))
    assert abs(Fraction(yuan(value)) * 100) == away


@pytest.mark.parametrize(
    ("value", "amount"), [(0.145, "0.15"), (1.005, "1.01"), (-0.005, "-0.01"), (3, "3.00"), ("2.675", "2.68")]
)
def test_a_float_counts_as_it_is_printed(value: float | str, amount: str) -> None:
    assert str(yuan(value)) == amount


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "abc", Decimal("NaN"), ""])
def test_what_is_no_number_is_no_money(value: float | str | Decimal) -> None:
    with pytest.raises(MoneyFault, match="不是金额"):
        yuan(value)


def test_ledgers_print_every_fen_and_overviews_print_tens_of_thousands() -> None:
    assert ledger(Decimal(75400)) == "75,400.00 元"
    assert overview(Decimal(75400)) == "7.54 万元"
    assert overview(Decimal("123456789.55")) == "12,345.68 万元"


def test_what_is_not_known_is_never_printed_as_nought() -> None:
    assert ledger(None) == overview(None) == percent(None) == "—"


def test_a_share_is_a_percentage() -> None:
    assert share(1, 8) == Decimal("12.5")
    assert share(Decimal(0), Decimal(5)) == 0
    assert percent(share(2, 3)) == "66.67%"


@pytest.mark.parametrize(("part", "whole"), [(None, 5), (5, None), (5, 0), (None, None)])
def test_a_share_of_nothing_or_of_the_unknown_is_unknown(part: int | None, whole: int | None) -> None:
    assert share(part, whole) is None
