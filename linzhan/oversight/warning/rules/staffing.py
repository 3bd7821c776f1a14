"""Rules about how stations are manned: RW11, RW12, RW16 of ``domain.md`` §13, and what places ask besides (SPV-03, VOL-03)."""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.oversight import parameters as named
from linzhan.oversight.enums import About, Severity, Tier
from linzhan.oversight.warning.declaring import RULES, Asked, Finding, Rule, here, sql_rule
from linzhan.workforce.api import EducationDuty, SocialWorker, education_duties, on_post

AT_ONCE: Final = 2000
HUNDRED: Final = Decimal(100)

sql_rule(
    "RW11",
    name=gettext_lazy("人员不足"),
    about=About.PROJECT,
    severity=Severity.YELLOW,
    formula=gettext_lazy(
        "项目所覆盖站点的在岗社工(加上另外派任的)一直少于合同约定的社工专业岗位数(没有的看项目总人数)，超过 {days} 日；"
        "不到约定的 {orange}% 为橙色"
    ),
    action=gettext_lazy("60 日内补足人员并备案"),
    tier=Tier.PROVIDER,
    asks={"days": named.SHORT_DAYS, "orange": named.SHORT_ORANGE},
    needs=("projects", "workers"),
    sql=f"""
    , wanted AS (
        SELECT p.id, p.region_code, p.provider_id, p.starts_on, coalesce(p.professional_posts, p.staff) AS posts,
            r.n, r.days, r.orange,
            ARRAY(SELECT c.station_id FROM procurement_projectstation c WHERE c.project_id = p.id) AS stations
        FROM procurement_serviceproject p {here("p")}
        WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status IN ('执行', '评估')
            AND %(day)s BETWEEN p.starts_on + r.days::int AND p.ends_on AND coalesce(p.professional_posts, p.staff) > 0
    ), manned AS (
        SELECT w.id, d.day, count(DISTINCT x.worker_id) AS heads
        FROM wanted w CROSS JOIN LATERAL generate_series(%(day)s::date - w.days::int, %(day)s::date, '1 day') AS d (day)
        LEFT JOIN LATERAL (
            SELECT o.subject_id AS worker_id FROM workforce_posting o
            WHERE o.station_id = ANY (w.stations) AND o.post <> '其他'
                AND (o.valid_from IS NULL OR o.valid_from <= d.day) AND (o.valid_to IS NULL OR o.valid_to > d.day)
            UNION
            SELECT a.worker_id FROM workforce_assignment a
            WHERE a.project_id = w.id AND a.stage = '在派' AND a.starts_on <= d.day
                AND (a.ends_on IS NULL OR a.ends_on >= d.day)
        ) x ON true
        WHERE cardinality(w.stations) > 0
        GROUP BY w.id, d.day
    ), short AS (
        SELECT id, max(heads) AS most, (array_agg(heads ORDER BY day DESC))[1] AS heads FROM manned GROUP BY id
    )
    SELECT w.id AS subject_id, w.id::text AS key, w.region_code, NULL::uuid AS station_id, w.provider_id,
        NULL::uuid AS person_id, CASE WHEN 100.0 * s.heads / w.posts < w.orange THEN 3 ELSE 2 END AS severity,
        %(day)s::date - w.days::int AS since, w.n,
        jsonb_build_object('heads', s.heads, 'posts', w.posts, 'days', w.days, 'orange', w.orange) AS facts,
        jsonb_build_array(jsonb_build_array('projects', w.id)) AS rows
    FROM wanted w JOIN short s USING (id) WHERE s.most < w.posts
    """,
    told=lambda f: _("在岗 %(heads)s 人，合同约定 %(posts)s 人，不足已超过 %(days)s 日") % f,
)

