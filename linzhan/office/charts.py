"""Contexts of maps, tile grids and trends: one classing of the values, so that map, legend and table agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from linzhan.office import formats, parts
from linzhan.office.drawing import look, value_html
from linzhan.office.tabulating import table_context

CLASSES = 6


def area_context(figure: parts.AreaFigure) -> dict[str, object]:
    """Tiles, map data, legend and the table of the same rows, all from one classing of the values."""
    kind, unit = look(figure, "kind") or "number", look(figure, "unit")
    values = {
        look(area, "code"): formats.decimal(look(area, "value", None)) for area in look(figure, "areas")
    }
    levels = formats.heat_levels(values, CLASSES)
    rows = [
        {
            "code": look(area, "code"),
            "name": look(area, "name"),
            "value": None if values[look(area, "code")] is None else float(values[look(area, "code")] or 0),
            "display": with_unit(look(area, "value", None), kind, unit),
            "level": levels[look(area, "code")],
            "url": look(area, "url"),
            "note": look(area, "note"),
        }
        for area in look(figure, "areas")
    ]
    return {
        "figure": figure,
        "rows": rows,
        "legend": legend(values, kind, unit),
        "some_missing": None in values.values(),
        "table": area_table(figure, rows, kind),
        "chart_id": f"{look(figure, 'id') or 'areas'}-data",
        "chart": {
            "title": str(look(figure, "title")), "unit": str(unit), "geojson": look(figure, "geojson"),
            "name_property": look(figure, "name_property") or "name", "rows": rows,
        },
    }  # fmt: skip


def with_unit(value: object, kind: str, unit: str) -> str:
    if formats.decimal(value) is None:
        return formats.stated(None)
    text = formats.shown(value, kind)
    return f"{text} {unit}" if unit and unit not in text else text


def legend(values: Mapping[str, Decimal | None], kind: str, unit: str) -> list[dict[str, object]]:
    known = [value for value in values.values() if value is not None]
    if not known or min(known) == max(known):
        return []
    least, step = min(known), (max(known) - min(known)) / CLASSES
    bounds = [least + step * at for at in range(CLASSES)] + [max(known)]
    spelled = [
        with_unit(bound if kind == "percent" else formats.rounded(bound, 1), kind, unit) for bound in bounds
    ]
    return [{"level": at, "text": f"{spelled[at]} – {spelled[at + 1]}"} for at in range(CLASSES)]


def area_table(figure: parts.AreaFigure, rows: Sequence[Mapping[str, Any]], kind: str) -> dict[str, object]:
    noted = any(row["note"] for row in rows)
    columns = [
        parts.TableColumn(key="name", label=_("地区"), lead=True),
        parts.TableColumn(
            key="value",
            label=str(look(figure, "title")),
            kind=kind,
            unit="" if kind == "percent" else look(figure, "unit"),
        ),
    ]
    if noted:
        columns.append(parts.TableColumn(key="note", label=_("说明")))
    by_code = {look(area, "code"): look(area, "value", None) for area in look(figure, "areas")}
    return table_context(
        parts.Table(
            id=f"{look(figure, 'id') or 'areas'}-table",
            caption=str(look(figure, "title")),
            compact=True,
            cards=False,
            columns=columns,
            rows=[
                parts.TableRow(
                    cells={"name": row["name"], "value": by_code[row["code"]], "note": row["note"]},
                    url=row["url"],
                    area=row["code"],
                )
                for row in rows
            ],
        )
    )


def trend_context(trend: parts.Trend) -> dict[str, object]:
    """The chart's data as JSON and the same numbers as a table, labels down and series across."""
    kind, series = look(trend, "kind") or "number", look(trend, "series")
    labels = look(trend, "labels")
    return {
        "trend": trend,
        "chart_id": f"{look(trend, 'id') or 'trend'}-data",
        "chart": {
            "title": str(look(trend, "title")),
            "unit": str(look(trend, "unit")),
            "labels": [str(label) for label in labels],
            "series": [drawn_line(line) for line in series],
            "target": drawn_target(trend, kind),
        },
        "table_rows": [
            {"label": label, "numbers": [value_html(look(line, "values")[at], kind) for line in series]}
            for at, label in enumerate(labels)
        ],
    }


def drawn_line(line: object) -> dict[str, object]:
    values = [formats.decimal(value) for value in look(line, "values")]
    return {
        "name": str(look(line, "name")),
        "kind": look(line, "kind") or "line",
        "stack": look(line, "stack") or None,
        "values": [None if value is None else float(value) for value in values],
    }


def drawn_target(trend: parts.Trend, kind: str) -> dict[str, object] | None:
    target = formats.decimal(look(trend, "target", None))
    if target is None:
        return None
    name = look(trend, "target_name") or _("目标")
    return {"name": f"{name} {with_unit(target, kind, look(trend, 'unit'))}", "value": float(target)}
