"""Pure rules of the file: suggestion, expiry, consent by age (``domain.md`` §6.1, §6.3, §19.3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.casework.enums import Risk
from linzhan.casework.residents import rules
from linzhan.casework.residents.enums import PURPOSE_CODES, Purpose, SurveyNeed
from linzhan.casework.residents.rules import Expiry, Person, RiskNumbers
from linzhan.kernel.identity import age
from linzhan.linkage.enums import NeedKind
from linzhan.policy.api import casework

NUMBERS = RiskNumbers(
    aged=80,
    aged_categories=frozenset({"B01", "B02", "B03"}),
    key_categories=frozenset({"A03", "C03", "D03"}),
    ordinary_categories=frozenset({"F01"}),
    recent=30,
)
CODES = ("A01", "A03", "B01", "B07", "C03", "D03", "F01")
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
BIRTHS = st.dates(date(1920, 1, 1), date(2024, 12, 31)) | st.sampled_from(
    [date(1944, 2, 29), date(2008, 2, 29)]
)
PEOPLE = st.builds(
    Person,
    born_on=st.none() | BIRTHS,
    categories=st.frozensets(st.sampled_from(CODES)),
    living=st.sampled_from(["", "独居", "与子女"]),
    health=st.sampled_from(["", "良好", "重病"]),
    guardianship=st.sampled_from(["", "有能力", "无能力或缺位"]),
    changes=st.lists(st.tuples(st.sampled_from(["火灾", "意外事故"]), DAYS), max_size=3),
)


def level(person: Person, on: date) -> str:
    return rules.suggest(person, on, NUMBERS, {}).level


@given(PEOPLE, DAYS)
def test_a_suggestion_is_a_level_with_its_reasons(person: Person, on: date) -> None:
    found = rules.suggest(person, on, NUMBERS, {})
    assert found.level in Risk.values
    assert found.reasons
    assert all(found.reasons)


@given(PEOPLE, DAYS, st.sampled_from(CODES))
def test_one_more_category_never_lowers_a_suggestion(person: Person, on: date, code: str) -> None:
    more = Person(
        born_on=person.born_on, categories={*person.categories, code}, living=person.living,
        health=person.health, guardianship=person.guardianship, changes=person.changes,
    )  # fmt: skip
    assert not rules.is_lower(level(more, on), level(person, on))


@given(PEOPLE, DAYS)
def test_a_lower_suggestion_never_has_a_reason_for_a_higher_one(person: Person, on: date) -> None:
    """Whatever makes somebody 高风险 was looked for before anything else."""
    if level(person, on) != Risk.HIGH:
        assert person.health != "重病"
        assert not any(on - timedelta(days=30) < day <= on for _kind, day in person.changes)


@given(DAYS, st.integers(0, 60))
def test_a_change_counts_for_thirty_days_that_day_among_them(on: date, ago: int) -> None:
    person = Person(born_on=None, categories=("A01",), changes=[("火灾", on - timedelta(days=ago))])
    assert (level(person, on) == Risk.HIGH) is (ago < 30)


def test_a_change_that_has_not_happened_yet_is_no_reason() -> None:
    on = date(2022, 2, 28)
    person = Person(born_on=None, categories=("A01",), changes=[("火灾", on + timedelta(days=1))])
    assert level(person, on) == Risk.GENERAL


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        (date(1944, 2, 29), date(2024, 2, 28), Risk.GENERAL),
        (date(1944, 2, 29), date(2024, 2, 29), Risk.HIGH),  # eighty that day
        (date(1943, 2, 28), date(2023, 2, 27), Risk.GENERAL),
        (date(1943, 2, 28), date(2023, 2, 28), Risk.HIGH),
        (date(1942, 2, 28), date(2023, 2, 28), Risk.HIGH),
    ],
)
def test_eighty_and_alone_is_high_from_the_birthday_on(born: date, on: date, expected: str) -> None:
    assert level(Person(born_on=born, categories=("B01",)), on) == expected
    assert level(Person(born_on=born, categories=("B07",)), on) == Risk.GENERAL, "old age alone is no risk"


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person(born_on=date(2008, 6, 2), categories=("A01",), living="独居"), Risk.HIGH),
        (Person(born_on=date(2006, 6, 1), categories=("A01",), living="独居"), Risk.GENERAL),
        (Person(born_on=date(2014, 6, 2), categories=("C03",), guardianship="无能力或缺位"), Risk.HIGH),
        (Person(born_on=date(2014, 6, 1), categories=("C03",), guardianship="无能力或缺位"), Risk.KEY),
        (Person(born_on=None, categories=("D03",)), Risk.KEY),
        (Person(born_on=None, categories=("F01",)), Risk.ORDINARY),
        (Person(born_on=None, categories=()), Risk.ORDINARY),
        (Person(born_on=date(2030, 1, 1), categories=("A01",), living="独居"), Risk.GENERAL),
    ],
)
def test_what_speaks_for_which_level(person: Person, expected: str) -> None:
    assert level(person, date(2022, 6, 1)) == expected


@given(DAYS, st.integers(0, 400), st.integers(-800, 800))
def test_expiry_by_the_day(on: date, notice: int, left: int) -> None:
    state = rules.expiry(on + timedelta(days=left), on, notice)
    assert state is (Expiry.OVER if left < 0 else Expiry.SOON if left <= notice else Expiry.OPEN)


def test_the_last_day_still_counts_and_nothing_expires_without_a_day() -> None:
    leap = date(2024, 2, 29)
    assert rules.expiry(leap, leap, 0) is Expiry.SOON
    assert rules.expiry(leap, date(2024, 3, 1), 0) is Expiry.OVER
    assert rules.expiry(leap, date(2024, 1, 30), 30) is Expiry.SOON
    assert rules.expiry(leap, date(2024, 1, 29), 30) is Expiry.OPEN
    assert rules.expiry(None, leap, 365) is Expiry.OPEN


@given(BIRTHS, DAYS, st.sampled_from(["本人", "监护人", "代理人"]), st.sampled_from(["", "愿意"]))
def test_whose_word_counts_follows_the_age_that_day(born: date, on: date, given_by: str, view: str) -> None:
    faults = dict(
        rules.consent_faults(
            born_on=born, on=on, given_by=given_by, child_view=view, method="签字", witness="", giver="石二梅"
        )
    )
    years = age(born, on)
    assert ("given_by" in faults) is (years < 18 and given_by == "本人")
    assert ("child_view" in faults) is (14 <= years < 18 and not view)


def test_an_unknown_birth_date_asks_for_nothing() -> None:
    told = {"given_by": "本人", "child_view": "", "method": "签字", "witness": "", "giver": ""}
    assert rules.consent_faults(born_on=None, on=date(2022, 1, 1), **told) == []


@given(st.sampled_from(Risk.values), st.sampled_from(Risk.values))
def test_lower_is_a_strict_order(first: str, second: str) -> None:
    assert not (rules.is_lower(first, second) and rules.is_lower(second, first))
    assert rules.is_lower(first, second) or rules.is_lower(second, first) or first == second


def test_difficulties_cross_when_they_are_of_different_kinds() -> None:
    assert rules.crossed(("A01", "D01"))
    assert not rules.crossed(("A01", "A03"))
    assert not rules.crossed(("A01", "F01"))
    assert rules.stacked(("低保金", "临时救助"))
    assert not rules.stacked(("低保金", "低保金"))


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_purpose_is_told_in_at_most_300_characters(purpose: Purpose) -> None:
    text = casework.CONSENT_TEXT.defaults[purpose.value].value
    assert 60 < len(text) <= 300
    assert "撤回" in text
    assert rules.text_version(purpose, text).startswith(f"{PURPOSE_CODES[purpose]}-")
    assert rules.text_version(purpose, text) != rules.text_version(purpose, text + "。")


def test_what_a_survey_may_need_is_what_the_list_of_needs_has() -> None:
    assert SurveyNeed.values == NeedKind.values