sql_rule(
    "RW12",
    name=gettext_lazy("持证不足"),
    about=About.STATION,
    severity=Severity.YELLOW,
    formula=gettext_lazy("运营的乡镇街道社工站，在岗持证社工少于当地规定的人数；当地没有规定的不判断"),
    action=gettext_lazy("提出补充持证社工或组织考证的计划"),
    tier=Tier.PROVIDER,
    asks={"least": named.CERTIFIED_STAFF},
    needs=("stations", "workers"),
    sql=f"""
    SELECT s.id AS subject_id, s.id::text AS key, s.region_code, s.id AS station_id, s.provider_id,
        NULL::uuid AS person_id, 2 AS severity, NULL::date AS since, r.n,
        jsonb_build_object('holders', x.holders, 'heads', x.heads, 'least', r.least) AS facts,
        jsonb_build_array(jsonb_build_array('stations', s.id)) AS rows
    FROM network_station s {here("s")}
    JOIN LATERAL (
        SELECT count(DISTINCT o.subject_id) AS heads, count(DISTINCT o.subject_id) FILTER (WHERE EXISTS (
            SELECT FROM workforce_certificate c
            WHERE c.worker_id = o.subject_id AND coalesce(c.passed_on, c.stated_from) <= %(day)s)) AS holders
        FROM workforce_posting o
        WHERE o.station_id = s.id AND o.post <> '其他' AND (o.valid_from IS NULL OR o.valid_from <= %(day)s)
            AND (o.valid_to IS NULL OR o.valid_to > %(day)s)
    ) x ON true
    WHERE s.region_code >= %(low)s AND s.region_code < %(high)s AND s.status = '运营' AND s.tier = '乡镇街道社工站'
        AND x.holders < r.least
    """,
    told=lambda f: _("在岗 %(heads)s 人，持证 %(holders)s 人，当地规定不少于 %(least)s 人") % f,
)


def behind_with_hours(asked: Asked) -> Iterator[Finding]:
    """RW16: what is left to do is more than an even pace leaves room for, or the term ends with too little done."""
    low, high = asked.bounds
    posted = on_post(asked.on).filter(region_code__gte=low, region_code__lt=high).values("subject_id")
    workers = SocialWorker.objects.filter(pk__in=posted).order_by("pk").iterator(chunk_size=AT_ONCE)
    while some := list(islice(workers, AT_ONCE)):
        known = {each.pk: each for each in some}
        for duty in education_duties(some, asked.on):
            worker = known[duty.worker_id]
            if _crossed(duty, worker.region_code, asked):
                yield _hours(duty, worker, asked)


def _crossed(duty: EducationDuty, region: str, asked: Asked) -> bool:
    """Whether more is left than an even pace leaves room for; a term that is over is RW17's."""
    pace, notice, least = (asked.thresholds.at(region, name) for name in ("pace", "notice", "done"))
    days = (duty.window.until - asked.on).days
    if duty.met or days < 0 or pace is None:
        return False
    if HUNDRED * (duty.needed - duty.done) > pace * days / duty.window.days * duty.needed:
        return True
    return (
        notice is not None
        and least is not None
        and days <= notice
        and HUNDRED * duty.done < least * duty.needed
    )


def _hours(duty: EducationDuty, worker: SocialWorker, asked: Asked) -> Finding:
    facts = {
        "rule": duty.rule,
        "needed": f"{duty.needed.normalize():f}",
        "done": f"{duty.done.normalize():f}",
        "until": duty.window.until.isoformat(),
        "left": max(0, (duty.window.until - asked.on).days),
    }
    return Finding(
        key=f"{worker.pk}|{duty.rule}",
        region_code=worker.region_code,
        severity=1,
        message=_("%(rule)s：应修 %(needed)s 学时，已修 %(done)s 学时，到 %(until)s 还有 %(left)s 日")
        % facts,
        subject_id=worker.pk,
        station_id=worker.station_id,
        provider_id=worker.provider_id,
        person_id=worker.pk,
        clause=duty.authority.citation,
        rulings={"education": duty.authority.record()},
        facts=facts,
        rows=(("workers", str(worker.pk)),),
        rows_count=1,
    )


RULES.add(
    Rule(
        code="RW16",
        name=gettext_lazy("继续教育落后"),
        about=About.WORKER,
        severity=Severity.BLUE,
        formula=gettext_lazy(
            "剩下的学时多于按剩余时间匀速应修的学时；或登记期届满前 {notice} 日内完成不到 {done}%；没有登记培训的县不判断"
        ),
        action=gettext_lazy("机构安排培训，本人按计划完成"),
        tier=Tier.PROVIDER,
        asks={
            "pace": named.EDUCATION_PACE,
            "notice": named.EDUCATION_NOTICE,
            "done": named.EDUCATION_DONE,
        },
        needs=("workers",),
        any_of=("trainings", "education-credits"),
        ask=behind_with_hours,
    )
)

