"""Closed lists of mandatory reporting (``domain.md`` §20), each signal with the clause that obliges."""

from __future__ import annotations

from typing import Final

from django.db import models

MINORS: Final = "《未成年人保护法》第十一条；《关于建立侵害未成年人案件强制报告制度的意见（试行）》第四条"
VIOLENCE: Final = "《反家庭暴力法》第十四条：发现无民事行为能力人、限制民事行为能力人遭受或者疑似遭受家庭暴力的，应当及时向公安机关报案"
LEFT_BEHIND: Final = "国务院《关于加强农村留守儿童关爱保护工作的意见》（国发〔2016〕13 号）：强制报告"
SAFETY: Final = "生命安全优先；测评提示的风险须当面核实（平台规则）"
HOTLINE: Final = "部分省份把 12349 等热线转来的线索列入强制报告；以本省文件为准"


class Signal(models.TextChoices):
    """What was seen or heard."""

    M1 = "M1", "隐私部位有非正常损伤"
    M2 = "M2", "不满 14 岁女童疑似被性侵、怀孕、流产"
    M3 = "M3", "14 岁以上女性未成年人疑似因性侵怀孕、流产"
    M4 = "M4", "多处伤、严重营养不良、神志不清，疑似被打骂、欺凌、虐待或麻醉"
    M5 = "M5", "因自杀自残、工伤、中毒、麻醉、殴打等伤残死亡"
    M6 = "M6", "被遗弃，或长期没有人照料"
    M7 = "M7", "来历不明、失踪、疑似被拐卖收买"
    M8 = "M8", "被组织乞讨"
    M9 = "M9", "受到其他严重侵害，或正面临危险"
    DV = "DV", "无、限制民事行为能力人疑似遭受家庭暴力"
    LB1 = "LB1", "留守儿童脱离监护、独自居住"
    LB2 = "LB2", "留守儿童失踪"
    LB3 = "LB3", "监护人丧失监护能力或不履行监护责任"
    LB4 = "LB4", "留守儿童疑似遭受家庭暴力"
    LB5 = "LB5", "留守儿童受到意外伤害或不法侵害"
    CR = "CR", "危机：有自杀、自伤念头或行为"
    HL = "HL", "热线转来的线索"


BASES: Final[dict[str, str]] = {
    **{signal: MINORS for signal in Signal if signal.value.startswith("M")},
    Signal.DV: VIOLENCE,
    **{signal: LEFT_BEHIND for signal in Signal if signal.value.startswith("LB")},
    Signal.CR: SAFETY,
    Signal.HL: HOTLINE,
}


class Origin(models.TextChoices):
    BUTTON = "红色按钮", "红色按钮"
    SCALE = "测评", "测评"
    HOTLINE = "热线", "热线"
    OTHER = "其他", "其他"


class Stage(models.TextChoices):
    """How far a report has come; only the database moves it, from the facts that are added."""

    SIGNAL = "待上报", "待上报"
    REPORTED = "已上报", "已上报"
    REPLIED = "已回复", "已回复"
    PLANNED = "保护计划", "保护计划"
    FOLLOWED = "跟进", "跟进"
    CLOSED = "结束", "结束"


class FactKind(models.TextChoices):
    """What can be added to a report."""

    REPORTED = "已上报", "已上报"
    ACKNOWLEDGED = "县级接收", "县级接收"
    REPLIED = "已回复", "已回复"
    PLANNED = "保护计划", "保护计划"
    FOLLOWED = "跟进", "跟进"
    CLOSED = "结束", "结束"
    NOTE = "补充", "补充"


OF_THE_COUNTY: Final = (FactKind.ACKNOWLEDGED, FactKind.CLOSED)
"""What only the county says of a report that is no practice: that it has it, and that it is over."""
