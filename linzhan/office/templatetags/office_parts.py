"""The tags and filters pages are made with: ``{% load office_parts %}``.

A tag takes a value of ``linzhan.office.parts`` (or a mapping with the same names) and gives its component;
a filter spells one value as ``linzhan.office.formats`` says. ``docs/how-to/components.md`` shows them all.
"""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linzhan.office import formats, parts
from linzhan.office.charts import area_context, trend_context
from linzhan.office.drawing import (
    field_context,
    icon_html,
    look,
    severity_html,
    status_html,
    target_context,
    value_html,
)
from linzhan.office.tabulating import cell_html, table_context

register = template.Library()

register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("money", formats.money)
register.filter("day", formats.day)
register.filter("month", formats.month)
register.filter("moment", formats.moment)
register.filter("duration", formats.duration)
register.filter("yes_no", formats.yes_no)
register.filter("signed", formats.signed)
register.filter("stated", formats.stated)
register.filter("shown", value_html)


@register.filter
def money_short(value: object) -> SafeString:
    """``7.54 万元`` with the exact amount on the pointer."""
    return value_html(value, "money_short")


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    return icon_html(name, css)


@register.simple_tag
def status(word: object, tone: str = "") -> SafeString:
    """A status badge from a word and a tone, or from a ``parts.Status``."""
    return status_html(look(word, "word", word), look(word, "tone", tone))


@register.simple_tag
def severity(level: object, word: str = "") -> SafeString:
    """蓝/黄/橙/红 with word and shape, from ``"red"`` or a ``parts.Severity``."""
    return severity_html(look(level, "level", level), look(level, "word", word))


@register.simple_tag
def masked(text: str, url: str = "", what: str = "") -> SafeString:
    return value_html(parts.Masked(text, url, what))


@register.simple_tag
def meter(value: object, full: object = 100, text: str = "", tone: parts.Tone = "") -> SafeString:
    return value_html(parts.Meter(value, full, text, tone))


@register.inclusion_tag("office/parts/action.html")
def action(action: parts.Action, size: str = "") -> dict[str, object]:
    return {"action": action, "size": size}


@register.inclusion_tag("office/parts/tabs.html")
def tabs(tabs: Sequence[parts.Tab], label: str = "", element_id: str = "page-tabs") -> dict[str, object]:
    """Tabs as links; a filter row refreshes their counts by *element_id*."""
    return {"tabs": tabs, "label": label or _("分页"), "id": element_id}


@register.inclusion_tag("office/parts/filter_row.html")
def filter_row(filters: parts.Filters) -> dict[str, object]:
    return {"filters": filters}


@register.inclusion_tag("office/parts/data_table.html")
def data_table(table: parts.Table) -> dict[str, object]:
    return table_context(table)


@register.inclusion_tag("office/parts/key_figure.html")
def key_figure(figure: parts.KeyFigure) -> dict[str, object]:
    return {"figure": figure, **target_context(figure)}


@register.inclusion_tag("office/parts/key_figures.html")
def key_figures(figures: Sequence[parts.KeyFigure]) -> dict[str, object]:
    """A row of key figures: six abreast, or three, or four when there are so many."""
    return {"figures": figures, "css": {3: "three", 4: "four"}.get(len(figures), "")}


@register.inclusion_tag("office/parts/figure_line.html")
def figure_line(line: parts.FigureLine | None) -> dict[str, object]:
    return {"line": line}


@register.inclusion_tag("office/parts/stat_row.html")
def stat_row(facts: Sequence[parts.Fact]) -> dict[str, object]:
    return {"facts": facts}


@register.inclusion_tag("office/parts/facts.html")
def facts(facts: Sequence[parts.Fact], layout: str = "") -> dict[str, object]:
    return {"facts": facts, "layout": layout}


@register.inclusion_tag("office/parts/field.html")
def field(field: parts.Field | BoundField) -> dict[str, object]:
    """A form field from a ``parts.Field`` or from a field of a Django form."""
    return field_context(field)


@register.inclusion_tag("office/parts/steps.html")
def steps(steps: Sequence[parts.Step]) -> dict[str, object]:
    return {"steps": steps}


@register.inclusion_tag("office/parts/progress.html")
def progress(job: parts.Job) -> dict[str, object]:
    return {"job": job}


@register.inclusion_tag("office/parts/timeline.html")
def timeline(happenings: Sequence[parts.Happening]) -> dict[str, object]:
    return {"happenings": happenings}


@register.inclusion_tag("office/parts/diff.html")
def diff(edits: Sequence[parts.Edit]) -> dict[str, object]:
    return {"edits": edits}


@register.inclusion_tag("office/parts/notice.html")
def notice(notice: parts.Notice) -> dict[str, object]:
    return {"notice": notice}


@register.inclusion_tag("office/parts/empty.html")
def empty(empty: parts.Empty) -> dict[str, object]:
    return {"empty": empty}


@register.inclusion_tag("office/parts/todo.html")
def todo(duties: Sequence[parts.Duty]) -> dict[str, object]:
    return {"duties": duties, "dated": any(each.due or each.due_text for each in duties)}


@register.inclusion_tag("office/parts/tile_grid.html")
def tile_grid(figure: parts.AreaFigure) -> dict[str, object]:
    return area_context(figure)


@register.inclusion_tag("office/parts/area_figure.html")
def area_figure(figure: parts.AreaFigure) -> dict[str, object]:
    """Map (or tiles, where no shapes are known) beside the table of the same rows."""
    return area_context(figure)


@register.inclusion_tag("office/parts/trend.html")
def trend(trend: parts.Trend) -> dict[str, object]:
    return trend_context(trend)


@register.inclusion_tag("office/parts/print_head.html")
def print_head(title: str, place: str = "", period: str = "", printed_at: object = None) -> dict[str, object]:
    return {"title": title, "place": place, "period": period, "printed_at": printed_at}


@register.simple_tag
def cell(value: object, kind: str = "text") -> SafeString:
    """One value as a table shows it, a ``parts.Cell`` included."""
    return cell_html(value, kind)
