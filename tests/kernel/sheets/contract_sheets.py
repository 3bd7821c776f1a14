"""The seventeen sheets of the starter workbook (``contract/workbook.md``), as the apps declare them.

``dated`` marks what figures ask of a past day; ``level`` follows ``domain.md`` §19.2. References
beginning with ``@`` are code lists, ``?column`` is a subject whose sheet that column decides.
Longer than 400 lines because it is one table of the contract, column by column.
"""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet

L1, L2, L3, L4 = Level.L1, Level.L2, Level.L3, Level.L4

ID_ALIASES = ("身份证号", "身份证号码")
PROVIDER_ALIASES = ("机构", "承接机构", "机构代码", "承接机构信用代码")
CODE_LENGTH = 64
NAME_LENGTH = 200


def _key(header: str, *aliases: str, hint: str = "") -> Column:
    return Column(
        name="code",
        header=header,
        kind=Kind.CODE,
        required=True,
        key=True,
        aliases=aliases,
        max_length=CODE_LENGTH,
        help=hint or "本县内不重复；再次导入时按它认出同一条记录，请不要改动",
    )


def _choice(
    name: str,
    header: str,
    choices: str,
    *aliases: str,
    required: bool = False,
    dated: bool = False,
    level: Level = L2,
    hint: str = "",
) -> Column:
    return Column(
        name=name,
        header=header,
        kind=Kind.CHOICE,
        choices=tuple(choices.split("/")),
        aliases=aliases,
        required=required,
        dated=dated,
        level=level,
        help=hint,
    )


def _provider(*, required: bool = False, dated: bool = False, header: str = "承接机构代码") -> Column:
    return Column(
        name="provider",
        header=header,
        kind=Kind.REFERENCE,
        refers_to="承接机构",
        required=required,
        dated=dated,
        aliases=PROVIDER_ALIASES,
        help="承接机构的统一社会信用代码，须已在“承接机构”中登记",
    )


def _station(*, required: bool = False, dated: bool = False) -> Column:
    return Column(
        name="station",
        header="站点编号",
        kind=Kind.REFERENCE,
        refers_to="社工站",
        required=required,
        dated=dated,
        aliases=("站点编码", "社工站编号"),
        help="社工站的站点编号，须已在“社工站”中登记",
    )


def _project() -> Column:
    return Column(
        name="project",
        header="项目编号",
        kind=Kind.REFERENCE,
        refers_to="项目",
        help="属于哪个购买服务项目；合同指标按它累计，没有就留空",
    )


def _item() -> Column:
    return Column(
        name="item",
        header="服务事项",
        kind=Kind.REFERENCE,
        refers_to="@service-items",
        aliases=("服务事项代码", "服务事项编码"),
        help="服务菜单里的代码或名称，如 B01",
    )


def _region(
    header: str = "行政区划", *aliases: str, name: str = "region", dated: bool = False, hint: str = ""
) -> Column:
    return Column(
        name=name,
        header=header,
        kind=Kind.REGION,
        required=True,
        aliases=aliases,
        dated=dated,
        help=hint or "区划代码（6、9 或 12 位），或从唯一的上级写起的名称，如 鹤城区坨院街道",
    )


def _yes_no(name: str, header: str, *aliases: str, dated: bool = True, hint: str = "") -> Column:
    return Column(name=name, header=header, kind=Kind.YES_NO, aliases=aliases, dated=dated, help=hint)


def _day(
    name: str,
    header: str,
    *aliases: str,
    required: bool = False,
    not_before: str = "",
    dated: bool = False,
    level: Level = L2,
    hint: str = "",
) -> Column:
    return Column(
        name=name,
        header=header,
        kind=Kind.DATE,
        aliases=aliases,
        required=required,
        not_before=not_before,
        dated=dated,
        level=level,
        help=hint,
    )


def _moment(
    name: str, header: str, *aliases: str, required: bool = False, not_before: str = "", hint: str = ""
) -> Column:
    return Column(
        name=name,
        header=header,
        kind=Kind.TIME,
        aliases=aliases,
        required=required,
        not_before=not_before,
        help=hint or "日期和时刻，如 2021-06-05 14:30",
    )


