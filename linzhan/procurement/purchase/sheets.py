"""Purchases and what stands beside them, as registers (PUR-01…31)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Link, Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import (
    choice,
    count,
    day,
    key,
    long_text,
    money,
    reference,
    text,
    yes_no,
)
from linzhan.procurement.purchase.columns import COLUMNS, FILE, PURCHASE, percentage
from linzhan.procurement.purchase.enums import BidResult, Change, ChangeStage, Declared, Paper
from linzhan.procurement.purchase.keeping import held_ground, keep_signed
from linzhan.procurement.purchase.models import (
    Bid,
    ContractChange,
    PanelMember,
    PlannedPost,
    PurchaseFile,
    PurchaseItem,
    PurchasePaper,
    PurchaseStation,
)
from linzhan.procurement.purchase.rights import (
    DELIVER,
    EDIT_PURCHASES,
    VIEW_BIDS,
    VIEW_PURCHASES,
)
from linzhan.procurement.purchase.steps import CHANGE_STEPS, PURCHASE_STEPS

PURCHASES = register(
    Register(
        key="purchase-files",
        starter=False,
        numbered="CG",
        steps=PURCHASE_STEPS,
        sheet=Sheet(name=FILE, by_headers=False, columns=COLUMNS),
        model=PurchaseFile,
        place=("region",),
        links={
            "stations": Link(model=PurchaseStation, owner="purchase", target="station", place="target"),
            "items": Link(model=PurchaseItem, owner="purchase", target="item"),
        },
        examine=keep_signed,
        whose=held_ground,
        derived=frozenset({"origin"}),
        view=VIEW_PURCHASES,
        edit=EDIT_PURCHASES,
        listed=("name", "stage", "kind", "region", "provider", "budget_total", "contract_amount", "ends_on"),
        filters=("stage", "kind", "method", "form", "origin"),
        searched=("name", "code"),
        nav="购买",
    )
)

BIDS = register(
    Register(
        key="bids",
        starter=False,
        numbered="XY",
        sheet=Sheet(
            name="响应供应商",
            by_headers=False,
            columns=(
                key("响应编号"),
                PURCHASE,
                reference("bidder", "响应机构代码", "承接机构", hint="已登记的机构选它；没有登记的只填名称"),
                text("bidder_name", "机构名称"),
                yes_no("qualified", "资格审查通过", dated=False, hint="专业人员、岗位、管理能力和业绩"),
                money("price", "报价"),
                percentage("score", "评审得分", unit="分"),
                count("rank", "名次"),
                choice("result", "结果", "/".join(BidResult.values)),
                choice(
                    "interest",
                    "利害关系声明",
                    "/".join(Declared.values),
                    hint="与采购人员、评审成员有无利害关系",
                ),
                long_text("interest_with", "与何人有何关系"),
                yes_no("recused", "有关人员已回避", dated=False),
                long_text("reason", "说明"),
            ),
        ),
        model=Bid,
        place=("purchase",),
        title="bidder_name",
        either=(("bidder", "bidder_name"),),
        view=VIEW_BIDS,
        edit=EDIT_PURCHASES,
        listed=("purchase", "bidder", "bidder_name", "price", "score", "rank", "result", "interest"),
        filters=("result", "interest"),
        searched=("bidder_name", "code"),
        nav="购买",
        beside=True,
    )
)

PANEL = register(
    Register(
        key="panel-members",
        starter=False,
        numbered="PS",
        sheet=Sheet(
            name="评审成员",
            by_headers=False,
            columns=(
                key("成员编号"),
                PURCHASE,
                text("name", "姓名", required=True, level=Level.L3),
                choice("role", "身份", "评审专家/采购人代表/谈判小组成员/磋商小组成员/监督人员"),
                text("unit", "单位"),
                choice("drawn", "产生方式", "专家库随机抽取/自行选定/采购人委派"),
                choice("interest", "利害关系声明", "/".join(Declared.values), hint="与响应机构有无利害关系"),
                long_text("interest_with", "与何人有何关系", level=Level.L3),
                yes_no("recused", "已回避", dated=False),
            ),
        ),
        model=PanelMember,
        place=("purchase",),
        view=VIEW_BIDS,
        edit=EDIT_PURCHASES,
        listed=("purchase", "name", "role", "unit", "drawn", "interest", "recused"),
        filters=("role", "interest"),
        searched=("code",),
        nav="购买",
        beside=True,
    )
)

PAPERS = register(
    Register(
        key="purchase-papers",
        starter=False,
        numbered="CL",
        sheet=Sheet(
            name="采购材料",
            by_headers=False,
            columns=(
                key("材料编号"),
                PURCHASE,
                choice("paper", "材料", "/".join(Paper.values), required=True),
                text("title", "标题", required=True),
                text("number", "文号", max_length=100),
                day("issued_on", "日期"),
                text(
                    "kept_at", "存放处", hint="原件在哪里：档案柜、卷号或办公系统的文件编号；照片作为附件上传"
                ),
                long_text("remark", "说明"),
            ),
        ),
        model=PurchasePaper,
        place=("purchase",),
        title="title",
        view=VIEW_PURCHASES,
        edit=EDIT_PURCHASES,
        listed=("purchase", "paper", "title", "number", "issued_on", "kept_at"),
        filters=("paper",),
        searched=("title", "number", "code"),
        order="-issued_on",
        nav="购买",
        beside=True,
    )
)

POSTS = register(
    Register(
        key="planned-posts",
        starter=False,
        numbered="RY",
        sheet=Sheet(
            name="人员方案",
            by_headers=False,
            columns=(
                key("方案编号"),
                PURCHASE,
                Column(
                    name="worker",
                    header="社工证件号",
                    kind=Kind.REFERENCE,
                    refers_to="社工",
                    required=True,
                    level=Level.L4,
                    help="社工的证件号码，须已在“社工”中登记",
                ),
                text("post", "岗位", required=True, max_length=100),
                yes_no("leads", "负责项目", dated=False, hint="项目由谁主责；一个项目填一人"),
                yes_no("professional", "社工专业岗位", dated=False),
                percentage("share", "投入比例", hint="100 为全职在这个项目上"),
                yes_no("with_minors", "接触未成年人", dated=False),
                day("from_on", "到岗日期"),
            ),
        ),
        model=PlannedPost,
        place=("purchase",),
        title="post",
        view=VIEW_PURCHASES,
        edit=DELIVER,
        listed=("purchase", "worker", "post", "leads", "professional", "share", "from_on"),
        filters=("professional",),
        searched=("code",),
        nav="购买",
        beside=True,
    )
)

CHANGES = register(
    Register(
        key="contract-changes",
        starter=False,
        numbered="BG",
        steps=CHANGE_STEPS,
        sheet=Sheet(
            name="合同变更",
            by_headers=False,
            columns=(
                key("变更编号"),
                reference("project", "项目编号", "项目", required=True, hint="改哪一个合同"),
                choice("stage", "阶段", "/".join(ChangeStage.values)),
                Column(
                    name="changes",
                    header="变更内容",
                    kind=Kind.CHOICE,
                    several=True,
                    choices=tuple(Change.values),
                ),
                long_text("reason", "变更原因"),
                day("effective_on", "生效日期", required=True, hint="从这一天起按变更后的合同"),
                day("agreed_on", "双方约定日期"),
                text("document_number", "补充协议编号", max_length=100),
                money("new_amount", "变更后合同金额"),
                day("new_ends_on", "变更后合同结束"),
                count("new_staff", "变更后项目总人数", unit="人"),
                count("new_professional_posts", "变更后社工专业岗位数", unit="个"),
                count("new_registrations", "变更后目标建档"),
                count("new_visits", "变更后目标探访"),
                count("new_cases", "变更后目标个案"),
                count("new_groups", "变更后目标小组"),
                count("new_activities", "变更后目标活动"),
                count("new_person_times", "变更后目标服务人次"),
                percentage("new_satisfaction", "变更后目标满意度"),
                long_text("other_terms", "其他条款"),
                money("old_amount", "原合同金额", hint="批准时自动记下"),
                day("old_ends_on", "原合同结束", hint="批准时自动记下"),
            ),
        ),
        model=ContractChange,
        place=("project",),
        title="code",
        derived=frozenset({"old_amount", "old_ends_on"}),
        view=VIEW_PURCHASES,
        edit=EDIT_PURCHASES,
        listed=("code", "project", "stage", "changes", "effective_on", "new_amount", "new_ends_on"),
        filters=("stage",),
        searched=("code", "document_number"),
        order="-effective_on",
        nav="购买",
    )
)
