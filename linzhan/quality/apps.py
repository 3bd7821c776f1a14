from __future__ import annotations

from linzhan.kernel import discovery


class QualityConfig(discovery.LinzhanAppConfig):
    name = "linzhan.quality"
    verbose_name = "评估"
    applets = True
