"""The registers of people, supervision and training, as the workbook spells them (``contract/workbook.md``)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Link, Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import (
    CODE_LENGTH,
    IDENTITY_ALIASES,
    beside,
    choice,
    count,
    day,
    hours,
    key,
    long_text,
    phone,
    region,
    text,
)
from linzhan.network.api import station_column
from linzhan.providers.api import provider_column
from linzhan.workforce import keeping
from linzhan.workforce.enums import (
    Employment,
    Grade,
    Post,
    Sex,
    SponsorLevel,
    SupervisionForm,
    SupervisionFunction,
    SupervisionMode,
    SupervisionProblem,
    SupervisionTopic,
    TrainingKind,
)
from linzhan.workforce.models import (
    Posting,
    SocialWorker,
    SupervisedStation,
    SupervisedWorker,
    Supervision,
    Training,
    TrainingCredit,
)
from linzhan.workforce.rights import (
    EDIT_SUPERVISIONS,
    EDIT_TRAININGS,
    EDIT_WORKERS,
    VIEW_SUPERVISIONS,
    VIEW_TRAININGS,
    VIEW_WORKERS,
)

L3, L4 = Level.L3, Level.L4


def _named_workers(name: str, header: str, *aliases: str) -> Column:
    return Column(
        name=name,
        header=header,
        kind=Kind.REFERENCE,
        refers_to="社工",
        several=True,
        aliases=(*aliases, *IDENTITY_ALIASES),
        level=L4,
        help="社工的证件号码，可填多个，用分号或顿号隔开",
    )


WORKERS = register(
    Register(
        key="workers",
        sheet=Sheet(
            name="社工",
            aliases=("社工花名册", "社工名册", "社工台账", "人员花名册", "社会工作者"),
            columns=(
                Column(
                    name="identity_number",
                    header="证件号码",
                    kind=Kind.IDENTITY,
                    required=True,
                    key=True,
                    aliases=(*IDENTITY_ALIASES, "公民身份号码", "社工身份证号", "社工证件号"),
                    level=L4,
                    help="18 位身份证号；加密保存，只用来认出同一个人。请把这一列设为文本格式",
                ),
                text("name", "姓名", "社工姓名", required=True, level=L3),
                choice("sex", "性别", "/".join(Sex.values)),
                phone("phone", "手机号", "联系电话", "手机", "手机号码", "电话", level=L3),
                text("education", "学历", "最高学历"),
                text("major", "所学专业", "专业"),
                text("political_status", "政治面貌", level=L3),
                provider_column(dated=True, hint="所属承接机构的统一社会信用代码；由政府直聘的可留空"),
                station_column(dated=True, hint="驻在哪个站；不驻站的可留空，按承接机构登记地统计"),
                choice(
                    "post",
                    "岗位",
                    "/".join(Post.values),
                    "岗位名称",
                    "职务",
                    required=True,
                    dated=True,
                    hint="持证但不在站点岗位上的人填“其他”，不计入在岗社工",
                ),
                choice(
                    "employment",
                    "用工形式",
                    "/".join(Employment.values),
                    "用工方式",
                    "用工类型",
                    required=True,
                    dated=True,
                ),
                day(
                    "hired_on",
                    "入职日期",
                    "入职时间",
                    "到岗日期",
                    required=True,
                    hint="到岗的第一天；离职后再入职另算一段",
                ),
                day(
                    "left_on",
                    "离职日期",
                    "离职时间",
                    not_before="hired_on",
                    hint="离岗的第一天；仍在岗就留空",
                ),
                choice(
                    "certificate",
                    "职业资格",
                    "/".join(Grade.values),
                    "职业资格证书",
                    "证书等级",
                    "职业资格等级",
                    hint="现有的最高等级；以前登记过的证书会保留",
                ),
                Column(
                    name="certificate_number",
                    header="证书编号",
                    kind=Kind.CODE,
                    aliases=("证书号", "职业资格证书编号"),
                    max_length=CODE_LENGTH,
                    level=L3,
                ),
                day(
                    "passed_on",
                    "通过日期",
                    "证书通过日期",
                    "取得日期",
                    "取证日期",
                    hint="证书上的批准日期；持证人数自该日起算，不填自入职日期起算",
                ),
                day(
                    "registered_until",
                    "登记有效期至",
                    "证书登记有效期至",
                    "登记有效期",
                    hint="职业资格登记的截止日期；继续教育按它之前的登记周期考核",
                ),
                text("pay_grade", "薪级", "薪酬等级", level=L3),
                day(
                    "filed_on",
                    "备案日期",
                    "备案时间",
                    "入职备案日期",
                    hint="入职备案的日期；备案及时率按它计算",
                ),
                day(
                    "leaving_filed_on",
                    "离职备案日期",
                    "离职备案时间",
                    hint="离职备案的日期；本县开始填写后，离职也计入备案及时率",
                ),
                day(
                    "pledged_on", "承诺书日期", "承诺书签订日期", hint="签订公益服务承诺书的日期，应在入职前"
                ),
            ),
        ),
        model=SocialWorker,
        states=Posting,
        starts="hired_on",
        ends="left_on",
        place=("station", "provider"),
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        settle=keeping.settle_worker,
        after_write=keeping.keep_worker_records,
        listed=(
            "name",
            "station",
            "provider",
            "post",
            "employment",
            "certificate",
            "hired_on",
            "left_on",
            "filed_on",
        ),
        filters=("post", "employment", "certificate", "station", "provider"),
        searched=("name",),
        nav="人员",
    )
)

SUPERVISIONS = register(
    Register(
        key="supervisions",
        numbered="DD",
        sheet=Sheet(
            name="督导记录",
            aliases=("督导台账", "督导"),
            columns=(
                key("督导编号", "督导记录编号"),
                day("held_on", "日期", "督导日期", required=True),
                text("supervisor", "督导姓名", "督导", "督导员", required=True, level=L3),
                Column(
                    name="supervisor_identity",
                    header="督导证件号",
                    kind=Kind.IDENTITY,
                    aliases=("督导身份证号", "督导证件号码", *IDENTITY_ALIASES),
                    level=L4,
                    help="用来区分同名的督导；可不填，督导不必是本站社工",
                ),
                choice("mode", "方式", "/".join(SupervisionMode.values), "督导方式", required=True),
                choice("form", "形式", "/".join(SupervisionForm.values), "督导形式"),
                Column(
                    name="stations",
                    header="站点编号",
                    kind=Kind.REFERENCE,
                    refers_to="社工站",
                    required=True,
                    several=True,
                    aliases=("站点编码", "社工站编号", "被督导站点编号"),
                    help="可填多个；一次督导两个站计 2 站次，时数只计一次",
                ),
                _named_workers("workers", "被督导社工证件号", "被督导社工身份证号", "社工证件号"),
                hours("hours", "时长", "时长(小时)", "督导时长"),
                choice("topic", "主题", "/".join(SupervisionTopic.values), "督导主题"),
                long_text("content", "内容", "督导内容", level=L4),
                beside(
                    Column(
                        name="agreement",
                        header="督导协议编号",
                        kind=Kind.CODE,
                        max_length=CODE_LENGTH,
                        help="按哪份协议开展；没有可不填",
                    )
                ),
                beside(
                    Column(
                        name="functions",
                        header="督导功能",
                        kind=Kind.CHOICE,
                        several=True,
                        choices=tuple(SupervisionFunction.values),
                    )
                ),
                beside(
                    Column(
                        name="problems",
                        header="问题类型",
                        kind=Kind.CHOICE,
                        several=True,
                        choices=tuple(SupervisionProblem.values),
                    )
                ),
                beside(long_text("issues", "提出的问题", level=L4, hint="请勿写服务对象的姓名和身份信息")),
                beside(
                    long_text(
                        "advice",
                        "督导建议",
                        level=L4,
                        hint="要做的事另登“督导任务”；只给社工本人看的话写在“督导保密记录”",
                    )
                ),
            ),
        ),
        model=Supervision,
        happens="held_on",
        title="code",
        place=("stations",),
        links={
            "stations": Link(
                model=SupervisedStation,
                owner="session",
                target="station",
                place="target",
                copies=("held_on", "hours", "supervisor", "supervisor_identity_index"),
            ),
            "workers": Link(
                model=SupervisedWorker,
                owner="session",
                target="worker",
                place="target",
                copies=("held_on", "hours"),
            ),
        },
        view=VIEW_SUPERVISIONS,
        edit=EDIT_SUPERVISIONS,
        listed=("code", "held_on", "supervisor", "stations", "mode", "form", "topic", "hours"),
        filters=("mode", "form", "topic"),
        searched=("code", "supervisor"),
        order="-held_on",
        nav="人员",
    )
)

TRAININGS = register(
    Register(
        key="trainings",
        sheet=Sheet(
            name="培训",
            aliases=("培训台账", "培训记录"),
            columns=(
                key("培训编号"),
                text("name", "培训名称", "培训班名称", required=True),
                choice("kind", "培训类型", "/".join(TrainingKind.values), "类型", required=True),
                text("organiser", "主办单位", "举办单位", required=True),
                choice("sponsor_level", "主办层级", "/".join(SponsorLevel.values), "主办级别"),
                region(hint="哪个地方的培训；期数、人次和学时计入这个地方，不计入它的下级"),
                day(
                    "starts_on",
                    "开始日期",
                    "培训开始日期",
                    "培训日期",
                    required=True,
                    hint="培训按这一天计入期间",
                ),
                day("ends_on", "结束日期", "培训结束日期", not_before="starts_on"),
                hours("hours", "学时", "培训学时", unit="学时"),
                count(
                    "participants",
                    "参训人数",
                    "参加人数",
                    "培训人数",
                    unit="人",
                    hint="实到人数；不填按下一列的名单计",
                ),
                _named_workers("workers", "参训社工证件号", "参训社工身份证号", "参训人员证件号"),
            ),
        ),
        model=Training,
        happens="starts_on",
        place=("region",),
        own_place=True,
        links={
            "workers": Link(
                model=TrainingCredit,
                owner="training",
                target="worker",
                place="target",
                copies=("name", "kind", "starts_on", "hours"),
            ),
        },
        view=VIEW_TRAININGS,
        edit=EDIT_TRAININGS,
        listed=("name", "kind", "organiser", "sponsor_level", "region", "starts_on", "hours", "participants"),
        filters=("kind", "sponsor_level"),
        searched=("name", "organiser", "code"),
        order="-starts_on",
        nav="人员",
    )
)
