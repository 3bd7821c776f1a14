"""May an institution bid here, on this day: every rule of the place, with number, base and clause (PUR-15, FIL-07).

Asked in bulk: whatever the number of institutions, one statement for what is stored and one for the
rulebook. What is not stated is unknown, which is neither a pass nor
a breach. A past day is answered by what was recorded of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import Parameter, Ruling, consulting, rulings_for
from linzhan.providers import rules
from linzhan.providers.enums import (
    HELD,
    REGISTRAR_KINDS,
    REPORTING,
    AnnualStage,
    Conclusion,
    InspectionKind,
    OrganisationKind,
    ProviderStatus,
    RatingStage,
    SanctionKind,
)
from linzhan.providers.models import (
    AnnualInspection,
    Inspection,
    Provider,
    ProviderState,
    RatingAward,
    Sanction,
)
from linzhan.providers.parameters import (
    ANNUAL_INSPECTION,
    INSTITUTION_BAR,
    LISTING_RULE,
    OUTSIDE_OPERATOR_GRADE,
    PARTY_MEMBERS,
    RATING_RULE,
    UNDERTAKER_KINDS,
)
from linzhan.providers.rights import OVERRULE_STANDING

UNDERTAKERS: Mapping[str, tuple[str, ...]] = {
    "社会组织": REPORTING,
    "民办社会工作服务机构": (OrganisationKind.SOCIAL_SERVICE_AGENCY.value,),
    "生产经营类事业单位": (OrganisationKind.PUBLIC_INSTITUTION.value,),
    "企业": (OrganisationKind.ENTERPRISE.value,),
}
BAD = (Conclusion.FAILED.value, AnnualStage.MISSED.value)
YEARS = 4  # results that are read back
STOPPING = (
    SanctionKind.SUSPENSION.value,
    SanctionKind.DISQUALIFICATION.value,
    SanctionKind.STOPPED.value,
    SanctionKind.DISHONEST.value,
    SanctionKind.REMOVAL.value,
)
HERE: tuple[Parameter[Any], ...] = (ANNUAL_INSPECTION, PARTY_MEMBERS, RATING_RULE)
"""Rules of the place where an institution is registered; the others are of the place where it bids."""
THERE: tuple[Parameter[Any], ...] = (OUTSIDE_OPERATOR_GRADE, UNDERTAKER_KINDS, LISTING_RULE, INSTITUTION_BAR)


@dataclass(frozen=True, slots=True)
class Asked:
    """Where and when somebody wants to be an undertaker, and of whom."""

    region: str
    on: date
    purchaser: str
    rulings: Mapping[str, Mapping[str, Ruling[Any]]]

    def ruling(self, parameter: Parameter[Any], region: str = "") -> Ruling[Any] | None:
        return self.rulings[parameter.code].get(region or self.region)


def standing_checks(provider_id: UUID, *, region: str, on: date, purchaser: str = "") -> list[Checked]:
    """Every check on one institution that wants to undertake in ``region`` (12 digits) on a day.

    ``purchaser`` is the name of who buys: a bar binds that one alone. Asked within the reader's scope; an
    institution that is not seen from there gives one unknown.
    """
    return standings([provider_id], region=region, on=on, purchaser=purchaser)[provider_id]


def standings(
    providers: Sequence[UUID], *, region: str, on: date, purchaser: str = ""
) -> dict[UUID, list[Checked]]:
    """The same for many institutions."""
    known = {each["id"]: each for each in _stored(providers, on)}
    with consulting(of=(*HERE, *THERE)):
        asked = _asked({each["region_code"] for each in known.values()}, region, on, purchaser)
    return {each: list(_of(known[each], asked)) if each in known else [_unseen()] for each in providers}


def verdict(found: Iterable[Checked]) -> Outcome:
    """The gravest of the outcomes."""
    order = (Outcome.STOP, Outcome.UNKNOWN, Outcome.WARN)
    outcomes = {each.outcome for each in found}
    return next((each for each in order if each in outcomes), Outcome.PASS)


def _asked(registered: Iterable[str], region: str, on: date, purchaser: str) -> Asked:
    of_home = {parameter.code: rulings_for(parameter, registered, on) for parameter in HERE}
    of_region = {parameter.code: rulings_for(parameter, [region], on) for parameter in THERE}
    return Asked(region, on, _name(purchaser), {**of_home, **of_region})


def _stored(providers: Sequence[UUID], on: date) -> Iterable[Mapping[str, Any]]:
    holding = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    states = ProviderState.objects.filter(
        holding, Q(valid_to__isnull=True) | Q(valid_to__gt=on), subject=OuterRef("pk")
    )
    of_provider = Q(provider=OuterRef("pk"))
    yearly = Inspection.objects.filter(of_provider, kind=InspectionKind.ANNUAL, inspected_on__lte=on)
    annual = AnnualInspection.objects.filter(of_provider, stage__in=AnnualInspection.public_stages)
    ratings = RatingAward.objects.filter(of_provider, stage__in=RatingAward.public_stages, issued_on__lte=on)
    sanctions = Sanction.objects.filter(of_provider, stage__in=HELD, starts_on__lte=on)
    return Provider.objects.filter(pk__in=list(providers)).values(
        "id",
        "region_code",
        "kind",
        "registered_on",
        states=_rows(states, "status kind rating rating_until party_members has_party_organisation"),
        yearly=_rows(yearly.order_by("-year")[:YEARS], "year conclusion"),
        annual=_rows(annual.order_by("-year")[:YEARS], "year stage conclusion concluded_on rectify_by rectified_on"),
        ratings=_rows(ratings.order_by("-issued_on")[:1], "stage level issued_on valid_until ended_on level_after"),
        sanctions=_rows(
            sanctions.order_by("starts_on"),
            "kind region_code authority purchaser document clause decision_number starts_on ends_on lifted_on",
        ),
    )  # fmt: skip


def _rows(rows: QuerySet[Any], names: str) -> ArraySubquery:
    return ArraySubquery(rows.values(told=JSONObject(**{name: name for name in names.split()})))


def _of(row: Mapping[str, Any], asked: Asked) -> Iterator[Checked]:
    state = (row["states"] or [None])[0]
    yield _registered(row, state, asked)
    yield from _kind(row, state, asked)
    yield from _inspected(row, state, asked)
    yield from _rated(row, state, asked)
    yield from _party(row, state, asked)
    yield from _sanctions(row, asked)


def _unseen() -> Checked:
    words = _("名册里没有这家机构，或从这里看不到：请先在“承接机构”登记它的信用代码")
    return _checked("registration", _("登记"), Outcome.UNKNOWN, words)


def _registered(row: Mapping[str, Any], state: Mapping[str, Any] | None, asked: Asked) -> Checked:
    title = _("登记")
    if state is None:
        told = {"day": row["registered_on"], "on": asked.on}
        words = _("%(day)s 才成立登记，%(on)s 还不是法人，不能承接") % told
        return _checked("registration", title, Outcome.STOP, words)
    status = state["status"] or ProviderStatus.NORMAL.value
    told = {"day": row["registered_on"], "status": status}
    if status == ProviderStatus.DISSOLVED:
        return _checked("registration", title, Outcome.STOP, _("已注销，不能承接"))
    if status == ProviderStatus.BARRED:
        words = _(
            "名册上的状态是“禁入”，没有写明约束哪个购买方、到何时：请在“机构处理”里补登，再把状态改回“正常”"
        )
        return _checked("registration", title, Outcome.STOP, words, overrule=OVERRULE_STANDING)
    if status == ProviderStatus.RECTIFYING:
        words = _("%(day)s 登记；现在整改中，请先看整改是否完成") % told
        return _checked("registration", title, Outcome.WARN, words)
    return _checked("registration", title, Outcome.PASS, _("%(day)s 登记，状态“%(status)s”") % told)


def _kind(row: Mapping[str, Any], state: Mapping[str, Any] | None, asked: Asked) -> Iterator[Checked]:
    ruling = asked.ruling(UNDERTAKER_KINDS)
    if ruling is None:
        return
    kind = state["kind"] if state else row["kind"]
    allowed = {each for name in ruling.value for each in UNDERTAKERS.get(name, ())}
    told = {"kind": kind, "allowed": "、".join(ruling.value)}
    if kind == OrganisationKind.OTHER:
        words, outcome = (
            _("机构类型填的是“其他”，可承接的主体：%(allowed)s，请先核对") % told,
            Outcome.UNKNOWN,
        )
    elif kind in allowed:
        words, outcome = _("%(kind)s；可承接的主体：%(allowed)s") % told, Outcome.PASS
    else:
        words, outcome = _("%(kind)s，不在可承接的主体（%(allowed)s）之内") % told, Outcome.STOP
    yield _checked("kind", _("承接主体"), outcome, words, ruling.citation)


def _inspected(row: Mapping[str, Any], state: Mapping[str, Any] | None, asked: Asked) -> Iterator[Checked]:
    ruling = asked.ruling(ANNUAL_INSPECTION, row["region_code"])
    kind = state["kind"] if state else row["kind"]
    if ruling is None or kind not in REPORTING:
        return
    rule, title = ruling.value, _("年度检查")
    year = rules.latest_due_year(asked.on, rule.registrar_month, rule.registrar_day)
    results = _results(row, asked.on)
    if year not in results and rules.exempt(
        date.fromisoformat(str(row["registered_on"])), year, rule.exempt_months
    ):
        words = _("%(day)s 登记，%(year)d 年度不需参加年检") % {"day": row["registered_on"], "year": year}
        yield _checked("inspection", title, Outcome.PASS, words, ruling.citation)
        return
    outcome, words = _of_year(year, results, rule.revoked_after)
    overrule = OVERRULE_STANDING if outcome is Outcome.STOP else ""
    yield _checked("inspection", title, outcome, words, ruling.citation, overrule=overrule)


def _of_year(year: int, results: Mapping[int, str], revoked_after: int) -> tuple[Outcome, str]:
    """The outcome of the last year whose report was due, with the years before where they count."""
    told = {"year": year, "result": results.get(year, ""), "years": revoked_after}
    if year not in results:
        return Outcome.UNKNOWN, _("没有登记 %(year)d 年度的年检结论，请先核对年检记录") % told
    last = [results.get(year - back) for back in range(revoked_after)]
    if all(each in BAD for each in last):
        told["all"] = "、".join(f"{year - back} 年度“{each}”" for back, each in enumerate(last))
        return Outcome.STOP, _("%(all)s：连续 %(years)d 年未参加或不合格的，撤销登记") % told
    if results[year] in (Conclusion.PASSED, AnnualStage.EXEMPT):
        return Outcome.PASS, _("%(year)d 年度“%(result)s”") % told
    if results[year] in BAD or results[year] == Conclusion.BARELY_PASSED:
        return Outcome.WARN, _("%(year)d 年度“%(result)s”，请先看整改是否完成") % told
    return Outcome.WARN, _("%(year)d 年度“%(result)s”") % told


def _results(row: Mapping[str, Any], on: date) -> dict[int, str]:
    """The result of each year: the register of inspections first, then what the year's own file says."""
    found: dict[int, str] = {}
    for each in row["yearly"] or ():
        found.setdefault(each["year"], each["conclusion"])
    for each in row["annual"] or ():
        if each["concluded_on"] is None or each["concluded_on"] <= on.isoformat():
            word = (
                AnnualStage.RECTIFIED.value if _rectified(each, on) else each["conclusion"] or each["stage"]
            )
            found[each["year"]] = word if each["stage"] != AnnualStage.PASSED else Conclusion.PASSED.value
    return found


