"""How much help a twin gave each worker in a year, against the rule of the place (INS-26, INS-27)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import rulings_for
from linzhan.providers.models import Twinning, TwinningDay
from linzhan.providers.parameters import TWINNING


def twinning_checks(twinning: Twinning) -> list[Checked]:
    """Working days for each worker, year by year. Without a number of workers nothing can be divided: unknown."""
    rows = TwinningDay.objects.filter(twinning=twinning).annotate(year=ExtractYear("helped_on"))
    totals = dict(rows.order_by().values_list("year").annotate(total=Sum("person_days")))
    found = []
    for year in range(twinning.starts_on.year, twinning.ends_on.year + 1):
        on = max(date(year, 1, 1), twinning.starts_on)
        ruling = rulings_for(TWINNING, [twinning.region_code], on).get(twinning.region_code)
        if ruling is None:
            continue
        outcome, words = _of_year(totals.get(year), twinning.workers, ruling.value.days_per_worker)
        found.append(
            Checked(
                key="providers.twinning",
                title=str(year),
                outcome=outcome,
                words=words,
                clause=ruling.citation,
            )
        )
    return found


def _of_year(total: Decimal | None, workers: int | None, least: int) -> tuple[Outcome, str]:
    if total is None:
        return Outcome.UNKNOWN, _("没有登记帮扶")
    told = {"total": f"{total:f}", "workers": workers, "least": least}
    if not workers:
        return Outcome.UNKNOWN, _("共 %(total)s 人次工作日；没有填写受助社工人数，算不出人均") % told
    told["each"] = f"{total / workers:.1f}"
    words = _("%(total)s 人次工作日 / %(workers)d 名社工，人均 %(each)s 个，须超过 %(least)d 个") % told
    return (Outcome.PASS if total > workers * least else Outcome.WARN), words
