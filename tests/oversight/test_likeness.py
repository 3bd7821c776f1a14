"""How texts are compared, and how a sample is drawn: arithmetic against simpler arithmetic (``domain.md`` §14)."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhan.oversight.plausibility import likeness
from linzhan.oversight.plausibility.likeness import (
    MOST_ALIKE,
    Bands,
    Pairs,
    apart_bits,
    bands_of,
    candidates,
    difference_bits,
    jaccard,
    sets_of,
    sketches,
    without_names,
)
from linzhan.oversight.plausibility.sampling import Service, allotted, drawn, sample_size, wilson

HAN = "老人子女务工独居血压药品卫生院复查邻居志愿者午饭散步情绪睡眠补助申请社区阅读小组作业辅导"


def triples(text: str) -> set[str]:
    letters = "".join(each for each in text if each.isalpha())
    return {letters[n : n + 3] for n in range(len(letters) - 2)}


def pairs_in(bands: Bands, *, within: bool = True, new_from: int = 0, writers: int = 1) -> Pairs:
    apart = np.arange(len(bands), dtype=np.uint64) % np.uint64(writers)
    return candidates(lambda band: bands[:, band], sketches(bands), apart, within=within, new_from=new_from)


def test_digits_names_and_punctuation_are_no_difference() -> None:
    made = sets_of([without_names("5月3日，看望 叶磊！", ["叶磊"]), "6月12日看望。"])
    assert len(made[0])
    assert made[0].tolist() == made[1].tolist()


@settings(max_examples=40)
@given(st.lists(st.text(HAN + "，1 \n", max_size=80), max_size=6))
def test_many_notes_at_once_give_what_each_gives_alone(texts: list[str]) -> None:
    made = sets_of(texts, least=12)
    for number, text in enumerate(texts):
        alone, wanted = sets_of([text]), triples(text)
        assert len(alone[0]) == len(wanted)
        letters = sum(each.isalpha() for each in text)
        kept = alone[0].tolist() if letters >= 12 and len(wanted) >= 10 else []
        assert made[number].tolist() == kept


@given(st.text(HAN, min_size=5, max_size=80), st.text(HAN, min_size=5, max_size=80))
def test_the_share_of_common_pieces_is_what_sets_say(one: str, other: str) -> None:
    first, second = triples(one), triples(other)
    made = sets_of([one, other])
    assert jaccard(made[0], made[1]) == pytest.approx(len(first & second) / len(first | second))


def test_a_signature_stays_the_same_number_for_number() -> None:
    """Kept signatures are compared with new ones: how they are made must not change."""
    made = sets_of(["老人近来夜里咳嗽，已陪同到卫生院复查并领回药品", "儿童与外婆同住，作业由志愿者辅导"])
    assert bands_of(made)[:, [0, 17, 31]].tolist() == [
        [1252872736, 232301393, 115457927],
        [2847623103, 1549556305, 3463430932],
    ]


def test_what_is_alike_becomes_a_candidate_and_what_is_not_does_not() -> None:
    chance = random.Random(1)
    texts = ["".join(chance.choices(HAN, k=80)) for _ in range(400)]
    pairs = set()
    for n in range(0, 100, 2):
        texts[n + 1] = texts[n][:76] + "".join(chance.choices(HAN, k=4))
        pairs.add((n + 1, n))
    bands = bands_of(sets_of(texts))
    assert {tuple(each) for each in pairs_in(bands).tolist()} == pairs
    assert {tuple(each) for each in pairs_in(bands, within=False, writers=2).tolist()} == pairs
    assert {tuple(each) for each in pairs_in(bands, new_from=60).tolist()} == {p for p in pairs if p[0] >= 60}
    assert not len(pairs_in(bands, writers=2))


def test_where_all_are_alike_few_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A place whose notes all come from one form: pairs and memory grow with the notes, not with their square."""
    monkeypatch.setattr(likeness, "_PART", 50)
    chance = random.Random(2)
    form = "".join(chance.choices(HAN, k=120))
    texts = [
        form[: (cut := chance.randrange(110))] + chance.choice(HAN) + form[cut + 1 :] for _ in range(300)
    ]
    found = pairs_in(bands_of(sets_of(texts)))
    assert np.bincount(found[:, 0]).max() == MOST_ALIKE
    assert (np.bincount(found[:, 0], minlength=300)[1:] > 0).all()
    assert (found[:, 1] < found[:, 0]).all()


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
