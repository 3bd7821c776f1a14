"""Reports in the database: who sees them, who cannot touch them, what leaks nowhere (domain.md §20, ADR 0021)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from linzhan.accounts.api import Role, scope_of
from linzhan.accounts.models import Appointment, User
from linzhan.casework.incidents.models import Incident, IncidentFact, IncidentNotice
from linzhan.casework.incidents.sheets import FACTS, INCIDENTS
from linzhan.casework.scales.models import ScaleResult, VoidedResult
from linzhan.casework.scales.selectors import of_resident, reading, trend
from linzhan.casework.scales.services import VoidRefused, void
from linzhan.casework.scales.sheets import RESULTS
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.figures.models import RegisterUse, StaleMark
from linzhan.kernel.files.models import Attachment
from linzhan.kernel.ids import uuid7
from linzhan.kernel.places import NATION
from linzhan.kernel.registers.pieces import SearchPiece
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened
from linzhan.network.api import Station
from tests.factories.casework import resident
from tests.factories.network import station as any_station
from tests.factories.places import HECHENG, TUOYUAN

pytestmark = pytest.mark.django_db


class Person:
    """Somebody with an appointment; what they do happens in their scope and name."""

    def __init__(self, role: Role, **place: Any) -> None:
        self.user = User(id=uuid7(), username=f"u-{role}-{uuid7()}", display_name="甲", region_code=HECHENG)
        self.appointment = Appointment(user=self.user, role=role, **{"region_code": HECHENG, **place})

    @property
    def scope(self) -> Scope:
        return scope_of(self.appointment)

    @contextmanager
    def acting(self) -> Iterator[None]:
        with opened(self.scope, Actor(id=str(self.user.pk), label="甲(jia)")):
            yield

    def sees(self) -> int:
        with self.acting():
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM casework_incident")
                raw = cursor.fetchone()[0]
            assert raw == Incident.objects.count()
            return int(raw)


@pytest.fixture
def home(codes: None, db: None) -> Station:
    from tests.factories.places import corner

    with opened(EVERYTHING):
        corner()
        return any_station(TUOYUAN)


@pytest.fixture
def people(home: Station) -> dict[str, Person]:
    here = {"region_code": home.region_code, "station_id": home.pk}
    return {
        "reporter": Person(Role.STATION_WORKER, **here),
        "colleague": Person(Role.STATION_WORKER, **here),
        "lead": Person(Role.STATION_LEAD, **here),
        "officer": Person(Role.CHILD_PROTECTION),
        "supervisor": Person(Role.SUPERVISOR, stations=[home.pk]),
        "county": Person(Role.COUNTY_OFFICIAL),
        "administrator": Person(Role.SYSTEM_ADMIN, region_code="000000000000"),
        "elsewhere": Person(Role.CHILD_PROTECTION, region_code="431281000000"),
        "township": Person(Role.TOWNSHIP_OFFICIAL, region_code=TUOYUAN),
        "provider": Person(Role.PROVIDER_MANAGER, provider_id=home.provider_id),
    }


AUDIENCE = {"reporter", "lead", "officer"}


def report(by: Person, home: Station, **values: Any) -> UUID:
    with by.acting():
        outcome = save_one(
            INCIDENTS,
            {
                "signals": ("M4",),
                "seen_at": "2026-11-22 09:00",
                "station": home.pk,
                "facts": "背上有伤",
                **values,
            },
        )
        assert not outcome.faults, outcome.faults
        assert outcome.ids[0] is not None
        return outcome.ids[0]


def add(by: Person, incident: UUID, kind: str, **values: Any) -> dict[int, Any]:
    with by.acting():
        return save_one(
            FACTS, {"incident": incident, "kind": kind, "at": "2026-11-22 09:10", **values}
        ).faults


def stored(incident: UUID) -> Incident:
    with opened(EVERYTHING):
        return Incident.objects.get(pk=incident)


def test_only_reporter_lead_and_officer_see_a_report(people: dict[str, Person], home: Station) -> None:
    report(people["reporter"], home)
    assert {name for name, person in people.items() if person.sees()} == AUDIENCE


def test_who_reported_and_when_it_arrived_is_the_databases_to_say(
    people: dict[str, Person], home: Station
) -> None:
    found = stored(report(people["reporter"], home))
    assert found.reporter_id == people["reporter"].user.pk
    assert found.received_at is not None
    assert found.stage == "待上报"


def test_a_supervisor_is_told_that_there_is_one_and_nothing_of_it(
    people: dict[str, Person], home: Station
) -> None:
    incident = report(people["reporter"], home)
    with people["supervisor"].acting():
        assert list(IncidentNotice.objects.values_list("station_id", "closed")) == [(home.pk, False)]
    with people["lead"].acting():
        assert not IncidentNotice.objects.exists()
    assert {field.name for field in IncidentNotice._meta.concrete_fields} == {
        "id", "region_code", "station_id", "on", "closed",
    }  # fmt: skip
    add(people["officer"], incident, "已回复", body="派出所", text="已到场")
    assert not add(people["officer"], incident, "结束", text="孩子已安置")
    with people["supervisor"].acting():
        assert IncidentNotice.objects.get().closed


def test_facts_move_a_report_and_each_is_signed_by_whoever_added_it(
    people: dict[str, Person], home: Station
) -> None:
    incident = report(people["reporter"], home)
    assert not add(people["reporter"], incident, "已上报", body="110", receipt="0001")
    assert stored(incident).stage == "已上报"
    assert not add(people["officer"], incident, "县级接收")
    assert not add(people["lead"], incident, "保护计划", text="由外祖母照料")
    assert not add(people["reporter"], incident, "已回复", body="派出所", text="迟到的登记")
    found = stored(incident)
    assert (found.stage, found.acknowledged_at is not None) == ("保护计划", True)
    with opened(EVERYTHING):
        signed = dict(IncidentFact.objects.values_list("kind", "by_id"))
    assert signed == {
        "已上报": people["reporter"].user.pk,
        "县级接收": people["officer"].user.pk,
        "保护计划": people["lead"].user.pk,
        "已回复": people["reporter"].user.pk,
    }


@pytest.mark.parametrize("kind", ["县级接收", "结束"])
@pytest.mark.parametrize("who", ["reporter", "lead", "township"])
def test_nobody_but_the_county_receives_or_ends_a_report(
    who: str, kind: str, people: dict[str, Person], home: Station
) -> None:
    """Whoever sees it, by having reported it from an area of their own as well, cannot stop the county's clock."""
    incident = report(people["township" if who == "township" else "reporter"], home)
    assert add(people[who], incident, kind, text="误会")
    with people[who].acting(), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        IncidentFact.objects.create(
            incident_id=incident,
            code="X",
            kind=kind,
            at="2026-11-22T09:00+08:00",
            text="误会",
            region_code=TUOYUAN,
        )
    assert (stored(incident).stage, stored(incident).acknowledged_at) == ("待上报", None)


