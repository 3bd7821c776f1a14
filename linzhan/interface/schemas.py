"""The types of the interface, made from the registers: what OpenAPI says follows from the sheets.

Answers are typed for good. Bodies are typed in the description only: their values are read by the
register's own readers, which forgive spellings and explain faults in Chinese.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, WithJsonSchema, create_model

from linzhan.interface.values import is_hidden, is_open, is_row_reference
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.sheets.columns import Column, Kind, Origin

RANGED = frozenset({Kind.DATE, Kind.TIME, Kind.MONTH})
LIMIT = 200

_OUT: dict[Kind, Any] = {
    Kind.INTEGER: int,
    Kind.YEAR: int,
    Kind.DECIMAL: Decimal,
    Kind.MONEY: Decimal,
    Kind.MONTH: dt.date,
    Kind.DATE: dt.date,
    Kind.TIME: dt.datetime,
    Kind.YES_NO: bool,
}
_IN: dict[Kind, dict[str, Any]] = {
    Kind.INTEGER: {"type": "integer"},
    Kind.YEAR: {"type": "integer"},
    Kind.DECIMAL: {"type": ["number", "string"]},
    Kind.MONEY: {"type": ["number", "string"]},
    Kind.MONTH: {"type": "string", "description": "2021-06 或当月第一天"},
    Kind.PERIOD: {"type": "string", "description": "2021、2021H1、2021Q3、2021-06 或 2021-01..2021-09"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.TIME: {"type": "string", "format": "date-time"},
    Kind.YES_NO: {"type": "boolean"},
    Kind.REGION: {"type": "string", "description": "区划代码或名称路径"},
}


def _once(make: Callable[[Register], type[Schema]]) -> Callable[[Register], type[Schema]]:
    """Make each register's type once: OpenAPI names a type by its class."""
    made: dict[str, type[Schema]] = {}

    @wraps(make)
    def get(register: Register) -> type[Schema]:
        if register.key not in made:
            made[register.key] = make(register)
        return made[register.key]

    return get


class Reference(Schema):
    """A row that is referred to. ``id`` is null where the subject is a division, whose code is the key."""

    id: UUID | None = Field(description="平台编号")
    key: str = Field(description="编号；证件号码是遮盖的")
    title: str | None = Field(description="名称；个人姓名是遮盖的")


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    message: str


class ProblemDocument(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldProblem] = []


def class_name(register: Register) -> str:
    return register.model.__name__


def _described(column: Column) -> str:
    return "：".join(part for part in (column.header, column.help) if part)


def _limits(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if column.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY):
        found["minimum"] = 0 if column.minimum is None else column.minimum
        found |= {"maximum": column.maximum} if column.maximum is not None else {}
    if column.max_length and column.kind in (Kind.TEXT, Kind.CODE, Kind.PHONE):
        found["maxLength"] = column.max_length
    return found


def _out_type(column: Column) -> Any:
    if is_row_reference(column):
        return list[Reference] if column.several else Reference | None
    kind = Literal[column.choices] if column.kind is Kind.CHOICE else _OUT.get(column.kind, str)
    return list[kind] if column.several else kind | None  # type: ignore[valid-type]  # made at run time


@_once
def row_schema(register: Register) -> type[Schema]:
    """What a row looks like to a reader."""
    fields: dict[str, Any] = {
        "id": (UUID, Field(description="平台编号")),
        "region_code": (str, Field(description="归属的行政区划", pattern=r"^\d{12}$")),
    }
    for column in register.sheet.columns:
        if not is_hidden(column):
            fields[column.name] = (_out_type(column), Field(None, description=_described(column)))
    fields["masked"] = (list[str], Field(description="没有完整显示的字段"))
    made: type[Schema] = create_model(class_name(register), __base__=Schema, **fields)
    made.__doc__ = f"{register.name}的一行"
    return made


@_once
def page_schema(register: Register) -> type[Schema]:
    """A page of rows and the cursor of the next one."""
    row: Any = row_schema(register)
    fields: dict[str, Any] = {
        "items": (list[row], ...),
        "next": (str | None, Field(None, description="下一页的 cursor；没有下一页时为空")),
    }
    made: type[Schema] = create_model(
        f"{class_name(register)}Page",
        __base__=Schema,
        **fields,
    )
    return made


def _in_type(column: Column) -> Any:
    if is_row_reference(column):
        one: dict[str, Any] = {"type": "string", "description": "平台编号(UUID)或编号"}
    elif column.kind is Kind.CHOICE:
        one = {"type": "string", "enum": list(column.choices)}
    else:
        one = {**_IN.get(column.kind, {"type": "string"}), **_limits(column)}
    whole = {"type": "array", "items": one} if column.several else one
    options = [whole] if column.required else [whole, {"type": "null"}]
    described = {"description": _described(column), "title": column.header}
    return Annotated[
        Any, WithJsonSchema({**(whole if len(options) == 1 else {"anyOf": options}), **described})
    ]


class _Body(Schema):
    """Unknown fields are refused: a misspelt one must not be lost in silence."""

    model_config = ConfigDict(extra="forbid")


def _taken(register: Register) -> list[Column]:
    """The columns that a program may say."""
    return [c for c in register.sheet.columns if c.origin in (Origin.STATED, Origin.STAMPED)]


@_once
def new_schema(register: Register) -> type[Schema]:
    """What creates a row. ``id`` is made by the client, so that sending twice creates once."""
    fields: dict[str, Any] = {
        "id": (UUID | None, Field(None, description="由客户端生成的 UUID；重复提交同一内容只建一行"))
    }
    for c in _taken(register):
        needed = c.required and not (c.key and register.numbered)
        fields[c.name] = (_in_type(c), ... if needed else None)
    made: type[Schema] = create_model(f"{class_name(register)}New", __base__=_Body, **fields)
    return made


@_once
def change_schema(register: Register) -> type[Schema]:
    """What changes a row: only the fields that change; null clears one."""
    fields: dict[str, Any] = {c.name: (_in_type(c), None) for c in _taken(register)}
    made: type[Schema] = create_model(f"{class_name(register)}Change", __base__=_Body, **fields)
    return made


def filters(register: Register) -> dict[str, Column]:
    """The filters of a list: the columns that are shown whole."""
    return {column.name: column for column in register.sheet.columns if is_open(column)}


@_once
def filter_schema(register: Register) -> type[Schema]:
    """The query of a list."""
    fields: dict[str, Any] = {
        "limit": (int, Field(50, ge=1, le=LIMIT, description=f"每页行数，最多 {LIMIT}")),
        "cursor": (str, Field("", description="上一页给出的 next")),
        "within": (str, Field("", description="只要这个行政区划及其下级的行：代码或名称路径")),
    }
    for name, column in filters(register).items():
        fields[name] = (str, Field("", description=column.header))
        if column.kind in RANGED:
            fields[f"{name}_from"] = (str, Field("", description=f"{column.header}不早于"))
            fields[f"{name}_until"] = (str, Field("", description=f"{column.header}不晚于"))
    made: type[Schema] = create_model(f"{class_name(register)}Filters", __base__=Schema, **fields)
    return made
