"""What waits about people that no step of a register says: vetting that runs out, somebody barred and still assigned."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty
from linzhan.office.people.telling import holding
from linzhan.workforce.api import EDIT_VETTINGS, EDIT_WORKERS, Vetting, WorkBar

NOTICE = timedelta(days=30)


@waiting("vettings.due", EDIT_VETTINGS)
def vettings(reader: Reader) -> Waiting:
    """Assignments with minors for which no answer holds for another month (``domain.md`` §3.5)."""
    valid = Vetting.objects.filter(
        worker=OuterRef("worker"), result="未发现", valid_until__gt=reader.today + NOTICE
    )
    rows = holding(reader.today).filter(~Exists(valid), with_minors=True)
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 项接触未成年人的派任，从业查询没有或即将过期") % n,
            url="/r/vettings/new/",
            note=_("没有有效查询的不得安排"),
            verb=_("查询"),
        ),
    )


@waiting("assignments.barred", EDIT_WORKERS)
def barred(reader: Reader) -> Waiting:
    """Somebody on a project whom a decision bars: the assignment is to be ended (FIL-05)."""
    bars = WorkBar.objects.filter(
        worker=OuterRef("worker"), starts_on__lte=reader.today, ends_on__gt=reader.today
    )
    rows = holding(reader.today).filter(Exists(bars))
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 项派任的社工正受失信限制，请结束派任") % n, url="/r/assignments/", verb=_("结束")
        ),
    )
