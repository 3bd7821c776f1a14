"""The life of an alert: one for each finding, and what people and runs do with it (RSK-01, ``domain.md`` §13)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from linzhan.kernel.models import RegisterUse, StepEntry
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import possible, take
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import Actor, Scope, acting, scope
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.oversight.models import Alert, AlertRun
from linzhan.oversight.rights import DISMISS_ALERTS, HANDLE_ALERTS, SEE_ALERTS
from linzhan.oversight.warning.declaring import RULES
from linzhan.oversight.warning.keeping import raise_unnoted
from linzhan.oversight.warning.running import Ran, run
from linzhan.workforce.api import CertificateTerm
from tests.factories.network import station
from tests.factories.places import HECHENG, HUAIHUA
from tests.factories.workforce import identity_number, save_worker, worker

pytestmark = pytest.mark.usefixtures("hunan")
ON = date(2021, 12, 31)
HELD = frozenset({HANDLE_ALERTS, DISMISS_ALERTS})


@pytest.fixture
def town(hunan: None) -> Station:
    return station()


def ran(on: date = ON, rule: str = "RW17") -> Ran:
    return run(HECHENG, on, rules=[RULES[rule]], why="测试")


def expiring(town: Station, number: str, until: str = "2022-01-31") -> None:
    outcome = save_worker(
        identity_number=number, station=town.code, certificate="社会工作师", registered_until=until
    )
    assert not outcome.faults


def step(alert: UUID, name: str, **given: object) -> None:
    take(REGISTERS["alerts"], alert, name, given, rights=HELD)


def test_the_same_run_twice_changes_nothing(town: Station) -> None:
    expiring(town, identity_number())
    ran()
    one = Alert.objects.get()
    ran()
    assert Alert.objects.get() == one
    assert (one.rule, one.stage, one.severity, one.tier, one.opened_on) == ("RW17", "新发", "黄", "站点", ON)
    assert RegisterUse.objects.filter(register="alerts", region_code=HECHENG).exists()


def test_what_is_no_longer_true_is_doubted_once_and_then_closes_by_itself(town: Station) -> None:
    number = identity_number()
    expiring(town, number)
    ran()
    expiring(town, number, until="2025-01-31")
    ran(ON)
    ran(ON)
    doubted = Alert.objects.get()
    assert (doubted.stage, doubted.holds, doubted.quiet) == ("新发", False, 1)
    ran(ON + timedelta(days=1))
    closed = Alert.objects.get()
    assert (closed.stage, closed.closed_on) == ("自动关闭", ON + timedelta(days=1))
    entry = StepEntry.objects.get(row_id=closed.pk)
    assert (entry.step, entry.target) == ("lapse", "自动关闭")


def test_a_finding_that_comes_back_after_it_lapsed_is_a_new_alert(town: Station) -> None:
    number = identity_number()
    expiring(town, number)
    ran()
    expiring(town, number, until="2025-01-31")
    for later in (1, 2):
        ran(ON + timedelta(days=later))
    CertificateTerm.objects.filter(until=date(2025, 1, 31)).delete()
    ran(ON + timedelta(days=3))
    assert sorted(Alert.objects.values_list("stage", flat=True)) == ["新发", "自动关闭"]


def test_a_day_before_the_last_run_is_only_looked_at(town: Station) -> None:
    expiring(town, identity_number())
    ran()
    looked = ran(date(2021, 6, 30))
    assert looked.kept is None
    assert Alert.objects.get().checked_on == ON
    assert AlertRun.objects.count() == 1


def test_solved_but_still_true_opens_again_and_a_false_alarm_stays_closed(town: Station) -> None:
    for _ in range(2):
        expiring(town, identity_number())
    ran()
    solved, false = Alert.objects.order_by("pk")
    step(solved.pk, "note")
    step(solved.pk, "close", ending="已解决", note="已提交登记")
    step(false.pk, "dismiss", ending="误报", note="本人已退休返聘")
    ran(timezone.localdate() + timedelta(days=1))
    # by then the registration has long ended, and is true still
    stages = dict(Alert.objects.values_list("pk", "stage"))
    assert stages == {solved.pk: "新发", false.pk: "已关闭"}


def test_something_past_that_was_closed_is_not_raised_again(town: Station) -> None:
    worker(station=town.code, hired_on="2021-05-03", filed_on="2021-05-20")
    ran(rule="RW14")
    alert = Alert.objects.get()
    step(alert.pk, "work", note="约谈机构")
    step(alert.pk, "close", ending="已解决", note="已说明原因")
    Alert.objects.update(closed_on=ON)
    ran(ON + timedelta(days=5), rule="RW14")
    assert Alert.objects.get().stage == "已关闭"


def test_steps_keep_who_and_why_and_refuse_what_is_not_theirs(town: Station) -> None:
    expiring(town, identity_number())
    ran()
    alert = Alert.objects.get()
    with pytest.raises(StepRefused, match="暂缓的理由"):
        step(alert.pk, "snooze", snoozed_until=(timezone.localdate() + timedelta(days=7)).isoformat())
    with pytest.raises(StepRefused, match="最长 30 日"):
        step(alert.pk, "snooze", snoozed_until="2099-01-01", note="等体检")
    step(
        alert.pk,
        "snooze",
        snoozed_until=(timezone.localdate() + timedelta(days=7)).isoformat(),
        note="等体检",
    )
    step(alert.pk, "work", note="陪同办理")
    with pytest.raises(StepRefused, match="主管部门"):
        step(alert.pk, "close", ending="误报", note="不是")
    with acting(Actor(id=str(uuid4()), label="梁局长")):
        step(alert.pk, "dismiss", ending="接受风险", note="本人年内退休")
    told = list(StepEntry.objects.filter(row_id=alert.pk).order_by("at").values_list("step", "note"))
    assert told == [("snooze", "等体检"), ("work", "陪同办理"), ("dismiss", "本人年内退休")]
    assert Alert.objects.get().closed_on == timezone.localdate()
    row = {"stage": "新发"}
    assert [each.name for each in possible(REGISTERS["alerts"], row, {HANDLE_ALERTS})] == [
        "note",
        "work",
        "snooze",
    ]


def test_a_snooze_that_ran_out_wakes_while_it_is_true(town: Station) -> None:
    expiring(town, identity_number())
    ran()
    Alert.objects.update(stage="暂缓", snoozed_until=ON + timedelta(days=2))
    ran(ON + timedelta(days=1))
    assert Alert.objects.get().stage == "暂缓"
    ran(ON + timedelta(days=2))
    assert Alert.objects.get().stage == "已知悉"


def test_what_nobody_notes_in_time_goes_up_tier_by_tier(town: Station) -> None:
    expiring(town, identity_number())
    ran()
    first = Alert.objects.get()
    assert raise_unnoted(first.due_at - timedelta(seconds=1)) == 0
    assert raise_unnoted(first.due_at) == 1
    raised = Alert.objects.get()
    assert (raised.tier, raised.raised) == ("县级", 1)
    assert raised.due_at - first.due_at == timedelta(hours=72)
    step(raised.pk, "note")
    assert raise_unnoted(raised.due_at) == 0


def test_nobody_writes_an_alert_down(town: Station) -> None:
    outcome = save_one(REGISTERS["alerts"], {"code": "RW01-X", "station": town.code, "rule": "RW01"})
    assert "不能手工登记" in outcome.faults[1][0].message


def test_a_worker_sees_what_concerns_them_and_nothing_of_a_colleague(town: Station) -> None:
    for _ in range(2):
        expiring(town, identity_number())
    ran()
    mine = Alert.objects.first()
    assert mine is not None
    own = Scope(stations=(str(town.pk),), people=(str(mine.person_id),))
    with scope(own):
        assert [each.pk for each in Alert.objects.all()] == [mine.pk]
    with scope(Scope(stations=(str(town.pk),), circles=(SEE_ALERTS,))):
        assert Alert.objects.count() == 2
    with scope(Scope(regions=(HUAIHUA,))):
        assert Alert.objects.count() == 0


def test_a_county_that_keeps_no_base_data_keeps_its_alerts(town: Station) -> None:
    expiring(town, identity_number())
    ran()
    RegisterUse.objects.filter(register="workers").delete()
    for later in (1, 2, 3):
        ran(ON + timedelta(days=later))
    assert Alert.objects.get().stage == "新发"
