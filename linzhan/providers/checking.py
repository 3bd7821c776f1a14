"""Checks of the steps of institutions against the rules of their place, each with number, limit and clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.reading import identity_of
from linzhan.kernel.sheets.days import day_of
from linzhan.policy.api import RatingRule, Ruling, working_days_between, working_days_later
from linzhan.providers import rules
from linzhan.providers.enums import HELD, AnnualStage, Conclusion, RatingStage, SanctionKind, SanctionStage
from linzhan.providers.guards import Row, decided
from linzhan.providers.models import AnnualInspection, Provider, RatingAward, Sanction
from linzhan.providers.parameters import (
    ANNUAL_INSPECTION,
    INSPECTION_SAMPLE,
    INSTITUTION_BAR,
    LISTING_RULE,
    RATING_RULE,
    REMOVAL_GROUNDS,
    YELLOW_CARD,
)
from linzhan.providers.rights import OVERRULE_STANDING
from linzhan.providers.selectors import population_of

FAILING = (Conclusion.FAILED.value, Conclusion.BARELY_PASSED.value)
PENDING = (SanctionStage.NOTIFIED.value, SanctionStage.HEARD.value)
PENALTIES = (SanctionKind.PENALTY.value, SanctionKind.STOPPED.value)


def annual_deadline(row: Row) -> list[Checked]:
    """Reported to the competent authority by 31 March of the next year (INS-07)."""
    reported_on = day_of(row["reported_on"])
    rule = decided(ANNUAL_INSPECTION, row, reported_on or timezone.localdate())
    if rule is None or reported_on is None:
        return []
    last = date(int(row["year"]) + 1, rule.value.supervisor_month, rule.value.supervisor_day)
    outcome = Outcome.PASS if reported_on <= last else Outcome.WARN
    told = {"day": reported_on, "last": last}
    words = (
        _("%(day)s 报送，截止 %(last)s") if outcome is Outcome.PASS else _("%(day)s 报送，已过 %(last)s 截止")
    )
    return [_checked("annual-deadline", _("报送时限"), outcome, words % told, rule.citation)]


def rectification_term(row: Row) -> list[Checked]:
    concluded_on, rectify_by = day_of(row["concluded_on"]), day_of(row["rectify_by"])
    if concluded_on is None or rectify_by is None:
        return []
    rule = decided(ANNUAL_INSPECTION, row, concluded_on)
    if rule is None:
        return []
    last = rules.months_later(concluded_on, rule.value.rectification_months)
    told = {"day": rectify_by, "months": rule.value.rectification_months, "last": last}
    words = _("整改到 %(day)s，期限 %(months)s 个月，不得晚于 %(last)s") % told
    outcome = Outcome.PASS if rectify_by <= last else Outcome.STOP
    return [_checked("rectification-term", _("整改期限"), outcome, words, rule.citation, OVERRULE_STANDING)]


def rating_conditions(row: Row) -> list[Checked]:
    """Who may be rated when, and who is refused (``domain.md`` §4.3)."""
    applied_on = day_of(row["applied_on"]) or timezone.localdate()
    rule = decided(RATING_RULE, row, applied_on)
    if rule is None:
        return []
    provider = identity_of(row["provider"])
    awards = list(RatingAward.objects.filter(provider=provider).exclude(pk=row["id"]).order_by("-issued_on"))
    return [
        *_when(provider, awards, applied_on, rule),
        *_after_a_fall(awards, applied_on, rule),
        *_inspections(provider, applied_on, rule),
        *_penalties(provider, applied_on, rule),
    ]


def _when(
    provider: UUID, awards: Sequence[RatingAward], on: date, rule: Ruling[RatingRule]
) -> Iterator[Checked]:
    value, citation = rule.value, rule.citation
    granted = [each for each in awards if each.stage == RatingStage.GRANTED.value]
    if granted and (until := day_of(granted[0].valid_until)) is not None and until >= on:
        first = rules.years_later(until, -value.again_years)
        told = {"until": until, "first": first, "on": on, "years": value.again_years}
        words = _("现有等级至 %(until)s，期满前 %(years)s 年内可再申请：最早 %(first)s，申请 %(on)s") % told
        outcome = Outcome.PASS if on >= first else Outcome.STOP
        yield _checked("rating-when", _("申请时间"), outcome, words, citation)
        return
    if granted:
        words = _("上次等级已于 %s 到期，可以再申请") % granted[0].valid_until
        yield _checked("rating-when", _("申请时间"), Outcome.PASS, words, citation)
        return
    registered_on = Provider.objects.values_list("registered_on", flat=True).get(pk=provider)
    first = rules.years_later(registered_on, value.first_years)
    told = {"day": registered_on, "years": value.first_years, "first": first, "on": on}
    words = _("%(day)s 登记，满 %(years)s 年（%(first)s）可申请，申请 %(on)s") % told
    outcome = Outcome.PASS if on >= first else Outcome.STOP
    yield _checked("rating-when", _("申请时间"), outcome, words, citation)


def _after_a_fall(awards: Sequence[RatingAward], on: date, rule: Ruling[RatingRule]) -> Iterator[Checked]:
    value, citation = rule.value, rule.citation
    for stage, years in (
        (RatingStage.DOWNGRADED, value.downgraded_years),
        (RatingStage.WITHDRAWN, value.withdrawn_years),
    ):
        ended = [day for each in awards if each.stage == stage and (day := day_of(each.ended_on))]
        if not ended:
            continue
        first = rules.years_later(max(ended), years)
        told = {"day": max(ended), "word": stage.label, "years": years, "first": first}
        words = _("%(day)s %(word)s，%(years)s 年内不得申请，最早 %(first)s") % told
        outcome = Outcome.PASS if on >= first else Outcome.STOP
        yield _checked(f"rating-{stage.name.lower()}", _("降级或取消后"), outcome, words, citation)


def _inspections(provider: UUID, on: date, rule: Ruling[RatingRule]) -> Iterator[Checked]:
    citation = rule.citation
    past = AnnualInspection.objects.filter(provider=provider, year__lt=on.year).order_by("-year")
    held = [each for each in past[:2] if each.stage in AnnualInspection.public_stages]
    if not held:
        words = _("没有登记上一年度的年检结论，请先核对")
        yield _checked("rating-inspection", _("年度检查"), Outcome.UNKNOWN, words, citation)
        return
    last = held[0]
    refused = last.stage == AnnualStage.MISSED or last.conclusion == Conclusion.FAILED
    twice = len(held) > 1 and all(each.conclusion in FAILING for each in held)
    told = {"year": last.year, "result": last.conclusion or last.stage}
    words = _("%(year)s 年度“%(result)s”") % told
    if refused or twice:
        words += _("：未参加、不合格或连续两年基本合格的不予评定")
    outcome = Outcome.STOP if refused or twice else Outcome.PASS
    yield _checked("rating-inspection", _("年度检查"), outcome, words, citation)


def _penalties(provider: UUID, on: date, rule: Ruling[RatingRule]) -> Iterator[Checked]:
    citation = rule.citation
    rows = Sanction.objects.filter(provider=provider, kind__in=PENALTIES)
    pending = rows.filter(stage__in=PENDING).count()
    since = rules.years_later(on, -rule.value.first_years)
    held = rows.filter(stage__in=HELD, decided_on__gt=since).count()
    told = {"held": held, "pending": pending, "since": since}
    words = _("%(since)s 以来受行政处罚 %(held)s 次，正在查处 %(pending)s 件") % told
    outcome = Outcome.STOP if held or pending else Outcome.PASS
    yield _checked("rating-penalties", _("行政处罚"), outcome, words, citation)


def rating_term(row: Row) -> list[Checked]:
    issued_on, until = day_of(row["issued_on"]), day_of(row["valid_until"])
    if issued_on is None or until is None:
        return []
    rule = decided(RATING_RULE, row, issued_on)
    if rule is None:
        return []
    last = rules.years_later(issued_on, rule.value.valid_years)
    told = {"until": until, "years": rule.value.valid_years, "last": last}
    words = _("有效期至 %(until)s，不得超过 %(years)s 年（%(last)s）") % told
    outcome = Outcome.PASS if issued_on < until <= last else Outcome.STOP
    return [_checked("rating-term", _("等级有效期"), outcome, words, rule.citation)]


def sanction_rules(row: Row) -> list[Checked]:
    """What the place says of this kind of sanction; where it says nothing, there is no check (RSK-09, FIL-06)."""
    checks = {
        SanctionKind.BAR.value: (_bar,),
        SanctionKind.YELLOW_CARD.value: (_card,),
        SanctionKind.REMOVAL.value: (exit_grounds,),
        SanctionKind.PENALTY.value: (_entered_in_time,),
        SanctionKind.STOPPED.value: (_entered_in_time,),
        SanctionKind.ABNORMAL.value: (_entered_in_time,),
        SanctionKind.DISHONEST.value: (_listed_long_enough, _entered_in_time),
    }
    return [found for check in checks.get(str(row["kind"]), ()) for found in check(row)]


def _bar(row: Row) -> list[Checked]:
    starts_on, ends_on = day_of(row["starts_on"]), day_of(row["ends_on"])
    rule = decided(INSTITUTION_BAR, row, starts_on or timezone.localdate())
    if rule is None or starts_on is None or ends_on is None:
        return []
    last = rules.years_later(starts_on, rule.value.years)
    told = {
        "start": starts_on,
        "end": ends_on,
        "years": rule.value.years,
        "last": last,
        "who": row["purchaser"],
    }
    words = _("%(start)s 至 %(end)s，不得超过 %(years)s 年（%(last)s）；只约束“%(who)s”的项目") % told
    outcome = Outcome.PASS if ends_on <= last else Outcome.STOP
    found = [_checked("bar-term", _("禁入期限"), outcome, words, rule.citation)]
    return [*found, _among("bar-ground", row, (rule.value.because,), rule.citation)]


def _card(row: Row) -> list[Checked]:
    rule = decided(YELLOW_CARD, row, day_of(row["decided_on"]) or timezone.localdate())
    return [] if rule is None else [_among("card-ground", row, rule.value, rule.citation)]


def exit_grounds(row: Row) -> list[Checked]:
    """The grounds on which the place removes an institution (INS-11, INS-12)."""
    rule = decided(REMOVAL_GROUNDS, row, timezone.localdate())
    if rule is None or not row["grounds"]:
        return []
    return [_among("removal-ground", row, rule.value, rule.citation)]


def _among(key: str, row: Row, allowed: Sequence[str], citation: str) -> Checked:
    plain = {_plain(each) for each in allowed}
    found = [each for each in row["grounds"] or () if _plain(each) in plain]
    told = {"grounds": "、".join(row["grounds"] or ()) or _("未填写"), "allowed": "、".join(allowed)}
    if found:
        return _checked(
            key, _("情形"), Outcome.PASS, _("%(grounds)s；规定的情形：%(allowed)s") % told, citation
        )
    words = _("%(grounds)s，不在规定的情形（%(allowed)s）之内，请在理由中写明") % told
    return _checked(key, _("情形"), Outcome.WARN, words, citation)


def _plain(text: str) -> str:
    """Wordings of one ground that differ in punctuation and in 且 and 而 are the same."""
    return "".join(each for each in text if each not in "，,、且而 ")


def _entered_in_time(row: Row) -> list[Checked]:
    """The registrar's information is entered within so many working days of the decision (INS-15, §4.4).

    The step is the entry: what is late is told to whoever enters it, and stays with the step.
    """
    decided_on, today = day_of(row["decided_on"]), timezone.localdate()
    rule = decided(LISTING_RULE, row, decided_on) if decided_on is not None else None
    if rule is None or decided_on is None:
        return []
    region, days = row["region_code"], rule.value.entered_within
    last = working_days_later(decided_on, days, region=region)
    late = working_days_between(decided_on, today, region=region) - days
    told = {"day": decided_on, "days": days, "last": last, "late": late}
    if late > 0:
        words = _("%(day)s 决定，%(days)d 个工作日内录入，期限 %(last)s，已晚 %(late)d 个工作日") % told
        return [_checked("entered", _("录入时限"), Outcome.WARN, words, rule.citation)]
    words = _("%(day)s 决定，%(days)d 个工作日内录入，期限 %(last)s") % told
    return [_checked("entered", _("录入时限"), Outcome.PASS, words, rule.citation)]


def _listed_long_enough(row: Row) -> list[Checked]:
    on = day_of(row["decided_on"]) or timezone.localdate()
    rule = decided(LISTING_RULE, row, on)
    if rule is None:
        return []
    listed = (
        Sanction.objects.filter(
            provider=identity_of(row["provider"]), kind=SanctionKind.ABNORMAL, stage=SanctionStage.IN_FORCE
        )
        .order_by("starts_on")
        .values_list("starts_on", flat=True)
        .first()
    )
    years, since = rule.value.dishonest_after, day_of(listed)
    if since is not None and rules.years_later(since, years) <= on:
        words = _("%(since)s 列入活动异常名录，已满 %(years)s 年") % {"since": since, "years": years}
        return [_checked("listed-long", _("转入条件"), Outcome.PASS, words, rule.citation)]
    words = _("没有列入活动异常名录满 %s 年的记录；以其他情形列入的，请在理由中写明") % years
    return [_checked("listed-long", _("转入条件"), Outcome.WARN, words, rule.citation)]


def sample_rule(row: Row) -> list[Checked]:
    """At least as many are drawn as the place says (INS-08); where its digits are lost, nobody is held to them."""
    rule = decided(INSPECTION_SAMPLE, row, date(int(row["year"]), 1, 1))
    if rule is None:
        return []
    population = len(population_of(row["region_code"], row["kinds"] or ()))
    percent = Decimal(str(row["percent"])) if row["percent"] else None
    drawn = rules.sample_size(population, percent, int(row["number"]) if row["number"] else None)
    wanted = rules.sample_size(population, rule.value.percent, rule.value.number)
    told = {"drawn": drawn, "population": population, "wanted": wanted}
    words = _("抽 %(drawn)s 家，总体 %(population)s 家，不得少于 %(wanted)s 家") % told
    outcome = Outcome.PASS if drawn >= wanted else Outcome.STOP
    return [_checked("sample", _("抽查数量"), outcome, words, rule.citation, OVERRULE_STANDING)]


def _checked(key: str, title: str, outcome: Outcome, words: str, clause: str, overrule: str = "") -> Checked:
    return Checked(
        key=f"providers.{key}", title=title, outcome=outcome, words=words, clause=clause, overrule=overrule
    )
