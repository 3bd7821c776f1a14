"""Figures of milestones (PUR-21). How far contracts have come is casework's figure: it counts the records."""

from __future__ import annotations

from linzhan.kernel.figures import Formula, Query, fact, figure

fact(
    "milestones",
    columns={
        "id": "uuid",
        "region_code": "string",
        "project_id": "uuid",
        "due_on": "date",
        "done_on": "date",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, project_id, due_on, done_on FROM procurement_milestone
    """,
    registers=("milestones",),
)


@figure(
    "projects.milestones_on_time",
    "里程碑按期完成率",
    "%",
    definition="计划完成日期在本期内的里程碑中，实际完成日期不晚于计划的个数÷计划完成日期在本期内的里程碑数",
    timing="period",
    known_by="milestones",
)
def on_time(q: Query) -> Formula:
    rows = q.fact("milestones")
    due = rows.filter(q.during(rows.due_on))
    met = due.filter((due.done_on <= due.due_on).fill_null(False))
    return q.ratio(q.count(met, "id"), q.count(due, "id"), times=100)
