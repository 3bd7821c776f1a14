"""概况: what is known of the person, in groups, and by which papers they are of their categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import EDIT_RESIDENTS, VIEW_RESIDENTS
from linzhan.casework.api.residents import CATEGORY_BASES, RESIDENT_DETAILS, CategoryBasis, ResidentDetail
from linzhan.kernel.identity import age
from linzhan.kernel.registers.reading import records
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.office.registers.files import fact
from linzhan.office.registers.listed import short_table
from linzhan.office.registers.showing import Showing
from linzhan.office.residents.head import new_url

OF_AGE: Final = 18
GROUPS: Final = (
    (gettext_lazy("家庭与生活"), ("nation marital education employment unemployed_reason income living sons daughters"
     " housing separation hukou_address emergency_contact emergency_phone landline")),
    (gettext_lazy("健康与照料"), "health chronic mental disability_types disability_grade care_ability care_resources"),
    (gettext_lazy("保障与支持"), "policies social_security social_resources goals external_ids"),
)  # fmt: skip
OF_CHILDREN: Final = (
    gettext_lazy("监护与就学"),
    (
        "guardian_relation guardianship father mother parents_contacted_on carer carer_phone care_agreed_on"
        " child_director school grade attendance"
    ),
)


@file_part(
    "residents",
    template="office/residents/overview.html",
    right=VIEW_RESIDENTS,
    takes=("resident-details.resident", "resident-categories.resident"),
)
def overview(asked: FileAsked) -> Mapping[str, object]:
    row = _details(asked)
    edits = asked.holds(EDIT_RESIDENTS)
    url = new_url("resident-details", asked) if row is None else f"/r/resident-details/{row['id']}/edit/"
    return {
        "groups": [] if row is None else _groups(asked, row),
        "action": parts.Action(label=_("登记详情") if row is None else _("修改详情"), url=url, icon="edit")
        if edits
        else None,
        "bases": _bases(asked),
        "new_basis": parts.Action(
            label=_("登记认定依据"), url=new_url("resident-categories", asked), icon="add"
        )
        if edits
        else None,
    }


def _details(asked: FileAsked) -> dict[str, Any] | None:
    columns = [column for column in RESIDENT_DETAILS.sheet.columns if not column.key]
    rows = ResidentDetail.objects.filter(resident_id=asked.row["id"])[:1]
    return next(iter(records(RESIDENT_DETAILS, rows, columns)), None)


def _groups(asked: FileAsked, row: Mapping[str, Any]) -> list[dict[str, object]]:
    """Blank fields are not shown: the form shows them all. A child's group only for children."""
    showing = Showing(asked.request, RESIDENT_DETAILS, [row])
    born = asked.row.get("born_on")
    child = born is not None and age(born, timezone.localdate()) < OF_AGE
    found = []
    for title, names in (*([OF_CHILDREN] if child else []), *GROUPS):
        stated = [name for name in names.split() if row.get(name) not in (None, "", [])]
        facts = [fact(showing, row, RESIDENT_DETAILS.column(name)) for name in stated]
        if facts:
            found.append({"title": title, "facts": facts})
    return found


def _bases(asked: FileAsked) -> parts.Table:
    rows = CategoryBasis.objects.filter(resident_id=asked.row["id"]).order_by("-starts_on", "-pk")
    names = ("category", "basis", "starts_on", "expires_on", "verified_on", "ended_on")
    return short_table(
        asked.request, CATEGORY_BASES, rows, names,
        empty=parts.Empty(title=_("还没有认定依据"), body=_("登记每个类别依据什么、何时到期，到期前会提醒。")),
    )  # fmt: skip
