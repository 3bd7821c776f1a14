from __future__ import annotations

from linzhan.kernel import discovery


class OfficeConfig(discovery.LinzhanAppConfig):
    name = "linzhan.office"
    verbose_name = "办公"
