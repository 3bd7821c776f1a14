"""What waits about people that no step of a register says: vetting that runs out, somebody barred and still assigned."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from linzhan.accounts.api import Role
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty
from linzhan.office.people.telling import holding
from linzhan.office.people.vetting import HERE, due
from linzhan.policy.api import NoRuling, ruling_for
from linzhan.policy.api import workforce as rulebook
from linzhan.workforce.api import (
    EDIT_VETTINGS,
    EDIT_WORKERS,
    WATCH_FILINGS,
    WorkBar,
    unfiled_changes,
    unfiled_employments,
    unfiled_teams,
)

UNFILED = "/people/filings/"
NEAR = (Role.COUNTY_OFFICIAL, Role.PURCHASER, Role.PROVIDER_MANAGER)
"""Who files, accepts or recovers; the tiers above have the figures."""


@waiting("vettings.due", EDIT_VETTINGS)
def vettings(reader: Reader) -> Waiting | None:
    """Workers with minors for whom no answer holds for another month (``domain.md`` §3.5)."""
    if reader.role not in (*NEAR, Role.CHILD_PROTECTION):
        return None
    return Waiting(
        due(reader.today),
        lambda n: Duty(
            title=_("%d 名接触未成年人的社工，从业查询没有或即将过期") % n,
            url=HERE,
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


@waiting("workers.filing", EDIT_WORKERS)
def unfiled_workers(reader: Reader) -> Waiting:
    """Hires and leavings that nobody submitted; the limit is the rulebook's (FIL-03, FIL-04)."""
    limit = _limit(reader.region, reader.today)
    note = _("入职、离职 %d 日内备案") % limit if limit is not None else ""
    url = UNFILED if WATCH_FILINGS in reader.rights else "/r/workers/"
    return Waiting(
        unfiled_employments(reader.today),
        lambda n: Duty(title=_("%d 人次入职或离职未备案") % n, url=url, note=note, verb=_("备案")),
        due="happened_on",
        grace=limit or 0,
    )


@waiting("workers.filing.changes", WATCH_FILINGS)
def changes(reader: Reader) -> Waiting | None:
    """Changes of post within an employment, where a document asks for their filing (FIL-04)."""
    if reader.role not in NEAR:
        return None
    return Waiting(
        unfiled_changes(reader.today),
        lambda n: Duty(title=_("%d 人次岗位变动未备案") % n, url=UNFILED, verb=_("备案")),
        due="valid_from",
        grace=_limit(reader.region, reader.today) or 0,
    )


@waiting("workers.filing.teams", WATCH_FILINGS)
def teams(reader: Reader) -> Waiting | None:
    """Teams of projects that nobody filed, where a document asks for it (FIL-04)."""
    if reader.role not in NEAR:
        return None
    return Waiting(
        unfiled_teams(reader.today),
        lambda n: Duty(title=_("%d 个项目的团队未备案") % n, url=UNFILED, verb=_("备案")),
        due="starts_on",
        grace=_limit(reader.region, reader.today) or 0,
    )


def _limit(region: str, on: date) -> int | None:
    try:
        return ruling_for(rulebook.FILING_DAYS, region=region, on=on).value
    except NoRuling:
        return None
