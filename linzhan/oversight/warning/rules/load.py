"""RW18 of ``domain.md`` §13: nobody carries more than can be done well, and nobody works without supervision (RSK-01).

A load is held against the place's own line, never against another worker's (``domain.md`` §1).
"""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api.visits import monthly_visits, most_visits_of_one, registered
from linzhan.oversight import parameters as named
from linzhan.oversight.enums import About, Severity, Tier
from linzhan.oversight.warning.declaring import RULES, Asked, Finding, Rule, here, in_sql, local, together
from linzhan.policy.api import ruling_for
from linzhan.workforce.api import SocialWorker

UNSUPERVISED: Final = f"""
    , held AS (
        SELECT station_id, max(held_on) AS last_on FROM workforce_supervisedstation
        WHERE region_code >= %(low)s AND region_code < %(high)s AND held_on <= %(day)s GROUP BY station_id
    ), active AS (
        SELECT station_id, min({local("started_at")}) AS first_on FROM casework_servicerecord
        WHERE region_code >= %(low)s AND region_code < %(high)s AND status = '已通过'
            AND started_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
            AND started_at >= (%(day)s::date - (SELECT max(back)::int FROM ruled))::timestamp AT TIME ZONE 'Asia/Shanghai'
        GROUP BY station_id HAVING max({local("started_at")}) > %(day)s::date - (SELECT max(gap)::int FROM ruled)
    )
    SELECT s.id AS subject_id, s.id::text AS key, s.region_code, s.id AS station_id, s.provider_id,
        NULL::uuid AS person_id, 2 AS severity, coalesce(h.last_on, a.first_on) AS since, r.n,
        jsonb_build_object('last', h.last_on, 'days', %(day)s::date - coalesce(h.last_on, a.first_on), 'gap', r.gap,
            'since', a.first_on, 'workers', coalesce(jsonb_array_length(w.rows), 0)) AS facts,
        jsonb_build_array(jsonb_build_array('stations', s.id)) || coalesce(w.rows, '[]') AS rows
    FROM network_station s JOIN active a ON a.station_id = s.id LEFT JOIN held h ON h.station_id = s.id {here("s")}
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_array('workers', w.id)) AS rows FROM workforce_socialworker w
        WHERE w.station_id = s.id AND w.hired_on <= %(day)s AND (w.left_on IS NULL OR w.left_on > %(day)s)
            AND w.post <> '其他'
    ) w ON true
    WHERE s.region_code >= %(low)s AND s.region_code < %(high)s AND s.status = '运营'
        AND %(day)s::date - coalesce(h.last_on, a.first_on) > r.gap
"""
CASES: Final = f"""
    , held AS (
        SELECT worker_id, count(*) AS cases, jsonb_agg(jsonb_build_array('case-files', id) ORDER BY id) AS rows
        FROM casework_casefile
        WHERE region_code >= %(low)s AND region_code < %(high)s AND opened_on <= %(day)s
            AND stage IN ('接案', '预估', '计划', '介入', '评估', '结案审核')
        GROUP BY worker_id
    )
    SELECT w.id AS subject_id, w.id::text || '|cases' AS key, w.region_code, w.station_id, w.provider_id,
        w.id AS person_id, 2 AS severity, NULL::date AS since, r.n,
        jsonb_build_object('cases', h.cases, 'most', r.cases) AS facts, h.rows, '社工' AS about
    FROM held h JOIN workforce_socialworker w ON w.id = h.worker_id {here("w")}
    WHERE h.cases > r.cases
"""


def too_many_visits(asked: Asked) -> Iterator[Finding]:
    """The visits that the rules ask of one worker in a month; only who could pass the line is computed."""
    low, high = asked.bounds
    within = registered().filter(region_code__gte=low, region_code__lt=high, worker_id__isnull=False)
    at_least = _least(asked) / max(most_visits_of_one(asked.on), 1.0)
    many = within.order_by().values("worker_id").annotate(n=Count("pk")).filter(n__gt=int(at_least))
    busy = [each["worker_id"] for each in many]
    if not busy:
        return
    asked_of: dict[UUID, float] = defaultdict(float)
    for answering, visits in monthly_visits(within.filter(worker_id__in=busy), asked.on):
        asked_of[answering] += visits
    workers = list(SocialWorker.objects.filter(pk__in=asked_of).order_by("pk"))
    for worker in workers:
        most = asked.thresholds.at(worker.region_code, "visits")
        if most is not None and asked_of[worker.pk] > most:
            yield _visits(worker, asked_of[worker.pk], most, asked)


def _least(asked: Asked) -> float:
    return float(min(asked.thresholds.values("visits"), default=0))


def _visits(worker: SocialWorker, visits: float, most: Decimal, asked: Asked) -> Finding:
    facts = {"visits": round(visits), "most": int(most)}
    line = ruling_for(named.VISITS_PER_WORKER, region=worker.region_code, on=asked.on)
    return Finding(
        key=f"{worker.pk}|visits",
        region_code=worker.region_code,
        severity=2,
        message=_("按探访规则每月应访约 %(visits)s 次，超过 %(most)s 次") % facts,
        subject_id=worker.pk,
        station_id=worker.station_id,
        provider_id=worker.provider_id,
        person_id=worker.pk,
        clause=line.citation,
        rulings={"visits": line.record()},
        facts=facts,
        rows=(("workers", str(worker.pk)),),
        rows_count=1,
        about=About.WORKER,
    )


def _unsupervised(f: Mapping[str, Any]) -> str:
    return (
        _("上次督导在 %(last)s，已 %(days)s 日没有督导(不超过 %(gap)s 日)，在岗 %(workers)s 人") % f
        if f["last"]
        else _(
            "%(since)s 以来一直有服务，没有任何督导记录，已 %(days)s 日(不超过 %(gap)s 日)，在岗 %(workers)s 人"
        )
        % f
    )


RULES.add(
    Rule(
        code="RW18",
        name=gettext_lazy("负荷过高或督导缺失"),
        about=About.STATION,
        severity=Severity.YELLOW,
        formula=gettext_lazy(
            "一名社工在办个案超过 {cases} 个，或按探访规则每月应访超过 {visits} 次；有服务记录的运营站点超过 {gap} 日没有任何督导"
        ),
        action=gettext_lazy("站内调整分工或增派人手；安排督导"),
        tier=Tier.COUNTY,
        asks={
            "cases": named.CASES_PER_WORKER,
            "visits": named.VISITS_PER_WORKER,
            "gap": named.SUPERVISION_GAP_DAYS,
            "back": named.RECORD_BACK_DAYS,
        },
        needs=("stations",),
        any_of=("case-files", "residents", "supervisions"),
        ask=together(
            in_sql(UNSUPERVISED, _unsupervised),
            in_sql(CASES, lambda f: _("在办个案 %(cases)s 个，超过 %(most)s 个") % f),
            too_many_visits,
        ),
    )
)
