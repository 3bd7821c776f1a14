"""Satisfaction surveys of the demo county: one that is closed, and two that people answer on their own phones.

Of the closed one everybody drawn was visited or called; some did not answer. Of the others links were handed out:
some have answered, one did not want to, and the other links wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Any, Final

from django.utils import timezone

from linzhan.demo.city import Cast
from linzhan.demo.doing import person, step, write
from linzhan.demo.telling import dice
from linzhan.kernel.audit import note_reveal
from linzhan.kernel.scope import acting
from linzhan.quality.api import (
    Channel,
    DrawState,
    Link,
    SatisfactionSurvey,
    answer,
    answer_by_link,
    draws_of,
    invited_by,
    issue_links,
    not_answered,
    refuse_by_link,
    to_be_linked,
)

SURVEYS: Final = "satisfaction-surveys"
QUESTIONS: Final = (
    "评分：您对社工的服务满意吗",
    "评分：社工来得及时吗",
    "是否：社工说明过服务是免费的吗",
    "文字：您还有什么话要说",
)
OF_DEPARTMENTS: Final = (
    "评分：您对社工站的配合满意吗",
    "评分：社工站反映的情况准确吗",
    "是否：今年与社工站一起办过事吗",
    "文字：您希望社工站改进什么",
)
DEPARTMENTS: Final = ("区残疾人联合会", "区妇女联合会", "区教育局", "区卫生健康局", "区医疗保障局")
SAID: Final = ("", "", "希望来得再勤一点", "", "社工很有耐心", "")
LAST_SAID: Final = ("", "转介单可以再早两天给", "")
PEOPLE_A_STATION: Final = "6"
LINKS: Final = "16"
"""People drawn at the home station: each gets a link."""


def tell_surveys(cast: Cast) -> None:
    _closed(cast)
    _of_residents(cast)
    _of_departments(cast)


def _closed(cast: Cast) -> None:
    held = _drawn(
        "0471936",
        code="MYD-2021-2",
        name="2021 年下半年服务对象满意度调查",
        region=cast.county,
        audience="服务对象",
        period="2021H2",
        questions=QUESTIONS,
        per_station=PEOPLE_A_STATION,
    )
    chance, now = dice("survey"), timezone.now()
    for place, drawn in enumerate(draws_of(held)):
        channel = Channel.PHONE if place % 3 else Channel.PAPER
        lot = chance.random()
        if lot < 0.08:
            not_answered(drawn, DrawState.MISSED if lot < 0.05 else DrawState.REFUSED, channel)
            continue
        answer(drawn, channel, _answers(chance, ("",)), at=now - timedelta(minutes=7 * place))
    step("county", SURVEYS, held.pk, "close")


def _of_residents(cast: Cast) -> None:
    """The home station's own: slips were given out, a good third has answered, one said no."""
    held = _drawn(
        "2860415",
        code="MYD-2022-1",
        name="2022 年上半年社工站服务满意度调查",
        region=cast.township,
        audience="服务对象",
        period="2021-06..2022-05",
        questions=QUESTIONS,
        askers=("evaluator",),
        per_station=LINKS,
    )
    links = _handed_out(held, "第三方上门发放")
    answering = max(len(links) * 2 // 5, 1)
    _by_link(links[:answering], dice("survey by link"), SAID)
    for link in links[answering : answering + 1]:
        if (found := invited_by(link.code)) is not None:
            refuse_by_link(found)


def _of_departments(cast: Cast) -> None:
    held = _drawn(
        "5193027",
        code="MYD-2022-2",
        name="2022 年上半年相关部门满意度调查",
        region=cast.county,
        audience="相关部门",
        period="2022H1",
        questions=OF_DEPARTMENTS,
        respondents=(*DEPARTMENTS, f"坨院街道办事处={cast.station}"),
    )
    links = _handed_out(held, "发给各部门联络员")
    _by_link(links[: len(links) // 2], dice("survey of departments"), LAST_SAID)


def _drawn(seed: str, **values: Any) -> SatisfactionSurvey:
    """A survey whose people are drawn."""
    held = SatisfactionSurvey.objects.get(pk=write("county", SURVEYS, **values))
    step("county", SURVEYS, held.pk, "draw", seed=seed, seed_source="福彩 3D 当日开奖号码")
    held.refresh_from_db()
    return held


def _handed_out(held: SatisfactionSurvey, reason: str) -> list[Link]:
    """The links of everybody drawn; that the county took them out is on record, as it is at the desk."""
    links = issue_links(held, list(to_be_linked(held)))
    place = {"id": held.pk, "region_code": held.region_code}
    with acting(person("county").actor):
        told = f"{reason}（1—{len(links)} 号，{len(links)} 份）"
        note_reveal(SatisfactionSurvey, place, field="应访链接", reason=told)
    return links


def _by_link(links: Iterable[Link], chance: Random, words: tuple[str, ...]) -> None:
    """As somebody who was drawn opens it: through the code alone."""
    for link in links:
        if (found := invited_by(link.code)) is not None:
            answer_by_link(found, _answers(chance, words))


def _answers(chance: Random, words: tuple[str, ...]) -> tuple[str, ...]:
    return (
        str(chance.choice((3, 4, 4, 5, 5, 5))),
        str(chance.choice((3, 4, 4, 5, 5))),
        chance.choice(("是", "是", "是", "否")),
        chance.choice(words),
    )
