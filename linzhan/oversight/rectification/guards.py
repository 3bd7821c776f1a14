"""What must be so before a step of a rectification: Chinese sentences that say what is missing (RSK-07, FIL-08)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.reading import identity_of
from linzhan.kernel.sheets.days import day_of
from linzhan.oversight.models import (
    Rectification,
    RectificationAnswer,
    RectificationItem,
    RectificationMeans,
)
from linzhan.oversight.rectification import parameters as named
from linzhan.oversight.rectification import rules
from linzhan.oversight.rectification.enums import (
    SETTLED,
    STANDING,
    UNDER_WAY,
    AnswerStage,
    ItemStage,
    MeansStage,
    OrderStage,
    Origin,
)
from linzhan.quality.api import PASSED, EvaluationResult

Row = Mapping[str, Any]


def order_of(row: Row) -> Rectification:
    return Rectification.objects.get(pk=identity_of(row["order"]))


def standing_items(order_id: UUID) -> int:
    return RectificationItem.objects.filter(order=order_id, stage__in=STANDING).count()


def _in_turn(*told: tuple[str, object]) -> str:
    """Days by name in the order in which they come, none of them after today."""
    known = [(name, day) for name, given in told if (day := day_of(given)) is not None]
    for (before, earlier), (name, day) in pairwise(known):
        if day < earlier:
            return _("%(name)s %(day)s 早于%(before)s %(earlier)s，请核对") % {
                "name": name, "day": day, "before": before, "earlier": earlier,
            }  # fmt: skip
    return next((_("%s不能晚于今天") % name for name, day in known if day > timezone.localdate()), "")


def checkable(row: Row) -> str:
    return _in_turn((_("下达日期"), row["issued_on"]), (_("核查日期"), row["checked_on"]))


def lifted(row: Row) -> str:
    return _in_turn((_("实施日期"), row["starts_on"]), (_("解除日期"), row["lifted_on"]))


def admitted(row: Row) -> str:
    return _in_turn((_("收到日期"), row["received_on"]), (_("受理日期"), row["admitted_on"]))


def concluded(row: Row) -> str:
    return _in_turn(
        (_("受理日期"), row["admitted_on"]),
        (_("结论日期"), row["concluded_on"]),
        (_("告知投诉人日期"), row["told_on"]),
    )


def unanswered(order_id: UUID) -> str:
    """Nobody decides over what was said and not answered."""
    if RectificationAnswer.objects.filter(order=order_id, stage=AnswerStage.RAISED).exists():
        return _("被整改单位的陈述申辩还没有答复：请先在“整改申辩”里答复")
    return ""


def later(row: Row) -> str:
    until = day_of(row["due_on"])
    if until is not None and until <= timezone.localdate():
        return _("新的整改期限要晚于今天")
    return ""


def returnable(row: Row) -> str:
    """What was handed in is given back so often and no more; then it passes or fails."""
    limit = named.number(named.RETURNS, row["region_code"], timezone.localdate())
    if limit is not None and int(row["returned"] or 0) >= limit:
        return _("已退回 %d 次，达到上限：请作出通过或未通过的结论") % limit
    return ""


def all_cleared(row: Row) -> str:
    left = standing_items(row["id"])
    if left:
        return _("还有 %d 个整改项没有销号：请逐项核查销号，做不到的办理“未通过”") % left
    if not RectificationItem.objects.filter(order=row["id"], stage=ItemStage.CLEARED).exists():
        return _("没有一项销号：整改项全部撤销的，请办理“撤销”")
    return ""


def failable(row: Row) -> str:
    if not standing_items(row["id"]):
        return _("整改项已全部销号，不能认定未通过")
    return unanswered(row["id"])


def looked_back(row: Row) -> str:
    """Not before the window opens, and only where nothing has come back."""
    begins, on = day_of(row["look_back_from"]), day_of(row["look_back_on"])
    if on is not None and on > timezone.localdate():
        return _("回头看日期不能晚于今天")
    if begins is not None and on is not None and on < begins:
        return _("回头看从 %s 起：太早看不出问题会不会反弹") % begins
    return ""


def relapsed(row: Row) -> str:
    """The order is opened again by the items that came back."""
    return "" if standing_items(row["id"]) else _("没有反弹的整改项：请先在整改项上办理“问题反弹”")


def under_way(row: Row) -> str:
    order = order_of(row)
    if order.stage in UNDER_WAY:
        return ""
    return _("整改令现为“%s”，计划认可后、通过前才能办理这一步") % order.stage


def item_relapsed(row: Row) -> str:
    order = order_of(row)
    if order.stage != OrderStage.PASSED:
        return _("整改令现为“%s”，通过以后回头看发现反弹的才重新打开") % order.stage
    if RectificationItem.objects.filter(repeats_id=row["id"]).exists():
        return _("这一项的反弹已经登记过，请看新的整改项")
    return ""


def announced(row: Row) -> str:
    """What binds is told with its reasons and leaves the time to answer (FIL-08)."""
    if not rules.binding(row["kind"]):
        return _("“%s”不用事先告知，可以直接签发") % str(row["kind"])
    notified_on, reply_by = day_of(row["notified_on"]), day_of(row["reply_by"])
    if notified_on is None or reply_by is None:
        return _("告知日期和陈述申辩截止须填写日期，如 2022-06-01")
    if fault := _in_turn((_("下达日期"), order_of(row).issued_on), (_("告知日期"), notified_on)):
        return fault
    days = named.number(named.REPLY_DAYS, row["region_code"], notified_on) or 0
    earliest = notified_on + timedelta(days=days)
    if reply_by < earliest:
        told = {"days": days, "earliest": earliest}
        return _("陈述申辩期限不得少于 %(days)d 日：截止日期最早为 %(earliest)s") % told
    return ladder(row)


def ladder(row: Row) -> str:
    order = order_of(row)
    if rules.binding(row["kind"]) and order.provider_id is None:
        return _("整改令没有写明机构，不能采取“%s”") % str(row["kind"])
    done = RectificationMeans.objects.filter(
        order=order, stage__in=(MeansStage.DONE, MeansStage.LIFTED)
    ).values_list("kind", flat=True)
    overdue = order.stage not in SETTLED and bool(order.due_on and order.due_on < timezone.localdate())
    return rules.out_of_turn(
        str(row["kind"]), set(done), failed=order.stage == OrderStage.FAILED, overdue=overdue
    )


def carried_out(row: Row) -> str:
    if fault := ladder(row) or _begins(row):
        return fault
    if not rules.binding(row["kind"]):
        return ""
    if row["stage"] != MeansStage.NOTIFIED:
        return _("“%s”须先告知被整改单位事实、理由和陈述申辩的期限") % str(row["kind"])
    if row["reply"]:
        return "" if row["response"] else _("被整改单位提出了意见：请填写对意见的答复，说明采纳与否和理由")
    reply_by = day_of(row["reply_by"])
    if reply_by is not None and timezone.localdate() <= reply_by:
        return _("陈述申辩期到 %s 为止，期满或收到意见后才能实施") % reply_by
    return ""


def _begins(row: Row) -> str:
    """A measure begins after it was told, never before the order; it may begin on a day to come."""
    starts_on, since = day_of(row["starts_on"]), day_of(row["notified_on"]) or order_of(row).issued_on
    if starts_on is not None and starts_on < since:
        return _("实施日期不能早于 %s（告知或下达的日期）") % since
    return ""


def means_basis(row: Row) -> list[Checked]:
    """Whether the place's document names this means (RSK-07)."""
    ruling = named.decided(named.MEANS, row["region_code"], timezone.localdate())
    kind = str(row["kind"])
    if ruling is not None and kind in ruling.value:
        words = _("当地规定的督促方式：%s") % "、".join(ruling.value)
        return [_checked("means", _("措施依据"), Outcome.PASS, words, ruling.citation)]
    words = _("当地文件没有列出“%s”：请在事由里写明合同或法规的条款") % kind
    clause = ruling.citation if ruling is not None else ""
    return [_checked("means", _("措施依据"), Outcome.WARN, words, clause)]


def evaluated_again(row: Row) -> list[Checked]:
    """What was ordered after a failed evaluation is evaluated again before it passes (RSK-08)."""
    if row["origin"] != Origin.EVALUATION or not row["evaluation"]:
        return []
    first = EvaluationResult.objects.filter(pk=identity_of(row["evaluation"])).first()
    if first is None:
        return []
    later_one = (
        EvaluationResult.objects.filter(subject_id=first.subject_id, subject_code=first.subject_code)
        .filter(evaluated_on__gt=first.evaluated_on)
        .order_by("-evaluated_on")
        .first()
    )
    title = _("复评")
    if later_one is None:
        return [_checked("again", title, Outcome.WARN, _("没有登记复评结果：不合格的整改后应当复评"))]
    told = {"on": later_one.evaluated_on, "grade": later_one.grade}
    outcome = Outcome.PASS if later_one.grade in PASSED else Outcome.WARN
    return [_checked("again", title, outcome, _("%(on)s 复评“%(grade)s”") % told)]


def _checked(key: str, title: str, outcome: Outcome, words: str, clause: str = "") -> Checked:
    return Checked(
        key=f"rectifications.{key}", title=title, outcome=outcome, words=words, clause=clause, overrule=""
    )
