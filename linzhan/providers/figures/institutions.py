"""The figures of institutions (``contract/figures.md``, providers.*; INS-01, INS-08, INS-17, INS-24)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from linzhan.kernel import places
from linzhan.kernel.figures import Formula, Query, fact, figure, ruling
from linzhan.policy.api import rulings_by_prefix
from linzhan.providers.enums import ACTIVE
from linzhan.providers.parameters import PARTY_MEMBERS

if TYPE_CHECKING:
    from ibis.expr.types import Table

fact(
    "provider_states",
    columns={
        "id": "uuid",
        "provider_id": "uuid",
        "region_code": "string",
        "valid_from": "date",
        "valid_to": "date",
        "type": "string",
        "grade": "string",
        "status": "string",
        "party_members": "int64",
        "has_party_organisation": "boolean",
    },
    live_sql="""
        SELECT id, subject_id AS provider_id, region_code, valid_from, valid_to, kind AS type, rating AS grade, status,
            party_members::bigint AS party_members, has_party_organisation
        FROM providers_providerstate
    """,
    registers=("providers",),
)
fact(
    "incubations",
    columns={"id": "uuid", "region_code": "string", "started_on": "date", "type": "string"},
    live_sql="""
        SELECT id, region_code, incubated_on AS started_on, kind AS type
        FROM providers_provider WHERE incubated_on IS NOT NULL
    """,
    registers=("providers",),
)
fact(
    "inspections",
    columns={
        "id": "uuid",
        "provider_id": "uuid",
        "region_code": "string",
        "inspected_on": "date",
        "kind": "string",
        "conclusion": "string",
    },
    live_sql="""
        SELECT id, provider_id, region_code, inspected_on, kind, conclusion FROM providers_inspection
    """,
)


@ruling("providers.party_members", party_from="int64")
def party_rules(on: date) -> Iterator[Mapping[str, str | int | None]]:
    """From how many formal members on a party organisation is due (INS-17)."""
    for line in rulings_by_prefix(PARTY_MEMBERS, within=places.NATION, on=on):
        yield {"prefix": line.prefix, "party_from": line.ruling.value if line.ruling else None}


def _active(q: Query) -> Table:
    rows = q.fact("provider_states")
    return rows.filter(q.holds(rows.valid_from, rows.valid_to), rows.status.isin(ACTIVE))


def _party_due(q: Query) -> Table:
    rows = q.ruled(_active(q), "providers.party_members")
    return rows.filter(rows.party_members >= rows.party_from)


@figure(
    "providers.active",
    "承接机构数",
    "家",
    definition="截至当日在本地登记、状态为“正常”或“整改”的承接机构数，可按类型、评估等级拆分；评估等级按填报，不因到期而减",
    timing="date",
    dims=("type", "grade"),
    known_by="providers",
)
def active(q: Query) -> Formula:
    return q.count(_active(q), "provider_id")


@figure(
    "providers.incubated",
    "孵化机构数",
    "家",
    definition="孵化起始日期在期间内的机构数，可按类型拆分",
    timing="period",
    dims=("type",),
    known_by="providers",
)
def incubated(q: Query) -> Formula:
    rows = q.fact("incubations")
    return q.count(rows.filter(q.during(rows.started_on)))


@figure(
    "providers.party_due",
    "应建党组织机构数",
    "家",
    definition="截至当日状态为“正常”或“整改”、正式党员数达到当地规定（默认 3 名）的机构数",
    timing="date",
    dims=("type",),
    known_by="providers",
)
def party_due(q: Query) -> Formula:
    return q.count(_party_due(q), "provider_id")


@figure(
    "providers.party_set_up",
    "已建党组织机构数",
    "家",
    definition="应建党组织的机构中，已建立党组织的机构数",
    timing="date",
    dims=("type",),
    known_by="providers",
)
def party_set_up(q: Query) -> Formula:
    rows = _party_due(q)
    return q.count(rows.filter(rows.has_party_organisation.fill_null(False)), "provider_id")  # noqa: FBT003 -- a value, not a switch


@figure(
    "providers.inspected",
    "受检机构数",
    "家",
    definition="检查日期在期间内的受检机构数，一家机构受检多次只计一家；可按检查类型拆分",
    timing="period",
    dims=("kind",),
    known_by="inspections",
)
def inspected(q: Query) -> Formula:
    rows = q.fact("inspections")
    return q.count(rows.filter(q.during(rows.inspected_on)), "provider_id")
