"""From the plain values of ``parts`` to what the templates print: small HTML, and contexts worked out once.

Badges and cells are built here and not by templates of their own, because a list shows hundreds of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linzhan.office import formats, parts

SHAPES = {
    "blue": "M6 .8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 6 .8z",
    "yellow": "M6 .8 11.7 11.2H.3z",
    "orange": "M6 .2 11.8 6 6 11.8.2 6z",
    "red": "M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z",
}
SHORT_WORD = 8


def look(thing: object, name: str, default: Any = "") -> Any:  # a component takes objects and mappings alike
    """The attribute or key *name* of *thing*; *default* where there is none."""
    if isinstance(thing, Mapping):
        return thing.get(name, default)
    return getattr(thing, name, default)


def severity_words() -> dict[str, str]:
    return {"blue": _("蓝色"), "yellow": _("黄色"), "orange": _("橙色"), "red": _("红色")}


def icon_html(name: str, css: str = "") -> SafeString:
    classes = f"icon {css}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("icons.svg"),
        name,
    )


def status_html(word: object, tone: str = "") -> SafeString:
    return format_html('<span class="status {}">{}</span>', tone, word)


def severity_html(level: str, word: str = "") -> SafeString:
    return format_html(
        '<span class="severity {}"><svg viewBox="0 0 12 12" aria-hidden="true"><path d="{}"/></svg>{}</span>',
        level,
        SHAPES[level],
        word or severity_words()[level],
    )


def masked_html(masked: parts.Masked) -> SafeString:
    if not masked.url:
        return format_html('<span class="masked"><span class="code">{}</span></span>', masked.text)
    return format_html(
        '<span class="masked"><span class="code">{}</span><button type="button" class="reveal" data-reveal="{}" '
        'data-reveal-what="{}" aria-haspopup="dialog" aria-label="{}">{}{}</button></span>',
        masked.text,
        masked.url,
        masked.what,
        _("查看%(what)s全文") % {"what": masked.what},
        icon_html("eye"),
        _("查看"),
    )


def meter_html(meter: parts.Meter) -> SafeString:
    value, full = formats.decimal(meter.value), formats.decimal(meter.full)
    if value is None or not full:
        return missing_html()
    text = meter.text or formats.percent(value / full * 100)
    return format_html(
        '<span class="meter"><progress class="{}" max="{}" value="{}" aria-label="{}"></progress><span>{}</span></span>',
        meter.tone, full, max(0, min(value, full)), text, text,
    )  # fmt: skip


def missing_html(word: str = formats.DASH) -> SafeString:
    return format_html('<span class="missing">{}</span>', word)


def value_html(value: object, kind: str = "text") -> SafeString:
    """*value* spelled by *kind*; badges, masks and meters draw themselves; ready HTML passes."""
    if isinstance(value, SafeString):
        return value
    match value:
        case parts.Status(word, tone):
            return status_html(word, tone)
        case parts.Severity(level, word):
            return severity_html(level, word)
        case parts.Masked():
            return masked_html(value)
        case parts.Meter():
            return meter_html(value)
        case _:
            return spelled_html(value, kind)


def spelled_html(value: object, kind: str) -> SafeString:
    """A plain value; a shortened amount carries the exact one for the pointer."""
    text = formats.shown(value, kind)
    if text == formats.DASH:
        return missing_html()
    exact = formats.exact_money(value, kind)
    return (
        format_html('<span title="{}">{}</span>', exact, text)
        if exact and exact != text
        else conditional_escape(text)
    )


def cell_html(value: object, kind: str = "text", row_url: str = "") -> SafeString:
    """A cell: a plain value, or a ``parts.Cell`` with link, second line and tone; *row_url* makes the row a link."""
    cell = value if isinstance(value, parts.Cell) else parts.Cell(value=value)
    html = value_html(cell.value, cell.kind or kind)
    if row_url:
        html = format_html('<a class="row-link" href="{}">{}</a>', row_url, html)
    elif cell.url:
        html = format_html('<a href="{}">{}</a>', cell.url, html)
    if cell.tone:
        html = format_html('<span class="{}">{}</span>', cell.tone, html)
    return format_html('{}<span class="note">{}</span>', html, cell.note) if cell.note else html


def is_blank(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, parts.Cell) and value.value in (None, ""))


def cell_css(value: object, kind: str) -> str:
    """The alignment of the kind; a short word is not broken over two lines."""
    if isinstance(value, parts.Cell):
        return cell_css(value.value, value.kind or kind)
    css = formats.alignment(kind)
    return "tight" if css == "text" and isinstance(value, str) and len(value) <= SHORT_WORD else css


def card_label(column: object) -> str:
    unit = look(column, "unit")
    return f"{look(column, 'label')}（{unit}）" if unit else str(look(column, "label"))


def drawn_cells(cells: Mapping[str, object], columns: Sequence[object], url: str) -> list[dict[str, object]]:
    lead_at = next((at for at, column in enumerate(columns) if look(column, "lead")), 0)
    return [
        {
            "html": cell_html(
                cells.get(look(column, "key")), look(column, "kind", "text"), url if at == lead_at else ""
            ),
            "css": cell_css(cells.get(look(column, "key")), look(column, "kind", "text")),
            "label": card_label(column),
            "lead": at == lead_at,
            "blank": is_blank(cells.get(look(column, "key"))),
        }
        for at, column in enumerate(columns)
    ]


def table_context(table: parts.Table) -> dict[str, object]:
    """The context of ``data_table.html``: heads with their alignment, cells ready to print."""
    columns: Sequence[object] = look(table, "columns", ())
    totals: Mapping[str, object] | None = look(table, "totals", None)
    return {
        "table": table,
        "columns": [
            {"column": column, "css": formats.alignment(look(column, "kind", "text"))} for column in columns
        ],
        "rows": [
            {"row": row, "cells": drawn_cells(look(row, "cells"), columns, look(row, "url"))}
            for row in look(table, "rows", ())
        ],
        "totals": totals_cells(totals, columns) if totals else None,
        "has_row_actions": any(look(row, "actions", ()) for row in look(table, "rows", ())),
    }


def totals_cells(totals: Mapping[str, object], columns: Sequence[object]) -> list[dict[str, object]]:
    cells = drawn_cells(totals, columns, "")
    return [cell | {"html": "" if cell["blank"] else cell["html"]} for cell in cells]


def target_context(figure: parts.KeyFigure) -> dict[str, object]:
    """The bar under a key figure: where the value stands and where the target is, of 100 units of width."""
    value, target = (
        formats.decimal(look(figure, "value", None)),
        formats.decimal(look(figure, "target", None)),
    )
    if value is None or not target:
        return {"bar": None}
    floor: Decimal = Decimal(100) if look(figure, "kind") == "percent" else value
    full: Decimal = max(value, target, floor)
    return {
        "bar": {
            "fill": f"{max(Decimal(0), value) / full * 100:.2f}",
            "tick": f"{min(target / full * 100, Decimal(99)):.2f}",
            "short": value < target,
        }
    }


def field_context(field: parts.Field | BoundField) -> dict[str, object]:
    """The context of ``field.html``; a field of a Django form is described first."""
    described = described_field(field) if isinstance(field, BoundField) else field
    value = look(described, "value", None)
    chosen = (
        {str(item) for item in value}
        if isinstance(value, (list, tuple, set))
        else {"" if value is None else str(value)}
    )
    name = look(described, "name")
    field_id = f"id_{name}"
    about = [f"{field_id}-{part}" for part in ("help", "error") if look(described, part)]
    return {
        "field": described,
        "kind": look(described, "kind") or "text",
        "id": field_id,
        "text": "" if value is None else input_text(value, look(described, "kind")),
        "derived": value_html(value),
        "choices": [
            {"value": key, "label": label, "chosen": str(key) in chosen, "id": f"{field_id}-{at}"}
            for at, (key, label) in enumerate(map(as_pair, look(described, "choices", ())))
        ],
        "described_by": " ".join(about),
    }


def as_pair(choice: object) -> tuple[object, object]:
    if isinstance(choice, (list, tuple)):
        return choice[0], choice[1]
    return look(choice, "value"), look(choice, "label")


def input_text(value: object, kind: str) -> str:
    """What stands in the input: ISO for dates, plain digits for numbers, so that it can be typed on."""
    if kind in {"date", "month", "datetime"}:
        spelled = {"date": formats.day, "month": formats.month, "datetime": formats.moment}[kind](value)
        return "" if spelled == formats.DASH else spelled.replace(" ", "T")
    return str(value)


KINDS_OF_INPUTS = {
    "Textarea": "textarea", "Select": "select", "NullBooleanSelect": "select", "SelectMultiple": "chips",
    "RadioSelect": "chips", "CheckboxSelectMultiple": "chips", "CheckboxInput": "checkbox", "DateInput": "date",
    "DateTimeInput": "datetime", "NumberInput": "number", "PasswordInput": "password", "FileInput": "file",
    "ClearableFileInput": "file", "HiddenInput": "hidden",
}  # fmt: skip


def described_field(bound: BoundField) -> parts.Field:
    """A field of a Django form as a ``parts.Field``; ``widget.attrs`` may carry kind, unit, url, purpose, display."""
    widget = bound.field.widget
    attrs = widget.attrs
    kind = str(attrs.get("kind") or KINDS_OF_INPUTS.get(type(widget).__name__, "text"))
    return parts.Field(
        name=bound.html_name,
        label=str(bound.label),
        kind=kind,
        value=bound.value(),
        display=str(attrs.get("display", "")),
        choices=tuple(getattr(widget, "choices", ())),
        required=bound.field.required,
        several=bool(getattr(widget, "allow_multiple_selected", False)),
        readonly=bound.field.disabled,
        help=str(bound.help_text),
        purpose=str(attrs.get("purpose", "")),
        error="；".join(str(error) for error in bound.errors),
        unit=str(attrs.get("unit", "")),
        url=str(attrs.get("url", "")),
        placeholder=str(attrs.get("placeholder", "")),
        max_length=int(getattr(bound.field, "max_length", None) or 0),
        autocomplete=str(attrs.get("autocomplete", "off")),
        autofocus=bool(attrs.get("autofocus", False)),
    )
