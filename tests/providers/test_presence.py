"""Institutions are seen where they work, and nowhere else gives them away (INS-01, NFR-06)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.writing import save, save_one
from linzhan.kernel.scope import EVERYTHING, Scope, opened
from linzhan.providers.api import (
    INSPECTIONS,
    PROVIDERS,
    Inspection,
    Provider,
    ProviderPresence,
    ProviderState,
)
from tests.factories.providers import (
    credit_code,
    inspection_row,
    provider,
    provider_row,
    save_inspection,
    save_provider,
)
from tests.factories.workforce import save_worker, station, worker

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


def test_a_county_inspects_an_institution_that_works_there() -> None:
    """The inspection belongs to the institution's place and is seen at both."""
    with everything():
        theirs = provider(region=THERE)
        worker(station=station(TOWN_HERE).code, provider=theirs.uscc)
    row = inspection_row(theirs)
    with at(HERE):
        assert save_one(INSPECTIONS, row).created == 1
        assert Inspection.objects.get().region_code == THERE
        assert save_one(INSPECTIONS, {**row, "conclusion": "发现问题"}).updated == 1
    with at(THERE):
        assert Inspection.objects.get().conclusion == "发现问题"


def test_an_inspection_of_an_institution_elsewhere_is_not_seen() -> None:
    with everything():
        theirs = provider(region=THERE)
        save_inspection(theirs)
    with at(HERE):
        assert Inspection.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM providers_inspection")
            assert cursor.fetchone() == (0,)


def test_one_presence_is_kept_for_many_rows_of_a_station() -> None:
    with everything():
        theirs = provider(region=THERE)
        stand = station(TOWN_HERE)
        worker(station=stand.code, provider=theirs.uscc)
        worker(station=stand.code, provider=theirs.uscc)
        assert ProviderPresence.objects.filter(provider=theirs, station_id=stand.id).count() == 1
