"""What was seen at visits of the station where the demo accounts are at home, and records that wait there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from linzhan.demo.courses import Course, Decision
from linzhan.demo.telling import Story, Table, dice

LOCAL = ZoneInfo("Asia/Shanghai")
AT_MOST = 120  # visits that are told in detail
TOLD = date(2022, 1, 12)
ORDERED = datetime(2021, 7, 12, 8, 0, tzinfo=LOCAL)
CHECKS = ("health", "mood", "home", "living", "care", "income")
MET = ("", "", "", "老伴", "儿媳", "邻居", "村医")
NEEDS = ("想有人帮忙换药", "屋后电线老化，想请人看看", "想申请护理补贴")
WAITING = (
    ("", "到家看望，说最近睡不好，约好下周再来"),
    ("", "和邻居一起看了灶台和电线，已请村里来修"),
    ("开始时间和当天另一次探访重叠，请核对", "看望，身体稳定，药还有半个月的量"),
    ("没写清见到了谁", "去的时候在地里，聊了几句"),
)


def tell_visits(story: Story, *, station: str, county: str, worker: str, resident: str) -> tuple[Course, ...]:
    """Details of visits, four records that wait for the lead, and an order of the year before.

    Gives the steps by which two of the four came back.
    """
    chance = dice("visits")
    details = Table(
        "visit-details", "record mode met health mood home living care income events needs next_on"
    )
    for code, started in _visits(story, station)[:AT_MOST]:
        details.add(
            record=code, mode="入户" if chance.random() < 0.8 else "电话", met=chance.choice(MET) or None,
            **{name: _check(chance) for name in CHECKS},
            events=("跌倒",) if chance.random() < 0.04 else None,
            needs=chance.choice(NEEDS) if chance.random() < 0.08 else None,
            next_on=started.date() + timedelta(days=7) if chance.random() < 0.1 else None,
        )  # fmt: skip
    story.tell(details, TOLD)
    returned = _tell_waiting(story, station, worker, resident)
    order = Table("contact-orders", "code title region risks starts_at hours until_on basis")
    order.add(
        code="ZL-2021-01", title="暴雨橙色预警", region=county, risks=("高风险",), starts_at=ORDERED, hours=24,
        until_on=date(2021, 7, 15), basis="县防汛应急预案",
    )  # fmt: skip
    story.tell(order, TOLD)
    return returned


def _visits(story: Story, station: str) -> list[tuple[str, datetime]]:
    """Visits of the station at which somebody was met, in their order."""
    table = next(each.table for each in story.chapters if each.table.register == "service-records")
    names = ("code", "method", "station", "outcome", "started_at")
    rows = zip(*(table.stated(name) for name in names), strict=True)
    return [
        (code, started)
        for code, method, at, outcome, started in rows
        if method == "探访" and at == station and (outcome or "").startswith("见到")
    ]


def _check(chance: Random) -> str:
    drawn = chance.random()
    return "正常" if drawn < 0.9 else "变化" if drawn < 0.985 else "紧急"


def _tell_waiting(story: Story, station: str, worker: str, resident: str) -> tuple[Course, ...]:
    """Records that wait for the lead, who has returned two of them."""
    table = Table(
        "service-records",
        "code method started_at ended_at station workers residents outcome content entered_at status",
    )
    returned = []
    for number, (reason, content) in enumerate(WAITING, 1):
        begins = datetime(2022, 3, number, 9, 30, tzinfo=LOCAL)
        table.add(
            code=f"F-DS-{number}", method="探访", started_at=begins, ended_at=begins + timedelta(minutes=25),
            station=station, workers=(worker,), residents=(resident,), outcome="见到本人", content=content,
            entered_at=begins + timedelta(minutes=30), status="待审核",
        )  # fmt: skip
        if reason:
            decision = Decision(
                "return", "lead", begins.date() + timedelta(1), given={"returned_reason": reason}
            )
            returned.append(Course("service-records", f"F-DS-{number}", (decision,)))
    story.tell(table, date(2022, 3, 5))
    return tuple(returned)
