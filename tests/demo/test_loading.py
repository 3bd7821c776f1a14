"""Loading: once, into an empty instance, with accounts that see what their people would see."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from linzhan.accounts.api import Appointment, User, has_demo, scope_of
from linzhan.casework.models import Resident
from linzhan.demo import loading
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.figures.models import StaleMark, StatedFigure, StoredFigure
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import scope, unscoped

pytestmark = pytest.mark.usefixtures("loaded")


def held(username: str) -> Appointment:
    return Appointment.objects.get(user__username=username)


def counts() -> dict[str, int]:
    found = {entry.key: entry.model._default_manager.count() for entry in REGISTERS}
    return found | {
        "stated": StatedFigure.objects.count(),
        "accounts": User.objects.count(),
        "history": AuditEntry.objects.count(),
    }


def test_every_row_of_the_story_went_in(loaded: loading.Result) -> None:
    stored = counts()
    assert {key: stored[key] for key in loaded.rows} == loaded.rows


def test_loading_again_changes_nothing() -> None:
    before = counts()
    out = StringIO()
    call_command("demo", stdout=out)
    assert "没有改动" in out.getvalue()
    assert counts() == before


def test_the_accounts_of_the_contract_are_there() -> None:
    assert has_demo()
    assert set(User.objects.filter(is_demo=True).values_list("username", flat=True)) == {
        name for name, _title in settings.DEMO_ACCOUNTS
    }
    assert set(Appointment.objects.values_list("user__username", flat=True)) == {
        name for name, _title in settings.DEMO_ACCOUNTS
    }


def test_a_demo_account_signs_in_with_the_public_password() -> None:
    user = User.objects.get(username="worker")
    assert user.check_password(settings.DEMO_PASSWORD)
    assert authenticate(None, username="worker", password="wrong") is None


def test_a_worker_sees_the_residents_of_the_station_and_no_others() -> None:
    own = held("worker")
    everyone = Resident.objects.count()
    with scope(scope_of(own)):
        stations = set(Resident.objects.values_list("station_id", flat=True))
        seen = Resident.objects.count()
    assert stations == {own.station_id}
    assert 0 < seen < everyone


def test_supervisor_institution_volunteer_and_resident_see_their_own() -> None:
    for username, register in (
        ("supervisor", "supervisions"),
        ("provider", "stations"),
        ("volunteer", "volunteers"),
        ("resident", "residents"),
    ):
        model = REGISTERS[register].model
        everything = model._default_manager.count()
        with scope(scope_of(held(username))):
            assert 0 < model._default_manager.count() < everything, username


def test_boards_find_their_figures_fresh_in_the_store() -> None:
    assert not StaleMark.objects.exists()
    assert StoredFigure.objects.filter(figure="workforce.on_post", period="2021").exists()


def test_an_instance_with_other_data_is_refused() -> None:
    with unscoped("the demo accounts are taken for somebody's own in this test"):
        User.objects.update(is_demo=False)
    try:
        with pytest.raises(CommandError, match=r"LINZHAN_DATA") as refused:
            call_command("demo")
        assert "账号" in str(refused.value)
        assert "社工站" in str(refused.value)
    finally:
        User.objects.update(is_demo=True)


@pytest.mark.parametrize("scale", ["0", "-1", "much", "1000"])
def test_a_scale_that_makes_no_sense_is_refused(scale: str) -> None:
    with pytest.raises(CommandError, match="scale"):
        call_command("demo", "--scale", scale)
