"""Supervision around the demo station: a pool, an agreement, tasks, a word between two, a question, a talk to come.

Each in the name of the account whose doing it is. The sessions are those of the story: their number is published.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from linzhan.demo import published
from linzhan.demo.casting import row_id
from linzhan.demo.city import Cast
from linzhan.demo.doing import step, write
from linzhan.kernel import places
from linzhan.workforce.api import SupervisedWorker

STATIONS: Final = 4
USED_FROM: Final = date(2020, 3, 1)
AGREED: Final = 2022
HANDBOOK: Final = "乡镇（街道）社工站督导手册"


def tell_supervising(cast: Cast) -> None:
    """Write it all; accounts and sessions are there already."""
    _pool(cast)
    _between(cast)
    _asking(cast)
    _shared(cast)


def _pool(cast: Cast) -> None:
    """One in use, one being trained, one from the institution; and the agreement of the first."""
    first = write(
        "city", "supervisors", code="DR-1", phone="19900009901", name=cast.names["supervisor"], level="市级", region=published.CITY,
        batch="第一期", belonging="外部", from_front_line="是", fields=("儿童", "社会救助"), capacity="30",
        home_region=cast.county, username="supervisor",
    )  # fmt: skip
    step("city", "supervisors", first, "choose", USED_FROM, chosen_on=USED_FROM.isoformat())
    step("city", "supervisors", first, "use", USED_FROM, used_from=USED_FROM.isoformat())
    second = write(
        "county", "supervisors", code="DR-2", phone="19900009902", name="米向晴", level="县级", region=cast.county, batch="第二期",
        from_front_line="是", fields=("老年",),
    )  # fmt: skip
    step("county", "supervisors", second, "choose", date(2022, 2, 10), chosen_on="2022-02-10")
    step("county", "supervisors", second, "train", date(2022, 2, 20))
    write(
        "provider", "supervisors", code="DR-3", phone="19900009903", name="覃立春", level="机构", region=cast.county,
        provider=cast.provider, belonging="内部", fields=("社区治理",),
    )  # fmt: skip
    near = [each for each in cast.supervised if each.startswith(cast.station[:6])][:STATIONS]
    for year in (
        AGREED,
        timezone.localdate().year,
    ):  # the year of the story, and one that runs while you look
        agreed = write(
            "county", "supervision-agreements", code=f"DX-{year}-1", kind="聘请督导", supervisor=first,
            stations=tuple(near), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), hours="96", fee="28800",
            reasons="同县；熟悉儿童和社会救助；四个站共享一名督导",
        )  # fmt: skip
        signed = date(year - 1, 12, 28)
        step("county", "supervision-agreements", agreed, "sign", signed, signed_on=signed.isoformat())


def _between(cast: Cast) -> None:
    """Tasks of the last session of the demo people, and what only two of them read."""
    people = [row_id("workers", each) for each in (cast.worker, cast.lead)]
    held = SupervisedWorker.objects.filter(worker__in=people).order_by("-held_on", "-pk").first()
    if held is None:
        return
    about = {"session": held.session_id, "worker": held.worker_id}
    open_one = {"content": "把独居老人的探访记录补上评估要点", "due_on": "2022-05-31"}
    write("supervisor", "supervision-tasks", code="DW-1", **about, **open_one)
    done = write(
        "supervisor",
        "supervision-tasks",
        code="DW-2",
        **about,
        content="核对危机联系人名单",
        due_on="2022-01-31",
    )
    step("lead", "supervision-tasks", done, "done", date(2022, 1, 20), result="已核对，两人电话有变，已更正")
    write(
        "supervisor",
        "supervision-notes",
        code="DM-1",
        **about,
        content="近来加班多，约好下月先谈如何排班，再谈个案",
    )
    write(
        "supervisor",
        "supervision-ratings",
        code="DP-1",
        **about,
        side="督导评社工",
        score="5",
        words="准备充分",
    )


def _asking(cast: Cast) -> None:
    asked = write(
        "worker", "questions", code="TW-1", title="老人不愿意签知情同意，还能不能继续探访", topic="方法",
        body="家属同意，老人本人摇头。已解释过两次。", station=cast.station, asked_on=date(2022, 4, 11),
    )  # fmt: skip
    write(
        "supervisor", "answers", code="JD-1", question=asked, station=cast.station, answered_on=date(2022, 4, 12),
        content="先不建档，按一般关怀探访，不记个人信息；把用途再讲短一些，下次换他信任的人一起去。",
    )  # fmt: skip
    step("worker", "questions", asked, "accept", date(2022, 4, 15), accepted="JD-1")
    write(
        "worker", "questions", code="TW-2", title="小组中途有人退出，节次怎么记", topic="服务", station=cast.station,
        asked_on=date(2022, 5, 9),
    )  # fmt: skip
    asked = write(
        "worker", "questions", code="TW-3", title="两位老人为同一床位找我，先帮谁", topic="方法",
        body="都符合条件，村里只报了一个名额。", station=cast.station, asked_on=date(2022, 5, 16),
    )  # fmt: skip
    write(
        "lead", "answers", code="JD-2", question=asked, station=cast.station, answered_on=date(2022, 5, 16),
        content="不由社工决定：把两家的情况都写清楚，交村民评议，你只保证两家都知道怎么申请。",
    )  # fmt: skip
    write(
        "supervisor", "answers", code="JD-3", question=asked, station=cast.station, answered_on=date(2022, 5, 18),
        content="同意。另请问一问镇上还有没有机动床位；没有等到的那位，先排居家照料的志愿者。",
    )  # fmt: skip


def _shared(cast: Cast) -> None:
    """The handbook of the city, and a talk to come for which the demo worker signed up (SPV-08, SYS-09)."""
    book = write(
        "city", "supervision-handbooks", code="SC-1", name=HANDBOOK, region=published.CITY, issuer="市社工站项目办",
        summary="督导的准备、个别与团体督导、危机督导、记录与保密",
    )  # fmt: skip
    step(
        "city",
        "supervision-handbooks",
        book,
        "issue",
        date(2021, 3, 1),
        issued_on="2021-03-01",
        version="第一版",
    )
    held = write(
        "province", "talk-rooms", code="HK-0", title="连线公益会客厅：第一次入户怎么开口",
        region=places.province_of(published.CITY), starts_at="2022-04-20 19:30", mode="线上", host="省民政厅慈善社工处",
        partner="深圳的社工机构", topic="三个开场的对比，现场演练",
    )  # fmt: skip
    write(
        "worker", "talk-signups", code="BM-0", talk=held, worker=cast.worker, signed_up_on=date(2022, 4, 12)
    )
    step(
        "province", "talk-rooms", held, "hold", date(2022, 4, 21), people="86",
        summary="先说自己是谁、为什么来、能不能不谈；不在门口问收入；走之前约好下次",
    )  # fmt: skip
    soon = timezone.localtime().replace(hour=19, minute=30, second=0, microsecond=0) + timedelta(days=10)
    talk = write(
        "province", "talk-rooms", code="HK-1", title="连线公益会客厅：站点怎样留住人",
        region=places.province_of(published.CITY), starts_at=soon, mode="线上", host="省民政厅慈善社工处",
        partner="深圳的社工机构", topic="两地社工各讲一个案例，再答问",
    )  # fmt: skip
    write(
        "worker",
        "talk-signups",
        code="BM-1",
        talk=talk,
        worker=cast.worker,
        signed_up_on=timezone.localdate(),
    )
