from __future__ import annotations

from linzhan.kernel import discovery


class OversightConfig(discovery.LinzhanAppConfig):
    name = "linzhan.oversight"
    verbose_name = "监督"
    applets = True
