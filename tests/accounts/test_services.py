"""Making accounts and appointing people, within one's scope and not above oneself (NFR-06)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from linzhan.accounts.api import (
    AppointmentRefused,
    User,
    account,
    accounts,
    appoint,
    create_account,
    create_first_administrator,
    end_appointment,
    has_accounts,
    has_demo,
    history_of_appointments,
    require_manageable,
    reset_password,
    set_active,
)
from linzhan.accounts.backends import AccountBackend
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, ScopeViolation, opened

HECHENG, ZHONGFANG = "431202000000", "431221000000"
GOOD = "zhan-dian-9-lu"
TODAY = date(2031, 5, 1)


@pytest.fixture(autouse=True)
def everything(db: None) -> Iterator[None]:
    with opened(EVERYTHING, Actor(id="", label="测试")):
        yield


def person(
    username: str = "liang", region: str = HECHENG, role: str = "county_official", **more: bool
) -> User:
    user = create_account(username=username, display_name="梁一凡", password=GOOD, region_code=region, **more)
    appoint(user=user, role=role, region_code=region)
    return user


def test_a_new_account_must_change_its_password_first() -> None:
    assert person().must_change_password


def test_a_user_name_is_taken_once_even_by_an_account_that_is_switched_off() -> None:
    set_active(user=person(), active=False)
    with pytest.raises(ValidationError, match="已被使用"):
        person()


def test_a_weak_password_is_refused_with_reasons() -> None:
    with pytest.raises(ValidationError, match="10 个字符"):
        create_account(username="a", display_name="甲", password="short", region_code=HECHENG)


def test_an_account_outside_the_scope_is_refused() -> None:
    with opened(Scope(regions=(HECHENG,))), pytest.raises(ScopeViolation):
        create_account(username="a", display_name="甲", password=GOOD, region_code=ZHONGFANG)


def test_an_ended_appointment_is_no_longer_held_but_remembered() -> None:
    user = person()
    [held] = history_of_appointments(user)
    end_appointment(appointment=held, on=date(2031, 4, 30))
    [listed] = accounts(on=TODAY)
    assert listed.appointments == []
    assert history_of_appointments(user) == [held]


def test_an_appointment_does_not_end_before_it_began() -> None:
    user = person()
    held = appoint(user=user, role="finance", region_code=HECHENG, valid_from=TODAY)
    with pytest.raises(ValidationError, match="晚于任职起"):
        end_appointment(appointment=held, on=TODAY)


def test_a_reset_password_is_good_once_and_must_be_changed() -> None:
    user = person()
    password = reset_password(user=user)
    found = AccountBackend().authenticate(None, username="liang", password=password)
    assert found is not None
    assert found.must_change_password


def test_the_history_never_holds_a_password() -> None:
    reset_password(user=person())
    for entry in AuditEntry.objects.filter(table_name=User._meta.db_table):
        assert "password" not in {*(entry.before or {}), *(entry.after or {})}


def test_an_account_that_is_switched_off_cannot_sign_in() -> None:
    set_active(user=person(), active=False)
    assert account(username="liang") is None
    assert AccountBackend().authenticate(None, username="liang", password=GOOD) is None


def test_nobody_manages_their_own_account() -> None:
    user = person()
    with opened(EVERYTHING, Actor(id=str(user.pk))), pytest.raises(AppointmentRefused, match="自己的账号"):
        require_manageable(own_role="system_admin", user=user)


def test_an_appointment_out_of_sight_protects_the_account() -> None:
    user = person()
    appoint(user=user, role="station_worker", region_code=ZHONGFANG, station_id=user.pk)
    with opened(Scope(regions=(HECHENG,))), pytest.raises(AppointmentRefused, match="由上级办理"):
        require_manageable(own_role="county_official", user=user)


def test_a_county_lists_only_its_own_accounts() -> None:
    person("a")
    person("b", ZHONGFANG)
    with opened(Scope(regions=(HECHENG,))):
        assert [each.user.username for each in accounts(on=TODAY)] == ["a"]


def test_accounts_are_paged_by_name_and_found_by_name_and_role() -> None:
    for name in ("a", "b", "c"):
        person(name)
    person("d", role="finance")
    assert [each.user.username for each in accounts(on=TODAY, after="a", limit=2)] == ["b", "c"]
    assert [each.user.username for each in accounts(on=TODAY, role="finance")] == ["d"]
    assert [each.user.username for each in accounts(on=TODAY, text="B")] == ["b"]


def test_the_first_administrator_is_made_once() -> None:
    assert not has_accounts()
    with opened(Scope()):
        create_first_administrator(username="root", display_name="根", password=GOOD)
        with pytest.raises(AppointmentRefused, match="已有账号"):
            create_first_administrator(username="other", display_name="他", password=GOOD)


def test_the_command_line_makes_the_first_administrator_and_no_second(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("admin", "create", "--username", "root", "--name", "根", "--password-stdin")
    monkeypatch.setattr("sys.stdin", iter_of(GOOD))
    call_command(*asked)
    assert "已开设管理员 root" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", iter_of(GOOD))
    with pytest.raises(CommandError, match="已有账号"):
        call_command(*asked)


def iter_of(line: str) -> object:
    from io import StringIO

    return StringIO(f"{line}\n")


def test_the_public_password_opens_demo_accounts_only(settings: object) -> None:
    from django.conf import settings as chosen

    public = chosen.DEMO_PASSWORD
    assert not has_demo()
    create_account(username="demo", display_name="演", password=public, region_code=HECHENG, is_demo=True)
    real = person("real")
    real.set_password(public)
    real.save()
    assert has_demo()
    assert AccountBackend().authenticate(None, username="demo", password=public) is not None
    assert AccountBackend().authenticate(None, username="real", password=public) is None
