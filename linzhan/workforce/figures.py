"""The figures of people (``contract/figures.md``, workforce.*; PPL-03, PPL-05, PPL-19, PPL-21, CPE-03, FIL-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from linzhan.kernel import places
from linzhan.kernel.figures import Formula, Query, figure, ruling
from linzhan.policy.api import rulings_by_prefix
from linzhan.workforce import facts, learning  # noqa: F401 -- registering is their effect
from linzhan.workforce.education import duties, hours_done
from linzhan.workforce.enums import Grade, Occasion, Post
from linzhan.workforce.parameters import FILING_DAYS

if TYPE_CHECKING:
    from ibis.expr.types import Table

COUNTY = 6


@ruling("workforce.filing_days", days="int64")
def filing_limits(on: date) -> Iterator[Mapping[str, str | int | None]]:
    for line in rulings_by_prefix(FILING_DAYS, within=places.NATION, on=on):
        yield {"prefix": line.prefix, "days": line.ruling.value if line.ruling else None}


def _on_post(q: Query) -> Table:
    """Postings on the day, with the certificate of the person: ``certificate``, 无 for none."""
    rows = q.fact("postings")
    rows = rows.filter(q.holds(rows.valid_from, rows.valid_to), rows.post != Post.OTHER.value)
    highest = _held(q)
    highest = highest.group_by(highest.person).aggregate(level=highest.level.max())
    joined = rows.left_join(highest, "person")
    return joined.select(
        *(rows[name] for name in rows.columns), certificate=q.ibis.coalesce(joined.level, Grade.NONE.value)
    )


def _held(q: Query) -> Table:
    """Certificates held on the day where their holders stood, each with the highest grade of the person."""
    rows = q.fact("certificates")
    rows = rows.filter(
        q.within(rows.region_code), rows.held_from <= q.as_of, q.holds(rows.valid_from, rows.valid_to)
    )
    highest = rows["rank"].max().over(q.ibis.window(group_by=rows.person))
    rows = rows.mutate(highest=highest)
    return rows.filter(rows["rank"] == rows.highest).drop("highest")


@figure(
    "workforce.on_post",
    "在岗社工数",
    "人",
    definition="截至当日在岗的社工人数：任职涵盖当日（离职日期为离岗第一天），岗位为“其他”的不计；同一人只计一次",
    timing="date",
    dims=("post", "employment", "certificate"),
    known_by="workers",
)
def on_post(q: Query) -> Formula:
    return q.count(_on_post(q), "person")


@figure(
    "workforce.certified",
    "持证人数",
    "人",
    definition="截至当日持有社会工作者职业资格证书的人数，通过日期不晚于当日（未填通过日期的自入职日期起算）；"
    "按当日所持最高等级拆分；含岗位为“其他”和已离职的人",
    timing="date",
    dims=("level",),
    known_by="workers",
)
def certified(q: Query) -> Formula:
    return q.count(_held(q), "person")


@figure(
    "workforce.certified_rate",
    "持证率",
    "%",
    definition="在岗社工中当日持有任一等级证书的人数÷在岗社工数",
    timing="date",
    known_by="workers",
)
def certified_rate(q: Query) -> Formula:
    rows = _on_post(q)
    return q.share(rows.mutate(met=rows.certificate != Grade.NONE.value), "met", distinct="person")


@figure(
    "workforce.talent",
    "社会工作人才总量",
    "人",
    definition="截至当日登记在册的社会工作人才：在岗社工与持证人员，同一人只计一次；"
    "口径宽于持证人数，未登记的人才由主管部门另行填报并注明来源",
    timing="date",
    known_by="workers",
)
def talent(q: Query) -> Formula:
    working, held = _on_post(q), _held(q)
    columns = ("id", "person", "region_code", "station_id")
    return q.count(working.select(*columns).union(held.select(*columns)), "person")


@figure(
    "workforce.leavers_rate",
    "流失率",
    "%",
    definition="截至当日十二个月内离职的人数÷十二个月末在岗人数的平均数；岗位为“其他”的不计",
    timing="date",
    known_by="workers",
)
def leavers_rate(q: Query) -> Formula:
    leavings = q.fact("filings")
    first = (q.as_of + q.ibis.interval(days=1) - q.ibis.interval(years=1)).cast("date")
    left = leavings.filter(
        leavings.occasion == Occasion.LEAVING.value,
        leavings.happened_on.between(first, q.as_of),
        leavings.post != Post.OTHER.value,
    )
    postings, ends = q.fact("postings"), q.month_ends(12)
    held = postings.join(ends, q.holds(postings.valid_from, postings.valid_to, on=ends.last))
    held = held.select(*(postings[name] for name in postings.columns), ends.month)
    employed = held.filter(held.post != Post.OTHER.value)
    return q.ratio(q.count(left, "person"), q.count(employed, ("person", "month"), divide=12))


@figure(
    "workforce.filed_on_time",
    "备案及时率",
    "%",
    definition="期间内的入职和离职中，在当地规定期限（默认 7 日）内备案的件数÷全部件数；未备案视为不及时；"
    "离职自本县第一笔离职备案所在年度起计入；岗位为“其他”的不计",
    timing="period",
    known_by="workers",
)
def filed_on_time(q: Query) -> Formula:
    rows = _with_leavings_in_use(q.fact("filings"))
    rows = rows.filter(q.during(rows.happened_on), rows.post != Post.OTHER.value)
    rows = q.ruled(rows, "workforce.filing_days")
    return q.share(rows.mutate(met=rows.filed_on.delta(rows.happened_on, unit="day") <= rows.days), "met")


def _with_leavings_in_use(filings: Table) -> Table:
    """Hires, and leavings from the year on in which their county first filed one."""
    filed = filings.filter(filings.occasion == Occasion.LEAVING.value, filings.filed_on.notnull())
    filed = filed.select(county=filed.region_code.left(COUNTY), year=filed.happened_on.year())
    since = filed.group_by(filed.county).aggregate(since=filed.year.min())
    joined = filings.left_join(since, filings.region_code.left(COUNTY) == since.county)
    counted = (joined.occasion == Occasion.HIRE.value) | (joined.happened_on.year() >= joined.since)
    return joined.filter(counted).select(*(joined[name] for name in filings.columns))


@figure(
    "workforce.education_met",
    "继续教育达标率",
    "%",
    definition="在岗社工中，适用的每条继续教育规定都达到学时的人数÷适用任一规定的人数；学时按列名参训的培训计；"
    "按登记周期的规定以登记有效期至之前的周期为准，没有登记有效期的不适用",
    timing="date",
    known_by=("workers", "trainings"),
)
def education_met(q: Query) -> Formula:
    rows = _on_post(q)
    owed = duties(q, rows.select("id", "person", "region_code", "station_id", level=rows.certificate))
    done = hours_done(q, owed)
    missed = done.filter(~done.met).select(missed=done.person).distinct()
    joined = done.left_join(missed, done.person == missed.missed)
    met = joined.select(*(joined[name] for name in done.columns if name != "met"), met=joined.missed.isnull())
    return q.share(met, "met", distinct="person")