def test_a_practice_is_ended_by_whoever_practised(people: dict[str, Person], home: Station) -> None:
    incident = report(people["reporter"], home, practice="是")
    assert not add(people["reporter"], incident, "结束", text="演练结束")
    assert stored(incident).stage == "结束"


def test_an_ended_report_goes_on_when_something_new_is_learned(
    people: dict[str, Person], home: Station
) -> None:
    incident = report(people["reporter"], home)
    add(people["officer"], incident, "已回复", body="派出所", text="已到场")
    add(people["officer"], incident, "结束", text="已安置")
    assert not add(people["reporter"], incident, "跟进", text="又看到伤")
    assert (stored(incident).stage, stored(incident).closed_at) == ("跟进", None)


TAMPERING = [
    "UPDATE casework_incident SET stage = '结束'",
    "UPDATE casework_incident SET facts = ''",
    "UPDATE casework_incident SET seen_at = now()",
    "UPDATE casework_incident SET reporter_id = NULL",
    "DELETE FROM casework_incident",
    "UPDATE casework_incidentfact SET text = ''",
    "DELETE FROM casework_incidentfact",
    "UPDATE casework_incidentnotice SET closed = true",
    "TRUNCATE casework_incidentfact",
    "DROP TRIGGER linzhan_incident_signed ON casework_incident",
]


