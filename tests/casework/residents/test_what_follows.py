"""A row of the file and what follows from it, in one transaction (OBJ-01, OBJ-03, OBJ-06, SYS-03)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest

from linzhan.casework import sheets
from linzhan.casework.models import (
    CategoryBasis,
    Consent,
    HomeSurvey,
    Household,
    Resident,
    ResidentDetail,
    RiskReview,
)
from linzhan.casework.residents import rules
from linzhan.kernel.registers import declare
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save, save_one
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened
from linzhan.kernel.sheets.cells import CLEAR
from linzhan.linkage.models import Need
from linzhan.network.api import Station
from tests.casework.residents.conftest import TODAY, kept, made, stored
from tests.factories import casework, network
from tests.factories.places import CHENGNAN, ZHONGFANG_TOWN
from tests.factories.refusals import NAME, WHY, refuse_residents
from tests.factories.rows import messages


def basis(person: UUID, category: str = "B01", **values: object) -> UUID:
    return made("resident-categories", person, category=category, starts_on="2022-01-01", **values)


def test_a_category_with_a_basis_is_in_the_list(person: UUID) -> None:
    basis(person)
    assert stored(person).categories == ["A01", "B01"]


def test_a_basis_that_begins_later_or_has_ended_adds_nothing(person: UUID) -> None:
    made("resident-categories", person, category="B01", starts_on="2022-06-02")
    basis(person, "D02", ended_on="2022-03-01")
    assert stored(person).categories == ["A01"]


def test_a_category_that_ended_in_the_list_does_not_stand_in_the_way_of_a_new_basis(
    person: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listed(*codes: str) -> None:
        entries = [SimpleNamespace(code=code, name=code) for code in codes]
        monkeypatch.setattr(sheets, "resident_categories", lambda *_asked: entries)

    monkeypatch.setitem(declare._code_lists, "categories", sheets.categories)
    listed("B01")
    basis(person)
    assert stored(person).categories == ["A01", "B01"]
    refused = kept("resident-categories", person, category="A01", starts_on="2022-01-01")
    assert "没有“A01”" in messages(refused)[0], "an ended one is not held by a new basis"


def test_an_expired_basis_takes_nothing_away(person: UUID) -> None:
    basis(person, expires_on="2022-05-31")
    assert stored(person).categories == ["A01", "B01"]


def test_taking_a_category_off_the_list_ends_its_basis(person: UUID) -> None:
    held, other = basis(person), basis(person, "D02")
    row = stored(person)
    listed = {"code": row.code, "name": row.name, "categories": ("A01", "D02"), "station": row.station_id}
    whole = {**listed, "home_region": row.home_region_code, "registered_on": row.registered_on}
    assert not save_one(REGISTERS["residents"], whole, today=TODAY).faults
    assert CategoryBasis.objects.get(pk=held).ended_on == TODAY
    assert CategoryBasis.objects.get(pk=other).ended_on is None


def consent(person: UUID, purpose: str = "建档服务", **values: object) -> UUID:
    told = {"purpose": purpose, "given_by": "本人", "method": "签字", "given_on": "2022-05-01", **values}
    return made("resident-consents", person, **told)


def test_consent_to_the_service_dates_the_residents_consent(person: UUID) -> None:
    consent(person, "照片宣传")
    assert stored(person).consented_on is None
    consent(person)
    assert stored(person).consented_on == date(2022, 5, 1)


def test_withdrawing_the_last_consent_takes_the_date_away(person: UUID) -> None:
    first, second = consent(person), consent(person, given_on="2022-05-20")
    assert stored(person).consented_on == date(2022, 5, 20)
    for identity, date_left in ((second, date(2022, 5, 1)), (first, None)):
        row = Consent.objects.get(pk=identity)
        told = {"id": identity, "code": row.code, "purpose": row.purpose, "given_by": row.given_by}
        told |= {"method": row.method, "given_on": row.given_on, "withdrawn_on": "2022-06-01"}
        made("resident-consents", person, **told)
        assert stored(person).consented_on == date_left


def test_withdrawing_the_location_takes_it_off_the_map(here: Station) -> None:
    person = casework.resident(here, categories=("A01",), longitude="109.97", latitude="27.55")
    given = consent(person, "位置")
    assert stored(person).longitude is not None
    row = Consent.objects.get(pk=given)
    told = {"id": given, "code": row.code, "purpose": "位置", "given_by": "本人", "method": "签字"}
    made("resident-consents", person, **told, given_on=row.given_on, withdrawn_on="2022-06-01")
    assert (stored(person).longitude, stored(person).latitude) == (None, None)


def test_a_consent_keeps_which_wording_was_agreed_to(person: UUID) -> None:
    version = Consent.objects.get(pk=consent(person)).text_version
    assert version.startswith("P1-")
    assert Consent.objects.get(pk=consent(person, "位置")).text_version.startswith("P7-")


@pytest.mark.parametrize(
    ("born", "given_by", "view", "refused"),
    [
        ("2008-05-02", "本人", "", True),  # 13 that day
        ("2008-05-02", "监护人", "", False),
        ("2008-05-01", "监护人", "", True),  # 14 that day: the child is heard
        ("2008-05-01", "监护人", "愿意", False),
        ("2004-05-02", "本人", "愿意", True),  # 17 that day
        ("2004-05-01", "本人", "", False),  # of age that day
    ],
)
def test_whose_consent_counts_is_decided_by_the_age_on_the_day(
    here: Station, born: str, given_by: str, view: str, *, refused: bool
) -> None:
    child = casework.resident(here, categories=("C07",), born_on=born)
    giver = {"giver": "石二梅", "relation": "母亲"} if given_by == "监护人" else {}
    outcome = kept(
        "resident-consents", child, purpose="建档服务", given_by=given_by, child_view=view, method="签字",
        given_on="2022-05-01", **giver,
    )  # fmt: skip
    assert bool(outcome.faults) is refused, messages(outcome)
    assert (stored(child).consented_on is None) is refused


def test_a_spoken_consent_needs_a_witness(person: UUID) -> None:
    told = {"purpose": "建档服务", "given_by": "本人", "method": "口头并见证", "given_on": "2022-05-01"}
    assert messages(kept("resident-consents", person, **told)) == ["口头同意须有见证人，请写明见证人姓名"]
    assert not kept("resident-consents", person, witness="石二梅", **told).faults


def test_the_last_review_sets_the_risk_and_its_next_day(person: UUID) -> None:
    review = RiskReview.objects.get(pk=made("risk-reviews", person, level="高风险", reviewed_on="2022-05-30"))
    assert review.review_by == date(2022, 6, 29)
    assert (review.suggested, review.suggested_why) == ("一般", "属于A01")
    assert stored(person).risk == "高风险"
    late = made("risk-reviews", person, level="重点", reason="当时不重", reviewed_on="2022-04-01")
    assert RiskReview.objects.get(pk=late).review_by == date(2022, 6, 30)
    assert stored(person).risk == "高风险", "an older review that arrives late changes nothing"


def test_a_lower_level_needs_a_reason(person: UUID) -> None:
    made("risk-reviews", person, level="重点", reviewed_on="2022-05-01")
    told = messages(kept("risk-reviews", person, level="一般", reviewed_on="2022-05-20"))
    assert told == ["由“重点”降为“一般”，须写明理由"]
    made("risk-reviews", person, level="一般", reason="病情稳定", reviewed_on="2022-05-20")
    assert stored(person).risk == "一般"


def test_less_than_what_speaks_from_the_file_needs_a_reason(here: Station) -> None:
    person = casework.resident(here, categories=("A03",), born_on="1950-01-01")
    told = messages(kept("risk-reviews", person, level="一般", reviewed_on="2022-05-20"))
    assert "重点" in told[0]
    assert "A03" in told[0]


def test_a_major_change_suggests_the_highest_level_for_a_month(person: UUID) -> None:
    at = {"happened_at": "2022-05-20 21:00", "found_at": "2022-05-21 08:00"}
    made("major-changes", person, kind="火灾", **at)
    inside = RiskReview.objects.get(pk=made("risk-reviews", person, level="高风险", reviewed_on="2022-06-18"))
    assert inside.suggested == "高风险"
    assert "火灾" in inside.suggested_why
    after = made("risk-reviews", person, level="高风险", reviewed_on="2022-06-19")
    assert RiskReview.objects.get(pk=after).suggested == "一般"


SURVEY = {
    "surveyed_on": "2022-05-28",
    "living": "独居",
    "health": "较差",
    "chronic": ("高血压",),
    "policies": ("低保金", "残疾人两项补贴"),
    "members_count": 3,
    "need_kinds": ("生活服务", "养老"),
    "need_text": "需要助浴和送餐",
    "urgency": 3,
}


def test_a_survey_becomes_details_household_and_needs(here: Station) -> None:
    person = casework.resident(here, categories=("A01",), household="H1")
    survey = made("home-surveys", person, code="DC-1", **SURVEY)
    detail = ResidentDetail.objects.get(resident_id=person)
    assert (detail.living, detail.health, detail.chronic) == ("独居", "较差", ["高血压"])
    assert rules.stacked(detail.policies)
    assert Household.objects.get(code="H1").members_count == 3
    needs = {need.kind: need for need in Need.objects.filter(resident_id=person)}
    assert set(needs) == {"生活服务", "养老"}
    assert (needs["养老"].urgency, needs["养老"].source, needs["养老"].content) == (
        3,
        "探访",
        "需要助浴和送餐",
    )
    told = {**SURVEY, "id": survey, "code": "DC-1", "need_text": "需要助浴", "health": CLEAR}
    made("home-surveys", person, **told)
    assert Need.objects.filter(resident_id=person).count() == 2, "a corrected survey corrects its needs"
    assert Need.objects.get(code="DC-1-养老").content == "需要助浴"
    assert ResidentDetail.objects.get(resident_id=person).health == "较差", "what is left open stays"


def test_a_household_that_another_station_keeps_stays_as_it_is(here: Station) -> None:
    other = network.station(CHENGNAN, code="Z3", name="城南街道社工站")
    assert not save_one(REGISTERS["households"], {"code": "H1", "members_count": 5, "station": "Z3"}).faults
    person = casework.resident(here, categories=("A01",), household="H1")
    with opened(Scope(stations=(str(here.pk),)), Actor(label="石社工")):
        made("home-surveys", person, **SURVEY)
        assert ResidentDetail.objects.get(resident_id=person).living == "独居"
    with opened(EVERYTHING, Actor(label="李科员")):
        assert Household.objects.get().members_count == 5
        assert Household.objects.get().station_id == other.pk


def test_a_survey_is_corrected_after_the_person_moved_and_the_need_stays_where_it_was_raised(
    here: Station, person: UUID
) -> None:
    survey = made("home-surveys", person, code="DC-1", **SURVEY)
    there = network.station(CHENGNAN, code="Z2", name="另一街道社工站")
    move(person, there)
    with opened(Scope(stations=(str(there.pk),)), Actor(label="石社工")):
        made("home-surveys", person, **{**SURVEY, "id": survey, "code": "DC-1", "need_text": "需要助浴"})
        assert HomeSurvey.objects.get().need_text == "需要助浴"
    assert set(Need.objects.values_list("station_id", "content")) == {(here.pk, "需要助浴和送餐")}


def test_a_survey_corrected_in_another_point_leaves_the_list_of_needs_as_it_is(person: UUID) -> None:
    survey = made("home-surveys", person, code="DC-1", **SURVEY)
    Need.objects.filter(kind="养老").update(urgency=4)
    made("home-surveys", person, **{**SURVEY, "id": survey, "code": "DC-1", "note": "电话核对过"})
    assert Need.objects.get(kind="养老").urgency == 4, "what the station judged since is not taken back"


def test_a_survey_that_cannot_become_needs_is_not_saved(person: UUID) -> None:
    told = kept("home-surveys", person, **{**SURVEY, "need_text": ""})
    assert messages(told) == ["选了需求类型，请写明需求内容"]
    assert not ResidentDetail.objects.filter(resident_id=person).exists()


def move(person: UUID, there: Station) -> None:
    row = stored(person)
    told = {"id": person, "code": row.code, "name": row.name, "categories": ("A01",), "station": there.code}
    told |= {"home_region": row.home_region_code, "registered_on": row.registered_on}
    assert not save_one(REGISTERS["residents"], told, today=TODAY).faults


def test_what_is_known_of_a_person_goes_along_with_the_person(here: Station, person: UUID) -> None:
    consent(person)
    made("resident-details", person, living="独居")
    made("risk-reviews", person, level="高风险", reviewed_on="2022-05-30")
    there = network.station(ZHONGFANG_TOWN, code="Z2", name="另一街道社工站")
    move(person, there)
    for model in (Consent, ResidentDetail, RiskReview):
        assert set(model.objects.values_list("station_id", "region_code")) == {(there.pk, there.region_code)}


def test_what_is_refused_of_one_resident_refuses_the_rows_about_that_one_only(
    person: UUID, here: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = casework.resident(here, categories=("A01",), name=NAME)
    refuse_residents(monkeypatch)
    told = {"category": "B01", "starts_on": "2022-01-01"}
    rows = [{"resident": each, **told} for each in (person, other)]
    [outcome] = save([Incoming.of(REGISTERS["resident-categories"], rows)], today=TODAY)
    assert {row: [f.message for f in faults] for row, faults in outcome.faults.items()} == {2: [WHY]}
    assert list(CategoryBasis.objects.values_list("resident_id", flat=True)) == [person]
    assert (stored(person).categories, stored(other).categories) == (["A01", "B01"], ["A01"])


def test_a_review_whose_risk_the_file_cannot_take_is_refused_with_the_files_reason(
    person: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A review whose level the file cannot take is not kept either, and says why (OBJ-03)."""
    refuse_residents(monkeypatch, named=False)
    Resident.objects.filter(pk=person).update(name=NAME)
    outcome = kept("risk-reviews", person, level="高风险", reviewed_on="2022-05-31")
    assert messages(outcome) == [WHY]
    assert not RiskReview.objects.exists()
