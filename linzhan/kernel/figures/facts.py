"""Facts: the narrow, stable tables that apps publish and figures are defined over.

A fact is a select over the app's own tables on live PostgreSQL and a table (or Parquet file) of the
same columns on every other engine. Standard columns, where they apply: ``id``, ``region_code``
(12 digits), ``station_id``, ``project_id``, and days as local ``date`` (a time zone never reaches a
figure).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linzhan.kernel.registry import Registry

IN_USE = "registers_in_use"  # columns register, region_code: where a register's 0 is a known 0

DTYPES = frozenset({"string", "uuid", "int64", "float64", "boolean", "date", "timestamp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A published table. ``columns`` maps names to Ibis types; ``live_sql`` yields just these.

    ``registers`` name the registers it is made from: a write to one of them makes the stored
    figures over this fact stale.
    """

    key: str
    columns: Mapping[str, str]
    live_sql: str
    registers: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Its name in compiled SQL and on the engines that hold it as a table."""
        return "fact_" + self.key.replace(".", "_")


FACTS: Registry[Fact] = Registry("facts", key="key")


def fact(
    key: str, *, columns: Mapping[str, str], live_sql: str, registers: tuple[str, ...] | None = None
) -> Fact:
    """Publish a fact once, at start-up. ``registers`` defaults to a register of the same name."""
    unknown = {
        dtype for dtype in columns.values() if dtype not in DTYPES and not dtype.startswith("decimal(")
    }
    if unknown:
        raise ValueError(f"fact {key}: unknown column types {sorted(unknown)}")
    if "@@" in live_sql:
        raise ValueError(f"fact {key}: @@ is reserved for parameters")
    own = (key,) if registers is None else registers
    return FACTS.add(Fact(key=key, columns=dict(columns), live_sql=live_sql, registers=own))


def fact_of_table(table: str) -> Fact | None:
    """The fact behind a table name of compiled SQL."""
    return next((each for each in FACTS if each.table == table), None)


fact(
    IN_USE,
    columns={"register": "string", "region_code": "string"},
    live_sql="SELECT register, region_code FROM kernel_registeruse",
    registers=(),
)
