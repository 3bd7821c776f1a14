"""Attendance at the desk: members × sessions of a group, the list of one service, sheets to sign (SVC-11, SVC-12)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.casework.api import ServiceRecord, TogetherRefused
from linzhan.casework.api.gatherings import (
    EDIT_ATTENDANCE,
    VIEW_ATTENDANCE,
    ActivityDetail,
    ActivityFile,
    AttendanceRefused,
    Attendant,
    Grid,
    GroupFile,
    Mark,
    Programme,
    ProgrammeSession,
    Session,
    attendance_grid,
    enrolled_on,
    feedback_of,
    group_of,
    marks_of,
    members_on,
    take_attendance,
)
from linzhan.kernel.access import needs
from linzhan.office import parts
from linzhan.office.gatherings.people import Shown, named_besides, seal, shown, ticked
from linzhan.office.requests import demand, holds

BLANK_LINES = 12  # to sign on below those whose names are known
LINES_AT_MOST = 120
MEANWHILE = "您打开之后，别人改过这份名单。请核对后再保存"


@needs(VIEW_ATTENDANCE)
def grid(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """``/groups/<id>/attendance/``: who was at which session, to tick."""
    group = GroupFile.objects.filter(pk=group_id).first()
    if group is None:
        raise Http404
    found = attendance_grid(group)
    if request.method != "POST":
        return _grid_page(request, found, {each.record.pk: present_of(each.marks) for each in found.sessions})
    demand(request, EDIT_ATTENDANCE)
    sent = {
        each.record.pk: ticked(request.POST, eligible(found, each), each.record.pk) for each in found.sessions
    }
    changed = {
        each.record.pk: sent[each.record.pk]
        for each in found.sessions
        if sent[each.record.pk] != {who: who in present_of(each.marks) for who in sent[each.record.pk]}
    }
    seen = dict(each.split("|", 1) for each in request.POST.getlist("was") if "|" in each)
    ticks = {record: {who for who, here in people.items() if here} for record, people in sent.items()}
    if any(
        seen.get(str(each.record.pk)) != seal(each.marks)
        for each in found.sessions
        if each.record.pk in changed
    ):
        return _grid_page(request, found, ticks, _(MEANWHILE))
    try:
        number = take_attendance(changed)
    except (TogetherRefused, AttendanceRefused) as refused:
        return _grid_page(request, found, ticks, str(refused))
    _say(request, number)
    return HttpResponseRedirect(request.path)


def present_of(marks: Mapping[Attendant, Mark]) -> set[Attendant]:
    return {who for who, mark in marks.items() if mark.present}


def eligible(found: Grid, session: Session) -> list[Attendant]:
    """Who stands in the list of a session: members of that day, and whoever is written down for it."""
    return list(dict.fromkeys([*members_on(found.group.pk, session.day), *session.marks]))


def _say(request: HttpRequest, number: int) -> None:
    messages.success(request, _("已保存，改了 %(n)d 处") % {"n": number} if number else _("没有改动"))


def _grid_page(
    request: HttpRequest, found: Grid, ticks: Mapping[UUID, set[Attendant]], wrong: str = ""
) -> HttpResponse:
    may = holds(request, EDIT_ATTENDANCE)
    lists = {each.record.pk: set(eligible(found, each)) for each in found.sessions}
    lines = [
        {
            "person": line,
            "cells": [
                {
                    "value": f"{each.record.pk}|{line.key}",
                    "listed": line.person in lists[each.record.pk],
                    "present": line.person in ticks[each.record.pk],
                    "label": _("%(who)s，第 %(n)d 节") % {"who": line.label, "n": each.number},
                }
                for each in found.sessions
            ],
            "times": sum(line.person in ticks[each.record.pk] for each in found.sessions),
        }
        for line in shown(found.people)
    ]
    valid = sum(each.is_valid for each in found.sessions)
    minimum = found.sessions[0].minimum if found.sessions else None
    context = {
        "head": parts.PageHead(
            name=_("%(name)s · 出席表") % {"name": found.group.name},
            place=_("小组档案"),
            place_url=f"/r/group-files/{found.group.pk}/",
            facts=[
                parts.Fact(_("计划节数"), found.group.planned_sessions, "number"),
                parts.Fact(_("已开节数"), len(found.sessions), "number"),
                parts.Fact(
                    _("有效节次"),
                    valid,
                    "number",
                    note=_("到场满 %(n)s 人") % {"n": minimum} if minimum else "",
                ),
                parts.Fact(_("名单人数"), len(lines), "number"),
            ],
            actions=[
                parts.Action(
                    label=_("签到表"), url=f"/sign-in-sheets/group-files/{found.group.pk}/", icon="print"
                )
            ],
        ),
        "notices": [parts.Notice(text=wrong, tone="warning")] if wrong else [],
        "sessions": [
            {"session": each, "seal": seal(each.marks), "url": f"/attendance/{each.record.pk}/"}
            for each in found.sessions
        ],
        "lines": lines,
        "may": may,
        "empty": parts.Empty(
            title=_("还没有成员或小组记录"),
            body=_("先在“小组成员”登记组员；服务记录的“个案小组编号”填 %(code)s，就会成为这里的一节。")
            % {"code": found.group.code},
            action=parts.Action(label=_("登记小组成员"), url=f"/r/group-members/new/?group={found.group.pk}"),
        ),
    }
    return render(request, "office/gatherings/grid.html", context, status=409 if wrong else 200)


@needs(VIEW_ATTENDANCE)
def one(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """``/attendance/<record>/``: who was at one service; names that nobody listed can be added."""
    record = ServiceRecord.objects.filter(pk=record_id).first()
    if record is None:
        raise Http404
    marks = marks_of([record.pk])[record.pk]
    people = list(dict.fromkeys([*expected(record), *marks]))
    if request.method != "POST":
        fresh = set(people) if not marks else present_of(marks)
        return _one_page(request, record, people, fresh)
    demand(request, EDIT_ATTENDANCE)
    ticks = ticked(request.POST, people) | named_besides(request.POST)
    present = {who for who, here in ticks.items() if here}
    if request.POST.get("was") != seal(marks):
        return _one_page(request, record, list(ticks), present, _(MEANWHILE))
    try:
        number = take_attendance({record.pk: ticks})
    except (TogetherRefused, AttendanceRefused) as refused:
        return _one_page(request, record, list(ticks), present, str(refused))
    _say(request, number)
    return HttpResponseRedirect(request.path)


def expected(record: ServiceRecord) -> list[Attendant]:
    """Members of the group, or those enrolled in the programme, that the service was for."""
    day = timezone.localtime(record.started_at).date()
    group = group_of(record)
    if group is not None:
        return members_on(group.pk, day)
    lesson = ProgrammeSession.objects.filter(record=record).first()
    return enrolled_on(lesson.programme_id, day) if lesson is not None else []


def _one_page(
    request: HttpRequest,
    record: ServiceRecord,
    people: list[Attendant],
    present: set[Attendant],
    wrong: str = "",
) -> HttpResponse:
    marks = marks_of([record.pk])[record.pk]
    detail = ActivityDetail.objects.select_related("record").filter(record=record).first()
    context = {
        "head": parts.PageHead(
            name=_("出席名单"),
            place=_("服务记录 %(code)s") % {"code": record.code},
            place_url=f"/r/service-records/{record.pk}/",
            lead=timezone.localtime(record.started_at).strftime("%Y-%m-%d %H:%M"),
            facts=_numbers(record, marks, detail),
        ),
        "notices": [parts.Notice(text=wrong, tone="warning")] if wrong else [],
        "lines": [{"person": each, "present": each.person in present} for each in shown(people)],
        "was": seal(marks),
        "may": holds(request, EDIT_ATTENDANCE),
        "others": parts.Field(
            name="others",
            label=_("名单以外到场的人"),
            kind="textarea",
            optional=True,
            rows=4,
            help=_("一行写一个姓名；已建档的，请在“出席”里选对象登记"),
        ),
    }
    return render(request, "office/gatherings/one.html", context, status=409 if wrong else 200)


def _numbers(
    record: ServiceRecord, marks: Mapping[Attendant, Mark], detail: ActivityDetail | None
) -> list[parts.Fact]:
    """Persons and person-times are two numbers (OBJ-08)."""
    facts = [
        parts.Fact(_("服务人次"), record.attendances, "number", note=_("一人参加两个环节算两人次")),
        parts.Fact(_("名单上到场"), len(present_of(marks)) if marks else None, "number", note=_("人")),
    ]
    if detail is not None:
        facts.append(parts.Fact(_("到场人数"), detail.present, "number", note=_("一人只计一次")))
        sample = feedback_of(detail)
        if sample is not None:
            note = _("已够") if sample.enough else _("参考：%(n)d 份") % {"n": sample.wanted}
            facts.append(parts.Fact(_("反馈表"), sample.forms, "number", note=note))
    return facts


@require_safe
@needs(VIEW_ATTENDANCE)
def sheet(request: HttpRequest, key: str, row_id: UUID) -> HttpResponse:
    """``/sign-in-sheets/<register>/<id>/``: a sheet of A4 to sign on; names stay masked, paper lies about."""
    name, place, people = _of(key, row_id)
    context = {
        "head": parts.PageHead(
            name=_("%(name)s · 签到表") % {"name": name}, place_url=f"/r/{key}/{row_id}/", place=place
        ),
        "lines": _numbered(shown(people)),
        "place": place,
    }
    return render(request, "office/gatherings/sheet.html", context)


def _of(key: str, row_id: UUID) -> tuple[str, str, list[Attendant]]:
    today = timezone.localdate()
    if key == "group-files" and (group := GroupFile.objects.filter(pk=row_id).first()):
        return group.name, group.place, members_on(group.pk, today)
    if key == "programmes" and (programme := Programme.objects.filter(pk=row_id).first()):
        return programme.name, programme.place, enrolled_on(programme.pk, today)
    if key == "activity-files" and (activity := ActivityFile.objects.filter(pk=row_id).first()):
        return (
            activity.name,
            activity.place,
            [Attendant()] * min(activity.headcount_plan or 0, LINES_AT_MOST - BLANK_LINES),
        )
    raise Http404


def _numbered(people: list[Shown]) -> list[dict[str, object]]:
    rows = [each if each.person != Attendant() else None for each in people] + [None] * BLANK_LINES
    return [{"number": number, "person": each} for number, each in enumerate(rows[:LINES_AT_MOST], 1)]
