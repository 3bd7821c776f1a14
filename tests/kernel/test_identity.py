"""ID cards (GB 11643), residence permits and social credit codes (GB 32100)."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel import identity
from linzhan.kernel.identity import (
    age,
    birth_date,
    fictional_identity,
    fictional_uscc,
    identity_fault,
    normalise_identity,
    normalise_uscc,
    residence_permit_fault,
    sex,
    uscc_fault,
)

BIRTHS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
SEXES = st.sampled_from(["男", "女"])
NUMBERS = st.builds(fictional_identity, BIRTHS, SEXES, st.integers(1, 4_900_000))
USCC = st.builds(
    fictional_uscc, st.integers(0, 999_999), kind=st.sampled_from(["51", "52", "53", "91", "12"])
)


@pytest.mark.parametrize("number", ["990101199001010019", "99010119541231019X", "990101201506010022"])
def test_the_reference_numbers_are_right(number: str) -> None:
    """``domain.md`` §2.2."""
    assert identity_fault(number) is None


def test_a_number_states_birth_date_and_sex() -> None:
    assert birth_date("99010119541231019X") == date(1954, 12, 31)
    assert sex("99010119541231019X") == "男"
    assert sex("990101201506010022") == "女"


def test_a_passport_states_neither_birth_date_nor_sex() -> None:
    assert birth_date("E12345678") is None
    assert sex("E12345678") is None


@given(BIRTHS, SEXES, st.integers(1, 4_900_000))
def test_a_fictional_number_says_what_it_was_made_from(birth: date, of: identity.Sex, seq: int) -> None:
    number = fictional_identity(birth, of, seq)
    assert number.startswith("99")
    assert identity_fault(number) is None
    assert (birth_date(number), sex(number)) == (birth, of)


def test_different_sequence_numbers_give_different_persons() -> None:
    birth = date(1960, 2, 29)
    numbers = {fictional_identity(birth, of, seq) for of in ("男", "女") for seq in range(1, 3_000)}
    assert len(numbers) == 2 * 2_999


@pytest.mark.parametrize("seq", [0, 5_000_000])
def test_a_fictional_number_that_cannot_be_is_refused(seq: int) -> None:
    with pytest.raises(ValueError, match=r"seq|fictional"):
        fictional_identity(date(1990, 1, 1), "女", seq)


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: str, place: int, shift: int) -> None:
    wrong = str((int(number[place]) + shift) % 10)
    assert identity_fault(number[:place] + wrong + number[place + 1 :]) is not None


@given(NUMBERS, st.integers(0, 15))
def test_two_digits_in_the_wrong_order_are_always_found(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or identity_fault(swapped) is not None


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    fault = identity_fault(normalise_identity(text))
    assert fault is None or fault.strip()


def test_the_message_says_what_the_check_digit_would_be() -> None:
    assert "末位应为 9" in (identity_fault("990101199001010018") or "")


def test_a_number_spoilt_by_a_spreadsheet_is_recognised() -> None:
    for spoilt in ("9.90101199001E+17", "990101199001010000.0", "990101199002010000"):
        assert "文本格式" in (identity_fault(normalise_identity(spoilt)) or ""), spoilt


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "18 位"),
        ("990101900101001", "15 位的旧号码"),
        ("99010119900101001", "现为 17 位"),
        ("990***********0019", "遮盖"),
        ("99010119900230001X", "出生日期"),
        ("990101100001010014", "出生日期"),
        ("99010119900101A019", "第 15 位“A”不是数字"),
        ("99010119900101²019", "第 15 位"),
    ],
)
def test_a_fault_says_what_is_wrong(number: str, said: str) -> None:
    assert said in (identity_fault(number) or "")


@given(NUMBERS)
def test_no_message_repeats_a_number(number: str) -> None:
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    assert number[:17] not in (identity_fault(wrong) or "")


def test_a_birth_in_the_future_is_a_fault_where_a_day_is_given() -> None:
    number = fictional_identity(date(2021, 6, 6), "女")
    assert identity_fault(number, on=date(2021, 6, 6)) is None
    assert "晚于" in (identity_fault(number, on=date(2021, 6, 5)) or "")


@pytest.mark.parametrize("prefix", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macau_and_taiwan_are_accepted(prefix: str) -> None:
    body = f"{prefix}19900101001"
    permit = body + identity.identity_check(body)
    assert identity_fault(permit) is None
    assert residence_permit_fault(permit) is None


def test_an_ordinary_number_is_no_residence_permit() -> None:
    assert "港澳台" in (residence_permit_fault("990101199001010019") or "")
    assert "校验码" in (residence_permit_fault("810000199001010010") or "")


@given(NUMBERS, st.sampled_from(["{}", " {} ", "\u3000{}", "'{}", "\u200b{}\n"]), st.booleans())
def test_an_untidy_number_reads_as_the_tidy_one(number: str, wrapped: str, wide: bool) -> None:
    typed = "".join(chr(ord(c) + 0xFEE0) for c in number) if wide else number.lower()
    assert normalise_identity(wrapped.format(typed)) == number


@given(st.text(max_size=30))
def test_tidying_twice_changes_nothing(text: str) -> None:
    once = normalise_identity(text)
    assert normalise_identity(unicodedata.normalize("NFKC", once)) == normalise_identity(once)


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(1954, 12, 31), date(2021, 12, 30), 66),
        (date(1954, 12, 31), date(2021, 12, 31), 67),
        (date(2008, 2, 29), date(2021, 2, 28), 12),
        (date(2008, 2, 29), date(2021, 3, 1), 13),
        (date(2022, 1, 1), date(2021, 1, 1), 0),
    ],
)
def test_age_is_counted_in_completed_years(birth: date, on: date, years: int) -> None:
    assert age(birth, on) == years


def test_the_reference_social_credit_code_is_right() -> None:
    """``domain.md`` §2.2."""
    assert uscc_fault("52431200MJ000000X0") is None


@given(USCC)
def test_a_fictional_code_is_right(code: str) -> None:
    assert uscc_fault(code) is None
    assert code[2:4] == "99"
    assert code[17] == identity.uscc_check(code[:17])


@given(USCC, st.integers(0, 17), st.integers(1, 30))
def test_one_wrong_character_of_a_code_is_always_found(code: str, place: int, shift: int) -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    wrong = alphabet[(alphabet.index(code[place]) + shift) % 31]
    assert uscc_fault(code[:place] + wrong + code[place + 1 :]) is not None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("52431200MJ000000X", "现为 17 位"),
        ("5.2431200E+17", "文本格式"),
        ("52431200MJ000000O0", "第 17 位是字母 O"),
        ("52431200MJ000000#0", "第 17 位“#”"),
        ("52431200MJ000000X1", "末位应为 0"),
    ],
)
def test_a_fault_of_a_code_says_what_is_wrong(code: str, said: str) -> None:
    assert said in (uscc_fault(code) or "")


def test_a_code_printed_in_groups_is_read() -> None:
    assert normalise_uscc(" 52-431200-ｍj000000x-0 ") == "52431200MJ000000X0"


def test_a_fictional_code_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="six digits"):
        fictional_uscc(1_000_000)
