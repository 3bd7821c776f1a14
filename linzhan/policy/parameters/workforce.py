"""What places decide about social workers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Binding, Group, Meaning
from linzhan.policy.shapes import AllowanceRule, BarRule, EducationRule, OneProjectRule, PayScale, PostGrades
from linzhan.policy.shapes_standing import SupervisionRule
from linzhan.policy.valuetypes import COUNT, PERCENT, YES_NO, Rows, Shaped

FILING_DAYS = parameter(
    code="workforce.filing_days",
    label=_("人员备案期限"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="日",
    binding=Binding.CAP,
    meaning=Meaning.SHARE,
    requirements="FIL-03",
)
UNFILED_DAYS = parameter(
    code="workforce.unfiled_days",
    label=_("漏备案往前查看的时间"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="日",
    meaning=Meaning.GUIDE,
    requirements="FIL-03 FIL-04",
)
LEAVE_NOTICE_MONTHS = parameter(
    code="workforce.leave_notice_months",
    label=_("个人原因离职提前申请"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="个月",
    meaning=Meaning.SHARE,
    requirements="FIL-02",
)
LEAVE_SPAN_MONTHS = parameter(
    code="workforce.leave_span_months",
    label=_("离职补员前后最长期限"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="个月",
    binding=Binding.CAP,
    meaning=Meaning.CAP,
    requirements="FIL-02",
)
PERSON_BAR = parameter(
    code="workforce.person_bar",
    label=_("人员失信禁业"),
    group=Group.WORKFORCE,
    kind=Shaped(BarRule),
    meaning=Meaning.CAP,
    requirements="CFG-10 FIL-05 FIL-07",
)
CONTINUING_EDUCATION = parameter(
    code="workforce.continuing_education",
    label=_("继续教育学时"),
    group=Group.WORKFORCE,
    kind=Shaped(EducationRule),
    variants=_("规则名称"),
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    measure=lambda rule: rule.hours,
    requirements="CFG-14 CPE-01 CPE-03",
)
ALLOWANCES = parameter(
    code="workforce.allowances",
    label=_("津贴、补贴与奖励"),
    group=Group.WORKFORCE,
    kind=Shaped(AllowanceRule),
    variants=_("津补贴名称"),
    meaning=Meaning.GUIDE,
    requirements="CFG-12 PAY-09 PAY-10 PAY-11 PAY-12 PAY-13 PAY-15",
)
PAY_SCALE = parameter(
    code="workforce.pay_scale",
    label=_("薪酬体系"),
    group=Group.WORKFORCE,
    kind=Shaped(PayScale),
    meaning=Meaning.SHARE,
    requirements="PAY-01 PAY-02",
)
POST_GRADES = parameter(
    code="workforce.post_grades",
    label=_("职业资格与专业技术岗位等级对应"),
    group=Group.WORKFORCE,
    kind=Rows(PostGrades),
    requirements="PPL-10 PPL-11",
)
VOLUNTEERS_PER_WORKER = parameter(
    code="workforce.volunteers_per_worker",
    label=_("每名社工发展常态化志愿者"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="名",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="VOL-03",
)
BEDS_PER_WORKER = parameter(
    code="workforce.beds_per_worker",
    label=_("养老机构每名社工对应床位"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="张",
    meaning=Meaning.GUIDE,
    requirements="PPL-14",
)
PLEDGE_BEFORE_ENTRY = parameter(
    code="workforce.pledge_before_entry",
    label=_("入职前签订公益服务承诺书"),
    group=Group.WORKFORCE,
    kind=YES_NO,
    meaning=Meaning.SHARE,
    requirements="FIL-01",
)
LEAVE_AFTER_REPLACEMENT = parameter(
    code="workforce.leave_after_replacement",
    label=_("岗位补员完成后方可离职"),
    group=Group.WORKFORCE,
    kind=YES_NO,
    meaning=Meaning.SHARE,
    requirements="FIL-02",
)
ONE_PROJECT = parameter(
    code="workforce.one_project",
    label=_("一名社工不得同时运行多个项目"),
    group=Group.WORKFORCE,
    kind=Shaped(OneProjectRule),
    meaning=Meaning.CAP,
    requirements="RSK-02 PUR-26",
)
SHARE_LIMIT = parameter(
    code="workforce.share_limit",
    label=_("一名社工同一时段投入各项目的比例之和"),
    group=Group.WORKFORCE,
    kind=PERCENT,
    unit="%",
    binding=Binding.CAP,
    meaning=Meaning.CAP,
    requirements="RSK-02",
)
VETTING_DAYS = parameter(
    code="workforce.vetting_days",
    label=_("接触未成年人的人员从业查询有效期"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="日",
    binding=Binding.CAP,
    meaning=Meaning.CAP,
    requirements="FIL-07",
)
REGISTRATION_NOTICE_DAYS = parameter(
    code="workforce.registration_notice_days",
    label=_("职业资格再次登记的办理期"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="日",
    meaning=Meaning.GUIDE,
    requirements="PPL-06",
)
FIRST_REGISTRATION_MONTHS = parameter(
    code="workforce.first_registration_months",
    label=_("取得证书后首次登记期限"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="个月",
    meaning=Meaning.GUIDE,
    requirements="PPL-06",
)
OBJECTION_DAYS = parameter(
    code="workforce.objection_days",
    label=_("失信处理告知后的陈述申辩期"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="日",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="FIL-08",
)
DEGREE_HOURS = parameter(
    code="workforce.degree_hours",
    label=_("学历教育一次折算继续教育学时上限"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="学时",
    meaning=Meaning.GUIDE,
    requirements="CPE-02",
)
SUPERVISION_DUTY = parameter(
    code="workforce.supervision_duty",
    label=_("社工接受督导的次数和时数"),
    group=Group.WORKFORCE,
    kind=Shaped(SupervisionRule),
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    measure=lambda rule: rule.times,
    requirements="SPV-03",
)
INDIVIDUAL_SESSIONS, GROUP_SESSIONS = (
    parameter(
        code=f"workforce.{code}",
        label=label,
        group=Group.WORKFORCE,
        kind=COUNT,
        unit="次",
        meaning=Meaning.GUIDE,
        requirements="SPV-03",
    )
    for code, label in (
        ("individual_sessions", _("每站每月个别督导次数")),
        ("group_sessions", _("每站每月团体(集中)督导次数")),
    )
)
SUPERVISION_DAY_HOURS = parameter(
    code="workforce.supervision_day_hours",
    label=_("督导一个工作日按几小时折算"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="小时",
    meaning=Meaning.GUIDE,
    requirements="SPV-10",
)
RATERS_AT_LEAST = parameter(
    code="workforce.raters_at_least",
    label=_("督导评分满几人才给出平均"),
    group=Group.WORKFORCE,
    kind=COUNT,
    unit="人",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="SPV-06",
)
