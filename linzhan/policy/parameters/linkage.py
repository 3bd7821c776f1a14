"""What places decide about the service menu, the lists and the linkage of the 社."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Group
from linzhan.policy.shapes import CatalogueShape
from linzhan.policy.valuetypes import CODES, COUNT, Shaped, Text

CATALOGUE_SHAPE = parameter(
    code="linkage.catalogue_shape",
    label=_("服务清单结构"),
    group=Group.LINKAGE,
    kind=Shaped(CatalogueShape),
    requirements="CFG-08 SVC-01 SVC-02 SVC-03 SVC-04",
)
PROJECT_MODEL = parameter(
    code="linkage.project_model",
    label=_("项目清单模式"),
    group=Group.LINKAGE,
    kind=Shaped(CatalogueShape),
    requirements="CFG-08 LST-03",
)
NEED_CLASSES = parameter(
    code="linkage.need_classes",
    label=_("需求清单分类"),
    group=Group.LINKAGE,
    kind=CODES,
    requirements="LST-02",
)
SOCIAL_MODEL = parameter(
    code="linkage.social_model",
    label=_("联动机制"),
    group=Group.LINKAGE,
    kind=Text(choices=("五社联动", "三社联动")),
    requirements="VOL-13 VOL-14",
)
VOLUNTEER_ACTIVE_DAYS = parameter(
    code="linkage.volunteer_active_days",
    label=_("活跃志愿者统计天数"),
    group=Group.LINKAGE,
    kind=COUNT,
    unit="日",
    requirements="VOL-01",
)
