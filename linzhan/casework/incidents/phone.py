"""The red button on the phone: how its reports are taken, and one's own open ones (``domain.md`` §20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.incidents.enums import Signal, Stage
from linzhan.casework.incidents.models import Incident
from linzhan.casework.incidents.rights import REPORT_INCIDENTS
from linzhan.casework.incidents.rules import Clock
from linzhan.casework.incidents.selectors import contacts_of, timers_of
from linzhan.casework.incidents.sheets import FACTS
from linzhan.casework.incidents.taking import take_report
from linzhan.kernel.sync.amending import Refused
from linzhan.kernel.sync.declaring import Command, Reader, Result, command_kind, feed, syncable

WAITED_FOR = {Clock.REPORT: "上报", Clock.ACKNOWLEDGE: "县级接收", Clock.REPLY: "核问答复"}
DO_NOT = (
    "不要反复追问孩子，只记下他说的原话",
    "不要清洗、更换衣物，保留伤痕、衣物、聊天记录等证据",
    "不要惊动可能的加害人，先确认孩子现在安全",
)


@command_kind("incident", discreet=True)
def incident(command: Command, reader: Reader) -> Result:
    if REPORT_INCIDENTS not in reader.rights:
        raise Refused(_("您的任职不能在手机上填报，请马上拨打 110，并告诉当地的社工站或民政部门"))
    return take_report(command, reader)


def _complete_facts(pairs: Sequence[tuple[Command, dict[str, Any]]], reader: Reader) -> None:
    del reader
    for command, values in pairs:
        values.setdefault("at", command.made_at)


syncable(FACTS.key, right=REPORT_INCIDENTS, completes=_complete_facts)


@feed("incidents")
def incidents(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """One's own open reports, and one row ``help``: the signals, whom to call, what not to do."""
    if REPORT_INCIDENTS not in reader.rights:
        return
    contacts = contacts_of(reader.region_code, timezone.localdate(reader.now))
    yield {
        "id": "help",
        "signals": [{"code": each.value, "name": str(each.label)} for each in Signal],
        "contacts": [{"name": each.name, "number": each.number} for each in contacts],
        "do_not": list(DO_NOT),
    }
    mine = Incident.objects.filter(reporter_id=reader.user_id).exclude(stage=Stage.CLOSED)
    for each in mine.order_by("-seen_at"):
        yield {
            "id": str(each.pk),
            "code": each.code,
            "stage": each.stage,
            "signals": each.signals,
            "residents": [str(each.resident_id)] if each.resident_id else [],
            "person": each.person,
            "seen_at": timezone.localtime(each.seen_at).isoformat(),
            "practice": bool(each.practice),
            "due": [
                {"clock": WAITED_FOR[timer.clock], "at": timezone.localtime(timer.due).isoformat()}
                for timer in timers_of(each, reader.now)
            ],
        }
