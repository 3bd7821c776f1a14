"""What must be so before a step: asked of the row as it would stand after it, and of what is stored beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel.registers.reading import identity_of
from linzhan.kernel.sheets.days import day_of
from linzhan.policy.api import NoRuling, Parameter, ruling_for
from linzhan.providers import rules
from linzhan.providers.enums import Conclusion, SanctionKind, SanctionStage
from linzhan.providers.models import DrawnInstitution, Inspector, Provider, SanctionStatement
from linzhan.providers.parameters import ANNUAL_INSPECTION, OBJECTION_DAYS

Row = Mapping[str, Any]
BAD: Final = (Conclusion.BARELY_PASSED.value, Conclusion.FAILED.value)
TERMED: Final = (SanctionKind.BAR.value, SanctionKind.SUSPENSION.value, SanctionKind.STOPPED.value)


def decided(parameter: Parameter[Any], row: Row, on: date) -> Any:
    """What the rulebook says where the row stands; None where it says nothing."""
    try:
        return ruling_for(parameter, region=row["region_code"], on=on)
    except NoRuling:
        return None


def bad_result(row: Row) -> str:
    """责令整改 follows from 基本合格 or 不合格 only (``domain.md`` §4.2)."""
    if row["conclusion"] in BAD:
        return ""
    return _("责令整改的结论只能是“基本合格”或“不合格”；合格的请办理“作出合格结论”")


def past_deadline(row: Row) -> str:
    """未参加 is found only when the last day to report is over."""
    today = timezone.localdate()
    rule = decided(ANNUAL_INSPECTION, row, today)
    if rule is None:
        return ""
    last = date(int(row["year"]) + 1, rule.value.registrar_month, rule.value.registrar_day)
    told = {"year": row["year"], "last": last}
    return _("%(year)s 年度的报告到 %(last)s 截止，期满后才能认定未参加") % told if today <= last else ""


def young_enough(row: Row) -> str:
    """免检 is for those registered in the second half of the year that is inspected."""
    rule = decided(ANNUAL_INSPECTION, row, timezone.localdate())
    registered_on = Provider.objects.values_list("registered_on", flat=True).get(
        pk=identity_of(row["provider"])
    )
    months = rule.value.exempt_months if rule is not None else 0
    if rules.exempt(registered_on, int(row["year"]), months):
        return ""
    told = {"day": registered_on, "year": row["year"], "months": months}
    return (
        _("机构 %(day)s 登记，到 %(year)s 年底已满 %(months)s 个月，不在免检之列：请按时报送年度工作报告")
        % told
    )


def published_long_enough(row: Row) -> str:
    until = day_of(row["publish_until"])
    if until is not None and timezone.localdate() <= until:
        return _("公示到 %s 截止，期满无异议才能发证") % until
    return ""


def lower(row: Row) -> str:
    if str(row["level_after"]) < str(row["level"]):
        return ""
    return _("降级后的等级要低于现有等级 %s；取消等级请办理“取消等级”") % str(row["level"])


def rating_over(row: Row) -> str:
    until = day_of(row["valid_until"])
    if until is None or until < timezone.localdate():
        return ""
    return _("等级有效期至 %s，还没有到期") % until


def time_to_answer(row: Row) -> str:
    """The institution has the time that the place grants for an answer (FIL-08)."""
    notified_on, reply_by = day_of(row["notified_on"]), day_of(row["reply_by"])
    if notified_on is None or reply_by is None:
        return _("告知日期和陈述申辩截止须填写日期，如 2022-06-01")
    rule = decided(OBJECTION_DAYS, row, notified_on)
    return rules.objection_fault(notified_on, reply_by, rule.value if rule is not None else 0)


def heard_out(row: Row) -> str:
    """Nobody decides before the time to answer is over, nor without an answer to what was said (FIL-08)."""
    return _answers(row) or _term(row)


def _answers(row: Row) -> str:
    reply_by = day_of(row["reply_by"])
    if reply_by is not None and timezone.localdate() <= reply_by:
        return _("陈述申辩期到 %s 为止，期满才能作出决定") % reply_by
    decided_on = day_of(row["decided_on"])
    if decided_on is not None and reply_by is not None and decided_on <= reply_by:
        told = {"day": decided_on, "until": reply_by}
        return _("决定日期 %(day)s 还在陈述申辩期内（到 %(until)s 为止），请核对") % told
    if decided_on is not None and decided_on > timezone.localdate():
        return _("决定日期 %s 还没有到，请核对") % decided_on
    said = list(SanctionStatement.objects.filter(sanction=row["id"]).values_list("wants_hearing", flat=True))
    if any(said) and row["stage"] != SanctionStage.HEARD:
        return _("机构要求听证：请先办理“听证”")
    if said and not row["reply"]:
        return _("机构提出了陈述申辩：请填写“对申辩的答复”，说明采纳与否和理由")
    return ""


def _term(row: Row) -> str:
    starts_on, ends_on = day_of(row["starts_on"]), day_of(row["ends_on"])
    if row["kind"] in TERMED and ends_on is None:
        return _("“%s”有期限，请填写截止日期") % str(row["kind"])
    if starts_on is not None and ends_on is not None and ends_on <= starts_on:
        return _("截止日期要晚于起始日期 %s") % starts_on
    return ""


def lifted_in_term(row: Row) -> str:
    starts_on, lifted_on = day_of(row["starts_on"]), day_of(row["lifted_on"])
    if starts_on is not None and lifted_on is not None and lifted_on < starts_on:
        return _("解除日期不能早于起始日期 %s；从未生效过的请办理“撤销决定”") % starts_on
    return ""


def sanction_over(row: Row) -> str:
    ends_on = day_of(row["ends_on"])
    if ends_on is not None and ends_on <= timezone.localdate():
        return ""
    return _("还没有到截止日期 %s；提前结束请办理“解除”") % (ends_on or _("（未写明）"))


def can_draw(row: Row) -> str:
    """A draw has a size, a seed that was public before it, and somebody to inspect."""
    if not row["percent"] and not row["number"]:
        return _("请先填写抽查比例或抽查家数")
    seeded_on, drawn_on = day_of(row["seeded_on"]), day_of(row["drawn_on"])
    if seeded_on is not None and drawn_on is not None and drawn_on < seeded_on:
        return _("抽取日期不能早于种子公布日期 %s") % seeded_on
    if not Inspector.objects.filter(active=True, region_code=row["region_code"]).exists():
        return _("检查人员库里没有在库人员：请先在“检查人员”登记")
    return ""


def all_inspected(row: Row) -> str:
    left = DrawnInstitution.objects.filter(draw=row["id"], conclusion="").count()
    return _("还有 %d 家没有登记检查结论") % left if left else ""


def notice_answered(row: Row) -> str:
    """An association's notice is settled once the institution answered, or its time to answer is over (RSK-06)."""
    until = day_of(row["reply_by"])
    if row["replied_on"] or (until is not None and until < timezone.localdate()):
        return ""
    return _("机构还没有答复，答复期到 %(day)s：登记机构意见，或到期以后再办结") % {"day": until}
