"""The form of a register, made of its columns: fields out, values in.

A masked value stands in its field as the mask; sent back untouched it states nothing. A blank optional
field says "to be emptied" of a stored row and nothing of a new one. References are sent as ids, so that
no identity number has to stand in a page, and become keys here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import Register, by_sheet, sheets_of_subject
from linzhan.kernel.registers.reading import Referred, look_up
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.cells import CLEAR, MISSING, in_one_cell
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.office import parts
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.grouping import groups, is_long
from linzhan.office.registers.naming import heading
from linzhan.office.registers.showing import is_masked_value, options_of, referred_key, referred_text

CHIPS_AT_MOST = 6
YES_NO = (("是", "是"), ("否", "否"), ("", "未填报"))
FIELD_KINDS = {
    Kind.INTEGER: "number",
    Kind.DECIMAL: "number",
    Kind.MONEY: "money",
    Kind.YEAR: "text",
    Kind.MONTH: "month",
    Kind.DATE: "date",
    Kind.TIME: "datetime",
    Kind.PHONE: "phone",
}


Offer = Callable[[UUID], Sequence[tuple[str, str]]]
"""Given the row that is chosen in another column, the values that a column may take and the words for them."""
_offers: dict[tuple[str, str], tuple[str, Offer]] = {}


def offers(register: str, column: str, *, by: str) -> Callable[[Offer], Offer]:
    """A column of words that the row chosen in ``by`` narrows to a closed list (a round to the sides of its scheme)."""

    def add(offer: Offer) -> Offer:
        _offers[register, column] = by, offer
        return offer

    return add


@dataclass(slots=True)
class Sheetful:
    """What stands in a form: a text (or texts) by column name, words for chosen rows and places, faults."""

    texts: dict[str, Any]
    displays: dict[str, str] = field(default_factory=dict)
    picked: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def of_row(register: Register, row: Mapping[str, Any]) -> Sheetful:
    """The form of a stored row (as the register reads it)."""
    form = Sheetful({})
    paths = paths_of(
        str(row[c.name]) for c in register.sheet.columns if c.kind is Kind.REGION and row[c.name]
    )
    for column in register.sheet.columns:
        value = row[column.name]
        if isinstance(value, Referred):
            form.texts[column.name] = str(value.id)
            form.displays[column.name] = words(value)
        elif isinstance(value, list) and value and isinstance(value[0], Referred):
            form.picked[column.name] = [(str(each.id), words(each)) for each in value]
        elif column.kind is Kind.YES_NO:
            form.texts[column.name] = {True: "是", False: "否"}.get(value, "")
        elif _is_typed(column) and isinstance(value, (list, tuple)):
            form.texts[column.name] = in_one_cell(column, value)
        else:
            form.texts[column.name] = value
            form.displays[column.name] = paths.get(str(value), "").replace("/", "")
    return form


def words(referred: Referred) -> str:
    """A row to choose, as a picker names it: 坨院街道社工站(S-001)."""
    text, key = referred_text(referred), referred_key(referred)
    return text if text == key else f"{text}（{key}）"


def of_request(register: Register, sent: QueryDict) -> Sheetful:
    """The form as it was sent, to be shown again when something is wrong with it."""
    form = Sheetful({})
    for column in register.sheet.columns:
        if column.several and not _is_typed(column):
            form.texts[column.name] = sent.getlist(column.name)
        else:
            form.texts[column.name] = sent.get(column.name, "")
    _name_the_chosen(register, form)
    return form


def _name_the_chosen(register: Register, form: Sheetful) -> None:
    regions = {c.name: form.texts[c.name] for c in register.sheet.columns if c.kind is Kind.REGION}
    paths = paths_of(regions.values())
    form.displays |= {name: paths.get(code, "").replace("/", "") for name, code in regions.items()}
    for column in register.sheet.columns:
        if _is_row(column) and form.texts[column.name]:
            known = targets(column, _ids(form.texts[column.name]), form.texts)
            if column.several:
                form.picked[column.name] = [(str(key), words(found)) for key, found in known.items()]
            elif known:
                form.displays[column.name] = words(next(iter(known.values())))


def _is_row(column: Column) -> bool:
    return column.kind is Kind.REFERENCE and not column.refers_to.startswith("@")


def _is_typed(column: Column) -> bool:
    """Several values that are written into one field, not chosen."""
    return column.several and not column.refers_to and not column.choices


def _ids(texts: Any) -> list[UUID]:
    found = []
    for text in texts if isinstance(texts, list) else [texts]:
        try:
            found.append(UUID(str(text)))
        except ValueError:
            continue
    return found


def targets(column: Column, ids: list[UUID], texts: Mapping[str, Any]) -> dict[UUID, Referred]:
    """The rows meant by ``ids``, within the scope; a subject's sheet follows its deciding column."""
    sheet = column.refers_to
    if sheet.startswith("?"):
        sheet = sheets_of_subject(sheet[1:]).get(str(texts.get(sheet[1:], "")), "")
    return look_up(by_sheet(sheet), ids) if sheet and ids else {}


