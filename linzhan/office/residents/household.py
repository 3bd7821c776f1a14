"""家庭: the household beside the person, and who else of it is on the register (OBJ-07)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import EDIT_RESIDENTS, RESIDENTS, VIEW_RESIDENTS, Resident
from linzhan.casework.api.residents import HOUSEHOLDS, Household
from linzhan.kernel.registers.reading import Referred, records
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.office.registers.files import fact
from linzhan.office.registers.listed import short_table
from linzhan.office.registers.showing import Showing

SHOWN = ("code", "head", "phone", "members_count", "home_region", "address", "income", "notes")
MEMBER = ("name", "sex", "born_on", "categories", "risk", "worker", "status")
COUNTY = 6


def members(region_code: str, number: str) -> QuerySet[Resident]:
    """Those on the register with this household number; it is the county's own."""
    rows = (
        Resident.objects.filter(county_code=region_code[:COUNTY], household=number, merged_into__isnull=True)
        if number
        else None
    )
    return (Resident.objects.none() if rows is None else rows).order_by("born_on", "pk")


@file_part(
    "residents",
    key="household",
    label=gettext_lazy("家庭"),
    template="office/residents/household.html",
    order=10,
    right=VIEW_RESIDENTS,
)
def household(asked: FileAsked) -> Mapping[str, object]:
    number = str(asked.row.get("household") or "")
    row = _household(asked.row["region_code"], number)
    return {
        "number": number,
        "facts": [] if row is None else _facts(asked, row),
        "action": _action(asked, number, row),
        "members": _members(asked, number) if number else None,
        "edit_url": f"{asked.url}edit/" if asked.holds(EDIT_RESIDENTS) else "",
    }


def _household(region_code: str, number: str) -> dict[str, Any] | None:
    rows = Household.objects.filter(county_code=region_code[:COUNTY], code=number)[:1]
    return next(iter(records(HOUSEHOLDS, rows)), None) if number else None


def _facts(asked: FileAsked, row: Mapping[str, Any]) -> list[parts.Fact]:
    showing = Showing(asked.request, HOUSEHOLDS, [row])
    return [fact(showing, row, HOUSEHOLDS.column(name)) for name in SHOWN]


def _action(asked: FileAsked, number: str, row: Mapping[str, Any] | None) -> parts.Action | None:
    if not number or not asked.holds(EDIT_RESIDENTS):
        return None
    if row is not None:
        return parts.Action(label=_("打开这一户"), url=f"/r/households/{row['id']}/")
    station = asked.row.get("station")
    given = {"code": number, "station": str(station.id) if isinstance(station, Referred) else ""}
    return parts.Action(label=_("登记这一户"), url=f"/r/households/new/?{urlencode(given)}", icon="add")


def _members(asked: FileAsked, number: str) -> parts.Table:
    return short_table(
        asked.request, RESIDENTS, members(asked.row["region_code"], number), MEMBER,
        caption=_("家庭成员"),
        empty=parts.Empty(title=_("名册里没有这一户的人"), body=_("在服务对象名册里填上同一个户编号，就会列在这里。")),
    )  # fmt: skip


@file_part("households", template="office/residents/members.html", right=VIEW_RESIDENTS)
def of_household(asked: FileAsked) -> Mapping[str, object]:
    return {"members": _members(asked, str(asked.row["code"]))}
