"""Notes that nobody wrote: each of many clauses, so that two of them have little in common."""

from __future__ import annotations

from random import Random
from typing import Final

WHEN: Final = (
    "上午 下午 昨晚 今早 这两天 上周 入秋后 月初 最近 午后 清晨 周末 节后 雨停后 天冷以来 饭后".split()
)
WHO: Final = (
    "老人 其老伴 邻居 外孙 儿媳 本人 村医 网格员 志愿者 班主任 小组长 房东 表弟 护理员 大女儿 同学 楼长 社区民警 食堂阿姨 康复师"
).split()
ACTS: Final = (
    "提到 反映 说起 担心 已办好 正在办 不愿再谈 主动问起 演示了 学会了 忘记了 重新整理 托人代领 推迟了 坚持练习 想要改换"
    " 已经停掉 准备申请 陪着去看 请人修好 收到 退回 补交 登记了"
).split()
WHAT: Final = (
    "降压药 轮椅刹车 灶台开关 助听器电池 低保年审表 残疾证换证 屋檐漏水 楼道照明 药盒分格 取暖炉 床边扶手 陪诊预约 学费减免"
    " 临时救助款 电话费欠缴 眼镜度数 午托名额 阅读卡 菜园篱笆 饮水过滤 存折密码 手机字号 防滑垫 血糖记录 睡眠时间 牙齿疼痛"
    " 亲戚来往 债务分期 技能培训 就业招聘 戒酒计划 情绪日记 亲子约定 作息表 走失手环 煤气软管 危房鉴定 医保报销单 外出打工打算"
    " 祖孙矛盾 邻里口角 集市摆摊 养鸡补贴 康复操 夜间起身 饮食清淡 关节肿痛 视力下降 春耕农资 快递代取"
).split()
HOW: Final = (
    "情况稳定 比上回好些 还要再等等 下次带资料来 已转告村里 需要人陪 暂不处理 留了联系方式 约定月底答复 语气平和 神色疲惫"
    " 当面讲清了办法 列入清单 请站里协调 自己能够应付 家人都同意 还有些犹豫 记在墙上日历 由组长跟进 继续观察"
).split()


def note(chance: Random, clauses: int = 9) -> str:
    """A note of so many clauses."""
    return "，".join(_clause(chance) for _ in range(clauses)) + "。"


def _clause(chance: Random) -> str:
    words = [
        chance.choice(WHEN),
        chance.choice(WHO),
        chance.choice(ACTS),
        chance.choice(WHAT),
        chance.choice(HOW),
    ]
    if chance.random() < 0.5:
        words[0], words[1] = words[1], words[0]
    return "".join(words)


def retold(chance: Random, text: str) -> str:
    """The same note with another date in front and one word changed."""
    day = f"{chance.randrange(1, 13)}月{chance.randrange(1, 29)}日"
    return day + text.replace(chance.choice(text.split("，"))[:4], chance.choice(HOW), 1)


def half(chance: Random, text: str) -> str:
    """A note of which half is the same: two people who speak alike."""
    clauses = text.rstrip("。").split("，")
    keep = len(clauses) * 2 // 3
    return "，".join([*clauses[:keep], *(_clause(chance) for _ in clauses[keep:])]) + "。"
