"""Who was there, as a register; numbers and residents of the service record follow from it."""

from __future__ import annotations

from linzhan.casework.attendance.following import follow, vet
from linzhan.casework.attendance.models import Attendance
from linzhan.casework.columns import record_column, resident_column
from linzhan.casework.groups.rights import EDIT_ATTENDANCE, VIEW_ATTENDANCE
from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Level, Sheet
from linzhan.kernel.sheets.making import key, text, yes_no

ATTENDANCES = register(
    Register(
        key="attendances",
        sheet=Sheet(
            name="出席",
            by_headers=False,
            columns=(
                key("出席编号"),
                record_column(required=True, hint="哪一次小组、活动或课堂；一人一次只记一行"),
                resident_column(hint="已建档的填对象编号，没有建档的只填姓名"),
                text("name", "姓名", level=Level.L3),
                yes_no("present", "是否到场", dated=False, hint="不填即为到场"),
            ),
        ),
        model=Attendance,
        place=("record",),
        title="code",
        either=(("resident", "name"),),
        vet=vet,
        after_write=follow,
        view=VIEW_ATTENDANCE,
        edit=EDIT_ATTENDANCE,
        listed=("record", "resident", "name", "present"),
        filters=("present",),
        searched=("code", "name"),
        nav="服务",
        beside=True,
        starter=False,
        numbered="CX",
    )
)