def _rectified(told: Mapping[str, Any], on: date) -> bool:
    done = told["rectified_on"]
    return told["stage"] == AnnualStage.RECTIFIED and done is not None and bool(done <= on.isoformat())


def _rated(row: Mapping[str, Any], state: Mapping[str, Any] | None, asked: Asked) -> Iterator[Checked]:
    level, until = _level(row, state, asked.on)
    over = until is not None and until < asked.on.isoformat()
    ruling = asked.ruling(OUTSIDE_OPERATOR_GRADE)
    if ruling is not None and not places.covers(ruling.region_code, row["region_code"]):
        yield _outside(level, until, ruling, over=over)
        return
    rule = asked.ruling(RATING_RULE, row["region_code"])
    if not level or rule is None:
        return
    told = {"level": level, "until": until or _("（未填报）"), "years": rule.value.valid_years}
    if over:
        words, outcome = (
            _("%(level)s，有效期至 %(until)s，已到期（%(years)d 年有效），不作等级看") % told,
            Outcome.WARN,
        )
    else:
        words, outcome = _("%(level)s，有效期至 %(until)s") % told, Outcome.PASS
        if level >= rule.value.preferred_from:
            words += _("；%s 及以上在购买服务中优先") % rule.value.preferred_from
    yield _checked("rating", _("评估等级"), outcome, words, rule.citation)


