"""Projects, money and the bases of the ratio rules, as the workbook spells them."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Link, Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import (
    CODE_LENGTH,
    NAME_LENGTH,
    choice,
    count,
    day,
    key,
    long_text,
    money,
    region,
    text,
)
from linzhan.procurement.columns import PROJECT
from linzhan.procurement.following import follow_projects
from linzhan.procurement.models import FundBase, FundMovement, ProjectState, ProjectStation, ServiceProject
from linzhan.procurement.money.protecting import guard_movements
from linzhan.procurement.rights import EDIT_FUNDS, EDIT_PROJECTS, VIEW_BASES, VIEW_FUNDS, VIEW_PROJECTS
from linzhan.providers.api import provider_column

PROJECTS = register(
    Register(
        key="projects",
        sheet=Sheet(
            name="项目",
            aliases=("购买服务项目", "项目台账", "服务项目", "项目清单", "项目合同"),
            columns=(
                key("项目编号", "项目编码", "合同编号"),
                text("name", "项目名称", required=True),
                choice(
                    "kind",
                    "项目类型",
                    "社工站运营/专项服务/督导/评估/培训/公益创投/民生微项目",
                    required=True,
                ),
                text("purchaser", "购买主体", "购买方", "采购单位", required=True),
                region(
                    "购买主体行政区划",
                    "购买方行政区划",
                    name="region",
                    hint="购买主体是哪个地方的；项目按它统计",
                ),
                provider_column(required=True),
                choice(
                    "method",
                    "采购方式",
                    "公开招标/邀请招标/竞争性谈判/竞争性磋商/单一来源/定向委托/其他",
                    "购买方式",
                    required=True,
                ),
                Column(
                    name="stations",
                    header="覆盖站点编号",
                    kind=Kind.REFERENCE,
                    refers_to="社工站",
                    several=True,
                    aliases=("覆盖站点", "站点编号", "覆盖站点编码"),
                    dated=True,
                    help="项目服务的站点，可填多个，用分号或顿号隔开",
                ),
                money(
                    "contract_amount",
                    "合同金额",
                    "合同金额(元)",
                    "合同总额",
                    required=True,
                    hint="单位元，可写 12.5万",
                ),
                day(
                    "starts_on",
                    "合同开始",
                    "合同开始日期",
                    "合同起始日期",
                    "合同开始时间",
                    required=True,
                    hint="状态自该日起算",
                ),
                day(
                    "ends_on",
                    "合同结束",
                    "合同结束日期",
                    "合同终止日期",
                    "合同结束时间",
                    required=True,
                    not_before="starts_on",
                ),
                count("staff", "项目总人数", "项目人数", unit="人", dated=True),
                count(
                    "professional_posts",
                    "社工专业岗位数",
                    "专业岗位数",
                    unit="个",
                    dated=True,
                    hint="与项目总人数一起得出专业岗位占比",
                ),
                money("budget_salaries", "预算薪酬", "薪酬预算"),
                money("budget_supervision", "预算督导培训", "督导培训预算"),
                money("budget_services", "预算服务活动", "服务活动预算"),
                money("budget_management", "预算管理", "管理预算", "预算管理费"),
                choice(
                    "status",
                    "状态",
                    "立项/采购/签约/执行/评估/结项/终止",
                    "项目状态",
                    required=True,
                    dated=True,
                ),
                count("target_registrations", "目标建档", "建档目标"),
                count("target_visits", "目标探访", "探访目标"),
                count("target_cases", "目标个案", "个案目标"),
                count("target_groups", "目标小组", "小组目标"),
                count("target_activities", "目标活动", "活动目标"),
                count("target_person_times", "目标服务人次", "服务人次目标"),
                Column(
                    name="target_satisfaction",
                    header="目标满意度",
                    kind=Kind.DECIMAL,
                    aliases=("满意度目标",),
                    unit="%",
                    minimum=0,
                    maximum=100,
                    help="0—100 的分数，如 90",
                ),
            ),
        ),
        model=ServiceProject,
        states=ProjectState,
        starts="starts_on",
        place=("region",),
        links={"stations": Link(model=ProjectStation, owner="project", target="station", place="target")},
        after_write=follow_projects,
        view=VIEW_PROJECTS,
        edit=EDIT_PROJECTS,
        listed=("name", "kind", "region", "provider", "contract_amount", "starts_on", "ends_on", "status"),
        filters=("kind", "status", "method"),
        searched=("name", "code"),
        nav="购买",
    )
)

FUNDS = register(
    Register(
        key="funds",
        sheet=Sheet(
            name="资金",
            aliases=("资金台账", "资金流水", "经费使用明细", "经费台账", "资金明细"),
            columns=(
                key("流水号", "流水编号", "资金流水号"),
                day("moved_on", "日期", "发生日期", required=True),
                region(),
                choice("kind", "类型", "预算/拨付/支出", "资金类型", required=True),
                choice(
                    "source",
                    "资金来源",
                    "财政预算/社会救助专项经费/社会救助工作经费/困难群众救助补助资金/福利彩票公益金/人才发展经费/对口支援资金/部门资金/社会资金/其他",
                    "来源",
                    required=True,
                    hint="按拨款文件的名称选；比例上限按来源核算",
                ),
                choice("fund_level", "资金级次", "中央/省/市/县/乡", "级次"),
                PROJECT,
                choice("head", "支出科目", "薪酬/督导培训/服务活动/管理/税费/设施设备/其他", "科目"),
                money(
                    "amount",
                    "金额",
                    "金额(元)",
                    "发生额",
                    required=True,
                    hint="单位元，不填负数；冲销和退回在平台上登记",
                ),
                long_text("summary", "摘要", "用途"),
                Column(
                    name="voucher",
                    header="凭证号",
                    kind=Kind.CODE,
                    aliases=("凭证编号",),
                    max_length=CODE_LENGTH,
                ),
            ),
        ),
        model=FundMovement,
        happens="moved_on",
        place=("region",),
        own_place=True,
        along="project",
        examine=guard_movements,
        title="code",
        view=VIEW_FUNDS,
        edit=EDIT_FUNDS,
        listed=("moved_on", "kind", "source", "fund_level", "region", "project", "head", "amount"),
        filters=("kind", "source", "fund_level", "head"),
        searched=("code", "voucher"),
        order="-moved_on",
        nav="资金",
    )
)

BASES = register(
    Register(
        key="fund-bases",
        sheet=Sheet(
            name="资金基数",
            aliases=("基数", "资金基数表", "比例基数"),
            columns=(
                region("行政区划", "所属行政区划", "区划代码", key=True, hint="基数属于哪个地方"),
                Column(
                    name="year", header="年度", kind=Kind.YEAR, required=True, key=True, aliases=("年份",)
                ),
                Column(
                    name="name",
                    header="基数名称",
                    required=True,
                    key=True,
                    aliases=("基数",),
                    max_length=NAME_LENGTH,
                    help="如 社会救助专项经费、社会救助工作经费、困难群众救助补助资金、社会救助资金总支出",
                ),
                money(
                    "amount",
                    "金额",
                    "金额(元)",
                    "基数金额",
                    required=True,
                    hint="该年度这项资金的总额，单位元",
                ),
            ),
        ),
        model=FundBase,
        unique_in="nation",
        place=("region",),
        own_place=True,
        view=VIEW_BASES,
        edit=EDIT_FUNDS,
        listed=("region", "year", "name", "amount"),
        filters=("year", "name"),
        searched=("name",),
        order="-year",
        nav="资金",
    )
)
