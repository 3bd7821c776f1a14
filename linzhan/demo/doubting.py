"""Questions about records in the demo township: one that was explained, one that waits.

Two Saturdays on which the demo worker wrote down two households at one time: once they live door to door.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from linzhan.accounts.api import User, appointments_of, scope_of
from linzhan.casework.api import RECORDS, Resident
from linzhan.demo.casting import NoSuchRow, row_id
from linzhan.demo.city import Cast
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import Actor, acting, scope
from linzhan.oversight.api import CHECKS, PlausibilityFlag, check_records

FLAGS: Final = "plausibility-flags"
SATURDAYS: Final = (date(2021, 11, 20), date(2021, 12, 4))
WATCHED_ON: Final = date(2021, 12, 31)
NOTES: Final = ("看望，身体平稳，取暖器已检查。", "看望，子女月底回家，暂无新的需求。")


def tell_doubts(cast: Cast) -> int:
    """Write the visits, ask the checks of the township, answer and settle one question; how many visits."""
    written = 0
    station, worker = row_id("stations", cast.station), row_id("workers", cast.worker)
    served = list(Resident.objects.filter(station_id=station, status="在册").order_by("code")[:40])
    homes = list({each.household or str(each.pk): each for each in served}.values())[:4]
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
    asked = PlausibilityFlag.objects.filter(rule="PC01", person_id=worker, since=SATURDAYS[0])
    for flag in asked:
        _step("worker", flag, "reply", {"reply": "两户住对门，一起看的，各记了一条"})
        _step("county", flag, "explain", {"decision": "问过村里，两户确是对门"})
    PlausibilityFlag.objects.filter(stage="待说明").update(answer_by=timezone.localdate() + timedelta(days=5))
    return written


def _step(username: str, flag: PlausibilityFlag, name: str, given: Mapping[str, Any]) -> None:
    """In the name of an account, within what it sees."""
    user = User.objects.get(username=username)
    held = appointments_of(user.pk, timezone.localdate())[0]
    actor = Actor(id=str(user.pk), label=f"{user.display_name}({user.username})", origin="演示城市")
    with scope(scope_of(held)), acting(actor):
        take(REGISTERS[FLAGS], flag.pk, name, given)