def _outside(level: str, until: str | None, ruling: Ruling[str], *, over: bool) -> Checked:
    """From elsewhere: as good as the place demands (Haining: 3A)."""
    told = {"level": level, "until": until or _("（未填报）"), "least": ruling.value}
    if not level:
        words, outcome = (
            _("没有登记评估等级，外地机构须达到 %(least)s：请先核对等级证书") % told,
            Outcome.UNKNOWN,
        )
    elif over:
        words, outcome = _("%(level)s 已于 %(until)s 到期，外地机构须达到 %(least)s") % told, Outcome.STOP
    elif level < ruling.value:
        words, outcome = _("%(level)s，外地机构须达到 %(least)s") % told, Outcome.STOP
    else:
        words, outcome = _("%(level)s，有效期至 %(until)s，外地机构须达到 %(least)s") % told, Outcome.PASS
    overrule = OVERRULE_STANDING if outcome is Outcome.STOP else ""
    return _checked("rating", _("外地机构等级"), outcome, words, ruling.citation, overrule=overrule)


def _level(row: Mapping[str, Any], state: Mapping[str, Any] | None, on: date) -> tuple[str, str | None]:
    """The level of a day and its last day: by the last certificate, unless the register knows a later one."""
    award = (row["ratings"] or [None])[0]
    stated: tuple[str, str | None] = (state["rating"], state["rating_until"]) if state else ("", None)
    if award is None:
        return stated
    ended = award["ended_on"]
    if ended is None or ended > on.isoformat():
        return max((award["level"], award["valid_until"]), stated, key=lambda each: each[1] or "")
    if award["stage"] == RatingStage.WITHDRAWN or not award["level_after"]:
        return "", None
    return award["level_after"], award["valid_until"]


