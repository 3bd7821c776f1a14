"""Call-back samples: drawn when the step is taken, and what the answers come to (``domain.md`` §14).

The caller is never one of the workers of the service. The telephone number stays on the resident's file,
masked, and is looked at there with a purpose, as always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.refusing import HookRefused
from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.kernel.scope import current_scope
from linzhan.oversight.models import Callback, CallbackSample
from linzhan.oversight.plausibility import parameters as named
from linzhan.oversight.plausibility.enums import CallStage, Said, SampleStage
from linzhan.oversight.plausibility.sampling import Service, digest_of, drawn, sample_size, wilson
from linzhan.policy.api import Parameter, ruling_for

POPULATION: Final = """
SELECT s.id, s.region_code, s.station_id, s.provider_id, n.ids, p.id, EXISTS (
    SELECT FROM oversight_plausibilityflag f WHERE f.person_id = ANY(n.ids) AND f.stage IN ('待说明', '已答复', '属实')
        AND f.rows @> jsonb_build_array(jsonb_build_array('service-records', s.id)))
FROM casework_servicerecord s
CROSS JOIN LATERAL (SELECT array_agg(r.worker_id ORDER BY r.worker_id) AS ids FROM casework_recordworker r
    WHERE r.record_id = s.id) n
CROSS JOIN LATERAL (SELECT q.id FROM casework_recordresident x JOIN casework_resident q ON q.id = x.resident_id
    WHERE x.record_id = s.id AND (q.phone <> '' OR q.guardian_phone <> '') AND q.status = '在册' ORDER BY q.id LIMIT 1) p
WHERE s.region_code >= %(low)s AND s.region_code < %(high)s AND s.status = '已通过' AND n.ids IS NOT NULL
    AND s.method IN ('探访', '个案', '咨询') AND s.outcome IN ('', '见到本人', '见到家属')
    AND s.started_at >= (%(first)s::date)::timestamp AT TIME ZONE 'Asia/Shanghai'
    AND s.started_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
"""


def callable_now(row: Mapping[str, Any]) -> str:
    """While the sample is called; and nobody asks people about their own service."""
    call = Callback.objects.select_related("sample").get(pk=row["id"])
    if call.sample.stage != SampleStage.CALLING:
        return _("这次抽样%s，结果已固定，不再登记回访") % call.sample.stage
    if {str(each) for each in call.worker_ids} & set(current_scope().people):
        return _("这是您自己提供的服务，请由其他人回访")
    return ""


def all_called(row: Mapping[str, Any]) -> str:
    """The share is told of a sample, so everybody in it was called; who was not reached is noted as such."""
    left = waiting_calls().filter(sample=row["id"]).count()
    if left:
        return _("还有 %d 条没有回访：请逐条登记回答或没有接通；抽错了的请办理“中止”") % left
    return ""


def waiting_calls() -> QuerySet[Callback]:
    """Calls that somebody still has to make."""
    return Callback.objects.filter(stage=CallStage.WAITING, sample__stage=SampleStage.CALLING)


@dataclass(frozen=True, slots=True)
class Result:
    """What a sample came to: drawn, answered, contradicted, and the interval of the share in percent."""

    drawn: int
    answered: int
    mismatched: int
    low: float
    high: float

    @property
    def rate(self) -> float | None:
        return 100 * self.mismatched / self.answered if self.answered else None


def result_of(sample: CallbackSample) -> Result:
    """The answers of a sample so far, within the reader's scope."""
    rows = list(Callback.objects.filter(sample=sample).values_list("stage", "mismatch"))
    answers = [mismatch for stage, mismatch in rows if stage == CallStage.ANSWERED]
    low, high = wilson(sum(map(bool, answers)), len(answers), _number(named.CALLBACK_Z, sample))
    return Result(len(rows), len(answers), sum(map(bool, answers)), 100 * low, 100 * high)


def _number(parameter: Parameter[Any], sample: CallbackSample) -> float:
    return float(ruling_for(parameter, region=sample.region_code, on=timezone.localdate()).value)


@stepped("callback-samples")
def follow(taken: Taken) -> None:
    """The draw makes the calls; the end says what they came to."""
    if taken.again:
        return
    sample, on = CallbackSample.objects.get(pk=taken.row_id), timezone.localdate(taken.at)
    if taken.step.name == "draw":
        _draw(sample, on)
    elif taken.step.name == "finish":
        found = result_of(sample)
        told = {
            "drawn": found.drawn,
            "answered": found.answered,
            "mismatched": found.mismatched,
            "low": f"{found.low:.1f}",
            "high": f"{found.high:.1f}",
            "rate": "—" if found.rate is None else f"{found.rate:.1f}%",
        }
        sample.finished_on = on
        sample.summary = (
            _(
                "抽取 %(drawn)s 条，接通 %(answered)s 条，与记录不符 %(mismatched)s 条，不符率 %(rate)s(区间 %(low)s%%—%(high)s%%)"
            )
            % told
        )
        sample.save(update_fields=["finished_on", "summary"])


def _draw(sample: CallbackSample, on: date) -> None:
    low, high = places.bounds(sample.region_code)
    with connection.cursor() as cursor:
        cursor.execute(
            POPULATION, {"low": low, "high": high, "first": sample.begins_on, "last": sample.ends_on}
        )
        rows = {str(row[0]): row for row in cursor.fetchall()}
    services = [Service(key, str(row[4][0]), row[6]) for key, row in rows.items()]
    if not services:
        raise HookRefused(_("这段时间没有留了电话的服务对象的记录，无从回访；请改服务日期或先补登联系电话"))
    z, p, e = (
        _number(named.CALLBACK_Z, sample),
        _number(named.CALLBACK_RATE, sample) / 100,
        _number(named.CALLBACK_ERROR, sample) / 100,
    )
    each = int(_number(named.CALLBACK_EACH, sample))
    found = drawn(services, sample.seed, sample_size(len(services), z, p, e), each)
    Callback.objects.bulk_create(
        [_call(sample, rows[one.id], number) for number, one in enumerate(found, 1)], batch_size=1000
    )
    sample.population, sample.size, sample.drawn_on = len(services), len(found), on
    sample.digest = digest_of(found)
    sample.save(update_fields=["population", "size", "drawn_on", "digest"])


def _call(sample: CallbackSample, row: tuple[Any, ...], number: int) -> Callback:
    record, region, station, provider, workers, resident, flagged = row
    identity: UUID = uuid7()
    return Callback(
        id=identity,
        sample=sample,
        code=f"{sample.code}-{number:04d}",
        record_id=record,
        region_code=region,
        station_id=station,
        provider_id=provider,
        worker_ids=workers,
        resident_id=resident,
        flagged=flagged,
    )


@stepped("callbacks")
def judge(taken: Taken) -> None:
    """Whether what was said contradicts the record; who was not content has not contradicted it."""
    if taken.again:
        return
    said = [taken.row[name] for name in ("visited", "same_day", "same_service")]
    reached = taken.target == CallStage.ANSWERED
    Callback.objects.filter(pk=taken.row_id).update(
        mismatch=Said.NO.value in said if reached else None,
        called_on=timezone.localdate(taken.at),
    )
