"""What follows from the steps of a season: its round, the standings, the circular (EVL-14, EVL-15, EVL-17).

A season is judged as an evaluation round of its own kind, so that evidence, judges, conflicts of interest and
objections are those of every evaluation. Standings are written once, from the final results of that round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.stepping import Taken, enter, stepped
from linzhan.kernel.steps import StepRefused
from linzhan.quality.contests.enums import FROZEN
from linzhan.quality.contests.guards import WIDER
from linzhan.quality.contests.rules import Aspect, Entrant, aspects_of, band_of, ranked, within_bands
from linzhan.quality.contests.ruling import ContestRules, contest_rules
from linzhan.quality.models import ContestSeason, ContestStanding, PeerFact, RoundSubject
from linzhan.quality.rounds.computing import scheme_of
from linzhan.quality.rounds.enums import RoundKind
from linzhan.quality.rounds.population import candidates
from linzhan.quality.schemes import catalogue
from linzhan.quality.schemes.definition import Scheme

SEASONS: Final = "contest-seasons"
TOWNSHIP: Final = 9
AT_ONCE: Final = 500


@stepped(SEASONS)
def follow(taken: Taken) -> None:
    if taken.again:
        return
    season = ContestSeason.objects.get(pk=taken.row_id)
    if taken.step.name == "open":
        _open(season)
    elif taken.step.name == "rank":
        _rank(season)
    elif taken.step.name == "publish":
        _publish(season)


def _open(season: ContestSeason) -> None:
    """The round of the season with everybody who takes part: all of the place, nobody is drawn."""
    scheme = catalogue.scheme_of(season.scheme)
    assert scheme is not None  # the guard looked
    found = sorted(
        candidates(scheme.subject, season.region_code, parse_period(season.period)), key=lambda each: each.key
    )
    if not found:
        raise StepRefused(_("这里没有可参赛的%s：请核对比赛方案的对象类型和地方") % scheme.subject)
    code = f"{season.code}-PS"
    row = {
        "code": code,
        "name": season.name,
        "region": season.region_code,
        "kind": RoundKind.CONTEST.value,
        "period": season.period,
        "scheme": season.scheme,
        "evaluator": season.organiser,
    }
    held = enter("evaluation-rounds", [row])[0]
    enter(
        "round-subjects",
        [
            {
                "code": f"{code}-{place:04d}",
                "round": held,
                "subject_kind": scheme.subject,
                "subject": each.refers,
                "name": each.name,
            }
            for place, each in enumerate(found, start=1)
        ],
    )
    ContestSeason.objects.filter(pk=season.pk).update(round_id=held)


def _rank(season: ContestSeason) -> None:
    held = season.round
    assert held is not None  # the guard looked
    rules, scheme = contest_rules(season.region_code), scheme_of(held)
    rows = list(
        RoundSubject.objects.filter(round=held, final_points__isnull=False)
        .order_by("code")
        .defer("statement")
    )
    if not rows:
        raise StepRefused(_("没有一个参赛者有成绩，不能排名"))
    ContestStanding.objects.bulk_create(
        standings(season, rows, scheme, rules, _before(season)), batch_size=AT_ONCE
    )
    ContestSeason.objects.filter(pk=season.pk).update(rule=rules.written(), ranked_on=timezone.localdate())


def standings(
    season: ContestSeason,
    rows: Sequence[RoundSubject],
    scheme: Scheme,
    rules: ContestRules,
    before: Mapping[UUID | None, ContestStanding],
) -> list[ContestStanding]:
    """The standings of a season, not stored yet. Whom a veto befell is ranked and gets no flag."""
    bands = _bands(rows, rules)
    entrants = {
        each.pk: Entrant(
            key=str(each.pk),
            total=each.final_points or Decimal(0),
            aspects=aspects_of(scheme, each.told.get("lines", {})),
            band=bands[each.pk],
        )
        for each in rows
    }
    places, peers = ranked(list(entrants.values())), within_bands(list(entrants.values()))
    made = []
    for each in rows:
        entrant, last = entrants[each.pk], before.get(each.subject_id)
        rank, vetoed = places[entrant.key], bool(each.told.get("vetoes"))
        band_rank, band_size = peers[entrant.key]
        made.append(
            ContestStanding(
                region_code=each.region_code,
                season=season,
                entrant=each,
                subject_kind=each.subject_kind,
                subject_id=each.subject_id,
                name=str(each),
                aspects={name: _aspect(found) for name, found in entrant.aspects.items()},
                total=entrant.total,
                rank=rank,
                flagged=rank <= rules.flags and not vetoed,
                vetoed=vetoed,
                band=entrant.band,
                band_rank=band_rank,
                band_size=band_size,
                before_rank=last.rank if last else None,
                before_total=last.total if last else None,
            )
        )
    return made


def _aspect(found: Aspect) -> dict[str, str]:
    return {"points": f"{found.points:.2f}", "available": f"{found.available:.2f}"}


def _bands(rows: Sequence[RoundSubject], rules: ContestRules) -> dict[UUID, str]:
    """The peer group of each: the population of its township and its terrain, as far as somebody stated them."""
    towns = {each.region_code[:TOWNSHIP].ljust(12, "0") for each in rows}
    rows_of = PeerFact.objects.filter(region_code__in=towns).order_by("stated_on", "pk")
    stated: dict[str, tuple[int | None, str]] = {
        region: (population, terrain)  # the last one stated stands
        for region, population, terrain in rows_of.values_list("region_code", "population", "terrain")
    }
    found = {}
    for each in rows:
        population, terrain = stated.get(each.region_code[:TOWNSHIP].ljust(12, "0"), (None, ""))
        words = [word for word in (terrain, band_of(population, rules.bands)) if word]
        found[each.pk] = "，".join(words) or _("未登记乡镇情况")
    return found


def _before(season: ContestSeason) -> dict[UUID | None, ContestStanding]:
    """Where those of this season stood in the quarter before, by whom they are."""
    earlier = parse_period(season.period).previous().text
    last = (
        ContestSeason.objects.filter(region_code=season.region_code, period=earlier, stage__in=FROZEN)
        .order_by("-pk")
        .first()
    )
    if last is None:
        return {}
    return {each.subject_id: each for each in ContestStanding.objects.filter(season=last)}


def _publish(season: ContestSeason) -> None:
    """The circular as it goes out, kept with the season: no later change of anything reaches it."""
    publication = season.publication or contest_rules(season.region_code).publication or WIDER[0]
    ContestSeason.objects.filter(pk=season.pk).update(
        publication=publication, published_on=timezone.localdate(), circular=circular_of(season)
    )


def circular_of(season: ContestSeason) -> dict[str, Any]:
    """The places of a season as the circular tells them; institutions and stations, never persons."""
    rows = ContestStanding.objects.filter(season=season).order_by("rank", "region_code", "name")
    return {
        "award": season.rule.get("award", ""),
        "standings": [
            {
                "rank": each.rank,
                "id": str(each.subject_id),
                "name": each.name,
                "region": each.region_code,
                "total": f"{each.total}",
                "aspects": each.aspects,
                "flagged": each.flagged,
                "vetoed": each.vetoed,
                "band": each.band,
                "band_rank": each.band_rank,
                "band_size": each.band_size,
                "before_rank": each.before_rank,
                "before_total": None if each.before_total is None else f"{each.before_total}",
            }
            for each in rows
        ],
    }
