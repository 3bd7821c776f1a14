"""What becomes of findings: one living alert for each, refreshed, taken up again, or closed when it is no longer true.

The same run twice changes nothing. A finding that has gone is doubted first: only after some evaluations on
different days (a threshold of the place) its alert closes by itself. What somebody closed stays closed while it
is true as a false alarm, an accepted risk, or something past; one that was called solved and is not, opens again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.figures.marking import mark_registers
from linzhan.kernel.ids import uuid7
from linzhan.kernel.models import StepEntry
from linzhan.kernel.registers.bulk import update_rows
from linzhan.kernel.scope import current_actor
from linzhan.oversight import parameters as named
from linzhan.oversight.enums import NEXT_TIER, OVER, TOPMOST, Ending, Stage, Tier
from linzhan.oversight.models import Alert
from linzhan.oversight.warning.asking import Answer
from linzhan.oversight.warning.declaring import Finding, Rule
from linzhan.policy.api import NoRuling, ruling_for

REGISTER: Final = "alerts"
KEPT_ROWS: Final = 50
BATCH: Final = 1000
TOLD: Final = (
    "region_code", "station_id", "provider_id", "person_id", "severity", "level", "message", "clause",
    "rulings", "facts", "rows", "rows_count", "since", "holds", "checked_on", "quiet", "stage", "closed_on",
    "ending", "snoozed_until", "due_at", "tier", "raised",
)  # fmt: skip


@dataclass(slots=True)
class Kept:
    """How many alerts a rule opened, saw again, took up again and closed."""

    opened: int = 0
    again: int = 0
    reopened: int = 0
    closed: int = 0


def keep(answers: Iterable[Answer], region: str, on: date, now: datetime) -> dict[str, Kept]:
    """Bring the alerts of the subtree of ``region`` in line with what the rules said on ``on``; by rule.

    A rule that could not be asked of a county leaves the alerts of that county alone.
    """
    done: dict[str, Kept] = {}
    hours = _Hours(on)
    for answer in answers:
        done[answer.rule.code] = _keep_rule(answer, region, on, now, hours)
    return done


def _keep_rule(answer: Answer, region: str, on: date, now: datetime, hours: _Hours) -> Kept:
    low, high = places.bounds(region)
    living = Alert.objects.select_for_update().filter(
        ~Q(stage__in=OVER) | Q(holds=True),
        rule=answer.rule.code,
        region_code__gte=low,
        region_code__lt=high,
    )
    found = {each.key: each for each in answer.findings}
    moved = Alert.objects.select_for_update().filter(
        ~Q(stage__in=OVER) | Q(holds=True), rule=answer.rule.code, key__in=list(found)
    )
    known = {each.key: each for each in (*living, *moved)}
    kept, changed, entries, places_touched = Kept(), list[Alert](), list[StepEntry](), set[str]()
    for key, finding in found.items():
        if (alert := known.get(key)) is None:
            continue
        if _seen_again(alert, finding, on, now, hours, answer.rule, entries):
            kept.reopened += 1
            places_touched.add(alert.region_code)
        kept.again += 1
        changed.append(alert)
    silent = set(answer.lacking)
    for key, alert in known.items():
        if key in found or not answer.asked or places.county_of(alert.region_code) in silent:
            continue
        if _doubted(alert, on, now, hours, entries):
            kept.closed += 1
            places_touched.add(alert.region_code)
        changed.append(alert)
    new = [_new(answer.rule, each, on, now, hours) for key, each in found.items() if key not in known]
    kept.opened = len(new)
    Alert.objects.bulk_create(new, batch_size=BATCH)
    update_rows(Alert, ("id", *TOLD), (attrgetter("id", *TOLD)(each) for each in changed))
    StepEntry.objects.bulk_create(entries, batch_size=BATCH)
    places_touched |= {each.region_code for each in new}
    mark_registers([(REGISTER, each) for each in sorted(places_touched)], since=on)
    return kept


def _new(rule: Rule, finding: Finding, on: date, now: datetime, hours: _Hours) -> Alert:
    identity = uuid7()
    alert = Alert(
        id=identity,
        code=f"{rule.code}-{identity.hex[-12:].upper()}",
        rule=rule.code,
        about=finding.about or rule.about,
        key=finding.key,
        subject_id=finding.subject_id,
        subject_code=finding.subject_code,
        opened_on=on,
        tier=_first_tier(rule, finding),
    )
    _tell(alert, finding, on)
    alert.due_at = now + hours.of(alert.severity, alert.region_code)
    return alert


def _first_tier(rule: Rule, finding: Finding) -> str:
    """With whom it begins; where there is no station or institution the county begins."""
    if rule.tier is Tier.STATION and finding.station_id is None:
        return Tier.COUNTY.value
    if rule.tier is Tier.PROVIDER and finding.provider_id is None:
        return Tier.STATION.value if finding.station_id else Tier.COUNTY.value
    if rule.tier is Tier.COUNTY and places.level_of(finding.region_code) < 3:
        return Tier.CITY.value if places.level_of(finding.region_code) == 2 else Tier.PROVINCE.value
    return rule.tier.value


def _tell(alert: Alert, finding: Finding, on: date) -> None:
    alert.region_code = finding.region_code
    alert.station_id, alert.provider_id = finding.station_id, finding.provider_id
    alert.person_id = finding.person_id
    alert.severity, alert.level = finding.word.value, finding.severity
    alert.message, alert.clause = finding.message, finding.clause
    alert.rulings, alert.facts = dict(finding.rulings), dict(finding.facts)
    alert.rows = [list(each) for each in finding.rows[:KEPT_ROWS]]
    alert.rows_count = finding.rows_count or len(finding.rows)
    alert.since, alert.holds, alert.checked_on, alert.quiet = finding.since, True, on, 0


def _seen_again(
    alert: Alert,
    finding: Finding,
    on: date,
    now: datetime,
    hours: _Hours,
    rule: Rule,
    entries: list[StepEntry],
) -> bool:
    """The finding is true still (or again): say so anew; whether the alert was taken up again for that."""
    worse = finding.severity > alert.level
    _tell(alert, finding, on)
    closed = alert.stage in OVER
    solved = closed and alert.ending == Ending.SOLVED and not finding.past and (alert.closed_on or on) < on
    if solved:
        _log(entries, alert, "recur", Stage.NEW.value, now, _("办结以后情形仍然成立"))
        alert.closed_on, alert.ending, alert.stage = None, "", Stage.NEW.value
        alert.tier, alert.raised = _first_tier(rule, finding), 0
    elif alert.stage == Stage.SNOOZED and alert.snoozed_until and alert.snoozed_until <= on:
        _log(entries, alert, "wake", Stage.SEEN.value, now, _("暂缓到期，情形仍然成立"))
        alert.stage, alert.snoozed_until = Stage.SEEN.value, None
    if solved or (worse and alert.stage == Stage.NEW):
        alert.due_at = now + hours.of(alert.severity, alert.region_code)
    return bool(solved)


def _doubted(alert: Alert, on: date, now: datetime, hours: _Hours, entries: list[StepEntry]) -> bool:
    """The finding was not found on ``on``: whether that closes its alert."""
    if alert.stage in OVER:
        alert.holds = False  # what was closed may come again as a new alert
        return False
    if alert.holds or alert.checked_on < on:
        alert.quiet += 1
    alert.holds, alert.checked_on = False, max(on, alert.checked_on)
    if alert.quiet < hours.quiet_runs(alert.region_code):
        return False
    _log(entries, alert, "lapse", Stage.LAPSED.value, now, _("连续 %d 次核对都不再成立") % alert.quiet)
    alert.stage, alert.closed_on, alert.snoozed_until = Stage.LAPSED.value, on, None
    return True


def raise_unnoted(now: datetime, region: str = places.NATION) -> int:
    """Alerts that nobody took note of in time go to the next tier (``domain.md`` §13); how many."""
    low, high = places.bounds(region)
    hours = _Hours(timezone.localdate(now))
    late: QuerySet[Alert] = Alert.objects.select_for_update(skip_locked=True).filter(
        stage=Stage.NEW.value, due_at__lte=now, region_code__gte=low, region_code__lt=high, tier__in=NEXT_TIER
    )
    late = late.exclude(_topmost())
    entries: list[StepEntry] = []
    raised = list(late[:BATCH])
    for alert in raised:
        above = NEXT_TIER[alert.tier]
        text = _("%(tier)s在期限内没有知悉，上报%(above)s") % {"tier": alert.tier, "above": above}
        _log(entries, alert, "raise", Stage.NEW.value, now, text)
        alert.tier, alert.raised = above, alert.raised + 1
        alert.due_at = now + hours.of(alert.severity, alert.region_code)
    Alert.objects.bulk_update(raised, ["tier", "raised", "due_at"])
    StepEntry.objects.bulk_create(entries)
    return len(raised)


def _topmost() -> Q:
    """Alerts of a narrow circle that lie with the last tier that may see them."""
    found = Q(pk__in=[])
    for rule, tier in TOPMOST.items():
        found |= Q(rule=rule, tier=tier.value)
    return found


def _log(entries: list[StepEntry], alert: Alert, step: str, target: str, now: datetime, note: str) -> None:
    actor = current_actor()
    entries.append(
        StepEntry(
            region_code=alert.region_code,
            provider_id=alert.provider_id,
            station_id=alert.station_id,
            register=REGISTER,
            row_id=alert.pk,
            step=step,
            source=alert.stage,
            target=target,
            at=now,
            actor=actor.id,
            actor_label=actor.label,
            note=note,
        )
    )


class _Hours:
    """Deadlines and patience of places, each asked once."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._known: dict[tuple[str, str], int] = {}

    def of(self, severity: str, region: str) -> timedelta:
        return timedelta(hours=self._asked(named.ALERT_HOURS, region, severity, 72))

    def quiet_runs(self, region: str) -> int:
        return self._asked(named.QUIET_RUNS, region, "", 2)

    def _asked(self, parameter: Any, region: str, variant: str, otherwise: int) -> int:
        place = (places.county_of(region), parameter.code + variant)
        if place not in self._known:
            try:
                self._known[place] = ruling_for(parameter, region=place[0], on=self.on, variant=variant).value
            except NoRuling:
                self._known[place] = otherwise
        return self._known[place]