def _count(
    name: str, header: str, *aliases: str, unit: str = "", dated: bool = False, hint: str = ""
) -> Column:
    return Column(
        name=name, header=header, kind=Kind.INTEGER, aliases=aliases, unit=unit, dated=dated, help=hint
    )


def _money(name: str, header: str, *aliases: str, required: bool = False, hint: str = "") -> Column:
    return Column(
        name=name,
        header=header,
        kind=Kind.MONEY,
        aliases=aliases,
        required=required,
        unit="元",
        minimum=0,
        help=hint,
    )


def _hours(name: str, header: str, *aliases: str, unit: str = "小时", hint: str = "") -> Column:
    return Column(
        name=name,
        header=header,
        kind=Kind.DECIMAL,
        aliases=aliases,
        required=True,
        unit=unit,
        minimum=0,
        help=hint,
    )


def _coordinate(name: str, header: str, limit: int, level: Level) -> Column:
    return Column(
        name=name,
        header=header,
        kind=Kind.DECIMAL,
        places=6,
        minimum=-limit,
        maximum=limit,
        level=level,
        help="十进制度数（如 109.974812），只用于在地图上定位，可不填",
    )


def _text(
    name: str,
    header: str,
    *aliases: str,
    required: bool = False,
    level: Level = L2,
    dated: bool = False,
    max_length: int = NAME_LENGTH,
    hint: str = "",
) -> Column:
    return Column(
        name=name,
        header=header,
        aliases=aliases,
        required=required,
        level=level,
        dated=dated,
        max_length=max_length,
        help=hint,
    )


def _long(
    name: str, header: str, *aliases: str, required: bool = False, level: Level = L2, hint: str = ""
) -> Column:
    return _text(name, header, *aliases, required=required, level=level, max_length=0, hint=hint)


def _sex(level: Level = L2) -> Column:
    return _choice("sex", "性别", "男/女", level=level)


def _phone(name: str = "phone", header: str = "联系电话", *aliases: str, level: Level = L2) -> Column:
    return Column(name=name, header=header, kind=Kind.PHONE, aliases=aliases, level=level, max_length=64)


def _workers(
    name: str, header: str, *aliases: str, required: bool = False, several: bool = True, hint: str = ""
) -> Column:
    return Column(
        name=name,
        header=header,
        kind=Kind.REFERENCE,
        refers_to="社工",
        required=required,
        several=several,
        aliases=(*aliases, *ID_ALIASES),
        level=L4,
        help=hint or ("社工的证件号码，可填多个，用分号或顿号隔开" if several else "社工的证件号码"),
    )


PROVIDERS = Sheet(
    name="承接机构",
    aliases=("承接机构名录", "承接机构台账", "社会工作服务机构", "机构名录"),
    columns=(
        Column(
            name="uscc",
            header="统一社会信用代码",
            kind=Kind.USCC,
            required=True,
            key=True,
            aliases=("社会信用代码", "信用代码", "机构代码", "承接机构代码", "承接机构信用代码"),
            help="登记证书上的 18 位代码；全国唯一，按它认出同一家机构",
        ),
        _text("name", "机构名称", "机构", "承接机构", "承接机构名称", required=True),
        _choice(
            "kind",
            "机构类型",
            "社会工作服务机构/慈善组织/志愿服务组织/社区社会组织/事业单位/企业/行业组织/其他",
            "类型",
            required=True,
            dated=True,
        ),
        _region(
            "登记机关行政区划",
            "登记地行政区划",
            "登记地",
            name="registrar_region",
            hint="在哪一级哪个地方登记的；机构按此归属地统计",
        ),
        _day(
            "established_on",
            "成立登记日期",
            "登记日期",
            "成立日期",
            required=True,
            hint="登记证书上的成立日期；状态自该日起算",
        ),
        _text("legal_representative", "法定代表人", "法人代表", "负责人"),
        _phone("phone", "联系电话", "电话", "联系方式"),
        _choice(
            "rating",
            "评估等级",
            "1A/2A/3A/4A/5A",
            "社会组织评估等级",
            "等级",
            dated=True,
            hint="社会组织评估等级，按证书填写",
        ),
        _day("rating_valid_until", "等级有效期至", "评估等级有效期至", "等级有效期", dated=True),
        _count("full_time_staff", "专职人员数", "专职人数", unit="人", dated=True),
        _count(
            "professional_staff",
            "专业人员数",
            "专业人数",
            unit="人",
            dated=True,
            hint="持证社工或社会工作专业本科以上的专职人员",
        ),
        _count("party_members", "正式党员数", "党员数", unit="人", dated=True, hint="满 3 名应建立党组织"),
        _yes_no("has_party_organisation", "是否建立党组织", "建立党组织", "党组织"),
        _yes_no("is_charity", "是否慈善组织", "慈善组织"),
        _day(
            "incubated_on",
            "孵化起始日期",
            "孵化开始日期",
            "孵化日期",
            hint="由孵化基地培育的，填开始孵化的日期",
        ),
        _choice("status", "状态", "正常/整改/禁入/注销", "机构状态", dated=True),
    ),
)

