"""Records are returned, corrected, voided, and closed month by month (SVC-15; ``domain.md`` §7)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from linzhan.casework.models import MonthLock, MonthUnlock, RecordResident, ServiceRecord, VisitDetail
from linzhan.casework.review.locking import lock_months
from linzhan.casework.review.rules import due_to_lock, entered, previous_month
from linzhan.casework.rights import EDIT_RECORDS, REVIEW_RECORDS
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.registers.writing import save, save_one
from linzhan.kernel.scope import Actor, Scope, acting, opened
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.policy.api import casework
from tests.factories.casework import record, resident
from tests.factories.figures import value
from tests.factories.network import station
from tests.factories.places import HECHENG, TUOYUAN, ZHONGFANG
from tests.factories.policy import stated
from tests.factories.workforce import worker

pytestmark = pytest.mark.usefixtures("hunan")

RECORDS = REGISTERS["service-records"]
LEAD = frozenset({REVIEW_RECORDS, EDIT_RECORDS})
WORKER = frozenset({EDIT_RECORDS})
MAY = date(2021, 5, 1)


def require_review(region: str) -> None:
    stated(casework.REVIEW_REQUIRED, True, region)


def stands(row: UUID) -> str:
    return str(ServiceRecord.objects.values_list("status", flat=True).get(pk=row))


def visit(at: Station, **values: Any) -> UUID:
    return record(at, worker(station=at.code).pk, **values)


def visits() -> int | None:
    found = value("services.visits", HECHENG, period="2021-05")
    return None if found is None else int(found)


def lock(region: str = HECHENG, month: str = "2021-05", **values: Any) -> None:
    assert not save_one(REGISTERS["month-locks"], {"region": region, "month": month, **values}).faults


def unlock(at: Station, days: int = 3) -> None:
    until = (timezone.localdate() + timedelta(days=days)).isoformat()
    row = {"station": at.code, "month": "2021-05", "until_on": until, "reason": "补录手工台账"}
    assert not save_one(REGISTERS["month-unlocks"], row).faults


def test_a_returned_record_no_longer_counts_and_counts_again_when_it_was_accepted() -> None:
    one = visit(station())
    assert (stands(one), visits()) == ("已通过", 1)
    take(RECORDS, one, "return", {"returned_reason": "时间填错了"}, rights=LEAD)
    assert (stands(one), visits()) == ("已退回", 0)
    assert ServiceRecord.objects.get(pk=one).returned_reason == "时间填错了"
    take(RECORDS, one, "resubmit", rights=WORKER)
    assert (stands(one), visits()) == ("待审核", 0)
    with acting(Actor(id="00000000-0000-0000-0000-00000000000a", label="站长")):
        take(RECORDS, one, "accept", rights=LEAD)
    assert (stands(one), visits()) == ("已通过", 1)


def test_a_return_says_why() -> None:
    one = visit(station())
    with pytest.raises(StepRefused, match="退回原因"):
        take(RECORDS, one, "return", {"returned_reason": " "}, rights=LEAD)


def test_a_worker_neither_returns_nor_voids() -> None:
    one = visit(station())
    for name in ("return", "void"):
        with pytest.raises(StepRefused, match="权限"):
            take(RECORDS, one, name, {"returned_reason": "重复"}, rights=WORKER)


def test_a_voided_record_stays_and_is_counted_nowhere() -> None:
    one = visit(station())
    take(RECORDS, one, "void", {"returned_reason": "记到了别人名下"}, rights=LEAD)
    assert (stands(one), visits(), ServiceRecord.objects.count()) == ("已作废", 0, 1)
    with pytest.raises(StepRefused, match="最终状态"):
        take(RECORDS, one, "accept", rights=LEAD)


def test_where_records_are_looked_at_first_a_new_one_waits_and_nobody_accepts_their_own() -> None:
    require_review(HECHENG)
    with acting(Actor(id="00000000-0000-0000-0000-00000000000b", label="社工")):
        one = visit(station())
        assert (stands(one), visits()) == ("待审核", 0)
        with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
            take(RECORDS, one, "accept", rights=LEAD)
    take(RECORDS, one, "accept", rights=LEAD)
    assert (stands(one), visits()) == ("已通过", 1)
    code = ServiceRecord.objects.get(pk=one).code
    changed = {"id": one, "code": code, "content": "改了内容"}
    assert not save([Incoming.of(RECORDS, [{**kept(one), **changed}])])[0].faults
    assert stands(one) == "待审核"


def kept(row: UUID) -> dict[str, Any]:
    """What the register requires of a row, as stored."""
    at = ServiceRecord.objects.get(pk=row)
    return {
        "method": at.method,
        "started_at": at.started_at,
        "ended_at": at.ended_at,
        "station": at.station_id,
        "workers": tuple(named.worker_id for named in workers_of(row)),
        "content": at.content,
    }


def workers_of(row: UUID) -> Any:
    from linzhan.casework.models import RecordWorker

    return RecordWorker.objects.filter(record=row)


def test_other_places_count_at_once() -> None:
    require_review(ZHONGFANG)
    assert stands(visit(station())) == "已通过"


def test_nothing_is_entered_changed_returned_or_voided_in_a_closed_month() -> None:
    at = station()
    one = visit(at)
    lock()
    refused = save_one(
        RECORDS,
        {**kept(one), "code": "NEU", "started_at": "2021-05-20 09:00", "ended_at": "2021-05-20 10:00"},
    )
    assert "2021-05 的服务记录已经锁定" in refused.faults[1][0].message
    assert refused.faults[1][0].column == "开始时间"
    for name in ("return", "void"):
        with pytest.raises(StepRefused, match="已经锁定"):
            take(RECORDS, one, name, {"returned_reason": "重复"}, rights=LEAD)
    moved = {**kept(one), "id": one, "code": ServiceRecord.objects.get(pk=one).code}
    moved |= {"started_at": "2021-06-02 09:00", "ended_at": "2021-06-02 10:00"}
    assert save_one(RECORDS, moved).faults
    later = {**kept(one), "code": "JUNI", "started_at": "2021-06-01 00:00", "ended_at": "2021-06-01 01:00"}
    assert not save_one(RECORDS, later).faults


def test_an_unlock_opens_the_month_for_one_station_until_a_day() -> None:
    at, other = station(), station()
    lock()
    unlock(at)
    assert stands(visit(at)) == "已通过"
    with pytest.raises(AssertionError, match="已经锁定"):
        visit(other)
    unlock(other, days=-1)
    with pytest.raises(AssertionError, match="已经锁定"):
        visit(other)


def test_a_lifted_lock_and_another_county_are_open() -> None:
    lock(state="解除")
    lock(ZHONGFANG)
    assert stands(visit(station())) == "已通过"


def test_the_same_row_again_is_no_change() -> None:
    at = station()
    one = visit(at)
    lock()
    again = save_one(RECORDS, {**kept(one), "code": ServiceRecord.objects.get(pk=one).code})
    assert (again.unchanged, again.faults) == (1, {})


def test_the_database_itself_refuses_a_bulk_write_in_a_closed_month() -> None:
    at = station()
    one = visit(at, residents=(resident(at),))
    detail = {"record": one, "mode": "入户"}
    assert not save_one(REGISTERS["visit-details"], detail).faults
    lock()
    writes = (
        lambda: ServiceRecord.objects.filter(pk=one).update(status="已作废"),
        lambda: ServiceRecord.objects.filter(pk=one).update(started_at=datetime(2021, 4, 1, tzinfo=UTC)),
        lambda: RecordResident.objects.filter(record=one).delete(),
        lambda: VisitDetail.objects.filter(record=one).update(mode="电话"),
        lambda: ServiceRecord.objects.filter(pk=one).delete(),
    )
    for write in writes:
        with pytest.raises(DatabaseError, match="2021-05 的服务记录已经锁定"), transaction.atomic():
            write()


def test_rows_of_a_closed_month_go_with_their_station() -> None:
    at = station()
    one = visit(at)
    lock()
    detail = {"record": one, "mode": "入户"}
    unlock(at)
    assert not save_one(REGISTERS["visit-details"], detail).faults
    MonthUnlock.objects.all().delete()
    assert ServiceRecord.objects.filter(pk=one).update(region_code=ZHONGFANG) == 1
    assert VisitDetail.objects.filter(record=one).update(region_code=ZHONGFANG) == 1


def test_a_station_feels_the_lock_of_its_county() -> None:
    at = station()
    who = worker(station=at.code).pk
    lock()
    with (
        opened(Scope(stations=(str(at.pk),)), Actor(label="站点")),
        pytest.raises(AssertionError, match="已经锁定"),
    ):
        record(at, who)


def test_a_station_cannot_lock_or_unlock() -> None:
    at = station()
    with opened(Scope(stations=(str(at.pk),)), Actor(label="站点")):
        row = {"station": at.code, "month": "2021-05", "until_on": "2099-01-01", "reason": "想补录"}
        [fault] = save_one(REGISTERS["month-unlocks"], row).faults[1]
        assert "不在您的管辖范围内" in fault.message
        assert not MonthUnlock.objects.exists()


def test_a_month_is_locked_for_a_county_and_not_for_a_town() -> None:
    found = save_one(REGISTERS["month-locks"], {"region": TUOYUAN, "month": "2021-05"})
    assert "县(市、区)锁定" in found.faults[1][0].message


def test_months_close_by_themselves_on_the_day_that_the_rulebook_says() -> None:
    stated(casework.LOCK_DAY, 5, HECHENG)
    assert lock_months(date(2021, 6, 4)) == 0
    assert lock_months(date(2021, 6, 5)) == 1
    assert lock_months(date(2021, 6, 6)) == 0
    assert list(MonthLock.objects.values_list("region_code", "month")) == [(HECHENG, MAY)]


@pytest.mark.parametrize(
    ("on", "before"), [(date(2021, 1, 31), date(2020, 12, 1)), (date(2024, 3, 31), date(2024, 2, 1))]
)
def test_the_month_before(on: date, before: date) -> None:
    assert previous_month(on) == before


def test_a_county_without_a_day_locks_nothing_by_itself() -> None:
    assert due_to_lock(date(2021, 6, 30), 0) is None


NOON = datetime(2021, 5, 10, 12, tzinfo=UTC)


def test_a_record_of_a_trusted_clock_was_written_when_the_phone_says() -> None:
    assert entered(NOON - timedelta(days=9), NOON, clock_ok=True) == NOON - timedelta(days=9)
    assert entered(NOON + timedelta(minutes=3), NOON, clock_ok=True) == NOON
    assert entered(NOON - timedelta(days=9), NOON, clock_ok=False) == NOON
    assert entered(None, NOON, clock_ok=True) == NOON
