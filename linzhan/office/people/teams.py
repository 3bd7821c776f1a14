"""The team of a station or a project: who is there, and what stands against whom, by which rule (STN-16, STN-17, PUR-26)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.kernel import masking
from linzhan.kernel.checks import Checked
from linzhan.office import parts
from linzhan.office.people.telling import holding, lines, verdict, word
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.workforce.api import (
    VIEW_VETTINGS,
    VIEW_WORKERS,
    SocialWorker,
    on_post,
    team_standing,
)

TEAM_KEYS = ("full_time", "certified", "professional")


@file_part(
    "stations",
    key="team",
    label=gettext_lazy("团队"),
    template="office/people/team.html",
    order=20,
    right=VIEW_WORKERS,
)
def of_station(asked: FileAsked) -> Mapping[str, object]:
    """Those on post today, with the least team that the place asks for."""
    today = timezone.localdate()
    ids = list(on_post(today, stations=[asked.row["id"]]).values_list("subject_id", flat=True))
    return _team(asked, ids, today, minimums=True)


@file_part(
    "projects",
    key="team",
    label=gettext_lazy("团队"),
    template="office/people/team.html",
    order=20,
    right=VIEW_WORKERS,
    takes=("assignments.project",),
)
def of_project(asked: FileAsked) -> Mapping[str, object]:
    """Those assigned today; whoever has left the project is on the list of assignments."""
    today = timezone.localdate()
    rows = holding(today).filter(project_id=asked.row["id"])
    roles = dict(rows.values_list("worker_id", "role"))
    found = _team(asked, list(roles), today, minimums=False, roles=roles)
    return {**found, "more_url": f"/r/assignments/?project={asked.row['id']}"}


def _team(
    asked: FileAsked,
    ids: Collection[UUID],
    today: date,
    *,
    minimums: bool,
    roles: Mapping[UUID, str] | None = None,
) -> dict[str, object]:
    region, minors = str(asked.row["region_code"]), asked.holds(VIEW_VETTINGS)
    team, each = team_standing(ids, region=region, on=today, with_minors=minors, minimums=minimums)
    workers = SocialWorker.objects.filter(pk__in=list(ids)).order_by("hired_on", "pk")
    return {
        "today": today,
        "checks": lines(
            [one for one in team if one.key in TEAM_KEYS or not minimums], _("团队核对"), "team-checks"
        ),
        "people": _people(list(workers), each, roles or {}, minors=minors),
    }


def _people(
    workers: Sequence[SocialWorker],
    found: Mapping[UUID, Sequence[Checked]],
    roles: Mapping[UUID, str],
    *,
    minors: bool,
) -> parts.Table:
    """A line for each; in the order in which they came, never by merit."""
    columns = [
        parts.TableColumn(key="name", label=_("姓名"), lead=True),
        parts.TableColumn(key="post", label=_("角色") if roles else _("岗位")),
        parts.TableColumn(key="certificate", label=_("职业资格")),
        parts.TableColumn(key="filing", label=_("备案")),
        parts.TableColumn(key="registration", label=_("证书登记")),
        *([parts.TableColumn(key="vetting", label=_("从业查询"))] if minors else []),
        parts.TableColumn(key="verdict", label=_("派任")),
    ]
    rows = []
    for worker in workers:
        told = found.get(worker.pk, ())
        plain = [each for each in told if each.key != "vetting"]
        rows.append(
            parts.TableRow(
                url=f"/r/workers/{worker.pk}/?tab=standing",
                cells={
                    "name": masking.mask_name(worker.name),
                    "post": roles.get(worker.pk, worker.post),
                    "certificate": worker.certificate or "—",
                    "filing": word(told, "filing"),
                    "registration": word(told, "certificate"),
                    "vetting": word(told, "vetting"),
                    "verdict": verdict(plain, yes=_("可以派任"), no=_("不得派任")),
                },
            )
        )
    return parts.Table(
        id="team",
        caption=_("团队"),
        columns=columns,
        rows=rows,
        empty=parts.Empty(
            title=_("还没有人"), body=_("在“社工”里登记驻站人员，或在“项目派任”里派任到项目。")
        ),
    )