STATIONS = Sheet(
    name="社工站",
    aliases=("社工站点", "站点", "社工站台账", "站点台账", "站点基本情况", "社工站基本情况"),
    columns=(
        _key("站点编号", "站点编码", "社工站编号"),
        _text("name", "站点名称", "社工站名称", required=True),
        _choice(
            "tier",
            "层级",
            "市级指导中心/县级社工总站/乡镇街道社工站/村社区社工室",
            "站点层级",
            required=True,
            dated=True,
        ),
        _region(
            "行政区划",
            "所属行政区划",
            "区划代码",
            hint="站点所在地的区划代码或名称；乡镇街道站填到乡镇街道，社工室填到村社区",
        ),
        _choice(
            "kind",
            "站点类别",
            "普通/安置点/特色",
            "类别",
            dated=True,
            hint="安置点站不计入乡镇（街道）覆盖率",
        ),
        _choice("status", "状态", "计划/建设中/建成/运营/暂停/撤销", "站点状态", required=True, dated=True),
        _day("opened_on", "启用日期", "启用时间", hint="开始服务的日期；状态自该日起算"),
        Column(
            name="parent",
            header="上级站点编号",
            kind=Kind.REFERENCE,
            refers_to="社工站",
            aliases=("上级站点", "上级站点编码"),
            dated=True,
            help="业务上归哪个站指导",
        ),
        _text("address", "地址", "站点地址", "详细地址"),
        _coordinate("longitude", "经度", 180, L2),
        _coordinate("latitude", "纬度", 90, L2),
        Column(
            name="floor_area",
            header="专用面积",
            kind=Kind.DECIMAL,
            unit="平方米",
            minimum=0,
            aliases=("面积", "场地面积", "建筑面积"),
            dated=True,
        ),
        _choice("operation", "运营方式", "政府购买/直聘/自建/合作", "运营模式", dated=True),
        _provider(dated=True),
        _text("head", "站长", "负责人", "站长姓名"),
        _choice("demonstration_level", "示范级别", "无/县级/市级/省级", "示范站级别", "示范等级", dated=True),
        _yes_no("has_premises", "有场地"),
        _yes_no("has_staff", "有人员"),
        _yes_no("has_equipment", "有设施设备", "有设备", "有设施"),
        _yes_no("has_rules", "有规章制度", "有制度"),
        _yes_no("has_workflow", "有工作流程", "有流程"),
        _yes_no("has_services", "有服务功能", "有服务", "有功能"),
        _yes_no("has_activities", "有活动"),
    ),
)

