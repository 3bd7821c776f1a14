"""Who is on several projects at once, or gives more time than there is: found, not judged (RSK-02, PUR-26)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel import masking
from linzhan.kernel.access import needs
from linzhan.office import parts
from linzhan.office.people.telling import holding, project_names
from linzhan.workforce.api import VIEW_WORKERS, Assignment

AT_MOST = 200
WHOLE = 100


@needs(VIEW_WORKERS)
@require_safe
def several(request: HttpRequest) -> HttpResponse:
    """``/people/several-projects/``: every person of the reader's scope with two projects or more than a whole."""
    today = timezone.localdate()
    found = concerned(today)
    context = {
        "head": parts.PageHead(
            name=_("一人多项目"),
            lead=_(
                "同时派任在两个及以上项目，或投入比例合计超过 100% 的社工。是否允许按各地规定，"
                "这里只列出来供核对；派任时按本地规定把关。"
            ),
            count=_("共 %d 人") % len(found) if len(found) < AT_MOST else _("前 %d 人") % AT_MOST,
        ),
        "table": _table(found),
    }
    return render(request, "office/people/several.html", context)


def concerned(on: date) -> list[list[Assignment]]:
    """The assignments of each person concerned; two statements whatever their number."""
    rows = holding(on)
    persons = (
        rows.values("worker__identity_number_index")
        .annotate(number=Count("project_id", distinct=True), total=Sum("share"))
        .filter(Q(number__gt=1) | Q(total__gt=WHOLE))
        .order_by("worker__identity_number_index")
        .values_list("worker__identity_number_index", flat=True)[:AT_MOST]
    )
    wanted = rows.filter(worker__identity_number_index__in=list(persons)).select_related("worker")
    by_person: dict[str, list[Assignment]] = defaultdict(list)
    for each in wanted.order_by("starts_on", "pk"):
        by_person[each.worker.identity_number_index].append(each)
    return list(by_person.values())


def _table(found: Sequence[Sequence[Assignment]]) -> parts.Table:
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
