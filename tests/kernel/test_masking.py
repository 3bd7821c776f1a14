"""Masks of ``domain.md`` §19.2 and who sees them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.identity import fictional_identity
from linzhan.kernel.masking import (
    Clearance,
    Mask,
    Showing,
    is_masked,
    mask_address,
    mask_bank,
    mask_birth,
    mask_identities,
    mask_identity,
    mask_name,
    mask_phone,
    masked,
    shown,
)
from linzhan.kernel.sheets.columns import Level

COUNTY = Clearance(Level.L2, Level.L3)
LEVELS = st.sampled_from(Level)
NAMES = st.text(st.sampled_from("张华欧阳娜买提尔逊李"), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("name", "shows"),
    [
        ("张三", "张*"),
        ("张建华", "张*华"),
        ("欧阳娜", "欧阳*"),
        ("欧阳娜娜", "欧阳*娜"),
        ("欧阳", "欧*"),
        ("阿依古丽", "阿**丽"),
        ("张", "*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_first_and_last_character(name: str, shows: str) -> None:
    assert mask_name(name) == shows


def test_a_number_keeps_three_and_four_characters() -> None:
    assert mask_identity("990101199001010019") == "990***********0019"
    assert mask_identity("E12345678") == "E1*****78"
    assert mask_identity("1234") == "****"


@pytest.mark.parametrize(
    ("phone", "shows"),
    [
        ("13800005678", "138****5678"),
        ("0745-2234567", "074****4567"),
        ("2234567", "*****67"),
        ("12345", "***45"),
        ("110", "***"),
    ],
)
def test_a_phone_keeps_three_and_four_digits(phone: str, shows: str) -> None:
    assert mask_phone(phone) == shows


@pytest.mark.parametrize(
    ("address", "shows"),
    [
        ("鹤城区坨院街道城中社区3栋402室", "鹤城区坨院街道城中社区***"),
        ("坨院街道杨村镇路88号", "坨院街道杨村***"),
        ("黄金坳镇白马村5组", "黄金坳镇白马村***"),
        ("白马村委会旁", "白马村委会***"),
        ("坨院街道迎丰中路8号", "坨院街道***"),
        ("鹤城区迎丰路8号", "鹤城区***"),
        ("8号楼", "***"),
        ("8号 白马村", "***"),
    ],
)
def test_an_address_ends_with_the_village(address: str, shows: str) -> None:
    assert mask_address(address) == shows


def test_a_bank_card_keeps_four_digits_and_a_birth_date_becomes_an_age() -> None:
    assert mask_bank("6222 0000 0000 1234") == "****1234"
    assert mask_bank("1234") == "****"
    assert mask_birth(date(1954, 12, 31), date(2021, 6, 5)) == "66岁"


@given(NAMES)
def test_a_masked_name_hides_what_it_replaces_and_is_recognised(name: str) -> None:
    mask = mask_name(name)
    assert len(mask) == len(name)
    assert "*" in mask
    assert is_masked(mask)


@given(st.dates(date(1920, 1, 1), date(2024, 1, 1)), st.integers(1, 900))
def test_a_masked_number_shows_neither_region_nor_birth_date(birth: date, seq: int) -> None:
    mask = mask_identity(fictional_identity(birth, "女", seq))
    assert mask.count("*") == 11
    assert is_masked(mask)


@given(st.text(st.sampled_from("0123456789- "), min_size=1, max_size=20))
def test_masked_phones_and_cards_are_recognised_and_hide_the_middle(digits: str) -> None:
    for mask in (mask_phone(digits), mask_bank(digits)):
        assert is_masked(mask)
        assert mask.count("*") >= 3


@given(st.text(max_size=30).filter(lambda text: "*" not in text and "\n" not in text))
def test_a_masked_address_is_a_beginning_of_it_and_is_recognised(address: str) -> None:
    mask = mask_address(address)
    assert is_masked(mask)
    assert address.strip().startswith(mask.removesuffix("***"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "张三",
        "990101199001010019",
        "13800005678",
        "5*8米",
        "3*4",
        "2021-06-05",
        "鹤城区",
        "*必填*说明*",
        "67",
    ],
)
def test_a_value_is_not_taken_for_a_mask(text: str) -> None:
    assert not is_masked(text)


@given(LEVELS, LEVELS, LEVELS, st.sampled_from(["", "P1", " "]))
def test_nobody_sees_more_than_the_clearance_allows(
    clear: Level, veiled: Level, level: Level, purpose: str
) -> None:
    if veiled < clear:
        with pytest.raises(ValueError, match="cannot be less"):
            Clearance(clear, veiled)
        return
    showing = Clearance(clear, veiled).showing(level, purpose=purpose)
    if level > veiled:
        assert showing is Showing.HIDDEN
    elif level <= clear or purpose == "P1":
        assert showing is Showing.CLEAR
    else:
        assert showing is Showing.MASKED


def test_the_county_sees_persons_masked_and_secrets_not_at_all() -> None:
    assert shown("张建华", mask=Mask.NAME, level=Level.L3, clearance=COUNTY) == "张*华"
    assert shown("张建华", mask=Mask.NAME, level=Level.L3, clearance=COUNTY, purpose="P5") == "张建华"
    assert (
        shown("990101199001010019", mask=Mask.IDENTITY, level=Level.L4, clearance=COUNTY, purpose="P5")
        == "***"
    )
    assert shown("陈站长", mask=Mask.NAME, level=Level.L2, clearance=COUNTY) == "陈站长"


def test_everything_about_a_minor_is_secret() -> None:
    assert shown("张小华", mask=Mask.NAME, level=Level.L3, clearance=COUNTY, minor=True) == "***"


def test_what_is_not_known_stays_unknown() -> None:
    assert shown("", mask=Mask.PHONE, level=Level.L4, clearance=COUNTY) == ""
    assert masked(Mask.PHONE, "") == ""


@pytest.mark.parametrize("mask", list(Mask))
def test_every_way_of_masking_gives_a_mask(mask: Mask) -> None:
    assert is_masked(masked(mask, "990101199001010019"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("在“社工”中找不到“990101199001010019”", "在“社工”中找不到“990***********0019”"),
        ("“99010119900101001x”不是日期", "“990***********001x”不是日期"),
        ("旧号码 990101900101001 有误", "旧号码 990********1001 有误"),
        ("990101199001010019；990102199208080013", "990***********0019；990***********0013"),
    ],
)
def test_identity_numbers_in_a_sentence_are_masked(text: str, told: str) -> None:
    assert mask_identities(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "找不到“914301007700000000”",  # a credit code of digits only: no month 00
        "“52990101MJ6K95Y914”",
        "第 12 行 431202005200，0745-2230001，19912345678",
        "流水号 F20210101990101199001010019",
    ],
)
def test_other_numbers_in_a_sentence_stay(text: str) -> None:
    assert mask_identities(text) == text
