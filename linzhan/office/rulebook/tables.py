"""The rulebook's lines, documents and clauses in the words of the design system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linzhan.office.parts import (
    Action,
    Cell,
    Empty,
    Fact,
    PageHead,
    Status,
    Table,
    TableColumn,
    TableRow,
    Tone,
)
from linzhan.office.regions.names import name_of, paths_of, short
from linzhan.policy.api import (
    PARAMETERS,
    DocumentKind,
    DocumentStatus,
    Group,
    ParameterValue,
    PolicyDocument,
    RulebookLine,
)

TONES: dict[str, Tone] = {
    DocumentStatus.IN_FORCE: "good",
    DocumentStatus.TRIAL: "good",
    DocumentStatus.DRAFT: "wait",
    DocumentStatus.UNCLEAR: "wait",
    DocumentStatus.REPEALED: "off",
}


def groups(
    lines: Sequence[RulebookLine], region: str, on: date, *, may_edit: bool
) -> list[tuple[str, Table]]:
    """A table for each chapter that has lines."""
    names = {code: name_of(code) for code in paths_of({line.from_region_code for line in lines})}
    found = []
    for group in Group:
        of_group = [line for line in lines if line.group is group]
        if of_group:
            rows = [_line_row(line, region, on, names, may_edit=may_edit) for line in of_group]
            found.append((str(group.label), _lines_table(group, rows)))
    return found


def _lines_table(group: Group, rows: Sequence[TableRow]) -> Table:
    return Table(
        caption=str(group.label),
        id=f"rules-{group.value}",
        columns=[
            TableColumn(key="label", label=_("参数"), lead=True),
            TableColumn(key="value", label=_("取值")),
            TableColumn(key="meaning", label=_("性质")),
            TableColumn(key="from", label=_("来自")),
            TableColumn(key="dates", label=_("起止")),
            TableColumn(key="source", label=_("依据")),
        ],
        rows=rows,
        compact=True,
    )


def _line_row(
    line: RulebookLine, region: str, on: date, names: dict[str, str], *, may_edit: bool
) -> TableRow:
    asked = urlencode(
        {"variant": line.variant, "on": on.isoformat()} if line.variant else {"on": on.isoformat()}
    )
    state = f"/rulebook/{region}/state/{line.parameter.code}/?{asked}"
    return TableRow(
        cells={
            "label": Cell(value=line.label, note=line.variant),
            "value": _value(line),
            "meaning": line.meaning,
            "from": Cell(value=_from(line, names), tone="off" if line.state == "default" else ""),
            "dates": _dates(line),
            "source": _source(line),
        },
        tone="late" if line.state == "lost" else "",
        actions=[Action(label=_("改"), url=state, style="quiet")] if may_edit else (),
    )


def _value(line: RulebookLine) -> Cell:
    if line.state in ("unset", "lost"):
        return Cell(value=Status(line.shown, "wait" if line.state == "lost" else "off"))
    return Cell(value=f"{line.shown} {line.unit}".strip(), note=line.note)


def _from(line: RulebookLine, names: dict[str, str]) -> object:
    if line.state == "default":
        return Status(_("默认值"), "off")
    return names.get(line.from_region_code, "")


def _dates(line: RulebookLine) -> str:
    if line.valid_from is None:
        return ""
    begins = line.valid_from.isoformat() + ("" if line.start_stated else _("（文件未载明）"))
    return _("%(begins)s 至 %(ends)s") % {"begins": begins, "ends": line.valid_to or _("今")}


def _source(line: RulebookLine) -> Cell:
    url = f"/rulebook/documents/{line.document.pk}/" if line.document else ""
    return Cell(value=line.citation, url=url)


def summary(lines: Sequence[RulebookLine]) -> list[Fact]:
    """How much of the rulebook is the place's own word."""
    count = {
        state: sum(line.state == state for line in lines) for state in ("stated", "default", "unset", "lost")
    }
    return [
        Fact(_("有文件依据"), count["stated"], "number"),
        Fact(_("用默认值"), count["default"], "number"),
        Fact(_("没有规定"), count["unset"], "number"),
        Fact(_("原文数字缺失"), count["lost"], "number"),
    ]