def values(
    register: Register, form: Sheetful, shown: Sheetful | None = None, *, asked: Collection[str] = ()
) -> dict[str, Any]:
    """What the form states, by column name, for ``Incoming.of``; ``shown`` is the form of the stored row.

    ``asked`` are columns that this form has although forms are without them (those of a step).
    """
    stated: dict[str, Any] = {}
    for column in register.sheet.columns:
        if column.name in register.kept_from_forms and column.name not in asked:
            continue
        if shown is not None and _untouched(column, form, shown):
            continue
        value = _value(column, form)
        if value is MISSING and shown is not None and not column.required:
            value = CLEAR
        if value is not MISSING:
            stated[column.name] = value
    return stated


def _untouched(column: Column, form: Sheetful, shown: Sheetful) -> bool:
    """A key stays what it is, and a mask sent back is not a value."""
    was = shown.texts.get(column.name)
    return column.key or (is_masked_value(column, was) and form.texts.get(column.name) == was)


def _value(column: Column, form: Sheetful) -> Any:
    text = form.texts.get(column.name)
    if text in ("", None, []):
        return MISSING
    if not _is_row(column):
        return tuple(text) if isinstance(text, list) else text
    found = targets(column, _ids(text), form.texts)
    if not found:
        # A subject may be a place; and what is not found keeps its text, so that the engine says so.
        return text if isinstance(text, str) else tuple(text)
    keys = tuple(each.key for each in found.values())
    return keys if column.several else keys[0]


def begun(register: Register, form: Sheetful) -> Sheetful:
    """A new form with the writer's own place, where the rows of the register stand there (``own_place``)."""
    own, name = current_scope().regions, register.place[0]
    if register.own_place and len(own) == 1 and not form.texts[name]:
        form.texts[name] = own[0]
        form.displays[name] = paths_of(own)[own[0]].replace("/", "")
    return form


def fields(register: Register, form: Sheetful, *, is_new: bool) -> list[dict[str, object]]:
    """The groups of the form with their fields."""
    left_out = set(register.kept_from_forms)
    if is_new and register.numbered:
        left_out.add(register.sheet.keys[0].name)
    found: list[dict[str, object]] = []
    for group in groups(register):
        columns = [column for column in group.columns if column.name not in left_out]
        if columns:
            shown = [field_of(register, column, form, is_new=is_new) for column in columns]
            found.append({"title": group.title, "fields": shown})
    return found


def field_of(
    register: Register, column: Column, form: Sheetful, *, is_new: bool, required: bool = False
) -> parts.Field:
    """The field of one column; ``required`` where a step wants what the register does not."""
    kind, choices, blank, url = _control(register, column, form.texts)
    value = form.texts.get(column.name)
    hidden = is_masked_value(column, value)
    fixed = column.key and not is_new
    return parts.Field(
        name=column.name,
        label=heading(column),
        kind="text" if hidden or fixed else kind,
        value=form.displays.get(column.name) or value if fixed else value,
        display=form.displays.get(column.name, ""),
        choices=form.picked.get(column.name, [])
        if kind == "references"
        else [each for each in choices if each[0] or not required],
        blank=blank,
        required=required or (column.required and not fixed),
        optional=not (required or column.required),
        several=column.several,
        readonly=fixed,
        purpose=column.help,
        help=_hint(column, hidden=hidden, fixed=fixed),
        error=form.errors.get(column.name, ""),
        unit="" if hidden else column.unit,
        url=url,
        placeholder=_("名称或编号") if kind in ("reference", "references") else "",
        max_length=0 if hidden else column.max_length,
        rows=5 if is_long(column) else 3,
    )


def _hint(column: Column, *, hidden: bool, fixed: bool) -> str:
    if fixed:
        return _("编号用来认出这一条，不能修改")
    if hidden:
        return _("已遮盖。不改动就保持原样；要改，请完整填写")
    return _("从今天起生效，以前的保留在历史里") if column.dated and column.name == "status" else ""


def _control(
    register: Register, column: Column, texts: Mapping[str, Any]
) -> tuple[str, list[tuple[str, str]], str, str]:
    """Kind of field, its choices, the words of its blank choice, the address of its picker."""
    by, offer = _offers.get((register.key, column.name), ("", None))
    if offer is not None and (chosen := _ids(texts.get(by))) and (offered := offer(chosen[0])):
        return _among(column, list(offered))
    if column.kind is Kind.YES_NO:
        return "chips", list(YES_NO), "", ""
    if column.kind is Kind.CHOICE or column.refers_to.startswith("@"):
        return _closed(column)
    if column.kind is Kind.REGION:
        return "region", [], "", "/regions/pick/" + ("" if column.name in register.place else "?anywhere=1")
    if column.kind is Kind.REFERENCE:
        url = f"/r/{register.key}/pick/{column.name}/"
        return ("references" if column.several else "reference"), [], "", url
    return (
        ("textarea" if is_long(column) or column.by_line else FIELD_KINDS.get(column.kind, "text")),
        [],
        "",
        "",
    )


def _closed(column: Column) -> tuple[str, list[tuple[str, str]], str, str]:
    return _among(column, [(c, c) for c in column.choices] or list(options_of(column).items()))


def _among(column: Column, found: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]], str, str]:
    if column.several or len(found) <= CHIPS_AT_MOST:
        extra = [] if column.required or column.several else [("", _("未填报"))]
        return "chips", [*found, *extra], "", ""
    return "select", found, _("请选择") if column.required else _("未填报"), ""
