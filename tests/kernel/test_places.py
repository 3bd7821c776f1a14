"""Division codes as prefixes: arithmetic on twelve digits (NET-01)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel import places

codes = st.text("0123456789", min_size=12, max_size=12)
real_codes = st.builds(
    lambda digits, level: places.pad(digits[: places.PREFIX_LENGTHS[level]]),
    st.text("123456789", min_size=12, max_size=12),
    st.integers(0, 5),
)


@pytest.mark.parametrize(
    ("code", "level", "shared"),
    [
        ("000000000000", 0, ""),
        ("430000000000", 1, "43"),
        ("431200000000", 2, "4312"),
        ("431202000000", 3, "431202"),
        ("431202005000", 4, "431202005"),
        ("431202005200", 5, "431202005200"),
        ("441900102000", 4, "441900102"),
        ("500000000000", 1, "50"),
    ],
)
def test_the_level_of_a_code_is_that_of_its_last_digits(code: str, level: int, shared: str) -> None:
    assert places.level_of(code) == level
    assert places.prefix(code) == shared


@given(codes, codes)
def test_a_subtree_is_exactly_one_range_of_codes(code: str, other: str) -> None:
    low, high = places.bounds(code)
    assert (low <= other < high) == places.covers(code, other)


@given(codes)
def test_a_code_lies_in_its_own_subtree_and_in_those_above(code: str) -> None:
    assert places.covers(code, code)
    assert all(places.covers(above, code) for above in places.ancestors(code))


@given(codes)
def test_a_parent_stands_higher_than_its_child(code: str) -> None:
    if places.level_of(code) == 0:
        assert places.parent(code) == places.NATION
    else:
        assert places.level_of(places.parent(code)) < places.level_of(code)


@given(codes)
def test_a_lineage_climbs_to_the_code_without_repeating(code: str) -> None:
    chain = places.lineage(code)
    assert len(set(chain)) == len(chain)
    assert chain == sorted(chain, key=places.level_of)
    assert not chain or chain[-1] == code


@given(real_codes)
def test_missing_trailing_zeros_come_back(code: str) -> None:
    assert places.pad(code.rstrip("0")) == code


def test_the_county_of_a_city_without_counties_is_the_city() -> None:
    assert places.county_of("441900102000") == places.city_of("441900102000") == "441900000000"
    assert places.parent("441900102000") == "441900000000"
    assert places.ancestors("441900102000") == ["440000000000", "441900000000"]


@pytest.mark.parametrize("wrong", ["4312020050001", "43x", "４３", "-43"])  # full-width digits are not a code
def test_what_is_no_code_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="division code"):
        places.pad(wrong)


@pytest.mark.parametrize("wrong", ["", "4312", "43120200500x"])
def test_a_level_is_asked_of_full_codes_only(wrong: str) -> None:
    with pytest.raises(ValueError, match="12-digit"):
        places.level_of(wrong)


@given(st.lists(real_codes, max_size=8))
def test_the_outermost_codes_cover_all_and_not_each_other(given_codes: list[str]) -> None:
    kept = places.outermost(given_codes)
    assert all(any(places.covers(above, code) for above in kept) for code in given_codes)
    assert not any(places.covers(one, other) for one in kept for other in kept if one != other)
