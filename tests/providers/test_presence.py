"""Institutions are seen where they work, and nowhere else gives them away (INS-01, NFR-06)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.writing import save, save_one
from linzhan.kernel.scope import EVERYTHING, Scope, opened
from linzhan.network.api import Station
from linzhan.providers.api import (
    INSPECTIONS,
    PROVIDERS,
    Inspection,
    Provider,
    ProviderPresence,
    ProviderState,
)
from linzhan.workforce.api import WORKERS
from tests.factories.providers import (
    credit_code,
    inspection_row,
    provider,
    provider_row,
    save_inspection,
    save_provider,
)
from tests.factories.workforce import save_worker, station, worker, worker_row

HERE, THERE, CITY = "431202000000", "431224000000", "431200000000"
TOWN_HERE = "431202101000"

pytestmark = pytest.mark.django_db


@contextmanager
def at(*regions: str, **lines: tuple[str, ...]) -> Iterator[None]:
    with opened(Scope(regions=regions, **lines)):
        yield


@contextmanager
def everything() -> Iterator[None]:
    with opened(EVERYTHING):
        yield


def seen() -> set[str]:
    return set(Provider.objects.values_list("uscc", flat=True))


def seen_by_database() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT uscc FROM providers_provider")
        return {uscc for (uscc,) in cursor.fetchall()}


def test_an_institution_is_seen_at_the_place_of_its_registrar_only() -> None:
    with everything():
        ours, theirs = provider(region=HERE), provider(region=THERE)
    with at(HERE):
        assert seen() == seen_by_database() == {ours.uscc}
    with at(CITY):
        assert seen() == {ours.uscc, theirs.uscc}


def test_an_institution_is_seen_where_a_worker_of_it_stands() -> None:
    with everything():
        theirs = provider(region=THERE)
        stand = station(TOWN_HERE)
        worker(station=stand.code, provider=theirs.uscc)
    with at(HERE):
        assert seen() == seen_by_database() == {theirs.uscc}
        assert ProviderState.objects.count() == 1
    with at("431202102000"):
        assert seen() == seen_by_database() == set()
    with at(stations=(str(stand.id),)):
        assert seen() == seen_by_database() == {theirs.uscc}


def test_an_institution_is_seen_by_the_station_it_runs() -> None:
    with everything():
        theirs = provider(region=THERE)
        stand = station(TOWN_HERE, provider=theirs.uscc)
    with at(stations=(str(stand.id),)):
        assert seen() == {theirs.uscc}


def test_an_institution_sees_itself() -> None:
    with everything():
        own = provider(region=THERE)
        provider(region=THERE)
    with at(providers=(str(own.id),)):
        assert seen() == seen_by_database() == {own.uscc}


def test_whoever_registers_an_institution_of_another_place_sees_it() -> None:
    with at(HERE):
        outcome = save_provider(region=THERE)
        assert (outcome.created, outcome.faults) == (1, {})
        assert Provider.objects.get().region_code == THERE
        assert ProviderState.objects.get().status == "正常"


def test_the_answer_about_a_hidden_institution_is_that_of_a_new_one() -> None:
    with everything():
        hidden = provider(region=THERE, name="清溪社会工作服务中心", party_members=5)
    with at(HERE):
        outcome = save_provider(uscc=hidden.uscc, name="另一个名称", region=HERE, party_members=1)
        assert (outcome.rows, outcome.created, outcome.updated, outcome.rejected) == (1, 1, 0, 0)
        found = Provider.objects.get()
        assert (found.id, found.name, found.region_code, found.party_members) == (
            hidden.id,
            "清溪社会工作服务中心",
            THERE,
            5,
        )


def test_the_register_of_an_institution_is_changed_only_where_it_belongs() -> None:
    """Importing the same file again changes nothing, whoever keeps the institution."""
    with everything():
        hidden = provider(region=THERE, name="清溪社会工作服务中心")
    row = provider_row(uscc=hidden.uscc, name="另一个名称", region=HERE)
    with at(HERE):
        save_one(PROVIDERS, row)
        again = save_one(PROVIDERS, row)
        assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
        assert Provider.objects.get().name == "清溪社会工作服务中心"
    with at(THERE):
        assert save_one(PROVIDERS, {**row, "region": THERE}).updated == 1
        assert Provider.objects.get().name == "另一个名称"


def test_a_new_and_a_hidden_institution_in_one_call_both_go_in() -> None:
    with everything():
        hidden = provider(region=THERE)
    with at(HERE):
        new = provider_row(region=THERE)
        [outcome] = save([Incoming.of(PROVIDERS, [provider_row(uscc=hidden.uscc, region=HERE), new])])
        assert (outcome.created, outcome.rejected) == (2, 0)
        assert seen() == {hidden.uscc, new["uscc"]}
        assert ProviderState.objects.count() == 2


def test_an_unknown_institution_and_a_hidden_one_get_the_same_answer() -> None:
    with everything():
        hidden = provider(region=THERE)
        stand = station(TOWN_HERE)
    unknown = credit_code()
    with at(HERE):
        answers = [
            save_worker(station=stand.code, provider=code).faults[1][0].message.replace(code, "…")
            for code in (hidden.uscc, unknown)
        ]
        assert answers[0] == answers[1]
        assert ProviderPresence.objects.count() == 0


def inspections_seen() -> set[str]:
    """Codes of inspections through both walls, which must agree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM providers_inspection")
        unfiltered = {code for (code,) in cursor.fetchall()}
    assert set(Inspection.objects.values_list("code", flat=True)) == unfiltered
    return unfiltered


