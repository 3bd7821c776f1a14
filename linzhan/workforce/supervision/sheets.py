"""Pools, agreements, tasks, confidential notes and ratings as registers (SPV-01…13).

The sessions themselves are the contract's sheet 督导记录 (``workforce.sheets``).
"""

from __future__ import annotations

from linzhan.kernel.registers.declare import Link, Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import (
    choice,
    coordinate,
    count,
    day,
    long_text,
    money,
    phone,
    reference,
    region,
    text,
    texts,
    yes_no,
)
from linzhan.providers.api import provider_column
from linzhan.workforce.columns import coded, worker_column
from linzhan.workforce.supervision.enums import (
    AgreementKind,
    AgreementStage,
    Belonging,
    PoolLevel,
    PoolStage,
    RatingSide,
    TaskStage,
)
from linzhan.workforce.supervision.keeping import (
    between_two,
    own_pool,
    pool_faults,
    rating_faults,
    term_faults,
)
from linzhan.workforce.supervision.models import (
    AgreedStation,
    AgreedWorker,
    SupervisionAgreement,
    SupervisionNote,
    SupervisionRating,
    SupervisionTask,
    SupervisorEntry,
)
from linzhan.workforce.supervision.rights import (
    EDIT_AGREEMENTS,
    EDIT_POOL,
    EDIT_TASKS,
    RATE,
    VIEW_AGREEMENTS,
    VIEW_NOTES,
    VIEW_POOL,
    VIEW_TASKS,
    WRITE_NOTES,
)
from linzhan.workforce.supervision.steps import AGREEMENT_STEPS, POOL_STEPS, TASK_STEPS

NO_NAMES = "请勿写服务对象的姓名和身份信息"

SUPERVISORS = register(
    Register(
        key="supervisors",
        starter=False,
        numbered="DR",
        steps=POOL_STEPS,
        sheet=Sheet(
            name="督导人才库",
            by_headers=False,
            columns=(
                coded("督导人才编号", "DR"),
                text("name", "姓名", required=True, level=Level.L3),
                Column(
                    name="identity", header="证件号码", kind=Kind.IDENTITY, level=Level.L4,
                    help="与督导记录里的督导证件号一致时，才能把两处认作同一个人；加密保存，可不填",
                ),
                phone(level=Level.L3),
                choice("level", "库别", "/".join(PoolLevel.values), required=True, hint="谁的人才库"),
                region(hint="人才库属于哪个地方；它下面各地都能从中选聘"),
                provider_column(hint="库别为“机构”时填写：机构自己培养的内部督导"),
                text("batch", "期次", max_length=100, hint="如 百名社工督导培养工程第一期"),
                choice("belonging", "内外部", "/".join(Belonging.values)),
                worker_column(required=False, hint="本人是登记在册的社工时填写"),
                yes_no("from_front_line", "从一线选拔", dated=False),
                text("employer", "工作单位"),
                text("title", "职称职务", max_length=100),
                texts("fields", "擅长领域", hint="如 儿童、老年、社会救助、社区治理、情绪支持"),
                count("capacity", "可督导站点", unit="个", hint="同时最多带几个站；选配时参考"),
                Column(
                    name="home_region", header="常驻地", kind=Kind.REGION,
                    help="选配时按它和站点的远近排；没有经纬度时用它",
                ),
                coordinate("longitude", "经度", 180, Level.L2),
                coordinate("latitude", "纬度", 90, Level.L2),
                text("username", "平台账号", max_length=64, hint="本人登录用的用户名；填了才有自己的督导工作页"),
                choice("stage", "状态", "/".join(PoolStage.values)),
                day("chosen_on", "入选日期"),
                day("trained_on", "培养完成日期"),
                day("used_from", "开始使用日期"),
                long_text("evaluation", "考核意见"),
                day("evaluated_on", "考核日期"),
                long_text("incentive", "激励措施"),
                day("rewarded_on", "激励日期"),
                day("left_on", "退出日期", not_before="chosen_on"),
            ),
        ),
        model=SupervisorEntry,
        place=("region",),
        own_place=True,
        along="provider",
        whose=own_pool,
        examine=pool_faults,
        ends="left_on",
        view=VIEW_POOL,
        edit=EDIT_POOL,
        listed=("name", "level", "batch", "belonging", "region", "fields", "stage", "used_from"),
        filters=("level", "belonging", "stage"),
        searched=("name", "code", "batch"),
        nav="人员",
        beside=True,
    )
)  # fmt: skip

