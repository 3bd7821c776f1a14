"""Two persons filed twice, one offered to another station, one asked for: something to decide at the demo station."""

from __future__ import annotations

from datetime import date

from linzhan.casework.api import Resident, ResidentStatus
from linzhan.casework.api.merging import find_in_county
from linzhan.casework.api.transfers import ConsentGiven, TransferConsent, ask, ask_for, stations_of_county
from linzhan.demo.residents import Resident as Person
from linzhan.demo.telling import Story, Table
from linzhan.kernel import places

FILED_AGAIN = date(2022, 3, 14)
DOUBLES = 2
AGREED = ConsentGiven(TransferConsent.OWN.value, on=FILED_AGAIN)


def tell_doubles(story: Story, residents: list[Person], station: str) -> None:
    """The first of the station's own, filed a second time by a colleague without their identity card."""
    here = [each for each in residents if each.station.code == station and each.on_register(FILED_AGAIN)]
    table = Table(
        "residents", "code name sex born_on categories home_region station worker registered_on status"
    )
    for nth, each in enumerate(here[:DOUBLES], start=1):
        table.add(
            code=f"{station}-D9{nth:03d}",
            name=each.person.name,
            sex=each.person.sex,
            born_on=each.person.born_on,
            categories=each.categories,
            home_region=each.village[0],
            station=station,
            worker=each.worker.identity_number,
            registered_on=FILED_AGAIN,
            status="在册",
        )
    story.tell(table, FILED_AGAIN)


def ask_around(station: str) -> None:
    """After the city is loaded: doubles are found, and two stations wait for each other's answer."""
    own = (
        Resident.objects.filter(code__startswith=f"{station}-")
        .values_list("station_id", "region_code")
        .first()
    )
    if own is None:
        return
    here, region = own
    find_in_county(places.county_of(region))
    others = {pk for pk, _name in stations_of_county(region)} - {here}
    theirs = (
        Resident.objects.filter(station_id__in=others, status=ResidentStatus.REGISTERED)
        .order_by("code")
        .first()
    )
    mine = Resident.objects.filter(station_id=here, status=ResidentStatus.REGISTERED).order_by("-code").last()
    if theirs is None or mine is None:
        return
    ask(theirs.pk, to_station=here, reason="上月搬到本乡镇随女儿居住，请你站接续每月探访", consent=AGREED)
    ask_for(
        station=theirs.station_id,
        of_station=here,
        description="独居的一位老人，住在两乡交界的组上，由你站建档",
        reason="老人住处离我站更近，村里希望由我站服务",
    )
