"""Fictional people: numbers of nobody (prefix 99), telephone numbers nobody has, common names put together.

The numbers pass every check of the house and belong to no one: there is no province 99, and
199 0000 is not given out to subscribers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from linzhan.kernel.identity import Sex, fictional_identity

SURNAMES = "王李张刘陈杨黄吴周赵徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
OF_MEN = "伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆亮建国志文学成林德海松柏庆祥福荣贵发生根茂昌盛"
OF_WOMEN = "芳娜敏静丽艳娟霞秀英玲桂兰红梅雪慧莉琴婷倩云莲真环雁凤洁琼莺媛爱妹蓉珍春菊花香月姣翠萍娥喜桃"
NUMBERS = 10_000  # 199 0000 0000 … 9999


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: Sex
    born_on: date
    identity_number: str


class Population:
    """Makes people, no two with one number."""

    def __init__(self) -> None:
        self._of_birthday: dict[tuple[date, Sex], int] = {}
        self._called = 0

    def person(self, chance: Random, born_from: int, born_to: int, *, women: float = 0.5) -> Person:
        """Somebody born in the years ``born_from`` to ``born_to``."""
        first = date(born_from, 1, 1)
        born_on = first + timedelta(chance.randrange((date(born_to + 1, 1, 1) - first).days))
        sex: Sex = "女" if chance.random() < women else "男"
        number = self._of_birthday[born_on, sex] = self._of_birthday.get((born_on, sex), 0) + 1
        return Person(named(chance, sex), sex, born_on, fictional_identity(born_on, sex, number))

    def phone(self) -> str:
        """The next number; there are ten thousand, then they begin again."""
        self._called += 1
        return f"1990000{self._called % NUMBERS:04d}"


def named(chance: Random, sex: Sex) -> str:
    """A surname and one or two characters."""
    given = OF_WOMEN if sex == "女" else OF_MEN
    return chance.choice(SURNAMES) + "".join(chance.sample(given, 2 if chance.random() < 0.8 else 1))