AGREEMENTS = register(
    Register(
        key="supervision-agreements",
        starter=False,
        numbered="DX",
        steps=AGREEMENT_STEPS,
        sheet=Sheet(
            name="督导协议",
            by_headers=False,
            columns=(
                coded("协议编号", "DX"),
                choice("kind", "协议类型", "/".join(AgreementKind.values), required=True),
                reference("supervisor", "督导人才编号", "督导人才库", hint="聘请督导时填写"),
                text("institution", "督导机构", hint="委托机构时填写；外地机构也可以"),
                Column(name="institution_code", header="督导机构信用代码", kind=Kind.USCC),
                Column(
                    name="stations", header="站点编号", kind=Kind.REFERENCE, refers_to="社工站", required=True,
                    several=True, help="督导哪些站；几个站共享一名督导就写在一份协议里",
                ),
                Column(
                    name="workers", header="被督导社工证件号", kind=Kind.REFERENCE, refers_to="社工", several=True,
                    level=Level.L4, help="只督导其中几个人时填写；不填为这些站的全部社工",
                ),
                day("starts_on", "起始日期", required=True),
                day("ends_on", "截止日期", required=True, not_before="starts_on", hint="最后一天"),
                Column(name="hours", header="约定时数", kind=Kind.DECIMAL, minimum=0, unit="小时"),
                money("fee", "督导费用"),
                text("contract_number", "合同编号", max_length=100),
                long_text("content", "约定事项"),
                long_text("reasons", "选配理由", hint="为什么选这名督导：远近、已带站点数、擅长领域"),
                choice("stage", "状态", "/".join(AgreementStage.values)),
                day("signed_on", "签订日期"),
                day("ended_on", "终止日期", not_before="starts_on"),
            ),
        ),
        model=SupervisionAgreement,
        place=("stations",),
        links={
            "stations": Link(
                model=AgreedStation, owner="agreement", target="station", place="target",
                copies=("starts_on", "ends_on"),
            ),
            "workers": Link(model=AgreedWorker, owner="agreement", target="worker", place="target"),
        },
        examine=term_faults,
        title="code",
        happens="starts_on",
        ends="ends_on",
        view=VIEW_AGREEMENTS,
        edit=EDIT_AGREEMENTS,
        listed=("code", "kind", "supervisor", "institution", "stations", "starts_on", "ends_on", "hours", "stage"),
        filters=("kind", "stage"),
        searched=("code", "institution", "contract_number"),
        nav="人员",
        beside=True,
    )
)  # fmt: skip

TASKS = register(
    Register(
        key="supervision-tasks",
        starter=False,
        numbered="DW",
        steps=TASK_STEPS,
        sheet=Sheet(
            name="督导任务",
            by_headers=False,
            columns=(
                coded("任务编号", "DW"),
                reference("session", "督导编号", "督导记录", required=True),
                worker_column(hint="由谁完成"),
                long_text("content", "任务", required=True, level=Level.L3, hint=NO_NAMES),
                day("due_on", "期限", required=True),
                choice("stage", "状态", "/".join(TaskStage.values)),
                day("done_on", "完成日期", hint="办理“完成”时自动记下"),
                long_text("result", "完成情况", level=Level.L3),
            ),
        ),
        model=SupervisionTask,
        place=("worker",),
        derived=frozenset({"done_on", "result"}),
        title="code",
        happens="due_on",
        view=VIEW_TASKS,
        edit=EDIT_TASKS,
        listed=("code", "session", "worker", "content", "due_on", "stage", "done_on"),
        filters=("stage",),
        searched=("code",),
        order="due_on",
        nav="人员",
        beside=True,
    )
)

NOTES = register(
    Register(
        key="supervision-notes",
        starter=False,
        numbered="DM",
        sheet=Sheet(
            name="督导保密记录",
            by_headers=False,
            columns=(
                coded("记录编号", "DM"),
                reference("session", "督导编号", "督导记录", required=True),
                worker_column("被督导社工证件号", hint="只有您和这名社工看得到"),
                long_text("content", "内容", required=True, level=Level.L4, hint=NO_NAMES),
            ),
        ),
        model=SupervisionNote,
        place=("worker",),
        place_open=True,
        examine=between_two,
        title="code",
        view=VIEW_NOTES,
        edit=WRITE_NOTES,
        listed=("code", "session", "worker"),
        nav="人员",
        beside=True,
    )
)

RATINGS = register(
    Register(
        key="supervision-ratings",
        starter=False,
        numbered="DP",
        sheet=Sheet(
            name="督导互评",
            by_headers=False,
            columns=(
                coded("评价编号", "DP"),
                reference("session", "督导编号", "督导记录", required=True),
                worker_column("被督导社工证件号", hint="社工评督导时填本人"),
                choice(
                    "side", "评价方", "/".join(RatingSide.values), required=True,
                    hint="社工的评分督导看不到，满 5 人才给出平均；督导的评分社工本人看得到",
                ),
                Column(
                    name="score", header="评分", kind=Kind.INTEGER, required=True, minimum=1, maximum=5, unit="分",
                    level=Level.L4, help="1 分最低，5 分最高",
                ),
                long_text("words", "意见", level=Level.L4),
            ),
        ),
        model=SupervisionRating,
        place=("worker",),
        place_open=True,
        examine=rating_faults,
        title="code",
        view=RATE,
        edit=RATE,
        listed=("code", "session", "worker", "side"),
        filters=("side",),
        nav="人员",
        beside=True,
    )
)  # fmt: skip
