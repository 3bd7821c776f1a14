"""Divisions as facts (villages as numbers until they are loaded), and what ``--by region`` means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.kernel.figures import Query, fact, grouping
from linzhan.kernel.figures.staleness import DIVISIONS

if TYPE_CHECKING:
    from ibis.expr.types import Table

fact(
    "divisions",
    columns={
        "region_code": "string",
        "name": "string",
        "level": "int64",
        "statistical": "boolean",
        "valid_from": "date",
        "valid_to": "date",
    },
    live_sql="""
        SELECT code::text AS region_code, name, level::bigint AS level, statistical, valid_from, valid_to
        FROM territory_region WHERE NOT grouping
    """,
    registers=(DIVISIONS,),
)

fact(
    "villages_in_the_book",
    columns={"region_code": "string", "villages": "int64"},
    live_sql="""
        SELECT t.code::text AS region_code, t.villages::bigint AS villages
        FROM territory_region t
        WHERE t.level = 4 AND t.villages > 0 AND NOT EXISTS (
            SELECT FROM territory_region v WHERE v.level = 5
                AND v.code >= left(t.code, 6) COLLATE "C" AND v.code < (left(t.code, 6) || ':') COLLATE "C"
        )
    """,
    registers=(DIVISIONS,),
)


@grouping("region", "行政区划", column="region_code")
def by_region(q: Query) -> Table:
    rows = q.fact("divisions")
    held = rows.filter(q.holds(rows.valid_from, rows.valid_to))
    return held.select(
        key=held.region_code, code=held.region_code, name=held.name, region_code=held.region_code
    )
