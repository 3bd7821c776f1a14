"""A worker's file for whoever assigns: may they be assigned, for what, why not, by which clause (FIL-07, RSK-02)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.kernel.checks import Checked, Outcome
from linzhan.office import parts
from linzhan.office.people.telling import lines, verdict
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head, file_part
from linzhan.office.registers.listed import short_table
from linzhan.office.sending import ways_to_take
from linzhan.workforce.api import (
    ASSIGNMENTS,
    EDIT_WORKERS,
    VIEW_VETTINGS,
    VIEW_WORKERS,
    Assignment,
    SocialWorker,
    assignment_checks,
    education_duties,
)

AGAINST = 3


@file_head("workers")
def head(asked: FileAsked) -> HeadMore:
    """May be assigned or not, in the head; what stands against it right below, each with its clause."""
    found = _checks(asked)
    if asked.row.get("left_on") is not None:
        return HeadMore(actions=_actions(asked))
    plain = [each for each in found if each.key != "vetting"]
    facts = [parts.Fact(_("派任"), verdict(plain, yes=_("可以派任"), no=_("不得派任")))]
    if any(each.key == "vetting" for each in found):
        facts.append(parts.Fact(_("接触未成年人"), verdict(found, yes=_("可以"), no=_("不得安排"))))
    against = [each for each in plain if each.outcome is Outcome.STOP][:AGAINST]
    return HeadMore(troubles=[_trouble(each) for each in against], facts=facts, actions=_actions(asked))


def _actions(asked: FileAsked) -> list[parts.Action]:
    if not asked.holds(EDIT_WORKERS):
        return []
    identity = asked.row["id"]
    return [
        parts.Action(label=_("派任到项目"), url=f"/r/assignments/new/?worker={identity}", icon="add"),
        *ways_to_take(f"/workers/{identity}/pledge/", _("承诺书")),
    ]


def _trouble(each: Checked) -> parts.Notice:
    return parts.Notice(text=f"{each.title}：{each.words}", tone="error", clause=each.clause)


def _checks(asked: FileAsked) -> Sequence[Checked]:
    """Asked once for head and part. Vetting is told to whoever may see it."""
    if "checks" not in asked.noted:
        asked.noted["checks"] = assignment_checks(
            asked.row["id"],
            region=str(asked.row["region_code"]),
            on=timezone.localdate(),
            with_minors=asked.holds(VIEW_VETTINGS),
            share=None,
            project_id=None,
        )
    found: Sequence[Checked] = asked.noted["checks"]
    return found


@file_part(
    "workers",
    key="standing",
    label=gettext_lazy("任用核对"),
    template="office/people/standing.html",
    order=10,
    right=VIEW_WORKERS,
    takes=("assignments.worker",),
)
def standing(asked: FileAsked) -> Mapping[str, object]:
    rows = Assignment.objects.filter(worker_id=asked.row["id"]).order_by("-starts_on", "-pk")
    names = ("code", "project", "role", "share", "starts_on", "ends_on", "stage")
    return {
        "checks": lines(_checks(asked), _("任用核对")),
        "today": timezone.localdate(),
        "assignments": short_table(
            asked.request,
            ASSIGNMENTS,
            rows,
            names,
            empty=parts.Empty(
                title=_("还没有项目派任"), body=_("在哪个项目、投入多少，派任时按本地规定核对。")
            ),
        ),
        "education": _education(asked),
    }


def _education(asked: FileAsked) -> parts.Table:
    """Every rule that applies, what it asks and what was done: for this person, beside nobody else's."""
    today = timezone.localdate()
    worker = SocialWorker.objects.filter(pk=asked.row["id"])
    rows: list[parts.TableRow] = []
    for each in education_duties(list(worker), today):
        cells: dict[str, Any] = {
            "rule": each.rule,
            "needed": each.needed,
            "done": each.done,
            "until": each.window.until,
            "clause": each.authority.citation,
        }
        rows.append(parts.TableRow(cells=cells, tone="" if each.met or not each.behind else "late"))
    return parts.Table(
        id="education",
        caption=_("继续教育"),
        columns=[
            parts.TableColumn(key="rule", label=_("规定"), lead=True),
            parts.TableColumn(key="needed", label=_("应修"), kind="number", unit=_("学时")),
            parts.TableColumn(key="done", label=_("已修"), kind="number", unit=_("学时")),
            parts.TableColumn(key="until", label=_("周期至"), kind="date"),
            parts.TableColumn(key="clause", label=_("依据")),
        ],
        rows=rows,
        empty=parts.Empty(title=_("没有适用的规定"), body=_("按登记周期的规定要先填登记有效期。")),
    )
