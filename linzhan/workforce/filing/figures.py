"""Figures of filings as they are submitted, changes and teams included (FIL-03, FIL-09)."""

from __future__ import annotations

from linzhan.kernel.figures import Formula, Query, fact, figure

fact(
    "staff_filings",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "occasion": "string",
        "happened_on": "date",
        "submitted_on": "date",
        "due_on": "date",
    },
    live_sql="""
        SELECT id, region_code, station_id, occasion, happened_on, submitted_on, due_on
        FROM workforce_stafffiling WHERE stage <> '已作废'
    """,
    registers=("staff-filings",),
)


@figure(
    "workforce.filings_on_time",
    "备案件及时率",
    "%",
    definition="发生日期在期间内的备案件（立项、入职、岗位变动、离职）中，在备案期限内提交的件数÷全部件数；没有提交的视为不及时",
    timing="period",
    dims=("occasion",),
    known_by="staff-filings",
)
def filings_on_time(q: Query) -> Formula:
    rows = q.fact("staff_filings")
    rows = rows.filter(q.during(rows.happened_on), rows.due_on.notnull())
    in_time = rows.submitted_on.notnull() & (rows.submitted_on <= rows.due_on)
    return q.share(rows.mutate(met=in_time), "met")
