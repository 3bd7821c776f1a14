"""What a password must be (``domain.md`` §19.5)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from linzhan.accounts.models import User
from linzhan.accounts.passwords import MINIMUM_LENGTH, PasswordRules, classes_of, faults_of, one_time_password


@pytest.mark.parametrize(
    "password", ["Huaihua#2031", "zhan-dian-9-lu", "长长的密码Ab12345", "qing Shui 77 tang"]
)
def test_a_good_password_has_no_fault(password: str) -> None:
    assert faults_of(password, ["county", "梁一凡"]) == []


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("Ab-123456", "10 个字符"),
        ("abcdefgh1234", "三种"),
        ("ABCDEFGH1234", "三种"),
        ("County-2031-x", "用户名或姓名"),
        ("ytnuoc-2031-X", "用户名或姓名"),
        ("梁一凡-Ab-2031", "用户名或姓名"),
        ("Linzhan-Demo", "演示密码"),
    ],
)
def test_a_fault_is_said_in_a_sentence(password: str, told: str) -> None:
    assert any(told in fault for fault in faults_of(password, ["county", "梁一凡"]))


def test_a_very_short_user_name_occurs_by_chance_and_is_allowed() -> None:
    assert faults_of("Huaihua-wu-2031", ["wu"]) == []


def test_the_validator_asks_the_account_for_its_names() -> None:
    with pytest.raises(ValidationError, match="用户名或姓名"):
        PasswordRules().validate("Liangyifan-2031", User(username="liangyifan"))


@given(st.text(max_size=MINIMUM_LENGTH - 1))
def test_a_short_password_is_never_good(password: str) -> None:
    assert faults_of(password)


@given(st.text(alphabet=st.characters(categories=("Ll",), max_codepoint=127), min_size=MINIMUM_LENGTH))
def test_small_letters_alone_are_never_good(password: str) -> None:
    assert classes_of(password) == 1
    assert faults_of(password)


def test_one_time_passwords_are_good_and_differ() -> None:
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert not any(faults_of(each) for each in made)