def documents_table(found: Iterable[PolicyDocument], cited: Mapping[UUID, int]) -> Table:
    """The library; ``cited`` is how many values of parameters rest on a document."""
    listed = list(found)
    paths = paths_of({each.region_code for each in listed})
    return Table(
        caption=_("政策文件"),
        columns=[
            TableColumn(key="title", label=_("标题"), lead=True),
            TableColumn(key="number", label=_("文号")),
            TableColumn(key="issuers", label=_("发文单位")),
            TableColumn(key="place", label=_("适用地")),
            TableColumn(key="issued", label=_("印发日期"), kind="date"),
            TableColumn(key="status", label=_("状态")),
            TableColumn(key="cited", label=_("参数引用"), kind="number", unit=_("处")),
        ],
        rows=[
            TableRow(
                cells={
                    "title": each.title,
                    "number": each.number,
                    "issuers": "、".join(each.issuers) or None,
                    "place": short(paths[each.region_code]),
                    "issued": each.issued_on,
                    "cited": cited.get(each.pk, 0),
                    "status": Status(str(DocumentStatus(each.status).label), TONES.get(each.status, "")),
                },
                url=f"/rulebook/documents/{each.pk}/",
            )
            for each in listed
        ],
        empty=Empty(title=_("没有符合条件的文件"), body=_("登记本地的政策文件后，参数才能写明依据。")),
    )


def document_head(found: PolicyDocument) -> PageHead:
    status = Status(str(DocumentStatus(found.status).label), TONES.get(found.status, ""))
    return PageHead(name=found.title, place=paths_of([found.region_code])[found.region_code], status=status)


def document_facts(found: PolicyDocument) -> list[Fact]:
    quoted = found.quoted_in
    facts = [
        Fact(_("文号"), found.number),
        Fact(_("发文单位"), "、".join(found.issuers)),
        Fact(_("类别"), str(DocumentKind(found.kind).label)),
        Fact(_("印发日期"), found.issued_on, "date"),
        Fact(_("适用地"), paths_of([found.region_code])[found.region_code]),
    ]
    if quoted:
        facts.append(Fact(_("转引自"), quoted.title, url=f"/rulebook/documents/{quoted.pk}/"))
    if found.note:
        facts.append(Fact(_("说明"), found.note, long=True))
    return facts


def clauses_table(values: Iterable[ParameterValue]) -> Table:
    """The clauses that are cited, with what rests on each."""
    listed = list(values)
    paths = paths_of({each.region_code for each in listed})
    return Table(
        caption=_("被引用的条款"),
        id="clauses",
        columns=[
            TableColumn(key="clause", label=_("条款"), lead=True),
            TableColumn(key="parameter", label=_("参数")),
            TableColumn(key="value", label=_("取值")),
            TableColumn(key="place", label=_("适用地")),
            TableColumn(key="dates", label=_("起止")),
        ],
        rows=[
            TableRow(
                cells={
                    "clause": each.clause,
                    "parameter": Cell(value=_label(each), note=each.variant),
                    "value": Cell(value=_spelled(each), note=each.note),
                    "place": short(paths[each.region_code]),
                    "dates": _span(each),
                },
                url=f"/rulebook/{each.region_code}/?{urlencode({'q': _label(each)})}",
            )
            for each in listed
        ],
        empty=Empty(title=_("还没有参数引用这份文件"), body=_("在规则页登记取值时选它作依据。")),
        compact=True,
    )


def values_table(values: Iterable[ParameterValue]) -> Table:
    """What a place has stated of one parameter, with the way to withdraw it."""
    return Table(
        caption=_("本地登记过的取值"),
        id="values",
        columns=[
            TableColumn(key="value", label=_("取值"), lead=True),
            TableColumn(key="dates", label=_("起止")),
            TableColumn(key="source", label=_("依据")),
            TableColumn(key="ended", label=_("终止原因")),
        ],
        rows=[
            TableRow(
                cells={
                    "value": Cell(value=_spelled(each), note=each.variant),
                    "dates": _span(each),
                    "source": Cell(
                        value=f"{each.document} {each.clause}", url=f"/rulebook/documents/{each.document_id}/"
                    ),
                    "ended": each.ended_because,
                },
                actions=[Action(label=_("撤回"), url=f"/rulebook/values/{each.pk}/withdraw/", style="quiet")]
                if each.valid_to is None or each.valid_to > timezone.localdate()
                else (),
            )
            for each in values
        ],
        empty=Empty(title=_("本地还没有登记过"), body=_("现在适用的是上级规定或默认值。")),
        compact=True,
    )


def _label(value: ParameterValue) -> str:
    return str(PARAMETERS[value.parameter].label) if value.parameter in PARAMETERS else value.parameter


def _spelled(value: ParameterValue) -> str:
    if value.value is None:
        return _("原文数字缺失")
    if value.parameter not in PARAMETERS:
        return str(value.value)
    kind = PARAMETERS[value.parameter].kind
    return f"{kind.show(kind.read(value.value))} {PARAMETERS[value.parameter].unit}".strip()


def _span(value: ParameterValue) -> str:
    return _("%(begins)s 至 %(ends)s") % {"begins": value.valid_from, "ends": value.valid_to or _("今")}
