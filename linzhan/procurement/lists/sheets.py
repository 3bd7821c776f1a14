"""Lists around purchases, as registers (PUR-12, 14, 18, 19, 20, 23, 28, 30; SVC-21, HOT-04, HOT-05)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import (
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
    yes_no,
)
from linzhan.procurement.columns import PROJECT
from linzhan.procurement.lists.models import (
    CatalogueItem,
    Contest,
    ContestEntry,
    DepartmentItem,
    ProjectClass,
    TeamRelation,
)
from linzhan.procurement.lists.rights import EDIT_LISTS, VIEW_LISTS
from linzhan.providers.api import provider_column

OF_PROJECT = reference("project", "项目编号", "项目", required=True, hint="哪一个项目")

CATALOGUE = register(
    Register(
        key="catalogue-items",
        starter=False,
        numbered="ML",
        sheet=Sheet(
            name="采购目录",
            by_headers=False,
            columns=(
                key("目录编号"),
                text("name", "事项名称", required=True),
                text("category", "大类", max_length=100, hint="如 社会救助、养老服务"),
                region(hint="目录由哪个地方公布"),
                choice("listed_in", "所在目录", "省级目录/政府购买服务指导性目录/民政事项清单/本地清单"),
                yes_no("purchasable", "可以购买", dated=False, hint="不得购买的也列出来，写“否”"),
                yes_no("from_associations", "可向行业组织购买", dated=False),
                day("starts_on", "启用日期", required=True),
                day("ends_on", "停用日期", not_before="starts_on"),
                text("basis", "依据", hint="公布目录的文件"),
            ),
        ),
        model=CatalogueItem,
        ends="ends_on",
        place=("region",),
        own_place=True,
        view=VIEW_LISTS,
        edit=EDIT_LISTS,
        listed=("name", "category", "listed_in", "purchasable", "from_associations", "region", "ends_on"),
        filters=("listed_in", "purchasable"),
        searched=("name", "code"),
        nav="购买",
    )
)

CLASSES = register(
    Register(
        key="project-classes",
        starter=False,
        sheet=Sheet(
            name="项目分类",
            by_headers=False,
            columns=(
                reference("project", "项目编号", "项目", key=True, hint="一个项目一行"),
                text(
                    "topic",
                    "主题",
                    max_length=100,
                    hint="如 社工人才培训、留守人群服务、困境儿童服务、社会工作督导、灾后重建服务",
                ),
                texts(
                    "fields",
                    "服务领域",
                    max_length=50,
                    hint="如 儿童关爱、社会救助、家庭文明、预防犯罪；可填多个",
                ),
                choice("special", "特殊性质", "应急处置/灾害救援/灾后重建/疫后关爱康复"),
                text("event", "所为何事", hint="哪一场灾害或突发事件"),
                reference("coordinator", "统筹站点编号", "社工站", hint="由哪个站点统筹"),
                long_text("remark", "说明"),
            ),
        ),
        model=ProjectClass,
        place=("project",),
        unique_in="nation",
        title="project",
        view=VIEW_LISTS,
        edit=EDIT_LISTS,
        listed=("project", "topic", "fields", "special", "event", "coordinator"),
        filters=("special", "topic"),
        nav="购买",
    )
)

DEPARTMENT_ITEMS = register(
    Register(
        key="department-items",
        starter=False,
        numbered="XC",
        sheet=Sheet(
            name="部门下沉事项",
            by_headers=False,
            columns=(
                key("事项编号"),
                text("name", "事项名称", required=True),
                text(
                    "department",
                    "部门",
                    required=True,
                    max_length=100,
                    hint="如 工会、团委、妇联、残联、退役军人事务局",
                ),
                text("category", "事项类别", max_length=50),
                region(),
                PROJECT,
                money("amount", "随事经费", hint="随事项转来的经费；没有就留空"),
                day("starts_on", "下沉日期", required=True),
                day("ends_on", "收回日期", not_before="starts_on"),
            ),
        ),
        model=DepartmentItem,
        ends="ends_on",
        place=("region",),
        along="project",
        view=VIEW_LISTS,
        edit=EDIT_LISTS,
        listed=("name", "department", "category", "region", "project", "amount", "starts_on"),
        filters=("department", "category"),
        searched=("name", "code"),
        nav="购买",
    )
)

CONTESTS = register(
    Register(
        key="contests",
        starter=False,
        numbered="DS",
        sheet=Sheet(
            name="公益创投和项目大赛",
            by_headers=False,
            columns=(
                key("批次编号"),
                text("name", "批次名称", required=True),
                choice("kind", "形式", "公益创投/项目大赛", required=True),
                text("organiser", "主办单位"),
                region(),
                day("opened_on", "征集日期", required=True),
                day("closed_on", "截止日期", not_before="opened_on"),
                money("fund", "资助总额"),
                count("wanted", "计划资助数", unit="个"),
                long_text("remark", "说明"),
            ),
        ),
        model=Contest,
        place=("region",),
        view=VIEW_LISTS,
        edit=EDIT_LISTS,
        listed=("name", "kind", "organiser", "region", "opened_on", "closed_on", "fund"),
        filters=("kind",),
        searched=("name", "code"),
        order="-opened_on",
        nav="购买",
    )
)

ENTRIES = register(
    Register(
        key="contest-entries",
        starter=False,
        numbered="SB",
        sheet=Sheet(
            name="参赛项目",
            by_headers=False,
            columns=(
                key("申报编号"),
                reference("contest", "批次编号", "公益创投和项目大赛", required=True),
                text("title", "申报项目", required=True),
                provider_column(hint="已登记的机构选它；没有登记的只填单位名称"),
                text("entrant", "申报单位"),
                money("asked", "申请金额"),
                Column(name="score", header="评审得分", kind=Kind.DECIMAL, minimum=0, maximum=100, unit="分"),
                choice("award", "结果", "资助/获奖不资助/未入选"),
                money("granted", "资助金额"),
                reference("project", "项目编号", "项目", hint="获资助后立的项目"),
            ),
        ),
        model=ContestEntry,
        place=("contest",),
        title="title",
        view=VIEW_LISTS,
        edit=EDIT_LISTS,
        listed=("title", "contest", "provider", "entrant", "asked", "score", "award", "granted"),
        filters=("award",),
        searched=("title", "code"),
        nav="购买",
        beside=True,
    )
)

RELATIONS = register(
    Register(
        key="team-relations",
        starter=False,
        numbered="GX",
        sheet=Sheet(
            name="项目团队关系",
            by_headers=False,
            columns=(
                key("关系编号"),
                OF_PROJECT,
                text("group", "人员", required=True, max_length=50, hint="如 驻站社工、村级民政协理员"),
                count("people", "人数", unit="人"),
                choice(
                    "party", "用人一方", "购买主体/承接主体/乡镇(街道)/村(社区)/劳务派遣单位", required=True
                ),
                choice(
                    "relation", "法律关系", "劳动关系/劳务关系/劳务派遣/志愿服务/行政聘用/委托", required=True
                ),
                text("basis", "依据", hint="合同、协议或文件"),
                day("starts_on", "开始日期", required=True),
                day("ends_on", "结束日期", not_before="starts_on"),
            ),
        ),
        model=TeamRelation,
        ends="ends_on",
        place=("project",),
        title="group",
        view=VIEW_LISTS,
        edit=EDIT_LISTS,
        listed=("project", "group", "people", "party", "relation", "starts_on", "ends_on"),
        filters=("party", "relation"),
        searched=("code",),
        nav="购买",
        beside=True,
    )
)
