"""``/published/``: figures as they were published, what they would be today, and the corrections in between (NFR-04)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.accounts.api import STATE_FIGURES, VIEW_FIGURES
from linzhan.kernel.access import needs
from linzhan.kernel.figures import publishing
from linzhan.kernel.figures.definitions import FIGURES, catalogue
from linzhan.kernel.models import PublishedFigure
from linzhan.kernel.periods import PeriodFault, parse_period
from linzhan.office import parts
from linzhan.office.figures import showing
from linzhan.office.figures.asked import region_of
from linzhan.office.regions.names import paths_of
from linzhan.office.requests import holds

SHOWN = 200


@needs(VIEW_FIGURES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What was published in the reader's area, the newest first."""
    rows = list(PublishedFigure.objects.order_by("-published_at", "-pk")[:SHOWN])
    names = paths_of({row.region_code for row in rows})
    publish = parts.Action(
        label=_("公布一个数"), url="/published/new/", icon="add", style="primary", new=True
    )
    context = {
        "head": parts.PageHead(
            name=_("公布数"),
            lead=_(
                "公布时算出的数原样留存；以后更正过去的记录，公布数不变，点开看今天会算出多少、更正了什么。"
            ),
            actions=[publish] if holds(request, STATE_FIGURES) else [],
        ),
        "table": parts.Table(
            caption=_("公布数"),
            columns=[
                parts.TableColumn(key="name", label=_("指标"), lead=True),
                parts.TableColumn(key="place", label=_("地方")),
                parts.TableColumn(key="period", label=_("时段"), kind="period"),
                parts.TableColumn(key="value", label=_("公布数")),
                parts.TableColumn(key="note", label=_("公布于")),
                parts.TableColumn(key="on", label=_("公布时间"), kind="moment"),
            ],
            rows=[
                parts.TableRow(
                    id=str(row.pk),
                    url=f"/published/{row.pk}/",
                    cells={
                        "name": row.name,
                        "place": names.get(row.region_code, row.region_code),
                        "period": row.period or str(row.as_of),
                        "value": _number(row.value, row.unit),
                        "note": row.note or None,
                        "on": row.published_at,
                    },
                )
                for row in rows
            ],
            empty=parts.Empty(
                title=_("还没有公布过数"), body=_("报告、公报里用到的数，先在这里公布，以后有据可查。")
            ),
        ),
    }
    return render(request, "office/money/ratios.html", context)


def _number(value: object, unit: str) -> parts.Cell:
    return parts.Cell(value=value, kind=showing.kind_of(unit))


@needs(STATE_FIGURES)
def new(request: HttpRequest) -> HttpResponse:
    """Which figure, of which place and period, and where it is published."""
    given = request.POST if request.method == "POST" else request.GET
    wrong = ""
    if request.method == "POST":
        wrong = _fault(given.get("figure", ""), given.get("period", ""), given.get("note", ""))
        if not wrong:
            region = region_of(request, given.get("region", ""))
            period = parse_period(given["period"]).text
            rows = publishing.publish(given["figure"], region=region, period=period, note=given["note"][:200])
            messages.success(request, _("已公布"))
            return HttpResponseRedirect(f"/published/{rows[0].pk}/" if rows else "/published/")
    fields = [
        parts.Field(
            name="figure",
            label=_("指标"),
            kind="select",
            required=True,
            blank=_("请选择"),
            choices=[(each.key, str(each.name)) for each in catalogue()],
            value=given.get("figure", ""),
        ),
        parts.Field(
            name="period",
            label=_("时段"),
            required=True,
            value=given.get("period", ""),
            help=_("如 2021、2021-06、2021Q3"),
        ),
        parts.Field(
            name="note",
            label=_("公布于"),
            required=True,
            max_length=200,
            value=given.get("note", ""),
            help=_("哪份报告、公报或网页"),
        ),
    ]
    context = {
        "head": parts.PageHead(name=_("公布一个数"), place=_("公布数"), place_url="/published/"),
        "fields": fields,
        "wrong": parts.Notice(text=wrong, tone="error") if wrong else None,
    }
    return render(request, "office/published/new.html", context, status=422 if wrong else 200)


def _fault(figure: str, period: str, note: str) -> str:
    if figure not in FIGURES:
        return _("请选择指标")
    if not note.strip():
        return _("请写明公布在哪里")
    try:
        parse_period(period)
    except PeriodFault as fault:
        return str(fault)
    return ""


@needs(VIEW_FIGURES)
@require_safe
def one(request: HttpRequest, published_id: UUID) -> HttpResponse:
    """The published value beside today's, and the corrections that explain the difference."""
    row = PublishedFigure.objects.filter(pk=published_id).first()
    if row is None:
        raise Http404
    found = publishing.compared(row)
    now = found.now.value if found.now else None
    kind = showing.kind_of(row.unit)
    told = _("与公布时一致") if not found.differs else _("与公布时不同，更正见下")
    context = {
        "head": parts.PageHead(
            name=row.name,
            place=_("公布数"),
            place_url="/published/",
            status=parts.Status(told, "wait" if found.differs else "good"),
            lead=paths_of({row.region_code}).get(row.region_code, row.region_code),
        ),
        "facts": [
            parts.Fact(_("时段"), row.period or str(row.as_of), kind="period"),
            parts.Fact(_("公布数"), row.value, kind),
            parts.Fact(_("今天重算"), now, kind),
            parts.Fact(_("公布于"), row.note),
            parts.Fact(_("公布人"), row.published_by),
            parts.Fact(_("公布时间"), row.published_at, "moment"),
        ],
        "table": _corrections(found),
    }
    return render(request, "office/published/one.html", context)


ACTIONS = {"created": "补登", "changed": "更正", "removed": "删除"}


def _corrections(found: publishing.Compared) -> parts.Table:
    return parts.Table(
        caption=_("公布以后的更正"),
        columns=[
            parts.TableColumn(key="what", label=_("台账"), lead=True),
            parts.TableColumn(key="action", label=_("变更")),
            parts.TableColumn(key="columns", label=_("改了什么")),
            parts.TableColumn(key="who", label=_("谁")),
            parts.TableColumn(key="at", label=_("时间"), kind="moment"),
        ],
        rows=[
            parts.TableRow(
                id=f"{each.row_id}-{at}",
                url=f"/r/{each.register.key}/{each.row_id}/history/" if each.action != "removed" else "",
                cells={
                    "what": each.register.name,
                    "action": ACTIONS.get(each.action, each.action),
                    "columns": _columns(each),
                    "who": each.who,
                    "at": each.at,
                },
            )
            for at, each in enumerate(found.corrections)
        ],
        empty=parts.Empty(title=_("公布以后没有更正过这个数所依据的记录")),
    )


def _columns(each: publishing.Correction) -> str:
    """The names of the columns that changed; values stand in the history, under its masks."""
    headers = {column.name: column.header for column in each.register.sheet.columns}
    changed = sorted({*each.before, *each.after})
    return "、".join(headers.get(name, headers.get(name.removesuffix("_id"), "")) for name in changed).strip(
        "、"
    )
