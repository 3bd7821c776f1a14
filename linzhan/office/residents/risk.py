"""风险: what speaks from the file and why, what people decided, what happened to the person (OBJ-03)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import EDIT_RISK, VIEW_RISK
from linzhan.casework.api.residents import MAJOR_CHANGES, RISK_REVIEWS, MajorChange, RiskReview
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.office.registers.listed import short_table
from linzhan.office.residents.head import new_url
from linzhan.office.residents.noted import noted


@file_part(
    "residents",
    key="risk",
    label=gettext_lazy("风险"),
    template="office/residents/risk.html",
    order=30,
    right=VIEW_RISK,
    takes=("risk-reviews.resident", "major-changes.resident"),
)
def risk(asked: FileAsked) -> Mapping[str, object]:
    identity, edits = asked.row["id"], asked.holds(EDIT_RISK)
    suggested, level = noted(asked).suggestion, str(asked.row.get("risk") or "")
    reviews = RiskReview.objects.filter(resident_id=identity).order_by("-reviewed_on", "-pk")
    changes = MajorChange.objects.filter(resident_id=identity).order_by("-found_at", "-pk")
    return {
        "level": level,
        "suggested": suggested,
        "differs": bool(level) and suggested.level != level,
        "review": parts.Action(
            label=_("评定风险"), url=new_url("risk-reviews", asked, level=suggested.level), icon="edit"
        )
        if edits
        else None,
        "note": parts.Action(label=_("登记变故"), url=new_url("major-changes", asked), icon="add")
        if edits
        else None,
        "reviews": short_table(
            asked.request, RISK_REVIEWS, reviews,
            ("level", "reviewed_on", "review_by", "reason", "suggested", "worker"),
            lead="reviewed_on", empty=parts.Empty(title=_("还没有评定过风险")),
        ),
        "changes": short_table(
            asked.request, MAJOR_CHANGES, changes, ("found_at", "kind", "happened_at", "note"),
            empty=parts.Empty(
                title=_("没有登记过重大变故"), body=_("火灾、意外、亲人去世等发生后登记，首次探访的时限随之起算。")
            ),
        ),
    }  # fmt: skip
