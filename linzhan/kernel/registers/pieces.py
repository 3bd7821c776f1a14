"""The side table of searching: by which pieces a row of a register is found, and what keeps it true.

Under row-level security only ``=`` and ranges use an index, so a name is found by the beginning of one
of its pieces (:func:`linzhan.kernel.names.search_pieces`). One table serves all registers. A piece gives
its name away: it is personal data, stands where its row stands and is guarded like it. Rows that are seen
besides their own place (institutions, norms) have open pieces if nothing personal is searched in them: who
finds one still has to see the row itself. If something is (sessions of supervision), they have no pieces,
for a policy of pieces could not follow theirs, and are looked through one by one.

Triggers of the database keep to a row that moves, loses its name or goes; writing the pieces of a new
name needs pinyin and is the writer's (:mod:`linzhan.kernel.registers.searching`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linzhan.kernel import places
from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.rows import RegionCodeField, marks
from linzhan.kernel.scope import Scope, ScopedModel
from linzhan.kernel.sheets.columns import Column, Kind, Level

SPELLED = (Kind.TEXT, Kind.CODE, Kind.USCC, Kind.PHONE)


class SearchPiece(ScopedModel):
    """One beginning by which one row is found. Derived: ``linzhan search`` makes all of them again."""

    history: ClassVar[bool] = False
    changed_where_seen: ClassVar[bool] = True  # open ones follow an institution that anybody may rename
    place_person: ClassVar[str] = "row_id"
    levels = marks(L2="register region_code row_id provider_id station_id", L3="piece")

    pk = models.CompositePrimaryKey("register", "piece", "region_code", "row_id")
    register = models.TextField("台账", db_collation="C")
    piece = models.TextField("检索片段", db_collation="C")
    region_code = RegionCodeField("行政区划")
    row_id = models.UUIDField("记录")
    provider_id = models.UUIDField("承接机构", null=True)
    station_id = models.UUIDField("站点", null=True)

    class Meta(ScopedModel.Meta):
        verbose_name = "检索片段"
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["row_id"], name="pieces_of_a_row")]

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:  # noqa: ARG003 -- whoever searches
        return Q(region_code=places.NATION)

    @classmethod
    def policy_besides(cls) -> str:
        return f"region_code = '{places.NATION}'"


def indexed_texts(model: type[models.Model]) -> frozenset[str]:
    """Text columns in C collation that lead an index: prefixes of these are ranges of it."""
    leading = {index.fields[0].lstrip("-") for index in model._meta.indexes if index.fields}
    leading |= {
        c.fields[0] for c in model._meta.constraints if isinstance(c, models.UniqueConstraint) and c.fields
    }
    fields = [f for f in model._meta.concrete_fields if isinstance(f, models.CharField)]
    return frozenset(
        f.attname for f in fields if f.db_collation == "C" and (f.unique or f.attname in leading)
    )


def pieced(register: Register) -> tuple[Column, ...]:
    """The searched columns that are found by pieces: texts without an index of their own.

    What every list masks in full (level L4) is found by no part of it.
    """
    columns = spelled(register)
    return () if _is_widened(register) and any(c.level is Level.L3 for c in columns) else columns


def looked_through(register: Register) -> tuple[Column, ...]:
    """The searched columns that have neither pieces nor an index."""
    return () if pieced(register) else spelled(register)


def spelled(register: Register) -> tuple[Column, ...]:
    """The searched texts without an index of their own."""
    indexed = indexed_texts(register.model)
    columns = (register.column(name) for name in register.searched)
    return tuple(
        column
        for column in columns
        if column.kind in SPELLED and column.level is not Level.L4 and column.name not in indexed
    )


def _is_widened(register: Register) -> bool:
    model = register.model
    return issubclass(model, ScopedModel) and bool(model.policy_besides())


def stands_open(register: Register) -> bool:
    """Whether the pieces of ``register`` are open: its rows are seen besides their own place."""
    return _is_widened(register) and bool(pieced(register))


def secret_searched(register: Register) -> tuple[Column, ...]:
    """The columns that are found by their blind index: identity numbers, whole."""
    names = dict.fromkeys((*register.searched, *(column.name for column in register.sheet.keys)))
    return tuple(column for name in names if (column := register.column(name)).kind in SECRET_KINDS)


def prefixed(register: Register) -> tuple[str, ...]:
    """The searched columns and keys that are found by their own index, by the beginning."""
    indexed = indexed_texts(register.model)
    names = dict.fromkeys((*register.searched, *(column.name for column in register.sheet.keys)))
    return tuple(name for name in names if name in indexed and register.column(name).kind in SPELLED)


def followers() -> dict[str, str]:
    """For each table whose rows have pieces the SQL of the triggers that keep these true."""
    return {each.model._meta.db_table: _follower(each) for each in REGISTERS if pieced(each)}


def _follower(register: Register) -> str:
    """Most changes touch neither name nor place: those do not ask the pieces at all, which takes seconds where a
    large import has just grown that table and nobody has told the planner yet."""
    table = register.model._meta.db_table
    named = [column.name for column in pieced(register)]
    renamed = _differ(named)
    return f"""
CREATE OR REPLACE FUNCTION linzhan_pieces_{table}() RETURNS trigger
LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM kernel_searchpiece p USING old_rows o WHERE p.row_id = o.id;
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM old_rows o JOIN new_rows n ON n.id = o.id WHERE {renamed}) THEN
        DELETE FROM kernel_searchpiece p USING old_rows o JOIN new_rows n ON n.id = o.id
        WHERE p.row_id = o.id AND {renamed};
    END IF;
    {_moved(register)}
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER linzhan_pieces_update AFTER UPDATE ON "{table}"
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION linzhan_pieces_{table}();
CREATE OR REPLACE TRIGGER linzhan_pieces_delete AFTER DELETE ON "{table}" REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION linzhan_pieces_{table}();
"""  # noqa: S608 -- own names


def _moved(register: Register) -> str:
    """Open pieces stand nowhere and move nowhere."""
    if stands_open(register):
        return ""
    of_row = place_of_pieces(register)
    pairs = ", ".join(f"{ours} = n.{theirs}" for ours, theirs in of_row.items())
    elsewhere = _differ(list(of_row.values()))
    return f"""IF EXISTS (SELECT FROM old_rows o JOIN new_rows n ON n.id = o.id WHERE {elsewhere}) THEN
        UPDATE kernel_searchpiece p SET {pairs} FROM old_rows o JOIN new_rows n ON n.id = o.id
        WHERE p.row_id = o.id AND {elsewhere};
    END IF;"""  # noqa: S608 -- own names


def _differ(names: list[str]) -> str:
    ours, theirs = (", ".join(f'{side}."{name}"' for name in names) for side in "on")
    return f"({ours}) IS DISTINCT FROM ({theirs})"


def place_of_pieces(register: Register) -> dict[str, str]:
    """The place columns of a piece and the column of its row that each is copied from."""
    present = {field.attname for field in register.model._meta.concrete_fields}
    found: dict[str, str] = {
        name: name for name in ("region_code", "provider_id", "station_id") if name in present
    }
    if register.stands_for:
        found[f"{register.stands_for}_id"] = "id"
    return found