def shared() -> tuple[Provider, Station]:
    """An institution registered THERE, and its station HERE."""
    with everything():
        institution = provider(region=THERE)
        return institution, station(TOWN_HERE, provider=institution.uscc)


def test_an_inspection_is_seen_by_the_county_that_made_it_and_by_the_institution() -> None:
    theirs, stand = shared()
    with at(HERE):
        assert save_inspection(theirs, code="JC1", findings="票据不全").created == 1
        assert Inspection.objects.get().region_code == HERE
    for regions in ((HERE,), (CITY,)):
        with at(*regions):
            assert inspections_seen() == {"JC1"}
    with at(providers=(str(theirs.pk),)):
        assert inspections_seen() == {"JC1"}
    with at(THERE):
        assert inspections_seen() == set()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE providers_inspection SET findings = ''")
            assert cursor.rowcount == 0
    for scope in (at(stations=(str(stand.pk),)), at(TOWN_HERE)):
        with scope:
            assert inspections_seen() == set()


def test_two_counties_inspect_one_institution_under_the_same_number() -> None:
    theirs, _ = shared()
    for county, conclusion in ((HERE, "合格"), (THERE, "不合格")):
        with at(county):
            assert save_inspection(theirs, code="JC1", conclusion=conclusion).created == 1
    with at(HERE):
        assert Inspection.objects.get().conclusion == "合格"
        assert save_inspection(theirs, code="JC1", conclusion="基本合格").updated == 1
    with at(THERE):
        assert Inspection.objects.get().conclusion == "不合格"


def test_a_county_corrects_which_institution_it_inspected() -> None:
    theirs, _ = shared()
    with at(HERE):
        other = provider(region=HERE)
        save_inspection(theirs, code="JC1")
        assert save_inspection(other, code="JC1").updated == 1
        assert (Inspection.objects.get().region_code, Inspection.objects.get().provider_id) == (
            HERE,
            other.pk,
        )


def test_whoever_imports_a_countys_workbook_puts_its_inspections_into_that_county() -> None:
    """The administrator, the city and the county itself: the other rows of the file say which county it is."""
    theirs, stand = shared()
    row = inspection_row(theirs, code="JC1")
    posts = worker_row(station=stand.code, provider=theirs.uscc)
    places = []
    for scope in (EVERYTHING, Scope(regions=(CITY,)), Scope(regions=(HERE,))):
        with opened(scope):
            workers, inspections = save([Incoming.of(WORKERS, [posts]), Incoming.of(INSPECTIONS, [row])])
            assert {**workers.faults, **inspections.faults} == {}
            places.append(Inspection.objects.get().region_code)
            transaction.set_rollback(True)
    assert places == [HERE, HERE, HERE]


def test_an_inspection_stays_where_it_was_made_whoever_brings_it_again() -> None:
    theirs, _ = shared()
    row = inspection_row(theirs, code="JC1")
    with at(HERE):
        save_one(INSPECTIONS, row)
    for scope in (at(CITY), everything(), at(HERE)):
        with scope:
            assert save_one(INSPECTIONS, row).unchanged == 1
            assert Inspection.objects.get().region_code == HERE


def test_an_export_of_two_counties_comes_back_unchanged() -> None:
    theirs, _ = shared()
    rows = [inspection_row(theirs, code="JC1", conclusion=each) for each in ("合格", "不合格")]
    for county, row in zip((HERE, THERE), rows, strict=True):
        with at(county):
            save_one(INSPECTIONS, row)
    with everything():
        assert save([Incoming.of(INSPECTIONS, rows)])[0].unchanged == 2


def test_an_inspection_that_no_county_is_named_for_stands_with_the_institutions_registrar() -> None:
    theirs, _ = shared()
    with at(CITY):
        save_inspection(theirs)
        assert Inspection.objects.get().region_code == THERE


def test_an_institution_of_the_citys_register_is_inspected_by_the_county() -> None:
    with everything():
        theirs = provider(region=CITY)
        station(TOWN_HERE, provider=theirs.uscc)
    with at(HERE):
        assert save_inspection(theirs).created == 1
        assert Inspection.objects.get().region_code == HERE


def test_an_institution_out_of_sight_is_not_inspected() -> None:
    with everything():
        hidden = provider(region=THERE)
    with at(HERE):
        answers = [
            save_one(INSPECTIONS, {**inspection_row(hidden), "provider": code})
            .faults[1][0]
            .message.replace(code, "…")
            for code in (hidden.uscc, credit_code())
        ]
        assert answers[0] == answers[1]


def test_one_presence_is_kept_for_many_rows_of_a_station() -> None:
    with everything():
        theirs = provider(region=THERE)
        stand = station(TOWN_HERE)
        worker(station=stand.code, provider=theirs.uscc)
        worker(station=stand.code, provider=theirs.uscc)
        assert ProviderPresence.objects.filter(provider=theirs, station_id=stand.id).count() == 1
