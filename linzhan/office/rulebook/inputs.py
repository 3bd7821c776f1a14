"""The typed input of a parameter's value: fields drawn from its kind, and what was filled in read back.

A record is a group of fields, a table several groups with two empty ones to add to; a group left
empty is no row. What the value must be is decided by the kind itself (``ValueType.read``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from linzhan.office.parts import Choice, Field
from linzhan.policy.api import (
    Codes,
    Day,
    Number,
    Rows,
    Shaped,
    Share,
    Text,
    ValueType,
    Whole,
    WrongValue,
    YesNo,
)

SPARE = 2  # empty groups at the end of a table
PREFIX = "value"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together: a row of a table, or the whole value."""

    title: str
    fields: list[Field]


def groups(kind: ValueType[Any], value: Any, unit: str, posted: QueryDict | None) -> list[Group]:
    """The fields for a value of ``kind``, filled with ``posted`` or with ``value``."""
    if isinstance(kind, Rows):
        kept = list(value or ())
        count = max(_posted_rows(posted), len(kept) + SPARE)
        return [
            Group(
                _("第 %d 项") % (number + 1),
                _shape(kind.row, kept[number] if number < len(kept) else None, f"{PREFIX}-{number}", posted),
            )
            for number in range(count)
        ]
    if isinstance(kind, Shaped):
        return [Group("", _shape(kind, value, PREFIX, posted))]
    return [Group("", [_field(kind, _("取值"), value, PREFIX, posted, unit=unit, required=True)])]


def _posted_rows(posted: QueryDict | None) -> int:
    numbers = [name.split("-")[1] for name in posted or () if name.startswith(f"{PREFIX}-")]
    return max((int(number) + 1 for number in numbers if number.isdigit()), default=0)


def _shape(kind: Shaped[Any], value: Any, prefix: str, posted: QueryDict | None) -> list[Field]:
    return [
        _field(
            each.metadata["kind"],
            str(each.metadata["label"]),
            getattr(value, each.name, None),
            f"{prefix}-{each.name}",
            posted,
            unit=each.metadata["unit"],
        )
        for each in fields(kind.shape)
    ]


def _field(
    kind: ValueType[Any], label: str, value: Any, name: str, posted: QueryDict | None, *, unit: str = "",
    required: bool = False,
) -> Field:  # fmt: skip
    shown = (
        (posted.getlist(name) if isinstance(kind, Codes) and kind.choices else posted.get(name, ""))
        if posted
        else _text(kind, value)
    )
    more: dict[str, Any] = {}
    if isinstance(kind, YesNo):
        more = {
            "kind": "select",
            "choices": [Choice("yes", _("是")), Choice("no", _("否"))],
            "blank": _("未说明"),
        }
    elif isinstance(kind, Text) and kind.options():
        words = dict(kind.options())
        if shown:
            words.setdefault(str(shown), kind.show(str(shown)))  # a source may name what the list has not yet
        more = {
            "kind": "select",
            "choices": [Choice(code, word) for code, word in words.items()],
            "blank": _("未说明"),
        }
    elif isinstance(kind, Codes) and kind.choices:
        more = {
            "kind": "chips",
            "several": True,
            "choices": [Choice(code, word) for code, word in kind.options()],
        }
    elif isinstance(kind, Codes):
        more = {"kind": "textarea", "help": "，".join(filter(None, (_("一行一项"), kind.form)))}
    elif isinstance(kind, Day):
        more = {"kind": "date"}
    elif isinstance(kind, Whole | Number):
        more = {"kind": "number", "unit": unit}
    elif isinstance(kind, Share):
        more = {"help": _("写成分数，如 1/3")}
    return Field(name=name, label=label, value=shown, required=required, **more)


def _text(kind: ValueType[Any], value: Any) -> object:
    if value is None:
        return ""
    if isinstance(kind, YesNo):
        return "yes" if value else "no"
    if isinstance(kind, Codes):
        return list(value) if kind.choices else "\n".join(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)


def given(kind: ValueType[Any], posted: QueryDict) -> object:
    """What was filled in, as the kind reads it; :class:`WrongValue` where it does not fit."""
    if isinstance(kind, Rows):
        rows = [
            _given_shape(kind.row, f"{PREFIX}-{number}", posted) for number in range(_posted_rows(posted))
        ]
        return kind.read([row for row in rows if row])
    if isinstance(kind, Shaped):
        shape = _given_shape(kind, PREFIX, posted)
        if not shape:
            raise WrongValue(_("请填写取值"))
        return kind.read(shape)
    raw = _given(kind, PREFIX, posted)
    if raw in (None, []):
        raise WrongValue(_("请填写取值"))
    return kind.read(raw)


def _given_shape(kind: Shaped[Any], prefix: str, posted: QueryDict) -> Mapping[str, object]:
    found = {
        each.name: _given(each.metadata["kind"], f"{prefix}-{each.name}", posted)
        for each in fields(kind.shape)
    }
    return {name: raw for name, raw in found.items() if raw not in (None, [])}


def _given(kind: ValueType[Any], name: str, posted: QueryDict) -> object:
    if isinstance(kind, Codes) and kind.choices:
        return list(posted.getlist(name))
    text = posted.get(name, "").strip()
    if isinstance(kind, Codes):
        return _lines(text)
    if isinstance(kind, YesNo):
        return {"yes": True, "no": False}.get(text)
    if isinstance(kind, Whole | Number):
        return text.replace(",", "").replace("，", "") or None
    return text or None


def _lines(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
