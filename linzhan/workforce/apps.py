from __future__ import annotations

from linzhan.kernel import discovery


class WorkforceConfig(discovery.LinzhanAppConfig):
    name = "linzhan.workforce"
    verbose_name = "社工人员"
    applets = True
