"""Recurring programmes, their timetable, who is enrolled and what was held, as registers (SVC-17)."""

from __future__ import annotations

from collections.abc import Iterator

from linzhan.casework.columns import item_column, record_column, resident_column, worker_column
from linzhan.casework.groups.rights import EDIT_ATTENDANCE, EDIT_GROUPS, VIEW_ATTENDANCE, VIEW_GROUPS
from linzhan.casework.programmes.models import Programme, ProgrammeMember, ProgrammeSession, TimetableSlot
from linzhan.casework.programmes.rules import WEEKDAYS, clock
from linzhan.kernel.registers.declare import Register, Values, register
from linzhan.kernel.sheets.columns import Level, Sheet
from linzhan.kernel.sheets.days import SPAN_FORM, span
from linzhan.kernel.sheets.making import choice, day, key, reference, text, texts
from linzhan.network.api import station_column
from linzhan.procurement.api import PROJECT

PROGRAMME, TIMETABLE = "定期服务", "课表"


def check_programme(values: Values) -> Iterator[tuple[str, str]]:
    skipped = values.get("skipped")
    wrong = [each for each in skipped if span(each) is None] if isinstance(skipped, tuple) else []
    if wrong:
        yield "skipped", f"“{'、'.join(wrong)}”不是日期；{SPAN_FORM}"


def check_slot(values: Values) -> Iterator[tuple[str, str]]:
    """Clock times, the end after the beginning."""
    times = {name: values.get(name) for name in ("begins", "ends")}
    read = {name: clock(text) if isinstance(text, str) else None for name, text in times.items()}
    for name, text_given in times.items():
        if isinstance(text_given, str) and read[name] is None:
            yield name, f"“{text_given}”不是时刻，请写成 16:30"
    begins, ends = read["begins"], read["ends"]
    if begins and ends and ends <= begins:
        yield "ends", "结束时刻应晚于开始时刻"


PROGRAMMES = register(
    Register(
        key="programmes",
        sheet=Sheet(
            name=PROGRAMME,
            by_headers=False,
            columns=(
                key("服务编号"),
                text("name", "服务名称", required=True, hint="如 四点半课堂"),
                choice("method", "记为", "活动/小组", required=True, hint="每次课记成哪一种服务记录"),
                item_column(),
                station_column(required=True),
                PROJECT,
                worker_column("负责社工", required=True),
                text("place", "地点"),
                day("term_from", "开课日期", required=True),
                day("term_to", "结课日期", required=True, not_before="term_from"),
                texts(
                    "skipped",
                    "停课日期",
                    hint="节假日等不开课的日子，如 2021-10-01至2021-10-07；可填多个",
                ),
            ),
        ),
        model=Programme,
        ends="term_to",
        place=("station",),
        check=check_programme,
        view=VIEW_GROUPS,
        edit=EDIT_GROUPS,
        listed=("name", "method", "station", "term_from", "term_to", "place"),
        filters=("method",),
        searched=("name", "code"),
        order="-term_from",
        nav="服务",
        beside=True,
        starter=False,
        numbered="KC",
    )
)

TIMETABLE_SLOTS = register(
    Register(
        key="timetable-slots",
        sheet=Sheet(
            name=TIMETABLE,
            by_headers=False,
            columns=(
                key("课次编号"),
                reference("programme", "服务编号", PROGRAMME, required=True),
                choice("weekday", "星期", "/".join(WEEKDAYS), required=True),
                text("begins", "开始时刻", required=True, max_length=5, hint="如 16:30"),
                text("ends", "结束时刻", required=True, max_length=5, hint="如 18:00"),
                text("topic", "内容", hint="如 课业辅导、兴趣课堂、安全教育"),
            ),
        ),
        model=TimetableSlot,
        place=("programme",),
        title="topic",
        check=check_slot,
        view=VIEW_GROUPS,
        edit=EDIT_GROUPS,
        listed=("programme", "weekday", "begins", "ends", "topic"),
        filters=("weekday",),
        searched=("code",),
        nav="服务",
        beside=True,
        starter=False,
        numbered="KB",
    )
)

PROGRAMME_MEMBERS = register(
    Register(
        key="programme-members",
        sheet=Sheet(
            name="定期服务名单",
            by_headers=False,
            columns=(
                key("名单编号"),
                reference("programme", "服务编号", PROGRAMME, required=True),
                resident_column(hint="已建档的填对象编号，没有建档的只填姓名"),
                text("name", "姓名", level=Level.L3),
                text("pickup", "接送人", level=Level.L3, hint="放学后由谁接送，安全需要；可不填"),
                day("joined_on", "报名日期", required=True),
                day("left_on", "退出日期", not_before="joined_on"),
            ),
        ),
        model=ProgrammeMember,
        ends="left_on",
        place=("programme",),
        title="code",
        either=(("resident", "name"),),
        view=VIEW_ATTENDANCE,
        edit=EDIT_ATTENDANCE,
        listed=("programme", "resident", "name", "joined_on", "left_on"),
        searched=("code", "name"),
        order="-joined_on",
        nav="服务",
        beside=True,
        starter=False,
        numbered="MD",
    )
)

PROGRAMME_SESSIONS = register(
    Register(
        key="programme-sessions",
        sheet=Sheet(
            name="定期服务场次",
            by_headers=False,
            columns=(
                record_column(key=True, hint="这一次课的服务记录"),
                reference("programme", "服务编号", PROGRAMME, required=True),
                reference("slot", "课次编号", TIMETABLE, required=True),
                day("held_on", "日期", required=True),
            ),
        ),
        model=ProgrammeSession,
        happens="held_on",
        place=("record",),
        title="record",
        view=VIEW_GROUPS,
        edit=EDIT_GROUPS,
        listed=("held_on", "programme", "slot", "record"),
        order="-held_on",
        nav="服务",
        beside=True,
        starter=False,
    )
)
