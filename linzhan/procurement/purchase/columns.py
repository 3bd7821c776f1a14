"""The columns of the sheet 采购档案, in the order of the flow (``domain.md`` §5.1, §5.2)."""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column, Kind
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
from linzhan.procurement.enums import ProjectKind, Source, Tendering
from linzhan.procurement.purchase.enums import (
    Buyer,
    Evaluator,
    Form,
    Origin,
    Oversight,
    Renewal,
    Result,
    Stage,
)
from linzhan.providers.api import provider_column

FILE = "采购档案"
CATALOGUE = "采购目录"
PURCHASE = reference("purchase", "采购编号", FILE, required=True, hint="属于哪一次采购")


def listed(choices: type[Stage | Form | Buyer | ProjectKind]) -> str:
    return "/".join(choices.values)


def percentage(name: str, header: str, *, hint: str = "", unit: str = "%") -> Column:
    return Column(name=name, header=header, kind=Kind.DECIMAL, minimum=0, maximum=100, unit=unit, help=hint)


def checked_yes(name: str, header: str, hint: str = "") -> Column:
    return yes_no(name, header, dated=False, hint=hint)


WHAT = (
    key("采购编号"),
    text("name", "采购名称", required=True, hint="如 2023—2025 年坨院街道社工站服务"),
    choice("kind", "项目类型", listed(ProjectKind), required=True),
    choice("form", "购买形式", listed(Form), hint="买项目还是买岗位，按当地规定"),
    choice("stage", "阶段", listed(Stage)),
    choice("origin", "建档方式", "/".join(Origin.values), hint="补建：项目先有，档案后补"),
    text("purchaser", "购买主体", required=True, hint="签合同的单位"),
    choice("buyer", "购买主体类别", listed(Buyer)),
    region("购买主体行政区划", hint="购买主体是哪个地方的"),
    reference("project", "项目编号", "项目", hint="签约后自动填写；已有项目补建档案时填它的编号"),
    provider_column(hint="成交后自动填写"),
    Column(
        name="stations",
        header="覆盖站点编号",
        kind=Kind.REFERENCE,
        refers_to="社工站",
        several=True,
        help="项目服务的站点，可填多个",
    ),
)
NEED = (
    day("surveyed_on", "调查日期"),
    long_text("survey_population", "服务人群", hint="为谁买：人数、分布、处境"),
    long_text("survey_method", "调查方式", hint="走访、座谈、问卷各多少"),
    long_text("survey_findings", "调查结论", hint="缺什么、先做什么"),
    count("posts_wanted", "岗位数量", unit="个"),
    long_text("service_standards", "服务标准"),
    long_text("appraisal_indicators", "考核指标"),
)
APPROVAL = (
    money("budget_total", "预算总额"),
    money("budget_salaries", "预算薪酬"),
    money("budget_supervision", "预算督导培训"),
    money("budget_services", "预算服务活动"),
    money("budget_management", "预算管理"),
    choice("fund_source", "资金来源", "/".join(Source.values), hint="按拨款文件的名称选；比例规则按来源核对"),
    long_text("plan_summary", "实施方案", hint="目标、内容、规模、进度安排"),
    text("approver", "审批机构", hint="如 县委常委会、县长办公会、局务会"),
    day("approved_on", "立项日期"),
    text("minutes_number", "会议纪要文号"),
    day("minuted_on", "会议纪要日期"),
    texts(
        "reported_matters",
        "已报告事项",
        hint="会议审核过的事项，用顿号隔开，如 实施方案及资金预算、人员招聘、采购方式",
    ),
)
METHOD = (
    Column(
        name="items",
        header="目录事项编号",
        kind=Kind.REFERENCE,
        refers_to=CATALOGUE,
        several=True,
        help="买的是采购目录里的哪些事项",
    ),
    checked_yes("directory_checked", "列入指导性目录", "已核对政府购买服务指导性目录"),
    checked_yes("manual_checked", "符合内部控制手册", "已核对本单位内部控制手册"),
    choice("method", "采购方式", "/".join(Tendering.values)),
    long_text("method_reason", "采购方式理由", hint="不公开招标的写明为什么"),
    text("method_approver", "采购方式批准机构", hint="如 县财政局政府采购监督管理科"),
    day("method_approved_on", "采购方式批准日期"),
    money("expert_amount", "专家评审金额", hint="专家评审确定的购买金额"),
    text("agency", "代理机构"),
    text("trading_centre", "公共资源交易中心"),
    Column(
        name="oversight",
        header="监督部门",
        kind=Kind.CHOICE,
        several=True,
        choices=tuple(Oversight.values),
        help="到场监督的部门，可选多个",
    ),
    long_text("service_content", "服务内容"),
    count("service_people", "服务人数", unit="人"),
    count("service_hours", "服务时长", unit="小时"),
    percentage("target_satisfaction", "目标满意度", hint="0—100 的分数"),
)
AWARD = (day("awarded_on", "成交日期"), money("awarded_amount", "成交金额"))
CONTRACT = (
    text("contract_code", "合同编号", max_length=64, hint="签约后就是项目台账里的项目编号"),
    day("signed_on", "签订日期"),
    day("starts_on", "合同开始"),
    day("ends_on", "合同结束", not_before="starts_on"),
    money("contract_amount", "合同金额"),
    money("tax", "税费"),
    checked_yes("budget_assured", "预算资金有保障", "跨年度的，以后年度的预算已有安排"),
    text("assured_by", "保障依据", hint="如 中期财政规划、预算批复文号"),
    count("staff", "项目总人数", unit="人"),
    count("professional_posts", "社工专业岗位数", unit="个"),
    count("target_registrations", "目标建档"),
    count("target_visits", "目标探访"),
    count("target_cases", "目标个案"),
    count("target_groups", "目标小组"),
    count("target_activities", "目标活动"),
    count("target_person_times", "目标服务人次"),
    long_text("payment_terms", "付款约定", hint="分几次付、各付多少、凭什么付"),
    long_text("deliverables", "交付成果"),
    long_text(
        "data_terms", "保密和个人信息条款", hint="委托处理的目的、期限、方式、种类、保护措施、返还或删除"
    ),
    long_text("rights_terms", "知识产权条款"),
    long_text("liability_terms", "违约责任"),
    long_text("ending_terms", "解除和终止条款"),
)
DELIVERY = (
    long_text("work_plan", "项目计划书", hint="目标、做法、分工、进度；里程碑另表登记"),
    day("started_on", "开始执行日期"),
    day("mid_on", "中期评估日期"),
    choice("mid_by", "中期评估方", "/".join(Evaluator.values)),
    percentage("mid_score", "中期评估得分", unit="分"),
    choice("mid_result", "中期评估结果", "/".join(Result.values)),
    day("final_on", "末期评估日期"),
    choice("final_by", "末期评估方", "/".join(Evaluator.values)),
    percentage("final_score", "末期评估得分", unit="分"),
    choice("final_result", "末期评估结果", "/".join(Result.values)),
    long_text("finance_findings", "财务评估意见"),
)
END = (
    day("settled_on", "结算日期"),
    money("settled_amount", "结算金额"),
    text("audit_number", "审计报告文号"),
    choice("renewal", "续签决定", "/".join(Renewal.values)),
    long_text("renewal_conditions", "续签条件"),
    reference("renewed_from", "原采购编号", FILE, hint="续签的，写明是接着哪一次采购"),
    day("terminated_on", "终止日期"),
)
COLUMNS = (*WHAT, *NEED, *APPROVAL, *METHOD, *AWARD, *CONTRACT, *DELIVERY, *END)


def _names(columns: tuple[Column, ...], *without: str) -> frozenset[str]:
    return frozenset(column.name for column in columns) - set(without)


NEED_NAMES = _names(NEED) | _names(
    APPROVAL, "approver", "approved_on", "minutes_number", "minuted_on", "reported_matters"
)
"""What the approver approves."""
METHOD_NAMES = _names(METHOD, "method_approver", "method_approved_on", "oversight", "target_satisfaction")
"""What whoever approves the way of buying approves."""
CONTRACT_NAMES = _names(CONTRACT, "signed_on") | {"target_satisfaction", "stations", "provider"}
"""What is signed; afterwards an amendment changes it."""
