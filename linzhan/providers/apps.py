from __future__ import annotations

from linzhan.kernel import discovery


class ProvidersConfig(discovery.LinzhanAppConfig):
    name = "linzhan.providers"
    verbose_name = "承接机构"
