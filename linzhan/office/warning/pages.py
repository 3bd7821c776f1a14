"""Early warning at the desk: rules, how stations stand, what waits, and what an alert's own file says more."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.accounts.api import Role
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.navigation import page
from linzhan.office.parts import Duty, Severity
from linzhan.office.warning import file as _file  # noqa: F401 -- registers its parts
from linzhan.oversight.api import HANDLE_ALERTS, SEE_ALERTS, VIEW_ALERTS, Alert, Stage, Tier

page("alert-rules", "监督", gettext_lazy("预警规则"), "office:alert-rules", VIEW_ALERTS, order=20)
page("alert-health", "监督", gettext_lazy("站点健康"), "office:alert-health", SEE_ALERTS, order=30)

TIERS: dict[str, Tier] = {
    Role.STATION_LEAD: Tier.STATION,
    Role.PROVIDER_MANAGER: Tier.PROVIDER,
    Role.TOWNSHIP_OFFICIAL: Tier.COUNTY,
    Role.COUNTY_OFFICIAL: Tier.COUNTY,
    Role.CHILD_PROTECTION: Tier.COUNTY,
    Role.CITY_OFFICIAL: Tier.CITY,
    Role.PROVINCE_OFFICIAL: Tier.PROVINCE,
}
"""With whom an alert lies, by role."""


@waiting("alerts.new", HANDLE_ALERTS)
def unnoted(reader: Reader) -> Waiting | None:
    """Alerts that lie with the reader's tier and that nobody has taken note of."""
    tier = TIERS.get(reader.role)
    if tier is None:
        return None
    rows = Alert.objects.filter(stage=Stage.NEW.value, tier=tier.value)
    red = rows.filter(level=4, due_at__lte=timezone.now()).exists()
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 条预警等您知悉") % n,
            url="/r/alerts/",
            note=_("超过期限没有知悉的会上报上一级"),
            verb=_("查看"),
            severity=Severity("red" if red else "yellow"),
        ),
        due="due_at",
    )
