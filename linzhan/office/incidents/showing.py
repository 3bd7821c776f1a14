"""A report as its audience sees it: where it stands, what it waits for, what was done and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.accounts.api import Role
from linzhan.casework.api.incidents import (
    INCIDENT_FACTS,
    Clock,
    FactKind,
    Incident,
    IncidentFact,
    IncidentStage,
    Timer,
    TimerTone,
    bases_of,
    names_of,
    timers_of,
)
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import Referred, look_up
from linzhan.office import parts
from linzhan.office.formats import moment
from linzhan.office.registers.showing import referred_text

WAITED_FOR = {
    Clock.REPORT: gettext_lazy("上报"),
    Clock.ACKNOWLEDGE: gettext_lazy("县级接收"),
    Clock.REPLY: gettext_lazy("核问答复"),
}
TONES: dict[str, parts.Tone] = {
    IncidentStage.SIGNAL: "bad",
    IncidentStage.REPORTED: "wait",
    IncidentStage.REPLIED: "wait",
    IncidentStage.PLANNED: "live",
    IncidentStage.FOLLOWED: "live",
    IncidentStage.CLOSED: "off",
}
SEVERITIES = {TimerTone.RED: "red", TimerTone.AMBER: "yellow"}
VERBS = {
    FactKind.REPORTED: gettext_lazy("登记上报"),
    FactKind.ACKNOWLEDGED: gettext_lazy("确认接收"),
    FactKind.REPLIED: gettext_lazy("登记回复"),
    FactKind.PLANNED: gettext_lazy("登记保护计划"),
    FactKind.FOLLOWED: gettext_lazy("登记跟进"),
    FactKind.CLOSED: gettext_lazy("结束"),
    FactKind.NOTE: gettext_lazy("补充"),
}
OF_A_FACT = ("body", "contact", "receipt")


def status(incident: Incident) -> parts.Status:
    word = _("%(stage)s（演练）") % {"stage": incident.stage} if incident.practice else incident.stage
    return parts.Status(word, TONES.get(incident.stage, ""))


def table(incidents: Sequence[Incident], now: datetime) -> parts.Table:
    """The reports one may see, the most pressing wait beside each."""
    residents = look_up(REGISTERS["residents"], {i.resident_id for i in incidents if i.resident_id})
    stations = look_up(REGISTERS["stations"], {i.station_id for i in incidents if i.station_id})
    return parts.Table(
        caption=_("强制报告"),
        columns=[
            parts.TableColumn(key="seen_at", label=_("发现时间"), kind="moment", lead=True),
            parts.TableColumn(key="signals", label=_("信号")),
            parts.TableColumn(key="who", label=_("当事人")),
            parts.TableColumn(key="station", label=_("站点")),
            parts.TableColumn(key="stage", label=_("进展")),
            parts.TableColumn(key="waits", label=_("等什么")),
        ],
        rows=[_row(each, residents, stations, now) for each in incidents],
        empty=parts.Empty(
            title=_("没有强制报告"),
            body=_("发现孩子或无、限制民事行为能力人可能受到侵害时，按“紧急上报”。"),
            icon="check",
        ),
    )


def _row(
    incident: Incident, residents: dict[UUID, Referred], stations: dict[UUID, Referred], now: datetime
) -> parts.TableRow:
    waits = timers_of(incident, now)
    station = stations.get(incident.station_id) if incident.station_id else None
    return parts.TableRow(
        id=str(incident.pk),
        url=reverse("office:incident", args=[incident.pk]),
        tone="wrong" if any(t.tone is TimerTone.RED for t in waits) else "late" if waits else "",
        cells={
            "seen_at": incident.seen_at,
            "signals": "；".join(names_of(incident.signals)),
            "who": who(incident, residents),
            "station": referred_text(station) if station else "",
            "stage": status(incident),
            "waits": "；".join(map(waiting_text, waits)),
        },
    )


def who(incident: Incident, residents: dict[UUID, Referred] | None = None) -> str:
    """Whom it is about: the resident on the register, or the words of the reporter."""
    ids = {incident.resident_id} - {None}
    known = (
        look_up(REGISTERS["residents"], {each for each in ids if each}) if residents is None else residents
    )
    found = known.get(incident.resident_id) if incident.resident_id else None
    return " ".join(filter(None, [referred_text(found) if found else "", incident.person]))


def waiting_text(timer: Timer) -> str:
    told = {"what": WAITED_FOR[timer.clock], "due": moment(timer.due)}
    return (
        _("%(what)s已超时（%(due)s）") if timer.tone is TimerTone.RED else _("%(what)s，%(due)s 前")
    ) % told


def troubles(incident: Incident, now: datetime) -> list[parts.Notice]:
    """What waits now, the pressing first, each a line at the head of the page."""
    found = timers_of(incident, now)
    tones = {TimerTone.RED: "error", TimerTone.AMBER: "warning", TimerTone.RUNNING: "info"}
    return [
        parts.Notice(text=waiting_text(each), tone=tones[each.tone])  # type: ignore[arg-type]  # of the literals
        for each in found
    ]


def facts(incident: Incident, *, reader: UUID, role: str) -> list[parts.Fact]:
    """What was signalled, with the clause that obliges; who reported only for the county and for oneself."""
    own = incident.reporter_id == reader
    named = own or role == Role.CHILD_PROTECTION
    return [
        parts.Fact(_("信号"), "；".join(names_of(incident.signals)), long=True),
        parts.Fact(_("依据"), "；".join(bases_of(incident.signals)), long=True),
        parts.Fact(_("发现时间"), incident.seen_at, "moment"),
        parts.Fact(_("平台收到时间"), incident.received_at, "moment"),
        parts.Fact(_("当事人"), who(incident)),
        parts.Fact(_("现在在哪里"), incident.place),
        parts.Fact(_("正面临危险"), incident.danger, "yes_no"),
        parts.Fact(_("来源"), incident.origin),
        parts.Fact(_("报告人"), incident.reporter_label if named else _("本站工作人员（依法保密）")),
        parts.Fact(_("看到听到的"), incident.facts, long=True),
    ]


def happenings(
    incident: Incident, added: Sequence[IncidentFact], *, reader: UUID, role: str
) -> list[parts.Happening]:
    """The course of the report; the reporter's own additions bear no name for others than the county."""
    signal = parts.Happening(
        when=incident.seen_at,
        title=_("发现"),
        body=moment(timezone.localtime(incident.seen_at)),
        icon="warning",
        tone="bad",
    )
    return [signal, *(_happening(incident, each, reader=reader, role=role) for each in added)]


def _happening(incident: Incident, fact: IncidentFact, *, reader: UUID, role: str) -> parts.Happening:
    secret = fact.by_id == incident.reporter_id and role != Role.CHILD_PROTECTION and fact.by_id != reader
    told = [f"{INCIDENT_FACTS.column(n).header}：{getattr(fact, n)}" for n in OF_A_FACT if getattr(fact, n)]
    at = moment(timezone.localtime(fact.at))
    return parts.Happening(
        when=fact.at,
        title=fact.kind,
        body="；".join([at, *told, *filter(None, [fact.text])]),
        by=_("报告人") if secret else fact.by_label,
        icon="check" if fact.kind == FactKind.CLOSED else "clock",
    )


def actions(incident: Incident, kinds: Sequence[str]) -> list[parts.Action]:
    """What can be added now; the first is the usual way on."""
    return [
        parts.Action(
            label=str(VERBS[FactKind(kind)]),
            url=reverse("office:incident-add", args=[incident.pk, kind]),
            style="" if place or kind == FactKind.NOTE else "primary",
        )
        for place, kind in enumerate(kinds)
    ]
