"""A small corner of Hunan, and a look-up in which every text is a code."""

from __future__ import annotations

from collections.abc import Iterable

from linzhan.kernel import places
from linzhan.territory.api import Region

HUNAN, HUAIHUA, CHANGSHA = "430000000000", "431200000000", "430100000000"
HECHENG, ZHONGFANG = "431202000000", "431221000000"
TUOYUAN, CHENGNAN, HUANGJINAO = "431202005000", "431202007000", "431202101000"
HUANGYAN = "431202400000"  # a tourist zone: statistical
ZHONGFANG_TOWN, TONGWAN = "431221100000", "431221101000"
LITOUYUAN, WANTAN = "431202005200", "431202007002"

NAMES = {
    HUNAN: "湖南省",
    HUAIHUA: "怀化市",
    HECHENG: "鹤城区",
    ZHONGFANG: "中方县",
    TUOYUAN: "坨院街道",
    CHENGNAN: "城南街道",
    HUANGJINAO: "黄金坳镇",
    HUANGYAN: "黄岩旅游度假区",
    ZHONGFANG_TOWN: "中方镇",
    TONGWAN: "铜湾镇",
    LITOUYUAN: "犁头园村",
    WANTAN: "湾潭社区",
}


class Codes:
    """Resolves every text as a code, so that a test needs no tree."""

    def resolve_many(self, texts: Iterable[str]) -> dict[str, str]:
        return {text: places.pad(text) for text in texts}


def corner() -> None:
    """Two counties with four and two townships, one of them a tourist zone, and two villages."""
    Region.objects.bulk_create(
        Region(
            code=code,
            name=name,
            short_name=name,
            level=places.level_of(code),
            parent_code=places.parent(code),
            full_path="/".join(NAMES[above] for above in places.lineage(code)),
            statistical=code == HUANGYAN,
        )
        for code, name in NAMES.items()
    )
