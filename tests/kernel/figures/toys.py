"""A small world of facts and figures, unlike any desk's, on which the engine is tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from linzhan.kernel.figures import Formula, Query, fact, figure, grouping, ruling

CITY, COUNTY, OTHER = "431200000000", "431202000000", "431221000000"
TOWN_A, TOWN_B, TOWN_C = "431202001000", "431202002000", "431221100000"
VILLAGE_A = "431202001200"

Rows = list[dict[str, object]]

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "divisions": {"id": "string", "region_code": "string", "name": "string"},
    "posts": {"id": "string", "code": "string", "name": "string", "region_code": "string", "open": "boolean"},
    "calls": {
        "id": "string", "region_code": "string", "post_id": "string", "job_id": "string", "day": "date", "entered": "date",
        "person_id": "string", "hours": "decimal(8,2)", "heads": "int64", "kind": "string", "met": "boolean",
    },
    "labels": {"person_id": "string", "label": "string"},
    "staff": {"id": "string", "region_code": "string", "person_id": "string", "hired": "date", "left": "date"},
    "registers_in_use": {"register": "string", "region_code": "string"},
}  # fmt: skip

_LIVE = {
    "string": "text",
    "int64": "bigint",
    "boolean": "boolean",
    "date": "date",
    "decimal(8,2)": "numeric(8,2)",
}


def table_sql(key: str) -> str:
    """DDL of the temporary table behind a toy fact."""
    columns = ", ".join(
        f'"{name}" {_LIVE[dtype]}' + (' COLLATE "C"' if name == "region_code" else "")
        for name, dtype in COLUMNS[key].items()
    )
    return f"CREATE TEMPORARY TABLE toy_{key} ({columns}) ON COMMIT DROP"


def call(number: int, region: str, day: date, person: str | None, **more: object) -> dict[str, object]:
    made: dict[str, object] = {
        "id": f"c{number:02}", "region_code": region, "post_id": None, "job_id": None, "day": day, "entered": day,
        "person_id": person, "hours": Decimal("1.50"), "heads": None, "kind": "call", "met": False,
    }  # fmt: skip
    return made | more


def world() -> dict[str, Rows]:
    """Two counties of one city; the second keeps no list of calls."""
    return {
        "divisions": [
            {"id": code, "region_code": code, "name": name}
            for code, name in ((COUNTY, "甲县"), (OTHER, "乙县"), (TOWN_A, "东镇"), (TOWN_B, "西镇"), (TOWN_C, "北镇"))
        ],
        "posts": [
            {"id": "p1", "code": "Z1", "name": "东站", "region_code": TOWN_A, "open": True},
            {"id": "p2", "code": "Z2", "name": "东二站", "region_code": TOWN_A, "open": True},
            {"id": "p3", "code": "Z3", "name": "西站", "region_code": TOWN_B, "open": False},
        ],
        "calls": [
            call(1, TOWN_A, date(2021, 1, 5), "x", post_id="p1", met=True, heads=3),
            call(2, VILLAGE_A, date(2021, 1, 9), "x", post_id="p1", job_id="j1"),
            call(3, TOWN_B, date(2021, 1, 20), "x", post_id="p3", met=True, job_id="j1"),
            call(4, TOWN_A, date(2021, 2, 1), "y", post_id="p2", kind="visit", entered=date(2021, 2, 9)),
            call(5, TOWN_B, date(2021, 2, 2), "z", post_id="p3", kind="visit", entered=date(2021, 2, 9), met=True),
            call(6, TOWN_B, date(2020, 12, 31), "w", post_id="p3"),
        ],
        "labels": [
            {"person_id": "x", "label": "B01"},
            {"person_id": "x", "label": "C03"},
            {"person_id": "y", "label": "B01"},
        ],
        "staff": [
            {"id": "s1", "region_code": TOWN_A, "person_id": "m", "hired": date(2019, 1, 1), "left": None},
            {"id": "s2", "region_code": TOWN_A, "person_id": "n", "hired": date(2019, 1, 1), "left": date(2021, 7, 1)},
            {"id": "s3", "region_code": TOWN_B, "person_id": "n", "hired": date(2021, 7, 1), "left": None},
            {"id": "s4", "region_code": TOWN_B, "person_id": "o", "hired": date(2021, 10, 15), "left": date(2021, 12, 31)},
        ],
        "registers_in_use": [
            {"register": register, "region_code": COUNTY} for register in ("calls", "posts", "staff")
        ],
    }  # fmt: skip


LIMITS: list[dict[str, object]] = [{"prefix": "", "days": 7}, {"prefix": "431202002", "days": 3}]
RULES: list[dict[str, object]] = [
    {"prefix": "43", "base": "visit", "cap": 2.5},
    {"prefix": "43", "base": "call", "cap": 10.0},
    {"prefix": "", "base": "call", "cap": 99.0},
]


def install() -> None:
    """Register the facts, groupings, rulings and figures; the registries are empty before."""
    for key, columns in COLUMNS.items():
        fact(
            key,
            columns=columns,
            live_sql=f"SELECT * FROM toy_{key} WHERE id || '%' <> '@'"
            if "id" in columns
            else f"SELECT * FROM toy_{key}",
        )
    _install_surroundings()
    _install_counts()
    _install_shares()
    _install_odd_ones()


def _install_surroundings() -> None:
    @grouping("region", "行政区划", column="region_code")
    def regions(q: Query) -> object:
        d = q.fact("divisions")
        return d.select(key=d.region_code, code=d.region_code, name=d.name, region_code=d.region_code)

    @grouping("station", "岗亭", column="post_id")
    def posts(q: Query) -> object:
        p = q.fact("posts")
        return p.select(key=p.id, code=p.code, name=p.name, region_code=p.region_code, present=p.open)

    @grouping("project", "任务", column="job_id")
    def jobs(q: Query) -> object:
        c = q.fact("calls")
        named = c.filter(c.job_id.notnull())
        jobs = named.group_by("job_id").agg(region_code=named.region_code.min())
        return jobs.select(key=jobs.job_id, code=jobs.job_id, name=jobs.job_id, region_code=jobs.region_code)

    @ruling("toys.limit", days="int64")
    def limits(on: date) -> Iterable[Mapping[str, object]]:
        return LIMITS

    @ruling("toys.rule", base="string", cap="float64")
    def rules(on: date) -> Iterable[Mapping[str, object]]:
        return RULES


def _install_counts() -> None:
    @figure(
        "toys.calls",
        "通话数",
        "次",
        definition="时段内的通话。",
        timing="period",
        dims=("kind",),
        known_by="calls",
    )
    def calls(q: Query) -> Formula:
        c = q.fact("calls")
        return q.count(c.filter(q.during(c.day)))

    @figure(
        "toys.visits",
        "走访数",
        "次",
        definition="默认只数走访。",
        timing="period",
        dims=("kind",),
        default={"kind": "visit"},
        known_by="calls",
    )
    def visits(q: Query) -> Formula:
        c = q.fact("calls")
        return q.count(c.filter(q.during(c.day)))

    @figure(
        "toys.persons",
        "人数",
        "人",
        definition="时段内的不同人。",
        timing="period",
        dims=("label", "kind"),
        known_by="calls",
    )
    def persons(q: Query) -> Formula:
        c = q.fact("calls")
        return q.count(
            c.filter(q.during(c.day)),
            distinct="person_id",
            several=[q.several("label", q.fact("labels"), on="person_id")],
        )

    @figure("toys.hours", "时数", "小时", definition="时段内时数之和。", timing="period", known_by="calls")
    def hours(q: Query) -> Formula:
        c = q.fact("calls")
        return q.sum(c.filter(q.during(c.day)), "hours")

    @figure(
        "toys.hours_once",
        "去重时数",
        "小时",
        definition="同一人一类只计一次。",
        timing="period",
        known_by="calls",
    )
    def hours_once(q: Query) -> Formula:
        c = q.fact("calls")
        return q.sum(c.filter(q.during(c.day)), "hours", once=("person_id", "kind"))

    @figure("toys.heads", "人次", "人次", definition="有填写的人数之和。", timing="period", known_by="calls")
    def heads(q: Query) -> Formula:
        c = q.fact("calls")
        return q.sum(c.filter(q.during(c.day)), "heads")

    @figure("toys.divisions", "镇数", "个", definition="区划数据里的镇。", timing="date")
    def divisions(q: Query) -> Formula:
        d = q.fact("divisions")
        return q.count(d.filter(d.region_code.right(3) == "000", d.region_code.right(6) != "000000"))


def _install_shares() -> None:
    @figure("toys.coverage", "覆盖率", "%", definition="有岗亭的镇 ÷ 镇。", timing="date", known_by="posts")
    def coverage(q: Query) -> Formula:
        d, p = q.fact("divisions"), q.fact("posts")
        towns = d.filter(d.region_code.right(3) == "000", d.region_code.right(6) != "000000")
        open_posts = p.filter(p.open).mutate(town=p.region_code.left(9))
        return q.ratio(q.count(open_posts, distinct="town"), q.count(towns, known_by=()))

    @figure(
        "toys.met_share",
        "见面率",
        "%",
        definition="见到人的通话 ÷ 通话。",
        timing="period",
        dims=("kind",),
        known_by="calls",
    )
    def met_share(q: Query) -> Formula:
        c = q.fact("calls")
        return q.share(c.filter(q.during(c.day)), "met")

    @figure(
        "toys.monthly",
        "月见面率",
        "%",
        definition="各月见到的人 ÷ 当月的人之平均。",
        timing="period",
        dims=("label",),
        known_by="calls",
    )
    def monthly(q: Query) -> Formula:
        c, m = q.fact("calls"), q.months()
        rows = c.join(m, c.day.between(m.month, m.last)).select(c, m.month)
        labels = q.several("label", q.fact("labels"), on="person_id")
        return q.monthly_share(rows, "met", distinct="person_id", several=[labels])

    @figure(
        "toys.leavers",
        "流失率",
        "%",
        definition="十二个月内离开的人 ÷ 十二个月末平均人数。",
        timing="date",
        known_by="staff",
    )
    def leavers(q: Query) -> Formula:
        s, m = q.fact("staff"), q.month_ends(12)
        gone = s.filter(s.left <= q.as_of, s.left > q.as_of - q.ibis.interval(years=1))
        heads = s.join(m, q.holds(s.hired, s.left, on=m.last)).select(s, m.last)
        return q.ratio(
            q.count(gone, distinct="person_id"), q.count(heads, distinct=("person_id", "last"), divide=12)
        )

    @figure(
        "toys.late",
        "迟录率",
        "%",
        definition="超过当地期限录入的通话 ÷ 通话。",
        timing="period",
        known_by="calls",
    )
    def late(q: Query) -> Formula:
        c = q.fact("calls")
        ruled = q.ruled(c.filter(q.during(c.day)), "toys.limit")
        return q.share(ruled.mutate(late=ruled.entered.delta(ruled.day, unit="day") > ruled.days), "late")

    @figure("toys.mean", "平均时数", "分", definition="时数平均值乘 20。", timing="period", known_by="calls")
    def mean(q: Query) -> Formula:
        c = q.fact("calls")
        return q.mean(c.filter(q.during(c.day)), "hours", times=20)

    @figure(
        "toys.median",
        "录入天数中位数",
        "天",
        definition="录入天数的中位数。",
        timing="period",
        known_by="calls",
    )
    def median(q: Query) -> Formula:
        c = q.fact("calls")
        return q.median(c.filter(q.during(c.day)).mutate(wait=c.entered.delta(c.day, unit="day")), "wait")


def _install_odd_ones() -> None:
    @figure(
        "toys.ratio_use",
        "比例执行",
        "%",
        definition="规则所指类别的时数 ÷ 全部时数。",
        timing="period",
        always=("base", "cap"),
        known_by="calls",
    )
    def ratio_use(q: Query) -> Formula:
        c, rule = q.fact("calls"), q.here("toys.rule")
        within = c.filter(q.during(c.day))
        rows = within.cross_join(rule).mutate(own=q.ibis.ifelse(within.kind == rule.base, within.hours, 0))
        return q.ratio(q.sum(rows, "own"), q.sum(rows, "hours"))

    @figure("toys.progress", "任务进度", "%", definition="任务的通话数 ÷ 4。", timing="period")
    def progress(q: Query) -> Formula:
        c = q.fact("calls")
        within = c.filter(q.during(c.day), c.job_id.notnull())
        done = within.group_by("job_id").agg(n=within.count(), region_code=within.region_code.min())
        return q.per(
            "project",
            done.select(
                "job_id",
                "region_code",
                id=done.job_id,
                value=done.n * 100 / 4,
                numerator=done.n,
                denominator=q.ibis.literal(4),
            ),
        )
