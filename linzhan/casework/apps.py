from __future__ import annotations

from linzhan.kernel import discovery


class CaseworkConfig(discovery.LinzhanAppConfig):
    name = "linzhan.casework"
    verbose_name = "服务"
    applets = True
