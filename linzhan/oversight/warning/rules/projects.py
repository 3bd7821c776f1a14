"""Rules about projects and their money: RW19–RW25 of ``domain.md`` §13, as far as their data are kept."""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.kernel import places
from linzhan.oversight import parameters as named
from linzhan.oversight.enums import About, MoneyStage, Severity, Tier
from linzhan.oversight.warning.declaring import RULES, Asked, Finding, Rule, here, sql_rule
from linzhan.policy.api import Ruling, consulting, ruling_for
from linzhan.procurement.api import (
    BASES,
    PROJECTS,
    FundBase,
    ProjectStatus,
    RuleHere,
    ServiceProject,
    Standing,
    rules_of,
    standings,
)

AT_ONCE: Final = 2000
WEEK: Final = timedelta(days=7)
RUNNING: Final = (ProjectStatus.SIGNED.value, ProjectStatus.RUNNING.value, ProjectStatus.EVALUATING.value)
LIVE: Final = "('签约', '执行', '评估')"
HUNDRED: Final = Decimal(100)


def lagging(asked: Asked) -> Iterator[Finding]:
    """RW19: progress lags behind time today and lagged a week ago; contracts too young for a forecast are left out."""
    low, high = asked.bounds
    projects = ServiceProject.objects.filter(
        region_code__gte=low,
        region_code__lt=high,
        status__in=RUNNING,
        starts_on__lte=asked.on,
        ends_on__gte=asked.on,
    )
    stream = projects.order_by("pk").iterator(chunk_size=AT_ONCE)
    while some := list(islice(stream, AT_ONCE)):
        yield from _lagging(some, asked)


def _lagging(projects: Sequence[ServiceProject], asked: Asked) -> Iterator[Finding]:
    behind = [each for each in standings(projects, asked.on) if _below(each, asked)]
    before = {each.project.pk: each for each in standings([each.project for each in behind], asked.on - WEEK)}
    for now in behind:
        then = before[now.project.pk]
        if then.forecast is not None and _below(then, asked):
            yield _lag(now, then, asked)


def _lines(project: ServiceProject, asked: Asked) -> dict[str, Ruling[Any]]:
    """By which clauses."""
    return {
        name: ruling_for(parameter, region=project.region_code, on=asked.on)
        for name, parameter in (("yellow", named.LAG_NOTICE), ("orange", named.LAG_ORANGE))
    }


def _below(standing: Standing, asked: Asked) -> bool:
    line = asked.thresholds.at(standing.project.region_code, "yellow")
    if standing.lag is None or standing.forecast is None or line is None:
        return False
    return standing.lag * 100 < Fraction(line)


def _lag(now: Standing, then: Standing, asked: Asked) -> Finding:
    yellow, orange = (asked.thresholds.at(now.project.region_code, name) for name in ("yellow", "orange"))
    lines = _lines(now.project, asked)
    assert now.lag is not None
    assert now.progress is not None
    facts = {
        "progress": _percent(now.progress),
        "elapsed": _percent(now.elapsed),
        "lag": _percent(now.lag),
        "before": _percent(then.lag or Fraction(0)),
        "yellow": str(yellow),
    }
    return Finding(
        key=str(now.project.pk),
        region_code=now.project.region_code,
        severity=3 if orange is not None and now.lag * 100 < Fraction(orange) else 2,
        message=_(
            "合同指标完成 %(progress)s%%，时间已过 %(elapsed)s%%，进度系数 %(lag)s%%(一周前 %(before)s%%)，低于 %(yellow)s%%"
        )
        % facts,
        subject_id=now.project.pk,
        provider_id=now.project.provider_id,
        since=then.on,
        clause="；".join(each.citation for each in lines.values()),
        rulings={name: each.record() for name, each in lines.items()},
        facts=facts,
        rows=((PROJECTS.key, str(now.project.pk)),),
        rows_count=1,
    )


def _percent(value: Fraction) -> str:
    return f"{float(value) * 100:.1f}"


