"""What the published reply counts, and what the demo city must therefore come to.

Source: 怀化市民政局对市政协六届一次会议第 0280 号提案的答复 of 2022-05-25. The numbers of the FIG rows are
those of the project's list of published figures. “余” and “超” mean “at least”.

FIG-016 needs 220 supervised stations. The division books give the city 207 township-level divisions, each
with a township station since 2019 (FIG-032), and 13 county-level ones, each with a general station:
207 + 13 = 220, all of them supervised in 2020–2021. The guidance centre of the city is not among them
(it supervises), nor are village rooms and the stations of resettlement sites, which open later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REPLY = "怀化市民政局对市政协六届一次会议第0280号提案的答复（2022-05-25）"
CITY = "431200000000"
SUPERVISED_FROM, SUPERVISED_UNTIL = date(2020, 3, 2), date(2021, 12, 24)

CERTIFIED = {
    "助理社会工作师": 389,
    "社会工作师": 84,
    "高级社会工作师": 1,
}  # FIG-007…009; together FIG-006, 474
TRAINED = 1312  # FIG-010: 1300 余
EXAMINEES = 342  # FIG-011: 340 余
SUPERVISED_WORKERS = 312  # FIG-014: 300 余
SUPERVISORS = 10  # FIG-015
STATIONS = 220  # FIG-016
STATION_TIMES = 3785  # FIG-017
SUPERVISION_HOURS = 5375  # FIG-018
AUDITED = 15  # FIG-022
AGENCIES = 25  # FIG-023
INCUBATED = 177  # FIG-026
PURCHASED_FROM = 33  # FIG-028: 超 30
PURCHASED = (
    8_889_400  # FIG-029, yuan: the city's own contracts and the counties' besides their station projects
)
PURCHASED_BY_CITY = 5_763_800  # FIG-030: 576 万余
PAID_TO_STATIONS = 56_582_300  # FIG-031: 5658 万余
PROVINCIAL_COUNTIES = 10  # FIG-034, and the guidance centre


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of the reply that no register feeds: typed in, with the words it stands in."""

    number: str
    name: str
    value: Decimal
    unit: str
    quote: str
    period: str = ""

    @property
    def source(self) -> str:
        return f"{REPLY}：“{self.quote}”（{self.number}）"


YEARS_2018_2020, YEARS_2020_2021 = "2018-01-01..2020-12-31", "2020-01-01..2021-12-31"
HEARD_ON = date(2022, 5, 25)
"""The day of the reply: figures without a period are stated as of it."""


def _stated(number: int, name: str, value: str, unit: str, quote: str, period: str = "") -> Stated:
    return Stated(f"FIG-{number:03d}", name, Decimal(value), unit, quote, period)


STATED = (
    _stated(1, "社会工作专题研修班参训人数（120余）", "120", "人", "共组织120余名市直相关部门领导……参加"),
    _stated(2, "双创引进社会工作硕士（2014、2017、2020年）", "3", "人", "共引进3名社会工作硕士研究生"),
    _stated(3, "牵手计划培育本土社工人才（超60）", "60", "人", "培育本土社会工作人才超60人", YEARS_2018_2020),
    _stated(
        4,
        "每人每年接受督导帮扶时间（超40）",
        "40",
        "工作日",
        "每人每年接受督导帮扶时间超40个工作日",
        YEARS_2018_2020,
    ),
    _stated(
        5, "累计接受督导帮扶（超2400）", "2400", "工作日", "累计接受督导帮扶超2400个工作日", YEARS_2018_2020
    ),
    _stated(12, "链接社工网校培训名额", "100", "名额", "链接到100越社工网校考前培训名额", "2022"),
    _stated(13, "链接社工网校名额价值（5.5万余）", "55000", "元", "价值5.5万余元", "2022"),
    _stated(19, "优秀社会工作案例（项目）获奖作品", "20", "个", "共评选出了20个优秀作品", "2021"),
    _stated(20, "省民政厅培训参训人数（300余）", "300", "人", "共计300余人进行了培训"),
    _stated(
        21, "每年抽查社会组织（20以上，原文单位缺失）", "20", "", "每年抽取20以上社会组织", YEARS_2020_2021
    ),
    _stated(24, "市本级登记须有的专业人员下限", "3", "人", "教育背景的工作人员3以上"),
    _stated(25, "打击整治非法社会组织职责部门", "14", "家", "等14家相关部门职责"),
    _stated(27, "参与牵手计划的组织", "12", "家", "等12家组织参与此项目", YEARS_2018_2020),
    _stated(35, "整改仍不合格的禁入期", "2", "年", "两年内不再具有承接本单位项目的资格"),
)
