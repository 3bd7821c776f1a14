from __future__ import annotations

from linzhan.kernel import discovery


class InterfaceConfig(discovery.LinzhanAppConfig):
    name = "linzhan.interface"
    verbose_name = "接口"
