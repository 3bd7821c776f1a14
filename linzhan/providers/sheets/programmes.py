"""How a place grows its institutions, as registers: bases, pairs, models, pools, associations, campaigns."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Origin, Sheet
from linzhan.kernel.sheets.making import (
    beside,
    choice,
    count,
    day,
    key,
    long_text,
    money,
    reference,
    region,
    text,
    texts,
)
from linzhan.providers.columns import provider_column
from linzhan.providers.enums import (
    DEMONSTRATION_FIELDS,
    INCUBATION_FIELDS,
    INCUBATION_GROUPS,
    TWINNING_TOPICS,
)
from linzhan.providers.models import (
    Association,
    Campaign,
    Demonstration,
    Incubation,
    IncubationBase,
    PooledOperator,
    Twinning,
    TwinningDay,
)
from linzhan.providers.rights import EDIT_OWN, EDIT_PROGRAMMES, VIEW_PROVIDERS

LEVELS = "国家级/省级/市级/县级"


def several(name: str, header: str, choices: str, hint: str = "") -> Column:
    """Some of a closed list."""
    return Column(
        name=name, header=header, kind=Kind.CHOICE, several=True, choices=tuple(choices.split("/")), help=hint
    )


BASES = register(
    Register(
        key="incubation-bases",
        starter=False,
        beside=True,
        numbered="FH",
        sheet=Sheet(
            name="孵化基地",
            by_headers=False,
            columns=(
                key("基地编号"),
                text("name", "基地名称", required=True),
                region(),
                text("operator", "运营单位"),
                several("offers", "提供", "办公场地/服务场所/启动资金/能力建设/项目督导/财务托管"),
                Column(name="area", header="面积", kind=Kind.DECIMAL, minimum=0, unit="平方米"),
                count("places", "可入驻家数", unit="家"),
                several("groups", "优先服务人群", INCUBATION_GROUPS),
                several("fields", "优先领域", INCUBATION_FIELDS),
                day("opened_on", "启用日期", required=True),
                day("closed_on", "停用日期", not_before="opened_on"),
            ),
        ),
        model=IncubationBase,
        place=("region",),
        happens="opened_on",
        ends="closed_on",
        view=VIEW_PROVIDERS,
        edit=EDIT_PROGRAMMES,
        listed=("name", "region", "operator", "offers", "places", "opened_on"),
        searched=("code", "name"),
        nav="机构",
    )
)

INCUBATIONS = register(
    Register(
        key="incubations",
        starter=False,
        beside=True,
        numbered="RZ",
        sheet=Sheet(
            name="入驻孵化",
            by_headers=False,
            columns=(
                key("入驻编号"),
                reference("base", "基地编号", "孵化基地", required=True),
                text("name", "入驻组织", required=True, hint="还没有登记成立的，填拟用名称"),
                provider_column(hint="已经登记的填写"),
                choice(
                    "kind", "组织类型", "公益慈善类/社区服务类/枢纽型/社会工作服务机构/其他", required=True
                ),
                several("groups", "服务人群", INCUBATION_GROUPS),
                several("fields", "服务领域", INCUBATION_FIELDS),
                day("entered_on", "入驻日期", required=True),
                day("left_on", "出壳日期", not_before="entered_on"),
                choice("outcome", "结果", "登记成立/独立运营/继续孵化/退出"),
            ),
        ),
        model=Incubation,
        place=("base",),
        happens="entered_on",
        ends="left_on",
        view=VIEW_PROVIDERS,
        edit=EDIT_PROGRAMMES,
        listed=("name", "base", "kind", "fields", "entered_on", "left_on", "outcome"),
        filters=("kind", "outcome", "base"),
        searched=("code", "name"),
        order="-entered_on",
        nav="机构",
    )
)

TWINNINGS = register(
    Register(
        key="twinnings",
        starter=False,
        beside=True,
        numbered="QS",
        sheet=Sheet(
            name="牵手计划",
            by_headers=False,
            columns=(
                key("牵手编号"),
                text("name", "名称", required=True),
                region(hint="受援的地方"),
                provider_column(required=True, hint="受援的机构"),
                text("helper", "援助方", required=True, hint="成熟机构或外地行业组织的名称"),
                text("helper_place", "援助方所在地"),
                several("topics", "帮扶内容", TWINNING_TOPICS),
                choice("level", "经费级别", "中央/省级/市级/县级/自筹"),
                money("budget", "经费"),
                count("workers", "受助社工人数", unit="人"),
                day("starts_on", "开始日期", required=True),
                day("ends_on", "结束日期", required=True, not_before="starts_on"),
                text("agreement", "协议文号", hint="合作协议另在“网络 → 对口支援”登记期限"),
                long_text("outcome", "成效"),
            ),
        ),
        model=Twinning,
        place=("region",),
        own_place=True,
        happens="starts_on",
        ends="ends_on",
        view=VIEW_PROVIDERS,
        edit=EDIT_PROGRAMMES,
        listed=("name", "provider", "helper", "topics", "workers", "starts_on", "ends_on"),
        filters=("level", "provider"),
        searched=("code", "name", "helper"),
        order="-starts_on",
        nav="机构",
    )
)

TWINNING_DAYS = register(
    Register(
        key="twinning-days",
        starter=False,
        beside=True,
        numbered="BF",
        sheet=Sheet(
            name="牵手帮扶",
            by_headers=False,
            columns=(
                key("帮扶编号"),
                reference("twinning", "牵手编号", "牵手计划", required=True),
                day("helped_on", "帮扶日期", required=True),
                choice("topic", "帮扶内容", TWINNING_TOPICS, required=True),
                choice("mode", "方式", "到场/跟岗/远程"),
                text("helper", "督导或专家"),
                Column(
                    name="workers",
                    header="受助社工人数",
                    kind=Kind.INTEGER,
                    required=True,
                    minimum=1,
                    unit="人",
                ),
                Column(
                    name="days",
                    header="工作日",
                    kind=Kind.DECIMAL,
                    places=1,
                    required=True,
                    minimum=0,
                    unit="个",
                    help="每名社工得到的帮扶，半天填 0.5",
                ),
                beside(
                    Column(name="person_days", header="人次工作日", kind=Kind.DECIMAL, places=1),
                    Origin.DERIVED,
                ),
                long_text("content", "内容"),
            ),
        ),
        model=TwinningDay,
        place=("twinning",),
        happens="helped_on",
        title="code",
        view=VIEW_PROVIDERS,
        edit=EDIT_OWN,
        listed=("twinning", "helped_on", "topic", "mode", "workers", "days", "person_days"),
        filters=("topic", "twinning"),
        searched=("code",),
        order="-helped_on",
        nav="机构",
    )
)

DEMONSTRATIONS = register(
    Register(
        key="demonstrations",
        starter=False,
        beside=True,
        numbered="SF",
        sheet=Sheet(
            name="示范机构",
            by_headers=False,
            columns=(
                key("示范编号"),
                region(hint="哪个地方认定的"),
                provider_column(required=True),
                choice("field", "领域", DEMONSTRATION_FIELDS, required=True),
                choice("level", "示范级别", LEVELS, required=True),
                day("named_on", "认定日期", required=True),
                day("until", "有效期至", not_before="named_on"),
                text("document", "依据文件"),
            ),
        ),
        model=Demonstration,
        place=("region",),
        happens="named_on",
        ends="until",
        title="field",
        view=VIEW_PROVIDERS,
        edit=EDIT_PROGRAMMES,
        listed=("provider", "field", "level", "region", "named_on", "until"),
        filters=("field", "level", "provider"),
        searched=("code",),
        order="-named_on",
        nav="机构",
    )
)

POOL = register(
    Register(
        key="operator-pool",
        starter=False,
        beside=True,
        numbered="JK",
        sheet=Sheet(
            name="运营机构库",
            by_headers=False,
            columns=(
                key("入库编号"),
                region(hint="哪个地方的机构库"),
                provider_column(required=True),
                text("pool", "机构库", required=True, hint="如 全省乡镇社工站承接机构库"),
                text("batch", "批次", max_length=40),
                text("chosen_by", "遴选单位"),
                choice("way", "遴选方式", "公开遴选/推荐/申报评审"),
                day("chosen_on", "入库日期", required=True),
                day("until", "有效期至", not_before="chosen_on"),
            ),
        ),
        model=PooledOperator,
        place=("region",),
        own_place=True,
        happens="chosen_on",
        ends="until",
        title="pool",
        view=VIEW_PROVIDERS,
        edit=EDIT_PROGRAMMES,
        listed=("provider", "pool", "batch", "chosen_by", "chosen_on", "until"),
        filters=("way", "provider"),
        searched=("code", "pool"),
        order="-chosen_on",
        nav="机构",
    )
)

ASSOCIATIONS = register(
    Register(
        key="associations",
        starter=False,
        beside=True,
        numbered="HY",
        sheet=Sheet(
            name="行业组织",
            by_headers=False,
            columns=(
                key("行业组织编号"),
                text("name", "名称", required=True),
                region(),
                provider_column(hint="已在“承接机构”登记的填写"),
                choice("level", "级别", LEVELS, required=True),
                count("members", "会员单位数", unit="家"),
                texts("delegated", "受托事项", hint="如 专业培训、督导、评估、实践研究、证书登记"),
                several("norms", "行业规范", "运营管理/信用建设/信息公开/纪律惩戒"),
                day("founded_on", "成立日期", required=True),
                day("ended_on", "注销日期", not_before="founded_on"),
            ),
        ),
        model=Association,
        place=("region",),
        happens="founded_on",
        ends="ended_on",
        view=VIEW_PROVIDERS,
        edit=EDIT_PROGRAMMES,
        listed=("name", "level", "region", "members", "delegated", "norms", "founded_on"),
        filters=("level",),
        searched=("code", "name"),
        order="-founded_on",
        nav="机构",
    )
)

CAMPAIGNS = register(
    Register(
        key="campaigns",
        starter=False,
        beside=True,
        numbered="ZX",
        sheet=Sheet(
            name="专项行动",
            by_headers=False,
            columns=(
                key("行动编号"),
                text("name", "行动名称", required=True, hint="如 打击整治非法社会组织专项行动"),
                region(),
                texts("departments", "参加部门"),
                long_text("duties", "部门职责", hint="一行一个部门"),
                day("starts_on", "开始日期", required=True),
                day("ends_on", "结束日期", not_before="starts_on"),
                count("found", "排查线索", unit="条"),
                count("banned", "取缔劝散", unit="家"),
                count("guided", "引导登记", unit="家"),
            ),
        ),
        model=Campaign,
        place=("region",),
        own_place=True,
        happens="starts_on",
        ends="ends_on",
        view=VIEW_PROVIDERS,
        edit=EDIT_PROGRAMMES,
        listed=("name", "region", "departments", "starts_on", "ends_on", "found", "banned"),
        searched=("code", "name"),
        order="-starts_on",
        nav="机构",
    )
)