RULES.add(
    Rule(
        code="RW19",
        name=gettext_lazy("进度滞后"),
        about=About.PROJECT,
        severity=Severity.YELLOW,
        formula=gettext_lazy(
            "合同指标完成率÷时间进度，今天和一周前都低于 {yellow}% 为黄色，低于 {orange}% 为橙色"
        ),
        action=gettext_lazy("承接机构提出追赶计划"),
        tier=Tier.PROVIDER,
        asks={"yellow": named.LAG_NOTICE, "orange": named.LAG_ORANGE},
        needs=("projects", "service-records"),
        money=MoneyStage.SUPERVISING,
        ask=lagging,
    )
)

sql_rule(
    "RW20",
    name=gettext_lazy("突击完成"),
    about=About.PROJECT,
    severity=Severity.YELLOW,
    formula=gettext_lazy(
        "合同期最后 {tail}% 的时间完成了全部服务的 {share}% 以上；服务不足 {least} 条的不算"
    ),
    action=gettext_lazy("抽查末段的服务记录"),
    tier=Tier.COUNTY,
    asks={
        "tail": named.RUSH_TAIL,
        "share": named.RUSH_SHARE,
        "least": named.QUALITY_RECORDS,
        "back": named.LOOK_BACK_DAYS,
    },
    needs=("projects", "service-records"),
    money=MoneyStage.SUPERVISING,
    sql=f"""
    , terms AS (
        SELECT p.id, p.code, p.region_code, p.provider_id, p.starts_on, p.ends_on, r.n, r.tail, r.share, r.least,
            p.ends_on - round((p.ends_on - p.starts_on + 1) * r.tail / 100)::int + 1 AS tail_on
        FROM procurement_serviceproject p {here("p")}
        WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status <> '终止'
            AND p.ends_on >= %(day)s::date - r.back::int
            AND p.ends_on - round((p.ends_on - p.starts_on + 1) * r.tail / 100)::int + 1 <= %(day)s
    ), counted AS (
        SELECT t.id, count(*) AS done, count(*) FILTER (
            WHERE s.started_at >= t.tail_on::timestamp AT TIME ZONE 'Asia/Shanghai') AS late
        FROM terms t JOIN casework_servicerecord s ON s.project_id = t.id AND s.status = '已通过'
            AND s.started_at >= t.starts_on::timestamp AT TIME ZONE 'Asia/Shanghai'
            AND s.started_at < (least(t.ends_on, %(day)s) + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
        GROUP BY t.id
    )
    SELECT t.id AS subject_id, t.id::text AS key, t.region_code, NULL::uuid AS station_id, t.provider_id,
        NULL::uuid AS person_id, 2 AS severity, t.tail_on AS since, t.n,
        jsonb_build_object('done', c.done, 'late', c.late, 'rate', round(100.0 * c.late / c.done, 1), 'since', t.tail_on,
            'share', t.share) AS facts,
        jsonb_build_array(jsonb_build_array('projects', t.id)) AS rows, t.ends_on < %(day)s AS past
    FROM terms t JOIN counted c USING (id)
    WHERE c.done >= t.least AND 100.0 * c.late / c.done > t.share
    """,
    told=lambda f: (
        _("合同期服务 %(done)s 条，%(since)s 起 %(late)s 条，占 %(rate)s%%(提醒线 %(share)s%%)") % f
    ),
)

SPENT: Final = """
    , spent AS (
        SELECT project_id, sum(amount) AS amount, coalesce(sum(amount) FILTER (WHERE head = '薪酬'), 0) AS salaries,
            coalesce(sum(amount) FILTER (WHERE head = '管理'), 0) AS management, count(*) AS movements
        FROM (
            SELECT id, project_id, head, amount FROM procurement_fundmovement
            WHERE kind = '支出' AND moved_on <= %(day)s AND project_id IS NOT NULL AND region_code >= %(low)s AND region_code < %(high)s
            UNION ALL
            SELECT m.id, m.project_id, m.head, -b.amount
            FROM procurement_fundreturn b JOIN procurement_fundmovement m ON m.id = b.movement_id
            WHERE b.stage = '已核准' AND m.kind = '支出' AND b.returned_on <= %(day)s AND m.project_id IS NOT NULL
                AND m.region_code >= %(low)s AND m.region_code < %(high)s
        ) AS moved GROUP BY project_id HAVING sum(amount) > 0
    ), running AS (
        SELECT p.*, 100.0 * (%(day)s::date - p.starts_on + 1) / (p.ends_on - p.starts_on + 1) AS elapsed
        FROM procurement_serviceproject p
        WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status IN ('签约', '执行', '评估')
            AND %(day)s BETWEEN p.starts_on AND p.ends_on
    )
"""
"""What was spent on the contracts that run on the day."""

