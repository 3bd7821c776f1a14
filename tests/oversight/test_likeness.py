"""How texts are compared, and how a sample is drawn: arithmetic against simpler arithmetic (``domain.md`` §14)."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.oversight.plausibility.likeness import (
    apart_bits,
    bands_of,
    candidates,
    difference_bits,
    jaccard,
    normalised,
    pieces,
)
from linzhan.oversight.plausibility.sampling import Service, allotted, drawn, sample_size, wilson

HAN = "老人子女务工独居血压药品卫生院复查邻居志愿者午饭散步情绪睡眠补助申请社区阅读小组作业辅导"


def test_digits_names_and_punctuation_are_no_difference() -> None:
    assert normalised("5月3日，看望 叶磊！", ["叶磊"]) == normalised("6月12日看望。")


@given(st.text(HAN, min_size=5, max_size=80), st.text(HAN, min_size=5, max_size=80))
def test_the_share_of_common_pieces_is_what_sets_say(one: str, other: str) -> None:
    first, second = ({text[n : n + 3] for n in range(len(text) - 2)} for text in (one, other))
    assert jaccard(pieces(one), pieces(other)) == pytest.approx(len(first & second) / len(first | second))


def test_what_is_alike_becomes_a_candidate_and_what_is_not_does_not() -> None:
    chance = random.Random(1)
    texts = ["".join(chance.choices(HAN, k=80)) for _ in range(400)]
    pairs = set()
    for n in range(0, 100, 2):
        texts[n + 1] = texts[n][:76] + "".join(chance.choices(HAN, k=4))
        pairs.add((n + 1, n))
    found = candidates(
        bands_of([pieces(each) for each in texts]), np.zeros(400, dtype=np.int64), within=True, new_from=0
    )
    assert {tuple(each) for each in found.tolist()} == pairs


def test_a_dark_picture_says_nothing_and_a_brighter_one_is_the_same() -> None:
    noise = np.random.default_rng(3).integers(0, 200, (8, 9), dtype=np.uint8)
    one, other = difference_bits(noise), difference_bits(noise + np.uint8(40))
    assert one is not None
    assert other is not None
    assert apart_bits(one, other) == 0
    assert difference_bits(np.full((8, 9), 7, dtype=np.uint8)) is None


def test_the_formula_gives_89_of_a_thousand() -> None:
    assert [sample_size(n, 1.645, 0.1, 0.05) for n in (1000, 1, 0)] == [89, 1, 0]


@given(
    st.dictionaries(st.text("ab", min_size=1, max_size=3), st.integers(1, 60), min_size=1),
    st.integers(0, 200),
)
def test_every_worker_has_the_least_and_nobody_more_than_there_are(sizes: dict[str, int], size: int) -> None:
    given_ = allotted(sizes, size, 3)
    assert all(min(3, has) <= given_[name] <= has for name, has in sizes.items())
    least = sum(min(3, has) for has in sizes.values())
    assert sum(given_.values()) == min(max(size, least), sum(sizes.values()))


def test_who_has_the_seed_draws_the_same_and_flags_weigh_double() -> None:
    services = [Service(f"{n:04d}", "w", flagged=n % 2 == 0) for n in range(400)]
    assert drawn(services, "7", 50, 3) == drawn(reversed(services), "7", 50, 3)
    flagged = sum(one.flagged for seed in range(60) for one in drawn(services, str(seed), 20, 3))
    assert 0.6 < flagged / (60 * 20) < 0.72


def test_the_wilson_interval_of_three_in_forty() -> None:
    low, high = wilson(3, 40, 1.96)
    assert (round(low, 4), round(high, 4)) == (0.0258, 0.1986)
    assert wilson(0, 0, 1.645) == (0.0, 1.0)
