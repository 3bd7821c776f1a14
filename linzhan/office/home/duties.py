"""The questions of the desks that stand today (``waiting.py`` says how they are asked)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.accounts.api import IMPORT, LINE_OF_ROLE, Line
from linzhan.casework.api import EDIT_RECORDS, EDIT_RESIDENTS, Resident, ResidentStatus, ServiceRecord
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.network.api import Station, StationStatus, Tier
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty
from linzhan.policy.api import NoRuling, Parameter, oversight, ruling_for
from linzhan.procurement.api import VIEW_PROJECTS, ProjectStatus, ServiceProject
from linzhan.providers.api import EDIT_PROVIDERS, Provider
from linzhan.workforce.api import EDIT_WORKERS, SocialWorker

PROJECT_NOTICE = timedelta(days=60)
EXPIRY_NOTICE = timedelta(days=90)  # the window in which a certificate is registered again (domain.md §3.2)
RECENT = timedelta(days=30)
A_YEAR = timedelta(days=365)  # what was not filed for longer is a question for the warning rules
RUNNING = (ProjectStatus.SIGNED, ProjectStatus.RUNNING, ProjectStatus.EVALUATING)


@waiting("imports.rejected", IMPORT)
def rejected_imports(reader: Reader) -> Waiting:
    """My imports of late whose rejected rows nobody has brought again."""
    mine = Job.objects.filter(
        ordered_by=reader.user_id or None,
        kind__startswith="import",
        state=JobState.DONE,
        result__rejected__gt=0,
        ordered_at__gte=timezone.now() - RECENT,
    )
    return Waiting(
        mine,
        lambda n: Duty(title=_("%d 次导入有被退回的行，改正后重新导入") % n, url="/jobs/", verb=_("改正")),
    )


@waiting("projects.ending", VIEW_PROJECTS)
def ending(reader: Reader) -> Waiting:
    """Projects whose contract ends within sixty days (PUR-01)."""
    rows = ServiceProject.objects.filter(
        status__in=RUNNING, ends_on__gte=reader.today, ends_on__lte=reader.today + PROJECT_NOTICE
    )
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 个项目合同 60 天内到期") % n,
            url="/r/projects/",
            note=_("安排评估与续签"),
            verb=_("查看"),
        ),
        due="ends_on",
    )


@waiting("providers.rating", EDIT_PROVIDERS)
def ratings(reader: Reader) -> Waiting:
    """Institutions whose rating runs out."""
    rows = Provider.objects.filter(
        rating_until__gte=reader.today - A_YEAR, rating_until__lte=reader.today + EXPIRY_NOTICE
    )
    return Waiting(
        rows,
        lambda n: Duty(title=_("%d 家机构的评估等级到期") % n, url="/r/providers/", verb=_("查看")),
        due="rating_until",
    )


@waiting("workers.registration", EDIT_WORKERS)
def registrations(reader: Reader) -> Waiting:
    """Certificates whose registration must be renewed within three months."""
    rows = SocialWorker.objects.filter(
        left_on__isnull=True,
        registered_until__gte=reader.today - A_YEAR,
        registered_until__lte=reader.today + EXPIRY_NOTICE,
    )
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 名社工的证书登记到期") % n,
            url="/r/workers/",
            note=_("到期前三个月内再登记"),
            verb=_("查看"),
        ),
        due="registered_until",
    )


@waiting("residents.consent", EDIT_RESIDENTS)
def without_consent(reader: Reader) -> Waiting:
    """Residents on the register who have not consented."""
    del reader
    rows = Resident.objects.filter(status=ResidentStatus.REGISTERED, consented_on__isnull=True)
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 名在册服务对象没有知情同意") % n,
            url="/r/residents/",
            note=_("征得同意后填写同意日期"),
            verb=_("补办"),
        ),
    )


@waiting("records.month", EDIT_RECORDS)
def records_of_the_month(reader: Reader) -> Waiting | None:
    """For stations: what has been written down this month."""
    if LINE_OF_ROLE[reader.role] is not Line.STATION:
        return None
    begins = _moment(reader.today.replace(day=1))
    return Waiting(
        ServiceRecord.objects.filter(started_at__gte=begins),
        lambda n: Duty(
            title=_("本月已登记 %d 条服务记录") % n, url="/r/service-records/new/", verb=_("登记")
        ),
        always=True,
    )


@waiting("disclosures.due", "oversight.disclosures.edit")
def disclosures(reader: Reader) -> Waiting | None:
    """Stations that have not published last month's package (DSC-01); the day is the rulebook's."""
    day = _number(oversight.DISCLOSURE_DAY, reader)
    if day is None or "disclosures" not in REGISTERS:
        return None
    month = (reader.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    published = REGISTERS["disclosures"].model._default_manager.filter(station_id=OuterRef("pk"), month=month)
    rows = Station.objects.filter(tier=Tier.STATION, status=StationStatus.OPERATING).filter(
        ~Exists(published)
    )
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%(number)d 个站点未公开 %(month)s 的情况") % {"number": n, "month": f"{month:%Y-%m}"},
            url="/r/disclosures/new/",
            note=_("每月 %d 日前公开上月情况") % day,
            verb=_("登记"),
        ),
        on=reader.today.replace(day=day),
    )


@waiting("needs.deadline", "linkage.needs.edit")
def needs(reader: Reader) -> Waiting | None:
    """Needs whose deadline comes within a week or has passed."""
    if "needs" not in REGISTERS:
        return None
    open_needs = REGISTERS["needs"].model._default_manager.exclude(status__in=("已办结", "未满足"))
    return Waiting(
        open_needs.filter(deadline__lte=reader.today + timedelta(days=7)),
        lambda n: Duty(title=_("%d 件需求到了办结期限") % n, url="/r/needs/", verb=_("办理")),
        due="deadline",
    )


def _number(parameter: Parameter[int], reader: Reader) -> int | None:
    try:
        return ruling_for(parameter, region=reader.region, on=reader.today).value
    except NoRuling:
        return None


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())
