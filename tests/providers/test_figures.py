"""The figures of institutions on small hand-made cases (``contract/figures.md``, providers.*)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.writing import save, save_one
from linzhan.providers.api import INSPECTIONS, PROVIDERS
from tests.factories.figures import parts, value
from tests.factories.providers import provider, provider_row, save_inspection
from tests.factories.standing import entered, in_force, sanction

COUNTY, CITY, OTHER = "431202000000", "431200000000", "431224000000"

pytestmark = pytest.mark.usefixtures("everywhere")


def test_an_institution_counts_where_it_is_registered_while_normal_or_rectifying() -> None:
    for status in ("正常", "整改", "禁入", "注销"):
        provider(status=status)
    provider(region=OTHER)
    assert value("providers.active", COUNTY) == 2
    assert value("providers.active", CITY) == 3


def test_an_institution_of_the_city_does_not_count_in_its_counties() -> None:
    provider(region=CITY)
    assert value("providers.active", CITY) == 1
    assert value("providers.active", COUNTY) == 0


def test_an_empty_sheet_makes_none_a_known_zero() -> None:
    """INS-31: a count is 0 once the register is in use, else unknown."""
    assert value("providers.active", COUNTY) is None
    provider(status="注销")
    assert value("providers.active", COUNTY) == 0


def test_a_status_that_is_not_stated_is_normal() -> None:
    row = provider_row()
    del row["status"]
    save_one(PROVIDERS, row)
    assert value("providers.active", COUNTY) == 1


def test_an_institution_counts_from_the_day_of_its_registration() -> None:
    provider(registered_on="2021-06-05")
    assert value("providers.active", COUNTY, as_of=date(2021, 6, 4)) == 0
    assert value("providers.active", COUNTY, as_of=date(2021, 6, 5)) == 1


def test_a_later_change_of_status_leaves_the_past_as_it_was() -> None:
    """NFR-02: the figure of a past day comes out the same."""
    row = provider_row()
    save_one(PROVIDERS, row, today=date(2021, 2, 1))
    save_one(PROVIDERS, {**row, "status": "注销"}, today=date(2021, 8, 1))
    assert value("providers.active", COUNTY, as_of=date(2021, 7, 31)) == 1
    assert value("providers.active", COUNTY, as_of=date(2021, 8, 1)) == 0


def test_types_and_grades_split_the_institutions() -> None:
    provider(rating="3A", rating_until="2020-12-31")
    provider(rating="5A")
    provider(kind="慈善组织")
    assert parts("providers.active", COUNTY, "type") == {"社会工作服务机构": 2, "慈善组织": 1}
    assert parts("providers.active", COUNTY, "grade") == {"3A": 1, "5A": 1, "": 1}


def test_a_party_organisation_is_due_from_three_formal_members_on() -> None:
    """INS-17: the number comes from the rulebook; its national default is three."""
    provider(party_members=2)
    provider(party_members=3)
    provider(party_members=4, has_party_organisation=True)
    provider(party_members=4, has_party_organisation=True, status="注销")
    provider(has_party_organisation=True)
    assert value("providers.party_due", COUNTY) == 2
    assert value("providers.party_set_up", COUNTY) == 1


def test_incubation_counts_in_the_period_in_which_it_starts() -> None:
    """INS-24: also of an institution that was dissolved since, or registered later."""
    provider(incubated_on="2021-01-01", status="注销")
    provider(incubated_on="2021-12-31", registered_on="2022-02-01")
    provider(incubated_on="2020-12-31")
    provider()
    assert value("providers.incubated", COUNTY) == 2
    assert value("providers.incubated", COUNTY, "2021Q1") == 1
    assert value("providers.incubated", COUNTY, "2020-01-01..2021-12-31") == 3


def test_an_institution_inspected_twice_counts_once_and_once_for_each_kind() -> None:
    """INS-07, INS-08, INS-09."""
    one, two = provider(), provider()
    save_inspection(one, kind="年检", inspected_on="2021-05-31")
    save_inspection(one, kind="双随机", inspected_on="2021-09-01")
    save_inspection(two, kind="年检", inspected_on="2021-05-31")
    save_inspection(two, kind="年检", inspected_on="2022-05-31", year=2021)
    assert value("providers.inspected", COUNTY) == 2
    assert parts("providers.inspected", COUNTY, "kind") == {"年检": 2, "双随机": 1}
    assert value("providers.inspected", COUNTY, "2021Q3") == 1


def test_an_empty_sheet_of_inspections_is_zero_inspections() -> None:
    provider()
    assert value("providers.inspected", COUNTY) is None
    save([Incoming.of(PROVIDERS, [provider_row()]), Incoming.of(INSPECTIONS, [])], today=timezone.localdate())
    assert value("providers.inspected", COUNTY) == 0


def test_a_rating_counts_until_its_last_day() -> None:
    """INS-13."""
    provider(rating="3A", rating_until="2022-06-30")
    provider(rating="5A")
    provider()
    assert value("providers.rated", COUNTY, as_of=date(2022, 6, 30)) == 2
    assert value("providers.rated", COUNTY, as_of=date(2022, 7, 1)) == 1


def test_sanctions_count_once_decided_and_hold_for_their_term() -> None:
    made = provider()
    in_force(made, starts_on="2022-02-01", ends_on="2022-08-01")
    sanction(made)
    assert value("providers.sanctions", COUNTY, period="2022") == 1
    assert value("providers.sanctioned", COUNTY, as_of=date(2022, 7, 31)) == 1
    assert value("providers.sanctioned", COUNTY, as_of=date(2022, 8, 1)) == 0


def test_help_adds_up_for_each_worker_and_students_are_counted() -> None:
    """INS-27, INS-43."""
    made = provider()
    entered("twinnings", code="QS1", name="牵手", region=COUNTY, provider=made.uscc, helper="深圳的机构",
            starts_on="2019-01-01", ends_on="2020-12-31")  # fmt: skip
    for day, workers, days in (("2019-03-01", 3, "2"), ("2019-12-31", 4, "0.5"), ("2020-01-01", 9, "1")):
        entered("twinning-days", twinning="QS1", helped_on=day, topic="财务管理", workers=workers, days=days)
    assert value("providers.twinning_days", COUNTY, period="2019") == 8
    entered("internships", provider=made.uscc, school="怀化学院", students=6, starts_on="2019-07-01")
    assert value("providers.interns", COUNTY, period="2019") == 6


def test_a_model_institution_of_two_fields_is_one() -> None:
    made = provider()
    for field in ("老年", "儿童"):
        entered("demonstrations", region=COUNTY, provider=made.uscc, field=field, level="市级",
                named_on="2021-05-01", until="2024-04-30")  # fmt: skip
    assert value("providers.demonstrations", COUNTY, as_of=date(2024, 4, 30)) == 1
    assert value("providers.demonstrations", COUNTY, as_of=date(2024, 5, 1)) == 0


def test_the_pass_rate_is_of_yearly_inspections_alone() -> None:
    for conclusion in ("合格", "合格", "基本合格"):
        save_inspection(provider(), year=2021, inspected_on="2022-05-01", conclusion=conclusion)
    save_inspection(provider(), kind="双随机", year=2022, inspected_on="2022-05-02", conclusion="发现问题")
    assert value("providers.annual_pass_rate", COUNTY, period="2022") == pytest.approx(200 / 3)
