from __future__ import annotations

from linzhan.kernel import discovery


class DemoConfig(discovery.LinzhanAppConfig):
    name = "linzhan.demo"
    verbose_name = "演示城市"
