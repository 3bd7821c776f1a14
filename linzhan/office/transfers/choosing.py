"""What the forms of this desk offer: colleagues, stations, and how things are called."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.api import Resident, ResidentStatus
from linzhan.casework.api.transfers import HIDDEN, ConsentGiven, TransferConsent, TransferRefused
from linzhan.kernel.masking import mask_name
from linzhan.network.api import plates
from linzhan.office import parts
from linzhan.policy.api import resident_categories
from linzhan.workforce.api import SocialWorker

Pairs = list[tuple[str, str]]


def colleagues(station: UUID, *, without: UUID | None = None) -> Pairs:
    """Who works at a station, by name."""
    rows = SocialWorker.objects.filter(station_id=station, left_on__isnull=True)
    rows = rows if without is None else rows.exclude(pk=without)
    return [(str(pk), name) for pk, name in rows.order_by("name").values_list("pk", "name")]


def worker_names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {each for each in ids if each is not None}
    return dict(SocialWorker.objects.filter(pk__in=wanted).values_list("pk", "name"))


def station_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of stations, out of scope too: they stand on the doors."""
    return {pk: plate.name for pk, plate in plates(list(set(ids))).items()}


def named_categories(codes: Collection[str], region: str) -> str:
    names = {each.code: each.name for each in resident_categories(region, timezone.localdate())}
    return "、".join(_("受限类别") if code == HIDDEN else names.get(code, code) for code in codes)


def residents_of(station: UUID) -> Pairs:
    """Those on the register of a station, to be picked: names masked as in every list."""
    rows = Resident.objects.filter(
        station_id=station,
        status__in=(ResidentStatus.REGISTERED, ResidentStatus.PAUSED),
        merged_into__isnull=True,
    )
    return [
        (str(pk), f"{mask_name(name)} {code}")
        for pk, name, code in rows.order_by("name").values_list("pk", "name", "code")
    ]


def consent_fields(given: dict[str, str]) -> list[parts.Field]:
    choices = [(each.value, str(each.label)) for each in TransferConsent]
    return [
        parts.Field(
            name="consent", label=_("是否同意"), kind="chips", choices=choices, required=True,
            value=given.get("consent", ""), purpose=_("转移改变由谁服务，须本人或监护人知道并同意；两站都能看到这一项"),
        ),
        parts.Field(
            name="consented_on", label=_("同意日期"), kind="date", value=given.get("consented_on", ""), optional=True,
        ),
        parts.Field(
            name="override_reason", label=_("未取得同意的理由"), value=given.get("override_reason", ""), optional=True,
            max_length=200, help=_("只在无法取得同意、又不能不转时填写，会一直留在记录里"),
        ),
    ]  # fmt: skip


def consent_of(given: dict[str, str]) -> ConsentGiven:
    return ConsentGiven(
        given.get("consent", ""),
        day(given.get("consented_on", ""), _("同意日期")),
        given.get("override_reason", "")[:200],
    )


def day(text: str, label: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TransferRefused(_("“%s”不是日期") % label) from None


def identity(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise TransferRefused(_("请重新选择")) from None
