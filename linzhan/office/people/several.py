"""Who is on several projects at once, or gives more time than there is: found, not judged (RSK-02, PUR-26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, Sum, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel import masking
from linzhan.kernel.access import needs
from linzhan.office import parts
from linzhan.office.people.telling import holding, project_names
from linzhan.office.requests import number_in
from linzhan.workforce.api import VIEW_WORKERS, Assignment

PAGE = 50
WHOLE = 100


@needs(VIEW_WORKERS)
@require_safe
def several(request: HttpRequest) -> HttpResponse:
    """``/people/several-projects/``: every person of the reader's scope with two projects or more than a whole."""
    start = number_in(request, "start")
    found = concerned(timezone.localdate(), start)
    shown = found[:PAGE]
    context = {
        "head": parts.PageHead(
            name=_("一人多项目"),
            lead=_(
                "同时派任在两个及以上项目，或投入比例合计超过 100% 的社工。是否允许按各地规定，"
                "这里只列出来供核对；派任时按本地规定把关。"
            ),
            count=_("共 %d 人") % len(found) if not start and len(found) <= PAGE else "",
        ),
        "table": _table(
            shown,
            parts.Pager(
                previous_url=f"{request.path}?start={max(start - PAGE, 0)}" if start else "",
                next_url=f"{request.path}?start={start + PAGE}" if len(found) > PAGE else "",
                text=_("第 %(first)d—%(last)d 人") % {"first": start + 1, "last": start + len(shown)},
            ),
        ),
    }
    return render(request, "office/people/several.html", context)


def concerned(on: date, start: int = 0) -> list[list[Assignment]]:
    """The assignments of each person concerned, a page from ``start`` and one more, in one order; two statements.

    Projects are told apart as least and greatest: counting the different ones would sort them all, and no
    share is more than a whole, so one assignment alone is never too much.
    """
    rows = holding(on)
    project = Cast("project_id", TextField())
    persons = (
        rows.values("worker__identity_number_index")
        .annotate(number=Count("pk"), least=Min(project), greatest=Max(project), total=Sum("share"))
        .filter(Q(least__lt=F("greatest")) | Q(total__gt=WHOLE), number__gt=1)
        .order_by("worker__identity_number_index")
        .values_list("worker__identity_number_index", flat=True)[start : start + PAGE + 1]
    )
    by_person: dict[str, list[Assignment]] = {each: [] for each in persons}
    wanted = rows.filter(worker__identity_number_index__in=list(by_person)).select_related("worker")
    for each in wanted.order_by("starts_on", "pk"):
        by_person[each.worker.identity_number_index].append(each)
    return list(by_person.values())


def _table(found: Sequence[Sequence[Assignment]], pager: parts.Pager) -> parts.Table:
    names = project_names([each.project_id for rows in found for each in rows])
    return parts.Table(
        id="several",
        caption=_("一人多项目"),
        columns=[
            parts.TableColumn(key="name", label=_("姓名"), lead=True),
            parts.TableColumn(key="projects", label=_("项目和角色")),
            parts.TableColumn(key="runs", label=_("主责"), kind="number", unit=_("个")),
            parts.TableColumn(key="share", label=_("投入合计")),
        ],
        rows=[_row(rows, names) for rows in found],
        pager=pager if pager.next_url or pager.previous_url else None,
        empty=parts.Empty(title=_("没有一人多项目的情况"), body=_("登记“项目派任”后，这里自动核对。")),
    )


def _row(rows: Sequence[Assignment], names: Mapping[UUID, str]) -> parts.TableRow:
    shares = [each.share for each in rows]
    total = sum((each for each in shares if each is not None), Decimal(0))
    told = f"{total.normalize():f}%" + (_("（有未填）") if None in shares else "")
    return parts.TableRow(
        url=f"/r/workers/{rows[0].worker_id}/?tab=standing",
        tone="late" if total > WHOLE else "",
        cells={
            "name": masking.mask_name(rows[0].worker.name),
            "projects": "；".join(
                f"{names.get(each.project_id, _('外地项目'))}（{each.role}）" for each in rows
            ),
            "runs": sum(each.role == "主责" for each in rows),
            "share": told,
        },
    )