sql_rule(
    "RW32",
    name=gettext_lazy("督导形式不全"),
    about=About.STATION,
    severity=Severity.YELLOW,
    formula=gettext_lazy(
        "当地规定每月个别督导和团体(集中)督导次数的，上一个月站点的次数没有达到；没有规定的不判断"
    ),
    action=gettext_lazy("本月补上缺的一种督导"),
    tier=Tier.COUNTY,
    asks={"individual": named.INDIVIDUAL_SESSIONS, "team": named.GROUP_SESSIONS},
    needs=("supervisions", "stations"),
    sql=f"""
    , month AS (
        SELECT (date_trunc('month', %(day)s::date + 1) - interval '1 month')::date AS first_on,
            date_trunc('month', %(day)s::date + 1)::date - 1 AS last_on
    ), held AS (
        SELECT a.station_id, count(*) FILTER (WHERE s.form = '个别') AS individual,
            count(*) FILTER (WHERE s.form = '团体') AS team, count(*) FILTER (WHERE s.form = '') AS unsaid
        FROM workforce_supervisedstation a JOIN workforce_supervision s ON s.id = a.session_id, month m
        WHERE a.region_code >= %(low)s AND a.region_code < %(high)s AND a.held_on BETWEEN m.first_on AND m.last_on
        GROUP BY a.station_id
    )
    SELECT s.id AS subject_id, s.id::text AS key, s.region_code, s.id AS station_id, s.provider_id,
        NULL::uuid AS person_id, 2 AS severity, m.first_on AS since, r.n,
        jsonb_build_object('month', to_char(m.first_on, 'YYYY-MM'), 'individual', coalesce(h.individual, 0),
            'team', coalesce(h.team, 0), 'unsaid', coalesce(h.unsaid, 0), 'most', r.individual, 'group', r.team) AS facts,
        jsonb_build_array(jsonb_build_array('stations', s.id)) AS rows
    FROM network_station s {here("s")} CROSS JOIN month m LEFT JOIN held h ON h.station_id = s.id
    WHERE s.region_code >= %(low)s AND s.region_code < %(high)s AND s.status = '运营' AND s.tier = '乡镇街道社工站'
        AND EXISTS (SELECT FROM network_stationstate t WHERE t.subject_id = s.id AND t.status = '运营'
            AND (t.valid_from IS NULL OR t.valid_from <= m.first_on) AND (t.valid_to IS NULL OR t.valid_to > m.last_on))
        AND (coalesce(h.individual, 0) < r.individual OR coalesce(h.team, 0) < r.team)
    """,
    told=lambda f: (
        _("%(month)s 个别督导 %(individual)s 次(每月 %(most)s 次)，团体督导 %(team)s 次(每月 %(group)s 次)")
        % f
        + (_("；另有 %(unsaid)s 次没有写明形式") % f if f["unsaid"] else "")
    ),
)

sql_rule(
    "RW33",
    name=gettext_lazy("志愿者发展不足"),
    about=About.WORKER,
    severity=Severity.BLUE,
    formula=gettext_lazy(
        "当地规定每名社工须发展的志愿者人数，运营站点的在岗社工各自联系的志愿者没有达到(不按站平均)；没有规定的不判断，"
        "一名志愿者都没有写明联系社工的县不判断"
    ),
    action=gettext_lazy("站点支持这名社工发展和培训志愿者"),
    tier=Tier.STATION,
    asks={"least": named.VOLUNTEERS_PER_WORKER},
    needs=("volunteers", "workers"),
    sql=f"""
    , held AS (
        SELECT worker_id, count(*) AS number FROM linkage_volunteer
        WHERE region_code >= %(low)s AND region_code < %(high)s AND worker_id IS NOT NULL AND registered_on <= %(day)s
            AND station_id IS NOT NULL
        GROUP BY worker_id
    ), told AS (
        SELECT DISTINCT left(w.region_code, 6) AS county FROM held h JOIN workforce_socialworker w ON w.id = h.worker_id
    )
    SELECT w.id AS subject_id, w.id::text AS key, w.region_code, w.station_id, w.provider_id, w.id AS person_id,
        1 AS severity, NULL::date AS since, r.n,
        jsonb_build_object('number', coalesce(h.number, 0), 'least', r.least) AS facts,
        jsonb_build_array(jsonb_build_array('workers', w.id)) AS rows
    FROM workforce_socialworker w JOIN told t ON t.county = left(w.region_code, 6)
        JOIN network_station s ON s.id = w.station_id AND s.status = '运营' {here("w")}
    LEFT JOIN held h ON h.worker_id = w.id
    WHERE w.region_code >= %(low)s AND w.region_code < %(high)s AND w.post IN ('站长', '一线社工', '项目主管')
        AND w.hired_on <= %(day)s AND (w.left_on IS NULL OR w.left_on > %(day)s) AND coalesce(h.number, 0) < r.least
    """,
    told=lambda f: _("联系志愿者 %(number)s 名，当地规定每名社工不少于 %(least)s 名") % f,
)
