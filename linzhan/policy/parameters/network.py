"""What places decide about the network and its stations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Binding, Group, Meaning
from linzhan.policy.shapes import ChecklistItem, DemonstrationQuota, Phase, Target, TierName
from linzhan.policy.valuetypes import AMOUNT, CODES, COUNT, TEXT, YES_NO, Rows

TIERS = parameter(
    code="network.tiers",
    label=_("服务网络层级与名称"),
    group=Group.NETWORK,
    kind=Rows(TierName),
    requirements="CFG-01 NET-01 NET-02 NET-03 NET-04 NET-05 NET-06",
)
TOWNSHIP_STATION_NAME = parameter(
    code="network.township_station_name",
    label=_("乡镇(街道)站点对外名称"),
    group=Group.NETWORK,
    kind=TEXT,
    requirements="CFG-02 NET-07",
)
VILLAGE_POINT_NAME = parameter(
    code="network.village_point_name",
    label=_("村(社区)服务点名称"),
    group=Group.NETWORK,
    kind=TEXT,
    requirements="NET-05 NET-07",
)
COUNT_STATISTICAL_TOWNSHIPS = parameter(
    code="network.count_statistical_townships",
    label=_("统计用乡镇级区划(开发区、景区等)计入乡镇(街道)数"),
    group=Group.NETWORK,
    kind=YES_NO,
    requirements="TGT-02 TGT-03",
)
BUILD_CHECKLIST = parameter(
    code="network.build_checklist",
    label=_("建站标准清单"),
    group=Group.NETWORK,
    kind=Rows(ChecklistItem),
    meaning=Meaning.SHARE,
    requirements="CFG-02 STN-02 STN-03 STN-04 STN-05 STN-06",
)
UNIFIED_ITEMS = parameter(
    code="network.unified_items",
    label=_("站点统一事项"),
    group=Group.NETWORK,
    kind=CODES,
    requirements="STN-09 STN-10 STN-12",
)
FUNCTION_ZONES = parameter(
    code="network.function_zones",
    label=_("功能区块与功能室"),
    group=Group.NETWORK,
    kind=CODES,
    requirements="STN-08",
)
MINIMUM_AREA = parameter(
    code="network.minimum_area",
    label=_("站点专用面积下限"),
    group=Group.NETWORK,
    kind=AMOUNT,
    unit="㎡",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="STN-07",
)
FULL_TIME_STAFF = parameter(
    code="network.full_time_staff",
    label=_("每站全职社工下限"),
    group=Group.NETWORK,
    kind=COUNT,
    unit="人",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="CFG-03 STN-16",
)
CERTIFIED_STAFF = parameter(
    code="network.certified_staff",
    label=_("每站持证社工下限"),
    group=Group.NETWORK,
    kind=COUNT,
    unit="人",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="CFG-03 STN-16",
)
PROFESSIONAL_STAFF = parameter(
    code="network.professional_staff",
    label=_("每站专业社工下限"),
    group=Group.NETWORK,
    kind=COUNT,
    unit="人",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="CFG-03 STN-17",
)
DEMONSTRATION_QUOTA = parameter(
    code="network.demonstration_quota",
    label=_("示范站建设数量"),
    group=Group.NETWORK,
    kind=Rows(DemonstrationQuota),
    meaning=Meaning.SHARE,
    requirements="STN-21 TGT-11",
)
PHASES = parameter(
    code="network.phases",
    label=_("建设阶段"),
    group=Group.NETWORK,
    kind=Rows(Phase),
    requirements="TGT-07",
)
TARGETS = parameter(
    code="network.targets",
    label=_("建设与覆盖目标"),
    group=Group.NETWORK,
    kind=Rows(Target),
    meaning=Meaning.SHARE,
    requirements="TGT-01 TGT-02 TGT-05 TGT-06 TGT-08 TGT-09 TGT-10 TGT-13 TGT-15",
)
