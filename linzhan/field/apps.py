from __future__ import annotations

from linzhan.kernel import discovery


class FieldConfig(discovery.LinzhanAppConfig):
    name = "linzhan.field"
    verbose_name = "手机端"
