"""What of cases waits on the work bench."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from linzhan.casework.api.cases import (
    APPROVE_CASES,
    EDIT_CASES,
    awaiting_approval,
    paused_too_long,
    sessions_without_note,
)
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty

LATELY = timedelta(days=30)


@waiting("cases.approval", APPROVE_CASES)
def approvals(reader: Reader) -> Waiting:
    """Plans and closings that wait for the supervisor (SPV-11)."""
    del reader
    return Waiting(
        awaiting_approval(),
        lambda n: Duty(
            title=_("%d 个个案的计划、结案或转介等您核准") % n,
            url="/cases/",
            note=_("核准或退回都要写明意见"),
            verb=_("核准"),
        ),
    )


@waiting("cases.paused", EDIT_CASES)
def paused(reader: Reader) -> Waiting:
    """Suspended cases whose day of return has passed."""
    return Waiting(
        paused_too_long(reader.today),
        lambda n: Duty(
            title=_("%d 个暂停的个案过了预计恢复日期") % n,
            url="/cases/",
            note=_("恢复介入，或者评估后结案"),
            verb=_("办理"),
        ),
        due="resume_on",
    )


@waiting("cases.notes", EDIT_CASES)
def notes(reader: Reader) -> Waiting:
    """Case sessions of late without a professional note."""
    return Waiting(
        sessions_without_note(reader.today - LATELY),
        lambda n: Duty(
            title=_("近 30 天有 %d 次个案面谈没有过程记录") % n,
            url="/cases/",
            note=_("趁记得清楚补上过程、反思和下一步"),
            verb=_("补记"),
        ),
    )