WORKERS = Sheet(
    name="社工",
    aliases=("社工花名册", "社工名册", "社工台账", "人员花名册", "社会工作者"),
    columns=(
        Column(
            name="identity_number",
            header="证件号码",
            kind=Kind.IDENTITY,
            required=True,
            key=True,
            aliases=(*ID_ALIASES, "公民身份号码", "社工身份证号", "社工证件号"),
            level=L4,
            help="18 位身份证号；全国唯一，加密保存，只用来认出同一个人。请把这一列设为文本格式",
        ),
        _text("name", "姓名", "社工姓名", required=True),
        _sex(),
        _phone("phone", "手机号", "联系电话", "手机", "手机号码", "电话"),
        _text("education", "学历", "最高学历"),
        _text("major", "所学专业", "专业"),
        _text("political_status", "政治面貌", level=L3),
        _provider(dated=True),
        _station(dated=True),
        _choice(
            "post",
            "岗位",
            "站长/一线社工/项目主管/督导/行政财务/民政协理员/实习/其他",
            "岗位名称",
            "职务",
            required=True,
            dated=True,
            hint="持证但不在站点岗位上的人填“其他”，不计入在岗社工",
        ),
        _choice(
            "employment", "用工形式", "全职/兼职/直聘/实习", "用工方式", "用工类型", required=True, dated=True
        ),
        _day("hired_on", "入职日期", "入职时间", "到岗日期", required=True, hint="到岗的第一天"),
        _day("left_on", "离职日期", "离职时间", not_before="hired_on", hint="离岗的第一天；仍在岗就留空"),
        _choice(
            "certificate",
            "职业资格",
            "无/助理社会工作师/社会工作师/高级社会工作师",
            "职业资格证书",
            "证书等级",
            "职业资格等级",
            dated=True,
        ),
        Column(
            name="certificate_number",
            header="证书编号",
            kind=Kind.CODE,
            aliases=("证书号", "职业资格证书编号"),
            max_length=CODE_LENGTH,
            level=L3,
        ),
        _day(
            "passed_on",
            "通过日期",
            "证书通过日期",
            "取得日期",
            "取证日期",
            hint="证书上的批准日期；持证人数自该日起算",
        ),
        _day(
            "registered_until",
            "登记有效期至",
            "证书登记有效期至",
            "登记有效期",
            dated=True,
            hint="职业资格登记的截止日期",
        ),
        _text("pay_grade", "薪级", "薪酬等级", level=L3, dated=True),
        _day("filed_on", "备案日期", "备案时间", "入职备案日期", hint="入职备案的日期；备案及时率按它计算"),
        _day("leaving_filed_on", "离职备案日期", "离职备案时间"),
        _day("pledged_on", "承诺书日期", "承诺书签订日期", hint="签订公益服务承诺书的日期"),
    ),
)

