"""Questions about records at the desk: whom they are shown to, the line to answer in, the rates (``domain.md`` §14)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.oversight.api import CHECKS, PlausibilityFlag
from linzhan.oversight.plausibility.running import check
from linzhan.workforce.api import SocialWorker
from tests.factories.casework import record
from tests.factories.places import HECHENG
from tests.factories.workforce import worker
from tests.office.conftest import Sit


@pytest.fixture
def asked(station: Station) -> SocialWorker:
    """A worker of the station with two visits at one time; the night's checks have been."""
    on = (timezone.localdate() - timedelta(days=3)).isoformat()
    with opened(EVERYTHING):
        who: SocialWorker = worker(station=station.code)
        for starts, ends in (("09:00", "10:00"), ("09:30", "10:30")):
            record(station, who.pk, started_at=f"{on} {starts}", ended_at=f"{on} {ends}")
        check(HECHENG, timezone.localdate(), checks=[CHECKS["PC01"]])
    return who


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_worker_answers_in_one_line_and_the_lead_settles(
    sit: Sit, asked: SocialWorker, station: Station
) -> None:
    mine = sit("station_worker", station.region_code, station_id=station.pk, person_id=asked.pk)
    lead = sit("station_lead", station.region_code, station_id=station.pk)
    assert "1 条记录有疑问，请您说明" in text(mine, "/")
    assert "个疑点可以核实" not in text(lead, "/")
    page = text(mine, "/checks/mine/")
    assert "最长重叠 30 分钟" in page
    with opened(EVERYTHING):
        url = f"/r/plausibility-flags/{PlausibilityFlag.objects.get().pk}/"
    answer = mine.post(f"{url}steps/reply/", {"reply": "两家住对门，一起看的"}, follow=True)
    assert "社工说明：两家住对门" in answer.content.decode()
    assert "没有问您的疑点" in text(mine, "/checks/mine/")
    assert "1 个疑点可以核实" in text(lead, "/")
    lead.post(f"{url}steps/explain/", {"decision": "去看过，住对门"}, follow=True)
    with opened(EVERYTHING):
        assert PlausibilityFlag.objects.get().stage == "说明成立"


def test_a_colleague_and_the_institution_do_not_see_it(
    sit: Sit, asked: SocialWorker, station: Station
) -> None:
    with opened(EVERYTHING):
        url = f"/r/plausibility-flags/{PlausibilityFlag.objects.get().pk}/"
        other = worker(station=station.code)
    colleague = sit("station_worker", station.region_code, station_id=station.pk, person_id=other.pk)
    text(colleague, url, 404)
    text(sit("purchaser"), url, 403)
    assert "服务时间重叠" in text(sit("county_official"), url)


def test_every_check_says_how_it_judges_and_how_often_it_asked_in_vain(
    sit: Sit, asked: SocialWorker, station: Station
) -> None:
    with opened(EVERYTHING):
        flag = PlausibilityFlag.objects.get()
        for number, stage in enumerate(("说明成立", "说明成立", "属实", "已更正", "属实")):
            PlausibilityFlag.objects.create(
                region_code=flag.region_code, rule="PC09", key=str(number), code=f"PC09-{number}", stage=stage,
                since=flag.since, opened_on=flag.since, answer_by=flag.since, checked_on=flag.since,
            )  # fmt: skip
    page = text(sit("purchaser"), "/checks/")
    assert "40%" in page
    assert "照片离开手机前已去掉" in page
    assert page.count("核实不足，暂不计算") == 12
    detail = text(sit("station_lead", station.region_code, station_id=station.pk), "/checks/PC09/")
    assert "一天探访超过 20 次" in detail
    assert "核对：一人一天的探访" in detail
    text(sit(), "/checks/PC99/", 404)
