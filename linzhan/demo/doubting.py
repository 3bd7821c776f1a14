"""Questions about records in the demo township: one was explained, one is answered, one waits.

Three Saturdays on which the demo worker wrote down two households at one time: once they live door to door.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from linzhan.casework.api import RECORDS, Resident
from linzhan.demo.casting import NoSuchRow, row_id
from linzhan.demo.city import Cast
from linzhan.demo.doing import seen_by, step
from linzhan.kernel.registers.writing import save_one
from linzhan.oversight.api import CHECKS, PlausibilityFlag, check_records

FLAGS: Final = "plausibility-flags"
SATURDAYS: Final = (date(2021, 11, 20), date(2021, 12, 4), date(2021, 12, 11))
WATCHED_ON: Final = date(2021, 12, 31)
NOTES: Final = ("看望，身体平稳，取暖器已检查。", "看望，子女月底回家，暂无新的需求。")


def tell_doubts(cast: Cast) -> int:
    """Write the visits, ask the checks of the township, answer two questions and settle one; how many visits."""
    written = 0
    station, worker = row_id("stations", cast.station), row_id("workers", cast.worker)
    served = list(Resident.objects.filter(station_id=station, status="在册").order_by("code")[:40])
    homes = list({each.household or str(each.pk): each for each in served}.values())[: 2 * len(SATURDAYS)]
    for number, day in enumerate(SATURDAYS):
        for nth, resident in enumerate(homes[2 * number : 2 * number + 2]):
            row = {
                "code": f"F-YD-{number}{nth}", "method": "探访", "station": station, "workers": (worker,),
                "residents": (resident.pk,), "outcome": "见到本人", "content": NOTES[nth],
                "started_at": f"{day} 09:{20 * nth:02d}", "ended_at": f"{day} 10:{20 * nth:02d}",
                "entered_at": f"{day} 11:00",
            }  # fmt: skip
            outcome = save_one(RECORDS, row)
            if outcome.faults:
                raise NoSuchRow(f"service-records: {outcome.faults}")
            written += 1
    check_records(cast.township, WATCHED_ON, checks=[CHECKS["PC01"], CHECKS["PC09"], CHECKS["PC14"]])
    about_me = PlausibilityFlag.objects.filter(rule="PC01", person_id=worker)
    for flag in about_me.filter(since=SATURDAYS[0]):
        _settle("worker", flag, "reply", reply="两户住对门，一起看的，各记了一条")
        _settle("county", flag, "explain", decision="问过村里，两户确是对门")
    for flag in about_me.filter(since=SATURDAYS[-1]):
        _settle("worker", flag, "reply", reply="第二户的开始时间记早了，应是 10 点 20 分，请退回我更正")
    PlausibilityFlag.objects.filter(stage="待说明").update(answer_by=timezone.localdate() + timedelta(days=5))
    return written


def _settle(username: str, flag: PlausibilityFlag, name: str, **given: str) -> None:
    """Within what the account sees: who a flag is about is asked of that."""
    with seen_by(username):
        step(username, FLAGS, flag.pk, name, **given)
