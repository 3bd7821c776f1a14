"""Tables as HTML, drawn column by column: what holds for a whole column is settled once, not per cell.

A list shows four hundred cells. Through templates and ``format_html`` they cost more than everything
else of the page together, so rows are joined from escaped pieces here; ``data_table.html`` puts the
frame around them. Only :func:`escaped` and the pieces of ``linzhan.office.drawing`` enter a row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linzhan.office import formats, parts
from linzhan.office.drawing import escaped, look, value_html

SHORT_WORD = 8
Draw = Callable[[object, str], str]
"""A cell of one column: from its value and the address of its row to the whole ``<td>``."""


def table_context(table: parts.Table) -> dict[str, object]:
    """The context of ``data_table.html``: heads with their alignment, rows ready to print."""
    columns: Sequence[object] = look(table, "columns", ())
    rows: Sequence[object] = look(table, "rows", ())
    totals: Mapping[str, object] | None = look(table, "totals", None)
    return {
        "table": table,
        "columns": [
            {"column": column, "css": formats.alignment(look(column, "kind", "text"))} for column in columns
        ],
        "lines": drawn_rows(columns, rows, picked=bool(look(table, "bulk", ()))),
        "totals": totals_cells(totals, columns) if totals else None,
        "has_row_actions": any(look(row, "actions", ()) for row in rows),
    }


def drawn_rows(columns: Sequence[object], rows: Sequence[object], *, picked: bool) -> list[dict[str, object]]:
    """Each row with its cells as HTML, open for its actions; ``picked`` puts a box to tick before them."""
    draws = [(look(column, "key"), draw) for column, draw in zip(columns, drawers(columns), strict=True)]
    word = escaped(_("选择第 %(n)s 行")) if picked else ""
    found: list[dict[str, object]] = []
    for number, row in enumerate(rows, start=1):
        cells, url = look(row, "cells"), look(row, "url")
        html = "".join([draw(cells.get(key), url) for key, draw in draws])
        pick = _pick(word % {"n": number}, look(row, "id")) if picked else ""
        found.append({"row": row, "html": SafeString(f"{_opening_of_row(row)}{pick}{html}")})
    return found


def _opening_of_row(row: object) -> str:
    tone, area = look(row, "tone"), look(row, "area")
    css = f' class="{escaped(tone)}"' if tone else ""
    return f'<tr{css} data-area="{escaped(area)}">' if area else f"<tr{css}>"


def _pick(word: str, identity: object) -> str:
    return (
        f'<td class="pick"><input type="checkbox" name="ids" value="{escaped(identity)}" data-pick '
        f'aria-label="{word}"></td>'
    )


def drawers(columns: Sequence[object]) -> list[Draw]:
    """How the cells of each column are drawn; the lead column's carry the row's link."""
    lead_at = next((at for at, column in enumerate(columns) if look(column, "lead")), 0)
    return [_drawer(column, lead=at == lead_at) for at, column in enumerate(columns)]


def _drawer(column: object, *, lead: bool) -> Draw:
    kind = look(column, "kind", "text")
    label = escaped(card_label(column))

    @cache
    def opening(css: str, blank: str = "") -> str:
        return f'<td class="{css}{" lead-cell" if lead else ""}{blank}" data-label="{label}">'

    def draw(value: object, row_url: str) -> str:
        html = cell_html(value, kind, row_url if lead else "")
        return f"{opening(cell_css(value, kind), ' blank-cell' if is_blank(value) else '')}{html}</td>"

    if formats.FORMATS.get(kind, formats.several) is not formats.several:
        return draw
    align = formats.alignment(kind)
    tight = "tight" if align == "text" else align

    drawn: dict[tuple[str, str, str], str] = {}  # a column says the same words over and over

    def draw_words(value: object, row_url: str) -> str:
        """The same for a cell of words, with or without an address and a second line, as most are."""
        word, url, note = value, row_url if lead else "", ""
        if type(value) is parts.Cell and not (value.kind or value.tone):
            word, note = value.value, value.note
            url = url or value.url
        if type(word) is not str or not word or word == formats.DASH or (lead and url != row_url):
            return draw(value, row_url)
        key = (word, url, note)
        if key not in drawn:
            cell = parts.Cell(value=word, url="" if lead else url, note=note)
            css = tight if len(word) <= SHORT_WORD else align
            drawn[key] = f"{opening(css)}{cell_html(cell, kind, url if lead else '')}</td>"
        return drawn[key]

    return draw_words


def cell_html(value: object, kind: str = "text", row_url: str = "") -> SafeString:
    """A cell: a plain value, or a ``parts.Cell`` with link, second line and tone; *row_url* makes the row a link."""
    if not isinstance(value, parts.Cell):
        html: str = value_html(value, kind)
        return SafeString(_row_link(html, row_url) if row_url else html)
    html = value_html(value.value, value.kind or kind)
    if row_url:
        html = _row_link(html, row_url)
    elif value.url:
        html = f'<a href="{escaped(value.url)}">{html}</a>'
    if value.tone:
        html = f'<span class="{escaped(value.tone)}">{html}</span>'
    return SafeString(f'{html}<span class="note">{escaped(value.note)}</span>' if value.note else html)


def _row_link(html: str, url: str) -> str:
    return f'<a class="row-link" href="{escaped(url)}">{html}</a>'


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


def totals_cells(totals: Mapping[str, object], columns: Sequence[object]) -> list[dict[str, object]]:
    """The cells of the foot; a column without a total stays empty."""
    values = [(column, totals.get(look(column, "key"))) for column in columns]
    return [
        {
            "html": "" if is_blank(value) else cell_html(value, look(column, "kind", "text")),
            "css": cell_css(value, look(column, "kind", "text")),
            "label": card_label(column),
            "blank": is_blank(value),
        }
        for column, value in values
    ]
