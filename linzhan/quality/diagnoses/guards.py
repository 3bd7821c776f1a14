"""What must be so before a diagnosis goes on: Chinese sentences that say what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.policy.api import NoRuling, ruling_for
from linzhan.policy.api import quality as rulebook
from linzhan.quality.models import PersonnelDiagnosis


def settleable(row: Mapping[str, Any]) -> str:
    """The institution has answered, or had the time to."""
    held = PersonnelDiagnosis.objects.get(pk=row["id"])
    if held.replied_on is not None or held.told_on is None:
        return ""
    try:
        days = ruling_for(rulebook.OBJECTION_DAYS, region=held.region_code, on=held.told_on).value
    except NoRuling:
        days = 0
    until = held.told_on + timedelta(days=days)
    return _("陈述期到 %s 为止，机构还没有陈述意见") % until if timezone.localdate() <= until else ""
