"""The file of a session: what follows from it begins there, with the session and the worker filled in (SPV-07, SPV-10)."""

from __future__ import annotations

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linzhan.kernel.registers.reading import Referred
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head
from linzhan.workforce.api import EDIT_TASKS, WRITE_NOTES


@file_head("supervisions")
def verbs(asked: FileAsked) -> HeadMore:
    """A task and a confidential note; the worker is known where there was only one."""
    workers = [each for each in asked.row["workers"] or () if isinstance(each, Referred)]
    told = {"session": str(asked.row["id"])}
    told |= {"worker": str(workers[0].id)} if len(workers) == 1 else {}
    wanted = (
        (EDIT_TASKS, _("布置任务"), "supervision-tasks"),
        (WRITE_NOTES, _("写保密记录"), "supervision-notes"),
    )
    return HeadMore(
        actions=[
            parts.Action(label=label, url=f"/r/{key}/new/?{urlencode(told)}", icon="add")
            for right, label, key in wanted
            if asked.holds(right)
        ]
        if workers
        else ()
    )
