"""Who decided what and when: cases, a group and an activity of the home station, taken step by step by the cast.

A file is told in its first stage with all that was written into it; these steps bring it where it stands, each
in the name of the demo person whose act it is, so that a folder shows who handed in and who approved.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from linzhan.demo.casting import row_id
from linzhan.demo.courses import Course
from linzhan.demo.doing import Person, person
from linzhan.demo.services import LOCAL
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import acting

MORNING = time(9, 10)


def take_courses(courses: Iterable[Course]) -> int:
    """Take all steps; how many. A step that is refused is a mistake of the story and ends the loading."""
    people: dict[str, Person] = {}
    taken = 0
    for course in courses:
        identity = row_id(course.register, course.key)
        last = datetime.min.replace(tzinfo=LOCAL)
        for each in course.decisions:
            if each.by not in people:
                people[each.by] = person(each.by)
            who = people[each.by]
            last = max(datetime.combine(each.on, MORNING, LOCAL), last + timedelta(hours=1))
            given = {**each.given, **({"note": each.note} if each.note else {})}
            with acting(who.actor):
                take(REGISTERS[course.register], identity, each.step, given, rights=who.rights, at=last)
            taken += 1
    return taken
