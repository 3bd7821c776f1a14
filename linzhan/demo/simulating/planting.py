"""Situations hidden in a simulated city: known abuses, and innocent ones that look like them (``domain.md`` §14).

What is planted happens on weekends, when the simulated city rests, so that nothing else comes of it. Each
situation has a worker to itself. ``records`` are the codes that a check must name, or must not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Final

from linzhan.demo.simulating.background import YEAR, Worker, moment
from linzhan.demo.simulating.ground import ABUSES, INNOCENT, Ground, abuse, innocent
from linzhan.demo.simulating.wording import half, note, retold

HABITS: Final = (
    ("PC08", "constant", "时长都是 30 分钟", True),
    ("PC08", "course", "固定时长的课程", False),
    ("PC08", "rounded", "时间取整到 5 分钟", False),
    ("PC13", "tail", "月末补录上半月的服务", True),
    ("PC13", "weekly", "月末补录了少数几条", False),
    ("PC14", "perfect", "评分全是 5 分", True),
    ("PC14", "nearly", "只有一份 4 分", False),
    ("PC14", "few", "只有几份评分", False),
)


def plant(ground: Ground, abuses: int, innocents: int) -> None:
    """Hide ``abuses`` of each kind that a check asks about, and ``innocents`` of each that looks like it."""
    for shelf, number in ((ABUSES, abuses), (INNOCENT, innocents)):
        for kinds in shelf.values():
            for nth in range(number):
                kinds[nth % len(kinds)](ground, ground.worker())


def habits(ground: Ground, abuses: int, innocents: int) -> None:
    """Habits of whole years, before the year is told."""
    looks: dict[tuple[str, bool], list[tuple[str, str]]] = {}
    for check, habit, name, wrong in HABITS:
        looks.setdefault((check, wrong), []).append((habit, name))
    for (check, wrong), kinds in looks.items():
        for nth in range(abuses if wrong else innocents):
            who, (habit, name) = ground.worker(), kinds[nth % len(kinds)]
            who.habit = habit
            ground.note(check, name, who, abuse=wrong)


@abuse("PC01")
def two_homes_at_once(ground: Ground, who: Worker) -> None:
    day = ground.day()
    one = ground.service(who, moment(day, 9, 20), 50)
    other = ground.service(who, moment(day, 9, 45), 45, residents=(who.residents[4],))
    ground.note("PC01", "两户的探访重叠 25 分钟", who, one, other, abuse=True)


@innocent("PC01")
def one_household(ground: Ground, who: Worker) -> None:
    day = ground.day()
    codes = [ground.service(who, moment(day, 9, 0), 40, residents=(each,)) for each in who.residents[:2]]
    ground.note("PC01", "同一户两口人一起探访", who, *codes)


@innocent("PC01")
def four_minutes(ground: Ground, who: Worker) -> None:
    day = ground.day()
    one = ground.service(who, moment(day, 9, 0), 40)
    other = ground.service(who, moment(day, 9, 36), 30, residents=(who.residents[4],))
    ground.note("PC01", "重叠 4 分钟", who, one, other)


@innocent("PC01")
def a_call_on_the_way(ground: Ground, who: Worker) -> None:
    day = ground.day()
    one = ground.service(who, moment(day, 9, 0), 60)
    other = ground.service(who, moment(day, 9, 20), 15, residents=(who.residents[4],))
    ground.add("visit-details", record=other, mode="电话")
    ground.note("PC01", "当中接的电话", who, one, other)


@abuse("PC02")
def far_in_minutes(ground: Ground, who: Worker) -> None:
    ground.note("PC02", "12 分钟走了 40 公里", who, *_journey(ground, who, 0.40, 12), abuse=True)


@innocent("PC02")
def far_in_an_hour(ground: Ground, who: Worker) -> None:
    ground.note("PC02", "一小时走了 40 公里", who, *_journey(ground, who, 0.40, 60))


@innocent("PC02")
def next_door(ground: Ground, who: Worker) -> None:
    ground.note("PC02", "紧接着去 1 公里外的邻家", who, *_journey(ground, who, 0.01, 1))


def _journey(ground: Ground, who: Worker, east: float, minutes: int) -> list[str]:
    day, lon = ground.day(), 110.0 + ground.chance.random() / 10
    one = ground.service(who, moment(day, 9, 0), 30, longitude=f"{lon:.6f}", latitude="27.500000")
    then = moment(day, 9, 30) + timedelta(minutes=minutes)
    to = {"longitude": f"{lon + east:.6f}", "latitude": "27.500000"}
    return [one, ground.service(who, then, 30, residents=(who.residents[4],), **to)]


@abuse("PC03")
def one_note_for_four(ground: Ground, who: Worker) -> None:
    text, day = note(ground.chance), ground.day()
    codes = [
        ground.service(
            who, moment(day + timedelta(days=7 * n), 9, 0), 35, residents=(who.residents[2 * n],),
            content=text if n == 0 else retold(ground.chance, text),
        )
        for n in range(4)
    ]  # fmt: skip
    ground.note("PC03", "四名对象的记录只改了日期和一个词", who, *codes, abuse=True)


@innocent("PC03")
def one_person_twice(ground: Ground, who: Worker) -> None:
    text, day = note(ground.chance), ground.day()
    codes = [
        ground.service(who, moment(each, 9, 0), 35, content=text) for each in (day, day + timedelta(days=7))
    ]
    ground.note("PC03", "同一对象前后两次情况相同", who, *codes)


@innocent("PC03")
def short_notes(ground: Ground, who: Worker) -> None:
    day = ground.day()
    codes = [
        ground.service(
            who,
            moment(day, 9 + n, 0),
            35,
            residents=(who.residents[2 * n],),
            content="上门探访，身体尚好，无新的需求。",
        )
        for n in range(3)
    ]
    ground.note("PC03", "简短的例行记录", who, *codes)


@innocent("PC03")
def alike_by_two_thirds(ground: Ground, who: Worker) -> None:
    text, day = note(ground.chance), ground.day()
    one = ground.service(who, moment(day, 9, 0), 35, content=text)
    other = ground.service(
        who, moment(day, 10, 0), 35, residents=(who.residents[4],), content=half(ground.chance, text)
    )
    ground.note("PC03", "说法相近、内容不同", who, one, other)


@abuse("PC04")
def copied_from_another(ground: Ground, who: Worker) -> None:
    ground.note("PC04", "照抄另一名社工的记录", who, *_copied(ground, who, 14, retold), abuse=True)


@innocent("PC04")
def long_after(ground: Ground, who: Worker) -> None:
    ground.note("PC04", "半年前别人的记录", who, *_copied(ground, who, 126, retold))


@innocent("PC04")
def together(ground: Ground, who: Worker) -> None:
    ground.note("PC04", "两人一起服务、各记一条", who, *_copied(ground, who, 0, retold, who.residents[:1]))


@innocent("PC04")
def another_alike(ground: Ground, who: Worker) -> None:
    ground.note("PC04", "与别人说法相近、内容不同", who, *_copied(ground, who, 14, half))


def _copied(
    ground: Ground,
    who: Worker,
    days: int,
    how: Callable[[Random, str], str],
    residents: list[str] | None = None,
) -> list[str]:
    other, text, day = ground.worker(), note(ground.chance), date(YEAR, 2, 6)
    served = residents or other.residents[:1]
    first = ground.service(
        other, moment(day, 9, 0), 35, content=text, residents=tuple(served), station=who.station
    )
    then = moment(day + timedelta(days=days), 9, 0)
    return [first, ground.service(who, then, 35, content=how(ground.chance, text))]


@abuse("PC07")
def written_in_one_sitting(ground: Ground, who: Worker) -> None:
    ground.note("PC07", "一刻钟补录六个周末的服务", who, *_sitting(ground, who, 12, 6), abuse=True)


@innocent("PC07")
def written_on_the_telephone(ground: Ground, who: Worker) -> None:
    ground.note(
        "PC07", "没有信号时写在手机上，回来一起上传", who, *_sitting(ground, who, 12, 6, offline=True)
    )


@innocent("PC07")
def nine_of_them(ground: Ground, who: Worker) -> None:
    ground.note("PC07", "一次补录 9 条", who, *_sitting(ground, who, 9, 6))


@innocent("PC07")
def one_days_work(ground: Ground, who: Worker) -> None:
    ground.note("PC07", "当晚录入当天的 12 次服务", who, *_sitting(ground, who, 12, 1))


def _sitting(ground: Ground, who: Worker, number: int, days: int, *, offline: bool = False) -> list[str]:
    first = ground.day()
    each_day = -(-number // days)
    last = first + timedelta(days=7 * (days - 1))
    codes = []
    for nth in range(number):
        begins = moment(first + timedelta(days=7 * (nth // each_day)), 8, 0) + timedelta(
            minutes=40 * (nth % each_day)
        )
        codes.append(
            ground.service(
                who, begins, 25 + nth, residents=(who.residents[nth % 10],),
                entered_at=moment(last, 21, 0) + timedelta(minutes=nth),
                **({"made_at": begins + timedelta(minutes=45)} if offline else {}),
            )
        )  # fmt: skip
    return codes


@abuse("PC09")
def too_many_visits(ground: Ground, who: Worker) -> None:
    ground.note("PC09", "一天 24 次探访", who, *_round(ground, who, 24, 12), abuse=True)


@abuse("PC09")
def too_long_a_day(ground: Ground, who: Worker) -> None:
    ground.note("PC09", "一天服务 13 小时", who, *_round(ground, who, 13, 60), abuse=True)


@innocent("PC09")
def called_in_the_heat(ground: Ground, who: Worker) -> None:
    codes = _round(ground, who, 30, 8)
    for code in codes:
        ground.add("visit-details", record=code, mode="电话")
    ground.note("PC09", "高温天给 30 户打电话", who, *codes)


@innocent("PC09")
def twenty_visits(ground: Ground, who: Worker) -> None:
    ground.note("PC09", "一天正好 20 次探访", who, *_round(ground, who, 20, 15))


def _round(ground: Ground, who: Worker, number: int, minutes: int) -> list[str]:
    day, step = ground.day(), max(minutes, 720 // number)
    return [
        ground.service(
            who, moment(day, 7, 0) + timedelta(minutes=n * step), minutes, residents=(who.residents[n % 10],)
        )
        for n in range(number)
    ]


@abuse("PC10")
def met_after_death(ground: Ground, who: Worker) -> None:
    day = ground.day()
    _dead(ground, who, day)
    later = ground.service(who, moment(ground.day(day), 9, 0), 30, residents=(who.residents[9],))
    ground.note("PC10", "去世之后又记见到本人", who, later, abuse=True)


@innocent("PC10")
def met_the_family(ground: Ground, who: Worker) -> None:
    day = ground.day()
    _dead(ground, who, day)
    later = ground.service(
        who, moment(ground.day(day), 9, 0), 30, residents=(who.residents[9],), outcome="见到家属"
    )
    ground.note("PC10", "去世后慰问家属", who, later)


def _dead(ground: Ground, who: Worker, day: date) -> None:
    """Nobody serves that resident from then on: the year is told of the others."""
    key = who.residents[9]
    ground.service(who, moment(day, 15, 0), 20, residents=(key,), outcome="已去世")
    who.habit = who.habit or "bereaved"


@abuse("PC11")
def one_list_for_three(ground: Ground, who: Worker) -> None:
    day = ground.day()
    records = [_activity(ground, who, day + timedelta(days=7 * n), who.residents[:8]) for n in range(3)]
    ground.note("PC11", "三场活动同一份签到名单", who, *records, abuse=True)


@abuse("PC11")
def more_heads_than_names(ground: Ground, who: Worker) -> None:
    code = _activity(ground, who, ground.day(), who.residents[:8], present=30)
    ground.note("PC11", "写明到场 30 人、签到 8 人", who, code, abuse=True)


@innocent("PC11")
def a_course(ground: Ground, who: Worker) -> None:
    day = ground.day()
    course = f"MKC{ground.count:07d}"
    records = [
        _activity(ground, who, day + timedelta(days=7 * n), who.residents[:8], case_code=course)
        for n in range(1, 4)
    ]
    ground.note("PC11", "固定成员的课程", who, *records)


@innocent("PC11")
def nearly_as_many(ground: Ground, who: Worker) -> None:
    code = _activity(ground, who, ground.day(), who.residents[:9], present=10)
    ground.note("PC11", "到场 10 人、签到 9 人", who, code)


def _activity(
    ground: Ground,
    who: Worker,
    day: date,
    people: list[str],
    *,
    present: int | None = None,
    case_code: str = "",
) -> str:
    code = ground.service(
        who,
        moment(day, 14, 0),
        90,
        method="活动",
        residents=(),
        attendances=present or len(people),
        case_code=case_code,
    )
    for nth, each in enumerate(people):
        ground.add("attendances", code=f"{code}-{nth}", record=code, resident=each, present="是")
    ground.add("activity-details", record=code, present=present or len(people))
    return code