sql_rule(
    "RW21",
    name=gettext_lazy("预算执行偏离"),
    about=About.PROJECT,
    severity=Severity.YELLOW,
    formula=gettext_lazy("支出占合同金额的比例与时间进度相差超过 {gap} 个百分点；没有登记支出的不算"),
    action=gettext_lazy("承接机构说明"),
    tier=Tier.PROVIDER,
    asks={"gap": named.BUDGET_GAP},
    needs=("projects", "funds"),
    money=MoneyStage.USING,
    sql=f"""
    {SPENT}
    SELECT p.id AS subject_id, p.id::text AS key, p.region_code, NULL::uuid AS station_id, p.provider_id,
        NULL::uuid AS person_id, 2 AS severity, NULL::date AS since, r.n,
        jsonb_build_object('amount', s.amount::text, 'contract', p.contract_amount::text,
            'used', round(100 * s.amount / p.contract_amount, 1), 'elapsed', round(p.elapsed, 1), 'gap', r.gap) AS facts,
        jsonb_build_array(jsonb_build_array('projects', p.id)) AS rows
    FROM running p JOIN spent s ON s.project_id = p.id {here("p")}
    WHERE p.contract_amount > 0 AND abs(100 * s.amount / p.contract_amount - p.elapsed) > r.gap
    """,
    told=lambda f: (
        _(
            "支出 %(amount)s 元，占合同金额 %(contract)s 元的 %(used)s%%；时间已过 %(elapsed)s%%，相差超过 %(gap)s 个百分点"
        )
        % f
    ),
)

sql_rule(
    "RW22",
    name=gettext_lazy("支出结构异常"),
    about=About.PROJECT,
    severity=Severity.YELLOW,
    formula=gettext_lazy("合同期过 {half}% 以后，薪酬占支出低于 {salaries}%，或管理占支出高于 {management}%"),
    action=gettext_lazy("承接机构说明"),
    tier=Tier.PROVIDER,
    asks={
        "salaries": named.SALARIES_LEAST,
        "management": named.MANAGEMENT_MOST,
        "half": named.STRUCTURE_FROM,
    },
    needs=("projects", "funds"),
    money=MoneyStage.USING,
    sql=f"""
    {SPENT}
    SELECT p.id AS subject_id, p.id::text AS key, p.region_code, NULL::uuid AS station_id, p.provider_id,
        NULL::uuid AS person_id, 2 AS severity, NULL::date AS since, r.n,
        jsonb_build_object('amount', s.amount::text, 'salaries', round(100 * s.salaries / s.amount, 1),
            'management', round(100 * s.management / s.amount, 1), 'least', r.salaries, 'most', r.management) AS facts,
        jsonb_build_array(jsonb_build_array('projects', p.id)) AS rows
    FROM running p JOIN spent s ON s.project_id = p.id {here("p")}
    WHERE p.elapsed >= r.half
        AND (100 * s.salaries / s.amount < r.salaries OR 100 * s.management / s.amount > r.management)
    """,
    told=lambda f: (
        _(
            "支出 %(amount)s 元中薪酬占 %(salaries)s%%(不低于 %(least)s%%)，管理占 %(management)s%%(不高于 %(most)s%%)"
        )
        % f
    ),
)


def over_the_cap(asked: Asked) -> Iterator[Finding]:
    """RW23: what was used of a fund against the cap of its own base; each rule for itself, no bases merged."""
    low, high = asked.bounds
    bases = FundBase.objects.filter(
        region_code__gte=low, region_code__lt=high, year__in=(asked.on.year, asked.on.year - 1)
    )
    units = sorted(
        {each for each in bases.values_list("region_code", flat=True) if places.level_of(each) <= 3}
    )
    ids = {
        (code, year, name): pk
        for pk, code, year, name in bases.values_list("pk", "region_code", "year", "name")
    }
    with consulting():
        for unit, found in rules_of(units, on=asked.on).items():
            for each in found:
                if (finding := _over(unit, each, asked, ids)) is not None:
                    yield finding


