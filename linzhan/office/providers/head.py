"""资格一览 at the top of an institution's file: may it bid, where, and why not, with the clause (PUR-15, FIL-07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked
from linzhan.office import parts
from linzhan.office.providers.asked import Asked, asked
from linzhan.office.providers.showing import checks_table, status
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.providers.api import VIEW_STANDING, standing_checks

KEY = "standing"


def _standing(of: FileAsked) -> tuple[Asked, Sequence[Checked]]:
    if KEY not in of.noted:
        given = asked(of.request, str(of.row["region_code"]))
        found = standing_checks(of.row["id"], region=given.region, on=given.on, purchaser=given.purchaser)
        of.noted[KEY] = given, found
    return cast("tuple[Asked, Sequence[Checked]]", of.noted[KEY])


@file_part("providers", template="office/providers/standing.html", order=-10, right=VIEW_STANDING)
def panel(of: FileAsked) -> Mapping[str, object]:
    given, found = _standing(of)
    place = paths_of([given.region]).get(given.region, given.region).replace("/", "")
    return {
        "title": _("资格一览：%(place)s，%(day)s") % {"place": place, "day": given.on},
        "status": status(found),
        "table": checks_table(found, _("资格一览"), parts.Empty(title=_("没有可核对的规定")), of="standing"),
        "filters": parts.Filters(
            fields=[
                parts.Field(
                    name="region",
                    label=_("在哪里承接"),
                    kind="region",
                    value=given.region,
                    display=place,
                    url="/regions/pick/",
                ),
                parts.Field(name="on", label=_("哪一天"), kind="date", value=given.on),
                parts.Field(
                    name="purchaser",
                    label=_("哪个购买方"),
                    value=given.purchaser,
                    placeholder=_("写明后核对对它的禁入"),
                ),
            ],
            action=of.url,
            target="standing-panel",
        ),
    }
