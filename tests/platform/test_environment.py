"""The environment variables: typed, checked, documented; a secret is never shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import env

PART = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1, max_size=20)


def test_an_empty_variable_counts_as_absent() -> None:
    assert env.read({"LINZHAN_IDLE_MINUTES": " "}) == env.read({})


def test_values_have_their_types() -> None:
    found = env.read({"LINZHAN_HOSTS": "a, b", "LINZHAN_DEBUG": "yes", "LINZHAN_UPLOAD_MB": "7"})
    assert (found.hosts, found.debug, found.upload_mb) == (("a", "b"), True, 7)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LINZHAN_IDLE_MINUTES", "0"),
        ("LINZHAN_UPLOAD_MB", "viel"),
        ("LINZHAN_DEBUG", "vielleicht"),
        ("DATABASE_URL", "mysql://x"),
        ("LINZHAN_PUBLIC_URL", "shegong.example"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(env.SettingInvalid, match=name):
        env.read({name: value})


def test_a_secret_is_repeated_neither_by_an_error_nor_by_the_documentation() -> None:
    with pytest.raises(env.SettingInvalid) as refused:
        env.read({"DATABASE_URL": "mysql://user:geheim@host/db"})
    assert "geheim" not in str(refused.value)
    described = env.describe(env.read({"DATABASE_URL": "postgresql://user:geheim@host/db"}))
    assert "geheim" not in str(described)


def test_every_variable_is_documented() -> None:
    assert all(entry.doc and entry.form for entry in env.describe(env.read({})))


def test_a_public_address_makes_a_real_installation() -> None:
    assert env.settings_module(env.read({})) == "config.settings.dev"
    assert (
        env.settings_module(env.read({"LINZHAN_PUBLIC_URL": "https://a.example"})) == "config.settings.prod"
    )


@given(user=PART, word=PART, name=PART)
def test_an_address_and_its_parts_are_the_same(user: str, word: str, name: str) -> None:
    from urllib.parse import quote

    address = f"postgresql://{quote(user, safe='')}:{quote(word, safe='')}@db.example:5433/{quote(name, safe='')}?sslmode=require"
    found = env.django_database(address)
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == (user, word, name)
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("db.example", "5433", {"sslmode": "require"})