def _over(
    unit: str, here_: RuleHere, asked: Asked, ids: Mapping[tuple[str, int, str], object]
) -> Finding | None:
    rule, base, used = here_.ruling.value, here_.standing.base, here_.standing.used
    if not rule.limits or rule.percent is None or not base or here_.counted is None:
        return None
    share = HUNDRED * used / base
    amber = rule.percent * here_.standing.amber / HUNDRED
    if share < amber:
        return None
    year = here_.rule.year_of_base(asked.on.year)
    facts = {
        "fund": here_.counted,
        "used": f"{used:.2f}",
        "base": f"{base:.2f}",
        "name": rule.base,
        "year": year,
        "share": f"{share:.3f}",
        "cap": f"{rule.percent.normalize():f}",
    }
    over = share > rule.percent
    told = _("已超过上限") if over else _("已接近上限")
    row = ids.get((unit, year, rule.base))
    return Finding(
        key=f"{unit}|{asked.on.year}|{here_.ruling.variant}",
        region_code=unit,
        severity=3 if over else 2,
        message=_(
            "%(fund)s支用 %(used)s 元，为%(year)s年%(name)s %(base)s 元的 %(share)s%%，规定 %(cap)s%%，"
        )
        % facts
        + told,
        subject_code=unit,
        since=date(asked.on.year, 1, 1),
        clause=here_.ruling.citation,
        rulings={"ratio": here_.ruling.record()},
        facts=facts,
        rows=((BASES.key, str(row)),) if row else (),
        rows_count=1 if row else 0,
    )


RULES.add(
    Rule(
        code="RW23",
        name=gettext_lazy("资金来源超上限"),
        about=About.REGION,
        severity=Severity.ORANGE,
        formula=gettext_lazy("某项资金的支用÷规则基数超过当地规定的比例为橙色；达到规定比例的九成为黄色"),
        action=gettext_lazy("财务复核"),
        tier=Tier.COUNTY,
        asks={},
        needs=("funds", "fund-bases"),
        money=MoneyStage.RAISING,
        names=("fund-bases",),
        ask=over_the_cap,
    )
)

sql_rule(
    "RW25",
    name=gettext_lazy("合同临期未决"),
    about=About.PROJECT,
    severity=Severity.YELLOW,
    formula=gettext_lazy("距合同结束不到 {days} 日，没有续签的决定，也没有接续的项目"),
    action=gettext_lazy("购买方决定续签、重新采购或终止"),
    tier=Tier.COUNTY,
    asks={"days": named.RENEWAL_DAYS},
    needs=("projects",),
    money=MoneyStage.RAISING,
    sql=f"""
    SELECT p.id AS subject_id, p.id::text AS key, p.region_code, NULL::uuid AS station_id, p.provider_id,
        NULL::uuid AS person_id, 2 AS severity, p.ends_on - r.days::int AS since, r.n,
        jsonb_build_object('ends', p.ends_on, 'left', p.ends_on - %(day)s::date, 'days', r.days) AS facts,
        jsonb_build_array(jsonb_build_array('projects', p.id)) AS rows
    FROM procurement_serviceproject p {here("p")}
    WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status IN {LIVE} AND p.kind = '社工站运营'
        AND p.starts_on <= %(day)s AND p.ends_on >= %(day)s AND p.ends_on - %(day)s::date <= r.days
        AND NOT EXISTS (
            SELECT FROM procurement_purchasefile f LEFT JOIN procurement_purchasefile g ON g.renewed_from_id = f.id
            WHERE f.project_id = p.id AND (f.renewal <> '' OR g.id IS NOT NULL)
        )
        AND NOT EXISTS (
            SELECT FROM procurement_serviceproject s JOIN procurement_projectstation c ON c.project_id = s.id
                JOIN procurement_projectstation o ON o.station_id = c.station_id AND o.project_id = p.id
            WHERE s.starts_on > p.ends_on AND s.kind = p.kind
        )
    """,
    told=lambda f: (
        _("合同 %(ends)s 结束，还有 %(left)s 日(提醒线 %(days)s 日)，没有续签的决定，也没有接续的项目") % f
    ),
)
