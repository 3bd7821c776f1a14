"""How far contracts have come: the sums by hand, the count against the figure, and what is kept (TGT-12, PUR-21)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linzhan.kernel import secrecy
from linzhan.network.api import Station
from linzhan.procurement.models import ProjectProgress, ServiceProject
from linzhan.procurement.progress import rules
from linzhan.procurement.progress.counting import COUNTERS, counts
from linzhan.procurement.progress.enums import Metric
from linzhan.procurement.progress.selectors import standings
from linzhan.procurement.progress.services import keep_progress
from tests.factories.casework import record, resident
from tests.factories.figures import asked
from tests.factories.network import station
from tests.factories.places import TUOYUAN
from tests.factories.providers import provider
from tests.factories.purchases import milestone, project
from tests.factories.rows import made
from tests.factories.workforce import worker

YEAR = rules.Term(date(2021, 1, 1), date(2021, 12, 31))
MID = date(2021, 7, 2)  # the 183rd of 365 days


def target(quantity: int, done: int | None, **more: object) -> rules.Target:
    told = None if done is None else Decimal(done)
    return rules.Target(metric="入户探访", quantity=Decimal(quantity), done=told, **more)  # type: ignore[arg-type]


def on(day: date, *targets: rules.Target) -> list[rules.Line]:
    return [rules.line(each, YEAR, day, least_days=30) for each in targets]


def test_time_is_linear_and_both_ends_belong_to_the_term() -> None:
    assert YEAR.days == 365
    assert YEAR.elapsed(date(2020, 12, 31)) == 0
    assert YEAR.elapsed(date(2021, 1, 1)) == Fraction(1, 365)
    assert YEAR.elapsed(date(2021, 12, 31)) == YEAR.elapsed(date(2022, 5, 1)) == 1


def test_expected_forecast_and_lag_by_hand() -> None:
    [line] = on(MID, target(730, 183))
    assert line.expected == 366  # 730 × 183 ÷ 365
    assert line.forecast == 365  # one a day so far, carried on for 365 days
    assert line.share == Fraction(183, 730)
    assert line.behind
    assert not line.met
    assert rules.lag(rules.progress([line]), YEAR.elapsed(MID)) == Fraction(1, 2)
    assert rules.forecast([line]) == Fraction(1, 2)


def test_each_target_counts_whole_at_most_and_by_its_weight() -> None:
    lines = on(MID, target(100, 300), target(100, 0, weight=3))
    assert rules.progress(lines) == Fraction(1, 4)


def test_what_does_not_add_up_is_expected_whole_and_stays_as_it_is() -> None:
    [line] = on(MID, target(90, 88, adds_up=False))
    assert (line.expected, line.forecast, line.behind) == (90, 88, True)
    [near] = on(MID, target(90, 88, adds_up=False, tolerance=Decimal(5)))
    assert near.met
    assert not near.behind


def test_too_early_nothing_is_forecast_and_before_the_term_nothing_lags() -> None:
    [line] = on(date(2021, 1, 20), target(365, 20))
    assert line.forecast is None
    assert rules.forecast([line]) is None
    assert rules.lag(Fraction(0), YEAR.elapsed(date(2020, 6, 1))) is None


def test_what_nobody_counts_is_not_nought_in_its_line_but_not_done_in_the_sum() -> None:
    lines = on(MID, target(10, None), target(10, 10))
    assert (lines[0].share, lines[0].behind) == (None, False)
    assert rules.progress(lines) == Fraction(1, 2)


def test_nobody_counts_a_metric_twice() -> None:
    before = len(COUNTERS)
    with pytest.raises(ValueError, match="入户探访"):
        counts("again", Metric.VISITS)(lambda _terms: {})
    assert len(COUNTERS) == before


@pytest.fixture
def ground(rulebook: None) -> tuple[ServiceProject, Station, str]:
    here = station(TUOYUAN)
    number = secrecy.open_sealed(worker(station=here.code).identity_number_sealed)
    identity = project(
        provider().uscc, stations=(here.code,), target_visits=4, target_cases=2, target_registrations=2,
        target_person_times=10, target_satisfaction=80,
    )  # fmt: skip
    return ServiceProject.objects.get(pk=identity), here, number


@pytest.mark.django_db
def test_the_page_counts_as_the_figure_does(ground: tuple[ServiceProject, Station, str]) -> None:
    found, here, number = ground
    for day in ("2021-02-03", "2021-03-04"):
        record(here, number, on=day, project=found.pk, satisfaction=5)
    record(here, number, on="2021-03-05", project=found.pk, method="个案", case_code="G1")
    record(here, number, on="2020-12-31", project=found.pk)
    record(here, number, on="2021-03-06")
    resident(here, registered_on="2021-02-01")
    resident(here, registered_on="2020-02-01")
    [standing] = standings([found], date(2021, 12, 31))
    done = {line.target.metric: line.target.done for line in standing.lines}
    assert done == {"建档": 1, "入户探访": 2, "个案新开": 1, "服务人次": 3, "满意度": 100}
    assert standing.progress is not None
    [figure] = asked("projects.target_progress", found.region_code, by="project")
    assert round(float(standing.progress) * 100, 6) == round(float(str(figure.value)), 6)


@pytest.mark.django_db
def test_further_targets_are_counted_or_stated_and_say_so(
    ground: tuple[ServiceProject, Station, str],
) -> None:
    found, here, number = ground
    record(here, number, on="2021-03-06", project=found.pk, method="咨询")
    made("contract-targets", project=found.pk, metric="咨询", quantity=4, weight=2)
    made("contract-targets", project=found.pk, metric="宣传", quantity=10, done=5, stated_on="2021-06-01")
    made("contract-targets", project=found.pk, metric="入户探访", quantity=999)
    [standing] = standings([found], date(2021, 6, 30))
    lines = {line.target.metric: line.target for line in standing.lines}
    assert (lines["咨询"].done, lines["咨询"].weight, lines["咨询"].stated) == (1, 2, False)
    assert (lines["宣传"].done, lines["宣传"].stated) == (5, True)
    assert lines["入户探访"].quantity == 4


@pytest.mark.django_db
def test_running_contracts_are_kept_in_order_of_lag_and_ended_ones_no_longer(
    ground: tuple[ServiceProject, Station, str],
) -> None:
    found, here, number = ground
    ended = ServiceProject.objects.get(pk=project(provider().uscc, status="结项", target_visits=1))
    milestone(found.pk, due_on="2021-02-01")
    milestone(found.pk, due_on="2021-11-01")
    record(here, number, on="2021-03-04", project=found.pk)
    assert keep_progress(date(2021, 6, 30)) == 1
    kept = ProjectProgress.objects.get()
    assert (kept.project_id, kept.late_milestones, kept.targets) == (found.pk, 1, 5)
    [standing] = standings([found], date(2021, 6, 30))
    assert standing.lag is not None
    assert kept.lag is not None
    assert abs(Fraction(kept.lag) - standing.lag) < Fraction(1, 10_000)
    assert keep_progress(date(2021, 6, 30)) == 1
    assert not ProjectProgress.objects.filter(project=ended).exists()


@pytest.mark.django_db
def test_a_hundred_contracts_cost_as_many_questions_as_one(
    ground: tuple[ServiceProject, Station, str],
) -> None:
    found, _here, _number = ground
    more = [ServiceProject.objects.get(pk=project(provider().uscc, target_visits=3)) for _ in range(3)]
    numbers = []
    for some in ([found], [found, *more]):
        with CaptureQueriesContext(connection) as questions:
            standings(some, date(2021, 6, 30))
        numbers.append(len(questions))
    assert numbers[0] == numbers[1]
