"""Whose row on the register of workers an appointment of a station is: the phone and one's own record ask for it.

Without it a phone has no caseload of its own, so whoever appoints picks the worker from the station's own
people; somebody who works elsewhere, has left, or is another account's is refused (SYS-01, NFR-06).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.accounts.api import Appointment, Role, account_of_row, set_own_row
from linzhan.kernel.names import search_pieces
from linzhan.workforce.api import SocialWorker

OF_STATIONS: Final = (Role.STATION_LEAD, Role.STATION_WORKER)
"""Roles whose holder is one of the station's own people; a supervisor comes from elsewhere."""
OFFERED = 12


def staff_of(station_id: UUID) -> QuerySet[SocialWorker]:
    """Who works at a station today, within the reader's scope."""
    today = timezone.localdate()
    here = SocialWorker.objects.filter(station_id=station_id)
    return here.filter(Q(left_on__isnull=True) | Q(left_on__gte=today)).order_by("post", "name", "pk")


def offered_staff(station: str, text: str) -> list[dict[str, Any]]:
    """Options of the picker: by name, pinyin or initials among the people of ``station`` (its id)."""
    try:
        found = staff_of(UUID(station))
    except ValueError:
        return []
    wanted = text.strip().lower()
    fitting = [each for each in found if not wanted or _is_named(each.name, wanted)]
    return [
        {"value": str(each.pk), "label": each.name, "hint": each.get_post_display()}
        for each in fitting[:OFFERED]
    ]


def _is_named(name: str, wanted: str) -> bool:
    return wanted in name or any(piece.startswith(wanted) for piece in search_pieces(name))


def require_own_row(station_id: UUID, worker_id: UUID, *, user_id: UUID | None = None) -> UUID:
    """``worker_id``, if it is somebody of the station and no other account's than ``user_id``'s."""
    if not staff_of(station_id).filter(pk=worker_id).exists():
        raise ValidationError({"worker": _("这个站点没有这位在职社工，请从列表中选择本站的人")})
    if (other := account_of_row(worker_id, timezone.localdate(), but=user_id)) is not None:
        told = {"username": other.username}
        raise ValidationError({"worker": _("这位社工已关联账号“%(username)s”，一人只用一个账号") % told})
    return worker_id


def tie(appointment: Appointment, worker_id: UUID | None) -> None:
    """Say, or take back, whose row an appointment of a station is."""
    if appointment.role not in OF_STATIONS or appointment.station_id is None:
        raise ValidationError({"worker": _("只有站长和驻站社工的任职要关联社工档案")})
    if worker_id is not None:
        require_own_row(appointment.station_id, worker_id, user_id=appointment.user_id)
    set_own_row(appointment=appointment, person_id=worker_id)


def names_of_workers(held: Iterable[Appointment]) -> dict[UUID, str]:
    """Names by id of the workers that appointments of stations are."""
    ids = {each.person_id for each in held if each.role in OF_STATIONS and each.person_id is not None}
    return dict(SocialWorker.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
