"""A case that was drawn, for the evaluator who has to read it: without whose it is, read only, and on record (EVL-04).

``domain.md`` §19.2: an evaluator reads the files of the sample, during the round, and takes nothing away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.casework.api.cases import CaseFile, Folder, folder_of, note_export
from linzhan.kernel.access import needs
from linzhan.office import parts
from linzhan.office.cases import showing
from linzhan.office.evaluation.seats import seat_of, subject_of
from linzhan.quality.api import EDIT_SCORES, RoundEvaluator, RoundFile, RoundSubject, files_drawn

CASE: Final = "个案"
REGISTERS: Final = {"小组": "group-files", "活动": "activity-files"}


def ways(seat: RoundEvaluator, subject: RoundSubject, files: Iterable[RoundFile]) -> list[tuple[str, str]]:
    """Number and address of each drawn file: a case on its own page here, the rest as registered."""
    return [
        (
            each.file_code,
            reverse("office:seat-file", args=[seat.pk, subject.pk, each.file_id])
            if each.kind == CASE
            else f"/r/{REGISTERS[each.kind]}/{each.file_id}/",
        )
        for each in files
    ]


@needs(EDIT_SCORES)
@require_safe
@never_cache
def drawn_case(request: HttpRequest, seat_id: UUID, subject_id: UUID, file_id: UUID) -> HttpResponse:
    """404 unless the file was drawn of a subject that this seat scores now."""
    seat = seat_of(request, seat_id)
    subject = subject_of(seat, subject_id)
    files = [each for some in files_drawn(subject).values() for each in some]
    if not any(each.file_id == file_id and each.kind == CASE for each in files):
        raise Http404
    try:
        folder, case = folder_of(file_id), CaseFile.objects.get(pk=file_id)
    except LookupError:
        raise Http404 from None
    note_export(folder, reason=_("评估抽查：%s") % seat.round.name)
    context = {
        "head": _head(seat, subject, folder),
        "line": showing.line(case, folder),
        "goals": showing.goals(folder, writes=False),
        "sessions": showing.sessions(folder, opens=False),
        "papers": showing.papers(folder, writes=False),
        "trend": showing.scale_trend(case),
        "approvals": showing.approvals(folder),
    }
    return render(request, "office/cases/case.html", context)


def _head(seat: RoundEvaluator, subject: RoundSubject, folder: Folder) -> parts.PageHead:
    return parts.PageHead(
        name=str(folder.row["code"]),
        place=str(subject),
        place_url=reverse("office:seat-score", args=[seat.pk, subject.pk]),
        status=parts.Status(str(folder.row["stage"])),
        lead=_("按公开的种子抽到，只供本轮评分查阅：不显示是谁的个案，不能导出；每次打开都记入查看记录。"),
        facts=[parts.Fact(_("接案日期"), folder.row["opened_on"], "date")],
    )
