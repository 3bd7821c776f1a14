"""Work that people order of early warning: a run of the rules over their own place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from linzhan.kernel.jobs.running import JobFault, Progress, job
from linzhan.kernel.scope import require_place, unscoped
from linzhan.oversight.plausibility.running import check
from linzhan.oversight.warning.running import run

KIND: Final = "oversight.alerts"


@job(KIND)
def run_rules(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The rules see what the night's run sees; the place must be the orderer's own."""
    region = str(payload["region"])
    try:
        require_place(region)
    except PermissionError as refused:
        raise JobFault(str(refused)) from None
    with unscoped("the rules of early warning look across the registers of a place"):
        on = date.fromisoformat(payload["on"])
        done = run(region, on, why="手动")
        checked = check(region, on)
    told = {
        "found": sum(len(each.findings) for each in done.answers if not each.rule.narrow),
        "asked": sum(len(each.findings) for each in checked.answers),
    }
    progress(1, 1, _("预警成立 %(found)d 条，疑点 %(asked)d 条") % told)
    return {"url": "/r/alerts/", "label": _("查看预警")}
