"""Supervision at the desk: what waits, who is owed it, matching, a worker's own, questions and talk rooms (SPV-03…10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.policy.api import load_reference
from linzhan.workforce.api import (
    Question,
    SocialWorker,
    SupervisionAgreement,
    SupervisionRating,
    SupervisorEntry,
    TalkSignup,
)
from tests.factories.places import HECHENG, HUAIHUA, HUNAN, TUOYUAN, ZHONGFANG
from tests.factories.rows import made, went_in
from tests.factories.workforce import save_session, worker
from tests.office.conftest import Sit, browser, person

pytestmark = pytest.mark.django_db
OWED = "/supervision/owed/"


@dataclass(frozen=True)
class Ground:
    station: Station
    one: SocialWorker
    entry: SupervisorEntry
    session: UUID


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.fixture
def ground(station: Station) -> Ground:
    with opened(EVERYTHING):
        load_reference()
        one = worker(name="欧阳桂莲", station=station.code)
        entry = made(
            "supervisors",
            name="侯朋玲",
            level="县级",
            region=HECHENG,
            username="p-sup",
            fields="儿童",
            capacity="3",
        )
        take(REGISTERS["supervisors"], entry, "choose", {"chosen_on": "2020-01-02"})
        take(REGISTERS["supervisors"], entry, "use", {"used_from": "2020-03-01"})
        held = went_in(
            save_session(station, workers=(one.pk,), held_on=timezone.localdate() - timedelta(days=40))
        )
        return Ground(station, one, SupervisorEntry.objects.get(pk=entry), held)


@pytest.fixture
def supervisor(ground: Ground) -> Client:
    return browser(person("p-sup", "supervisor", stations=[ground.station.pk]))


@pytest.fixture
def social_worker(ground: Ground) -> Client:
    return browser(
        person("p-worker", "station_worker", TUOYUAN, station_id=ground.station.pk, person_id=ground.one.pk)
    )


def test_the_county_matches_a_station_and_the_supervisor_signs_nothing(
    ground: Ground, sit: Sit, supervisor: Client
) -> None:
    county = sit()
    work = page(county, "/supervision/")
    assert "没有督导协议的站点（共 1 个）" in work
    url = f"/supervision/match/{ground.station.pk}/"
    assert "现带 0 个站，最多 3 个" in page(county, url)
    answer = county.post(url + "propose/", {"supervisor": str(ground.entry.pk)})
    with opened(EVERYTHING):
        draft = SupervisionAgreement.objects.get()
    assert answer["Location"] == f"/r/supervision-agreements/{draft.pk}/"
    assert draft.stage == "拟订"
    assert "擅长儿童" in draft.reasons
    assert "选配理由" in page(county, answer["Location"])
    assert supervisor.post(url + "propose/", {"supervisor": str(ground.entry.pk)}).status_code == 403
    with opened(EVERYTHING):
        take(REGISTERS["supervision-agreements"], draft.pk, "sign", {"signed_on": "2022-01-01"})
    assert "没有督导协议的站点（共 0 个）" in page(county, "/supervision/")
    assert draft.code in page(supervisor, "/supervision/")


def test_a_supervisor_sees_who_is_owed_and_what_to_write_up(ground: Ground, supervisor: Client) -> None:
    work = page(supervisor, "/supervision/")
    assert "欧阳桂莲" in work
    assert "还差 1 次、还差 2 小时" in work
    assert f"/r/supervisions/{ground.session}/edit/" in work
    assert "人数不够，不给出平均" in work
    assert "次督导还没有写内容和建议" not in page(supervisor, "/")  # longer ago than the bench asks
    last = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
    assert f"{last:%Y-%m}" in page(supervisor, f"{OWED}?month={last:%Y-%m}")
    assert "欧阳桂莲" in page(supervisor, f"{OWED}?station={ground.station.pk}&month=nonsense")


def test_the_list_of_who_is_owed_says_of_which_station_and_keeps_to_it(ground: Ground, sit: Sit) -> None:
    county = sit()
    found = page(county, f"{OWED}?station={ground.station.pk}&month=2021-03")
    assert f"站点：{ground.station.name}" in found
    assert f'name="station" value="{ground.station.pk}"' in found  # goes along with another month
    assert "本月还没有达到" not in found
    assert "2021-03 还没有达到" in found.partition('id="list"')[2]  # told where the list is swapped in
    assert 'id="list"' in found  # where another month is put


def test_a_session_is_written_down_without_a_number_and_leads_to_its_tasks(
    ground: Ground, supervisor: Client
) -> None:
    """The platform numbers it; who supervised and the day are filled in, what follows begins at its file."""
    assert "supervisor=" in page(supervisor, "/supervision/")
    given = {
        "held_on": "2026-03-02", "supervisor": ground.entry.name, "mode": "线下", "hours": "1.5",
        "stations": [str(ground.station.pk)], "workers": [str(ground.one.pk)],
    }  # fmt: skip
    answer = supervisor.post("/r/supervisions/new/", given, follow=True)
    file = answer.content.decode()
    session = answer.request["PATH_INFO"].rstrip("/").rsplit("/", 1)[-1]
    assert "DD-" in file
    follows = f"session={session}&amp;worker={ground.one.pk}"
    assert f"/r/supervision-tasks/new/?{follows}" in file
    assert f"/r/supervision-notes/new/?{follows}" in file
    form = page(supervisor, f"/r/supervision-tasks/new/?session={session}")
    assert 'name="result"' not in form  # that is for the day it is done


def test_a_province_looks_on_from_city_to_city(ground: Ground, sit: Sit) -> None:
    """Its workers by the hundred thousand are not gone through for a list that shows a few."""
    province = sit("province_official", HUNAN)
    for address in ("/supervision/", OWED):
        listed = page(province, address)
        assert f"{OWED}?region={HUAIHUA}" in listed
        assert "欧阳" not in listed
    assert "欧阳*莲" in page(province, f"{OWED}?region={HUAIHUA}")
    assert "欧阳*莲" not in page(province, f"{OWED}?region={ZHONGFANG}")
    assert "欧阳*莲" in page(
        sit(), f"{OWED}?region={ZHONGFANG}"
    )  # not within one's own: that is asked instead


def test_the_county_reads_masked_names_and_no_confidential_word(
    ground: Ground, sit: Sit, supervisor: Client
) -> None:
    supervisor.post(
        "/r/supervision-notes/new/",
        {"session": str(ground.session), "worker": str(ground.one.pk), "content": "谈到了倦怠"},
    )
    assert "谈到了倦怠" in page(supervisor, "/supervision/")
    county = sit()
    listed = page(county, OWED)
    assert "欧阳*莲" in listed
    assert "欧阳桂莲" not in listed
    assert county.get("/r/supervision-notes/").status_code == 403
    lead = sit("station_lead", TUOYUAN, station_id=ground.station.pk)
    assert "谈到了倦怠" not in page(lead, "/supervision/")
    assert "谈到了倦怠" not in page(lead, "/r/supervision-notes/")


def test_a_worker_meets_their_own_supervision(
    ground: Ground, social_worker: Client, supervisor: Client
) -> None:
    supervisor.post(
        "/r/supervision-notes/new/",
        {"session": str(ground.session), "worker": str(ground.one.pk), "content": "谈到了倦怠"},
    )
    supervisor.post(
        "/r/supervision-tasks/new/",
        {
            "session": str(ground.session),
            "worker": str(ground.one.pk),
            "content": "补写接案记录",
            "due_on": "2022-03-20",
        },
    )
    own = page(social_worker, "/mine/supervision/")
    assert "谈到了倦怠" in own
    assert "补写接案记录" in own
    assert "0.2" in own  # two hours as working days
    assert f"session={ground.session}" in own
    rating = {
        "session": str(ground.session),
        "worker": str(ground.one.pk),
        "side": "社工评督导",
        "score": "4",
    }
    social_worker.post("/r/supervision-ratings/new/", rating)
    with opened(EVERYTHING):
        assert SupervisionRating.objects.get().score == 4
    assert f"session={ground.session}" not in page(social_worker, "/mine/supervision/")
    assert "项督导任务没有完成" in page(social_worker, "/")


def test_a_question_is_answered_and_only_the_asker_accepts(
    ground: Ground, social_worker: Client, supervisor: Client
) -> None:
    ask = {
        "title": "边缘户怎么建档",
        "topic": "服务",
        "station": str(ground.station.pk),
        "asked_on": "2022-03-01",
    }
    social_worker.post("/r/questions/new/", ask)
    with opened(EVERYTHING):
        question = Question.objects.get()
    here = f"/r/questions/{question.pk}/"
    assert "还没有解答" in page(supervisor, here)
    assert f"question={question.pk}" in page(supervisor, here)
    supervisor.post(
        "/r/answers/new/",
        {
            "question": str(question.pk),
            "content": "先填认定表",
            "answered_on": "2022-03-02",
            "station": str(ground.station.pk),
        },
    )
    told = page(social_worker, here)
    assert "先填认定表" in told
    code = told.split('name="accepted" value="')[1].split('"')[0]
    url = f"/supervision/questions/{question.pk}/accept/"
    supervisor.post(url, {"accepted": code})
    assert "已采纳" not in page(supervisor, here)
    social_worker.post(url, {"accepted": code})
    assert "已采纳" in page(supervisor, here)
    assert "边缘户" in page(supervisor, "/r/questions/?q=边缘户")


def test_a_worker_signs_up_for_a_talk(ground: Ground, social_worker: Client) -> None:
    soon = timezone.localtime() + timedelta(days=3)
    with opened(EVERYTHING):
        talk = made(
            "talk-rooms", title="连线公益会客厅", region=HECHENG, starts_at=soon, mode="线上", host="省厅"
        )
    assert "连线公益会客厅" in page(social_worker, "/mine/supervision/")
    social_worker.post(f"/mine/supervision/talks/{talk}/")
    with opened(EVERYTHING):
        assert TalkSignup.objects.get().worker_id == ground.one.pk
    assert "已报名" in page(social_worker, "/mine/supervision/")


def test_the_work_page_costs_the_same_for_one_worker_and_for_three(
    ground: Ground, supervisor: Client
) -> None:
    page(supervisor, "/supervision/")  # what is looked up once
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(supervisor, "/supervision/")
        counts.append(len(asked))
        with opened(EVERYTHING):
            for name in ("白短", "陈无"):
                worker(name=name, station=ground.station.code)
    assert counts[0] == counts[1]
