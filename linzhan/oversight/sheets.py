"""Disclosure, as the workbook spells it (DSC-01)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import day, key, text
from linzhan.network.api import station_column
from linzhan.oversight.models import Disclosure
from linzhan.oversight.plausibility.call_sheets import CALLBACKS, SAMPLES
from linzhan.oversight.plausibility.sheets import FLAGS
from linzhan.oversight.rights import EDIT_DISCLOSURES, VIEW_DISCLOSURES
from linzhan.oversight.warning.sheets import ALERTS
from linzhan.providers.api import provider_column

DISCLOSURES = register(
    Register(
        key="disclosures",
        sheet=Sheet(
            name="公开",
            aliases=("三务公开", "公开台账", "信息公开"),
            columns=(
                key("公开编号"),
                provider_column(hint="哪家机构公开的；与站点编号至少填一项"),
                station_column(),
                Column(
                    name="month",
                    header="月份",
                    kind=Kind.MONTH,
                    required=True,
                    aliases=("公开月份", "所属月份"),
                    help="公开的是哪个月的情况，如 2021-06",
                ),
                day("published_on", "公开日期", "公开时间", required=True),
                text("channel", "渠道", "公开渠道"),
                text("url", "网址", "链接", max_length=2000),
            ),
        ),
        model=Disclosure,
        happens="published_on",
        place=("station", "provider"),
        by_doer=True,
        title="code",
        view=VIEW_DISCLOSURES,
        edit=EDIT_DISCLOSURES,
        listed=("month", "provider", "station", "published_on", "channel", "url"),
        searched=("code",),
        order="-month",
        nav="报告",
    )
)

__all__ = ["ALERTS", "CALLBACKS", "DISCLOSURES", "FLAGS", "SAMPLES"]
