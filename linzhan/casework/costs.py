"""What each yuan bought: spending of projects against the services booked on the same projects (FND-29).

Defined here and not with the money: what was done is casework's. Only projects of which both are known
are counted, so that money without records makes no service dear and records without money make none cheap.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from linzhan.casework.enums import Method
from linzhan.kernel.figures import Formula, Query, figure
from linzhan.kernel.figures.definitions import Define

if TYPE_CHECKING:
    from ibis.expr.types import Table

CAVEAT = (
    "只计同时登记了支出和服务记录的项目；支出是项目的全部支出，不只是这一项服务的成本，不宜用来比较站点或个人"
)


def _each(key: str, title: str, over: str) -> Callable[[Define], Define]:
    """Declares what projects spent by whatever of theirs ``over`` names."""
    return figure(
        key,
        title,
        "元",
        definition=f"项目支出÷这些项目{over}；{CAVEAT}",
        timing="period",
        known_by=("funds", "service-records"),
    )


def _spent(q: Query, served: Table) -> Table:
    """Expenditure of the period, of the projects that have services in it."""
    rows = q.fact("funds")
    rows = rows.filter(q.during(rows.moved_on), rows.kind == "支出", rows.project_id.notnull())
    return rows.semi_join(served.select("project_id").distinct(), "project_id")


def _known(q: Query, served: Table) -> Formula:
    """What was spent; unknown and not nought where the money is not booked below the place asked for."""
    return q.sum(_spent(q, served), "amount", empty="null")


def _served(q: Query, key: str = "service_records") -> Table:
    """Accepted records of the period, of the projects that spent in it."""
    rows, funds = q.fact(key), q.fact("funds")
    funds = funds.filter(q.during(funds.moved_on), funds.kind == "支出", funds.project_id.notnull())
    rows = rows.filter(q.during(rows.day), rows.project_id.notnull())
    return rows.semi_join(funds.select("project_id").distinct(), "project_id")


@_each("funds.cost_per_visit", "每次探访对应支出", "的探访次数")
def cost_per_visit(q: Query) -> Formula:
    served = _served(q)
    visits = served.filter(served.method == Method.VISIT.value)
    return q.ratio(_known(q, visits), q.count(visits, "id"), times=1)


@_each("funds.cost_per_case", "每个个案对应支出", "本期有服务的个案数")
def cost_per_case(q: Query) -> Formula:
    served = _served(q)
    cases = served.filter(served.method == Method.CASE.value, served.case_code != "")
    cases = cases.mutate(case_key=cases.project_id.cast("string") + "/" + cases.case_code)
    return q.ratio(_known(q, cases), q.count(cases, "case_key"), times=1)


@_each("funds.cost_per_record", "每次服务对应支出", "的有效服务记录数")
def cost_per_record(q: Query) -> Formula:
    served = _served(q)
    return q.ratio(_known(q, served), q.count(served, "id"), times=1)


@_each("funds.cost_per_person", "每名服务对象对应支出", "本期服务记录写明的服务对象人数，同一人只计一次")
def cost_per_person(q: Query) -> Formula:
    served = _served(q, "record_residents")
    return q.ratio(_known(q, served), q.count(served, "resident_id"), times=1)
