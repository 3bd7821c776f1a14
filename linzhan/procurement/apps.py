from __future__ import annotations

from linzhan.kernel import discovery


class ProcurementConfig(discovery.LinzhanAppConfig):
    name = "linzhan.procurement"
    verbose_name = "政府购买"
    applets = True
