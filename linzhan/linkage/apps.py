from __future__ import annotations

from linzhan.kernel import discovery


class LinkageConfig(discovery.LinzhanAppConfig):
    name = "linzhan.linkage"
    verbose_name = "五社联动"
