"""RW11, RW12, RW13, RW16–RW18, RW32, RW33: each with one that fires and one beside it that does not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from linzhan.casework.api import Resident
from linzhan.casework.api.cases import CaseFile
from linzhan.kernel.secrecy import blind_index
from linzhan.network.api import Station
from linzhan.oversight import parameters as named
from linzhan.providers.models import Sanction
from linzhan.workforce.api import SocialWorker
from tests.factories.cases import case_file
from tests.factories.casework import resident, volunteer
from tests.factories.network import station
from tests.factories.places import CHENGNAN, HECHENG
from tests.factories.policy import stated
from tests.factories.procurement import project
from tests.factories.providers import provider
from tests.factories.rows import made
from tests.factories.workforce import identity_number, save_session, save_training, worker
from tests.oversight.conftest import ON, found

pytestmark = pytest.mark.usefixtures("hunan")


HOLDER: dict[str, Any] = {"certificate": "社会工作师", "passed_on": "2019-06-01"}


def _only(**values: Any) -> dict[str, Any]:
    """Those that are said."""
    return {name: value for name, value in values.items() if value is not None}


@pytest.fixture
def town(hunan: None) -> Station:
    return station(name="坨院街道社工站")


def test_rw11_fewer_people_than_the_contract_says_for_a_fortnight(town: Station) -> None:
    other, third = station(CHENGNAN), station()
    short = project(professional_posts=2, stations=(town.code,))
    project(professional_posts=2, stations=(other.code,))
    project(professional_posts=1, stations=(third.code,))
    worker(station=town.code)
    worker(station=town.code, left_on="2021-12-01")
    for left in (None, "2021-12-25"):  # the second is gone for six days only
        worker(station=other.code, **_only(left_on=left))
    worker(station=third.code)
    [one] = found("RW11")
    assert (one.subject_id, one.severity, one.facts["heads"], one.facts["posts"]) == (short, 3, 1, 2)


def test_rw12_too_few_certificates_where_the_place_asks_for_some(town: Station) -> None:
    other = station(CHENGNAN)
    for at, holders in ((town, 1), (other, 2)):
        for n in range(2):
            worker(
                station=at.code,
                **(HOLDER if n < holders else {}),
            )
    assert found("RW12") == []  # nobody here decided how many
    stated(named.CERTIFIED_STAFF, 2, HECHENG)
    [one] = found("RW12")
    assert (one.subject_id, one.facts["holders"]) == (town.pk, 1)


def test_rw13_a_contract_that_loses_its_people_and_the_card_that_was_given(town: Station) -> None:
    """The year of the institution is calm: it has many others elsewhere (RSK-04)."""
    one, other = provider(), station(CHENGNAN)
    for _ in range(9):
        worker(provider=one.uscc, station=other.code)
    for n in range(5):
        worker(provider=one.uscc, station=town.code, **_only(left_on="2021-07-01" if n < 2 else None))
    cycle = project(provider=one.uscc, stations=(town.code,))
    project(provider=one.uscc, stations=(other.code,))
    [raised] = found("RW13")
    assert (raised.subject_id, raised.about, raised.facts["gone"]) == (cycle, "项目", 2)
    assert "尚未作黄牌警告" in raised.message
    Sanction.objects.create(
        region_code=HECHENG, provider_id=one.pk, code="HP-1", kind="黄牌警告", stage="生效", authority="市民政局",
        facts="人员变动较大", document="办法", decided_on="2021-09-01", starts_on="2021-09-01",
    )  # fmt: skip
    [raised] = found("RW13")
    assert "2021-09-01 已作黄牌警告" in raised.message


def test_rw16_hours_that_lag_behind_the_time_that_is_left(town: Station) -> None:
    numbers = [identity_number() for _ in range(3)]
    people = [
        worker(
            identity_number=n,
            station=town.code,
            certificate="社会工作师",
            passed_on="2019-06-01",
            registered_until=until,
        )
        for n, until in zip(numbers, ("2023-06-30", "2023-06-30", "2022-03-31"), strict=True)
    ]
    assert not save_training(hours="50", starts_on="2021-04-21", workers=tuple(numbers[:1])).faults
    assert not save_training(hours="20", starts_on="2021-05-21", workers=tuple(numbers[1:])).faults
    raised = {each.subject_id: each for each in found("RW16") if "登记周期" in each.facts["rule"]}
    assert set(raised) == {people[1].pk, people[2].pk}
    assert found("RW16", pace=10_000, done=10) == []


def vetting(of: SocialWorker, code: str, answered: str, result: str = "未发现") -> None:
    made(
        "vettings", code=code, worker=of.pk, kind="年度查询", requested_on=answered, answered_on=answered, result=result
    )  # fmt: skip


def test_rw17_who_works_with_children_is_vetted_every_year(town: Station) -> None:
    numbers = [identity_number() for _ in range(5)]
    expired, soon, fine, never, adults = (worker(identity_number=n, station=town.code) for n in numbers)
    vetting(expired, "CX-1", "2020-06-01")
    vetting(soon, "CX-2", "2021-01-20")
    vetting(fine, "CX-3", "2021-06-01")
    child: dict[str, Any] = {"born_on": "2012-05-01"}
    grown: dict[str, Any] = {"born_on": "1950-05-01"}
    for number, who in zip(numbers, (child, child, child, child, grown), strict=True):
        one = resident(town, **who)
        of = SocialWorker.objects.get(identity_number_index=blind_index(number))
        Resident.objects.filter(pk=one).update(worker_id=of.pk)
    raised = {each.subject_id: each.severity for each in found("RW17")}
    assert raised == {expired.pk: 4, soon.pk: 2, never.pk: 4}
    assert adults.pk not in raised
    vetting(fine, "CX-4", "2021-12-01", "不得从事")
    barred = next(each for each in found("RW17") if each.subject_id == fine.pk)
    assert barred.severity == 4
    assert "不得从事" not in barred.message  # what an inquiry found is told to nobody here


def test_rw18_more_cases_than_one_can_do_well(town: Station) -> None:
    busy, free = (worker(station=town.code) for _ in range(2))
    for of, number in ((busy, 3), (free, 2)):
        for _ in range(number):
            case_file(town, of, resident(town))
    CaseFile.objects.update(stage="介入", opened_on=ON)
    [one] = found("RW18", cases=2)
    assert (one.subject_id, one.about, one.person_id) == (busy.pk, "社工", busy.pk)
    assert found("RW18") == []


def test_rw18_more_visits_than_a_month_has_room_for(town: Station) -> None:
    numbers = [identity_number() for _ in range(2)]
    busy, free = (worker(identity_number=n, station=town.code) for n in numbers)
    for number, residents in zip(numbers, (3, 2), strict=True):
        for _ in range(residents):
            resident(town, risk="高风险", worker=number)  # a visit a week: 4.3 a month
    stated(named.VISITS_PER_WORKER, 10, HECHENG)
    [one] = found("RW18")
    assert (one.subject_id, one.facts["visits"], one.facts["most"]) == (busy.pk, 13, 10)
    assert free.pk != busy.pk


def test_rw32_a_month_with_one_form_of_supervision_only(town: Station) -> None:
    other = station(CHENGNAN)
    save_session(other, held_on="2021-12-06", form="个别")
    save_session(other, town, held_on="2021-12-07", form="团体")
    assert found("RW32") == []  # nobody here asks for it
    stated(named.INDIVIDUAL_SESSIONS, 1, HECHENG)
    stated(named.GROUP_SESSIONS, 1, HECHENG)
    [one] = found("RW32")
    assert (one.subject_id, one.facts["individual"], one.facts["team"]) == (town.pk, 0, 1)
    assert "2021-12" in one.message
    assert len(found("RW32", ON - timedelta(days=1))) == 2  # December is not over: it was November's turn


def test_rw33_each_worker_not_the_mean_of_the_station(town: Station) -> None:
    numbers = [identity_number() for _ in range(2)]
    many, few = (worker(identity_number=n, station=town.code) for n in numbers)
    stated(named.VOLUNTEERS_PER_WORKER, 2, HECHENG)
    for _ in range(4):
        volunteer(town)
    assert found("RW33") == []  # nobody wrote down whose they are
    for number in (numbers[0],) * 3 + (numbers[1],):
        volunteer(town, worker=number)
    [one] = found("RW33")
    assert (one.subject_id, one.facts["number"], one.facts["least"]) == (few.pk, 1, Decimal(2))
    assert many.pk != few.pk
