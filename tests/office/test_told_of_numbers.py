"""What pages tell of their numbers: that they are made up, of which month they are, why one is missing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from linzhan.accounts.api import create_account
from linzhan.casework.sheets import RECORDS
from linzhan.kernel.figures.definitions import FIGURES
from linzhan.kernel.figures.models import RegisterUse
from linzhan.kernel.periods import Grain, Period
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.office.figures.lacking import why_missing
from tests.factories import workforce
from tests.factories.places import HECHENG, TUOYUAN, ZHONGFANG
from tests.office.conftest import Sit, browser

pytestmark = pytest.mark.usefixtures("house")
BAND = 'class="demo-band"'


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def demo_city() -> None:
    """An account of the demo city, whoever looks."""
    with opened(EVERYTHING):
        create_account(
            username="demo", display_name="演", password="linzhan-demo", region_code=HECHENG, is_demo=True
        )
    cache.clear()


@pytest.mark.parametrize("address", ["/", "/overview/?period=2021-06", "/audit/", "/r/stations/"])
def test_every_page_says_that_its_numbers_are_made_up_where_the_demo_city_is(sit: Sit, address: str) -> None:
    official = sit()
    assert BAND not in client_page(official, address)
    demo_city()
    assert BAND in client_page(official, address)


def client_page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_the_door_says_so_too_before_anybody_is_known(sit: Sit) -> None:
    sit()
    assert BAND not in shown(browser(), "/sign-in/")
    demo_city()
    assert BAND in shown(browser(), "/sign-in/")


def record(station: Station, day: str) -> None:
    number = workforce.identity_number(3)
    row = {
        "code": "F1", "method": "咨询", "station": station.code, "started_at": f"{day} 00:00",
        "ended_at": f"{day} 00:01", "content": "来访咨询", "workers": number,
    }  # fmt: skip
    with opened(EVERYTHING):
        workforce.worker(identity_number=number, station=station.code)
        outcome = save_one(RECORDS, row)
    assert not outcome.faults, outcome.faults


@pytest.mark.parametrize("address", ["/", "/overview/", "/figures/services.records/"])
def test_every_page_opens_on_the_month_of_the_last_records_and_says_so(
    sit: Sit, station: Station, address: str
) -> None:
    record(station, "2021-06-15")
    page = client_page(sit(), address)
    assert Period.of(date(2021, 6, 1), Grain.MONTH).label in page
    assert "最近有服务记录的月份" in page


def test_the_chooser_of_periods_shows_what_the_page_shows(sit: Sit, station: Station) -> None:
    record(station, "2021-06-15")
    page = client_page(sit(), "/figures/services.records/")
    assert "最近有记录的月份" in page
    assert "2021-06" in page


def test_the_running_month_needs_no_word(sit: Sit, station: Station) -> None:
    record(station, f"{timezone.localdate():%Y-%m-01}")
    assert "最近有服务记录的月份" not in client_page(sit(), "/")


def test_a_register_in_use_has_no_records_and_one_never_begun_is_named() -> None:
    rated = next(each for each in FIGURES if each.known_by == ("service-records",))
    assert why_missing(rated, HECHENG) == "“服务记录”台账尚未启用"
    cache.clear()
    RegisterUse.objects.create(register="service-records", region_code=HECHENG)
    for region in (HECHENG, TUOYUAN, "431200000000"):
        assert why_missing(rated, region) == "这段时间没有记录"
    assert why_missing(rated, ZHONGFANG) == "“服务记录”台账尚未启用"
