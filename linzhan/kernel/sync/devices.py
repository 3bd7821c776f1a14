"""The phones of an account: first seen, seen again, lost.

A device's own row is locked while it syncs, so that the same batch sent twice at once is taken once.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from linzhan.kernel.scope import unscoped
from linzhan.kernel.sync.clocks import TOLERANCE, is_trusted, offset_of
from linzhan.kernel.sync.declaring import Reader
from linzhan.kernel.sync.models import Device

WIPE = "wipe"


def met(reader: Reader, device: UUID, name: str) -> Device:
    """The row of this phone and person, locked; made at first sight, and standing where they work now."""
    rows = Device.objects.select_for_update().filter(device=device, user_id=reader.user_id)
    found = rows.first()
    if found is not None:
        found.region_code, found.provider_id = reader.region_code, reader.provider_id
        found.station_id = reader.station_id  # the caller saves it with the rest
        return found
    Device.objects.bulk_create(
        [
            Device(
                region_code=reader.region_code,
                provider_id=reader.provider_id,
                station_id=reader.station_id,
                device=device,
                user_id=reader.user_id,
                name=name,
                last_seen=reader.now,
            )
        ],
        ignore_conflicts=True,
    )
    return rows.get()


def tell_clock(device: Device, reader: Reader, told: float, *, tolerance: timedelta = TOLERANCE) -> bool:
    """Keep the clock's offset of this contact; whether the clock can be believed since the last one."""
    trusted = is_trusted(told, device.clock_offset, tolerance=tolerance)
    device.clock_offset = told
    device.last_seen = reader.now
    return trusted


def is_lost(device: UUID) -> bool:
    """Whether a phone was reported lost; asked before anybody has signed in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT linzhan_device_lost(%s)", [device])
        return bool(cursor.fetchone()[0])


def users_of(device: UUID) -> set[UUID]:
    """The accounts that used a phone, wherever they work."""
    with unscoped("a phone may have been signed in to by several accounts"):
        return set(Device.objects.filter(device=device).values_list("user_id", flat=True))


def report_lost(device: Device, by: UUID) -> None:
    """Order a phone to wipe itself at its next contact, whoever uses it then; ordered twice is ordered once."""
    with unscoped("a lost phone is lost to all who share it"):
        shared = Device.objects.filter(device=device.device, lost_on__isnull=True)
        shared.update(lost_on=timezone.now(), lost_by=by)


def take_back(device: Device) -> None:
    """The phone was found: what it has is no longer trusted, so it starts from nothing, for all who use it."""
    with unscoped("a phone that was found is found for all who share it"):
        Device.objects.filter(device=device.device).update(
            lost_on=None,
            lost_by=None,
            wiped_at=None,
            confirmed=b"",
            pending=b"",
            confirmed_token="",
            pending_token="",
        )


__all__ = ["WIPE", "is_lost", "met", "offset_of", "report_lost", "take_back", "tell_clock", "users_of"]
