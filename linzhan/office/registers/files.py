"""The file of one row: its head, its columns in groups, its tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.confiding import seen
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.owning import is_own, kept_elsewhere
from linzhan.kernel.registers.reading import Referred, records
from linzhan.kernel.registers.stepping import possible
from linzhan.kernel.scope import ScopedModel, place_columns
from linzhan.kernel.sheets.cells import in_one_cell
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, parts_of, untaken, with_more
from linzhan.office.registers.grouping import groups, is_long
from linzhan.office.registers.naming import heading
from linzhan.office.registers.opening import may_edit
from linzhan.office.registers.relating import COUNTED, Related, referring
from linzhan.office.registers.showing import TONES, Showing, kind_of, labels, referred_text
from linzhan.office.registers.tables import listed_columns, needed_columns, rows

HEAD_FACTS = 3
FIRST = 10
FEW_SILENT = 2  # columns of a group that say nothing and are shown all the same
EMPTY: tuple[object, ...] = (None, "", [])


def read(register: Register, row_id: Any) -> dict[str, Any]:
    """The row as the register reads it; 404 unless it is seen from here."""
    rows = seen(register, register.model._default_manager.filter(pk=row_id))
    found = list(records(register, rows[:1], also=_placing(register)))
    if not found:
        raise Http404
    return found[0]


def _placing(register: Register) -> list[str]:
    """The place columns of the table that the row is to bring along, so that nobody asks for them again."""
    columns = place_columns(cast("type[ScopedModel]", register.model)).values()
    return sorted(set(columns) - {"id", "region_code"} - set(register.sheet.column_by_name))


def title(register: Register, row: Mapping[str, Any]) -> str:
    value = row.get(register.title) or row.get(register.sheet.keys[0].name) or ""
    if isinstance(value, Referred):
        return referred_text(value)
    column = register.sheet.column_by_name.get(register.title)
    return str(labels(column, value) if column is not None and column.refers_to.startswith("@") else value)


def head(
    request: HttpRequest,
    register: Register,
    row: Mapping[str, Any],
    showing: Showing,
    asked: FileAsked | None = None,
) -> parts.PageHead:
    """Name, place, state and facts, and what the desks add (``asked`` shares what they ask)."""
    word = str(row.get(register.stage if register.steps else "status") or "")
    place = showing.paths.get(row["region_code"], "")
    actions = []
    if may_edit(request, register) and not _elsewhere(register, row):
        url = f"/r/{register.key}/{row['id']}/edit/"
        style: Literal["primary", ""] = "" if register.steps else "primary"
        actions.append(parts.Action(label=_("修改"), url=url, icon="edit", style=style, key="e"))
    actions += step_actions(request, register, row)
    made = parts.PageHead(
        name=title(register, row),
        place=f"{register.name} · {place.replace('/', ' / ')}" if place else register.name,
        place_url=f"/r/{register.key}/",
        status=parts.Status(word, TONES.get(word, "")) if word else None,
        facts=_head_facts(register, row, showing),
        actions=actions,
    )
    return with_more(made, asked or FileAsked(request, register, row))


def _elsewhere(register: Register, row: Mapping[str, Any]) -> bool:
    """Whether the row is kept elsewhere; the database is asked only where the row does not say its lines."""
    columns = place_columns(cast("type[ScopedModel]", register.model)).values()
    if all(column in row for column in columns):
        return not is_own(register, row)
    return kept_elsewhere(register, row["id"])


def step_actions(request: HttpRequest, register: Register, row: Mapping[str, Any]) -> list[parts.Action]:
    """A button for each step that the reader may take now; the first is the usual way on."""
    if register.steps is None or _elsewhere(register, row):
        return []
    steps = possible(register, row, getattr(request, "rights", frozenset()))
    return [
        parts.Action(
            label=str(each.label),
            url=f"/r/{register.key}/{row['id']}/steps/{each.name}/",
            style="" if place else "primary",
        )
        for place, each in enumerate(steps)
    ]


def _head_facts(register: Register, row: Mapping[str, Any], showing: Showing) -> list[parts.Fact]:
    """The key and the first columns of the list that say something."""
    key = register.sheet.keys[0]
    columns = [] if key.kind in SECRET_KINDS else [key]
    columns += [
        c
        for c in listed_columns(register)
        if c.name not in (register.title, "status", "region", key.name, *register.kept_from_forms)
    ]
    stated = [c for c in columns if row.get(c.name) not in EMPTY]
    return [fact(showing, row, column) for column in stated[: HEAD_FACTS + 1]]


def fact(showing: Showing, row: Mapping[str, Any], column: Any) -> parts.Fact:
    value = showing.value(column, row, full=True)
    url = value.url if isinstance(value, parts.Cell) else ""
    value = value.value if isinstance(value, parts.Cell) else value
    if (
        column.by_line and isinstance(value, list | tuple) and value
    ):  # sentences, which hold commas themselves
        value = in_one_cell(column, value)
    label = f"{heading(column)}（{column.unit}）" if column.unit else heading(column)
    return parts.Fact(label, value, kind_of(column), url=url, long=is_long(column) or column.by_line)


def sections(register: Register, row: Mapping[str, Any], showing: Showing) -> list[dict[str, object]]:
    """All columns in their groups; many that say nothing are only named, and folded."""
    found: list[dict[str, object]] = []
    for group in groups(register):
        silent = [column for column in group.columns if row.get(column.name) in EMPTY]
        folded = silent if len(silent) > FEW_SILENT else []
        found.append(
            {
                "title": group.title,
                "facts": [fact(showing, row, column) for column in group.columns if column not in folded],
                "unstated": [heading(column) for column in folded],
            }
        )
    return found


def tabs(
    request: HttpRequest, register: Register, row_id: Any, related: Sequence[Related], current: str
) -> list[parts.Tab]:
    """概况, what the desks add, what names the row, 历史."""
    base = f"/r/{register.key}/{row_id}/"
    counts = {way.key: way.count for way in related}
    found = [parts.Tab(_("概况"), base, current == "")]
    for part in parts_of(request, register):
        if part.key:
            number = sum(counts.get(key, 0) for key in part.takes)
            url, count = f"{base}?tab={part.key}", min(number, COUNTED) or None
            found.append(parts.Tab(str(part.label), url, current == part.key, count))
    found += [
        parts.Tab(way.label, f"{base}?tab={way.key}", current == way.key, min(way.count, COUNTED))
        for way in untaken(register, related)
    ]
    if register.steps is not None:
        found.append(parts.Tab(_("办理过程"), f"{base}steps/", current == "steps"))
    return [*found, parts.Tab(_("历史"), f"{base}history/", current == "history")]


def related_table(request: HttpRequest, way: Related, row_id: Any) -> parts.Table:
    """The first rows that name the row, newest first."""
    columns = [c for c in listed_columns(way.register) if c.name != way.column.name]
    needed = [c for c in needed_columns(way.register) if c.name != way.column.name]
    found = list(records(way.register, _ordered(way, row_id)[:FIRST], needed))
    lead = way.register.title if way.register.title in {c.name for c in columns} else columns[0].name
    text = _("共 %(n)s 条") % {"n": f"{COUNTED:,}+" if way.count > COUNTED else way.count}
    return parts.Table(
        id="related",
        caption=way.label,
        columns=[
            parts.TableColumn(key=c.name, label=heading(c), kind=kind_of(c), unit=c.unit, lead=c.name == lead)
            for c in columns
        ],
        rows=rows(request, way.register, columns, lead, found),
        pager=parts.Pager(
            text=text if way.count <= FIRST else _("前 %(n)d 条，%(all)s") % {"n": FIRST, "all": text}
        ),
    )


def _ordered(way: Related, row_id: Any) -> Any:
    name = way.register.order
    column = way.register.sheet.column_by_name.get(name.lstrip("-"))
    if column is None:
        return referring(way, row_id).order_by("-pk")
    kept = way.register.ranks.get(column.name, column.name)
    return referring(way, row_id).order_by(f"-{kept}" if name.startswith("-") else kept, "-pk")
