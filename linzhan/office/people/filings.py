"""应备案未备案: what had to be filed and was not, by when and by which clause; whoever files goes on from the row (FIL-04)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel import masking
from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.following import names_of
from linzhan.office import parts
from linzhan.office.figures.asked import own_region
from linzhan.office.people.telling import project_names
from linzhan.office.requests import holds, uuid_in
from linzhan.policy.api import NoRuling, procurement, ruling_for
from linzhan.workforce.api import EDIT_WORKERS, UNFILED_AT_MOST, WATCH_FILINGS, Unfiled, unfiled

HERE = "/people/filings/"
CLAW_BACK = "procurement.clawbacks.edit"


@needs(WATCH_FILINGS)
@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """``/people/filings/?provider=``: in the order in which they are due, never by person."""
    today = timezone.localdate()
    chosen = uuid_in(request, "provider")
    found = unfiled(today, provider=chosen)
    firms = _names("providers", (each.provider_id for each in found))
    late = sum(each.late for each in found)
    consequence = _consequence(own_region(request), today)
    context = {
        "head": parts.PageHead(
            name=_("应备案未备案"),
            count=_counted(late, found),
            lead=_(
                "入职、离职按社工登记自动查找；岗位变动和项目团队只在当地文件要求备案的地方查找。"
                "已提交的不在这里，受理与否不影响。按期限先后排列。"
            ),
            actions=_claw_back(request) if consequence else (),
        ),
        "consequence": consequence,
        "filters": _filters(firms, chosen),
        "table": _table(request, found, firms),
    }
    return render(request, "office/people/filings.html", context)


def _counted(late: int, found: Sequence[Unfiled]) -> str:
    """How many; of each kind the list has the first ones only."""
    most = max(Counter(each.occasion for each in found).values(), default=0)
    told = {"late": late, "all": len(found)}
    if most >= UNFILED_AT_MOST:
        return _("先到期的 %(all)d 件，其中逾期 %(late)d 件") % told
    return _("逾期 %(late)d 件，共 %(all)d 件") % told


def _claw_back(request: HttpRequest) -> list[parts.Action]:
    """For the purchaser: the money of an institution that does not file (FIL-04)."""
    if not holds(request, CLAW_BACK):
        return []
    url = "/r/clawbacks/new/?" + urlencode({"cause": "未按规定备案"})
    return [parts.Action(label=_("提出资金追回"), url=url)]


def _consequence(region: str, on: date) -> parts.Notice | None:
    """What the place says of an institution that does not file; nothing where it says nothing."""
    try:
        ruling = ruling_for(procurement.FILING_CLAWBACK, region=region, on=on)
    except NoRuling:
        return None
    text = _("机构未按规定备案的：%s") % ruling.value
    return parts.Notice(text=text, tone="warning", clause=ruling.citation)


def _filters(firms: Mapping[UUID, str], chosen: UUID | None) -> parts.Filters:
    choices = [(str(identity), name) for identity, name in sorted(firms.items(), key=lambda each: each[1])]
    return parts.Filters(
        fields=[
            parts.Field(
                name="provider",
                label=_("承接机构"),
                kind="select",
                choices=choices,
                value=str(chosen or ""),
                blank=_("全部"),
            )
        ],
        action=HERE,
        clear_url=HERE if chosen else "",
    )


def _table(request: HttpRequest, found: Sequence[Unfiled], firms: Mapping[UUID, str]) -> parts.Table:
    stations = _names("stations", (each.station_id for each in found))
    projects = project_names([each.project_id for each in found if each.project_id])
    may_file = holds(request, EDIT_WORKERS)
    return parts.Table(
        id="list",
        caption=_("应备案未备案"),
        columns=[
            parts.TableColumn(key="who", label=_("人员或项目"), lead=True),
            parts.TableColumn(key="occasion", label=_("事由")),
            parts.TableColumn(key="provider", label=_("承接机构")),
            parts.TableColumn(key="station", label=_("站点")),
            parts.TableColumn(key="happened", label=_("发生日期"), kind="date"),
            parts.TableColumn(key="due", label=_("备案期限"), kind="date"),
            parts.TableColumn(key="late", label=_("逾期"), kind="number", unit=_("日")),
            parts.TableColumn(key="clause", label=_("依据")),
        ],
        rows=[
            parts.TableRow(
                tone="late" if each.late else "",
                url=_url(each),
                cells={
                    "who": projects.get(each.project_id, _("外地项目"))
                    if each.project_id
                    else masking.mask_name(each.worker_name),
                    "occasion": each.occasion,
                    "provider": _named(firms, each.provider_id),
                    "station": _named(stations, each.station_id),
                    "happened": each.happened_on,
                    "due": each.due_on,
                    "late": each.late_days or None,
                    "clause": each.citation,
                },
                actions=[parts.Action(label=_("备案"), url=_filing(each), icon="add")] if may_file else [],
            )
            for each in found
        ],
        empty=parts.Empty(
            title=_("没有应备案未备案的"),
            body=_("入职、离职、变动和项目团队登记后，没有按期备案的会自动出现在这里。"),
            icon="check",
        ),
    )


def _url(each: Unfiled) -> str:
    return f"/r/projects/{each.project_id}/" if each.project_id else f"/r/workers/{each.worker_id}/"


def _filing(each: Unfiled) -> str:
    """A filing begun with what is known; it is looked over and submitted on its own page."""
    told: dict[str, Any] = {
        "occasion": each.occasion,
        "happened_on": each.happened_on.isoformat(),
        "station": each.station_id,
        "provider": each.provider_id,
        "project": each.project_id,
        "workers": each.worker_id,
    }
    return "/r/staff-filings/new/?" + urlencode({name: value for name, value in told.items() if value})


def _named(names: Mapping[UUID, str], identity: UUID | None) -> str:
    return names.get(identity, "—") if identity else "—"


def _names(register: str, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {each for each in ids if each is not None}
    return {identity: str(title or key) for identity, title, key in names_of(REGISTERS[register], wanted)}