PROJECTS = Sheet(
    name="项目",
    aliases=("购买服务项目", "项目台账", "服务项目", "项目清单", "项目合同"),
    columns=(
        _key("项目编号", "项目编码", "合同编号"),
        _text("name", "项目名称", required=True),
        _choice("kind", "项目类型", "社工站运营/专项服务/督导/评估/培训/公益创投/民生微项目", required=True),
        _text("purchaser", "购买主体", "购买方", "采购单位", required=True),
        _region(
            "购买主体行政区划", "购买方行政区划", name="region", hint="购买主体是哪个地方的；项目按它统计"
        ),
        _provider(required=True),
        _choice(
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
        _money(
            "contract_amount",
            "合同金额",
            "合同金额(元)",
            "合同总额",
            required=True,
            hint="单位元，可写 12.5万",
        ),
        _day(
            "starts_on",
            "合同开始",
            "合同开始日期",
            "合同起始日期",
            "合同开始时间",
            required=True,
            hint="状态自该日起算",
        ),
        _day(
            "ends_on",
            "合同结束",
            "合同结束日期",
            "合同终止日期",
            "合同结束时间",
            required=True,
            not_before="starts_on",
        ),
        _count("staff", "项目总人数", "项目人数", unit="人", dated=True),
        _count(
            "professional_posts",
            "社工专业岗位数",
            "专业岗位数",
            unit="个",
            dated=True,
            hint="与项目总人数一起得出专业岗位占比",
        ),
        _money("budget_salaries", "预算薪酬", "薪酬预算"),
        _money("budget_supervision", "预算督导培训", "督导培训预算"),
        _money("budget_services", "预算服务活动", "服务活动预算"),
        _money("budget_management", "预算管理", "管理预算", "预算管理费"),
        _choice(
            "status", "状态", "立项/采购/签约/执行/评估/结项/终止", "项目状态", required=True, dated=True
        ),
        _count("target_registrations", "目标建档", "建档目标"),
        _count("target_visits", "目标探访", "探访目标"),
        _count("target_cases", "目标个案", "个案目标"),
        _count("target_groups", "目标小组", "小组目标"),
        _count("target_activities", "目标活动", "活动目标"),
        _count("target_person_times", "目标服务人次", "服务人次目标"),
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
)

FUNDS = Sheet(
    name="资金",
    aliases=("资金台账", "资金流水", "经费使用明细", "经费台账", "资金明细"),
    columns=(
        _key("流水号", "流水编号", "资金流水号"),
        _day("moved_on", "日期", "发生日期", required=True),
        _region(),
        _choice("kind", "类型", "预算/拨付/支出", "资金类型", required=True),
        _choice(
            "source",
            "资金来源",
            "财政预算/社会救助专项经费/社会救助工作经费/困难群众救助补助资金/福利彩票公益金/人才发展经费/对口支援资金/部门资金/社会资金/其他",
            "来源",
            required=True,
            hint="按拨款文件的名称选；比例上限按来源核算",
        ),
        _choice("fund_level", "资金级次", "中央/省/市/县/乡", "级次"),
        _project(),
        _choice("head", "支出科目", "薪酬/督导培训/服务活动/管理/税费/设施设备/其他", "科目"),
        _money(
            "amount",
            "金额",
            "金额(元)",
            "发生额",
            required=True,
            hint="单位元，不填负数；冲销和退回在平台上登记",
        ),
        _long("summary", "摘要", "用途"),
        Column(
            name="voucher", header="凭证号", kind=Kind.CODE, aliases=("凭证编号",), max_length=CODE_LENGTH
        ),
    ),
)

BASES = Sheet(
    name="资金基数",
    aliases=("基数", "资金基数表", "比例基数"),
    columns=(
        Column(
            name="region",
            header="行政区划",
            kind=Kind.REGION,
            required=True,
            key=True,
            aliases=("所属行政区划", "区划代码"),
            help="基数属于哪个地方",
        ),
        Column(name="year", header="年度", kind=Kind.YEAR, required=True, key=True, aliases=("年份",)),
        Column(
            name="name",
            header="基数名称",
            required=True,
            key=True,
            aliases=("基数",),
            max_length=NAME_LENGTH,
            help="如 社会救助专项经费、社会救助工作经费、困难群众救助补助资金、社会救助资金总支出",
        ),
        _money("amount", "金额", "金额(元)", "基数金额", required=True, hint="该年度这项资金的总额，单位元"),
    ),
)

RESIDENTS = Sheet(
    name="服务对象",
    aliases=("服务对象台账", "服务对象名册", "对象台账", "服务对象档案"),
    columns=(
        _key("对象编号", "服务对象编号", "档案编号"),
        _text("name", "姓名", "服务对象姓名", "对象姓名", required=True, level=L3),
        _choice(
            "document_type", "证件类型", "身份证/户口簿/出生医学证明/港澳台居民居住证/护照/无证件", level=L3
        ),
        Column(
            name="identity_number",
            header="证件号码",
            kind=Kind.DOCUMENT,
            document_type="document_type",
            aliases=(*ID_ALIASES, "公民身份号码"),
            max_length=CODE_LENGTH,
            level=L4,
            help="加密保存，只用来查重和核对身份；没有证件可留空。请把这一列设为文本格式",
        ),
        _sex(L3),
        _day("born_on", "出生日期", "出生年月日", "生日", level=L3),
        Column(
            name="categories",
            header="对象类别",
            kind=Kind.REFERENCE,
            refers_to="@categories",
            required=True,
            several=True,
            aliases=("服务对象类别", "人员类别", "类别"),
            dated=True,
            level=L3,
            help="类别的代码或名称，可填多个；探访频次按类别和风险等级确定",
        ),
        _choice("risk", "风险等级", "高风险/重点/一般/普通", "风险级别", dated=True, level=L3),
        Column(
            name="household",
            header="户编号",
            kind=Kind.CODE,
            aliases=("家庭编号", "户号"),
            max_length=CODE_LENGTH,
            level=L3,
            help="同一户填同一个编号，用来计算探访户次",
        ),
        _text("guardian", "监护人", "监护人姓名", level=L3),
        _phone("guardian_phone", "监护人电话", "监护人联系电话", level=L3),
        _phone("phone", "联系电话", "电话", "手机号", level=L3),
        _region(
            "现住行政区划",
            "现住地行政区划",
            "居住行政区划",
            "行政区划",
            dated=True,
            hint="现在住在哪里，尽量填到村（社区）",
        ),
        _text("address", "住址", "现住址", "家庭住址", "居住地址", level=L3),
        _coordinate("longitude", "经度", 180, L4),
        _coordinate("latitude", "纬度", 90, L4),
        _station(required=True, dated=True),
        Column(
            name="worker",
            header="责任社工证件号",
            kind=Kind.REFERENCE,
            refers_to="社工",
            aliases=("责任社工身份证号", "责任社工", *ID_ALIASES),
            dated=True,
            level=L4,
            help="负责这位对象的社工的证件号码",
        ),
        _day("registered_on", "建档日期", "建档时间", required=True, hint="状态自该日起算"),
        _day("consented_on", "同意日期", "知情同意日期", "同意时间", hint="本人或监护人同意建档服务的日期"),
        _choice("status", "状态", "在册/暂停/迁出/死亡/结束", "对象状态", dated=True, level=L3),
    ),
)

SERVICE_RECORDS = Sheet(
    name="服务记录",
    aliases=("服务台账", "服务记录台账", "探访台账", "个案台账", "小组台账", "活动台账"),
    columns=(
        _key("记录编号", "服务记录编号"),
        _choice("method", "服务方式", "探访/个案/小组/活动/咨询/转介/资源链接", "服务类型", required=True),
        _item(),
        _moment("started_at", "开始时间", "服务开始时间", required=True),
        _moment("ended_at", "结束时间", "服务结束时间", required=True, not_before="started_at"),
        _station(required=True),
        _project(),
        _workers("workers", "社工证件号", "社工身份证号", "社工证件号码", required=True),
        Column(
            name="residents",
            header="对象编号",
            kind=Kind.REFERENCE,
            refers_to="服务对象",
            several=True,
            aliases=("服务对象编号",),
            level=L3,
            help="服务了哪些对象，可填多个；面向公众的活动可留空",
        ),
        Column(
            name="case_code",
            header="个案小组编号",
            kind=Kind.CODE,
            aliases=("个案编号", "小组编号", "个案(小组)编号"),
            max_length=CODE_LENGTH,
            help="同一个案或小组的各次服务填同一个编号",
        ),
        _choice("outcome", "探访结果", "见到本人/见到家属/无人/拒访/外出/住院/已迁走/已去世", level=L3),
        _count("attendances", "服务人次", "参加人次", unit="人次", hint="不填时按对象人数计"),
        _count("volunteers", "志愿者人数", "志愿者数", unit="人"),
        _text("place", "地点", "服务地点", level=L3),
        _coordinate("longitude", "经度", 180, L4),
        _coordinate("latitude", "纬度", 90, L4),
        _long("content", "内容", "服务内容", required=True, level=L4),
        Column(
            name="satisfaction",
            header="满意度",
            kind=Kind.INTEGER,
            minimum=1,
            maximum=5,
            aliases=("满意度评分",),
            help="1—5 分，5 分最满意；没有评分就留空",
        ),
        Column(
            name="closes",
            header="是否结案",
            kind=Kind.YES_NO,
            aliases=("结案",),
            help="这次服务结束了整个个案或小组，填“是”",
        ),
        _moment("entered_at", "录入时间", "登记时间"),
    ),
)

SUPERVISIONS = Sheet(
    name="督导记录",
    aliases=("督导台账", "督导"),
    columns=(
        _key("督导编号", "督导记录编号"),
        _day("held_on", "日期", "督导日期", required=True),
        _text("supervisor", "督导姓名", "督导", "督导员", required=True),
        Column(
            name="supervisor_identity",
            header="督导证件号",
            kind=Kind.IDENTITY,
            aliases=("督导身份证号", "督导证件号码", *ID_ALIASES),
            level=L4,
            help="用来区分同名的督导；可不填",
        ),
        _choice("mode", "方式", "线上/线下", "督导方式", required=True),
        _choice("form", "形式", "个别/团体/现场/危机", "督导形式"),
        Column(
            name="stations",
            header="站点编号",
            kind=Kind.REFERENCE,
            refers_to="社工站",
            required=True,
            several=True,
            aliases=("站点编码", "社工站编号", "被督导站点编号"),
            help="可填多个；一次督导两个站计 2 站次",
        ),
        _workers("supervisees", "被督导社工证件号", "被督导社工身份证号", "社工证件号"),
        _hours("hours", "时长", "时长(小时)", "督导时长"),
        _choice("topic", "主题", "服务/方法/情绪/行政/伦理", "督导主题"),
        _long("content", "内容", "督导内容", level=L4),
    ),
)

TRAININGS = Sheet(
    name="培训",
    aliases=("培训台账", "培训记录"),
    columns=(
        _key("培训编号"),
        _text("name", "培训名称", "培训班名称", required=True),
        _choice(
            "kind", "培训类型", "继续教育/考前培训/业务培训/督导培训/研修班/政策解读", "类型", required=True
        ),
        _text("organiser", "主办单位", "举办单位", required=True),
        _choice("sponsor_level", "主办层级", "部/省/市/县/机构", "主办级别"),
        _region(),
        _day("starts_on", "开始日期", "培训开始日期", "培训日期", required=True),
        _day("ends_on", "结束日期", "培训结束日期", not_before="starts_on"),
        _hours("hours", "学时", "培训学时", unit="学时"),
        _count("participants", "参训人数", "参加人数", "培训人数", unit="人"),
        _workers("workers", "参训社工证件号", "参训社工身份证号", "参训人员证件号"),
    ),
)

VOLUNTEERS = Sheet(
    name="志愿者",
    aliases=("志愿者台账", "志愿者名册", "志愿者花名册"),
    columns=(
        _key("志愿者编号"),
        _text("name", "姓名", "志愿者姓名", required=True, level=L3),
        Column(
            name="identity_number",
            header="证件号码",
            kind=Kind.IDENTITY,
            aliases=ID_ALIASES,
            level=L4,
            help="加密保存，只用来查重和核对身份。请把这一列设为文本格式",
        ),
        _sex(L3),
        _day("born_on", "出生日期", "出生年月日", level=L3),
        _phone("phone", "联系电话", "手机号", "电话", level=L3),
        _region("居住行政区划", "居住地行政区划", "居住区域", "行政区划"),
        _station(dated=True),
        _text("skills", "专业技能", "技能特长", "特长"),
        _text("service_kinds", "服务类别", "志愿服务类别"),
        Column(
            name="national_number",
            header="全国志愿服务系统编号",
            kind=Kind.CODE,
            aliases=("全国系统编号",),
            max_length=CODE_LENGTH,
            level=L3,
            help="请把这一列设为文本格式",
        ),
        _day("registered_on", "注册日期", "注册时间", required=True),
    ),
)

VOLUNTEER_RECORDS = Sheet(
    name="志愿服务",
    aliases=("志愿服务台账", "志愿服务记录"),
    columns=(
        _key("记录编号", "志愿服务记录编号"),
        Column(
            name="volunteer",
            header="志愿者编号",
            kind=Kind.REFERENCE,
            refers_to="志愿者",
            required=True,
            help="须已在“志愿者”中登记",
        ),
        _text("activity", "活动名称", "志愿服务名称", required=True),
        _long("content", "服务内容", "内容", required=True),
        _day("served_on", "日期", "服务日期", required=True),
        _hours("hours", "时长", "时长(小时)", "服务时长", hint="实际服务的小时数"),
        _text("recorded_by", "记录单位", "活动组织单位", required=True),
        _text("lead", "活动负责人", "负责人"),
        _station(),
        _moment("entered_at", "录入时间", "登记时间"),
    ),
)

NEEDS = Sheet(
    name="需求",
    aliases=("需求清单", "需求台账"),
    columns=(
        _key("需求编号"),
        _choice("source", "来源", "探访/诉求/网格/热线/自填/调研", "需求来源", required=True),
        _day("raised_on", "提出日期", "提出时间", required=True),
        _region(),
        _station(),
        Column(
            name="resident",
            header="对象编号",
            kind=Kind.REFERENCE,
            refers_to="服务对象",
            aliases=("服务对象编号",),
            level=L3,
            help="谁的需求；公共需求留空",
        ),
        _choice(
            "kind",
            "需求类型",
            "社区营造/生活服务/文化活动/公益慈善/救助/养老/儿童/助残/心理/其他",
            "类型",
            required=True,
        ),
        _item(),
        Column(
            name="urgency",
            header="紧急程度",
            kind=Kind.INTEGER,
            required=True,
            minimum=1,
            maximum=4,
            help="1—4，4 最紧急；派单时限按它确定",
        ),
        Column(name="quantity", header="数量", kind=Kind.DECIMAL, minimum=0, aliases=("需求数量",)),
        _day("deadline", "截止日期", "截止时间"),
        _long("content", "内容", "需求内容", required=True, level=L3),
        _choice("status", "状态", "新/已核实/已匹配/服务中/已办结/未满足", "需求状态", dated=True),
    ),
)

RESOURCES = Sheet(
    name="资源",
    aliases=("资源清单", "资源台账"),
    columns=(
        _key("资源编号"),
        _text("name", "资源名称", required=True),
        _text("owner", "提供方", "资源提供方", "提供单位", required=True),
        _choice("kind", "资源类型", "人力/物资/资金/场地/专业/政策", "类型", required=True),
        _item(),
        _region("覆盖行政区划", "行政区划", "覆盖区域", hint="哪里可以使用这项资源"),
        Column(
            name="quantity",
            header="数量",
            kind=Kind.DECIMAL,
            required=True,
            minimum=0,
            aliases=("资源数量",),
            dated=True,
        ),
        _text("unit", "单位", "计量单位", required=True, hint="数量的单位，如 人、个、场"),
        _money("value", "折价金额", "折价金额(元)", "折价"),
        _day("valid_from", "有效期起", "有效期开始", required=True),
        _day(
            "valid_until",
            "有效期止",
            "有效期至",
            "有效期结束",
            not_before="valid_from",
            hint="长期有效就留空",
        ),
        _text("contact", "联系人"),
        _phone(),
    ),
)

EVALUATIONS = Sheet(
    name="评估",
    aliases=("评估结果", "评估台账"),
    columns=(
        _key("评估编号"),
        _choice("kind", "评估类型", "自评/中期/末期/年度/第三方/省级实地", "类型", required=True),
        _text("period", "评估期", "评估期间", "评估周期", required=True, hint="如 2021年度、2021年上半年"),
        _text("evaluator", "评估机构", "评估单位", required=True),
        _choice("subject_kind", "对象类型", "项目/站点/县/机构", "评估对象类型", required=True),
        Column(
            name="subject",
            header="对象编号",
            kind=Kind.REFERENCE,
            refers_to="?subject_kind",
            required=True,
            aliases=("评估对象编号", "评估对象"),
            help="项目编号、站点编号、县的区划代码或机构的信用代码，按对象类型填",
        ),
        Column(name="score", header="得分", kind=Kind.DECIMAL, minimum=0, aliases=("评估得分",), unit="分"),
        _choice("grade", "等级", "优秀/良好/合格/基本合格/不合格", "评估等级", required=True),
        _day("evaluated_on", "评估日期", "评估时间", required=True),
    ),
)

INSPECTIONS = Sheet(
    name="检查",
    aliases=("检查台账", "检查审计", "监督检查"),
    columns=(
        _key("检查编号"),
        _choice("kind", "检查类型", "年检/双随机/财务专项审计/日常检查", "类型", required=True),
        Column(name="year", header="年度", kind=Kind.YEAR, required=True, aliases=("检查年度", "年份")),
        _provider(required=True),
        _choice("conclusion", "结论", "合格/基本合格/不合格/发现问题/无问题", "检查结论", required=True),
        _day("inspected_on", "检查日期", "检查时间", required=True),
        _text("inspector", "检查单位"),
        _long("findings", "发现问题", "检查发现问题", "存在问题"),
    ),
)

DISCLOSURES = Sheet(
    name="公开",
    aliases=("三务公开", "公开台账", "信息公开"),
    columns=(
        _key("公开编号"),
        _provider(),
        _station(),
        Column(
            name="month",
            header="月份",
            kind=Kind.MONTH,
            required=True,
            aliases=("公开月份", "所属月份"),
            help="公开的是哪个月的情况，如 2021-06",
        ),
        _day("published_on", "公开日期", "公开时间", required=True),
        _text("channel", "渠道", "公开渠道"),
        _text("url", "网址", "链接", max_length=2000),
    ),
)

CONTRACT_SHEETS = (
    PROVIDERS,
    STATIONS,
    WORKERS,
    PROJECTS,
    FUNDS,
    BASES,
    RESIDENTS,
    SERVICE_RECORDS,
    SUPERVISIONS,
    TRAININGS,
    VOLUNTEERS,
    VOLUNTEER_RECORDS,
    NEEDS,
    RESOURCES,
    EVALUATIONS,
    INSPECTIONS,
    DISCLOSURES,
)
