"""The registers of the network: keys, places, checks, who sees and who may write."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from linzhan.kernel.registers.batch import Outcome
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import records
from linzhan.kernel.registers.workbook import import_workbook
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, Scope, opened
from linzhan.network.api import (
    GRIDS,
    NORM_ADOPTIONS,
    NORMS,
    STATION_PROFILES,
    STATIONS,
    SUPPORT_TIES,
    TARGETS,
    TIER_DUTIES,
    Grid,
    Norm,
    NormAdoption,
    RegionalTarget,
    Station,
    StationProfile,
    SupportTie,
    TierDuty,
)
from tests.factories.network import (
    adoption,
    made,
    norm,
    profile,
    row_of,
    save_row,
    station,
    support_tie,
    target,
    tier_duty,
)
from tests.factories.places import (
    CHANGSHA,
    CHENGNAN,
    HECHENG,
    HUNAN,
    LITOUYUAN,
    TUOYUAN,
    ZHONGFANG,
    ZHONGFANG_TOWN,
)


def fault(outcome: Outcome) -> str:
    return " ".join(each.message for faults in outcome.faults.values() for each in faults)


@pytest.mark.usefixtures("everywhere")
def test_a_station_is_known_by_its_code_within_its_county() -> None:
    first = save_row(STATIONS, code="ZD01")
    again = save_row(STATIONS, code="ZD01", name="坨院街道社会工作站")
    other = save_row(STATIONS, code="ZD01", region=ZHONGFANG_TOWN)
    assert (first.created, again.updated, other.created) == (1, 1, 1)
    assert Station.objects.count() == 2


@pytest.mark.usefixtures("everywhere")
def test_a_row_that_says_nothing_new_changes_nothing() -> None:
    row = row_of(STATIONS)
    save_one(STATIONS, row)
    assert save_one(STATIONS, row).unchanged == 1


@pytest.mark.usefixtures("everywhere")
def test_a_station_names_its_parent_by_code() -> None:
    parent = station(HECHENG, tier="县级社工总站")
    assert station(parent=parent.code).parent_id == parent.pk
    assert "找不到" in fault(save_row(STATIONS, parent="没有这站"))


@pytest.mark.usefixtures("everywhere")
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "开着"}, "不在可选范围内"),
        ({"tier": ""}, "必须填写"),
        ({"area": "-3"}, ""),
        ({"longitude": "200"}, ""),
        ({"opened_on": "去年"}, ""),
    ],
)
def test_a_bad_value_of_a_station_is_explained(values: dict[str, str], said: str) -> None:
    outcome = save_row(STATIONS, **values)
    assert outcome.rejected == 1
    assert said in fault(outcome)


@pytest.mark.usefixtures("everywhere")
def test_a_station_has_one_file_with_lists_of_the_places_own_words() -> None:
    """STN-08, STN-10, STN-12, STN-14, STN-24, STN-26, NET-17, NET-18"""
    of = station()
    profile(
        of,
        zones="综合接待区、专业服务区",
        merged_with="慈善超市;未成年人保护工作站",
        liaison_office="社会事务处",
        partner_department="司法局",
        practice_place="是",
    )
    again = save_row(STATION_PROFILES, station=of.code, brand="微光社工")
    assert again.updated == 1
    kept = StationProfile.objects.get()
    assert kept.zones == ["综合接待区", "专业服务区"]
    assert kept.merged_with == ["慈善超市", "未成年人保护工作站"]
    assert (kept.brand, kept.practice_place, kept.region_code) == ("微光社工", True, TUOYUAN)


@pytest.mark.usefixtures("everywhere")
def test_a_file_without_its_station_is_told_by_the_code_that_was_written() -> None:
    outcome = save_row(STATION_PROFILES, station="没有这站")
    assert outcome.keys == {1: "没有这站"}
    assert "没有这站" in fault(outcome)


@pytest.mark.usefixtures("everywhere")
def test_the_order_of_a_list_does_not_matter() -> None:
    of = station()
    profile(of, zones="甲区、乙区")
    assert save_row(STATION_PROFILES, station=of.code, zones="乙区、甲区").unchanged == 1


@pytest.mark.usefixtures("everywhere")
def test_equal_station_codes_of_two_counties_need_a_county(db: None) -> None:
    """A file names a station only by its code: within one county that is enough."""
    station(TUOYUAN, code="ZD01")
    station(ZHONGFANG_TOWN, code="ZD01")
    assert "多个县" in fault(save_row(STATION_PROFILES, station="ZD01"))
    with opened(Scope(regions=(ZHONGFANG,))):
        made(STATION_PROFILES, station="ZD01")
    assert StationProfile.objects.get().region_code == ZHONGFANG_TOWN


@pytest.mark.usefixtures("everywhere")
def test_a_grid_lies_in_a_village_and_dates_its_pairing() -> None:
    """NET-15"""
    assert "12 位" in fault(save_row(GRIDS, region=TUOYUAN))
    assert "从哪一天" in fault(save_row(GRIDS, partners="邻里互助会"))
    made(GRIDS, region=LITOUYUAN, partners="邻里互助会、白露社会工作服务中心", paired_on="2021-05-01")
    assert Grid.objects.get().partners == ["邻里互助会", "白露社会工作服务中心"]


@pytest.mark.usefixtures("everywhere")
def test_an_agreement_keeps_partner_and_term() -> None:
    """NET-19"""
    support_tie(partner_region="440300", partner="深圳市社工联合会", ends_on="2024-02-29")
    tie = SupportTie.objects.get()
    assert (tie.partner_region_code, tie.partner) == ("440300000000", "深圳市社工联合会")
    assert "更早" in fault(save_row(SUPPORT_TIES, ends_on="2021-02-28"))


@pytest.mark.usefixtures("everywhere")
def test_a_target_names_a_figure_by_key_or_by_name() -> None:
    """TGT-01"""
    target(code="M1", figure="乡镇(街道)覆盖率")
    target(code="M2", figure="network.coverage")
    assert set(RegionalTarget.objects.values_list("figure", "comparison")) == {("network.coverage", "不低于")}
    assert "“对应数据指标”中没有" in fault(save_row(TARGETS, figure="幸福指数"))


@pytest.mark.usefixtures("everywhere")
def test_duties_are_set_down_per_tier_from_a_day() -> None:
    """NET-06, NET-10"""
    tier_duty(functions="业务培训、专业督导", body="湖南省社工站项目办公室")
    tier_duty(starts_on="2022-01-01", functions="业务培训")
    assert TierDuty.objects.count() == 2
    assert "更早" in fault(save_row(TIER_DUTIES, starts_on="2022-01-01", ends_on="2021-01-01"))


@pytest.mark.usefixtures("everywhere")
def test_a_station_adopts_a_norm_once() -> None:
    """STN-11"""
    of = station()
    norm(code="GF01", topics="场地设施、服务标识", version="2021版")
    adoption(of, "GF01")
    assert save_row(NORM_ADOPTIONS, station=of.code, norm="GF01").unchanged == 1
    again = save_row(NORM_ADOPTIONS, station=of.code, norm="GF01", ended_on="2022-01-01")
    assert again.updated == 1
    assert Norm.objects.get().topics == ["场地设施", "服务标识"]


@pytest.mark.django_db
def test_a_norm_of_the_province_is_seen_and_adopted_below_but_not_written() -> None:
    with opened(EVERYTHING):
        norm(code="GF01", region=HUNAN)
        of = station()
    with opened(Scope(regions=(HECHENG,))):
        adoption(of, "GF01")
        assert NormAdoption.objects.get().region_code == TUOYUAN
        changed = save_row(NORMS, code="GF01", region=HUNAN, name="另一个名字")
        assert "管辖范围" in fault(changed)
        assert made(NORMS, region=HECHENG)


@pytest.mark.django_db
def test_the_database_itself_refuses_to_rewrite_a_norm_of_the_province() -> None:
    with opened(EVERYTHING):
        norm(code="GF01", region=HUNAN)
    with opened(Scope(regions=(HECHENG,))):
        assert Norm.objects.filter(code="GF01").update(name="另一个名字") == 0
        assert Norm.objects.filter(code="GF01")._raw_delete("default") == 0
        assert Norm.objects.get(code="GF01").name != "另一个名字"


@pytest.mark.django_db
def test_plans_of_another_county_are_not_seen() -> None:
    with opened(EVERYTHING):
        target(region=ZHONGFANG)
        support_tie(region=ZHONGFANG)
        made(GRIDS)
        profile(station(ZHONGFANG_TOWN))
    with opened(Scope(regions=(HECHENG,))):
        seen = [model.objects.count() for model in (RegionalTarget, SupportTie, StationProfile, Grid)]
    assert seen == [0, 0, 0, 1]


@pytest.mark.django_db
def test_a_station_lead_keeps_the_file_of_the_own_station_only() -> None:
    with opened(EVERYTHING):
        own, other = station(), station(CHENGNAN)
    with opened(Scope(stations=(str(own.pk),))):
        profile(own, brand="微光社工")
        assert "找不到" in fault(save_row(STATION_PROFILES, station=other.code))


@pytest.mark.usefixtures("everywhere")
def test_a_list_page_reads_references_as_codes() -> None:
    of = station()
    profile(of, brand="微光社工")
    [row] = records(STATION_PROFILES, StationProfile.objects.all())
    assert (row["station"].key, row["station"].title) == (of.code, of.name)


def test_only_the_station_register_belongs_to_the_starter_workbook() -> None:
    own = [entry for entry in REGISTERS if entry.model.__module__.startswith("linzhan.network.")]
    assert [entry.name for entry in own if entry.starter] == ["社工站"]
    assert all(not entry.sheet.by_headers for entry in own if not entry.starter)


def tab(path: Path, name: str, *rows: tuple[str, ...]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


@pytest.mark.usefixtures("everywhere")
def test_a_tab_is_taken_for_a_further_register_by_its_name_only(tmp_path: Path) -> None:
    of = station()
    rows = (("站点编号", "服务品牌"), (of.code, "社工驿家"))
    assert import_workbook(tab(tmp_path / "a.xlsx", "品牌表", *rows)).unknown_sheets == ["品牌表"]
    imported = import_workbook(tab(tmp_path / "b.xlsx", "站点档案", *rows))
    assert [outcome.created for outcome in imported.outcomes] == [1]
    assert StationProfile.objects.get().brand == "社工驿家"


@pytest.mark.usefixtures("everywhere")
def test_a_place_of_support_is_not_the_place_of_the_row() -> None:
    support_tie(region=HECHENG, partner_region=CHANGSHA)
    assert SupportTie.objects.get().region_code == HECHENG
