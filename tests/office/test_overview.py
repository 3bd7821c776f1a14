"""总览: the same page from province to station, never outside one's scope (``screens.md``)."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.core.cache import cache
from django.utils import timezone

from linzhan.casework.sheets import RECORDS
from linzhan.kernel import places
from linzhan.kernel.figures import store
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, MACHINE, opened
from linzhan.network.api import Station
from linzhan.office.figures.answers import Place, answers, is_heavy, keep_figures
from linzhan.office.overview.board import targets_of
from linzhan.policy.api import DocumentFacts, Statement, register_document, state_value
from linzhan.policy.api import network as network_rules
from tests.factories import casework, network, workforce
from tests.factories.places import CHENGNAN, HECHENG, HUAIHUA, HUNAN, TUOYUAN, ZHONGFANG, ZHONGFANG_TOWN
from tests.office.conftest import Sit
from tests.office.test_home import queries

pytestmark = pytest.mark.usefixtures("house")
JUNE = parse_period("2021-06")


@pytest.mark.parametrize(
    ("code", "below"),
    [(HUNAN, "怀化市"), (HUAIHUA, "鹤城区"), (HECHENG, "坨院街道"), (TUOYUAN, "坨院街道社工站")],
)
def test_each_level_shows_the_level_below(sit: Sit, station: Station, code: str, below: str) -> None:
    page = sit("province_official", HUNAN).get(f"/overview/{code}/?period=2021-06")
    assert page.status_code == 200
    assert below in page.content.decode()


def test_a_province_comes_with_what_is_kept_and_fetches_the_rest(sit: Sit, station: Station) -> None:
    """Cold, its numbers take seconds: the page does not wait for them, and does not call them missing."""
    client = sit("province_official", HUNAN)
    address = f"/overview/{HUNAN}/?period=2021-06"
    first = client.get(address).content.decode()
    assert "正在计算…" in first
    assert "没有可计的记录" not in first
    rest = re.search(r'id="board" aria-busy="true" hx-get="([^"]+)" hx-trigger="load"', first)
    assert rest
    whole = client.get(rest[1].replace("&amp;", "&")).content.decode()
    assert 'id="board"' in whole
    assert "正在计算" not in whole
    assert 'hx-trigger="load"' not in whole
    assert "正在计算" not in sit().get(f"/overview/{HECHENG}/?period=2021-06").content.decode()


def test_a_place_above_or_beside_ones_own_is_as_if_it_did_not_exist(sit: Sit) -> None:
    client = sit()
    answers = [client.get(f"/overview/{code}/") for code in (HUAIHUA, ZHONGFANG, "999999000000", "x")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_the_number_is_the_figures_own_and_leads_to_its_page(sit: Sit, station: Station) -> None:
    page = sit().get(f"/overview/{HECHENG}/?period=2021-06").content.decode()
    assert "25.00%" in page  # one of four townships
    assert "/figures/network.coverage/?region=431202000000&amp;period=2021-06" in page


def test_a_page_asks_no_more_than_ten_times_for_one_or_three_stations(sit: Sit, station: Station) -> None:
    client = sit()
    address = f"/overview/{HECHENG}/?period=2021-06"
    client.get(address)
    before = queries(client, address)
    with opened(EVERYTHING):
        network.station(CHENGNAN)
        network.station(CHENGNAN)
    assert queries(client, address) == before <= 10


def test_a_station_without_records_and_below_the_standard_is_listed(sit: Sit, station: Station) -> None:
    page = sit().get(f"/overview/{HECHENG}/?period=2021-06").content.decode()
    assert "1 个运营站在2021年6月没有服务记录" in page
    assert "1 个运营站未达到当地建站标准" in page


def test_a_station_that_was_not_there_yet_is_not_missed(sit: Sit, station: Station) -> None:
    with opened(EVERYTHING):
        network.station(CHENGNAN, opened_on="2021-07-01")
    assert (
        "1 个运营站在2021年6月没有服务记录"
        in sit().get(f"/overview/{HECHENG}/?period=2021-06").content.decode()
    )
    assert (
        "2 个运营站在2021年7月没有服务记录"
        in sit().get(f"/overview/{HECHENG}/?period=2021-07").content.decode()
    )


def test_each_line_of_what_is_missing_opens_to_its_own_stations(sit: Sit, station: Station) -> None:
    with opened(EVERYTHING):
        other = network.station(CHENGNAN, name="城南站", opened_on="2021-07-01")
    client = sit()
    page = client.get(f"/overview/{HECHENG}/?period=2021-06").content.decode()
    silent, short = dict.fromkeys(re.findall(r'href="(/overview/missing/[^"]+)"', page))
    for address, column in ((silent, "最近一次服务"), (short, "没有或未填")):
        listed = client.get(unescape(address)).content.decode()
        assert f"/r/stations/{station.pk}/" in listed
        assert f"/r/stations/{other.pk}/" not in listed  # it did not operate yet
        assert column in listed
    assert "还没有" in client.get(unescape(silent)).content.decode()
    with opened(EVERYTHING):
        workforce.worker(identity_number=workforce.identity_number(3), station=station.code)
        casework.record(station, workforce.identity_number(3), on="2021-08-03")
    assert ">2021-08-03<" in client.get(unescape(silent)).content.decode()
    assert client.get(f"/overview/missing/silent/?region={places.NATION}&period=2021-06").status_code == 404
    assert client.get("/overview/missing/else/?period=2021-06").status_code == 404
    lead = sit("station_lead", TUOYUAN, station_id=station.pk)
    assert (
        f"/r/stations/{station.pk}/" in lead.get("/overview/missing/silent/?period=2021-06").content.decode()
    )


def test_the_stations_behind_a_line_are_asked_for_at_once(sit: Sit, station: Station) -> None:
    client, address = sit(), f"/overview/missing/silent/?region={HECHENG}&period=2021-06"
    client.get(address)
    before = queries(client, address)
    with opened(EVERYTHING):
        network.station(CHENGNAN)
        network.station(CHENGNAN)
    client.get(address)  # names of further places are kept
    assert queries(client, address) == before <= 10


def test_a_target_of_the_region_stands_beside_the_figure(sit: Sit, station: Station) -> None:
    with opened(EVERYTHING):
        network.target(wanted="70", due_on="2031-12-31")
        found = targets_of(Place(HECHENG, JUNE))
    assert found["network.coverage"][1] == "目标 70%（2031-12-31 前）"
    assert "目标 70%" in sit().get(f"/overview/{HECHENG}/?period=2021-06").content.decode()


def test_a_reader_on_the_line_of_station_sees_their_own_station(sit: Sit, station: Station) -> None:
    with opened(EVERYTHING):
        network.station(CHENGNAN, name="城南街道社工站")
    client = sit("station_lead", TUOYUAN, station_id=station.pk)
    page = client.get("/overview/?period=2021-06").content.decode()
    assert "坨院街道社工站" in page
    assert "城南街道社工站" not in page
    assert client.get(f"/overview/{TUOYUAN}/").status_code == 404


def test_the_store_answers_until_a_write_makes_it_stale(station: Station) -> None:
    request = Place(HECHENG, JUNE).request("network.coverage")
    with opened(EVERYTHING):
        while store.refresh():
            pass
        [[live]] = answers([request])
        keep_figures.func(items=[["network.coverage", HECHENG, "2021-06", "2021-06-30", ""]])
        [[kept]] = answers([request])
        assert (kept.value, kept.denominator) == (live.value, live.denominator)
        assert kept.computed_at != live.computed_at
        network.station(CHENGNAN, opened_on="2021-06-01")
        [[fresh]] = answers([request])
    assert fresh.numerator == 2
    assert fresh.computed_at > kept.computed_at


def test_a_write_elsewhere_leaves_the_store_fresh(station: Station) -> None:
    request = Place(HECHENG, JUNE).request("network.coverage")
    with opened(EVERYTHING):
        while store.refresh():
            pass
        keep_figures.func(items=[["network.coverage", HECHENG, "2021-06", "2021-06-30", ""]])
        [[kept]] = answers([request])
        network.station(ZHONGFANG_TOWN)
        [[again]] = answers([request])
    assert again.computed_at == kept.computed_at


def test_a_rule_stated_above_makes_the_boards_below_stale_at_once(station: Station) -> None:
    """The mark lies at the province, the board is a county's."""
    request = Place(HECHENG, JUNE).request("network.townships")
    with opened(EVERYTHING):
        while store.refresh():
            pass
        keep_figures.func(items=[["network.townships", HECHENG, "2021-06", "2021-06-30", ""]])
        [[kept]] = answers([request])
        paper = register_document(DocumentFacts(title="社工站建设意见", region_code=HUNAN), actor=MACHINE)
        statement = Statement(
            parameter=network_rules.COUNT_STATISTICAL_TOWNSHIPS.code,
            region_code=HUNAN,
            value=False,
            valid_from=date(2021, 1, 1),
            document=paper,
            clause="第三条",
        )
        state_value(statement, actor=MACHINE)
        [[live]] = answers([request])
    assert (kept.value, live.value) == (4, 3)


