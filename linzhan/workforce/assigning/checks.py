"""Before somebody is put on a post: each rule of the place, with number, limit and clause (RSK-02, FIL-01, FIL-07).

A rule that a place does not have is not asked there. Of a team each rule is told once, with whom it concerns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from linzhan.kernel import masking
from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import NoRuling, Parameter, Ruling, ruling_for, rulings_together
from linzhan.workforce.assigning import rules
from linzhan.workforce.assigning.reading import Person, people
from linzhan.workforce.filing.rights import OVERRULE_STAFFING
from linzhan.workforce.parameters import (
    CERTIFIED_STAFF,
    FILING_DAYS,
    FULL_TIME_STAFF,
    ONE_PROJECT,
    PERSON_BAR,
    PLEDGE_BEFORE_ENTRY,
    PROFESSIONAL_STAFF,
    REGISTRATION_NOTICE_DAYS,
    SHARE_LIMIT,
    VETTING_DAYS,
)
from linzhan.workforce.selectors import FULL_TIME, PROFESSIONAL_MAJOR, highest_grades

T = TypeVar("T")
ORDER = (Outcome.STOP, Outcome.UNKNOWN, Outcome.WARN, Outcome.PASS)
NAMED_AT_MOST = 8
BEFORE_CHILDREN = ("sanction", "vetting")
NOT_VETTED = (
    "没有有效的从业查询结果，不得安排服务未成年人，任何人不能例外办理；"
    "请改由查询有效的社工负责，或请机构负责人、县民政局办理从业查询"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What for: where, when, whether with minors, for which project, with what share, as the one who runs it."""

    region: str
    on: date
    with_minors: bool
    share: Decimal | None = None
    project_id: UUID | None = None
    runs: bool | None = None
    begun_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of a place on a day, asked once for a whole team."""

    region: str
    on: date

    def get(self, parameter: Parameter[T]) -> Ruling[T] | None:
        try:
            return ruling_for(parameter, region=self.region, on=self.on)
        except NoRuling:
            return None


def assignment_checks(
    worker_id: UUID,
    *,
    region: str,
    on: date,
    with_minors: bool,
    share: Decimal | None,
    project_id: UUID | None,
    runs: bool | None = None,
) -> list[Checked]:
    """Whether a worker may be assigned in ``region`` on ``on``; ``share`` in percent of their time.

    ``project_id`` is the project it is for: what the worker holds on it already does not count against it.
    ``runs``: whether as the one who runs it; None where that is not known yet.
    """
    wanted = Wanted(
        region=region, on=on, with_minors=with_minors, share=share, project_id=project_id, runs=runs
    )
    found = people([worker_id], on, vetted=with_minors)
    if worker_id not in found:
        return [_checked("employed", "在岗", (Outcome.STOP, "没有找到这名社工，或不在您的管辖范围内"))]
    return list(_of_person(found[worker_id], wanted, _rulings(wanted)))


def staffing_checks(
    worker_ids: Collection[UUID],
    *,
    region: str,
    on: date,
    with_minors: bool = False,
    project_id: UUID | None = None,
    shares: Mapping[UUID, Decimal] | None = None,
    runs: UUID | None = None,
    minimums: bool = True,
) -> list[Checked]:
    """The same of a team: each rule once, the worst outcome, and how many it concerns, by masked name.

    ``shares`` are what each is to give of their time, ``runs`` who is to run the project. With ``minimums``
    also the least team of the place (full-time, certified, professional; STN-16, STN-17).
    """
    base = Wanted(region=region, on=on, with_minors=with_minors, project_id=project_id)
    return _team(worker_ids, base, shares or {}, runs, minimums=minimums)[0]


def team_standing(
    worker_ids: Collection[UUID], *, region: str, on: date, with_minors: bool, minimums: bool
) -> tuple[list[Checked], dict[UUID, list[Checked]]]:
    """:func:`staffing_checks` without a project in view, and what holds of each, for the page of a team."""
    base = Wanted(region=region, on=on, with_minors=with_minors)
    return _team(worker_ids, base, {}, None, minimums=minimums)


def _team(
    worker_ids: Collection[UUID],
    base: Wanted,
    shares: Mapping[UUID, Decimal],
    runs: UUID | None,
    *,
    minimums: bool,
) -> tuple[list[Checked], dict[UUID, list[Checked]]]:
    found, rulings = people(worker_ids, base.on, vetted=base.with_minors), _rulings(base, minimums=minimums)
    each_of: dict[UUID, list[Checked]] = {}
    told: dict[str, list[tuple[Person, Checked]]] = defaultdict(list)
    for identity, person in found.items():
        mine = None if runs is None else identity == runs
        wanted = replace(base, share=shares.get(identity), runs=mine)
        each_of[identity] = list(_of_person(person, wanted, rulings))
        for one in each_of[identity]:
            told[one.key].append((person, one))
    merged = [_merged(each) for each in told.values()]
    lost = len(set(worker_ids)) - len(found)
    if lost:
        words = f"{lost} 人没有找到，或不在您的管辖范围内"
        merged.insert(0, _checked("employed.unknown", "人员", (Outcome.STOP, words)))
    return merged + (list(_minimums(list(found.values()), base, rulings)) if minimums else []), each_of


def minors_checks(
    worker_ids: Collection[UUID], *, region: str, on: date, begun_on: date | None = None
) -> dict[UUID, list[Checked]]:
    """Whether each may answer for a child: the vetting of the year, and no bar in force (``domain.md`` §3.5).

    ``begun_on``: of work that began earlier and is written down now, an answer that held then will do.

    Asked by colleagues too, who may not learn what an inquiry found: a stop says only that no answer
    allows it. Nobody may overrule it.
    """
    wanted = Wanted(region=region, on=on, with_minors=True, begun_on=begun_on)
    found, rulings = people(worker_ids, on, vetted=True), _rulings(wanted)
    return {
        each: [
            _discreet(one) for one in _of_person(found[each], wanted, rulings) if one.key in BEFORE_CHILDREN
        ]
        if each in found
        else [_checked("employed", "在岗", (Outcome.STOP, "没有找到这名社工，或不在您的管辖范围内"))]
        for each in worker_ids
    }


def _discreet(one: Checked) -> Checked:
    if one.key != "vetting" or one.outcome is not Outcome.STOP:
        return one
    return replace(one, words=NOT_VETTED)


def worst(found: Sequence[Checked]) -> Outcome:
    return min((each.outcome for each in found), key=ORDER.index, default=Outcome.PASS)


def _rulings(wanted: Wanted, *, minimums: bool = False) -> dict[str, Ruling[Any]]:
    """Every rule that is asked, in one query."""
    asked: list[Parameter[Any]] = [
        PERSON_BAR,
        PLEDGE_BEFORE_ENTRY,
        ONE_PROJECT,
        SHARE_LIMIT,
        REGISTRATION_NOTICE_DAYS,
        FILING_DAYS,
        *((VETTING_DAYS,) if wanted.with_minors else ()),
        *((FULL_TIME_STAFF, CERTIFIED_STAFF, PROFESSIONAL_STAFF) if minimums else ()),
    ]
    return rulings_together(asked, region=wanted.region, on=wanted.on)


def _of_person(person: Person, wanted: Wanted, rulings: Mapping[str, Ruling[Any]]) -> Iterator[Checked]:
    worker, on = person.worker, wanted.on
    yield _checked("employed", "在岗", rules.employed(worker.hired_on, worker.left_on, on))
    yield from _barred(person, wanted, rulings)
    if (ruling := rulings.get(VETTING_DAYS.code)) is not None:
        verdict = rules.vetted_since(person.vettings, wanted.begun_on or on, on)
        yield _checked("vetting", "从业查询", verdict, ruling)
    if (ruling := rulings.get(PLEDGE_BEFORE_ENTRY.code)) is not None and ruling.value:
        verdict = rules.pledged(worker.pledged_on, worker.hired_on)
        yield _checked("pledge", "公益服务承诺书", verdict, ruling, overrule=OVERRULE_STAFFING)
    if (ruling := rulings.get(REGISTRATION_NOTICE_DAYS.code)) is not None and person.holds_certificate:
        verdict = rules.registered(worker.registered_until, on, ruling.value)
        yield _checked("certificate", "职业资格登记", verdict, ruling)
    others = [each for each in person.held if each.project_id != wanted.project_id]
    if (ruling := rulings.get(ONE_PROJECT.code)) is not None and person.holds_certificate:
        verdict = rules.one_project(others, ruling.value.counts, ruling.value.at_most, runs=wanted.runs)
        yield _checked("one_project", "一人一项目", verdict, ruling, overrule=OVERRULE_STAFFING)
    if (ruling := rulings.get(SHARE_LIMIT.code)) is not None:
        none_wanted = wanted.share is None and wanted.project_id is None
        verdict = rules.shares(others, Decimal(0) if none_wanted else wanted.share, ruling.value)
        yield _checked("share", "投入比例", verdict, ruling, overrule=OVERRULE_STAFFING)
    if (ruling := rulings.get(FILING_DAYS.code)) is not None:
        yield _checked("filing", "备案", rules.filed(person.unfiled_since, ruling.value, on), ruling)


def _barred(person: Person, wanted: Wanted, rulings: Mapping[str, Ruling[Any]]) -> Iterator[Checked]:
    """A bar binds wherever it is seen; that there is none is worth saying where the place can bar."""
    verdict = rules.barred([(each.starts_on, each.ends_on) for each in person.bars], wanted.on)
    running = [each for each in person.bars if each.starts_on <= wanted.on < each.ends_on]
    if running:
        last = max(running, key=lambda each: each.ends_on)
        yield Checked(
            key="sanction", title="失信限制", outcome=verdict[0], words=verdict[1], clause=last.citation
        )
    elif (ruling := rulings.get(PERSON_BAR.code)) is not None:
        yield _checked("sanction", "失信限制", verdict, ruling)


def _checked(
    key: str, title: str, verdict: rules.Verdict, ruling: Ruling[Any] | None = None, *, overrule: str = ""
) -> Checked:
    outcome, words = verdict
    return Checked(
        key=key,
        title=title,
        outcome=outcome,
        words=words,
        clause=ruling.citation if ruling else "",
        overrule=overrule,
    )


def _merged(each: Sequence[tuple[Person, Checked]]) -> Checked:
    """One line for the whole team: whom the worst outcomes concern; names are masked, the log of steps keeps them."""
    concerned = sorted(
        ((person, one) for person, one in each if one.outcome is not Outcome.PASS),
        key=lambda pair: ORDER.index(pair[1].outcome),
    )
    first = concerned[0][1] if concerned else each[0][1]
    if not concerned:
        return replace(first, words=f"{len(each)} 人都符合")
    named = "；".join(
        f"{masking.mask_name(person.worker.name)} {one.words}" for person, one in concerned[:NAMED_AT_MOST]
    )
    more = f"；等 {len(concerned)} 人" if len(concerned) > NAMED_AT_MOST else ""
    return replace(first, words=f"{len(each)} 人中 {len(concerned)} 人：{named}{more}")


def _minimums(
    team: Sequence[Person], wanted: Wanted, rulings: Mapping[str, Ruling[Any]]
) -> Iterator[Checked]:
    """The least team of the place: full-time, certified, professional (STN-16, STN-17)."""
    if not {each.code for each in (FULL_TIME_STAFF, CERTIFIED_STAFF, PROFESSIONAL_STAFF)} & set(rulings):
        return
    grades = highest_grades([each.worker.pk for each in team], wanted.on)
    full_time = sum(each.worker.employment in FULL_TIME for each in team)
    certified = sum(each.worker.pk in grades for each in team)
    professional = sum(each.worker.pk in grades or PROFESSIONAL_MAJOR in each.worker.major for each in team)
    for key, title, parameter, have in (
        ("full_time", "专职人数", FULL_TIME_STAFF, full_time),
        ("certified", "持证人数", CERTIFIED_STAFF, certified),
        ("professional", "专业人数", PROFESSIONAL_STAFF, professional),
    ):
        if (ruling := rulings.get(parameter.code)) is not None:
            met = Outcome.PASS if have >= ruling.value else Outcome.STOP
            words = f"{have} 人，不得少于 {ruling.value} 人"
            yield _checked(key, title, (met, words), ruling, overrule=OVERRULE_STAFFING)
