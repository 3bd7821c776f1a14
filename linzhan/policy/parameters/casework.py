"""What places decide about residents and the services to them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Binding, Group, Meaning
from linzhan.policy.shapes import VisitRule, category_name
from linzhan.policy.valuetypes import COUNT, PERCENT, TEXT, YES_NO, Codes, Shaped

VISIT_RULES = parameter(
    code="casework.visit_rules",
    label=_("探访频次"),
    group=Group.CASEWORK,
    kind=Shaped(VisitRule),
    variants=_("规则代码"),
    meaning=Meaning.SHARE,
    requirements="CFG-07 SVC-06 SVC-07 SVC-08 SVC-09",
)
VISIT_RATE = parameter(
    code="casework.visit_rate",
    label=_("重点对象月探访率目标"),
    group=Group.CASEWORK,
    kind=PERCENT,
    unit="%",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="CFG-07 SVC-06",
)
VISIT_RATE_DAYS = parameter(
    code="casework.visit_rate_days",
    label=_("计入月探访率的最少在册日数"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="日",
    requirements="SVC-06",
)
HIGH_RISK_CONTACT = parameter(
    code="casework.high_risk_contact",
    label=_("高风险对象走访要求"),
    group=Group.CASEWORK,
    kind=TEXT,
    meaning=Meaning.SHARE,
    requirements="SVC-07",
)
QUALIFYING_OUTCOMES = parameter(
    code="casework.qualifying_outcomes",
    label=_("计为有效探访的结果"),
    group=Group.CASEWORK,
    kind=Codes(
        choices=("见到本人", "见到家属", "无人", "拒访", "外出", "住院", "已迁走", "已去世"),
    ),
    requirements="SVC-06",
)
LATE_ENTRY_DAYS = parameter(
    code="casework.late_entry_days",
    label=_("补录时限"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="日",
    meaning=Meaning.SHARE,
    requirements="SVC-15",
)
BEREAVEMENT_DAYS = parameter(
    code="casework.bereavement_days",
    label=_("去世后对家属的跟进期"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="日",
    requirements="OBJ-01",
)
SATISFACTION = parameter(
    code="casework.satisfaction",
    label=_("满意度参考目标"),
    group=Group.CASEWORK,
    kind=PERCENT,
    unit="分",
    binding=Binding.FLOOR,
    meaning=Meaning.GUIDE,
    requirements="PUR-11 EVL-03",
)
PHONE_IDLE = parameter(
    code="casework.phone_idle",
    label=_("手机端无操作自动锁定"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="分钟",
    requirements="NFR-08",
)
REVIEW_DAYS = parameter(
    code="casework.review_days",
    label=_("风险等级复评期限"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="日",
    variants=_("风险等级"),
    binding=Binding.CAP,
    requirements="OBJ-03",
)
EXPIRY_NOTICE = parameter(
    code="casework.expiry_notice",
    label=_("类别到期提前提醒"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="日",
    requirements="OBJ-01",
)
RECENT_CHANGE = parameter(
    code="casework.recent_change",
    label=_("重大变故后的高风险期"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="日",
    requirements="OBJ-02 OBJ-03",
)
HIGH_RISK_AGE = parameter(
    code="casework.high_risk_age",
    label=_("高龄独居类建议高风险的起始年龄"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="岁",
    requirements="OBJ-03",
)
HIGH_RISK_CATEGORIES = parameter(
    code="casework.high_risk_categories",
    label=_("与高龄合并建议高风险的类别"),
    group=Group.CASEWORK,
    kind=Codes(called=category_name),
    requirements="OBJ-03",
)
KEY_CATEGORIES = parameter(
    code="casework.key_categories",
    label=_("建议列为重点对象的类别"),
    group=Group.CASEWORK,
    kind=Codes(called=category_name),
    requirements="OBJ-02 OBJ-03",
)
ORDINARY_CATEGORIES = parameter(
    code="casework.ordinary_categories",
    label=_("建议列为普通的类别"),
    group=Group.CASEWORK,
    kind=Codes(called=category_name),
    requirements="OBJ-09",
)
CONSENT_TEXT = parameter(
    code="casework.consent_text",
    label=_("知情同意告知书"),
    group=Group.CASEWORK,
    kind=TEXT,
    variants=_("同意事项"),
    requirements="OBJ-12",
)
CASE_SESSIONS = parameter(
    code="casework.case_sessions",
    label=_("个案结案前的最少过程记录"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="次",
    binding=Binding.FLOOR,
    requirements="SVC-10",
)
CASE_PAUSE_DAYS = parameter(
    code="casework.case_pause_days",
    label=_("个案暂停的最长时间"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="日",
    binding=Binding.CAP,
    requirements="SVC-10",
)
CASE_LOST_TRIES = parameter(
    code="casework.case_lost_tries",
    label=_("以失联结案前的最少联系次数"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="次",
    binding=Binding.FLOOR,
    requirements="SVC-10",
)
CASE_LOST_DAYS = parameter(
    code="casework.case_lost_days",
    label=_("以失联结案前计算联系次数的天数"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="日",
    requirements="SVC-10",
)
INCIDENT_AMBER = parameter(
    code="casework.incident_amber",
    label=_("强制报告：多久未上报提醒"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="分钟",
    binding=Binding.CAP,
    meaning=Meaning.SHARE,
    requirements="OBJ-12",
)
INCIDENT_RED = parameter(
    code="casework.incident_red",
    label=_("强制报告：多久未上报告警"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="分钟",
    binding=Binding.CAP,
    meaning=Meaning.SHARE,
    requirements="OBJ-12",
)
INCIDENT_ACKNOWLEDGE = parameter(
    code="casework.incident_acknowledge",
    label=_("强制报告：县级接收时限"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="分钟",
    binding=Binding.CAP,
    meaning=Meaning.SHARE,
    requirements="OBJ-12",
)
INCIDENT_REPLY = parameter(
    code="casework.incident_reply",
    label=_("强制报告：多久核问一次答复"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="小时",
    binding=Binding.CAP,
    meaning=Meaning.SHARE,
    requirements="OBJ-12",
)
INCIDENT_LEAST_SHOWN = parameter(
    code="casework.incident_least_shown",
    label=_("强制报告：对外可显示的最小数量"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="件",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="OBJ-12",
)
PROTECTION_CONTACT = parameter(
    code="casework.protection_contact",
    label=_("本县未成年人保护联系电话"),
    group=Group.CASEWORK,
    kind=TEXT,
    requirements="OBJ-12",
)
CLOCK_TOLERANCE = parameter(
    code="casework.clock_tolerance",
    label=_("手机时钟可信的偏差"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="分钟",
    requirements="NFR-08",
)
REVIEW_REQUIRED = parameter(
    code="casework.review_required",
    label=_("服务记录须经审核"),
    group=Group.CASEWORK,
    kind=YES_NO,
    requirements="SVC-15",
)
LOCK_DAY = parameter(
    code="casework.lock_day",
    label=_("次月几日自动锁定上月记录"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="日",
    requirements="SVC-15",
)
GROUP_SIZE_MIN = parameter(
    code="casework.group_size_min",
    label=_("小组人数下限"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="人",
    meaning=Meaning.GUIDE,
    requirements="SVC-11",
)
GROUP_SIZE_MAX = parameter(
    code="casework.group_size_max",
    label=_("小组人数上限"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="人",
    meaning=Meaning.GUIDE,
    requirements="SVC-11",
)
GROUP_VALID_PRESENT = parameter(
    code="casework.group_valid_present",
    label=_("有效小组节次的最少到场人数"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="人",
    meaning=Meaning.GUIDE,
    requirements="SVC-11",
)
FEEDBACK_SHARE = parameter(
    code="casework.feedback_share",
    label=_("活动反馈表占到场人数的比例"),
    group=Group.CASEWORK,
    kind=PERCENT,
    unit="%",
    binding=Binding.FLOOR,
    meaning=Meaning.GUIDE,
    requirements="SVC-12",
)
FEEDBACK_FORMS = parameter(
    code="casework.feedback_forms",
    label=_("活动反馈表份数"),
    group=Group.CASEWORK,
    kind=COUNT,
    unit="份",
    meaning=Meaning.GUIDE,
    requirements="SVC-12",
)
