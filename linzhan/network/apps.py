from __future__ import annotations

from linzhan.kernel import discovery


class NetworkConfig(discovery.LinzhanAppConfig):
    name = "linzhan.network"
    verbose_name = "服务网络"
