"""The week's timetable and the form that records one of its lessons (SVC-17)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.casework.api import TogetherRefused
from linzhan.casework.api.gatherings import (
    EDIT_ATTENDANCE,
    EDIT_GROUPS,
    VIEW_GROUPS,
    AttendanceRefused,
    Attendant,
    Lesson,
    LessonRefused,
    LessonState,
    TimetableSlot,
    enrolled_on,
    last_day_of_term,
    lessons_between,
    record_lesson,
    week_of,
)
from linzhan.kernel.access import needs
from linzhan.office import parts
from linzhan.office.gatherings.people import named_besides, shown, ticked
from linzhan.office.requests import demand, holds

TONES: dict[LessonState, parts.Tone] = {
    LessonState.RECORDED: "good",
    LessonState.OPEN: "wait",
    LessonState.COMING: "",
    LessonState.SKIPPED: "off",
}
LISTED_AT_MOST = 300


def _lessons(text: str) -> tuple[tuple[date, date], list[Lesson]]:
    """The week of a day and its lessons; nothing asked and nothing on: the last week of the last term."""
    try:
        week = week_of(date.fromisoformat(text))
    except ValueError:
        week = week_of(timezone.localdate())
        last = last_day_of_term(week[0])
        if last is not None and not lessons_between(*week):
            week = week_of(last)
    return week, lessons_between(*week)


@require_safe
@needs(VIEW_GROUPS)
def week(request: HttpRequest) -> HttpResponse:
    """``/timetable/?day=``: the lessons of the week of a day, and which of them nobody has recorded."""
    (first, last), lessons = _lessons(request.GET.get("day", ""))
    numbers = {state: sum(each.state is state for each in lessons) for state in LessonState}
    may = holds(request, EDIT_GROUPS) and holds(request, EDIT_ATTENDANCE)
    context = {
        "head": parts.PageHead(
            name=_("课表"),
            place=_("%(first)s 至 %(last)s") % {"first": first, "last": last},
            facts=[
                parts.Fact(_("本周应开"), len(lessons) - numbers[LessonState.SKIPPED], "number"),
                parts.Fact(_("已登记"), numbers[LessonState.RECORDED], "number"),
                parts.Fact(_("待登记"), numbers[LessonState.OPEN], "number"),
                parts.Fact(_("停课"), numbers[LessonState.SKIPPED], "number"),
            ],
            actions=[
                parts.Action(label=_("上一周"), url=f"?day={first - timedelta(7)}", icon="left"),
                parts.Action(label=_("下一周"), url=f"?day={first + timedelta(7)}", icon="right"),
                parts.Action(label=_("定期服务"), url="/r/programmes/"),
            ],
        ),
        "table": _table(lessons[:LISTED_AT_MOST], may=may),
        "rest": max(0, len(lessons) - LISTED_AT_MOST),
    }
    return render(request, "office/gatherings/week.html", context)


def _table(lessons: list[Lesson], *, may: bool) -> parts.Table:
    columns = [
        parts.TableColumn(key="when", label=_("时间"), lead=True),
        parts.TableColumn(key="programme", label=_("定期服务")),
        parts.TableColumn(key="topic", label=_("内容")),
        parts.TableColumn(key="place", label=_("地点")),
        parts.TableColumn(key="present", label=_("到场"), kind="number", unit=_("人")),
        parts.TableColumn(key="state", label=_("登记")),
    ]
    return parts.Table(
        caption=_("本周课表"),
        columns=columns,
        rows=[_row(each, may=may) for each in lessons],
        empty=parts.Empty(
            title=_("这一周没有课"),
            body=_(
                "在“定期服务”里登记四点半课堂一类的服务，再在“课表”里写明星期和时刻，这里就会排出每周的课。"
            ),
            action=parts.Action(label=_("登记定期服务"), url="/r/programmes/new/"),
        ),
    )


def _row(lesson: Lesson, *, may: bool) -> parts.TableRow:
    slot, recorded = lesson.slot, lesson.record_id is not None
    register = f"/timetable/{slot.pk}/{lesson.day}/"
    opens = f"/attendance/{lesson.record_id}/" if recorded else ""
    return parts.TableRow(
        id=f"{slot.pk}-{lesson.day}",
        url=opens,
        tone="late" if lesson.state is LessonState.OPEN else "",
        cells={
            "when": parts.Cell(value=f"{lesson.day} {slot.weekday}", note=f"{slot.begins}—{slot.ends}"),
            "programme": parts.Cell(value=lesson.programme.name, url=f"/r/programmes/{lesson.programme.pk}/"),
            "topic": slot.topic,
            "place": lesson.programme.place,
            "present": lesson.present,
            "state": parts.Status(_(lesson.state), TONES[lesson.state]),
        },
        actions=[parts.Action(label=_("登记"), url=register, style="primary")]
        if may and lesson.state is LessonState.OPEN
        else [],
    )


@needs(EDIT_GROUPS)
def lesson(request: HttpRequest, slot_id: UUID, day: str) -> HttpResponse:
    """``/timetable/<slot>/<day>/``: everybody enrolled is ticked; one press records the lesson."""
    demand(request, EDIT_ATTENDANCE)
    slot = TimetableSlot.objects.select_related("programme").filter(pk=slot_id).first()
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if slot is None:
        raise Http404
    people = enrolled_on(slot.programme_id, on)
    if request.method != "POST":
        return _form(request, slot, on, dict.fromkeys(people, True))
    ticks = ticked(request.POST, people) | named_besides(request.POST)
    try:
        record = record_lesson(
            slot.pk,
            on,
            ticks,
            content=request.POST.get("content", "").strip(),
            volunteers=_number(request.POST.get("volunteers", "")),
        )
    except (LessonRefused, TogetherRefused, AttendanceRefused) as refused:
        return _form(request, slot, on, ticks, str(refused))
    messages.success(request, _("已登记，到场 %(n)d 人") % {"n": sum(ticks.values())})
    return HttpResponseRedirect(
        f"/attendance/{record}/" if "stay" in request.POST else f"/timetable/?day={on}"
    )


def _number(text: str) -> int | None:
    return int(text) if text.strip().isascii() and text.strip().isdigit() else None


def _form(
    request: HttpRequest, slot: TimetableSlot, on: date, ticks: dict[Attendant, bool], wrong: str = ""
) -> HttpResponse:
    programme = slot.programme
    context = {
        "head": parts.PageHead(
            name=_("登记%(name)s") % {"name": programme.name},
            place=_("课表"),
            place_url=f"/timetable/?day={on}",
            lead=f"{on} {slot.weekday} {slot.begins}—{slot.ends} {slot.topic}",
        ),
        "notices": [parts.Notice(text=wrong, tone="error")] if wrong else [],
        "lines": [{"person": each, "present": ticks[each.person]} for each in shown(ticks)],
        "fields": [
            parts.Field(
                name="others",
                label=_("名单以外到场的人"),
                kind="textarea",
                value=request.POST.get("others", ""),
                optional=True,
                rows=3,
                help=_("一行写一个姓名"),
            ),
            parts.Field(
                name="content",
                label=_("内容"),
                kind="textarea",
                value=request.POST.get("content", ""),
                optional=True,
                rows=3,
                help=_("不写就记为“%(text)s”")
                % {"text": "、".join(filter(None, (programme.name, slot.topic)))},
            ),
            parts.Field(
                name="volunteers",
                label=_("志愿者人数"),
                kind="number",
                value=request.POST.get("volunteers", ""),
                optional=True,
                unit=_("人"),
            ),
        ],
        "back_url": f"/timetable/?day={on}",
    }
    return render(request, "office/gatherings/lesson.html", context, status=422 if wrong else 200)
