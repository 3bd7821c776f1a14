"""Work that people order of early warning: a run of the rules over their own place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from linzhan.kernel.jobs.running import JobFault, Progress, job
from linzhan.kernel.scope import require_place, unscoped
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
        done = run(region, date.fromisoformat(payload["on"]), why="手动")
    found = sum(len(each.findings) for each in done.answers if not each.rule.narrow)
    progress(1, 1, _("成立 %d 条") % found)
    return {"url": "/r/alerts/", "label": _("查看预警")}