def test_many_figures_at_once_say_what_each_says_alone(station: Station) -> None:
    from linzhan.kernel.figures import asking

    place = Place(HECHENG, JUNE)
    requests = [
        place.request("network.coverage"),
        place.request("network.coverage", by="region"),
        place.request("network.stations", split=("status",)),
        place.request("services.records"),
        place.before().request("network.standard_met"),
    ]
    with opened(EVERYTHING):
        together = answers(requests)
        alone = [asking.compute([request]) for request in requests]
    said = [
        [(v.region, dict(v.dims), v.value, v.numerator, v.denominator) for v in each] for each in together
    ]
    assert said == [
        [(v.region, dict(v.dims), v.value, v.numerator, v.denominator) for v in each] for each in alone
    ]


def test_a_mean_over_months_is_too_heavy_for_a_whole_trend() -> None:
    from linzhan.kernel.figures.definitions import figure_named

    assert is_heavy(figure_named("services.visit_rate"))
    assert not is_heavy(figure_named("services.records"))


def test_the_running_period_is_seen_as_of_today() -> None:
    cache.clear()
    assert Place(HECHENG, JUNE).as_of == date(2021, 6, 30)
    assert Place(HECHENG, parse_period("2099")).as_of < date(2099, 12, 31)


def test_a_map_of_no_place_is_not_found(sit: Sit) -> None:
    assert sit().get(f"/maps/{HECHENG}.json").status_code == 404


def test_an_address_without_a_period_gets_the_month_of_the_last_records(sit: Sit, station: Station) -> None:
    record = {
        "code": "F1", "station": station.code, "method": "咨询", "started_at": "2021-06-05 09:00",
        "ended_at": "2021-06-05 10:00", "content": "政策咨询", "workers": workforce.identity_number(3),
    }  # fmt: skip
    with opened(EVERYTHING):
        workforce.worker(identity_number=workforce.identity_number(3), station=station.code)
        outcome = save_one(RECORDS, record)
        assert not outcome.faults, outcome.faults
    assert sit().get("/overview/").headers["Location"] == f"/overview/{HECHENG}/?period=2021-06"


def test_without_any_records_it_is_the_running_month(sit: Sit) -> None:
    running = f"{timezone.localdate():%Y-%m}"
    assert (
        sit().get("/overview/?period=nonsense").headers["Location"]
        == f"/overview/{HECHENG}/?period={running}"
    )
