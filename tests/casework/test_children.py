"""Whoever answers for a child is vetted: at a case's intake, at assignment, transfer and handover (domain.md §3.5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.casework import children
from linzhan.casework.api.cases import APPROVE_CASES, CASE_FILES, EDIT_CASES, CaseFile
from linzhan.casework.models import HandoverLine, Resident
from linzhan.casework.transfers import services
from linzhan.casework.transfers.enums import Consent
from linzhan.casework.transfers.services import ConsentGiven, TransferRefused
from linzhan.kernel.checks import StepStopped
from linzhan.kernel.registers.stepping import take, taken_of
from linzhan.kernel.scope import EVERYTHING, Scope, opened, scope
from linzhan.network.api import Station
from linzhan.workforce.api import OVERRULE_STAFFING, SocialWorker
from tests.factories.cases import case_file
from tests.factories.casework import resident
from tests.factories.network import station
from tests.factories.places import CHENGNAN, TUOYUAN
from tests.factories.workforce import vetted, worker

pytestmark = pytest.mark.usefixtures("hunan")
START = date(2020, 1, 1)
LAW = "《未成年人保护法》第六十二条"


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are run by nobody here."""
    monkeypatch.setattr("linzhan.kernel.jobs.running.run_job.defer", lambda **_given: 1)


def years_ago(years: int) -> str:
    return (timezone.localdate() - timedelta(days=round(365.25 * years))).isoformat()


def at(region: str = TUOYUAN) -> Station:
    return station(region, opened_on=START.isoformat(), today=START, status="运营")


def employed(where: Station, result: str = "") -> SocialWorker:
    """Somebody at a station; ``result`` of an inquiry of last month, if one was made."""
    one = worker(station=where.code, hired_on="2020-01-01")
    if result:
        vetted(one, result)
    return one


def child(where: Station, **values: object) -> UUID:
    return resident(where, today=START, born_on=years_ago(10), **values)


def intake(case: UUID, *rights: str, **more: str) -> None:
    given = {"source": "自求", "consented_on": "2022-01-05", "consent_by": "监护人", "consent_method": "签字"}
    take(CASE_FILES, case, "intake", {**given, **more}, rights={EDIT_CASES, *rights})


def of(*stations: Station) -> Scope:
    return Scope(stations=tuple(str(each.pk) for each in stations))


@pytest.mark.parametrize("result", ["", "不得从事", "待回复"])
def test_nobody_takes_on_a_childs_case_without_a_clear_inquiry_and_nobody_may_overrule(result: str) -> None:
    here = at()
    case = case_file(here, employed(here, result), child(here), problem="常缺课")
    with pytest.raises(StepStopped, match="没有有效的从业查询") as stopped:
        intake(case, APPROVE_CASES, OVERRULE_STAFFING, overrule="人手不够")
    told = next(each for each in stopped.value.found if each.key == "vetting")
    assert LAW in told.clause
    assert not told.overrule
    assert "任何人不能例外" in told.words
    assert "不允许" not in told.words  # what an inquiry found is nobody else's business
    assert CaseFile.objects.get(pk=case).stage == "草稿"


def test_a_vetted_worker_takes_the_case_on_and_the_log_keeps_the_check() -> None:
    here = at()
    case = case_file(here, employed(here, "未发现"), child(here), problem="常缺课")
    intake(case)
    entry = taken_of(CASE_FILES, case)[-1]
    assert [(each["key"], each["outcome"]) for each in entry.checks if each["key"] == "vetting"] == [
        ("vetting", "通过")
    ]


def test_a_case_of_earlier_is_covered_by_the_answer_of_its_day_unless_one_forbids_it_since() -> None:
    here = at()
    one, day = employed(here), timezone.localdate() - timedelta(500)
    vetted(one, days_ago=510)
    told = {"problem": "常缺课", "opened_on": day.isoformat()}
    intake(case_file(here, one, child(here), **told))
    with pytest.raises(StepStopped, match="从业查询"):
        intake(case_file(here, one, child(here), problem="常缺课"))  # taken on today
    vetted(one, "不得从事", days_ago=3)
    with pytest.raises(StepStopped, match="从业查询"):
        intake(case_file(here, one, child(here), **told))


def test_an_adults_case_asks_for_no_inquiry_but_a_family_with_a_child_does() -> None:
    here = at()
    one, grown = employed(here), resident(here, today=START, born_on=years_ago(40))
    alone = case_file(here, one, grown, problem="失业")
    intake(alone, consent_by="本人")
    family = case_file(here, one, grown, problem="亲子冲突", members=(child(here),))
    with pytest.raises(StepStopped, match="从业查询"):
        intake(family, consent_by="本人")


def test_without_a_date_of_birth_a_category_of_children_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    here = at()
    undated = resident(here, today=START)

    class Category:
        code, kind = "VF01", "C"

    assert not children.children_among([undated], timezone.localdate())
    monkeypatch.setattr(children, "resident_categories", lambda _region, _on: [Category])
    assert [each.pk for each in children.children_among([undated], timezone.localdate())] == [undated]


def test_assigning_a_child_names_the_clause_and_changes_nothing() -> None:
    here = at()
    unasked, clear = employed(here), employed(here, "未发现")
    person = child(here)
    with scope(of(here)):
        with pytest.raises(TransferRefused, match="这位对象未满 18 周岁.*" + LAW):
            services.assign([person], worker=unasked.pk)
        assert Resident.objects.get(pk=person).worker_id is None
        assert services.assign([person], worker=clear.pk) == 1


def test_a_handover_says_which_child_cannot_go_to_whom() -> None:
    here = at()
    first, unasked, clear = employed(here, "未发现"), employed(here), employed(here, "未发现")
    young = child(here, worker=first.pk, name="欧阳小敏")
    grown = resident(here, today=START, born_on=years_ago(70), worker=first.pk)
    order: Callable[[UUID], object] = lambda to: services.hand_over(  # noqa: E731 -- said twice below
        first.pk, receivers={young: to, grown: unasked.pk}, reason="离职", note="约好周五"
    )
    with pytest.raises(TransferRefused, match=r"欧阳.*未满 18 周岁"):
        order(unasked.pk)
    order(clear.pk)
    assert HandoverLine.objects.get(resident=young).to_worker_id == clear.pk


def test_a_station_that_accepts_a_child_names_somebody_vetted() -> None:
    here, there = at(TUOYUAN), at(CHENGNAN)
    unasked, clear = employed(there), employed(there, "未发现")
    person = child(here, worker=employed(here, "未发现").pk)
    agreed = ConsentGiven(Consent.GUARDIAN, on=START)
    with scope(of(here)):
        asked = services.ask(person, to_station=there.pk, reason="随父母搬家", consent=agreed)
    with scope(of(there)):
        with pytest.raises(TransferRefused, match="这位对象未满 18 周岁"):
            services.accept(asked.pk, worker=unasked.pk)
        services.accept(asked.pk, worker=clear.pk)
    assert Resident.objects.get(pk=person).worker_id == clear.pk


def test_many_children_cost_as_many_questions_as_one() -> None:
    here = at()
    workers = [employed(here, "未发现") for _ in range(3)]
    answering = {child(here): workers[number % 3].pk for number in range(6)}
    costs = []
    for some in (dict(list(answering.items())[:1]), answering):
        with opened(EVERYTHING), CaptureQueriesContext(connection) as asked:
            assert children.refused(some, timezone.localdate()) == ""
        costs.append(len(asked))
    assert costs[0] == costs[1]