@pytest.mark.parametrize("statement", TAMPERING)
@pytest.mark.parametrize("who", ["lead", "officer", "supervisor", "administrator"])
def test_tampering_by_sql_is_refused(
    statement: str, who: str, people: dict[str, Person], home: Station
) -> None:
    report(people["reporter"], home)
    with people[who].acting(), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_resident_of_a_report_is_not_exchanged_by_its_audience(
    people: dict[str, Person], home: Station
) -> None:
    """The one column that the machine may set when two files become one."""
    report(people["reporter"], home)
    for who in AUDIENCE:
        with people[who].acting(), connection.cursor() as cursor:
            cursor.execute("UPDATE casework_incident SET resident_id = %s", [uuid7()])
            assert cursor.rowcount == 0


def test_nobody_signs_with_another_name(people: dict[str, Person], home: Station) -> None:
    incident = report(people["reporter"], home)
    with people["lead"].acting(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('linzhan.actor', %s, true)", [str(people["reporter"].user.pk)])
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            IncidentFact.objects.create(
                incident_id=incident,
                code="X",
                kind="补充",
                at="2026-11-22T09:00+08:00",
                text="撤回",
                region_code=TUOYUAN,
            )
        transaction.set_rollback(True)


def test_whoever_does_not_see_a_report_adds_nothing_to_it(people: dict[str, Person], home: Station) -> None:
    incident = report(people["reporter"], home)
    for who in ("colleague", "supervisor", "county", "elsewhere"):
        assert add(people[who], incident, "补充", text="听说了")


def test_the_history_that_an_area_reads_says_nothing_of_reports_and_results(
    people: dict[str, Person], home: Station
) -> None:
    with opened(EVERYTHING):
        who = resident(home)
    incident = report(people["reporter"], home, resident=who)
    add(people["reporter"], incident, "已上报", body="110")
    with people["reporter"].acting():
        assert not save_one(RESULTS, phq(who, home, "000000000")).faults
    tables = [model._meta.db_table for model in (Incident, IncidentFact, IncidentNotice, ScaleResult)]
    with opened(EVERYTHING):
        assert not AuditEntry.objects.filter(table_name__in=tables).exists()
        assert not AuditEntry.objects.filter(actor=str(people["reporter"].user.pk)).exists()
        assert not StepEntry.objects.filter(register__startswith="incident").exists()
        assert not SearchPiece.objects.filter(
            register__in=("incidents", "incident-facts", "scale-results")
        ).exists()
        assert not StaleMark.objects.filter(register__startswith="incident").exists()
        assert not RegisterUse.objects.filter(register__in=("incidents", "scale-results")).exists()


def phq(who: UUID, home: Station, digits: str, **values: Any) -> dict[str, Any]:
    answers = {str(at): int(digit) for at, digit in enumerate(digits, 1)}
    return {
        "resident": who,
        "station": home.pk,
        "scale": "PHQ-9",
        "taken_on": "2026-11-22",
        "answers": json.dumps(answers),
        **values,
    }


def test_answers_whose_crisis_cannot_be_opened_are_refused_with_what_to_do(
    people: dict[str, Person], home: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """§20: nobody learns of a danger too late because of a detail, and the worker is told at once."""
    monkeypatch.setattr(
        "linzhan.casework.scales.sheets.refusal_in", lambda _outcome: "发现时间：不能晚于现在"
    )
    with opened(EVERYTHING):
        who = resident(home)
    with people["reporter"].acting():
        outcome = save_one(RESULTS, phq(who, home, "000000001"))
    (fault,) = outcome.faults[1]
    assert "不能晚于现在" in fault.message
    assert "立即打电话告诉站长" in fault.message
    with opened(EVERYTHING):
        assert not Incident.objects.exists()


def test_item_nine_opens_a_crisis_in_the_same_transaction(people: dict[str, Person], home: Station) -> None:
    with opened(EVERYTHING):
        who = resident(home)
    with people["reporter"].acting():
        outcome = save_one(RESULTS, phq(who, home, "000000001"))
        assert not outcome.faults
        incident = Incident.objects.get()
    assert (incident.signals, incident.origin, incident.resident_id) == (["CR"], "测评", who)
    assert incident.reporter_id == people["reporter"].user.pk
    assert people["lead"].sees() == 1
    with people["reporter"].acting(), transaction.atomic():
        assert not save_one(RESULTS, phq(who, home, "000000002", code="X-2")).faults
        transaction.set_rollback(True)
    assert people["reporter"].sees() == 1


def test_score_and_band_are_computed_and_never_typed(people: dict[str, Person], home: Station) -> None:
    with opened(EVERYTHING):
        who = resident(home)
    with people["reporter"].acting():
        assert save_one(RESULTS, phq(who, home, "111111100", score="3")).faults
        assert save_one(RESULTS, phq(who, home, "11111110")).faults
        assert save_one(RESULTS, phq(who, home, "000000000", answers="很好")).faults
        assert not save_one(RESULTS, phq(who, home, "111111100")).faults
        row = ScaleResult.objects.get()
    assert (str(row.score), row.band, row.version) == ("7.00", "轻度", "1")
    assert json.loads(row.answers)["1"] == 1


def test_results_are_seen_by_the_station_and_its_supervisor_only(
    people: dict[str, Person], home: Station
) -> None:
    with opened(EVERYTHING):
        who = resident(home)
    with people["reporter"].acting():
        save_one(RESULTS, phq(who, home, "000000000"))
    seen = set()
    for name, person in people.items():
        with person.acting():
            seen |= {name} if ScaleResult.objects.exists() else set()
    assert seen == {"reporter", "colleague", "lead", "supervisor"}


def test_a_trend_holds_one_version_and_no_voided_result(people: dict[str, Person], home: Station) -> None:
    with opened(EVERYTHING):
        who = resident(home)
    with people["reporter"].acting():
        for number, digits in enumerate(("222222000", "111111000", "333333000"), 1):
            row = phq(who, home, digits, code=f"CP-{number}", taken_on=f"2026-0{number}-10")
            assert not save_one(RESULTS, row).faults
        wrong = ScaleResult.objects.get(code="CP-3")
        void(wrong.pk, reason="填错了人")
        with pytest.raises(VoidRefused, match="已经作废"):
            void(wrong.pk, reason="再来")
        with pytest.raises(VoidRefused, match="写明"):
            void(wrong.pk, reason=" ")
        assert VoidedResult.objects.get().by_id == people["reporter"].user.pk
        first = reading(ScaleResult.objects.get(code="CP-1").pk)
        assert first is not None
        assert [int(each.row.score) for each in trend(first)] == [12, 6]
        assert [each.voided for each in of_resident(who)] == ["填错了人", "", ""]


def test_a_photo_of_a_report_is_seen_by_its_audience_only(people: dict[str, Person], home: Station) -> None:
    incident = report(people["reporter"], home)
    with people["reporter"].acting():
        Attachment.objects.create(
            region_code=NATION,
            register=INCIDENTS.key,
            row_id=incident,
            kind="photo",
            size=1,
            made_by=people["reporter"].user.pk,
        )
    seen = set()
    for name, person in people.items():
        with person.acting(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kernel_attachment")
            assert (cursor.fetchone()[0] > 0) == Attachment.objects.exists()
            seen |= {name} if Attachment.objects.exists() else set()
    assert (
        seen - {"administrator"} == AUDIENCE
    )  # the administrator learns of a file, not of what it belongs to