def _party(row: Mapping[str, Any], state: Mapping[str, Any] | None, asked: Asked) -> Iterator[Checked]:
    ruling = asked.ruling(PARTY_MEMBERS, row["region_code"])
    if ruling is None or state is None:
        return
    members, set_up, title = state["party_members"], state["has_party_organisation"], _("党组织")
    told = {"members": members, "least": ruling.value}
    if members is None:
        words, outcome = _("没有填报正式党员数，满 %(least)d 名须建立党组织") % told, Outcome.UNKNOWN
    elif members < ruling.value:
        words, outcome = _("正式党员 %(members)d 名，不足 %(least)d 名，尚不必建立") % told, Outcome.PASS
    elif set_up:
        words, outcome = _("正式党员 %(members)d 名，已建立党组织") % told, Outcome.PASS
    else:
        words, outcome = (
            _("正式党员 %(members)d 名，满 %(least)d 名须建立党组织，还没有建立") % told,
            Outcome.WARN,
        )
    yield _checked("party", title, outcome, words, ruling.citation)


def _sanctions(row: Mapping[str, Any], asked: Asked) -> Iterator[Checked]:
    held = [each for each in row["sanctions"] or () if _in_force(each, asked.on)]
    concerned = [each for each in held if _concerns(each, asked)]
    if not concerned:
        yield _checked("sanctions", _("处理和名单"), Outcome.PASS, _("没有对这里生效的处理、名单和禁入"))
    for number, each in enumerate(concerned, start=1):
        yield _sanction(number, each, asked)


def _in_force(told: Mapping[str, Any], on: date) -> bool:
    ends = [each for each in (told["ends_on"], told["lifted_on"]) if each is not None]
    return all(on.isoformat() < each for each in ends)


def _concerns(told: Mapping[str, Any], asked: Asked) -> bool:
    """The registrar's bind wherever it works, a bar its purchaser's projects, the others their place."""
    if told["kind"] in REGISTRAR_KINDS:
        return True
    if told["kind"] == SanctionKind.BAR and asked.purchaser:
        return _name(told["purchaser"]) == asked.purchaser
    near = places.covers(told["region_code"], asked.region)
    return near or (told["kind"] == SanctionKind.BAR and places.covers(asked.region, told["region_code"]))


def _sanction(number: int, told: Mapping[str, Any], asked: Asked) -> Checked:
    term = _("%(start)s 至 %(end)s") % {"start": told["starts_on"], "end": told["ends_on"] or _("解除为止")}
    words = f"{told['authority']}{told['decision_number']}，{term}"
    if told["kind"] == SanctionKind.BAR:
        words += _("；只约束“%s”的项目") % told["purchaser"]
    if told["kind"] == SanctionKind.BAR:
        outcome = Outcome.STOP if asked.purchaser else Outcome.WARN
    else:
        outcome = Outcome.STOP if told["kind"] in STOPPING else Outcome.WARN
    return _checked(f"sanction-{number}", told["kind"], outcome, words, _clause(told, asked))


def _clause(told: Mapping[str, Any], asked: Asked) -> str:
    """The document of the decision, and the rule behind it where the place has one."""
    cited = f"{told['document']} {told['clause']}".strip()
    behind: dict[str, Parameter[Any]] = {
        SanctionKind.BAR.value: INSTITUTION_BAR,
        SanctionKind.DISHONEST.value: LISTING_RULE,
    }
    parameter = behind.get(told["kind"])
    ruling = asked.ruling(parameter) if parameter is not None else None
    if ruling is None or ruling.citation == cited:  # the decision may cite the rule itself
        return cited
    return f"{cited}；{ruling.citation}"


def _name(purchaser: str) -> str:
    return "".join(purchaser.split()).replace("(", "（").replace(")", "）")


def _checked(
    key: str, title: str, outcome: Outcome, words: str, clause: str = "", *, overrule: str = ""
) -> Checked:
    return Checked(
        key=f"providers.{key}", title=title, outcome=outcome, words=words, clause=clause, overrule=overrule
    )
